"""What lies in the corpus folder, and the bytes of one file of it, read so that they are one state of the file.

Links are never followed: not by the walk, and not when a file is opened. Leaves out what the bytes mean.
"""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from rag.errors import CorpusError, UnreadableFile
from rag.reading import flaws
from rag.reading.document import Source

ATTEMPTS = 3
PAUSE_SECONDS = 0.1
LARGEST_BYTES = 200 * 2**20  # of a file; a report of 500 pages with pictures has 50 MB, and all of it is held in memory
# Windows marks what stands for another place (symbolic links, junctions) with this bit; cloud placeholders lack it.
_NAME_SURROGATE = 0x20000000


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, or what stands in the place of one. `path` is below the corpus folder, with forward slashes.

    `problem` says why it can't be opened at all; such an entry has no `extension`. In `path`, what is not UTF-8 or
    can't be shown is written out (`\\xb5`), and `problem` then says so.
    """

    path: str
    location: Path
    size: int
    modified: int
    problem: str | None = None

    @property
    def extension(self) -> str:
        """The extension in lower case with its full stop, or nothing."""
        return "" if self.problem else self.location.suffix.lower()

    def source(self, sha256: str | None) -> Source:
        """The entry as the manifest records it."""
        return Source(self.path, sha256, self.size, self.modified)


def entries(corpus: Path) -> list[Entry]:
    """Everything below `corpus` that is not a folder, in path order, dot files and `~$` owner files left out.

    The order is that of the paths' code points: the same on every system. A folder that can't be opened is an
    entry with a problem. Raises `CorpusError` where there is no such folder.
    """
    found: list[Entry] = []
    folders = [corpus]
    while folders:
        folder = folders.pop()
        try:
            locations = list(folder.iterdir())
        except OSError as error:
            if folder == corpus:
                raise CorpusError(_missing(corpus, error)) from error
            found.append(_entry(corpus, folder, None, f"文件夹打不开，其中的文件都没有读：{_refusal(error)}"))
            continue
        for location in locations:
            if location.name.startswith((".", "~$")):
                continue
            entry = _look(corpus, location)
            if entry is None:
                folders.append(location)
            else:
                found.append(entry)
    return sorted(found, key=lambda entry: entry.path)


def _missing(corpus: Path, error: OSError) -> str:
    remedy = "请新建它并放入讲话文件，或用 --corpus 指定别的文件夹。"
    if isinstance(error, FileNotFoundError):
        return f"语料文件夹{corpus}不存在：{remedy}"
    if isinstance(error, NotADirectoryError):
        return f"{corpus}是文件，不是语料文件夹：{remedy}"
    return f"语料文件夹{corpus}打不开（{error.strerror or error}）：请检查权限，或用 --corpus 指定别的文件夹。"


def _look(corpus: Path, location: Path) -> Entry | None:
    """What stands at `location`; None for a folder."""
    try:
        status = location.lstat()
    except OSError as error:
        return _entry(corpus, location, None, _refusal(error))
    if stat.S_ISDIR(status.st_mode) and not _is_link(status):
        return None
    return _entry(corpus, location, status, _strange(status))


def _entry(corpus: Path, location: Path, status: os.stat_result | None, problem: str | None) -> Entry:
    # The bytes decide, not the locale: where names are taken for GBK, those in UTF-8 still come out right.
    name = os.fsencode(location.relative_to(corpus).as_posix())
    path = name.decode("utf-8", "backslashreplace")
    shown = flaws.written_out(path)
    if path.encode("utf-8") != name:
        problem = "名称不是UTF-8编码：请改名。"
    elif shown != path:
        problem = "名称里有不可见的控制字符：请改名。"
    size, modified = (status.st_size, status.st_mtime_ns) if status else (-1, -1)
    return Entry(shown, location, size, modified, problem)


def _is_link(status: os.stat_result) -> bool:
    tag: int = getattr(status, "st_reparse_tag", 0)
    return stat.S_ISLNK(status.st_mode) or bool(tag & _NAME_SURROGATE)


def _strange(status: os.stat_result) -> str | None:
    """Why something of this kind is not read; None for a plain file."""
    if _is_link(status):
        return "是链接，不读链接所指的内容：请把文件本身复制到语料文件夹里。"
    if not stat.S_ISREG(status.st_mode):
        return "不是普通文件（是管道、设备一类）：请移出语料文件夹。"
    return None


def _refusal(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有读取权限，或正被其他程序占用：请关闭打开它的程序，或请管理员授权。"
    if isinstance(error, FileNotFoundError):
        return "读取时已不在原处：如仍需要，请放回后再建索引。"
    return f"读取出错（{error.strerror or error}）：请检查磁盘或网络位置。"


def read_bytes(entry: Entry) -> tuple[Entry, bytes]:
    """The bytes of a plain file, and the entry with the size and time that they had; else `UnreadableFile`.

    A file that changes meanwhile is read again, `ATTEMPTS` times in all.
    """
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(PAUSE_SECONDS)
        try:
            before = entry.location.lstat()
            problem = _strange(before)
            if problem:
                raise UnreadableFile(entry.path, problem)
            if before.st_size > LARGEST_BYTES:
                raise UnreadableFile(entry.path, _too_large(before.st_size))
            data = _bytes(entry.location)
            after = entry.location.lstat()
        except OSError as error:
            raise UnreadableFile(entry.path, _refusal(error)) from error
        if _stamp(before) == _stamp(after) and len(data) == after.st_size:
            return Entry(entry.path, entry.location, after.st_size, after.st_mtime_ns), data
    raise UnreadableFile(entry.path, "读取期间一直在变：请等它保存或复制完，再建索引。")


def _too_large(size: int) -> str:
    return f"文件有{size / 2**20:.0f} MB，超过上限{LARGEST_BYTES / 2**20:.0f} MB：请分成几个文件。"


def _bytes(location: Path) -> bytes:
    with open(location, "rb", opener=_open_no_link) as file:
        return file.read(LARGEST_BYTES + 1)


def _open_no_link(path: str, flags: int) -> int:
    """Open `path` unless a link has taken its place; where the system can't promise that, the look before must do."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def _stamp(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_mode, status.st_size, status.st_mtime_ns
