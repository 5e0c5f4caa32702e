"""A Word file of answers with numbered footnotes, and what such a file holds when it comes back.

python-docx writes the document; it has no footnotes of its own yet, so their part of the package is made here, as
ECMA-376 (17.11) has it. What is needed to verify the answers again travels as a custom XML part.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from rag.answer.reply import Citation
from rag.page.exchange import Line
from rag.page.quoting import Sheet

SERIF = "宋体"
ITEM = "- "  # what stands before each item of a list
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
SAVED = "urn:yanju:answers"
MOST_BYTES = 20_000_000  # of a file that is unpacked: an answer takes a few kilobytes
_SEPARATORS = """<w:footnotes {}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>"""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file that was brought back holds: the answers saved in it, and the lines that a reader of it sees."""

    saved: tuple[str, ...]
    seen: tuple[str, ...]


def word(page: Sheet) -> bytes:
    """The sheet as a .docx file."""
    made = docx.Document()
    _set_type(made)
    made.core_properties.title, made.core_properties.author = page.title[:200], "言据"
    notes = parse_xml(_SEPARATORS.format(nsdecls("w")))
    made.add_heading(_kept(page.title), level=1)
    for part in page.parts:
        made.add_heading(_kept(part.question), level=2)
        for row in part.lines:
            item = isinstance(row[0], str) and row[0] == ITEM
            _line(made.add_paragraph(style="List Bullet" if item else None), row[1:] if item else row, part.notes, notes)
    _attach(made, notes, page.saved)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def brought(data: bytes) -> Brought:
    """What a .docx file holds. ValueError where it is none, or none of ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > MOST_BYTES:
                raise ValueError("too large")
            saved = [
                text
                for name in package.namelist()
                if name.startswith("customXml/item") and name.endswith(".xml")
                for text in _saved(package.read(name))
            ]
            seen = list(_seen(package.read("word/document.xml"))) + list(_seen(package.read("word/footnotes.xml")))
    except (zipfile.BadZipFile, KeyError, SyntaxError, NotImplementedError, RuntimeError) as error:
        raise ValueError(str(error)) from error
    return Brought(tuple(saved), tuple(line for line in seen if line))


def _set_type(made: Any) -> None:
    """Chinese type for every style in use; Word takes it from another slot than Latin type."""
    for name, size in (("Normal", 12), ("Heading 1", 18), ("Heading 2", 14)):
        style = made.styles[name]
        style.font.name, style.font.size = "Times New Roman", Pt(size)
        properties = style.element.get_or_add_rPr()
        properties.get_or_add_rFonts().set(qn("w:eastAsia"), SERIF)
    made.styles["Normal"].paragraph_format.line_spacing = 1.5


def _kept(text: str) -> str:
    """`text` without the control characters that XML can't hold."""
    return "".join(
        character
        if character in "\t\n" or (character >= " " and character not in "\ufffe\uffff" and not "\ud800" <= character <= "\udfff")
        else "\ufffd"
        for character in text
    )


def _line(paragraph: Any, row: Line, texts: dict[int, str], notes: Any) -> None:
    for piece in row:
        if isinstance(piece, Citation):
            number = len(notes) - 1
            notes.append(_note(number, texts[piece.n]))
            run = paragraph.add_run()
            run.font.superscript = True
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(number))
            run._r.append(reference)
        else:
            paragraph.add_run(_kept(piece))


def _note(number: int, text: str) -> Any:
    """One footnote: its number, raised, then its text."""
    note = parse_xml(f"""<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>
<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r><w:r><w:rPr>
<w:rFonts w:eastAsia="{SERIF}"/><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"></w:t></w:r></w:p></w:footnote>""")
    note.findall(".//" + qn("w:t"))[0].text = f" {_kept(text)}"
    return note


def _attach(made: Any, notes: Any, saved: tuple[str, ...]) -> None:
    """Put the footnotes and the saved answers into the package."""
    kept = "".join(f"<answer>{escape(_kept(line))}</answer>" for line in saved)
    for name, kind, relation, element in (
        ("/word/footnotes.xml", FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES, notes),
        ("/customXml/item2.xml", "application/xml", RELATIONSHIP_TYPE.CUSTOM_XML, parse_xml(f'<answers xmlns="{SAVED}">{kept}</answers>')),
    ):
        part = PackagePart(PackURI(name), kind, serialize_part_xml(element), made.part.package)
        made.part.relate_to(part, relation)


def _saved(data: bytes) -> Iterator[str]:
    root = parse_xml(data)
    return (one.text or "" for one in root.iter(f"{{{SAVED}}}answer"))


def _seen(data: bytes) -> Iterator[str]:
    """The text of each paragraph, as a reader sees it."""
    for paragraph in parse_xml(data).iter(qn("w:p")):
        yield "".join(one.text or "" for one in paragraph.iter(qn("w:t"))).strip()
