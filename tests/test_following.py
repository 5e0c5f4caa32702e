"""What a reader takes over from clause to clause: about what, when, under which condition, of what it is a part."""

from dataclasses import replace

from rag.writer.following import Fit, State, follows
from rag.writer.stretches import Stretch, source_sentences

TEXT = "如果天旱,粮食减产。2022年,粮食40万吨,增长5%;2023年,蔬菜50万吨,其中番茄9万吨。有人说菜太多,这是错的。"
DRY, YEARS, SAID = source_sentences(0, TEXT)


def of(clause: int, *, timed: bool = False, partial: bool = False, subject: int | None = None) -> Fit:
    """The fit of one clause of the years' figures, with or without what it is about."""
    return Fit(row(YEARS.stretches, clause, subject), timed, partial)


def row(stretches: list[Stretch], clause: int, subject: int | None = None) -> Stretch:
    """The stretch of this clause alone."""
    return next(one for one in stretches if (one.first, one.last, one.subject, one.continues) == (clause, clause, subject, False))


def test_what_is_said_of_something_follows_it() -> None:
    """增长5% after 粮食40万吨, not after 蔬菜50万吨 and not alone."""
    after = follows(State(), of(1, timed=True))
    assert after is not None and follows(after, of(2)) is not None
    other = follows(State(), of(4, timed=True))
    assert other is not None and follows(other, of(2)) is None and follows(State(), of(2)) is None


def test_a_figure_is_read_under_its_own_time() -> None:
    """Said with it, or before it; of two years neither may be left out, nor go for the other's figure."""
    assert follows(State(), of(1)) is None and follows(State(), of(4)) is None
    year = follows(State(), of(3))
    assert year is not None and follows(year, of(4)) is not None and follows(year, of(1)) is None
    after = follows(State(), of(1, timed=True))
    assert after is not None and follows(after, of(4)) is None and follows(after, of(4, timed=True)) is not None


def test_a_part_follows_what_it_is_a_part_of() -> None:
    """其中番茄9万吨 after 蔬菜50万吨, and not by itself."""
    after = follows(State(), of(4, timed=True))
    assert after is not None and follows(after, of(5, partial=True)) is not None
    assert follows(State(), of(5, timed=True, partial=True)) is None


def test_what_holds_under_a_condition_follows_it() -> None:
    """And what does not may not."""
    assert follows(State(), Fit(row(DRY.stretches, 1), timed=False, partial=False)) is None
    dry = follows(State(), Fit(row(DRY.stretches, 0), timed=False, partial=False))
    assert dry is not None and follows(dry, Fit(row(DRY.stretches, 1), timed=False, partial=False)) is not None
    assert follows(dry, of(1, timed=True)) is None


def test_what_is_compared_follows_its_own_figure() -> None:
    """比上年提高1个百分点 is said of the rate right before, not of the output before that, nor of another's rate."""
    found, = source_sentences(0, "粮食40万吨,增长5%,比上年提高1个百分点,蔬菜增长9%。")
    output, rate = Fit(row(found.stretches, 0), timed=False, partial=False), Fit(row(found.stretches, 1), timed=False, partial=False)
    points = Fit(row(found.stretches, 2), timed=False, partial=False)
    after = follows(State(), output)
    assert after is not None and follows(after, points) is None
    rated = follows(after, rate)
    assert rated is not None and follows(rated, points) is not None
    assert follows(State(), replace(points, stretch=row(found.stretches, 2, subject=0))) is None


def test_what_hangs_on_a_label_or_an_owner_stands_after_it() -> None:
    """张伟 after 联系人, 金额2亿元 after 贷款 and not after 投资."""
    found, = source_sentences(0, "联系人:张伟;投资完成41笔,金额3亿元;贷款完成9笔,金额2亿元。")
    label, name, invested, _, lent, money = (Fit(row(found.stretches, clause), timed=False, partial=False) for clause in range(6))
    after = follows(State(), label)
    assert after is not None and follows(after, name) is not None and follows(State(), name) is None
    loans, investment = follows(State(), lent), follows(State(), invested)
    assert loans is not None and follows(loans, money) is not None
    assert investment is not None and follows(investment, money) is None


def test_what_is_refuted_right_after_is_not_said_without_that() -> None:
    """有人说菜太多 alone would tell the reader the opposite."""
    assert follows(State(), Fit(row(SAID.stretches, 0), timed=False, partial=False)) is None
