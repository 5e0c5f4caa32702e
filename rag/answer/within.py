"""Follow-ups that point into the last answer: the item that it named, the section that it came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from rag.answer import parallels, pointed, prose
from rag.answer.draft import Draft, verbatim
from rag.answer.evidence import Evidence, Scored
from rag.answer.fact import Fact
from rag.answer.facts import Facts, piece_of
from rag.answer.fitting import kind_fits
from rag.answer.followup import FollowUp
from rag.answer.keywords import Term, terms_of
from rag.answer.lists import Lists
from rag.answer.pointed import bare
from rag.answer.question import Question, understand
from rag.answer.siblings import END_MARKS, EXPANDED_CHARACTERS, OutlineList, item_piece
from rag.answer.statements import Statement
from rag.answer.synonyms import Synonyms
from rag.answer.terms import match
from rag.outline.headings import heading_text, nodes_at
from rag.outline.tree import Node
from rag.writing.figures import figures
from rag.writing.fold import fold
from rag.writing.patterns import regex

_ORDINAL = regex("^(?:第[一二三四五六七八九十\\d]|最后|下一)")
_ORDINAL_NOUN = regex("第[一二三四五六七八九十\\d]{1,3}(?:个[\u4e00-\u9fff]{2}|步|阶段)")
_ASKED_HOW_MUCH = "了?(?:是|有)?(?:多少|几|多大)?(?:个点|百分之几|几成)?呢?[?？。]?"
_RATES = ("percent", "points")
_BESIDE = (  # what is asked of a figure, and the words with which its sentence tells it
    (
        regex(f"(?:那么?)?(?:同比)?(?:又|是)?(?:增[长加速幅]?|涨幅?|上升|下降|减少|降幅?){_ASKED_HOW_MUCH}"),
        regex("(?:增[长加产]|上升|上涨|下降|减少|降低)了?约?$"),
    ),
    (regex(f"(?:那么?)?(?:占比?|比重|份额){_ASKED_HOW_MUCH}"), regex("占[^,，]*$")),
)
NEAR = 8  # statements of the last evidence that are looked at
_SIDE_BY_SIDE = regex("[、,，;；。\\n]")
NAMING = 4  # characters at the end of an item's heading that name it
ANNOUNCING = 6  # characters of a sentence that announces a list
FIGURE_LEAST = 0.3  # of the follow-up's own words, borne by a figure of the last section
THERE = ("how", "why")  # asked for no name, day or figure that a sentence may lack
THERE_LEAST = 0.55  # what one must carry of them
OWN_LEAST = 0.45  # what a statement of the last section must carry of the follow-up's own words


def draft(question: Question, follow: FollowUp, anchor: Sequence[Scored], evidence: Evidence, facts: Facts, lists: Lists) -> Draft | None:
    """The answer inside what the last turn was about; None where it is not there."""
    if not anchor:
        return None
    own = replace(question, terms=_own_terms(question, follow), phrases=())
    found = _item(own, follow, anchor, evidence, lists)
    if found is not None:
        return found
    section = _section(anchor, evidence)
    if question.kind == "figure":
        beside = _beside_said(own, follow, anchor[0].statement, facts)
        if beside is not None:
            return beside
        ranked = [row for row in facts.ranked(own, section) if not _said(row[2], question, follow) and _in_time(row[2], question, evidence)]
        fitting = [row for row in ranked if kind_fits(row[2].figure, question.measures) is not False]
        enough = bool(fitting) and bool(question.measures) and (len(fitting) == 1 or fitting[0][1] >= FIGURE_LEAST)
        return facts.draft(own, [fitting[0][2].statement]) if enough else None
    return _told_there(own, section, evidence)


def _beside_said(own: Question, follow: FollowUp, statement: Statement, facts: Facts) -> Draft | None:
    """How the very figure that was told moved, or its share, where nothing else is asked: the first after it in its sentence."""
    said = {(one.value, one.unit) for one in figures(fold(follow.said)) if one.kind not in _RATES}
    tells = next((tells for asks, tells in _BESIDE if asks.fullmatch(fold(own.text))), None)
    rows = sorted((row[2] for row in facts.ranked(own, [statement])), key=lambda fact: (fact.clause, fact.figure.start))
    told = next((at for at, fact in reversed([*enumerate(rows)]) if (fact.figure.value, fact.figure.unit) in said), None)
    if tells is None or told is None:
        return None
    of_it = takewhile(lambda fact: fact.figure.kind in _RATES and fact.subject != fact.clause, rows[told + 1 :])
    rates = (fact for fact in of_it if fact.figure.kind == "percent")
    found = next((fact for fact in rates if tells.search(fact.texts[0][: fact.figure.start])), None)
    return Draft((piece_of(found, own.terms),), 1.0, how="beside the figure told") if found is not None else None


def _said(fact: Fact, question: Question, follow: FollowUp) -> bool:
    """Whether the figure is the one that was answered before, where the follow-up asks for another time."""
    figure = fact.texts[0][fact.figure.start : fact.figure.end]
    return bool(question.years or question.offsets or question.times) and figure in fold(follow.said)


def _in_time(fact: Fact, question: Question, evidence: Evidence) -> bool:
    """Whether the figure is not of another year than the follow-up asks for."""
    place = fact.statement.place
    return evidence.fits_year(question, place.at(place.start, fact.clause[1])) is not False


def _told_there(own: Question, statements: Sequence[Statement], evidence: Evidence) -> Draft | None:
    """The answer to the follow-up's own words from `statements`; None where none carries enough of them."""
    if not own.terms:
        return None
    ranked = [scored for scored in evidence.ranked(own, statements) if scored.coverage >= OWN_LEAST]
    if own.kind == "list" and ranked:
        best = max(ranked, key=lambda scored: scored.score + parallels.enumerates(own, scored.statement))
        return parallels.from_sentence(own, evidence, best, best.score)
    return prose.draft(own, evidence, ranked) if ranked else None


