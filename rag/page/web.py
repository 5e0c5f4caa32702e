"""The web application that the page is mounted on, and its reply to a question, which no queue of events has to carry."""

from __future__ import annotations

import json

from fastapi import FastAPI, Response
from fastapi.responses import StreamingResponse

from rag.page import conversing
from rag.page.listening import Guarded
from rag.page.markup import sendable
from rag.page.people import Visitor
from rag.page.window import Drawn, Event, Window

STRANGER = 204  # the reply to a page of which it is not known yet whose it is


def application() -> FastAPI:
    """A web application without routes, which forbids the browser to load anything from elsewhere."""
    app = FastAPI(openapi_url=None)
    app.add_middleware(Guarded)
    return app


def reply(window: Window, visitor: Visitor | None, sent: Event) -> Response:
    """The reply to the question that a page's script has `sent`: a line for each step, JSON of the parts that it draws anew.

    A page of which it is not known yet whose it is gets none: it is made known by an event, and asks again.
    """
    if visitor is None:
        return Response(status_code=STRANGER)
    steps = conversing.ask(window, visitor, str(sent.get("question", "")), alone=sent.get("alone") is True)
    return StreamingResponse((_line(drawn) async for drawn in steps), media_type="application/x-ndjson")


def _line(drawn: Drawn) -> str:
    return json.dumps({name: sendable(made) for name, made in drawn.items()}, ensure_ascii=False) + "\n"
