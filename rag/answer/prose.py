"""Sentences that answer how, why, who, when, where, what is, and yes or no: the deciding one first, short.

A sentence that only opens a topic (要扭住招商引资不放松。) is followed by those that carry it out; one that
opens with 因此, 这, 其中 stands on the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.draft import Draft, verbatim
from rag.answer.evidence import Evidence, Scored, Statement
from rag.answer.kinds import TIME, Kind
from rag.answer.places import Place, front_of
from rag.answer.question import Question
from rag.outline.headings import nodes_at
from rag.outline.signs import is_signature
from rag.writing.figures import figures
from rag.writing.fold import fold
from rag.writing.sentences import Span, clauses, segments, trimmed
from rag.writing.words import words

ANSWER_CHARACTERS = 230
ITEM_CHARACTERS = 280  # an item up to this length is shown whole where how is asked
SEGMENT_CHARACTERS = 120  # a longer segment is cut to the clauses that carry the question
TOPIC_CHARACTERS = 26  # a sentence this short names its topic and leaves the rest to the next
_CUES: dict[Kind, re.Pattern[str]] = {
    "why": re.compile(  # what gives or bears a reason
        "因为|关键在于|主要是|原因是|由于|因此|所以|因而|为了|原因|受.{2,40}(?:影响|制约)|是因|使得|导致|造成|就会|才能|突出特点"
    ),
    "definition": re.compile("是指|特指|指的是|[^要就都也还不但]是(?!否|不是)|称为|即|包括|前者|后者|作为|例如|譬如|如"),
    "how": re.compile("要|通过|采取|建立|完善|加强|推进|加大|按照|做到|确保|坚持"),
    "when": re.compile(r"\d+月|\d{4}年|[一二三四五六七八九十]+月|\d+日|春节|年前|年底|上半年|期间|以来|之前|前,|截至|上午|下午|起施行"),
    "yes_no": re.compile("不(?![断仅但同少久足断单])|未(?!来)|不能|不得|必须|应当|可以|没有|禁止|不准|严禁|低|下降|上升|增长|回落|属于"),
}
_SPOKE = re.compile("报告|讲话|致辞|发言|演讲|作者|讲的|说的")
MANY_FIGURES = 4  # a sentence of so many figures reports results, it does not say how
_FRONT_BONUS = 0.8
_HEADING_PENALTY = 0.5
HEADING_CHARACTERS = 40
_CUE_BONUS = 0.08
_NAMED_BONUS = 0.12
FOLLOWING = 3  # sentences after one that show whether its paragraph goes on about it
_TOLD_SHARE = 0.1  # more of it wins fewer questions of eleven hundred, none loses as many
_TOPIC_BONUS = 0.1  # of a sentence that names what its paragraph goes on to tell
_ASKS = {"who": re.compile("谁|哪位"), "when": re.compile("什么时候|何时|哪天|哪年|几月"), "where": re.compile("在哪|哪里|哪儿|什么地方")}
_BESIDE_SHARE = 0.9
# Characters up to which an answer is filled with the sentences beside the one that decides: they tell how, and why, in full.
_FILL: dict[Kind, int] = {
    "how": 280, "why": 230, "definition": 190, "compare": 190, "yes_no": 170, "who": 170, "when": 130, "where": 130, "other": 130,
    "list": 220,
}  # fmt: skip
# Characters beyond which an answer is cut to the segments or clauses that carry the question.
_LONGEST: dict[Kind, int] = {
    "other": SEGMENT_CHARACTERS, "how": ITEM_CHARACTERS, "definition": 190, "yes_no": 190, "who": 190, "when": 190, "where": 190,
}  # fmt: skip
_CARRIES = 0.9  # of the question: a statement that carries so much needs no other beside it
_ONWARD = 0.1  # speaks for the sentence that follows rather than the one before
_ASKED_BONUS = 0.25
_ASKS_WHY = re.compile("(?:为什么|为何|何以|原因何在|什么原因).*[?？]$")  # a question that the speaker goes on to answer
IN_FORCE_ASKED = re.compile("施行|执行|实施|生效|有效|失效|到期|为止|截止")
_IN_FORCE = re.compile("起(?:施行|执行|实施|生效)|有效期|(?:实施|执行)期限")
# Forms that are asked for, and that a sentence which answers has: which one of a row, how often.
_FORMS = (
    (re.compile("第几[次届个位条章批期号名]"), re.compile(r"第[一二三四五六七八九十百\d]+[次届个位条章批期号名]")),
    (
        re.compile("[久间年月天](?!份|度)[^,，。?？]{0,8}一[次回]"),
        re.compile(r"每[一二两三四五六七八九十\d半]*(?:年|个?月|季度?|周|天|日)|一[次回]"),
    ),
)
_LEANS = re.compile(r"^(?:因此|因而|所以|这|该|其|他|它|对此|为此|对这|上述|以上|同时|此外|另外|另一|前者|后者|只有这样|由此|否则|总之)")
_CONCLUDES = re.compile("^(?:因此|所以|因而|正因|由此|为此|可见)")
REASON_CHARACTERS = 300  # of what leads to a conclusion, the conclusion counted
_SAME_TOPIC = 0.2  # a following sentence is kept while it carries this share of the question, or its topic was just opened


def draft(question: Question, evidence: Evidence, ranked: Sequence[Scored]) -> Draft | None:
    """The sentence that decides, with what it leans on and what carries it out; None without statements."""
    if not ranked:
        return None
    scores = {(one.statement.place.document.path, one.statement.place.start): one.score for one in ranked}

    def fit(scored: Scored) -> float:
        told = _TOLD_SHARE * _told_after(scored.statement, evidence, scores) if question.kind in ("how", "why") else 0.0
        return scored.score + _fit(question, scored.statement) + told

    best = max(ranked[: 40 if question.kind == "definition" else 16], key=fit)
    reasons = _reasons_before(evidence, best.statement) if question.kind == "why" else None
    start, end = reasons or _window(question, evidence, best.statement)
    whole = best.statement.place.at(start, end)
    place = whole if reasons else _shortened(question, evidence, whole, best.statement)
    return Draft((verbatim(place),), best.coverage, how=f"{question.kind} {best.score:.2f}", decides=best.statement.place)


def _told_after(statement: Statement, evidence: Evidence, scores: dict[tuple[str, int], float]) -> float:
    """The mean score of the sentences that follow in the paragraph: what a passage goes on about, it tells more of."""
    place = statement.place
    following = [one for one in evidence.of_paragraph(place.speech, place.paragraph) if one.place.start > place.start][:FOLLOWING]
    return sum(scores.get((place.document.path, one.place.start), 0.0) for one in following) / FOLLOWING


def _fit(question: Question, statement: Statement) -> float:
    """What speaks for the statement beyond its words: a cue of the kind asked for, a name where one is asked."""
    bonus = 0.0
    kind = question.kind
    cue = _CUES.get(kind)
    if cue is not None and cue.search(statement.folded):
        bonus += _CUE_BONUS if kind != "when" else 2 * _CUE_BONUS
    if kind == "who" and any(word.tag.startswith(("nr", "nt")) and len(word.text) > 1 for word in words(statement.place.text)):
        bonus += _NAMED_BONUS
    if kind == "who" and statement.order == 0 and _SPOKE.search(question.understood) and _names_speaker(statement):
        bonus += _FRONT_BONUS
    if kind == "when" and _SPOKE.search(question.understood) and _is_front(statement) and cue is not None and cue.search(statement.folded):
        bonus += _FRONT_BONUS
    if kind == "why" and _ASKS_WHY.search(statement.folded):
        bonus += _ASKED_BONUS
    if kind == "when" and IN_FORCE_ASKED.search(question.understood) and _IN_FORCE.search(statement.folded):
        bonus += _ASKED_BONUS
    bonus += 2 * _NAMED_BONUS * any(asks.search(question.understood) and tells.search(statement.folded) for asks, tells in _FORMS)
    if kind == "yes_no":
        bonus += _CUE_BONUS * _times_told(question, statement)
    if kind == "definition":
        bonus += 2 * _NAMED_BONUS * _defines(question, statement)
    if statement.folded.endswith(":"):
        bonus -= _NAMED_BONUS  # it only announces
    elif kind in ("how", "why") and _opens_topic(statement):
        bonus += _TOPIC_BONUS
    if is_heading(statement):
        bonus -= _HEADING_PENALTY
    if kind == "when" and cue is not None and not cue.search(statement.folded):
        bonus -= 2 * _NAMED_BONUS
    if kind == "where" and any(word.tag.startswith("ns") for word in words(statement.place.text)):
        bonus += _NAMED_BONUS
    if kind in ("how", "why", "definition") and len(figures(statement.folded)) >= MANY_FIGURES:
        bonus -= _NAMED_BONUS
    if len(statement.folded) < 8:
        bonus -= _NAMED_BONUS
    return bonus


def _times_told(question: Question, statement: Statement) -> int:
    """How many of the times and of the units of figures that the question writes stand in the statement."""
    asked = fold(question.understood)
    units = {figure.unit for figure in figures(asked) if figure.unit}
    told = {figure.unit for figure in figures(statement.folded)}
    return sum(match.group() in statement.folded for match in TIME.finditer(asked)) + len(units & told)


def _opens_topic(statement: Statement) -> bool:
    """Whether the statement is the short first sentence of a longer paragraph, which it names."""
    place = statement.place
    rest = place.paragraph.end - place.end
    return statement.order == 0 and len(statement.folded) <= TOPIC_CHARACTERS and rest > len(statement.folded)


def is_heading(statement: Statement) -> bool:
    """Whether the statement is a line that only names: a title, a line on the front, a heading of its own."""
    place = statement.place
    whole = place.start == place.paragraph.start and place.end == place.paragraph.end
    if not whole or re.search("[。！!？?；;:：]$", place.text):
        return False
    return _is_front(statement) or len("".join(place.text.split())) < HEADING_CHARACTERS or is_signature(statement.folded)


def _is_front(statement: Statement) -> bool:
    """Whether the statement is one of the lines on the front of its speech."""
    place = statement.place
    return statement.order == 0 and place.paragraph.number <= len(front_of(place.speech, place.document.text))


def _names_speaker(statement: Statement) -> bool:
    return _is_front(statement) and any(
        word.tag.startswith("nr") for word in words(statement.place.text.replace("\u3000", "").replace(" ", ""))
    )


def _defines(question: Question, statement: Statement) -> float:
    """Whether the statement says what one of the question's words is: 所谓X,就是…; X是指…; or opens with its last part.

    1 where it does, 0.8 where the word may be a part of another (二类会议是指), else 0.
    """
    for term in question.terms:
        tails = [term.text[i:] for i in range(1, len(term.text) - 2)]
        if any(re.match(f"{re.escape(tail)}(?:是|指)(?!否|不是)", statement.folded) for tail in tails):
            return 1.0
        at = statement.folded.find(term.text)
        if at >= 0 and len(term.text) > 1:
            after = statement.folded[at + len(term.text) : at + len(term.text) + 14]
            if (
                re.match(
                    r"[”\")」』,，的]*(?:制度|机制|改革|工作|模式|,)*[”\"]?(?:,|，)?(?:就是|是指|指的是|即|是(?!否|不是)|,?系指|指)", after
                )
                or "所谓" in statement.folded[max(0, at - 4) : at]
            ):
                before = statement.folded[max(0, at - 1) : at]
                return 1.0 if not before.isalpha() or before in "称谓指的叫" else 0.8
    return 0.0


def _window(question: Question, evidence: Evidence, statement: Statement) -> tuple[int, int]:
    """The span from the best sentence to those that belong to it."""
    place = statement.place
    around = list(evidence.of_paragraph(place.speech, place.paragraph))
    at = next(index for index, other in enumerate(around) if other.place.start == place.start)
    if around[at].folded.endswith("?") and at + 1 < len(around):
        at += 1  # a question that the speaker answers himself: the answer follows
    item = _whole_item(statement) if question.kind == "how" else None
    if item is not None:
        return item
    first = last = at
    if len(_asked(question)) > 1:
        first, last = _answered_beside(question, evidence, around, at)
    if _LEANS.match(statement.folded) and at > 0 and question.kind in ("why", "definition", "how", "yes_no"):
        first -= 1
    asked_aloud = at > 0 and around[at - 1].folded.endswith("?")
    if question.kind in ("how", "why", "other", "compare", "definition") or asked_aloud:
        topical = question.kind == "how" and _opens_topic(around[at])
        while last + 1 < len(around) and (asked_aloud or topical or _goes_on(question, evidence, around[last], around[last + 1])):
            if around[last + 1].place.end - around[first].place.start > ANSWER_CHARACTERS:
                break
            last += 1
    if not asked_aloud and not _decides(question, evidence, statement):
        first, last = _filled(question, evidence, around, first, last)
    return around[first].place.start, around[last].place.end


def _reasons_before(evidence: Evidence, statement: Statement) -> Span | None:
    """Of a sentence that only concludes (因此,…) its first clause, with the sentences before it, which give the reason."""
    place = statement.place
    before = [one for one in evidence.of_paragraph(place.speech, place.paragraph) if one.place.start < place.start]
    if not before or not _CONCLUDES.match(statement.folded):
        return None
    text = place.document.text
    parts = clauses(text, place.start, place.end)
    end = trimmed(text, parts[min(1, len(parts) - 1)], "，,；;")[1]
    fitting = [one.place.start for one in before if end - one.place.start <= REASON_CHARACTERS]
    return (fitting[0], end) if fitting else None


def _decides(question: Question, evidence: Evidence, statement: Statement) -> bool:
    """Whether the statement alone says what it is, or whether it is so: it carries the question, and nothing is to be added."""
    if question.kind == "definition":
        return _defines(question, statement) > 0
    return question.kind == "yes_no" and evidence.coverage(question, statement) >= _CARRIES


def filled(question: Question, evidence: Evidence, statement: Statement) -> Span:
    """The statement with the sentences beside it, as many as its kind of question allows."""
    place = statement.place
    around = list(evidence.of_paragraph(place.speech, place.paragraph))
    at = next(index for index, other in enumerate(around) if other.place.start == place.start)
    first, last = _filled(question, evidence, around, at, at)
    return around[first].place.start, around[last].place.end


def _filled(question: Question, evidence: Evidence, around: Sequence[Statement], first: int, last: int) -> tuple[int, int]:
    """The stretch from `first` to `last` with the sentences beside it, nearest to the question first, as many as the kind allows."""
    most = _FILL.get(question.kind)
    if most is None:
        return first, last
    scores = [evidence.score(question, one).score for one in around]

    def fits(a: int, b: int) -> bool:
        return a >= 0 and b < len(around) and around[b].place.end - around[a].place.start <= most

    while True:
        beside = [(scores[last + 1] + _ONWARD, first, last + 1)] if fits(first, last + 1) else []
        beside += [(scores[first - 1], first - 1, last)] if fits(first - 1, last) else []
        if not beside:
            return first, last
        _, first, last = max(beside)


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
    if question.kind == "why" and _CUES["why"].search(following.folded) and not _CUES["why"].search(before.folded):
        return True
    opened = len(before.folded) <= TOPIC_CHARACTERS
    own = evidence.wording(question, following.folded)
    return opened or own >= _SAME_TOPIC or (question.kind == "how" and bool(_LEANS.match(following.folded)))


def _shortened(question: Question, evidence: Evidence, place: Place, statement: Statement) -> Place:
    """`place`, or where it is long and has ； in it, its segments that carry the question."""
    text = place.document.text
    limit = _LONGEST.get(question.kind, ANSWER_CHARACTERS)
    if place.end - place.start <= limit:
        return place
    parts = segments(text, statement.place.start, statement.place.end)
    if len(parts) < 2 and place.end - place.start <= ANSWER_CHARACTERS:
        return statement.place
    shares = [evidence.wording(question, text[start:end].lower()) for start, end in parts]
    best = parts[max(range(len(parts)), key=lambda index: shares[index])]
    if best[1] - best[0] > SEGMENT_CHARACTERS:
        best = _clauses(question, evidence, text, best)
    return place.at(*trimmed(text, best, "；;，,"))


def _clauses(question: Question, evidence: Evidence, text: str, span: Span) -> Span:
    """The shortest stretch of clauses of `span` that holds all of the question's wording that `span` holds."""
    parts = clauses(text, *span)
    shares = [evidence.wording(question, text[start:end].lower()) for start, end in parts]
    held = [index for index, share in enumerate(shares) if share > 0] or [0]
    return parts[held[0]][0], parts[held[-1]][1]
