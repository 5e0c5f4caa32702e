"""Gradio holds nothing of a page that was forgotten, and everything of one that waits."""

import json

from fastapi import FastAPI
from fastapi.testclient import TestClient

from rag.page.toolkit import forget, gr


def _page() -> tuple[gr.Blocks, FastAPI]:
    """A page that does one thing when it comes."""
    with gr.Blocks(analytics_enabled=False) as blocks:
        blocks.load(lambda: "在", None, gr.HTML(), concurrency_limit=None)
    return blocks, gr.mount_gradio_app(FastAPI(), blocks, path="/", ssr_mode=False)


def _come(client: TestClient, session: str) -> None:
    client.post("/gradio_api/queue/join", json={"data": [], "fn_index": 0, "session_hash": session}).raise_for_status()


def _drawn(client: TestClient, session: str) -> list[str]:
    told = client.get("/gradio_api/queue/data", params={"session_hash": session}).text
    return [json.loads(line.removeprefix("data:"))["msg"] for line in told.splitlines() if line.startswith("data:")]


def test_a_page_that_was_forgotten_leaves_no_queue() -> None:
    """Its queue goes, of which Gradio would keep one for every page that ever came; it may come again."""
    blocks, application = _page()
    with TestClient(application) as client:
        for session in ("甲", "乙"):
            _come(client, session)
            assert _drawn(client, session)[-1] == "close_stream"
        forget(blocks, "甲")
        forget(blocks, "没来过")
        assert list(blocks._queue.pending_messages_per_session) == ["乙"]
        assert list(blocks._queue.pending_event_ids_session) == ["乙"]
        _come(client, "甲")
        assert "process_completed" in _drawn(client, "甲")


def test_a_page_that_waits_is_not_forgotten() -> None:
    """What it waits for still arrives."""
    blocks, application = _page()
    with TestClient(application) as client:
        _come(client, "甲")
        forget(blocks, "甲")
        assert "process_completed" in _drawn(client, "甲")
