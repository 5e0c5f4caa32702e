"""One side of a comparison tells each place in which its speech speaks of what is asked."""

from rag.answer import prose, sides
from rag.answer.draft import Draft, verbatim
from tests.small import asked, evidence_of, place_of, ranked, shelf_of

ROOM = 200
TEXT = (
    "在青溪县应急工作会议上的讲话\n同志们:\n"
    "一、完善应急预案。预案要年年演练。每个乡镇都要有自己的预案,并且报县里备案。\n"
    "二、管好仓库。仓库要防火防潮。库存每月清点一次。\n"
    "三、充实应急队伍。队伍要有专人带。队员从民兵中挑选,统一着装,统一训练。\n\n同志们,汛期将至。希望大家守土尽责,确保安全度汛。\n谢谢大家!\n"
)
EVIDENCE = evidence_of({"应急.txt": TEXT})
SPEECHES = list(EVIDENCE.shelf.every_speech())


def side(wording: str, characters: int = ROOM) -> tuple[Draft, Draft]:
    """What is found for `wording` alone, and what it becomes as a side of a comparison."""
    question = asked(wording)
    order = ranked(EVIDENCE, question)
    found = prose.draft(question, EVIDENCE, order)
    assert found is not None
    return found, sides.told(question, EVIDENCE, order, found, characters)


def test_a_side_is_told_from_every_paragraph_that_speaks_of_it() -> None:
    """Both paragraphs about 应急, in the order of the speech, and not the one about a store."""
    found, told = side("应急有什么不同")
    assert len(found.pieces) == 1
    assert [piece.text[:6] for piece in told.pieces] == ["一、完善应急", "三、充实应急"]
    assert all(piece.line and piece.quotes for piece in told.pieces)


def test_what_stands_in_one_place_stays_as_it_was_found() -> None:
    """One paragraph speaks of 仓库: nothing is added."""
    found, told = side("仓库有什么不同")
    assert told == found


def test_a_side_is_no_longer_than_its_share() -> None:
    """Where both do not fit, what decides stays alone."""
    found, told = side("应急有什么不同", 30)
    assert told == found
    assert sum(len(piece.text) for piece in side("应急有什么不同", 120)[1].pieces) <= 120


def test_a_paragraph_is_told_by_those_of_its_sentences_that_speak_of_it() -> None:
    """Both that name 保密 and the one far behind that does, not what stands between; one too long for its share is cut to what decides."""
    between = f"{'会场布置由行政科负责,' * 5}桌椅摆放整齐。" * 2
    text = f"在办公室工作会议上的讲话\n同志们:\n一是公开与保密的关系。有公开就有保密。{between}保密工作不能放松,确保不泄密。\n谢谢大家!\n"
    question, evidence = asked("保密有什么不同"), evidence_of({"办公室.txt": text})
    order = ranked(evidence, question)
    decides = order[0].statement.place
    found = Draft((verbatim(decides.at(text.index("一是"), text.index("谢谢") - 1)),), 1.0, decides=decides)
    told = sides.told(question, evidence, order, found, 110)
    assert told.pieces[0].text.startswith("一是公开与保密的关系。") and told.pieces[-1].text == "保密工作不能放松,确保不泄密。"
    assert sum(len(piece.text) for piece in told.pieces) <= 110
    alone = sides.told(question, evidence, order[:1], found, 60)
    assert len(alone.pieces) == 1 and len(alone.pieces[0].text) < len(found.pieces[0].text)


def test_a_short_opening_is_told_with_what_it_opens() -> None:
    """三、充实应急队伍。 alone says nothing."""
    assert "队伍要有专人带。" in side("应急有什么不同")[1].pieces[-1].text


def test_a_level_beside_a_growth_is_told_with_its_own() -> None:
    """A goal in percent is met by how much it grew; where all tell a level nothing is added."""
    text = "在青溪县会议上的讲话\n同志们:\n生产总值目标增长7%。生产总值达到236.5亿元,同比增长6.4%;产量达到5万吨。\n谢谢大家!\n"
    shelf = shelf_of({"讲话.txt": text})
    told_of = ("目标增长7%", "生产总值达到236.5亿元", "产量达到5万吨")
    goal, level, bare = (Draft((verbatim(place_of(shelf, words)),), 1.0, how="figure 1.00") for words in told_of)
    told = sides.comparable([goal, None, level, bare])
    assert told[:2] == [goal, None] and told[3] == bare
    assert told[2] is not None and told[2].pieces[0].text == told[2].pieces[0].quotes[0].text == "生产总值达到236.5亿元,同比增长6.4%"
    assert sides.comparable([level, bare]) == [level, bare]


def test_how_a_speech_ends_is_told_by_its_last_sentences() -> None:
    """Not the farewell, and not what has the question's words elsewhere; no more than fits."""
    found = sides.ending("结尾提了什么要求", EVIDENCE.shelf, SPEECHES, ROOM)
    assert found is not None
    assert [piece.text for piece in found.pieces] == ["同志们,汛期将至。希望大家守土尽责,确保安全度汛。"]
    short = sides.ending("结尾提了什么要求", EVIDENCE.shelf, SPEECHES, 20)
    assert short is not None and [piece.text for piece in short.pieces] == ["希望大家守土尽责,确保安全度汛。"]


def test_only_the_end_of_one_speech_is_an_ending() -> None:
    """Another question, or no speech: nothing."""
    assert sides.ending("仓库提了什么要求", EVIDENCE.shelf, SPEECHES, ROOM) is None
    assert sides.ending("结尾提了什么要求", EVIDENCE.shelf, (), ROOM) is None


def test_notes_behind_a_speech_are_not_its_end() -> None:
    """The last paragraph that addresses the hearers or closes ends it, whatever stands behind."""
    shelf = shelf_of({"讲话.txt": f"{TEXT}本文由县档案馆整理,仅供内部学习使用,未经许可不得转载。\n标签:应急。\n"})
    found = sides.ending("收尾讲了什么", shelf, list(shelf.every_speech())[:1], ROOM)
    assert found is not None and found.pieces[0].text.endswith("确保安全度汛。")
