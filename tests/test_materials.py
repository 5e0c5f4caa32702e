"""What a model is given to read: the quoted answer's own paragraphs first, whole, and as many more as fit."""

from dataclasses import replace

import pytest

from rag.answer.answerer import Answerer
from rag.search.encoder import Encoder
from rag.writer.access import Access
from rag.writer.materials import PARAGRAPH_CHARACTERS, gather
from rag.writer.prompt import frame_size, material
from tests.small import LIBRARY, WORK, answerer_of

ASKED = "青溪县生产总值完成多少?"
ACCESS = Access("http://127.0.0.1:1/v1", "m")


@pytest.fixture(scope="module")
def answerer(model: Encoder) -> Answerer:
    """Two invented speeches."""
    return answerer_of(model, LIBRARY)


def test_the_answers_own_paragraph_comes_first_and_whole(answerer: Answerer) -> None:
    """And no paragraph comes twice, nor one within another."""
    places = gather(answerer, answerer.answer(ASKED), (), ACCESS)
    assert places[0].text.startswith("去年,全县生产总值") and places[0].text.endswith("下降2.4%。")
    assert len({(place.document.path, place.start) for place in places}) == len(places) > 2


def test_no_more_is_given_than_the_context_takes(answerer: Answerer) -> None:
    """A token a character, a quarter left for the answer; one piece there always is."""
    quoted = answerer.answer(ASKED)
    small = gather(answerer, quoted, (), replace(ACCESS, context=1200))
    size = frame_size() + len(ASKED) + sum(len(material(n, place)) for n, place in enumerate(small, 1))
    assert 1 <= len(small) < len(gather(answerer, quoted, (), ACCESS)) and size <= 1200 * 0.75
    assert len(gather(answerer, quoted, (), replace(ACCESS, context=10))) == 1


def test_a_search_is_kept_to_the_speeches_that_were_chosen(answerer: Answerer) -> None:
    """By the path of their document."""
    quoted = answerer.answer("粮食总产量是多少?", (), ("2022/农业.txt",))
    assert {place.document.path for place in gather(answerer, quoted, ("2022/农业.txt",), ACCESS)} == {"2022/农业.txt"}


def test_of_a_long_paragraph_the_sentences_around_are_given(model: Encoder) -> None:
    """Whole ones, what was found among them."""
    filler = "".join(f"第{n}组负责第{n}片的巡查和登记。" for n in range(10, 90))
    long = WORK.replace("固定资产投资103亿元", f"{filler}固定资产投资103亿元")
    answerer = answerer_of(model, {"政务.txt": long.replace("\n因为", f"{filler}\n因为")})
    places = gather(answerer, answerer.answer("固定资产投资是多少?"), (), ACCESS)
    first = places[0].text
    assert len(first) <= PARAGRAPH_CHARACTERS and "固定资产投资103亿元" in first and first.endswith("。")
