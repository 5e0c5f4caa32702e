"""How time and memory grow with the library: one hybrid search over invented passages, at each of the sizes given.

    python -m tests.benchmarks.scale 1000 10000 100000 [--figures figures.json]
    python -m tests.benchmarks.scale draw figures.json docs/scale.svg     # with matplotlib

Vectors are drawn around topics (one for every 500 passages, noise 0.04 in each of 512 numbers): clusters flatter an
index that looks into clusters, so the recall that its plan says is of this data. Texts are words by a Zipf law (50,000
of one to four characters, exponent 1), 185 characters a passage; a question is four words of one passage and four
drawn anew. The tokens of such a question stand in 3.8 passages for each passage that there is; those of real questions
over encyclopaedia articles (CMRC 2018, cut to the same length) in 2.4. Each size is built, then opened and asked in a
process of its own, each question three times: of the first its time is told, which has the disk and all other programs
in it, of the fastest the processor's time, which has not. Memory is told in two parts: the process's own, and what it
looked at of the mapped files, which the system takes back where it is needed.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

from rag.search.hybrid import Hybrid
from rag.search.vectors import Plan, Vectors
from rag.search.words import Words

WIDTH = 512
CHARACTERS = 185
ASKED = 100
VOCABULARY = 50_000
SHORT = 200  # the most frequent words, of which most have one character
DRAWN = 20_000  # passages that are drawn at once


def vectors(size: int) -> np.ndarray:
    """Unit vectors around topics, in half precision."""
    drawn = np.random.default_rng(0)
    topics = drawn.standard_normal((max(1, size // 500), WIDTH)).astype(np.float32)
    topics /= np.linalg.norm(topics, axis=1, keepdims=True)
    made = np.empty((size, WIDTH), dtype=np.float16)
    for first in range(0, size, 50_000):
        part = topics[drawn.integers(0, len(topics), min(50_000, size - first))]
        part = part + 0.04 * drawn.standard_normal(part.shape, dtype=np.float32)
        made[first : first + len(part)] = part / np.linalg.norm(part, axis=1, keepdims=True)
    return made


def vocabulary() -> tuple[list[str], np.ndarray]:
    """The words, most frequent first, and how often each and those before it are drawn, 1 at last."""
    drawn = np.random.default_rng(1)
    frequent = drawn.choice([1, 2], SHORT, p=[0.4, 0.6])
    lengths = np.concatenate((frequent, drawn.choice([1, 2, 3, 4], VOCABULARY - SHORT, p=[0.04, 0.7, 0.16, 0.1])))
    often = 1 / (np.arange(4000) + 200)
    characters = drawn.choice(4000, int(lengths.sum()), p=often / often.sum()).tolist()
    text = "".join(chr(0x4E00 + 5 * rank) for rank in characters)
    ends = np.cumsum(lengths).tolist()
    zipf = np.cumsum(1 / (np.arange(VOCABULARY) + 5))
    return [text[end - length : end] for end, length in zip(ends, lengths.tolist(), strict=True)], zipf / zipf[-1]


def texts(size: int) -> Iterator[str]:
    """Passages of words as frequent as a Zipf law has them."""
    words, often = vocabulary()
    drawn = np.random.default_rng(2)
    for first in range(0, size, DRAWN):
        numbers = np.searchsorted(often, drawn.random((min(DRAWN, size - first), CHARACTERS))).tolist()
        for own in numbers:
            yield "".join(map(words.__getitem__, own))[:CHARACTERS]


def questions() -> list[str]:
    """Four words of one of the first passages, and four drawn anew."""
    words, often = vocabulary()
    numbers = np.searchsorted(often, np.random.default_rng(2).random((1000, CHARACTERS)))[:: 1000 // ASKED, 10:14]  # as in `texts`
    fresh = np.searchsorted(often, np.random.default_rng(3).random((len(numbers), 4)))
    return ["".join(words[number] for number in (*one, *two)) for one, two in zip(numbers.tolist(), fresh.tolist(), strict=True)]


def build(size: int, folder: Path) -> dict[str, float]:
    """Build both indexes into `folder`, that of words in a process of its own; what it took."""
    told = apart("words", size, folder)
    started = time.perf_counter()
    made = Vectors.build(vectors(size))
    made.save(folder)
    (folder / "plan.json").write_text(json.dumps(asdict(made.plan)), encoding="utf-8")
    return told | {"vectors s": time.perf_counter() - started, "recall": made.plan.recall}


def count(size: int, folder: Path) -> dict[str, float]:
    """Build the index of words as a build of the library does; the most memory of its own that the process held meanwhile."""
    (folder / "words").mkdir()
    (folder / "scratch").mkdir()
    most, done = [0.0], threading.Event()

    def look() -> None:
        while not done.wait(0.1):
            most[0] = max(most[0], memory("RssAnon"))

    looking = threading.Thread(target=look)
    looking.start()
    started, used = time.perf_counter(), time.process_time()
    Words.build(texts(size), ("" for _ in range(size)), folder / "scratch").save(folder / "words")
    found = {"words s": time.perf_counter() - started, "words processor s": time.process_time() - used}
    done.set()
    looking.join()
    return found | {"words own MB": most[0]}


def apart(command: str, size: int, folder: Path) -> dict[str, float]:
    """What a process of its own tells."""
    line = [sys.executable, "-m", "tests.benchmarks.scale", command, str(size), str(folder)]
    told: dict[str, float] = json.loads(subprocess.run(line, capture_output=True, text=True, check=True).stdout)
    return told


def ask(size: int, folder: Path) -> dict[str, float]:
    """Open what was built and ask; times in milliseconds, memory in MB."""
    started = time.perf_counter()
    plan = Plan(**json.loads((folder / "plan.json").read_text(encoding="utf-8")))
    search = Hybrid(Vectors.load(folder, plan), Words.load(folder / "words", size))
    opened = time.perf_counter()
    times, fastest = [], []
    for number, text in enumerate(questions()):
        query = search.vectors._matrix[(number * 7919) % size].astype(np.float32)
        tries = []
        for _ in range(3):
            began, used = time.perf_counter(), time.process_time()
            search.search(query, text, 10)
            tries.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - used)))
        times.append(tries[0][0])
        fastest.append(min(used for _, used in tries))
    found = {"open ms": 1000 * (opened - started), "search ms": statistics.median(times), "processor ms": statistics.median(fastest)}
    return found | {"own MB": memory("RssAnon"), "mapped MB": memory("RssFile")}


def memory(kind: str) -> float:
    """What this process holds, in MB, by Linux's own count."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith(kind)).split()[1]) / 1024


