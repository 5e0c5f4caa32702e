"""How the house is built: who stands on whom, which library is used where, and how the lines read."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
# From the ground up: a room imports only rooms that stand before it.
LADDER = {
    "rag": "errors settings",
    "rag.writing": "patterns fold numerals figures sentences words texts",
    "rag.reading": "document flaws evidence mixture decode folder lines extracted leavings counting package numbering formula docx html "
                   "archive grid glyphs struck cells margins order joining layout streams pdf kinds converter office rtf worker apart "
                   "corpus differences",
    "rag.outline": "marks tree headings paragraphs runs signs titles speeches endings stated branches parse",
    "rag.search": "cache wheel flat model source sentence runtime forms trial converting conversion encoder clusters vectors columns bm25 "
                  "postings inverted words amended vocabulary hybrid rerank",
    "rag:passages": "passages",
    "rag.index": "files lock records manifest builds pointer report library keys lending embedding kept texts retrieval store build verify",
    "rag.answer": "abbreviations congresses classifiers periods spelling interrogatives kinds request persons phrases reply "
    "gate speakers places "
                  "draft compare recheck scope slots topics synonyms times moments stopwords keywords measures question another ordinals "
                  "anaphora followup terms statements timing mentions evidence kindred naming fact units fitting realisation facts "
                  "asks front "
                  "selection compression expansion excerpt prose sides siblings parallels openers abbreviated candidates items lists "
                  "examples trust refusal outright summary pointed itemwise within wording finder ready comparing answerer",
    "rag.keeping": "names holdings preview watch",
    "rag:events": "events",
    "rag.writer": "access amounts lexicon claims clauses stretches sameness following judging carrying prompt client splitting materials "
                  "rewriting sheet writer scripted changes paraphrases misreadings falsehoods cases confusion",
    "rag:engine": "shelves audit engine batch scoring results evaluation doctor cost",
    "rag.page": "language markup figures tables catalogue exchange database ledger people listening standing progress desk alike reader "
                "places asking quoting footnotes saved series footer talk sources rail inventory shelf records upkeep front assets "
                "unwritten loading toolkit visits window conversing recalling consulting taking librarian acts looks layout web wiring "
                "serving",
    "": "ui",
    "rag:top": "console commands __main__",
}
NUMPY = "numpy"  # the common type of all arrays
SHARED_LIBRARIES = {
    "torch": {"rag.search.model", "rag.search.sentence"},  # reads the default model's weights; writes any model as ONNX
    "platformdirs": {"rag.settings", "rag.search.cache"},  # two folders of the user's: what the page keeps, the models' cache
    "sentence_transformers": {"rag.search.sentence", "rag.search.rerank"},  # turns texts into vectors; reads pairs of them
    "filelock": {"rag.search.cache", "rag.index.lock"},  # two locks of two folders: the models' cache, the index
}
PICKLE = {"UnpicklingError"}  # what others raise may be named; nothing is ever pickled
# Names and figures that only the shipped corpus has: the product must know no document.
SEED_ONLY = ("西洽会", "西恰会", "彬长旬", "史殿臣", "平凉", "咸阳", "政务总结会", "指树", "参谋部", "6.96", "103亿", "89.6", "236亿")


def modules() -> dict[str, ast.Module]:
    """Every module of the product by its dotted name, parsed."""
    paths = [*sorted((PROJECT / "rag").rglob("*.py")), PROJECT / "ui.py"]
    return {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def name_of(path: Path) -> str:
    """The dotted name of a module's file."""
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = modules()
PACKAGES = {name for name in MODULES if (PROJECT / Path(*name.split(".")) / "__init__.py").exists()}


