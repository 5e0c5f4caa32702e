"""Texts become unit vectors: the same for the same text, whatever stands beside it, and without a call to a hub."""

import json
import os
import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Router
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import BertConfig, BertModel

from rag.errors import ModelError
from rag.search import encoder, sentence, source
from rag.search.cache import folder as cache_folder
from rag.search.conversion import FOLDER
from rag.search.encoder import Encoder
from rag.search.model import folder as default_folder
from rag.search.sentence import SentenceTransformerEncoder
from rag.settings import DEFAULT_MODEL

ODD = ("", " ", "　", "。", "字", "—" * 40, "没有句号" * 1250, "GDP 6.5%", "臺灣", "🙂\ue000𠮷", "一\r\n二", "\ud800残", "\x00")
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


@pytest.fixture(scope="session")
def cache(model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for models made by these tests, in which the default is ready."""
    folder = tmp_path_factory.mktemp("缓存")
    shutil.copytree(cache_folder() / FOLDER, folder / FOLDER)
    return folder


@pytest.fixture
def own_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tests' own cache, in use."""
    monkeypatch.setenv("YANJU_CACHE", str(cache))
    return cache


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small model of one layer, its weights drawn, its tokenizer the default's."""
    folder = tmp_path_factory.mktemp("模型") / "别的模型"
    torch.manual_seed(1)
    size = BertConfig(vocab_size=21128, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64)
    network = folder.with_name("网络")
    BertModel(size).save_pretrained(network)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        shutil.copy(default_folder() / name, network / name)
    first = Transformer(str(network), max_seq_length=512)
    SentenceTransformer(modules=[first, Pooling(32)], device="cpu").save(str(folder))
    return folder


@pytest.fixture(scope="session")
def other(tiny: Path) -> Path:
    """The same with prompts of its own."""
    prompts = {"prompts": {"query": "查询:", "passage": "段落:"}, "default_prompt_name": "query"}
    folder = Path(shutil.copytree(tiny, tiny.with_name("有提示的模型")))
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts), encoding="utf-8")
    return folder


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_every_text_has_a_unit_vector(model: Encoder, text: str) -> None:
    """Empty, endless and odd texts too: 512 finite numbers of length one."""
    for vectors in (model.passages([text]), model.queries([text])):
        assert vectors.shape == (1, 512)
        assert vectors.dtype == np.float32
        assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_have_no_vectors(model: Encoder) -> None:
    """The shape still says how wide they would be."""
    assert model.passages([]).shape == (0, 512)
    assert model.queries([]).shape == (0, 512)


def test_a_vector_does_not_depend_on_what_is_encoded_beside_it(model: Encoder) -> None:
    """Texts of all lengths in one call, sorted into batches, come back in the order given."""
    texts = [f"第{number}段" + "改进工作作风,密切联系群众。" * (number % 7) for number in range(40)]
    together = model.passages(texts)
    assert_allclose(together, np.concatenate([model.passages([text]) for text in texts]), atol=1e-5)
    assert_allclose(model.passages(texts[::-1]), together[::-1], atol=1e-5)


def test_progress_counts_texts_up_to_all(model: Encoder) -> None:
    """Batch by batch, and at the end all are done."""
    seen: list[tuple[int, int]] = []
    model.passages(["甲"] * 40, lambda done, total: seen.append((done, total)))
    assert seen == [(16, 40), (32, 40), (40, 40)]


def test_like_meanings_lie_nearer_than_unlike(model: Encoder) -> None:
    """A question is nearer to the passage that answers it than to one on something else."""
    passages = model.passages(["要切实改进工作作风,反对形式主义。", "今年粮食总产量创历史新高。"])
    near, far = passages @ model.queries(["怎样改进作风?"])[0]
    assert near > far + 0.1


def test_threads_may_encode_at_once(model: Encoder) -> None:
    """Questions asked while an index is built get the vectors that they would get alone."""
    texts = ["作风" * length for length in range(1, 33)]
    alone = model.queries(texts)
    with ThreadPoolExecutor(8) as threads:
        at_once = list(threads.map(lambda text: model.queries([text])[0], texts))
    assert_allclose(at_once, alone, atol=1e-5)


def test_a_model_of_ones_own_is_a_folder_with_its_prompts(own_cache: Path, tiny: Path, other: Path) -> None:
    """Queries and passages each get the prompt that the model brings for them, a model without any gets none."""
    plain, own = encoder.load(str(tiny)), encoder.load(str(other))
    assert own.name == str(other)
    assert_allclose(own.queries(["作风"]), plain.queries(["查询:作风"]), atol=1e-5)
    assert_allclose(own.passages(["作风"]), plain.passages(["段落:作风"]), atol=1e-5)


