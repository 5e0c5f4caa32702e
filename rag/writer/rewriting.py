"""A follow-up in words that stand by themselves, by the model; kept only where it adds nothing to what was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.answer.answerer import QUESTION_CHARACTERS
from rag.answer.followup import Turn
from rag.writer.claims import bare, tokens_of
from rag.writer.client import Client
from rag.writer.prompt import rewriting
from rag.writer.splitting import Splitter

TURNS = 6  # of the conversation that a follow-up may lean on
LONGEST = 200  # characters of a rewriting


def rewritten(client: Client, question: str, history: Sequence[Turn], stopped: Callable[[], bool]) -> str | None:
    """The question made whole; None where the model gives none that may be used. WriterFault where it does not answer."""
    turns = [turn for turn in history if turn.content.strip()][-TURNS:]
    splitter = Splitter()
    lines = [line.text for piece in client.words(rewriting(question, turns), stopped) for line in splitter.feed(piece)]
    lines += [line.text for line in splitter.end()]
    wording = (lines or [""])[0].removeprefix("〖问题〗").removesuffix("〖/问题〗").strip()
    said = bare("\n".join((question, *(turn.content for turn in turns))))
    if len(lines) > 1 or not wording or len(wording) > min(LONGEST, QUESTION_CHARACTERS) or not _adds_nothing(wording, said):
        return None
    return wording


def _adds_nothing(wording: str, said: str) -> bool:
    """Whether every number, name and word of the rewriting was said before."""
    there = {token.key for token in tokens_of(said)}
    return all(
        token.key in there or (token.kind in ("word", "time", "scope") and token.text in said) or token.kind == "free"
        or (token.kind == "word" and not token.tag.startswith(("n", "eng", "j", "l", "i", "v", "m")))
        for token in tokens_of(bare(wording.rstrip("?？")))
    )
