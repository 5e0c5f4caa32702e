"""Who gave a report that does not say so itself."""

import pytest

from rag.answer.speakers import giver
from tests.small import shelf_of


@pytest.mark.parametrize(("title", "front", "name"), [
    ("2010年中华人民共和国国务院政府工作报告", "", "温家宝"),
    ("政府工作报告", "1999年3月5日在第九届全国人民代表大会第二次会议上", "朱镕基"),
    ("2003年国务院政府工作报告", "", "朱镕基"),
    ("全面开创社会主义现代化建设的新局面 (十二大)", "", "胡耀邦"),
    ("在中国共产党第九次全国代表大会上的报告", "", "林彪"),
    ("2010年青溪省政府工作报告", "", ""),
    ("政府工作报告", "2010年1月20日在青溪省第九届人民代表大会第三次会议上", ""),
    ("1958年国务院政府工作报告", "", ""),
    ("在青溪县会议上的讲话", "2010年3月5日", ""),
])
def test_the_public_record_tells_who_reported(title: str, front: str, name: str) -> None:
    """Of the state and of the party; of a province, and of a year it has nobody for, it tells nobody."""
    assert giver(title, front) == name


def test_a_report_bears_the_name_of_who_gave_it() -> None:
    """So that a question may name it by him."""
    texts = {f"{who}.txt": f"2010年{who}政府工作报告\n各位代表:\n要办好三件事。\n" for who in ("国务院", "青溪省")}
    shelf = shelf_of(texts)
    assert [speech.document for speech in shelf.bearers("温家宝")] == ["国务院.txt"]
