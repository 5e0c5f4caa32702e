"""Evidence: the statements of the library that may answer, scored by how much of the question they carry.

A statement is one sentence with its surroundings: what stands before it in its item, the headings above, the
title. A word found in the sentence itself counts whole, one found around it counts in part. Words count by
their rarity in the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.answer.kinds import holds
from rag.answer.places import Place, Shelf
from rag.answer.question import Question, Term
from rag.answer.times import Years
from rag.outline.headings import nodes_at, path_at
from rag.outline.tree import Paragraph, Speech
from rag.search.vocabulary import Vocabulary
from rag.writing.fold import fold
from rag.writing.numerals import integer
from rag.writing.sentences import sentences, trimmed
from rag.writing.words import known_word

# What a word counts where it does not stand in the sentence itself.
IN_HEAD = 0.75  # the item's own heading sentence
IN_PATH = 0.6  # a heading above
IN_BEARING = 0.85  # the speech's title, occasion, speaker: such words name the speech, and any sentence of it will do
IN_BEFORE = 0.5  # the sentence before
IN_PARAGRAPH = 0.3  # elsewhere in the paragraph
VARIANT = 0.9  # another word of the same meaning
ABBREVIATION = 0.75  # the word's characters in order, close together
PARTIAL = 0.6  # share of the word's pairs that stand
PHRASE_SHARE = 0.35  # weight of unbroken wording beside words
YEAR_BONUS = 0.1
YEAR_PENALTY = 0.3
BEARING_SHARE = 0.2  # weight of what the question says of the speech itself
NAME_PENALTY = 0.4
_VERBS_OF_FIGURES = 0.6  # 卖了多少, 花了多少: what is counted tells more than what was done
_UNKNOWN = 0.25  # a verb, or what no dictionary has, that the library lacks: the library says it in other words
PLACE_ENDINGS = "省市县区镇乡州"
OFTEN = 3  # a document that names a place this often is about it, or near enough
NAMED = 0.45  # a place counts as named where it is carried this much
PRIOR_SHARE = 0.25  # weight of the retrieval score of the passage


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage: where it stands, its retrieval score between 0 and 1, its BM25 score and its cosine."""

    document: str
    start: int
    end: int
    score: float
    words: float = 0.0
    cosine: float = 0.0


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence and its surroundings, folded. `order` is its position among its paragraph's sentences.

    `bearing` is what its speech bears on its front: title, occasion, date, speaker, and the document's name.
    """

    place: Place
    order: int
    folded: str
    head: str
    before: str
    path: str
    bearing: str
    paragraph: str
    prior: float

    def __hash__(self) -> int:
        return hash(self.place)


@dataclass(frozen=True, slots=True)
class Scored:
    """A statement with its score and the share of the question that it carries, both about 0 to 1."""

    statement: Statement
    score: float
    coverage: float


@lru_cache(maxsize=32_768)  # one question asks some thousands
def match(term: Term, text: str) -> float:
    """How well the folded `text` carries `term`: 1 for the word itself, less for what only resembles it."""
    if term.text in text and holds(text, term.text):
        return 1.0
    if any(variant in text for variant in term.variants):
        return VARIANT
    word = term.text
    if len(word) < 2:
        return 0.0
    if is_place(term) and len(word) > 2 and word[-1] in PLACE_ENDINGS and word[:-1] in text:
        return VARIANT
    if _abbreviates(word, text):
        return ABBREVIATION
    if len(word) == 2:
        return 0.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return PARTIAL * sum(pair in text for pair in pairs) / len(pairs)


def _abbreviates(word: str, text: str) -> bool:
    """Whether the characters of a short `word` stand in `text` in order, each within three of the one before."""
    if not 2 <= len(word) <= 4 or word[-1] not in text:
        return False
    start = text.find(word[0])
    while start >= 0:
        at = start
        for character in word[1:]:
            at = text.find(character, at + 1, at + 4)
            if at < 0:
                break
        else:
            return not any(mark in text[start:at] for mark in ",。;:、!?")
        start = text.find(word[0], start + 1)
    return False


class Evidence:
    """Statements of a library, found by hits and scored for a question."""

    def __init__(self, shelf: Shelf, vocabulary: Vocabulary) -> None:
        self.shelf = shelf
        self.vocabulary = vocabulary
        self.years = Years(shelf)
        self._folded = lru_cache(maxsize=256)(lambda path: fold(shelf.documents[path].text))
        self._statements = lru_cache(maxsize=4096)(self._read)
        self._weights = lru_cache(maxsize=256)(self._weigh)
        self._pairs = lru_cache(maxsize=256)(self._weigh_pairs)
        self._often = lru_cache(maxsize=1024)(self._has_often)

    def statements(self, hits: Iterable[Hit]) -> list[Statement]:
        """Every statement of the paragraphs that `hits` stand in, best paragraph first."""
        found: list[Statement] = []
        seen: set[tuple[str, int]] = set()
        for hit in hits:
            place = self.shelf.place(hit.document, hit.start, hit.end)
            key = (hit.document, place.paragraph.start)
            if key not in seen:
                seen.add(key)
                found.extend(self.of_paragraph(place.speech, place.paragraph, hit.score))
        return found

    def of_paragraph(self, speech: Speech, paragraph: Paragraph, prior: float = 0.0) -> Iterator[Statement]:
        """The statements of one paragraph, in order."""
        return (replace(one, prior=round(prior, 3)) for one in self._statements(speech.document, paragraph.start))

    def bearing(self, speech: Speech) -> str:
        """What a speech bears on its front, folded: title, document, occasion, date, speaker."""
        return self.shelf.bearing(speech)

    def _read(self, document: str, start: int) -> tuple[Statement, ...]:
        place = self.shelf.place(document, start, len(self.shelf.documents[document].text))
        text, paragraph = place.document.text, place.paragraph
        whole = fold(place.paragraph_text)
        found = []
        before = ""
        for order, span in enumerate(sentences(text, paragraph.start, paragraph.end)):
            left, right = trimmed(text, span)
            folded = fold(text[left:right])
            found.append(
                Statement(
                    place=place.at(left, right),
                    order=order,
                    folded=folded,
                    head=fold(_head(place.speech, text, left, right)),
                    before=before,
                    path=fold(" ".join(path_at(place.speech.root, text, left, left))),
                    bearing=self.bearing(place.speech),
                    paragraph=whole,
                    prior=0.0,
                )
            )
            before = folded
        return tuple(found)

    def weights(self, question: Question) -> list[float]:
        """The weight of each term: its rarity, less for grammar-like words, none for the question's own times."""
        return self._weights(question.terms, question.kind == "figure")

    def _weigh(self, terms: tuple[Term, ...], figure: bool) -> list[float]:
        verbs = _VERBS_OF_FIGURES if figure else 1.0
        return [self._rarity(term) * _part_weight(term) * (verbs if term.tag.startswith("v") else 1.0) for term in terms]

    def _rarity(self, term: Term) -> float:
        """How rare what the term means is in the library: as rare as the commonest of its words."""
        known = [word for word in (term.text, *term.variants) if self.vocabulary.knows(word)]
        if known:
            return min(map(self.vocabulary.rarity, known))
        names = term.tag.startswith(("n", "j", "eng", "i", "l")) and known_word(term.text)
        return self.vocabulary.rarity(term.text) * (1.0 if names else _UNKNOWN)

    def coverage(self, question: Question, statement: Statement) -> float:
        """The share of the question's words, by weight, that the statement and its surroundings carry."""
        weights = self.weights(question)
        total = sum(weights)
        if not total:
            return 0.0
        reached = (w * (1.0 if self.named(t, statement) else carried(t, statement)) for w, t in zip(weights, question.terms, strict=True))
        return sum(reached) / total

    def wording(self, question: Question, text: str, beside: str = "") -> float:
        """The share of the question's character pairs, by rarity, that stand in the folded `text`.

        Pairs that stand `beside` it, as on the front of the speech, are left out where there are others: they name the speech.
        """
        weights = self._pairs(question.phrases)
        if beside:
            weights = {pair: weight for pair, weight in weights.items() if pair not in beside} or weights
        total = sum(weights.values())
        return sum(weight for pair, weight in weights.items() if pair in text) / total if total else 0.0

    def _weigh_pairs(self, phrases: tuple[str, ...]) -> dict[str, float]:
        pairs = {phrase[i : i + 2] for phrase in phrases for i in range(len(phrase) - 1)}
        return {pair: self.vocabulary.rarity(pair) for pair in sorted(pairs) if self.vocabulary.frequency(pair)}

    def score(self, question: Question, statement: Statement) -> Scored:
        """The statement's score for the question: words, unbroken wording, and the passage's own score."""
        coverage = self.coverage(question, statement)
        wording = self.wording(question, statement.folded, statement.bearing)
        mixed = (1 - PHRASE_SHARE) * coverage + PHRASE_SHARE * wording
        mixed += BEARING_SHARE * self.borne(question, statement.bearing) - NAME_PENALTY * len(self.unnamed(question, statement))
        score = (1 - PRIOR_SHARE) * mixed + PRIOR_SHARE * statement.prior + self.year_bonus(question, statement.place)
        return Scored(statement, score, coverage)

    def borne(self, question: Question, bearing: str) -> float:
        """The share of the question's words, by weight, that a speech bears on its front."""
        weights = self.weights(question)
        total = sum(weights)
        return sum(w * match(t, bearing) for w, t in zip(weights, question.terms, strict=True)) / total if total else 0.0

    def named(self, term: Term, statement: Statement) -> bool:
        """Whether the term is a place that the statement, what is around it, or often its document names; or such a person."""
        if is_person(term):
            return self._often(term.text, statement.place.document.path)
        return is_place(term) and term not in self.unnamed_places((term,), statement)

    def unnamed(self, question: Question, statement: Statement) -> list[Term]:
        """The places of the question that neither the statement nor anything around it names.

        Of a place inside another (泰州市海陵区) the inner one is enough.
        """
        missing = self.unnamed_places(question.terms, statement)
        if not missing:
            return missing
        named = [term.text for term in question.terms if is_place(term) and term not in missing]
        return [term for term in missing if not any(term.text + inner in phrase for inner in named for phrase in question.phrases)]

    def unnamed_places(self, terms: Sequence[Term], statement: Statement) -> list[Term]:
        """Those of `terms` that are places which nothing near the statement names, nor its document often."""
        missing = [term for term in terms if is_place(term) and carried(term, statement) < NAMED]
        return [term for term in missing if not self._often(term.text.rstrip(PLACE_ENDINGS), statement.place.document.path)]

    def _has_often(self, name: str, document: str) -> bool:
        """Whether the document has the name so often that it is about it."""
        return self._folded(document).count(name) >= OFTEN

    def year_bonus(self, question: Question, place: Place) -> float:
        """What the year that a place speaks of adds to its score, or takes away."""
        fits = self.years.fits(question.years, question.offsets, place)
        return 0.0 if fits is None else YEAR_BONUS if fits else -YEAR_PENALTY

    def ranked(self, question: Question, statements: Sequence[Statement]) -> list[Scored]:
        """All `statements`, best first; ties in the order given."""
        return sorted((self.score(question, statement) for statement in statements), key=lambda scored: -scored.score)


_MONTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月")


def untimed(question: Question, statement: Statement) -> list[str]:
    """The times of the question (一季度, 3月) that neither the statement nor what is around it names."""
    around = f"{statement.bearing}\n{statement.path}\n{statement.head}\n{statement.paragraph}"
    return [time for time, forms in zip(question.times, question.forms, strict=True) if not _has_time(time, forms, around)]


def _has_time(time: str, forms: Iterable[str], around: str) -> bool:
    month = _MONTH.match(time)
    if month:
        return any(integer(found[1]) == integer(month[1]) for found in _MONTH.finditer(around))
    return any(form in around for form in forms)


def carried(term: Term, statement: Statement) -> float:
    """How well a statement carries a term, its surroundings counted in part."""
    best = match(term, statement.folded)
    if best < IN_BEARING:  # from here on what counts most comes first: once it can't be more, it is not looked for
        best = max(best, IN_BEARING * match(term, statement.bearing))
    if best < IN_HEAD and statement.head:
        best = max(best, IN_HEAD * match(term, statement.head))
    if best < IN_PATH and statement.path:
        best = max(best, IN_PATH * match(term, statement.path))
    if best < IN_BEFORE and statement.before:
        best = max(best, IN_BEFORE * match(term, statement.before))
    return max(best, IN_PARAGRAPH * match(term, statement.paragraph)) if best < IN_PARAGRAPH else best


