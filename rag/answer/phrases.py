"""The product's own fixed phrases: all that an answer may say without a quote.

Slots take only counts, names and labels of documents, or words of the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.writing.patterns import regex

PHRASES = {
    "refused": "库中没有找到能回答这个问题的原文。",
    "missing": "库中没有找到能回答这个问题、又说到“{words}”的原文。",
    "missing_figure": "库中没有找到“{words}”的数字。",
    "missing_time": "库中没有找到能回答这个问题的“{words}”的原文。",
    "shortfall": "原文称{stated}项，找到{found}项。",
    "doubtful": "这段原文不一定正好回答所问，请核对。",
    "source": "《{title}》：",
    "source_silent": "《{title}》：没有找到相关原文。",
    "slot": "{words}：",
    "slot_silent": "{words}：没有找到相关原文。",
    "joined": "…",
}
INNER = str.maketrans("“”", "‘’")  # quotation marks within such, as GB/T 15834 has them
_LONGEST = {"words": 200, "title": 300, "stated": 4, "found": 4}  # characters
_NARROW = {"，": ",", "：": ":"}  # as phrases had them once: answers saved then are still read
_SLOTS = {"words": "[^”\n]{1,200}", "title": "[^\n]{1,300}", "stated": r"\d{1,4}", "found": r"\d{1,4}"}


def phrase(name: str, **slots: object) -> str:
    """The fixed phrase `name` with its slots filled, each on one line and cut to its length, so that `is_phrase` knows it."""
    return PHRASES[name].format(**{slot: _tidy(slot, str(value)) for slot, value in slots.items()})


def is_phrase(text: str) -> bool:
    """Whether `text` is one of the fixed phrases, whatever its slots hold."""
    return any(True for _ in readings(text))


def readings(text: str) -> Iterator[dict[str, str]]:
    """What the slots hold, for each fixed phrase that `text` can be read as."""
    return (match.groupdict() for pattern in _PATTERNS if (match := pattern.fullmatch(text)))


def _tidy(slot: str, value: str) -> str:
    value = " ".join(value.split())[: _LONGEST[slot]]
    return value.translate(INNER) if slot == "words" else value


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    return regex("".join(f"(?P<{part}>{_SLOTS[part]})" if index % 2 else _either(part) for index, part in enumerate(parts)))


def _either(words: str) -> str:
    return re.sub("[，：]", lambda mark: f"[{mark[0]}{_NARROW[mark[0]]}]", re.escape(words))


_PATTERNS = tuple(_pattern(template) for template in PHRASES.values())
