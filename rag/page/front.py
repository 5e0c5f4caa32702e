"""The head of the page: its name, what a visitor may switch, who he is; how its tabs and buttons are named; files to take away."""

from __future__ import annotations

import base64

from rag.page.markup import Markup, fill
from rag.page.people import Visitor

_HEADER = """<header class="brand"><button type="button" class="quiet" data-rail
 aria-expanded="false"><span aria-hidden="true">☰</span> 历史对话</button>
<span class="seal" aria-hidden="true">据</span><h1>言据</h1><p>问讲话，每一句都有出处</p>
<nav class="switches" aria-label="页面设置"><button type="button" class="quiet" data-theme><span
 class="to-dark">深色</span><span class="to-light">浅色</span></button>
<button type="button" class="quiet" data-language lang="{other}">{language}</button>{person}</nav></header>"""
_PERSON = '<span class="person"><bdi>{name}</bdi> · {role}</span><a class="quiet" href="logout">退出</a>'
PLACEHOLDER = "输入问题，按回车提问"
TABS = ("问答", "资料库", "索引", "反馈与记录")
BUTTONS = ("提问", "重建索引", "取消")
_STOP = '<button type="button" data-stop>停止</button>'
_MADE = '<div hidden data-file="{data}" data-name="{name}" data-type="{kind}" data-serial="{serial}"></div>'
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown",
    "jsonl": "application/jsonl",
}


def header(visitor: Visitor) -> Markup:
    """The page's name and its switches."""
    person = Markup("")
    if visitor.name:
        person = fill(_PERSON, name=visitor.name, role=fill("资料管理员") if visitor.librarian else fill("读者"))
    english = visitor.language == "en"
    return fill(_HEADER, other="zh-CN" if english else "en", language="中文" if english else "English", person=person)


def stop() -> Markup:
    """The button that stands in the place of 提问 while an answer is under way."""
    return fill(_STOP)


def made(name: str, data: bytes, serial: int) -> Markup:
    """A file for the user's downloads; the page's script takes it from here. `serial` tells one from the next."""
    kind = TYPES[name.rpartition(".")[2]]
    return fill(_MADE, data=base64.b64encode(data).decode("ascii"), name=name, kind=kind, serial=serial)
