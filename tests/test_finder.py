"""What a search finds first: by the question's own words, and by what means the same where the library lacks them."""

from rag.search.encoder import Encoder
from tests.small import LIBRARY, answerer_of

OWN = "关于职工健康的通知\n在岗职工每日测量体温,早晚各一次,由本单位专人登记造册并妥善保管;体温上升的应当及时报告,不得隐瞒。\n"
ALIKE = "关于防护用品的通知\n口罩产量上涨,供应提高,库存增加,成本涨得多了,回不到上去以前。\n"


def test_a_word_that_the_library_has_is_looked_for_by_itself(model: Encoder) -> None:
    """Another passage that has every word of the same meaning doesn't stand before the one that has the word."""
    found = answerer_of(model, {"甲.txt": ALIKE, "乙.txt": OWN}).search("体温上升怎么办?", 2)
    assert [passage.document for passage, _ in found] == ["乙.txt", "甲.txt"]


def test_a_word_that_the_library_lacks_is_looked_for_by_what_means_the_same(model: Encoder) -> None:
    """GDP stands in no text of the library; the passage with 生产总值 is found by its words too."""
    passage, hit = answerer_of(model, LIBRARY).search("GDP是多少?", 1)[0]
    assert "生产总值" in passage.text and hit.words > 0


def test_a_text_is_named_by_whose_it_is_and_its_title_which_stays_asked(model: Encoder) -> None:
    """县里那份口罩供应通知: not any text of the county; what the title names is still looked for in it."""
    finder = answerer_of(model, {"甲.txt": ALIKE, "乙.txt": OWN, "丙.txt": "县里会议讲话\n同志们:\n县里要降成本,县里要修路。\n"})._finder
    found = finder.named("怎么降成本,县里那份防护用品通知里的办法")
    assert [speech.document for speech in found.speeches] == ["甲.txt"]
    assert "防护用品" in found.wording
