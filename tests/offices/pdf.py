"""PDFs as they are printed, and as they break."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from PIL import Image
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from tests.offices.made import DUTY, FIGURE, STYLE, Made
from tests.offices.printed import Mark, across, centred, drawn, printed, ruled, width, words, wrapped

_OFFICES = "县政府办公室、督查室"


def _body(text: str, y: float = 770) -> Mark:
    """A text over the width of a page."""
    return words(60, y, *wrapped(text, 76))


def pdf() -> Iterator[Made]:
    """PDFs with a text layer."""
    thrice = ((FIGURE, STYLE), (STYLE, DUTY), (DUTY, FIGURE)) * 6
    paragraphs = [f"\u3000\u3000第{at}段开头。{text}{other}" for at, (text, other) in enumerate(thrice)]
    lines = [line for one in paragraphs for line in wrapped(one, 76)]
    gazette = printed(*(
        [words(60, 810, "青溪县政府公报", size=9), centred(30, f"— {page} —", 9), words(60, 770, *lines[first : first + 30])]
        for page, first in enumerate(range(0, len(lines), 30), 1)
    ))  # fmt: skip
    yield Made("公报/公报.pdf", gazette, tuple(one.strip("\u3000") for one in paragraphs), ("青溪县政府公报", "— 2 —"))
    yield Made("公报/其实是PDF.doc", gazette, (FIGURE, STYLE))
    yield Made("公报/不齐.pdf", printed(_cut_anywhere()), (f"第1段。{FIGURE}{STYLE}", f"第2段。{STYLE}{DUTY}"))
    columns = ((60, (FIGURE, STYLE, DUTY, "左栏最后一段。" + DUTY)), (320, ("右栏第一段。" + FIGURE, STYLE, DUTY, FIGURE)))
    both = (words(x, 760, *(line for text in texts for line in wrapped(f"\u3000\u3000{text}", 38))) for x, texts in columns)
    yield Made("公报/两栏.pdf", printed([centred(800, "两栏排的讲话", 18), *both]),
               (FIGURE, STYLE, "左栏最后一段。" + DUTY, "右栏第一段。" + FIGURE), ("\t",))
    rows = (("乡镇", "产值", "增长"), ("青石镇", "12.6亿元", "8.4%"), ("白河乡", "9.1亿元", "7.9%"))
    cells = [words(80 + 150 * column, 700 - 24 * row, word) for row, line in enumerate(rows) for column, word in enumerate(line)]
    yield Made("公报/表.pdf", printed(cells), ("乡镇\t产值\t增长", "青石镇\t12.6亿元\t8.4%"))
    english = ("The county government published its develop-", "ment report in March. It names ten projects and their",
               "dates, and says who answers for each of them.")
    yield Made("公报/英文.pdf", printed([words(60, 760, *english, font="Times-Roman")]),
               ("The county government published its development report in March.",))
    turn: list[Mark] = [lambda canvas: canvas.translate(500, 60), lambda canvas: canvas.rotate(90)]
    yield Made("公报/横.pdf", printed([*turn, words(0, 0, *wrapped(FIGURE, 60))], pagesize=landscape(A4)), (FIGURE,))
    yield Made("公报/脚注.pdf", printed(_noted()), ("全年粮食总产41.7万吨,创历史新高。",))
    yield Made("公报/只限打印.pdf", printed([_body(FIGURE)], encrypt=StandardEncryption("", ownerPassword="主人", canPrint=1)), (FIGURE,))


def _cut_anywhere() -> Iterator[Mark]:
    """Lines cut at a number of characters, so that they end where their digits let them."""
    texts = enumerate((FIGURE + STYLE, STYLE + DUTY, DUTY + FIGURE, FIGURE + DUTY), 1)
    wholes = (f"\u3000\u3000第{at}段。{text}" for at, text in texts)
    yield words(60, 770, *(whole[start : start + 36] for whole in wholes for start in range(0, len(whole), 36)))


def _noted() -> list[Mark]:
    """A raised note's mark amid a sentence, and the note at the foot of the page."""
    end = 60 + width("全年粮食总产41.7万吨")
    return [words(60, 700, "全年粮食总产41.7万吨"), words(end, 705, "1", size=7), words(end + 4, 700, ",创历史新高。"),
            words(60, 80, "1 数据来自县统计局。", size=9)]


