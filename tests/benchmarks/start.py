"""How soon the first answer comes: `yanju ask` beside what a user would pick instead, and the page.

    python -m tests.benchmarks.start [--rounds 5] [--paragraphs 1000] [--port 7811] [--peer txtai_hybrid=/venv/bin/python]...

Each round starts everything once, one after the other; medians. `ask` is the whole command, over the library that is set
(YANJU_CORPUS, YANJU_INDEX); a peer loads its saved index of invented paragraphs and finds the first hits. Beside the time stands
what processors spent on it, which tells more where other programs are at work. The page: from the start of the process to
its first byte, and from there to the first answer, asked as the browser asks.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import beside, data

QUESTION = "一季度工作的目标是什么?"
PATIENCE_SECONDS = 120
Figures = dict[str, float]


def spent() -> float:
    """Processor seconds of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def environment() -> dict[str, str]:
    """Compiled modules are kept, as for any user."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def asked() -> Figures:
    """One `yanju ask`."""
    before, started = spent(), time.perf_counter()
    subprocess.run([sys.executable, "-m", "rag", "ask", QUESTION], check=True, capture_output=True, cwd=beside.PROJECT, env=environment())
    return {"s": time.perf_counter() - started, "processor s": spent() - before}


def peer(name: str, python: str, folder: Path) -> Figures:
    """One start of a peer, to its first hits."""
    before = spent()
    return {"s": beside.run(name, python, "ask", folder, [QUESTION])["process"], "processor s": spent() - before}


def page(port: int) -> Figures:
    """One start of the page: to the first byte, and from there to the first answer."""
    address = f"http://127.0.0.1:{port}"
    before, started = spent(), time.perf_counter()
    command = [sys.executable, "ui.py", "--port", str(port)]
    served = subprocess.Popen(command, cwd=beside.PROJECT, env=environment(), stderr=subprocess.DEVNULL)
    try:
        first = when(lambda: urllib.request.urlopen(address, timeout=PATIENCE_SECONDS).read(1) != b"")
        told = when(lambda: answered(address))
    finally:
        served.terminate()
        served.wait()
    return {"first byte s": first - started, "answer after s": told - first, "processor s": spent() - before}


def when(happens: Callable[[], bool]) -> float:
    """The time at which `happens()` is first true."""
    while time.perf_counter():
        try:
            if happens():
                return time.perf_counter()
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.01)
    raise AssertionError


def answered(address: str, question: str = QUESTION, visitor: str = "start") -> bool:
    """Ask as the page's script does, and wait for the answer; False while the library is not ready."""
    config = json.load(urllib.request.urlopen(f"{address}/config", timeout=PATIENCE_SECONDS))
    load = next(one["id"] for one in config["dependencies"] if one["targets"] and one["targets"][0][1] == "load")
    posted(f"{address}/gradio_api/queue/join?", {"data": [], "fn_index": load, "session_hash": visitor})
    with urllib.request.urlopen(f"{address}/gradio_api/queue/data?session_hash={visitor}", timeout=PATIENCE_SECONDS) as stream:
        stream.read()
    wire = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "wire")
    asked = {"data": {"question": question}, "component_id": wire, "fn_name": "ask", "session_hash": visitor}
    return "exchange" in posted(f"{address}/gradio_api/component_server/", asked)


def posted(address: str, body: dict[str, object]) -> str:
    """What the page says to `body`."""
    post = urllib.request.Request(address, json.dumps(body).encode(), {"content-type": "application/json"})
    return urllib.request.urlopen(post, timeout=PATIENCE_SECONDS).read().decode()


def main() -> None:
    """Measure and print."""
    given = argparse.ArgumentParser()
    given.add_argument("--rounds", type=int, default=5)
    given.add_argument("--paragraphs", type=int, default=1000)
    given.add_argument("--port", type=int, default=7811)
    given.add_argument("--peer", action="append", default=[], help="NAME=PYTHON")
    options = given.parse_args()
    peers = {"bare": sys.executable} | dict(one.split("=", 1) for one in options.peer)
    found: dict[str, list[Figures]] = {name: [] for name in ("yanju ask", "page", *peers)}
    with tempfile.TemporaryDirectory() as scratch:
        for name, python in peers.items():
            beside.run(name, python, "build", Path(scratch), data.paragraphs(options.paragraphs, 100))
        for _ in range(options.rounds):
            found["yanju ask"].append(asked())
            found["page"].append(page(options.port))
            for name, python in peers.items():
                found[name].append(peer(name, python, Path(scratch)))
    own = {name: statistics.median(one[name] for one in found["yanju ask"]) for name in ("s", "processor s")}
    for name, rounds in found.items():
        medians = {figure: statistics.median(one[figure] for one in rounds) for figure in rounds[0]}
        ratios = "".join(f"  {figure}: ask takes 1/{medians[figure] / own[figure]:.1f}" for figure in own if name in peers)
        sys.stdout.write(f"{name:14s} {'  '.join(f'{figure} {value:.2f}' for figure, value in medians.items())}{ratios}\n")


if __name__ == "__main__":
    main()
