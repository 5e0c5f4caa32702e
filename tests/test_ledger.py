"""What the page keeps: each user's conversations, judgements that become questions, a log; nothing crosses between users."""

import json
from pathlib import Path

import pytest

from rag.answer.reply import Answer, Citation, Coverage, Milliseconds, Sentence
from rag.page.catalogue import Choice
from rag.page.exchange import Exchange, as_json, from_json
from rag.page.ledger import Ledger, golden
from rag.scoring import expected

CITED = Citation(1, "讲话.txt", None, "0" * 64, "在会上的讲话", ("一、目标",), 3, 10, 16, "增长6.5%", "今年增长6.5%左右。",
                 "《在会上的讲话》第3段")
ANSWER = Answer("增长多少", "增长6.5%[1]", False, None, (Sentence("增长6.5%", (1,)),), (CITED,), Coverage(1, 1), (), "20250101-000000-000",
                Milliseconds(1, 2, 3), explain={"kind": "figure"})
EXCHANGE = Exchange(1, "增长多少", "done", answer=ANSWER, said=1, origins={1: 8}, choice=Choice(("全会",), (), ("2024",)),
                    about=("讲话.txt", 8), about_words="第3段")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger in a folder of its own."""
    return Ledger(tmp_path / "数据")


def test_an_exchange_comes_back_as_it_was() -> None:
    """Through JSON and back, to the last citation."""
    assert from_json(as_json(EXCHANGE)) == EXCHANGE
    assert from_json(as_json(Exchange(2, "问", "failed", "坏了"))) == Exchange(2, "问", "failed", "坏了")


def test_a_conversation_outlives_the_program(ledger: Ledger, tmp_path: Path) -> None:
    """Opened again, the citations are intact."""
    one = ledger.begin("甲", "增长多少")
    ledger.keep("甲", one, EXCHANGE)
    ledger.close()
    again = Ledger(tmp_path / "数据")
    assert again.exchanges("甲", one) == (EXCHANGE,)
    assert [(kept.title, kept.exchanges) for kept in again.conversations("甲")] == [("增长多少", 1)]


def test_nobody_sees_or_changes_what_is_anothers(ledger: Ledger) -> None:
    """Neither in a list nor by the conversation's id."""
    one = ledger.begin("甲", "增长多少")
    ledger.keep("甲", one, EXCHANGE)
    ledger.keep("乙", one, Exchange(1, "改掉", "failed"))
    ledger.rename("乙", one, "改名")
    ledger.forget("乙", one)
    assert (ledger.exchanges("乙", one), ledger.conversations("乙"), ledger.title("乙", one)) == ((), [], "")
    assert (ledger.exchanges("甲", one), ledger.title("甲", one)) == ((EXCHANGE,), "增长多少")


def test_a_number_is_given_once(ledger: Ledger) -> None:
    """Above those that are kept and those that were given; none in what is another's or gone."""
    one = ledger.begin("甲", "增长多少")
    assert [ledger.number("甲", one, 1), ledger.number("甲", one, 1), ledger.number("甲", one, 9)] == [1, 2, 9]
    other = ledger.begin("甲", "四种精神")
    ledger.keep("甲", other, EXCHANGE)
    assert ledger.number("甲", other, 1) == EXCHANGE.number + 1
    ledger.forget("甲", other)
    assert (ledger.number("甲", other, 1), ledger.number("乙", one, 1), ledger.number("甲", "", 1)) == (None, None, None)


def test_conversations_are_found_by_their_words(ledger: Ledger) -> None:
    """In questions and answers; a wildcard of the database is a character like any other."""
    one, two = ledger.begin("甲", "增长多少"), ledger.begin("甲", "四种精神")
    ledger.keep("甲", one, EXCHANGE)
    ledger.keep("甲", two, Exchange(1, "四种精神是哪四种", "failed", "没有_的"))
    assert [kept.title for kept in ledger.conversations("甲", "6.5%")] == ["增长多少"]
    assert [kept.title for kept in ledger.conversations("甲", "_")] == ["四种精神"]
    assert ledger.conversations("甲", "%精%") == []
    assert [kept.title for kept in ledger.conversations("甲", most=1)] == ["四种精神"]


def test_a_conversation_is_renamed_and_deleted(ledger: Ledger) -> None:
    """A blank name changes nothing; what is deleted is gone, its exchanges too."""
    one = ledger.begin("甲", "增长多少")
    ledger.keep("甲", one, EXCHANGE)
    ledger.rename("甲", one, "  目标  ")
    ledger.rename("甲", one, " ")
    assert ledger.title("甲", one) == "目标"
    ledger.forget("甲", one)
    assert (ledger.conversations("甲"), ledger.exchanges("甲", one)) == ([], ())


def test_the_latest_word_on_an_answer_counts(ledger: Ledger) -> None:
    """One judgement of each user on each answer, listed for the librarian with the answer as it stood."""
    one = ledger.begin("甲", "增长多少")
    ledger.judge("甲", one, EXCHANGE, good=True, reason="")
    ledger.judge("甲", one, EXCHANGE, good=False, reason="是去年的数")
    assert ledger.judged("甲", one) == {1: (False, "是去年的数")}
    found = ledger.judgements()
    assert [(one_.user, one_.good, one_.reason, one_.exchange) for one_ in found] == [("甲", False, "是去年的数", EXCHANGE)]


def test_judgements_become_golden_questions(ledger: Ledger) -> None:
    """What was useful can be scored at once; what was wrong names the question, and scores nothing until it is filled in."""
    ledger.judge("甲", "x", EXCHANGE, good=True, reason="")
    ledger.judge("乙", "x", EXCHANGE, good=False, reason="旧数")
    wrong, right = (json.loads(line) for line in golden(ledger.judgements()).splitlines())
    assert (right["question"], right["must"], right["sources"]) == ("增长多少", [["增长6.5%"]], ["今年增长6.5%左右。"])
    assert expected(right) is not None
    assert (wrong["question"], wrong["note"], expected(wrong)) == ("增长多少", "旧数", None)


def test_acts_are_listed_the_latest_first(ledger: Ledger) -> None:
    """Who, what, about what."""
    ledger.note("甲", "ask", "增长多少")
    ledger.note("乙", "delete", "旧稿.txt")
    assert [(act.user, act.what, act.detail) for act in ledger.acts()] == [("乙", "delete", "旧稿.txt"), ("甲", "ask", "增长多少")]


def test_without_a_place_to_write_the_page_goes_on(tmp_path: Path) -> None:
    """The ledger warns, and lasts as long as the program."""
    (tmp_path / "文件").write_text("", encoding="utf-8")
    made = Ledger(tmp_path / "文件")
    assert "历史记录不能保存" in made.warning
    one = made.begin("", "问")
    made.keep("", one, EXCHANGE)
    assert made.exchanges("", one) == (EXCHANGE,)
