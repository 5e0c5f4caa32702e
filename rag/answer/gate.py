"""The quote gate: nothing is shown as cited unless the stored source says it, character for character.

Each quote is cut again out of the stored text. In extractive mode each sentence must then be found in its quotes,
in their order, and whatever is not must be a fixed phrase or a mark that joins quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from rag.answer.phrases import PHRASES, is_phrase
from rag.answer.reply import Answer, Citation, Sentence
from rag.errors import GateError

JOINT = PHRASES["joined"]
_MARKERS = re.compile(r"(?:\[\d+\])+")
_ITEM_MARK = "- "


def check_citation(citation: Citation, text_of: Callable[[str], str]) -> None:
    """GateError unless the quote is the stored text of its span, and its paragraph holds it."""
    text = text_of(citation.document)
    found = text[citation.start : citation.end]
    if found != citation.quote or not citation.quote or not 0 <= citation.start < citation.end <= len(text):
        raise GateError(citation.document, citation.start, citation.end, citation.quote, found)
    if citation.quote not in citation.text or citation.text not in text:
        raise GateError(citation.document, citation.start, citation.end, citation.text, found)


def carried(sentence: str, quotes: Sequence[str]) -> bool:
    """Whether `sentence`, cut at the joint …, is made of verbatim stretches of `quotes`, in their order."""
    position = [0, 0]  # which quote, and how far in it
    return all(stretch and _advance(stretch, quotes, position) for stretch in sentence.split(JOINT))


def _advance(stretch: str, quotes: Sequence[str], position: list[int]) -> bool:
    for number in range(position[0], len(quotes)):
        start = position[1] if number == position[0] else 0
        at = quotes[number].find(stretch, start)
        if at >= 0:
            position[0], position[1] = number, at + len(stretch)
            return True
    return False


def check_sentences(answer: Answer) -> None:
    """GateError unless every sentence is carried by the quotes that it cites, or is a fixed phrase."""
    quotes = {citation.n: citation.quote for citation in answer.citations}
    for sentence in answer.sentences:
        cited = [quotes[n] for n in sentence.citations if n in quotes]
        if len(cited) != len(sentence.citations):
            raise GateError("", 0, 0, sentence.text, f"没有编号为{sentence.citations}的引文")
        if not cited and not is_phrase(sentence.text):
            raise GateError("", 0, 0, sentence.text, "没有引文")
        if cited and not carried(sentence.text, cited):
            raise GateError("", 0, 0, sentence.text, " ".join(cited))


def check(answer: Answer, text_of: Callable[[str], str]) -> Answer:
    """`answer` itself, once every citation, sentence and the joined text hold; else GateError."""
    for citation in (*answer.citations, *answer.nearest):
        check_citation(citation, text_of)
    if answer.refused and answer.citations:
        raise GateError(answer.citations[0].document, 0, 0, answer.answer, "拒答不得带引文")
    if answer.mode == "extractive":
        check_sentences(answer)
        said = "\n".join(sentence.text for sentence in answer.sentences)
        if plain(answer.answer) != plain(said):
            raise GateError("", 0, 0, answer.answer, said)
    return answer


def joined(sentences: Iterable[tuple[Sentence, bool]]) -> str:
    """The answer's text: sentences with their markers; those flagged True stand on lines of their own."""
    text = ""
    for sentence, line in sentences:
        markers = "".join(f"[{n}]" for n in sentence.citations)
        lead = "\n" if line and text else ""
        text += f"{lead}{_ITEM_MARK if line and sentence.citations else ''}{sentence.text}{markers}"
    return text


def plain(text: str) -> str:
    """`text` without citation markers, item marks and white space: what must agree with the sentences."""
    without = _MARKERS.sub("", text)
    return re.sub(r"\s+", "", re.sub(r"(?m)^- ", "", without))
