"""The command line: reads options, calls the engine, turns errors into one sentence and an exit status.

What only one command needs is imported inside it, so that the others start sooner.
"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import click

from rag import __version__, batch, console, settings
from rag.engine import Engine
from rag.errors import BuildCancelled, NoIndex, WrongUsage, YanjuError
from rag.index import library, store
from rag.search.encoder import runs_slowly
from rag.settings import Settings

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


def _settled(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --corpus, --index and --model, and hand it the Settings."""

    @click.option("--corpus", type=_FOLDER, help="资料文件夹（YANJU_CORPUS）")
    @click.option("--index", type=_FOLDER, help="索引文件夹（YANJU_INDEX）")
    @click.option("--model", help="向量模型：m3e-small、文件夹或模型名（YANJU_MODEL）")
    @functools.wraps(command)
    def with_settings(*args: Any, corpus: Path | None, index: Path | None, model: str | None, **options: Any) -> Any:
        try:
            return command(*args, settings.load(corpus, index, model), **options)
        except KeyboardInterrupt:  # caught before click, which would print an empty line
            console.interrupted()

    return with_settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="yanju")
def yanju() -> None:
    """言据：问讲话，每一句都有出处。"""


@yanju.command()
@click.option("--allow-empty", is_flag=True, help="资料文件夹已清空时，也建一个空索引")
@click.option("--json", "as_json", is_flag=True, help="输出JSON报告")
@_settled
def build(chosen: Settings, allow_empty: bool, as_json: bool) -> None:
    """按资料文件夹更新索引。"""
    with console.progress() as tell, console.called_off() as cancelled:
        try:
            report = Engine(chosen).build(tell, cancelled, allow_empty=allow_empty)
        except BuildCancelled:
            console.interrupted()
    told = runs_slowly(chosen.model)
    if told:
        click.echo(told, err=True)
    for left_out in report.reported:
        click.echo(f"未读入 {left_out.path}：{left_out.reason}", err=True)
    click.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else console.summary(report))


@yanju.command()
@click.argument("question")
@click.option("--speech", "speeches", multiple=True, help="只在这篇讲话或文件里找（可重复）")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
@_settled
def ask(chosen: Settings, question: str, speeches: tuple[str, ...], as_json: bool) -> None:
    """回答一个问题，附出处。"""
    engine = _opened(chosen)
    answer = engine.answer(question, (), speeches)
    for notice in answer.explain.get("writer", {}).get("notices", ()):
        click.echo(notice, err=True)
    click.echo(json.dumps(answer.as_json(), ensure_ascii=False) if as_json else console.shown(answer))


@yanju.command()
@click.argument("questions", type=_FILE)
@click.option("--out", type=_FILE, required=True, help="结果文件")
@_settled
def answer(chosen: Settings, questions: Path, out: Path) -> None:
    """回答一个文件里的所有问题。"""
    _run_batch(chosen, questions, out, batch.answered)


@yanju.command()
@click.argument("questions", type=_FILE)
@click.option("--out", type=_FILE, required=True, help="结果文件")
@click.option("-k", type=click.IntRange(1, 1000), default=10, show_default=True, help="每个问题的条数")
@_settled
def search(chosen: Settings, questions: Path, out: Path, k: int) -> None:
    """只检索，不作答。"""
    _run_batch(chosen, questions, out, lambda engine: batch.found(engine, k))


def _run_batch(chosen: Settings, questions: Path, out: Path, server: Callable[[Engine], Callable[[batch.Asked], batch.Row]]) -> None:
    asked = batch.read(questions)
    batch.check_target(out, questions)
    serve = server(_opened(chosen))
    with console.counted(len(asked), "问") as done:
        rows, wrong = batch.run(asked, serve, done)
    batch.write(out, rows)
    if wrong:
        raise YanjuError(f"{len(asked)}个问题中有{wrong}个没能回答，原因写在{out}里；其余已答。")


@yanju.command()
@click.argument("document")
@_settled
def text(chosen: Settings, document: str) -> None:
    """把索引里一份文件的正文原样写到标准输出。"""
    click.echo(_library(chosen).text_of(document).encode("utf-8"), nl=False)


@yanju.command()
@click.argument("answers", type=_FILE, required=False)
@_settled
def verify(chosen: Settings, answers: Path | None) -> None:
    """核对索引的每个文件；给出答案文件时，核对其中每条引文。"""
    sys.exit(_verify_index(chosen) if answers is None else _verify_answers(chosen, answers))


def _verify_index(chosen: Settings) -> int:
    from rag.index.verify import verify as verify_index

    problems = verify_index(chosen.index)
    for problem in problems:
        click.echo(str(problem), err=True)
    click.echo(f"索引有{len(problems)}处问题" if problems else "索引完好")
    return 1 if problems else 0


def _verify_answers(chosen: Settings, answers: Path) -> int:
    from rag.audit import audited
    from rag.shelves import shelves, snapshots

    try:
        lines = answers.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"读不了答案文件{answers}（{error}）：请检查路径和编码（UTF-8）。") from error
    opened = _library(chosen)
    shelf_of, snapshots_of = shelves(chosen.index, opened, chosen.keep), snapshots(chosen.index, opened, chosen.keep)
    whole = True
    for number, line in enumerate(lines, 1):
        if line.strip():
            audit = audited(line, number, shelf_of, snapshots_of)
            finding = audit.finding
            details = ";".join(filter(None, (finding.detail, *(one.words for one in audit.held))))
            click.echo(f"{finding.entry}: {finding.state}" + (f" ({details})" if details else ""))
            whole = whole and finding.state == "holds"
    return 0 if whole else 1


