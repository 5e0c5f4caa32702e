"""Summaries without a written word: headings and first sentences, in their order."""

from hypothesis import given

from rag.answer import summary
from rag.answer.draft import Draft
from rag.answer.lists import Lists
from rag.outline.tree import Speech
from tests.drafts import drafts
from tests.small import LIBRARY, asked, evidence_of, ranked

EVIDENCE = evidence_of(LIBRARY)
WORK = next(EVIDENCE.shelf.every_speech())
PLAIN = "在青溪县水利会议上的讲话\n同志们:\n修渠要早动手。秋天就要备料。\n护渠要有专人。每村一人。\n用水要讲次序。先远后近。\n谢谢大家!\n"


def lines(wording: str, focus: Speech | None = None) -> list[str]:
    """What the summary shows."""
    question = asked(wording)
    draft = summary.draft(question, EVIDENCE, Lists(EVIDENCE), ranked(EVIDENCE, question), focus)
    assert draft is not None
    return [piece.text for piece in draft.pieces]


def of(text: str, wording: str, *, focused: bool) -> Draft | None:
    """The summary of a library of one text, the speech in focus or not."""
    evidence = evidence_of({"讲话.txt": text})
    question = asked(wording)
    focus = next(evidence.shelf.every_speech(), None) if focused else None
    return summary.draft(question, evidence, Lists(evidence), ranked(evidence, question), focus)


def test_a_speech_in_focus_is_summed_up_by_its_headings() -> None:
    """Nothing but the speech is asked for: its parts, in order, one line each."""
    assert lines("总结一下政务工作会议讲话", WORK) == ["一、四种作风", "二、关于值班制度", "三、怎样开好会议"]


def test_a_list_that_is_named_is_its_own_summary() -> None:
    """四种作风 are summed up by their names, and by what is said of each while it is short."""
    found = lines("概括一下四种作风")
    assert [line[:2] for line in found] == ["一是", "二是", "三是", "四是"]
    assert found[0] == "一是求实的作风。不说空话。"


def test_a_section_that_is_named_is_summed_up_by_its_first_sentences() -> None:
    """A section without a list: its paragraphs' first sentences."""
    found = lines("总结关于值班制度的部分")
    assert any(line.startswith("值班制度是指机关工作人员轮流在岗") for line in found)
    assert not any("作风" in line for line in found)


def test_a_section_that_ends_by_announcing_a_list_is_summed_up_by_it() -> None:
    """着重抓好三个方面: is no end of a summary."""
    text = (
        "在青溪县教育会议上的讲话\n同志们:\n优先发展教育事业。强县必先强教。着重抓好三个方面:\n一是推进教育改革。要大胆试。\n"
        "二是办好乡村学校。要补短板。\n三是加强教师队伍。要留住人。\n谢谢大家!\n"
    )
    found = of(text, "优先发展教育那部分,概括一下", focused=False)
    assert found is not None
    assert [piece.text[:4] for piece in found.pieces] == ["一是推进", "二是办好", "三是加强"]


def test_a_sentence_that_announces_points_is_summed_up_by_the_headings_that_follow() -> None:
    """谈几点意见。 without a colon announces as well."""
    text = (
        "在青溪县水利会议上的讲话\n同志们:\n下面,我就贯彻落实会议精神谈几点意见。\n一、修好渠道\n渠道要早修。\n二、管好用水\n先远后近。\n"
        "三、护好水源\n水源要封禁。\n谢谢大家!\n"
    )
    found = of(text, "怎么贯彻落实,框架理一下", focused=False)
    assert found is not None
    assert [piece.text[:6] for piece in found.pieces] == ["一、修好渠道", "二、管好用水", "三、护好水源"]


def test_a_part_is_the_larger_of_two_that_are_headed_alike() -> None:
    """民生部分 is the section on it, not the item that says where it falls short."""
    text = (
        "在青溪县工作会议上的讲话\n同志们:\n工作还有不足:\n一是水利不足,还要补课。\n二是民生还有短板。\n"
        "一、今年的工作\n(一)修好水利\n渠道要早修。\n(二)抓好民生\n修好三所小学,年内开课。\n建好两座医院,明年开诊。\n办好乡村食堂,让老人吃上热饭。\n谢谢大家!\n"
    )
    found = of(text, "民生部分概括一下", focused=False)
    assert found is not None
    assert [piece.text[:4] for piece in found.pieces] == ["修好三所", "建好两座", "办好乡村"]


def test_a_speech_without_headings_is_summed_up_by_its_paragraphs() -> None:
    """One sentence from each paragraph, in order; what the paragraphs go on with is left out."""
    draft = of(PLAIN, "总结讲话", focused=True)
    assert draft is not None
    shown = [piece.text for piece in draft.pieces]
    assert [line for line in shown if line.startswith(("修渠", "护渠", "用水"))] == ["修渠要早动手", "护渠要有专人", "用水要讲次序"]
    assert not any("备料" in line for line in shown)


def test_a_question_that_mostly_names_the_speech_is_answered_by_all_of_it() -> None:
    """Where no section is named, and the front bears much of the question, the speech is summed up and not a paragraph of it."""
    draft = of(PLAIN, "青溪县水利会议上从哪几方面着手,归纳一下", focused=True)
    assert draft is not None
    assert [piece.text[:2] for piece in draft.pieces if piece.text[:2] in ("修渠", "护渠", "用水")] == ["修渠", "护渠", "用水"]