def odd_pdf() -> Iterator[Made]:
    """PDFs with annexes, hanging items, raised numbers, struck words, forms and pages that are only drawn."""
    annexes = [[words(60, 770, f"附件{at}", "", f"第{at}批名单", f"共{at * 7}户。")] for at in (1, 2, 3)]
    yield Made("公报/附件.pdf", printed(*annexes), tuple(f"附件{at}\n第{at}批名单\n共{at * 7}户。" for at in (1, 2, 3)))
    cards = [[words(60, 770, f"第{at}户的情况已经核实。", f"应补贴{at}元。")] for at in range(1, 40)]
    yield Made("公报/卡片.pdf", printed(*cards), ("第1户的情况已经核实。", "第39户的情况已经核实。", "应补贴39元。"))
    hung = [("\u3000" if at else "") + line for at, line in enumerate(wrapped(f"1.{STYLE}{DUTY}", 70))]
    indented = [line for text in (STYLE, DUTY) for line in wrapped(f"\u3000\u3000{text}{FIGURE}", 76)]
    yield Made("公报/悬挂.pdf", printed([words(60, 770, *hung, *indented)]), (f"1.{STYLE}{DUTY}\n{STYLE}{FIGURE}\n",))
    yield Made("公报/框线表.pdf", printed(_ruled()),
               (f"{DUTY}\n序号\t任务\t单位\t时限\n1\t{STYLE[:30]}\t{_OFFICES}\t12月底前\n2\t{DUTY[:28]}\t{_OFFICES}\n{FIGURE}",))
    yield Made("公报/跨页表.pdf", printed(*_row_over_pages()), (f"序号\t任务\t单位\n1\t{STYLE}\t县政府办公室\n{DUTY}",))
    end = 60 + width("面积35km")
    raised = [words(60, 700, "面积35km"), words(end + 6, 700, ",约合三万亩,见附注。"), words(end, 705, "2", size=10)]  # as a browser prints it
    yield Made("公报/上标.pdf", printed(raised), ("面积35km²,约合三万亩,见附注。",))
    start, end = 60 + width("增长"), 60 + width("增长7.1%")
    struck = [words(60, 700, "增长7.1%7.2%,居全市第二。"), across(704, start, end), across(697, end, end + width("7.2%"))]
    yield Made("公报/划去.pdf", printed(struck), ("增长7.2%,居全市第二。",), ("7.1%",))
    form = [_body(FIGURE), lambda canvas: canvas.acroForm.textfield(name="reply", value="REPLY 42", x=60, y=500, width=200, height=20),
            lambda canvas: canvas.textAnnotation("to be checked", Rect=[50, 50, 80, 80])]
    yield Made("公报/表单.pdf", printed(form), (FIGURE, "REPLY 42"), ("to be checked",))
    curves = [drawn(60 + at, 700, 63 + at, 705) for at in range(300)]
    yield Made("公报/有图形页.pdf", printed([_body(FIGURE)], curves), (FIGURE,))


def _ruled() -> Iterator[Mark]:
    """A ruled table whose cells hold several lines, one cell over two rows; between two paragraphs."""
    yield _body("\u3000\u3000" + DUTY, 790)
    xs, ys = (60, 110, 330, 402, 452), (740, 710, 650, 590)
    yield from ruled(xs, (ys[0], ys[1], ys[3]))
    yield across(ys[2], xs[0], xs[3])
    for x, word in zip((70, xs[1] + 6, xs[2] + 6, xs[3] + 6), ("序号", "任务", "单位", "时限"), strict=True):
        yield words(x, 720, word)
    for y, number, text in ((ys[1], "1", STYLE[:30]), (ys[2], "2", DUTY[:28])):
        yield words(70, y - 30, number)
        yield words(xs[1] + 6, y - 20, *wrapped(text, 34))
        yield words(xs[2] + 6, y - 20, "县政府办公", "室、督查室")
    yield words(xs[3] + 6, ys[1] - 40, "12月底", "前")
    yield _body("\u3000\u3000" + FIGURE, 560)


def _row_over_pages() -> Iterator[list[Mark]]:
    """A ruled table of which the last row goes over to the next page, with one cell only; a paragraph after it."""
    xs, lines = (60, 110, 330, 520), wrapped(STYLE, 34)
    head = [words(x, 120, word) for x, word in ((70, "序号"), (116, "任务"), (336, "单位"))]
    row = [words(70, 90, "1"), words(116, 90, *lines[:2]), words(336, 90, "县政府办公室")]
    yield [_body("\u3000\u3000" + FIGURE, 780), *ruled(xs, (140, 110, 40)), *head, *row]
    yield [*ruled(xs, (790, 750)), words(116, 770, *lines[2:]), _body("\u3000\u3000" + DUTY, 700)]


def bad_pdf() -> Iterator[Made]:
    """PDFs that are cut off, locked, scanned and damaged."""
    good = printed([_body(FIGURE)])
    yield Made("坏/断.pdf", good[: len(good) * 2 // 3], reason="不完整")
    yield Made("坏/加密.pdf", printed([_body(FIGURE)], encrypt=StandardEncryption("开", canPrint=1)), reason="密码")
    yield Made("坏/不是.pdf", b"%PDF-1.4 nothing more\n%%EOF\n", reason="打不开")
    yield Made("坏/扫描.pdf", printed(_scanned()), reason="扫描件")
    yield Made("坏/夹扫描页.pdf", printed([_body(FIGURE)], _scanned()), reason="第2页")
    yield Made("坏/夹扫描条.pdf", printed([_body(FIGURE)], _scanned(strips=8)), reason="第2页")
    down = [words(500 - 20 * (at // 20), 770 - 14 * (at % 20), character) for at, character in enumerate(STYLE)]
    yield Made("坏/竖排.pdf", printed(down), reason="竖排")
    packed = _packed()
    broken = bytearray(packed)
    broken[packed.index(b"stream\n") + 40] ^= 0x5A
    yield Made("压缩.pdf", packed, (FIGURE,))
    yield Made("坏/流损坏.pdf", bytes(broken), reason="损坏")
    yield Made("坏/空白页.pdf", printed([words(60, 770, " ")]), reason="没有文字")


def _scanned(strips: int = 1) -> list[Mark]:
    """A page that is nothing but a picture, perhaps cut into strips."""
    height = A4[1] / strips

    def strip(number: int) -> Mark:
        return lambda canvas: canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, number * height, A4[0], height)

    return [strip(number) for number in range(strips)]


def _packed() -> bytes:
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
