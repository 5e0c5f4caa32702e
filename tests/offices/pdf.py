"""PDFs as they are printed, and as they break."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.offices.made import DUTY, FIGURE, STYLE, Made

_FONT = "STSong-Light"


def _canvas(data: io.BytesIO, size: tuple[float, float] = A4, **options: object) -> Canvas:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    return Canvas(data, pagesize=size, invariant=1, **options)


def wrapped(text: str, columns: int) -> list[str]:
    """`text` cut into lines of so many columns, as a printed page is; a full stop does not begin a line."""
    lines, line, width = [], "", 0
    for character in text:
        wide = 1 if character.isascii() else 2
        if width + wide > columns and character not in "。,;:、":
            lines.append(line)
            line, width = "", 0
        line += character
        width += wide
    return [*lines, line]


def _set(canvas: Canvas, lines: Sequence[str], x: float, y: float, size: float = 12) -> float:
    canvas.setFont(_FONT, size)
    for line in lines:
        indent = len(line) - len(line.lstrip("\u3000"))
        canvas.drawString(x + indent * size, y, line.lstrip("\u3000"))
        y -= size * 1.6
    return y


def pdf() -> Iterator[Made]:
    """PDFs with a text layer."""
    data = io.BytesIO()
    canvas = _canvas(data)
    paragraphs = [f"\u3000\u3000第{at}段开头。{text}{other}" for at, (text, other) in enumerate(((FIGURE, STYLE), (STYLE, DUTY), (DUTY, FIGURE)) * 6)]
    lines = [line for one in paragraphs for line in wrapped(one, 76)]
    for page, first in enumerate(range(0, len(lines), 30), 1):
        canvas.setFont(_FONT, 9)
        canvas.drawString(60, 810, "青溪县政府公报")
        canvas.drawCentredString(297, 30, f"— {page} —")
        _set(canvas, lines[first : first + 30], 60, 770)
        canvas.showPage()
    canvas.save()
    yield Made("公报/公报.pdf", data.getvalue(), tuple(one.strip("\u3000") for one in paragraphs), ("青溪县政府公报", "— 2 —"))
    yield Made("公报/其实是PDF.doc", data.getvalue(), (FIGURE, STYLE))
    yield Made("公报/不齐.pdf", _fixed_pdf(), (f"第1段。{FIGURE}{STYLE}", f"第2段。{STYLE}{DUTY}"))
    yield Made("公报/两栏.pdf", _columns_pdf(), (FIGURE, STYLE, "左栏最后一段。" + DUTY, "右栏第一段。" + FIGURE), ("\t",))
    yield Made("公报/表.pdf", _table_pdf(), ("乡镇\t产值\t增长", "青石镇\t12.6亿元\t8.4%"))
    yield Made("公报/英文.pdf", _english_pdf(), ("The county government published its development report in March.",))
    yield Made("公报/横.pdf", _turned_pdf(), (FIGURE,))
    yield Made("公报/脚注.pdf", _noted_pdf(), ("全年粮食总产41.7万吨,创历史新高。",))
    open_ = StandardEncryption("", ownerPassword="主人", canPrint=1)
    yield Made("公报/只限打印.pdf", _one_page(FIGURE, encrypt=open_), (FIGURE,))


def _one_page(text: str, **options: object) -> bytes:
    data = io.BytesIO()
    canvas = _canvas(data, **options)
    _set(canvas, wrapped(text, 76), 60, 770)
    canvas.save()
    return data.getvalue()


def _fixed_pdf() -> bytes:
    """Lines cut at a number of characters, so that they end where their digits let them."""
    data = io.BytesIO()
    canvas = _canvas(data)
    y = 770.0
    for at, text in enumerate((FIGURE + STYLE, STYLE + DUTY, DUTY + FIGURE, FIGURE + DUTY), 1):
        whole = f"\u3000\u3000第{at}段。{text}"
        y = _set(canvas, [whole[start : start + 36] for start in range(0, len(whole), 36)], 60, y)
    canvas.save()
    return data.getvalue()


def _columns_pdf() -> bytes:
    data = io.BytesIO()
    canvas = _canvas(data)
    canvas.setFont(_FONT, 18)
    canvas.drawCentredString(297, 800, "两栏排的讲话")
    for x, texts in ((60, (FIGURE, STYLE, DUTY, "左栏最后一段。" + DUTY)), (320, ("右栏第一段。" + FIGURE, STYLE, DUTY, FIGURE))):
        _set(canvas, [line for text in texts for line in wrapped(f"\u3000\u3000{text}", 38)], x, 760)
    canvas.save()
    return data.getvalue()


def _table_pdf() -> bytes:
    data = io.BytesIO()
    canvas = _canvas(data)
    canvas.setFont(_FONT, 12)
    for row, words in enumerate((("乡镇", "产值", "增长"), ("青石镇", "12.6亿元", "8.4%"), ("白河乡", "9.1亿元", "7.9%"))):
        for column, word in enumerate(words):
            canvas.drawString(80 + 150 * column, 700 - 24 * row, word)
    canvas.save()
    return data.getvalue()


def _english_pdf() -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4, invariant=1)
    canvas.setFont("Times-Roman", 12)
    for at, line in enumerate(("The county government published its develop-", "ment report in March. It names ten projects and their",
                               "dates, and says who answers for each of them.")):
        canvas.drawString(60, 760 - 18 * at, line)
    canvas.save()
    return data.getvalue()


def _turned_pdf() -> bytes:
    data = io.BytesIO()
    canvas = _canvas(data, landscape(A4))
    canvas.translate(500, 60)
    canvas.rotate(90)
    _set(canvas, wrapped(FIGURE, 60), 0, 0)
    canvas.save()
    return data.getvalue()


def _noted_pdf() -> bytes:
    """A raised note's mark amid a sentence, and the note at the foot of the page."""
    data = io.BytesIO()
    canvas = _canvas(data)
    canvas.setFont(_FONT, 12)
    canvas.drawString(60, 700, "全年粮食总产41.7万吨")
    end = 60 + pdfmetrics.stringWidth("全年粮食总产41.7万吨", _FONT, 12)
    canvas.setFont(_FONT, 7)
    canvas.drawString(end, 705, "1")
    canvas.setFont(_FONT, 12)
    canvas.drawString(end + 4, 700, ",创历史新高。")
    canvas.setFont(_FONT, 9)
    canvas.drawString(60, 80, "1 数据来自县统计局。")
    canvas.save()
    return data.getvalue()


