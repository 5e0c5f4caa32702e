"""The page's parts: nothing of a document acts, every character of a source is kept, every state says what it is."""

import asyncio
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.reply import Answer, Citation, Coverage, Milliseconds, Sentence
from rag.engine import Engine
from rag.errors import ModelError
from rag.index.build import Progress
from rag.index.library import Library
from rag.index.report import BuildReport, DocumentReport
from rag.index.store import Kept
from rag.outline.parse import outline
from rag.page import figures, places, progress, shelf
from rag.page.asking import answering, begun, stopped, turns
from rag.page.catalogue import catalogue
from rag.page.desk import Desk, State, explain, left, summary
from rag.page.exchange import Exchange, lines, replaced
from rag.page.listening import HEADERS, Guarded, NotListening, address, listener
from rag.page.markup import QUOTE, Markup, Span, fill, painted, sendable
from rag.page.quoting import plain
from rag.page.reader import Opening, reader, snapshot
from rag.page.sources import sources
from rag.page.talk import talk, welcome
from rag.reading.document import Document, Reported
from rag.settings import DEFAULT_MODEL, Settings

HOSTILE = ("<script>document.title='x'</script><img src=x onerror=alert(1)>![图](http://a.example/b.png) "
           "$$x^2$$ ${1+1} {{7*7}} \"'&amp;\u202e")
OURS = {"div", "section", "h2", "span", "p", "button", "footer", "bdi", "ul", "li", "ol", "article", "header", "blockquote", "mark",
        "strong", "nav", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "i", "details", "summary", "form", "label",
        "textarea", "input"}
VOID = {"input"}


class Seen(HTMLParser):
    """What a browser makes of HTML: its tags with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[dict[str, str | None]] = []
        self.words: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(dict(attributes))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append((data, tuple(one.get("class") or "" for one in self.open)))

    def text(self, inside: str = "") -> str:
        """The text, or that inside elements of one class."""
        return "".join(data for data, classes in self.words if not inside or any(inside in one.split() for one in classes))


def citation(n: int, text: str, quote: str, start: int, **other: object) -> Citation:
    """A citation of `quote`, which starts at `start` of its document."""
    made = Citation(n, "讲话.txt", None, "0" * 64, "在会上的讲话", ("三、加强队伍建设", "四种精神"), 21, start, start + len(quote),
                    quote, text, "《在会上的讲话》第三部分,第21段")
    return replace(made, **other)


def answer(text: str, sentences: list[Sentence], citations: list[Citation], **other: object) -> Answer:
    """An answer of one build."""
    made = Answer("问", text, False, None, tuple(sentences), tuple(citations), None, (), "20250101-000000-000", Milliseconds(1, 2, 80))
    return replace(made, **other)


PARAGRAPH = "一是认真负责的精神。" + "要坚持严谨细致。" * 20 + "二是无私奉献的精神。甘于吃苦。"
LIST = answer(
    "- 一是认真负责的精神[1]\n- 二是无私奉献的精神[2]",
    [Sentence("一是认真负责的精神", (1,)), Sentence("二是无私奉献的精神", (2,))],
    [citation(1, PARAGRAPH, "一是认真负责的精神", 100), citation(2, PARAGRAPH, "二是无私奉献的精神", 100 + PARAGRAPH.index("二是"))],
    coverage=Coverage(2, 2))
LISTED = Exchange(1, "是哪两种?", "done", answer=LIST, said=2)
REFUSED = Exchange(2, "高铁呢?", "done", said=1, answer=answer(
    "库中没有找到能回答这个问题的原文。", [Sentence("库中没有找到能回答这个问题的原文。")], [], refused=True,
    nearest=(citation(1, PARAGRAPH, PARAGRAPH, 100),)))


def state_bar(html: Markup) -> dict[str, str | None]:
    """The attributes of the progress bar in `html`."""
    return next(attributes for _, attributes in Seen(sendable(html)).tags if attributes.get("role") == "progressbar")


# what is put into HTML

spans = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=5).map(
    lambda pairs: [Span(min(pair), max(pair), QUOTE) for pair in pairs])
any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=40)


@given(any_text, st.integers(0, 10), spans, spans)
def test_painting_changes_no_character(text: str, origin: int, outer: list[Span], inner: list[Span]) -> None:
    """Whatever is framed, overlapping or reaching beyond, the text shown is the text given."""
    html = sendable(painted(text, origin, (outer, inner)))
    assert Seen(html).text() == text
    assert {tag for tag, _ in Seen(html).tags} <= {"mark"}


@given(any_text.filter(lambda text: len(text) > 2))
def test_a_quote_is_framed_exactly(text: str) -> None:
    """What stands inside the mark is the quote, character for character."""
    html = sendable(painted(text, 7, ([Span(8, 7 + len(text), QUOTE)],)))
    assert Seen(html).text("quote") == text[1:]


def test_slots_are_escaped_and_markup_is_not() -> None:
    """A string put into a template can't act; a piece that was built stays as built."""
    assert fill("<p>{a}{b}</p>", a="<i>", b=Markup("<b>1</b>")) == "<p>&lt;i&gt;<b>1</b></p>"


