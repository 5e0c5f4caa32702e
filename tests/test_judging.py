"""The judge: a sentence says what its source says, or it does not pass."""

import pytest

from rag.writer.judging import Source, judge

TITLE = "在青溪县政务工作会议上的讲话"
FIGURES = Source(
    "去年,全县生产总值完成236.5亿元,增长7.2%;规模以上工业总产值480.3亿元,增长9.1%,增加值121亿元,增长8%;"
    "固定资产投资103亿元,下降2.4%。预计今年财政收入约12亿元,比去年提高2个百分点。",
    TITLE,
)
RULES = Source(
    "值班人员必须二十四小时在岗,不得擅自离开。能合并的合并,能用电话解决的不开会。县办公室负责抽查,乡镇负责整改。"
    "符合条件的,每户补贴500元。要进一步减少会议数量,抓好教育、卫生、文化、体育工作。要树立“一线工作法”。",
    TITLE,
)
JOINED = Source(
    "三是要把全面推行村务公开与建立教育、制度、监督并重的基层管理体系有机结合起来。会务、后勤、接待等日常工作要做细。别人不愿办的事,县办公室也得去办。"
    "县办公室是联系群众的“窗口”。据李明预计,到年底客流量不会有大的变化。在市里已下拨30万元资金的基础上,从县财政中配套7万元,合计37万元,用于修路。",
    TITLE,
)
YEARS = Source(
    "2022年,粮食产量40万吨;2023年,粮食产量42万吨。蔬菜产量50万吨。建成投产项目32个,其中工业项目18个;未开工项目5个。工期3-5天。最低气温-5℃。群众满意吗?"
    "有人认为会议越多越好,这是错误的。不能只讲困难,不讲成绩。严禁擅自离岗,聚众赌博。县办公室负责抽查,并督促落实。"
    "讲话对于我们很重要。A区增长5%,B区增长3%。李䶮任组长。"
    "城区 103 29亿元。联系人:张威,电话:8849;联系人:李强,电话:6654。投资完成41笔,金额3亿元;贷款完成45笔,金额7亿元。",
    TITLE,
)