@yanju.command(name="history")
@_settled
def list_builds(chosen: Settings) -> None:
    """列出保存的索引版本。"""
    kept_builds = store.history(chosen.index)
    if not kept_builds:
        raise NoIndex(str(chosen.index))
    for kept in kept_builds:
        mark = "*" if kept.current else " "
        state = "完好" if kept.intact else "有损坏"
        click.echo(f"{mark} {kept.build}  {kept.built}  {kept.documents}份文件  {kept.passages}个片段  {kept.size / 2**20:.1f} MB  {state}")


@yanju.command(name="rollback")
@click.argument("name", metavar="BUILD", required=False)
@_settled
def go_back(chosen: Settings, name: str | None) -> None:
    """回到先前的索引版本。"""
    click.echo(f"已回到 {store.rollback(chosen.index, name)}")


@yanju.command(name="eval")
@click.option("--set", "folder", type=_FOLDER, help="自己的题目文件夹")
@click.option("--gate", "each", type=click.IntRange(1, 100_000), metavar="N", help="改测核对关：从资料造假句和真改写，每类N句")
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
@_settled
def evaluate(chosen: Settings, folder: Path | None, each: int | None, as_json: bool) -> None:
    """用带答案的题目评测，输出一张表。"""
    if each is not None:
        from rag.writer import confusion

        table = confusion.confusion(confusion.paragraphs(chosen.corpus), each)
        click.echo(json.dumps(table.as_json(), ensure_ascii=False) if as_json else table.words())
        return
    from rag import evaluation

    with console.progress() as tell:
        result = evaluation.evaluate(chosen, folder, tell)
    click.echo(json.dumps(result.as_json(), ensure_ascii=False) if as_json else result.table())


@yanju.command()
@click.argument("passages", type=click.IntRange(1, 100_000_000))
@_settled
def cost(chosen: Settings, passages: int) -> None:
    """估计这么多个片段要占多少硬盘、内存，建一次要多久。"""
    from rag import cost as costs

    click.echo(costs.estimate(passages, chosen.model).words())


@yanju.command()
@click.option("--json", "as_json", is_flag=True, help="输出JSON")
@_settled
def doctor(chosen: Settings, as_json: bool) -> None:
    """检查安装、模型和索引，说明哪里有问题、怎么处理。"""
    from rag import doctor as checking

    found = checking.examine(chosen)
    click.echo(json.dumps(found.as_json(), ensure_ascii=False) if as_json else found.words())
    sys.exit(1 if found.problems else 0)


@yanju.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址")
@click.option("--port", type=click.IntRange(0, 65535), default=7860, show_default=True, help="端口")
@click.option("--auth", metavar="用户名:密码", help="打开页面要用的用户名和密码")
@click.option("--users", type=_FILE, help="用户文件（用 yanju user 建立）")
@click.option("--allow-anyone", is_flag=True, help="没有用户和密码也对别的机器开放")
@_settled
def serve(chosen: Settings, host: str, port: int, auth: str | None, users: Path | None, allow_anyone: bool) -> None:
    """打开网页。"""
    import ui
    from rag.page.serving import Door

    ui.serve(chosen, Door(host, port, _credentials(auth), users, allow_anyone))


@yanju.command()
@click.argument("file", type=_FILE)
@click.argument("name", required=False)
@click.option("--role", type=click.Choice(["reader", "librarian"]), default="reader", show_default=True, help="读者，或能改资料的管理员")
@click.option("--remove", is_flag=True, help="删除这个用户")
def user(file: Path, name: str | None, role: Literal["reader", "librarian"], remove: bool) -> None:
    """建立、修改或列出页面的用户；密码在提示后输入，不回显。"""
    from rag.page import people

    if name is None:
        for known, its_role in people.Accounts(file).names() if file.exists() else []:
            click.echo(f"{known}\t{its_role}")
    elif remove:
        people.remove(file, name)
    else:
        people.put(file, name, role, click.prompt("密码", hide_input=True, confirmation_prompt="再输一遍", err=True))


def _credentials(auth: str | None) -> tuple[str, str] | None:
    if auth is None:
        return None
    user, colon, password = auth.partition(":")
    if not (user and colon and password):
        raise WrongUsage("--auth 应写成 用户名:密码。")
    return user, password


def _opened(chosen: Settings) -> Engine:
    engine = Engine(chosen)
    warning = engine.open().warning
    if warning:
        click.echo(warning, err=True)
    return engine


def _library(chosen: Settings) -> library.Library:
    opened = library.load(chosen.index)
    if opened.warning:
        click.echo(opened.warning, err=True)
    return opened


def main() -> None:
    """Run `yanju`: exit status 0 done, 1 not served, 2 wrong usage, 130 interrupted."""
    console.settle_streams()
    try:
        yanju.main(prog_name="yanju", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        console.interrupted()
    except YanjuError as error:
        click.echo(str(error), err=True)
        sys.exit(2 if isinstance(error, WrongUsage) else 1)
    except OSError as error:  # the system's own refusal, where no room of the package could say more
        click.echo(f"系统不允许读写{error.filename or ''}（{error.strerror or error}）：请检查路径、权限和磁盘空间后重试。", err=True)
        sys.exit(1)
