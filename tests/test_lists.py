"""Lists that answer: whole, in order, one line an item."""

from hypothesis import given

from rag.answer.draft import Draft
from rag.answer.lists import Lists
from rag.answer.phrases import phrase
from rag.answer.reply import Coverage
from tests.drafts import drafts
from tests.small import LIBRARY, asked, evidence_of, ranked

SPEECH = (
    "在青溪县作风会议上的讲话\n同志们:\n要做到五个必须:\n一是必须守时。\n二是必须保密。\n三是必须节俭。\n"
    "下面谈几点体会。\n我的体会有以下几点:\n体会之一,学习要早。天天学。\n体会之二,动手要勤。天天做。\n"
    "要坚持“快、准、稳”的要求,做到情况明、数字准、责任清、作风正、工作实。\n"
)
EVIDENCE = evidence_of(LIBRARY)
OTHER = evidence_of({"作风.txt": SPEECH})


def listed(wording: str, *, other: bool = False) -> Draft:
    """The draft for a question that asks for a list."""
    evidence = OTHER if other else EVIDENCE
    found = Lists(evidence).draft(asked(wording), ranked(evidence, asked(wording)))
    assert found is not None
    return found


def lines(draft: Draft) -> list[str]:
    """What the draft shows, line by line."""
    return [piece.text for piece in draft.pieces]


def test_a_list_is_whole_and_in_order() -> None:
    """All items that the text announces, each on a line of its own, without the mark that ends it."""
    found = listed("四种作风是哪四种?")
    assert lines(found) == ["一是求实的作风", "二是细致的作风", "三是守时的作风", "四是节俭的作风"]
    assert found.coverage == Coverage(4, 4)
    assert all(piece.line and len(piece.quotes) == 1 for piece in found.pieces)


def test_items_that_run_on_in_one_paragraph_are_a_list_too() -> None:
    """一要…。二要…。 stand in one line of the source and on three of the answer."""
    assert lines(listed("讲了哪三点意见?")) == ["一要稳住面积", "二要提高单产", "三要守住耕地红线"]


def test_an_expanded_list_shows_what_the_items_say() -> None:
    """展开 shows each item's opening sentences."""
    assert lines(listed("有哪些作风?展开讲讲"))[:2] == ["一是求实的作风。不说空话。", "二是细致的作风。材料要反复核对。"]


def test_a_shortfall_is_said() -> None:
    """The text announces five and has three: both numbers stand in the answer, in the fixed phrase."""
    found = listed("五个必须是哪五个?", other=True)
    assert lines(found) == ["一是必须守时", "二是必须保密", "三是必须节俭", phrase("shortfall", stated=5, found=3)]
    assert found.coverage == Coverage(5, 3)
    assert found.pieces[-1].quotes == ()


def test_unmarked_paragraphs_that_each_name_their_topic_are_listed_where_they_are_announced() -> None:
    """They open with a short sentence each; what follows them and does not is no part of the list."""
    text = (
        "在青溪县节电会议上的讲话\n同志们:\n在节电方面,准备采取如下措施:\n加强用电管理。年用电一万度以上的单位都要有定额,每月由县经济局通报一次用电情况。\n"
        "换掉老旧设备。今年先换水泵和鼓风机,明年换完各厂所有的电机,换下来的一律报废。\n推广节能灯。机关学校先装,然后装到每一个村,装好的要有人管,坏了的要及时更换。\n"
        "节电办公室设在县经济局,由一名副局长担任主任,人员从各单位抽调,经费由县财政解决。\n"
    )
    evidence = evidence_of({"节电.txt": text})
    question = asked("准备采取的节电措施有哪些")
    draft = Lists(evidence).draft(question, list(ranked(evidence, question)))
    assert draft is not None and [piece.text for piece in draft.pieces] == ["加强用电管理", "换掉老旧设备", "推广节能灯"]


def test_unmarked_paragraphs_that_are_announced_and_open_alike_are_listed() -> None:
    """体会之一…, 体会之二… after 有以下几点: are its items."""
    assert lines(listed("有哪些体会", other=True)) == ["体会之一,学习要早", "体会之二,动手要勤"]


