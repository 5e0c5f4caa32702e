"""The record of how a model runs is believed only where it is this model's and every file is as it says."""

import json
from pathlib import Path

import pytest

from rag.search import conversion, forms
from rag.search.encoder import Encoder
from rag.search.forms import Converted
from rag.settings import DEFAULT_MODEL


def test_a_flipped_bit_is_not_taken_for_the_model(model: Encoder, tmp_path: Path) -> None:
    """A damaged network is made anew, not run."""
    kept = conversion.kept(DEFAULT_MODEL)
    assert kept is not None
    for path in kept[0].iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert forms.read(tmp_path, kept[1].source) == kept[1]
    data = (tmp_path / "model.onnx").read_bytes()
    (tmp_path / "model.onnx").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert forms.read(tmp_path, kept[1].source) is None


@pytest.mark.parametrize("record", ["", "{", "[]", "{}", json.dumps({"source": 1})])
def test_what_is_no_record_is_not_taken_for_one(tmp_path: Path, record: str) -> None:
    """Empty, cut off, or of another make."""
    (tmp_path / "conversion.json").write_text(record, encoding="utf-8")
    assert forms.read(tmp_path, "m") is None


def test_eight_bits_and_thirty_two_have_fingerprints_of_their_own() -> None:
    """fp32 gives torch's own vectors and shares its fingerprint; int8 does not."""
    made = {form: Converted("m@1", 1, form, None, 2, "", "").fingerprint for form in ("int8", "fp32", "torch")}
    assert made == {"int8": "m@1+int8.1", "fp32": "m@1", "torch": "m@1"}


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    """And not for another model, nor by another recipe."""
    made = Converted("m@1", forms.RECIPE, "torch", "没有单一的快速分词器", 2, "问:", "")
    forms.write(tmp_path, made)
    assert forms.read(tmp_path, "m@1") == made and forms.read(tmp_path, "m@2") is None
    forms.write(tmp_path, Converted("m@1", forms.RECIPE + 1, "torch", None, 2, "", ""))
    assert forms.read(tmp_path, "m@1") is None
