"""The items of the last answer that no outline holds: its lines, or the parts that stand side by side in its sentence.

那第三个呢, after five parts that one sentence tells, means the third of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.answer.classifiers import CN, MEASURES
from rag.answer.evidence import Scored
from rag.answer.places import Place
from rag.answer.question import Question
from rag.answer.siblings import EXPANDED_CHARACTERS
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.sentences import Span, clauses, segments, sentences, trimmed

_LETTERS = regex(r"\W+")
_LINE = regex("(?m)^- (.+)$")
_QUOTED = regex("“[^”]{1,24}”")
_RUN = regex("[^，。；：、“”,;:]{1,24}(?:、[^，。；：、,;:]{1,40})+")
_COUNT = regex(f"^[{CN}\\d]+{MEASURES}")  # 四种危险
_LAST = regex("以及|[和及与]")
_MARKS = "，,；;。、：: "
LEAST = 3  # parts side by side that make an enumeration where no number is told
_SHARED = 2  # characters that parts share: 必由之路, 要, “…机遇”


def items(said: str, asked: Question, anchor: Sequence[Scored]) -> list[Place]:
    """The items of the answer `said` to `asked`, in order, as they stand in the library; [] where it names none."""
    lines = _LINE.findall(said)
    if len(lines) > 1:
        places = [_line(line, anchor) for line in lines]
        return [place for place in places if place is not None] if all(places) else []
    told = bare(said)
    named = [_COUNT.sub("", term.text) or term.text for term in asked.terms]
    for place in (scored.statement.place for scored in anchor):
        if told and (told in bare(place.text) or bare(place.text) in told):
            spans = parts(place.document.text, (place.start, place.end), asked.number, named)
            found = [place.at(*span) for span in spans]
            if found and all(bare(part.text) in told for part in found):
                return found
    return []


def parts(text: str, span: Span, number: int | None, named: Sequence[str] = ()) -> list[Span]:
    """The parts that stand side by side in the sentence `span`, which hold one of the words `named`, or are most alike; or [].

    They are `number`, where it is known.
    """
    runs = [run for run in _runs(text, span, number) if len(run) == (number or len(run)) and len(run) >= (2 if number else LEAST)]
    return max(runs, key=lambda run: (_share_named(text, run, named), _likeness(text, run), len(run)), default=[])


def _share_named(text: str, run: Sequence[Span], named: Sequence[str]) -> float:
    return sum(any(word in fold(text[start:end]) for word in named) for start, end in run) / len(run)


def _likeness(text: str, run: Sequence[Span]) -> float:
    """The share of the parts that have a pair of characters in common, or end alike (上情、下情、民情)."""
    pairs = Counter(pair for start, end in run for pair in {text[at : at + _SHARED] for at in range(start, end - 1)})
    ends = Counter(text[start:end].strip("“”")[-1:] for start, end in run)
    return max(*pairs.values(), *ends.values()) / len(run)


def _runs(text: str, span: Span, number: int | None) -> Iterator[list[Span]]:
    for cut in (segments, clauses):
        found = [trimmed(text, one, _MARKS) for one in cut(text, *span)]
        yield found
        yield _alike(text, found, number)
    yield [match.span() for match in _QUOTED.finditer(text, *span)]
    for run in _RUN.finditer(text, *span):
        cuts = [run.start(), *(at + 1 for at in range(*run.span()) if text[at] == "、"), run.end()]
        found = [trimmed(text, (a, b), _MARKS) for a, b in pairwise(cuts)]
        yield found
        joined = _LAST.search(text, found[-1][0] + 1, found[-1][1] - 1)
        if joined is not None:
            yield [*found[:-1], (found[-1][0], joined.start()), (joined.end(), found[-1][1])]


def _alike(text: str, found: Sequence[Span], number: int | None) -> list[Span]:
    """Those of `found` that share two characters, as many as `number`, or else three and more."""
    pairs = [{text[at : at + _SHARED] for at in range(start, end - 1)} for start, end in found]
    often = Counter(pair for each in pairs for pair in each)
    fitting = [pair for pair, count in often.items() if (count == number if number else count >= LEAST)]
    shared = max(fitting, key=lambda pair: (often[pair], pair), default=None)
    return [one for one, each in zip(found, pairs, strict=True) if shared in each] if shared is not None else []


def _line(line: str, anchor: Sequence[Scored]) -> Place | None:
    """The sentence that a line of the answer is from, with what follows it in its paragraph, as far as it fits."""
    told = bare(line)
    for scored in anchor:
        place = scored.statement.place
        if told and told in bare(place.text):
            text = place.document.text
            ends = [trimmed(text, span)[1] for span in sentences(text, place.start, place.paragraph.end)]
            return place.at(place.start, max((end for end in ends if end - place.start <= EXPANDED_CHARACTERS), default=place.end))
    return None


def bare(text: str) -> str:
    """The folded letters and digits of a text: what is left to compare when marks and markers differ."""
    return _LETTERS.sub("", fold(text))
