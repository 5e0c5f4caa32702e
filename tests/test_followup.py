"""Follow-ups take from the turns before what they leave out."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.answer.followup import CERTAIN, LIKELY, FollowUp, Turn, read, readings
from rag.answer.ordinals import has_ordinal
from rag.answer.request import asked_part
from rag.writing.fold import fold
from tests.drafts import drafts
from tests.small import SYNONYMS

FIGURE = (Turn("user", "青溪县2022年生产总值完成多少?"), Turn("assistant", "全县生产总值完成236.5亿元[1]"))
LIST = (Turn("user", "四种作风是哪四种?"), Turn("assistant", "- 一是求实的作风[1]\n- 二是细致的作风[2]"))


def follow(question: str, history: tuple[Turn, ...]) -> FollowUp:
    """The follow-up, which must be one."""
    found = read(question, history, SYNONYMS)
    assert found is not None
    return found


@pytest.mark.parametrize("question", [
    "那增长多少?", "为什么?", "固定资产投资呢", "第二种展开讲讲", "这些作风怎么养成", "2021年呢", "具体怎么做", "明年计划再增加多少",
    "到2025年要达到多少?", "同一年还办了什么展会", "这趟去见了谁",
])
def test_what_leaves_something_out_leans(question: str) -> None:
    """Pronouns, 那 and 呢, ordinals and bare question words point back."""
    assert read(question, FIGURE, SYNONYMS) is not None


@pytest.mark.parametrize("question", [
    "白桦市粮食总产量达到多少万吨?", "乡镇值班人员能不能擅自离开工作岗位?", "请总结全县农业工作会议的主要精神和任务要求",
])
def test_a_whole_question_stands_by_itself(question: str) -> None:
    """A question with a subject of its own takes nothing from before."""
    assert read(question, FIGURE, SYNONYMS) is None


@pytest.mark.parametrize("history", [(), (Turn("assistant", "您好"),), (Turn("user", "  "),)])
def test_without_a_question_before_nothing_is_followed(history: tuple[Turn, ...]) -> None:
    """The first question of a conversation stands by itself, whatever its wording."""
    assert read("那增长多少?", history, SYNONYMS) is None


@pytest.mark.parametrize(("question", "wording"), [
    ("2021年呢?", "青溪县2021年生产总值完成多少?"),
    ("那2021年呢?", "青溪县2021年生产总值完成多少?"),
    ("白桦市呢", "白桦市2022年生产总值完成多少?"),
    ("固定资产投资呢?", "青溪2022年固定资产投资完成多少?"),
    ("今年目标呢", "今年目标青溪县生产总值完成多少?"),
    ("2021呢", "青溪县2021年生产总值完成多少?"),
    ("那2021年呢,有数字没", "青溪县2021年生产总值完成多少?"),
    ("白桦市", "白桦市2022年生产总值完成多少?"),
    ("白桦市的呢", "白桦市2022年生产总值完成多少?"),
    ("城镇新增就业", "青溪2022年城镇新增就业完成多少?"),
])
def test_a_new_value_takes_the_place_of_the_old(question: str, wording: str) -> None:
    """A year for a year, a place for a place, a subject for a subject; what was asked of it stays."""
    assert follow(question, FIGURE).wording == wording


def test_a_class_takes_the_place_of_a_class() -> None:
    """三类的呢 after a question about 一类 asks the same of the third class; it asks for no list."""
    found = follow("三类的呢", (Turn("user", "一类会议的标准是多少"), Turn("assistant", "每天460元[1]")))
    assert (found.wording, found.kind) == ("三类会议的标准是多少", None)


def test_another_text_takes_the_place_of_a_text() -> None:
    """第二篇呢 asks the same of the second text, and points into no list."""
    found = follow("第二篇呢", (Turn("user", "第一篇是哪个单位开的会"), Turn("assistant", "县政府办公室[1]")))
    assert (found.wording, found.items) == ("第二篇是哪个单位开的会", ())


def test_with_whom_takes_the_place_of_with_which() -> None:
    """跟B国呢 after 跟哪些国家解决了边界问题 asks for no list."""
    found = follow("跟印度呢?", (Turn("user", "报告说跟哪些国家解决了边界问题"), Turn("assistant", "先后同甲、乙两国[1]")))
    assert found.wording == "报告说跟印度解决了边界问题"


@pytest.mark.parametrize("history", [
    (Turn("user", "那五大工程力争啥时候启动"), Turn("assistant", "力争上半年启动[1]")),
    (Turn("user", "上半年要启动什么"), Turn("assistant", "全面启动五大工程[1]")),
])
def test_what_it_consists_of_is_asked_of_what_was_counted(history: tuple[Turn, ...]) -> None:
    """包括哪些 means the five that the last question, or its answer, counted."""
    found = follow("包括哪些", history)
    assert found.wording.startswith("五大工程包括哪些") and found.kind == "list"


@pytest.mark.parametrize(("question", "rest"), [
    ("再回到生产总值,增长多少", "增长多少"), ("还是说前面生产总值那块,比上年增长多少", "比上年增长多少"),
    ("刚才说的生产总值,目标呢", "目标"),
])
def test_a_question_that_goes_back_is_asked_of_what_was_spoken_of_then(question: str, rest: str) -> None:
    """Of the turn that named the topic, over those that came since; not by itself."""
    history = (*FIGURE, Turn("user", "粮食产量多少"), Turn("assistant", "粮食总产量41.7万吨[1]"))
    found = readings(question, history, SYNONYMS)
    assert all(reading.follow is not None and reading.follow.anchor == FIGURE[0].content for reading in found)
    assert found[0].follow is not None and rest in found[0].follow.wording and "粮食" not in found[0].follow.wording


@pytest.mark.parametrize("question", ["同比增速是多少", "比上年增长多少", "占比呢"])
def test_how_anything_moved_is_asked_of_what_was_told(question: str) -> None:
    """Growth and share name nothing, so that such a question is never read by itself."""
    assert all(reading.follow is not None for reading in readings(question, FIGURE, SYNONYMS))


@pytest.mark.parametrize("question", ["前面那座桥什么时候建成的", "刚才的会议纪要怎么写,发给谁"])
def test_what_goes_back_to_nothing_named_stays_whole(question: str) -> None:
    """No topic and rest: nothing is cut off the question."""
    found = [reading.follow.wording for reading in readings(question, FIGURE, SYNONYMS) if reading.follow is not None]
    assert all(question in wording for wording in found)


@pytest.mark.parametrize(("question", "wording"), [
    ("后一种啥情况下启动", "即时调整啥情况下启动"), ("前者多久一次", "年度调整多久一次"), ("第三种呢", "第三种呢"),
])
def test_a_place_in_a_sentence_is_the_name_that_stands_there(question: str, wording: str) -> None:
    """Of two that the answer told side by side; there is no third."""
    history = (Turn("user", "动态调整分几种"), Turn("assistant", "分为年度调整和即时调整。"))
    assert follow(question, history).wording.startswith(wording)


def test_what_counts_its_steps_itself_is_no_row_of_names() -> None:
    """The second step is not the second thing that the answer told of the first."""
    history = (Turn("user", "利改税第一步是什么"), Turn("assistant", "第一步，税利并存、合理分配。"))
    assert follow("那第二步怎么走", history).wording.startswith("那第二步怎么走")


def test_a_new_question_keeps_the_old_subject() -> None:
    """那增长多少 is asked of what the last question was about, and brings its own kind."""
    found = follow("那增长多少?", FIGURE)
    assert found.wording.startswith("那增长多少?") and "生产总值" in found.wording
    assert (found.kind, found.items, found.anchor) == ("figure", (), FIGURE[0].content)


def test_a_question_in_a_conversation_can_be_read_apart() -> None:
    """Where the likeliest reading has no answer, its own words are asked of the speech that the last answer is from."""
    likeliest, apart = readings("这趟去见了谁", FIGURE, SYNONYMS)
    alone, *_ = readings("投资下降多少", FIGURE, SYNONYMS)
    assert (alone.follow, alone.trusted) == (None, CERTAIN)
    assert likeliest.follow is not None and "生产总值" in likeliest.follow.wording and likeliest.trusted == 0.0
    assert apart.follow is not None and (apart.follow.wording, apart.follow.kind, apart.follow.apart) == ("这趟去见了谁", "who", True)


def test_a_short_question_that_points_at_nothing_is_likely_whole() -> None:
    """It needs less trust than one that points back; a figure may always be of what was asked before."""
    assert readings("综合协调有哪几条要求", FIGURE, SYNONYMS)[0].trusted == LIKELY
    assert readings("投资下降多少", FIGURE, SYNONYMS)[0].trusted == CERTAIN


@pytest.mark.parametrize(("question", "history", "ways"), [
    ("这趟去见了谁", (), ["alone"]),
    ("固定资产投资呢", FIGURE, ["follow", "apart"]),
    ("那增长多少", FIGURE, ["follow", "apart"]),
    ("增长多少", FIGURE, ["follow", "apart"]),
    ("这种作风怎么养成", LIST, ["follow", "apart"]),
    ("综合协调有哪几条要求", FIGURE, ["alone", "follow", "apart"]),
    ("白桦市粮食总产量达到多少万吨", FIGURE, ["alone", "apart"]),
    ("粮食总产量达到多少万吨", FIGURE, ["alone", "apart"]),
    ("五个必须", LIST, ["alone", "follow", "apart"]),
    ("“政务”这个词指的是什么", FIGURE, ["alone", "follow", "apart"]),
    ("今年的任务咋这么重", FIGURE, ["alone", "follow", "apart"]),
    ("龙头企业应该怎么带动农户增收", FIGURE, ["alone", "apart"]),
    ("合作社这块怎么抓", FIGURE, ["alone", "follow", "apart"]),
])
def test_each_question_has_its_ways_to_be_read(question: str, history: tuple[Turn, ...], ways: list[str]) -> None:
    """By itself where it is whole, as a follow-up where it is not; where that has no answer, of the speech of the last one."""
    names = {True: "apart", False: "follow", None: "alone"}
    assert [names[one.follow and one.follow.apart] for one in readings(question, history, SYNONYMS)] == ways


def test_a_follow_up_of_a_follow_up_knows_what_both_left_out() -> None:
    """农村的呢 after 居民收入呢 is still asked of the place and year that the first question named; the user sees what was typed."""
    history = (*FIGURE, Turn("user", "城镇居民收入呢"), Turn("assistant", "城镇居民人均可支配收入增长6.5%[1]"))
    assert follow("农村的呢", history).wording == "青溪2022年农村居民收入完成多少?"
    assert "城镇居民收入呢" in follow("这个怎么来的", history).shown


def test_how_it_was_understood_quotes_within_quotes() -> None:
    """The marks of the question within are single ones; of a long one its beginning is enough."""
    long = (Turn("user", "长" * 100 + "的四种作风是哪四种?"), LIST[1])
    assert follow("第二种展开讲讲", long).shown == f"第二种展开讲讲（接着“{'长' * 40}…”问）"
    assert follow("第二种展开讲讲", (Turn("user", "“四种作风”是哪四种?"), LIST[1])).shown == "第二种展开讲讲（接着“‘四种作风’是哪四种?”问）"


def test_an_ordinal_points_into_the_last_list() -> None:
    """Over what was asked of one of its items since; also where the answer told one item alone."""
    first = (Turn("user", "四种作风是哪四种?"), Turn("assistant", "一是求实的作风[1]"))
    second = (*first, Turn("user", "第二种呢"), Turn("assistant", "二是细致的作风[1]"))
    for question, history in (("第二种展开讲讲", LIST), ("下一种呢", second), ("最后一种呢", second)):
        found = follow(question, history)
        assert found.items and (found.anchor, found.told) == (history[0].content, history[-1].content.replace("[1]", "").replace("[2]", ""))


def test_what_was_said_is_known_without_its_markers() -> None:
    """The last answer is the assistant's last turn, the last question the user's."""
    history = (*FIGURE, *LIST)
    assert follow("第二种呢", history).said == "- 一是求实的作风\n- 二是细致的作风"
    assert follow("第二种呢", history).anchor == "四种作风是哪四种?"
    assert follow("第二种呢", (Turn("user", "四种作风是哪四种?"),)).said == ""


def _same(anchor: str, text: str) -> bool:
    """Whether the question pointed at opens with what of a turn asks."""
    return fold(anchor).strip().startswith(fold(asked_part(text)).strip())


@given(drafts(6).filter(lambda text: any(map(str.isalnum, text))), st.lists(drafts(4), max_size=3))
@example("一、", ["一、", "一、", "２０２４"])
@example("一、", ["一、", "一、", "第一,\n\n"])
@example("一、", ["各位代表！第一,"])
@example("一、", ["一、", "一、一、", "最后,"])
def test_any_conversation_can_be_followed(question: str, before: list[str]) -> None:
    """Whatever was said, a follow-up has a wording, and points at a question that was asked, or at what its ordinal meant."""
    history = [Turn("user" if number % 2 == 0 else "assistant", text) for number, text in enumerate(before)]
    found = read(question, history, SYNONYMS)
    assert found is None or (found.wording.strip() and any(_same(found.anchor, text) or has_ordinal(fold(text)) for text in before))


@pytest.mark.parametrize(("question", "wording"), [
    ("电力方面投了多少", "电力方面投了多少"),
    ("人脸那块的检出率呢", "人脸的检出率多少"),
])
def test_a_follow_up_with_a_subject_of_its_own_takes_no_other(question: str, wording: str) -> None:
    """What the last question was about is not asked again beside the new subject."""
    history = (Turn("user", "六五计划煤炭工业有投资要求吗"), Turn("assistant", "煤炭工业投资一百七十九亿元[1]"))
    assert follow(question, history).wording == wording


def test_town_and_country_take_each_others_place() -> None:
    """农村的呢 after a question about 城市."""
    history = (Turn("user", "青溪今年城市低保要提到多少"), Turn("assistant", "城市低保提高到740元[1]"))
    assert follow("农村的呢", history).wording == "青溪今年农村低保要提到多少"


@pytest.mark.parametrize(("before", "question", "wording"), [
    ("青溪今年城市低保要提到多少", "农村那边是多少", "青溪今年农村低保要提到多少"),
    ("青溪这些年gdp从多少涨到多少", "那人均的呢,从多少涨到多少", "青溪这些年人均gdp从多少涨到多少"),
    ("青溪全县居民收入有多少", "那户均呢", "青溪全县户均居民收入有多少"),
    ("青溪居民收入有多少", "那人均住房面积呢", "青溪人均住房面积有多少"),
    ("青溪今年农村低保要提到多少", "城市那头呢", "青溪今年城市低保要提到多少"),
    ("青溪县2022年生产总值完成多少", "那2021年是多少", "青溪县2021年生产总值完成多少"),
    ("青溪县2022年粮食打了多少斤", "那今年保底要多少", "今年目标青溪县粮食打了多少斤"),
    ("青溪县算力有多大规模", "25年的目标是?", "25年目标青溪县算力有多大规模"),
    ("支持苏州建成什么样的城市", "杭州定位成啥", "支持杭州建成什么样的城市"),
    ("支持苏州建成什么样的城市", "杭州呢", "支持杭州建成什么样的城市"),
    ("李大钊在会上批评了哪些委员,先说他自己", "周恩来呢", "李大钊在会上批评了周恩来"),
    ("谁在会上发言", "周恩来呢", "周恩来在会上发言"),
    ("杭州今年工业增加值目标", "那固投呢", "杭州今年固投目标多少"),
    ("杭州改造了多少老旧小区", "苏州的也说下", "苏州改造了多少老旧小区"),
    ("到2020年云端芯片的性能要求", "终端的呢", "到2020年终端芯片的性能要求"),
    ("青溪培训多少乡村医生", "助餐点呢", "青溪助餐点多少"),
    ("十八大报告说军队机械化到哪年基本实现", "那信息化呢", "十八大报告说军队信息化到哪年基本实现"),
])
def test_a_slot_is_changed_in_whatever_words(before: str, question: str, wording: str) -> None:
    """那边是多少, 的目标是 and 定位成啥 ask the same as 呢; a person takes the place of whom was asked for."""
    assert follow(question, (Turn("user", before), Turn("assistant", "是的[1]"))).wording == wording


@pytest.mark.parametrize(("before", "question"), [
    ("青溪县2022年生产总值完成多少", "杭州定位成啥"), ("支持苏州建成什么样的城市", "杭州的粮食产量是多少"),
])
def test_another_place_is_asked_something_of_its_own(before: str, question: str) -> None:
    """Another kind of answer, or a subject of its own: not the last question of another place."""
    found = read(question, (Turn("user", before), Turn("assistant", "是的[1]")), SYNONYMS)
    assert found is None or before[-4:] not in found.wording.split()[0]


@pytest.mark.parametrize("question", ["当年经济总量是多少", "在海边还要建个什么中心", "今年新开工多少", "港口和物价那两个目标是多少"])
def test_what_goes_on_in_a_chat_is_trusted_alone_only_where_certain(question: str) -> None:
    """当年, 还要, 今年 without a subject, and 那两个 lean on what was said."""
    first, *rest = readings(question, FIGURE, SYNONYMS)
    assert first.follow is not None or (first.trusted == CERTAIN and rest[0].follow is not None and not rest[0].follow.apart)


@pytest.mark.parametrize("question", ["市高新区下一步往哪使劲", "第五届展会算个什么", "2010年财政赤字打算安排多少,其中中央是多少?"])
def test_what_only_looks_like_pointing_back_points_at_nothing(question: str) -> None:
    """下一步 before what is to be done, the number of a fair, 其中 of the question's own figure."""
    found = read(question, LIST, SYNONYMS)
    assert found is None or found.items == ()
    assert readings(question, LIST, SYNONYMS)[0].follow is None


def test_what_is_quoted_names_itself_unless_it_was_said() -> None:
    """“五个不让” is likely a question of its own; “求实”, which the last answer has, is asked of that."""
    history = (Turn("user", "四种作风是哪四种"), Turn("assistant", "一是“求实”的作风[1]"))
    first, *_ = readings("那几个“不让”是啥", history, SYNONYMS)
    said, *_ = readings("那“求实”是啥", history, SYNONYMS)
    assert (first.follow, first.trusted) == (None, LIKELY)
    assert said.follow is not None
