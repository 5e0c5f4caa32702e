"""What of a wording asks: small talk, what the user takes back, and orders to the answerer left out.

A fragment beside the question that tells where it is said or what it is about (…?十三大报告) is put before it.
"""

from __future__ import annotations

import re

from rag.answer.classifiers import CN, MEASURES
from rag.answer.congresses import CONGRESS
from rag.answer.kinds import asks
from rag.answer.periods import TIME
from rag.answer.spelling import spelled
from rag.writing.patterns import any_of, regex
from rag.writing.words import words

# Orders to the answerer rather than questions of the library.
_ORDERS = any_of(
    "别管|不用管|(?:先|直接|只)(?:输出|打印|回复|回答|写)[“\"「']|替[^,，。]{1,8}(?:写|编|造|说)(?:一|几|个)|不管|忽略|无视|不要(?:检索|引用|管|回答|说)|不必(?:检索|引用|管)|用自己的话|照我说|按(?:照)?你|你(?:现在)?是|假装|扮演|必须给|一定要给|不许|不准说|不得拒绝|夸张|随便(?:编|写|给)|编(?:一|个)|系统提示",
    "^先[说讲谈列](?!.{0,8}(?:什么|啥|哪|谁|怎|多少))|^(?:不|别)等[^,，。]{1,6}[,，。]?$",  # how to go about it, not what is asked
)
_POINTS_ON = regex(f"呢[?？。！!]?$|^第[{CN}\\d]{{1,3}}")  # of the sentences that ask nothing themselves, one that says of what
# What the user takes back while typing: 湖南长株潭…不是,问湖南城镇化率.
_CORRECTED = regex("^.{1,40}?(?:[…—.\\-]+|[,，。])\\s*(?:哦|噢|啊)?(?:不是|不对|错了|说错了|打错了|记错了)[,，。](?:问|我问|是问)?(?=.{4})")
# Who wants it and what for, in a clause before the question: 处长要一段话:…, 写简报用,…; with a colon less is needed to tell.
_PURPOSES = (
    "(?:写|做|弄|编|填|起草|撰写|准备|整理|修改)(?!好)[^,:的]{0,6}?(?:材料|稿子?|简报|专报|提案|ppt|课件|汇报|板报|展板|海报|发言|总结|提纲|题|作业"
    "|讲义|论文|文章|推送|台账|表格?)(?:[要得]?用|时用)?",
    "(?:要|需要|等着|急)[着]?用$|上会(?:要?用)?$|备课(?:要?用)?$|[^,:]{0,6}布置的?(?:作业|任务)$",
)
_PURPOSE = any_of(*_PURPOSES)
_PURPOSE_BEFORE_COLON = any_of(
    "^(?:[^,:]{0,8}(?:[处科局厅部市县区镇乡站所]长|书记|主任|领导|老板|记者|同事|群众|网友|企业|代表|委员|专家|老师|秘书处?|有人|对方|上[面级])[在来]?"
    "(?:[要想催问等]|[让叫][我们])|[^,:]{0,2}(?:[要想](?:[一个份用段篇问]|知道)|问|[让叫]我|帮|麻烦|急[用需要]))[^,:]{0,8}$",
    *_PURPOSES,
    "(?:要|帮我?|麻烦|得)?(?:核|查)(?:对|实|证|一)[^,:]{0,5}|考考[你您]?",
)
_FOR = regex("^(?:我们?|咱们?|[在给为替帮])+|[在要用得的来]+$")
_CLAUSE = regex("^([^,:?。]{2,24})([,:])(?=.{4})")
# A fragment that names a speech, an occasion, a time or a text, and what only says that it is told there.
_GENRE = "报告|讲话|致辞|发言|文件|政策|方案|意见|通知|办法|规划|纲要|计划|规定|条例|细则|解读|白皮书|公报|措施"
_CONTEXT = regex(
    f"{CONGRESS.pattern}|{_GENRE}|[^社委员协机工那]会(?:上|$)|会议|会晤|论坛|(?:\\d|[〇零一二三四五六七八九])年|那[次届场]$"
)
_TOLD_THERE = regex(
    "(?:里面?|上|中|当中)?(?:的)?(?:说法|口径|提法|讲法|表述|原话|原文|理由|解释)$|(?:里面?|上|中)?(?:就|也|都)?(?:[讲说提写有]|提[出到及])(?:[的过]|过的|到的)?$"
)
_NO_CONTEXT = regex("[我你您]|帮|谢|麻烦|系统|指令|[写核查编估](?![过的])|不用|随便|直接")
_NOMINAL = ("n", "vn", "j", "eng", "u", "r", "q", "f", "m", "t")  # parts of speech of a subject: 山西的, 城镇化这块
_CONTEXT_CHARACTERS = 20  # a longer sentence tells something of its own


def asked_part(wording: str) -> str:
    """What of `wording` asks: without sentences that ask nothing, where another does, and without orders to the answerer."""
    wording = _purposeless(_CORRECTED.sub("", wording))
    sentences = [part for part in re.split(r"(?<=[。！!?？;；\n])|对了[,，]?|另外[,，]?", wording) if part and part.strip()]
    asking = [part for part in sentences if asks(spelled(part)) or _POINTS_ON.search(part)]
    beside = [named for part in sentences if part not in asking and (named := _context(part))]
    kept = "".join((*(f"{named}," for named in beside), *asking)) if asking and len(asking) < len(sentences) else wording
    clauses = re.split(r"(?<=[,，:：。!！])", kept)
    free = [clause for clause in clauses if not _ORDERS.search(clause)]
    rest = "".join(free)
    return rest if free and asks(spelled(rest)) else kept


def _context(fragment: str) -> str:
    """What the fragment names, without that it is told there; empty where it names nothing that a question could be asked of."""
    bare = fragment.strip(" ()（）。.,，!！;；?？\n")
    named = _TOLD_THERE.sub("", bare).removesuffix("的")
    if len(bare) > _CONTEXT_CHARACTERS or _NO_CONTEXT.search(bare):
        return ""
    return named if _CONTEXT.search(spelled(bare)) or TIME.fullmatch(named) or _is_subject(bare) else ""


def _is_subject(bare: str) -> bool:
    """Whether the fragment is a place, or nouns alone: what the question is about."""
    cut = words(bare)
    nominal = (word.tag.startswith(_NOMINAL) or re.fullmatch(MEASURES, word.text) for word in cut)
    return any(word.tag.startswith("n") for word in cut) and all(nominal)


def _purposeless(wording: str) -> str:
    """`wording` without a clause before the question that only tells who wants it and what for; what the clause names stays."""
    clause = _CLAUSE.search(wording)
    purpose = (_PURPOSE_BEFORE_COLON if clause[2] == ":" else _PURPOSE) if clause is not None else None
    if clause is None or purpose is None or not purpose.search(clause[1]):
        return wording
    named, rest = _FOR.sub("", _FOR.sub("", purpose.sub("", clause[1]))), wording[clause.end() :]
    if not asks(spelled(rest)) and (clause[2] == "," or asks(spelled(named))):
        return wording if clause[2] == "," else f"{named}:{rest}"
    return f"{named},{rest}" if _context(named) else rest
