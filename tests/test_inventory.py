"""What each file gave, added up."""

from dataclasses import replace

from rag.index.library import Library
from rag.page.inventory import inventory
from rag.reading.document import Document


def test_rows_add_up_to_the_library(library: Library) -> None:
    """The table's numbers are the build's own."""
    rows = inventory(library)
    counts = library.manifest.counts
    assert [sum(getattr(row, name) for row in rows) for name in ("lines", "speeches", "paragraphs", "passages", "characters")] == [
        counts.documents, counts.speeches, counts.paragraphs, counts.passages, counts.characters]


def test_lines_of_one_file_are_one_row(library: Library) -> None:
    """A `.jsonl` file stands once, with the number of its documents, whatever characters its ids hold."""
    made = replace(library, speeches=(), passages=(), documents=tuple(
        Document(f"库#1.jsonl#{n}#甲", "0", "utf-8", "四个字呢", document_id=f"{n}#甲") for n in range(3)))
    assert [(row.file, row.lines, row.characters) for row in inventory(made)] == [("库#1.jsonl", 3, 12)]
