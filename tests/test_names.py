"""A name that a user gives becomes one that every system takes, and never leads out of the corpus folder."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import BadName
from rag.keeping.names import LONGEST_BYTES, cleaned, cleaned_path, numbered, same


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("讲话.docx", "讲话.docx"),
        (r"C:\文件\讲话.docx", "讲话.docx"),
        ("../../etc/passwd", "passwd"),
        (".隐藏.txt", "隐藏.txt"),
        ("~$讲话.docx", "讲话.docx"),
        ("第一季度:总结?.txt", "第一季度_总结_.txt"),
        ("讲\u202e话\x00\n.txt", "讲_话__.txt"),
        ("CON.txt", "_CON.txt"),
        ("讲话.txt. . ", "讲话.txt"),
        ("e\u0301.txt", "é.txt"),
        ("  稿.txt", "稿.txt"),
    ],
)
def test_a_name_is_cleaned(name: str, expected: str) -> None:
    """Only what some system could not take, or would hide, is changed."""
    assert cleaned(name) == expected


@pytest.mark.parametrize("name", ["", " ", ".", "..", "...", "/", "a/..", "~$", "??", "\x00"])
def test_a_name_of_nothing_is_refused(name: str) -> None:
    """Where nothing readable is left there is no name."""
    with pytest.raises(BadName) as raised:
        cleaned(name)
    assert raised.value.name == name


def test_a_long_name_keeps_its_extension() -> None:
    """Cut between characters, before the extension."""
    name = cleaned("讲" * 200 + ".docx")
    assert name.endswith("讲.docx")
    assert LONGEST_BYTES - 3 < len(name.encode()) <= LONGEST_BYTES


@pytest.mark.parametrize("path", ["", "/", "..", "2024/../../讲话.txt", r"..\讲话.txt", "a/" * 20 + "b.txt", "a/ .. /b.txt"])
def test_a_path_that_climbs_is_refused(path: str) -> None:
    """".." is not resolved but refused, as is a path too deep."""
    with pytest.raises(BadName):
        cleaned_path(path)


def test_a_path_is_cleaned_part_by_part() -> None:
    """Slashes of either kind part it; empty parts fall away."""
    assert cleaned_path(r"/2024\\一季度/./讲话?.txt") == "2024/一季度/讲话_.txt"
    assert numbered("讲话.docx", 2) == "讲话(2).docx"
    assert same("É.TXT", "e\u0301.txt")
    assert not same("a.txt", "b.txt")


@given(st.text(max_size=80))
def test_whatever_is_given_stays_inside(path: str) -> None:
    """A cleaned path is relative, climbs nowhere, is hidden nowhere, and is clean already; on Windows too."""
    try:
        safe = cleaned_path(path)
    except BadName:
        return
    assert not PurePosixPath(safe).is_absolute()
    assert PureWindowsPath(safe).drive == "" and ":" not in safe
    parts = safe.split("/")
    assert all(part not in ("", ".", "..") and not part.startswith((".", "~$")) for part in parts)
    assert cleaned_path(safe) == safe
