"""Who gave a speech, and when: read off its front, where the question is about the speech itself."""

from __future__ import annotations

from rag.answer.draft import Draft, verbatim
from rag.answer.evidence import Evidence
from rag.answer.places import Place, front_of
from rag.answer.question import Question
from rag.outline.tree import Speech
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.sentences import sentences, trimmed
from rag.writing.words import words

_GIVEN = regex(
    "作的?(?:[^,，。]{0,6}报告)?[?？]?$|报告|讲话|致辞|发言|演讲|作者|谁讲|讲的|说的|(?:省长|市长|县长|区长|书记|主席|总理|主任|厅长|局长)"
)
_DATE = regex(r"\d{1,2}月\d{1,2}日|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日")
_GAVE = regex("报告工作|作(?:了)?.{0,8}(?:报告|讲话|致辞)|发表.{0,12}(?:讲话|致辞)")
_DAY_ASKED = regex("哪天|哪一天|什么时候|何时|几月")
_OFFICES = regex("省长|市长|县长|区长|书记|主席|总理|主任|州长|秘书长|厅长|局长")
_OF_A_LIFE = regex("出生|生于|籍贯|去世|逝世|毕业|入党|上任|就任|当选|任命|卸任")  # of the speaker, not of the speech
LEAST_BORNE = 0.6  # of the question's words, by weight, that the speech must bear for the question to be about itself


def draft(question: Question, speech: Speech, evidence: Evidence) -> Draft | None:
    """The line that names the speaker, the line that dates the speech, or both; None where the question is another."""
    asked = fold(question.understood)
    if question.kind not in ("who", "when") or not _GIVEN.search(asked) or _OF_A_LIFE.search(asked):
        return None
    borne = evidence.borne(question, evidence.bearing(speech))
    if borne < LEAST_BORNE:
        return None
    lines = _lines(speech, evidence)
    wanted = []
    if question.kind == "who" or "谁" in asked:
        wanted += [next((line for line in lines if _names(line)), None)]
    if question.kind == "when" or _DAY_ASKED.search(asked):
        wanted += [next((line for line in lines if _DATE.search(fold(line.text))), None)]
    found = {place.start: place for place in wanted if place is not None}
    pieces = tuple(verbatim(found[start], line=len(found) > 1) for start in sorted(found))
    return Draft(pieces, borne, how="front") if pieces else None


def _lines(speech: Speech, evidence: Evidence) -> list[Place]:
    """The lines of the front, then the opening sentences that tell who gave the speech."""
    document = evidence.shelf.documents[speech.document]
    count = len(front_of(speech, document.text))
    places = [Place(document, speech, paragraph, paragraph.start, paragraph.end) for paragraph in speech.paragraphs[:count]]
    for paragraph in speech.paragraphs[count : count + 2]:
        for span in sentences(document.text, paragraph.start, paragraph.end):
            place = Place(document, speech, paragraph, *trimmed(document.text, span))
            if _GAVE.search(place.text) and _DATE.search(fold(place.text)):
                places.append(place)
    return places


def _names(place: Place) -> bool:
    """Whether the line names a person: by his office, or as the dictionary tells; spaces inside names left out."""
    bare = "".join(place.text.split())
    if place.text == place.speech.title and not _OFFICES.search(bare):
        return False
    return any(word.tag.startswith("nr") for word in words(bare)) or bool(_OFFICES.search(bare)) or 2 <= len(bare) <= 4
