"""The command line as other programs meet it: exit statuses, what is printed where, and never a traceback."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag.answer.phrases import PHRASES
from rag.index import builds, store
from rag.index import library as opening
from rag.index.library import Library
from rag.settings import PROJECT
from tests.terminal import NOBODY, QUESTION, Done, Yanju, process, write_lines

DOCUMENT = "政务总结会上的讲话材料.txt"
CITATION = "n document document_id sha256 speech outline paragraph start end quote text label"
REPORTED = "document state reason codec characters speeches paragraphs passages sha256 left_out"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory, index_dir: Path, corpus_dir: Path) -> Path:
    """Two saved answers, one of them a refusal, made by `yanju answer` in a process of its own."""
    folder = tmp_path_factory.mktemp("答案")
    questions = write_lines(folder / "问.jsonl", [{"id": "甲", "question": QUESTION}, {"id": 2, "question": NOBODY}])
    done = process("answer", str(questions), "--out", str(folder / "答.jsonl"), index=index_dir)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    return folder / "答.jsonl"


# asking


def test_an_answer_is_printed_with_its_sources(yanju: Yanju) -> None:
    """The answer, then each source with its label and document."""
    done = yanju("ask", QUESTION)
    assert done.status == 0 and done.err == ""
    answer, _, sources = done.out.partition("\n\n出处：\n")
    assert "[1]" in answer and sources.startswith("[1] 《") and f"（{DOCUMENT}）" in sources


def test_an_answer_as_json_has_the_contracts_fields(yanju: Yanju, library: Library) -> None:
    """One line, in the contract's order, each quote the text's own."""
    done = yanju("ask", QUESTION, "--json")
    answer = json.loads(done.out)
    assert done.out.count("\n") == 1
    assert list(answer)[:11] == "question answer refused reason mode sentences citations coverage nearest build milliseconds".split()
    assert list(answer["citations"][0]) == CITATION.split()
    for one in answer["citations"]:
        assert library.text_of(one["document"])[one["start"] : one["end"]] == one["quote"]


def test_a_refusal_is_an_answer(yanju: Yanju) -> None:
    """Exit status 0, nothing cited, and the nearest passages named as no answer."""
    done = yanju("ask", NOBODY)
    assert done.status == 0
    assert "库中没有找到" in done.out and "最接近的原文（不是答案）：" in done.out
    answer = json.loads(yanju("ask", NOBODY, "--json").out)
    assert answer["refused"] and answer["citations"] == [] and answer["nearest"]


@pytest.mark.parametrize("question", ["", " \u3000", "?!……", "很" * 2001])
def test_an_empty_or_overlong_question_is_wrong_usage(yanju: Yanju, question: str) -> None:
    """One sentence on standard error, nothing on standard output, exit status 2."""
    done = yanju("ask", question)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)


def test_a_question_of_broken_characters_is_answered(yanju: Yanju) -> None:
    """What the terminal could not decode is text like any other, and the JSON stays JSON."""
    done = yanju("ask", "\udcff\udce4" + QUESTION, "--json")
    assert done.status == 0 and json.loads(done.out)["question"] == "\udcff\udce4" + QUESTION


def test_a_speech_is_chosen_by_title_path_or_part(yanju: Yanju, library: Library) -> None:
    """Only the speeches named are asked, several of them together."""
    titles = [speech.title for speech in library.speeches if speech.kind == "speech"]
    answer = json.loads(yanju("ask", QUESTION, "--speech", titles[-1], "--json").out)
    assert {one["speech"] for one in (*answer["citations"], *answer["nearest"])} == {titles[-1]}
    assert yanju("ask", QUESTION, "--speech", DOCUMENT[:6], "--speech", titles[0]).status == 0


def test_an_unknown_speech_is_wrong_usage_with_the_nearest_names(yanju: Yanju, library: Library) -> None:
    """Exit status 2, one sentence."""
    title = next(speech.title for speech in library.speeches if speech.kind == "speech")
    done = yanju("ask", QUESTION, "--speech", title[:-1] + "乙丙")
    assert done.status == 2 and "没有名为" in done.err and title in done.err


# text and verify


def test_text_is_the_document_byte_for_byte(index_dir: Path, library: Library) -> None:
    """Standard output holds exactly what spans count in."""
    done = process("text", DOCUMENT, index=index_dir)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == library.text_of(DOCUMENT).encode("utf-8")


def test_an_unknown_document_is_named_with_the_nearest(yanju: Yanju) -> None:
    """Exit status 1, nothing on standard output."""
    done = yanju("text", DOCUMENT.replace("材料", "材枓"))
    assert (done.status, done.out) == (1, "") and DOCUMENT in done.err


def test_saved_answers_hold(yanju: Yanju, answers: Path) -> None:
    """One line an answer, by its id."""
    assert yanju("verify", answers) == Done(0, "甲: holds\n2: holds\n", "")


def states(done: Done) -> list[str]:
    """What `verify` said of each answer, its reasons left out."""
    return [line.split(" (")[0] for line in done.out.splitlines()]


def test_what_is_no_answer_does_not_hold_and_an_error_entry_does(yanju: Yanju, tmp_path: Path) -> None:
    """A broken line is named by its number; an answer that was never given has nothing to check."""
    rows = ["{坏", {"line": 3, "id": None, "error": "问题是空的"}, "[1]", "[" * 100_000]
    done = yanju("verify", write_lines(tmp_path / "杂.jsonl", rows))
    assert (done.status, states(done)) == (1, ["第1行: does not hold", "第2行: holds", "第3行: does not hold", "第4行: does not hold"])
    assert yanju("verify", tmp_path / "没有.jsonl").status == 2


def test_answers_outlive_their_build(yanju: Yanju, answers: Path, tmp_path: Path) -> None:
    """Of a build that is gone, the current one tells: holds, changed, gone."""
    corpus, index = tmp_path / "资料", tmp_path / "索引"
    rows = [json.loads(line) | {"build": "20200101-000000-000"} for line in answers.read_text(encoding="utf-8").splitlines()]
    saved = write_lines(tmp_path / "旧.jsonl", rows)
    assert yanju("verify", saved) == Done(0, "甲: holds\n2: holds\n", "")
    corpus.mkdir()
    (corpus / DOCUMENT).write_text("在会上的讲话\n同志们:今年一季度全市生产总值完成300亿元。\n", encoding="utf-8")
    assert yanju("build", "--corpus", corpus, "--index", index).status == 0
    changed = yanju("verify", saved, "--index", index)
    assert (changed.status, states(changed)) == (1, ["甲: document changed", "2: document changed"])
    (corpus / DOCUMENT).rename(corpus / "改名.txt")
    assert yanju("build", "--corpus", corpus, "--index", index).status == 0
    gone = yanju("verify", saved, "--index", index)
    assert (gone.status, states(gone)) == (1, ["甲: document gone", "2: document gone"])


def test_a_kept_build_still_shows_what_was_quoted(yanju: Yanju, answers: Path, corpus_dir: Path, tmp_path: Path) -> None:
    """Where the document has changed or gone, the line names the build that holds it as it was, with the whole paragraph."""
    corpus, index = Path(shutil.copytree(corpus_dir, tmp_path / "资料")), tmp_path / "索引"
    rows = [json.loads(line) | {"build": "20200101-000000-000"} for line in answers.read_text(encoding="utf-8").splitlines()]
    saved = write_lines(tmp_path / "旧.jsonl", rows)
    yanju("build", "--corpus", corpus, "--index", index)
    first = opening.load(index)
    (corpus / DOCUMENT).write_text("在会上的讲话\n同志们:今年一季度全市生产总值完成300亿元。\n", encoding="utf-8")
    (corpus / "别的.txt").write_text("关于水利的讲话\n要修渠。\n", encoding="utf-8")
    yanju("build", "--corpus", corpus, "--index", index)
    told = yanju("verify", saved, "--index", index)
    (corpus / DOCUMENT).unlink()
    yanju("build", "--corpus", corpus, "--index", index)
    gone = yanju("verify", saved, "--index", index)
    assert (states(told), states(gone)) == (["甲: document changed", "2: document changed"], ["甲: document gone", "2: document gone"])
    cited = rows[0]["citations"][0]
    for done in (told, gone):
        line = done.out.splitlines()[0]
        assert f"[1] 保存的版本{first.build}里仍有原文：{cited['label']}“{' '.join(cited['text'].split())}”" in line
    yanju("build", "--corpus", corpus, "--index", index)
    shutil.rmtree(builds.folder_of(index, first.build))
    assert first.build not in yanju("verify", saved, "--index", index).out


def test_verify_checks_the_index(yanju: Yanju, index_dir: Path, tmp_path: Path) -> None:
    """Exit status 0 where all is intact, 1 with every damaged file named."""
    assert yanju("verify") == Done(0, "索引完好\n", "")
    shutil.copytree(index_dir, tmp_path / "索引")
    damaged = next((tmp_path / "索引").rglob("passages.jsonl"))
    damaged.write_bytes(damaged.read_bytes().replace("会".encode(), "公".encode(), 1))
    done = yanju("verify", "--index", tmp_path / "索引")
    assert done.status == 1 and "passages.jsonl" in done.err and "1处问题" in done.out
    assert yanju("ask", QUESTION, "--index", tmp_path / "索引").status == 1


# building and looking


def test_build_reports_every_file_left_out_each_time(yanju: Yanju, tmp_path: Path) -> None:
    """Bad files do not fail a build; standard error and the report name them, on an unchanged corpus too."""
    corpus, index = tmp_path / "资料", tmp_path / "索引"
    corpus.mkdir()
    (corpus / "讲话.txt").write_text("讲话\n同志们:会议开得好。\n", encoding="utf-8")
    (corpus / "空.txt").write_bytes(b"")
    first = yanju("build", "--corpus", corpus, "--index", index, "--json")
    again = yanju("build", "--corpus", corpus, "--index", index, "--json")
    assert (first.status, again.status) == (0, 0) and "空.txt" in first.err and "空.txt" in again.err
    report, second = json.loads(first.out), json.loads(again.out)
    assert list(report) == ["build", "documents", "passages", "embedded", "reused", "seconds", "totals"]
    assert list(report["documents"][0]) == REPORTED.split()
    assert second["build"] == report["build"] and (report["embedded"], second["embedded"]) == (report["passages"], 0)
    (corpus / "讲话.txt").unlink()
    assert yanju("build", "--corpus", corpus, "--index", index).status == 1
    assert yanju("build", "--corpus", tmp_path / "没有", "--index", index).status == 1


def test_history_and_rollback(yanju: Yanju, tmp_path: Path) -> None:
    """The builds kept, the current one marked; an earlier one can be made current; errors say what there is."""
    corpus, index = tmp_path / "资料", tmp_path / "索引"
    corpus.mkdir()
    assert yanju("history", "--index", index).status == yanju("rollback", "--index", index).status == 1
    for words in ("会议开得好。", "会议开得很好。"):
        (corpus / "讲话.txt").write_text(f"讲话\n同志们:{words}\n", encoding="utf-8")
        assert yanju("build", "--corpus", corpus, "--index", index).status == 0
    newest, oldest = (kept.build for kept in store.history(index))
    assert yanju("history", "--index", index).out.splitlines()[0].startswith(f"* {newest}")
    assert yanju("rollback", "--index", index) == Done(0, f"已回到 {oldest}\n", "")
    assert yanju("text", "讲话.txt", "--index", index).out == "讲话\n同志们:会议开得好。\n"
    assert yanju("rollback", newest, "--index", index).status == 0
    unknown = yanju("rollback", "没有", "--index", index)
    assert unknown.status == 1 and newest in unknown.err


def test_doctor_tells_the_phrases_and_what_is_wrong(yanju: Yanju, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All fixed phrases as templates; every problem with its remedy, and exit status 1 where there is one."""
    well = yanju("doctor", "--json")
    assert well.status == 0 and json.loads(well.out)["phrases"] == PHRASES
    assert "没有发现问题" in yanju("doctor").out
    ill = yanju("doctor", "--index", tmp_path / "没有")
    assert ill.status == 1 and "yanju build" in ill.out
    monkeypatch.setenv("YANJU_SYNONYMS", str(tmp_path / "没有.tsv"))
    assert any("同义词" in problem for problem in json.loads(yanju("doctor", "--json").out)["problems"])


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("ask",), ("ask", "甲", "--nonsense"), ("search", "a", "--out", "b", "-k", "0"),
                                       ("serve", "--port", "x"), ("serve", "--auth", "甲"), ("eval", "--set", "没有的文件夹")])