def odd_pdf() -> Iterator[Made]:
    """PDFs with annexes, hanging items, raised numbers, forms and pages that are only drawn."""
    yield Made("公报/附件.pdf", _pages_pdf([[f"附件{at}", "", f"第{at}批名单", f"共{at * 7}户。"] for at in (1, 2, 3)]),
               tuple(f"附件{at}\n第{at}批名单\n共{at * 7}户。" for at in (1, 2, 3)))
    yield Made("公报/卡片.pdf", _pages_pdf([[f"第{at}户的情况已经核实。", f"应补贴{at}元。"] for at in range(1, 40)]),
               ("第1户的情况已经核实。", "第39户的情况已经核实。", "应补贴39元。"))
    hung = [("\u3000" if at else "") + line for at, line in enumerate(wrapped(f"1.{STYLE}{DUTY}", 70))]
    indented = [line for text in (STYLE, DUTY) for line in wrapped(f"\u3000\u3000{text}{FIGURE}", 76)]
    yield Made("公报/悬挂.pdf", _pages_pdf([[*hung, *indented]]), (f"1.{STYLE}{DUTY}\n{STYLE}{FIGURE}\n",))
    offices = "县政府办公室、督查室"
    yield Made("公报/框线表.pdf", _ruled_pdf(), (f"{DUTY}\n序号\t任务\t单位\t时限\n1\t{STYLE[:30]}\t{offices}\t12月底前\n2\t{DUTY[:28]}\t{offices}\n{FIGURE}",))
    yield Made("公报/跨页表.pdf", _row_over_pages_pdf(), (f"序号\t任务\t单位\n1\t{STYLE}\t县政府办公室\n{DUTY}",))
    yield Made("公报/上标.pdf", _raised_pdf(), ("面积35km²,约合三万亩,见附注。",))
    yield Made("公报/表单.pdf", _form_pdf(), (FIGURE, "REPLY 42"), ("to be checked",))
    yield Made("公报/有图形页.pdf", _drawn_pdf(), (FIGURE,))


def _ruled_pdf() -> bytes:
    """A ruled table whose cells hold several lines, one cell over two rows; between two paragraphs."""
    data = io.BytesIO()
    canvas = _canvas(data)
    _set(canvas, wrapped("\u3000\u3000" + DUTY, 76), 60, 790)
    xs, ys = (60, 110, 330, 402, 452), (740, 710, 650, 590)
    for y in ys[:2] + ys[3:]:
        canvas.line(xs[0], y, xs[-1], y)
    canvas.line(xs[0], ys[2], xs[3], ys[2])
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])
    _set(canvas, ["序号"], 70, 720)
    for x, word in zip(xs[1:-1], ("任务", "单位", "时限"), strict=True):
        _set(canvas, [word], x + 6, 720)
    for y, number, text in ((ys[1], "1", STYLE[:30]), (ys[2], "2", DUTY[:28])):
        _set(canvas, [number], 70, y - 30)
        _set(canvas, wrapped(text, 34), xs[1] + 6, y - 20)
        _set(canvas, ["县政府办公", "室、督查室"], xs[2] + 6, y - 20)
    _set(canvas, ["12月底", "前"], xs[3] + 6, ys[1] - 40)
    _set(canvas, wrapped("\u3000\u3000" + FIGURE, 76), 60, 560)
    canvas.save()
    return data.getvalue()


