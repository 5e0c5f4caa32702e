"""Who may use the page: accounts with hashed passwords and roles, who a visitor is, how often one may ask.

Readers ask and read; only librarians change the library. Without a file of accounts everybody is a librarian, and the
page then listens to this machine only (`listening`). Passwords are hashed by argon2-cffi, rates counted by limits.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from rag.errors import WrongUsage, YanjuError
from rag.page.language import LANGUAGES, Language

Role = Literal["reader", "librarian"]
ROLES: tuple[Role, ...] = ("reader", "librarian")
ASKING = "30/minute"  # of one person with an account: faster than anybody reads
LOGGING_IN = "10/minute"  # tries for one name
LEAST_PASSWORD = 8
NAME_CHARACTERS = 40
LANGUAGE_COOKIE = "yanju-language"


class AccountsUnread(YanjuError):
    """The file of accounts can't be read, or is not one."""

    def __init__(self, file: Path, reason: str) -> None:
        self.file = file
        self.reason = reason
        super().__init__(f"读不了用户文件{file}（{reason}）：请检查路径，或用 yanju user 重新建立。")


@dataclass(frozen=True, slots=True)
class Account:
    """A person with a name, a role and the hash of a password."""

    name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who an event comes from; without accounts the name is empty. `session` tells his open pages apart."""

    name: str = ""
    librarian: bool = True
    language: Language = "zh"
    session: str = ""


class Accounts:
    """The accounts of a file, read again whenever it has changed. AccountsUnread where it can't be read."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))  # an unknown name takes as long as a wrong password
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._known: Mapping[str, Account] = {}
        self._tries = Throttle(LOGGING_IN)
        self._read()

    def admits(self, name: str, password: str) -> bool:
        """Whether `password` is the one of `name`; no after too many tries."""
        if self._tries.wait(name) > 0:
            return False
        account = self._read().get(name)
        try:
            return self._hasher.verify(account.password if account else self._nobody, password) and account is not None
        except (VerificationError, InvalidHashError):
            return False

    def role(self, name: str) -> Role | None:
        """The role of `name`; None where there is no such account."""
        account = self._read().get(name)
        return account.role if account else None

    def names(self) -> list[tuple[str, Role]]:
        """Every account's name and role, in order of the names."""
        return sorted((one.name, one.role) for one in self._read().values())

    def _read(self) -> Mapping[str, Account]:
        with self._lock:
            try:
                status = self.file.stat()
                stamp = (status.st_mtime_ns, status.st_size)
                if stamp != self._stamp:
                    self._known = {one.name: one for one in load(self.file)}
                    self._stamp = stamp
            except OSError as error:
                raise AccountsUnread(self.file, error.strerror or str(error)) from error
            return self._known


def load(file: Path) -> list[Account]:
    """The accounts of a file; OSError, or AccountsUnread where it is not a file of accounts."""
    try:
        accounts = [Account(str(one["name"]), one["role"], str(one["password"])) for one in json.loads(file.read_text(encoding="utf-8"))]
    except (ValueError, KeyError, TypeError) as error:
        raise AccountsUnread(file, f"{type(error).__name__}：{error}") from error
    wrong = [one.name for one in accounts if one.role not in ROLES]
    if wrong:
        raise AccountsUnread(file, f"{wrong[0]}的角色不是{'或'.join(ROLES)}")
    return accounts


def put(file: Path, name: str, role: Role, password: str) -> None:
    """Add an account to the file, or give it another role and password. WrongUsage for a name or password that is none."""
    if not name.strip() or len(name) > NAME_CHARACTERS or name != name.strip():
        raise WrongUsage(f"用户名应有1至{NAME_CHARACTERS}个字，前后没有空格。")
    if len(password) < LEAST_PASSWORD:
        raise WrongUsage(f"密码至少要有{LEAST_PASSWORD}个字符：请换一个长一些的。")
    others = [one for one in _existing(file) if one.name != name]
    _write(file, [*others, Account(name, role, PasswordHasher().hash(password))])


def remove(file: Path, name: str) -> None:
    """Take an account out of the file; WrongUsage where there is none of that name."""
    accounts = _existing(file)
    if name not in {one.name for one in accounts}:
        raise WrongUsage(f"用户文件{file}里没有{name}。现有：{'、'.join(one.name for one in accounts) or '无'}。")
    _write(file, [one for one in accounts if one.name != name])


def _existing(file: Path) -> list[Account]:
    return load(file) if file.exists() else []


def _write(file: Path, accounts: list[Account]) -> None:
    """The file anew, in one step, to be read by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as written:
        json.dump([asdict(one) for one in accounts], written, ensure_ascii=False, indent=1)
    draft.replace(file)


class Throttle:
    """Counts what each person does within a window such as `30/minute`; without a rate nobody waits."""

    def __init__(self, rate: str | None) -> None:
        try:
            self._rate: RateLimitItem | None = parse(rate) if rate else None
        except ValueError as error:
            raise WrongUsage(f"提问次数的上限“{rate}”写得不对：请写成 30/minute 这样。") from error
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, who: str) -> int:
        """0, and one more counted; or, where the window is full, the seconds until one is free again."""
        if self._rate is None or self._limiter.hit(self._rate, who):
            return 0
        return max(1, round(self._limiter.get_window_stats(self._rate, who).reset_time - time.time()))


def visitor(accounts: Accounts | None, name: str | None, cookies: Mapping[str, str], session: str | None) -> Visitor:
    """Who asks: the name that he logged in with, what he may do, and which language his page speaks."""
    chosen = cookies.get(LANGUAGE_COOKIE, "zh")
    language: Language = next((one for one in LANGUAGES if one == chosen), "zh")
    librarian = accounts is None or (name is not None and accounts.role(name) == "librarian")
    return Visitor(name or "", librarian, language, session or "")
