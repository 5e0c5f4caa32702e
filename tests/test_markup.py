"""What is put into HTML: every character of a source is kept, and nothing of it acts."""

from hypothesis import given
from hypothesis import strategies as st

from rag.page.markup import QUOTE, Markup, Span, fill, painted, sendable
from tests.drawn import Seen

spans = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=5).map(
    lambda pairs: [Span(min(pair), max(pair), QUOTE) for pair in pairs])
any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=40)


@given(any_text, st.integers(0, 10), spans, spans)
def test_painting_changes_no_character(text: str, origin: int, outer: list[Span], inner: list[Span]) -> None:
    """Whatever is framed, overlapping or reaching beyond, the text shown is the text given."""
    html = sendable(painted(text, origin, (outer, inner)))
    assert Seen(html).text() == text
    assert {tag for tag, _ in Seen(html).tags} <= {"mark"}


@given(any_text.filter(lambda text: len(text) > 2))
def test_a_quote_is_framed_exactly(text: str) -> None:
    """What stands inside the mark is the quote, character for character."""
    html = sendable(painted(text, 7, ([Span(8, 7 + len(text), QUOTE)],)))
    assert Seen(html).text("quote") == text[1:]


def test_slots_are_escaped_and_markup_is_not() -> None:
    """A string put into a template can't act; a piece that was built stays as built."""
    assert fill("<p>{a}{b}</p>", a="<i>", b=Markup("<b>1</b>")) == "<p>&lt;i&gt;<b>1</b></p>"


def test_half_a_surrogate_pair_can_be_sent() -> None:
    """A file name that is not UTF-8 does not break the page."""
    assert sendable(fill("{name}", name="讲\udce9话")) == "讲?话"
