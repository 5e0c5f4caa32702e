"""What shows that an .rtf file is damaged, where LibreOffice reads it all the same: groups that don't close, words of control in the text.

Leaves out what only a proof-reader finds: a flipped bit in the number of a character gives another character.
"""

from __future__ import annotations

import re

from rag.errors import UnreadableFile

_HEAD = b"{\\rtf"
# What opens and closes a group; before it what only looks so: escaped signs, and the second byte of a character in GBK.
_BRACE = re.compile(rb"\\[^a-zA-Z]|[\x81-\xfe][\x40-\xfe]|([{}])")
_BINARY = b"\\bin"  # bytes as they are follow, braces among them
# Words of control that are words of no language: of the runs, by themselves; of the tables before the text, amid others too.
_STRAY = re.compile(
    r"(?<![A-Za-z0-9\\])(?:u\d{4,5}(?:\?|'3f)|(?:ltrch|rtlch|hich|loch|dbch|pard|ltrpar|rtlpar|trowd"
    r"|(?:afs|fs|langfe|langnp|insrsid|charrsid|cellx)\d{1,8})(?![A-Za-z]))"
    r"|(?<!\\)(?:level(?:nfc|jc|startat|follow|text|numbers|templateid)|list(?:level|text|override|templateid)|fonttbl|colortbl|revtbl"
    r"|pgdsc|sbasedon|widctlpar|hyphpar|fcharset\d)"
)
_AGAIN = "请用WPS或Word打开核对，另存为.docx，放回原处。"


def is_rtf(data: bytes) -> bool:
    """Whether a file begins as .rtf does."""
    return data.lstrip()[: len(_HEAD)].lower() == _HEAD


def check(data: bytes, document: str) -> None:
    """UnreadableFile where a group is left open at the end of the .rtf file, or all are closed before it."""
    if _BINARY in data:
        return
    depth = 0
    for match in _BRACE.finditer(data):
        if match[1]:
            depth += 1 if match[1] == b"{" else -1
            if depth <= 0 and data[match.end() :].strip(b" \t\r\n\0"):
                raise UnreadableFile(document, f".rtf在结尾之前就结束了，后面的内容读不到，可能已损坏：{_AGAIN}")
    if depth > 0:
        raise UnreadableFile(document, f".rtf不完整（没有结尾），可能没有下载完或已损坏：{_AGAIN}")


def check_text(text: str, document: str) -> None:
    """UnreadableFile where a word of control stands in the text of an .rtf file: the sign before it is damaged."""
    found = _STRAY.search(text)
    if found is not None:
        raise UnreadableFile(document, f".rtf的控制字“{found[0]}”混进了文字，可能已损坏：{_AGAIN}")