TRUE = [
    ("全县生产总值完成236.5亿元,增长7.2%。", FIGURES), ("去年全县生产总值增长7.2%,达到236.5亿元。", FIGURES),
    ("规模以上工业总产值增长百分之九点一", FIGURES), ("增加值增长8%", FIGURES), ("固定资产投资下降2.4%", FIGURES),
    ("材料指出,规上工业总产值为480.3亿元", FIGURES), (f"《{TITLE}》提到,固定资产投资103亿元。", FIGURES),
    ("预计今年财政收入约12亿元", FIGURES), ("生产总值236.5亿元", FIGURES),
    ("值班人员必须24小时在岗,不得擅自离开", RULES), ("能用电话解决的不开会", RULES), ("乡镇负责整改,县办公室负责抽查", RULES),
    ("符合条件的,每户补贴500元", RULES), ("减少会议数量", RULES),
    ("要减少会议数量,抓好教育、卫生、体育工作", RULES), ("要树立“一线工作法”", RULES),
    ("把推行村务公开和建立教育、制度、监督并重的基层管理体系结合起来", JOINED),
    ("把推行村务公开、建立教育、制度、监督并重的基层管理体系结合起来", JOINED), ("会务、接待等日常工作要做细", JOINED),
    ("2023年粮食产量42万吨", YEARS), ("2022年,粮食产量40万吨", YEARS), ("建成投产项目32个,其中工业项目18个", YEARS),
    ("工期3至5天", YEARS), ("最低气温-5℃", YEARS), ("群众满意吗?", YEARS), ("有人认为会议越多越好,这是错误的", YEARS),
    ("联系人:李强,电话:6654", YEARS), ("贷款完成45笔,金额7亿元", YEARS), ("县办公室督促落实", YEARS), ("讲话对于我们很重要", YEARS),
    ("县办公室也得去办", JOINED), ("据李明预计,到年底客流量不会有大的变化", JOINED), ("从县财政中配套7万元,合计37万元", JOINED),
]  # fmt: skip
FALSE = [
    ("全县生产总值完成263.5亿元", FIGURES), ("全县生产总值增长9.1%", FIGURES), ("规模以上工业总产值增长8%", FIGURES),
    ("增加值增长9.1%", FIGURES), ("固定资产投资增长2.4%", FIGURES),
    ("固定资产投资103万元", FIGURES), ("今年全县生产总值236.5亿元", FIGURES),
    ("生产总值103亿元", FIGURES), ("今年财政收入12亿元", FIGURES), ("预计今年财政收入约12亿元,提高2%", FIGURES), ("增长7.2%", FIGURES),
    ("全县生产总值完成236.5亿元,增长9.1%", FIGURES), ("全县生产总值增长236.5亿元", FIGURES),
    ("值班人员二十四小时在岗", RULES), ("值班人员可以擅自离开", RULES),
    ("值班人员不必二十四小时在岗", RULES), ("能用电话解决的开会", RULES),
    ("县办公室负责整改", RULES), ("乡镇负责抽查", RULES), ("每户补贴500元", RULES), ("抓好教育、卫生、交通、体育工作", RULES),
    ("要树立“一线办公法”", RULES), ("县办公室负责抽查,负责整改", RULES), ("《在白桦市会议上的讲话》提到,乡镇负责整改", RULES),
    ("减少会议数量是全县最重要的工作", RULES), ("", RULES), ("好的。", RULES),
    ("2023年粮食产量40万吨", YEARS), ("2022年,粮食产量40万吨,粮食产量42万吨", YEARS), ("粮食产量42万吨", YEARS),
    ("2023年粮食产量42万吨,粮食产量40万吨", YEARS), ("其中工业项目18个", YEARS), ("未开工项目5个,其中工业项目18个", YEARS),
    ("工期3、5天", YEARS), ("工期5天", YEARS), ("最低气温5℃", YEARS), ("群众满意", YEARS), ("建成投产项目32个?", YEARS),
    ("有人认为会议越多越好", YEARS), ("不讲成绩", YEARS), ("聚众赌博", YEARS), ("督促落实", YEARS), ("B区增长5%", YEARS),
    ("李喆任组长", YEARS), ("李任组长", YEARS), ("联系人:李强,电话:8849", YEARS),
    ("投资完成41笔,金额7亿元", YEARS), ("城区10329亿元", YEARS),
    ("固定资产投资-103亿元", FIGURES), ("固定资产投资≥103亿元", FIGURES), ("固定资产投资≠103亿元", FIGURES),
    ("固定资产投资103亿元❌", FIGURES),
    ("固定资产投资\u202e103\u202c亿元", FIGURES), ("固定资产投资10\u200b3亿元", FIGURES), ("~~固定资产投资~~103亿元", FIGURES),
    ("<b>固定资产投资</b>103亿元", FIGURES), ("固定资产投资103亿元,下降-2.4%", FIGURES), ("固定资产投资1 03亿元", FIGURES),
    ("全县生产总值完成236.5亿元,其中规模以上工业总产值480.3亿元", FIGURES), ("全县生产总值完成236.5亿元,因此增长7.2%", FIGURES),
    ("通过全县生产总值完成236.5亿元,固定资产投资103亿元", FIGURES), ("固定资产投资共103亿元", FIGURES),
    ("全县生产总值完成二百三十七点五亿元", FIGURES), ("全县生产总值完成236.5至480.3亿元", FIGURES), ("全县生产总值增长七成二", FIGURES),
    ("全县生产总值增长１7.2%", FIGURES), ("全县生产总值增长7.2倍", FIGURES),
    ("固定资产投资翻一番", FIGURES), ("固定资产投资1O3亿元", FIGURES),
    ("抓好教育、卫生、体育工作四项", RULES), ("企业负责抽查", RULES),
    ("把村务公开工作建立教育、制度、监督并重的基层管理体系有机结合起来", JOINED), ("会务、方式、后勤、接待等日常工作要做细", JOINED),
    ("县办公室也得去联系群众的“窗口”", JOINED), ("据李明,到年底客流量不会有大的变化", JOINED),
    ("从县财政中配套37万元,合计37万元", JOINED),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "source"), TRUE, ids=[sentence for sentence, _ in TRUE])
def test_what_the_source_says_passes(sentence: str, source: Source) -> None:
    """Clauses left out, in another order, numbers in other characters, the subject of a clause with what a later one says."""
    assert judge(sentence, [source]).holds


@pytest.mark.parametrize(("sentence", "source"), FALSE, ids=[sentence for sentence, _ in FALSE])
def test_what_the_source_does_not_say_does_not(sentence: str, source: Source) -> None:
    """Another figure, subject, direction, unit, year, limit, condition, item, title, sign or link, hidden marks, or nothing at all."""
    verdict = judge(sentence, [source])
    assert not verdict.holds and verdict.why


def test_the_spans_are_those_that_carry_it() -> None:
    """From the subject's clause to the clause that says it, and no further."""
    spans = judge("规模以上工业总产值增长9.1%", [FIGURES]).spans
    assert [FIGURES.text[start:end] for _, start, end in spans] == ["规模以上工业总产值480.3亿元,增长9.1%,"]


def test_two_paragraphs_do_not_carry_one_sentence_together() -> None:
    """What each says is true, what they are made to say together is not: each source alone has to do."""
    sentence = "全县生产总值完成236.5亿元,乡镇负责整改"
    assert not judge(sentence, [FIGURES]).holds and not judge(sentence, [RULES]).holds
