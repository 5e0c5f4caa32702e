"""Example questions come from the library's own outline and can be answered."""

import pytest

from rag.answer.examples import MOST, examples, subject_of_first_figure
from rag.search.encoder import Encoder
from tests.small import LIBRARY, answerer_of, shelf_of

TASKS = (
    "在青溪县工作会议上的讲话\n同志们:\n要完成三项任务:\n1.改善乡镇办公条件。今年改造五个院子。\n2.年轻干部不愿下乡。要多听意见。\n3.规范会议审批程序。\n"
    "一是求真务实的作风。\n二是滥占耕地和水面。\n谢谢大家!\n"
)


def test_lists_and_figures_of_the_library_are_asked_for() -> None:
    """A named list that is whole, the subject of a sum, and a task."""
    assert examples(shelf_of(LIBRARY)) == [
        "“四种作风”分别是什么？", "《在白桦市农业工作会议上的讲话》的“三点意见”分别是什么？", "全县生产总值是多少？", "怎样守住耕地红线？",
    ]


def test_how_is_asked_of_what_is_to_be_done() -> None:
    """An item that tells a task makes a question; one that names a quality or a fault does not."""
    hows = [question for question in examples(shelf_of({"任务.txt": TASKS})) if question.startswith("怎样")]
    assert set(hows) <= {"怎样改善乡镇办公条件？", "怎样规范会议审批程序？"}


def test_every_example_names_its_subject() -> None:
    """A sum of which only is told whose it is makes no question, nor does a list without a name of its own in a speech of a long title."""
    text = (
        "{}\n同志们:\n每人平均达到35元。\n全县财政收入完成3.2亿元。\n"
        "讲三点意见:\n一是要抓紧春耕。\n二是要修好水渠。\n三是要管好林地。\n谢谢大家!\n"
    )
    short, long = "在青溪县会议上的讲话", "在青溪县春季农业生产暨农村基层组织建设工作电视电话会议上的讲话"
    assert examples(shelf_of({"讲话.txt": text.format(short)})) == [f"《{short}》的“三点意见”分别是什么？", "全县财政收入是多少？"]
    assert examples(shelf_of({"讲话.txt": text.format(long)})) == ["全县财政收入是多少？"]


@pytest.mark.parametrize("text", ["好。\n", "没有提纲的讲话\n同志们:\n今天开个会。\n"])
def test_a_library_without_an_outline_gives_no_examples(text: str) -> None:
    """Nothing is invented."""
    assert examples(shelf_of({"讲话.txt": text})) == []
    assert examples(shelf_of({})) == []


@pytest.mark.parametrize(("paragraph", "subject"), [
    ("今年,固定资产投资预计完成103亿元,增长8%。", "固定资产投资"),
    ("全县上下齐心协力。", None),
    ("共召开会议12次。", None),
    ("", None),
])
def test_the_subject_of_the_first_sum_is_named(paragraph: str, subject: str | None) -> None:
    """What an example question can ask for; None where no sum of money stands."""
    assert subject_of_first_figure(paragraph) == subject


def test_examples_are_few_and_each_stands_once() -> None:
    """However large the library, a handful; the same question of two speeches once."""
    found = examples(shelf_of({f"{number}.txt": text for number in range(4) for text in LIBRARY.values()}))
    assert len(found) == len(set(found)) <= MOST


def test_every_example_is_answered(model: Encoder) -> None:
    """What a newcomer is told to ask is not refused."""
    answerer = answerer_of(model, LIBRARY)
    assert [question for question in examples(answerer.shelf) if answerer.answer(question).refused] == []
