"""Evidence: statements with their surroundings, scored by what they carry of the question."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.answer.evidence import PRIOR_SHARE, Evidence, carried
from rag.answer.keywords import Term
from rag.answer.statements import Hit, Statement
from rag.answer.terms import is_place, match
from tests.drafts import drafts
from tests.small import LIBRARY, asked, evidence_of, ranked, statements_of

EVIDENCE = evidence_of(LIBRARY)
STATEMENTS = statements_of(EVIDENCE)


def statement(quote: str, evidence: Evidence = EVIDENCE) -> Statement:
    """The statement that opens with `quote`."""
    return next(one for one in statements_of(evidence) if one.place.text.startswith(quote))


def term(text: str, *variants: str, tag: str = "n") -> Term:
    """A word of a question."""
    return Term(text, tag, variants)


UNSEEN = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff")  # of no width: at the end of a line blanks like others


@given(drafts(20).filter(lambda text: text.strip()))
@example("\u200b")
def test_the_statements_of_a_text_are_its_sentences(text: str) -> None:
    """Each is text of the source inside one paragraph, in order; together they hold every character but blanks."""
    found = statements_of(evidence_of({"讲话.txt": text}))
    assert [one.place.start for one in found] == sorted({one.place.start for one in found})
    assert all(one.place.text and one.place.text == one.place.text.strip() for one in found)
    told = "".join(one.place.text for one in found)
    assert "".join(told.translate(UNSEEN).split()) == "".join(text.translate(UNSEEN).split())


def test_a_statement_knows_what_stands_around_it() -> None:
    """The sentence before, the item's own heading, the headings above, and the front of the speech."""
    found = statement("会议从不迟到")
    assert (found.order, found.before, found.head) == (1, "三是守时的作风。", "三是守时的作风。")
    assert found.path == "一、四种作风 三是守时的作风"
    assert "青溪县" in found.bearing and found.paragraph == "三是守时的作风。会议从不迟到。"
    assert statement("三是守时的作风").head == ""


def test_each_paragraph_is_read_once_best_first() -> None:
    """Hits in the same paragraph give its statements once, with the score of the first."""
    farm = statement("今年,全市粮食").place
    work = statement("会议从不迟到").place
    hits = [Hit(place.document.path, place.start, place.end, score) for place, score in ((farm, 0.9), (work, 0.5), (farm, 0.1))]
    found = EVIDENCE.statements(hits)
    assert [one.place.paragraph for one in found] == [farm.paragraph] * 2 + [work.paragraph] * 2
    assert [one.prior for one in found] == [0.9, 0.9, 0.5, 0.5]


@pytest.mark.parametrize(("word", "text"), [
    (term("粮食产量"), "全年粮食产量稳定"),
    (term("gdp", "生产总值"), "生产总值增长"),
    (term("规模工业"), "规模以上工业"),
    (term("互助组织"), "互助经济组织"),
    (term("粮食总产量"), "粮食产量高"),
])
def test_a_word_may_stand_in_another_form(word: Term, text: str) -> None:
    """The word itself counts whole; a synonym, an abbreviation, or most of its pairs count less, but count."""
    assert match(word, text) > 0.2
    assert (match(word, text) == 1.0) == (word.text in text)


@pytest.mark.parametrize(("word", "text"), [(term("人大"), "人多。心大"), (term("粮食"), "棉花"), (term("粮"), "棉"), (term("粮食"), "")])
def test_a_word_that_does_not_stand_does_not_match(word: Term, text: str) -> None:
    """Characters of different sentences make no word."""
    assert match(word, text) == 0.0


@given(st.text("粮食产量棉花,。", min_size=1, max_size=6), st.text("粮食产量棉花,。", max_size=20))
def test_a_match_lies_between_nothing_and_the_word_itself(word: str, text: str) -> None:
    """1 exactly where the word stands, and never less because more text follows."""
    found = match(term(word), text)
    assert 0.0 <= found <= 1.0
    assert (found == 1.0) == (word in text)
    assert match(term(word), f"{text}{word}") == 1.0


def test_a_word_counts_more_the_nearer_it_stands() -> None:
    """In the sentence itself before all; in the item's heading, the headings above and the front in part; nowhere, nothing."""
    found = statement("会议从不迟到")
    own, heading, above, nowhere = (carried(term(word), found) for word in ("迟到", "守时", "四种", "粮食"))
    assert own == 1.0 > heading > above > nowhere == 0.0
    assert 0 < carried(term("政务"), found) < 1.0


@pytest.mark.parametrize(("wording", "best"), [
    ("值班人员能不能擅自离开", "值班人员必须"),
    ("会议地点在哪里", "会议地点定在"),
    ("高标准农田建了多少", "新建高标准农田"),
    ("谁来反复核对材料", "材料要反复核对"),
])
def test_the_statement_that_carries_the_question_comes_first(wording: str, best: str) -> None:
    """Over the whole library, by words alone."""
    first = ranked(EVIDENCE, asked(wording))[0]
    assert first.statement.place.text.startswith(best)
    assert 0.5 < first.coverage <= 1.0


