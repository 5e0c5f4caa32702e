"""The gate: what is not, character for character, the source's own text is never shown."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.answer import gate
from rag.answer.gate import JOINT, carried, check, joined
from rag.answer.phrases import phrase
from rag.answer.places import citation
from rag.answer.reply import Answer, Citation, Sentence
from rag.errors import GateError
from tests.small import LIBRARY, place_of, shelf_of

SHELF = shelf_of(LIBRARY)
QUOTES = ["一是求实的作风", "规模以上工业总产值480.3亿元,增长9.1%,增加值121亿元", "粮食总产量达到41.7万吨"]
PIECES = [
    (Sentence(phrase("slot", words="青溪")), True),
    (Sentence("一是求实的作风", (1,)), True),
    (Sentence(f"规模以上工业{JOINT}增加值121亿元", (2,)), False),
    (Sentence("粮食总产量达到41.7万吨", (3,)), True),
    (Sentence(phrase("shortfall", stated=5, found=3)), True),
]
PLAIN = Answer(
    question="青溪的作风?", answer=joined(PIECES), refused=False, reason=None, sentences=tuple(sentence for sentence, _ in PIECES),
    citations=tuple(citation(place_of(SHELF, quote), n) for n, quote in enumerate(QUOTES, 1)), coverage=None, nearest=(), build="小库",
)
REFUSED = replace(
    PLAIN, answer=phrase("refused"), refused=True, reason=phrase("refused"), sentences=(Sentence(phrase("refused")),), citations=(),
    nearest=PLAIN.citations[:1],
)
TEXTS: Mapping[str, str] = {path: document.text for path, document in SHELF.documents.items()}
CHARACTERS = st.one_of(st.sampled_from("一二三0123456789.,;。…- \n[]“”"), st.characters(exclude_categories=["Cs"]))


def passes(answer: Answer) -> bool:
    """Whether the gate lets it through."""
    try:
        return check(answer, TEXTS.__getitem__) is answer
    except GateError:
        return False


def changed(text: str, at: int, character: str, how: str) -> str:
    """`text` with one character put in, taken out or replaced."""
    at %= len(text) + (how == "put in")
    return text[:at] + (character if how != "taken out" else "") + text[at + (how != "put in") :]


def with_citation(number: int, cited: Citation) -> Answer:
    """The plain answer with one of its citations changed."""
    citations = list(PLAIN.citations)
    citations[number] = cited
    return replace(PLAIN, citations=tuple(citations))


def test_an_honest_answer_passes() -> None:
    """Quotes, joints, fixed phrases and markers in their places; a refusal with its nearest passages."""
    assert passes(PLAIN) and passes(REFUSED)
    assert PLAIN.answer == (
        "青溪：\n- 一是求实的作风[1]规模以上工业…增加值121亿元[2]\n- 粮食总产量达到41.7万吨[3]\n原文称5项，找到3项。"
    )


@given(st.integers(0, 999), CHARACTERS, st.sampled_from(["put in", "taken out", "replaced"]))
def test_an_answer_changed_by_one_character_is_stopped(at: int, character: str, how: str) -> None:
    """Text, marker, item mark or line end: nothing of the answer can be another."""
    text = changed(PLAIN.answer, at, character, how)
    assert passes(replace(PLAIN, answer=text)) == (text == PLAIN.answer)


@given(st.integers(0, 4), st.integers(0, 99), CHARACTERS, st.sampled_from(["put in", "taken out", "replaced"]))
def test_a_sentence_changed_by_one_character_is_stopped(number: int, at: int, character: str, how: str) -> None:
    """Cited or not, a sentence is what the answer says."""
    sentences = list(PLAIN.sentences)
    sentences[number] = replace(sentences[number], text=changed(sentences[number].text, at, character, how))
    assert passes(replace(PLAIN, sentences=tuple(sentences))) == (tuple(sentences) == PLAIN.sentences)


@given(st.integers(1, 3), st.integers(0, 99), CHARACTERS.filter(lambda one: one != JOINT), st.sampled_from(["put in", "replaced"]))
@example(2, 7, ",", "put in")
@example(2, 6, "总", "put in")
def test_a_forgery_that_agrees_with_itself_is_stopped(number: int, at: int, character: str, how: str) -> None:
    """A sentence and the answer changed alike still are not what the source says, unless by its own next character at a …."""
    pieces = list(PIECES)
    sentence, line = pieces[number]
    pieces[number] = (replace(sentence, text=changed(sentence.text, at, character, how)), line)
    forged = replace(PLAIN, answer=joined(pieces), sentences=tuple(sentence for sentence, _ in pieces))
    assert passes(forged) == all(carried(one.text, [QUOTES[n - 1] for n in one.citations]) for one in forged.sentences if one.citations)
    verbatim = {sentence.text, sentence.text.replace(JOINT, f"总{JOINT}"), sentence.text.replace(JOINT, f"{JOINT},")}
    assert carried(pieces[number][0].text, [QUOTES[number - 1]]) == (pieces[number][0].text in verbatim)


@given(st.integers(0, 2), st.integers(0, 99), CHARACTERS, st.sampled_from(["put in", "taken out", "replaced"]))
def test_a_quote_changed_by_one_character_is_stopped(number: int, at: int, character: str, how: str) -> None:
    """The quote is cut again from the stored text."""
    cited = PLAIN.citations[number]
    quote = changed(cited.quote, at, character, how)
    assert passes(with_citation(number, replace(cited, quote=quote))) == (quote == cited.quote)


@given(st.integers(0, 2), st.integers(-2000, 2000), st.integers(-2000, 2000))
@example(0, 0, -1)
@example(0, -1, 0)
def test_a_span_moved_by_one_character_is_stopped(number: int, left: int, right: int) -> None:
    """Another span, inside the text or outside it, holds another quote."""
    cited = PLAIN.citations[number]
    moved = replace(cited, start=cited.start + left, end=cited.end + right)
    assert passes(with_citation(number, moved)) == (left == right == 0)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_quote_of_another_document_is_stopped(number: int) -> None:
    """The same span of another text says something else."""
    cited = PLAIN.citations[number]
    other = next(path for path in LIBRARY if path != cited.document)
    assert not passes(with_citation(number, replace(cited, document=other)))


def test_a_paragraph_that_the_text_does_not_have_is_stopped() -> None:
    """The paragraph around the quote is the source's as well."""
    cited = PLAIN.citations[0]
    assert not passes(with_citation(0, replace(cited, text=f"{cited.text}此外,拨款九亿元。")))
    assert not passes(with_citation(0, replace(cited, text="粮食总产量")))