def test_half_a_surrogate_pair_can_be_sent() -> None:
    """A file name that is not UTF-8 does not break the page."""
    assert sendable(fill("{name}", name="讲\udce9话")) == "讲?话"


def test_hostile_text_stays_text_in_every_part() -> None:
    """Scripts, images, LaTeX and templates in questions, sources, titles and paths are shown and nothing more."""
    bad = citation(1, HOSTILE, HOSTILE, 0, document=HOSTILE, speech=HOSTILE, outline=(HOSTILE,), label=HOSTILE)
    reply = answer(HOSTILE + "[1]", [Sentence(HOSTILE, (1,))], [bad], build=HOSTILE)
    exchange = Exchange(1, HOSTILE, "done", answer=reply, said=1)
    failed = Exchange(2, HOSTILE, "failed", HOSTILE)
    text = f"{HOSTILE}\n一、{HOSTILE}\n正文。"
    document = Document(HOSTILE, "0", "utf-8", text)
    speech = outline(document)[0]
    state = State("failed", error=HOSTILE, result=HOSTILE)
    parts = [talk([exchange, failed]), welcome([HOSTILE]), sources(exchange),
             reader(document, speech, Opening(bad)), snapshot(bad, 0),
             progress.notices(state, HOSTILE), progress.work(state), shelf.trouble(HOSTILE),
             shelf.builds([Kept(HOSTILE, "2025-01-01", False, True, 1, 1, 1)])]
    for part in parts:
        seen = Seen(sendable(part))
        assert {tag for tag, _ in seen.tags} <= OURS
        assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on") or name in ("src", "href")]
        assert HOSTILE in seen.text()


# the conversation

def test_a_list_is_shown_one_line_an_item() -> None:
    """Items become items of a list, each with its mark; the dash before them is not shown twice."""
    seen = Seen(sendable(talk([LISTED])))
    assert [tag for tag, _ in seen.tags].count("li") == 2
    assert seen.text("items") == "一是认真负责的精神[1]二是无私奉献的精神[2]"


def test_only_what_was_said_is_shown() -> None:
    """While an answer is being said, later sentences and their sources wait."""
    speaking = replace(LISTED, phase="speaking", said=1)
    assert "二是" not in Seen(sendable(talk([speaking]))).text()
    assert [one.n for one in speaking.citations()] == [1]


def test_a_bracketed_number_inside_a_quote_is_not_a_mark() -> None:
    """`[1]` that the source itself holds stays words."""
    quote = "见附件[1]和[2]"
    reply = answer(f"{quote}[1]", [Sentence(quote, (1,))], [citation(1, quote, quote, 0)])
    assert lines(reply, 1) == [(quote, reply.citations[0])]


def test_an_answer_laid_out_otherwise_still_shows_its_sentences() -> None:
    """Where a sentence does not stand in the answer's text it is shown with its own marks."""
    reply = answer("别的", [Sentence("原话", (1,))], [citation(1, "原话", "原话", 0)])
    assert lines(reply, 1) == [("原话", reply.citations[0])]


