"""An answer taken away and brought back: every form says the same words, and a changed file is found out."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.places import Shelf, citation
from rag.answer.reply import Answer, Sentence
from rag.index.library import Library
from rag.page import footnotes, quoting, saved
from rag.page.exchange import Exchange
from rag.page.quoting import plain, sheet
from rag.shelves import Snapshot
from tests.drawn import LIST, REFUSED

QUOTES = ("一是认真负责的精神", "二是无私奉献的精神")


@pytest.fixture
def exchange(library: Library) -> Exchange:
    """An answer of two quotes of the shipped speeches."""
    shelf = Shelf(library.documents, library.speeches)
    document = library.documents[0]
    cited = [citation(shelf.place(document.path, document.text.index(words), document.text.index(words) + len(words)), n)
             for n, words in enumerate(QUOTES, 1)]
    text = "\n".join(f"- {words}[{n}]" for n, words in enumerate(QUOTES, 1))
    sentences = tuple(Sentence(words, (n,)) for n, words in enumerate(QUOTES, 1))
    answer = Answer("是哪<两>种精神?", text, False, None, sentences, tuple(cited), None, (), library.build)
    return Exchange(1, answer.question, "done", answer=answer, said=2)


@pytest.fixture
def shelf_of(library: Library) -> Callable[[str], tuple[Shelf, bool]]:
    """The library's own shelf, whatever build is named."""
    return lambda build: (Shelf(library.documents, library.speeches), True)


def taken(exchange: Exchange, form: str) -> bytes:
    """The exchange as a file."""
    page = sheet("精神", [exchange], lambda one: "2023年，第4页")
    return footnotes.word(page) if form == "docx" else quoting.markdown(page).encode("utf-8")


def refusal(exchange: Exchange) -> Exchange:
    """The exchange, had it no answer: what it cites is only near."""
    assert exchange.answer is not None
    reason = "库中没有找到能回答这个问题的原文。"
    refused = replace(exchange.answer, answer=reason, refused=True, reason=reason, sentences=(Sentence(reason),), citations=(),
                      nearest=exchange.answer.citations)
    return replace(exchange, answer=refused, said=1)


def test_an_official_quotation_names_its_source(exchange: Exchange) -> None:
    """The quote in quotation marks, its own made single; section, paragraph and date in brackets."""
    assert exchange.answer is not None
    first = quoting.official(exchange.answer, lambda one: "2023年1月").split("\n")[0]
    assert first == f"“一是认真负责的精神”（{exchange.answer.citations[0].label}，2023年1月）。"
    assert quoting.inner_marks("他说“好”") == "他说‘好’"


def test_a_word_file_has_numbered_footnotes(exchange: Exchange) -> None:
    """A reference behind each quote, and to each a note with document, section, paragraph, date, page and build."""
    data = taken(exchange, "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body, notes = (package.read(f"word/{name}.xml").decode("utf-8") for name in ("document", "footnotes"))
        assert "footnotes+xml" in package.read("[Content_Types].xml").decode("utf-8")
    assert [body.count(f'<w:footnoteReference w:id="{n}"/>') for n in (1, 2, 3)] == [1, 1, 0]
    assert exchange.answer is not None
    one = exchange.answer.citations[0]
    assert f"{one.label}，2023年，第4页，{one.document}，索引版本{exchange.answer.build}。" in notes
    assert [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs][:2] == ["精神", "是哪<两>种精神?"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_an_office_program_reads_the_footnotes(exchange: Exchange, tmp_path: Path) -> None:
    """LibreOffice opens the file and finds text and notes."""
    (tmp_path / "a.docx").write_bytes(taken(exchange, "docx"))
    subprocess.run(["soffice", f"-env:UserInstallation={(tmp_path / 'home').as_uri()}", "--headless", "--convert-to", "fodt",
                    "--outdir", tmp_path, tmp_path / "a.docx"], check=True, capture_output=True, timeout=120)
    text = (tmp_path / "a.fodt").read_text(encoding="utf-8")
    assert QUOTES[1] in text and text.count("<text:note-citation>") == 2 and "索引版本" in text


def test_markdown_escapes_what_it_could_act_on(exchange: Exchange) -> None:
    """A question that holds HTML stays text; each quote has its own footnote."""
    text = taken(exchange, "md").decode("utf-8")
    assert "## 是哪\\<两\\>种精神?" in text
    assert "- 一是认真负责的精神[^1-1]" in text and text.count("\n[^1-") == 2


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60))
def test_what_is_escaped_reads_as_it_was(text: str) -> None:
    """Undoing the escapes gives the line back."""
    assert quoting.bare("## " + quoting.escaped(text)) == text


