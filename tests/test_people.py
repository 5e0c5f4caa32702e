"""Accounts, roles and rates: who may come in, who may change the library, and how often one may ask."""

import stat
from pathlib import Path

import pytest

from rag.errors import WrongUsage
from rag.page import people
from rag.page.listening import Unprotected, check_open
from rag.page.people import Accounts, AccountsUnread, Throttle, visitor


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with one reader and one librarian."""
    made = tmp_path / "用户" / "users.json"
    people.put(made, "张三", "reader", "口令口令口令口令")
    people.put(made, "李四", "librarian", "another password")
    return made


def test_only_the_right_password_opens(file: Path) -> None:
    """Not another's, not an empty one, not for a name that is not there."""
    accounts = Accounts(file)
    assert accounts.admits("张三", "口令口令口令口令")
    assert not accounts.admits("张三", "another password")
    assert not accounts.admits("张三", "")
    assert not accounts.admits("王五", "口令口令口令口令")


def test_a_password_is_nowhere_to_be_read(file: Path) -> None:
    """The file holds a salted hash, and only its owner may read it."""
    text = file.read_text(encoding="utf-8")
    assert "口令" not in text and "$argon2id$" in text
    assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0


def test_a_changed_file_counts_at_once(file: Path) -> None:
    """A new role or a removed account needs no restart."""
    accounts = Accounts(file)
    assert (accounts.role("张三"), accounts.role("李四"), accounts.role("王五")) == ("reader", "librarian", None)
    people.put(file, "张三", "librarian", "口令口令口令口令")
    people.remove(file, "李四")
    assert (accounts.role("张三"), accounts.role("李四")) == ("librarian", None)


def test_guessing_is_slow(file: Path) -> None:
    """After ten tries for one name within a minute even the right password waits; another name does not."""
    accounts = Accounts(file)
    for _ in range(10):
        accounts.admits("张三", "x")
    assert not accounts.admits("张三", "口令口令口令口令")
    assert accounts.admits("李四", "another password")


@pytest.mark.parametrize(("name", "password"), [("", "口令口令口令口令"), (" 张", "口令口令口令口令"), ("张三", "short")])
def test_what_is_no_name_or_password_is_refused(tmp_path: Path, name: str, password: str) -> None:
    """And nothing is written."""
    with pytest.raises(WrongUsage):
        people.put(tmp_path / "users.json", name, "reader", password)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "[1]", '[{"name": "甲", "role": "king", "password": "x"}]'])
def test_a_file_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    """With its path, whatever is wrong with it; so is one that is missing."""
    broken = tmp_path / "users.json"
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(AccountsUnread) as caught:
        Accounts(broken)
    assert caught.value.file == broken
    with pytest.raises(AccountsUnread):
        Accounts(tmp_path / "没有.json")


def test_only_librarians_change_the_library(file: Path) -> None:
    """Without accounts everybody is one; the language is the visitor's own."""
    accounts = Accounts(file)
    assert [visitor(accounts, name, {}, "s").librarian for name in ("张三", "李四", "王五", None)] == [False, True, False, False]
    assert visitor(None, None, {}, "s").librarian
    assert [visitor(None, None, {"yanju-language": value}, "s").language for value in ("en", "zh", "<x>")] == ["en", "zh", "zh"]


def test_a_rate_holds_for_each_person_alone() -> None:
    """The third question of a minute waits; another person's first does not; without a rate nobody waits."""
    throttle = Throttle("2/minute")
    assert [throttle.wait("甲") for _ in range(2)] == [0, 0]
    assert 0 < throttle.wait("甲") <= 60
    assert throttle.wait("乙") == 0
    assert [Throttle(None).wait("甲") for _ in range(100)] == [0] * 100
    with pytest.raises(WrongUsage):
        Throttle("often")


@pytest.mark.parametrize(("host", "guarded", "anyone", "open_"), [
    ("127.0.0.1", False, False, True), ("::1", False, False, True), ("localhost", False, False, True),
    ("0.0.0.0", False, False, False), ("192.168.1.5", False, False, False), ("office.example", False, False, False),
    ("0.0.0.0", True, False, True), ("0.0.0.0", False, True, True),
])
def test_other_machines_need_accounts_or_to_be_told_twice(host: str, guarded: bool, anyone: bool, open_: bool) -> None:
    """The address alone does not open the page to everybody."""
    if open_:
        check_open(host, guarded=guarded, anyone=anyone)
        return
    with pytest.raises(Unprotected) as caught:
        check_open(host, guarded=guarded, anyone=anyone)
    assert caught.value.host == host
