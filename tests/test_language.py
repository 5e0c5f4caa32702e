"""The interface in two languages: every word of the page has its English, and no word of a source is ever translated."""

import ast
from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path

import pytest

from rag import page
from rag.page import language
from rag.page.language import say, speaking, stretches, table
from rag.page.markup import fill

ROOMS = ("asking", "consulting", "conversing", "desk", "figures", "footer", "front", "progress", "rail", "reader", "records", "saved",
         "shelf", "sources", "tables", "talk", "upkeep", "window")
OUR_OWN = {"没有找到相关原文。"}  # words of answers, which are Chinese


def literals(room: str) -> Iterator[str]:
    """The text literals of a room, but for docstrings and f-strings (errors, which are Chinese)."""
    tree = ast.parse((Path(page.__file__).parent / f"{room}.py").read_text(encoding="utf-8"))
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))
    raised = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__"
              for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside | raised:
            yield node.value


@pytest.mark.parametrize("room", ROOMS)
def test_every_word_of_the_page_has_its_english(room: str) -> None:
    """No stretch of a template is missing from the table."""
    wanted = {stretch for literal in literals(room) for stretch in stretches(literal)} - OUR_OWN
    assert sorted(wanted - set(table())) == []


def test_slots_are_the_same_in_both_languages() -> None:
    """What is filled in is filled in, whatever the language."""
    def slots(text: str) -> set[str]:
        return {part.split("}")[0] for part in text.split("{")[1:]}

    assert [chinese for chinese, english in table().items() if slots(chinese) != slots(english)] == []


def test_what_is_filled_in_is_never_translated() -> None:
    """A source that says 删除 goes on saying so."""
    def english() -> str:
        speaking("en")
        return str(fill("<p>删除</p>{words}", words="删除")) + say("{n} 条", n=2)

    assert copy_context().run(english) == "<p>Delete</p>删除2 lines"
    assert language.spoken() == "zh"
