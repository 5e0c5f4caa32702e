"""One conversion: what its process tells, what it leaves, and what it does where a model can't be converted."""

import json
from pathlib import Path

import pytest

from rag.errors import ModelError
from rag.search import converting, forms, source, trial
from rag.search.runtime import OnnxEncoder


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """An empty folder for the converted model."""
    folder = tmp_path / "做好的"
    folder.mkdir()
    return folder


def test_a_small_model_is_converted_and_its_record_believed(tiny: Path, made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every step is told; what is left is the network, the tokenizer and the record, and it encodes."""
    converting.main(str(tiny), str(made))
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["done"] for one in told if one["total"] == converting.STEPS] == [1, 2, 3, 4, 5]
    record = forms.read(made, source.fingerprint(str(tiny)))
    assert record is not None and record.form in ("int8", "fp32") and record.check["fp32_off"] <= trial.SAME
    assert sorted(path.name for path in made.iterdir()) == sorted([forms.NETWORK, forms.TOKENIZER, forms.RECORD])
    opened = OnnxEncoder(made / forms.NETWORK, made / forms.TOKENIZER, dimensions=record.dimensions)
    assert opened.queries(["作风"]).shape == (1, record.dimensions) == (1, 32)


def test_a_conversion_that_differs_is_not_taken(tiny: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model then runs as it came, and the record says why."""
    monkeypatch.setattr(trial, "SAME", -1.0)
    record = converting.convert(str(tiny), made, lambda done, total: None)
    assert (record.form, record.files, record.check) == ("torch", {}, {}) and "转换后的向量与原模型相差" in str(record.why)


def test_eight_bits_that_find_too_little_are_not_kept(tiny: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Single precision stays, with what was measured."""
    monkeypatch.setattr(trial, "LEAST_OVERLAP", 1.1)
    record = converting.convert(str(tiny), made, lambda done, total: None)
    assert record.form == "fp32" and record.check["overlap"] <= 1 and "八位整数" in str(record.why)
    assert set(record.files) == {forms.NETWORK, forms.TOKENIZER}


def test_what_prevents_it_is_told_to_the_process_that_waits(tmp_path: Path, made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without a model: one line with the sentence of the error, and no record."""
    (tmp_path / "空").mkdir()
    converting.main(str(tmp_path / "空"), str(made))
    (told,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert "无法载入模型" in told["error"] and list(made.iterdir()) == []
    with pytest.raises(ModelError):
        converting.convert(str(tmp_path / "空"), made, lambda done, total: None)
