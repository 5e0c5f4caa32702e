"""The scripted server says what it is told to, piece by piece, and fails in order."""

import json
import urllib.request
from urllib.error import HTTPError

import pytest

from rag.writer.scripted import PIECE, Script, served


def asked(url: str, words: str = "问") -> list[str]:
    """The pieces of an answer, as they come over the wire."""
    body = json.dumps({"model": "m", "messages": [{"role": "user", "content": words}], "stream": True}).encode()
    request = urllib.request.Request(f"{url}/chat/completions", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as response:
        lines = [line.removeprefix(b"data: ").strip() for line in response if line.startswith(b"data: ")]
    assert lines[-1] == b"[DONE]"
    chunks = [json.loads(line) for line in lines[:-1]]
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"
    return [chunk["choices"][0]["delta"]["content"] for chunk in chunks[:-1]]


def test_an_answer_comes_in_pieces_and_may_follow_the_question() -> None:
    """Of a few characters each; each is told of as it leaves."""
    script, sent = Script(lambda messages: f"答{messages[-1]['content']}完了"), []
    script.sent = sent.append
    with served(script) as url:
        pieces = asked(url, "今年如何")
    assert "".join(pieces) == "答今年如何完了" and max(map(len, pieces)) == PIECE and sent == pieces


def test_faults_come_in_their_order_and_then_no_more() -> None:
    """A status where one is due; what was asked is kept."""
    script = Script("好", ["429", None])
    with served(script) as url:
        with pytest.raises(HTTPError) as raised:
            asked(url)
        assert raised.value.code == 429 and asked(url) == asked(url) == ["好"]
    assert len(script.asked) == 3
