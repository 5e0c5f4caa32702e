"""Many questions from a JSON Lines file, one line of output each, in order; the output appears whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rag.answer.followup import Turn
from rag.engine import Engine
from rag.errors import WrongUsage, YanjuError
from rag.index import files
from rag.index.records import json_bytes

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a questions file. `problem` says what is wrong with it, where something is.

    `fields` are all that the line holds; what is not the product's business (expected answers) only stands there.
    """

    line: int
    id: Any
    question: str
    history: tuple[Turn, ...] = ()
    problem: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


def read(path: Path) -> list[Asked]:
    """The questions of `path`, blank lines left out. WrongUsage where the file can't be read."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise WrongUsage(f"读不了问题文件{path}（{error.strerror or error}）：请检查路径。") from error
    except UnicodeDecodeError as error:
        raise WrongUsage(f"问题文件{path}不是UTF-8编码（第{error.start}字节起）：请另存为UTF-8后再试。") from error
    return [_asked(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _asked(number: int, line: str) -> Asked:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Asked(number, None, "", problem=f"不是合法的JSON（{error}）：请改正这一行。")
    if not isinstance(row, dict):
        return Asked(number, None, "", problem="不是一个JSON对象（{…}）：请改成含有id和question的对象。")
    identity = row.get("id")
    if not isinstance(row.get("question"), str):
        return Asked(number, identity, "", problem="缺少文字的question字段：请补上。")
    history = row.get("history") or []
    if not isinstance(history, list) or not all(_is_turn(turn) for turn in history):
        return Asked(number, identity, row["question"], problem="history应是列表，每项有role（user或assistant）和文字的content：请改正。")
    return Asked(number, identity, row["question"], tuple(Turn(turn["role"], turn["content"]) for turn in history), fields=row)


def _is_turn(turn: Any) -> bool:
    return isinstance(turn, dict) and turn.get("role") in ("user", "assistant") and isinstance(turn.get("content"), str)


def run(asked: list[Asked], serve: Callable[[Asked], Row], seen: Callable[[], object]) -> tuple[list[Row], int]:
    """One row for each question, in order, and how many went wrong; `seen` is called after each."""
    rows: list[Row] = []
    wrong = 0
    for one in asked:
        try:
            if one.problem is not None:
                raise WrongUsage(one.problem)
            row = serve(one)
            rows.append(row if one.id is None else {"id": one.id, **row})
        except YanjuError as error:
            wrong += 1
            rows.append({"line": one.line, "id": one.id, "error": str(error)})
        seen()
    return rows, wrong


def answered(engine: Engine) -> Callable[[Asked], Row]:
    """What makes one answer line."""
    return lambda one: engine.answer(one.question, one.history).as_json()


def found(engine: Engine, k: int) -> Callable[[Asked], Row]:
    """What makes one line of hits, best first."""
    return lambda one: {"hits": list(_hits(engine, one.question, k))}


def _hits(engine: Engine, question: str, k: int) -> Iterator[Row]:
    library = engine.open()
    for passage, hit in engine.search(question, k):
        yield {
            "document": passage.document,
            "document_id": library.document(passage.document).document_id,
            "paragraph": passage.paragraph,
            "start": passage.start,
            "end": passage.end,
            "text": passage.text,
            "score": round(hit.score, 6),
        }


def check_target(path: Path, questions: Path) -> None:
    """WrongUsage where the answers would overwrite the questions, or the folder to write to is not there."""
    if not path.resolve().parent.is_dir():
        raise WrongUsage(f"没有文件夹{path.parent}：请先建好，或换一个 --out。")
    if path.exists() and questions.exists() and path.samefile(questions):
        raise WrongUsage(f"--out 不能是问题文件{questions}本身：请换一个文件名。")


def write(path: Path, rows: list[Row]) -> None:
    """Write the rows, one line each, in one step: an earlier file of the name stays whole until then. NotWritten."""
    with files.writing(path.resolve().parent):
        files.write_whole(path.resolve(), b"".join(map(json_bytes, rows)))
