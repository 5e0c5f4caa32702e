"""A passage's key is that of what is embedded for it."""

from dataclasses import replace
from pathlib import Path

from rag.index import builds
from rag.index.keys import KEYS, key_of, keys_of_build
from rag.index.library import Library
from rag.passages import Passage


def test_a_build_without_keys_lends_as_well(index_dir: Path, library: Library) -> None:
    """Keys that were not kept are made anew from the passages."""
    folder = builds.folder_of(index_dir, library.build)
    manifest = builds.read_manifest(folder)
    with_keys = keys_of_build(folder, manifest)
    files = tuple(file for file in manifest.files if file.name != KEYS)
    assert (keys_of_build(folder, replace(manifest, files=files)) == with_keys).all()


def passage(text: str, document: str = "甲.txt") -> Passage:
    """A passage that holds `text`, without a context."""
    return Passage(document, 1, 1, 0, len(text), text, "")


def test_the_key_is_what_is_embedded() -> None:
    """Context and text both count; where the passage stands does not."""
    assert key_of(passage("甲", "a")) == key_of(passage("甲", "b"))
    texts = [passage("甲"), Passage("a", 1, 1, 0, 1, "甲", "标题"), Passage("a", 1, 1, 0, 1, "标题甲", ""), passage("\ud800")]
    assert len({key_of(one) for one in texts}) == 4
