"""The judge over places: which spans of the material named carry a sentence, or which of its sentences stands in for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.answer.places import Place
from rag.answer.reply import Citation
from rag.writer.claims import bare
from rag.writer.judging import Source, Verdict, judge
from rag.writing.sentences import segments, sentences, trimmed

LIKE = 0.35  # of a draft's pairs of characters: less alike, and the source's sentence says something else
# What opens so is read of what was said before: 其中 and 这, not 其次 and 此外.
_POINTING = re.compile(r"^(?:其(?![次实他])|该|此(?![外次])|这|那|他|她|它|前者|后者)")
_judged = lru_cache(maxsize=1024)(judge)


def holds(sentence: str, citations: Sequence[Citation]) -> bool:
    """Whether the quotes of one paragraph among `citations` carry `sentence`; saved answers are checked by this too."""
    paragraphs: dict[tuple[str, str, int], list[Citation]] = {}
    for citation in citations:
        paragraphs.setdefault((citation.document, citation.speech, citation.paragraph), []).append(citation)
    groups = (sorted(group, key=lambda one: one.start) for group in paragraphs.values())
    return len(paragraphs) == 1 and any(_judged(sentence, tuple(Source(one.quote, one.speech) for one in group)).holds for group in groups)


def carriers(sentence: str, named: Sequence[Place]) -> tuple[tuple[Place, ...], str]:
    """The spans, all of one paragraph of `named`, that carry `sentence`; else none, and why not."""
    why = "没有写明所据的材料"
    for place in named:
        verdict = _of(sentence, (place,))
        if verdict.holds:
            exact = tuple(_cut(place, start, end) for _, start, end in verdict.spans)
            whole = tuple(_sentence(place, span) for span in sentences(place.text, 0, len(place.text)) if _meets(span, verdict))
            return next((spans for spans in (exact, whole) if _of(sentence, spans).holds), (place,)), ""
        why = verdict.why
    return (), why


def goes_on(said: str, place: Place, before: Place | None) -> bool:
    """Whether `said`, which rests on `place`, is read of the same after `before` as it is there; always where it points at nothing."""
    if not _POINTING.match(said):
        return True
    if before is None or before.document is not place.document or before.start > place.start:
        return False
    return not any(character.isalnum() for character in place.document.text[before.end : place.start])


def nearest(draft: str, named: Sequence[Place]) -> Place | None:
    """What of the material, from one 。 or ； to the next, says most nearly what `draft` tried to; None where none comes near."""
    wanted = _pairs(draft)
    found = [_cut(place, *span) for place in named for span in segments(place.text, 0, len(place.text))]
    best = max(found, key=lambda place: _alike(wanted, _pairs(place.text)), default=None)
    return best if best is not None and _alike(wanted, _pairs(best.text)) >= LIKE else None


def _of(sentence: str, places: Sequence[Place]) -> Verdict:
    return _judged(sentence, tuple(Source(place.text, place.speech.title) for place in places))


def _meets(span: tuple[int, int], verdict: Verdict) -> bool:
    return any(start < span[1] and span[0] < end for _, start, end in verdict.spans)


def _cut(place: Place, start: int, end: int) -> Place:
    left, right = trimmed(place.document.text, (place.start + start, place.start + end), "，,；;、：:")
    return place.at(left, right)


def _sentence(place: Place, span: tuple[int, int]) -> Place:
    return place.at(*trimmed(place.document.text, (place.start + span[0], place.start + span[1])))


def _pairs(text: str) -> set[str]:
    plain = bare(text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def _alike(wanted: set[str], there: set[str]) -> float:
    """How alike two sentences are, by the share of common pairs (Dice)."""
    return 2 * len(wanted & there) / (len(wanted) + len(there)) if wanted and there else 0.0
