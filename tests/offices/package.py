"""Word files by hand, part by part: what no library writes."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.document import Document

from tests.offices.made import zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_PART}.document.main+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_PART}.numbering+xml"/></Types>'
)
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def saved(document: Document) -> bytes:
    """The bytes of a document of python-docx."""
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def written(*texts: str) -> Document:
    """A document of these paragraphs."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    return document


def package(body: str, *, parts: dict[str, str] | None = None, relations: dict[str, tuple[str, str]] | None = None,
            namespace: str = W) -> bytes:
    """A .docx by hand: `body` of document.xml, other parts by name, relations by id (type, target)."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{namespace}" xmlns:r="{R}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    main = "".join(f'<Relationship Id="{one}" Type="{R}/{kind}" Target="{target}"/>' for one, (kind, target) in (relations or {}).items())
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{main}</Relationships>',
        "word/document.xml": document,
        **(parts or {}),
    }
    return zipped({name: content.encode() for name, content in files.items()})


def paragraph(text: str, properties: str = "") -> str:
    """A w:p of one run."""
    return f'<w:p>{f"<w:pPr>{properties}</w:pPr>" if properties else ""}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def listed(text: str, number: int, level: int = 0) -> str:
    """A numbered w:p."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def numbering(levels: Sequence[tuple[str, str]], more: str = "", nums: str = "") -> str:
    """A numbering.xml with one abstract list of these levels (form, text) and the list 1."""
    drawn = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{drawn}</w:abstractNum>{more}'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{nums}</w:numbering>'
    )
