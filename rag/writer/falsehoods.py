"""False sentences and true paraphrases made from any library, to measure the judge: what of each it lets through.

A falsehood changes one thing of a sentence that the judge keeps, so that the change is all that is judged; one that the
paragraph happens to say after all is left out. A paraphrase changes form and order, never what is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from rag.writer.claims import Token, bare, tokens_of
from rag.writer.clauses import Clause, clauses_of
from rag.writer.judging import Source, judge
from rag.writer.lexicon import equals
from rag.writing.fold import fold
from rag.writing.numerals import written
from rag.writing.sentences import sentences

SHORTEST, LONGEST = 10, 160  # characters of a sentence worth changing
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
_UNITS = (("亿元", "万元"), ("万元", "亿元"), ("%", "个百分点"), ("个百分点", "%"), ("万人", "人"), ("人", "户"), ("个", "家"))
_YEARS = {"今年": "去年", "去年": "今年", "上年": "今年", "明年": "今年", "上半年": "下半年", "一季度": "三季度"}
_ITEM = re.compile(r"(?<=、)([\u4e00-\u9fff]{2,8})(?=、)")
_QUOTED = re.compile(r"(?<=“)[^”]{2,16}(?=”)")
_DROPPED = re.compile("进一步|切实|认真|积极|大力|不断|深入|扎实|努力|充分|着力|更加|真正|及时|严格")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with the stretches it cites, one group a paragraph; its kind, and whether it is true."""

    kind: str
    true: bool
    sentence: str
    cited: tuple[tuple[Source, ...], ...]

    @property
    def passes(self) -> bool:
        """Whether the judge lets it through."""
        return any(judge(self.sentence, group).holds for group in self.cited)


@dataclass(frozen=True, slots=True)
class _Base:
    """A true sentence, folded, with its paragraph; `other` is a paragraph of another speech."""

    said: str
    source: Source
    other: Source


Change = Callable[[_Base, Random], str | None]


def cases(sources: Sequence[Source], each: int, seed: int = 0) -> Iterator[Case]:
    """Up to `each` cases of every kind from the paragraphs `sources`, the same for the same seed."""
    bases = list(_bases(sources, Random(seed)))
    for true, changes in ((False, FALSE), (True, TRUE)):
        for kind, change in changes.items():
            yield from _of_kind(kind, true, change, bases, each, Random(f"{seed} {kind}"))


def _bases(sources: Sequence[Source], random: Random) -> Iterator[_Base]:
    for source in random.sample(sources, len(sources)):
        other = random.choice(sources)
        for start, end in sentences(source.text, 0, len(source.text)):
            said = re.sub(r"\s+", "", fold(source.text[start:end]))
            if SHORTEST <= len(said) <= LONGEST and other.title != source.title:
                yield _Base(said, source, other)


def _of_kind(kind: str, true: bool, change: Change, bases: Sequence[_Base], each: int, random: Random) -> Iterator[Case]:
    found: set[str] = set()
    for base in random.sample(bases, len(bases)):
        if len(found) >= each:
            return
        made = change(base, random)
        if made is None or made in found or not (true or _is_false(made, base)):
            continue
        found.add(made)
        cited = ((base.source,), (base.other,)) if kind == "merged" else ((base.source,),)
        yield Case(kind, true, made, cited)


def _is_false(made: str, base: _Base) -> bool:
    """Whether the paragraphs do not happen to say `made`, and the judge keeps what it was made from."""
    plain = re.sub(r"\W", "", bare(made))
    said = any(plain in re.sub(r"\W", "", bare(source.text)) for source in (base.source, base.other))
    return not said and judge(base.said, [base.source]).holds


def _put(said: str, token: Token, new: str) -> str:
    return said[: token.start] + new + said[token.end :]


def _one(tokens: Sequence[Token], random: Random) -> Token | None:
    return random.choice(tokens) if tokens else None


def _numbers(said: str, *, times: bool = False) -> list[Token]:
    units = ("年", "月", "日", "季度", "时")
    return [t for t in tokens_of(said) if t.key[0] == "n" and t.kind == "number" and (t.key[2] in units) == times and t.key[2] != "第"]


def _keys(source: Source) -> set[tuple[str, float, str]]:
    return {token.key for token in tokens_of(re.sub(r"\s+", "", fold(source.text)))}


def _changed_digit(text: str, random: Random) -> str:
    places = [i for i, c in enumerate(text) if c.isdigit() or c in "二三四五六七八九"]
    if not places:
        return text
    at = random.choice(places)
    pool = "123456789" if text[at].isascii() else "二三四五六七八九"
    return text[:at] + random.choice([c for c in pool if c != text[at]]) + text[at + 1 :]


