"""Gradio loaded without the files it writes for editors: half of its import is spent on them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def unwritten() -> Iterator[None]:
    """While Gradio is imported, answer that its components come from no file: it then leaves out their .pyi files.

    Each import reads, parses and compares those of all 62 components (1.5 of 3.2 seconds of processor, gradio 6.31); they come
    with Gradio anyway, and only editors and type checkers read them.
    """
    found = inspect.getfile

    def of_others(object: Any) -> str:
        if isinstance(object, type) and object.__module__.startswith("gradio."):
            raise OSError("not told while Gradio is imported")
        return found(object)

    inspect.getfile = of_others
    try:
        yield
    finally:
        inspect.getfile = found
