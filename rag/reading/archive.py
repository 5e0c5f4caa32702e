"""A web page saved as one file (.mht): its main text, by `html`. Leaves out the pages within the page, and counts them."""

from __future__ import annotations

import email
import email.errors
import email.policy
from dataclasses import replace
from email.message import Message

from rag.errors import UnreadableFile
from rag.reading import html
from rag.reading.document import LeftOut
from rag.reading.extracted import Extracted
from rag.reading.html import FRAMES

_BY_BROWSER = "用浏览器打开核对,把正文复制到记事本,另存为UTF-8编码的.txt。"
# What the parser says of an archive whose end, or the end of whose packed bytes, is missing.
_CUT = (email.errors.CloseBoundaryNotFoundDefect, email.errors.StartBoundaryNotFoundDefect, email.errors.InvalidBase64PaddingDefect,
        email.errors.InvalidBase64LengthDefect, email.errors.InvalidBase64CharactersDefect)


def read(data: bytes, document: str) -> Extracted:
    """The main text of the page `data`, its first part of HTML; UnreadableFile where it has none or was cut off."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html" and _content(part).strip()]
    if not pages:
        raise UnreadableFile(document, f"单个文件网页里没有找到正文:请{_BY_BROWSER}")
    for part in message.walk():
        if any(isinstance(defect, _CUT) for defect in part.defects):
            raise UnreadableFile(document, f"单个文件网页不完整(没有结尾,或编码中断),可能没有下载完:请重新保存,或{_BY_BROWSER}")
    made = html.read(_content(pages[0]), document, _declared(pages[0]))
    if len(pages) > 1 and all(one.kind != FRAMES for one in made.left_out):
        made = replace(made, left_out=(*made.left_out, LeftOut(FRAMES, len(pages) - 1)))
    return made


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _declared(part: Message) -> str | None:
    """The encoding that a part names; None where what stands there can't be the name of one."""
    try:
        return part.get_content_charset()
    except ValueError:  # a zero byte in it
        return None
