"""The form in which a model runs on this machine, as a folder keeps it: eight bits, single precision, or as it came.

The record beside the network names the model, how it was converted and what its check measured, and the hash of each file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from rag.search.cache import sha256_of

Form = Literal["int8", "fp32", "torch"]
RECIPE = 2  # raised with every change of how a model is converted: vectors of another recipe are not taken over
NETWORK = "model.onnx"
TOKENIZER = "tokenizer.json"
RECORD = "conversion.json"


@dataclass(frozen=True, slots=True)
class Converted:
    """What a conversion came to. `why` says in Chinese why the form is not a smaller one; `check` holds its measures."""

    source: str
    recipe: int
    form: Form
    why: str | None
    dimensions: int
    query_prompt: str
    passage_prompt: str
    check: Mapping[str, float] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Equal where passage vectors may stand for each other: fp32 gives torch's own, int8 others."""
        return f"{self.source}+int8.{self.recipe}" if self.form == "int8" else self.source


def read(folder: Path, identity: str) -> Converted | None:
    """The record of the folder, where it is of the model `identity`, by this recipe, and every file has its hash; else None."""
    try:
        record = Converted(**json.loads((folder / RECORD).read_text(encoding="utf-8")))
        whole = record.source == identity and record.recipe == RECIPE
        whole = whole and all(sha256_of(folder / file) == known for file, known in record.files.items())
    except (OSError, ValueError, TypeError):  # missing, unreadable, or no record
        return None
    return record if whole else None


def write(folder: Path, record: Converted) -> None:
    """Put the record into the folder whose files it names."""
    (folder / RECORD).write_text(json.dumps(asdict(record), ensure_ascii=False, indent=1), encoding="utf-8")
