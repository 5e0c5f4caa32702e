"""Cases are the same for the same seed, false where they say so, and cite what they were made from."""

from rag.writer.cases import cases
from rag.writer.judging import Source

SOURCES = [
    Source("去年,全县生产总值完成236.5亿元,增长14%。固定资产投资约103亿元,下降2.4%。不得擅自离开工作岗位。", "在青溪县会议上的讲话"),
    Source("粮食总产量达到31.7万吨,增长2%。要抓好交通、水利、林业、卫生工作,推行“河长制”。", "在白桦市会议上的讲话"),
    Source("县办公室负责抽查考核,乡镇负责整改落实。必须按时报送材料,超过三天的通报批评。", "在竹溪县会议上的讲话"),
]


def test_the_same_seed_makes_the_same_cases() -> None:
    """And another makes others."""
    assert list(cases(SOURCES, 5)) == list(cases(SOURCES, 5)) != list(cases(SOURCES, 5, seed=1))


def test_no_kind_has_more_cases_than_were_asked_for() -> None:
    """Nor the same sentence twice."""
    found = [(case.kind, case.sentence) for case in cases(SOURCES, 2)]
    assert len(found) == len(set(found)) and all([kind for kind, _ in found].count(kind) <= 2 for kind, _ in found)


def test_a_false_sentence_stands_nowhere_in_what_it_cites() -> None:
    """A merged one cites both its paragraphs, each other one a single one, one that is true elsewhere another speech's."""
    found = list(cases(SOURCES, 5))
    assert any(case.kind == "miscited" and not case.passes for case in found)
    for case in found:
        assert case.true or not any(case.sentence.strip("。") in source.text for group in case.cited for source in group)
        assert len(case.cited) == (2 if case.kind == "merged" else 1)


def test_what_is_verbatim_passes() -> None:
    """The judge is asked group by group."""
    verbatim = [case for case in cases(SOURCES, 9) if case.kind == "verbatim"]
    assert verbatim and all(case.true and case.passes for case in verbatim)
