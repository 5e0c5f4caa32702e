"""A .docx file's text: its paragraphs in order, one a line, with everything that stands in the body.

Automatic numbers are written out, a table's row is a line with tabs between the cells (cells of several paragraphs
give lines of their own), footnotes and text boxes follow the paragraph that they hang on, inserted text stays, deleted
text goes. Headers, comments, hidden text and pictures are left out and counted.

Compared by licence, size and fidelity: python-docx (MIT) gives neither automatic numbers nor footnotes, text boxes and
tracked changes; docx2python (MIT) writes no Chinese numerals; mammoth and markitdown on it (BSD, MIT) lose numbers and
text boxes; docling (MIT) brings gigabytes of models. So the parts are read by lxml, after the standard (ECMA-376 part 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rag.errors import UnreadableFile
from rag.reading import formula
from rag.reading.extracted import Extracted, raised, row_lines
from rag.reading.leavings import STRUCK, Leavings
from rag.reading.numbering import Numbering
from rag.reading.package import Element, Package, Relation, attribute, child, children, local

CODEC = "docx"
_MAIN = "word/document.xml"
# Runs and paragraphs that a tracked change has taken away, and what else of a paragraph is no text of it.
_DELETED = frozenset({"del", "moveFrom"})
_PROPERTIES = frozenset({"pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "rubyPr", "instrText", "delText",
                         "delInstrText", "numberingChange", "rt"})
_PICTURES = frozenset({"blip", "imagedata"})
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_UNREAD = {"vanish": "隐藏文字", "strike": STRUCK, "dstrike": STRUCK}
_OFF = ("0", "false", "off")
_FOREIGN_PARTS = {"altChunk": "嵌入的外来文档", "subDoc": "引用的子文档"}


@dataclass(slots=True)
class _Line:
    """A paragraph while it is being read: its pieces, and what follows it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    properties: Element | None = None  # of the paragraph that ends it

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip(" \t\n")


def read(data: bytes, document: str) -> Extracted:
    """The text of the .docx file `data`; UnreadableFile where it can't be read whole."""
    package = Package(data, document)
    main = next((one.target for one in package.relations("").values() if one.kind == "officeDocument"), _MAIN)
    if not package.has(main):
        raise UnreadableFile(document, f"文件里没有Word正文（{main}），不是.docx文档：请用WPS或Word打开核对，另存为.docx。")
    return _Body(package, main, document).extracted()


