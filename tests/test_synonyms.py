"""Words that mean the same: the package's table, and one of the user's own."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.synonyms import Synonyms, load, parse
from rag.errors import YanjuError
from rag.writing.fold import fold

TABLE = "# 说明\nGDP\t生产总值\t 地区生产总值\n\n開會\t会议\nGDP\t经济总量\n单\n"
WORDS = st.text("甲乙丙丁ＡB單", min_size=1, max_size=4)


def test_words_of_a_line_mean_the_same() -> None:
    """Every word leads to the others of its lines, folded, in the order of the table, itself left out."""
    table = parse(TABLE)
    assert table.of("gdp") == ("生产总值", "地区生产总值", "经济总量")
    assert table.of("地区生产总值") == ("gdp", "生产总值")
    assert (table.of("会议"), table.of("单"), table.of("没有")) == (("开会",), (), ())


def test_the_longest_word_is_found_first() -> None:
    """地区生产总值 is not cut to 生产总值; what is found stands in order and does not overlap."""
    text = "今年gdp和地区生产总值及开会"
    assert [text[start:end] for start, end in parse(TABLE).find(text)] == ["gdp", "地区生产总值", "开会"]


@given(st.lists(st.lists(WORDS, max_size=4), max_size=6), st.text("甲乙丙丁aB单", max_size=12))
def test_meaning_the_same_goes_both_ways(lines: list[list[str]], text: str) -> None:
    """If one word leads to another, that one leads back; what is found in a text is a word of the table."""
    table = parse("\n".join("\t".join(line) for line in lines))
    assert all(word in table.of(other) and word != other for word in table.groups for other in table.of(word))
    found = table.find(fold(text))
    assert all(fold(text)[start:end] in table.groups for start, end in found)
    assert [start for start, _ in found] == sorted(start for start, _ in found)


def test_an_empty_table_finds_nothing() -> None:
    """Comments and blank lines are no words."""
    assert parse("# 注释\n\n") == Synonyms({}, 0)
    assert parse("").find("生产总值") == []


def test_the_packages_own_table_knows_office_words() -> None:
    """Its words are folded and its groups lead back."""
    table = load()
    assert "生产总值" in table.of("gdp") and "gdp" in table.of("国内生产总值")
    assert "保守国家秘密" in table.of("保密") and "自动体外除颤器" in table.of("aed")
    assert all(word == fold(word).strip() for word in table.groups)


@pytest.mark.parametrize(("short", "whole"), [
    ("政改", "政治体制改革"), ("三去一降一补", "去产能、去库存、去杠杆、降成本、补短板"), ("NDC", "国家自主贡献"),
    ("COP15", "第十五次缔约方大会"), ("卫健委", "卫生健康委员会"), ("AI", "人工智能"), ("课本", "教科书"), ("女同志", "女党员"),
    ("六五计划", "第六个五年计划"), ("十一五", "第十一个五年规划"),
])
def test_short_forms_of_office_speech_lead_to_the_whole(short: str, whole: str) -> None:
    """Reforms, bodies, meetings and things by their everyday names."""
    assert whole in load().of(fold(short))


def test_a_users_table_is_added_to_the_packages(tmp_path: Path) -> None:
    """A file saved with a byte order mark counts as well; the package's own words stay."""
    file = tmp_path / "同义词.tsv"
    file.write_text("河长\t河湖长\n", encoding="utf-8-sig")
    table = load(file)
    assert table.of("河长") == ("河湖长",)
    assert table.of("gdp") == load().of("gdp")


def test_a_table_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file, or one in another encoding, is an error that says which."""
    other = tmp_path / "别的编码.tsv"
    other.write_bytes("河长\t河湖长\n".encode("gb18030"))
    for file in (tmp_path / "没有.tsv", other):
        with pytest.raises(YanjuError, match=r"UTF-8") as raised:
            load(file)
        assert str(file) in str(raised.value)
