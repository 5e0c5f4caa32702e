"""What of a source a clause may be held against."""

from rag.writer.stretches import RUN, source_sentences

TEXT = "要抓落实。去年,全县生产总值完成236.5亿元,增长7.2%。"


def test_a_stretch_is_a_row_of_clauses_with_the_time_over_it_and_what_it_is_about() -> None:
    """增长7.2% stands alone and after its subject, both under 去年; 236.5亿元 may go on about what was named."""
    found = source_sentences(0, TEXT)[1]
    parts = [stretch.parts for stretch in found.stretches]
    assert ("去年", "增长7.2%") in parts and ("去年", "全县生产总值完成", "增长7.2%") in parts
    assert [stretch.parts for stretch in found.stretches if stretch.continues] == [("236.5亿元",)]
    assert {stretch.time for stretch in found.stretches if stretch.first > 0} == {0}


def test_a_measure_alone_is_of_what_was_named_before() -> None:
    """Until something else is."""
    found, = source_sentences(0, "投资完成41笔,增长5%,金额3亿元;贷款完成9笔,金额2亿元。")
    assert found.owners == (0, 0, 0, 3, 3)


def test_tokens_stand_in_the_stretch_where_they_say() -> None:
    """Whatever parts it is put together from."""
    for stretch in source_sentences(0, TEXT)[1].stretches:
        assert [stretch.bare[token.start : token.end] for token in stretch.tokens] == [token.text for token in stretch.tokens]


def test_a_clause_of_the_source_is_marked_by_text_sentence_and_number() -> None:
    """Two texts that say the same are not taken for one."""
    first, second = (source_sentences(number, TEXT)[1].stretches[0] for number in (0, 1))
    assert first.mark(2) == (0, 5, 2) and second.mark(2) == (1, 5, 2)


def test_no_more_clauses_than_a_reader_follows_are_drawn_together() -> None:
    """A row of six clauses gives stretches of one to four."""
    found, = source_sentences(0, "要种树,要修渠,要筑坝,要补路,要架桥,要通电。")
    assert {stretch.last - stretch.first + 1 for stretch in found.stretches} == set(range(1, RUN + 1))
