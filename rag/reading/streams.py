"""Whether a .pdf file is all there: its end, and its packed streams. Viewers pass over what is missing in silence."""

from __future__ import annotations

import re
import zlib

from rag.errors import UnreadableFile

BY_VIEWER = "请打开核对，把文字全部复制到记事本，另存为UTF-8编码的.txt，放回原处。"
_END_BYTES = 65_536
_LARGEST_STREAM = 256 * 2**20
_FLATE = re.compile(rb"/Filter\s*(?:\[\s*)?/(?:FlateDecode|Fl)\s*(?:\]|/|>)")
_STREAM = re.compile(rb"stream\r?\n")


def check(data: bytes, document: str) -> None:
    """Refuse a file that was cut off, or whose packed streams are not what was packed."""
    if b"%%EOF" not in data[-_END_BYTES:]:
        raise UnreadableFile(document, f"PDF不完整（没有结尾），可能没有下载完：{BY_VIEWER}")
    if b"/Encrypt" in data:
        return
    position = 0
    for match in _STREAM.finditer(data):
        if match.start() < position or data[match.start() - 3 : match.start()] == b"end":
            continue
        opening = data.rfind(b" obj", max(0, match.start() - 4096), match.start())
        if opening >= 0 and _FLATE.search(data, opening, match.start()):
            length = _packed(data, match.end())
            if length is None:
                raise UnreadableFile(document, f"PDF已损坏（第{match.start() + 1}字节起的数据解不开）：{BY_VIEWER}")
            position = match.end() + length


def _packed(data: bytes, start: int) -> int | None:
    """The length of the zlib stream at `start`; None where it is broken. An empty one is none."""
    if data[start : start + 11].lstrip().startswith(b"endstream"):
        return 0
    unpacker = zlib.decompressobj()
    at, unpacked = start, 0
    try:
        while not unpacker.eof and at < len(data) and unpacked < _LARGEST_STREAM:
            pending = unpacker.unconsumed_tail or data[at : at + 65_536]
            if not unpacker.unconsumed_tail:
                at += len(pending)
            unpacked += len(unpacker.decompress(pending, 2**20))
    except zlib.error:
        return None
    return at - start - len(unpacker.unused_data) if unpacker.eof or unpacked >= _LARGEST_STREAM else None
