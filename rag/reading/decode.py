"""Bytes in, text and its encoding out: decided over the whole file, strictly, with proof.

Every reading considered decodes without a single replaced byte and gives exactly the file's bytes again when
encoded. Where several do, the one that is likelier to be Chinese text wins, but only by a wide margin: bytes that
can't be told apart, or that read as no language in particular, are refused. Leaves out other languages' encodings
(they are refused too) and every format that is not plain text.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from rag.errors import UnreadableFile
from rag.reading import flaws
from rag.reading.evidence import BIG5, GB18030, UTF8, UTF16, Codec, big5, evidence_of, proven
from rag.reading.mixture import foreign_line

UNNAMED = "文件"
SAVE_AS_TEXT = "请用WPS或记事本打开核对，另存为UTF-8编码的纯文本（.txt）。"

# The best reading must be a hundred times likelier than the next.
_MARGIN_NATS = 4.6


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` is without byte order mark, line ends as in the file; `codec` is the Python name of the encoding.

    `data.decode(codec)` gives `text`, behind its byte order mark if the codec keeps that.
    """

    text: str
    codec: str


_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, UTF16[0], "utf-16"),
    (codecs.BOM_UTF16_BE, UTF16[1], "utf-16"),
    ("\ufeff".encode("gb18030"), GB18030, "gb18030"),
)
_FOREIGN = (
    (b"%PDF-", "PDF文件"),
    (b"PK\x03\x04", "docx、zip一类的压缩文件"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版Word或WPS文件"),
    (b"{\\rtf", "RTF文件"),
    (codecs.BOM_UTF32_LE, "UTF-32编码的文本"),
    (codecs.BOM_UTF32_BE, "UTF-32编码的文本"),
)


@dataclass(frozen=True, slots=True)
class _Reading:
    codec: Codec
    text: str
    evidence: float


def decode(data: bytes, document: str = UNNAMED) -> Decoded:
    """The text of `data`, whole and without loss, or `UnreadableFile` of `document` with the reason.

    Considers UTF-8, UTF-16 and GB18030 with byte order mark, and UTF-8, UTF-16, GB18030 (GBK, GB2312) and Big5 without.
    Refuses what holds characters that no text holds, whatever it decodes as.
    """
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableFile(document, f"内容是{kind}，不是纯文本：请用能打开它的软件另存为UTF-8编码的纯文本（.txt）。")
    decoded = _marked(data, document) or _unmarked(data, document)
    reason = flaws.flaw(decoded.text)
    if reason is not None:
        raise UnreadableFile(document, reason)
    return decoded


def _marked(data: bytes, document: str) -> Decoded | None:
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = proven(data[len(mark) :], codec.name)
            if text is None:
                reason = _failure(data[len(mark) :], codec, offset=len(mark))
                raise UnreadableFile(document, f"开头有{codec.label}的标记，但{reason}：{SAVE_AS_TEXT}")
            return Decoded(text, name)
    return None


def _unmarked(data: bytes, document: str) -> Decoded:
    if data.isascii() and b"\0" not in data:
        return Decoded(data.decode("ascii"), UTF8.name)
    readings = sorted(_readings(data), key=lambda reading: -reading.evidence)
    likely = [reading for reading in readings if reading.evidence >= reading.codec.floor]
    if not likely:
        raise UnreadableFile(document, _unlikely(data, readings))
    best, *others = likely
    close = [other for other in others if best.evidence - other.evidence < _MARGIN_NATS]
    if close and flaws.flaw(best.text) is None:
        raise UnreadableFile(document, f"汉字太少，无法断定编码（{_sample(best)}，{_sample(close[0])}）：{SAVE_AS_TEXT}")
    foreign = foreign_line(data, best.codec)
    if foreign is not None:
        line, codec = foreign
        raise UnreadableFile(document, f"全文是{best.codec.label}编码，而第{line}行像是{codec.label}，读出的会是乱码：{SAVE_AS_TEXT}")
    return Decoded(best.text, best.codec.name)


def _readings(data: bytes) -> list[_Reading]:
    """Every reading of the whole that is proven, at most one of the Big5 family."""
    found = [(codec, proven(data, codec.name)) for codec in (UTF8, GB18030, *UTF16)]
    found.append(big5(data))
    return [_Reading(codec, text, evidence_of(text, codec)) for codec, text in found if text is not None]


def _sample(reading: _Reading) -> str:
    words = " ".join(reading.text[:40].split())[:12]
    shown = "".join(character if character.isprintable() else "□" for character in words)
    return f"按{reading.codec.label}读作“{shown}”"


def _unlikely(data: bytes, readings: list[_Reading]) -> str:
    """Why none of `readings`, best first, can be believed."""
    if b"\0" in data:
        return f"第{data.index(0) + 1}字节是空字节，不是文本文件：{SAVE_AS_TEXT}"
    for reading in readings:
        if reading.codec not in UTF16:
            return f"只能按{reading.codec.label}读出，而读出的不像中文（{_sample(reading)}）：{SAVE_AS_TEXT}"
    failures = ",".join(_failure(data, codec) for codec in (UTF8, GB18030, BIG5))
    return f"不是能识别的文本，或已损坏（{failures}）：{SAVE_AS_TEXT}"


def _failure(data: bytes, codec: Codec, offset: int = 0) -> str:
    """Where `data`, which stands `offset` bytes into the file, stops being valid in `codec`."""
    try:
        data.decode(codec.name)
    except UnicodeDecodeError as error:
        return f"按{codec.label}读到第{offset + error.start + 1}字节出错"
    return f"按{codec.label}读出的文字不能还原成原来的字节"
