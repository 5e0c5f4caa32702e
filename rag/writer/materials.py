"""The material that a model is given: whole paragraphs, the likeliest first, as many as its context takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answer.answerer import Answerer
from rag.answer.places import Place
from rag.answer.reply import Answer
from rag.writer.access import Access
from rag.writer.prompt import frame_size, material
from rag.writing.sentences import sentences

SEARCHED = 16  # passages beyond those that the quoted answer stands on
MOST = 20  # more material hides what matters, and takes longer to read
PARAGRAPH_CHARACTERS = 700  # of a longer paragraph only the sentences around what was found
ANSWER_SHARE = 0.25  # of the context is left for the answer


def gather(answerer: Answerer, quoted: Answer, speeches: Sequence[str], access: Access) -> tuple[Place, ...]:
    """The material for the question that `quoted` answers: its own paragraphs, then what the search finds, within budget.

    The budget counts one token a character, as no tokenizer of a Chinese model needs more.
    """
    left = int(access.context * (1 - ANSWER_SHARE)) - frame_size() - len(quoted.question)
    chosen: list[Place] = []
    for place in _candidates(answerer, quoted, speeches):
        if any(_within(place, other) for other in chosen):
            continue
        size = len(material(len(chosen) + 1, place))
        if len(chosen) >= MOST or (size > left and chosen):
            break
        chosen.append(place)
        left -= size
    return tuple(chosen)


def _candidates(answerer: Answerer, quoted: Answer, speeches: Sequence[str]) -> Iterator[Place]:
    for citation in quoted.citations:
        yield _around(answerer.shelf.place(citation.document, citation.start, citation.end))
    chosen = speeches or quoted.explain.get("speeches", ())
    named = [speech for speech in answerer.shelf.every_speech() if speech.title in chosen or speech.document in chosen]
    wording = str(quoted.explain.get("understood") or quoted.question)
    for passage, _ in answerer.search(wording, SEARCHED, named):
        yield _around(answerer.shelf.place(passage.document, passage.start, passage.end))


def _around(place: Place) -> Place:
    """The paragraph of a place; of a long one the sentences around the place."""
    start, end = place.paragraph.start, place.paragraph.end
    if end - start <= PARAGRAPH_CHARACTERS:
        return place.at(start, end)
    spans = sentences(place.document.text, start, end)
    inside = [i for i, span in enumerate(spans) if span[0] < place.end and span[1] > place.start] or [0]
    first, last = inside[0], inside[-1]
    while True:
        wider = (max(0, first - 1), min(len(spans) - 1, last + 1))
        if wider == (first, last) or spans[wider[1]][1] - spans[wider[0]][0] > PARAGRAPH_CHARACTERS:
            return place.at(spans[first][0], spans[last][1])
        first, last = wider


def _within(place: Place, other: Place) -> bool:
    return place.document is other.document and other.start <= place.start and place.end <= other.end
