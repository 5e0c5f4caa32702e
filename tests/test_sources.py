"""The cards beside an answer: whole paragraphs, the quote marked where it was cited."""

from dataclasses import replace

from rag.answer.reply import Sentence
from rag.page.exchange import Exchange
from rag.page.markup import sendable
from rag.page.sources import sources
from tests.drawn import LIST, LISTED, PARAGRAPH, REFUSED, Seen, answer, citation


def test_each_citation_has_a_card_with_its_quote_highlighted() -> None:
    """Title, path, paragraph number, and the whole paragraph, however much of it is folded away."""
    seen = Seen(sendable(sources(LISTED)))
    assert seen.text("card-number") == "12"
    assert seen.text("quote") == "一是认真负责的精神二是无私奉献的精神"
    assert seen.text("card-text") == PARAGRAPH * 2
    assert seen.text("card-path") == "三、加强队伍建设 › 四种精神" * 2
    assert seen.text("card-place") == "第21段" * 2


def test_a_quote_that_stands_twice_is_marked_where_it_was_cited() -> None:
    """The paragraph's own place decides, not the first match of the words."""
    text = "增长14%;收入增长14%。"
    second = citation(1, text, "增长14%", 1000 + text.rindex("增长"))
    exchange = Exchange(1, "问", "done", answer=answer("增长14%[1]", [Sentence("增长14%", (1,))], [second]), said=1, origins={1: 1000})
    assert '增长14%;收入<mark class="quote">增长14%</mark>。' in sendable(sources(exchange))


def test_an_answer_without_sources_says_what_will_stand_there() -> None:
    """Before the first answer, and beside one that cites nothing, the place of the cards says what they are."""
    silent = replace(REFUSED, answer=replace(REFUSED.answer or LIST, nearest=()))
    assert sources(None) == sources(silent)
    assert "点回答里的编号" in Seen(sendable(sources(None))).text("hint")
