"""Names of files as users give them, made safe: below the corpus folder, readable on every system, never a device.

Leaves out what lies in the folder (`holdings`).
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from rag.errors import BadName
from rag.reading import flaws

LONGEST_BYTES = 200  # of one name; most file systems hold 255, and a draft's own prefix takes some
DEEPEST = 12  # folders; Windows' whole path ends at 260 characters
# What Windows forbids in a name, and full stops and spaces at its end.
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?$", re.IGNORECASE)


def cleaned(name: str) -> str:
    """`name` as a file or folder can safely be called; BadName where nothing is left of it.

    Composed (NFC); only its last part where it is a path, for browsers send those; control characters and what
    Windows forbids written as "_"; no full stop or "~$" in front, which would hide it; cut to `LONGEST_BYTES`
    before its extension.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join("_" if not _may_stand(character) else character for character in last)
    bare = re.sub(r"^(?:\.|~\$|\s)+", "", _FORBIDDEN.sub("_", visible)).rstrip(". ")
    if not bare.strip("_. "):
        raise BadName(name)
    return _cut(f"_{bare}" if _DEVICE.match(bare) else bare)


def cleaned_path(path: str) -> str:
    """A path below the corpus folder of which each part is `cleaned`, with forward slashes; BadName as there.

    Empty parts and "." fall away; ".." is refused, not resolved.
    """
    parts = [part for part in re.split(r"[/\\]", path) if part.strip() not in ("", ".")]
    if not parts or len(parts) > DEEPEST or any(part.strip() == ".." for part in parts):
        raise BadName(path)
    return "/".join(cleaned(part) for part in parts)


def numbered(name: str, number: int) -> str:
    """`name` with a number before its extension: 讲话(2).docx."""
    path = PurePosixPath(name)
    return f"{path.stem}({number}){path.suffix}"


def same(one: str, other: str) -> bool:
    """Whether some file system takes the two names for one: Windows knows no case, macOS no composition."""
    return _key(one) == _key(other)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _may_stand(character: str) -> bool:
    """Whether a character may stand in a name: none that is unseen (format characters turn a name's end around)."""
    return flaws.written_out(character) == character and unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _cut(name: str) -> str:
    path = PurePosixPath(name)
    room = LONGEST_BYTES - len(path.suffix.encode("utf-8"))
    if room <= 0:
        return name.encode("utf-8")[:LONGEST_BYTES].decode("utf-8", "ignore").rstrip(". ")
    return path.stem.encode("utf-8")[:room].decode("utf-8", "ignore").rstrip(". ") + path.suffix
