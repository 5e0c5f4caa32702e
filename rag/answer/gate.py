"""The quote gate: nothing is shown as cited unless the stored source says it, character for character.

Each quote is cut again out of the stored text. In extractive mode each sentence must then be found in its quotes,
in their order, and whatever is not must be a fixed phrase or a mark that joins quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rag.answer.phrases import PHRASES, is_phrase
from rag.answer.reply import Answer, Citation, Sentence
from rag.errors import GateError
from rag.writing.patterns import regex

JOINT = PHRASES["joined"]
_ITEM_MARK = "- "
# A place that has the same number on both sides: 6|5, 6|.5, 6.|5, 1|,236, 1,|236
_WITHIN_NUMBER = regex(r"(?<=\d)(?=\.?\d)|(?<=\d\.)(?=\d)|(?<=\d)(?=,\d{3}(?!\d))|(?<=\d,)(?=\d{3}(?!\d))")
_Position = tuple[int, int]
Judge = Callable[[str, Sequence[Citation]], bool]


def check_citation(citation: Citation, text_of: Callable[[str], str]) -> None:
    """GateError unless the quote is the stored text of its span, and its paragraph holds it."""
    text = text_of(citation.document)
    found = text[citation.start : citation.end]
    if found != citation.quote or not citation.quote or not 0 <= citation.start < citation.end <= len(text):
        raise GateError(citation.document, citation.start, citation.end, citation.quote, found)
    if citation.quote not in citation.text or citation.text not in text:
        raise GateError(citation.document, citation.start, citation.end, citation.text, found)


def carried(sentence: str, quotes: Sequence[str]) -> bool:
    """Whether `sentence` is made of verbatim stretches of `quotes`, in their order; a … that no quote has joins two.

    No stretch begins or ends within a number of a quote, so that a … can't make 5% of 6.5%.
    """
    parts = sentence.split(JOINT)
    reached: list[_Position | None] = [(0, 0)]  # the earliest place in the quotes at which the parts so far are done
    for end in range(1, len(parts) + 1):
        ways = [_after(JOINT.join(parts[start:end]), quotes, done) for start, done in enumerate(reached) if done is not None]
        reached.append(min((way for way in ways if way is not None), default=None))
    return reached[-1] is not None


def _after(stretch: str, quotes: Sequence[str], position: _Position) -> _Position | None:
    """Where `stretch` ends, found first from `position` on: which quote, and how far in it; None where it is nowhere."""
    for number in range(position[0], len(quotes) if stretch else 0):
        quote = quotes[number]
        at = quote.find(stretch, position[1] if number == position[0] else 0)
        while at >= 0:
            end = at + len(stretch)
            if not (_WITHIN_NUMBER.match(quote, at) or _WITHIN_NUMBER.match(quote, end)):
                return number, end
            at = quote.find(stretch, at + 1)
    return None


def check_sentences(answer: Answer, judged: Judge | None = None) -> None:
    """GateError unless every sentence is carried by the quotes that it cites, or is a fixed phrase.

    What a language model wrote may also be carried as `judged` finds; no other answer may.
    """
    citations = {citation.n: citation for citation in answer.citations}
    for sentence in answer.sentences:
        own = [citations[n] for n in sentence.citations if n in citations]
        cited = [citation.quote for citation in own]
        if len(cited) != len(sentence.citations):
            raise GateError("", 0, 0, sentence.text, f"没有编号为{sentence.citations}的引文")
        if not cited and not is_phrase(sentence.text):
            raise GateError("", 0, 0, sentence.text, "没有引文")
        written = answer.mode == "llm" and judged is not None and judged(sentence.text, own)
        if cited and not written and not carried(sentence.text, cited):
            raise GateError("", 0, 0, sentence.text, " ".join(cited))


def check(answer: Answer, text_of: Callable[[str], str], judged: Judge | None = None) -> Answer:
    """`answer` itself, once every citation, sentence and the joined text hold; else GateError. `judged` as of `check_sentences`."""
    for citation in (*answer.citations, *answer.nearest):
        check_citation(citation, text_of)
    if answer.refused and answer.citations:
        raise GateError(answer.citations[0].document, 0, 0, answer.answer, "拒答不得带引文")
    check_sentences(answer, judged)
    if not _says(answer.answer, answer.sentences):
        raise GateError("", 0, 0, answer.answer, "\n".join(sentence.text for sentence in answer.sentences))
    return answer


def _says(text: str, sentences: Sequence[Sentence]) -> bool:
    """Whether `text` is the sentences joined: fixed phrases on lines of their own, cited sentences on the same line or not."""
    at = 0
    for sentence in sentences:
        lines = (False, True) if sentence.citations else (True,)
        ways = (_written(sentence, line=line, first=at == 0) for line in lines)
        written = next((way for way in ways if text.startswith(way, at)), None)
        if written is None:
            return False
        at += len(written)
    return at == len(text)


def joined(sentences: Iterable[tuple[Sentence, bool]]) -> str:
    """The answer's text: sentences with their markers; those flagged True stand on lines of their own."""
    text = ""
    for sentence, line in sentences:
        text += _written(sentence, line=line, first=not text)
    return text


def _written(sentence: Sentence, *, line: bool, first: bool) -> str:
    markers = "".join(f"[{n}]" for n in sentence.citations)
    lead = "\n" if line and not first else ""
    return f"{lead}{_ITEM_MARK if line and sentence.citations else ''}{sentence.text}{markers}"