def test_wrong_usage_is_exit_status_two(yanju: Yanju, arguments: tuple[str, ...]) -> None:
    """Options and commands that are not there, or make no sense."""
    done = yanju(*arguments)
    assert done.status == 2 and done.err


@pytest.mark.parametrize("command", ["ask", "text", "verify", "history", "rollback"])
def test_without_an_index_the_user_is_told_to_build(yanju: Yanju, tmp_path: Path, command: str) -> None:
    """Exit status 1 and the remedy."""
    needs = {"ask": [QUESTION], "text": [DOCUMENT]}
    done = yanju(command, *needs.get(command, []), "--index", tmp_path / "没有")
    assert (done.status, done.out) == (1, "") and "yanju build" in done.err


def test_help_and_version_are_exit_status_zero(yanju: Yanju) -> None:
    """Every command is listed with a sentence."""
    assert yanju("--version").out.startswith("yanju, version ")
    listed = yanju("--help").out
    assert all(f"\n  {name} " in listed for name in "build ask answer search text verify history rollback eval doctor serve".split())


@pytest.mark.skipif(sys.platform == "win32", reason="there a console sends Ctrl-C to all of its processes, this one too")
@pytest.mark.parametrize("seconds", [0.4, 4.0], ids=["while loading", "while building"])
def test_ctrl_c_is_one_line_and_leaves_the_old_index(index_dir: Path, tmp_path: Path, seconds: float) -> None:
    """Exit status 130 whenever it comes; the build that was current stays."""
    index = shutil.copytree(index_dir, tmp_path / "索引")
    corpus = tmp_path / "资料"
    corpus.mkdir()
    lines = [f"第{number}件事要办好,办得实,办得快,让群众满意。\n" for number in range(40_000)]
    (corpus / "讲话.txt").write_text("讲话\n" + "".join(lines), encoding="utf-8")
    before = store.current(index)
    with subprocess.Popen([sys.executable, "-m", "rag", "build", "--corpus", str(corpus), "--index", str(index)], cwd=PROJECT,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        time.sleep(seconds)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    told = err.decode()
    assert (running.returncode, out, told[:3], told.count("\n")) == (130, b"", "已中断", 1), told
    assert store.current(index) == before


@pytest.mark.skipif(sys.platform == "win32", reason="there a console sends Ctrl-C to all of its processes, this one too")
def test_a_second_ctrl_c_does_not_wait() -> None:
    """The first is heard where the build looks, the second ends the program wherever it is."""
    program = ("import signal\nfrom rag import console\nwith console.called_off() as cancelled:\n    signal.raise_signal(signal.SIGINT)\n"
               "    print(cancelled(), flush=True)\n    signal.raise_signal(signal.SIGINT)\n    print('还在')")
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (130, "True\n", "已中断，原有索引不变。\n")
