"""A .pdf file's text layer: every character with its place on its page, for `layout` to read in order.

By PDFium (pypdfium2, Apache 2.0 and BSD; one wheel of 3 MB without dependencies; knows the Chinese character maps, and
is the engine that a browser opens hostile files with). pypdf (BSD) and pdfplumber on pdfminer.six (MIT) read in
Python itself, page by page; PyMuPDF is AGPL, which a product under Apache 2.0 can't
carry; docling brings models of gigabytes. Leaves out pictures and notes pinned to a page, and counts them.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice, pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from rag.errors import UnreadableFile
from rag.reading import streams
from rag.reading.extracted import Extracted
from rag.reading.glyphs import Glyph, Page, runs_down
from rag.reading.grid import MOST_RULINGS, Ruling, ruling
from rag.reading.layout import composed
from rag.reading.leavings import STRUCK, Leavings
from rag.reading.struck import marked

CODEC = "pdf"
MOST_PAGES = 3_000
MOST_GLYPHS = 10_000_000
FEW_CHARACTERS = 20  # on a page that is a picture: a stamp or a page number, not its text
PICTURE_SHARE = 0.5  # of a page, from which on it is a picture of a page
DRAWN = 200  # shapes on a page without text: its characters were turned into curves, or it is a map; a frame has under ten
_FIELD = "表单域"
_TEXT_FIELDS = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_BY_RECOGNITION = "请先识别文字（OCR），存为带文字的PDF、Word或UTF-8编码的.txt，放回原处。"
_HYPHEN = 2  # what PDFium makes of a hyphen at a line's end
_KANGXI = range(0x2F00, 0x2FD6)  # what some programs write in the place of the very same characters: ⼀ for 一


def read(data: bytes, document: str) -> Extracted:
    """The text of the PDF `data`, one paragraph a line; UnreadableFile where it is scanned, locked, damaged or set in columns
    that run down."""
    streams.check(data, document)
    file = _opened(data, document)
    leavings = Leavings()
    try:
        if not 0 < len(file) <= MOST_PAGES:
            raise UnreadableFile(document, f"有{len(file)}页，超出能读的范围（1到{MOST_PAGES}页）：请分成几个文件。")
        pages = _pages(file, leavings, document)
        for _ in range(pdfium.FPDFDoc_GetAttachmentCount(file.raw)):
            leavings.add("附件")
    finally:
        file.close()
    made = composed(pages)
    _check_not_scanned(pages, made.bare, document)
    for page in pages:
        if page.number in made.bare and page.drawn >= DRAWN:
            leavings.add("只有图形的页")
    return Extracted(made.text, CODEC, made.pages, (*made.left_out, *leavings.found()))


def _opened(data: bytes, document: str) -> pypdfium2.PdfDocument:
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(document, "PDF加了密码：请打开后去掉密码，另存，放回原处。") from error
        raise UnreadableFile(document, f"PDF打不开，可能已损坏（{error}）：{streams.BY_VIEWER}") from error
    if file.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
        file.close()
        raise UnreadableFile(document, f"PDF是动态表单（XFA），文字要用Adobe软件打开才显示：{streams.BY_VIEWER}")
    file.init_forms()
    return file


def _pages(file: pypdfium2.PdfDocument, leavings: Leavings, document: str) -> list[Page]:
    """Every page with its characters; what stands aslant (a watermark) and what is no text is counted."""
    pages: list[Page] = []
    total = unmapped = 0
    for number in range(len(file)):
        try:
            page, pinned = _settled(file, number)
            glyphs, aslant, lost, angle = _glyphs(page)
            share, pictures, shapes = _objects(page)
            drawn = len(shapes) if len(glyphs) < FEW_CHARACTERS else 0
            rulings = _rulings(shapes)
            glyphs = marked(glyphs, rulings if angle == 0 else ())
            width, height = page.get_size()
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile(document, f"PDF第{number + 1}页打不开，可能已损坏：{streams.BY_VIEWER}") from error
        if runs_down(glyphs):
            raise UnreadableFile(document, f"PDF第{number + 1}页是竖排的，读出的次序会乱：{streams.BY_VIEWER}")
        pages.append(Page(number + 1, width, height, glyphs, share, drawn, rulings))
        page.close()
        total += len(glyphs)
        unmapped += lost
        _count(leavings, aslant, glyphs, pictures, pinned)
        if total > MOST_GLYPHS:
            raise UnreadableFile(document, f"PDF超过{MOST_GLYPHS}个字：请分成几个文件。")
    if unmapped:
        raise UnreadableFile(document, f"PDF里有{unmapped}个字的字体没有编码对照，读出的是乱码：{_BY_RECOGNITION}")
    return pages


def _count(leavings: Leavings, aslant: str, glyphs: Sequence[Glyph], pictures: int, pinned: Iterable[tuple[str, str]]) -> None:
    """Count what of a page is no part of the text, and what is pinned to it and does not stand in it."""
    for kind, text in (("水印和斜排文字", aslant), (STRUCK, _text(glyph for glyph in glyphs if glyph.struck))):
        if text:
            leavings.add(kind, text)
    for _ in range(pictures):
        leavings.add("图片")
    for kind, text in pinned:
        if not _stands(text, glyphs):
            leavings.add(kind, text)


def _settled(file: pypdfium2.PdfDocument, number: int) -> tuple[pypdfium2.PdfPage, list[tuple[str, str]]]:
    """A page with the fields of its form put into its text, where it shows them; all that is pinned to it: kind and text."""
    page = file[number]
    pinned = [(kind, text) for kind, text in _pinned(file, page) if text.strip()]
    if any(kind == _FIELD for kind, _ in pinned):
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        page = file[number]
    return page, pinned


def _pinned(file: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[tuple[str, str]]:
    """The fields of a form that hold text, and the notes, of a page."""
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        one = pdfium.FPDFPage_GetAnnot(page.raw, index)
        kind = pdfium.FPDFAnnot_GetSubtype(one)
        form = file.formenv.raw if file.formenv is not None else None
        if kind == pdfium.FPDF_ANNOT_WIDGET and form is not None and pdfium.FPDFAnnot_GetFormFieldType(form, one) in _TEXT_FIELDS:
            yield _FIELD, _string(partial(pdfium.FPDFAnnot_GetFormFieldValue, form, one))
        elif kind not in (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_LINK):
            yield "批注", _string(partial(pdfium.FPDFAnnot_GetStringValue, one, b"Contents"))
        pdfium.FPDFPage_CloseAnnot(one)


def _string(call: Callable[[object, int], int]) -> str:
    """What PDFium writes into a buffer of the size that it asks for: UTF-16, with a zero at its end."""
    size = call(None, 0)
    buffer = ctypes.create_string_buffer(size)
    call(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace")


def _stands(text: str, glyphs: Sequence[Glyph]) -> bool:
    """Whether a text stands in a page, its white space set aside."""
    return "".join(text.split()) in "".join(_text(glyphs).split())


def _text(glyphs: Iterable[Glyph]) -> str:
    return "".join(glyph.character for glyph in glyphs)


def _glyphs(page: pypdfium2.PdfPage) -> tuple[tuple[Glyph, ...], str, int, int]:
    """The characters of a page, turned upright; those that stand aslant; of how many the meaning is lost; how far they were turned."""
    text = page.get_textpage()
    found = list(_characters(text.raw, text.count_chars()))
    text.close()
    if not found:
        return (), "", 0, 0
    upright = Counter(angle for _, angle, _ in found).most_common(1)[0][0]
    kept = [_turned(glyph, upright) for glyph, angle, _ in found if angle == upright]
    aslant = "".join(glyph.character for glyph, angle, _ in found if angle != upright)
    return tuple(kept), aslant, sum(lost for _, angle, lost in found if angle == upright), upright


def _characters(raw: object, count: int) -> Iterator[tuple[Glyph, int, bool]]:
    """Each character that the file itself holds: its place, its direction in degrees, whether its meaning is lost."""
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if pdfium.FPDFText_IsGenerated(raw, index) == 1 or code in (10, 13):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        pdfium.FPDFText_GetMatrix(raw, index, matrix)
        size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d) or abs(box.top - box.bottom) or 1.0
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
        lost = code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1
        character = "-" if code == _HYPHEN else chr(code)
        if code in _KANGXI:
            character = unicodedata.normalize("NFKC", character)
        yield Glyph(character, box.left, box.right, y.value, size, (box.bottom, box.top, x.value)), angle, lost


def _turned(glyph: Glyph, angle: int) -> Glyph:
    """A character of text that runs in the direction `angle`, placed as if the page were turned so that it runs right."""
    if angle == 0:
        return glyph
    bottom, top, x = glyph.box
    if angle == 90:
        return Glyph(glyph.character, bottom, top, -x, glyph.size, glyph.box)
    if angle == 180:
        return Glyph(glyph.character, -glyph.right, -glyph.left, -glyph.base, glyph.size, glyph.box)
    if angle == 270:
        return Glyph(glyph.character, -top, -bottom, x, glyph.size, glyph.box)
    return glyph


def _objects(page: pypdfium2.PdfPage) -> tuple[float, int, list[pypdfium2.PdfObject]]:
    """The share of the page that its pictures take, how many there are, and the shapes drawn on it.

    A scanner that cuts a page into strips makes a picture of each.
    """
    width, height = page.get_size()
    shares = []
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        shares.append(abs(right - left) * abs(top - bottom) / max(width * height, 1.0))
    return sum(shares), len(shares), list(islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1), MOST_RULINGS + 1))


def _rulings(shapes: Sequence[pypdfium2.PdfObject]) -> tuple[Ruling, ...]:
    """The straight lines of the shapes that run along or up: strokes, and filled stripes; none where there are too many to be tables."""
    if len(shapes) > MOST_RULINGS:
        return ()
    found: list[Ruling] = []
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for shape in shapes:
        pdfium.FPDFPath_GetDrawMode(shape.raw, fill, stroke)
        for points in _outlines(shape):
            if stroke.value:
                found += (one for start, end in pairwise(points) if (one := ruling(start, end)) is not None)
            elif fill.value:
                corners = [(choose(x for x, _ in points), choose(y for _, y in points)) for choose in (min, max)]
                found += (one for one in [ruling(*corners)] if one is not None)
        if len(found) > MOST_RULINGS:
            return ()
    return tuple(found)


def _outlines(shape: pypdfium2.PdfObject) -> Iterator[list[tuple[float, float]]]:
    """The points of each part of a shape, on the page; curves by their ends."""
    matrix, x, y = shape.get_matrix(), ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(pdfium.FPDFPath_CountSegments(shape.raw)):
        segment = pdfium.FPDFPath_GetPathSegment(shape.raw, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(matrix.on_point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _check_not_scanned(pages: list[Page], bare: frozenset[int], document: str) -> None:
    """Refuse a file of which a page has no text but is a picture, or that has no text at all."""
    scanned = [page.number for page in pages if page.number in bare and page.picture_share >= PICTURE_SHARE]
    if scanned:
        shown = "、".join(map(str, scanned[:5])) + ("等" if len(scanned) > 5 else "")
        raise UnreadableFile(document, f"是扫描件：第{shown}页只有图像，没有文字（共{len(scanned)}页）：{_BY_RECOGNITION}")
    if len(bare) == len(pages) and not any(glyph.character.strip() for page in pages for glyph in page.glyphs):
        raise UnreadableFile(document, f"PDF里没有文字，可能是扫描件或由图形绘成：{_BY_RECOGNITION}")
