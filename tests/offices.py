"""A folder as offices keep it, made anew: some eighty files of every kind, whole, odd, locked, cut off and hostile.

    python -m tests.offices FOLDER

Each file comes with what is expected of it: sentences that its text must hold, sentences that it must not, or words of
the reason for which it is reported. Files of old office programs are made by LibreOffice where it is installed.
"""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from rag.reading import office

FIGURE = "今年,全县生产总值完成236.5亿元,增长7.2%;规模以上工业总产值480.3亿元,增长9.1%,其中增加值121亿元。"
STYLE = "做好工作,要养成四种作风,各乡镇要逐条对照检查,把问题一件一件整改落实到位,年底由县委督查室统一验收。"
DUTY = "值班人员必须二十四小时在岗,不得擅自离开,突发事项要在三十分钟内报告县政府总值班室。"
RARE = "朱镕基、陶喆和䶮姓同志到会,会议由𠮷田镇承办。"
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
_FONT = "STSong-Light"


@dataclass(frozen=True, slots=True)
class Made:
    """A file and what is expected of it: `holds` and `lacks` of its text, or else `reason`, a part of the report."""

    path: str
    data: bytes
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    reason: str | None = None


def every() -> Iterator[Made]:
    """All files, each path once."""
    yield from _word()
    yield from _odd_word()
    yield from _bad_word()
    yield from _pdf()
    yield from _bad_pdf()
    yield from _web()
    yield from _text()
    yield from _old()
    yield from _others()


def write(folder: Path) -> list[Made]:
    """Write all files below `folder`; what is expected of each."""
    made = list(every())
    for one in made:
        (folder / one.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / one.path).write_bytes(one.data)
    return made


# Word


def saved(document: Document) -> bytes:
    """The bytes of a document of python-docx."""
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


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


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


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


def _word() -> Iterator[Made]:
    plain = docx.Document()
    for text in ("在青溪县会议上的讲话", "同志们:", FIGURE, STYLE):
        plain.add_paragraph(text)
    yield Made("2024/讲话.docx", saved(plain), (FIGURE, STYLE))
    yield Made("2023/讲话.docx", saved(plain), (FIGURE, STYLE))
    yield Made("2023/一季度/讲话.DOCX", saved(plain), (FIGURE, STYLE))
    yield Made("2023/其实是Word.doc", saved(plain), (FIGURE, STYLE))
    tables = docx.Document()
    tables.add_paragraph("各乡镇指标表")
    table = tables.add_table(2, 3)
    for row, words in enumerate((("乡镇", "产值(亿元)", "增长"), ("青石镇", "12.6", "8.4%"))):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    layout = tables.add_table(1, 1).cell(0, 0)
    layout.text = STYLE
    layout.add_paragraph(DUTY)
    inner = layout.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内表甲", "内表乙"
    yield Made("表格/指标.docx", saved(tables), ("乡镇\t产值(亿元)\t增长", "青石镇\t12.6\t8.4%", STYLE, DUTY, "内表甲\t内表乙"))
    headed = docx.Document()
    headed.sections[0].header.paragraphs[0].text = "青溪县人民政府文件"
    headed.sections[0].footer.paragraphs[0].text = "内部资料"
    headed.add_paragraph(FIGURE)
    headed.add_comment(headed.paragraphs[0].runs, text="这里要核实", author="甲")
    yield Made("页眉.docx", saved(headed), (FIGURE,), ("青溪县人民政府文件", "内部资料", "这里要核实"))
    yield Made("多语.docx", saved(_with(RARE, "GDP grew 5.2% in 2023.", "繁體字:關於經濟工作的報告。")), (RARE, "GDP grew 5.2% in 2023.", "關於經濟工作"))


def _with(*texts: str) -> Document:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    return document