def there(question: Question, anchor: Sequence[Scored], evidence: Evidence) -> Draft | None:
    """The sentence of the section of the last turn that answers a question of its own; None where each carries too little of it."""
    if not anchor or question.kind not in THERE or len(question.terms) < 2:
        return None
    best = next(iter(evidence.ranked(question, _section(anchor, evidence))), None)
    if best is None or best.coverage < THERE_LEAST:
        return None
    return Draft((verbatim(best.statement.place),), best.coverage, how=f"{question.kind} of the last section")


def _own_terms(question: Question, follow: FollowUp) -> tuple[Term, ...]:
    inherited = {term.text for term in terms_of(fold(follow.anchor), Synonyms({}, 0))}
    return tuple(term for term in question.terms if term.text not in inherited)


def _item(question: Question, follow: FollowUp, anchor: Sequence[Scored], evidence: Evidence, lists: Lists) -> Draft | None:
    """The item that the follow-up names by its place, by the last answer, or by its own words."""
    near = lists.candidates.near([scored.statement for scored in anchor[:NEAR]])
    if follow.items and not _says_ordinal(question, anchor):
        asked = understand(follow.anchor, follow.anchor, Synonyms({}, 0))
        likeliest = max(near, key=lambda one: lists.candidates.score(asked, one) + _named_in(follow.said, one, evidence), default=None)
        if likeliest is None or (
            follow.said and not _named_in(follow.said, likeliest, evidence) and not _announced_by(follow.said, likeliest)
        ):
            return _told_in_words(follow, asked, anchor)
        indices = _indices(follow.items, len(likeliest.items), _last_named(follow.said, likeliest, evidence))
        typed = {term.text for term in terms_of(fold(question.text), Synonyms({}, 0))}
        own = replace(question, terms=tuple(term for term in question.terms if term.text in typed and not _ORDINAL.search(term.text)))
        if len(indices) == 1 and own.terms:
            return _of_item(likeliest, likeliest.items[indices[0]], own, evidence)
        return _by_place(indices, likeliest, evidence)
    said = bare(follow.said)
    for found in near:
        text = evidence.shelf.documents[found.document].text
        named = [item for item in found.items if any(name in said for name in _names_of(text, item))]
        if len(named) == 1:
            inner = [child for child in named[0].children if child.kind != "text"]
            return _child(found, inner, question, evidence) if inner else _of_item(found, named[0], question, evidence)
    return None


def _says_ordinal(question: Question, anchor: Sequence[Scored]) -> bool:
    """Whether the text itself says the ordinal with the noun that is asked (第二个阶段, 第三步), so that no item is meant."""
    asked = _ORDINAL_NOUN.search(fold(question.text))
    return asked is not None and any(asked.group() in scored.statement.paragraph for scored in anchor[:NEAR])


def _child(found: OutlineList, children: list[Node], question: Question, evidence: Evidence) -> Draft | None:
    """The one of `children` that carries most of the follow-up's own words; None where none carries any."""
    text = evidence.shelf.documents[found.document].text
    weights = evidence.weights(question)
    shares = [sum(w * match(t, fold(text[c.start : c.end])) for w, t in zip(weights, question.terms, strict=True)) for c in children]
    best = max(range(len(children)), key=lambda index: shares[index])
    return _expanded(found, children[best], evidence) if shares[best] > 0 else None