def test_a_sentence_that_enumerates_is_shown_as_it_stands() -> None:
    """Parts side by side in one sentence are quoted with it."""
    assert lines(listed("要做到数字准、责任清等哪些要求", other=True)) == [
        "要坚持“快、准、稳”的要求,做到情况明、数字准、责任清、作风正、工作实。"
    ]


@given(drafts(20).filter(lambda text: text.strip()))
def test_every_item_shows_something(text: str) -> None:
    """An item without words shows its mark; expanded or not, what is shown opens what is quoted."""
    evidence = evidence_of({"讲话.txt": f"{text}\n- 。\n- ；\n"})
    for speech in evidence.shelf.every_speech():
        for found in Lists(evidence).candidates.of_speech(speech):
            for wording in ("有哪些", "展开讲讲有哪些"):
                pieces = Lists(evidence).whole(asked(wording), found, 1.0).pieces
                assert all(piece.text and piece.quotes[0].text.startswith(piece.text) for piece in pieces if piece.quotes)


def test_without_statements_nothing_is_listed() -> None:
    """No evidence, no draft."""
    assert Lists(EVIDENCE).draft(asked("有哪些作风"), []) is None


OFFICE = (
    "云岭市办公室工作讲话\n同志们:\n办公室承担着参谋助手、综合协调、督促检查多重职能。\n第一,要发挥好参谋助手的职能。一是要出好点子。二是要写好材料。\n"
    "第二,要发挥好综合协调的职能。搞好综合协调是办公室的基本职能。一是要周密。二是要高效。三是要讲程序。\n"
    "第三,要发挥好督促检查的职能。一是要主动。二是要较真。\n"
    "(三)保障措施。从组织领导、政策支持、人才支撑三个方面加大保障力度。\n"
    "使群众学有所教、劳有所得、病有所医、老有所养、住有所居。\n"
    "办公室既要为领导服务,又要为部门服务,还要为群众服务。\n"
    "实施“三百行动”。实施百里河道整治行动。要落实责任。实施百村示范行动。实施百家企业帮扶行动。\n"
)
THIRD = evidence_of({"办公室.txt": OFFICE})


def office(wording: str) -> list[str]:
    """The lines of the list over the office's speech."""
    found = Lists(THIRD).draft(asked(wording), ranked(THIRD, asked(wording)))
    assert found is not None
    return lines(found)


def test_the_list_of_the_item_that_is_asked_about_is_meant() -> None:
    """综合协调 is one of three functions, and itself the head of a list."""
    assert office("综合协调有哪几条要求") == ["一是要周密", "二是要高效", "三是要讲程序"]


def test_a_list_is_known_by_the_word_that_its_parts_share() -> None:
    """五个“有” stands nowhere in the text; three sentences that open with 百 are the three of 三百行动."""
    assert "学有所教、劳有所得、病有所医、老有所养、住有所居" in office("民生的“五个有”是什么")[0]
    assert office("“三百行动”是哪三个") == ["实施百里河道整治行动", "实施百村示范行动", "实施百家企业帮扶行动"]


def test_parts_joined_by_both_and_also_are_a_list() -> None:
    """既要…,又要…,还要…: three."""
    assert "还要为群众服务" in office("办公室要给哪些人服务")[0]


def test_the_list_that_the_best_sentence_opens_is_meant() -> None:
    """Though another sentence has every word of the question, and names three bodies side by side."""
    evidence = evidence_of({"形势.txt": (
        "云岭市经济形势讲话\n同志们:\n当前与长远要统筹。二季度工作要重点抓好以下几个方面:\n一要扩大投资。要建好项目。\n二要改善民生。要补短板。\n"
        "三要稳住物价。抓好重点工作,办公室、财政局、统计局要配合。\n"
    )})
    question = asked("二季度工作重点抓好哪几个方面")
    found = Lists(evidence).draft(question, ranked(evidence, question))
    assert found is not None
    assert lines(found) == ["一要扩大投资", "二要改善民生", "三要稳住物价"]


