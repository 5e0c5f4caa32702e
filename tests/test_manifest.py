"""A manifest vouches for itself and for the files of its build."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import DamagedFile
from rag.index import manifest, records
from rag.index.manifest import Counts, IndexFile, Manifest, ModelRecord
from rag.reading.document import Source
from rag.search.vectors import Plan

SAMPLE = Manifest(
    format=manifest.FORMAT, product="0.1.0", build="20250102-030405-006", built="2025-01-02T03:04:05.006+00:00", content="c" * 64,
    model=ModelRecord("m3e-small", "f" * 64, 512), settings={"passage_characters": 320},
    search=Plan("clusters", 512, 16, 4000, 32, 0.985, 200),
    counts=Counts(documents=1, reported=1, speeches=3, paragraphs=9, passages=12, characters=4000),
    sources=(Source("2024/讲话“一”.txt", "a" * 64, 41014, 1735787045000000006), Source("链接.txt", None, -1, -1)),
    files=(IndexFile("documents.jsonl", 3, "b" * 64),),
)


def test_a_manifest_comes_back_as_it_was() -> None:
    """`parse(to_bytes(x)) == x`, Chinese names and missing hashes included."""
    assert manifest.parse(SAMPLE.to_bytes(), "manifest.json") == SAMPLE


@given(st.data())
def test_every_flipped_bit_is_found(data: st.DataObject) -> None:
    """A manifest with one bit changed, anywhere, is refused and named."""
    whole = bytearray(SAMPLE.to_bytes())
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[bit // 8] ^= 1 << bit % 8
    with pytest.raises(DamagedFile) as caught:
        manifest.parse(bytes(whole), "builds/x/manifest.json")
    assert caught.value.file == "builds/x/manifest.json"


@given(st.integers(0, len(SAMPLE.to_bytes()) - 1))
def test_every_truncation_is_found(length: int) -> None:
    """A manifest cut off at any byte is refused."""
    with pytest.raises(DamagedFile):
        manifest.parse(SAMPLE.to_bytes()[:length], "manifest.json")


@given(st.binary() | st.sampled_from([b"null", b"[]", b'{"checksum": 1}', b'{"format": 9}', b"\xff\xfe"]))
def test_anything_else_is_refused(data: bytes) -> None:
    """Bytes that are no manifest raise DamagedFile and nothing else."""
    with pytest.raises(DamagedFile):
        manifest.parse(data, "manifest.json")


@pytest.mark.parametrize("fields", [
    {"甲": 1, "空": {}, "无": [], "深": {"a": "x\n\"y\"", "b": None}, "列": [{"a": 1.5, "b": "讲\ud800话"}, {"c": True}]},
    {"列": [{"a": "一, 二: 三"}], "后": "}"},
])
def test_fields_are_indented_as_json_does(fields: dict[str, object]) -> None:
    """Faster, and the same to the byte."""
    assert manifest.indented(fields) == records.json_bytes(fields, indent=1)


def test_another_format_is_named() -> None:
    """An index of a later version is refused with both format numbers."""
    later = replace(SAMPLE, format=manifest.FORMAT + 1).to_bytes()
    with pytest.raises(DamagedFile) as caught:
        manifest.parse(later, "manifest.json")
    assert caught.value.expected == f"格式版本{manifest.FORMAT}"
    assert caught.value.found == f"格式版本{manifest.FORMAT + 1}"


def test_content_leaves_out_times_and_sizes() -> None:
    """The same corpus copied at another time has the same content hash; other bytes, model, settings or texts have another."""
    def content(product: str = "0.1.0", model: str = "f", settings: dict[str, int] | None = None,
                sources: tuple[Source, ...] = SAMPLE.sources, text: str = "t") -> str:
        return manifest.content_of(product, model, settings or {"a": 1}, sources, {"documents.jsonl": text})

    first = SAMPLE.sources[0]
    assert content() == content(sources=(replace(first, modified=5), SAMPLE.sources[1]))
    others = [content(product="0.2.0"), content(model="g"), content(settings={"a": 2}), content(text="u"),
              content(sources=(replace(first, sha256="d" * 64), SAMPLE.sources[1])), content(sources=(first,))]
    assert len({content(), *others}) == 7
