"""The numbers that Word and WPS show before paragraphs and do not store: counted and written out.

Follows ECMA-376 part 1, 17.9 (numbering) and 17.7 (styles): a paragraph's list is its own or its style's; lists of one
abstract definition count on together; a level begins anew below a higher one. Leaves out pictures as bullets, and
restarts tied to any level but the one above.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from rag.reading.counting import written
from rag.reading.package import Element, attribute, child, children

BULLET = "●"  # in place of a sign of a symbol font, which has no character of its own
_LEVEL = re.compile(r"%([1-9])")
_STYLES_DEEP = 20
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered. `style` is the paragraph style that stands for the level."""

    form: str
    text: str
    start: int
    suffix: str
    restarts: bool
    arabic: bool
    style: str | None


@dataclass(slots=True)
class _List:
    """A w:num: its abstract definition, its own levels, and the starts that it sets at its first use."""

    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    number: str | None
    level: int | None


class Numbering:
    """Counts the numbered paragraphs of one document, asked for each in the order of the text."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {} if styles is None else {attribute(one, "styleId") or "": _style(one) for one in children(styles, "style")}
        self._default = None if styles is None else next(
            (attribute(one, "styleId") for one in children(styles, "style")
             if attribute(one, "type") == "paragraph" and attribute(one, "default") in ("1", "true", "on")), None)
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        if numbering is not None:
            self._read(numbering)
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, properties: Element | None) -> str:
        """The number before the paragraph of these w:pPr, with what parts it from the text; "" where it has none."""
        number, level = self._list_of(properties)
        found = self._lists.get(number) if number is not None else None
        if number is None or found is None:
            return ""
        abstract = self._linked(found.abstract)
        levels = self._abstract.get(abstract, {}) | found.levels
        if level not in levels:
            return ""
        self._count(number, found, abstract, levels, level)
        return _written(levels, level, self._counters[abstract])

    def _read(self, numbering: Element) -> None:
        for one in children(numbering, "abstractNum"):
            identity = attribute(one, "abstractNumId") or ""
            self._abstract[identity] = dict(_levels(one))
            link = attribute(child(one, "numStyleLink"))
            if link:
                self._links[identity] = link
        for one in children(numbering, "num"):
            made = _List(attribute(child(one, "abstractNumId")) or "")
            for override in children(one, "lvlOverride"):
                level = _integer(attribute(override, "ilvl"), 0)
                start = attribute(child(override, "startOverride"))
                if start is not None:
                    made.starts[level] = _integer(start, 1)
                made.levels |= dict(_levels(override))
            self._lists[attribute(one, "numId") or ""] = made

    def _linked(self, abstract: str) -> str:
        """The abstract definition that another stands for by way of a list style."""
        style = self._styles.get(self._links.get(abstract, ""))
        target = self._lists.get(style.number) if style is not None and style.number is not None else None
        return target.abstract if target is not None and not self._abstract.get(abstract) else abstract

    def _list_of(self, properties: Element | None) -> tuple[str | None, int]:
        """The list and the level of a paragraph; None for none, as for the list "0", which takes a style's away."""
        own = child(properties, "numPr")
        number = attribute(child(own, "numId"))
        level = attribute(child(own, "ilvl"))
        name = attribute(child(properties, "pStyle")) or self._default
        if number is None:
            number, inherited = self._of_style(name)
            level = level if level is not None else inherited
        if number is None or number == "0":
            return None, 0
        return number, _integer(level, 0)

    def _of_style(self, name: str | None) -> tuple[str | None, str | None]:
        first = name
        for _ in range(_STYLES_DEEP):
            style = self._styles.get(name or "")
            if style is None:
                break
            if style.number is not None:
                return style.number, str(self._level_of(style.number, (first, name), style.level))
            name = style.based_on
        return None, None

    def _level_of(self, number: str, names: tuple[str | None, ...], level: int | None) -> int:
        """The level of a list that stands for one of the styles, else the style's own."""
        made = self._lists.get(number)
        levels = {} if made is None else self._abstract.get(self._linked(made.abstract), {})
        found = next((at for name in names for at, one in levels.items() if name is not None and one.style == name), None)
        return level if level is not None else found or 0

    def _count(self, number: str, found: _List, abstract: str, levels: dict[int, _Level], level: int) -> None:
        counters = self._counters.setdefault(abstract, {})
        if level in found.starts and (number, level) not in self._started:
            counters[level] = found.starts[level]
        elif level in counters:
            counters[level] = min(counters[level] + 1, _LARGEST)
        else:
            counters[level] = levels[level].start
        self._started.add((number, level))
        for deeper in [at for at in counters if at > level and (at not in levels or levels[at].restarts)]:
            del counters[deeper]


def _style(element: Element) -> _Style:
    numbers = child(element, "pPr", "numPr")
    level = attribute(child(numbers, "ilvl"))
    return _Style(attribute(child(element, "basedOn")), attribute(child(numbers, "numId")), None if level is None else _integer(level, 0))


def _levels(element: Element) -> list[tuple[int, _Level]]:
    found = []
    for one in children(element, "lvl"):
        form = child(one, "numFmt")
        if form is None:  # the newer forms stand in an alternative, with a fallback that every program knows
            form = child(one, "AlternateContent", "Choice", "numFmt")
        found.append((_integer(attribute(one, "ilvl"), 0), _Level(
            form=attribute(form) or "decimal",
            text=attribute(child(one, "lvlText")) or "",
            start=_integer(attribute(child(one, "start")), 1 if child(one, "start") is not None else 0),
            suffix=attribute(child(one, "suff")) or "tab",
            restarts=attribute(child(one, "lvlRestart")) != "0",
            arabic=_is_on(child(one, "isLgl")),
            style=attribute(child(one, "pStyle")),
        )))
    return found


def _is_on(element: Element | None) -> bool:
    return element is not None and attribute(element) not in ("0", "false", "off")


def _integer(value: str | None, otherwise: int) -> int:
    """A number as XML has it, within bounds; `otherwise` where it is none."""
    try:
        return max(0, min(int(value or ""), _LARGEST))
    except ValueError:
        return otherwise


def _written(levels: dict[int, _Level], level: int, counters: dict[int, int]) -> str:
    own = levels[level]
    if own.form == "bullet":
        sign = own.text.strip()
        text = BULLET if any(unicodedata.category(one) in ("Co", "Cn") for one in sign) else sign
    else:
        text = _LEVEL.sub(lambda match: _numeral(levels, int(match[1]) - 1, counters, arabic=own.arabic), own.text)
    return text + _gap(text, own.suffix) if text.strip() else ""


def _numeral(levels: dict[int, _Level], at: int, counters: dict[int, int], *, arabic: bool) -> str:
    if at not in levels:
        return ""
    form = levels[at].form
    plain = arabic and form not in ("decimal", "decimalZero", "none")
    return written(counters.get(at, levels[at].start), "decimal" if plain else form)


def _gap(label: str, suffix: str) -> str:
    """What parts a number from its text: nothing after a mark that is wide enough by itself, else a space."""
    return "" if suffix == "nothing" or label.rstrip()[-1] in "、.．。)）,，:：" else " "