class _Body:
    """One document while it is being read."""

    def __init__(self, package: Package, main: str, document: str) -> None:
        self._package = package
        self._document = document
        self._main = main
        self._relations = package.relations(main)
        self._numbering = Numbering(self._part("numbering"), self._part("styles"))
        self._notes = {kind: self._by_id(kind) for kind in ("footnote", "endnote")}
        self._footnotes = 0
        self._ends: list[str] = []
        self._leavings = Leavings()
        self._pending: _Line | None = None  # a paragraph whose end a tracked change has taken away

    def extracted(self) -> Extracted:
        """The whole text, and what is no part of it."""
        body = child(self._package.root(self._main), "body")
        if body is None:
            raise UnreadableFile(self._document, "文件里没有正文：请用WPS或Word打开核对，另存为.docx。")
        lines = [*self._blocks(body), *self._rest()]
        lines += [f"[{number}]{self._note('endnote', identity)}" for number, identity in enumerate(self._ends, 1)]
        self._count_parts()
        return Extracted("\n".join(line for line in lines if line.strip()), CODEC, (), self._leavings.found())

    def _blocks(self, parent: Element) -> Iterator[str]:
        """The lines of the paragraphs and tables below `parent`, in order."""
        for element in children(parent):
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name in _FOREIGN_PARTS:
                raise UnreadableFile(self._document, f"含有{_FOREIGN_PARTS[name]}，读不到其中的文字：请用Word打开，另存为.docx，放回原处。")
            elif name in _DELETED:
                self._leavings.add("修订中删去的文字", _plain(element))
            elif name == "AlternateContent":
                yield from self._blocks(_alternative(element))
            elif name not in _PROPERTIES:
                yield from self._blocks(element)  # content controls, custom XML, inserted blocks

    def _paragraph(self, element: Element) -> Iterator[str]:
        """A paragraph's lines. One whose end a tracked change has taken away goes on in the next, and has that one's number."""
        line, self._pending = self._pending or _Line(), None
        line.properties = child(element, "pPr")
        self._runs(element, line)
        if any(child(line.properties, "rPr", name) is not None for name in _DELETED):
            self._pending = line
        else:
            yield from self._finished(line)

    def _finished(self, line: _Line) -> Iterator[str]:
        """A paragraph's line behind its number, then the lines of what hangs on it."""
        label = self._numbering.label(line.properties)
        if line.text:
            yield _label(label, line.text) + line.text if label else line.text
        for box in line.boxes:
            held, self._pending = self._pending, None
            yield from self._blocks(box)
            yield from self._rest()
            self._pending = held
        for identity in line.notes:
            self._footnotes += 1
            yield f"[{self._footnotes}]{self._note('footnote', identity)}"

    def _rest(self) -> Iterator[str]:
        """What is left of a paragraph whose end was deleted, when no paragraph follows."""
        line, self._pending = self._pending, None
        if line is not None:
            yield from self._finished(line)

    def _runs(self, parent: Element, line: _Line) -> None:
        """The text below `parent`, into `line`."""
        for element in children(parent):
            name = local(element)
            if name == "t":
                line.pieces.append(element.text or "")
            elif name in _BREAKS:
                line.pieces.append("" if attribute(element, "type") in ("page", "column") else _BREAKS[name])
            elif name == "sym":
                line.pieces.append(_symbol(element))
            elif name == "oMath":
                line.pieces.append(formula.written(element))
            elif name == "textpath":
                line.pieces.append(f"\n{attribute(element, 'string') or ''}\n")
            elif name in ("footnoteReference", "endnoteReference"):
                self._refer(name.removesuffix("Reference"), attribute(element, "id") or "", line)
            elif name == "txbxContent":
                line.boxes.append(element)
            elif name == "AlternateContent":
                self._runs(_alternative(element), line)
            elif name in _DELETED:
                self._leavings.add("修订中删去的文字", _plain(element))
            elif name in _PICTURES:
                self._leavings.add("图片")
            elif name == "r" and (kind := _unread(element)):
                self._leavings.add(kind, _plain(element))
            elif name == "r" and attribute(child(element, "rPr", "vertAlign")) == "superscript":
                self._raised(element, line)
            elif name == "OLEObject":
                self._leavings.add("嵌入的对象")
            elif name == "sdt" and child(element, "sdtPr", "showingPlcHdr") is not None:
                self._leavings.add("未填写的占位提示", _plain(element))
            elif name == "chart":
                self._leavings.add("图表")
            elif name == "relIds":
                self._diagram(element, line)
            elif name not in _PROPERTIES:
                self._runs(element, line)

    def _raised(self, run: Element, line: _Line) -> None:
        """A raised run: 10⁸ is not 108."""
        at = len(line.pieces)
        for element in children(run):
            self._runs([element], line)
        line.pieces[at:] = [raised(piece) for piece in line.pieces[at:]]

    def _refer(self, kind: str, identity: str, line: _Line) -> None:
        if identity in self._notes[kind]:
            (line.notes if kind == "footnote" else self._ends).append(identity)

    def _table(self, table: Element) -> Iterator[str]:
        for row in _below(table, "tr"):
            if any(child(row, "trPr", name) is not None for name in _DELETED):
                self._leavings.add("修订中删去的文字", _plain(row))
                continue
            yield from row_lines([[*self._blocks(cell), *self._rest()] for cell in _below(row, "tc")])

    def _diagram(self, element: Element, line: _Line) -> None:
        """The words of a SmartArt figure, which stand in a part of their own."""
        part = self._relations.get(attribute(element, "dm") or "")
        if part is None or not self._package.has(part.target):
            return
        for point in self._package.root(part.target).iter("{*}pt"):
            words = "".join(text.text or "" for text in point.iter("{*}t")).strip()
            if words:
                line.pieces.append(f"\n{words}")

    def _note(self, kind: str, identity: str) -> str:
        held, self._pending = self._pending, None
        lines = [*self._blocks(self._notes[kind][identity]), *self._rest()]
        self._pending = held
        return "\n".join(lines).strip()

    def _by_id(self, kind: str) -> dict[str, Element]:
        """The notes of a kind by id, the lines that part them from the text left out."""
        root = self._part(f"{kind}s")
        found = () if root is None else children(root, kind)
        return {attribute(one, "id") or "": one for one in found if attribute(one, "type") in (None, "normal")}

    def _part(self, kind: str) -> Element | None:
        target = next((one.target for one in self._relations.values() if one.kind == kind), None)
        return self._package.root(target) if target is not None and self._package.has(target) else None

    def _count_parts(self) -> None:
        """Count what stands in other parts: headers and footers, comments."""
        for kind, name in (("header", "页眉页脚"), ("footer", "页眉页脚"), ("comments", "批注")):
            for relation in self._of_kind(kind):
                text = _plain(self._package.root(relation.target))
                if text.strip():
                    self._leavings.add(name, text)

    def _of_kind(self, kind: str) -> list[Relation]:
        return [one for one in self._relations.values() if one.kind == kind and self._package.has(one.target)]


def _label(label: str, text: str) -> str:
    """A number and what parts it from the text: 1. 2024年, not 1.2024年."""
    return f"{label} " if label[-1] in ".．" and text[:1].isdigit() else label


def _below(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those within content controls and the like too."""
    for element in children(parent):
        if local(element) == name:
            yield element
        elif local(element) not in ("tbl", "tr", "tc", "p", *_PROPERTIES, *_DELETED):
            yield from _below(element, name)


def _alternative(element: Element) -> Element:
    """Of one thing stored in two forms, the one to read: the newer, where it holds text or a picture, else the older."""
    choice, fallback = child(element, "Choice"), child(element, "Fallback")
    if choice is None:
        return fallback if fallback is not None else element
    telling = any(local(one) in ("txbxContent", "t", *_PICTURES, "relIds", "chart") for one in choice.iter() if isinstance(one.tag, str))
    return choice if telling or fallback is None else fallback


def _unread(run: Element) -> str:
    """As what a run is left out: hidden, or struck out; else ""."""
    marks = ((kind, child(run, "rPr", name)) for name, kind in _UNREAD.items())
    return next((kind for kind, mark in marks if mark is not None and attribute(mark) not in _OFF), "")


def _symbol(element: Element) -> str:
    """The character of a symbol font; the fonts' own numbers lie in the private area."""
    try:
        return chr(int(attribute(element, "char") or "", 16))
    except (ValueError, OverflowError):
        return ""


def _plain(element: Element) -> str:
    """All text below an element, deleted text included."""
    return "".join(one.text or "" for one in element.iter("{*}t", "{*}delText"))
