"""Gradio is loaded as it is, but for the files it would write."""

import inspect
import subprocess
import sys

import pytest

from rag.page.unwritten import unwritten

IMPORTED = """
import sys
from pathlib import Path
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
import ui
print(len([path for path in opened if path.endswith(".pyi")]), ui.gr.Textbox.__name__)
"""


def test_the_page_loads_gradio_without_its_stubs() -> None:
    """None is read or written, and the components are there."""
    done = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "Textbox"]


def test_whatever_happens_files_are_told_again() -> None:
    """Only classes of Gradio have none meanwhile."""
    before = inspect.getfile
    with pytest.raises(ZeroDivisionError), unwritten():
        assert inspect.getfile(subprocess.Popen) == subprocess.__file__
        with pytest.raises(OSError, match="Gradio"):
            inspect.getfile(type("Textbox", (), {"__module__": "gradio.components.textbox"}))
        raise ZeroDivisionError
    assert inspect.getfile is before
