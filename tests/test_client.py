"""The client against a server that fails as it is told to: each fault is named, within its bound, and nothing hangs."""

import time

import pytest

from rag.errors import WriterFault
from rag.writer.access import Access
from rag.writer.client import ANSWER_CHARACTERS, Client, Stopped
from rag.writer.scripted import Fault, Script, served

ASKED = [{"role": "user", "content": "问"}]
SAID = "全县生产总值完成236.5亿元[1]。" * 3


def access(url: str, key: str = "") -> Access:
    """A model at `url` that may take a second."""
    return Access(url, "m", key, first=1.0, idle=0.6, total=3.0)


def test_words_come_as_they_are_said() -> None:
    """All of them, in order, in several pieces; the key goes where it belongs."""
    script = Script(SAID)
    with served(script) as url:
        pieces = list(Client(access(url, "sk-1")).words(ASKED))
    assert "".join(pieces) == SAID and len(pieces) > 5
    assert script.keys == ["Bearer sk-1"] and script.asked[0]["messages"] == ASKED and script.asked[0]["stream"] is True


FAULTS: list[tuple[Fault, str, float, int]] = [
    ("401", "unauthorised", 0.5, 1), ("404", "failing", 0.5, 1), ("429", "quota", 1.2, 2), ("500", "failing", 1.2, 2),
    ("slow", "slow", 1.4, 1), ("pause", "slow", 1.4, 1), ("cut", "cut", 0.5, 1), ("nonsense", "nonsense", 0.5, 1),
    ("page", "nonsense", 0.5, 1), ("endless", "endless", 3.5, 1), ("huge", "endless", 3.5, 1), ("line", "endless", 3.5, 1),
    ("length", "cut", 0.5, 1),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "kind", "seconds", "tries"), FAULTS, ids=[fault for fault, *_ in FAULTS])
def test_a_fault_is_named_within_its_bound(fault: Fault, kind: str, seconds: float, tries: int) -> None:
    """Its kind, in time, after one more try where that may help; what the server said of the key stays unsaid."""
    script = Script(SAID, forever=fault)
    with served(script) as url:
        client = Client(access(url, "sk-secret"))
        started = time.monotonic()
        with pytest.raises(WriterFault) as raised:
            list(client.words(ASKED))
        spent = time.monotonic() - started
    assert raised.value.kind == kind and len(script.asked) == tries
    assert spent < seconds + 1.5  # what a busy machine adds
    assert "sk-secret" not in f"{raised.value}{raised.value!r}"


def test_nobody_there_is_named_too() -> None:
    """A port that nobody listens at."""
    with served(Script("")) as url:
        pass
    with pytest.raises(WriterFault) as raised:
        list(Client(access(url)).words(ASKED))
    assert raised.value.kind == "unreachable"


def test_a_second_try_may_do() -> None:
    """Busy once, then not."""
    with served(Script(SAID, ["429"])) as url:
        assert "".join(Client(access(url)).words(ASKED)) == SAID


def test_who_stops_waits_no_longer() -> None:
    """Within a twentieth of a second, whatever the server does."""
    with served(Script(SAID, forever="slow")) as url:
        started = time.monotonic()
        with pytest.raises(Stopped):
            list(Client(access(url)).words(ASKED, lambda: time.monotonic() - started > 0.1))
        assert time.monotonic() - started < 0.6


def test_no_answer_is_longer_than_an_answer() -> None:
    """What is said before the bound is heard, what comes after is not waited for."""
    heard = []
    with served(Script(SAID, forever="endless")) as url, pytest.raises(WriterFault):
        heard.extend(Client(access(url)).words(ASKED))
    assert len("".join(heard)) <= ANSWER_CHARACTERS


def test_a_probe_says_who_answers_and_how_fast() -> None:
    """By the name that the server gives."""
    with served(Script("好")) as url:
        probe = Client(access(url)).probe()
    assert probe.model == "照本宣科" and 0 < probe.first < 1
