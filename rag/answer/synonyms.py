"""Words that mean the same in office speech: a table of the package, and a file of the user's own.

A table is text, UTF-8: one group a line, words separated by tabs, `#` opens a comment line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.errors import YanjuError
from rag.writing.fold import fold

_TABLE = Path(__file__).with_name("synonyms.tsv")  # not by `importlib.resources`, which loads zip files and more to find it

@dataclass(frozen=True, slots=True)
class Synonyms:
    """`groups[word]` are the other words of the word's groups; all words are folded."""

    groups: dict[str, tuple[str, ...]]
    longest: int

    def of(self, word: str) -> tuple[str, ...]:
        """The words that mean the same as the folded `word`, itself left out."""
        return self.groups.get(word, ())

    def find(self, folded: str) -> list[tuple[int, int]]:
        """Where words of the table, of two characters or more, stand in `folded`: the longest first, not overlapping, in order."""
        found = []
        position = 0
        while position < len(folded):
            end = next(
                (e for e in range(min(len(folded), position + self.longest), position + 1, -1) if folded[position:e] in self.groups), 0
            )
            if end:
                found.append((position, end))
            position = end or position + 1
        return found


def parse(table: str) -> Synonyms:
    """The synonyms that `table` holds."""
    groups: dict[str, dict[str, None]] = {}
    for line in table.splitlines():
        if line.startswith("#"):
            continue
        words = [fold(word.strip()) for word in line.split("\t") if word.strip()]
        for word in words:
            groups.setdefault(word, {}).update(dict.fromkeys(other for other in words if other != word))
    return Synonyms({word: tuple(others) for word, others in groups.items()}, max(map(len, groups), default=0))


@lru_cache(maxsize=8)
def load(user_file: Path | None = None) -> Synonyms:
    """The package's own table, and that of `user_file` where one is set. YanjuError where it can't be read."""
    table = _TABLE.read_text(encoding="utf-8")
    if user_file is not None:
        try:
            table += "\n" + user_file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise YanjuError(f"读不了同义词表{user_file}（{error}）：请检查路径，并另存为UTF-8编码。") from error
    return parse(table)
