"""Summaries of what a question points at: a sentence that has a word so many times, lines that open alike, points in sequence, results."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer.abbreviations import abbreviations
from rag.answer.draft import Draft, verbatim
from rag.answer.evidence import Evidence, Scored
from rag.answer.question import Question
from rag.answer.siblings import END_MARKS
from rag.outline.tree import Speech
from rag.writing.figures import figures
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.sentences import sentences, trimmed

SUMMARY_CHARACTERS = 420
_TOLD_WHOLE = 0.75  # of the question, carried by a sentence that announces what follows: that is meant, not its section
_ANNOUNCES = regex("(?:以下|如下|下面|[讲谈提说]).{0,6}[几两二三四五六七八九十][个点条项方][^,，;；]{0,10}[。:：]$")
_IN_SEQUENCE = regex("(?:首先|其次|再次|再者|然后|此外|另外|最后)[,，]")
_LAST = regex("最后[,，]")
_LEAST = 3  # two may stand side by side by chance
_SEQUENCE_PARAGRAPHS = 40  # among which the last of a sequence is looked for
_OPENING = regex("[“\"「『](?P<w>[^”\"」』]{2,8})[”\"」』](?:开头|打头|起头)?的?(?:那|这)?几?[条点句段个]")
_RESULTS = regex("(?:指标|数据)的?(?:完成|运行|执行|增长|变化)?(?:情况)?(?:[,，?？。]|$|如何|怎么样|总结|概括|归纳|梳理|小结)")
_OF_RESULTS = regex("指标|数据|主要|完成|情况")  # what the figures themselves tell
_MANY_FIGURES = 4  # a sentence of so many figures reports results
_NEAR = 16  # statements that are looked at


def draft(question: Question, evidence: Evidence, ranked: Sequence[Scored], focus: Speech | None) -> Draft | None:
    """What the question points at; None where it points at nothing."""
    return (
        _counted_word(question, ranked)
        or _opened_alike(question, evidence, focus)
        or _sequence(ranked)
        or _results(question, evidence, ranked)
    )


def announces(folded: str) -> bool:
    """Whether the folded text ends by announcing several points (谈几点意见。)."""
    return _ANNOUNCES.search(folded) is not None


def _counted_word(question: Question, ranked: Sequence[Scored]) -> Draft | None:
    """The sentence that has the quoted word just as often as the question says (“三个意味着”)."""
    asked = fold(question.understood)
    for one in abbreviations(asked)[:1]:
        quoted = one.number > 0 and len(one.word) > 1 and re.search(f"{re.escape(one.word)}[”\"」』]", asked)
        for scored in ranked[:_NEAR] if quoted else ():
            place = scored.statement.place
            if scored.statement.folded.count(one.word) == one.number and place.end - place.start <= SUMMARY_CHARACTERS:
                return Draft((verbatim(place),), scored.coverage, how="summary by a word", decides=place)
    return None


def _opened_alike(question: Question, evidence: Evidence, focus: Speech | None) -> Draft | None:
    """The first sentences of the speech's paragraphs that hold words of which the question asks (“我们要”的几条)."""
    asked = _OPENING.search(fold(question.understood))
    if asked is None or focus is None:
        return None
    firsts = [next(iter(evidence.of_paragraph(focus, paragraph)), None) for paragraph in focus.paragraphs]
    held = [one for one in firsts if one is not None and asked["w"] in one.folded and one.place.end < one.place.paragraph.end]
    pieces = tuple(verbatim(one.place, line=True, strip=END_MARKS) for one in held)
    return Draft(pieces, 1.0, how="summary by a word", decides=held[0].place) if len(held) >= _LEAST else None


def _sequence(ranked: Sequence[Scored]) -> Draft | None:
    """The first sentences of the paragraphs 首先,…其次,…最后,… that the best statement announces, where it carries the question."""
    if not ranked or ranked[0].coverage < _TOLD_WHOLE or not announces(ranked[0].statement.folded):
        return None
    place = ranked[0].statement.place
    text, at = place.document.text, place.paragraph.number
    found = []
    for paragraph in place.speech.paragraphs[at : at + _SEQUENCE_PARAGRAPHS]:
        if _IN_SEQUENCE.match(text, paragraph.start):
            first = trimmed(text, sentences(text, paragraph.start, paragraph.end)[0])
            found.append(replace(place, paragraph=paragraph).at(*first))
        if not found or _LAST.match(text, paragraph.start):
            break
    pieces = tuple(verbatim(one, line=True, strip=END_MARKS) for one in found)
    return Draft(pieces, ranked[0].coverage, how="summary of a sequence", decides=place) if len(pieces) >= _LEAST else None


def _results(question: Question, evidence: Evidence, ranked: Sequence[Scored]) -> Draft | None:
    """The sentence with the most figures, where the question asks how the measures stand: such a sentence seldom says 指标."""
    if not _RESULTS.search(question.understood):
        return None
    near = [one for one in ranked[:_NEAR] if len(figures(one.statement.folded)) >= _MANY_FIGURES]
    best = max(near, key=lambda one: len(figures(one.statement.folded)), default=None)
    place = best.statement.place if best is not None else None
    if best is None or place is None or place.end - place.start > SUMMARY_CHARACTERS:
        return None
    weights = evidence.weights(question)
    told = sum(weight for weight, term in zip(weights, question.terms, strict=True) if _OF_RESULTS.search(term.text))
    carried = max(best.coverage, told / (sum(weights) or 1.0))
    return Draft((verbatim(place),), carried, how="summary by figures", decides=place)
