"""Drafts of speeches for tests: a strategy that writes them, and ways to look at what was read."""

from hypothesis import strategies as st

from rag.outline.headings import heading_text
from rag.outline.parse import outline
from rag.outline.tree import Node, Speech
from rag.reading.document import Document

MARKS = [
    "一、", "二、", "三、", "十一、", "（一）", "(二)", "（ 三 ）", "1.", "２．", "3、", "(1)", "（２）", "①", "②", "第一,", "第二，",
    "第三、", "一是", "二是", "三是",
    "一要", "二要", "其一,", "其二，", "首先,", "其次，", "最后,", "——", "• ", "- ", "## ", "# ", "### ", "第一章 ", "第二章",
    "第一节 ", "第一条 ", "第二条",
    "第二部分", "**四、", "篇1", "第一篇", "四种作风:", "下面讲三点意见：", "附件：", "注:",
]
WORDS = [
    "同志们:", "各位代表！", "在青溪县政务工作会议上的讲话", "(2023年3月5日)", "目录", "压实责任", "全年投资1,236.8亿元,增长6.5%",
    "一、二、三月物价平稳",
    "第一季度开局良好", "第三产业占比过半", "他说:“二是要快”", "十二五期间", "总之,要实干。", "谢谢大家", "查看全文", "false",
    "青溪县人民政府", "这些成绩来之不易",
    "臺灣", "𠮷䶮", "🙂", "\ue000", "GDP", "二〇二四年", "２０２４", "《", "》", "“", "”", "（", ")", "5" * 40,
]
ENDS = [
    "。", "；", ",", "，", "：", ":", "！", "", " ", "　　",
    "\n", "\r\n", "\n\n", "\n　　", "\u2028", "\x1c", "\x85", "。\n", "……", "。 ",
]


def drafts(max_size: int = 40) -> st.SearchStrategy[str]:
    """Texts made of the marks, words and ends that outlines are made of, in any order, and of any other character."""
    piece = st.one_of(st.sampled_from(MARKS), st.sampled_from(WORDS), st.sampled_from(ENDS), st.text(max_size=3))
    return st.lists(piece, max_size=max_size).map("".join)


def document(text: str, path: str = "讲话.txt", title: str | None = None) -> Document:
    """A document of this text."""
    return Document(path, "0", "utf-8", text, title=title)


def speeches(text: str) -> tuple[Speech, ...]:
    """The parts of a document of this text."""
    return outline(document(text))


def headings(text: str) -> list[str]:
    """The headings of the first speech's tree, one a line, two spaces deeper at each level, "?" before what is stated."""
    speech = next(part for part in speeches(text) if part.kind == "speech")
    return list(_headings(text, speech.root, -1))


def _headings(text: str, node: Node, depth: int) -> list[str]:
    own = [] if depth < 0 or node.kind == "text" else ["  " * depth + heading_text(text, node)]
    return own + [line for child in node.children for line in _headings(text, child, depth + 1)]


def paths(text: str) -> list[tuple[str, ...]]:
    """The path of each paragraph of the first speech, in order."""
    return [paragraph.path for paragraph in next(part for part in speeches(text) if part.kind == "speech").paragraphs]
