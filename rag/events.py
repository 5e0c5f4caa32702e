"""What a question leads to, step by step, as the page draws it and a command waits for it.

A writer's answer grows sentence by sentence; a quoted one comes whole. Each step carries all of the answer that may be
shown so far, every quote of it checked, so that who draws needs no memory of the steps before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag.answer.reply import Answer

Kind = Literal["understood", "verified", "replaced", "dropped", "notice", "done"]


@dataclass(frozen=True, slots=True)
class Event:
    """One step. `answer` is what may be shown so far; the one of "done" is the whole answer, and the last step.

    "understood": how a follow-up was read, before anything is written (`words`). "verified": the answer's last sentence
    is new, and holds. "replaced": the answer's last sentence stands in the place of the model's own (`draft`), which did
    not hold (`words` says why). "dropped": the model's sentence (`draft`) is left out and nothing put in its place.
    "notice": `words` are for the user, as when the model does not answer and quotes take over.

    `answer.explain["writer"]`, where a model was asked, keeps it all for a finished answer: {"model", "first": seconds to
    its first word, "notices": [words], "draft": the model's whole text, "sentences": [{"draft", "state":
    "verified"|"replaced"|"dropped", "why"}]}.
    """

    kind: Kind
    answer: Answer
    draft: str = ""
    words: str = ""
