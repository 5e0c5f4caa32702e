"""A file of SQLite by which no answer fails: where it can't be opened it is kept in memory, what can't be written is lost.

`warning` then says so. Safe to call from any thread. What stands in it is for the `ledger`; a file that opens and can't
be read raises.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

WAIT_SECONDS = 10.0  # for another program that writes


class Database:
    """The tables of `schema` in the file `path`; in memory where that is None or can't be opened."""

    def __init__(self, path: Path | None, schema: str) -> None:
        self.warning = ""
        self._lock = threading.Lock()
        self._connection = self._opened(path, schema)

    def _opened(self, path: Path | None, schema: str) -> sqlite3.Connection:
        if path is not None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                return _ready(sqlite3.connect(path, timeout=WAIT_SECONDS, check_same_thread=False), schema)
            except (OSError, sqlite3.Error) as error:
                self.warning = f"历史记录不能保存在{path.parent}（{error}）：关闭程序后这次的对话不会保留。请检查那里的磁盘空间和权限。"
        return _ready(sqlite3.connect(":memory:", check_same_thread=False), schema)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction; what can't be written is told in `warning` and lost."""
        with self._lock:
            try:
                with self._connection:
                    yield self._connection
            except sqlite3.Error as error:
                self.warning = f"历史记录没有写成（{error}）：请检查磁盘空间和权限。"

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What `query` finds: texts and whole numbers, as its columns hold them. sqlite3.Error."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def _ready(connection: sqlite3.Connection, schema: str) -> sqlite3.Connection:
    connection.execute("pragma foreign_keys = on")
    with suppress(sqlite3.OperationalError):  # a file system without shared memory keeps the older way
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")  # whole after a crash; the last seconds may be lost
    connection.executescript(schema)
    return connection
