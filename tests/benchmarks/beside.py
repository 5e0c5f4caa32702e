"""Yanju and what a user would pick instead, side by side: start, one search, memory, building.

    python -m tests.benchmarks.beside [--paragraphs 1000] [--characters 500] [--rounds 3] [--peer txtai_hybrid=/venv/bin/python]...

The same model, paragraphs and questions for all, in alternation; medians by the clock and of the processor's time (which other
programs disturb less), and what of them Yanju takes. Bare sentence-transformers + FAISS is always there; another peer runs in its
own environment.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rag.search import model
from tests.benchmarks import data

PEERS = Path(__file__).parent / "peers"
PROJECT = Path(__file__).resolve().parents[2]


def run(peer: str, python: str, command: str, folder: Path, given: list[str]) -> dict[str, float]:
    """What the peer's process tells, and how long it took in all, start included."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    done = subprocess.run(
        [python, str(PEERS / f"{peer}.py"), command, str(model.folder()), str(folder)], input=json.dumps(given), capture_output=True,
        text=True, encoding="utf-8", check=True, cwd=PROJECT, env={**environment, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"},
    )
    return {**json.loads(done.stdout.splitlines()[-1]), "process": time.perf_counter() - started}


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--paragraphs", type=int, default=1000)
    asked.add_argument("--characters", type=int, default=500)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--peer", action="append", default=[], help="NAME=PYTHON")
    options = asked.parse_args()
    peers = {"own": sys.executable, "bare": sys.executable} | dict(one.split("=", 1) for one in options.peer)
    texts, questions = data.paragraphs(options.paragraphs, options.characters), data.questions()
    figures: dict[str, dict[str, float]] = {peer: {} for peer in peers}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for peer, python in peers.items():
            told = run(peer, python, "build", folder, texts)
            figures[peer] |= {"build s": told["seconds"], "build processor s": told["processor"]}
        changed = run("own", sys.executable, "build", folder, [*texts[:-1], texts[-1] + "改动一处。"])
        figures["own"] |= {"rebuild s": changed["seconds"], "rebuild processor s": changed["processor"]}
        rounds: dict[str, list[dict[str, float]]] = {peer: [] for peer in peers}
        for _ in range(options.rounds):
            for peer, python in peers.items():
                first, many = run(peer, python, "ask", folder, questions[:1]), run(peer, python, "ask", folder, questions)
                rounds[peer].append({
                    "start s": first["process"], "search ms": 1000 * many["query"], "search processor ms": 1000 * many["processor"],
                    "memory MB": many["kilobytes"] / 1024,
                })
    for peer, own in rounds.items():
        figures[peer] |= {name: statistics.median(one[name] for one in own) for name in own[0]}
    for peer, own in figures.items():
        shares = "  ".join(f"{name} {value:.2f} (Yanju {figures['own'][name] / value:.3f} of it)" for name, value in own.items())
        sys.stdout.write(f"{peer:14s} {shares}\n")
    sys.stdout.write(f"{'rebuild':14s} {figures['own']['rebuild s'] / figures['own']['build s']:.4f} of the full build\n")


if __name__ == "__main__":
    main()
