"""What a librarian does to the corpus folder from the page, and in what words it ended.

An upload is only taken from the folder into which the page itself received it, whatever path the browser names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.errors import NameTaken, YanjuError
from rag.keeping import holdings
from rag.page.language import say
from rag.page.shelf import Outcome

NAMES = 3  # of files put in that are named; the others are counted


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that the browser sent: where it lies, and the name that it has on the user's machine."""

    path: str
    name: str


def put(corpus: Path, received: Path, uploads: Sequence[Upload], into: str) -> Outcome:
    """Put the uploads into the folder `into`; the first whose name is taken waits for a decision, the others are told."""
    done, told = [], []
    waiting: Outcome | None = None
    for one in uploads:
        try:
            done.append(holdings.add(corpus, f"{into}/{one.name}" if into.strip() else one.name, _file(received, one)))
        except NameTaken as error:
            waiting = waiting or Outcome(str(error), False, one.path, error.path, error.free)
            told += [str(error)] if waiting.upload != one.path else []
        except YanjuError as error:
            told.append(str(error))
    words = ([say("已放入{files}，重建索引后就能问到。", files=_named(done))] if done else []) + told
    if waiting is not None:
        return Outcome(" ".join([*words, waiting.words]), False, waiting.upload, waiting.path, waiting.free)
    return Outcome(" ".join(words) or say("没有收到文件。"), not told and bool(done))


def settle(corpus: Path, received: Path, upload: Upload, *, replace: bool) -> Outcome:
    """Put in an upload whose name was taken, under the name that was chosen, or in the old file's place."""

    def change() -> str:
        return say("已放入{files}，重建索引后就能问到。", files=holdings.add(corpus, upload.name, _file(received, upload), replace=replace))

    return _done(change)


def move(corpus: Path, path: str, to: str) -> Outcome:
    """Rename or move a file."""
    return _done(lambda: say("已改名为{files}，重建索引后按新名称引用。", files=holdings.rename(corpus, path, to)))


def remove(corpus: Path, path: str) -> Outcome:
    """Delete a file."""

    def change() -> str:
        holdings.delete(corpus, path)
        return say("已删除{files}，重建索引后不再引用它。", files=path)

    return _done(change)


def _done(change: Callable[[], str]) -> Outcome:
    try:
        return Outcome(change())
    except YanjuError as error:
        return Outcome(str(error), False)


def _file(received: Path, upload: Upload) -> Path:
    """Where an upload lies; NotReceived where that is not below `received`."""
    path = Path(upload.path).resolve() if upload.path else None
    if path is None or not path.is_relative_to(received.resolve()) or not path.is_file():
        raise NotReceived(upload.name)
    return path


class NotReceived(YanjuError):
    """A file that never arrived, or is larger than the page takes."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"没有收到{name}：文件可能太大，或上传中断了，请重试。")


def _named(paths: Sequence[str]) -> str:
    more = say("等{n}个文件", n=len(paths)) if len(paths) > NAMES else ""
    return "、".join(paths[:NAMES]) + more
