"""What a library will cost grows with it, and is said in figures that a reader can plan with."""

from rag import cost
from rag.cost import Cost
from rag.search.vectors import EXACT_UP_TO
from rag.settings import DEFAULT_MODEL


def test_more_passages_cost_more_and_halves_are_kept_of_many() -> None:
    """Disk and time grow in step; beyond the exact search a vector takes less room."""
    few, many, most = (cost.estimate(number, DEFAULT_MODEL) for number in (1000, EXACT_UP_TO, 10 * EXACT_UP_TO))
    assert few.disk * EXACT_UP_TO // 1000 == many.disk
    assert many.disk < most.disk < 10 * many.disk
    assert few.memory < many.memory < most.memory
    assert 0 < few.seconds < many.seconds


def test_the_estimate_is_words_with_fitting_units() -> None:
    """Seconds, minutes or hours."""
    assert Cost(1000, 5 * 2**20, 200 * 2**20, 90.4).words() == (
        "1000个片段（每个约185字）的估计：每个版本占硬盘5 MB，提问时占内存至多200 MB，在本机从头建一次约90秒。"
    )
    assert Cost(1, 0, 0, 600).words().endswith("约10分钟。")
    assert Cost(1, 0, 0, 9000).words().endswith("约2.5小时。")
