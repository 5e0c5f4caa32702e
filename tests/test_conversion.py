"""A model is converted once, in a process of its own, and serves only where its check holds."""

import json
from pathlib import Path

import numpy as np
import pytest

from rag.errors import BuildCancelled
from rag.search import conversion, encoder
from rag.search.conversion import Converted
from rag.search.encoder import Encoder
from rag.search.model import cache_folder
from rag.settings import DEFAULT_MODEL


def test_the_default_is_kept_with_hashes_and_its_checks_hold(model: Encoder) -> None:
    """What is in the cache says what it is, and its measures are within the bounds."""
    kept = conversion.kept(DEFAULT_MODEL)
    assert kept is not None
    folder, record = kept
    assert folder.is_relative_to(cache_folder())
    assert set(record.files) == {"model.onnx", "tokenizer.json"}
    assert record.check["fp32_off"] <= conversion.SAME
    if record.form == "int8":
        assert record.check["overlap"] >= conversion.LEAST_OVERLAP
        assert record.check["off"] <= conversion.MOST_OFF
        assert record.check["cosine"] >= conversion.LEAST_COSINE


def test_a_flipped_bit_is_not_taken_for_the_model(model: Encoder, tmp_path: Path) -> None:
    """A damaged network is made anew, not run."""
    kept = conversion.kept(DEFAULT_MODEL)
    assert kept is not None
    for path in kept[0].iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert conversion._read(tmp_path, kept[1].source) == (tmp_path, kept[1])
    data = (tmp_path / "model.onnx").read_bytes()
    (tmp_path / "model.onnx").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert conversion._read(tmp_path, kept[1].source) is None


@pytest.mark.parametrize("record", ["", "{", "[]", "{}", json.dumps({"source": 1})])
def test_what_is_no_record_is_not_taken_for_one(tmp_path: Path, record: str) -> None:
    """Empty, cut off, or of another make."""
    (tmp_path / "conversion.json").write_text(record, encoding="utf-8")
    assert conversion._read(tmp_path, "m") is None


def test_eight_bits_and_thirty_two_have_fingerprints_of_their_own() -> None:
    """fp32 gives torch's own vectors and shares its fingerprint; int8 does not."""
    made = {form: Converted("m@1", 1, form, None, 2, "", "").fingerprint for form in ("int8", "fp32", "torch")}
    assert made == {"int8": "m@1+int8.1", "fp32": "m@1", "torch": "m@1"}


def test_the_comparison_finds_what_was_moved() -> None:
    """Nothing moved: all of it is the same. Two vectors exchanged: neighbours, scores and cosines say so."""
    vectors = np.eye(20, dtype=np.float32)
    assert conversion.compare((vectors, vectors), (vectors, vectors)) == {"overlap": 1.0, "off": 0.0, "cosine": 1.0}
    moved = vectors[[19, *range(1, 19), 0]]
    found = conversion.compare((vectors, vectors), (vectors, moved))
    assert found["off"] == 1.0
    assert found["cosine"] == 0.0
    assert found["overlap"] < 1.0


def test_a_conversion_called_off_leaves_nothing(model: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other process ends, and the cache is as it was."""
    monkeypatch.setenv("YANJU_CACHE", str(tmp_path))
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    def stop(done: int, total: int) -> None:
        raise BuildCancelled

    with pytest.raises(BuildCancelled):
        encoder.load(DEFAULT_MODEL, stop)
    assert [path.name for path in (tmp_path / conversion.FOLDER).iterdir() if path.suffix != ".lock"] == []
