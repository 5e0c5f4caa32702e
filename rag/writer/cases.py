"""False sentences and true paraphrases made from any library, to measure the judge: what of each it lets through.

A falsehood changes one thing of a sentence that the judge keeps, so that the change is all that is judged; one that the
paragraph happens to say after all is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from rag.writer.changes import LONGEST, SHORTEST, Base, Change, plain
from rag.writer.claims import SILENT, bare
from rag.writer.falsehoods import FALSE
from rag.writer.judging import Source, judge
from rag.writer.paraphrases import TRUE
from rag.writing.sentences import sentences


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with the stretches it cites, one group a paragraph; its kind, and whether it is true."""

    kind: str
    true: bool
    sentence: str
    cited: tuple[tuple[Source, ...], ...]

    @property
    def passes(self) -> bool:
        """Whether the judge lets it through."""
        return any(judge(self.sentence, group).holds for group in self.cited)


def cases(sources: Sequence[Source], each: int, seed: int = 0) -> Iterator[Case]:
    """Up to `each` cases of every kind from the paragraphs `sources`, the same for the same seed."""
    bases = list(_bases(sources, Random(seed)))
    for true, changes in ((False, FALSE), (True, TRUE)):
        for kind, change in changes.items():
            random = Random(f"{seed} {kind}")
            yield from _of_kind(kind, change, bases, random, true=true, each=each)


def _bases(sources: Sequence[Source], random: Random) -> Iterator[Base]:
    for source in random.sample(sources, len(sources)):
        other = random.choice(sources)
        for start, end in sentences(source.text, 0, len(source.text)):
            said = plain(source.text[start:end])
            if SHORTEST <= len(said) <= LONGEST and other.title != source.title:
                yield Base(said, source, other)


def _of_kind(kind: str, change: Change, bases: Sequence[Base], random: Random, *, true: bool, each: int) -> Iterator[Case]:
    found: set[str] = set()
    for base in random.sample(bases, len(bases)):
        if len(found) >= each:
            return
        made = change(base, random)
        cited = _cited(kind, base)
        if made is None or made in found or not (true or _is_false(made, base, cited)):
            continue
        found.add(made)
        yield Case(kind, true, made, cited)


def _cited(kind: str, base: Base) -> tuple[tuple[Source, ...], ...]:
    """The paragraphs that a sentence of this kind cites, each a group of its own."""
    return {"merged": ((base.source,), (base.other,)), "miscited": ((base.other,),)}.get(kind, ((base.source,),))


def _is_false(made: str, base: Base, cited: Sequence[Sequence[Source]]) -> bool:
    """Whether what is cited does not happen to say `made`, and the judge keeps what it was made from."""
    said = any(_letters(made) in _letters(source.text) for group in cited for source in group)
    return not said and judge(base.said, [base.source]).holds


def _letters(text: str) -> str:
    """All that `text` claims, marks that claim nothing left out."""
    return "".join(character for character in bare(text) if character not in SILENT)
