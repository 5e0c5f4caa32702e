"""Parts that stand side by side without the outline's marks, where a list is asked for.

Within one sentence (甲、乙和丙; “甲”“乙”; clauses between ；), in sentences of one paragraph that open alike or that another
sentence counts, and in paragraphs that open alike or by their ordinals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer import expansion, selection
from rag.answer.classifiers import CN
from rag.answer.draft import Draft, verbatim
from rag.answer.evidence import Evidence, Scored
from rag.answer.places import Place
from rag.answer.question import Question
from rag.answer.siblings import END_MARKS
from rag.answer.statements import Statement
from rag.answer.terms import match
from rag.outline.tree import Paragraph
from rag.writing.fold import fold
from rag.writing.numerals import integer
from rag.writing.patterns import regex
from rag.writing.sentences import clauses, segments, trimmed

NUMBER_AGREES = 0.3  # with the number of parts that is asked for
NUMBER_DIFFERS = 0.3
_ENUMERATES = 0.12  # a sentence with three or more parts side by side, where a list is asked for
_SAID = 0.1  # that the sentence says their number in the words of the question
_NAMES_PARTS = 0.35  # of a sentence whose parts all bear the very noun that a list is asked of
_GAP = 2
ENUMERATED = 3  # parts side by side that make a sentence an enumeration
_OPENING = 4  # characters by which sentences open alike
ASKED_MEASURE = regex("(?:几|哪几|哪)(?P<m>[个种项条点类件步层重组句方大])")
_ASKS_WHAT = regex("有(?:什么|啥)(?:具体)?要求")
_DIVIDED_ASKED = regex("分(?:为|成)?(?:哪|几)|哪几(?:块|部分|大类)|包括哪几")
_DIVIDES = regex(f"(?:包括|包含|分为|分成)[^。;]{{2,60}}(?:等|共)?(?:[{CN}]|\\d)(?:个|大|种|类|块)(?:部分|方面|类|板块|类别)?")
_NOUN_ASKED = regex(f"哪(?:几|[{CN}]{{1,2}})[个种项类大条](?P<n>[\u4e00-\u9fff]{{2,4}})[?？。]?$")
_PARALLEL = regex(r"[^、,，;；:：。“”]{1,24}(?:、[^、,，;；:：。]{1,24}){2,}")
_QUOTED = regex(r"“[^”]{1,12}”(?:[、,，]?“[^”]{1,12}”)+")
_TITLE = regex("《[^》]+》")
_TITLED = regex(r"《[^》]+》(?:\([^)]{1,8}\))?(?:[、,和与]?《[^》]+》)+")
_CLAUSED = regex(  # 主要是统筹规划,掌握政策,组织协调,检查监督
    r"(?:[:：]|主要是|主要有|分别是|包括)(?:[^,，。;；:：、]{2,16}[,，]){3,}[^,，。;；:：]{2,16}"
    r"|(?:[^,，。;；:：]{4,20}[,，]){2,}[^,，。;；:：]{4,20}等(?:[几\d一二三四五六七八九]个?)?(?:突出|方面的?)?(?:问题|困难|不足|情况|措施|方面|工作)"
)
_JOINED = regex("既[^,;。]{2,30}(?:,(?:又|也|还|更|同时)[^,;。]{2,30})+")  # 既要…,又要…,还要…
_LAST_JOINED = regex("、[^、,，;；:：。]{1,24}?(?:以及|和|及|与)[^、,，;；:：。]{2,24}")  # 甲、乙和丙: three
_SAYS_PARTS = regex(f"(?P<n>[{CN}]{{1,2}}|\\d)(?:个(?:阶段|方面|部分|步骤)|步|条|点)")
_OPENS_PART = regex(f"第(?P<n>[{CN}]{{1,2}})")
_SAYS_NUMBER = regex(f"(?<![第{CN}\\d])(?P<n>[{CN}]{{1,3}}|\\d{{1,2}})(?:个|项|条|种|类|件|点|大|方面)")
_NUMBERED = regex(f"哪(?P<n>[{CN}]{{1,2}}|\\d{{1,2}})(?:个|大)?(?P<w>[项条点类种件]|[\u4e00-\u9fff]{{2}})")  # 哪三个部分
_OPEN_ALIKE = regex("(?:^|[,:])(?P<o>[\u4e00-\u9fff]{2})[^,。;:、]{2,60}(?:,(?P=o)[^,。;:]{2,60}){2,}")  # 必须…,必须…,必须…
_ASKS_NUMBER = regex("(?<!哪)几(?:大?[类种项条点]|个方面|部分)[?。]?$")  # 分几类
_ONE_OF_TWO = regex("一(?P<m>[类个种]|方面|部分)[是为]")
_SAYS_COUNT = regex(f"(?P<n>[{CN}]{{1,3}}|\\d{{1,2}})(?:大|个|项|条|类)(?P<w>[\u4e00-\u9fff]{{2,8}})")


def side_by_side(folded: str) -> int:
    """How many parts stand side by side in a folded sentence: by 、, by quotation marks, or by ；."""
    return max(_runs(folded))


def _runs(folded: str) -> list[int]:
    """How many parts each stretch has in which parts stand side by side; at last the sentence itself."""
    parallel = [part.group().count("、") + 1 for part in _PARALLEL.finditer(folded)]
    quoted = [part.group().count("“") for part in _QUOTED.finditer(folded)]
    joined = [part.group().count(",") + 1 for part in _JOINED.finditer(folded)]
    claused = [part.group().count(",") + 1 for part in _CLAUSED.finditer(folded)]
    titled = [len(_TITLE.findall(part.group())) for part in _TITLED.finditer(folded)]
    alike = [len(re.findall(f"(?:^|[,:]){part['o']}", part.group())) for part in _OPEN_ALIKE.finditer(folded)]
    return [*alike, *parallel, *quoted, *titled, *joined, *claused, len([part for part in re.split("[;；]", folded) if len(part) > 6])]


def enumerates(question: Question, statement: Statement) -> float:
    """What speaks for or against the sentence where a list is asked for: as many parts side by side as asked, or three and more."""
    parts = side_by_side(statement.folded)
    if statement.folded.endswith((":", "?")) or selection.is_heading(statement):
        return -NUMBER_DIFFERS  # it only announces
    measure = ASKED_MEASURE.search(fold(question.understood))
    if measure is not None and question.number is None and _counts_by(measure["m"], statement.folded):
        return _ENUMERATES
    if parts_named(question, statement.folded) or (_DIVIDED_ASKED.search(question.understood) and _DIVIDES.search(statement.folded)):
        return _NAMES_PARTS
    if question.number is not None:
        if names_as_many(question, statement.folded):
            return _NAMES_PARTS
        said = _SAID if says_what(question, statement.folded) or _alike_parts(question, statement.folded) else 0.0
        return _ENUMERATES + 0.1 + said if counts(question.number, statement.folded) else -_ENUMERATES
    if parts < ENUMERATED and _ASKS_WHAT.search(question.understood):
        return 0.0  # one requirement may be all that there is
    return _ENUMERATES / 2 if parts >= ENUMERATED else -_ENUMERATES


def counts(number: int, folded: str) -> bool:
    """Whether the folded sentence has just so many parts side by side."""
    runs = _runs(folded)
    return number in runs or (number - 1 in runs and _LAST_JOINED.search(folded) is not None)


def says(number: int, folded: str) -> bool:
    """Whether the folded sentence says that there are so many of something (三项基本原则, 这四件大事)."""
    return any(integer(match["n"]) == number for match in _SAYS_NUMBER.finditer(folded))


def says_what(question: Question, folded: str) -> bool:
    """Whether the folded sentence says how many of what there are in the words of the question (两大类, 三个部分)."""
    asked = _NUMBERED.search(fold(question.understood))
    return asked is not None and re.search(f"{asked['n']}(?:个|大)?{asked['w']}", folded) is not None


def _alike_parts(question: Question, folded: str) -> bool:
    """Whether parallel phrases are asked for (四个排比), and as many parts side by side have a character in common (…的雄姿、…的气概)."""
    runs = [part.group().split("、") for part in _PARALLEL.finditer(folded)] if "排比" in question.understood else []
    return any(len(parts) == question.number and set.intersection(*map(set, parts)) for parts in runs)


def parts_named(question: Question, folded: str) -> bool:
    """Whether three or more parts side by side, or as many as asked, each end with what is asked for (哪几种经济: …经济、…经济、…经济)."""
    asked = _NOUN_ASKED.search(fold(question.understood))
    if asked is None:
        return False
    runs = (re.split("[、,]|和|以及", part.group()) for part in _PARALLEL.finditer(folded))
    named = [sum(part.endswith(asked["n"]) for part in parts) for parts in runs]
    return any(count == question.number if question.number else count >= ENUMERATED for count in named)


def names_as_many(question: Question, folded: str) -> bool:
    """Whether just as many as asked are named as what the question asks for (哪两位模范: 涌现出甲、乙等模范)."""
    asked = [term.text for term in question.terms if term.tag.startswith("n") and len(term.text) > 1]
    named = (part.group() for word in asked for part in re.finditer(f"[^,;。:]+(?=等[^,;。:、]{{0,4}}{re.escape(word)})", folded))
    return any(len(re.split("[、和与及]", part)) == question.number for part in named)


def _counts_by(measure: str, folded: str) -> bool:
    """Whether the sentence says how many there are by the measure asked (两大类), or names three or more of them (产业类, 公益类)."""
    named = set(re.findall(f"[\u4e00-\u9fff]{{2}}(?={measure})", folded))
    return len(named) >= ENUMERATED or re.search(f"[二两三四五六七八九十]大?{measure}", folded) is not None


def from_sentence(question: Question, evidence: Evidence, scored: Scored, score: float) -> Draft:
    """The sentence as the list, with those beside it where it is short; where it is long, its segments that the question speaks of."""
    place = scored.statement.place
    text = place.document.text
    parts = segments(text, place.start, place.end)
    kept = [span for span in parts if any(match(term, fold(text[span[0] : span[1]])) >= 0.75 for term in question.terms)]
    if not kept or len(place.text) <= 160:
        kept = parts
    start, end = trimmed(text, (kept[0][0], kept[-1][1]), "；;")
    if len(place.text) <= selection.TOPIC_CHARACTERS and side_by_side(scored.statement.folded) < ENUMERATED:
        start, end = expansion.widened(question, evidence, scored.statement)
    end = max(end, 0 if _ASKS_NUMBER.search(fold(question.understood)) else _other_end(evidence, scored.statement))
    return Draft((verbatim(place.at(start, end)),), scored.coverage, how=f"enumeration {score:.2f}", decides=place)


def _other_end(evidence: Evidence, statement: Statement) -> int:
    """The end of the next sentence where it tells the other of two, of which this one tells the first (一类是…。另一类是…。); else 0."""
    one, place = _ONE_OF_TWO.search(statement.folded), statement.place
    following = [after for after in evidence.of_paragraph(place.speech, place.paragraph) if after.place.start > place.start][:1]
    return max((after.place.end for after in following if one and re.match(f"(?:另|还有)一{one['m']}", after.folded)), default=0)


def alike_paragraphs(text: str, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs that open with the same two characters as the first, up to the first gap of more than two."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        opening = text[paragraph.start : paragraph.start + 2]
        if not found or opening == text[found[0].start : found[0].start + 2]:
            found.append(paragraph)
        elif paragraph.number - found[-1].number > _GAP:
            break
    return found


def counted_paragraphs(place: Place, following: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs after a sentence that says how many parts there are (分两个阶段), each opened by its ordinal; else none."""
    counted = _SAYS_PARTS.search(fold(place.text))
    number = integer(counted["n"]) if counted else None
    if number is None or number < 2:
        return []
    found = list(following[:number])
    opened = [_OPENS_PART.match(place.document.text, paragraph.start) for paragraph in found]
    return found if [integer(match["n"]) if match else None for match in opened] == list(range(1, number + 1)) else []


