"""A process that reads files ends with whoever asked, and by its own clock, whatever it is at."""

import signal
import subprocess
import sys

import pytest

from rag.reading import worker

PATIENCE_SECONDS = 60.0
ASLEEP = "import time; from rag.reading import worker; worker.READERS['html'] = lambda data, name: time.sleep(3600); worker.main()"
# One call into a library that never comes back, and lets no other thread of Python run.
STUCK = ASLEEP.replace("time.sleep(3600)", "__import__('re').match('(a|a)+$', 'a' * 99 + 'b')")


def ended(program: str, seconds: float, *, close: bool) -> int:
    """The exit status of a worker that was given a file on which it hangs, and perhaps the end of its input."""
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        try:
            worker.send(process.stdin, {"kind": "html", "document": "a.html", "seconds": seconds}, b"<p>x</p>")
            if close:
                process.stdin.close()
            return process.wait(PATIENCE_SECONDS)
        finally:
            process.kill()


def test_a_hung_reader_ends_with_whoever_asked() -> None:
    """Its input ends, as it does when the process that asked is killed: it waits for nothing."""
    assert ended(ASLEEP, 3600, close=True) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such clock")
def test_a_stuck_reader_ends_by_its_own_clock() -> None:
    """Where nobody ends it, the system does, were it in the midst of a library."""
    assert ended(STUCK, 0.5 - worker.GRACE_SECONDS, close=False) == -signal.SIGALRM
