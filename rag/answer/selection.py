"""Which of the best sentences answers how, why, who, when, where, what is, or yes and no: cues of the kind, forms, headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.evidence import Evidence, Scored, carried
from rag.answer.interrogatives import Kind
from rag.answer.keywords import defined_in
from rag.answer.ordinals import ORDINAL_NOUN
from rag.answer.periods import LONG_YEAR, TIME
from rag.answer.places import front_of
from rag.answer.question import Question
from rag.answer.statements import Statement
from rag.answer.times import DAY_ASKED, TELLS_DAY
from rag.outline.signs import is_signature
from rag.writing.figures import figures
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.words import words

CUES: dict[Kind, re.Pattern[str]] = {
    "why": regex(  # what gives or bears a reason
        "因为|关键在于|主要是|原因是|由于|因此|所以|因而|为了|原因|(?:受|克服|应对|顶住|面对)[^,，。;；]{2,40}(?:影响|制约|冲击|压力)|是因|使得|导致|造成|考虑|旨在|着眼于|目的|就会|才能|突出特点"
    ),
    "definition": regex("是指|特指|指的是|[^要就都也还不但]是(?!否|不是)|称为|成为|即|包括|前者|后者|作为|例如|譬如|如"),
    "how": regex("要|通过|采取|建立|完善|加强|推进|加大|按照|做到|确保|坚持"),
    "when": regex(
        rf"\d+月|(?:{LONG_YEAR})年|[一二三四五六七八九十]+月|\d+日|春节|年以?前|年底|上半年|期间|以来|之前|前,|截至|上午|下午|起施行"
    ),
    "yes_no": regex(
        "不(?![断仅但同少久足断单])|未(?!来)|不能|不得|必须|应当|可以|没有|禁止|不准|严禁|反对|拒绝|否认|同意|赞成"
        "|低|下降|上升|增长|回落|属于"
    ),
}
_SPOKE = regex("报告|讲话|致辞|发言|演讲|作者|讲的|说的")
MANY_FIGURES = 4  # a sentence of so many figures reports results, it does not say how
_FRONT_BONUS = 0.8
_HEADING_PENALTY = 0.5
HEADING_CHARACTERS = 40
TOPIC_CHARACTERS = 26  # a sentence this short names its topic and leaves the rest to the next
_PLAN_ASKED = regex(
    "(?:要|打算|准备|计划|将|今后|往后|下一步|接下来|未来|想).{0,16}(?:怎么|怎样|如何|咋)"
    "|(?:怎么|怎样|如何|咋)(?:[^了过的,，。?？]{1,14}(?:[?？ ]|$)|让|把|帮)"
)
_DONE_ASKED = regex("了|过|的[?？。]?$|已经|成效|成绩|成果")
_PROBLEM = regex("造成|影响|困难|压力|制约|不足|不够|不力|差距|突出|矛盾|存在|显现")
_ORDERS = regex("(?:^|[,，;；。、:])(?:都|也|还|就|更|又|既|我们|必须|各级|各)?(?:要|应|须|必须)|必须|应当|通过|采取")
_PROBLEM_PENALTY = 0.12  # of a sentence that tells what is wrong, where it is asked what to do
_LOOKS_BACK = regex("回顾|过去|成就|成绩|取得|工作情况|基本情况")
_INTENDED = regex("打算|准备|今后|往后|未来|下一步|接下来")
_WILL = regex("未来[,，]|今后|下一步|(?:中国|我国|我们|政府|全[国省市县区])(?:还|也)?将")
_DONE = regex("年前|已经|去年|过去|曾|以来|(?:取得|举办|完成|实现|建成|开展)了")
_LOOKS_BACK_PENALTY = 0.25  # of what stands under such a heading, where it is asked what is to be done
_NAME_CHARACTERS = 8  # of what is asked for by name, no more opens a sentence
_SAYS_WHAT = regex("[”」』]?(?:(?:就|特)?(?:是指|是|指)(?!否|不是|要)|(?P<become>(?:已经?)?成为))")
_IS = regex("[是指](?!否|不是)")
_LEADS = 3  # characters before a comma that a sentence may open with before what it defines (目前,…)
_DEFINED = regex(
    r"[”\")」』,，的]*(?:制度|机制|改革|工作|模式|,)*[”\"]?(?:,|，)?"
    "(?:就是(?!要)|是指|指的是|即|是(?!否|不是)|,?系指|指|(?P<become>(?:已经?)?成为))"
)
_BECOMES = 0.5  # what a thing has become says less of what it is than 是
_ENTRY, _GLOSSED = regex(r"(?:[\d①-⑳]{0,3}[.、:]?)?[“\"「『]?"), regex("[”\"」』]?:")  # before and after an entry of a glossary
# Lines that stand beside a text: a note in brackets, who took a picture, whom to call.
_BESIDE_TEXT = regex(
    r"^(?:\([^()]*\)|【[^】]*】)$|摄\)?$|^(?:咨询|联系|服务|监督|举报|投诉)?(?:电话|邮箱|传真):|^(?:联系人|责任编辑|编辑|来源):"
)
_CUE_BONUS = 0.08
_NAMED_BONUS = 0.12
NEAREST = 3  # statements of which one tells until when, if it is not the text itself that ends
FOLLOWING = 3  # sentences after one that show whether its paragraph goes on about it
_AS_FULL = 0.8  # of the question, as against the statement that carries most of it
_TOLD_SHARE = 0.1  # more of it wins fewer questions of eleven hundred, none loses as many
_TOPIC_BONUS = 0.1  # of a sentence that names what its paragraph goes on to tell
_ASKED_BONUS = 0.25
LED_ASKED = regex("牵头|负责|主管|主办|承办|起草|制定")
LED = regex(
    "(?<!各)[委局厅部办院会组行司](?:要)?(?:在[^,，。]{2,14}[,，])?(?:牵头|负责|主管|主办|承办|起草)"
    "|由[^,，。]{2,14}(?:牵头|负责|主管|主办|承办|起草|制定)"
)
# Questions that the speaker goes on to answer.
_ASKED_ALOUD: dict[Kind, re.Pattern[str]] = {
    "why": regex("(?:为什么|为何|何以|原因何在|什么原因).*[?？]$"),
    "definition": regex("(?:[是叫指](?:一?[个种])?(?:什么|怎样)|何谓|何为|什么[是叫]).*[?？]$"),
    "how": regex("(?:怎么|怎样|如何|怎么办).*[?？]$"),
}
CONCLUDES = regex("^(?:因此|所以|因而|正因|由此|为此|可见)")
_ENDS_ASKED = "有效|失效|到期|为止|截止|作废|管用?到"
IN_FORCE_ASKED = regex(f"施行|执行|实施|生效|{_ENDS_ASKED}")
_END_ASKED = regex(_ENDS_ASKED)  # of a text, how long it is in force: told at its end, in none of its own words
_END_TOLD = regex("有效期|截[止至]|失效|废止|为止|期限")
_HELD_ASKED = regex("(?:[在是]哪(?:里|儿|一?[个座]?(?:城市|地方|国家))?|什么地方)[^,，。?？]{0,2}(?:开|办|举行)")
# What is asked of a kind, or of any, what then tells it, and how much that speaks for a statement.
_ANSWERS: tuple[tuple[tuple[Kind, ...], re.Pattern[str], re.Pattern[str], float], ...] = (
    (("who",), LED_ASKED, LED, _ASKED_BONUS),
    (("when",), IN_FORCE_ASKED, regex("起(?:施行|执行|实施|生效)|有效期|(?:实施|执行)期限"), _ASKED_BONUS),
    (("when", "where"), _HELD_ASKED, regex("(?:在|于)[一-鿿]{2,14}(?:举行|召开|开幕(?!式)|举办)"), _NAMED_BONUS),
    (  # why it is not done, what is bad of it
        ("why",), regex("不能|不得|不要|不可|不准|不许|不好|坏处|害处|危害"),
        regex("避免|防止|以免|免得|否则|造成|带来|引发|导致|损害"), _NAMED_BONUS,
    ),
    (  # what is to be done
        ("how",), regex("怎么办|咋办|办法|手段|招|措施|(?:怎么|怎样|如何|咋)(?:处理|解决|处置|应对|防止?|避免)"),
        regex("应当|必须|不[准得许]|办法|制度|机制|措施"), _NAMED_BONUS,
    ),
    (  # how it is judged
        ("how",), regex("评价|看待|怎么看"),
        regex("肯定|赞[成扬同]|同意|满意|清晰|符合|很[强好高]|值得|不[足够妥]|失误|正确|成功"), _ASKED_BONUS,
    ),
    (  # whether it is so, not whether it is to be
        ("yes_no",), regex("(?:已经?|是不是|是否|有没有|有没).{0,12}了|了(?:吗|没|没有)|还.{0,8}吗"),
        regex("仍|尚|还没|依然|已经?|趋|并未|没有"), _NAMED_BONUS,
    ),
    ((), regex("第几[次届个位条章批期号名]"), regex(r"第[一二三四五六七八九十百\d]+[次届个位条章批期号名]"), 2 * _NAMED_BONUS),
    (
        (), regex("[久间年月天](?!份|度)[^,，。?？]{0,8}一[次回]"),
        regex(r"每[一二两三四五六七八九十\d半]*(?:年|个?月|季度?|周|天|日)|一[次回]"), 2 * _NAMED_BONUS,
    ),
)  # fmt: skip


def deciding(question: Question, evidence: Evidence, ranked: Sequence[Scored]) -> Scored:
    """Of the best statements, of which there is one at least, the one that decides."""
    scores = {(one.statement.place.document.path, one.statement.place.start): one.score for one in ranked}

    def fit(scored: Scored) -> float:
        told = _TOLD_SHARE * _told_after(scored.statement, evidence, scores) if question.kind in ("how", "why") else 0.0
        # Of 乡村振兴总要求 the last word is what is asked of the others.
        asked = question.kind == "other" and _ends_in_term(question) and scored.coverage >= _AS_FULL * fullest
        head = _NAMED_BONUS * carried(question.terms[-1], scored.statement) if asked else 0.0
        return scored.score + _fit(question, scored.statement) + told + head

    near = ranked[: 40 if question.kind == "definition" else 16]
    fullest = max(scored.coverage for scored in near)
    if question.kind == "when" and _END_ASKED.search(question.understood) and not any(_tells_end(one) for one in near[:NEAREST]):
        first = near[0].statement.place.speech
        near = [one for one in ranked if one.statement.place.speech == first and _tells_end(one)] or near
    return max(near, key=fit)


def _ends_in_term(question: Question) -> bool:
    """Whether the question ends in the last of its words: bare keywords, of which the last is asked of the others."""
    return bool(question.terms) and fold(question.understood).rstrip("?。 ").endswith(question.terms[-1].text)


def tells_rank(question: Question, statement: Statement) -> bool:
    """Whether the question opens with an ordinal (那第二步怎么走) that the statement names."""
    rank = ORDINAL_NOUN.search(question.understood)
    return rank is not None and rank.start() <= _LEADS and rank.group() in statement.folded


def _tells_end(scored: Scored) -> bool:
    """Whether the statement tells until when something holds."""
    return _END_TOLD.search(scored.statement.folded) is not None


def _told_after(statement: Statement, evidence: Evidence, scores: dict[tuple[str, int], float]) -> float:
    """The mean score of the sentences that follow in the paragraph: what a passage goes on about, it tells more of."""
    place = statement.place
    following = [one for one in evidence.of_paragraph(place.speech, place.paragraph) if one.place.start > place.start][:FOLLOWING]
    return sum(scores.get((place.document.path, one.place.start), 0.0) for one in following) / FOLLOWING


def _fit(question: Question, statement: Statement) -> float:
    """What speaks for the statement beyond its words: a cue of the kind asked for, a name where one is asked."""
    kind = question.kind
    bonus = sum(
        much for kinds, asks, tells, much in _ANSWERS
        if (not kinds or kind in kinds) and asks.search(question.understood) and tells.search(statement.folded)
    )  # fmt: skip
    cue = CUES.get(kind)
    if cue is not None and cue.search(statement.folded):
        bonus += _CUE_BONUS if kind != "when" else 2 * _CUE_BONUS
    if kind == "who" and any(word.tag.startswith(("nr", "nt")) and len(word.text) > 1 for word in words(statement.place.text)):
        bonus += _NAMED_BONUS
    if kind == "who" and statement.order == 0 and _SPOKE.search(question.understood) and _names_speaker(statement):
        bonus += _FRONT_BONUS
    if kind == "when" and _SPOKE.search(question.understood) and _is_front(statement) and cue is not None and cue.search(statement.folded):
        bonus += _FRONT_BONUS
    aloud = _ASKED_ALOUD.get(kind)
    if aloud is not None and aloud.search(statement.folded):
        bonus += _ASKED_BONUS
    if kind in ("when", "where"):
        bonus += _fit_of_event(question, statement)
    bonus += 2 * _NAMED_BONUS * tells_rank(question, statement)
    if kind == "yes_no":
        bonus += _CUE_BONUS * _times_told(question, statement)
    if kind == "definition":
        bonus += 2 * _NAMED_BONUS * defines(question, statement)
        bonus += _ASKED_BONUS * _opens_with(defined_in(fold(question.understood)), statement)
    if statement.folded.endswith(":"):
        bonus -= _NAMED_BONUS  # it only announces
    elif kind in ("how", "why") and opens_topic(statement):
        bonus += _TOPIC_BONUS
    if is_heading(statement) or (kind not in ("who", "where", "when") and _BESIDE_TEXT.search(statement.folded)):
        bonus -= _HEADING_PENALTY
    if kind == "how" and _LOOKS_BACK.search(statement.path) and _asks_plan(question):
        bonus -= _LOOKS_BACK_PENALTY
    if kind == "how" and _asks_plan(question):
        bonus -= _NAMED_BONUS * bool(_DONE.search(statement.folded))
        bonus += _CUE_BONUS * bool(_INTENDED.search(question.understood) and _WILL.search(statement.folded))
    if kind == "how" and _PROBLEM.search(statement.folded) and not _ORDERS.search(statement.folded):
        bonus -= _PROBLEM_PENALTY
    if kind == "why" and CONCLUDES.match(statement.folded) and statement.order > 0:
        bonus += _CUE_BONUS  # the reason stands before it
    told = kind == "why" and CUES["why"].search(statement.folded)
    if kind in ("how", "why", "definition") and not told and len(figures(statement.folded)) >= MANY_FIGURES:
        bonus -= _NAMED_BONUS
    if len(statement.folded) < 8:
        bonus -= _NAMED_BONUS
    return bonus


def _fit_of_event(question: Question, statement: Statement) -> float:
    """What speaks for the statement where it is asked when or where something is: a day, how long it is in force, where it was held."""
    bonus, kind = 0.0, question.kind
    if kind == "when" and not (TELLS_DAY if DAY_ASKED.search(question.understood) else CUES["when"]).search(statement.folded):
        bonus -= 2 * _NAMED_BONUS
    if kind == "where" and any(word.tag.startswith("ns") for word in words(statement.place.text)):
        bonus += _NAMED_BONUS
    return bonus


def _opens_with(word: str, statement: Statement) -> bool:
    """Whether the statement says what `word` is, and opens with it."""
    return bool(word) and statement.folded.startswith(word) and _DEFINED.match(statement.folded, len(word)) is not None


def _asks_plan(question: Question) -> bool:
    """Whether it is asked how something is to be done, not how it was."""
    asked = fold(question.understood)
    return _PLAN_ASKED.search(asked) is not None and not _DONE_ASKED.search(asked)


def _times_told(question: Question, statement: Statement) -> int:
    """How many of the times and of the units of figures that the question writes stand in the statement."""
    asked = fold(question.understood)
    units = {figure.unit for figure in figures(asked) if figure.unit}
    told = {figure.unit for figure in figures(statement.folded)}
    return sum(match.group() in statement.folded for match in TIME.finditer(asked)) + len(units & told)


def opens_topic(statement: Statement) -> bool:
    """Whether the statement is the short first sentence of a longer paragraph, which it names."""
    place = statement.place
    rest = place.paragraph.end - place.end
    return statement.order == 0 and len(statement.folded) <= TOPIC_CHARACTERS and rest > len(statement.folded)


def is_heading(statement: Statement) -> bool:
    """Whether the statement is a line that only names: a title, a line on the front, a heading of its own."""
    place = statement.place
    whole = place.start == place.paragraph.start and place.end == place.paragraph.end
    if not whole or place.text.endswith(tuple("。！!？?；;:：")):
        return False
    return _is_front(statement) or len("".join(place.text.split())) < HEADING_CHARACTERS or is_signature(statement.folded)


def _is_front(statement: Statement) -> bool:
    """Whether the statement is one of the lines on the front of its speech."""
    place = statement.place
    return statement.order == 0 and place.paragraph.number <= len(front_of(place.speech, place.document.text))


def _names_speaker(statement: Statement) -> bool:
    return _is_front(statement) and any(
        word.tag.startswith("nr") for word in words(statement.place.text.replace("\u3000", "").replace(" ", ""))
    )


def defines(question: Question, statement: Statement) -> float:
    """Whether the statement says what one of the question's words is: 所谓X,就是…; X是指…; X:…; or opens with its last part.

    1 where it does, 0.8 where the word may be a part of another (二类会议是指), less where it says what it has become; else 0.
    """
    said = max((_said_of(phrase, statement.folded) for phrase in question.phrases), default=0.0)
    return max(said, max((_defines_term(term.text, statement.folded) for term in question.terms), default=0.0))


def _defines_term(term: str, folded: str) -> float:
    tails = [term[i:] for i in range(1, len(term) - 2)]
    if any(folded.startswith(tail) and _IS.match(folded, len(tail)) for tail in tails):
        return 1.0
    at = folded.find(term)
    if at < 0 or len(term) < 2:
        return 0.0
    if _ENTRY.fullmatch(folded, 0, at) and _GLOSSED.match(folded, at + len(term)):
        return 1.0
    defined = _DEFINED.match(folded[at + len(term) : at + len(term) + 14])
    if defined is None and "所谓" not in folded[max(0, at - 4) : at]:
        return 0.0
    before = folded[max(0, at - 1) : at]
    share = _BECOMES if defined is not None and defined["become"] else 1.0
    return share * (1.0 if not before.isalpha() or before in "称谓指的叫" else 0.8)


def _said_of(phrase: str, folded: str) -> float:
    """1 where the folded sentence opens with the end of the phrase, and goes on with 是 or 指; less where with 成为; else 0."""
    tails = [phrase[i:] for i in range(max(0, len(phrase) - _NAME_CHARACTERS), len(phrase) - 1)]
    starts = [0, *(at + 1 for at, character in enumerate(folded[: _LEADS + 1]) if character == ",")]
    ends = [start + len(tail) for tail in tails for start in starts if folded.startswith(tail, start)]
    found = [match for end in ends if (match := _SAYS_WHAT.match(folded, end))]
    return max((_BECOMES if match["become"] else 1.0 for match in found), default=0.0)
