"""Questions that ask the same of every speech of a kind: 各省…分别是多少, 历年…. Each place, or each speech, is asked by itself.

What kinds there are the wording says; which places and speeches there are the library says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rag.answer.classifiers import CN
from rag.answer.evidence import Evidence
from rag.answer.places import Shelf
from rag.answer.slots import Slot
from rag.answer.terms import PROVINCES
from rag.answer.times import years_asked
from rag.outline.tree import Speech
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.words import known_word, words

MOST = 40  # sides that are asked; China has 34 provinces
_PLACE = "省区市|省市|省份?|地区|地方|市县|市区?|县区|区县|县市?|区|州|地"
# 要求各省…, 各地要…: they are told to, not asked of.
_PLACES = regex(
    f"(?<!要求)(?<![对让给由向为与和])(?P<all>(?:各个?|每一?个|哪几个)(?P<kind>(?>{_PLACE})))"
    "(?:之间)?(?!级|自治|域|别|方|要|应|须|必须|可以|不得|如何|怎[么样]|需|都要|都应|人民政府|[、(（])"
)
_YEARS = regex("(?P<all>历年来?|历[届次]|逐年|各年度?|[各每]届|[各每]次)(?:的)?")
_OF_KIND = {"省": "省", "市": "市", "县": "县市", "区": "区市县", "州": "州"}
_PLAN_YEARS = 5  # a five-year plan
_NO_NAME = "在于全各本我向对关"  # with which no name of a place begins here
_GENRE = regex("政府工作报告|工作报告|报告|讲话|致辞|规划|纲要|方案|公报|决定|意见|通知|计划")
_CONGRESSES = regex("党代会|党的?(?:历次)?(?:全国)?(?:代表)?大会")
_OF_CONGRESS = "次全国代表大会"  # borne on the front of its speeches
_OPENING_OF = regex("^的|(?<=[,，。])的")
_NUMBERS = regex(f"[\\d〇{CN}]+")
_ASKED_ALONE = regex("各自?(?=[是有为达占提讲说])|分别")


def kindred(wording: str, shelf: Shelf, evidence: Evidence, near: Sequence[Speech]) -> tuple[str, list[Slot]]:
    """The words with which `wording` asks of all places or years, and a question for each; ("", []) where it does not.

    `near` are the speeches that have something to say to it, best first.
    """
    found = _PLACES.search(wording)
    if found is not None:
        groups = _by_place(found["kind"], wording, shelf, evidence)
        rest = _without(wording, found)
        return found["all"], [Slot(name, f"{name}{rest}", tuple(speeches)) for name, speeches in groups.items()][:MOST]
    found = _YEARS.search(wording)
    if found is None:
        return "", []
    rest = _without(wording, found)
    return found["all"], [Slot("", rest, (speech,)) for speech in _in_time(wording, shelf, evidence, near)]


def _without(wording: str, found: re.Match[str]) -> str:
    rest = f"{wording[: found.start()]}{wording[found.end() :]}"
    return _ASKED_ALONE.sub("", _OPENING_OF.sub("", rest))


def _by_place(kind: str, wording: str, shelf: Shelf, evidence: Evidence) -> dict[str, list[Speech]]:
    """The speeches of each place of the kind that titles or file names bear, in library order."""
    ranks = "".join(_OF_KIND.get(character, "") for character in kind) or "省市县区州"
    asked = years_asked(wording)
    groups: dict[str, list[Speech]] = {}
    for speech, title, path in zip(shelf.every, shelf.titles.texts, shelf.paths.texts, strict=True):
        for name in (_places(title, ranks) or _places(path, ranks)) if _near_in_time(speech, asked, evidence) else ():
            groups.setdefault(name, []).append(speech)
    return groups


def _near_in_time(speech: Speech, asked: Sequence[int], evidence: Evidence) -> bool:
    """Whether the speech may tell of one of the years asked for: no plan and no look back goes further."""
    own = evidence.timing.years.of_speech(speech.document, speech.number) if asked else None
    return own is None or any(abs(own - year) <= _PLAN_YEARS for year in asked)


def _places(title: str, ranks: str) -> list[str]:
    """The places that a folded title names: its provinces where these are asked for, else what its words call 市, 县, 区."""
    provinces = [name for name in PROVINCES if name in title] if "省" in ranks else []
    if provinces or ranks == "省":
        return provinces
    return list(dict.fromkeys(_named(title, ranks)))


def _named(title: str, ranks: str) -> Iterator[str]:
    """The places of two or three characters before their rank (青溪县): names, or what no dictionary has."""
    known = [word for word in words(title) if len(word.text) > 1 and known_word(word.text)]
    for match in re.finditer(f"(?![{_NO_NAME}])[\u4e00-\u9fff]{{2}}[{ranks}]", title):
        inside = [word for word in known if word.start < match.end() and match.start() < word.end]
        nouns = all(word.tag.startswith("n") and word.start >= match.start() for word in inside)
        of_nouns = nouns and match.group().endswith(("市", "县"))
        if of_nouns or all(word.tag.startswith("ns") for word in inside):  # 白桦县: a noun, but 农业区 is no place
            yield title[min(match.start(), *(word.start for word in inside), match.end()) : match.end()]


def _in_time(wording: str, shelf: Shelf, evidence: Evidence, near: Sequence[Speech]) -> list[Speech]:
    """The speeches of the genre that the wording names, else of `near`, that tell their year; the earliest first.

    Where some of them bear the same title but for its year, these are the ones that come year by year.
    """
    named = [shelf.every[number] for genre in _GENRE.findall(wording)[:1] for number in shelf.titles.having(genre)]
    if _CONGRESSES.search(wording):
        named = shelf.bearers(_OF_CONGRESS)
    dated = [(evidence.timing.years.of_speech(speech.document, speech.number), speech) for speech in named or near]
    told = sorted(((year, speech) for year, speech in dated if year is not None), key=lambda pair: pair[0])
    series = Counter(_undated(speech) for _, speech in told)
    yearly = [speech for _, speech in told if series[_undated(speech)] > 1]
    return (yearly or [speech for _, speech in told])[:MOST]


def _undated(speech: Speech) -> str:
    """The title without its year or number."""
    return _NUMBERS.sub("", fold(speech.title))
