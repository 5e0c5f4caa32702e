"""Words of a question: how well texts carry them, which name places, each text looked through once."""

from rag.answer.keywords import Term
from rag.answer.terms import Matches, is_change, is_weak, match, part_weight


def test_texts_are_matched_with_every_term_in_order() -> None:
    """As `match` does with each by itself, the first time and the next."""
    terms = (Term("粮食产量", "n"), Term("gdp", "eng", ("生产总值",)), Term("公路", "n"))
    matches = Matches(terms)
    for text in ("全年粮食产量稳定", "生产总值增长", "", "全年粮食产量稳定"):
        assert matches.of(text) == tuple(match(term, text) for term in terms)


def test_words_that_any_measure_or_speech_has_weigh_little() -> None:
    """A name tells most, then what is done, then how much it changed, then what every report has."""
    name, verb, change, weak = Term("粮食", "n"), Term("修建", "v"), Term("增长", "v"), Term("总量", "n")
    plain = (weak, Term("名额", "n"), Term("年度", "n"), Term("定位", "n"), Term("通报", "n"), Term("拿出来", "v"))
    assert is_change(change) and all(map(is_weak, plain))
    assert part_weight(name) > part_weight(verb) > part_weight(change) > part_weight(weak)
