"""Follow-ups that mean an item of the last list: by its place in it, by the last answer, or by their own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rag.answer import parallels, pointed, prose
from rag.answer.draft import Draft, verbatim
from rag.answer.evidence import Evidence, Scored
from rag.answer.followup import FollowUp
from rag.answer.keywords import terms_of
from rag.answer.lists import Lists
from rag.answer.ordinals import ORDINAL_NOUN, has_ordinal, names_in, resolved
from rag.answer.pointed import bare
from rag.answer.question import Question, understand
from rag.answer.siblings import END_MARKS, EXPANDED_CHARACTERS, OutlineList, item_piece, opening
from rag.answer.statements import Statement
from rag.answer.synonyms import Synonyms
from rag.answer.terms import match
from rag.outline.headings import heading_text
from rag.outline.tree import Node
from rag.writing.fold import fold
from rag.writing.patterns import regex

_SIDE_BY_SIDE = regex("[、,，;；。\\n]")
NEAR = 8  # statements of the last evidence that are looked at
NAMING = 4  # characters at the end of an item's heading that name it
ANNOUNCING = 6  # characters of a sentence that announces a list
HEADING = 40  # characters of an item that only names what stands below it
OWN_LEAST = 0.45  # what a statement of the last section must carry of the follow-up's own words


def draft(question: Question, follow: FollowUp, anchor: Sequence[Scored], evidence: Evidence, lists: Lists) -> Draft | None:
    """The item that the follow-up names by its place, by the last answer, or by its own words; None where it means none."""
    near = lists.candidates.near([scored.statement for scored in anchor[:NEAR]])
    if follow.items and not _says_ordinal(question, anchor):
        return _by_ordinal(question, follow, anchor, near, evidence, lists)
    said = bare(follow.said)
    for found in near:
        text = evidence.shelf.documents[found.document].text
        named = [item for item in found.items if any(name in said for name in _names_of(text, item))]
        if len(named) == 1:
            inner = [child for child in named[0].children if child.kind != "text"]
            return _child(found, inner, question, evidence) if inner else _of_item(found, named[0], question, evidence, lists)
    return None


def _by_ordinal(
    question: Question, follow: FollowUp, anchor: Sequence[Scored], near: Sequence[OutlineList], evidence: Evidence, lists: Lists
) -> Draft | None:
    """The items at the places that are named, of the list that the last one was, or was answered with."""
    asked = understand(follow.anchor, follow.anchor, Synonyms({}, 0), kind="list")
    likeliest = max(near, key=lambda one: lists.candidates.score(asked, one) + _named_in(follow.said, one, evidence), default=None)
    known = likeliest is not None and (
        not follow.said or _named_in(follow.said, likeliest, evidence) > 0 or _announced_by(follow.said, likeliest)
    )
    if likeliest is None or not known or _tells_all(follow.said, likeliest, evidence):
        return _told_in_words(follow, asked, anchor) or _told_anew(follow, asked, anchor, lists)
    indices = resolved(follow.items, len(likeliest.items), _named(f"{follow.said}\n{follow.told}", likeliest, evidence))
    typed = {term.text for term in terms_of(fold(question.text), Synonyms({}, 0))}
    own = replace(question, terms=tuple(term for term in question.terms if term.text in typed and not has_ordinal(term.text)))
    if len(indices) == 1 and (own.terms or follow.kind == "list"):
        return _of_item(likeliest, likeliest.items[indices[0]], own, evidence, lists)
    return _by_place(indices, likeliest, evidence)


def _told_anew(follow: FollowUp, asked: Question, anchor: Sequence[Scored], lists: Lists) -> Draft | None:
    """The items of what the last list question is answered with, where it can be answered anew from the same evidence."""
    whole = lists.draft(asked, list(anchor))
    lines = [piece for piece in whole.pieces if piece.quotes] if whole is not None else []
    said = bare(f"{follow.said}\n{follow.told}")
    told = [index for index, piece in enumerate(lines) if any(gram in said for gram in _grams(bare(piece.text)))]
    indices = resolved(follow.items, len(lines), told) if len(lines) > 1 and (told or not said) else []
    pieces = tuple(replace(lines[index], line=len(indices) > 1) for index in indices)
    return Draft(pieces, 1.0, how="item of the last answer") if pieces else None


def _says_ordinal(question: Question, anchor: Sequence[Scored]) -> bool:
    """Whether the text itself says the ordinal with the noun that is asked (第二个阶段, 第三步), so that no item is meant."""
    asked = ORDINAL_NOUN.search(fold(question.text))
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
    told = pointed.items(follow.said, asked, anchor)
    indices = resolved(follow.items, len(told), range(len(told)))
    pieces = tuple(verbatim(told[index], line=len(indices) > 1, strip=END_MARKS) for index in indices)
    return Draft(pieces, 1.0, how="item of the last answer") if pieces else None


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
    return len(_named(said, found, evidence)) / len(found.items)


def _named(said: str, found: OutlineList, evidence: Evidence) -> list[int]:
    """The places of the items that an answer names: by their names, or by what tells one's name from the others'."""
    text = evidence.shelf.documents[found.document].text
    said, told = bare(said), _parts(said)
    names = [_names_of(text, item) for item in found.items]
    own = Counter(gram for each in names for gram in {gram for name in each for gram in _grams(name)})
    return [
        index for index, each in enumerate(names)
        if _says(said, told, each) or any(own[gram] == 1 and gram in said for name in each for gram in _grams(name))
    ]  # fmt: skip


def _tells_all(said: str, found: OutlineList, evidence: Evidence) -> bool:
    """Whether one item's heading tells all the names that an answer told side by side: they are no items of this list."""
    names, text = [bare(name) for name in names_in(said)], evidence.shelf.documents[found.document].text
    headings = [bare(heading_text(text, item)[len(item.mark) :]) for item in found.items]
    return bool(names) and any(all(name in heading for name in names) and heading not in bare(said) for heading in headings)


