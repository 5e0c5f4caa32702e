"""Summaries without writing a word: a section's headings and the first sentences of its paragraphs, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answer import openers, outright
from rag.answer.draft import Draft, Piece, verbatim
from rag.answer.evidence import Evidence, Scored, carried
from rag.answer.lists import Lists
from rag.answer.outright import SUMMARY_CHARACTERS
from rag.answer.places import Place, Shelf, front_of
from rag.answer.question import Question
from rag.answer.siblings import ANNOUNCING, END_MARKS, OutlineList, announces, item_piece, lists_under
from rag.answer.terms import match
from rag.outline.headings import heading_text, nodes_at
from rag.outline.tree import Node, Speech
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.sentences import Span, clauses, sentences, trimmed

LEADS_CHARACTERS = 140  # more, so that each paragraph has its first sentence
HEADING_CHARACTERS = 32  # of a sentence that names the paragraph it opens
MARK_CHARACTERS = 4  # up to which a clause is only the mark of a sentence (首先,)
ADDRESS_CHARACTERS = 40  # of a line that only addresses the hearers or thanks them
_ADDRESS_ENDS = regex(r"[,，、!！:：。\s]+")
_ADDRESSED = regex("们|各位|代表|委员|来宾|谢谢")
_SHORTER = 0.6  # of its text, a summary is at most, but for the first sentences
_IN_PARAGRAPHS = 0.35
_PART = regex("部分|板块|那[块段]|章|领域|方面|工作")  # of a speech: of headings that name it alike the larger is meant
_AS_GOOD = 0.02  # the depth apart, such headings name it alike
_IN_BEARING = 0.6  # a word that the front carries this much names the speech, not the section
_NAMED = 0.55  # a heading that carries this much of the question names the section that is meant
_MOSTLY = 0.4  # of the question, borne by the front of the speech in focus: it is meant as a whole, not a paragraph of it
_GENRE = ("报告", "讲话", "致辞", "发言", "文件", "方案", "意见", "通知", "人大", "会议", "大会")  # name a speech, none of its sections
_LIST = 0.5
_CARRIED = 0.8  # of the question, by the best sentence: the section that it opens is meant, whatever its heading says
_TOLD_THERE = 0.7  # of what is asked beyond the speech's name: the best sentence tells it, the speech as a whole is not meant
_NEARLY = 0.9  # a list that comes this near to the best sentence is the better summary


def draft(question: Question, evidence: Evidence, lists: Lists, ranked: Sequence[Scored], focus: Speech | None) -> Draft | None:
    """The section or list that the question names, or the speech in focus as a whole, or the paragraph that comes nearest."""
    if focus is not None and (not question.terms or _only_speech(question, evidence, focus)):
        pieces = tuple(_of_node(evidence.shelf, focus, focus.root))
        return Draft(pieces, 1.0, how="summary of a speech") if pieces else None
    named = _section(question, evidence, ranked)
    told = outright.draft(question, evidence, ranked, focus)
    if told is not None:
        return told
    following = lists.announced(question, list(ranked)) or openers.draft(question, ranked)
    if following is not None:
        return following
    best = lists.candidates.best(question, list(ranked), focus)
    nearest = ranked[0].score if ranked else 0.0
    least = _LIST if question.number else max(_LIST, _NEARLY * nearest)
    if best is not None and best[0] >= least and (named is None or best[0] > named[0]):
        return lists.whole(question, best[1], best[0], SUMMARY_CHARACTERS // len(best[1].items))
    if named is not None and named[0] >= _NAMED:
        carried_out = _announced(evidence.shelf, lists, named[1], named[2].end)
        if carried_out is not None:
            return lists.whole(question, carried_out, named[0], SUMMARY_CHARACTERS // len(carried_out.items))
        pieces = tuple(_of_node(evidence.shelf, named[1], named[2]))
        return Draft(pieces, named[0], how=f"summary {named[0]:.2f}") if pieces else None
    opened = _opens(ranked[0]) if ranked and ranked[0].coverage >= _CARRIED else None
    if opened is not None:
        opening = ranked[0].statement.place
        pieces = tuple(_of_node(evidence.shelf, opening.speech, opened))
        return Draft(pieces, ranked[0].coverage, how="summary of what it opens", decides=opening)
    part = focus is not None and bool(ranked) and _own_told(question, evidence, focus, ranked[0]) >= _TOLD_THERE
    if focus is not None and not part and evidence.borne(question, evidence.bearing(focus)) >= _MOSTLY:
        pieces = tuple(_of_node(evidence.shelf, focus, focus.root))
        return Draft(pieces, 1.0, how="summary of a speech") if pieces else None
    place = ranked[0].statement.place if ranked else None
    carried_out = _announced(evidence.shelf, lists, place.speech, place.paragraph.end) if place is not None else None
    if carried_out is not None:
        return lists.whole(question, carried_out, ranked[0].coverage, SUMMARY_CHARACTERS // len(carried_out.items))
    return _paragraph(ranked)


def _own_told(question: Question, evidence: Evidence, speech: Speech, scored: Scored) -> float:
    """How much the statement carries of what the question says beyond the speech's name; 0 of another speech, or where it says no more."""
    if scored.statement.place.speech != speech:
        return 0.0
    bearing = evidence.bearing(speech)
    own = [(w, t) for w, t in zip(evidence.weights(question), question.terms, strict=True) if match(t, bearing) < _IN_BEARING]
    return sum(w * carried(t, scored.statement) for w, t in own) / sum(w for w, _ in own) if own else 0.0