def alike_sentences(question: Question, evidence: Evidence, ranked: list[Scored]) -> Draft | None:
    """Sentences of one paragraph that open alike (更加注重…。更加注重…。), where one of the best is among them or announces them."""
    for scored in ranked[:3]:
        place = scored.statement.place
        around = [s.place for s in evidence.of_paragraph(place.speech, place.paragraph)]
        opening = place.text[:_OPENING]
        others = [other for other in around if other.text.startswith(opening)]
        if len(others) < 3 and len(others) != question.number:
            others = _counted_sentences(place, around)
        if len(others) > 2 or (question.number is not None and len(others) == question.number):
            agrees = NUMBER_AGREES if question.number == len(others) else -NUMBER_DIFFERS if question.number else 0.0
            pieces = tuple(verbatim(other, line=True, strip=END_MARKS) for other in others)
            return Draft(pieces, scored.score + agrees, how="sentences that open alike")
    return None


def headed_sentences(question: Question, evidence: Evidence, ranked: Sequence[Scored]) -> Draft | None:
    """The first clauses of the sentences of one paragraph that end with a word asked for (增强学习本领,…。增强执政本领,…。)."""
    for scored in ranked[:3]:
        place = scored.statement.place
        around = [one.place for one in evidence.of_paragraph(place.speech, place.paragraph)]
        heads = [one.at(*trimmed(one.document.text, clauses(one.document.text, one.start, one.end)[0], END_MARKS)) for one in around]
        for term in (term for term in question.terms if term.tag.startswith("n")):
            held = [head for head, one in zip(heads, around, strict=True) if head.end < one.end - 1 and fold(head.text).endswith(term.text)]
            told = len({head.text for head in held})  # what each of them begins with names none
            if told == len(held) == question.number or (question.number is None and told == len(held) >= ENUMERATED):
                agrees = NUMBER_AGREES if question.number else _ENUMERATES
                pieces = tuple(verbatim(head, line=True) for head in held)
                return Draft(pieces, scored.score + agrees, how="sentences headed alike")
    return None


def _counted_sentences(place: Place, around: Sequence[Place]) -> list[Place]:
    """The sentences after one that counts them (实施“六大行动”。实施…行动。…): those that open alike, or share a word."""
    counted = _SAYS_COUNT.search(fold(place.text))
    number = integer(counted["n"]) if counted else None
    if counted is None or number is None or number < 2:
        return []
    following = [other for other in around if other.start > place.start]
    openings = dict.fromkeys(other.text[:2] for other in following)
    runs = [[other for other in following if other.text[:2] == opening] for opening in openings]
    runs.append([other for other in following if counted["w"][-2:] in fold(other.text)])
    return next((found for found in runs if len(found) == number), [])