def figure(base: _Base, random: Random) -> str | None:
    """One digit of one figure is another."""
    token = _one(_numbers(base.said), random)
    made = _put(base.said, token, _changed_digit(token.text, random)) if token else base.said
    return made if made != base.said and {t.key for t in tokens_of(made)} != {t.key for t in tokens_of(base.said)} else None


def neighbour(base: _Base, random: Random) -> str | None:
    """A figure is one that the paragraph says of something else, in the same unit."""
    token = _one(_numbers(base.said), random)
    if token is None:
        return None
    plain = re.sub(r"\s+", "", fold(base.source.text))
    others = [t for t in _numbers(plain) if t.key[2] == token.key[2] and t.key != token.key]
    other = _one(others, random)
    return _put(base.said, token, other.text) if other else None


def unit(base: _Base, random: Random) -> str | None:
    """A figure has another unit or scale."""
    found = [(t, old, new) for t in _numbers(base.said) for old, new in _UNITS if t.text.endswith(old)]
    if not found:
        return None
    token, old, new = random.choice(found)
    return _put(base.said, token, token.text.removesuffix(old) + new)


def year(base: _Base, random: Random) -> str | None:
    """A year, month, day or quarter is another."""
    found = [*_numbers(base.said, times=True), *(t for t in tokens_of(base.said) if t.text in _YEARS)]
    token = _one(found, random)
    if token is None:
        return None
    made = _YEARS.get(token.text) or _changed_digit(token.text, random)
    return _put(base.said, token, made) if made != token.text else None


def _heads(text: str) -> list[tuple[Clause, str]]:
    return [(c, c.bare[: c.head]) for c in clauses_of(text) if c.opens and 2 <= c.head < len(c.bare)]


def subject(base: _Base, random: Random) -> str | None:
    """What a clause is about is what another clause, of the paragraph or of another speech, is about."""
    own = [head for _, head in _heads(base.said)]
    near = [head for _, head in _heads(base.source.text)]
    far = [head for _, head in _heads(base.other.text)]
    if not own:
        return None
    old = random.choice(own)
    pool = [new for new in (near if random.random() < 0.7 else far) if new not in old and old not in new]
    return base.said.replace(old, random.choice(pool), 1) if pool else None


def direction(base: _Base, random: Random) -> str | None:
    """What grew shrinks, what shrank grows."""
    token = _one([t for t in tokens_of(base.said) if t.key[0] == "d" and t.text in _OPPOSITE], random)
    return _put(base.said, token, _OPPOSITE[token.text]) if token else None


def denied(base: _Base, random: Random) -> str | None:
    """A 不 or 未 is put before a verb."""
    tokens = tokens_of(base.said)
    found = [
        t for before, t in zip((None, *tokens), tokens, strict=False)
        if t.tag == "v" and t.kind == "word" and len(t.text) > 1 and (before is None or before.kind != "strict")
    ]
    token = _one(found, random)
    return _put(base.said, token, random.choice("不未") + token.text) if token else None


def affirmed(base: _Base, random: Random) -> str | None:
    """A 不, 未 or 不得 is taken away."""
    token = _one([t for t in tokens_of(base.said) if t.text in _AFFIRMED], random)
    return _put(base.said, token, _AFFIRMED[token.text]) if token else None


def limit(base: _Base, random: Random) -> str | None:
    """A limit (约, 超过, 必须, 以上) is taken away or is another."""
    token = _one([t for t in tokens_of(base.said) if t.text in _LIMITS], random)
    return _put(base.said, token, _LIMITS[token.text]) if token else None


def merged(base: _Base, random: Random) -> str | None:
    """What one speech is about, with what another speech says of something else; both are cited."""
    own, far = _heads(base.said), _heads(base.other.text)
    if not own or not far:
        return None
    head = random.choice(own)[1]
    clause, other = random.choice(far)
    return f"{head}{clause.bare[clause.head :]}。" if other not in head and head not in other else None


def item(base: _Base, random: Random) -> str | None:
    """A list has one more item, from another list."""
    places = [match.start() for match in re.finditer("、", base.said)]
    pool = [found for found in _ITEM.findall(fold(base.other.text)) if found not in fold(base.source.text)]
    near = [found for found in _ITEM.findall(fold(base.source.text)) if found not in base.said]
    pool = near if near and random.random() < 0.5 else pool
    if not places or not pool:
        return None
    at = random.choice(places)
    return f"{base.said[:at]}、{random.choice(pool)}{base.said[at:]}"


