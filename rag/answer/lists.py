"""The list that answers: whole, in order, from the outline; or the sentences and paragraphs in which its items stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answer import openers, parallels
from rag.answer.abbreviated import abbreviated_list
from rag.answer.candidates import ANNOUNCES, NEAR, Candidates
from rag.answer.draft import Draft, Piece, verbatim
from rag.answer.evidence import Evidence, Scored
from rag.answer.items import named_within, told_in_item
from rag.answer.phrases import phrase
from rag.answer.question import Question
from rag.answer.reply import Coverage
from rag.answer.siblings import END_MARKS, EXPANDED_CHARACTERS, OutlineList, announces, item_piece
from rag.answer.statements import Statement
from rag.outline.headings import heading_text
from rag.outline.tree import Speech
from rag.writing.fold import fold
from rag.writing.patterns import regex
from rag.writing.sentences import sentences, trimmed

_SCORE, _COVERAGE = 0.7, 0.3  # of a sentence that may enumerate
MOST_PARAGRAPHS = 20
_ANNOUNCED_SHARE = 0.8  # of the score of the sentence that announces it, a list needs no more
_OPENS = 0.6  # of the question, carried by the sentence that opens a list: it is that list
_AS_GOOD, _AS_GOOD_AMONG = 0.05, 3  # of scores: what comes this near to the best, among the first
_AT_ONCE = 8  # characters between a sentence and the list that follows it (分别是:)
_THESE = regex("[^,，。]{0,3}(?:这些|上述|以上|这[一二三四五六七八九十几])")


class Lists:
    """Picks the list that answers a question."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.candidates = Candidates(evidence)

    def draft(self, question: Question, ranked: list[Scored], focus: Speech | None = None) -> Draft | None:
        """The best outline list, run of parallel paragraphs, or enumerating sentence; None where nothing enumerates."""
        if not ranked:
            return None
        best_list = self.candidates.best(question, ranked, focus)
        score, scored = max(
            ((_SCORE * one.score + _COVERAGE * one.coverage + parallels.enumerates(question, one.statement), one) for one in ranked[:NEAR]),
            key=lambda pair: pair[0],
        )
        most, abbreviated = abbreviated_list(question, self._evidence, ranked, focus)
        if abbreviated is not None and most > max(score, best_list[0] if best_list else 0.0):
            return abbreviated
        if best_list is not None and self.candidates.each_named(question, best_list[1]):
            return self.whole(question, best_list[1], best_list[0])
        counted = self._counted_before(question, ranked[0])
        if counted is not None:
            return parallels.from_sentence(question, self._evidence, counted, score)
        opened = self._opened(question, ranked, best_list)
        if opened is not None:
            return opened
        opening, headed = (told(question, self._evidence, ranked) for told in (parallels.alike_sentences, parallels.headed_sentences))
        alike = max((one for one in (opening, headed) if one is not None), key=lambda one: one.confidence, default=None)
        if alike is not None and alike.confidence >= max(score, best_list[0] if best_list else 0.0):
            return alike
        paragraphs = self.announced(question, ranked) or openers.draft(question, ranked)
        if paragraphs is not None and paragraphs.confidence > max(score, best_list[0] if best_list else 0.0):
            return paragraphs
        if best_list and best_list[0] >= score * (_ANNOUNCED_SHARE if self._leaves_it_to(best_list[1], scored.statement) else 1.0):
            if self._told_before(question, scored.statement, best_list[1]):
                return parallels.from_sentence(question, self._evidence, scored, score)
            return told_in_item(question, best_list[1], self._evidence) or self.whole(question, best_list[1], best_list[0])
        return parallels.from_sentence(question, self._evidence, self._told_beside(question, self._antecedent(scored)), score)

    def _counted_before(self, question: Question, scored: Scored) -> Scored | None:
        """The sentence before the best one, which counts what was told there as the question does (这四件大事,是…)."""
        number, place = question.number, scored.statement.place
        if number is None or not (_THESE.match(scored.statement.folded) and parallels.says(number, scored.statement.folded)):
            return None
        before = [one for one in self._evidence.of_paragraph(place.speech, place.paragraph) if one.place.start < place.start][-1:]
        return next((replace(scored, statement=one) for one in before if parallels.counts(number, one.folded)), None)

    def _told_beside(self, question: Question, scored: Scored) -> Scored:
        """The nearest sentence of the paragraph that tells as many parts as asked, where the best only says how many (这三项原则)."""
        number, place = question.number, scored.statement.place
        if number is None or parallels.counts(number, scored.statement.folded) or not parallels.says(number, scored.statement.folded):
            return scored
        around = [one for one in self._evidence.of_paragraph(place.speech, place.paragraph) if parallels.counts(number, one.folded)]
        return replace(scored, statement=min(around, key=lambda one: abs(one.place.start - place.start))) if around else scored

    def _opened(self, question: Question, ranked: Sequence[Scored], best: tuple[float, OutlineList] | None) -> Draft | None:
        """The list that the best statement opens (重点抓好以下几个方面:), or one as good, where it carries most of the question."""
        for scored in (one for one in self._as_good(ranked) if announces(one.statement.folded)):
            found = next((one for one in self.candidates.near([scored.statement]) if self._announces(scored.statement, one)), None)
            if found is not None:
                return self.whole(question, found, max(self.candidates.score(question, found), scored.coverage))
        return self._counted(question, ranked, best)

    def _as_good(self, ranked: Sequence[Scored]) -> list[Scored]:
        """The best statement and those as good, which carry most of the question."""
        return [one for one in ranked[:_AS_GOOD_AMONG] if one.score >= ranked[0].score - _AS_GOOD and one.coverage >= _OPENS]

    def _counted(self, question: Question, ranked: Sequence[Scored], known: tuple[float, OutlineList] | None) -> Draft | None:
        """The list of as many items as asked that follows at once upon the best statement, which says their number (共四项任务).

        None where the list that scores best is as long: several of one length may follow (四种精神,四种能力).
        """
        number = question.number
        good = [scored.statement for scored in self._as_good(ranked)]
        counting = [best for best in good if number is not None and parallels.says(number, best.folded)]
        near = ((best, one) for best in counting for one in self.candidates.near([best]))
        following = (one for best, one in near if 0 <= one.items[0].start - best.place.end <= _AT_ONCE)
        found = next((one for one in following if number == len(one.items)), None)
        other = known is not None and len(known[1].items) == number and known[1] != found
        if found is None or other:
            return None
        return self.whole(question, found, max(self.candidates.score(question, found), ranked[0].coverage))

    def _lead_of(self, outline_list: OutlineList, statement: Statement) -> list[Statement]:
        """The statements of the statement's paragraph, where it stands between the head of the list and its first item."""
        place = statement.place
        before = outline_list.document == place.document.path and place.end <= outline_list.items[0].start
        if not before or place.start < outline_list.parent.start:
            return []
        return list(self._evidence.of_paragraph(place.speech, place.paragraph))

    def _leaves_it_to(self, outline_list: OutlineList, statement: Statement) -> bool:
        """Whether the statement tells no parts itself, or is the last before the list, which carries it out."""
        return parallels.side_by_side(statement.folded) < parallels.ENUMERATED or self._announces(statement, outline_list)

    def _announces(self, statement: Statement, outline_list: OutlineList) -> bool:
        """Whether the statement is the last before the list, so that the list carries it out."""
        around = [one for one in self._lead_of(outline_list, statement) if one.place.end <= outline_list.items[0].start]
        after = statement.place.document.text[statement.place.end : outline_list.items[0].start]
        return bool(around) and around[-1].place.start == statement.place.start and not after.strip()

    def _told_before(self, question: Question, statement: Statement, outline_list: OutlineList) -> bool:
        """Whether the statement enumerates what is asked, ahead of another sentence that announces the list."""
        around = self._lead_of(outline_list, statement)
        if not around or parallels.side_by_side(statement.folded) < parallels.ENUMERATED or self._announces(statement, outline_list):
            return False
        text = self._evidence.shelf.documents[outline_list.document].text
        headings = " ".join(heading_text(text, item) for item in outline_list.items)
        of_list = fold(f"{around[-1].folded} {headings}") if around[-1] != statement else fold(headings)
        return self._evidence.wording(question, statement.folded) > self._evidence.wording(question, of_list)

    def _antecedent(self, scored: Scored) -> Scored:
        """The sentence before one that speaks of 这些工作, where it enumerates them."""
        place = scored.statement.place
        if not _THESE.match(scored.statement.folded):
            return scored
        around = list(self._evidence.of_paragraph(place.speech, place.paragraph))
        at = next(index for index, other in enumerate(around) if other.place.start == place.start)
        told, before = (parallels.side_by_side(around[index].folded) for index in (at, max(0, at - 1)))
        return replace(scored, statement=around[at - 1]) if before > max(2, told) else scored

    def announced(self, question: Question, ranked: list[Scored]) -> Draft | None:
        """The unmarked paragraphs that follow a sentence which announces them (有以下几点体会:) and open alike."""
        for scored in ranked[:4]:
            place = scored.statement.place
            if place.end != place.paragraph.end:
                continue
            text = place.document.text
            following = place.speech.paragraphs[place.paragraph.number : place.paragraph.number + MOST_PARAGRAPHS]
            opens = place.text.endswith((":", "："))
            alike = parallels.alike_paragraphs(text, following) if opens else parallels.counted_paragraphs(place, following)
            if opens and len(alike) < parallels.ENUMERATED:
                alike = openers.topical_paragraphs(text, following) or alike
            if len(alike) > 1:
                first = [trimmed(text, sentences(text, p.start, p.end)[0], END_MARKS) for p in alike]
                pieces = [verbatim(replace(place, paragraph=p).at(*span), line=True) for p, span in zip(alike, first, strict=True)]
                return Draft(tuple(pieces), scored.score + ANNOUNCES, how="announced paragraphs")
        return None

    def whole(self, question: Question, outline_list: OutlineList, score: float, characters: int = 0) -> Draft:
        """All items of the list, in order, one line each of `characters`; a shortfall against the stated number is said.

        Where the question names one of the items that is itself the head of a list, that list is meant.
        """
        if question.kind != "summary":
            outline_list = named_within(question, outline_list, self._evidence.shelf)
        document = self._evidence.shelf.documents[outline_list.document]
        pieces = []
        for item in outline_list.items:
            place = self._evidence.shelf.place(document.path, item.start, item.end)
            pieces.append(item_piece(place, item, EXPANDED_CHARACTERS if question.expand else characters))
        coverage = None
        stated = outline_list.stated or question.number
        if stated is not None:
            coverage = Coverage(stated, len(pieces))
            if stated > len(pieces):
                pieces.append(Piece(phrase("shortfall", stated=stated, found=len(pieces)), line=True))
        first = outline_list.items[0].start
        lead = self._evidence.shelf.place(document.path, first - 1, first) if first > outline_list.speech.start else None
        return Draft(tuple(pieces), min(1.0, score), coverage, how=f"list {score:.2f}", lead=lead)
