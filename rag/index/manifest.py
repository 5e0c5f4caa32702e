"""What a build is made of: the model, the settings, every source file, every index file with its hash.

A manifest is a JSON file that ends with the SHA-256 of all that stands above it, so that it vouches for itself,
and each file of the build is vouched for by it. `content` is the build's identity: equal for equal corpus, model,
settings and version, whatever the machine. It leaves out times, names, and the bytes of vectors and words, whose
last bits depend on the processor.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rag.errors import DamagedFile
from rag.index import files
from rag.index.records import json_bytes
from rag.reading.document import Source
from rag.search.vectors import Plan

# Raised with every change of what is written: the files, the text that is embedded, the tokens of the word index.
# Builds of another format are neither opened nor taken vectors from; the next build replaces them.
FORMAT = 3
Contents = bytes | Path
NAME = "manifest.json"
_INNER, _ENTRY = (json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",\n" + " " * depth, ": ")) for depth in (2, 3))


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """The embedding model: its name as set, what its files hash to, and the length of its vectors."""

    name: str
    fingerprint: str
    dimensions: int


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file of the build, by its name in the build's folder."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the build holds; `speeches` leaves out matter around speeches, `reported` counts files left out."""

    documents: int
    reported: int
    speeches: int
    paragraphs: int
    passages: int
    characters: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """All of manifest.json. `product` is the version that built it, `built` the time in UTC (ISO 8601).

    `readers` is a hash of what decides what is made of a file; it is no part of `content`, which hashes what was made.
    """

    format: int
    product: str
    build: str
    built: str
    content: str
    model: ModelRecord
    settings: Mapping[str, int]
    search: Plan
    counts: Counts
    sources: tuple[Source, ...]
    files: tuple[IndexFile, ...]
    readers: str = ""

    @property
    def size(self) -> int:
        """The bytes of the build's files, the manifest itself left out."""
        return sum(file.size for file in self.files)

    def to_bytes(self) -> bytes:
        """The file's bytes; `parse` is the inverse."""
        fields = _plain(self) | {name: _plain(getattr(self, name)) for name in ("model", "search", "counts")}
        fields |= {name: [_plain(one) for one in getattr(self, name)] for name in ("sources", "files")}
        fields["settings"] = dict(self.settings)
        return indented(fields | {"checksum": hashlib.sha256(json_bytes(fields)).hexdigest()})


def _plain(record: Any) -> dict[str, Any]:
    """The fields of a record in their order, none of them copied, as `asdict` would."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def indented(fields: Mapping[str, Any]) -> bytes:
    """What `json_bytes(fields, indent=1)` gives, and much faster: of values, mappings of values, and lists of such mappings."""
    parts = []
    for name, value in fields.items():
        if isinstance(value, dict) and value:
            inner = _INNER.encode(value)[1:-1]
            text = f"{{\n  {inner}\n }}"
        elif isinstance(value, list) and value:
            entries = (f"  {{\n   {_ENTRY.encode(one)[1:-1]}\n  }}" for one in value)
            text = "[\n" + ",\n".join(entries) + "\n ]"
        else:
            text = _INNER.encode(value)
        parts.append(f" {_INNER.encode(name)}: {text}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8", "backslashreplace")


def record_of(name: str, data: Contents) -> IndexFile:
    """The record of a file of this name and content, which is bytes or lies in a file."""
    if isinstance(data, Path):
        return IndexFile(name, data.stat().st_size, files.sha256_of(data))
    return IndexFile(name, len(data), hashlib.sha256(data).hexdigest())


@lru_cache(maxsize=4)  # a builder looks at each of the builds kept several times
def parse(data: bytes, file: str) -> Manifest:
    """The manifest in `data`; DamagedFile, naming `file`, where a single bit of it is not as it was written."""
    try:
        fields = json.loads(data)
        checksum = fields.pop("checksum")
        manifest = _from_fields(fields)
        same = data == manifest.to_bytes()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedFile(file, f"格式版本{FORMAT}的清单", _other_format(data)) from error
    if not same:
        raise DamagedFile(file, f"校验和{checksum}", "内容与校验和不符")
    if manifest.format != FORMAT:
        raise DamagedFile(file, f"格式版本{FORMAT}", f"格式版本{manifest.format}")
    return manifest


def _from_fields(fields: dict[str, Any]) -> Manifest:
    return Manifest(**fields | {
        "model": ModelRecord(**fields["model"]),
        "search": Plan(**fields["search"]),
        "counts": Counts(**fields["counts"]),
        "sources": tuple(Source(**one) for one in fields["sources"]),
        "files": tuple(IndexFile(**one) for one in fields["files"]),
    })


def _other_format(data: bytes) -> str:
    """What a manifest that can't be parsed seems to be."""
    try:
        return f"格式版本{json.loads(data)['format']}的清单"
    except (ValueError, KeyError, TypeError):
        return "无法解析的内容"


def content_of(product: str, fingerprint: str, settings: Mapping[str, int], sources: tuple[Source, ...],
               texts: Mapping[str, str]) -> str:
    """The content hash of a build: `texts` are the SHA-256 of documents, speeches and passages as written, by file name."""
    identity = {
        "format": FORMAT,
        "product": product,
        "model": fingerprint,
        "settings": dict(sorted(settings.items())),
        "sources": [[source.path, source.sha256] for source in sources],
        "texts": dict(sorted(texts.items())),
    }
    return hashlib.sha256(json_bytes(identity)).hexdigest()
