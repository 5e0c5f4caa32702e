"""Lists that answer: whole, in order, from the outline; or the sentence in which the items stand side by side.

An outline list is a run of sibling nodes of one form (一是, 二是, …) under a heading or after a sentence that
announces it. It is whole however many items it has, because it comes from the tree and not from hits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answer import prose
from rag.answer.draft import Draft, Piece, verbatim
from rag.answer.evidence import BEARING_SHARE, IN_BEARING, Evidence, Scored, Statement, match
from rag.answer.kinds import CN, MEASURES, spelled
from rag.answer.phrases import phrase
from rag.answer.places import Place, outline_of
from rag.answer.question import Question
from rag.answer.reply import Coverage
from rag.outline.headings import heading_text, nodes_at
from rag.outline.stated import announced, lead_sentence
from rag.outline.tree import Node, Paragraph, Speech
from rag.writing.fold import fold
from rag.writing.numerals import integer
from rag.writing.sentences import segments, sentences, trimmed

_NUMBER_AGREES = 0.3
_NUMBER_DIFFERS = 0.3
_IN_ITEMS = 0.8  # a word that all items share names the list nearly as well as its heading
_IN_ABOVE = 0.55
_IN_BODY = 0.3
_NAMES_SPEECH = 0.6  # a word that the front carries this much names the speech, not the list
_OWN_SHARE = 0.5  # of the score, what the words carry that do not name the speech
_ENUMERATES = 0.12  # a sentence with three or more parts side by side, where a list is asked for
NEAR = 12  # statements that lists are looked for around
MOST_PARAGRAPHS = 20
GAP = 2
ENUMERATED = 3  # parts side by side that make a sentence an enumeration
_ANNOUNCED_SHARE = 0.8  # of the score of the sentence that announces it, a list needs no more
OPENING = 4  # characters by which sentences open alike
EXPANDED_CHARACTERS = 260  # of one item, where the user asks to expand
_ASKED_MEASURE = re.compile("(?:几|哪几|哪)(?P<m>[个种项条点类件步层重组句方大])")
_ANNOUNCES = 0.15
_ASKED_NOUN = re.compile(
    "哪(?:几|[一二三四五六七八九十两]|\\d+)?[些个种项条点类件步层重组句方大]?(?:方面)?(?:的)?(?P<n>[\u4e00-\u9fff]{2,8})"
)
_NOUN_BEFORE = re.compile(
    "(?P<n>[\u4e00-\u9fff]{2,6}?)(?:都|分别|主要|各)?(?:是|有|包括|包含|指)(?:的是)?(?:哪|什么|啥)"
)
_QUOTED_ASKED = re.compile("[“\"「『](?P<w>[^”\"」』]{2,12})[”\"」』]")
_COUNTED = re.compile(f"^(?:[{CN}]{{1,3}}|\\d{{1,2}}){MEASURES}?(?P<n>.{{2,8}})$")
_REPEATED = 0.3  # that every item holds the very words in quotation marks that are asked for
_ASKED_NOUN_BONUS = 0.15
_SPECIFIC = 0.15
_WHOLE_SPEECH = 0.08  # against the list of a speech's parts, which carries whatever the speech does
_THESE = re.compile("[^,，。]{0,3}(?:这些|上述|以上|这[一二三四五六七八九十几])")
_PARALLEL = re.compile(r"[^、,，;；:：。“”]{1,24}(?:、[^、,，;；:：。]{1,24}){2,}")
_QUOTED = re.compile(r"“[^”]{1,12}”(?:[、,，]?“[^”]{1,12}”)+")
_LAST_JOINED = re.compile("、[^、,，;；:：。]{1,24}?(?:以及|和|及|与)[^、,，;；:：。]{2,24}")  # 甲、乙和丙: three
END_MARKS = "。；;，,：:！!、 \n"


@dataclass(frozen=True, slots=True)
class OutlineList:
    """A run of items under `parent`; `lead` is the heading or sentence that announces it, folded."""

    document: str
    speech: Speech
    parent: Node
    items: tuple[Node, ...]
    lead: str
    stated: int | None


class Lists:
    """Picks the list that answers a question."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence

    def near(self, statements: Iterable[Statement]) -> list[OutlineList]:
        """Every outline list that one of `statements` stands in, announces, or heads, best statement first."""
        found: dict[tuple[str, int], OutlineList] = {}
        for statement in statements:
            for outline_list in self._around(statement.place):
                found.setdefault((outline_list.document, outline_list.items[0].start), outline_list)
        return list(found.values())

    def _around(self, place: Place) -> Iterator[OutlineList]:
        text = place.document.text
        above = list(nodes_at(place.speech.root, place.start, place.end))
        for node in reversed(above):
            yield from lists_under(text, place.speech, node)
            for child in node.children:
                if child.start <= place.start < child.end or child.start >= place.end:
                    yield from lists_under(text, place.speech, child)
                if child.start >= place.end:
                    break

    def of_speech(self, speech: Speech) -> list[OutlineList]:
        """Every outline list of a speech, in the order of the text."""
        text = self._evidence.shelf.documents[speech.document].text
        return [found for node in speech.root.walk() for found in lists_under(text, speech, node)]

    def best(self, question: Question, ranked: list[Scored], focus: Speech | None) -> tuple[float, OutlineList] | None:
        """The outline list that is most what the question asks for, near the best statements or in the speech in focus."""
        found = self.near([scored.statement for scored in ranked[:NEAR]])
        if focus is not None:
            found += self.of_speech(focus)
        scored = [(self.score(question, one) + _confirmed(one, ranked), one) for one in found]
        return max(scored, key=lambda pair: pair[0]) if scored else None

    def score(self, question: Question, outline_list: OutlineList) -> float:
        """How well the list is what the question asks for, about 0 to 1."""
        text = self._evidence.shelf.documents[outline_list.document].text
        headings = [fold(heading_text(text, item)) for item in outline_list.items]
        bodies = fold(text[outline_list.items[0].start : outline_list.items[-1].end])
        parent = fold(heading_text(text, outline_list.parent)) if outline_list.parent.kind != "speech" else ""
        place = self._evidence.shelf.place(outline_list.document, outline_list.items[0].start, outline_list.items[-1].end)
        bearing = self._evidence.bearing(outline_list.speech)
        lead = outline_list.lead if fold(outline_list.lead).strip() not in bearing else ""
        above = fold(" ".join((*outline_of(place)[-3:], self._opening(outline_list))))
        carried, on_front = [], []
        for term in question.terms:
            shared = sum(match(term, heading) for heading in headings) / len(headings)
            inside = max(match(term, lead), _IN_ITEMS * shared, _IN_ABOVE * match(term, above), _IN_BODY * match(term, bodies))
            on_front.append(match(term, bearing))
            carried.append(max(inside, IN_BEARING * on_front[-1]) if on_front[-1] < _NAMES_SPEECH else IN_BEARING)
        weights = self._evidence.weights(question)
        own = [weight * (front < _NAMES_SPEECH) for weight, front in zip(weights, on_front, strict=True)]
        score = (1 - _OWN_SHARE) * _share(carried, weights) + _OWN_SHARE * _share(carried, own if any(own) else weights)
        score = 0.75 * score + 0.25 * self._evidence.wording(question, f"{lead} {parent}", bearing)
        said = sum(len(term.text) for term in question.terms if term.text in lead)
        score += _SPECIFIC * min(1.0, said / max(8, len(lead)))  # a lead that says little else announces just this list
        score += _REPEATED if _all_quote(question, headings) else 0.0
        score += _ASKED_NOUN_BONUS if _names_asked(question, f"{lead} {parent}") else 0.0
        score -= _WHOLE_SPEECH if outline_list.parent.kind == "speech" and question.number is None else 0.0
        score += self._evidence.year_bonus(question, place) + BEARING_SHARE * self._evidence.borne(question, bearing)
        return score + _agreement(question, outline_list)

    def _opening(self, outline_list: OutlineList) -> str:
        """The sentence that opens the paragraph in which the list begins or is announced: it often names what is listed."""
        first = outline_list.items[0].start
        paragraphs = [p for p in outline_list.speech.paragraphs if outline_list.parent.start <= p.start < first]
        if not paragraphs:
            return ""
        text = self._evidence.shelf.documents[outline_list.document].text
        return text[slice(*trimmed(text, sentences(text, paragraphs[-1].start, min(paragraphs[-1].end, first))[0]))]

    def draft(self, question: Question, ranked: list[Scored], focus: Speech | None = None) -> Draft | None:
        """The best outline list, run of parallel paragraphs, or enumerating sentence; None where nothing enumerates."""
        if not ranked:
            return None
        best_list = self.best(question, ranked, focus)
        score, scored = max(
            ((0.7 * scored.score + 0.3 * scored.coverage + _enumerates(question, scored.statement), scored) for scored in ranked[:NEAR]),
            key=lambda pair: pair[0],
        )
        alike = _alike_sentences(question, self._evidence, ranked)
        if alike is not None and alike.confidence >= max(score, best_list[0] if best_list else 0.0):
            return alike
        announced_ = self.announced(question, ranked)
        if announced_ is not None and announced_.confidence > max(score, best_list[0] if best_list else 0.0):
            return announced_
        if best_list and best_list[0] >= score * (_ANNOUNCED_SHARE if self._announces(scored.statement, best_list[1]) else 1.0):
            if self._told_before(question, scored.statement, best_list[1]):
                return _from_sentence(question, scored, score)
            return self.whole(question, best_list[1], best_list[0])
        return _from_sentence(question, self._antecedent(scored), score)

    def _lead_of(self, outline_list: OutlineList, statement: Statement) -> list[Statement]:
        """The statements of the statement's paragraph, where it stands between the head of the list and its first item."""
        place = statement.place
        before = outline_list.document == place.document.path and place.end <= outline_list.items[0].start
        if not before or place.start < outline_list.parent.start:
            return []
        return list(self._evidence.of_paragraph(place.speech, place.paragraph))

    def _announces(self, statement: Statement, outline_list: OutlineList) -> bool:
        """Whether the statement is the last before the list, so that the list carries it out."""
        around = [one for one in self._lead_of(outline_list, statement) if one.place.end <= outline_list.items[0].start]
        after = statement.place.document.text[statement.place.end : outline_list.items[0].start]
        return bool(around) and around[-1].place.start == statement.place.start and not after.strip()

    def _told_before(self, question: Question, statement: Statement, outline_list: OutlineList) -> bool:
        """Whether the statement enumerates what is asked, ahead of another sentence that announces the list."""
        around = self._lead_of(outline_list, statement)
        if not around or side_by_side(statement.folded) < ENUMERATED or self._announces(statement, outline_list):
            return False
        text = self._evidence.shelf.documents[outline_list.document].text
        headings = " ".join(heading_text(text, item) for item in outline_list.items)
        of_list = fold(f"{around[-1].folded} {headings}") if around[-1] != statement else fold(headings)
        return self._evidence.wording(question, statement.folded) > self._evidence.wording(question, of_list)

    def _antecedent(self, scored: Scored) -> Scored:
        """The sentence before one that speaks of 这些工作, where it enumerates them."""
        place = scored.statement.place
        if not _THESE.match(scored.statement.folded):
            return scored
        around = list(self._evidence.of_paragraph(place.speech, place.paragraph))
        at = next(index for index, other in enumerate(around) if other.place.start == place.start)
        enumerates = at > 0 and side_by_side(around[at - 1].folded) > max(2, side_by_side(scored.statement.folded))
        return replace(scored, statement=around[at - 1]) if enumerates else scored

    def announced(self, question: Question, ranked: list[Scored]) -> Draft | None:
        """The unmarked paragraphs that follow a sentence which announces them (有以下几点体会:) and open alike."""
        for scored in ranked[:4]:
            place = scored.statement.place
            if place.end != place.paragraph.end:
                continue
            text = place.document.text
            following = place.speech.paragraphs[place.paragraph.number : place.paragraph.number + MOST_PARAGRAPHS]
            alike = _alike(text, following) if place.text.endswith((":", "：")) else _counted_paragraphs(place, following)
            if len(alike) > 1:
                first = [trimmed(text, sentences(text, p.start, p.end)[0], END_MARKS) for p in alike]
                pieces = [verbatim(replace(place, paragraph=p).at(*span), line=True) for p, span in zip(alike, first, strict=True)]
                return Draft(tuple(pieces), scored.score + _ANNOUNCES, how="announced paragraphs")
        return None

    def _named_within(self, question: Question, outline_list: OutlineList) -> OutlineList:
        text = self._evidence.shelf.documents[outline_list.document].text
        asked = fold(question.understood)
        names = [fold(heading_text(text, item)[len(item.mark) :]).strip("“”") for item in outline_list.items]
        bare = [counted["n"] if (counted := _COUNTED.match(name)) else name for name in names]  # 四种精神: 哪几种精神
        named = [item for item, name in zip(outline_list.items, bare, strict=True) if name and name in asked]
        if len(named) != 1:
            return outline_list
        return next(lists_under(text, outline_list.speech, named[0]), outline_list)

    def whole(self, question: Question, outline_list: OutlineList, score: float, characters: int = 0) -> Draft:
        """All items of the list, in order, one line each of `characters`; a shortfall against the stated number is said.

        Where the question names one of the items that is itself the head of a list, that list is meant.
        """
        if question.kind != "summary":
            outline_list = self._named_within(question, outline_list)
        document = self._evidence.shelf.documents[outline_list.document]
        pieces = []
        for item in outline_list.items:
            place = self._evidence.shelf.place(document.path, item.start, item.end)
            pieces.append(item_piece(place, item, EXPANDED_CHARACTERS if question.expand else characters))
        coverage = None
        stated = outline_list.stated or question.number
        if stated is not None:
            coverage = Coverage(stated, len(pieces))
            if stated > len(pieces):
                pieces.append(Piece(phrase("shortfall", stated=stated, found=len(pieces)), line=True))
        first = outline_list.items[0].start
        lead = self._evidence.shelf.place(document.path, first - 1, first) if first > outline_list.speech.start else None
        return Draft(tuple(pieces), min(1.0, score), coverage, how=f"list {score:.2f}", lead=lead)


