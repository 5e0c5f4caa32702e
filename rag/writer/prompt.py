"""What the model is told: rules, numbered material with its place, the question; all from one template file.

Material and question are data: they stand between marks that nothing in them can imitate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from rag.answer.followup import Turn
from rag.answer.places import Place, outline_of

Message = dict[str, str]
HEADING_CHARACTERS = 60
TURN_CHARACTERS = 600
_MARKS = str.maketrans({"〖": "(", "〗": ")"})
_SPECIAL = re.compile(r"<(?=[|/｜])|\[(?=/?INST\])")  # what chat templates read as the end of a message


@lru_cache(maxsize=1)
def _templates() -> dict[str, str]:
    text = resources.files("rag.writer").joinpath("prompt.txt").read_text(encoding="utf-8")
    parts = re.split(r"(?m)^=== (.+)\n", text)[1:]
    return {name: body.strip("\n") for name, body in zip(parts[::2], parts[1::2], strict=True)}


def harmless(text: str) -> str:
    """`text` without what would end its frame or a message; for the model only, quotes are cut from the source."""
    return _SPECIAL.sub("(", text.translate(_MARKS))


def asking(question: str, materials: Sequence[Place]) -> list[Message]:
    """The messages that ask `question` over `materials`, numbered from 1."""
    shown = "\n\n".join(material(number, place) for number, place in enumerate(materials, 1))
    asked = _filled("提问", materials=shown, question=harmless(question))
    return _messages(_templates()["规则"], asked)


def material(number: int, place: Place) -> str:
    """One piece of material with its number and its place: title and headings."""
    headings = [heading[:HEADING_CHARACTERS] for heading in outline_of(place)]
    path = " › ".join((f"《{place.speech.title.strip('《》')}》", *headings))
    return _filled("材料", number=str(number), path=harmless(" ".join(path.split())), text=harmless(place.text))


def rewriting(question: str, history: Sequence[Turn]) -> list[Message]:
    """The messages that ask for a follow-up in words that stand by themselves."""
    names = {"user": "问", "assistant": "答"}
    turns = "\n".join(f"{names[turn.role]}:{harmless(turn.content[:TURN_CHARACTERS])}" for turn in history)
    return _messages(_templates()["改写规则"], _filled("改写", turns=turns, question=harmless(question)))


def probing() -> list[Message]:
    """The messages that ask for one word."""
    return [{"role": "user", "content": _templates()["探测"]}]


def frame_size() -> int:
    """How many characters rules and frame take."""
    return sum(len(_templates()[name]) for name in ("规则", "提问"))


def _filled(name: str, **slots: str) -> str:
    """A template with its slots filled, in one pass, so that what is put in is not read again."""
    return re.sub(r"\{(\w+)\}", lambda match: slots[match[1]], _templates()[name])


def _messages(rules: str, asked: str) -> list[Message]:
    return [{"role": "system", "content": rules}, {"role": "user", "content": asked}]
