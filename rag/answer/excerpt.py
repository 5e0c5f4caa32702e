"""How much of its paragraph is shown with the sentence that decides: what it leans on, what carries it out, and no more.

A sentence that only opens a topic (要扭住招商引资不放松。) is followed by those that carry it out; one that
opens with 因此, 这, 其中 stands on the one before.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.compression import ANSWER_CHARACTERS, TOPIC_TOLD, compressed
from rag.answer.evidence import Evidence
from rag.answer.expansion import expanded, next_topic
from rag.answer.places import Place
from rag.answer.question import Question
from rag.answer.selection import CONCLUDES, CUES, TOPIC_CHARACTERS, defines, opens_topic, tells_rank
from rag.answer.statements import Statement
from rag.outline.headings import nodes_at
from rag.writing.patterns import regex
from rag.writing.sentences import Span, clauses, trimmed

ITEM_CHARACTERS = 280  # an item up to this length is shown whole where how is asked
TOPIC_SHARE = 0.8  # of the best score: a sentence that names the topic of its paragraph is what is asked for
_ASKS = {"who": regex("谁|哪位"), "when": regex("什么时候|何时|哪天|哪年|几月"), "where": regex("在哪|哪里|哪儿|什么地方")}
_BESIDE_SHARE = 0.9
_NUMBERED = regex(  # a paragraph that opens a point of its own
    "[(（第]?[一二三四五六七八九十\\d]{1,3}(?:[)）、.．章条]|[是要],?)"
)
_CARRIES = 0.9  # of the question: a statement that carries so much needs no other beside it
_LEANS = regex(r"^(?:因此|因而|所以|这|该|其|他|它|对此|为此|对这|上述|以上|同时|此外|另外|另一|前者|后者|只有这样|由此|否则|总之)")
REASON_CHARACTERS = 300  # of what leads to a conclusion, the conclusion counted
_SAME_TOPIC = 0.2  # a following sentence is kept while it carries this share of the question, or its topic was just opened


def excerpt(question: Question, evidence: Evidence, statement: Statement) -> Place:
    """The stretch of its paragraph that is shown with the statement that decides."""
    statement = _answering(evidence, statement)
    reasons = _reasons_before(evidence, statement) if question.kind == "why" else None
    whole = statement.place.at(*(reasons or _window(question, evidence, statement)))
    return whole if reasons else compressed(question, evidence, whole, statement)


def _answering(evidence: Evidence, statement: Statement) -> Statement:
    """The statement, or the next of its paragraph where it is a question that the speaker answers himself."""
    if not statement.folded.endswith("?"):
        return statement
    around = evidence.of_paragraph(statement.place.speech, statement.place.paragraph)
    return next((one for one in around if one.place.start > statement.place.start), statement)


def carried_out(question: Question, evidence: Evidence, place: Place) -> list[Place]:
    """Where how is asked, what carries out a point that a line of its own names (三要严肃财经纪律。), up to the next point."""
    named = place.paragraph_text.strip()
    if question.kind != "how" or place.text.strip() != named or len(named) > TOPIC_CHARACTERS or not _NUMBERED.match(named):
        return []
    found: list[Place] = []
    room = TOPIC_TOLD - len(named)
    for paragraph in place.speech.paragraphs[place.paragraph.number :]:
        start, end = trimmed(place.document.text, (paragraph.start, paragraph.end))
        room -= end - start
        if room < 0 or end - start <= TOPIC_CHARACTERS or _NUMBERED.match(place.document.text, start):
            break
        found.append(evidence.shelf.place(place.document.path, start, end))
    return found


def _window(question: Question, evidence: Evidence, statement: Statement) -> tuple[int, int]:
    """The span from the best sentence to those that belong to it."""
    place = statement.place
    around = list(evidence.of_paragraph(place.speech, place.paragraph))
    at = next(index for index, other in enumerate(around) if other.place.start == place.start)
    if tells_rank(question, around[at]):
        return around[at].place.start, around[at].place.end
    item = _whole_item(statement) if question.kind == "how" else None
    if item is not None:
        return item
    told = _topic_told(question, evidence, around, at) if question.kind == "how" else None
    if told is not None:
        return told
    first = last = at
    if len(_asked(question)) > 1:
        first, last = _answered_beside(question, evidence, around, at)
    if _LEANS.match(statement.folded) and at > 0 and question.kind in ("why", "definition", "how", "yes_no"):
        first -= 1
    asked_aloud = at > 0 and around[at - 1].folded.endswith("?")
    if question.kind in ("how", "why", "other", "compare", "definition") or asked_aloud:
        topical = question.kind == "how" and opens_topic(around[at])
        onward = next_topic(question, evidence, around, at)
        while last + 1 < onward and (asked_aloud or topical or _goes_on(question, evidence, around[last], around[last + 1])):
            if around[last + 1].place.end - around[first].place.start > ANSWER_CHARACTERS:
                break
            last += 1
    if not asked_aloud and not _decides(question, evidence, statement):
        first, last = expanded(question, evidence, around, first, last)
    return around[first].place.start, around[last].place.end


def _topic_told(question: Question, evidence: Evidence, around: Sequence[Statement], at: int) -> Span | None:
    """From the short first sentence that names the paragraph's topic, where that is what is asked, to as much as is read at a look."""
    if not opens_topic(around[0]):
        return None
    least = TOPIC_SHARE * evidence.score(question, around[at]).score
    if at > 0 and evidence.score(question, around[0]).score < least:
        return None
    start = around[0].place.start
    onward = next_topic(question, evidence, around, at)
    fitting = [one.place.end for one in around[:onward] if one.place.end - start <= TOPIC_TOLD]
    return (start, fitting[-1]) if fitting and fitting[-1] >= around[at].place.end else None


