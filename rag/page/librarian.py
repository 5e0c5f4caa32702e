"""What is done with the library: files put in, renamed, taken out and looked into; its index; what was said of its answers.

Who is no librarian looks, and changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from rag.keeping.preview import preview
from rag.page import front, shelf, upkeep
from rag.page.ledger import golden
from rag.page.markup import Markup
from rag.page.people import Visitor
from rag.page.shelf import Outcome
from rag.page.upkeep import Upload
from rag.page.visits import Chat
from rag.page.window import Act, Event, Window

WORDS = 100  # characters of what is searched for


def put_files(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """Uploads into a folder of the corpus."""
    files = sent.get("files") if isinstance(sent.get("files"), list) else []
    uploads = [Upload(str(one.get("upload", "")), str(one.get("name", ""))) for one in files or () if isinstance(one, dict)]
    names, corpus, into = "、".join(one.name for one in uploads), window.desk.engine.settings.corpus, str(sent.get("into", ""))
    return _changed(window, visitor, held, "add", names, lambda: upkeep.put(corpus, window.uploads, uploads, into))


def settle(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """What becomes of an upload whose name was taken: in its place, beside it, or nothing."""
    upload, corpus = Upload(str(sent.get("upload", "")), str(sent.get("name", ""))), window.desk.engine.settings.corpus
    if sent.get("how") not in ("replace", "new"):
        window.visits.lists(visitor).outcome = None
        return held, window.files(visitor)
    replacing = sent["how"] == "replace"
    return _changed(window, visitor, held, "add", upload.name, lambda: upkeep.settle(corpus, window.uploads, upload, replace=replacing))


def move_file(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """A file under another name, or in another folder."""
    path, to = str(sent.get("file", "")), str(sent.get("to", ""))
    return _changed(window, visitor, held, "move", f"{path} → {to}", lambda: upkeep.move(window.desk.engine.settings.corpus, path, to))


def remove_file(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """A file out of the corpus."""
    path = str(sent.get("file", ""))
    return _changed(window, visitor, held, "delete", path, lambda: upkeep.remove(window.desk.engine.settings.corpus, path))


def _changed(window: Window, visitor: Visitor, held: Chat, what: str, detail: str, change: Callable[[], Outcome]) -> Act:
    """A change of the corpus folder, by a librarian only, written down; then what the folder holds."""
    if not visitor.librarian:
        return held, {}
    window.visits.lists(visitor).outcome = change()
    window.desk.ledger.note(visitor.name, what, detail)
    window.desk.look()
    return held, {**window.files(visitor), "preview": Markup("")}


def preview_file(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """A file as the index would hold it."""
    return held, {"preview": shelf.preview(preview(window.desk.engine.settings.corpus, str(sent.get("file", ""))))}


def search_files(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The files whose names hold the words."""
    window.visits.lists(visitor).file_words = str(sent.get("words", ""))[:WORDS]
    return held, window.files(visitor)


def start_again(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The engine starts once more, after it could not."""
    window.desk.start()
    return held, {}


def rebuild(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """The index is brought up to date with the corpus, in the background."""
    if visitor.librarian:
        window.desk.ledger.note(visitor.name, "rebuild")
        window.desk.rebuild()
    return held, {}


def watch(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """From now on the index is brought up to date by itself, or no longer is."""
    if visitor.librarian:
        window.desk.ledger.note(visitor.name, "watch", "on" if sent.get("on") is True else "off")
        window.desk.watch(sent.get("on") is True)
    return held, {}


def go_back(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """An earlier build is made current, in the background."""
    if visitor.librarian:
        window.desk.ledger.note(visitor.name, "rollback", str(sent.get("build")))
        window.desk.rollback(str(sent.get("build")))
    return held, {}


def export_golden(window: Window, visitor: Visitor, held: Chat, sent: Event) -> Act:
    """What was said of answers, as questions for the evaluation."""
    if not visitor.librarian:
        return held, {}
    data = golden(window.desk.ledger.judgements()).encode("utf-8", "replace")
    return held, {"wire": front.made("feedback.jsonl", data, time.time_ns())}
