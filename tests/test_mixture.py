"""Text of one encoding amid another is found by its line; rare characters are not taken for it."""

import pytest

from rag.errors import UnreadableFile
from rag.reading.decode import decode
from rag.reading.evidence import BIG5, GB18030, UTF8
from rag.reading.mixture import foreign_line

PLAIN = "各乡镇要逐条对照检查,把问题一件一件整改落实到位。\n" * 9
TRADITIONAL = "關於經濟工作的報告,各位代表請審議。"


def test_a_line_of_another_encoding_is_found() -> None:
    """UTF-8, were it a name amid a line, and Big5 amid GB18030; GB18030 amid Big5."""
    for codec in (UTF8, BIG5):
        assert foreign_line(PLAIN.encode("gb18030") + TRADITIONAL.encode(codec.name), GB18030) == (10, codec)
    assert foreign_line(f"{PLAIN}到会的有".encode("gb18030") + "王小平".encode(), GB18030) == (10, UTF8)
    assert foreign_line((TRADITIONAL + "\n").encode("big5") * 9 + PLAIN.encode("gb18030"), BIG5) == (10, GB18030)


def test_what_was_put_together_of_two_encodings_is_refused() -> None:
    """It decodes without an error, and would be read as characters that nobody wrote."""
    data = PLAIN.encode("gb18030") + "各乡镇要逐条对照".encode()
    assert data.decode("gb18030").encode("gb18030") == data
    with pytest.raises(UnreadableFile, match="第10行像是UTF-8"):
        decode(data)


@pytest.mark.parametrize("line", ["朱镕基、陶喆、䶮、𠮷、㙍、丂", "龚翀、逯婧、仝赟、亓喆、璩瑀、郗骥、訾琰", "↑↑→", "修养", "\ue5e5"])
def test_rare_characters_are_not_another_encoding(line: str) -> None:
    """A list of names in which no character is frequent stays what it is."""
    assert decode((PLAIN + line).encode("gb18030")).text == PLAIN + line
