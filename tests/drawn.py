"""What a browser makes of the page's parts, and exchanges for them to draw."""

from dataclasses import replace
from html.parser import HTMLParser

from rag.answer.reply import Answer, Citation, Coverage, Milliseconds, Sentence
from rag.page.exchange import Exchange

HOSTILE = ("<script>document.title='x'</script><img src=x onerror=alert(1)>![图](http://a.example/b.png) "
           "$$x^2$$ ${1+1} {{7*7}} \"'&amp;\u202e")
OURS = {"div", "section", "h2", "span", "p", "button", "footer", "bdi", "ul", "li", "ol", "article", "header", "blockquote", "mark",
        "strong", "nav", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "i", "details", "summary", "form", "label",
        "textarea", "input"}
VOID = {"input"}


class Seen(HTMLParser):
    """What a browser makes of HTML: its tags with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[dict[str, str | None]] = []
        self.words: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(dict(attributes))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append((data, tuple(one.get("class") or "" for one in self.open)))

    def text(self, inside: str = "") -> str:
        """The text, or that inside elements of one class."""
        return "".join(data for data, classes in self.words if not inside or any(inside in one.split() for one in classes))


def citation(n: int, text: str, quote: str, start: int, **other: object) -> Citation:
    """A citation of `quote`, which starts at `start` of its document."""
    made = Citation(n, "讲话.txt", None, "0" * 64, "在会上的讲话", ("三、加强队伍建设", "四种精神"), 21, start, start + len(quote),
                    quote, text, "《在会上的讲话》第三部分,第21段")
    return replace(made, **other)


def answer(text: str, sentences: list[Sentence], citations: list[Citation], **other: object) -> Answer:
    """An answer of one build."""
    made = Answer("问", text, False, None, tuple(sentences), tuple(citations), None, (), "20250101-000000-000", Milliseconds(1, 2, 80))
    return replace(made, **other)


PARAGRAPH = "一是认真负责的精神。" + "要坚持严谨细致。" * 20 + "二是无私奉献的精神。甘于吃苦。"
LIST = answer(
    "- 一是认真负责的精神[1]\n- 二是无私奉献的精神[2]",
    [Sentence("一是认真负责的精神", (1,)), Sentence("二是无私奉献的精神", (2,))],
    [citation(1, PARAGRAPH, "一是认真负责的精神", 100), citation(2, PARAGRAPH, "二是无私奉献的精神", 100 + PARAGRAPH.index("二是"))],
    coverage=Coverage(2, 2))
LISTED = Exchange(1, "是哪两种?", "done", answer=LIST, said=2)
REFUSED = Exchange(2, "高铁呢?", "done", said=1, answer=answer(
    "库中没有找到能回答这个问题的原文。", [Sentence("库中没有找到能回答这个问题的原文。")], [], refused=True,
    nearest=(citation(1, PARAGRAPH, PARAGRAPH, 100),)))
