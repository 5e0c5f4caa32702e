"""What a build is searched by is the same, to the byte, whether it was amended or made anew."""

import os
from pathlib import Path

import pytest

from rag.index import builds, library
from rag.index.build import build
from rag.settings import DEFAULT_MODEL


@pytest.mark.parametrize("damaged", ["", "vectors.bin", "words/counts.bin", "keys.bin", "vocabulary/pairs.bin"])
def test_a_build_after_changes_is_the_one_made_anew(corpus: Path, index: Path, damaged: str) -> None:
    """Files put in, changed, renamed and taken out among others: every file of the index is, to the byte, a fresh index's."""
    for number in range(30):
        text = f"关于第{number}项工作的讲话\n要把第{number}件事办好,GDP增长{number}.5%。\n"
        (corpus / f"{number:02d}.txt").write_text(text, encoding="utf-8")
    for file in corpus.rglob("*.*"):
        os.utime(file, ns=(1, 1_600_000_000_000_000_000))
    first = build(corpus, index, DEFAULT_MODEL)
    (corpus / "05.txt").write_text("关于水利的讲话\n鑫龘修渠筑坝,GDP增长7%。\n", encoding="utf-8")
    (corpus / "07.txt").rename(corpus / "a07.txt")
    (corpus / "09.txt").unlink()
    (corpus / "00.txt").rename(corpus / "99.txt")
    if damaged:
        path = builds.folder_of(index, first.build) / damaged
        path.write_bytes(path.read_bytes()[:-1])
    build(corpus, index, DEFAULT_MODEL)
    build(corpus, index.parent / "fresh", DEFAULT_MODEL)
    changed, fresh = (library.load(place).manifest for place in (index, index.parent / "fresh"))
    assert [file for file in changed.files if file.name != "report.json"] == [file for file in fresh.files if file.name != "report.json"]