def test_marks_name_their_source() -> None:
    """A mark is a button whose name a screen reader can say."""
    marks = [attributes for tag, attributes in Seen(sendable(talk([LISTED]))).tags if attributes.get("class") == "mark"]
    assert [(one["aria-label"], one["data-cite"]) for one in marks] == [
        ("出处1:《在会上的讲话》第三部分,第21段", "1"), ("出处2:《在会上的讲话》第三部分,第21段", "2")]


def test_a_copied_answer_carries_its_sources() -> None:
    """The copy button gives the answer and, below it, where each number comes from; a refusal has none."""
    assert plain(LIST).endswith("[2]\n\n出处:\n[1] 《在会上的讲话》第三部分,第21段\n[2] 《在会上的讲话》第三部分,第21段")
    assert plain(REFUSED.answer or LIST) == "库中没有找到能回答这个问题的原文。"


def test_a_list_says_whether_it_is_whole() -> None:
    """The number of items that the source states is named, and a shortfall with both numbers."""
    short = replace(LISTED, answer=replace(LIST, coverage=Coverage(4, 2)))
    assert "原文共2项,已列全" in Seen(sendable(talk([LISTED]))).text("after")
    assert "原文共4项,只找到2项" in Seen(sendable(talk([short]))).text("warn")


def test_a_refusal_is_told_from_an_answer() -> None:
    """It stands in a box of its own, and the passages near it are named as no answer, none of them highlighted."""
    assert "不是答案" in Seen(sendable(talk([REFUSED]))).text("refusal")
    cards = Seen(sendable(sources(REFUSED)))
    assert cards.text("not") == "不是答案"
    assert "mark" not in {tag for tag, _ in cards.tags}


def test_before_the_first_question_examples_can_be_pressed() -> None:
    """The greeting offers the questions it was given."""
    buttons = [attributes["data-ask"] for tag, attributes in Seen(sendable(welcome(["甲?", "乙?"]))).tags if "data-ask" in attributes]
    assert buttons == ["甲?", "乙?"]


# the sources

def test_each_citation_has_a_card_with_its_quote_highlighted() -> None:
    """Title, path, paragraph number, and the whole paragraph, however much of it is folded away."""
    seen = Seen(sendable(sources(LISTED)))
    assert seen.text("card-number") == "12"
    assert seen.text("quote") == "一是认真负责的精神二是无私奉献的精神"
    assert seen.text("card-text") == PARAGRAPH * 2
    assert seen.text("card-path") == "三、加强队伍建设 › 四种精神" * 2
    assert seen.text("card-place") == "第21段" * 2


def test_a_quote_that_stands_twice_is_marked_where_it_was_cited() -> None:
    """The paragraph's own place decides, not the first match of the words."""
    text = "增长14%;收入增长14%。"
    second = citation(1, text, "增长14%", 1000 + text.rindex("增长"))
    exchange = Exchange(1, "问", "done", answer=answer("增长14%[1]", [Sentence("增长14%", (1,))], [second]), said=1, origins={1: 1000})
    assert '增长14%;收入<mark class="quote">增长14%</mark>。' in sendable(sources(exchange))


def test_an_answer_without_sources_says_what_will_stand_there() -> None:
    """Before the first answer, and beside one that cites nothing, the place of the cards says what they are."""
    silent = replace(REFUSED, answer=replace(REFUSED.answer or LIST, nearest=()))
    assert sources(None) == sources(silent)
    assert "点回答里的编号" in Seen(sendable(sources(None))).text("hint")


# the reader

def test_the_reader_shows_the_whole_speech(library: Library) -> None:
    """Every paragraph with its number, every heading in the outline, the quote highlighted in its paragraph."""
    speech = next(one for one in library.speeches if one.kind == "speech")
    text = library.text_of(speech.document)
    quote = "二是无私奉献的精神。"
    start = text.index(quote)
    others = [citation(n, "", words, text.index(words), document=speech.document)
              for n, words in ((2, "无私奉献"), (3, "三是团结协作的精神"))]
    cited = citation(1, "", quote, start, document=speech.document)
    seen = Seen(sendable(reader(library.document(speech.document), speech, Opening(cited, [cited, *others]))))
    assert seen.text("words") == "".join(text[one.start:one.end] for one in speech.paragraphs)
    assert seen.text("number") == "".join(str(one.number) for one in speech.paragraphs)
    assert seen.text("quote") == quote
    assert seen.text("also") == "三是团结协作的精神"
    here = [attributes["title"] for _, attributes in seen.tags if attributes.get("aria-current") == "location"]
    assert here == [quote]


