"""What the contract says of every answer."""

import json

from rag.answer.answerer import NEAREST, Answerer
from rag.answer.gate import carried
from rag.answer.phrases import is_phrase
from rag.answer.reply import Answer
from tests.small import BUILD


def hold(answer: Answer, answerer: Answerer) -> None:
    """What the contract says always holds."""
    texts = {path: document.text for path, document in answerer.shelf.documents.items()}
    assert [cited.n for cited in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert len(answer.nearest) <= NEAREST and answer.build == BUILD and answer.mode == "extractive"
    for cited in (*answer.citations, *answer.nearest):
        assert texts[cited.document][cited.start : cited.end] == cited.quote != ""
        assert cited.quote in cited.text and cited.text in texts[cited.document] and cited.label.endswith(f"第{cited.paragraph}段")
    for sentence in answer.sentences:
        own = [answer.citations[n - 1].quote for n in sentence.citations]
        assert carried(sentence.text, own) if own else is_phrase(sentence.text)
    assert (answer.reason is not None) == answer.refused == (not answer.citations)
    assert not answer.refused or (answer.answer == answer.reason and is_phrase(answer.answer) and answer.coverage is None)
    short = answer.coverage is not None and answer.coverage.stated > answer.coverage.found
    assert not short or f"{answer.coverage.stated}项" in answer.answer
    assert answer.milliseconds.total >= 0 and json.loads(json.dumps(answer.as_json()))["question"] == answer.question