def _row_over_pages_pdf() -> bytes:
    """A ruled table of which the last row goes over to the next page, with one cell only; a paragraph after it."""
    data = io.BytesIO()
    canvas = _canvas(data)
    lines = wrapped(STYLE, 34)
    for ys, number, unit, text in (((140, 110, 40), "1", "县政府办公室", lines[:2]), ((790, 750), "", "", lines[2:])):
        for y in ys:
            canvas.line(60, y, 520, y)
        for x in (60, 110, 330, 520):
            canvas.line(x, ys[0], x, ys[-1])
        if number:
            _set(canvas, wrapped("\u3000\u3000" + FIGURE, 76), 60, 780)
            for x, word in ((70, "序号"), (116, "任务"), (336, "单位")):
                _set(canvas, [word], x, 120)
        for x, words in ((70, [number]), (116, text), (336, [unit])):
            _set(canvas, words, x, ys[-2] - 20)
        if not number:
            _set(canvas, wrapped("\u3000\u3000" + DUTY, 76), 60, 700)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def _pages_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    data = io.BytesIO()
    canvas = _canvas(data)
    for lines in pages:
        _set(canvas, lines, 60, 770)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def _raised_pdf() -> bytes:
    """A raised number as a browser prints it, at five sixths of the size."""
    data = io.BytesIO()
    canvas = _canvas(data)
    canvas.setFont(_FONT, 12)
    canvas.drawString(60, 700, "面积35km")
    end = 60 + pdfmetrics.stringWidth("面积35km", _FONT, 12)
    canvas.drawString(end + 6, 700, ",约合三万亩,见附注。")
    canvas.setFont(_FONT, 10)
    canvas.drawString(end, 705, "2")
    canvas.save()
    return data.getvalue()


def _form_pdf() -> bytes:
    """A page with a field of a form that is filled in, and a note pinned to it."""
    data = io.BytesIO()
    canvas = _canvas(data)
    _set(canvas, wrapped(FIGURE, 76), 60, 770)
    canvas.acroForm.textfield(name="reply", value="REPLY 42", x=60, y=500, width=200, height=20)
    canvas.textAnnotation("to be checked", Rect=[50, 50, 80, 80])
    canvas.save()
    return data.getvalue()


def _drawn_pdf() -> bytes:
    """A page of text, and one whose characters were turned into curves."""
    data = io.BytesIO()
    canvas = _canvas(data)
    _set(canvas, wrapped(FIGURE, 76), 60, 770)
    canvas.showPage()
    for at in range(300):
        canvas.line(60 + at, 700, 63 + at, 705)
    canvas.save()
    return data.getvalue()


def _running_down_pdf() -> bytes:
    data = io.BytesIO()
    canvas = _canvas(data)
    canvas.setFont(_FONT, 12)
    for at, character in enumerate(STYLE):
        canvas.drawString(500 - 20 * (at // 20), 770 - 14 * (at % 20), character)
    canvas.save()
    return data.getvalue()


def bad_pdf() -> Iterator[Made]:
    """PDFs that are cut off, locked, scanned and damaged."""
    good = _one_page(FIGURE)
    yield Made("坏/断.pdf", good[: len(good) * 2 // 3], reason="不完整")
    yield Made("坏/加密.pdf", _one_page(FIGURE, encrypt=StandardEncryption("开", canPrint=1)), reason="密码")
    yield Made("坏/不是.pdf", b"%PDF-1.4 nothing more\n%%EOF\n", reason="打不开")
    yield Made("坏/扫描.pdf", _scanned(1), reason="扫描件")
    yield Made("坏/夹扫描页.pdf", _scanned(2), reason="第2页")
    yield Made("坏/夹扫描条.pdf", _scanned(2, strips=8), reason="第2页")
    yield Made("坏/竖排.pdf", _running_down_pdf(), reason="竖排")
    packed = _packed_pdf()
    broken = bytearray(packed)
    broken[packed.index(b"stream\n") + 40] ^= 0x5A
    yield Made("压缩.pdf", packed, (FIGURE,))
    yield Made("坏/流损坏.pdf", bytes(broken), reason="损坏")
    yield Made("坏/空白页.pdf", _one_page(" "), reason="没有文字")


def _packed_pdf() -> bytes:
    data = io.BytesIO()
    canvas = _canvas(data, pageCompression=1)
    canvas._doc.compression = 1
    _set(canvas, wrapped(FIGURE, 76), 60, 770)
    canvas.save()
    return _without_ascii85(data.getvalue())


def _without_ascii85(data: bytes) -> bytes:
    """A PDF of one page by hand, with a packed stream of bytes, since reportlab packs into letters."""
    text = "".join(f"{ord(one):04X}" for one in FIGURE)
    content = zlib.compress(f"BT /F1 9 Tf 40 700 Td <{text}> Tj ET".encode())
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length " + str(len(content)).encode() + b">>\nstream\n" + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 93>>>>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return out + f"xref\n0 7\n0000000000 65535 f \n{table}trailer<</Size 7/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def _scanned(pages: int, strips: int = 1) -> bytes:
    """A PDF whose last page is nothing but a picture, perhaps cut into strips; pages before it have text."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    data = io.BytesIO()
    canvas = _canvas(data)
    for _ in range(pages - 1):
        _set(canvas, wrapped(FIGURE, 76), 60, 770)
        canvas.showPage()
    for strip in range(strips):
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, strip * A4[1] / strips, A4[0], A4[1] / strips)
    canvas.save()
    return data.getvalue()
