"""What is under way and what went wrong, in words and in a bar that claims nothing it does not know."""

from rag.index.report import Progress
from rag.page import progress
from rag.page.markup import Markup, sendable
from rag.page.standing import State
from tests.drawn import Seen


def state_bar(html: Markup) -> dict[str, str | None]:
    """The attributes of the progress bar in `html`."""
    return next(attributes for _, attributes in Seen(sendable(html)).tags if attributes.get("role") == "progressbar")


def test_progress_names_stage_amount_and_time_left() -> None:
    """Downloads are told in megabytes, everything else in numbers."""
    state = State(work="start", step=Progress("准备模型", 12_300_000, 89_048_741), seconds_left=42.4)
    seen = Seen(sendable(progress.notices(state, None)))
    assert seen.text("progress-words") == "准备模型12 MB / 89 MB · 约剩42秒"
    assert state_bar(progress.bar(state))["aria-valuenow"] == "13"
    assert Seen(sendable(progress.bar(State(work="rebuild", step=Progress("计算向量", 5, 1240))))).text("progress-count") == "5 / 1,240"


def test_the_speed_of_embedding_is_told() -> None:
    """Passages in a second and time left, once they are known."""
    state = State(work="rebuild", step=Progress("计算向量", 50, 150), seconds_left=4.0, speed=25.4)
    assert Seen(sendable(progress.bar(state))).text("progress-count") == "50 / 150 · 每秒25个片段 · 约剩4秒"


def test_progress_without_a_total_claims_nothing() -> None:
    """Before the first step, and where the total is not known, the bar has no value."""
    assert "aria-valuenow" not in state_bar(progress.bar(State(work="rebuild")))
    assert "aria-valuenow" not in state_bar(progress.bar(State(work="rebuild", step=Progress("读取文件", 0, 0))))


def test_a_failed_start_can_be_tried_again() -> None:
    """The sentence of the error, and a button."""
    seen = Seen(sendable(progress.notices(State("failed", error="连不上软件源。"), None)))
    assert "连不上软件源。" in seen.text() and [1 for _, attributes in seen.tags if "data-retry" in attributes]


def test_damage_is_told_above_all_else() -> None:
    """A warning of the library is an alert, ready or not; without one nothing is shown."""
    assert "索引有损坏" in Seen(sendable(progress.notices(State("ready"), "文件缺失"))).text()
    assert progress.notices(State("ready"), None) == ""
