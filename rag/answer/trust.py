"""How far an answer can be trusted: the chance that the library says what is asked, from what its evidence carries.

A logistic model of seven signs. Its weights were fitted on questions over two libraries, each asked twice: as it is, and
with the documents that answer it left out (tests/calibrate.py does both, and prints the error rates); that of what is
missing was chosen between what eight libraries of official texts gave (-3.4 to -4.5) and none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from rag.answer.interrogatives import Kind

LEAST = 0.2  # below it the question is refused
NEARLY = 0.1  # but for an answer that is nearly trusted and carries the question in its own words:
CARRIED, WORDED = 0.55, 0.25  # over five sets 13 of 15 such answered and none of 5 that had no answer
SURE = 0.4  # below it the reader is told to check: of 36 such answers over five sets 19 were right, of 372 above it 315
_WEIGHTS = {"carried": 5.664, "wording": 1.67, "words": 0.427, "meaning": 1.887, "bearing": 1.706, "terms": -0.294, "missing": -2.0}
_BIAS = -5.975
_KINDS: dict[Kind, float] = {
    "figure": -0.48, "list": -0.1, "how": 0.79, "why": 0.42, "who": -1.3, "when": 0.37, "where": 0.1, "yes_no": 0.46, "other": -1.47,
    "summary": 0.35, "definition": 0.68, "compare": 0.16,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an answer.

    `carried` and `wording` are the shares of the question's words and of its character pairs that the evidence carries.
    `words` and `meaning` tell of the best passage found: its BM25 score, and how many standard deviations its cosine stands
    above the library's, each against what grows with the number of passages alone (`scaled`). `bearing` is the share of the
    question that the speech bears on its front; `terms` counts the question's words. `missing` is 1 where a name, a time or a
    measure that is asked for stands nowhere near: such an answer is refused however far it is trusted.
    """

    carried: float
    wording: float
    words: float
    meaning: float
    bearing: float
    terms: int
    missing: int = 0


def scaled(words: float, deviations: float, passages: int) -> tuple[float, float]:
    """`words` over the greatest rarity that a word can have among so many passages, `deviations` over the greatest by chance."""
    size = math.log(1 + max(1, passages))
    return words / size, deviations / math.sqrt(2 * size)


def believed(trusted: float, signs: Signs) -> bool:
    """Whether an answer is shown: it is trusted, or nearly so and carries the question in its own words."""
    return trusted >= LEAST or (trusted >= NEARLY and signs.terms > 0 and (signs.carried >= CARRIED or signs.wording >= WORDED))


def trust(kind: Kind, signs: Signs) -> float:
    """The chance, 0 to 1, that a question of `kind` is answered by evidence with these `signs`."""
    score = _BIAS + _KINDS.get(kind, 0.0) + sum(weight * getattr(signs, name) for name, weight in _WEIGHTS.items())
    return 1 / (1 + math.exp(-score))
