"""A model is converted once, in a process of its own, and serves only where its check holds."""

from pathlib import Path

import pytest

from rag.errors import BuildCancelled
from rag.search import cache, conversion, encoder, trial
from rag.search.encoder import Encoder
from rag.settings import DEFAULT_MODEL


def test_the_default_is_kept_with_hashes_and_its_checks_hold(model: Encoder) -> None:
    """What is in the cache says what it is, and its measures are within the bounds."""
    kept = conversion.kept(DEFAULT_MODEL)
    assert kept is not None
    folder, record = kept
    assert folder.is_relative_to(cache.folder())
    assert set(record.files) == {"model.onnx", "tokenizer.json"}
    assert record.check["fp32_off"] <= trial.SAME
    assert record.form != "int8" or trial.holds(record.check)


def test_a_conversion_called_off_leaves_nothing(model: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other process ends, and the cache is as it was."""
    monkeypatch.setenv("YANJU_CACHE", str(tmp_path))
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    def stop(done: int, total: int) -> None:
        raise BuildCancelled

    with pytest.raises(BuildCancelled):
        encoder.load(DEFAULT_MODEL, stop)
    assert [path.name for path in (tmp_path / conversion.FOLDER).iterdir() if path.suffix != ".lock"] == []