def _share(carried: Sequence[float], weights: Sequence[float]) -> float:
    """The part of the weights that is carried."""
    total = sum(weights)
    return sum(weight * one for weight, one in zip(weights, carried, strict=True)) / total if total else 0.0


def item_piece(place: Place, item: Node, characters: int = 0) -> Piece:
    """An item's name, its heading without the mark that ends it; or its opening sentences, as many as `characters` hold."""
    text = place.document.text
    bullet = len(item.mark) if item.ordinal is None else 0  # a dash or dot counts nothing, and is not shown
    start, end = trimmed(text, (item.heading_start + bullet, item.heading_end), END_MARKS)
    if start == end:
        start, end = trimmed(text, (item.heading_start, item.heading_end))
    more = _within(text, item.start, min(item.end, place.paragraph.end), characters) if characters else end
    told = end < more <= start + characters or characters >= EXPANDED_CHARACTERS
    return verbatim(place.at(start, more if told else end), line=True, strip="" if told else END_MARKS)


def _within(text: str, start: int, end: int, characters: int) -> int:
    """The end of the last whole sentence of `start`:`end` that fits, or of the first one."""
    spans = [trimmed(text, span) for span in sentences(text, start, end)]
    fitting = [span[1] for span in spans if span[1] - start <= characters]
    return fitting[-1] if fitting else spans[0][1]


