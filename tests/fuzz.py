"""Feed the readers and the outline what no office would write, for as long as asked; no crash, no hang, equations hold.

    python -m tests.fuzz --seconds 600 [--only docx pdf html mht text outline]

Mutates files of every kind (`tests.offices`): bits flipped, stretches cut, doubled, moved, spliced from another file; of
packed files the parts too. What a reader refuses must be an `UnreadableFile` with a remedy. Run by hand. Exit status 1
with the file that broke it, kept.
"""

from __future__ import annotations

import argparse
import io
import random
import signal
import sys
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from rag.errors import UnreadableFile
from rag.outline.parse import outline
from rag.passages import cut
from rag.reading import archive, docx, html, pdf
from rag.reading.decode import decode
from rag.reading.document import Document
from rag.reading.extracted import Extracted
from tests import offices

SECONDS = 60  # the bound of one file, as in the product
KEPT = Path("fuzz-failure.bin")


class Hang(Exception):
    """A file that took longer than it may."""


def text_reader(data: bytes, document: str) -> Extracted:
    """A text file as a reader of the other kinds."""
    decoded = decode(data, document)
    return Extracted(decoded.text, decoded.codec)


def outline_reader(data: bytes, document: str) -> Extracted:
    """Any bytes as text: what the outline gets, the decoder set aside."""
    return Extracted(data.decode("utf-8", "ignore"), "utf-8")


READERS: dict[str, Callable[[bytes, str], Extracted]] = {
    "docx": docx.read, "pdf": pdf.read, "html": html.read, "mht": archive.read, "text": text_reader, "outline": outline_reader,
}


def check(kind: str, data: bytes) -> str:
    """Read `data`, outline and cut what comes of it; how it went. AssertionError where an equation does not hold."""
    try:
        made = READERS[kind](data, "f")
    except UnreadableFile as error:
        assert "请" in error.reason, error.reason
        return "refused"
    except (MemoryError, RecursionError):
        return "too large"
    starts = [start for start, _ in made.pages]
    assert starts == sorted(starts) and all(0 <= start <= len(made.text) for start in starts)
    document = Document("f", "0", made.codec, made.text, pages=made.pages)
    speeches = outline(document)
    for speech in speeches:
        at = speech.start
        for leaf in speech.root.leaves():
            assert leaf.start == at
            at = leaf.end
        assert at == speech.end
    for passage in cut(document, speeches):
        assert document.text[passage.start : passage.end] == passage.text
    return "read"


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """`data` changed in one to four places; of a zip, half of the time inside one of its parts."""
    if data[:2] == b"PK" and chance.random() < 0.7:
        try:
            return _in_part(data, others, chance)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError):
            pass
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 5)):
        _change(changed, others, chance)
    return bytes(changed)


def _in_part(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if archive.getinfo(name).file_size < 2**20}
    name = chance.choice(sorted(files))
    changed = bytearray(files[name])
    for _ in range(chance.randrange(1, 4)):
        _change(changed, others, chance)
    return offices.zipped(files | {name: bytes(changed)})


def _change(data: bytearray, others: list[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    length = chance.choice((1, 1, 2, 8, 64, 512))
    kind = chance.randrange(6)
    if kind == 0 and data:
        data[at % len(data)] ^= 1 << chance.randrange(8)
    elif kind == 1:
        del data[at : at + length]
    elif kind == 2:
        data[at:at] = data[at : at + length] * chance.choice((1, 2, 50))
    elif kind == 3:
        data[at:at] = chance.randbytes(length)
    elif kind == 4:
        other = chance.choice(others)
        start = chance.randrange(len(other) + 1)
        data[at:at] = other[start : start + length * 4]
    else:
        data[at : at + length] = chance.choice((b"\xff", b"\0", b"9", "一、".encode(), b"<w:p>")) * length


def main() -> int:
    """Fuzz for the time given; what was read, refused and too large, by kind."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--only", nargs="*", choices=READERS, default=list(READERS))
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    first = seeds(chosen.only)
    every = [data for found in first.values() for data in found]
    told: Counter[str] = Counter()
    signal.signal(signal.SIGALRM, _late)
    deadline = time.monotonic() + chosen.seconds
    slowest = 0.0
    while time.monotonic() < deadline:
        kind = chance.choice(chosen.only)
        data = mutated(chance.choice(first[kind]), every, chance)
        KEPT.write_bytes(data)
        signal.alarm(SECONDS)
        started = time.monotonic()
        told[f"{kind} {check(kind, data)}"] += 1
        signal.alarm(0)
        slowest = max(slowest, time.monotonic() - started)
    KEPT.unlink()
    sys.stdout.write(f"{sum(told.values())} files, slowest {slowest:.2f} s: {dict(sorted(told.items()))}\n")
    return 0


def seeds(kinds: list[str]) -> dict[str, list[bytes]]:
    """The files that are mutated, by kind: those of `tests.offices` that are not large."""
    ends = {"docx": ".docx", "pdf": ".pdf", "html": ".html", "mht": ".mht", "text": ".txt", "outline": ".txt"}
    made = [one for one in offices.every() if len(one.data) < 2**18]
    return {kind: [one.data for one in made if one.path.endswith(ends[kind]) and one.data] for kind in kinds}


def _late(number: int, frame: FrameType | None) -> None:
    raise Hang(f"over {SECONDS} s")


if __name__ == "__main__":
    sys.exit(main())