def test_what_a_sentence_opens_with_it_is_about() -> None:
    """Of two sentences with the same words, the one that opens with them comes first."""
    evidence = evidence_of({"林业.txt": "林业讲话\n同志们:\n金融、商务、物流、家居各行业都要用好智能场景。\n物流要先用好智能场景。\n"})
    about, beside = (statement(quote, evidence) for quote in ("物流", "金融"))
    question = asked("物流的智能场景")
    assert evidence.opens(question, about) > evidence.opens(question, beside) > 0
    assert ranked(evidence, question)[0].statement.place == about.place


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    """会议 stands in many passages, 汛期 in one."""
    meeting, flood = EVIDENCE.weights(asked("会议和汛期"))
    assert flood > meeting > 0


def test_a_question_without_words_covers_nothing() -> None:
    """多少? alone finds no evidence, and divides by nothing."""
    question = asked("多少?")
    assert EVIDENCE.coverage(question, STATEMENTS[0]) == EVIDENCE.wording(question, "多少") == EVIDENCE.borne(question, "多少") == 0.0


def test_a_place_that_nothing_names_is_missed() -> None:
    """上海 stands nowhere near; a place on the front of the speech does."""
    beijing = asked("上海的值班制度")
    assert [one.text for one in EVIDENCE.unnamed(beijing, statement("值班制度是指"))] == ["上海"]
    assert EVIDENCE.unnamed(asked("青溪县的值班制度"), statement("值班制度是指")) == []


@pytest.mark.parametrize(("word", "place"), [
    (term("上海", tag="ns"), True), (term("上海"), False), (term("全国", tag="ns"), False), (term("沪", tag="ns"), False),
])
def test_only_names_of_places_are_places(word: Term, place: bool) -> None:
    """全国 names no place in particular."""
    assert is_place(word) is place


def test_a_report_of_one_province_is_not_of_another() -> None:
    """However often it names the neighbour; a city inside it is named often enough."""
    text = (
        "2025年安徽省政府工作报告\n各位代表:\n与上海市协作。上海市来了客商。上海市建了园区。合肥市增了产。合肥市建了路。合肥市办了学。\n"
        "全省生产总值目标增长5%。\n"
    )
    evidence = evidence_of({"报告.txt": text})
    told = next(one for one in statements_of(evidence) if "5%" in one.folded)
    assert [term.text for term in evidence.unnamed(asked("上海市生产总值目标是多少"), told)] == ["上海市"]
    assert evidence.unnamed(asked("合肥市生产总值目标是多少"), told) == []


def test_what_is_asked_of_the_end_stands_at_the_end() -> None:
    """结尾 prefers what a speech ends with, 开头 what it begins with."""
    body = "".join(f"要修好第{n}条渠。\n" for n in "一二三四五六七八九")
    evidence = evidence_of({"讲话.txt": f"青溪县水利讲话\n同志们:\n希望大家早动手。\n{body}希望大家再加劲。\n谢谢大家!\n"})
    assert ranked(evidence, asked("结尾提了什么希望"))[0].statement.folded == "希望大家再加劲。"
    assert ranked(evidence, asked("开头提了什么希望"))[0].statement.folded == "希望大家早动手。"


def test_ranking_keeps_the_order_of_equals() -> None:
    """Statements that score alike stay in the order given."""
    question = asked("锶镝?")
    assert [one.statement for one in EVIDENCE.ranked(question, STATEMENTS[5:8])] == sorted(
        STATEMENTS[5:8], key=lambda one: -EVIDENCE.score(question, one).score
    )


def test_a_place_is_named_by_its_stem_and_by_what_lies_in_it() -> None:
    """白桦市 stands in 白桦的粮食; of 海西省白桦市 the inner name is enough; an unknown place is missing."""
    evidence = evidence_of({"农业.txt": "在白桦市农业会议上的讲话\n同志们:\n粮食总产量41万吨。\n"})
    statement = next(one for one in statements_of(evidence) if "41" in one.folded)
    assert [term.text for term in evidence.unnamed(asked("望舒区粮食总产量多少"), statement)] == ["望舒区"]
    assert evidence.unnamed(asked("白桦市粮食总产量多少"), statement) == []


def test_a_statement_scores_by_its_passage_each_time_it_is_found() -> None:
    """What it carries is kept with the question; the score of the passage that it was found by is the find's own."""
    evidence, question = evidence_of(LIBRARY), asked("粮食总产量多少")
    one = statement("今年,全市粮食", evidence)
    low, high, again = (evidence.score(question, replace(one, prior=prior)) for prior in (0.0, 0.8, 0.0))
    assert high.score == pytest.approx(low.score + PRIOR_SHARE * 0.8)
    assert low == again and low.coverage == high.coverage
    assert low == evidence_of(LIBRARY).score(question, one)
