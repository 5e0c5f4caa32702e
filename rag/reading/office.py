"""Files of old office programs (.doc, .wps, .rtf, .odt) turned into .docx by LibreOffice, where it is installed.

It runs apart, without a window, with a profile of its own in which macros and links to elsewhere are off, for at most
`SECONDS`. Where it is not installed the file is reported with that remedy.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from rag.errors import UnreadableFile

SECONDS = 120.0
_PROGRAMS = ("soffice", "libreoffice", "soffice.com")
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.com", r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice", "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice",
)  # fmt: skip
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SAFE = {"DisableMacrosExecution": "true", "MacroSecurityLevel": "3", "BlockUntrustedRefererLinks": "true", "DisableActiveContent": "true"}
_ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>'
)
_BY_HAND = "或用WPS或Word打开,另存为.docx,放回原处。"


@lru_cache(maxsize=1)
def program() -> str | None:
    """Where LibreOffice is, or None."""
    found = next((place for name in _PROGRAMS if (place := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def as_docx(data: bytes, extension: str, document: str) -> bytes:
    """The file as .docx; UnreadableFile where LibreOffice is missing, can't open it, or takes longer than it may."""
    place = program()
    if place is None:
        raise UnreadableFile(document, f"读{extension}格式要用LibreOffice,这台机器没有装:请安装LibreOffice后重建索引,{_BY_HAND}")
    with tempfile.TemporaryDirectory(prefix="yanju-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        source = room / ("document.doc" if extension == ".wps" else f"document{extension}")
        source.write_bytes(data)
        _write_profile(room / "profile")
        _convert(place, source, room, document)
        made = room / "out" / "document.docx"
        if not made.is_file() or not made.stat().st_size:
            raise UnreadableFile(document, f"LibreOffice打不开,可能已损坏或加了密码:请打开核对,{_BY_HAND[1:]}")
        return made.read_bytes()


def _write_profile(profile: Path) -> None:
    (profile / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=_SECURITY, name=name, value=value) for name, value in _SAFE.items())
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")


def _convert(place: str, source: Path, room: Path, document: str) -> None:
    command = [place, f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck", "--nodefault",
               "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(room / "out"), str(source)]
    with _started(command) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile(document, f"LibreOffice{SECONDS:.0f}秒没有转换完:请用WPS或Word打开,另存为.docx,放回原处。") from error


@contextmanager
def _started(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program at work, which is gone with all that it started when this is left."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=sys.platform != "win32")
    try:
        yield process
    finally:
        if sys.platform == "win32":
            if process.poll() is None:
                subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], stdout=quiet, stderr=quiet, check=False)
        else:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
