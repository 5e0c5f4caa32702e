"""Files of old office programs (.doc, .wps, .rtf, .odt) turned into .docx by LibreOffice, where it is installed.

It runs apart (`converter`), without a window, with a profile of its own in which macros and links to elsewhere are off, for
at most `SECONDS`. Where it is not installed the file is reported with that remedy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from rag.errors import UnreadableFile
from rag.reading.converter import LENGTH_BYTES, TOO_LONG

SECONDS = 120.0
_PROGRAMS = ("soffice", "libreoffice", "soffice.com")
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.com", r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice", "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice",
)  # fmt: skip
_PROJECT = Path(__file__).resolve().parent.parent.parent
_BY_HAND = "用WPS或Word打开，另存为.docx，放回原处。"


@lru_cache(maxsize=1)
def program() -> str | None:
    """Where LibreOffice is, or None."""
    found = next((place for name in _PROGRAMS if (place := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def as_docx(data: bytes, extension: str, document: str) -> bytes:
    """The file as .docx; UnreadableFile where LibreOffice is missing, can't open it, or takes longer than it may.

    However this process ends meanwhile, LibreOffice ends with it, and leaves nothing.
    """
    place = program()
    if place is None:
        raise UnreadableFile(document, f"读{extension}格式要用LibreOffice，这台机器没有装：请安装LibreOffice后重建索引，或{_BY_HAND}")
    status, made = _converted([place, ".doc" if extension == ".wps" else extension, str(SECONDS)], data)
    if status == TOO_LONG:
        raise UnreadableFile(document, f"LibreOffice{SECONDS:.0f}秒没有转换完：请{_BY_HAND}")
    if status or not made:
        raise UnreadableFile(document, f"LibreOffice打不开，可能已损坏或加了密码：请打开核对，{_BY_HAND}")
    return made


def _converted(arguments: list[str], data: bytes) -> tuple[int, bytes]:
    """The other process's exit status, and what it made; Ctrl-C does not reach it, but lets its input end."""
    path = os.pathsep.join(filter(None, (str(_PROJECT), os.environ.get("PYTHONPATH"))))
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "rag.reading.converter", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": path}, start_new_session=sys.platform != "win32",
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(len(data).to_bytes(LENGTH_BYTES, "big") + data)
                process.stdin.flush()
            made = process.stdout.read()
        finally:
            with suppress(BrokenPipeError):
                process.stdin.close()
    return process.returncode, made
