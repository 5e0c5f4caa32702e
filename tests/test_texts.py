"""Many short texts looked through as one: the same as one after the other."""

from hypothesis import given
from hypothesis import strategies as st

from rag.writing.texts import Texts

SHORT = st.text("青溪县工作会议𠮷 \n", max_size=12)


@given(st.lists(SHORT, max_size=12), st.text("青溪县工作", min_size=1, max_size=3))
def test_a_wording_is_found_in_each_text_that_has_it(texts: list[str], wording: str) -> None:
    """Once each, in order, never across two texts."""
    assert Texts(texts).having(wording) == [number for number, text in enumerate(texts) if wording in text]
    assert Texts(["青", "溪"]).having("青\n溪") == []


@given(st.lists(SHORT, max_size=12), st.text("青溪县工作会议 ", max_size=40))
def test_a_text_is_found_where_it_stands_whole(texts: list[str], whole: str) -> None:
    """If it is long enough; shorter ones name nothing."""
    found = [number for number, text in enumerate(texts) if len(text) >= 5 and text.replace("\n", " ") in whole]
    assert Texts(texts).within(whole, 5) == found
