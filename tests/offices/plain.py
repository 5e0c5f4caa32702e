"""Web pages, text, old formats and everything else."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rag.reading import office
from tests.offices.made import DUTY, FIGURE, STYLE, Made, zipped
from tests.offices.package import listed, numbering, package, saved, written


def web() -> Iterator[Made]:
    """Web pages of many encodings."""
    page = (
        '<!DOCTYPE html><html><head><meta charset="{charset}"><title>题_网</title><style>p{{color:red}}</style></head><body>'
        '<div class="nav"><a href="/">首页</a><a href="/a">要闻动态</a><a href="/b">政务公开</a></div>'
        f"<h1>在会议上的讲话</h1><p>\u3000\u3000同志们:<br>{FIGURE[:10]}<b>{FIGURE[10:20]}</b><span>{FIGURE[20:]}</span><s>划去的话</s></p>"
        f"<p>{STYLE[:9]}\n   {STYLE[9:]}</p><ol><li>第一件实事。</li><li><p>第二件实事。</p></li></ol>"
        "<table><tr><th>乡镇</th><th>产值</th></tr><tr><td>青石镇</td><td>12.6亿元</td></tr></table>"
        "<script>alert('脚本的话')</script><p style='display:none'>看不见的话</p><div hidden>也看不见</div><p style='text-decoration: line-through'>也划去了</p><!-- 注释的话 -->"
        "<footer>版权所有</footer></body></html>"
    )
    holds = (FIGURE, STYLE, "1.第一件实事。\n2.第二件实事。", "乡镇\t产值\n青石镇\t12.6亿元", "在会议上的讲话\n")
    lacks = ("划去", "脚本的话", "看不见的话", "也看不见", "注释的话", "要闻动态", "color:red")
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
    lists = (f'<ol type="A"><li>{DUTY}</li><li>{STYLE}</li></ol><ol start="3" style="list-style-type:lower-roman"><li>{FIGURE}</li></ol>'
             '<ol style="list-style: none"><li>无号。</li></ol><ol style="list-style-type:cjk-ideographic"><li>汉字号。</li></ol><p>库容10<sup>8</sup>方。</p>')
    yield Made("网页/各种编号.html", lists.encode(), (f"A.{DUTY}\nB.{STYLE}\niii.{FIGURE}\n无号。\n一、汉字号。\n库容10⁸方。",))
    whole = f"<html><body><p>{FIGURE}</p><p>{STYLE}</p>"
    for name, end in (("标签", "<p cla"), ("脚本", "<script>var a"), ("注释", "<!-- 版权"), ("正文", "<p>各乡镇")):
        yield Made(f"网页/断在{name}.html", (whole + end).encode(), reason="网页不完整")
    quoted = "".join(f"={byte:02X}" for byte in f"<html><body><p>{DUTY}</p></body></html>".encode("gb18030"))
    body = "=\r\n".join(quoted[at : at + 72] for at in range(0, len(quoted), 72))
    yield Made("网页/单个文件.mht", (mht + body + "\r\n--b--\r\n").encode("ascii"), (DUTY,))
    yield Made("网页/断在词间.mht", (mht + body).encode("ascii"), reason="单个文件网页不完整")
    frame = "\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>frame</p>\r\n--b--\r\n"
    named = "".join(f"={byte:02X}" for byte in b'<iframe src="cid:f"></iframe>')
    yield Made("网页/自报框架.mht", (mht + body + "=\r\n" + named + frame).encode("ascii"), (DUTY,), ("frame",))
    yield Made("网页/有框架.mht", (mht + body + frame).encode("ascii"), (DUTY,), ("frame",))
    inner = "\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>{}</p>"
    framed = (mht + body + inner.format(f"{FIGURE}</p><p>{STYLE}") + inner.format("晴,12度")).encode() + frame.encode()
    yield Made("网页/正文在框架.mht", framed, (f"{DUTY}\n{FIGURE}\n{STYLE}",), ("frame", "晴"))
    parted = (mht + "<frameset cols=3D'1,2'><frame src=3D'cid:f'></frameset>" + inner.format(FIGURE) + "\r\n--b--\r\n").encode()
    yield Made("网页/只有框架.mht", parted, (FIGURE,))


def text() -> Iterator[Made]:
    """Text files."""
    for codec in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"):
        text = "關於經濟工作的報告,各位代表請審議,會議在十點開始。" if codec == "big5" else FIGURE + STYLE
        yield Made(f"文本/{codec}.txt", text.encode(codec), (text,))
    yield Made("文本/换行.txt", f"{FIGURE}\r\n{STYLE}\r{DUTY}\n".encode(), (f"{FIGURE}\r\n{STYLE}\r{DUTY}\n",))
    yield Made("文本/空.txt", b"", reason="空的")
    yield Made("文本/截断.txt", FIGURE.encode()[:-1], reason="损坏")
    yield Made("文本/二进制.txt", bytes(range(256)) * 4, reason="不是")
    yield Made("文本/长行.txt", (FIGURE * 10_000).encode(), reason="一行长达")
    yield Made("文本/太长.txt", ((FIGURE + "\n") * 75_000).encode(), reason="超过上限")
    yield Made("文本/太多行.txt", "一\n".encode() * 200_001, reason="200001行")
    yield Made("文本/两种编码.txt", (FIGURE + "\n").encode("gb18030") * 9 + "各乡镇要逐条对照".encode(), reason="第10行像是UTF-8")
    yield Made("文本/锟斤拷.txt", f"{FIGURE}锟斤拷{STYLE}".encode(), reason="已经丢失")
    yield Made("文本/接起来.txt", f"{FIGURE}\n\ufeff{STYLE}".encode("utf-8-sig"), (FIGURE, STYLE))
    yield Made("文本/讲话#1.txt", FIGURE.encode(), (FIGURE,))


def old() -> Iterator[Made]:
    """Files of old office programs; without LibreOffice their report must name it."""
    plain = saved(written("在青溪县会议上的讲话", FIGURE, STYLE))
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
        if extension == "rtf":
            end = data.rindex(b"{\\loch")
            yield Made("旧/断.rtf", data[:end], reason="没有结尾")
            yield Made("旧/早完.rtf", data.replace(b"{\\fonttbl", b"z\\fonttbl"), reason="在结尾之前")
            yield Made("旧/掉了斜杠.rtf", data[: end + 1] + b"\x1c" + data[end + 2 :], reason="“loch”混进了文字")
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


def others() -> Iterator[Made]:
    """Everything else."""
    yield Made("其他/表.xlsx", zipped({"xl/workbook.xml": b"<x/>"}), reason="表格")
    yield Made("其他/稿.pptx", zipped({"ppt/presentation.xml": b"<x/>"}), reason="演示文稿")
    yield Made("其他/版式.ofd", zipped({"OFD.xml": b"<x/>"}), reason="OFD")
    yield Made("其他/宏.docm", zipped({"word/document.xml": b"<x/>"}), reason="另存为.docx")
    yield Made("其他/公文.ceb", b"CEB", reason="导出为带文字的PDF")
    yield Made("其他/包.zip", zipped({"a.txt": b"x"}), reason="不支持.zip格式")
    yield Made("其他/其实是包.doc", zipped({"a.txt": b"x"}), reason="压缩文件")
    yield Made("其他/无扩展名", FIGURE.encode(), reason="没有扩展名")
    yield Made("其他/库.jsonl", f'{{"id": 1, "title": "题", "text": "{FIGURE}"}}\n'.encode(), (FIGURE,))
    yield Made("其他/坏库.jsonl", b'{"id": 1, "text": "a"}\n{"id": 2', reason="第2行")
    yield Made("其他/图.png", b"\x89PNG\r\n\x1a\n", reason="不支持.png格式")
