"""Any sentence-transformers model, as it is: its prompts and networks, and a sentence where its folder holds none."""

import os
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Router

from rag.errors import ModelError
from rag.search import encoder, sentence
from rag.search.sentence import SentenceTransformerEncoder


def test_a_model_with_a_network_for_queries_uses_it(own_cache: Path, tiny: Path, tmp_path: Path) -> None:
    """Two networks are not converted, and this is said; a question goes through the queries', a passage through the documents'."""
    queries, documents = SentenceTransformer(str(tiny), device="cpu"), SentenceTransformer(str(tiny), device="cpu")
    with torch.no_grad():
        for parameter in queries[0].parameters():
            parameter.add_(torch.randn_like(parameter))
    route = Router.for_query_document(query_modules=[*queries], document_modules=[*documents])
    SentenceTransformer(modules=[route], device="cpu").save(str(tmp_path / "两路"))
    two = encoder.load(str(tmp_path / "两路"))
    assert isinstance(two, SentenceTransformerEncoder)
    assert "没有单一的快速分词器" in str(encoder.runs_slowly(str(tmp_path / "两路")))
    assert_allclose(two.passages(["改进作风"]), documents.encode(["改进作风"], normalize_embeddings=True), atol=1e-5)
    assert_allclose(two.queries(["改进作风"]), queries.encode(["改进作风"], normalize_embeddings=True), atol=1e-5)
    assert np.abs(two.queries(["改进作风"]) - two.passages(["改进作风"])).max() > 0.01


def test_a_bge_model_gets_the_query_prompt_of_its_card(tiny: Path) -> None:
    """BAAI's models were trained with an instruction before queries, which their files do not carry."""
    folder = Path(shutil.copytree(tiny, tiny.with_name("bge-small-zh-v1.5")))
    bge = sentence.load(str(folder), "", folder)
    assert (bge.query_prompt, bge.passage_prompt) == ("为这个句子生成表示以用于检索相关文章：", "")


@pytest.mark.parametrize("damage", ["empty", "no weights", "weights cut short", "no JSON", "wrong sizes"])
def test_a_folder_that_holds_no_model_gives_a_sentence(own_cache: Path, tiny: Path, tmp_path: Path, damage: str) -> None:
    """Whatever its files lack, the user is told which folder, and what to do."""
    folder = tmp_path / "坏"
    shutil.copytree(tiny, folder)
    weights, config = folder / "model.safetensors", folder / "config.json"
    match damage:
        case "empty":
            shutil.rmtree(folder)
            folder.mkdir()
        case "no weights":
            weights.unlink()
        case "weights cut short":
            weights.write_bytes(weights.read_bytes()[:100_000])
        case "no JSON":
            config.write_text("{", encoding="utf-8")
        case "wrong sizes":
            config.write_text(config.read_text(encoding="utf-8").replace('"hidden_size": 32', '"hidden_size": 64'), encoding="utf-8")
    for load in (lambda: sentence.load(str(folder), "", folder), *([lambda: encoder.load(str(folder))] if damage == "no JSON" else [])):
        with pytest.raises(ModelError, match=r"无法载入模型.*坏（.*--model"):
            load()


class Bomb:
    """A pickle that would run code."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("爆炸",)


def test_a_pickle_in_a_model_folder_is_not_run(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights in torch's old form are read as data; code in them is refused."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "坏"
    shutil.copytree(tiny, folder)
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Bomb(), protocol=2))
    with pytest.raises(ModelError):
        sentence.load(str(folder), "", folder)
    assert not (tmp_path / "爆炸").exists()