def test_a_bge_model_gets_the_query_prompt_of_its_card(tiny: Path) -> None:
    """BAAI's models were trained with an instruction before queries, which their files do not carry."""
    folder = Path(shutil.copytree(tiny, tiny.with_name("bge-small-zh-v1.5")))
    bge = sentence.load(str(folder), "", folder)
    assert (bge.query_prompt, bge.passage_prompt) == ("为这个句子生成表示以用于检索相关文章：", "")


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
    assert model.fingerprint in ("m3e-small@a0a4b92a5b649a38", "m3e-small@a0a4b92a5b649a38+int8.1")


def test_asking_and_building_load_no_torch(model: Encoder) -> None:
    """A question and a passage become vectors without the libraries that models are trained with."""
    heavy = {"torch", "sentence_transformers", "transformers", "huggingface_hub"}
    done = run("import rag.engine, rag.index.build, sys\nfrom rag.search import encoder\nmodel = encoder.load()\n"
               f"model.queries(['作风']), model.passages(['作风'])\nprint({heavy!r} & sys.modules.keys())")
    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_importing_the_search_rooms_loads_no_model_library() -> None:
    """What only searches words, or only prints help, must not wait for torch."""
    heavy = {"torch", "sentence_transformers", "transformers", "huggingface_hub"}
    done = run(f"import rag.search.hybrid, rag.search.encoder, rag.search.model, sys; print({heavy!r} & sys.modules.keys())")
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("loaded_before", ["", "import huggingface_hub\n"], ids=["alone", "beside gradio"])
def test_a_model_on_this_machine_calls_nobody(own_cache: Path, other: Path, loaded_before: str) -> None:
    """Neither the default nor a folder opens a connection or looks up a name; nothing is written to the terminal."""
    done = run(f"{loaded_before}{CALLS}from rag.search import encoder\n"
               f"for name in ('m3e-small', {str(other)!r}): encoder.load(name).queries(['作风'])\nprint(called)")
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_hub_model_that_was_fetched_before_calls_nobody(own_cache: Path, other: Path, tmp_path: Path) -> None:
    """What lies in the hub's cache is loaded from there."""
    revision = "0123456789abcdef0123456789abcdef01234567"
    kept = tmp_path / "models--someone--some-model"
    shutil.copytree(other, kept / "snapshots" / revision)
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text(revision, encoding="utf-8")
    done = run(f"{CALLS}from rag.search import encoder\nmodel = encoder.load('someone/some-model')\n"
               "print(model.fingerprint.removesuffix('+int8.1'), model.dimensions, called)", HF_HUB_CACHE=str(tmp_path))
    assert (done.stdout, done.stderr) == ("hub:someone/some-model 32 []\n", "")


def test_a_hub_that_does_not_answer_gives_a_sentence(tmp_path: Path) -> None:
    """It says which model, and what to do on a machine without a network."""
    done = run("from rag.search import encoder\nencoder.load('someone/some-model')", HF_HUB_CACHE=str(tmp_path), HF_ENDPOINT="http://127.0.0.1:9")
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("rag.errors.ModelError: 无法从模型库取得模型someone/some-model(")
    assert last.endswith("没有网络时请先把模型文件夹放到本机,用 --model 指定。")


@pytest.mark.parametrize("name", ["./没有", "/没有/这里", "D:\\模型\\bge", "一/二/三", "没有"])
def test_a_folder_that_is_not_there_is_not_asked_of_a_hub(name: str) -> None:
    """What can't be a hub's name was meant as a folder."""
    with pytest.raises(ModelError, match="找不到模型文件夹"):
        encoder.load(name)


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
        with pytest.raises(ModelError, match=r"无法载入模型.*坏\(.*--model"):
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


def test_a_model_begun_beside_is_the_one_that_is_loaded() -> None:
    """Once; the next load is its own. Its vectors are the same."""
    encoder.begin(DEFAULT_MODEL)
    begun = encoder._BEGUN[DEFAULT_MODEL]
    loaded = encoder.load(DEFAULT_MODEL)
    assert loaded is begun.result()
    assert encoder.load(DEFAULT_MODEL) is not loaded
    assert_allclose(loaded.queries(["粮食产量"]), encoder.load(DEFAULT_MODEL).queries(["粮食产量"]))


def test_a_model_begun_that_is_not_there_fails_when_it_is_loaded(tmp_path: Path) -> None:
    """With the error of any load, and only then."""
    encoder.begin(str(tmp_path / "没有"))
    with pytest.raises(ModelError):
        encoder.load(str(tmp_path / "没有"))
