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

__all__ = ["get_upload_folder", "gr"]