def lists_under(text: str, speech: Speech, node: Node) -> Iterator[OutlineList]:
    """The lists among the children of `node`: runs of at least two marked siblings whose ordinals go on."""
    run: list[Node] = []
    lead_start = node.start
    for child in (*node.children, None):
        goes_on = child is not None and child.kind != "text" and (not run or _follows(run[-1], child))
        if child is not None and goes_on:
            run.append(child)
            continue
        if child is not None and child.kind == "text" and run:
            continue  # words between two items
        if len(run) > 1:
            yield _outline_list(text, speech, node, tuple(run), lead_start)
        if run:
            lead_start = run[-1].end
        run = [child] if child is not None and child.kind != "text" else []


def _follows(before: Node, node: Node) -> bool:
    if before.ordinal is None or node.ordinal is None:
        return before.ordinal is node.ordinal and before.mark[:1] == node.mark[:1]
    return node.ordinal > before.ordinal and _form(before.mark) == _form(node.mark)


def _form(mark: str) -> str:
    return re.sub(r"[一二三四五六七八九十百\d０-９①-⑳]+", "#", mark).strip().rstrip("是要,，、:：")


def _outline_list(text: str, speech: Speech, parent: Node, items: tuple[Node, ...], lead_start: int) -> OutlineList:
    lead = lead_sentence(text, lead_start, items[0].start) if lead_start < items[0].start else ""
    heading = heading_text(text, parent) if parent.kind != "speech" else ""
    stated = parent.stated if items[0] is next(c for c in parent.children if c.kind != "text") else None
    if stated is None:
        stated = announced(
            text, (items[0].start, items[0].start), (Node("text", lead_start, items[0].start, lead_start, lead_start), *items)
        )
    return OutlineList(speech.document, speech, parent, items, fold(f"{heading} {lead}"), stated)