def test_what_is_asked_beyond_the_speechs_name_is_summed_up_alone() -> None:
    """The paragraph that tells it, though most of the question names the speech."""
    text = (
        "2006年青溪县政府工作报告\n各位代表:\n一、去年工作\n渠道修了三条。\n我们也看到,工作中的困难和问题还不少。水不够用,人手也少。\n"
        "二、今年任务\n再修渠道两条。\n谢谢大家!\n"
    )
    draft = of(text, "2006年青溪县政府工作报告坦承了几个困难问题,归纳一下", focused=True)
    assert draft is not None
    shown = "".join(piece.text for piece in draft.pieces)
    assert "水不够用" in shown and "人手也少" in shown and "再修渠道" not in shown


def test_what_a_speech_is_called_names_none_of_its_sections() -> None:
    """人大报告 is the speech in focus, though neither word stands on its front."""
    assert lines("人大报告讲了什么,概括", WORK) == ["一、四种作风", "二、关于值班制度", "三、怎样开好会议"]


def test_a_long_paragraph_is_summed_up_to_its_end() -> None:
    """Each sentence as far as its share goes: the last one is not left out."""
    works = ["修渠", "护林", "清淤", "筑坝", "打井", "植树", "补路", "架桥", "蓄水"]
    told = "".join(f"要{work},落实到人,责任到岗,时限到天,年底逐项检查并且把结果报到县里,做得不好的要说明原因,限期改正。" for work in works)
    text = f"在青溪县水利会议上的讲话\n同志们:\n一、抓好水利建设。{told}\n二、管好用水。先远后近。\n谢谢大家!\n"
    found = of(text, "水利建设这段概括一下", focused=False)
    assert found is not None
    shown = [piece.text for piece in found.pieces]
    assert [line[1:3] for line in shown[1:]] == works
    assert sum(map(len, shown)) <= summary.SUMMARY_CHARACTERS


def test_who_is_addressed_is_no_part_of_a_summary() -> None:
    """同志们,朋友们! and the thanks say nothing; a sentence that names whom it is about does."""
    text = (
        "在青溪县迎春茶话会上的讲话\n各位来宾,同志们、朋友们:\n过去一年收成很好。\n"
        "同志们,朋友们!\n来年要早备耕。\n代表们,来年要多提意见。\n谢谢大家!\n"
    )
    found = of(text, "总结讲话", focused=True)
    assert found is not None
    assert [piece.text for piece in found.pieces] == ["过去一年收成很好", "来年要早备耕", "代表们,来年要多提意见"]


def test_the_section_that_the_best_sentence_opens_is_summed_up() -> None:
    """Its heading has other words for what is asked, its first sentence has them: that section is meant, not the whole speech."""
    text = (
        "在青溪县人大会议上的工作报告\n各位代表:\n一、推动城乡融合\n青溪县加快农业农村现代化,走好共富路。\n"
        "办好粮食生产。修渠八条,平地九百亩。\n建好山村道路。铺路十里,架桥两座。\n"
        "二、推动工业升级\n青溪县办好工厂。新建厂房三座。\n三、推动商贸兴旺\n青溪县办好集市。每月两次。\n"
    )
    found = of(text, "青溪县三农干啥,归纳几条", focused=True)
    assert found is not None
    shown = " ".join(piece.text for piece in found.pieces)
    assert "办好粮食生产" in shown and "建好山村道路" in shown
    assert "工业" not in shown and "集市" not in shown


def test_a_short_section_is_summed_up_sentence_by_sentence() -> None:
    """No paragraph's end is left out: each sentence is told by its first clauses, as far as its share goes."""
    text = (
        "在青溪县工作会议上的讲话\n同志们:\n今天谈两件事。\n一、改善民生\n物价连着千家万户,连着社会安定。要执行好稳定物价的规定,查处乱涨价的商户,每月公布一次结果。"
        "要兑现惠民政策,把钱足额发到户,不得截留挪用一分一厘。\n要建好保障住房,按时交付使用,不得以次充好。要办好信访接待,件件有回音,事事有着落。\n"
        "二、发展工业\n要建好园区。\n"
    )
    found = of(text, "改善民生那块概括一下", focused=False)
    assert found is not None
    assert [piece.text for piece in found.pieces] == [
        "物价连着千家万户", "要执行好稳定物价的规定", "要兑现惠民政策", "要建好保障住房", "要办好信访接待",
    ]


def test_without_statements_nothing_is_summed_up() -> None:
    """No evidence and no speech in focus: no draft."""
    assert summary.draft(asked("总结"), EVIDENCE, Lists(EVIDENCE), (), None) is None


@given(drafts().filter(lambda text: text.strip()))
def test_a_summary_quotes_in_the_order_of_the_text(text: str) -> None:
    """Whatever the text, each piece is cut from what it quotes, and the pieces stand in order."""
    for focused in (False, True):
        draft = of(text, "总结讲话的作风", focused=focused)
        pieces = draft.pieces if draft is not None else ()
        starts = [piece.quotes[0].start for piece in pieces if piece.quotes]
        assert all(piece.text and piece.quotes[0].text.startswith(piece.text) for piece in pieces if piece.quotes)
        assert starts == sorted(starts)
