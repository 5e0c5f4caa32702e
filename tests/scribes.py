"""A scripted model that writes what it is given rightly, wrongly, or both; what it made false, and what of that was shown."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random

import pytest

from rag.answer.reply import Answer, Sentence
from rag.engine import Engine
from rag.settings import Settings
from rag.writer.changes import Base
from rag.writer.claims import SILENT
from rag.writer.falsehoods import FALSE
from rag.writer.judging import Source
from rag.writer.paraphrases import TRUE
from rag.writer.scripted import Script, served
from rag.writing.figures import figures
from rag.writing.fold import fold
from rag.writing.sentences import sentences

MANNERS = ("right", "wrong", "mixed")
MATERIALS = 2  # of those given: the question's own paragraph is the first
INVENTED = (
    "全市{head}达到{figure}亿元,创历史新高。", "{head}比上年增长{figure}%,居全省第一。", "这说明{head}形势很好,还要再投入{figure}万元。",
)  # fmt: skip


class Scribe:
    """Writes the sentences of the first materials; `made` counts, and `false` tells the kind of, what it made false."""

    def __init__(self, manner: str, seed: int = 0) -> None:
        self.manner = manner
        self.false: dict[str, str] = {}
        self.made: Counter[str] = Counter()
        self._random = Random(f"{manner} {seed}")

    def say(self, messages: Sequence[dict[str, str]]) -> str:
        """A draft, each sentence with the number of its material; in the end, but for the right manner, one that is made up."""
        found = re.findall(r"〖材料 (\d+)〗[^\n]*\n(.*?)\n〖/材料〗", messages[-1]["content"], re.S)[:MATERIALS]
        texts = [text for _, text in found]
        lines = [self._line(said, at, found) for at, text in enumerate(texts) for said in _sentences(text)]
        return "".join([*lines, *([] if self.manner == "right" else [self._invented(*found[0])])])

    def _line(self, said: str, at: int, found: Sequence[tuple[str, str]]) -> str:
        number, text = found[at]
        base = Base(said, Source(text), Source(found[at - 1][1]))
        if self.manner == "right" or (self.manner == "mixed" and self._random.random() < 0.5):
            return f"{self._rightly(base)}[{number}]\n"
        for kind in sorted(self._random.sample(list(FALSE), len(FALSE)), key=self.made.__getitem__):  # each as often as may be
            cited, there = found[at - 1] if kind == "miscited" else (number, text)
            made = FALSE[kind](base, self._random)
            if made is not None and letters(made) not in letters(there):
                return self._told(kind, made, cited)
        return f"{said}[{number}]\n"

    def _rightly(self, base: Base) -> str:
        return TRUE[self._random.choice(list(TRUE))](base, self._random) or base.said

    def _invented(self, number: str, text: str) -> str:
        head = fold(text)[: self._random.randint(2, 8)]
        made = self._random.choice(INVENTED).format(head=head, figure=self._random.randint(11, 9999))
        return self._told("invented", made, number)

    def _told(self, kind: str, made: str, number: str) -> str:
        self.made[kind] += 1
        self.false[letters(made)] = kind
        return f"{made}[{number}]\n"

    def shown(self, answers: Sequence[Answer]) -> Counter[str]:
        """How many of the sentences that it made false are shown, by kind: as cited by what does not say them."""
        said = [(sentence, answer) for answer in answers if answer.mode == "llm" for sentence in answer.sentences]
        kinds = (self.false.get(letters(sentence.text)) for sentence, answer in said if not _stands(sentence, answer))
        return Counter(kind for kind in kinds if kind is not None)


def letters(text: str) -> str:
    """All that a text claims: folded, without blanks and the marks that claim nothing."""
    return "".join(character for character in fold(text) if character not in SILENT and not character.isspace())


def _sentences(text: str) -> Iterator[str]:
    return (re.sub(r"\s+", "", fold(text[start:end])) for start, end in sentences(text, 0, len(text)))


def _stands(sentence: Sentence, answer: Answer) -> bool:
    return any(letters(sentence.text) in letters(one.quote) for one in answer.citations if one.n in sentence.citations)


def unfounded(answer: Answer) -> list[str]:
    """The sentences of the answer with a figure that stands in none of the quotes these cite, whoever wrote them."""
    quotes = {citation.n: fold(citation.quote) for citation in answer.citations}
    found = []
    for sentence in answer.sentences:
        there = {(figure.value, figure.unit) for n in sentence.citations for figure in figures(quotes[n])}
        said = figures(fold(sentence.text)) if sentence.citations else []
        found += [sentence.text for figure in said if (figure.value, figure.unit) not in there]
    return found


@contextmanager
def written_by(scribe: Scribe, settings: Settings) -> Iterator[Engine]:
    """An engine whose answers `scribe` writes, over real HTTP."""
    with served(Script(scribe.say)) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("YANJU_LLM_URL", url)
        patch.setenv("YANJU_LLM_MODEL", "m")
        yield Engine(settings)
