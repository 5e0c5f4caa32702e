"""The clauses of a sentence, each with what it claims and what it is about.

增长7.2% is about the clause before it, 增加值121亿元 about itself; 去年 only says when, 符合条件的 under which condition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from rag.writer.amounts import TIMES
from rag.writer.claims import Token, bare, tokens_of
from rag.writing.sentences import clauses

LABEL_CHARACTERS = 8
ADVERBIAL_CHARACTERS = 16  # a longer clause says something of its own, whatever it begins with
_NOUN_TAGS = ("n", "vn", "an", "j", "l", "i", "r", "eng", "b")
_MEASURES = tuple("速率值量额数度价比幅")
# Verbs too, but not where they are counted.
_COUNTED = frozenset("收入 支出 投资 消费 出口 进口 贷款 存款 补贴 补助 奖励 就业 销售".split())
_COMPARED = frozenset("比 较 同比 环比".split())
PART = "其中"
_FIRST_YEAR = 1000  # 1998年 is a year, 5年 is how long
_COMPARING = frozenset("比 较 同比 环比 与 和".split())
_CONDITION = re.compile(
    r"^(?:如果|如|若|凡|对于|对|除|经|当|只有|只要|无论|不论|因|由于|虽然|尽管|"
    r"为了|为)|不[能要可得应该宜]{1,2}(?:只|光|仅)|^(?:严禁|禁止|防止|避免|杜绝|切忌)|(?:的|时|后|前|下|中|外|者|之后|之前|期间|情况下)$"
)
_ADVERBIAL = re.compile(
    r"^(?:在|截至|截止|自|从|到|今|去|本|上|当|目前|当前|近|与|和|同|按|据|"
    r"根据|为|通过|其中|同时|此外|另外|总的看|会上|会后)"
)

# 有人认为会议越多越好,这是错误的
_REFUTING = re.compile(r"^(?:但|可|其实)?(?:这|那|此|事实|其实).{0,8}(?:不|错|非|误|假|谣|片面)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause `start`:`end` of a text; `bare` is it folded, without marks at its end and blanks.

    `opens`: what it is about stands in it, rather than in a clause before. `head` is how far that reaches in `bare`.
    `condition`: it says when what stands beside it holds; `adverbial`: it says nothing but when, where or how. `timed`: it
    says when, and not only against what other time it compares. `refutes`: it says that what stands before it does not hold.
    `labels`: it only names what the clause after it gives (联系人:张伟).
    """

    start: int
    end: int
    bare: str
    tokens: tuple[Token, ...]
    opens: bool
    head: int
    condition: bool
    adverbial: bool
    timed: bool
    refutes: bool
    labels: bool

    @property
    def topic(self) -> bool:
        """Whether what it is about goes for what follows: not a part (其中), nor the place of the whole text (全市)."""
        named = any(token.kind == "word" and token.start < self.head for token in self.tokens)
        return self.opens and named and not self.bare.startswith(PART)

    @property
    def owned(self) -> bool:
        """Whether it is about a measure alone (金额), or a label, and so about that of whatever was named before."""
        words = [token for token in self.tokens if token.kind == "word" and token.start < self.head]
        return self.labels or (self.opens and len(words) == 1 and words[0].text.endswith(_MEASURES))

    @property
    def states(self) -> bool:
        """Whether it says something of what it is about."""
        return self.opens and self.head < len(self.bare)

    @property
    def compares(self) -> bool:
        """Whether it opens with 比 or 同比, and so goes on about the very figure before it."""
        return bool(self.tokens) and self.tokens[0].text in _COMPARED

    @property
    def has_number(self) -> bool:
        """Whether it claims a figure, other than a time or an ordinal."""
        return any(token.is_figure for token in self.tokens)


@lru_cache(maxsize=8192)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of `text`, in order; those without a letter or digit are left out."""
    found = (_clause(text, start, end) for start, end in clauses(text, 0, len(text)))
    return tuple(clause for clause in found if clause.bare)


def _clause(text: str, start: int, end: int) -> Clause:
    own = bare(text[start:end])
    tokens = tokens_of(own)
    opens, head = _subject(tokens)
    numbers = any(token.kind == "number" and token.key[2] not in TIMES for token in tokens)
    timed = all(t.kind in ("time", "free", "degree", "scope") or (t.kind == "number" and t.key[2] in TIMES) for t in tokens)
    adverbial = not numbers and len(own) <= ADVERBIAL_CHARACTERS and (timed or bool(_ADVERBIAL.match(own)))
    condition = not timed and (not numbers or own.endswith("的")) and bool(_CONDITION.search(own))
    return Clause(
        start, end, own, tokens, opens and not timed, head, condition, adverbial,
        timed=_says_when(tokens), refutes=bool(_REFUTING.match(own)),
        labels=text[end - 1] in ":：" and opens and head == len(own) <= LABEL_CHARACTERS,
    )


def _says_when(tokens: Sequence[Token]) -> bool:
    """Whether a time stands in the clause before anything is compared; how long something takes is no time."""
    before = takewhile(lambda token: token.text not in _COMPARED, tokens)
    return any(token.kind == "time" or (token.kind == "number" and _is_time(*token.key[1:])) for token in before)


def _is_time(value: float, unit: str) -> bool:
    return unit in TIMES and (unit != "年" or value >= _FIRST_YEAR)


def _subject(tokens: Sequence[Token]) -> tuple[bool, int]:
    """Whether a clause opens with what it is about, and how far that reaches."""
    opens = False
    for token in tokens:
        noun = token.kind in ("word", "scope") and (
            token.tag.startswith(_NOUN_TAGS) or token.text.endswith(_MEASURES) or token.text in _COUNTED
        )
        if opens and token.is_figure:
            return opens, token.start
        if token.key[0] == "d" or (token.tag.startswith("v") and not noun and token.kind == "word"):
            return opens, token.start
        if not opens and token.text in _COMPARING:
            return False, 0
        opens = opens or noun
    return opens, tokens[-1].end if tokens else 0