def test_a_source_opens_in_the_library_or_as_it_was_cited(library: Library) -> None:
    """Where the document has changed since, the page says so and shows the paragraph of the answer."""
    speech = next(one for one in library.speeches if one.kind == "speech")
    paragraph = speech.paragraphs[4]
    text = library.text_of(speech.document)[paragraph.start : paragraph.end]
    cited = citation(1, text, text[:9], paragraph.start, document=speech.document, paragraph=paragraph.number)
    assert places.origins(catalogue(library), [cited]) == {1: paragraph.start}
    exchange = Exchange(1, "问", "done", answer=answer("", [Sentence("", (1,))], [cited]), said=1)
    opened = Seen(sendable(places.opened(catalogue(library), exchange, cited, 1)))
    assert opened.text("quote") == text[:9] and "改动" not in opened.text()
    for other in (replace(cited, quote="改过的原文"), replace(cited, document="没有.txt")):
        assert "已经改动或移走" in Seen(sendable(places.opened(catalogue(library), exchange, other, 1))).text("notice")


def test_a_speech_opens_from_the_list(library: Library) -> None:
    """From its beginning, with nothing highlighted; an unknown one opens nothing."""
    speech = next(one for one in library.speeches if one.kind == "speech")
    seen = Seen(sendable(places.opened_whole(catalogue(library), speech.document, speech.number)))
    assert seen.text("reader-title") == speech.title and "mark" not in {tag for tag, _ in seen.tags}
    assert places.opened_whole(catalogue(library), speech.document, 99) == ""


# the library

def test_rows_add_up_to_the_library(library: Library) -> None:
    """The table's numbers are the build's own."""
    rows = shelf.rows(library)
    counts = library.manifest.counts
    assert [sum(getattr(row, name) for row in rows) for name in ("lines", "speeches", "paragraphs", "passages", "characters")] == [
        counts.documents, counts.speeches, counts.paragraphs, counts.passages, counts.characters]


def test_lines_of_one_file_are_one_row(library: Library) -> None:
    """A `.jsonl` file stands once, with the number of its documents, whatever characters its ids hold."""
    made = replace(library, speeches=(), passages=(), documents=tuple(
        Document(f"库#1.jsonl#{n}#甲", "0", "utf-8", "四个字呢", document_id=f"{n}#甲") for n in range(3)))
    assert [(row.file, row.lines, row.characters) for row in shelf.rows(made)] == [("库#1.jsonl", 3, 12)]


def test_what_was_left_out_stands_with_its_reason(library: Library) -> None:
    """Nothing left out: no table."""
    assert shelf.left_out(library) == ""
    seen = Seen(sendable(shelf.left_out(replace(library, reported=(Reported("旧稿.pdf", "是扫描图片。"),)))))
    assert "旧稿.pdf" in seen.text() and "是扫描图片。" in seen.text() and "未入库" in seen.text("state")


def test_the_state_of_the_index_is_told_in_words(library: Library) -> None:
    """Up to date, behind with the files named, or not known yet."""
    assert "一致" in Seen(sendable(shelf.facts(library, ()))).text("good")
    assert "有改动:甲.txt" in Seen(sendable(shelf.facts(library, ("甲.txt",)))).text("warn")
    assert "等7个文件" in Seen(sendable(shelf.facts(library, tuple("甲乙丙丁戊己庚")))).text("warn")
    assert "正在核对" in Seen(sendable(shelf.facts(library, None))).text("notice")


