"""The item of a list that a question is about: it may be itself the head of a list, or hold the sentence that enumerates."""

from __future__ import annotations

from rag.answer import parallels
from rag.answer.classifiers import CN, MEASURES, OPINIONS
from rag.answer.draft import Draft
from rag.answer.evidence import Evidence
from rag.answer.places import Shelf
from rag.answer.question import Question
from rag.answer.siblings import OutlineList, lists_under
from rag.answer.terms import is_weak, match
from rag.outline.headings import heading_text
from rag.outline.tree import Node
from rag.writing.fold import fold
from rag.writing.patterns import regex

_COUNTED = regex(f"^(?:[{CN}]{{1,3}}|\\d{{1,2}}){MEASURES}?(?P<n>.{{2,8}})$")
# What lists are lists of: it says nothing of which one is meant.
_LISTED = regex(f"(?:{OPINIONS}|内容|环节|重点|工作|职责|问题|困难|特点|目标|步骤|条件|方法|途径)")


def named(question: Question, outline_list: OutlineList, shelf: Shelf) -> Node | None:
    """The one item of the list that the question names, or whose heading holds all that it asks about."""
    text = shelf.documents[outline_list.document].text
    asked = fold(question.understood)
    names = [fold(heading_text(text, item)[len(item.mark) :]).strip("“”。;:") for item in outline_list.items]
    bare = [counted["n"] if (counted := _COUNTED.match(name)) else name for name in names]  # 四种精神: 哪几种精神
    found = [item for item, name in zip(outline_list.items, bare, strict=True) if name and name in asked]
    found = found if len(found) == 1 else _about(question, outline_list, text)
    return found[0] if len(found) == 1 else None


def _about(question: Question, outline_list: OutlineList, text: str) -> list[Node]:
    """The items whose headings hold all that the question asks about."""
    asked = [term for term in question.terms if not is_weak(term) and not _LISTED.fullmatch(term.text)]
    headings = [(item, fold(heading_text(text, item))) for item in outline_list.items]
    return [item for item, heading in headings if asked and all(match(term, heading) >= 1.0 for term in asked)]


def named_within(question: Question, outline_list: OutlineList, shelf: Shelf) -> OutlineList:
    """The list that stands under the item that the question names; the list itself where it names none, or none stands there."""
    item = named(question, outline_list, shelf)
    if item is None:
        return outline_list
    return next(lists_under(shelf.documents[outline_list.document].text, outline_list.speech, item), outline_list)


def told_in_item(question: Question, outline_list: OutlineList, evidence: Evidence) -> Draft | None:
    """The sentence that enumerates as many parts as asked in the item that the question names, where no list stands under it."""
    item, speech = named(question, outline_list, evidence.shelf), outline_list.speech
    if item is None or any(child.kind != "text" for child in item.children):
        return None
    inside = [p for p in speech.paragraphs if p.start < item.end and p.end > item.start]
    told = [one for p in inside for one in evidence.of_paragraph(speech, p) if item.start <= one.place.start < item.end]
    scored = [evidence.score(question, one) for one in told if parallels.enumerates(question, one) > 0]
    best = max(scored, key=lambda one: one.score, default=None)
    return None if best is None else parallels.from_sentence(question, evidence, best, best.score)
