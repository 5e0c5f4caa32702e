"""What the page keeps on the server: conversations of each user, judgements on answers, and who did what (SQLite).

An exchange is kept with its whole answer, so that its citations read the same whatever becomes of the index. Where the
file can't be opened the ledger lasts as long as the program, and `warning` says so. Safe to call from any thread.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from rag.page.database import Database
from rag.page.exchange import Exchange, as_json, from_json

NAME = "page.sqlite"
TITLE_CHARACTERS = 60
LISTED = 200  # judgements or acts in one list
SOURCE_CHARACTERS = 25  # of a paragraph, as the golden format names it
_TABLES = """
create table if not exists conversation (id text primary key, user text not null, title text not null, begun text not null,
  changed text not null);
create table if not exists exchange (conversation text not null references conversation(id) on delete cascade, number integer not null,
  words text not null, body text not null, primary key (conversation, number));
create table if not exists judgement (id integer primary key, at text not null, user text not null, conversation text not null,
  number integer not null, good integer not null, reason text not null, body text not null, unique (user, conversation, number));
create table if not exists act (id integer primary key, at text not null, user text not null, what text not null, detail text not null);
create table if not exists choice (name text primary key, value text not null);
create table if not exists given (conversation text primary key references conversation(id) on delete cascade, number integer not null);
create index if not exists conversation_of on conversation (user, changed);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation in a user's list: `changed` is in UTC (ISO 8601)."""

    id: str
    title: str
    changed: str
    exchanges: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """A user's word on one answer, with the exchange as it stood then."""

    id: int
    at: str
    user: str
    good: bool
    reason: str
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class Act:
    """What a user asked or changed, and when."""

    at: str
    user: str
    what: str
    detail: str