def _odd_word() -> Iterator[Made]:
    official = numbering([("chineseCounting", "%1、"), ("chineseCounting", "(%2)"), ("decimal", "%3."), ("decimalEnclosedCircle", "%4")])
    link = {"n": ("numbering", "numbering.xml")}
    body = "".join((listed("抓作风", 1), listed("求实", 1, 1), listed("细致", 1, 1), listed("材料核对", 1, 2), listed("2024年完成", 1, 2), listed("抓落实", 1),
                    listed("守时", 1, 1), paragraph("不编号。"), *(listed(f"事项{at}", 1) for at in range(3, 13))))
    yield Made("编号/公文.docx", package(body, parts={"word/numbering.xml": official}, relations=link),
               ("一、抓作风\n(一)求实\n(二)细致\n1.材料核对\n2. 2024年完成\n二、抓落实\n(一)守时\n不编号。\n三、事项3", "十、事项10", "十二、事项12"))
    chapters = numbering([("chineseCountingThousand", "第%1章"), ("chineseCounting", "第%2条"), ("upperRoman", "%3."), ("lowerLetter", "%4)")],
                         nums='<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
                              "</w:lvlOverride></w:num>")
    body = "".join((listed("总则", 1), listed("为规范管理。", 1, 1), listed("甲", 1, 2), listed("乙", 1, 3), listed("附则", 2)))
    yield Made("编号/章条.docx", package(body, parts={"word/numbering.xml": chapters}, relations=link),
               ("第一章 总则\n第一条 为规范管理。\nI.甲\na)乙\n第五章 附则",))
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H1b"><w:basedOn w:val="H1"/></w:style></w:styles>'
    )
    body = paragraph("加强领导", '<w:pStyle w:val="H1"/>') + paragraph("强化督查", '<w:pStyle w:val="H1b"/>') + paragraph(
        "不编号的", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    yield Made("编号/样式.docx", package(body, parts={"word/numbering.xml": official, "word/styles.xml": styles},
                                     relations=link | {"s": ("styles", "styles.xml")}), ("一、加强领导\n二、强化督查\n不编号的",))
    notes = (f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
             f'<w:footnote w:id="2">{paragraph("数据来自县统计局。")}</w:footnote></w:footnotes>')
    ends = f'<w:endnotes xmlns:w="{W}"><w:endnote w:id="3">{paragraph("见县志第三卷。")}</w:endnote></w:endnotes>'
    body = ('<w:p><w:r><w:t>全年粮食总产</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>41.7万吨。</w:t></w:r>'
            '<w:r><w:endnoteReference w:id="3"/></w:r></w:p>' + paragraph("下一段。"))
    yield Made("脚注.docx", package(body, parts={"word/footnotes.xml": notes, "word/endnotes.xml": ends},
                                  relations={"f": ("footnotes", "footnotes.xml"), "e": ("endnotes", "/word/endnotes.xml")}),
               ("全年粮食总产41.7万吨。\n[1]数据来自县统计局。\n下一段。\n[1]见县志第三卷。",))
    body = ('<w:p><w:r><w:t>增长</w:t></w:r><w:del><w:r><w:delText>7.1%</w:delText></w:r></w:del><w:ins><w:r><w:t>7.2%</w:t></w:r></w:ins>'
            '<w:moveFrom><w:r><w:t>搬走的</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>,居全市第二</w:t></w:r></w:moveTo><w:r><w:t>。</w:t></w:r></w:p>'
            '<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>这一段的段落标记删了,</w:t></w:r></w:p>' + paragraph("应接在一起。")
            + "<w:ins>" + paragraph("插入的整段。") + "</w:ins>")
    yield Made("修订.docx", package(body), ("增长7.2%,居全市第二。", "这一段的段落标记删了,应接在一起。", "插入的整段。"), ("7.1%", "搬走的"))
    box = f"<w:txbxContent>{paragraph('文本框里的话。')}</w:txbxContent>"
    body = (f'<w:p><w:r><w:t>正文前。</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx>'
            f'</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>'
            f'</mc:AlternateContent></w:r></w:p>{paragraph("正文后。")}<w:p><w:r><w:pict><v:shape><v:textbox>'
            f'<w:txbxContent>{paragraph("旧式文本框。")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>')
    yield Made("文本框.docx", package(body), ("正文前。\n文本框里的话。\n正文后。\n旧式文本框。",), ("文本框里的话。\n文本框里的话。",))
    body = ('<w:sdt><w:sdtContent>' + paragraph("控件里的段落。") + '</w:sdtContent></w:sdt><w:p><w:hyperlink><w:r><w:t>链接文字</w:t></w:r></w:hyperlink>'
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '<w:r><w:t>2024年3月5日</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple><w:r><w:t>域结果</w:t></w:r></w:fldSimple>'
            '<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的字</w:t></w:r><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>换行后</w:t>'
            '<w:noBreakHyphen/><w:t>C</w:t></w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>注音</w:t></w:r></w:rubyBase></w:ruby>'
            '<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath></w:p>')
    yield Made("控件和域.docx", package(body), ("控件里的段落。\n链接文字2024年3月5日域结果A\tB\n换行后-C注音x+y",), ("DATE", "隐藏的字", "pin"))
    yield Made("严格格式.docx", package(paragraph(FIGURE), namespace=STRICT), (FIGURE,))
    points = ('<dgm:dataModel xmlns:dgm="d" xmlns:a="a"><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>图中第一步</a:t></a:r></a:p></dgm:t></dgm:pt>'
              "</dgm:ptLst></dgm:dataModel>")
    body = f'<w:p><w:r><w:t>流程如下:</w:t></w:r><w:r><w:drawing><dgm:relIds xmlns:r="{R}" r:dm="d1"/></w:drawing></w:r></w:p>'
    yield Made("流程图.docx", package(body, parts={"word/diagrams/data1.xml": points}, relations={"d1": ("diagramData", "diagrams/data1.xml")}),
               ("流程如下:\n图中第一步",))
    yield Made("没有编号部件.docx", package(listed("照样读出", 7)), ("照样读出",))
    bullets = numbering([("bullet", "\uf0b7"), ("bullet", "—")])
    yield Made("编号/符号.docx", package(listed("点甲", 1) + listed("划乙", 1, 1), parts={"word/numbering.xml": bullets}, relations=link),
               ("● 点甲\n— 划乙",))


def _bad_word() -> Iterator[Made]:
    good = package(paragraph(FIGURE) * 200)
    yield Made("坏/断.docx", good[: len(good) // 2], reason="损坏")
    flipped = bytearray(good)
    at = good.index(b"word/document.xml") + 60
    flipped[at] ^= 0xFF
    yield Made("坏/翻位.docx", bytes(flipped), reason="损坏")
    yield Made("坏/不是.docx", b"not a zip at all" * 9, reason="可能已损坏")
    yield Made("坏/空包.docx", zipped({"a.txt": b"x"}), reason="没有Word正文")
    yield Made("坏/没有字.docx", package("<w:p/>"), reason="没有文字")
    yield Made("坏/炸弹.docx", zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b" " * (65 * 2**20)}), reason="过大")
    laughs = '<!DOCTYPE a [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;&a;">]>' + f'<w:document xmlns:w="{W}"><w:body>{paragraph("&b;")}</w:body></w:document>'
    yield Made("坏/实体.docx", zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": laughs.encode()}), reason="实体声明")
    outside = f'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{W}"><w:body>{paragraph("&a;")}</w:body></w:document>'
    yield Made("坏/外部实体.docx", zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": outside.encode()}), reason="实体声明")
    deep = f'<w:document xmlns:w="{W}"><w:body>{"<w:sdt>" * 100_000}'
    yield Made("坏/深.docx", zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": deep.encode()}), reason="XML不完整")
    yield Made("坏/外来.docx", package('<w:altChunk r:id="x"/>'), reason="嵌入的外来文档")
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(480)
    yield Made("坏/加密.docx", locked, reason="已加密")
    yield Made("坏/加密.doc", _locked_doc(), reason="已加密")


def _locked_doc() -> bytes:
    """The beginning of an encrypted Word 97 file: its header's bit is set."""
    header = struct.pack("<HHHHHBB", 0xA5EC, 0x00C1, 0, 0x0804, 0, 0x00, 0x01)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + header + bytes(500) + "WordDocument".encode("utf-16-le")


# PDF


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


def _pdf() -> Iterator[Made]:
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


def _bad_pdf() -> Iterator[Made]:
    good = _one_page(FIGURE)
    yield Made("坏/断.pdf", good[: len(good) * 2 // 3], reason="不完整")
    yield Made("坏/加密.pdf", _one_page(FIGURE, encrypt=StandardEncryption("开", canPrint=1)), reason="密码")
    yield Made("坏/不是.pdf", b"%PDF-1.4 nothing more\n%%EOF\n", reason="打不开")
    yield Made("坏/扫描.pdf", _scanned(1), reason="扫描件")
    yield Made("坏/夹扫描页.pdf", _scanned(2), reason="第2页")
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


def _scanned(pages: int) -> bytes:
    """A PDF whose last page is nothing but a picture; pages before it have text."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    data = io.BytesIO()
    canvas = _canvas(data)
    for _ in range(pages - 1):
        _set(canvas, wrapped(FIGURE, 76), 60, 770)
        canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, *A4)
    canvas.save()
    return data.getvalue()


# Web pages


def _web() -> Iterator[Made]:
    page = (
        '<!DOCTYPE html><html><head><meta charset="{charset}"><title>题_网</title><style>p{{color:red}}</style></head><body>'
        '<div class="nav"><a href="/">首页</a><a href="/a">要闻动态</a><a href="/b">政务公开</a></div>'
        f"<h1>在会议上的讲话</h1><p>\u3000\u3000同志们:<br>{FIGURE[:10]}<b>{FIGURE[10:20]}</b><span>{FIGURE[20:]}</span></p>"
        f"<p>{STYLE[:9]}\n   {STYLE[9:]}</p><ol><li>第一件实事。</li><li><p>第二件实事。</p></li></ol>"
        "<table><tr><th>乡镇</th><th>产值</th></tr><tr><td>青石镇</td><td>12.6亿元</td></tr></table>"
        "<script>alert('脚本的话')</script><p style='display:none'>看不见的话</p><div hidden>也看不见</div><!-- 注释的话 -->"
        "<footer>版权所有</footer></body></html>"
    )
    holds = (FIGURE, STYLE, "1.第一件实事。\n2.第二件实事。", "乡镇\t产值\n青石镇\t12.6亿元", "在会议上的讲话\n")
    lacks = ("脚本的话", "看不见的话", "也看不见", "注释的话", "要闻动态", "color:red")
    for codec in ("utf-8", "gb2312", "gb18030", "utf-16", "big5"):
        text = page.format(charset=codec)
        if codec == "big5":
            text = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=big5"></head><body><p>關於經濟工作的報告,各位代表請審議。</p></body></html>'
            yield Made(f"网页/{codec}.html", text.encode(codec), ("關於經濟工作的報告,各位代表請審議。",))
        else:
            yield Made(f"网页/{codec}.html", text.encode(codec), holds, lacks)
    yield Made("网页/标错编码.htm", page.format(charset="iso-8859-1").encode("gb18030"), holds, lacks)
    yield Made("网页/没有标编码.htm", page.format(charset="").encode(), holds, lacks)
    yield Made("网页/其实是网页.doc", page.format(charset="utf-8").encode(), holds, lacks)
    yield Made("网页/没有闭合.html", f"<p>{FIGURE}<p>{STYLE}<div><span>尾".encode(), (f"{FIGURE}\n{STYLE}\n尾",))
    yield Made("网页/全是脚本.html", b"<html><body><script>x</script></body></html>", reason="没有正文")
    yield Made("网页/嵌套.html", b"<div>" * 3000 + FIGURE.encode(), reason="嵌套")
    yield Made("网页/实体.html", "<p>第一&#12289;第二&nbsp;&mdash;第三&lt;四&gt;&#x4E94;</p><p>字数要够才能判断编码,所以多写一些汉字在这里。</p>".encode(), ("第一、第二 —第三<四>五",))
    mht = ("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=\"gb2312\"\r\n"
           "Content-Transfer-Encoding: quoted-printable\r\n\r\n")
    quoted = "".join(f"={byte:02X}" for byte in f"<html><body><p>{DUTY}</p></body></html>".encode("gb18030"))
    body = "=\r\n".join(quoted[at : at + 72] for at in range(0, len(quoted), 72))
    yield Made("网页/单个文件.mht", (mht + body + "\r\n--b--\r\n").encode("ascii"), (DUTY,))


# Text, old formats, everything else


def _text() -> Iterator[Made]:
    for codec in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"):
        text = "關於經濟工作的報告,各位代表請審議,會議在十點開始。" if codec == "big5" else FIGURE + STYLE
        yield Made(f"文本/{codec}.txt", text.encode(codec), (text,))
    yield Made("文本/换行.txt", f"{FIGURE}\r\n{STYLE}\r{DUTY}\n".encode(), (f"{FIGURE}\r\n{STYLE}\r{DUTY}\n",))
    yield Made("文本/空.txt", b"", reason="空的")
    yield Made("文本/截断.txt", FIGURE.encode()[:-1], reason="损坏")
    yield Made("文本/二进制.txt", bytes(range(256)) * 4, reason="不是")
    yield Made("文本/长行.txt", (FIGURE * 10_000).encode(), reason="一行长达")
    yield Made("文本/太长.txt", ((FIGURE + "\n") * 75_000).encode(), reason="超过上限")
    yield Made("文本/讲话#1.txt", FIGURE.encode(), (FIGURE,))


def _old() -> Iterator[Made]:
    """Files of old office programs; without LibreOffice their report must name it."""
    plain = saved(_with("在青溪县会议上的讲话", FIGURE, STYLE))
    link = {"n": ("numbering", "numbering.xml")}
    official = numbering([("chineseCounting", "%1、"), ("chineseCounting", "(%2)")])
    listed_ = package(listed("抓作风", 1) + listed("求实", 1, 1) + listed("抓落实", 1), parts={"word/numbering.xml": official}, relations=link)
    if office.program() is None:
        for name in ("旧/a.doc", "旧/a.rtf", "旧/a.odt", "旧/a.wps"):
            head = {"a.rtf": rb"{\rtf1 x}", "a.odt": zipped({"mimetype": b"application/vnd.oasis.opendocument.text"})}.get(name[2:])
            yield Made(name, head or b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), reason="LibreOffice")
        return
    for extension, data in converted(plain, "doc", "rtf", "odt").items():
        yield Made(f"旧/讲话.{extension}", data, (FIGURE, STYLE))
        if extension == "doc":
            yield Made("旧/讲话.wps", data, (FIGURE, STYLE))
            yield Made("旧/断.doc", data[: len(data) // 2], reason="")
    yield Made("旧/编号.doc", converted(listed_, "doc")["doc"], ("一、抓作风\n(一)求实\n二、抓落实",))


def converted(data: bytes, *extensions: str) -> dict[str, bytes]:
    """A .docx in other formats, by LibreOffice."""
    place = office.program()
    assert place is not None
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.docx"
        source.write_bytes(data)
        for extension in extensions:
            subprocess.run([place, f"-env:UserInstallation={(Path(folder) / 'p').as_uri()}", "--headless", "--convert-to", extension,
                            "--outdir", folder, str(source)], check=True, capture_output=True, timeout=120)
            found[extension] = (Path(folder) / f"a.{extension}").read_bytes()
    return found


def _others() -> Iterator[Made]:
    yield Made("其他/表.xlsx", zipped({"xl/workbook.xml": b"<x/>"}), reason="表格")
    yield Made("其他/稿.pptx", zipped({"ppt/presentation.xml": b"<x/>"}), reason="演示文稿")
    yield Made("其他/版式.ofd", zipped({"OFD.xml": b"<x/>"}), reason="OFD")
    yield Made("其他/包.zip", zipped({"a.txt": b"x"}), reason="不支持.zip格式")
    yield Made("其他/其实是包.doc", zipped({"a.txt": b"x"}), reason="压缩文件")
    yield Made("其他/无扩展名", FIGURE.encode(), reason="没有扩展名")
    yield Made("其他/库.jsonl", f'{{"id": 1, "title": "题", "text": "{FIGURE}"}}\n'.encode(), (FIGURE,))
    yield Made("其他/坏库.jsonl", b'{"id": 1, "text": "a"}\n{"id": 2', reason="第2行")
    yield Made("其他/图.png", b"\x89PNG\r\n\x1a\n", reason="不支持.png格式")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    shutil.rmtree(target, ignore_errors=True)
    sys.stdout.write(f"{len(write(target))} files\n")
