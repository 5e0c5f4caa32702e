"""Damaged .rtf files are reported where LibreOffice would read them all the same."""

import pytest

from rag.errors import UnreadableFile
from rag.reading import rtf

TEXT = b"{\\rtf1\\ansi{\\fonttbl{\\f0 A;}}\\u20316?\\{a\\}\\'7b\\\\ \xc4{\xd2}\xa8\\\\\\par}"


@pytest.mark.parametrize("end", [b"", b"\r\n", b"\0\0"], ids=["none", "line end", "zeros"])
def test_a_whole_file_passes(end: bytes) -> None:
    """Escaped braces and those in a character of GBK close nothing."""
    rtf.check(TEXT + end, "a.rtf")
    rtf.check(TEXT[:-1] + b"\\bin2 {{}", "a.rtf")


@pytest.mark.parametrize("cut", range(6, len(TEXT)))
def test_a_file_that_was_cut_off_is_reported(cut: int) -> None:
    """Wherever."""
    with pytest.raises(UnreadableFile, match="没有结尾"):
        rtf.check(TEXT[:cut], "a.rtf")


@pytest.mark.parametrize("damaged", [TEXT.replace(b"{\\f0", b"z\\f0"), TEXT + b"\\par"])
def test_what_stands_behind_the_end_is_reported(damaged: bytes) -> None:
    """A brace that is lost ends the file before its text does."""
    with pytest.raises(UnreadableFile, match="在结尾之前"):
        rtf.check(damaged, "a.rtf")


@pytest.mark.parametrize("word", ["loch", "fs22", "u20316?", "u20316'3f", "insrsid1234567", "levelstartat"])
def test_a_word_of_control_in_the_text_is_reported(word: str) -> None:
    """With the word itself."""
    with pytest.raises(UnreadableFile, match="混进了文字") as raised:
        rtf.check_text(f"增长{word}7.2%。", "a.rtf")
    assert word in raised.value.reason


def test_a_word_of_the_tables_is_found_amid_others() -> None:
    """As a damaged list gave it."""
    with pytest.raises(UnreadableFile, match="“levelstartat”混进了文字"):
        rtf.check_text("!\tlevelstartat1lnumbers;全县实现地区生产总值312.6亿元。", "a.rtf")


@pytest.mark.parametrize("text", ["", "增长7.2%。", r"放在C:\par\loch1\listtext里,按f4、F5键。", "a flood of blochs, ufs22x", "u2031"])
def test_other_words_pass(text: str) -> None:
    """Among them what people write in Latin letters."""
    rtf.check_text(text, "a.rtf")
