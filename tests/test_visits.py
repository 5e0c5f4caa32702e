"""What a page holds is given to nobody else, and forgotten when it has been silent for long."""

from rag.page.visits import MOST, Chat, Visits


def test_a_page_answers_only_who_is_logged_in_on_it() -> None:
    """What a page holds is told by its session and by the login that it came with; neither alone will do."""
    visits, login = Visits(), {"access-token-x": "甲的"}
    visits.come(None, "甲", login, "s")
    found = visits.known("s", {**login, "other": "1"})
    assert found is not None and found.name == "甲"
    assert visits.known("s", {"access-token-x": "乙的"}) is None
    assert visits.known("s", {}) is None
    assert visits.known("t", login) is None


def test_the_pages_longest_silent_are_forgotten() -> None:
    """So many are remembered and no more; one that looks stays among them, with what it holds."""
    visits = Visits()
    first = visits.come(None, None, {}, "open")
    visits.hold(first, Chat(conversation="它的"))
    for number in range(MOST + 5):
        visits.come(None, None, {}, str(number))
        visits.come(None, None, {}, "open")
    assert visits.chat(first).conversation == "它的"
    assert [visits.known(str(number), {}) is not None for number in (0, 5, 6, 7, MOST + 4)] == [False, False, True, True, True]


def test_nothing_is_left_of_a_page_that_was_forgotten() -> None:
    """Its lists and its turn go with it; memory does not grow with pages that were never closed."""
    visits = Visits()
    silent = visits.come(None, None, {}, "silent")
    visits.lists(silent).history_words = "防汛"
    turn = visits.take_turn(silent)
    for number in range(MOST):
        visits.come(None, None, {}, str(number))
    assert visits.lists(silent).history_words == "" and not visits.has_turn(silent, turn)


def test_only_the_latest_turn_opens_a_conversation() -> None:
    """What was begun before something else took the turn marks nothing."""
    visits = Visits()
    visitor = visits.come(None, None, {}, "s")
    before, after = visits.take_turn(visitor), visits.take_turn(visitor)
    visits.opens(visitor, before, "旧的")
    assert not visits.has_turn(visitor, before) and visits.lists(visitor).conversation == ""
    visits.opens(visitor, after, "新的")
    assert visits.has_turn(visitor, after) and visits.lists(visitor).conversation == "新的"


def test_who_wants_to_know_is_told_which_page_was_forgotten() -> None:
    """The longest silent, and the one that was closed."""
    visits, told = Visits(), list[str]()
    visits.forgotten = told.append
    for number in range(MOST + 1):
        visits.come(None, None, {}, str(number))
    visits.leave("5")
    assert told == ["0", "5"]