def _told_in_words(follow: FollowUp, asked: Question, anchor: Sequence[Scored]) -> Draft | None:
    """The items that the last answer, to a question for a list, told in its own lines or side by side in a sentence."""
    told = pointed.items(follow.said, asked, anchor) if asked.kind == "list" else []
    indices = _indices(follow.items, len(told), -1)
    pieces = tuple(verbatim(told[index], line=len(indices) > 1, strip=END_MARKS) for index in indices)
    return Draft(pieces, 1.0, how="item of the last answer") if pieces else None


def _indices(items: Sequence[int], count: int, last: int) -> list[int]:
    """Where the items stand in a list of `count`, of which `last` was told last; [] where it has not all of them."""
    places = {0: last + 1, -1: count - 1}
    indices = [places.get(item, item - 1) for item in items]
    return indices if all(0 <= index < count for index in indices) else []


def _by_place(indices: Sequence[int], found: OutlineList, evidence: Evidence) -> Draft | None:
    """The items at these places of the list; None where there is none."""
    if not indices:
        return None
    if len(indices) == 1:
        return _expanded(found, found.items[indices[0]], evidence)
    told = [item_piece(evidence.shelf.place(found.document, one.start, one.end), one) for one in map(found.items.__getitem__, indices)]
    return Draft(tuple(told), 1.0, how="items of the last answer")


def _announced_by(said: str, found: OutlineList) -> bool:
    """Whether the last answer is what announces the list (今年再办好15件民生实事)."""
    return any(len(part) >= ANNOUNCING and part in bare(found.lead) for part in map(bare, re.split("[。;；]", fold(said))))


def _named_in(said: str, found: OutlineList, evidence: Evidence) -> float:
    """The share of the list's items whose names stand in the last answer."""
    text = evidence.shelf.documents[found.document].text
    said, told = bare(said), _parts(said)
    names = [_names_of(text, item) for item in found.items]
    return sum(_says(said, told, each) for each in names) / len(names)


def _last_named(said: str, found: OutlineList, evidence: Evidence) -> int:
    """The place of the last item that the last answer names; -1 where it names none."""
    text = evidence.shelf.documents[found.document].text
    said, told = bare(said), _parts(said)
    return max((i for i, item in enumerate(found.items) if _says(said, told, _names_of(text, item))), default=-1)


def _parts(said: str) -> list[str]:
    """What stands side by side in an answer, in letters and digits alone; the short ones name nothing."""
    return [part for part in map(bare, _SIDE_BY_SIDE.split(said)) if len(part) >= NAMING]


def _says(said: str, told: Sequence[str], names: Sequence[str]) -> bool:
    """Whether an answer names an item: by its whole heading, or by how the heading begins or ends (提高调查研究能力)."""
    return any(name in said for name in names) or any(name.endswith(part) or name.startswith(part) for name in names for part in told)


def _names_of(text: str, item: Node) -> list[str]:
    """What an answer may call an item: its heading without the mark, or what stands in it in quotation marks."""
    heading = heading_text(text, item)
    quoted = re.findall("“([^”]{2,})”", heading)
    return [name for name in (bare(heading[len(item.mark) :]), *map(bare, quoted)) if name]


def _expanded(found: OutlineList, item: Node, evidence: Evidence) -> Draft:
    place = evidence.shelf.place(found.document, item.start, item.end)
    return Draft((replace(item_piece(place, item, EXPANDED_CHARACTERS), line=False),), 1.0, how="item of the last answer")


def _of_item(found: OutlineList, item: Node, question: Question, evidence: Evidence) -> Draft | None:
    """What of the item answers the follow-up's own words; the item from its start on where none of it carries them."""
    inside = [p for p in found.speech.paragraphs if p.start < item.end and p.end > item.start]
    statements = [one for paragraph in inside for one in evidence.of_paragraph(found.speech, paragraph)]
    told = [one for one in statements if item.start <= one.place.start < item.end]
    return _told_there(question, told, evidence) or _expanded(found, item, evidence)


def _section(anchor: Sequence[Scored], evidence: Evidence) -> list[Statement]:
    """The statements of the section, or the paragraph, that the best statement of the last turn stands in."""
    place = anchor[0].statement.place
    node = [n for n in nodes_at(place.speech.root, place.start, place.end) if n.kind != "text"][-1]
    inside = (
        [p for p in place.speech.paragraphs if p.start < node.end and p.end > node.start] if node.kind != "speech" else [place.paragraph]
    )
    return [statement for paragraph in inside for statement in evidence.of_paragraph(place.speech, paragraph)]
