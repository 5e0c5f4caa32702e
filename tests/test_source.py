"""Where a model's files lie and what identifies them; a hub is asked only for what could be its own."""

import os
import shutil
from pathlib import Path

import pytest

from rag.errors import ModelError
from rag.search import encoder, source
from rag.search.encoder import Encoder
from rag.search.forms import RECIPE
from rag.settings import DEFAULT_MODEL
from tests.models import CALLS, run


def test_a_fingerprint_follows_the_content(model: Encoder, tiny: Path, tmp_path: Path) -> None:
    """A moved folder keeps it, one changed byte changes it; the default's is that of its wheel and of its form."""
    moved = tmp_path / "搬走"
    shutil.copytree(tiny, moved)
    before = source.fingerprint(str(moved))
    assert before == source.fingerprint(str(tiny))
    with (moved / "model.safetensors").open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"\x7f")
    assert source.fingerprint(str(moved)) != before
    assert model.fingerprint == encoder.fingerprint(DEFAULT_MODEL)
    assert model.fingerprint in ("m3e-small@a0a4b92a5b649a38", f"m3e-small@a0a4b92a5b649a38+int8.{RECIPE}")


def test_a_hub_model_that_was_fetched_before_calls_nobody(own_cache: Path, prompted: Path, tmp_path: Path) -> None:
    """What lies in the hub's cache is loaded from there."""
    revision = "0123456789abcdef0123456789abcdef01234567"
    kept = tmp_path / "models--someone--some-model"
    shutil.copytree(prompted, kept / "snapshots" / revision)
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text(revision, encoding="utf-8")
    done = run(f"{CALLS}from rag.search import encoder\nmodel = encoder.load('someone/some-model')\n"
               f"print(model.fingerprint.removesuffix('+int8.{RECIPE}'), model.dimensions, called)", HF_HUB_CACHE=str(tmp_path))
    assert (done.stdout, done.stderr) == ("hub:someone/some-model 32 []\n", "")


def test_a_hub_that_does_not_answer_gives_a_sentence(tmp_path: Path) -> None:
    """It says which model, and what to do on a machine without a network."""
    done = run("from rag.search import encoder\nencoder.load('someone/some-model')", HF_HUB_CACHE=str(tmp_path), HF_ENDPOINT="http://127.0.0.1:9")
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("rag.errors.ModelError: 无法从模型库取得模型someone/some-model（")
    assert last.endswith("没有网络时请先把模型文件夹放到本机，用 --model 指定。")


@pytest.mark.parametrize("name", ["./没有", "/没有/这里", "D:\\模型\\bge", "一/二/三", "没有"])
def test_a_folder_that_is_not_there_is_not_asked_of_a_hub(name: str) -> None:
    """What can't be a hub's name was meant as a folder."""
    with pytest.raises(ModelError, match="找不到模型文件夹"):
        encoder.load(name)
