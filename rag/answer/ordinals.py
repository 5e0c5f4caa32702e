"""Which items of a list are meant by their places: 第三条, 最后那个, 头一块, 倒数第二项, 后者, 下一个, 其余的."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.writing.numerals import integer
from rag.writing.patterns import regex

_OF = "[个种项条点类件步层句方大块样]"  # what items are counted with
_SOME = "两二三四五六七八九十"
_ORDINAL = regex(
    f"(?P<back>倒数)?第(?P<n>[一二三四五六七八九十]{{1,3}}|\\d{{1,2}})(?:{_OF}|方面)?(?!季度|产业|次会议|届|篇)"
    f"|(?P<first>头一(?:{_OF}|方面)|前者|前一?[种类项条])"
    f"|(?P<rest>其[余他它]|剩下?的|余下|另外[几{_SOME}]{_OF}|^还有(?:别的|哪些|什么|啥)?吗?呢?[?？。]*$)"
    f"|(?:最后|最末)[的那这]?(?:一|(?P<last>[{_SOME}]))?(?:{_OF}|方面)?|(?P<final>后者|后一?[种类项条])"
    "|(?P<next>下)一?(?:[个种项条点类件]|步(?=[是呢讲说?？]|$)|方面)"
)


# An ordinal with what it counts, as a text says it itself (第二步, 第三个阶段).
ORDINAL_NOUN = regex("第[一二三四五六七八九十\\d]{1,3}(?:个[\u4e00-\u9fff]{2}|步|阶段)")
_QUOTED = regex("“([^”]{2,16})”")
_BETWEEN = regex("[、,，]|以及|[和及与]")
_OPENING = regex("^.*?(?:分为|包括|[是为有]|:|：)")
NAME = 10  # characters of an item that is told by its name alone


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A place in a list: the `number`th from its start, from its end, or after what was told; or all that was not told."""

    start: Literal["first", "last", "told", "rest"]
    number: int = 1


def ordinals(folded: str) -> tuple[Ordinal, ...]:
    """The places that a folded question names, in order."""
    return tuple(found for match in _ORDINAL.finditer(folded) for found in _meant(match.groupdict()))


def has_ordinal(folded: str) -> bool:
    """Whether a folded text names a place in a list."""
    return _ORDINAL.search(folded) is not None


def _meant(match: dict[str, str | None]) -> list[Ordinal]:
    if match["n"]:
        return [Ordinal("last" if match["back"] else "first", integer(match["n"]) or 0)]
    if match["first"]:
        return [Ordinal("first")]
    if match["rest"]:
        return [Ordinal("rest")]
    if match["next"]:
        return [Ordinal("told")]
    many = integer(match["last"]) or 1 if match["last"] else 1
    return [Ordinal("last", number) for number in range(many, 0, -1)]


def resolved(places: Sequence[Ordinal], count: int, told: Sequence[int]) -> list[int]:
    """Where the places are in a list of `count`, from 0, whose items at `told` were told; [] where it has not all of them."""
    indices: list[int] = []
    for place in places:
        match place.start:
            case "first":
                indices.append(place.number - 1)
            case "last":
                indices.append(count - place.number)
            case "told":
                indices.append(max(told, default=-1) + 1)
            case "rest":
                indices += [index for index in range(count) if index not in told]
    return indices if all(0 <= index < count for index in indices) else []


def names_in(said: str) -> list[str]:
    """The short names that an answer tells side by side; [] where it tells none, or itself counts (第一步,…)."""
    if ORDINAL_NOUN.search(said):
        return []
    quoted = _QUOTED.findall(said)
    names = quoted if len(quoted) > 1 else [name for name in _BETWEEN.split(_OPENING.sub("", said.strip("。；;"))) if name]
    return names if len(names) > 1 and max(map(len, names)) <= NAME else []


def named_place(folded: str, said: str) -> str | None:
    """The folded question with the name of the item that it means, where the answer `said` names a few side by side; else None."""
    place, names = _ORDINAL.search(folded), names_in(said)
    found = resolved(_meant(place.groupdict()), len(names), range(len(names))) if place is not None else []
    return f"{folded[: place.start()]}{names[found[0]]}{folded[place.end() :]}" if place is not None and len(found) == 1 else None