def test_a_list_whose_items_answer_one_by_one_is_the_list() -> None:
    """Several of the best sentences stand each in another item of one short list: that list is meant, not a sentence elsewhere."""
    evidence = evidence_of({"督办.txt": (
        "在青溪县督办会议上的讲话\n同志们:\n办公室要发挥好“参谋处”、“信息处”、“督办处”的作用,做好各项工作。\n"
        "督办是落实的办法。一要抓住重点。督办工作要盯住难点。二要改进方式。多做实地督办工作。三要讲究深度。督办工作要找出原因。\n谢谢大家。\n"
    )})
    question = asked("督办工作有哪几条要求")
    found = Lists(evidence).draft(question, ranked(evidence, question))
    assert found is not None
    assert lines(found) == ["一要抓住重点", "二要改进方式", "三要讲究深度"]


def test_of_several_lists_of_one_length_the_one_that_is_asked_for_is_meant() -> None:
    """The sentence that names them all stands right before the first of them."""
    evidence = evidence_of({"队伍.txt": (
        "在青溪县队伍建设会议上的讲话\n同志们:\n三、加强队伍建设,为创业提供保障\n"
        "队伍的素质决定工作。要坚持以人为本。尤其要注意树立“两种意识”,增强“两种本领”,养成“两种习惯”。\n"
        "两种意识:\n一是服务的意识。办事要热情,让群众少跑路。\n二是责任的意识。遇事不推,有错就改。\n"
        "两种本领:\n一是要提高调查研究本领。到乡镇去,多看多问。\n二是要提高组织协调本领。把各方面的力量合起来。\n"
        "两种习惯:\n一是守时的习惯。会议从不迟到。\n二是读书的习惯。每天读一点。\n谢谢大家。\n"
    )})
    question = asked("讲话要求干部增强的两种本领是什么")
    found = Lists(evidence).draft(question, ranked(evidence, question))
    assert found is not None
    assert lines(found) == ["一是要提高调查研究本领", "二是要提高组织协调本领"]


def told(text: str, wording: str) -> list[str]:
    """The lines of the list over one speech."""
    evidence = evidence_of({"讲话.txt": f"在青溪县工作会议上的讲话\n同志们:\n{text}\n谢谢大家。\n"})
    found = Lists(evidence).draft(asked(wording), ranked(evidence, asked(wording)))
    assert found is not None
    return lines(found)


def test_a_short_form_is_spelled_out_by_the_ends_of_first_clauses() -> None:
    """“两地一园”, named in one sentence, is told by those after it: what they begin with ends in 地 or 园."""
    text = (
        "今年要加快打造“三地一园”,推进一批项目。围绕打造杂粮种子繁育的重要基地,新建温室。围绕打造全省有名的避暑康养目的地,修好步道。"
        "围绕打造承接外来产业转移的集聚地,盖好厂房。围绕打造青少年研学活动的生态园,办好夏令营。"
    )
    assert told(text, "要打造的“三地一园”是哪些") == [
        "围绕打造杂粮种子繁育的重要基地", "围绕打造全省有名的避暑康养目的地",
        "围绕打造承接外来产业转移的集聚地", "围绕打造青少年研学活动的生态园",
    ]


def test_names_that_share_a_word_in_paragraphs_of_their_own_are_the_list() -> None:
    """几个“水渠” are the paragraphs that each name one, not the sentence that says most of the rest."""
    text = (
        "今年的水利大会在青溪召开,水利大会要开好,水利大会要开实,水渠伙伴都来了。\n我们要修好水渠。\n"
        "——我们要建设“平安水渠”,做安全的守护者。人人有责。\n——我们要建设“清洁水渠”,做环境的爱护者。河面要净。\n"
        "——我们要建设“人文水渠”,做历史的讲述者。老渠要修。\n"
    )
    named = ["我们要建设“平安水渠”,做安全的守护者", "我们要建设“清洁水渠”,做环境的爱护者", "我们要建设“人文水渠”,做历史的讲述者"]
    assert told(text, "青溪水利大会上讲的几个“xx水渠”,都是啥") == named
    assert told(text, "青溪水利大会提的几个“水渠”分别是什么") == named


