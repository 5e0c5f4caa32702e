"""Which of the material named carries a sentence, or what of it stands in for one that nothing carries."""

from rag.answer.places import citation
from rag.writer.carrying import carriers, goes_on, holds, nearest
from tests.small import place_of, shelf_of

SPEECH = (
    "在青溪县政务工作会议上的讲话\n同志们:\n去年,全县生产总值完成236.5亿元,增长7.2%。固定资产投资103亿元。\n"
    "值班人员必须二十四小时在岗,不得擅自离开。县办公室负责抽查,乡镇负责整改。\n"
)
SHELF = shelf_of({"政务.txt": SPEECH})
FIGURES, DUTIES = (place_of(SHELF, line) for line in SPEECH.splitlines()[2:])


def test_a_sentence_is_carried_by_the_clauses_that_say_it() -> None:
    """The spans are exact, without the mark at their end, and all of one paragraph."""
    spans, why = carriers("全县生产总值增长7.2%", [DUTIES, FIGURES])
    assert [span.text for span in spans] == ["全县生产总值完成236.5亿元,增长7.2%。"] and why == ""


def test_what_nothing_carries_says_why_not() -> None:
    """By the last of the material; without any, that none was named."""
    assert carriers("全县生产总值增长9.9%", [FIGURES]) == ((), "原文没有“9.9%”")
    assert carriers("全县生产总值增长7.2%", []) == ((), "没有写明所据的材料")


def test_quotes_of_one_paragraph_carry_a_sentence_together() -> None:
    """Those of two paragraphs do not, whatever each says."""
    growth, investment, duty = (
        citation(place_of(SHELF, quote), n)
        for n, quote in enumerate(("全县生产总值完成236.5亿元,增长7.2%", "固定资产投资103亿元", "乡镇负责整改"), 1)
    )
    assert holds("全县生产总值增长7.2%,固定资产投资103亿元", [investment, growth])
    assert holds("乡镇负责整改", [duty]) and not holds("县办公室负责整改", [duty])
    assert not holds("全县生产总值增长7.2%,乡镇负责整改", [growth, duty])


def test_what_points_back_stands_after_what_it_points_at() -> None:
    """As it does there; what points at nothing stands anywhere."""
    growth, investment = place_of(SHELF, "增长7.2%"), place_of(SHELF, "固定资产投资103亿元")
    assert goes_on("其中固定资产投资103亿元", investment, growth) and goes_on("固定资产投资103亿元", investment, None)
    for opening in ("其中", "该县", "这"):
        assert not any(goes_on(f"{opening}固定资产投资103亿元", investment, before) for before in (None, DUTIES))
    assert goes_on("此外固定资产投资103亿元", investment, DUTIES)


def test_the_nearest_sentence_stands_in() -> None:
    """From one mark to the next, of whatever material; nothing where none comes near."""
    near = nearest("值班的人要二十四小时在岗,不准离开。", [FIGURES, DUTIES])
    assert near is not None and near.text == "值班人员必须二十四小时在岗,不得擅自离开。"
    assert nearest("高铁何时开通?", [FIGURES, DUTIES]) is None