def draw(figures: Path, picture: Path) -> None:
    """The curves of what was measured: times on the left, memory on the right, both by the number of passages."""
    import matplotlib

    matplotlib.use("svg")
    fonts = ["Noto Sans CJK SC", "Noto Sans CJK JP", "WenQuanYi Zen Hei", "Microsoft YaHei", "PingFang SC", "sans-serif"]
    matplotlib.rcParams.update({"svg.fonttype": "none", "font.family": fonts, "font.size": 9, "svg.hashsalt": "yanju"})
    from matplotlib import pyplot

    found = sorted(json.loads(figures.read_text(encoding="utf-8")), key=lambda one: one["passages"])
    sizes = [one["passages"] for one in found]
    drawn, sides = pyplot.subplots(1, 2, figsize=(8.4, 2.9), layout="constrained")
    curves = (
        (("processor ms", "检索一次 search"), ("open ms", "打开 open")),
        (("own MB", "自用内存 own memory"), ("mapped MB", "映射 mapped"), ("disk MB", "硬盘 disk")),
    )
    for side, lines, unit in zip(sides, curves, ("ms", "MB"), strict=True):
        for name, label in lines:
            side.loglog(sizes, [one[name] for one in found], marker="o", markersize=3, label=label)
        side.set(xlabel="片段 passages", ylabel=unit)
        side.set_xticks(sizes, [f"{size:,}" for size in sizes])
        side.grid(visible=True, which="major", alpha=0.3)
        side.minorticks_off()
        side.legend(frameon=False)
    drawn.savefig(picture, metadata={"Date": None})


def main(sizes: list[str], kept: Path | None) -> None:
    """Measure each size and print it; the figures also go into the file `kept`."""
    figures = []
    for size in map(int, sizes):
        with tempfile.TemporaryDirectory() as scratch:
            found = build(size, Path(scratch))
            shutil.rmtree(Path(scratch) / "scratch")
            found |= apart("ask", size, Path(scratch))
            disk = sum(path.stat().st_size for path in Path(scratch).rglob("*")) / 2**20
            figures.append({"passages": size, **found, "disk MB": disk})
            told = "  ".join(f"{name} {value:.4g}" for name, value in figures[-1].items())
            sys.stdout.write(f"{told}\n")
            sys.stdout.flush()
            if kept is not None:
                kept.write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1] in ("words", "ask"):
        told = count if sys.argv[1] == "words" else ask
        sys.stdout.write(json.dumps(told(int(sys.argv[2]), Path(sys.argv[3]))))
    elif sys.argv[1] == "draw":
        draw(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        sizes, _, file = " ".join(sys.argv[1:]).partition(" --figures ")
        main(sizes.split(), Path(file) if file else None)
