"""Patterns that are compiled when they are first used.

Compiling takes as long as all else that is loaded before a question is answered from the shell (a class of the Chinese characters
alone a millisecond), and one question needs a quarter of the patterns.
"""

from __future__ import annotations

import re
from typing import Any, cast


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(pattern, flags)`, at the first use; `pattern` and `flags` can be read before. A mistake in it is told then.

    The `re` of a match is the compiled pattern: to tell by which of several a match was found, compare their `pattern`.
    """
    return cast("re.Pattern[str]", _Uncompiled(pattern, flags))


def any_of(*alternatives: str) -> re.Pattern[str]:
    """The pattern of all `alternatives`."""
    return regex("|".join(alternatives))


class _Uncompiled:
    """A pattern that takes over what the compiled one has as soon as any of it is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self.flags)
        self.__dict__ |= {public: getattr(compiled, public) for public in dir(compiled) if not public.startswith("_")}
        return getattr(compiled, name)
