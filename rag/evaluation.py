"""How well the library's questions are answered: golden questions, retrieval, and closeness to reference answers.

A folder of questions holds `.jsonl` files, one question a line. What a line is measured by follows from what it
holds: `must` or `answerable: false` (see `scoring`), `positive_ids` (the documents that have to be found),
`answers` (reference answers, for ROUGE-L over characters). The library asked is the folder's own `corpus/`, or its
`corpus.jsonl`, built into an index that is thrown away afterwards; else the user's current index.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

from rag import batch
from rag.answer.gate import carried
from rag.answer.phrases import is_phrase
from rag.answer.reply import Answer
from rag.batch import Asked
from rag.engine import Engine, Progress
from rag.errors import WrongUsage
from rag.results import Evaluation, Failure, Report, Retrieval
from rag.scoring import Marks, Scores, expected, marks, mean, scores
from rag.settings import PROJECT, Settings

OWN = PROJECT / "tests" / "golden"
HITS = 10  # among which the right document is looked for, as MRR@10 says

Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one question led to."""

    asked: Asked
    answer: Answer | None = None
    error: str | None = None
    marks: Marks | None = None
    rank: int | None = None
    rouge_l: float | None = None
    characters: int = 0
    verified: int = 0


def evaluate(settings: Settings, folder: Path | None = None, tell: Tell | None = None) -> Evaluation:
    """The figures of each questions file of `folder`, else of the project's own questions.

    WrongUsage where there is no question; else what opening the library or answering raises, a GateError included.
    """
    home = folder or OWN
    files = [(path, asked) for path in sorted(home.glob("*.jsonl")) if path.name != "corpus.jsonl" and (asked := _questions(path))]
    if not files:
        raise WrongUsage(f"文件夹{home}里没有题目：请放入.jsonl文件（UTF-8，每行一题，要有question字段），用 --set 指定该文件夹。")
    with _engine(settings, home, tell) as (engine, library):
        engine.open()
        reports = tuple(_report(path.name, [_outcome(engine, one) for one in _told(path, asked, tell)]) for path, asked in files)
    return Evaluation(library, settings.model, reports)


def _questions(path: Path) -> list[Asked]:
    """The questions of a file; none where not one line asks anything, as in a file of documents."""
    asked = batch.read(path)
    return asked if any(one.question for one in asked) else []


@contextmanager
def _engine(settings: Settings, home: Path, tell: Tell | None) -> Iterator[tuple[Engine, str]]:
    """An engine over the folder's own corpus, else over the user's index; and what the library is called."""
    folder, lines = home / "corpus", home / "corpus.jsonl"
    if not folder.is_dir() and not lines.is_file():
        yield Engine(settings), str(settings.index)
        return
    with tempfile.TemporaryDirectory(prefix="yanju-", ignore_cleanup_errors=True) as room:
        if not folder.is_dir():
            folder = Path(room) / "corpus"
            folder.mkdir()
            shutil.copyfile(lines, folder / lines.name)
        engine = Engine(replace(settings, corpus=folder, index=Path(room) / "index"))
        engine.build(tell)
        yield engine, str(lines if lines.is_file() else folder)


def _told(path: Path, asked: Sequence[Asked], tell: Tell | None) -> Iterator[Asked]:
    for done, one in enumerate(asked, 1):
        yield one
        if tell is not None:
            tell(Progress(f"答题 {path.name}", done, len(asked)))


def _outcome(engine: Engine, asked: Asked) -> _Outcome:
    """Ask, and take every measure that the question's line allows."""
    wanted = expected(asked.fields)
    if asked.problem is not None:
        return _Outcome(asked, error=asked.problem)
    try:
        answer = engine.answer(asked.question, asked.history)
        rank = _rank(engine, asked) if asked.fields.get("positive_ids") else None
    except WrongUsage as error:
        return _Outcome(asked, error=str(error), marks=marks(wanted, "", False, ()) if wanted else None)
    total, good = _verified(answer, engine)
    marked = marks(wanted, answer.answer, answer.refused, [one.text for one in answer.citations]) if wanted else None
    return _Outcome(asked, answer, None, marked, rank, _rouge_l(answer, asked.fields.get("answers") or ()), total, good)


def _rank(engine: Engine, asked: Asked) -> int | None:
    """The place of the first hit in a right document, from 1; 0 where there is none among the hits."""
    wanted = {str(identity) for identity in asked.fields["positive_ids"]}
    library = engine.open()
    for place, (passage, _) in enumerate(engine.search(asked.question, HITS), 1):
        if wanted & {passage.document, str(library.document(passage.document).document_id)}:
            return place
    return 0


def _rouge_l(answer: Answer, references: Sequence[str]) -> float | None:
    """ROUGE-L (F1 of the longest common subsequence, white space left out) against the closest reference."""
    if not references:
        return None
    said = "" if answer.refused else "".join("".join(sentence.text for sentence in answer.sentences).split())
    return max(Indel.normalized_similarity(said, "".join(one.split())) for one in references)


def _verified(answer: Answer, engine: Engine) -> tuple[int, int]:
    """How many characters of the answer are not fixed phrases, and how many of them the stored text carries."""
    library = engine.open()
    quotes = {one.n: library.text_of(one.document)[one.start : one.end] for one in answer.citations}
    own = [one for one in answer.sentences if one.citations or not is_phrase(one.text)]
    held = [one for one in own if one.citations and carried(one.text, [quotes[n] for n in one.citations])]
    return sum(len(one.text) for one in own), sum(len(one.text) for one in held)


def _report(file: str, outcomes: Sequence[_Outcome]) -> Report:
    marked = [(one, one.marks) for one in outcomes if one.marks is not None]
    ranks = [one.rank for one in outcomes if one.rank is not None]
    characters = sum(one.characters for one in outcomes)
    return Report(
        file=file,
        questions=len(outcomes),
        errors=tuple(Failure(_name(one.asked), (one.error,)) for one in outcomes if one.error),
        golden=_golden([marks for _, marks in marked]),
        wrong=tuple(Failure(_name(one.asked), marks.wrong) for one, marks in marked if marks.wrong),
        retrieval=_retrieval(ranks) if ranks else None,
        rouge_l=mean(one.rouge_l for one in outcomes),
        characters=characters,
        verified=sum(one.verified for one in outcomes) / characters if characters else None,
    )


def _name(asked: Asked) -> Any:
    return asked.line if asked.id is None else asked.id


def _golden(marked: Sequence[Marks]) -> dict[str, Scores]:
    """Scores by type, in order of appearance, and of all; nothing where there is no golden question."""
    types = dict.fromkeys(one.type for one in marked)
    by_type = {name: scores(one for one in marked if one.type == name) for name in types}
    return {**by_type, "all": scores(marked)} if marked else {}


def _retrieval(ranks: Sequence[int]) -> Retrieval:
    return Retrieval(
        n=len(ranks),
        hit_1=mean(rank == 1 for rank in ranks),
        hit_5=mean(0 < rank <= 5 for rank in ranks),
        mrr_10=mean(1 / rank if rank else 0.0 for rank in ranks),
    )
