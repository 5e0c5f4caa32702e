"""One builder at a time."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from rag.errors import BuildRunning
from rag.index.lock import only_builder

HOLD = "import sys; from pathlib import Path; from rag.index.lock import only_builder\n" \
       "with only_builder(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"


def test_a_second_thread_is_refused_at_once(tmp_path: Path) -> None:
    """While one thread builds, another is told so; afterwards it may."""
    refused: list[BaseException] = []

    def second() -> None:
        with pytest.raises(BuildRunning) as caught, only_builder(tmp_path):
            pass
        refused.append(caught.value)

    with only_builder(tmp_path):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert len(refused) == 1
    with only_builder(tmp_path):
        pass


def test_a_second_process_is_refused_until_the_first_dies(tmp_path: Path) -> None:
    """The lock holds across processes, and a killed process lets it go."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(BuildRunning) as caught, only_builder(tmp_path):
            pass
        assert caught.value.index == str(tmp_path)
        holder.kill()
    with only_builder(tmp_path):
        pass