def test_builds_can_be_gone_back_to_unless_current_or_damaged() -> None:
    """One button for each other intact build."""
    kept = [Kept(name, "2025-01-03T00:00:00+00:00", name == "3", name != "1", 1, 9, 2_000_000) for name in "321"]
    seen = Seen(sendable(shelf.builds(kept)))
    assert [attributes["data-rollback"] for _, attributes in seen.tags if "data-rollback" in attributes] == ["2"]
    assert seen.text("state") == "✓ 正在使用完好× 已损坏"


def test_long_tables_say_what_they_leave_out(library: Library) -> None:
    """The number of rows not drawn is named."""
    many = replace(library, reported=tuple(Reported(f"{n}.pdf", "坏") for n in range(shelf.ROWS + 7)))
    assert "其余7个" in Seen(sendable(shelf.left_out(many))).text("hint")


# progress and times

def test_progress_names_stage_amount_and_time_left() -> None:
    """Downloads are told in megabytes, everything else in numbers."""
    state = State(work="start", step=Progress("准备模型", 12_300_000, 89_048_741), seconds_left=42.4)
    seen = Seen(sendable(progress.notices(state, None)))
    assert seen.text("progress-words") == "准备模型12 MB / 89 MB · 约剩42秒"
    assert state_bar(progress.bar(state))["aria-valuenow"] == "13"
    assert Seen(sendable(progress.bar(State(work="rebuild", step=Progress("计算向量", 5, 1240))))).text("progress-count") == "5 / 1,240"


def test_progress_without_a_total_claims_nothing() -> None:
    """Before the first step, and where the total is not known, the bar has no value."""
    assert "aria-valuenow" not in state_bar(progress.bar(State(work="rebuild")))
    assert "aria-valuenow" not in state_bar(progress.bar(State(work="rebuild", step=Progress("读取文件", 0, 0))))


def test_a_failed_start_can_be_tried_again() -> None:
    """The sentence of the error, and a button."""
    seen = Seen(sendable(progress.notices(State("failed", error="连不上软件源。"), None)))
    assert "连不上软件源。" in seen.text() and [1 for _, attributes in seen.tags if "data-retry" in attributes]


def test_damage_is_told_above_all_else() -> None:
    """A warning of the library is an alert, ready or not; without one nothing is shown."""
    assert "索引有损坏" in Seen(sendable(progress.notices(State("ready"), "文件缺失"))).text()
    assert progress.notices(State("ready"), None) == ""


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "不到1秒"), (42.4, "42秒"), (185, "3分05秒"), (7200, "120分00秒")])
def test_durations_in_words(seconds: float, words: str) -> None:
    """Seconds, then minutes."""
    assert figures.duration(seconds) == words


def test_the_speed_of_embedding_is_told() -> None:
    """Passages in a second and time left, once they are known."""
    state = State(work="rebuild", step=Progress("计算向量", 50, 150), seconds_left=4.0, speed=25.4)
    assert Seen(sendable(progress.bar(state))).text("progress-count") == "50 / 150 · 每秒25个片段 · 约剩4秒"


def test_who_may_turn_it_sees_the_switch(library: Library) -> None:
    """Whether the index is rebuilt by itself, and a button for the other; readers see neither."""
    assert "data-watch" not in shelf.facts(library, ())
    assert 'aria-checked="false" data-watch="on"' in shelf.facts(library, (), watching=False)
    assert 'aria-checked="true" data-watch="off"' in shelf.facts(library, (), watching=True)


def test_time_left_is_told_only_when_it_is_known() -> None:
    """From the speed so far, after a moment, and never from nothing done."""
    assert left(Progress("计算向量", 25, 100), 10) == 30
    assert left(Progress("计算向量", 25, 100), 0.5) is None
    assert left(Progress("计算向量", 0, 100), 10) is None


def test_a_build_is_summed_up_in_a_sentence() -> None:
    """How long, how much, how much of it new, and how many files were left out."""
    good = DocumentReport("甲.txt", "indexed", None, "utf-8", 9, 1, 1, 1, "0")
    bad = DocumentReport("乙.pdf", "reported", "坏", None, 0, 0, 0, 0, None)
    assert summary(BuildReport("1", (good, bad), 1234, 34, 1200, 65)) == (
        "重建完成,用时1分05秒:1份文件,1,234个片段(新算34个,沿用1,200个);有1个文件没有读入,原因见下表。")


