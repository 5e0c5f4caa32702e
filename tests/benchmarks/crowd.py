"""Many people asking the page at once: answers, waits and memory of a server of its own, over real HTTP.

    python -m tests.benchmarks.crowd [--people 20] [--seconds 60] [--pause 0] [--port 7850]

Each person has an account and a session of the page as a browser has (what the page's script asks the server for, its clock
ticking beside it), goes on with one conversation, and asks the next question `pause` seconds after the whole answer to the last;
with 0, without drawing breath. The golden questions of tests/golden, in other words each time, so that no vector of a
query is kept from before. Clients run on the same machine and take their share of it.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx

from rag.page import people

PROJECT = Path(__file__).resolve().parents[2]
GOLDEN = PROJECT / "tests" / "golden"
OPENINGS = ("", "请问", "想问一下,", "您好,", "麻烦问一下,", "我想知道,", "请教一下,", "打听一下,", "请告诉我,", "查一下,")
STARTING = 120.0  # seconds at most until the library is ready
PASSWORD = "口令口令口令口令"
ALONE = 40  # questions of one person alone
TICK = 4.0  # seconds, as the page's own clock while nothing is under way


@dataclass
class Figures:
    """What was seen: seconds to the whole answer, and what went wrong."""

    whole: list[float] = field(default_factory=list)
    bytes: int = 0
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Wiring:
    """The page's own numbers: of the part that asks, and of the events of its coming and its clock."""

    wire: int
    load: int
    tick: int

    @classmethod
    def of(cls, config: dict) -> "Wiring":
        """Read off the configuration that the page sends to a browser."""
        ids = {one["id"]: one for one in config["components"]}
        wire = next(key for key, one in ids.items() if one["props"].get("elem_id") == "wire")
        clock = next(key for key, one in ids.items() if one["type"] == "timer")
        events = [(target[0], target[1], one["id"]) for one in config["dependencies"] for target in one["targets"]]
        load = next(number for _, name, number in events if name == "load")
        return cls(wire, load, next(number for key, name, number in events if (key, name) == (clock, "tick")))


def questions() -> Iterator[str]:
    """The golden questions, each time round in other words."""
    asked = [json.loads(line)["question"] for line in (GOLDEN / "own.jsonl").read_text(encoding="utf-8").splitlines()]
    for turn in count():
        yield from (f"{OPENINGS[turn % len(OPENINGS)]}{one}" for one in asked)


@contextmanager
def server(port: int, folder: Path, accounts: int) -> Iterator[tuple[str, int, float]]:
    """A page of its own over the golden corpus: its address, its process, and the moment of its start."""
    for number in range(accounts):
        people.put(folder / "users.json", f"读者{number}", "reader", PASSWORD)
    own = {"YANJU_CORPUS": GOLDEN / "corpus", "YANJU_INDEX": folder / "index", "YANJU_DATA": folder / "data"}
    environment = {**os.environ, "YANJU_RATE": "100000/minute", **{name: str(path) for name, path in own.items()}}
    subprocess.run([sys.executable, "-m", "rag", "build"], cwd=PROJECT, env=environment, check=True, capture_output=True)
    began = time.perf_counter()
    command = [sys.executable, "ui.py", "--port", str(port), "--users", str(folder / "users.json")]
    running = subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.PIPE)
    try:
        yield f"http://127.0.0.1:{port}/", running.pid, began
    finally:
        running.terminate()
        running.communicate(timeout=30)


async def events(client: httpx.AsyncClient, function: int, data: list, session: str, figures: Figures) -> AsyncIterator[bytes]:
    """The messages of one event of the page, up to its end."""
    body = {"data": data, "fn_index": function, "session_hash": session, "trigger_id": None, "event_data": None}
    joined = await client.post("gradio_api/queue/join", json=body)
    joined.raise_for_status()
    async with client.stream("GET", "gradio_api/queue/data", params={"session_hash": session}) as stream:
        async for line in stream.aiter_lines():
            figures.bytes += len(line)
            if line.startswith("data:"):
                yield line.encode()
                if '"msg":"close_stream"' in line or '"msg": "close_stream"' in line:
                    return


async def arrived(client: httpx.AsyncClient, wiring: Wiring, figures: Figures) -> str:
    """The session of a page that has just come."""
    session = uuid.uuid4().hex[:11]
    _ = [line async for line in events(client, wiring.load, [], session, figures)]
    return session


