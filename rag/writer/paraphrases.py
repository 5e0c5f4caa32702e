"""What of a true sentence can be said otherwise by rule: its numerals, its frame, its order, an equal word, fewer clauses.

Form and order change, never what is said.
"""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

from rag.writer.changes import SHORTEST, Base, Change, numbers, one_of, put
from rag.writer.claims import tokens_of
from rag.writer.clauses import clauses_of
from rag.writer.lexicon import equals
from rag.writing.numerals import written

_DROPPED = re.compile("进一步|切实|认真|积极|大力|不断|深入|扎实|努力|充分|着力|更加|真正|及时|严格")


def verbatim(base: Base, random: Random) -> str | None:
    """The sentence as it stands."""
    return base.said


def numerals(base: Base, random: Random) -> str | None:
    """A number in other characters: 百分之十四 for 14%, 12000 for 1.2万, 二〇二三年 for 2023年."""
    token = one_of([t for t in numbers(base.said) if t.text[0].isdigit() and t.key[2] and t.key[1] < 1e12], random)
    if token is None:
        return None
    if token.key[2] == "%":
        return put(base.said, token, f"百分之{written(f'{token.key[1]:.15g}')}")
    scaled = re.fullmatch(r"([\d.,]+)(万|亿)(\D*)", token.text)
    if scaled:
        return put(base.said, token, f"{token.key[1]:.15g}{scaled[3]}")
    return put(base.said, token, written(f"{token.key[1]:.15g}") + re.sub(r"^[\d.,]+", "", token.text))


def framed(base: Base, random: Random) -> str | None:
    """After 材料指出, or the title of the speech."""
    return random.choice(["材料指出,", "根据材料,", f"《{base.source.title.strip('《》')}》提到,"]) + base.said


def plainer(base: Base, random: Random) -> str | None:
    """Without 进一步 and 切实."""
    tokens = tokens_of(base.said)
    found = [t for t, after in pairwise(tokens) if _DROPPED.fullmatch(t.text) and after.tag == "v" and t.end == after.start]
    token = one_of(found, random)
    return put(base.said, token, "") if token else None


def reworded(base: Base, random: Random) -> str | None:
    """A word in the place of its equal."""
    groups: dict[str, list[str]] = {}
    for word, first in equals().items():
        groups.setdefault(first, []).append(word)
    found = [t for t in tokens_of(base.said) if t.key[0] != "n" and len(groups.get(t.key[2], ())) > 1 and len(t.text) > 1]
    token = one_of(found, random)
    others = [word for word in groups[token.key[2]] if word != token.text and len(word) > 1] if token else []
    return put(base.said, token, random.choice(others)) if token and others else None


def shortened(base: Base, random: Random) -> str | None:
    """Only a clause that says by itself what it is about, no condition before it."""
    own = clauses_of(base.said)
    whole = [c for i, c in enumerate(own) if c.opens and not c.adverbial and not (i and own[i - 1].condition) and len(c.bare) >= SHORTEST]
    return f"{random.choice(whole).bare}。" if len(own) > 1 and whole else None


def inherited(base: Base, random: Random) -> str | None:
    """What a clause is about, with what a later clause says of it."""
    own = clauses_of(base.said)
    heads = [i for i, c in enumerate(own[:-1]) if c.states and c.head > 1 and c.has_number]
    later = [i for i in heads if not own[i + 1].opens and own[i + 1].has_number and not own[i].condition]
    return f"{own[i].bare[: own[i].head]}{own[i + 1].bare}。" if later and (i := random.choice(later)) >= 0 else None


def turned(base: Base, random: Random) -> str | None:
    """Two clauses, each about something of its own, in the other order."""
    own = clauses_of(base.said)
    free = len(own) == 2 and all(c.opens and not c.adverbial and not c.condition and not c.labels for c in own)
    return f"{own[1].bare},{own[0].bare}。" if free else None


def reverbed(base: Base, random: Random) -> str | None:
    """完成 for 达到, 达到 for 完成, before a figure."""
    made = re.sub("(完成|达到|实现)(?=\\d)", lambda match: {"完成": "达到", "达到": "为", "实现": "达到"}[match[1]], base.said, count=1)
    return made if made != base.said else None


TRUE: dict[str, Change] = {
    "verbatim": verbatim, "numerals": numerals, "framed": framed, "plainer": plainer, "reworded": reworded, "shortened": shortened,
    "inherited": inherited, "turned": turned, "reverbed": reverbed,
}  # fmt: skip
