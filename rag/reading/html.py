"""A web page's main text: its blocks as lines, a table's row as one line with tabs, numbered lists with their numbers.

Menus, scripts, forms, hidden elements, headers and footers of the page are left out and counted. Parsed as browsers do
by Lexbor (selectolax, MIT licence): lxml's parser is of HTML 4 and stops at 256 levels; trafilatura (Apache 2.0) guesses
what matters and drops paragraphs without a word. Leaves out styles, but for `display: none`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rag.errors import UnreadableFile
from rag.reading.counting import written
from rag.reading.decode import Decoded, decode
from rag.reading.extracted import Extracted, raised, row_lines
from rag.reading.leavings import STRUCK, Leavings

DEEPEST = 300  # levels; real pages have under 100
MOST_DEEP_BYTES = 4096  # in which a page names its encoding
_BY_HAND = "请用浏览器打开核对，把正文复制到记事本，另存为UTF-8编码的.txt。"
_AGAIN = "请重新保存，或用浏览器打开核对，把正文复制到.txt。"
_MENU_LINKS = 3
_MENU_SHARE = 0.6  # of the characters that stand in links; of text with references at most a third do
FRAMES = "嵌入的其他网页"
_SILENT = frozenset({"script", "style", "noscript", "template", "head", "link", "meta", "base", "param", "source", "track", "rt", "rp"})
_APART = {
    **dict.fromkeys(("nav", "aside", "footer", "header", "menu"), "页眉、页脚和导航"),
    **dict.fromkeys(("form", "button", "select", "input", "textarea", "label", "fieldset", "dialog"), "表单和按钮"),
    **dict.fromkeys(("img", "svg", "canvas", "picture", "video", "audio", "object", "embed", "map"), "图片和影音"),
    **dict.fromkeys(("iframe", "frame"), FRAMES),
    **dict.fromkeys(("s", "strike", "del"), STRUCK),
}
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hgroup hr html li"
    " main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SHELLS = ("article", "main", "section")  # a header in one of these is the text's own
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
_OPEN_TAG = re.compile(r"</?[A-Za-z][^<>]*")
_SCRIPTS = re.compile(r"<(/?(?:script|style))\b", re.IGNORECASE)
_SHELL = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_SHELL_END = re.compile(r"</(?:html|body)\b", re.IGNORECASE)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "cp950", "x-x-big5": "cp950",
              "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "ascii"}
# How a list's items are numbered (counting), by its attribute `type` or its style (CSS Counter Styles 3), and what stands behind.
_NUMBERS = {
    "A": ("upperLetter", "."), "a": ("lowerLetter", "."), "I": ("upperRoman", "."), "i": ("lowerRoman", "."), "none": ("none", ""),
    "upper-alpha": ("upperLetter", "."), "upper-latin": ("upperLetter", "."), "lower-alpha": ("lowerLetter", "."),
    "lower-latin": ("lowerLetter", "."), "upper-roman": ("upperRoman", "."), "lower-roman": ("lowerRoman", "."),
    **dict.fromkeys(("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"), ("chineseCounting", "、")),
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b([a-z]+(?:-[a-z]+)*)\s*(?:;|$|!)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]"
_BROKEN = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n]\s*(?={_WIDE})")


@dataclass(slots=True)
class _Links:
    """How much of an element is text, and how much of that links."""

    characters: int = 0
    linked: int = 0
    links: int = 0
    sentences: int = 0

    @property
    def menu(self) -> bool:
        return self.links >= _MENU_LINKS and self.linked >= _MENU_SHARE * self.characters and not self.sentences


def read(data: bytes, document: str, declared: str | None = None) -> Extracted:
    """The main text of the web page `data`; UnreadableFile where its encoding can't be told, it was cut off, or has no text.

    `declared` is the encoding that whoever sent the page named.
    """
    return with_text(shown(data, document, declared), document)


def shown(data: bytes, document: str, declared: str | None = None) -> Extracted:
    """As `read`, but a page without text gives none."""
    return _extracted(_decoded(data, document, declared.encode("ascii", "ignore") if declared else None), document)


def with_text(made: Extracted, document: str) -> Extracted:
    """The same; UnreadableFile where it has no text."""
    if not made.text.strip():
        raise UnreadableFile(document, f"网页里没有正文（只有脚本、链接或图片）：{_BY_HAND}")
    return made


def _decoded(data: bytes, document: str, declared: bytes | None) -> Decoded:
    """The page's text by the evidence of its characters; where that is thin, by the encoding that it names."""
    try:
        return decode(data, document)
    except UnreadableFile:
        match = _CHARSET.search(data[:MOST_DEEP_BYTES]) or _XML_ENCODING.match(data[:MOST_DEEP_BYTES])
        name = (declared or (match[1] if match else b"")).decode("ascii").lower()
        codec = _SUPERSETS.get(name, name)
        try:
            text = data.decode(codec)
            if codec and text.encode(codec) == data:
                return Decoded(text, codec)
        except (LookupError, ValueError):
            pass
        raise


