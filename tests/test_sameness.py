"""A clause claims the same as a stretch, or it does not; which of its characters it claims."""

import pytest

from rag.writer.sameness import same
from rag.writer.stretches import Stretch, source_sentences


def whole(text: str) -> Stretch:
    """The stretch of all clauses of a sentence."""
    found, = source_sentences(0, text)
    return next(one for one in found.stretches if (one.first, one.last) == (0, len(found.clauses) - 1) and not one.continues)


def claimed(said: str, text: str) -> str | None:
    """The characters of `text` that `said` claims; None where it does not claim the same."""
    stretch = whole(text)
    covered = same(said, stretch)
    return None if covered is None else "".join(c for c, held in zip(stretch.bare, covered, strict=True) if held)


@pytest.mark.parametrize(
    ("said", "text", "found"),
    [("粮食总产量31.7万吨", "粮食总产量达到31.7万吨。", "粮食总产量31.7万吨"),
     ("粮食总产量去年31.7万吨", "去年粮食总产量31.7万吨。", "去年粮食总产量31.7万吨"),
     ("要抓好教育、体育工作", "要切实抓好教育、卫生、体育工作。", "要抓好教育体育工作"),
     ("抓好教育工作", "要抓好教育工作。", "抓好教育工作")],
)  # fmt: skip
def test_what_may_be_left_out_or_moved_makes_no_difference(said: str, text: str, found: str) -> None:
    """达到 and 切实 say nothing, a time stands anywhere, an item of a list may go unnamed, as may 要 without a figure."""
    assert claimed(said, text) == found


@pytest.mark.parametrize(
    ("said", "text"),
    [("粮食总产量31.7万吨", "粮食总产量约31.7万吨。"), ("会议必须召开", "会议召开。"), ("总产量31.7万吨", "粮食总产量31.7万吨,增长2%。"),
     ("投资完成任务30亿元", "任务完成投资30亿元。"),
     ("抓好教育、交通工作", "抓好教育、卫生、体育工作。"), ("投资30亿元", "投资应达30亿元。"),
     ("教育、文化支出12亿元", "教育、卫生、文化支出12亿元。"), ("只有学校、商场可以营业", "只有学校、医院、商场可以营业。"),
     ("张伟、王芳分别任组长、秘书长", "张伟、李强、王芳分别任组长、副组长、秘书长。"),
     ("符合户籍、收入条件的", "符合户籍、年龄、收入条件的,可以申请。"),
     ("全年全市规模以上工业企业中集体所有制企业利润达到35亿元", "全年全市规模以上工业企业中农村集体所有制企业利润达到35亿元。"),
     ("企业发放补贴", "向企业发放补贴。"), ("会议4月6日召开,3月5日结束", "会议3月5日召开,4月6日结束。"),
     ("2023年粮食40万吨", "粮食40万吨;2023年,蔬菜42万吨。")],
)  # fmt: skip
def test_what_limits_turns_adds_or_stands_otherwise_does(said: str, text: str) -> None:
    """A limit, claim, part of a whole list, word about a figure left out or put in, another order, item or time, a duty told as fact."""
    assert claimed(said, text) is None
