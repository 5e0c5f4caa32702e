"""What a build holds, as one chooses from it: its documents with their folders, years and dates.

A document's years are those that it bears on its front (path, title, opening lines); one that bears none belongs to none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rag.answer.places import Shelf, bearing_of
from rag.answer.reply import Citation
from rag.index.library import Library
from rag.outline.tree import Speech
from rag.page.language import say
from rag.writing.fold import fold

_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile("[一二][〇零○一二三四五六七八九]{3}(?=年)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?")
NAMES = 2  # of chosen documents that are named; the others are counted


@dataclass(frozen=True, slots=True)
class Entry:
    """One document: its folder ("" at the top), its titles, and when it is from as far as its front tells."""

    document: str
    folder: str
    titles: tuple[str, ...]
    years: tuple[str, ...]
    date: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a question is kept to: folders and documents (either will do), and years of these. All empty: everything."""

    folders: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    years: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.folders or self.documents or self.years)

    def words(self) -> str:
        """The choice on one line, as the page shows it."""
        named = [f"{folder}/" for folder in self.folders] + [document.rsplit("/", 1)[-1] for document in self.documents[:NAMES]]
        if len(self.documents) > NAMES:
            named.append(say("等{n}份文件", n=len(self.documents)))
        years = [say("{year}年", year=year) for year in self.years]
        return " · ".join(part for part in ("、".join(named), "、".join(years)) if part)


EVERYTHING = Choice()


def choice_of(sent: Mapping[str, Any]) -> Choice:
    """The choice that a browser or a saved line holds; what is of another form is left out."""

    def texts(name: str) -> tuple[str, ...]:
        values = sent.get(name)
        return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list | tuple) else ()

    return Choice(texts("folders"), texts("documents"), texts("years"))


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The documents of one build, in order, with the shelf that finds places in it."""

    library: Library
    shelf: Shelf
    entries: tuple[Entry, ...]
    _dates: Mapping[str, str] = field(repr=False)

    def folders(self) -> list[str]:
        """Every folder that holds documents, itself or further down."""
        return sorted(
            {"/".join(steps[:n]) for one in self.entries if (steps := one.folder.split("/")) != [""] for n in range(1, len(steps) + 1)}
        )

    def years(self) -> list[str]:
        """Every year that a document bears, newest first."""
        return sorted({year for one in self.entries for year in one.years}, reverse=True)

    def date(self, document: str) -> str:
        """When a document is from, as its front tells; "" where it does not or the build has no such document."""
        return self._dates.get(document, "")

    def dated(self, citation: Citation) -> str:
        """When the source of a citation is from, and on which page it stands, as far as the build knows."""
        return "，".join(filter(None, (self.date(citation.document), "" if citation.page is None else f"第{citation.page}页")))

    def matching(self, choice: Choice) -> tuple[str, ...]:
        """The documents of a choice, in order."""

        def within(one: Entry) -> bool:
            return one.document in choice.documents or any(f"{one.folder}/".startswith(f"{folder}/") for folder in choice.folders)

        placed = [one for one in self.entries if not (choice.folders or choice.documents) or within(one)]
        return tuple(one.document for one in placed if not choice.years or set(one.years) & set(choice.years))


def catalogue(library: Library) -> Catalogue:
    """The catalogue of a build."""
    speeches: dict[str, list[Speech]] = {document.path: [] for document in library.documents}
    for speech in library.speeches:
        if speech.kind == "speech":
            speeches[speech.document].append(speech)
    entries = tuple(_entry(path, found, library.text_of(path)) for path, found in speeches.items())
    return Catalogue(library, Shelf(library.documents, library.speeches), entries, {one.document: one.date for one in entries})


def _entry(path: str, speeches: Sequence[Speech], text: str) -> Entry:
    front = _with_digits(fold(" ".join([path, *(bearing_of(speech, text) for speech in speeches)])))
    now = datetime.now().year  # a title's aim may lie ahead of it (2035), a document never does
    years = tuple(year for year in dict.fromkeys(_YEAR.findall(front)) if int(year) <= now)
    dated = _DATE.search(front)
    date = re.sub(r"\s", "", dated[0]) if dated else f"{years[0]}年" if years else ""
    file = path.split("#", 1)[0]
    folder = file.rpartition("/")[0]
    return Entry(path, folder, tuple(speech.title for speech in speeches), years, date)


def _with_digits(text: str) -> str:
    """`text` with years in Chinese digits (二〇二三年) in Arabic ones."""
    return _CHINESE_YEAR.sub(lambda match: match[0].translate(_CHINESE_DIGITS), text)
