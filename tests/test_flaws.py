"""What no text holds is found, named and placed; everything a writer may use stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading import flaws


@pytest.mark.parametrize(
    "text",
    [
        "",
        "政务\t公开\r\n第二行\r第三行\f\v",
        "朱镕基、陶喆、䶮",
        "\ue000\uf8ff\U00100000",
        "😀👨‍👩‍👧",
        "行末\x85",
        "旧文件的末尾\x1a",
        "零宽\u200b\ufeff",
    ],
)
def test_what_a_writer_may_use_has_no_flaw(text: str) -> None:
    """Line ends, rare and private characters, emoji and the DOS end mark are text."""
    assert flaws.flaw(text) is None
    assert flaws.count(text) == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("会议\0记录", "第1行有空字符"),
        ("一\r\n二\r三\n四\x07五\x07", "第4行有不属于文字的控制字符（U+0007，全文共2个）"),
        ("一\n增长\ufffd.5%,\ufffd", "第2行起有2个“\ufffd”"),
        ("一\n增长锟斤拷%", "第2行起有1个“锟斤拷”"),
        ("é\x92", "U+0092"),
        ("前\x1a后", "U+001A"),
        ("\ufffe", "U+FFFE"),
        ("\U0010ffff", "U+10FFFF"),
        ("\ud800", "U+D800"),
    ],
)
def test_a_flaw_is_named_and_placed(text: str, words: str) -> None:
    """The reason names the character, its line and how often it stands there."""
    assert words in (flaws.flaw(text) or "")


@given(st.text())
def test_what_has_no_flaw_can_be_written(text: str) -> None:
    """A text without a flaw survives UTF-8: no lone surrogate passes."""
    if flaws.flaw(text) is None:
        assert text.encode("utf-8").decode("utf-8") == text


@given(st.text())
def test_a_name_written_out_is_one_line(name: str) -> None:
    """Whatever a name holds, its written-out form is one line without a flaw, and is its own written-out form."""
    shown = flaws.written_out(name)
    assert len(shown.splitlines()) <= 1
    assert flaws.flaw(shown) is None
    assert flaws.written_out(shown) == shown
