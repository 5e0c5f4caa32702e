"""The server's threads share one heap."""

import platform
import subprocess
import sys

import pytest

from rag.settings import PROJECT

_HEAPS = """
import re, sys, threading
from pathlib import Path
from rag.page.serving import one_heap
if sys.argv[1] == "one":
    one_heap()
held, all_hold, counted = [], threading.Barrier(5), threading.Event()
def hold():
    held.append([bytes(1000) for _ in range(1000)])
    all_hold.wait()
    counted.wait()
def spans():
    found = re.findall("(?m)^([0-9a-f]+)-[0-9a-f]+ rw-p 00000000 00:00 0 *$", Path("/proc/self/maps").read_text())
    return sum(int(start, 16) % 2**26 == 0 for start in found)  # glibc's further heaps begin at multiples of 64 MB
before = spans()
threads = [threading.Thread(target=hold) for _ in range(4)]
for one in threads:
    one.start()
all_hold.wait()
sys.stdout.write(str(spans() - before))
counted.set()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives each thread a heap")
@pytest.mark.parametrize(("heaps", "more"), [("one", False), ("several", True)])
def test_threads_share_one_heap(heaps: str, more: bool) -> None:
    """Of four threads that hold memory none has a heap of its own; without the limit each has."""
    done = subprocess.run([sys.executable, "-c", _HEAPS, heaps], cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", check=True)
    assert (int(done.stdout) > 0) is more
