"""What is done with the library is done by librarians only, and written down."""

from dataclasses import replace

import pytest

from rag.page import librarian
from rag.page.acts import Action
from rag.page.desk import Desk
from rag.page.people import Visitor
from rag.page.visits import Chat
from rag.page.window import Window

READER = Visitor("甲", librarian=False, session="s")


@pytest.mark.parametrize(("act", "sent"), [
    (librarian.put_files, {"files": [{"upload": "/etc/hostname", "name": "甲.txt"}]}),
    (librarian.settle, {"how": "replace", "upload": "/etc/hostname", "name": "政务总结会上的讲话材料.txt"}),
    (librarian.move_file, {"file": "政务总结会上的讲话材料.txt", "to": "乙.txt"}),
    (librarian.remove_file, {"file": "政务总结会上的讲话材料.txt"}),
    (librarian.rebuild, {}), (librarian.watch, {"on": True}), (librarian.go_back, {"build": "x"}), (librarian.export_golden, {}),
], ids=lambda given: getattr(given, "__name__", ""))
def test_a_reader_changes_nothing(shipped: Desk, act: Action, sent: dict[str, object]) -> None:
    """Nothing is drawn, noted or begun, and the folder is as it was."""
    corpus, window = shipped.engine.settings.corpus, Window(shipped)
    before, noted = sorted(corpus.rglob("*")), len(shipped.ledger.acts())
    chat, drawn = act(window, READER, Chat(), sent)
    assert (chat, drawn) == (Chat(), {})
    assert sorted(corpus.rglob("*")) == before and len(shipped.ledger.acts()) == noted
    assert shipped.state().work is None and not shipped.state().watching


def test_what_a_librarian_searches_among_files_is_found(shipped: Desk) -> None:
    """By a part of the name; where none has it, the table says so."""
    window, visitor = Window(shipped), replace(READER, librarian=True)
    assert "政务总结会上的讲话材料.txt" in librarian.search_files(window, visitor, Chat(), {"words": "总结"})[1]["files"]
    assert "没有符合的文件" in librarian.search_files(window, visitor, Chat(), {"words": "高铁"})[1]["files"]


def test_an_upload_from_anywhere_else_is_none(shipped: Desk) -> None:
    """What lies outside the folder of uploads is never put into the library, whatever a browser says of it."""
    window, visitor = Window(shipped), replace(READER, librarian=True)
    librarian.put_files(window, visitor, Chat(), {"files": [{"upload": "/etc/hostname", "name": "甲.txt"}]})
    assert not (shipped.engine.settings.corpus / "甲.txt").exists()
