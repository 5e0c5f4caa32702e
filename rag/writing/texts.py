"""Many short texts, looked through as one: a question of thousands of titles must not read each by itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

_BETWEEN = "\n"
_HEAD = 4  # characters by which texts that may stand in a longer one are looked up


class Texts:
    """`texts`, by their number. None holds a line feed."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(text.replace(_BETWEEN, " ") for text in texts)

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        """All of them in one, and where each begins."""
        return _BETWEEN.join(self.texts), [0, *accumulate(len(text) + 1 for text in self.texts)][:-1]

    @cached_property
    def _heads(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, text in enumerate(self.texts):
            found.setdefault(text[:_HEAD], []).append(number)
        return found

    def having(self, wording: str) -> list[int]:
        """The numbers of the texts in which `wording`, which is not empty, stands; in order."""
        if _BETWEEN in wording:
            return []
        joined, starts = self._joined
        found: list[int] = []
        at = joined.find(wording)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            found.append(number)
            at = joined.find(wording, starts[number] + len(self.texts[number]))
        return found

    def within(self, whole: str, least: int) -> list[int]:
        """The numbers of the texts of at least `least` characters, four or more, that stand in `whole`; in order."""
        near = {number for at in range(len(whole)) for number in self._heads.get(whole[at : at + _HEAD], ())}
        return sorted(number for number in near if len(self.texts[number]) >= max(least, _HEAD) and self.texts[number] in whole)
