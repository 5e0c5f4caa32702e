"""What of a wording asks: small talk, what the user takes back, and orders to the answerer left out."""

from __future__ import annotations

import re

from rag.answer.classifiers import CN
from rag.answer.kinds import asks
from rag.answer.spelling import spelled
from rag.writing.patterns import any_of, regex

# Orders to the answerer rather than questions of the library.
_ORDERS = any_of(
    "别管|不用管|(?:先|直接|只)(?:输出|打印|回复|回答|写)[“\"「']|替[^,，。]{1,8}(?:写|编|造|说)(?:一|几|个)|不管|忽略|无视|不要(?:检索|引用|管|回答|说)|不必(?:检索|引用|管)|用自己的话|照我说|按(?:照)?你|你(?:现在)?是|假装|扮演|必须给|一定要给|不许|不准说|不得拒绝|夸张|随便(?:编|写|给)|编(?:一|个)|系统提示",
    "^先[说讲谈列](?!.{0,8}(?:什么|啥|哪|谁|怎|多少))|^(?:不|别)等[^,，。]{1,6}[,，。]?$",  # how to go about it, not what is asked
)
_POINTS_ON = regex(f"呢[?？。！!]?$|^第[{CN}\\d]{{1,3}}")  # of the sentences that ask nothing themselves, one that says of what
# What the user takes back while typing: 湖南长株潭…不是,问湖南城镇化率.
_CORRECTED = regex("^.{1,40}?(?:[…—.\\-]+|[,，。])\\s*(?:哦|噢|啊)?(?:不是|不对|错了|说错了|打错了|记错了)[,，。](?:问|我问|是问)?(?=.{4})")


def asked_part(wording: str) -> str:
    """What of `wording` asks: without sentences that ask nothing, where another does, and without orders to the answerer."""
    wording = _CORRECTED.sub("", wording)
    sentences = [part for part in re.split(r"(?<=[。！!?？;；\n])|对了[,，]?|另外[,，]?", wording) if part and part.strip()]
    asking = [part for part in sentences if asks(spelled(part)) or _POINTS_ON.search(part)]
    kept = "".join(asking) if asking and len(asking) < len(sentences) else wording
    clauses = re.split(r"(?<=[,，:：。!！])", kept)
    free = [clause for clause in clauses if not _ORDERS.search(clause)]
    rest = "".join(free)
    return rest if free and asks(spelled(rest)) else kept