def _head(speech: Speech, text: str, start: int, end: int) -> str:
    """The heading of the innermost item that the span lies in but does not open."""
    head = ""
    for node in nodes_at(speech.root, start, end):
        if node.kind == "item" and node.heading_end <= start:
            head = text[node.heading_start : node.heading_end]
    return head


_NO_PLACES = frozenset("""
    上街 上路 福利 和平 新华 建设 平安 永久 重特大
    城镇 农村 城乡 全国 中国 国家 我国 国内 世界 全球 全市 全省 全县 省级 市级
    """.split())


def is_place(term: Term) -> bool:
    """Whether the term names a place, so that nothing else will do."""
    return term.tag.startswith("ns") and len(term.text) > 1 and term.text not in _NO_PLACES


def is_person(term: Term) -> bool:
    """Whether the term names a person."""
    return term.tag.startswith("nr") and len(term.text) > 1


_WEAK = frozenset(
    """
    总量 数额 数量 数目 数值 数字 数 指标 水平 情况 实际 具体 每年 全年 当年 全国 全党 全省 全市 全县 大会 会议
    总数 人数 打算 计划 预计 预期 拟 安排
    总书记 书记 主席 总理 省长 市长 县长 区长 领导 同志 首长 报告 讲话 致辞 文件 政策 办法 规划 方案 通知 意见
    """.split()
)


# How a measure moved or what became of it: every measure has such words, so they identify none.
_CHANGE = frozenset(
    """
    增长 上升 提高 增加 上去 涨 上涨 增速 增幅 涨幅 下降 回落 降低 减少 降到
    降至 同比 环比 比去年 比上年 占比 比重 占 完成 实现 达到 目标 规模 总额 多了
    """.split()
)


def is_change(term: Term) -> bool:
    """Whether the term only tells how a measure moved or what became of it."""
    return term.text in _CHANGE


def is_weak(term: Term) -> bool:
    """Whether the term tells little of what is asked: any measure has a 总量, any speech a 书记."""
    return term.text in _WEAK


def _part_weight(term: Term) -> float:
    if is_weak(term):
        return 0.3
    if term.text in _CHANGE:
        return 0.45
    if term.tag.startswith(("n", "eng", "i", "l", "j")):
        return 1.0
    if term.tag.startswith(("t", "m")):
        return 0.7
    return 0.8 if term.tag.startswith(("v", "a", "b", "s", "z")) else 0.5
