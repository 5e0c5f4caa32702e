"""Small libraries for tests: a few short texts read, outlined, cut and searched as the product does it."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from rag.answer import synonyms
from rag.answer.answerer import Answerer
from rag.answer.evidence import Evidence, Scored
from rag.answer.finder import Finder
from rag.answer.places import Place, Shelf
from rag.answer.question import Question, understand
from rag.answer.reply import Answer
from rag.answer.statements import Hit, Statement
from rag.outline.parse import outline
from rag.outline.tree import Speech
from rag.passages import Passage, cut
from rag.reading.document import Document
from rag.search.encoder import Encoder
from rag.search.hybrid import Hybrid
from rag.search.vectors import Vectors
from rag.search.vocabulary import Vocabulary
from rag.search.words import Words

BUILD = "小库"
SYNONYMS = synonyms.load()

# An invented county's two speeches and an invented bureau's notice: figures, lists, definitions, dates, reasons.
WORK = (
    "在青溪县政务工作会议上的讲话\n青溪县县长　林知远\n(2023年3月5日)\n同志们:\n"
    "去年,全县生产总值完成236.5亿元,增长7.2%;规模以上工业总产值480.3亿元,增长9.1%,增加值121亿元,增长8%;"
    "固定资产投资103亿元,下降2.4%。\n"
    "一、四种作风\n做好工作,要养成四种作风:\n一是求实的作风。不说空话。\n二是细致的作风。材料要反复核对。\n三是守时的作风。会议从不迟到。\n四是节俭的作风。\n"
    "二、关于值班制度\n值班制度是指机关工作人员轮流在岗、及时处置紧急事项的安排。值班人员必须二十四小时在岗,不得擅自离开。\n"
    "因为去年汛期有两个乡镇电话无人接听,所以今年县里要每周抽查一次。\n"
    "三、怎样开好会议\n要减少会议数量。能合并的合并,能用电话解决的不开会。\n会议地点定在县政务服务中心。\n谢谢大家!\n"
)
FARM = (
    "在白桦市农业工作会议上的讲话\n白桦市市长　苏明川\n(2022年11月20日)\n同志们:\n"
    "今年,全市粮食总产量达到41.7万吨,比上年增长3.2%。新建高标准农田12.6万亩。\n"
    "下面讲三点意见:\n一要稳住面积。二要提高单产。三要守住耕地红线。\n"
    "农业合作社是农民自愿联合的互助经济组织。\n谢谢大家!\n"
)
LIBRARY = {"政务.txt": WORK, "2022/农业.txt": FARM}


def document(path: str, text: str) -> Document:
    """A document of this text, with the hash that its UTF-8 file would have."""
    return Document(path, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), "utf-8", text)


def read(texts: Mapping[str, str]) -> tuple[list[Document], list[Speech], list[Passage]]:
    """The documents of `texts` (path to text), their speeches and their passages, in order."""
    documents = [document(path, text) for path, text in texts.items()]
    parts = [outline(one) for one in documents]
    passages = [passage for one, own in zip(documents, parts, strict=True) for passage in cut(one, own)]
    return documents, [speech for own in parts for speech in own], passages


def shelf_of(texts: Mapping[str, str]) -> Shelf:
    """The shelf of these texts."""
    documents, speeches, _ = read(texts)
    return Shelf(documents, speeches)


def evidence_of(texts: Mapping[str, str]) -> Evidence:
    """The evidence that these texts are, with their own vocabulary."""
    documents, speeches, passages = read(texts)
    return Evidence(Shelf(documents, speeches), Vocabulary.build([passage.text for passage in passages]))


def statements_of(evidence: Evidence) -> list[Statement]:
    """Every statement of the library, in order, none preferred by retrieval."""
    shelf = evidence.shelf
    paragraphs = [(path, one) for path, speeches in shelf.speeches.items() for speech in speeches for one in speech.paragraphs]
    return evidence.statements(Hit(path, one.start, one.end, 0.0) for path, one in paragraphs)


def asked(wording: str) -> Question:
    """The question of this wording, understood with the product's own synonyms."""
    return understand(wording, wording, SYNONYMS)


def ranked(evidence: Evidence, question: Question) -> list[Scored]:
    """Every statement of the library, best first."""
    return evidence.ranked(question, statements_of(evidence))


def place_of(shelf: Shelf, quote: str) -> Place:
    """The place of the first text that holds `quote`."""
    path, text = next((path, document.text) for path, document in shelf.documents.items() if quote in document.text)
    start = text.index(quote)
    return shelf.place(path, start, start + len(quote))


def answerer_of(encoder: Encoder, texts: Mapping[str, str]) -> Answerer:
    """An answerer over these texts with the real encoder; made once for the same texts."""
    return _answerer(encoder, tuple(texts.items()))


@lru_cache(maxsize=64)
def _answerer(encoder: Encoder, texts: tuple[tuple[str, str], ...]) -> Answerer:
    documents, speeches, passages = read(dict(texts))
    vectors = Vectors.build(encoder.passages([f"{passage.context}\n{passage.text}" for passage in passages]))
    words = Words.build([passage.text for passage in passages], [passage.context for passage in passages])
    finder = Finder(
        documents, speeches, passages, Hybrid(vectors, words), lambda question: encoder.queries([question])[0],
        vocabulary=Vocabulary.build([passage.text for passage in passages]), synonyms=SYNONYMS,
    )
    return Answerer(finder, build=BUILD)


def quotes(answer: Answer) -> list[str]:
    """What the answer quotes, in the order of its citations."""
    return [citation.quote for citation in answer.citations]
