"""What a visitor does with answers: takes them away as files, says what he thinks of them, has saved ones checked."""

from __future__ import annotations

import base64
import binascii
import time

from rag.page import footnotes, front, quoting, saved
from rag.page.people import Visitor
from rag.page.visits import Chat
from rag.page.window import Act, Event, Window

REASON = 500  # characters of what is said to be wrong
NAME = 200  # characters of a file's name that are noted


def take(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """A file of one answer, or of a whole conversation."""
    ledger, dated = window.desk.ledger, window.dated()
    one = held.numbered(sent.get("exchange"))
    whole = str(sent.get("conversation", ""))
    exchanges = (one,) if one is not None else ledger.exchanges(visitor.name, whole)
    form = "docx" if sent.get("form") == "docx" else "md"
    if not exchanges:
        return held, {}
    title = exchanges[0].question if one is not None else ledger.title(visitor.name, whole)
    sheet = quoting.sheet(title, exchanges, dated)
    data = footnotes.word(sheet) if form == "docx" else quoting.markdown(sheet).encode("utf-8", "replace")
    ledger.note(visitor.name, "export", f"{title}.{form}")
    return held, {"wire": front.made(quoting.file_name(title, form), data, time.time_ns())}


def judge(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """What the visitor says of an answer, written down and shown beside it."""
    exchange, reason = held.numbered(sent.get("exchange")), str(sent.get("reason", ""))[:REASON]
    if exchange is None:
        return held, {}
    window.desk.ledger.judge(visitor.name, held.conversation, exchange, good=bool(sent.get("good")), reason=reason)
    window.desk.ledger.note(visitor.name, "judge", f"{exchange.question} {reason}")
    own = window.latest(visitor, held) if exchange is held.exchanges[-1] else window.past(visitor, held)
    return held, {**own, **window.records(visitor)}


def check_saved(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """Whether a saved answer still holds, quote for quote."""
    name, encoded = str(sent.get("name", ""))[:NAME], str(sent.get("data", ""))
    try:
        data = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        data = b""
    window.desk.ledger.note(visitor.name, "check", name)
    found = saved.check(name, data[: saved.MOST_BYTES], window.desk.shelves(), window.desk.snapshots())
    return held, {"reader": saved.shown(found)}
