"""When to refuse: enough of what is asked must stand in the evidence, and every name, year and measure of it.

The thresholds are calibrated on development questions; `python -m rag eval` prints the error rates they give.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.answer.congresses import CONGRESS
from rag.answer.evidence import Evidence, carried
from rag.answer.fact import BOTH_SIDES, tells_both
from rag.answer.keywords import Term
from rag.answer.persons import names_a_person
from rag.answer.phrases import phrase
from rag.answer.places import Place
from rag.answer.question import Question
from rag.answer.statements import Statement
from rag.answer.synonyms import Synonyms
from rag.answer.terms import is_change, is_place, is_weak, match
from rag.answer.times import DAY_ASKED, TELLS_DAY, relative_words, year_words
from rag.answer.trust import Signs
from rag.writing.fold import fold, fold_with_map
from rag.writing.patterns import regex
from rag.writing.words import known_word, words

_TELLS_WHEN = regex(
    r"[\d〇一二三四五六七八九十]+[年月日天]|季度|年[前底初末中]|春节|期间|以来|之[前后日]|起施行|上旬|中旬|下旬|上午|下午|[今明昨后][天日]|尽快|即日|日前|[今明后去]年|[前后]，|前,"
)
_OF_TITLE = regex("大(?:的)?(?:报告|讲话|精神|决议)")
_NAME_ASKED = regex("叫(?:什么|啥)|是谁|谁")
_OWN_NAMES = regex("叫(?:什么|啥)名|全名|姓(?:什么|啥|甚)|名单(?:是|有|都|呢|给|发|列|[?？]|$)|哪几?位|都是谁|都有谁")
_PLACE_ASKED = regex("哪(?:一?个|座)?(?:城市|省份?|国家|市|县|区)")  # 在哪里办理 may be told by the name of a platform
_TELLS_WHERE = regex("[一-鿿](?:[省市县区乡镇村州国路街岛港湾]|[室厅楼馆院场站]|中心|广场|大厦|学校|基地|园区)")
_OF_MEASURES = ("n", "vn", "j", "l", "i", "eng")  # parts of speech of what is measured
_COUNTED = regex("(?:多少|几)(?:万|亿)*[吨个项家名座条]?(?P<n>[一-鿿]{2,4})(?P<u>)[?？。]?$")
_COUNTED_BEFORE = regex("(?P<n>[一-鿿]{2,4})(?:一共|总共|共)?有(?:多少|几)(?P<u>[种类个项家名座条所件])[?？。]?$")
_HALF = 0.3  # a word carried less than this, with not half of its pairs, does not stand there
_NAMES_SPEECH = 0.6  # a word that the front carries this much names the speech, not what is measured
_MEASURE_SHARE = 0.5  # of the words that say what is measured, by weight
_NAMED = 0.45  # a name or the measure asked for is missing where it is carried less than this


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the evidence is enough; the fixed phrase that says why not, and what is missing; how far it is trusted, and by what."""

    enough: bool
    reason: str | None = None
    missing: tuple[str, ...] = ()
    trusted: float = 0.0
    signs: Signs | None = None


def judge(
    question: Question, believed: bool, statement: Statement | None, evidence: Evidence, synonyms: Synonyms, *, decides: Place | None = None
) -> Verdict:
    """The verdict on answering `question` from `statement`, which by its signs is to be `believed` or not.

    `decides` is the part of it by which its year is told, where that is not the whole.
    """
    if statement is None:
        return _refused("refused")
    asked = fold(question.understood)
    if evidence.timing.off_year(question, decides or statement.place):
        return _refused("missing_time", _told([*year_words(asked), *relative_words(asked)], question))
    congress = [match["n"] for match in CONGRESS.finditer(fold(question.understood)) if match["n"] not in statement.bearing]
    if congress and _OF_TITLE.search(question.understood):
        return _refused("missing", congress)
    if question.kind == "who" and _NAME_ASKED.search(question.understood) and not _names_someone(statement):
        return _refused("refused")
    if question.kind == "when" and not (TELLS_DAY if DAY_ASKED.search(asked) else _TELLS_WHEN).search(statement.folded):
        return _refused("refused")
    told = statement.paragraph if question.kind == "who" else statement.folded  # who is told with what stands beside
    if _OWN_NAMES.search(question.understood) and question.kind in ("who", "list") and not names_a_person(told):
        return _refused("refused")
    if _PLACE_ASKED.search(question.understood) and question.kind == "where" and not _names_somewhere(_beyond(question, statement)):
        return _refused("refused")
    times = evidence.timing.untimed(question, statement)
    if times:
        return _refused("missing_time", _told(times, question))
    unnamed = evidence.unnamed(question, statement)
    names = [term.text for term in question.terms if term in unnamed or (_is_name(term, evidence) and carried(term, statement) < _NAMED)]
    if names:
        return _refused("missing", _told(names, question))
    measure = _measure_missing(question, statement, evidence) if question.kind == "figure" else []
    if measure:
        return _refused("missing_figure", _told(measure, question))
    if not believed:
        absent = [t.text for t in question.terms if carried(t, statement) < 0.3 and len(t.text) > 1]
        return _refused("missing", _told(absent, question))
    return Verdict(True)


