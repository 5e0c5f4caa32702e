"""A stream of words into sentences: whole ones only, each with the material it names, however the stream is cut."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rag.writer.splitting import Draft, Splitter

SAID = (
    "<think>先想一想[9]。\n再说。</think>\n生产总值236.5亿元[1]。增长7.2%。[2][3]他说“要快。”[4]可以吗?\n"
    "1. **求实**的作风【4】\n- 3.5万人[材料1,2]\n**投资增长。**[1]成本下降。(材料3)(略)\n尾句没完[5]"
)
DRAFTS = [
    Draft("生产总值236.5亿元。", (1,), False), Draft("增长7.2%。", (2, 3), False), Draft("他说“要快。”", (4,), False),
    Draft("可以吗?", (), False), Draft("求实的作风", (4,), True), Draft("3.5万人", (1, 2), True),
    Draft("投资增长。", (1,), False), Draft("成本下降。", (3,), False), Draft("(略)", (), False), Draft("尾句没完", (5,), False),
]


@given(st.lists(st.integers(0, len(SAID)), max_size=40))
def test_where_the_stream_is_cut_makes_no_difference(cuts: list[int]) -> None:
    """The same sentences from one piece and from any others."""
    splitter, borders = Splitter(), [0, *sorted(cuts), len(SAID)]
    found = [draft for a, b in pairwise(borders) for draft in splitter.feed(SAID[a:b])]
    assert [*found, *splitter.end()] == DRAFTS
    assert splitter.heard == SAID


def test_a_sentence_comes_as_soon_as_it_is_whole() -> None:
    """Not before a marker after its 。 could have come, and not later."""
    splitter = Splitter()
    assert list(splitter.feed("粮食41.7万吨。")) == [] and list(splitter.feed("[1]")) == []
    assert list(splitter.feed("今")) == [Draft("粮食41.7万吨。", (1,), False)]


def test_emphasis_is_left_out_and_signs_stay() -> None:
    """Bold, italic and code are a model's manner; a star between two numbers and a line through words are not."""
    splitter = Splitter()
    drafts = [*splitter.feed("*投资*__增长__`14%`***很快***[1]\n2*3~~不是~~[1]\n-5℃[1]\n")]
    assert [(draft.text, draft.item) for draft in drafts] == [("投资增长14%很快", False), ("2*3~~不是~~", False), ("-5℃", False)]


@given(st.text(max_size=60))
def test_nothing_is_too_odd_to_split(text: str) -> None:
    """Any text ends, and no sentence is without a letter or digit."""
    splitter = Splitter()
    assert all(any(c.isalnum() for c in draft.text) for draft in [*splitter.feed(text), *splitter.end()])
