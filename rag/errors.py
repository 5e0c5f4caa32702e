"""Every error that this package raises on purpose, in one tree.

    YanjuError                    the request could not be served (exit 1)
    ├── WrongUsage                the request itself is wrong (exit 2)
    │   ├── EmptyQuestion
    │   ├── LongQuestion
    │   └── UnknownSpeech         no title or path matches; carries the nearest
    ├── UnreadableFile            a file of the corpus that can't be read whole and without loss
    ├── CorpusError               the corpus folder is missing or holds nothing readable
    ├── ModelError                the model can't be fetched, checked, converted or loaded
    ├── NoIndex                   nothing has been built yet
    ├── DamagedIndex              no intact build is left
    ├── BuildRunning              another process is building
    ├── UnknownBuild              a build that the index does not hold
    ├── UnknownDocument           a document that the build does not hold
    └── GateError                 a quote that is not the source's own text; never shown

A message says what happened, where, and what the user can do; it is Chinese, because users read it.
Attributes carry the evidence. Only the page and the command line turn errors into words.
"""

from __future__ import annotations


class YanjuError(Exception):
    """The request could not be served; `str(error)` is a whole Chinese sentence for the user."""


class WrongUsage(YanjuError):
    """The request itself is wrong: exit status 2."""


class EmptyQuestion(WrongUsage):
    """A question without a single letter, digit or Chinese character."""

    def __init__(self) -> None:
        super().__init__("问题是空的:请输入要查的内容。")


class LongQuestion(WrongUsage):
    """A question of more characters than `limit`."""

    def __init__(self, characters: int, limit: int) -> None:
        self.characters = characters
        self.limit = limit
        super().__init__(f"问题有{characters}个字,超过上限{limit}个字:请缩短后再问。")


class UnknownSpeech(WrongUsage):
    """No speech title and no document path matches `name`; `nearest` are the closest ones."""

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        self.name = name
        self.nearest = nearest
        hint = f"相近的有:{'、'.join(nearest)}。" if nearest else "库中没有相近的名称。"
        super().__init__(f"库中没有名为“{name}”的讲话或文件。{hint}")


class UnreadableFile(YanjuError):
    """A corpus file that can't be read whole and without loss. `reason` says why and what to do."""

    def __init__(self, document: str, reason: str) -> None:
        self.document = document
        self.reason = reason
        super().__init__(f"{document}:{reason}")


class CorpusError(YanjuError):
    """The corpus folder is missing, or holds no readable file."""


class ModelError(YanjuError):
    """The embedding model can't be fetched, checked, converted or loaded."""


class NoIndex(YanjuError):
    """The index folder holds no build."""

    def __init__(self, index: str) -> None:
        self.index = index
        super().__init__(f"索引文件夹{index}里还没有建好的索引:请先运行 yanju build。")


class DamagedIndex(YanjuError):
    """No intact build is left; `problems` names each damaged file."""

    def __init__(self, index: str, problems: tuple[str, ...]) -> None:
        self.index = index
        self.problems = problems
        super().__init__(f"索引{index}已损坏({';'.join(problems[:3])}):请运行 yanju build 重建。")


class BuildRunning(YanjuError):
    """Another process holds the build lock of this index."""

    def __init__(self, index: str) -> None:
        self.index = index
        super().__init__(f"另一个程序正在重建索引{index}:请等它完成后再试。")


class UnknownBuild(YanjuError):
    """The index holds no build of this name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name = name
        self.known = known
        super().__init__(f"没有名为{name}的索引版本。现有:{'、'.join(known) or '无'}。")


class UnknownDocument(YanjuError):
    """The build holds no document of this path."""

    def __init__(self, document: str, nearest: tuple[str, ...]) -> None:
        self.document = document
        self.nearest = nearest
        hint = f"相近的有:{'、'.join(nearest)}。" if nearest else ""
        super().__init__(f"索引里没有文件{document}。{hint}")


class GateError(YanjuError):
    """A quote that is not, character for character, the stored source's text."""

    def __init__(self, document: str, start: int, end: int, quote: str, found: str) -> None:
        self.document = document
        self.start = start
        self.end = end
        self.quote = quote
        self.found = found
        super().__init__(f"引文与原文不符({document}第{start}—{end}字):引文“{quote}”,原文“{found}”。")
