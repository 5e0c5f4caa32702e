"""Which speeches a question means, and when others are asked too."""

import pytest

from rag.answer.answerer import Answerer
from rag.errors import UnknownSpeech
from rag.search.encoder import Encoder
from tests.small import LIBRARY, answerer_of


@pytest.fixture
def answerer(model: Encoder) -> Answerer:
    """The small library, opened with the real model."""
    return answerer_of(model, LIBRARY)


def test_a_chosen_speech_alone_answers(answerer: Answerer) -> None:
    """What another speech tells is refused."""
    assert [cited.document for cited in answerer.answer("粮食总产量达到多少?", speeches=["农业"]).citations] == ["2022/农业.txt"]
    refused = answerer.answer("粮食总产量达到多少?", speeches=["政务"])
    assert refused.refused and {cited.document for cited in refused.nearest} == {"政务.txt"}


def test_an_unknown_speech_is_an_error(answerer: Answerer) -> None:
    """A name that matches nothing is told, with what comes near."""
    with pytest.raises(UnknownSpeech) as raised:
        answerer.answer("粮食总产量", speeches=["在白桦市农业会议上的讲话"])
    assert raised.value.nearest == ("在白桦市农业工作会议上的讲话", *raised.value.nearest[1:])


def test_a_place_on_another_front_does_not_hide_the_text_that_answers(model: Encoder) -> None:
    """Two notices bear the county on their front, but the third, which only speaks of it, tells what is asked."""
    texts = {
        "食堂.txt": "青溪县单位食堂管理规定\n各单位:\n食堂要汇聚就餐记录、采购记录和健康记录。\n",
        "培训.txt": "青溪县职业培训办法\n各单位:\n培训机构要按时开课,收费要公示。\n",
        "健康码.txt": (
            "县里推出健康码\n青溪县居民可以申领健康码。\n健康码汇聚了电子健康档案、门诊记录和购药记录。\n"
            "青溪县的医院都认健康码,青溪县的车站也认。\n"
        ),
    }
    answer = answerer_of(model, texts).answer("青溪县健康码汇聚了哪些记录")
    assert not answer.refused and answer.citations[0].document == "健康码.txt"


def test_a_text_named_by_its_topic_that_does_not_answer_is_not_the_only_one_asked(model: Encoder) -> None:
    """Another one, nearly as much about it, does; where none does, it is refused as before."""
    plan = "青溪县水利建设方案\n一、水利建设的目标\n水利建设要抓紧。水利建设要抓实。水利建设要抓细。\n"
    rules = "青溪县水利建设管理办法\n各乡镇:\n到2027年,建设小型灌区实验站20家。水利建设由县水利局牵头。\n"
    answerer = answerer_of(model, {"方案.txt": plan, "办法.txt": rules, **LIBRARY})
    assert "20家" in answerer.answer("水利建设目标那个文件,到2027年小型灌区实验站建几家").answer
    assert answerer.answer("水利建设目标那个文件,跨江大桥建几座").refused


def test_whose_a_report_is_may_be_said_in_other_words(model: Encoder) -> None:
    """小组 names the report of 组织, and is no word that its sentences must have."""
    texts = {
        **LIBRARY,
        "报告.txt": (
            "青溪养蜂组织的报告\n同志们:\n青溪的蜂农不超过九百三十户。\n这个组织办了一所学校,会员三百人。\n蜂农的小组还没有办起来。\n"
        ),
    }
    answer = answerer_of(model, texts).answer("青溪养蜂小组的报告里说蜂农多少户")
    assert answer.answer == "青溪的蜂农不超过九百三十户[1]"
