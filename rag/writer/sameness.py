"""Whether a clause claims the same as a stretch of its source: every claim of either also in the other, in its order.

Times and scopes may stand anywhere in their clause, and of the words of a source without figures a calibrated share may
be left out; nothing that limits or turns it may.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.writer.claims import Token, tokens_of
from rag.writer.stretches import Stretch
from rag.writing.sentences import Span

LEAST_COVERED = 0.9  # of the words of the source, by characters; of the sentence's own all: see the table of `yanju eval --gate`
_DATES = ("年", "月", "日", "季度")
_SHOULD = "应"
_JOINING = "和"  # and what the table of equal words has for it
_NAMES = ("nr", "ns", "nt", "nz")
# A list is meant whole with them: what is said of all its items together need not be true of some.
_WHOLE = frozenset("只 只有 仅 仅仅 唯一 除 除了 分别 组成 构成 共同 合计 总计 共 共计 分为 同时".split())


def same(said: str, stretch: Stretch) -> list[bool] | None:
    """Which characters of `stretch` the bare text `said` claims, if it claims no more and no less; else None."""
    covered = _aligned(tokens_of(said), stretch)
    if covered is None or not _nothing_lost(covered, stretch):
        return None
    marked = max(0, said.count("、") - stretch.bare.count("、", stretch.lead))  # 甲、乙 for 甲与乙
    return covered if _parted(covered, stretch) <= marked else None


def _parted(covered: Sequence[bool], stretch: Stretch) -> int:
    """How many times two words that stand side by side in the sentence are two things there (甲与乙)."""
    joins = [token for token in stretch.tokens if token.key[2] == _JOINING and not covered[token.start]]
    return sum(any(covered[: token.start][-1:]) and any(covered[token.end : token.end + 1]) for token in joins)


def may_be_same(needed: Sequence[Token], stretch: Stretch) -> bool:
    """Whether the stretch has all tokens `needed`, in whatever order: what costs little to find out."""
    return all((token.kind not in ("number", "strict") and token.text in stretch.bare) or token.key in stretch.keys for token in needed)


def _aligned(own: Sequence[Token], stretch: Stretch) -> list[bool] | None:
    """Which characters of the stretch are claimed by `own`; None where something of it is not there, or not in its order."""
    covered = [False] * len(stretch.bare)
    at = 0
    for token in own:
        span = _find(token, stretch, at, covered)
        if span is not None:
            covered[span[0] : span[1]] = [True] * (span[1] - span[0])
            at = max(at, _begins(span[0], stretch) if _unordered(token) else span[1])
        elif token.kind != "free":
            return None
    return covered


def _unordered(token: Token) -> bool:
    return token.kind in ("time", "scope") or (token.kind == "number" and token.key[2] in _DATES)


def _find(token: Token, stretch: Stretch, at: int, covered: Sequence[bool]) -> Span | None:
    """Where the stretch claims the same, from `at` on; a time or scope anywhere in its clause."""
    start = _begins(at, stretch) if _unordered(token) else at
    for other in stretch.tokens:
        if other.key == token.key and other.start >= start and not any(covered[other.start : other.end]):
            return other.start, other.end
    if token.kind in ("number", "strict"):
        return None
    found = stretch.bare.find(token.text, start)
    if found >= 0 and not any(covered[found : found + len(token.text)]):
        return found, found + len(token.text)
    return None


def _begins(at: int, stretch: Stretch) -> int:
    """Where the clause begins that `at` lies in; the first has before it what it is about, and the time over it."""
    return max((border for border in stretch.borders if border <= at), default=0)


def _nothing_lost(covered: Sequence[bool], stretch: Stretch) -> bool:
    """Whether nothing that limits or turns the stretch is left out, and of its words no more than the calibrated share."""
    lost = content = 0
    begun = any(covered[: stretch.lead])
    for token in stretch.tokens:
        share = sum(covered[token.start : token.end])
        led = token.start < stretch.lead
        if token.kind == "word" and not led:
            content += len(token.text)
        unsaid = led and not share and not (begun and token.kind == "strict")  # 据某人预计 whole, or not at all
        if share == token.end - token.start or unsaid or _may_be_left_out(token, share, stretch):
            continue
        if token.kind != "word":
            return False
        if not _listed(token, stretch, covered):
            if stretch.has_number or token.tag.startswith(_NAMES):
                return False
            lost += token.end - token.start - share
    return content == 0 or 1 - lost / content >= LEAST_COVERED


def _may_be_left_out(token: Token, share: int, stretch: Stretch) -> bool:
    """Whether what is false with the token is false without it; `share` of its characters are claimed."""
    if token.kind in ("free", "degree", "scope") and (not share or token.kind == "scope" or len(token.text) == 1):
        return True
    return token.key[2] == _SHOULD and not stretch.has_number  # 应 before a figure tells what is due from what is done


def _listed(token: Token, stretch: Stretch, covered: Sequence[bool]) -> bool:
    """Whether the word is one of an enumeration, between two 、, that is left out whole while another is named."""
    if stretch.has_number or any(clause.condition for clause in stretch.clauses) or not _WHOLE.isdisjoint(key[2] for key in stretch.keys):
        return False
    left, right = stretch.bare.rfind("、", 0, token.start), stretch.bare.find("、", token.end)
    return left >= 0 and right >= 0 and not any(covered[left:right]) and any(covered[:left])
