"""Every encoding is read back to the last byte, and what can't be proven is refused."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import UnreadableFile
from rag.reading import flaws
from rag.reading.decode import Decoded, decode

SPEECH = "同志们:这次会议的主要任务是总结今年的工作,部署明年的工作。我们要坚持以人民为中心，把各项工作做得更好。"
TRADITIONAL = "各位同志：這次會議的主要任務是總結今年的工作，部署明年的工作。我們要堅持以人民為中心，把各項工作做得更好。"
RARE = "镕喆䶮㐂龴𠮷𬎆"
MARKS = {"utf-8-sig": [codecs.BOM_UTF8], "utf-16": [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE], "gb18030": [b"\x84\x31\x95\x33"]}

plain_text = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")) | st.sampled_from("\t\r\n" + RARE), max_size=60).filter(
    lambda text: flaws.flaw(text) is None
)


def with_mark(text: str, codec: str) -> bytes:
    """`text` in `codec`, behind its byte order mark where the codec's Python name stands for one."""
    if codec == "utf-16-be-marked":
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    if codec == "gb18030-marked":
        return MARKS["gb18030"][0] + text.encode("gb18030")
    return text.encode(codec)


def proves(decoded: Decoded, data: bytes) -> bool:
    """Whether the text, encoded again behind one of its codec's marks or none, is `data`."""
    plain = {"utf-8-sig": ["utf-8"], "utf-16": ["utf-16-le", "utf-16-be"]}.get(decoded.codec, [decoded.codec])
    marks = MARKS.get(decoded.codec, []) + ([] if decoded.codec in ("utf-8-sig", "utf-16") else [b""])
    return any(mark + decoded.text.encode(codec) == data for mark in marks for codec in plain)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@given(text=plain_text)
def test_simplified_text_comes_back_from_every_encoding(codec: str, text: str) -> None:
    """A Chinese paragraph with anything at all behind it is read back, and its encoding named."""
    whole = SPEECH * 3 + text
    assert decode(whole.encode(codec)) == Decoded(whole, codec)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be-marked", "gb18030-marked"])
@given(text=plain_text)
def test_a_mark_settles_the_encoding_of_any_text(codec: str, text: str) -> None:
    """Behind a byte order mark any text, however short or strange, is read back without the mark."""
    assert decode(with_mark(text, codec)).text == text


@given(st.text(st.sampled_from(TRADITIONAL + "\r\n 12abc"), max_size=60))
def test_traditional_text_comes_back_from_big5(text: str) -> None:
    """Big5 is told from GB18030 by the text as a whole."""
    whole = TRADITIONAL + text
    assert decode(whole.encode("cp950")) == Decoded(whole, "cp950")


@pytest.mark.parametrize("text", ["我哋嘅啲嘢喺邨口", "第三〇五號", "①あア"])
def test_hong_kong_characters_come_back(text: str) -> None:
    """What Windows' Big5 lacks is read by the Hong Kong extension, in one file with one codec."""
    whole = TRADITIONAL + text
    assert decode(whole.encode("big5hkscs")) == Decoded(whole, "big5hkscs")


@given(st.binary(max_size=80))
def test_whatever_is_read_is_proven(data: bytes) -> None:
    """Of any bytes at all, the text that comes out gives the same bytes again; or they are refused."""
    try:
        decoded = decode(data)
    except UnreadableFile as error:
        assert error.reason.endswith("。")
    else:
        assert proves(decoded, data)
        assert flaws.flaw(decoded.text) is None


@pytest.mark.parametrize("character", RARE + "€😀\ue000")
def test_one_rare_character_far_down_is_kept(character: str) -> None:
    """A name that only the last bytes hold is read as it stands: nothing is decided by the beginning."""
    text = SPEECH * 40 + "出席会议的有" + character
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("text", [*RARE, "中文", "联通", "政务", "朱镕基、陶喆、䶮"])
def test_a_few_characters_are_enough_for_gb18030(text: str) -> None:
    """A name alone is read where its bytes can be nothing else that is likely."""
    assert decode(text.encode("gb18030")) == Decoded(text, "gb18030")


