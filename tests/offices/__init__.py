"""A folder as offices keep it, made anew: over a hundred files of every kind, whole, odd, locked, cut off and hostile.

    python -m tests.offices FOLDER

Each file comes with what is expected of it: sentences that its text must hold, sentences that it must not, or words of
the reason for which it is reported. Files of old office programs are made by LibreOffice where it is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.offices import pdf, plain, word
from tests.offices.made import Made, zipped

__all__ = ["Made", "every", "write", "zipped"]


def every() -> Iterator[Made]:
    """All files, each path once."""
    yield from word.word()
    yield from word.odd_word()
    yield from word.changed_word()
    yield from word.drawn_word()
    yield from word.bad_word()
    yield from pdf.pdf()
    yield from pdf.odd_pdf()
    yield from pdf.bad_pdf()
    yield from plain.web()
    yield from plain.text()
    yield from plain.old()
    yield from plain.others()


def write(folder: Path) -> list[Made]:
    """Write all files below `folder`; what is expected of each."""
    made = list(every())
    for one in made:
        (folder / one.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / one.path).write_bytes(one.data)
    return made