@pytest.mark.parametrize("form", ["docx", "md"])
def test_a_saved_answer_holds_when_it_comes_back(exchange: Exchange, form: str, shelf_of: Callable[[str], tuple[Shelf, bool]]) -> None:
    """All of it is verified again, and nothing of the file differs."""
    found = saved.check(f"a.{form}", taken(exchange, form), shelf_of)
    assert [finding.state for finding, _ in found.findings] == ["holds"]
    assert found.changed == ()


def test_what_only_a_kept_build_holds_is_shown(exchange: Exchange) -> None:
    """Of an answer whose document has gone, the paragraph as an earlier build has it, with the quote marked."""
    held = Snapshot(1, "20250101-000000-000", "《讲话》第2段", "一是<认真>负责。二是", 2, 8)
    gone = Shelf((), ())
    found = saved.check("a.md", taken(exchange, "md"), lambda _: (gone, False), lambda _: (held,))
    assert [finding.state for finding, _ in found.findings] == ["document gone"]
    assert "一是<mark>&lt;认真&gt;负责</mark>。二是" in saved.shown(found)
    assert "保存的版本 20250101-000000-000 里仍有这段原文" in saved.shown(found)


def test_a_changed_word_file_is_found_out(exchange: Exchange, shelf_of: Callable[[str], tuple[Shelf, bool]]) -> None:
    """What a reader sees no longer is what was saved."""
    opened = docx.Document(io.BytesIO(taken(exchange, "docx")))
    opened.paragraphs[2].runs[-2].text = "一是认真敷衍的精神"
    changed = io.BytesIO()
    opened.save(changed)
    assert saved.check("a.docx", changed.getvalue(), shelf_of).changed == ("一是认真敷衍的精神",)


def test_a_changed_markdown_file_is_found_out(exchange: Exchange, shelf_of: Callable[[str], tuple[Shelf, bool]]) -> None:
    """In the text, in a footnote, and in what was saved."""
    text = taken(exchange, "md").decode("utf-8")
    assert saved.check("a.md", text.replace("认真负责", "马虎", 1).encode("utf-8"), shelf_of).changed == ("一是马虎的精神",)
    note = text.replace("[^1-1]: ", "[^1-1]: 另见", 1).encode("utf-8")
    assert len(saved.check("a.md", note, shelf_of).changed) == 1
    everywhere = saved.check("a.md", text.replace("认真负责", "马虎").encode("utf-8"), shelf_of)
    assert [finding.state for finding, _ in everywhere.findings] == ["does not hold"]


def test_a_file_taken_away_with_half_width_marks_is_the_same(exchange: Exchange, shelf_of: Callable[[str], tuple[Shelf, bool]]) -> None:
    """As files once were: between the parts of a note, and in what is said of a refusal."""
    for one in (exchange, refusal(exchange)):
        once = taken(one, "md").decode("utf-8").translate(str.maketrans("，；", ",;"))
        assert saved.check("a.md", once.encode("utf-8"), shelf_of).changed == ()


def test_a_refusal_can_be_taken_too(exchange: Exchange, shelf_of: Callable[[str], tuple[Shelf, bool]]) -> None:
    """Its nearest passages are named as no answer."""
    one = refusal(exchange)
    assert quoting.REFUSAL in quoting.markdown(sheet("问", [one], lambda _: ""))
    assert saved.check("a.docx", taken(one, "docx"), shelf_of).changed == ()


@pytest.mark.parametrize(("name", "data"), [("a.docx", b"PK"), ("a.docx", b""), ("a.md", b"# x"), ("a.jsonl", b""), ("a.md", b"\xff\xfe"),
                                             ("a.docx", zipfile.ZipFile.__doc__.encode() if zipfile.ZipFile.__doc__ else b"x")])
def test_a_file_that_holds_no_answer_is_named(name: str, data: bytes, shelf_of: Callable[[str], tuple[Shelf, bool]]) -> None:
    """Whatever is dropped onto the page."""
    with pytest.raises(saved.NotSaved) as caught:
        saved.check(name, data, shelf_of)
    assert caught.value.name == name


@given(st.text(max_size=30))
def test_a_name_for_a_file_is_always_found(title: str) -> None:
    """Without what a system forbids in names."""
    name = quoting.file_name(title, "md")
    assert name.endswith(".md") and len(name) > 3 and not set(name) & set('/\\:*?"<>|\n\0')


def test_a_copied_answer_carries_its_sources() -> None:
    """The copy button gives the answer and, below it, where each number comes from; a refusal has none."""
    assert plain(LIST).endswith("[2]\n\n出处：\n[1] 《在会上的讲话》第三部分,第21段\n[2] 《在会上的讲话》第三部分,第21段")
    assert plain(REFUSED.answer or LIST) == "库中没有找到能回答这个问题的原文。"