@pytest.mark.parametrize("text", ["", "plain ASCII, 6.5%\r\n", "😀", "é", "\ue000", "Привет, мир", "سالام دۇنيا", "བོད་ཡིག"])
def test_utf_8_in_any_script_proves_itself(text: str) -> None:
    """UTF-8 needs no Chinese to be believed."""
    assert decode(text.encode("utf-8")) == Decoded(text, "utf-8")


@pytest.mark.parametrize(("data", "one", "other"), [("一".encode("gbk"), "һ", "一"), ("中文".encode("big5"), "中文", "いゅ")])
def test_what_can_be_two_texts_is_refused(data: bytes, one: str, other: str) -> None:
    """Where two readings are about as likely, neither is taken, and both are shown."""
    with pytest.raises(UnreadableFile) as caught:
        decode(data, "短.txt")
    assert caught.value.document == "短.txt"
    assert one in caught.value.reason
    assert other in caught.value.reason


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (SPEECH.encode()[:-1], "已损坏"),
        (codecs.BOM_UTF8 + SPEECH.encode() + b"\xff", "开头有UTF-8的标记，但按UTF-8读到第"),
        (codecs.BOM_UTF16_LE + b"\x2d\x4e\x00", "开头有UTF-16的标记"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x2d\x4e", "开头有UTF-16的标记，但按UTF-16读到第3字节出错"),
        (b"\xed\xa0\x80", "已损坏"),
        (SPEECH.encode("gb18030") + SPEECH.encode("utf-8"), ""),
        ("한국어는 한반도에서 쓰이는 언어이며 많은 사람들이 사용한다".encode("euc-kr"), "不像中文"),
        ("日本語の文章です。これは試験です".encode("shift-jis"), "不像中文"),
        ("Привет мир, как дела".encode("koi8-r"), "不是能识别的文本"),
        ("café déjà vu".encode("latin-1"), "不是能识别的文本"),
        (SPEECH.encode("utf-32"), "UTF-32"),
    ],
)
def test_what_is_no_whole_chinese_text_is_refused(data: bytes, words: str) -> None:
    """Cut, mixed or foreign bytes are refused with the place or the reason, never patched."""
    with pytest.raises(UnreadableFile) as caught:
        decode(data)
    assert words in caught.value.reason


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\nplain text", "PDF"),
        (b"PK\x03\x04\x14\x00", "压缩文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版Word"),
        (rb"{\rtf1\ansi \'d5\'fe}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "不是文本文件"),
        ((SPEECH + "\0").encode("gb18030"), "空字符"),
        ((SPEECH + "\0").encode("utf-16-le"), "空字符"),
        (b"a\0", "空字符"),
        (("行一\n" + SPEECH + "\x07").encode("utf-8"), "第2行有不属于文字的控制字符（U+0007"),
        ((SPEECH + "\ufffd").encode("gb18030"), "已经丢失"),
    ],
)
def test_binary_and_damaged_content_is_refused_though_it_decodes(data: bytes, words: str) -> None:
    """Other formats, control characters and lost characters are named."""
    with pytest.raises(UnreadableFile) as caught:
        decode(data)
    assert words in caught.value.reason


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_the_shipped_speeches_come_back_from_every_encoding(corpus_dir: Path, codec: str) -> None:
    """Each shipped file, with the line ends of Windows, is read back whole."""
    for path in corpus_dir.rglob("*.txt"):
        text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
        assert decode(text.encode(codec)) == Decoded(text, codec)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16-le", "utf-16-be", "gb18030"])
def test_official_texts_of_seven_decades_come_back(codec: str) -> None:
    """Reports, notices and speeches as they come, where a developer has them, are told apart without a mistake."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "eval" / "gov-dev"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if not texts:
        pytest.skip("no such texts here")
    for text in texts:
        assert decode(text.encode(codec)) == Decoded(text, codec)
