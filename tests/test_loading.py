"""Nothing is collected while a program loads, what it loaded is never looked through again, and a question loads what it needs."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rag.page.loading import loading
from tests.terminal import QUESTION

IMPORTED = """
import gc, sys
import ui
print(gc.isenabled(), gc.get_freeze_count() > len(gc.get_objects()), "rjieba" in sys.modules)
"""


def test_the_page_leaves_what_it_stands_on_out_of_collections_and_the_dictionary_for_later() -> None:
    """Most of all objects are put aside; the collector works on; the words' dictionary waits until the page is served."""
    done = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "False"]


ASKED = f"""
import sys
from rag.__main__ import main
sys.argv = ["yanju", "ask", {QUESTION!r}]
try:
    main()
finally:
    unneeded = "numpy.ma zipfile difflib rag.audit rag.shelves rag.answer.examples rag.index.build rag.page torch faiss".split()
    sys.stderr.write(" ".join(name for name in unneeded if name in sys.modules))
"""


def test_a_question_from_the_shell_loads_only_what_it_needs(index_dir: Path, corpus_dir: Path) -> None:
    """What builds, audits, suggests or draws is left to the commands that do, and numpy's masked arrays to nobody."""
    settings = {"YANJU_INDEX": str(index_dir), "YANJU_CORPUS": str(corpus_dir), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, env={**os.environ, **settings}, check=True)
    assert "出处" in done.stdout.decode() and done.stderr.decode() == ""


def test_whatever_happens_it_collects_again() -> None:
    """But not where it did not before, as inside another such stretch."""
    with loading():
        with pytest.raises(ZeroDivisionError), loading():
            assert not gc.isenabled()
            raise ZeroDivisionError
        assert not gc.isenabled()
    assert gc.isenabled()
