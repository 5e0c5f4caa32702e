"""A .pdf file's text layer: every character with its place on its page, for `layout` to read in order.

By PDFium (pypdfium2, Apache 2.0 and BSD; one wheel of 3 MB without dependencies; knows the Chinese character maps, and
is the engine that a browser opens hostile files with). pypdf (BSD) and pdfplumber on pdfminer.six (MIT) read in
Python itself, page by page; PyMuPDF is AGPL, which a product under Apache 2.0 can't
carry; docling brings models of gigabytes. Leaves out pictures, forms' fields and notes pinned to a page.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from rag.errors import UnreadableFile
from rag.reading.document import LeftOut
from rag.reading.extracted import Extracted
from rag.reading.glyphs import Glyph, Page
from rag.reading.layout import composed

CODEC = "pdf"
MOST_PAGES = 3_000
MOST_GLYPHS = 10_000_000
FEW_CHARACTERS = 20  # on a page that is a picture: a stamp or a page number, not its text
PICTURE_SHARE = 0.5  # of a page, from which on it is a picture of a page
_END_BYTES = 65_536
_LARGEST_STREAM = 256 * 2**20
_BY_RECOGNITION = "请先识别文字(OCR),存为带文字的PDF、Word或UTF-8编码的.txt,放回原处。"
_BY_VIEWER = "请打开核对,把文字全部复制到记事本,另存为UTF-8编码的.txt,放回原处。"
_FLATE = re.compile(rb"/Filter\s*(?:\[\s*)?/(?:FlateDecode|Fl)\s*(?:\]|/|>)")
_STREAM = re.compile(rb"stream\r?\n")
_HYPHEN = 2  # what PDFium makes of a hyphen at a line's end
_KANGXI = range(0x2F00, 0x2FD6)  # what some programs write in the place of the very same characters: ⼀ for 一


def read(data: bytes, document: str) -> Extracted:
    """The text of the PDF `data`, one paragraph a line; UnreadableFile where it is scanned, locked or damaged."""
    _check_whole(data, document)
    file = _opened(data, document)
    try:
        if not 0 < len(file) <= MOST_PAGES:
            raise UnreadableFile(document, f"有{len(file)}页,超出能读的范围(1到{MOST_PAGES}页):请分成几个文件。")
        pages, slanted = _pages(file, document)
    finally:
        file.close()
    made = composed(pages)
    _check_not_scanned(pages, made.bare, document)
    left_out = [*made.left_out]
    if slanted:
        left_out.append(LeftOut("水印和斜排文字", slanted, slanted))
    pictures = sum(page.pictures for page in pages)
    if pictures:
        left_out.append(LeftOut("图片", pictures))
    return Extracted(made.text, CODEC, made.pages, tuple(left_out))


def _opened(data: bytes, document: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(document, "PDF加了密码:请打开后去掉密码,另存,放回原处。") from error
        raise UnreadableFile(document, f"PDF打不开,可能已损坏({error}):{_BY_VIEWER}") from error


def _check_whole(data: bytes, document: str) -> None:
    """Refuse a file that was cut off, or whose packed streams are not what was packed: viewers pass over both in silence."""
    if b"%%EOF" not in data[-_END_BYTES:]:
        raise UnreadableFile(document, f"PDF不完整(没有结尾),可能没有下载完:{_BY_VIEWER}")
    if b"/Encrypt" in data:
        return
    position = 0
    for match in _STREAM.finditer(data):
        if match.start() < position or data[match.start() - 3 : match.start()] == b"end":
            continue
        opening = data.rfind(b" obj", max(0, match.start() - 4096), match.start())
        if opening >= 0 and _FLATE.search(data, opening, match.start()):
            length = _packed(data, match.end())
            if length is None:
                raise UnreadableFile(document, f"PDF已损坏(第{match.start() + 1}字节起的数据解不开):{_BY_VIEWER}")
            position = match.end() + length


def _packed(data: bytes, start: int) -> int | None:
    """The length of the zlib stream at `start`; None where it is broken. An empty one is none."""
    if data[start : start + 11].lstrip().startswith(b"endstream"):
        return 0
    unpacker = zlib.decompressobj()
    at, unpacked = start, 0
    try:
        while not unpacker.eof and at < len(data) and unpacked < _LARGEST_STREAM:
            pending = unpacker.unconsumed_tail or data[at : at + 65_536]
            if not unpacker.unconsumed_tail:
                at += len(pending)
            unpacked += len(unpacker.decompress(pending, 2**20))
    except zlib.error:
        return None
    return at - start - len(unpacker.unused_data) if unpacker.eof or unpacked >= _LARGEST_STREAM else None


def _pages(file: pypdfium2.PdfDocument, document: str) -> tuple[list[Page], int]:
    """Every page with its characters, and how many characters stand aslant (a watermark) and are left out."""
    pages: list[Page] = []
    total = unmapped = slanted = 0
    for number in range(len(file)):
        try:
            page = file[number]
            glyphs, aslant, lost = _glyphs(page)
            share, pictures = _pictures(page)
            width, height = page.get_size()
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile(document, f"PDF第{number + 1}页打不开,可能已损坏:{_BY_VIEWER}") from error
        pages.append(Page(number + 1, width, height, glyphs, share, pictures))
        page.close()
        total += len(glyphs)
        unmapped += lost
        slanted += aslant
        if total > MOST_GLYPHS:
            raise UnreadableFile(document, f"PDF超过{MOST_GLYPHS}个字:请分成几个文件。")
    if unmapped:
        raise UnreadableFile(document, f"PDF里有{unmapped}个字的字体没有编码对照,读出的是乱码:{_BY_RECOGNITION}")
    return pages, slanted


def _glyphs(page: pypdfium2.PdfPage) -> tuple[tuple[Glyph, ...], int, int]:
    """The characters of a page, turned upright; how many stand aslant, and of how many the meaning is lost."""
    text = page.get_textpage()
    found = list(_characters(text.raw, text.count_chars()))
    text.close()
    if not found:
        return (), 0, 0
    upright = Counter(angle for _, angle, _ in found).most_common(1)[0][0]
    kept = [_turned(glyph, upright) for glyph, angle, _ in found if angle == upright]
    return tuple(kept), len(found) - len(kept), sum(lost for _, angle, lost in found if angle == upright)


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


def _pictures(page: pypdfium2.PdfPage) -> tuple[float, int]:
    """The share of the page that its largest picture takes, and how many pictures there are."""
    width, height = page.get_size()
    shares = []
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        shares.append(abs(right - left) * abs(top - bottom) / max(width * height, 1.0))
    return max(shares, default=0.0), len(shares)


def _check_not_scanned(pages: list[Page], bare: frozenset[int], document: str) -> None:
    """Refuse a file of which a page has no text but is a picture, or that has no text at all."""
    scanned = [page.number for page in pages if page.number in bare and page.picture_share >= PICTURE_SHARE]
    if scanned:
        shown = "、".join(map(str, scanned[:5])) + ("等" if len(scanned) > 5 else "")
        raise UnreadableFile(document, f"是扫描件:第{shown}页只有图像,没有文字(共{len(scanned)}页):{_BY_RECOGNITION}")
    if len(bare) == len(pages) and not any(glyph.character.strip() for page in pages for glyph in page.glyphs):
        raise UnreadableFile(document, f"PDF里没有文字,可能是扫描件或由图形绘成:{_BY_RECOGNITION}")
