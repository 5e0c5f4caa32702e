"""What of a sentence can be made false, one thing at a time: a figure, its unit, a time, a subject, a direction, a limit.

Each kind of change takes a true sentence and gives the false one, or None where there is nothing to change. One that the
paragraph happens to say after all is left out by `cases`.
"""

from __future__ import annotations

import re
from random import Random

from rag.writer.changes import Base, Change, changed_digit, heads, numbers, one_of, plain, put
from rag.writer.claims import tokens_of
from rag.writer.misreadings import MISREAD
from rag.writing.fold import fold

# Of what is put in, so much is from the same paragraph: what a model that misreads it would most likely write.
NEAR_SUBJECTS = 0.7
NEAR_ITEMS = 0.5
_OPPOSITE = {
    "增长": "下降", "上升": "下降", "提高": "降低", "增加": "减少", "提升": "降低", "上涨": "下跌", "下降": "增长", "降低": "提高",
    "减少": "增加", "下跌": "上涨", "下滑": "上升",
    "回落": "提高", "放缓": "加快", "收窄": "扩大", "增": "减", "升": "降", "降": "升", "减": "增",
}  # fmt: skip
_AFFIRMED = {"不得": "可以", "不准": "可以", "严禁": "允许", "禁止": "允许", "没有": "有", "未": "已", "不": "", "无": "有", "无法": "可以"}
_LIMITS = {
    "约": "", "超过": "不足", "不足": "超过", "不到": "超过", "以上": "以下",
    "以下": "以上",
    "预计": "", "必须": "可以", "可以": "必须",
    "仅": "", "左右": "", "最高": "最低", "最低": "最高", "平均": "累计", "累计": "平均",
    "以前": "以后", "近": "超",
}  # fmt: skip
_UNITS = (
    ("亿元", "万元"), ("万元", "亿元"), ("%", "个百分点"), ("%", "倍"), ("%", "‰"), ("个百分点", "%"), ("万人", "人"), ("人", "户"),
    ("个", "家"),
)  # fmt: skip
_YEARS = {"今年": "去年", "去年": "今年", "上年": "今年", "明年": "今年", "上半年": "下半年", "一季度": "三季度"}
_ITEM = re.compile(r"(?<=、)([\u4e00-\u9fff]{2,8})(?=、)")
_QUOTED = re.compile(r"(?<=“)[^”]{2,16}(?=”)")


def figure(base: Base, random: Random) -> str | None:
    """One digit of one figure is another."""
    token = one_of(numbers(base.said), random)
    made = put(base.said, token, changed_digit(token.text, random)) if token else base.said
    return made if made != base.said and {t.key for t in tokens_of(made)} != {t.key for t in tokens_of(base.said)} else None


def neighbour(base: Base, random: Random) -> str | None:
    """A figure is one that the paragraph says of something else, in the same unit."""
    token = one_of(numbers(base.said), random)
    if token is None:
        return None
    others = [t for t in numbers(plain(base.source.text)) if t.key[2] == token.key[2] and t.key != token.key]
    other = one_of(others, random)
    return put(base.said, token, other.text) if other else None


def unit(base: Base, random: Random) -> str | None:
    """A figure has another unit or scale."""
    found = [(t, old, new) for t in numbers(base.said) for old, new in _UNITS if t.text.endswith(old)]
    if not found:
        return None
    token, old, new = random.choice(found)
    return put(base.said, token, token.text.removesuffix(old) + new)


def year(base: Base, random: Random) -> str | None:
    """A year, month, day or quarter is another."""
    found = [*numbers(base.said, times=True), *(t for t in tokens_of(base.said) if t.text in _YEARS)]
    token = one_of(found, random)
    if token is None:
        return None
    made = _YEARS.get(token.text) or changed_digit(token.text, random)
    return put(base.said, token, made) if made != token.text else None


def subject(base: Base, random: Random) -> str | None:
    """What a clause is about is what another clause, of the paragraph or of another speech, is about."""
    own = [head for _, head in heads(base.said)]
    near = [head for _, head in heads(base.source.text)]
    far = [head for _, head in heads(base.other.text)]
    if not own:
        return None
    old = random.choice(own)
    pool = [new for new in (near if random.random() < NEAR_SUBJECTS else far) if new not in old and old not in new]
    return base.said.replace(old, random.choice(pool), 1) if pool else None


def direction(base: Base, random: Random) -> str | None:
    """What grew shrinks, what shrank grows."""
    token = one_of([t for t in tokens_of(base.said) if t.key[0] == "d" and t.text in _OPPOSITE], random)
    return put(base.said, token, _OPPOSITE[token.text]) if token else None


def denied(base: Base, random: Random) -> str | None:
    """A 不 or 未 is put before a verb."""
    tokens = tokens_of(base.said)
    found = [
        t for before, t in zip((None, *tokens), tokens, strict=False)
        if t.tag == "v" and t.kind == "word" and len(t.text) > 1 and (before is None or before.kind != "strict")
    ]
    token = one_of(found, random)
    return put(base.said, token, random.choice("不未") + token.text) if token else None


def affirmed(base: Base, random: Random) -> str | None:
    """A 不, 未 or 不得 is taken away."""
    token = one_of([t for t in tokens_of(base.said) if t.text in _AFFIRMED], random)
    return put(base.said, token, _AFFIRMED[token.text]) if token else None


def limit(base: Base, random: Random) -> str | None:
    """A limit (约, 超过, 必须, 以上) is taken away or is another."""
    token = one_of([t for t in tokens_of(base.said) if t.text in _LIMITS], random)
    return put(base.said, token, _LIMITS[token.text]) if token else None


def merged(base: Base, random: Random) -> str | None:
    """What one speech is about, with what another speech says of something else; both are cited."""
    own, far = heads(base.said), heads(base.other.text)
    if not own or not far:
        return None
    head = random.choice(own)[1]
    clause, other = random.choice(far)
    return f"{head}{clause.bare[clause.head :]}。" if other not in head and head not in other else None


def item(base: Base, random: Random) -> str | None:
    """A list has one more item, from another list."""
    places = [match.start() for match in re.finditer("、", base.said)]
    pool = [found for found in _ITEM.findall(fold(base.other.text)) if found not in fold(base.source.text)]
    near = [found for found in _ITEM.findall(fold(base.source.text)) if found not in base.said]
    pool = near if near and random.random() < NEAR_ITEMS else pool
    if not places or not pool:
        return None
    at = random.choice(places)
    return f"{base.said[:at]}、{random.choice(pool)}{base.said[at:]}"


def quoted(base: Base, random: Random) -> str | None:
    """What stands in quotation marks is another phrase."""
    own, far = _QUOTED.findall(base.said), _QUOTED.findall(fold(base.other.text))
    pool = [phrase for phrase in far if phrase not in base.source.text]
    return base.said.replace(f"“{random.choice(own)}”", f"“{random.choice(pool)}”", 1) if own and pool else None


FALSE: dict[str, Change] = {
    "figure": figure, "neighbour": neighbour, "unit": unit, "year": year, "subject": subject, "direction": direction, "denied": denied,
    "affirmed": affirmed, "limit": limit, "merged": merged, "item": item, "quoted": quoted, **MISREAD,
}  # fmt: skip