def test_faults_of_the_program_say_what_to_do() -> None:
    """An error on purpose speaks for itself; another one names doctor."""
    assert explain(ModelError("模型坏了。")) == "模型坏了。"
    assert "ValueError" in explain(ValueError("x")) and "yanju doctor" in explain(ValueError("x"))


# the desk

@pytest.fixture(scope="module")
def desk(index_dir: Path, tmp_path_factory: pytest.TempPathFactory, corpus_dir: Path) -> Iterator[Desk]:
    """A desk over a copy of the shipped corpus and of its index, ready."""
    folder = tmp_path_factory.mktemp("页面")
    shutil.copytree(corpus_dir, folder / "corpus")
    shutil.copytree(index_dir, folder / "index")
    made = Desk(Engine(Settings(folder / "corpus", folder / "index", DEFAULT_MODEL)))
    made.start()
    settle(made)
    yield made
    made.close()


def settle(desk: Desk) -> State:
    """The state once nothing is under way and the corpus has been looked at."""
    desk.finish()
    return desk.state()


def test_a_desk_gets_ready(desk: Desk) -> None:
    """Its engine is open and the corpus compared."""
    state = settle(desk)
    assert (state.phase, state.work, state.behind, desk.engine.library is not None) == ("ready", None, (), True)


def test_a_desk_rebuilds_and_goes_back(desk: Desk) -> None:
    """A new file is seen, built in, and gone again after going back; what was answered from is always whole."""
    first = desk.engine.history()[0].build
    (desk.engine.settings.corpus / "新讲话.txt").write_text("在新会上的讲话\n同志们:\n我们要多种树。", encoding="utf-8")
    desk.look()
    assert settle(desk).behind == ("新讲话.txt",)
    desk.rebuild()
    state = settle(desk)
    assert state.succeeded and state.result.startswith("重建完成") and state.behind == ()
    desk.rollback(first)
    assert settle(desk).result == f"已回退到{first}。"
    assert settle(desk).behind == ("新讲话.txt",)
    desk.rollback("没有")
    assert not settle(desk).succeeded


def test_a_rebuild_of_an_unchanged_corpus_says_so(desk: Desk) -> None:
    """No figures of a build that was not made."""
    desk.rebuild()
    settle(desk)
    desk.rebuild()
    assert settle(desk).result == "资料没有变化,索引已经是最新的。"


def test_a_cancelled_rebuild_leaves_the_index(desk: Desk) -> None:
    """The engine is told, and the sentence says that nothing changed."""
    (desk.engine.settings.corpus / "再讲.txt").write_text("再讲几句\n同志们:\n要节约用水。", encoding="utf-8")
    before = desk.engine.library
    desk.rebuild()
    desk.cancel()
    state = settle(desk)
    (desk.engine.settings.corpus / "再讲.txt").unlink()
    assert state.result == "重建已取消,原有索引不变。" and state.succeeded and desk.engine.library is before


def test_a_desk_that_can_not_start_says_why_and_tries_again(tmp_path: Path, corpus_dir: Path) -> None:
    """The corpus is missing; once it is there, the retry gets ready."""
    made = Desk(Engine(Settings(tmp_path / "corpus", tmp_path / "index", DEFAULT_MODEL)))
    made.start()
    state = settle(made)
    assert state.phase == "failed" and str(tmp_path / "corpus") in state.error
    shutil.copytree(corpus_dir, tmp_path / "corpus")
    made.start()
    assert settle(made).phase == "ready"
    made.close()


def test_a_damaged_index_can_be_rebuilt_from_the_page(index_dir: Path, corpus_dir: Path, tmp_path: Path) -> None:
    """The start fails with the damage; a rebuild gets ready all the same."""
    shutil.copytree(index_dir, tmp_path / "index")
    for file in (tmp_path / "index" / "builds").glob("*/passages.jsonl"):
        file.write_bytes(b"{}")
    made = Desk(Engine(Settings(corpus_dir, tmp_path / "index", DEFAULT_MODEL)))
    made.start()
    state = settle(made)
    assert state.phase == "failed" and "passages.jsonl" in state.error
    made.rebuild()
    assert settle(made).phase == "ready" and settle(made).error == ""
    made.close()


