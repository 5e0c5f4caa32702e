"""A web page saved as one file (.mht): its main text, by `html`, then that of the pages within it that hold sentences.

The other pages within it are forms, weather and the like, or can't be read: they are left out and counted.
"""

from __future__ import annotations

import email
import email.errors
import email.policy
from collections.abc import Sequence
from email.message import Message

from rag.errors import UnreadableFile
from rag.reading import html
from rag.reading.document import SAMPLE_CHARACTERS, LeftOut
from rag.reading.extracted import Extracted
from rag.reading.html import FRAMES
from rag.reading.leavings import Leavings

_PAGES = ("text/html", "application/xhtml+xml")
_SENTENCES = 2  # of a page within the page, from which on it is text; as in `html` for what stands in a form
_BY_BROWSER = "用浏览器打开核对，把正文复制到记事本，另存为UTF-8编码的.txt。"
# What the parser says of an archive whose end, or the end of whose packed bytes, is missing.
_CUT = (email.errors.CloseBoundaryNotFoundDefect, email.errors.StartBoundaryNotFoundDefect, email.errors.InvalidBase64PaddingDefect,
        email.errors.InvalidBase64LengthDefect, email.errors.InvalidBase64CharactersDefect)


def read(data: bytes, document: str) -> Extracted:
    """The main text of the page `data`, its first part of HTML, and of its frames; UnreadableFile where it has none or was cut off."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES and _content(part).strip()]
    if not pages:
        raise UnreadableFile(document, f"单个文件网页里没有找到正文：请{_BY_BROWSER}")
    for part in message.walk():
        if any(isinstance(defect, _CUT) for defect in part.defects):
            raise UnreadableFile(document, f"单个文件网页不完整（没有结尾，或编码中断），可能没有下载完：请重新保存，或{_BY_BROWSER}")
    main = html.shown(_content(pages[0]), document, _declared(pages[0]))
    return html.with_text(_together(main, [_frame(page, document) for page in pages[1:]]), document)


def _frame(page: Message, document: str) -> Extracted | None:
    """What a page within the page shows; None where it can't be read."""
    try:
        return html.shown(_content(page), document, _declared(page))
    except UnreadableFile:
        return None


def _together(main: Extracted, frames: Sequence[Extracted | None]) -> Extracted:
    """A page with what of its frames is text: all of it, where the page itself does nothing but part the window."""
    least = _SENTENCES if main.text.strip() else 0
    taken = [one for one in frames if one is not None and one.text.count("。") >= least]
    parts = [one.text for one in (main, *taken) if one.text.strip()]
    leavings = Leavings()
    named = 0
    for one in (each for read in (main, *taken) for each in read.left_out):
        if one.kind == FRAMES:
            named += one.count
        else:
            leavings.join(one)
    left = max(named, len(frames)) - len(taken)
    if left > 0:
        text = "\n".join(one.text for one in frames if one is not None and one not in taken)
        leavings.join(LeftOut(FRAMES, left, len(text), " ".join(text.split())[:SAMPLE_CHARACTERS]))
    return Extracted("\n".join(dict.fromkeys(parts)), main.codec, (), leavings.found())


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _declared(part: Message) -> str | None:
    """The encoding that a part names; None where what stands there can't be the name of one."""
    try:
        return part.get_content_charset()
    except ValueError:  # a zero byte in it
        return None