def ladder() -> list[str]:
    """The names of all rooms in order."""
    return [f"{stage.split(':')[0]}.{room}".strip(".") for stage, rooms in LADDER.items() for room in rooms.split()]


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that `tree` imports, anywhere in it; of `from a import b`, a.b where that is a module of ours."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module is not None, "imports are absolute"
            for alias in node.names:
                below = f"{node.module}.{alias.name}"
                yield below if below in MODULES else node.module


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function takes, its decorators left out."""
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last part of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield node.func.id if isinstance(node.func, ast.Name) else node.func.attr, node


def test_every_room_stands_on_the_ladder_once() -> None:
    """A new room says where it stands."""
    assert sorted(ladder()) == sorted(set(MODULES) - PACKAGES)


@pytest.mark.parametrize("room", ladder())
def test_a_room_imports_only_what_stands_before_it(room: str) -> None:
    """Nothing depends on what is built upon it; a package that holds only rooms may be named."""
    before = ladder()[: ladder().index(room)]
    assert {name for name in imported(MODULES[room]) if name in MODULES} <= {*before, *PACKAGES}


def test_a_package_is_a_name_and_a_sentence() -> None:
    """`__init__` imports nothing: what a folder holds, its rooms hold."""
    assert [name for name in PACKAGES if list(imported(MODULES[name]))] == []


def test_a_library_is_used_in_one_room_only() -> None:
    """To change a library is to change one room; exceptions are listed with their reasons."""
    users: dict[str, set[str]] = {}
    for room, tree in MODULES.items():
        for library in {name.split(".")[0] for name in imported(tree)} - sys.stdlib_module_names - {"rag", "ui", NUMPY}:
            users.setdefault(library, set()).add(room)
    assert {library: rooms for library, rooms in users.items() if len(rooms) > 1} == SHARED_LIBRARIES


def test_gradio_is_known_to_three_rooms() -> None:
    """One imports it; what stands where, what happens when and the program itself are made with it, and nothing else."""
    knowing = {room for room, tree in MODULES.items() if "rag.page.toolkit" in imported(tree)}
    assert knowing == {"rag.page.layout", "rag.page.wiring", "ui"}


def test_what_answers_compiles_no_pattern_before_it_is_used() -> None:
    """`yanju ask` loads some 400 of them, and a question needs a quarter."""
    first = {"rag.writing.patterns"}
    answering = {room: tree for room, tree in MODULES.items() if room.startswith(("rag.writing.", "rag.outline.", "rag.answer."))}
    assert {room for room, tree in answering.items() if any(name == "compile" for name, _ in calls(tree))} == first


@pytest.mark.parametrize("check", [("ruff", "check", "."), ("mypy", "--strict")], ids=lambda check: check[0])
def test_the_linters_find_nothing(check: tuple[str, ...]) -> None:
    """ruff over everything, mypy over the package; what is excused says why where it stands."""
    done = subprocess.run([sys.executable, "-m", *check], cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("room", MODULES)
def test_nothing_is_printed_pickled_or_put_off(room: str) -> None:
    """No print, no pickle, no promise of later work, nothing swallowed that is not understood."""
    tree = MODULES[room]
    assert "print" not in {name for name, _ in calls(tree)}
    assert not {name.split(".")[0] for name in imported(tree)} & {"shelve", "marshal", "dill", "cloudpickle", "joblib"}
    assert {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "pickle"} <= PICKLE
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", ast.unparse(tree) + source(room))
    for handler in (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)):
        blind = handler.type is None or ast.unparse(handler.type) in ("Exception", "BaseException")
        assert not blind or ast.unparse(handler.body[-1]) == "raise", f"line {handler.lineno}"


@pytest.mark.parametrize("room", MODULES)
def test_every_text_file_is_opened_with_its_encoding(room: str) -> None:
    """The platform's default is never trusted; bytes have none."""
    for name, call in calls(MODULES[room]):
        given = {keyword.arg for keyword in call.keywords}
        if name in ("read_text", "write_text"):
            assert "encoding" in given, ast.unparse(call)
        if name == "open" and isinstance(call.func, ast.Name):
            modes = [argument.value for argument in call.args[1:2] if isinstance(argument, ast.Constant)]
            assert "encoding" in given or any("b" in str(mode) for mode in modes), ast.unparse(call)


@pytest.mark.parametrize("room", MODULES)
def test_no_room_knows_a_document(room: str) -> None:
    """Nothing in the code names what only the shipped speeches say."""
    assert [phrase for phrase in SEED_ONLY if phrase in source(room)] == []


def test_functions_fit_in_a_look() -> None:
    """Half of them in a dozen lines, none over fifty."""
    lengths = {f"{room}.{function.name}": lines(function) for room, tree in MODULES.items() for function in functions(tree)}
    assert statistics.median(lengths.values()) <= 12
    assert {name: length for name, length in lengths.items() if length > 50} == {}


@pytest.mark.parametrize("room", MODULES)
def test_what_is_public_says_what_it_guarantees(room: str) -> None:
    """Every module, public class and public function has a docstring."""
    tree = MODULES[room]
    assert ast.get_docstring(tree)
    public = [node for node in ast.iter_child_nodes(tree) if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [node.name for node in public if not node.name.startswith("_") and not ast.get_docstring(node)] == []


def source(room: str) -> str:
    """The text of a room's file."""
    folder = PROJECT / Path(*room.split("."))
    return (folder / "__init__.py" if room in PACKAGES else folder.with_suffix(".py")).read_text(encoding="utf-8")
