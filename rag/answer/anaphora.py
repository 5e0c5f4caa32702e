"""Anaphora: what in a question points back to what was said, and whether it can be understood without.

那增长多少, 这种作风, 第三条呢 can't; 民生这块怎么抓 can; 再回到贷款,中长期的呢 goes back to another turn than the last.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.answer.another import NE, is_general, names_subject
from rag.answer.keywords import terms_of
from rag.answer.ordinals import has_ordinal
from rag.answer.periods import TIME
from rag.answer.synonyms import Synonyms
from rag.writing.fold import fold
from rag.writing.patterns import regex

# Signs that a question leans on what was said, each written once: words that point back, words that go on.
_BACK = (
    "这(?!样|里|么(?![做说讲办提]))|它|其(?![中实])|^其中|(?<!应)该(?=[项市县省区镇乡村局厅所院校厂行企公条款案制规])|上述|前面|刚才|上面|[前后]者"
    "|同一?(?:年|月|天|期|次|个|时期)|^当年(?!的)"
)
_ON = "^(?:还有|另外|再|然后|接着|具体|展开|详细)"
_POINTS = regex(f"{_BACK}|这(?!么(?![做说讲办提]))|那[个种些项条点几里次件类句趟回场份年家位笔批](?!么)|(?<=.)那[两三四五]")
_GOES_ON = regex(f"{_BACK}|{_ON}|^那(?!个|些|次|份|年|几)")  # that much only what came before can tell
_OPENS = regex(f"{_ON}|^(?:那|为什么[?？]?$|为啥|怎么|如何|谁|什么时候|多少)")
_TOPIC = regex(  # what stands before it is the topic
    "(?<=[\u4e00-\u9fff”\"』]{2})[这那]"
    "(?:(?:一)?(?:块|部分|方面|件事|段|头|边)|里|[类种](?=[\u4e00-\u9fff])|个(?:词|说法|提法|概念))"
)
_MORE = regex("(?<![归偿返送])还(?=要|会|将|想|打算|准备|得|[建办设开提说讲])")  # beside what was told
# Back to what was spoken of before: 再回到贷款,中长期的呢.
_BEFORE = "(?:刚才?|前面|之前|上面)"
_OF_TOPIC = "(?:那?(?:一?[块快边]|个?(?:事|话题))|的?问题|方面)"
_RETURNS = regex(
    "^(?:对了[,，]?)?(?:那|再|还是|咱们?)*(?:"
    f"(?:(?:回到|说回|回头说)的?(?:{_BEFORE}的?)?|{_BEFORE}(?:说|问|讲|提)(?:到|过)?的?)(?P<topic>[\u4e00-\u9fff]{{2,8}}?){_OF_TOPIC}?"
    f"|[说问讲看]?{_BEFORE}的?(?P<part>[\u4e00-\u9fff]{{2,8}}?){_OF_TOPIC})[,，:：]\\s*(?P<rest>.+)$"
)
_THIS_YEAR = regex("(?:今年|去年|前年|明年)")  # of the speech that is spoken of
NAMES_ITSELF = 4  # characters of a word that names its subject (生产总值) without what came before
SHORTER = 9
SHORT = 14  # a question this short after others most likely leans on them


@dataclass(frozen=True, slots=True)
class Return:
    """A question that goes back to what was spoken of before: to which `topic`, and what is then asked."""

    topic: str
    rest: str


def returns_to(folded: str) -> Return | None:
    """Where a folded question goes back to; None where it goes on from the last turn."""
    back = _RETURNS.match(folded)
    return Return(back["topic"] or back["part"], back["rest"]) if back is not None else None


def leans(question: str, synonyms: Synonyms) -> bool:
    """Whether the question can't be understood without what came before."""
    folded = fold(question)
    own = terms_of(folded, synonyms)
    if _POINTS.search(_TOPIC.sub("", folded)) or _OPENS.search(folded) or NE.search(folded) or has_ordinal(folded) or _MORE.search(folded):
        return len(own) <= 4
    if len(folded) <= SHORT and not any(names_subject(term) for term in own):
        return True
    if len(own) == 1 and len(folded) <= SHORTER and _THIS_YEAR.match(folded):
        return True
    if TIME.search(folded) or any(len(term.text) >= NAMES_ITSELF for term in own):
        return False
    return (len(own) <= 2 and len(folded) <= SHORT) or (len(own) <= 3 and len(folded) <= SHORTER)


def may_stand_alone(folded: str, synonyms: Synonyms) -> bool:
    """Whether a question that leans may be whole all the same: it goes on from nothing, and says what it is about."""
    own, folded = terms_of(folded, synonyms), _TOPIC.sub("", folded)
    if all(is_general(term) for term in own):
        return False
    return not NE.search(folded) and not _GOES_ON.search(folded) and (len(own) > 1 or any(names_subject(term) for term in own))


def goes_on(folded: str) -> bool:
    """Whether only what came before can tell what a folded question is about: it goes on from there, or asks with 呢."""
    return bool(_GOES_ON.search(_TOPIC.sub("", folded)) or NE.search(folded))


def points(folded: str) -> bool:
    """Whether a word of the folded question stands for something that was said (这种, 它, 那几个)."""
    return _POINTS.search(folded) is not None


def marked(folded: str) -> bool:
    """Whether a word of the question points back to what was said (那, 这个, 第三条, 呢); 民生这块 only says what it is about."""
    bare = _TOPIC.sub("", folded)
    return has_ordinal(bare) or any(pattern.search(bare) for pattern in (_POINTS, _GOES_ON, NE, _MORE))