def _measure_missing(question: Question, statement: Statement, evidence: Evidence) -> list[str]:
    """What is to be measured, as far as neither the statement nor what is around it names it; [] where it names most."""
    around = f"{statement.folded}\n{statement.path}\n{statement.head}\n{statement.before}\n{statement.bearing}"
    around += BOTH_SIDES if tells_both(statement.folded) else ""
    weighed = [
        (term, weight)
        for term, weight in zip(question.terms, evidence.weights(question), strict=True)
        if term.tag.startswith(_OF_MEASURES) and not is_weak(term) and not is_change(term) and not is_place(term) and not _is_slip(term)
    ]
    weighed = [(term, weight) for term, weight in weighed if match(term, statement.bearing) < _NAMES_SPEECH] or weighed
    missing = [(term, weight) for term, weight in weighed if match(term, around) < _HALF and _is_word(term)]
    absent = [term.text for term, _ in missing if not _stands_in_library(term, evidence)]
    if _counts_what_is_asked(question, statement):
        return []
    share = sum(weight for _, weight in missing) / (sum(weight for _, weight in weighed) or 1.0)
    return absent or ([term.text for term, _ in missing] if share > _MEASURE_SHARE else [])


def _counts_what_is_asked(question: Question, statement: Statement) -> bool:
    """Whether the word right after 多少 stands in the statement right after a number: 消耗多少标煤 is told by 176万吨标煤,

    耗材有几种 by 26种医用耗材.
    """
    asked = _COUNTED.search(fold(question.understood)) or _COUNTED_BEFORE.search(fold(question.understood))
    if asked is None:
        return False
    named = [term.text for term in question.terms if term.tag.startswith("n") and len(term.text) > 1 and asked["n"].endswith(term.text)]
    unit = asked["u"] or "[吨个项家名座条]?"
    return any(re.search(rf"\d(?:万|亿)*{unit}[一-鿿]{{0,2}}{re.escape(word)}", statement.folded) for word in named)


def _is_slip(term: Term) -> bool:
    """Whether the term is one character that names nobody: of a longer word, typed or cut wrongly."""
    return term.tag.startswith("nr") and len(term.text) == 1


def _is_word(term: Term) -> bool:
    """Whether the term is one that the dictionary or the table of synonyms has, not what is left between two such."""
    return bool(term.variants) or known_word(term.text) or not term.text.isalpha() or term.text.isascii()


def _has(tags: tuple[str, ...], text: str) -> bool:
    """Whether a word of two characters or more has one of the tags."""
    return any(word.tag.startswith(tags) and len(word.text) > 1 for word in words(text))


def _names_somewhere(text: str) -> bool:
    return _TELLS_WHERE.search(text) is not None or _has(("ns", "nt"), text)


def _beyond(question: Question, statement: Statement) -> str:
    """The statement without the question's own words: what it tells beyond them."""
    text = statement.folded
    for term in question.terms:
        text = text.replace(term.text, " ")
    return text


def _names_someone(statement: Statement) -> bool:
    text = statement.folded
    return any(word.tag.startswith(("nr", "nt")) for word in words(text)) or bool(
        re.search("任|长|书记|主席|总理|局|厅|委|部门|办公室|单位|政府|公司|集团|院|校|大学|中心|小组|同志", text)
    )


def _refused(name: str, words: list[str] | None = None) -> Verdict:
    """Not enough, for want of `words`; where there are none to name, as such."""
    if not words:
        return Verdict(False, phrase("refused"))
    return Verdict(False, phrase(name, words="、".join(words)), tuple(words))


def _told(words: list[str], question: Question) -> list[str]:
    """Those of `words` that the user typed or is shown, as typed: a follow-up is also read with words of the last answer."""
    seen = f"{fold(question.text)}\n{fold(question.shown)}"
    return as_typed([word for word in words if word in seen], question.text)


def as_typed(words: list[str], question: str) -> list[str]:
    """The words as the user typed them, where they stand in the question."""
    folded = fold_with_map(question)
    typed = []
    for word in words:
        at = folded.text.find(word)
        typed.append(question[slice(*folded.span(at, at + len(word)))] if at >= 0 else word)
    return typed


def _is_name(term: Term, evidence: Evidence) -> bool:
    """Whether the term names a place, a person or a body, so that nothing else will do."""
    return term.tag.startswith(("nr", "nt")) and len(term.text) > 1 and not evidence.vocabulary.knows(term.text)


def _stands_in_library(term: Term, evidence: Evidence) -> bool:
    """Whether a part of the term, or a word that means the same, stands somewhere in the library."""
    vocabulary, word = evidence.vocabulary, term.text
    parts = (word[-2:], word[:2]) if len(word) > 2 else (word,)
    return len(word) < 2 or any(vocabulary.knows(part) for part in (*parts, *term.variants))
