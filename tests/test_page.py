"""The page's parts together: nothing of a document acts in any of them."""

from rag.answer.reply import Sentence
from rag.index.store import Kept
from rag.outline.parse import outline
from rag.page import progress, shelf
from rag.page.exchange import Exchange
from rag.page.markup import sendable
from rag.page.reader import Opening, reader, snapshot
from rag.page.sources import sources
from rag.page.standing import State
from rag.page.talk import talk, welcome
from rag.reading.document import Document
from tests.drawn import HOSTILE, OURS, Seen, answer, citation


def test_hostile_text_stays_text_in_every_part() -> None:
    """Scripts, images, LaTeX and templates in questions, sources, titles and paths are shown and nothing more."""
    bad = citation(1, HOSTILE, HOSTILE, 0, document=HOSTILE, speech=HOSTILE, outline=(HOSTILE,), label=HOSTILE)
    reply = answer(HOSTILE + "[1]", [Sentence(HOSTILE, (1,))], [bad], build=HOSTILE)
    exchange = Exchange(1, HOSTILE, "done", answer=reply, said=1)
    failed = Exchange(2, HOSTILE, "failed", HOSTILE)
    text = f"{HOSTILE}\n一、{HOSTILE}\n正文。"
    document = Document(HOSTILE, "0", "utf-8", text)
    speech = outline(document)[0]
    state = State("failed", error=HOSTILE, result=HOSTILE)
    parts = [talk([exchange, failed]), welcome([HOSTILE]), sources(exchange),
             reader(document, speech, Opening(bad)), snapshot(bad, 0),
             progress.notices(state, HOSTILE), progress.work(state), shelf.trouble(HOSTILE),
             shelf.builds([Kept(HOSTILE, "2025-01-01", False, True, 1, 1, 1)])]
    for part in parts:
        seen = Seen(sendable(part))
        assert {tag for tag, _ in seen.tags} <= OURS
        assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on") or name in ("src", "href")]
        assert HOSTILE in seen.text()
