"""Every error that this package raises on purpose, in one tree.

    YanjuError                    the request could not be served (exit 1)
    ├── WrongUsage                the request itself is wrong (exit 2)
    │   ├── EmptyQuestion
    │   ├── LongQuestion
    │   ├── UnknownSpeech         no title or path matches; carries the nearest
    │   ├── BadName               nothing of a file's name can be used, or it leads out of the corpus folder
    │   ├── NameTaken             a file of this name is there already; carries a free name
    │   ├── NoSuchFile            the corpus folder holds no file of this path
    │   └── NotAccepted           a file that is too large, empty, or of a format that can't be read
    ├── UnreadableFile            a file of the corpus that can't be read whole and without loss
    ├── CorpusError               the corpus folder is missing or holds nothing readable
    │   └── NothingReadable       not one document; carries what was left out, and why
    ├── ModelError                the model can't be fetched, checked, converted or loaded
    ├── NoIndex                   nothing has been built yet
    ├── DamagedIndex              no intact build is left
    ├── DamagedFile               one file of the index is not what was recorded
    ├── BuildRunning              another process is building
    ├── BuildCancelled            the user stopped the build; the index is as it was
    ├── NotWritten                the system refused to write (disk full, no right, …)
    ├── UnknownBuild              a build that the index does not hold
    ├── NoEarlierBuild            there is none to go back to
    ├── UnknownDocument           a document that the build does not hold
    ├── WriterSetting             a setting of the language model is missing or not safe
    ├── WriterFault               the language model did not answer as it should
    └── GateError                 a quote that is not the source's own text; never shown

A message says what happened, where, and what the user can do; it is Chinese, because users read it.
Attributes carry the evidence. Only the page and the command line turn errors into words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class YanjuError(Exception):
    """The request could not be served; `str(error)` is a whole Chinese sentence for the user."""


class WrongUsage(YanjuError):
    """The request itself is wrong: exit status 2."""


class EmptyQuestion(WrongUsage):
    """A question without a single letter, digit or Chinese character."""

    def __init__(self) -> None:
        super().__init__("问题是空的：请输入要查的内容。")


class LongQuestion(WrongUsage):
    """A question of more characters than `limit`."""

    def __init__(self, characters: int, limit: int) -> None:
        self.characters = characters
        self.limit = limit
        super().__init__(f"问题有{characters}个字，超过上限{limit}个字：请缩短后再问。")


class UnknownSpeech(WrongUsage):
    """No speech title and no document path matches `name`; `nearest` are the closest ones."""

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        self.name = name
        self.nearest = nearest
        hint = f"相近的有：{'、'.join(nearest)}。" if nearest else "库中没有相近的名称。"
        super().__init__(f"库中没有名为“{name}”的讲话或文件。{hint}")


class BadName(WrongUsage):
    """A name that can't be a file's below the corpus folder, whatever is cleaned away."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"“{name[:60]}”不能用作文件名或路径：请换一个由汉字、字母或数字组成的名称。")


class NameTaken(WrongUsage):
    """`path` is there already; `free` is like it and is not."""

    def __init__(self, path: str, free: str) -> None:
        self.path = path
        self.free = free
        super().__init__(f"已有同名的文件或文件夹{path}：请选择替换它，或改名为{free}。")


class NoSuchFile(WrongUsage):
    """The corpus folder holds no file or folder at `path`."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"资料文件夹里没有{path}：可能已被移走，请刷新后再试。")


class NotAccepted(WrongUsage):
    """A file that the corpus folder does not take in; `reason` says why."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"没有收下{path}：{reason}")


class UnreadableFile(YanjuError):
    """A corpus file that can't be read whole and without loss. `reason` says why and what to do."""

    def __init__(self, document: str, reason: str) -> None:
        self.document = document
        self.reason = reason
        super().__init__(f"{document}：{reason}")


class CorpusError(YanjuError):
    """The corpus folder is missing, or holds no readable file."""


class NothingReadable(CorpusError):
    """The corpus holds no document; `reported` are the files that were left out, with reasons, if any."""

    def __init__(self, corpus: str, reported: tuple[tuple[str, str], ...]) -> None:
        self.corpus = corpus
        self.reported = reported
        if reported:
            what = f"文件夹{corpus}里的{len(reported)}个文件都不能读：" + "；".join(f"{path}：{reason}" for path, reason in reported)
        else:
            what = f"文件夹{corpus}里没有文件"
        super().__init__(f"{what}。没有重建，原有索引不变。请放入讲话文件后重试；确要建空索引，请加 --allow-empty。")