@pytest.mark.parametrize("citations", [(), (2,), (9,), (1, 9), (3, 2)])
def test_a_sentence_with_other_citations_is_stopped(citations: tuple[int, ...]) -> None:
    """Without a quote, with another's, or with one that is not there, a sentence is not carried."""
    sentences = (PLAIN.sentences[0], replace(PLAIN.sentences[1], citations=citations), *PLAIN.sentences[2:])
    said = joined(zip(sentences, (line for _, line in PIECES), strict=True))
    assert not passes(replace(PLAIN, sentences=sentences, answer=said))


@pytest.mark.parametrize("forged", [
    replace(REFUSED, citations=PLAIN.citations),
    replace(REFUSED, answer="库里有的。"),
    replace(REFUSED, nearest=(replace(PLAIN.citations[0], quote="拨款九亿元"),)),
    replace(REFUSED, sentences=(Sentence("拨款九亿元。"),), answer="拨款九亿元。"),
    replace(PLAIN, sentences=PLAIN.sentences[:-1]),
    replace(PLAIN, sentences=(*PLAIN.sentences, Sentence(phrase("refused")))),
])
def test_an_answer_of_another_form_is_stopped(forged: Answer) -> None:
    """A refusal that cites, that says something else, or whose nearest passages are forged; a sentence too few or too many."""
    assert not passes(forged)


