"""A question word and what it is asked of tell what is asked for."""

import pytest

from rag.answer.interrogatives import Kind, asked_by_words, uniform


@pytest.mark.parametrize(("typed", "meant"), [
    ("咋办", "怎么办"), ("怎样开会", "怎么样开会"), ("啥时候", "什么时候"), ("何时", "什么时候"), ("缘何", "为什么"),
    ("有何困难", "有什么困难"), ("涨了几成", "涨了多少"), ("任何时候", "任何时候"), ("粮食产量", "粮食产量"),
])
def test_the_forms_of_a_question_word_are_made_one(typed: str, meant: str) -> None:
    """Everyday and written ones alike; what asks nothing stays."""
    assert uniform(typed) == meant


@pytest.mark.parametrize(("wording", "kinds"), [
    ("种粮补贴一亩给几块", ["figure"]), ("分成几块", ["list"]), ("跑几趟", ["figure"]), ("提几条意见", ["list"]),
    ("有几条", ["figure"]), ("降了几点", ["figure"]), ("几月几号", ["when", "when"]), ("第几次", ["other"]), ("那几个园区", []),
    ("哪三句", ["list"]), ("指的是哪三个", ["list"]), ("指的是哪些会", ["definition"]), ("哪年", ["when"]), ("哪位", ["who"]),
    ("哪座城市", ["where"]), ("差在哪", ["compare"]), ("都是哪里", ["list"]), ("有哪些办法", ["how"]), ("讲了哪些", ["summary"]),
    ("哪些部门", ["list"]), ("存在些什么毛病", ["list"]), ("有什么意义", ["definition"]), ("有什么培训办法", ["how"]),
    ("有哪些约束手段", ["how"]), ("有什么困难和办法", ["list"]), ("有什么不好", ["why"]), ("有什么坏处", ["why"]), ("有什么困难", ["list"]),
    ("什么部门", ["who"]), ("是什么部门", ["definition"]), ("是什么缘故", ["why"]), ("作为什么", ["definition"]),
    ("工作为什么", ["why"]), ("完成什么数", ["figure"]), ("越办越好", []), ("怎么越办越差", ["why"]), ("怎么就没办成", ["why"]),
    ("怎么不断提高", ["how"]), ("怎么一回事", ["definition"]), ("各怎么安排", ["compare"]), ("都有谁", ["list"]),
    ("谁和谁", ["who", "who"]), ("分别是谁和谁", ["list", "list"]), ("多高", ["figure"]), ("多高的山", []),
])
def test_what_stands_beside_a_question_word_tells_its_kind(wording: str, kinds: list[Kind]) -> None:
    """One kind for each word that asks; none where it asks nothing."""
    assert list(asked_by_words(wording)) == kinds
