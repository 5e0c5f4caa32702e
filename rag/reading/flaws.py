"""Characters that no text holds: where they stand, the file is not a text, or was damaged before it came here.

Refused are control characters (tab, line ends, page break and the old DOS end mark at the very end aside),
characters that Unicode keeps out of text (noncharacters, lone surrogates), and U+FFFD, which some program once
wrote in the place of a character that it could not read: what stood there is lost; and so it is where two of these, in
UTF-8, were read as GBK (锟斤拷). Private-use characters are the author's own signs and stay.
"""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
MISREAD = (REPLACEMENT * 2).encode("utf-8").decode("gbk")

_PLANE_ENDS = "".join(map(chr, range(0x1FFFE, 0x110000, 0x10000))) + "".join(map(chr, range(0x1FFFF, 0x110000, 0x10000)))
# \x85 is a line end, \v and \f are the soft line break and the page break of office programs.
_FLAW = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff" + _PLANE_ENDS + "]")
_MISREAD = re.compile(MISREAD)
_DOS_END = "\x1a"
_LINE_END = re.compile(r"\r\n|\r|\n")
# What some program or other breaks a line at.
_BREAKS = frozenset("\t\n\v\f\r\x1a\x85\u2028\u2029")


def count(text: str) -> int:
    """How many characters of `text` no text holds."""
    return sum(1 for _ in _FLAW.finditer(text.rstrip(_DOS_END)))


def written_out(name: str) -> str:
    """`name` with every character that no one-line text holds written as an escape; unchanged where there is none."""
    return "".join(
        character.encode("unicode_escape").decode("ascii") if character in _BREAKS or count(character) else character for character in name
    )


def flaw(text: str) -> str | None:
    """What is wrong with `text`, and what to do, in Chinese; None where every character may stand in a text."""
    found = _FLAW.search(text.rstrip(_DOS_END)) or _MISREAD.search(text)
    if found is None:
        return None
    line = len(_LINE_END.findall(text, 0, found.start())) + 1
    place = f"第{line}行"
    if found[0] in (REPLACEMENT, MISREAD):
        return f"{place}起有{text.count(found[0])}个“{found[0]}”，原来的字在转存时已经丢失：请换用原始文件，或对照原件补上。"
    code = f"U+{ord(found[0]):04X}"
    if found[0] == "\0":
        return f"{place}有空字符（{code}），不是文本文件：请用WPS或Word打开，另存为UTF-8编码的纯文本（.txt）。"
    return f"{place}有不属于文字的控制字符（{code}，全文共{count(text)}个）：请核对是否乱码，删去后另存为UTF-8编码的纯文本（.txt）。"
