"""Gradio, imported without statistics, without files written, and with nothing of it looked through again.

The only room that imports it. The page's layout, its wiring and its program stand on it; nothing else knows Gradio.
"""

from __future__ import annotations

import os

from rag.page.loading import loading
from rag.page.unwritten import unwritten

# Read when Gradio is imported: no visitor count, no version check, no statistics of the latest 10,000 events after each event.
os.environ |= {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9), "GRADIO_ANALYTICS_MAX_EVENTS": "1"}

with loading(), unwritten():
    import gradio as gr
    from gradio.utils import get_upload_folder

__all__ = ["forget", "get_upload_folder", "gr"]


def forget(blocks: gr.Blocks, session: str) -> None:
    """Let go of the queue of a page that was forgotten, unless an event of it is under way.

    By itself Gradio keeps one, though empty, for each of the latest 2,000 pages, and a set of what it waits for of every one.
    """
    waiting: dict[str, set[str]] = blocks._queue.pending_event_ids_session
    if not waiting.get(session):
        waiting.pop(session, None)
        blocks._queue.pending_messages_per_session.pop(session, None)