def _announced(shelf: Shelf, lists: Lists, speech: Speech, end: int) -> OutlineList | None:
    """The list that what ends at `end` announces (着重抓好五个方面:), where it follows at once."""
    text = shelf.documents[speech.document].text
    end = len(text[:end].rstrip())
    said = text[max(0, end - ANNOUNCING) : end]
    if not announces(said) and not outright.announces(fold(said)):
        return None
    following = (one for one in lists.candidates.of_speech(speech) if end <= one.items[0].start)
    return next((one for one in following if not text[end : one.items[0].start].strip()), None)


def _opens(scored: Scored) -> Node | None:
    """The headed section of which the sentence's paragraph is the first, where more follows in it."""
    place = scored.statement.place
    text, paragraph = place.document.text, place.paragraph
    around = [node for node in nodes_at(place.speech.root, place.start, place.end) if node.kind not in ("text", "speech")]
    headed = (node for node in around if node.heading_end <= paragraph.start)
    opened = (node for node in headed if not text[node.heading_end : paragraph.start].strip(END_MARKS))
    return next((node for node in opened if text[paragraph.end : node.end].strip()), None)


def _only_speech(question: Question, evidence: Evidence, speech: Speech) -> bool:
    """Whether the question speaks of nothing but the speech itself."""
    bearing = evidence.bearing(speech)
    return all(match(term, bearing) >= _IN_BEARING or term.text in _GENRE for term in question.terms)


def _paragraph(ranked: Sequence[Scored]) -> Draft | None:
    """The best paragraph, whole or from its best sentence on, as far as it fits."""
    if not ranked:
        return None
    place = ranked[0].statement.place
    paragraph = place.paragraph
    start = paragraph.start if paragraph.end - paragraph.start <= SUMMARY_CHARACTERS else place.start
    spans = [trimmed(place.document.text, span) for span in sentences(place.document.text, start, paragraph.end)]
    end = max((right for _, right in spans if right - start <= SUMMARY_CHARACTERS), default=spans[0][1])
    return Draft((verbatim(place.at(spans[0][0], end)),), ranked[0].coverage, how="summary of a paragraph", decides=place)


def _section(question: Question, evidence: Evidence, ranked: Sequence[Scored]) -> tuple[float, Speech, Node] | None:
    """The section near the best statements whose heading carries most of the question."""
    weights = evidence.weights(question)
    total = sum(weights)
    found: list[tuple[float, Speech, Node]] = []
    for scored in ranked[:16]:
        place = scored.statement.place
        text = place.document.text
        bearing = evidence.bearing(place.speech)
        nodes = [node for node in nodes_at(place.speech.root, place.start, place.end) if node.kind not in ("text", "speech")]
        for depth, node in enumerate([*nodes, *_headed(place, text)] if total else []):
            heading, body = fold(heading_text(text, node)), fold(text[node.start : node.end])
            own = [(w, t) for w, t in zip(weights, question.terms, strict=True) if match(t, bearing) < _IN_BEARING]
            reached = sum(w * max(match(t, heading), _IN_PARAGRAPHS * match(t, body)) for w, t in own)
            found.append((reached / sum(w for w, _ in own) - 0.001 * depth if own else 0.0, place.speech, node))
    best = max(found, key=lambda one: one[0], default=None)
    if best is None or not _PART.search(question.understood):
        return best
    alike = [one for one in found if one[0] >= best[0] - _AS_GOOD and _worded(question, evidence, one) >= _worded(question, evidence, best)]
    return max(alike, key=lambda one: one[2].end - one[2].start)