def quoted(base: _Base, random: Random) -> str | None:
    """What stands in quotation marks is another phrase."""
    own, far = _QUOTED.findall(base.said), _QUOTED.findall(fold(base.other.text))
    pool = [phrase for phrase in far if phrase not in base.source.text]
    return base.said.replace(f"“{random.choice(own)}”", f"“{random.choice(pool)}”", 1) if own and pool else None


FALSE: dict[str, Change] = {
    "figure": figure, "neighbour": neighbour, "unit": unit, "year": year, "subject": subject, "direction": direction, "denied": denied,
    "affirmed": affirmed, "limit": limit, "merged": merged, "item": item, "quoted": quoted,
}  # fmt: skip


def verbatim(base: _Base, random: Random) -> str | None:
    """The sentence as it stands."""
    return base.said


def numerals(base: _Base, random: Random) -> str | None:
    """A number in other characters: 百分之十四 for 14%, 12000 for 1.2万, 二〇二三年 for 2023年."""
    token = _one([t for t in _numbers(base.said) if t.text[0].isdigit() and t.key[2] and t.key[1] < 1e12], random)
    if token is None:
        return None
    if token.key[2] == "%":
        return _put(base.said, token, f"百分之{written(f'{token.key[1]:.15g}')}")
    scaled = re.fullmatch(r"([\d.,]+)(万|亿)(\D*)", token.text)
    if scaled:
        return _put(base.said, token, f"{token.key[1]:.15g}{scaled[3]}")
    return _put(base.said, token, written(f"{token.key[1]:.15g}") + re.sub(r"^[\d.,]+", "", token.text))


def framed(base: _Base, random: Random) -> str | None:
    """After 材料指出, or the title of the speech."""
    return random.choice(["材料指出,", "根据材料,", f"《{base.source.title.strip('《》')}》提到,"]) + base.said


def plainer(base: _Base, random: Random) -> str | None:
    """Without 进一步 and 切实."""
    tokens = tokens_of(base.said)
    found = [t for t, after in pairwise(tokens) if _DROPPED.fullmatch(t.text) and after.tag == "v" and t.end == after.start]
    token = _one(found, random)
    return _put(base.said, token, "") if token else None


def reworded(base: _Base, random: Random) -> str | None:
    """A word in the place of its equal."""
    groups: dict[str, list[str]] = {}
    for word, first in equals().items():
        groups.setdefault(first, []).append(word)
    found = [t for t in tokens_of(base.said) if t.key[0] != "n" and len(groups.get(t.key[2], ())) > 1 and len(t.text) > 1]
    token = _one(found, random)
    others = [word for word in groups[token.key[2]] if word != token.text and len(word) > 1] if token else []
    return _put(base.said, token, random.choice(others)) if token and others else None


def shortened(base: _Base, random: Random) -> str | None:
    """Only a clause that says by itself what it is about, no condition before it."""
    own = clauses_of(base.said)
    whole = [c for i, c in enumerate(own) if c.opens and not c.adverbial and not (i and own[i - 1].condition) and len(c.bare) >= SHORTEST]
    return f"{random.choice(whole).bare}。" if len(own) > 1 and whole else None


def inherited(base: _Base, random: Random) -> str | None:
    """What a clause is about, with what a later clause says of it."""
    own = clauses_of(base.said)
    heads = [i for i, c in enumerate(own[:-1]) if c.opens and 1 < c.head < len(c.bare) and c.has_number]
    later = [i for i in heads if not own[i + 1].opens and own[i + 1].has_number and not own[i].condition]
    return f"{own[i].bare[: own[i].head]}{own[i + 1].bare}。" if later and (i := random.choice(later)) >= 0 else None


def turned(base: _Base, random: Random) -> str | None:
    """Two clauses, each about something of its own, in the other order."""
    own = clauses_of(base.said)
    free = len(own) == 2 and all(c.opens and not c.adverbial and not c.condition for c in own)
    return f"{own[1].bare},{own[0].bare}。" if free else None


def reverbed(base: _Base, random: Random) -> str | None:
    """完成 for 达到, 达到 for 完成, before a figure."""
    made = re.sub("(完成|达到|实现)(?=\\d)", lambda match: {"完成": "达到", "达到": "为", "实现": "达到"}[match[1]], base.said, count=1)
    return made if made != base.said else None


TRUE: dict[str, Change] = {
    "verbatim": verbatim, "numerals": numerals, "framed": framed, "plainer": plainer, "reworded": reworded, "shortened": shortened,
    "inherited": inherited, "turned": turned, "reverbed": reverbed,
}  # fmt: skip
