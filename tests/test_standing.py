"""How things stand follows from how they stood and what happened, and from nothing else."""

from rag.index.report import Progress
from rag.page.standing import State, left

READY = State("ready", behind=("甲.txt",), ended=3, watching=True)


def test_time_left_is_told_only_when_it_is_known() -> None:
    """From the speed so far, after a moment, and never from nothing done."""
    assert left(Progress("计算向量", 25, 100), 10) == 30
    assert left(Progress("计算向量", 25, 100), 0.5) is None
    assert left(Progress("计算向量", 0, 100), 10) is None


def test_work_that_begins_keeps_what_is_known_of_the_corpus() -> None:
    """How the last work ended is forgotten; a start is also no failure any more."""
    told = State("failed", error="坏了", result="重建完成", behind=("甲.txt",), ended=3, watching=True)
    assert told.begun("rebuild") == State("failed", "rebuild", error="坏了", behind=("甲.txt",), ended=3, watching=True)
    assert told.begun("start") == State("starting", "start", behind=("甲.txt",), ended=3, watching=True)


def test_a_stage_has_a_clock_of_its_own() -> None:
    """Speed and time left are of the stage under way, and unknown when the next one begins."""
    begun = READY.begun("rebuild").at(Progress("读取文件", 0, 10), 100.0)
    going = begun.at(Progress("读取文件", 5, 10), 105.0)
    assert (going.since, going.speed, going.seconds_left) == (100.0, 1.0, 5.0)
    following = going.at(Progress("计算向量", 1, 10), 105.5)
    assert (following.since, following.speed, following.seconds_left) == (105.5, None, None)


def test_a_start_ends_ready_or_failed() -> None:
    """With the words of the error."""
    assert READY.begun("start").over("", failed=False) == State("ready", behind=("甲.txt",), ended=4, watching=True)
    failed = READY.begun("start").over("没有资料", failed=True)
    assert (failed.phase, failed.error, failed.work, failed.ended) == ("failed", "没有资料", None, 4)


def test_other_work_that_fails_leaves_what_was_there() -> None:
    """Ready stays ready; work that was called off did not go wrong; work that succeeds mends a failed start."""
    rebuild = READY.begun("rebuild").at(Progress("读取文件", 5, 10), 1.0)
    for failed, unharmed, succeeded in ((False, False, True), (True, False, False), (True, True, True)):
        over = rebuild.over("说法", failed=failed, unharmed=unharmed)
        assert (over.phase, over.result, over.succeeded, over.step, over.work) == ("ready", "说法", succeeded, None, None)
    mended = State("failed", error="坏了").begun("rebuild").over("重建完成", failed=False)
    assert (mended.phase, mended.error) == ("ready", "")