def _alike(text: str, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs that open with the same two characters as the first, up to the first gap of more than two."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        opening = text[paragraph.start : paragraph.start + 2]
        if not found or opening == text[found[0].start : found[0].start + 2]:
            found.append(paragraph)
        elif paragraph.number - found[-1].number > GAP:
            break
    return found


def _counted_paragraphs(place: Place, following: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs after a sentence that says how many parts there are (分两个阶段), each opened by its ordinal; else none."""
    counted = _SAYS_PARTS.search(fold(place.text))
    number = integer(counted["n"]) if counted else None
    if number is None or number < 2:
        return []
    found = list(following[:number])
    opened = [_OPENS_PART.match(place.document.text, paragraph.start) for paragraph in found]
    return found if [integer(match["n"]) if match else None for match in opened] == list(range(1, number + 1)) else []


def _alike_sentences(question: Question, evidence: Evidence, ranked: list[Scored]) -> Draft | None:
    """Sentences of one paragraph that open alike (更加注重…。更加注重…。), where one of the best is among them or announces them."""
    for scored in ranked[:3]:
        place = scored.statement.place
        around = [s.place for s in evidence.of_paragraph(place.speech, place.paragraph)]
        opening = place.text[:OPENING]
        others = [other for other in around if other.text.startswith(opening)]
        if len(others) < 3 and len(others) != question.number:
            others = _counted_sentences(place, around)
        if len(others) > 2 or (question.number is not None and len(others) == question.number):
            agrees = _NUMBER_AGREES if question.number == len(others) else -_NUMBER_DIFFERS if question.number else 0.0
            pieces = tuple(verbatim(other, line=True, strip=END_MARKS) for other in others)
            return Draft(pieces, scored.score + agrees, how="sentences that open alike")
    return None


_SAYS_PARTS = re.compile(f"(?P<n>[{CN}]{{1,2}}|\\d)(?:个(?:阶段|方面|部分|步骤)|步|条|点)")
_OPENS_PART = re.compile(f"第(?P<n>[{CN}]{{1,2}})")
_SAYS_COUNT = re.compile(f"(?P<n>[{CN}]{{1,3}}|\\d{{1,2}})(?:大|个|项|条|类)(?P<w>[\u4e00-\u9fff]{{2,8}})")


def _counted_sentences(place: Place, around: Sequence[Place]) -> list[Place]:
    """The sentences after one that counts them (实施“六大行动”。实施…行动。…): those that open alike, or share a word."""
    counted = _SAYS_COUNT.search(fold(place.text))
    number = integer(counted["n"]) if counted else None
    if counted is None or number is None or number < 2:
        return []
    following = [other for other in around if other.start > place.start]
    openings = dict.fromkeys(other.text[:2] for other in following)
    runs = [[other for other in following if other.text[:2] == opening] for opening in openings]
    runs.append([other for other in following if counted["w"][-2:] in fold(other.text)])
    return next((found for found in runs if len(found) == number), [])


def _names_asked(question: Question, announcing: str) -> bool:
    """Whether what announces the list names what the question asks a list of (哪些智能产品)."""
    asked = spelled(fold(question.understood))
    found = _ASKED_NOUN.search(asked) or _NOUN_BEFORE.search(asked)
    return found is not None and any(noun in announcing for noun in (found["n"], found["n"][-4:]) if len(noun) > 1)


def _all_quote(question: Question, headings: Sequence[str]) -> bool:
    """Whether every item holds what the question has in quotation marks (几个“我们要”)."""
    quoted = _QUOTED_ASKED.search(fold(question.understood))
    return quoted is not None and all(quoted["w"] in heading for heading in headings)


def _confirmed(outline_list: OutlineList, ranked: list[Scored]) -> float:
    """What it adds that several of the best statements are the very headings of the list's items."""
    headings = {(outline_list.document, item.heading_start) for item in outline_list.items}
    found = sum((s.statement.place.document.path, s.statement.place.start) in headings for s in ranked[:6])
    return 0.12 * max(0, found - 1)


def _agreement(question: Question, outline_list: OutlineList) -> float:
    number = question.number
    if number is None:
        asked = _ASKED_MEASURE.search(fold(question.understood))
        announces = asked is not None and re.search(f"[二三四五六七八九十\\d]{asked['m']}", outline_list.lead) is not None
        return 0.05 + (_ANNOUNCES if announces else 0.0)
    return _NUMBER_AGREES if number in (outline_list.stated, len(outline_list.items)) else -_NUMBER_DIFFERS


def side_by_side(folded: str) -> int:
    """How many parts stand side by side in a folded sentence: by 、, by quotation marks, or by ；."""
    return max(_runs(folded))


def _runs(folded: str) -> list[int]:
    """How many parts each stretch has in which parts stand side by side; at last the sentence itself."""
    parallel = [part.group().count("、") + 1 for part in _PARALLEL.finditer(folded)]
    quoted = [part.group().count("“") for part in _QUOTED.finditer(folded)]
    return [*parallel, *quoted, len([part for part in re.split("[;；]", folded) if len(part) > 6])]


def _enumerates(question: Question, statement: Statement) -> float:
    parts = side_by_side(statement.folded)
    if statement.folded.endswith((":", "?")) or prose.is_heading(statement):
        return -_NUMBER_DIFFERS  # it only announces
    measure = _ASKED_MEASURE.search(fold(question.understood))
    if measure is not None and question.number is None and _counts_by(measure["m"], statement.folded):
        return _ENUMERATES
    if question.number is not None:
        runs = _runs(statement.folded)
        joined = question.number - 1 in runs and bool(_LAST_JOINED.search(statement.folded))
        return _ENUMERATES + 0.1 if question.number in runs or joined else -_ENUMERATES
    return _ENUMERATES / 2 if parts >= 3 else -_ENUMERATES


def _counts_by(measure: str, folded: str) -> bool:
    """Whether the sentence says how many there are by the measure asked (两大类), or names three or more of them (产业类, 公益类)."""
    named = set(re.findall(f"[\u4e00-\u9fff]{{2}}(?={measure})", folded))
    return len(named) >= ENUMERATED or re.search(f"[二两三四五六七八九十]大?{measure}", folded) is not None


def _from_sentence(question: Question, scored: Scored, score: float) -> Draft:
    place = scored.statement.place
    text = place.document.text
    parts = segments(text, place.start, place.end)
    kept = [span for span in parts if any(match(term, fold(text[span[0] : span[1]])) >= 0.75 for term in question.terms)]
    if not kept or len(place.text) <= 160:
        kept = parts
    start, end = trimmed(text, (kept[0][0], kept[-1][1]), "；;")
    return Draft((verbatim(place.at(start, end)),), scored.coverage, how=f"enumeration {score:.2f}")
