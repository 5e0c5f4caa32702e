"""Word files as offices have them: plain, odd, broken."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Iterator

import docx

from tests.offices.made import DUTY, FIGURE, RARE, STYLE, Made, zipped
from tests.offices.package import STRICT, R, W, listed, numbering, package, paragraph, saved, written


def word() -> Iterator[Made]:
    """Word files that are plain, tabled and headed."""
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
    yield Made("多语.docx", saved(written(RARE, "GDP grew 5.2% in 2023.", "繁體字:關於經濟工作的報告。")), (RARE, "GDP grew 5.2% in 2023.", "關於經濟工作"))


def odd_word() -> Iterator[Made]:
    """Word files with numbers, notes, changes, boxes and fields."""
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
            '<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的字</w:t></w:r><w:r><w:rPr><w:dstrike/></w:rPr><w:t>划去的字</w:t></w:r>'
            '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>换行后</w:t>'
            '<w:noBreakHyphen/><w:t>C</w:t></w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>注音</w:t></w:r></w:rubyBase></w:ruby>'
            '<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath></w:p>')
    yield Made("控件和域.docx", package(body), ("控件里的段落。\n链接文字2024年3月5日域结果A\tB\n换行后-C注音x+y",), ("DATE", "隐藏的字", "划去的字", "pin"))
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


def changed_word() -> Iterator[Made]:
    """Word files whose numbered paragraphs a tracked change took away or moved: the numbers are those that then stand."""
    link = {"n": ("numbering", "numbering.xml")}
    official = {"word/numbering.xml": numbering([("chineseCounting", "%1、")])}
    numbers = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone, left = (f'<w:p><w:pPr>{numbers}<w:rPr><w:{kind}/></w:rPr></w:pPr><w:{kind}><w:r><w:{word}>删去的事</w:{word}></w:r></w:{kind}></w:p>'
                  for kind, word in (("del", "delText"), ("moveFrom", "t")))
    came = f"<w:p><w:pPr>{numbers}<w:rPr><w:moveTo/></w:rPr></w:pPr><w:moveTo><w:r><w:t>搬来的事</w:t></w:r></w:moveTo></w:p>"
    yield Made("编号/删段.docx", package(listed("甲", 1) + gone + listed("丙", 1) + listed("丁", 1), parts=official, relations=link),
               ("一、甲\n二、丙\n三、丁",), ("删去的事",))
    yield Made("编号/删段接正文.docx", package(listed("甲", 1) + gone + paragraph("不编号。") + listed("丁", 1), parts=official, relations=link),
               ("一、甲\n不编号。\n二、丁",), ("删去的事",))
    yield Made("编号/移段.docx", package(listed("甲", 1) + left + listed("丙", 1) + came, parts=official, relations=link), ("一、甲\n二、丙\n三、搬来的事",))


def drawn_word() -> Iterator[Made]:
    """Word files with what is drawn: WordArt, formulas, raised numbers, an embedded table."""
    art = '<w:p><w:r><w:pict><v:shape><v:textpath string="青溪县人民政府文件"/></v:shape></w:pict></w:r></w:p>'
    yield Made("艺术字.docx", package(art + paragraph(FIGURE)), ("青溪县人民政府文件\n" + FIGURE,))
    share = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f>"
    yield Made("公式.docx", package(f"<w:p><w:r><w:t>占</w:t></w:r><m:oMath>{share}</m:oMath><w:r><w:t>以上。</w:t></w:r></w:p>"), ("占1/3以上。",))
    high = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
    body = f"<w:p><w:r><w:t>库容10</w:t></w:r>{high.format(8)}<w:r><w:t>立方米,面积3km</w:t></w:r>{high.format(2)}<w:r><w:t>,见附注</w:t></w:r>{high.format('[1]')}</w:p>"
    yield Made("上标.docx", package(body), ("库容10⁸立方米,面积3km²,见附注[1]",))
    sheet = '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>'
    yield Made("嵌入表格.docx", package(sheet + paragraph(FIGURE)), (FIGURE,))


def bad_word() -> Iterator[Made]:
    """Word files that are cut off, locked and hostile."""
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
    double = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(double, "w") as archive:
        warnings.simplefilter("ignore")
        for text in (FIGURE, STYLE):
            archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{paragraph(text)}</w:body></w:document>')
    yield Made("坏/同名部件.docx", double.getvalue(), reason="同名")
    yield Made("坏/外来.docx", package('<w:altChunk r:id="x"/>'), reason="嵌入的外来文档")
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(480)
    yield Made("坏/加密.docx", locked, reason="已加密")
    yield Made("坏/加密.doc", _locked_doc(), reason="已加密")


def _locked_doc() -> bytes:
    """The beginning of an encrypted Word 97 file: its header's bit is set."""
    header = struct.pack("<HHHHHBB", 0xA5EC, 0x00C1, 0, 0x0804, 0, 0x00, 0x01)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + header + bytes(500) + "WordDocument".encode("utf-16-le")