def _grams(name: str) -> list[str]:
    """The stretches of a name that are long enough to tell it from others."""
    return [name[at : at + ANNOUNCING] for at in range(len(name) - ANNOUNCING + 1)]


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
    """The item from its start on, as far as it fits; with the paragraph below it where it is a heading alone."""
    place = evidence.shelf.place(found.document, item.start, item.end)
    pieces = [replace(item_piece(place, item, EXPANDED_CHARACTERS), line=False)]
    below = [p for p in found.speech.paragraphs if place.paragraph.end <= p.start < item.end][:1]
    if bare(pieces[0].text) == bare(place.document.text[place.paragraph.start : place.paragraph.end]) and len(pieces[0].text) <= HEADING:
        pieces += [opening(replace(place, paragraph=p)) for p in below]
    return Draft(tuple(pieces), 1.0, how="item of the last answer")


def _of_item(found: OutlineList, item: Node, question: Question, evidence: Evidence, lists: Lists) -> Draft | None:
    """What of the item answers the follow-up's own words: its own list, its sentences; or the item from its start on."""
    inner = [one for one in lists.candidates.of_speech(found.speech) if one.parent is item] if question.kind == "list" else []
    if inner:
        return lists.whole(question, inner[0], 1.0)
    inside = [p for p in found.speech.paragraphs if p.start < item.end and p.end > item.start]
    statements = [one for paragraph in inside for one in evidence.of_paragraph(found.speech, paragraph)]
    told = [one for one in statements if item.start <= one.place.start < item.end]
    answer, whole = told_there(question, told, evidence), _expanded(found, item, evidence)
    return whole if answer is None or _goes_on(whole, answer) else answer


def _goes_on(whole: Draft, answer: Draft) -> bool:
    """Whether `answer` is no more than what `whole` opens with."""
    more, less = (bare("".join(piece.text for piece in draft.pieces)) for draft in (whole, answer))
    return more.startswith(less) and len(less) <= HEADING < len(more)


def told_there(own: Question, statements: Sequence[Statement], evidence: Evidence) -> Draft | None:
    """The answer to the follow-up's own words from `statements`; None where none carries enough of them."""
    if not own.terms:
        return None
    ranked = [scored for scored in evidence.ranked(own, statements) if scored.coverage >= OWN_LEAST]
    if own.kind == "list" and ranked:
        best = max(ranked, key=lambda scored: scored.score + parallels.enumerates(own, scored.statement))
        return parallels.from_sentence(own, evidence, best, best.score)
    return prose.draft(own, evidence, ranked) if ranked else None
