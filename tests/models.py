"""Small models of another make than the default, and a fresh Python in which they are loaded."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import BertConfig, BertModel

from rag.search import cache, model
from rag.search.conversion import FOLDER

# Told by a process that runs it first: what of the network it used.
CALLS = """
import sys
called = []
watched = ("socket.connect", "socket.getaddrinfo", "socket.sendto")
sys.addaudithook(lambda event, arguments: called.append(event) if event in watched else None)
"""


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A fresh Python that runs `code`."""
    whole = {**os.environ, "PYTHONUTF8": "1", **environment}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=whole, check=False)


def copied_cache(folder: Path) -> Path:
    """`folder`, with the default model as it is ready in the cache in use."""
    shutil.copytree(cache.folder() / FOLDER, folder / FOLDER)
    return folder


def write_tiny(folder: Path) -> Path:
    """A small model of one layer in `folder`, its weights drawn, its tokenizer the default's."""
    torch.manual_seed(1)
    size = BertConfig(vocab_size=21128, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64)
    network = folder.with_name("网络")
    BertModel(size).save_pretrained(network)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        shutil.copy(model.folder() / name, network / name)
    first = Transformer(str(network), max_seq_length=512)
    SentenceTransformer(modules=[first, Pooling(32)], device="cpu").save(str(folder))
    return folder


def write_prompted(tiny: Path) -> Path:
    """The same model beside it, with prompts of its own."""
    prompts = {"prompts": {"query": "查询:", "passage": "段落:"}, "default_prompt_name": "query"}
    folder = Path(shutil.copytree(tiny, tiny.with_name("有提示的模型")))
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts), encoding="utf-8")
    return folder