async def ask(client: httpx.AsyncClient, wiring: Wiring, session: str, question: str, figures: Figures) -> None:
    """One question, until the whole answer is there."""
    began = time.perf_counter()
    body = {"data": {"question": question}, "component_id": wiring.wire, "fn_name": "ask", "session_hash": session}
    told = await client.post("gradio_api/component_server/", json=body)
    figures.whole.append(time.perf_counter() - began)
    figures.bytes += len(told.content)
    if told.status_code != httpx.codes.OK or not ('class=\\"mark' in told.text or "refusal-words" in told.text):
        figures.errors.append(f"{question}: {told.status_code} {told.text[:300]}")


async def person(client: httpx.AsyncClient, wiring: Wiring, asked: Iterator[str], until: float, pause: float, figures: Figures) -> None:
    """Someone who asks, reads, and asks again in the same conversation."""
    session = await arrived(client, wiring, figures)
    looked = time.perf_counter()
    while time.perf_counter() < until:
        try:
            await ask(client, wiring, session, next(asked), figures)
            if time.perf_counter() - looked > TICK:
                looked = time.perf_counter()
                _ = [line async for line in events(client, wiring.tick, [None], session, figures)]
        except httpx.HTTPError as error:
            figures.errors.append(repr(error))
        await asyncio.sleep(pause)


async def served(client: httpx.AsyncClient, began: float) -> float:
    """Seconds from `began` until the page is served."""
    while True:
        try:
            await client.get("")
            return time.perf_counter() - began
        except httpx.HTTPError:
            if time.perf_counter() - began > STARTING:
                raise
            await asyncio.sleep(0.02)


def megabytes(pid: int) -> float:
    """What a process and its children hold in memory now (Linux)."""
    held = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = dict(line.split(":\t", 1) for line in (folder / "status").read_text(encoding="utf-8").splitlines() if ":\t" in line)
        except OSError:
            continue
        if pid in (int(status["Pid"]), int(status["PPid"])) and "VmRSS" in status:
            held += int(status["VmRSS"].split()[0]) / 1024
    return held


def worked(pid: int) -> float:
    """Seconds of processor time that a process has taken (Linux)."""
    fields = (Path("/proc") / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def told(name: str, seconds: list[float]) -> str:
    """Median and high percentiles."""
    ranked = sorted(seconds)
    part = [ranked[min(len(ranked) - 1, int(share * len(ranked)))] for share in (0.9, 0.99)]
    return f"{name}: median {statistics.median(ranked):.3f} s, p90 {part[0]:.3f} s, p99 {part[1]:.3f} s"


async def visitor(url: str, number: int) -> httpx.AsyncClient:
    """Someone with an account of his own, logged in."""
    client = httpx.AsyncClient(base_url=url, timeout=60)
    (await client.post("login", data={"username": f"读者{number}", "password": PASSWORD})).raise_for_status()
    return client


async def measure(options: argparse.Namespace, url: str, pid: int, began: float) -> None:
    """Start, one person alone, everybody at once; printed as they come."""
    asked, once, alone, crowd = questions(), Figures(), Figures(), Figures()
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        seconds = await served(client, began)
    first = await visitor(url, 0)
    wiring = Wiring.of((await first.get("config")).json())
    session = await arrived(first, wiring, once)
    while not once.whole or once.errors:  # until the engine has started
        once.errors.clear()
        await ask(first, wiring, session, next(asked), once)
    say(f"served after {seconds:.2f} s, first answer {time.perf_counter() - began:.2f} s after start, {megabytes(pid):.0f} MB")
    for _ in range(ALONE):
        await ask(first, wiring, session, next(asked), alone)
    say(f"alone, {told('whole answer', alone.whole)}")
    visitors = [first, *[await visitor(url, number) for number in range(1, options.people)]]
    until, before = time.perf_counter() + options.seconds, worked(pid)
    await asyncio.gather(*(person(one, wiring, asked, until, options.pause, crowd) for one in visitors))
    say(f"{options.people} people, {len(crowd.whole)} answers in {options.seconds:.0f} s, pause {options.pause:g} s, "
        f"{len(crowd.errors)} errors; an answer took {1000 * (worked(pid) - before) / len(crowd.whole):.0f} ms of processor, "
        f"{crowd.bytes / len(crowd.whole) / 1024:.0f} KB")
    say(told("whole answer", crowd.whole))
    say(f"{megabytes(pid):.0f} MB with {options.people + 2} sessions")
    for error in crowd.errors[:5]:
        say(error)
    for one in visitors:
        await one.aclose()


def say(words: str) -> None:
    """A line, at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--people", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--pause", type=float, default=0)
    asked.add_argument("--port", type=int, default=7850)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch, server(options.port, Path(scratch), options.people) as (url, pid, began):
        asyncio.run(measure(options, url, pid, began))


if __name__ == "__main__":
    main()
