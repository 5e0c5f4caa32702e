"""Everything that the page's script may ask for, by name, with the parts of the page that it may draw anew."""

from __future__ import annotations

from collections.abc import Callable

from rag.page import consulting, conversing, librarian, recalling, taking
from rag.page.people import Visitor
from rag.page.visits import Chat
from rag.page.window import Act, Event, Window

Parts = tuple[str, ...]
Action = Callable[[Window, Visitor, Chat, Event], Act]
# What may be drawn anew: every part that an event names costs the server some time, drawn or not.
CONVERSATION: Parts = ("past", "now", "sources", "reader", "rail", "scope")
ACTIONS: dict[str, tuple[Action, Parts]] = {
    "introduce": (recalling.introduce, ()),
    "stop": (conversing.stop, CONVERSATION),
    "begin_anew": (recalling.begin_anew, CONVERSATION),
    "open_conversation": (recalling.open_conversation, CONVERSATION),
    "search_history": (recalling.search_history, ("rail",)),
    "rename": (recalling.rename, ("rail",)),
    "forget": (recalling.forget, CONVERSATION),
    "open_source": (consulting.open_source, ("reader", "sources")),
    "show_sources": (consulting.show_sources, ("sources",)),
    "open_at": (consulting.open_at, ("reader",)),
    "open_speech": (consulting.open_speech, ("reader",)),
    "find_alike": (consulting.find_alike, ("reader",)),
    "about": (consulting.about, ("scope",)),
    "choose": (consulting.choose, ("scope",)),
    "unchoose": (consulting.unchoose, ("scope",)),
    "take": (taking.take, ("wire",)),
    "judge": (taking.judge, ("past", "now", "records")),
    "check_saved": (taking.check_saved, ("reader",)),
    "put_files": (librarian.put_files, ("files", "preview")),
    "settle": (librarian.settle, ("files", "preview")),
    "move_file": (librarian.move_file, ("files", "preview")),
    "remove_file": (librarian.remove_file, ("files", "preview")),
    "preview_file": (librarian.preview_file, ("preview",)),
    "search_files": (librarian.search_files, ("files",)),
    "start_again": (librarian.start_again, ()),
    "rebuild": (librarian.rebuild, ()),
    "watch": (librarian.watch, ()),
    "go_back": (librarian.go_back, ()),
    "export_golden": (librarian.export_golden, ("wire",)),
}