def follow(desk: Desk, question: str, earlier: tuple[Exchange, ...] = ()) -> list[Exchange]:
    """Every step of an exchange."""
    async def collect() -> list[Exchange]:
        return [one async for one in answering(desk, begun(question, earlier), earlier)]
    return asyncio.run(collect())


def test_a_quoted_answer_comes_at_once(desk: Desk) -> None:
    """Waiting, then whole: nothing holds back what is known; every quote is the library's own text."""
    steps = follow(desk, "“四种精神”是哪四种?")
    assert [(one.phase, one.said) for one in steps] == [("waiting", 0), ("done", 4)]
    library = desk.engine.library
    assert library is not None
    for one in steps[-1].citations():
        origin = steps[-1].origin(one)
        assert library.text_of(one.document)[origin : origin + len(one.text)] == one.text


def test_a_follow_up_sees_its_own_conversation(desk: Desk) -> None:
    """The engine is given the questions answered so far, with their answers."""
    first = follow(desk, "“四种精神”是哪四种?")[-1]
    assert [(turn.role, turn.content) for turn in turns((first, Exchange(2, "没答", "failed", "坏")))] == [
        ("user", first.question), ("assistant", first.answer.answer if first.answer else "")]
    second = follow(desk, "第三种展开讲讲", (first,))[-1]
    assert any("团结协作" in one.text for one in second.citations())


def test_a_question_that_can_not_be_asked_gets_the_engines_sentence(desk: Desk) -> None:
    """Only punctuation: the exchange fails with the sentence of the error."""
    last = follow(desk, "???")[-1]
    assert last.phase == "failed" and "请输入" in last.note


def test_stopping_keeps_what_was_said() -> None:
    """An exchange under way is stopped; one that ended stays as it is."""
    speaking = replace(LISTED, phase="speaking", said=1)
    assert stopped(speaking).phase == "stopped" and stopped(speaking).said == 1
    assert stopped(LISTED) is LISTED
    assert replaced((LISTED, speaking), stopped(speaking))[1].phase == "stopped"


# the address

def test_a_busy_port_is_told_with_a_way_out() -> None:
    """The sentence names the address and another port."""
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(NotListening, match=f"127.0.0.1:{port}.*--port") as caught:
            listener("127.0.0.1", port)
    assert caught.value.port == port


def test_an_address_can_be_typed_into_the_browser() -> None:
    """The port that the system chose stands in it; one out of range is refused."""
    with listener("127.0.0.1", 0) as opened:
        assert address(opened) == f"http://127.0.0.1:{opened.getsockname()[1]}/"
    with pytest.raises(NotListening):
        listener("127.0.0.1", 99999)


def test_every_response_forbids_what_comes_from_elsewhere() -> None:
    """The headers are added, those of the application stay; what is not a page passes untouched."""
    sent: list[dict[str, object]] = []

    async def app(scope: object, receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b""})  # type: ignore[operator]

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    asyncio.run(Guarded(app)({"type": "http"}, None, send))  # type: ignore[arg-type]
    assert sent[0]["headers"] == [(b"a", b"b"), *HEADERS]
    assert sent[1] == {"type": "http.response.body", "body": b""}


def test_what_a_model_wrote_is_told_and_its_draft_stands_behind_a_fold() -> None:
    """Which model, what was not taken and why; escaped like everything else."""
    told = {"model": "<b>", "first": 0.2, "notices": ["模型写的有1句没有采用。"], "draft": "",
            "sentences": [{"draft": "<i>增长99%。", "state": "dropped", "why": "原文没有"}]}
    found = replace(answer("粮食。", [Sentence("粮食。")], []), mode="llm", explain={"writer": told})
    drawn = str(talk([Exchange(1, "问", phase="done", answer=found, said=1)]))
    assert "由语言模型&lt;b&gt;写成(0.2秒出第一个字)" in drawn and "有1句没有采用" in drawn
    assert "<details" in drawn and "&lt;i&gt;增长99%。" in drawn and "<i>" not in drawn