def _extracted(decoded: Decoded, document: str) -> Extracted:
    if _is_cut(decoded.text):
        raise UnreadableFile(document, f"网页不完整（末尾断在标签、脚本或正文中间），可能没有下载完：{_AGAIN}")
    body = LexborHTMLParser(decoded.text).body
    page = _Page(document)
    if body is not None:
        page.read(body)
    return Extracted("\n".join(page.lines), decoded.codec, (), page.leavings.found())


def _is_cut(text: str) -> bool:
    """Whether a page ends amid a tag, a comment or a script, or amid the text of a body that was opened and nothing closed."""
    end = text.rstrip(" \t\r\n\0")
    if _OPEN_TAG.fullmatch(end, max(end.rfind("<"), 0)):
        return True
    silent = [match[1].lower() for match in _SCRIPTS.finditer(end)]
    if silent and not silent[-1].startswith("/"):
        return True
    last = end.lower().rfind("</script")
    if end.rfind("<!--", max(last, 0)) > end.rfind("-->"):
        return True
    return _SHELL.search(end) is not None and _SHELL_END.search(end) is None and not end.endswith(">")


class _Page:
    """One page while it is being read."""

    def __init__(self, document: str) -> None:
        self.lines: list[str] = []
        self.leavings = Leavings()
        self._document = document
        self._line: list[str] = []
        self._prefix = ""  # the number of a list's item, before its first line
        self._links: dict[int, _Links] = {}

    def read(self, body: LexborNode) -> None:
        """Read the whole page."""
        self._count(body, 0, linked=False)
        self._walk(body, shell=False, kept=False)
        self._end_line()

    def _count(self, node: LexborNode, depth: int, *, linked: bool) -> _Links:
        """How much of each element links, from the leaves up."""
        if depth > DEEPEST:
            raise UnreadableFile(self._document, f"网页的元素嵌套超过{DEEPEST}层，不像正常的网页：请用浏览器打开，把正文复制到.txt。")
        found = self._links[node.mem_id] = _Links()
        for inner in _inside(node):
            if inner.is_text_node:
                text = "".join((inner.text_content or "").split())
                own = _Links(len(text), len(text) if linked else 0, 0, 0 if linked else text.count("。"))
            elif inner.tag in _SILENT or inner.is_comment_node:
                continue
            else:
                own = self._count(inner, depth + 1, linked=linked or inner.tag == "a")
                own.links += inner.tag == "a"
            found.characters += own.characters
            found.linked += own.linked
            found.links += own.links
            found.sentences += own.sentences
        return found

    def _walk(self, node: LexborNode, *, shell: bool, kept: bool) -> None:
        """Read what is inside an element; `shell` says that it stands in the text's own frame, `kept` keeps white space."""
        number = _first_number(node)
        for inner in _inside(node):
            tag = inner.tag or ""
            if inner.is_text_node:
                self._line.append(_text(inner.text_content or "", kept=kept))
            elif inner.is_comment_node or tag in _SILENT:
                continue
            elif tag == "br":
                self._end_line()
            elif not self._leave_out(inner, tag, shell=shell):
                if tag in _BLOCKS:
                    self._end_line()
                if tag == "li" and number is not None:
                    number = _number(inner, number)
                    self._prefix = _label(node, inner, number)
                    number += 1
                if tag == "tr":
                    self._row(inner, shell=shell)
                elif tag == "sup":
                    self._raised(inner, shell=shell, kept=kept)
                else:
                    self._walk(inner, shell=shell or tag in _SHELLS, kept=kept or tag == "pre")
                if tag in _BLOCKS:
                    self._end_line()

    def _leave_out(self, node: LexborNode, tag: str, *, shell: bool) -> bool:
        """Whether an element is no part of the main text; then it is counted."""
        kind = _APART.get(tag)
        if tag == "header" and shell:
            kind = None
        if kind is None and ("hidden" in node.attributes or _HIDDEN.search(node.attributes.get("style") or "")):
            kind = "隐藏的内容"
        if kind is None and _THROUGH.search(node.attributes.get("style") or ""):
            kind = STRUCK
        if kind in ("页眉、页脚和导航", "表单和按钮") and self._links[node.mem_id].sentences > 1:
            kind = None  # a page whose whole text stands in a form, as some systems write it
        if kind is None and tag in _BLOCKS and self._links[node.mem_id].menu:
            kind = "导航链接"
        if kind is None:
            return False
        self.leavings.add(kind, "" if kind == "图片和影音" else " ".join(node.text(separator=" ").split()))
        return True

    def _row(self, row: LexborNode, *, shell: bool) -> None:
        """A table's row: one line where no cell has several, else the cells' lines in order."""
        cells: list[list[str]] = []
        for cell in (inner for inner in _inside(row) if inner.tag in ("td", "th")):
            if self._leave_out(cell, cell.tag or "", shell=shell):
                continue
            outer, self.lines = self.lines, []
            self._walk(cell, shell=shell, kept=False)
            self._end_line()
            cells.append(self.lines)
            self.lines = outer
        self.lines += [line for line in row_lines(cells) if line.strip()]

    def _raised(self, node: LexborNode, *, shell: bool, kept: bool) -> None:
        at = len(self._line)
        self._walk(node, shell=shell, kept=kept)
        self._line[at:] = [raised(piece) for piece in self._line[at:]]

    def _end_line(self) -> None:
        lines = "".join(self._line).split("\n")
        for line in (re.sub(" {2,}", " ", line).strip(" \t") for line in lines):
            if line.strip():
                self.lines.append(self._prefix + line)
                self._prefix = ""
        self._line = []


def _inside(node: LexborNode) -> Iterator[LexborNode]:
    return node.iter(include_text=True)


def _text(text: str, *, kept: bool) -> str:
    """A text node as a browser shows it; a line end in the source between Chinese characters is no space."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if kept else _SPACE.sub(" ", _BROKEN.sub("", text))


def _first_number(node: LexborNode) -> int | None:
    """The number of the first item of a numbered list; None for what is none."""
    return _integer(node.attributes.get("start"), 1) if node.tag == "ol" else None


def _label(numbered: LexborNode, item: LexborNode, number: int) -> str:
    """The number that a browser shows before an item of a list."""
    for node in (item, numbered):
        style = _LIST_STYLE.search(node.attributes.get("style") or "")
        for name in (style[1].lower() if style else "", node.attributes.get("type") or ""):
            if name in _NUMBERS:
                form, behind = _NUMBERS[name]
                return written(number, form) + behind
    return f"{number}."


def _number(item: LexborNode, number: int) -> int:
    return _integer(item.attributes.get("value"), number)


def _integer(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and re.fullmatch(r"\d{1,6}", value.strip()) else otherwise
