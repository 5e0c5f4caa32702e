"""A formula of an office document written in one line: what stands above what, and in brackets, as one types it.

Follows ECMA-376 part 1, 22.1 (Office Math). Leaves out accents, bars, and how matrices are laid out: their parts stand in order.
"""

from __future__ import annotations

import re

from rag.reading.extracted import raised
from rag.reading.package import Element, attribute, child, children, local

_PLAIN = re.compile(r"[\w.%]*|\(.*\)")  # what needs no brackets to stand as one thing
_SUM = "∫"  # the sign of a large operator that names none (22.1.2.20)


def written(element: Element) -> str:
    """The formula, or what stands below a part of it, in one line."""
    return "".join(_part(one) for one in children(element))


def _part(element: Element) -> str:
    match local(element):
        case "t":
            return element.text or ""
        case "f":
            return f"{_one(element, 'num')}/{_one(element, 'den')}"
        case "sSup":
            return _one(element, "e") + _above(element)
        case "sSubSup":
            return f"{_one(element, 'e')}{_inner(element, 'sub')}{_above(element)}"
        case "rad":
            return f"{_inner(element, 'deg')}√{_one(element, 'e')}"
        case "nary":
            sign = attribute(child(element, "naryPr", "chr")) or _SUM
            return f"{sign}{_inner(element, 'sub')}{_above(element)}{_inner(element, 'e')}"
        case "d":
            return _fenced(element)
        case name if name.endswith("Pr"):
            return ""
        case _:
            return written(element)


def _inner(element: Element, name: str) -> str:
    part = child(element, name)
    return "" if part is None else written(part)


def _one(element: Element, name: str) -> str:
    """A part, in brackets where it is more than one thing."""
    text = _inner(element, name)
    return text if _PLAIN.fullmatch(text) else f"({text})"


def _above(element: Element) -> str:
    """What stands raised: a number in raised characters, anything else behind the sign for it."""
    text = _inner(element, "sup")
    high = raised(text)
    return high if high != text or not text else f"^{_one(element, 'sup')}"


def _fenced(element: Element) -> str:
    """The parts within their brackets; ( and ) where none are named, nothing where the name is empty."""
    marks = [attribute(child(element, "dPr", name)) for name in ("begChr", "sepChr", "endChr")]
    first, between, last = (plain if mark is None else mark for mark, plain in zip(marks, "(|)", strict=True))
    return first + between.join(written(one) for one in children(element, "e")) + last
