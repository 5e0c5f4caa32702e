"""What a line shows by itself: whom it addresses, a date, a title of a genre, the residue of a web page.

Leaves out what only the lines around it tell (`titles`, `endings`).
"""

from __future__ import annotations

import re

from rag.writing.patterns import regex

TITLE_CHARACTERS = 80  # a longer line is a paragraph
NUMERAL = r"[一二三四五六七八九十百]{1,4}|[0-9０-９]{1,3}"
_GENRE = regex(
    "(?:讲话|报告|致辞|致词|发言|演讲|主持词|讲稿|贺词|献词|开幕词|闭幕词|谈话|汇报|倡议书|公开信|通知|通报|意见|方案|公告|决定|总结)"
    r"(?:稿|材料|提纲|全文|摘要)?[(（\d年月日)）]*$"
)
_SALUTATION = regex(
    "^(?:尊敬的|敬爱的)?.{0,40}(?:同志们|同志|代表|委员|来宾|朋友们|女士们|先生们|各位|阁下|同事们?)[,，、 ]?.{0,20}[:：!！]$|"
    "^(?:尊敬的|敬爱的|亲爱的|广大).{1,40}[:：!！]$|"
    "^(?:.{1,40}[,，、])?各.{1,60}(?:政府|委员会|部门|单位|机构|企业|办公室|[厅局处委会])[)）]?[:：]$"
)
_DIGIT = "[0-9０-９〇○零一二三四五六七八九十xX×]"
_DAY = rf"{_DIGIT}{{2,4}}\s*年\s*{_DIGIT}{{1,3}}\s*月(?:\s*{_DIGIT}{{1,3}}\s*日)?"
_DATE = regex(rf"^[（(]?\s*{_DAY}\s*[)）]?$")
_SIGNATURE = regex(rf"^(?:.{{2,40}}\s)?[（(]?\s*{_DAY}\s*[)）]?(?:\s*[（(【\[].{{0,20}})?$")
_CONTENTS = regex(r"^目\s*[录次][:：]?$")
_END_MARK = regex(r"[。！？!?；;,，、:：]$")
_MARKED = regex(rf"^(?:第?(?:{NUMERAL})[、.．章节条]|[(（](?:{NUMERAL})[)）])")
# Words of web pages and of scripts that printed themselves; none is speech.
_PAGE_RESIDUE = regex(
    r"^(?:[\[【(（]?(?:点击|展开|查看|阅读|显示)?(?:全文|更多|原文|详情|剩余\d*%?)[\]】)）>》]*|返回(?:顶部|首页|列表|上一页)?|(?:上|下)一[篇页条]?[:：]?.{0,60}|"
    r"[\[【(（]?(?:打印|关闭|收藏|分享|点赞|举报|评论)(?:本[页文]|窗口|文章|到.{0,8})?[\]】)）]?|责任编辑[:：]?.{0,20}|编辑[:：].{0,20}|"
    r"(?:相关|推荐|延伸)(?:阅读|文章|链接|推荐)[:：]?.{0,60}|版权(?:所有|声明).{0,60}|扫一?扫.{0,20}|"
    r"(?:copyright|©).{0,80}|.{0,20}ICP备.{0,40}|.{0,10}公网安备.{0,40}|网站(?:地图|声明|标识码).{0,40}|(?:主办|承办|技术支持)(?:单位)?[:：].{0,40}|"
    r"(?:您?(?:当前|现在)?的?位置[:：].{0,80}|首页\s*[>》/|].{0,80})|[\[【(（]?字[体号][:：]?[\s大中小\[\]【】|]*[)）]?|"
    r"(?:浏览|阅读|点击)(?:次数|量|数)?[:：]\s*\d*次?|(?:public domain|true|false|null|undefined|nan|none|\[object object\]))$",
    re.IGNORECASE,
)
_PARTICULARS = regex(
    r"^(?:索\s*引\s*号|主题(?:分类|词)|发文(?:机关|机构|字号|日期)|成文日期|发布(?:日期|时间|机构)|信息来源|公开(?:方式|范围)|有\s*效\s*性)[:：].{0,60}$"
)


def is_salutation(line: str) -> bool:
    """Whether `line` only addresses the audience (同志们: 各位代表:)."""
    return bool(_SALUTATION.match(line))


def is_date(line: str) -> bool:
    """Whether `line` is a date and nothing else, in brackets or not."""
    return bool(_DATE.match(line))


def is_signature(line: str) -> bool:
    """Whether `line` is a date, perhaps after the name of who signed and before a note in brackets."""
    return bool(_SIGNATURE.match(line))


def is_contents(line: str) -> bool:
    """Whether `line` is the head of a table of contents."""
    return bool(_CONTENTS.match(line))


def is_residue(line: str) -> bool:
    """Whether `line` is what a web page, or the script that took it, left around the text."""
    return bool(_PAGE_RESIDUE.match(line))


def is_particular(line: str) -> bool:
    """Whether `line` is of the table of particulars that stands over a document on a government's web page."""
    return bool(_PARTICULARS.match(line))


def is_numbered(line: str) -> bool:
    """Whether `line` opens with the number of a section or item."""
    return bool(_MARKED.match(line))


def ends_with_mark(line: str) -> bool:
    """Whether `line` ends with a mark, as no title does."""
    return bool(_END_MARK.search(line))


def is_title_like(line: str) -> bool:
    """Whether `line` could be a title by its length and marks."""
    return len(line) <= TITLE_CHARACTERS and not (ends_with_mark(line) or is_numbered(line) or is_contents(line))


def is_genre_title(line: str) -> bool:
    """Whether `line` could be a title and ends with its genre (讲话, 报告, 通知)."""
    return is_title_like(line) and tells_genre(line)


def tells_genre(line: str) -> bool:
    """Whether `line` ends with a genre, be it a title or only the last piece of one."""
    return bool(_GENRE.search(line))