class Ledger:
    """The kept conversations, judgements and acts of all users; nobody's are shown to another but by `judgements` and `acts`."""

    def __init__(self, folder: Path | None) -> None:
        self._database = Database(folder / NAME if folder is not None else None, _TABLES)

    @property
    def warning(self) -> str:
        """Why what is written down will not last; empty where it will."""
        return self._database.warning

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    # conversations

    def begin(self, user: str, title: str) -> str:
        """A new conversation of `user`; its id."""
        name, now = uuid4().hex, _now()
        with self._database.writing() as writing:
            writing.execute("insert into conversation values (?, ?, ?, ?, ?)", (name, user, _short(title), now, now))
        return name

    def keep(self, user: str, conversation: str, exchange: Exchange) -> None:
        """Put an exchange into a conversation of `user`, in the place of that number; into another's nothing is put."""
        words = f"{exchange.question}\n{exchange.answer.answer if exchange.answer else exchange.note}"
        with self._database.writing() as writing:
            changed = writing.execute("update conversation set changed = ? where id = ? and user = ?", (_now(), conversation, user))
            if changed.rowcount:
                writing.execute(
                    "insert or replace into exchange values (?, ?, ?, ?)", (conversation, exchange.number, words, as_json(exchange))
                )

    def conversations(self, user: str, words: str = "", most: int = -1) -> list[Kept]:
        """The conversations of `user` that hold `words`, the last changed first; `most` of them where it is not negative."""
        like = f"%{_escaped(words.strip())}%"
        rows = self._database.rows(
            "select c.id, c.title, c.changed, count(e.number) from conversation c join exchange e on e.conversation = c.id "
            "where c.user = ? and (c.title like ? escape '\\' or exists "
            "(select 1 from exchange f where f.conversation = c.id and f.words like ? escape '\\')) "
            "group by c.id order by c.changed desc, c.rowid desc limit ?",
            user,
            like,
            like,
            most,
        )
        return [Kept(*row) for row in rows]

    def title(self, user: str, conversation: str) -> str:
        """The title of a conversation of `user`; "" where it is none."""
        rows = self._database.rows("select title from conversation where id = ? and user = ?", conversation, user)
        return str(rows[0][0]) if rows else ""

    def exchanges(self, user: str, conversation: str) -> tuple[Exchange, ...]:
        """The exchanges of a conversation of `user`, in order; none where it is another's or gone."""
        rows = self._database.rows(
            "select e.body from exchange e join conversation c on c.id = e.conversation where c.id = ? and c.user = ? order by e.number",
            conversation,
            user,
        )
        return tuple(from_json(body) for (body,) in rows)

    def number(self, user: str, conversation: str, least: int) -> int | None:
        """A number for the next exchange of a conversation of `user`: `least` or more, above all that are kept there or were given.

        None where the conversation is another's or gone, or nothing can be written.
        """
        found: tuple[int] | None = None
        with self._database.writing() as writing:
            writing.execute(
                "insert into given select c.id, max(?, 1 + coalesce(max(e.number), 0)) from conversation c "
                "left join exchange e on e.conversation = c.id where c.id = ? and c.user = ? group by c.id "
                "on conflict (conversation) do update set number = max(excluded.number, given.number + 1)",
                (least, conversation, user),
            )
            found = writing.execute(
                "select g.number from given g join conversation c on c.id = g.conversation where c.id = ? and c.user = ?",
                (conversation, user),
            ).fetchone()
        return found[0] if found else None

    def rename(self, user: str, conversation: str, title: str) -> None:
        """Give a conversation of `user` another title; a blank one changes nothing."""
        if title.strip():
            with self._database.writing() as writing:
                writing.execute("update conversation set title = ? where id = ? and user = ?", (_short(title), conversation, user))

    def forget(self, user: str, conversation: str) -> None:
        """Delete a conversation of `user` with all that it holds; judgements on it stay."""
        with self._database.writing() as writing:
            writing.execute("delete from conversation where id = ? and user = ?", (conversation, user))

    # judgements

    def judge(self, user: str, conversation: str, exchange: Exchange, *, good: bool, reason: str) -> None:
        """Keep the user's word on an exchange; a later word on the same one takes its place."""
        with self._database.writing() as writing:
            writing.execute(
                "insert into judgement (at, user, conversation, number, good, reason, body) values (?, ?, ?, ?, ?, ?, ?) "
                "on conflict (user, conversation, number) do update set at = excluded.at, good = excluded.good, reason = excluded.reason",
                (_now(), user, conversation, exchange.number, int(good), reason.strip(), as_json(exchange)),
            )

    def judged(self, user: str, conversation: str) -> dict[int, tuple[bool, str]]:
        """By the number of the exchange, what `user` said of it: whether good, and why."""
        rows = self._database.rows("select number, good, reason from judgement where user = ? and conversation = ?", user, conversation)
        return {number: (bool(good), reason) for number, good, reason in rows}

    def judgements(self) -> list[Judgement]:
        """Everybody's judgements, the latest first."""
        rows = self._database.rows("select id, at, user, good, reason, body from judgement order by at desc, id desc limit ?", LISTED)
        return [Judgement(one, at, user, bool(good), reason, from_json(body)) for one, at, user, good, reason, body in rows]

    # choices

    def choose(self, name: str, value: str) -> None:
        """Remember a choice that holds for everybody."""
        with self._database.writing() as writing:
            writing.execute("insert or replace into choice values (?, ?)", (name, value))

    def chosen(self, name: str) -> str:
        """What was chosen last; "" where nothing was."""
        rows = self._database.rows("select value from choice where name = ?", name)
        return str(rows[0][0]) if rows else ""

    # acts

    def note(self, user: str, what: str, detail: str = "") -> None:
        """Write down that `user` did `what`."""
        with self._database.writing() as writing:
            writing.execute("insert into act (at, user, what, detail) values (?, ?, ?, ?)", (_now(), user, what, detail))

    def acts(self) -> list[Act]:
        """Everybody's acts, the latest first."""
        return [Act(*row) for row in self._database.rows("select at, user, what, detail from act order by id desc limit ?", LISTED)]


def golden(judgements: Sequence[Judgement]) -> str:
    """Judgements as questions in the golden format, one a line, for `yanju eval --set`.

    What was judged useful asks for its quotes again; what was judged wrong, or refused, holds only the question and the
    user's reason: what is right a librarian must fill in.
    """
    return "".join(json.dumps(_golden(one), ensure_ascii=False) + "\n" for one in judgements)


def _golden(one: Judgement) -> dict[str, object]:
    answer = one.exchange.answer
    asked: dict[str, object] = {"id": f"f{one.id}", "question": one.exchange.question, "note": one.reason}
    if answer is None or not one.good:
        return asked
    cited = answer.citations
    paragraphs = dict.fromkeys(citation.text.strip()[:SOURCE_CHARACTERS] for citation in cited)
    return asked | {
        "type": str(answer.explain.get("kind", "")),
        "answerable": not answer.refused,
        "must": [[citation.quote] for citation in cited],
        "ordered": False,
        "must_not": [],
        "sources": list(paragraphs),
        "max_chars": len("".join(answer.answer.split())),
    }


def _short(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= TITLE_CHARACTERS else f"{line[:TITLE_CHARACTERS]}…"


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
