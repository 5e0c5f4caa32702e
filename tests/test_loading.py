"""Nothing is collected while a program loads, and what it loaded is never looked through again."""

import gc
import subprocess
import sys

import pytest

from rag.page.loading import loading

IMPORTED = """
import gc, sys
import ui
print(gc.isenabled(), gc.get_freeze_count() > len(gc.get_objects()), "rjieba" in sys.modules)
"""


def test_the_page_leaves_what_it_stands_on_out_of_collections_and_the_dictionary_for_later() -> None:
    """Most of all objects are put aside; the collector works on; the words' dictionary waits until the page is served."""
    done = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "False"]


def test_whatever_happens_it_collects_again() -> None:
    """But not where it did not before, as inside another such stretch."""
    with loading():
        with pytest.raises(ZeroDivisionError), loading():
            assert not gc.isenabled()
            raise ZeroDivisionError
        assert not gc.isenabled()
    assert gc.isenabled()