def _reasons_before(evidence: Evidence, statement: Statement) -> Span | None:
    """Of a sentence that only concludes (因此,…) its first clause, with the sentences before it, which give the reason."""
    place = statement.place
    before = [one for one in evidence.of_paragraph(place.speech, place.paragraph) if one.place.start < place.start]
    if not before or not CONCLUDES.match(statement.folded):
        return None
    text = place.document.text
    parts = clauses(text, place.start, place.end)
    end = trimmed(text, parts[min(1, len(parts) - 1)], "，,；;")[1]
    fitting = [one.place.start for one in before if end - one.place.start <= REASON_CHARACTERS]
    return (fitting[0], end) if fitting else None


def _decides(question: Question, evidence: Evidence, statement: Statement) -> bool:
    """Whether the statement alone says what it is, or whether it is so: it carries the question, and nothing is to be added."""
    if question.kind == "definition":
        return defines(question, statement) > 0
    return question.kind == "yes_no" and evidence.coverage(question, statement) >= _CARRIES


def _asked(question: Question) -> list[str]:
    """Which of who, when and where the question asks."""
    return [name for name, asks in _ASKS.items() if asks.search(question.understood)]


def _answered_beside(question: Question, evidence: Evidence, around: Sequence[Statement], at: int) -> tuple[int, int]:
    """The statement and its neighbours that carry nearly as much of a question which asks two things (谁主持,在哪开)."""
    least = _BESIDE_SHARE * evidence.coverage(question, around[at])
    first = at - 1 if at > 0 and evidence.coverage(question, around[at - 1]) >= least else at
    last = at + 1 if at + 1 < len(around) and evidence.coverage(question, around[at + 1]) >= least else at
    return first, last


def _whole_item(statement: Statement) -> tuple[int, int] | None:
    """The item that the statement stands in, where it is short enough to be shown whole."""
    place = statement.place
    inside = [node for node in nodes_at(place.speech.root, place.start, place.end) if node.kind == "item"]
    if not inside:
        return None
    start, end = trimmed(place.document.text, (inside[-1].start, min(inside[-1].end, place.paragraph.end)))
    return (start, end) if start >= place.paragraph.start and end - start <= ITEM_CHARACTERS else None


def _goes_on(question: Question, evidence: Evidence, before: Statement, following: Statement) -> bool:
    if following.head != before.head and not before.folded.startswith(following.head[:6] or "\n"):
        return False
    if question.kind == "definition":
        return bool(_LEANS.match(following.folded)) and evidence.coverage(question, following) >= _SAME_TOPIC
    if question.kind == "why" and CUES["why"].search(following.folded) and not CUES["why"].search(before.folded):
        return True
    opened = len(before.folded) <= TOPIC_CHARACTERS
    own = evidence.wording(question, following.folded)
    return opened or own >= _SAME_TOPIC or (question.kind == "how" and bool(_LEANS.match(following.folded)))
