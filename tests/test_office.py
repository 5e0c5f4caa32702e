"""Old formats through LibreOffice: whatever ends the one who asked, nothing of it stays."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.errors import UnreadableFile
from rag.reading import converter, office

RTF = rb"{\rtf1\ansi\ansicpg936 \u20316?\u39118?\u24314?\u35774?\par}"
ASK = "import sys; from rag.reading import office; office.as_docx(sys.stdin.buffer.read(), '.rtf', 'a.rtf')"
PATIENCE_SECONDS = 60.0

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None or sys.platform != "linux", reason="needs LibreOffice on Linux")


def at_work(place: Path) -> list[str]:
    """The processes that name `place` in their command."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:  # it ended meanwhile
            continue
        if str(place) in command:
            found.append(command)
    return found


def comes(true: Callable[[], bool]) -> bool:
    """Whether it comes true within a time."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


@needs_libreoffice
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_a_kill_leaves_neither_libreoffice_nor_its_folder(sign: signal.Signals, tmp_path: Path) -> None:
    """The build is ended in the midst of a conversion: what it started ends, what it wrote goes."""
    with subprocess.Popen([sys.executable, "-c", ASK], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env={**os.environ, "TMPDIR": str(tmp_path)}) as asking:
        assert asking.stdin is not None
        asking.stdin.write(RTF)
        asking.stdin.close()
        assert comes(lambda: any("oosplash" in one or "soffice.bin" in one for one in at_work(tmp_path)))
        asking.send_signal(sign)
        asking.wait()
    assert comes(lambda: not at_work(tmp_path))
    assert comes(lambda: not any(one.name.startswith(converter.FOLDER) for one in tmp_path.iterdir()))


@needs_libreoffice
def test_a_conversion_that_takes_too_long_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The file is named with what to do, and nothing stays."""
    monkeypatch.setattr(office, "SECONDS", 0.05)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with pytest.raises(UnreadableFile, match="没有转换完"):
        office.as_docx(RTF, ".rtf", "a.rtf")
    assert comes(lambda: not at_work(tmp_path)) and not list(tmp_path.iterdir())


def test_without_libreoffice_the_file_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its remedy."""
    monkeypatch.setattr(office, "program", lambda: None)
    with pytest.raises(UnreadableFile, match="请安装LibreOffice"):
        office.as_docx(RTF, ".rtf", "a.rtf")