def _worded(question: Question, evidence: Evidence, named: tuple[float, Speech, Node]) -> float:
    """How much of the question's unbroken wording the heading has."""
    return evidence.wording(question, fold(heading_text(evidence.shelf.documents[named[1].document].text, named[2])))


def _headed(place: Place, text: str) -> Iterator[Node]:
    """The paragraph of `place` as a node of its own, where a short sentence opens it that names it."""
    paragraph = place.paragraph
    first = trimmed(text, sentences(text, paragraph.start, paragraph.end)[0])
    if first[1] - first[0] <= HEADING_CHARACTERS and paragraph.end - first[1] > first[1] - first[0]:
        yield Node("text", paragraph.start, paragraph.end, paragraph.start, first[1])


def _of_node(shelf: Shelf, speech: Speech, node: Node) -> Iterator[Piece]:
    text = shelf.documents[speech.document].text
    lists = list(lists_under(text, speech, node))
    if lists:
        items = [item for found in lists for item in found.items]
        for item in items:
            yield item_piece(shelf.place(speech.document, item.start, item.end), item, SUMMARY_CHARACTERS // len(items))
        return
    yield from _leads(shelf, speech, node)


def _leads(shelf: Shelf, speech: Speech, node: Node) -> Iterator[Piece]:
    """The first sentences of each paragraph of the node, one each and then more as they fit; of one paragraph alone, what fits.

    Of a long paragraph, and of a short section, each sentence as far as it fits.
    """
    text = shelf.documents[speech.document].text
    front = len(front_of(speech, text))
    inside = [p for p in speech.paragraphs if p.start < node.end and p.end > node.start and p.number > front]
    inside = inside or [p for p in speech.paragraphs if p.start < node.end and p.end > node.start]
    inside = [p for p in inside if not _only_addresses(text[p.start : p.end])] or inside
    inside = [p for p in inside if p.end > node.heading_end] or inside  # the line that is its heading tells nothing more
    told = [[trimmed(text, span) for span in sentences(text, max(p.start, node.start), min(p.end, node.end))] for p in inside]
    whole = sum(right - left for spans in told for left, right in spans)
    if whole > SUMMARY_CHARACTERS if len(told) == 1 else whole <= SUMMARY_CHARACTERS and node.kind != "speech":
        most = SUMMARY_CHARACTERS if len(told) == 1 else int(_SHORTER * whole)
        opened = _opened(text, [span for spans in told for span in spans], most)
        yield from (verbatim(shelf.place(speech.document, *span), line=True, strip=END_MARKS) for span in opened)
        return
    shown = _shares(told)
    for spans, count in zip(told, shown, strict=True):
        if len(told) == 1:
            yield from (verbatim(shelf.place(speech.document, left, right)) for left, right in spans[:count])
        elif count:
            yield verbatim(shelf.place(speech.document, spans[0][0], spans[count - 1][1]), line=True, strip=END_MARKS)


def _only_addresses(line: str) -> bool:
    """Whether a paragraph says nothing but 同志们,朋友们! or 谢谢大家!"""
    parts = [part for part in _ADDRESS_ENDS.split(line) if part]
    return len(line) <= ADDRESS_CHARACTERS and line.rstrip().endswith(("!", "！", ":", "：")) and all(map(_ADDRESSED.search, parts))


def _opened(text: str, spans: Sequence[Span], most: int) -> Iterator[Span]:
    """Each sentence as far as its share of the `most` characters goes, and at least its first clause: so the end is not left out."""
    share = most // len(spans)
    for start, end in spans:
        ends = [right for _, right in clauses(text, start, end)]
        whole = [right for right in ends if right - start <= share and right - start > MARK_CHARACTERS]
        yield start, max(whole, default=next((right for right in ends if right - start > MARK_CHARACTERS), end))


def _shares(told: Sequence[Sequence[Span]]) -> list[int]:
    """How many sentences of each paragraph are shown: one of each as far as they fit, then a second of each, and so on."""
    shown = [0] * len(told)
    whole = sum(right - left for spans in told for left, right in spans)
    most = min(SUMMARY_CHARACTERS, int(_SHORTER * whole)) if len(told) > 1 else SUMMARY_CHARACTERS
    used = 0
    for depth in range(max(map(len, told), default=0)):
        for index, spans in enumerate(told):
            length = spans[depth][1] - spans[depth][0] if depth < len(spans) else 0
            room = SUMMARY_CHARACTERS + LEADS_CHARACTERS if depth == 0 and len(told) > 1 else most
            if shown[index] == depth and length and (used == 0 or used + length <= room):
                shown[index] += 1
                used += length
    return shown
