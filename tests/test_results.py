"""The findings of an evaluation read the same as a table and as JSON, and name every failure."""

import json
from dataclasses import replace

from rag.results import Evaluation, Failure, Report, Retrieval
from rag.scoring import Scores

SCORES = Scores(2, 0.5, 0.5, 0.5, 1.0, 1.0, 1.0, None, 0.0)
REPORT = Report("题目.jsonl", 4, (Failure("空", ("问题是空的",)), Failure(6, ("不是JSON",))), {"figure": SCORES, "all": SCORES},
                (Failure("错", ("缺：99万亩",)),), Retrieval(1, 1.0, 1.0, 1.0), 0.75, 40, 1.0)
FOUND = Evaluation("资料", "m3e-small", (REPORT,))


def test_the_table_has_a_row_a_type_and_names_what_failed() -> None:
    """Three decimals, a dash where nothing applies; by its line number what has no id."""
    table = FOUND.table()
    assert table.startswith("资料：资料，模型：m3e-small\n\n## 题目.jsonl：4题\n\n| type   | n |")
    assert "| figure | 2 | 0.500 |" in table and "| yanju search | 1 | 1.000 |" in table and " - | " in table
    assert "ROUGE-L（按字）：0.750" in table and "引文核对：40字中100.0%逐字在原文中" in table
    assert table.endswith("没能作答：空：问题是空的\n没能作答：6：不是JSON")


def test_what_was_not_measured_is_not_shown() -> None:
    """A file without golden questions has no such table."""
    bare = replace(REPORT, golden={}, retrieval=None, rouge_l=None, verified=None, errors=(), characters=0)
    assert Evaluation("资料", "m", (bare,)).table() == "资料：资料，模型：m\n\n## 题目.jsonl：4题"


def test_the_json_says_the_same() -> None:
    """Plain values for programs."""
    saved = json.loads(json.dumps(FOUND.as_json(), ensure_ascii=False))
    assert saved["reports"][0]["golden"]["figure"]["acc"] == 0.5
    assert (saved["model"], saved["library"], saved["reports"][0]["errors"][1]["id"]) == ("m3e-small", "资料", 6)


def test_it_holds_only_where_every_character_was_verified() -> None:
    """Files without answers of their own do not count."""
    assert FOUND.holds and Evaluation("", "", (replace(REPORT, verified=None),)).holds
    assert not Evaluation("", "", (REPORT, replace(REPORT, verified=0.999))).holds
