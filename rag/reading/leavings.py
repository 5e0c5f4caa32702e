"""What of a file is no part of its text, counted by kind while the file is read."""

from __future__ import annotations

from dataclasses import dataclass

from rag.reading.document import SAMPLE_CHARACTERS, LeftOut

STRUCK = "划去的文字"  # a line goes through it


@dataclass(slots=True)
class _Counted:
    count: int = 0
    characters: int = 0
    sample: str = ""


class Leavings:
    """The kinds that were met so far, each with how many, how much text, and how the first of it that has text begins."""

    def __init__(self) -> None:
        self._kinds: dict[str, _Counted] = {}

    def add(self, kind: str, text: str = "") -> None:
        """Count one more of a kind (页眉页脚, 图片), with its text where it has any."""
        counted = self._kinds.setdefault(kind, _Counted())
        counted.count += 1
        counted.characters += len(text)
        counted.sample = counted.sample or " ".join(text.split())[:SAMPLE_CHARACTERS]

    def join(self, found: LeftOut) -> None:
        """Count what was counted elsewhere too."""
        counted = self._kinds.setdefault(found.kind, _Counted())
        counted.count += found.count
        counted.characters += found.characters
        counted.sample = counted.sample or found.sample

    def found(self) -> tuple[LeftOut, ...]:
        """All that was left out, in the order in which its kinds were met."""
        return tuple(LeftOut(kind, one.count, one.characters, one.sample) for kind, one in self._kinds.items())
