"""What is kept in a file outlives the program; what can't be kept is told, and nothing fails by it."""

import sqlite3
import threading
from pathlib import Path

from rag.page.database import Database

SCHEMA = "create table if not exists word (text text primary key);"


def put(database: Database, *texts: str) -> None:
    """Write the texts, all or none."""
    with database.writing() as writing:
        for text in texts:
            writing.execute("insert into word values (?)", (text,))


def kept(database: Database) -> list[str]:
    """The texts that are there."""
    return [text for (text,) in database.rows("select text from word order by text")]


def test_what_was_written_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    """In a folder that is made for it."""
    first = Database(tmp_path / "数据" / "页.sqlite", SCHEMA)
    put(first, "甲")
    first.close()
    again = Database(tmp_path / "数据" / "页.sqlite", SCHEMA)
    assert kept(again) == ["甲"] and again.warning == ""
    again.close()


def test_what_cannot_be_written_is_told_and_lost_whole() -> None:
    """Of a transaction all or nothing; the next one is written."""
    database = Database(None, SCHEMA)
    put(database, "甲", "甲")
    assert kept(database) == [] and "历史记录没有写成" in database.warning
    put(database, "乙")
    assert kept(database) == ["乙"]


def test_a_file_that_is_none_is_left_as_it_is(tmp_path: Path) -> None:
    """What can't be opened is kept in memory, and the warning names the folder."""
    (tmp_path / "页.sqlite").write_bytes("这不是数据库。".encode() * 100)
    database = Database(tmp_path / "页.sqlite", SCHEMA)
    put(database, "甲")
    assert kept(database) == ["甲"] and str(tmp_path) in database.warning
    assert (tmp_path / "页.sqlite").read_bytes().startswith("这不是".encode())


def test_many_threads_write_at_once(tmp_path: Path) -> None:
    """Each what it has; nothing is lost and nothing is told."""
    database = Database(tmp_path / "页.sqlite", SCHEMA)
    threads = [threading.Thread(target=put, args=(database, f"{number}")) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept(database)) == 20 and database.warning == ""
    database.close()
    assert sqlite3.connect(tmp_path / "页.sqlite").execute("select count(*) from word").fetchone() == (20,)
