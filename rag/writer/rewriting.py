"""A follow-up in words that stand by themselves, by the model; kept only where it adds nothing to what was said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.answer.answerer import QUESTION_CHARACTERS
from rag.answer.followup import Turn
from rag.writer.claims import bare, tokens_of
from rag.writer.client import Client
from rag.writer.prompt import rewriting

TURNS = 6  # of the conversation that a follow-up may lean on
LONGEST = 200  # characters of a rewriting
_THOUGHT = re.compile(r"^\s*<think>.*?</think>", re.S)


def rewritten(client: Client, question: str, history: Sequence[Turn], stopped: Callable[[], bool]) -> str | None:
    """The question made whole; None where the model gives none that may be used. WriterFault where it does not answer."""
    turns = [turn for turn in history if turn.content.strip()][-TURNS:]
    whole = _THOUGHT.sub("", "".join(client.words(rewriting(question, turns), stopped))).strip()
    wording = whole.removeprefix("〖问题〗").removesuffix("〖/问题〗").strip()
    said = bare("\n".join((question, *(turn.content for turn in turns))))
    one_line = 0 < len(wording) <= min(LONGEST, QUESTION_CHARACTERS) and "\n" not in wording
    return wording if one_line and _adds_nothing(wording, said) else None


def _adds_nothing(wording: str, said: str) -> bool:
    """Whether every number, name and word of the rewriting was said before."""
    there = {token.key for token in tokens_of(said)}
    return all(
        token.key in there or (token.kind in ("word", "time", "scope") and token.text in said) or token.kind == "free"
        or (token.kind == "word" and not token.tag.startswith(("n", "eng", "j", "l", "i", "v", "m")))
        for token in tokens_of(bare(wording.rstrip("?？")))
    )
