"""Example questions from the library's own outline: what a newcomer can ask and have answered."""

from __future__ import annotations

from collections.abc import Iterator

from rag.answer.places import Shelf
from rag.answer.siblings import lists_under
from rag.outline.headings import heading_text
from rag.outline.tree import Speech
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.words import words

MOST = 6
_EACH = 2  # of one kind
_NAMED_COUNT = regex(r"[“\"]?(?P<name>[二三四五六七八九十]{1,2}[个种项条点大](?P<noun>[\u4e00-\u9fff]{2,6}))[”\"]?$")
_UNNAMED = regex("(?:方面|工作|意见|问题|任务|要求|措施|建议|内容|的)+")  # 八个方面工作 are many speeches' own
_TITLE_CHARACTERS = 24  # of a speech that an example names: more do not fit on its button
_WHOSE = frozenset({"人", "每人", "人均", "全国", "全省", "全市", "全县"})  # who has a sum; not what it is the sum of
_CALLED = regex(r"^[一二三四五六七八九十\d]+(?:要|、)?+(?P<name>(?!是)[^\W\da-zA-Z的]{6,20})$")
_MEASURED = regex(
    r"(?:^|[,，;；。])(?:预计)?(?P<subject>[\u4e00-\u9fff]{4,14}?)(?:预计)?(?:实现|完成|达到|增长到)\d[\d.,]*(?:万|亿)*元"
)


def examples(shelf: Shelf) -> list[str]:
    """Up to six questions, lists first, then figures, then how; none where the library has no outline."""
    speeches = list(shelf.every_speech())
    found: list[str] = []
    for questions in (_lists(shelf, speeches), _figures(shelf, speeches), _hows(shelf, speeches)):
        for count, question in enumerate(dict.fromkeys(questions)):
            if count == _EACH:
                break
            found.append(question)
    return found[:MOST]


def _lists(shelf: Shelf, speeches: list[Speech]) -> Iterator[str]:
    for speech in speeches:
        text = shelf.documents[speech.document].text
        for node in speech.root.walk():
            match = _NAMED_COUNT.search(heading_text(text, node).strip("“”")) if node.stated else None
            if match and any(len(found.items) == node.stated for found in lists_under(text, speech, node)):
                yield from _asked(match["name"], match["noun"], speech.title.strip("《》"))


def _asked(name: str, noun: str, title: str) -> Iterator[str]:
    """The question for a list by its name, and by its speech where the name says nothing of what is listed."""
    if not _UNNAMED.fullmatch(noun):
        yield f"“{name}”分别是什么？"
    elif len(title) <= _TITLE_CHARACTERS:
        yield f"《{title}》的“{name}”分别是什么？"


def _figures(shelf: Shelf, speeches: list[Speech]) -> Iterator[str]:
    for speech in speeches:
        text = shelf.documents[speech.document].text
        for paragraph in speech.paragraphs:
            subject = subject_of_first_figure(text[paragraph.start : paragraph.end])
            if subject and any(word.tag.startswith(("n", "j", "l")) and word.text not in _WHOSE for word in words(subject)):
                yield f"{subject}是多少？"


def subject_of_first_figure(paragraph: str) -> str | None:
    """What the first sum of money in `paragraph` is the sum of ("固定资产投资"), or None."""
    match = _MEASURED.search(fold(paragraph))
    return match["subject"].removesuffix("预计") if match else None


def _hows(shelf: Shelf, speeches: list[Speech]) -> Iterator[str]:
    for speech in speeches:
        text = shelf.documents[speech.document].text
        for node in speech.root.walk():
            match = _CALLED.match(heading_text(text, node)) if node.kind == "item" else None
            if match and words(match["name"].lstrip("要"))[0].tag.startswith("v"):
                yield f"怎样{match['name'].lstrip('要')}？"