def test_names_that_end_alike_in_sentences_of_one_paragraph_are_the_list() -> None:
    """几个“圈” of unknown number, and 哪几个集群 after which other words stand."""
    text = (
        "加快推进南部乡镇发展。加快构建方便快捷的交通圈,修通断头路。加快培育首尾相接的生产圈,做强粮油加工。"
        "加快建设共享的生活圈,办好乡镇学校、卫生院、养老院。\n"
        "加快建设高标准杂粮种子集群,支持育种、制种、供种。加快建设高标准中药材集群,推进种植、加工、销售。加快建设高标准食用菌集群,建好菌种厂。\n"
    )
    assert told(text, "南部乡镇要建的几个“圈”是什么") == ["加快构建方便快捷的交通圈", "加快培育首尾相接的生产圈", "加快建设共享的生活圈"]
    assert told(text, "要打造的高标准集群有几个,哪几个") == [
        "加快建设高标准杂粮种子集群", "加快建设高标准中药材集群", "加快建设高标准食用菌集群",
    ]


def test_as_many_as_asked_named_as_what_is_asked_for_are_the_list() -> None:
    """哪两位模范 are told as 甲、乙等劳动模范, not by a sentence that happens to have two parts side by side."""
    text = (
        "全县干部群众拧成一股绳,涌现出赵大川、钱小溪等劳动模范,青溪县争来了时间,也争来了口碑。\n"
        "青溪县要向全县模范学习,既要比干劲,又要比成效,学在平时。\n"
    )
    assert "赵大川、钱小溪等劳动模范" in told(text, "青溪县的劳动模范是哪两位")[0]
    assert "赵大川、钱小溪等劳动模范" in told(text, "青溪县出了哪两位模范")[0]


def test_what_all_sentences_begin_with_names_none_of_them() -> None:
    """要结合校务公开, said of three things, is no list of three."""
    text = "要结合校务公开,健全火灾、水灾、停电等突发事件的预案。要结合校务公开,听取家长意见。要结合校务公开,建好档案。"
    assert told(text, "结合校务公开要给哪些突发事件做预案") == ["要结合校务公开,健全火灾、水灾、停电等突发事件的预案。"]


def test_the_sentence_that_says_the_number_in_the_words_asked_is_meant() -> None:
    """Before a sentence of one of the parts that happens to have as many parts side by side."""
    text = (
        "主要包括水渠建设的设计规范、用料规范、养护规范等三个部分。\n"
        "用料规范主要对水渠建设的水泥、沙石、钢筋的规范要求进行规定，用于水渠建设规范用料。\n"
    )
    assert told(text, "水渠建设规范含哪三个部分") == ["主要包括水渠建设的设计规范、用料规范、养护规范等三个部分。"]


def test_the_other_of_two_is_told_with_the_first() -> None:
    """一类是…。另一类是…。 is one list of two sentences."""
    text = "可以不报的事项主要有两大类:一类是已经归档的事项,如旧账等。另一类是正在核查的事项。其余都要报。"
    assert told(text, "哪两类事项可以不报") == ["可以不报的事项主要有两大类:一类是已经归档的事项,如旧账等。另一类是正在核查的事项。"]


def test_what_was_told_before_it_is_counted_is_meant() -> None:
    """这四件大事,是… counts what the sentence before it told in clauses that open alike."""
    text = "今后一个时期,必须修好水渠,必须管好山林,必须办好学校,必须整顿作风。这四件大事,是实现全县富裕的重要保证。别的大事也要做。"
    assert told(text, "要抓的四件大事是什么") == ["今后一个时期,必须修好水渠,必须管好山林,必须办好学校,必须整顿作风。"]


def test_a_list_that_a_sentence_nearly_as_good_as_the_best_counts_is_meant() -> None:
    """那一块 counts nothing: 哪三项 does."""
    text = (
        "产业转型规划与农业、林业、水利、旅游各项规划衔接,明确了产业转型的路径。\n"
        "二是加快产业转型,共3项任务。分别是:1.建好粮仓。多存粮。2.开办作坊。多加工。3.修通山路。多运货。\n"
    )
    assert told(text, "产业转型规划那一块列了哪三项任务")[-3:] == ["1.建好粮仓", "2.开办作坊", "3.修通山路"]
