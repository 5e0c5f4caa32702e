"""Question words tell which kind of answer is asked for."""

import pytest

from rag.answer.interrogatives import Kind
from rag.answer.kinds import kind_of
from rag.answer.spelling import spelled

ASKED: dict[Kind, list[str]] = {
    "figure": ["全县生产总值完成多少?", "有多少家企业", "几个百分点", "多大面积", "请假要提前几天", "粮食产量的增速", "大项目有几个",
               "党员总共几个人", "办结要几个工作日", "这次访问签了几份文件", "新城面积几平方公里", "实际建成几个?",
               "青溪去年粮食产量", "2027年研发投入强度目标"],
    "list": ["有哪些任务", "哪几个方面", "哪几份文件", "四种作风是什么", "包括什么", "作风有那些", "五项措施分别是什么",
             "五个必须 政务公开", "要养成什么样的作风(四种)", "峰会上的四点看法", "“四种作风”讲什么", "大开发重点抓的工程"],
    "definition": ["什么是值班制度", "值班制度指什么", "值班制度的含义", "值班制度是什么意思", "怎么给值班制度定性",
                   "值班制度怎么定位", "值班制度的定位是", "值班与应急是什么关系,怎么定位的", "希望他们成为什么样的人", "应当称为什么"],
    "how": ["怎样开好会议", "擅自离开的人应如何处理", "如何减少会议", "会议咋开", "怎莫办", "按什么程序办", "防止漏岗的办法",
            "咋解决漏岗的问题", "请假难有哪些办法", "漏岗有什么招数"],
    "why": ["为什么要抽查", "抽查的原因是什么", "为啥要抽查", "前几年减产是什么造成的", "定这个数是咋考虑的",
            "干嘛要改用新办法", "工作为什么重要", "赤字是怎么来的", "积压咋形成的", "任务没有完成为什么",
             "各自理由是什么", "有什么理由抽查"],
    "who": ["谁负责抽查", "哪个部门牵头", "由谁主持", "局长叫什么名字"],
    "when": ["什么时候开会", "哪一天施行", "何时见效", "会是赶在什么节日前开的", "定在什么时间"],
    "where": ["会议在哪里开", "什么地方开会", "在哪开会"],
    "yes_no": ["能不能擅自离开", "是否需要请假", "要请假吗", "会开了没", "指标还在合理区间不",
               "请假也是强制的?",
               "有没有出现过违约?报告咋讲的", "设施怎么布局的能公开不"],
    "compare": ["两篇讲话有什么不同", "谁更高", "各是怎么说的", "对比一下两年的产量", "这两份哪个更详细", "收入哪边增得快"],
    "summary": ["总结一下", "主要讲了什么", "概括会议精神"],
    "other": ["粮食生产", "值班制度", "", "是第几次局长办公会通过的", "多长时间调整一次"],
}


@pytest.mark.parametrize(("question", "kind"), [(question, kind) for kind, questions in ASKED.items() for question in questions])
def test_the_question_word_tells_the_kind(question: str, kind: Kind) -> None:
    """Office and everyday ways of asking, slips of the pen included."""
    assert kind_of(spelled(question)) == kind


@pytest.mark.parametrize(("folded", "kind"), [
    ("农村搞不搞", "yes_no"), ("出没出过事故", "yes_no"), ("第二个阶段要建成什么", "definition"), ("今年的六大领域", "list"),
    ("这两个字到底啥意思", "definition"), ("十件民生实事都是些什么事", "list"),
    ("十四大之后还留着吗", "yes_no"), ("那几个园区怎么提升", "how"), ("新城里有啥场景", "list"), ("来个小结", "summary"),
    ("梳理了多少事项", "figure"), ("哪几家馆升级了", "list"), ("签约的事后来怎么没办成", "why"), ("怎么不断提高水平", "how"),
    ("总结过去五年,今后要把握的几个“必须”", "list"),
    ("说要规范,原因呢", "why"), ("这是怎样的企业", "definition"), ("报告怎么解释这个说法", "definition"),
    ("两个阶段怎么安排的,简要说说", "summary"), ("主要框架给我理一下", "summary"), ("这段浓缩成几点", "summary"),
    ("提炼出什么经验", "definition"), ("怎么办理一下手续", "how"), ("今年谁的投资目标高", "compare"),
    ("两年的目标一样不一样", "compare"),
])
def test_verbs_asked_twice_counted_nouns_and_question_words_tell_the_kind(folded: str, kind: str) -> None:
    """V不V asks yes or no, a bare counted noun asks for a list; 什么 is no 么 that asks yes or no."""
    assert kind_of(folded) == kind