def test_the_error_names_the_place_and_both_texts() -> None:
    """What was claimed and what stands there, for the user and for the log."""
    cited = replace(PLAIN.citations[0], quote="一是虚假的作风")
    with pytest.raises(GateError) as raised:
        gate.check_citation(cited, TEXTS.__getitem__)
    assert (raised.value.document, raised.value.start, raised.value.end) == (cited.document, cited.start, cited.end)
    assert (raised.value.quote, raised.value.found) == ("一是虚假的作风", "一是求实的作风")


@pytest.mark.parametrize(("sentence", "quotes", "holds"), [
    ("投资增长", ["投资增长8%"], True),
    ("投资…8%", ["投资增长8%"], True),
    ("投资…下降", ["投资增长8%", "出口下降"], True),
    ("下降…投资", ["投资增长8%", "出口下降"], False),
    ("增长…投资", ["投资增长8%"], False),
    ("投资投资", ["投资增长8%"], False),
    ("投资…投资", ["投资增长8%"], False),
    ("投资8%", ["投资增长8%"], False),
    ("他说……好", ["他说……好"], True),
    ("等等……", ["等等……"], True),
    ("他说……好", ["他说好"], False),
    ("头…他说……好", ["头尾,他说……好"], True),
    ("投资…", ["投资增长8%"], False),
    ("…投资", ["投资增长8%"], False),
    ("…", ["投资增长8%"], False),
    ("", ["投资增长8%"], False),
    ("投资", [], False),
    ("投资增长…5%", ["投资增长6.5%"], False),
    ("投资增长6…%", ["投资增长65%"], False),
    ("投资236…出口下降", ["投资236.8亿元", "出口下降"], False),
    ("投资…6.5%", ["投资增长6.5%"], True),
    ("投资…236.8亿元", ["投资达到1,236.8亿元"], False),
    ("投资达到1…亿元", ["投资达到1,236亿元"], False),
    ("投资5…2025年下降", ["投资5,2025年下降"], True),
])
def test_only_verbatim_stretches_in_their_order_carry_a_sentence(sentence: str, quotes: list[str], holds: bool) -> None:
    """… joins two stretches of the quotes, or stands in them itself; nothing else does."""
    assert carried(sentence, quotes) is holds


@given(st.lists(st.text("甲乙丙…,", min_size=1, max_size=8), min_size=1, max_size=3), st.data())
def test_stretches_taken_in_order_are_carried(quotes: list[str], data: st.DataObject) -> None:
    """Whatever is cut from the quotes from left to right, and joined by …, is carried by them."""
    stretches = []
    for quote in quotes:
        start = data.draw(st.integers(0, len(quote) - 1))
        stretches.append(quote[start : data.draw(st.integers(start + 1, len(quote)))])
    assert carried(JOINT.join(stretches), quotes)


@given(st.text("甲乙丙…", max_size=8), st.lists(st.text("甲乙丙…", max_size=8), max_size=2))
def test_what_is_carried_can_be_laid_over_the_quotes(sentence: str, quotes: list[str]) -> None:
    """Agrees with trying every way to part the sentence at its … and to find the parts from left to right."""
    parts = sentence.split(JOINT)
    ways = [cut for cut in range(2 ** (len(parts) - 1)) if laid(parted(parts, cut), quotes)]
    assert carried(sentence, quotes) == bool(ways)


def parted(parts: list[str], cut: int) -> list[str]:
    """The parts joined by … again, except where a bit of `cut` parts them."""
    stretches = [parts[0]]
    for number, part in enumerate(parts[1:]):
        if cut >> number & 1:
            stretches.append(part)
        else:
            stretches[-1] += JOINT + part
    return stretches


def laid(stretches: list[str], quotes: list[str]) -> bool:
    """Whether the stretches, none empty, stand in the quotes one after another."""
    if not stretches:
        return True
    first, rest = stretches[0], stretches[1:]
    return bool(first) and any(
        laid(rest, [quote[at + len(first) :], *quotes[number + 1 :]])
        for number, quote in enumerate(quotes)
        for at in range(len(quote))
        if quote.startswith(first, at)
    )