class ModelError(YanjuError):
    """The embedding model can't be fetched, checked, converted or loaded."""


class NoIndex(YanjuError):
    """The index folder holds no build."""

    def __init__(self, index: str) -> None:
        self.index = index
        super().__init__(f"索引文件夹{index}里还没有建好的索引：请先运行 yanju build。")


class DamagedIndex(YanjuError):
    """No intact build is left; `problems` names each damaged file."""

    def __init__(self, index: str, problems: tuple[str, ...]) -> None:
        self.index = index
        self.problems = problems
        super().__init__(f"索引{index}已损坏（{'；'.join(problems[:3])}）：请运行 yanju build 重建。")


class DamagedFile(YanjuError):
    """`file` (below the index folder) should be `expected` and is `found`.

    `certain` is false where the file could not be read now, and might be later.
    """

    def __init__(self, file: str, expected: str, found: str, *, certain: bool = True) -> None:
        self.file = file
        self.expected = expected
        self.found = found
        self.certain = certain
        super().__init__(f"{file}：应为{expected}，实为{found}")


class BuildRunning(YanjuError):
    """Another process holds the build lock of this index."""

    def __init__(self, index: str) -> None:
        self.index = index
        super().__init__(f"另一个程序正在重建索引{index}：请等它完成后再试。")


class BuildCancelled(YanjuError):
    """The build was stopped on request."""

    def __init__(self) -> None:
        super().__init__("重建已取消，原有索引不变。")


class NotWritten(YanjuError):
    """The system refused to write below `folder`; `reason` is its own word."""

    def __init__(self, folder: str, reason: str) -> None:
        self.folder = folder
        self.reason = reason
        super().__init__(f"写不进文件夹{folder}（{reason}），原有内容不变：请腾出磁盘空间或检查写入权限后重试。")


class UnknownBuild(YanjuError):
    """The index holds no build of this name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name = name
        self.known = known
        super().__init__(f"没有名为{name}的索引版本。现有：{'、'.join(known) or '无'}。")


class NoEarlierBuild(YanjuError):
    """No intact build was made before the one that is current."""

    def __init__(self, current: str) -> None:
        self.current = current
        super().__init__(f"没有比{current}更早的完好索引版本可以恢复。用 yanju history 查看现有版本。")


class UnknownDocument(YanjuError):
    """The build holds no document of this path."""

    def __init__(self, document: str, nearest: tuple[str, ...]) -> None:
        self.document = document
        self.nearest = nearest
        hint = f"相近的有：{'、'.join(nearest)}。" if nearest else ""
        super().__init__(f"索引里没有文件{document}。{hint}")


class WriterSetting(YanjuError):
    """The setting `name` of the language model can't be used; `reason` says why and what to do."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"语言模型的设置{name}{reason}。")


class WriterFault(YanjuError):
    """The language model did not answer as it should. `kind` is one of `WORDS`; `detail` (a status, seconds) goes with it."""

    WORDS: ClassVar[Mapping[str, str]] = {
        "unreachable": "语言模型连不上",
        "unauthorised": "语言模型不认密钥{detail}",
        "quota": "语言模型的用量已满或太忙{detail}",
        "failing": "语言模型的服务器出错{detail}",
        "slow": "语言模型在{detail}秒内没有答完",
        "cut": "语言模型的回答中途断了",
        "nonsense": "语言模型的回答不成格式",
        "endless": "语言模型的回答长得没完",
        "silent": "语言模型没有作答",
        "unsupported": "语言模型写的没有一句通过核对",
    }

    def __init__(self, kind: str, detail: str = "") -> None:
        self.kind = kind
        self.detail = detail
        super().__init__(f"{self.WORDS[kind].format(detail=detail)}，请用 yanju doctor 检查，或改用原文作答。")

    @property
    def words(self) -> str:
        """What happened, without what to do."""
        return self.WORDS[self.kind].format(detail=self.detail)


class GateError(YanjuError):
    """A quote that is not, character for character, the stored source's text."""

    def __init__(self, document: str, start: int, end: int, quote: str, found: str) -> None:
        self.document = document
        self.start = start
        self.end = end
        self.quote = quote
        self.found = found
        super().__init__(f"引文与原文不符（{document}第{start}—{end}字）：引文“{quote}”，原文“{found}”。")
