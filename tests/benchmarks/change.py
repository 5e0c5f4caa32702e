"""What a rebuild costs after one file of a thousand was changed, beside the full build and the bare way to embed.

    python -m tests.benchmarks.change [--documents 1000] [--paragraphs 1] [--characters 500] [--texts FILE.jsonl] [--rounds 3]

Each document is a file; each build a process of its own, whose start counts. Seconds by the clock and of the processor
(which other programs disturb less), peak memory in MB, and ratios; the bare way (sentence-transformers and FAISS) embeds
the same paragraphs once, its start left out. Medians of the changes.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import data
from tests.benchmarks.beside import PROJECT, run

BUILD = """
import json, resource, sys, time
started = time.perf_counter()
from pathlib import Path
from rag.index.build import build
from rag.settings import DEFAULT_MODEL
made = build(Path(sys.argv[1]), Path(sys.argv[2]), DEFAULT_MODEL)
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"seconds": time.perf_counter() - started, "inside": made.seconds, "embedded": made.embedded, "passages": made.passages,
                  "processor": time.process_time(), "megabytes": used.ru_maxrss / 1024}))
"""


def build(corpus: Path, index: Path) -> dict[str, float]:
    """Bring the index up to date in a process of its own; what it tells."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", BUILD, str(corpus), str(index)], stdout=subprocess.PIPE, text=True, encoding="utf-8",
                          check=True, cwd=PROJECT, env=environment)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def texts(options: argparse.Namespace) -> list[str]:
    """The documents: those of the file given, else made up."""
    if options.texts is None:
        made = data.paragraphs(options.documents * options.paragraphs, options.characters)
        parts = (made[number :: options.documents] for number in range(options.documents))
        return ["\n".join(part) for part in parts]
    lines = options.texts.read_text(encoding="utf-8").splitlines()[: options.documents]
    return [json.loads(line)["text"] for line in lines]


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--documents", type=int, default=1000)
    asked.add_argument("--paragraphs", type=int, default=1)
    asked.add_argument("--characters", type=int, default=500)
    asked.add_argument("--texts", type=Path)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--no-bare", action="store_true")
    options = asked.parse_args()
    documents = texts(options)
    with tempfile.TemporaryDirectory() as scratch:
        corpus, index = Path(scratch) / "corpus", Path(scratch) / "index"
        corpus.mkdir()
        for number, text in enumerate(documents):
            place = corpus / f"{number:05d}.txt"
            place.write_text(text, encoding="utf-8")
            os.utime(place, (1_700_000_000, 1_700_000_000))
        full = build(corpus, index)
        _say("full build", full)
        changes = []
        for number in range(options.rounds):
            (corpus / f"{number * 7:05d}.txt").write_text(f"{documents[number * 7]}改动一处。", encoding="utf-8")
            changes.append(build(corpus, index))
            _say("one change", changes[-1])
        ratio = statistics.median(one["seconds"] for one in changes) / full["seconds"]
        inside = statistics.median(one["inside"] for one in changes) / full["inside"]
        used = statistics.median(one["processor"] for one in changes) / full["processor"]
        sys.stdout.write(f"one change takes {ratio:.4f} of the full build, {inside:.4f} without the start of Python, "
                         f"{used:.4f} of the processor's time\n")
        if not options.no_bare:
            bare = run("bare", sys.executable, "build", Path(scratch), [line for text in documents for line in text.split("\n")])
            took, used = bare["seconds"], bare["processor"]
            sys.stdout.write(f"bare sentence-transformers + FAISS: {took:.1f} s, {took / full['inside']:.2f} times the full build; "
                             f"{used:.1f} of the processor, {used / full['processor']:.2f} times\n")


def _say(what: str, told: dict[str, float]) -> None:
    sys.stdout.write(f"{what}: {told['seconds']:.2f} s ({told['inside']:.2f} inside, {told['processor']:.2f} of the processor), "
                     f"{told['megabytes']:.0f} MB, "
                     f"{told['embedded']} of {told['passages']} passages embedded\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
