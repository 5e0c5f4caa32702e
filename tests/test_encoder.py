"""Texts become unit vectors: the same for the same text, whatever stands beside it, and without a call to a hub."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from rag.errors import ModelError
from rag.search import encoder
from rag.search.encoder import Encoder
from rag.settings import DEFAULT_MODEL
from tests.models import CALLS, run

ODD = ("", " ", "　", "。", "字", "—" * 40, "没有句号" * 1250, "GDP 6.5%", "臺灣", "🙂\ue000𠮷", "一\r\n二", "\ud800残", "\x00")


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


def test_a_model_of_ones_own_is_a_folder_with_its_prompts(own_cache: Path, tiny: Path, prompted: Path) -> None:
    """Queries and passages each get the prompt that the model brings for them, a model without any gets none."""
    plain, own = encoder.load(str(tiny)), encoder.load(str(prompted))
    assert own.name == str(prompted)
    assert_allclose(own.queries(["作风"]), plain.queries(["查询:作风"]), atol=1e-5)
    assert_allclose(own.passages(["作风"]), plain.passages(["段落:作风"]), atol=1e-5)


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
def test_a_model_on_this_machine_calls_nobody(own_cache: Path, prompted: Path, loaded_before: str) -> None:
    """Neither the default nor a folder opens a connection or looks up a name; nothing is written to the terminal."""
    done = run(f"{loaded_before}{CALLS}from rag.search import encoder\n"
               f"for name in ('m3e-small', {str(prompted)!r}): encoder.load(name).queries(['作风'])\nprint(called)")
    assert (done.stdout, done.stderr) == ("[]\n", "")


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
