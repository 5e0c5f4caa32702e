"""What identifies nothing."""

from rag.answer.stopwords import ASKING, FILLER


def test_courtesies_and_question_words_are_no_content() -> None:
    """请问 is filler, 多少 asks."""
    assert ASKING.sub("", "物价目标是怎么考虑的") == "物价目标是"
    assert FILLER.search("请问产量") and ASKING.search("产量多少") and not FILLER.search("产量") and not ASKING.search("产量")
