"""What a question asks: its kind, its content words, its times and places, the size of list it names.

Reads the question alone; the library's part (unknown words, speeches that it names) is `wording` and `scope`.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.answer.classifiers import number_asked
from rag.answer.interrogatives import Kind
from rag.answer.keywords import Known, Term, phrases_of, terms_of
from rag.answer.kinds import kind_of
from rag.answer.measures import measures_of
from rag.answer.periods import TIME
from rag.answer.spelling import spelled
from rag.answer.synonyms import Synonyms
from rag.answer.times import offsets_in, years_asked
from rag.writing.figures import FigureKind
from rag.writing.fold import fold
from rag.writing.patterns import regex

_EXPAND = regex("展开|详细|具体(?:怎么|是怎么|要求|内容|说|讲)|细说|多说|详情|全文|原文")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood. `understood` is the wording that is searched, `shown` how it is shown to the user.

    `phrases` are its stretches without question words and marks, as they stand. `years` are those it names,
    `offsets` those it names from the speech's own (今年 is 0, 去年 -1); `times` its other times (一季度, 3月), each with the
    `forms` in which a text may write it.
    """

    text: str
    understood: str
    kind: Kind
    terms: tuple[Term, ...]
    measures: frozenset[FigureKind]
    number: int | None
    times: tuple[str, ...]
    years: tuple[int, ...]
    offsets: tuple[int, ...]
    expand: bool
    forms: tuple[frozenset[str], ...] = ()
    phrases: tuple[str, ...] = ()
    shown: str = ""

    def __hash__(self) -> int:
        return hash(self.understood)


def understand(
    text: str, understood: str, synonyms: Synonyms, *, kind: Kind | None = None, known: Known | None = None, shown: str | None = None
) -> Question:
    """The question `text`, read in the wording `understood`, which the user is shown as `shown` where that is another.

    `known(word)` says whether the library has the word's every pair of characters; names that no dictionary has are
    cut by it.
    """
    folded = spelled(fold(understood))
    times = tuple(
        dict.fromkeys(match.group() for match in TIME.finditer(folded) if not years_asked(match.group()) and not offsets_in(match.group()))
    )
    number = number_asked(folded)
    found = kind or kind_of(folded)
    if kind is None and number is not None and found in ("definition", "other"):
        found = "list"
    return Question(
        text=text,
        understood=understood,
        kind=found,
        terms=terms_of(folded, synonyms, known),
        measures=measures_of(folded) if found in ("figure", "yes_no", "compare", "other") else frozenset(),
        number=number,
        times=times,
        forms=tuple(frozenset({time, *synonyms.of(time), *synonyms.of(time.removesuffix("份"))}) for time in times),
        years=years_asked(folded),
        offsets=offsets_in(folded),
        expand=bool(_EXPAND.search(folded)),
        phrases=phrases_of(folded),
        shown=understood if shown is None else shown,
    )
