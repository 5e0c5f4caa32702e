"""What the browser is given to run and to dress the page in: the script, the styles, the typefaces."""

from __future__ import annotations

from pathlib import Path

_FILES = Path(__file__).parent
_SCRIPT = ("script.js", "asking.js", "taking.js", "reader.js", "events.js")  # one program, in this order
_STYLE = ("style.css", "asking.css", "sources.css", "reader.css", "library.css")
STYLES = tuple(_FILES / file for file in _STYLE)
SANS = ("Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif")
MONO = ("Consolas", "Menlo", "Noto Sans Mono CJK SC", "monospace")


def script() -> str:
    """The page's program."""
    return "".join((_FILES / file).read_text(encoding="utf-8") for file in _SCRIPT)


def adopted() -> str:
    """What a part of the page runs to be known to the page's program."""
    return (_FILES / "part.js").read_text(encoding="utf-8")
