"""A process of its own in which LibreOffice runs: it, all that it started and its folder are gone when whoever asked is.

    python -m rag.reading.converter PROGRAM SUFFIX SECONDS

Takes the file from standard input, eight bytes that say how long it is before it, and writes the .docx to standard output;
exit status 0, or why there is none. Where the input ends meanwhile, by a kill of the other process too, nobody waits any more.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

UNOPENED, TOO_LONG, GIVEN_UP = 3, 4, 5  # exit statuses
LENGTH_BYTES = 8
FOLDER = "yanju-"  # how its folder's name begins
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SAFE = {"DisableMacrosExecution": "true", "MacroSecurityLevel": "3", "BlockUntrustedRefererLinks": "true", "DisableActiveContent": "true"}
_ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>'
)


def main(program: str, suffix: str, seconds: float) -> int:
    """Convert what comes; the exit status."""
    signal.signal(signal.SIGTERM, _ended)
    source = sys.stdin.buffer
    length = int.from_bytes(source.read(LENGTH_BYTES), "big")
    data = source.read(length)
    if len(data) < length:
        return GIVEN_UP
    with tempfile.TemporaryDirectory(prefix=FOLDER, ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        (room / f"document{suffix}").write_bytes(data)
        _write_profile(room / "profile")
        status = _convert(program, room, suffix, seconds)
        made = room / "out" / "document.docx"
        if status:
            return status
        if not made.is_file() or not made.stat().st_size:
            return UNOPENED
        with suppress(BrokenPipeError):
            sys.stdout.buffer.write(made.read_bytes())
            sys.stdout.buffer.flush()
    return 0


def _ended(*_: object) -> NoReturn:
    sys.exit(GIVEN_UP)


def _write_profile(profile: Path) -> None:
    """Settings with which no macro runs and no link to elsewhere is followed."""
    (profile / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=_SECURITY, name=name, value=value) for name, value in _SAFE.items())
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")


def _convert(program: str, room: Path, suffix: str, seconds: float) -> int:
    command = [program, f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck", "--nodefault",
               "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(room / "out"), str(room / f"document{suffix}")]
    with _started(command) as process:
        alone = threading.Event()
        threading.Thread(target=_watch, args=(process, alone), daemon=True).start()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            return TOO_LONG
    return GIVEN_UP if alone.is_set() else 0


def _watch(process: subprocess.Popen[bytes], alone: threading.Event) -> None:
    """End the program where the input ends: whoever asked is gone. Not through `sys.stdin`, whose lock would outlive this."""
    while os.read(0, 1):
        pass
    alone.set()
    _end(process)


@contextmanager
def _started(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program at work, which is gone with all that it started when this is left."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=sys.platform != "win32")
    try:
        yield process
    finally:
        _end(process)
        process.wait()


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            quiet = subprocess.DEVNULL
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], stdout=quiet, stderr=quiet, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], float(sys.argv[3])))
