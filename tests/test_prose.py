"""Sentences that answer: the deciding one, with what belongs to it, and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import prose, selection
from rag.answer.evidence import Evidence
from rag.answer.interrogatives import Kind
from rag.answer.question import understand
from tests.drafts import drafts
from tests.small import LIBRARY, SYNONYMS, asked, evidence_of, ranked, statements_of

EVIDENCE = evidence_of(LIBRARY)
MEETINGS = (
    "在青溪县会风会议上的讲话\n同志们:\n一、总要求\n要扭住会风不放松。严格控制会议数量。能不开的不开。\n"
    "会风好不好?关键看领导。领导带头,会风就好。\n会议费超支,主要是因为会期太长。因此,会期要压缩。\n二、具体办法\n"
    "(一)统一报批。会议由县政府办公室统一报批。\n"
    "(二)限定时长。每次会议不超过一小时;汇报不超过五分钟;讲话不超过二十分钟;表彰会、动员会、部署会原则上不开,"
    "确需召开的报县委常委会研究同意后方可召开,并且一律用视频形式开到乡镇一级,由乡镇组织村组干部就近参加,不得层层陪会;"
    "会议材料一律提前三天送达参会人员,由参会人员自行阅读,会上不再宣读,确需说明的由起草单位用三分钟作简要说明;"
    "会议纪要在会后两个工作日内印发。\n所谓套会,就是借一个会再开一个会。\n从今年7月1日起施行。\n"
)
KINDS: list[Kind] = ["how", "why", "definition", "who", "when", "where", "yes_no", "other"]
ROTA = (
    "县里的值班表\n值班表要贴在县长办公会会议室。\n值班表由第12次县长办公会审定。\n"
    "值班表调整的时间要避开节日。\n值班表每季度调整一次。\n"
)
OTHER = evidence_of({"会风.txt": MEETINGS, "值班.txt": ROTA})


def told(wording: str, evidence: Evidence = EVIDENCE) -> str:
    """What is drafted for a question."""
    question = asked(wording)
    draft = prose.draft(question, evidence, ranked(evidence, question))
    assert draft is not None
    (piece,) = draft.pieces
    return piece.text


@pytest.mark.parametrize(("wording", "answer"), [
    ("什么是值班制度?", "值班制度是指机关工作人员轮流在岗、及时处置紧急事项的安排。"),
    ("农业合作社是什么?", "农业合作社是农民自愿联合的互助经济组织。"),
    ("为什么今年要每周抽查?", "因为去年汛期有两个乡镇电话无人接听,所以今年县里要每周抽查一次。"),
    ("会议地点定在哪里?", "会议地点定在县政务服务中心。"),
    ("值班人员能不能擅自离开?", "值班人员必须二十四小时在岗,不得擅自离开。"),
])
def test_the_deciding_sentence_answers(wording: str, answer: str) -> None:
    """What is, why, where, and yes or no: the one sentence that tells it, whole."""
    assert told(wording) == answer


@pytest.mark.parametrize(("wording", "answer"), [
    ("套会是什么?", "所谓套会,就是借一个会再开一个会。"),
    ("谁统一报批会议?", "(一)统一报批。会议由县政府办公室统一报批。"),
    ("什么时候起施行?", "从今年7月1日起施行。"),
    ("值班表是第几次县长办公会定的?", "值班表由第12次县长办公会审定。"),
    ("值班表多长时间调整一次?", "值班表每季度调整一次。"),
])
def test_a_sentence_with_the_cue_of_the_kind_is_preferred(wording: str, answer: str) -> None:
    """所谓…就是 defines, an office is who, a date is when."""
    assert told(wording, OTHER) == answer


FAIR = (
    "青溪县蜂产业大会致辞\n同志们:\n三年前,我提议办蜂业节,就是要扩大养蜂。现在,蜂业节已经成为全县养蜂的窗口、合作的平台。\n"
    "山高路远,蜂蜜难运。因此,必须修通蜂场的公路。\n修通蜂场公路主要是先易后难。\n"
    "(县养蜂办、县蜂业协会牵头,县农业局、县财政局、县市场监管局、各乡镇人民政府按职责分工推进蜂场检疫)\n检疫由乡镇逐场登记。\n"
    "紧紧围绕全县的中心任务,认真落实县委部署要求和县人民代表大会决议,坚持稳中求进工作基调,完整准确全面贯彻新的理念,积极融入新的格局,扎实推动各项事业,"
    "高水平推进各项改革,举全县之力推进搬迁蜂场一号工程,着力构建现代产业体系,推动科技创新和产业融合,培育新的动力,提振预期、激发活力,"
    "促进经济持续回升向好,增进民生福祉,不断提升居民文明素养和社会文明程度,以更大的决心和更实的举措,努力开创全县的各项工作崭新局面\n"
)


SCHOOLS = (
    "青溪县教育工作报告\n同志们:\n办好乡村小学。各乡都要重视。\n一九九○年以前各乡普及小学教育。\n各乡普及小学教育要有准备,办好小学教育。\n"
    "要按照有校舍、有教师、有课本的总要求,让小学办得更好。\n起初,多数乡都反对合并小学。合并小学要先算经费。\n"
)


@pytest.mark.parametrize(("wording", "answer"), [
    ("各乡普及小学教育哪年办好", "一九九○年以前各乡普及小学教育。"),
    ("乡村小学总要求", "要按照有校舍、有教师、有课本的总要求,让小学办得更好。"),
    ("乡里同意合并小学吗", "起初,多数乡都反对合并小学。"),
])
def test_the_sentence_that_tells_what_is_asked_is_preferred(wording: str, answer: str) -> None:
    """A year with a zero in Chinese figures is a time; the last of keywords is asked of the others; who is against says no."""
    assert answer in told(wording, evidence_of({"教育.txt": SCHOOLS}))


@pytest.mark.parametrize(("wording", "answer"), [
    ("蜂业节现在算是什么", "现在,蜂业节已经成为全县养蜂的窗口、合作的平台。"),
    ("为什么要修通蜂场公路", "山高路远,蜂蜜难运。因此,必须修通蜂场的公路。"),
    ("蜂场检疫怎么做", "检疫由乡镇逐场登记。"),
])
def test_what_says_so_is_preferred_to_what_is_near(wording: str, answer: str) -> None:
    """成为 says what a thing is, 就是要 does not; 因此 stands behind its reason; a note in brackets tells no way."""
    assert told(wording, evidence_of({"养蜂.txt": FAIR})) == answer


def test_a_sentence_too_long_for_a_definition_is_cut_around_the_clause_that_tells_it() -> None:
    """Whole clauses, up to what such an answer may have."""
    answer = told("全县的一号工程指的是什么", evidence_of({"养蜂.txt": FAIR}))
    assert "举全县之力推进搬迁蜂场一号工程" in answer and 100 < len(answer) <= 190


def test_a_sentence_that_only_opens_a_topic_is_followed_by_what_carries_it_out() -> None:
    """How is told by what follows 要扭住…不放松, in the same paragraph."""
    assert told("怎样扭住会风?", OTHER).startswith("要扭住会风不放松。严格控制会议数量。")


def test_a_paragraph_that_names_what_is_asked_is_told_whole() -> None:
    """How is told by all of a paragraph whose short first sentence is what is asked for, up to four hundred characters."""
    measures = "".join(f"第{n}批乡镇年内完成摸底、立项和开工,按月通报进度、按季组织评比、年底统一验收。" for n in "一二三四五六七八")
    text = f"青溪县二〇二四年工作安排\n一、乡村\n推动庭院养蜂。{measures}\n二、其他\n养蜂户的档案由乡镇管理。\n"
    assert told("怎么推动庭院养蜂?", evidence_of({"安排.txt": text})) == f"推动庭院养蜂。{measures}"
    assert 280 < len(measures) < 383


def test_a_glossary_defines_and_what_a_thing_became_says_less_of_it() -> None:
    """“X”:… is what X is; X成为… is not preferred to X是…."""
    glossary = "在青溪县政务会议上的讲话\n同志们:\n“一窗通办”改革试点县压减了窗口。\n附注\n3.“一窗通办”:群众在一个窗口办好所有的事。\n"
    assert told("“一窗通办”是指什么", evidence_of({"改革.txt": glossary})).endswith("群众在一个窗口办好所有的事。")
    became = "在青溪县数字化会议上的讲话\n同志们:\n场景大赛成为全县技术升级的新路。\n场景大赛是由企业出题、由高校答题的比赛。\n"
    assert told("场景大赛怎么定义的", evidence_of({"场景.txt": became})) == "场景大赛是由企业出题、由高校答题的比赛。"


def test_what_is_wrong_does_not_tell_what_to_do() -> None:
    """A sentence of troubles carries as many words, but how is told by the one that orders."""
    text = "在青溪县物价会议上的讲话\n同志们:\n物价上涨给困难群众的生活造成影响。\n要兑现惠民政策,让困难群众生活有保障。\n"
    assert told("物价涨了,困难群众的生活怎么保", evidence_of({"物价.txt": text})).startswith("要兑现惠民政策")


def test_who_leads_is_told_by_the_office_that_does() -> None:
    """县财政局牵头, not a sentence that only speaks of those who lead."""
    text = (
        "在青溪县补贴会议上的讲话\n同志们:\n各牵头部门要加快制定补贴意见,补贴意见成熟一个出台一个。\n"
        "县财政局牵头,有关部门参与,尽快拿出意见。\n"
    )
    assert told("补贴意见由哪家牵头", evidence_of({"补贴.txt": text})).startswith("县财政局牵头")


def test_a_day_is_preferred_where_a_day_is_asked() -> None:
    """A year tells when, but not on which day."""
    text = "在青溪县渔业会议上的讲话\n同志们:\n渔业白皮书2017年以来每年都发布渔业数据。\n9月29日在县里发布了渔业白皮书。\n"
    assert told("渔业白皮书发布是哪天", evidence_of({"渔业.txt": text})).startswith("9月29日")


def test_what_a_line_only_names_is_told_with_the_paragraphs_that_carry_it_out() -> None:
    """二要管好蜂场用水。 tells no way by itself; what follows does, up to the next point."""
    text = (
        "青溪县二〇二四年工作安排\n一、乡村\n一要选好蜂场地址。\n蜂场离公路不得少于五百米,离学校不得少于一千米,由乡镇核定。\n"
        "二要管好蜂场用水。\n每处蜂场设一座蓄水池,由县里统一建设,乡镇负责日常管护和检修。\n旱季由消防车定期送水,每处每周不少于两次,费用由县财政承担。\n"
        "三要看好蜂场林木。\n护林员每天巡查一次蜂场周边林木,发现火情立即报告乡镇。\n"
    )
    evidence = evidence_of({"安排.txt": text})
    question = asked("怎么管好蜂场用水?")
    draft = prose.draft(question, evidence, ranked(evidence, question))
    assert draft is not None
    assert [piece.text for piece in draft.pieces] == text.splitlines()[4:7]


def test_how_it_is_to_be_done_is_not_told_by_what_was() -> None:
    """What stands under a look back answers how it was done, what stands under the plan how it is to be."""
    text = (
        "青溪县政府工作报告\n一、2023年工作回顾\n统筹防范养蜂贷款风险,逾期贷款全部收回。\n"
        "二、2024年工作安排\n养蜂贷款实行名单管理,风险由乡镇防范。\n"
    )
    evidence = evidence_of({"报告.txt": text})
    assert told("要怎么防范养蜂贷款风险", evidence).startswith("养蜂贷款实行名单管理")
    assert told("养蜂贷款风险是怎么防范的", evidence).startswith("统筹防范养蜂贷款风险")


def test_of_a_longer_paragraph_as_much_is_told_as_is_read_at_a_look() -> None:
    """The whole sentences that fit, from the one that names the topic on."""
    measure = "试点乡镇年内完成摸底、立项和开工,按月通报进度、按季组织评比、年底统一验收。"
    text = "青溪县二〇二四年工作安排\n一、乡村\n推动庭院养蜂。" + measure * 20 + "\n"
    answer = told("怎么推动庭院养蜂?", evidence_of({"安排.txt": text}))
    assert answer == "推动庭院养蜂。" + measure * (383 // len(measure))


def test_the_sentence_that_tells_how_is_not_left_for_one_whose_paragraph_goes_on_about_the_words() -> None:
    """What follows a sentence speaks for it only where two stand close."""
    text = (
        "关于扶持养蜂的意见\n一、关怀\n要通过谈心减轻蜂农压力。蜂农心里的负担要有人听。说出来负担就减轻。蜂农的负担不能只靠蜂农。\n"
        "二、补贴\n鼓励各乡镇共用设备、发放补贴,减轻蜂农负担。\n"
    )
    assert told("怎么给蜂农减轻负担?", evidence_of({"养蜂.txt": text})) == "鼓励各乡镇共用设备、发放补贴,减轻蜂农负担。"


def test_of_a_paragraph_of_several_orders_only_the_one_asked_for_is_told() -> None:
    """What another 要… orders, before it or after it, is left out, though there would be room."""
    text = (
        "在青溪县工业会议上的讲话\n同志们:\n办好园区有许多事。要管好电价。对用电大户每月回访一次。要扭住招商不放松。"
        "派人到外地去谈项目。请来的企业要有专人服务。要降低能耗。淘汰落后的锅炉。\n谢谢大家。\n"
    )
    assert told("招商怎么抓", evidence_of({"工业.txt": text})) == "要扭住招商不放松。派人到外地去谈项目。请来的企业要有专人服务。"


def test_an_item_is_shown_whole_where_how_is_asked() -> None:
    """A short item answers how with its heading and its body."""
    assert told("怎样统一报批?", OTHER) == "(一)统一报批。会议由县政府办公室统一报批。"


def test_a_question_that_the_speaker_asks_is_answered_by_what_follows() -> None:
    """会风好不好? is no answer to itself."""
    assert told("会风好不好?", OTHER).startswith("关键看领导。")


def test_what_opens_with_therefore_stands_on_the_sentence_before() -> None:
    """因此 is shown with its reason."""
    assert told("为什么会期要压缩?", OTHER) == "会议费超支,主要是因为会期太长。因此,会期要压缩。"


def test_why_is_told_by_what_leads_to_the_conclusion() -> None:
    """因此 repeats what is asked: the sentences before it give the reason, and of it the first clause is enough."""
    text = (
        "在青溪县防汛会上的讲话\n同志们:\n县里有三条河。河道窄,涨水快,一夜就能漫过堤。乡镇离得远,抢险队到得慢。"
        "因此,巡堤是防汛的头等大事,各乡镇、各村和各水库都要排班,白天有人看,夜里有人守,雨天加密,晴天不断,交接班要签字,县里随时抽查。\n"
    )
    answer = told("为什么说巡堤是防汛的头等大事", evidence_of({"防汛.txt": text}))
    assert answer == "县里有三条河。河道窄,涨水快,一夜就能漫过堤。乡镇离得远,抢险队到得慢。因此,巡堤是防汛的头等大事"


def test_a_long_sentence_is_cut_to_the_segment_that_answers() -> None:
    """Of a sentence of two hundred characters the part between ； that carries the question."""
    assert told("会议纪要印发", OTHER) == "会议纪要在会后两个工作日内印发。"


REASONS = (
    "在青溪县水利会议上的讲话\n同志们:\n一、修渠\n为什么渠水不够用呢?首先,渠道年久失修。其次,用水没有章程。\n"
    "渠道改道从上游开始。改道以后水量够用。沿线村组自己出工。\n第二条　渠道管理办法适用于全县。\n"
    "第九条　本办法自2024年3月1日起施行。\n每年组织一次检查。检查由水利局牵头。\n"
)


@pytest.mark.parametrize(("wording", "start", "holds"), [
    ("渠水为什么不够用", "首先,渠道年久失修。", "其次,用水没有章程。"),
    ("渠道改道怎么做", "渠道改道从上游开始。", "沿线村组自己出工。"),
    ("渠道管理办法什么时候开始施行", "第九条", "2024年3月1日起施行。"),
    ("检查是不是一年两次", "每年组织一次检查。", "每年组织一次检查。"),
])
def test_a_reason_a_way_and_a_term_are_told_in_full(wording: str, start: str, holds: str) -> None:
    """The speaker's own question is answered by what follows; a way is told to its end; terms and times decide."""
    shown = told(wording, evidence_of({"水利.txt": REASONS}))
    assert shown.startswith(start) and holds in shown


def test_a_heading_answers_nothing_by_itself() -> None:
    """A line that only names is known as a heading; a sentence is not."""
    found = {one.place.text: selection.is_heading(one) for one in statements_of(EVIDENCE)}
    assert found["在青溪县政务工作会议上的讲话"] and found["一、四种作风"]
    assert not found["会议地点定在县政务服务中心。"] and not found["一是求实的作风。"]


@given(drafts(25).filter(lambda text: text.strip()), st.sampled_from(KINDS))
def test_any_draft_is_made_of_stretches_of_one_paragraph_each(text: str, kind: Kind) -> None:
    """Whatever text and kind, each piece that is shown is the source's own, inside one paragraph, and not blank."""
    evidence = evidence_of({"讲话.txt": text})
    question = understand("全年投资", "全年投资的作风", SYNONYMS, kind=kind)
    draft = prose.draft(question, evidence, ranked(evidence, question))
    assert draft is not None
    assert draft.pieces
    for piece in draft.pieces:
        (quote,) = piece.quotes
        assert piece.text == quote.text == text[quote.start : quote.end] and quote.text.strip()
        assert quote.paragraph.start <= quote.start < quote.end <= quote.paragraph.end


def test_without_statements_nothing_is_drafted() -> None:
    """No evidence, no draft."""
    assert prose.draft(asked("什么是值班制度"), EVIDENCE, ()) is None


@pytest.mark.parametrize("wording", ["青溪补贴措施管到哪天为止", "青溪补贴措施什么时候到期", "青溪那个补贴措施到什么时候截止"])
def test_how_long_a_text_is_in_force_is_told_at_its_end(wording: str) -> None:
    """Though the sentence has none of the words that name the text, and others with a year have all."""
    subsidies = "".join(f"{n}.青溪补贴措施第{n}类,2023年{n}月起按青溪补贴措施发放。\n" for n in range(1, 25))
    library = evidence_of({"补贴.txt": f"青溪补贴措施\n{subsidies}同一项目不重复补。自2024年2月1日起实施,有效期至2025年6月30日。\n"})
    assert "2025年6月30日" in told(wording, library)


@pytest.mark.parametrize(("text", "wording", "answer"), [
    (
        "办法\n医保机构应用医保“两库”里的规则库,各县照办。\n各县照办。\n规则库是判断行为的逻辑的集合。\n",
        "医保系统“两库”里规则库是啥意思", "规则库是判断行为的逻辑的集合。",
    ),
    (
        "集市讲话\n同志们:\n五年前,青溪举办集市,让大家共享大市场。\n青溪将让大家共享市场机遇,扩大进口,降低摊位费。\n",
        "青溪集市要让大家共享大市场,打算怎么弄", "青溪将让大家共享市场机遇,扩大进口,降低摊位费。",
    ),
    (
        "集市讲话\n同志们:\n五年前,青溪举办集市,让大家共享大市场。\n青溪将让大家共享市场机遇,扩大进口,降低摊位费。\n",
        "青溪集市怎么让大家共享大市场的好处", "青溪将让大家共享市场机遇,扩大进口,降低摊位费。",
    ),
    (
        "修渠讲话\n同志们:\n我们支持邻县修渠,应对邻县干旱。\n开春动工。\n未来,我们将支持邻县把渠修好,通过设立基金。\n",
        "我们打算怎么支持邻县修渠", "未来,我们将支持邻县把渠修好,通过设立基金。",
    ),
    (
        "经济讲话\n同志们:\n规模以上工业在多措并举中回升。\n"
        "克服煤价回落影响,规模以上工业增加值增长0.9%,钢、铜、硅产量分别增长9%、7%、8%,新增企业13家。\n",
        "规模以上工业为啥只涨了不到1个点",
        "克服煤价回落影响,规模以上工业增加值增长0.9%,钢、铜、硅产量分别增长9%、7%、8%,新增企业13家。",
    ),
])  # fmt: skip
def test_what_is_asked_is_told_by_its_own_sentence(text: str, wording: str, answer: str) -> None:
    """What a thing is that stands within another; what is to be done, not what was; what had to be overcome."""
    assert told(wording, evidence_of({"讲话.txt": text})) == answer


def test_where_a_meeting_was_held_is_told_with_when() -> None:
    """Not by the line of the agency, which has a day and a place as well."""
    text = "在水利大会开幕式上的致辞\n新华社青溪3月5日电 在水利大会开幕式上的致辞\n"
    text += "3月5日,县长以视频方式向在白桦举行的大会致辞。\n同志们:\n要修渠。\n"
    assert "在白桦举行" in told("水利大会开幕式在哪开的,县长哪天致辞", evidence_of({"讲话.txt": text}))


def test_what_a_thing_is_may_be_asked_by_the_speaker_himself() -> None:
    """蜂场是一个什么样的地方呢?它不是…: the answer alone, though other sentences open with the word and a long one follows."""
    text = (
        "在青溪县蜂业会议上的讲话\n同志们:\n蜂场是很大的地方。\n"
        "那么,全县的蜂场,是一个什么样的地方呢?它不是随便放几个箱子的空地,而是有水、有花、有专人看护的固定场所。"
        f"从前年办第一处蜂场到今天,{'各乡镇出地出人、县里出钱出技术,' * 12}都归蜂业办管。\n"
    )
    answer = told("讲话里说的蜂场到底指什么地方", evidence_of({"蜂业.txt": text}))
    assert answer == "它不是随便放几个箱子的空地,而是有水、有花、有专人看护的固定场所。"


@pytest.mark.parametrize(("wording", "answer"), [
    ("值班电话为什么不能转给别人接", "避免把值班电话转给别人接,带来被动。"),
    ("值班电话转给别人接有什么不好", "避免把值班电话转给别人接,带来被动。"),
    ("值班脱岗是不是已经没有了", "值班脱岗少了,但仍有乡镇夜里无人。"),
])
def test_harm_tells_why_not_and_a_state_whether_it_is_so(wording: str, answer: str) -> None:
    """Why something is not done is told by what it leads to; whether it is so already by how it stands, not by what is ordered."""
    text = (
        "在青溪县值班会议上的讲话\n同志们:\n值班电话转给别人接的,一律登记。\n避免把值班电话转给别人接,带来被动。\n"
        "要严查值班脱岗,值班脱岗一律通报。\n值班脱岗少了,但仍有乡镇夜里无人。\n"
    )
    assert answer in told(wording, evidence_of({"值班.txt": text}))


def test_of_a_long_sentence_the_segment_that_settles_it_is_told() -> None:
    """乡镇不办 settles whether they do it, though another segment has more of the question's words."""
    text = (
        "在青溪县值班会议上的讲话\n同志们:\n县里定了几条办法:统一值班的安排严格限于县直各部门,主要解决夜里电话没有人接听、急件没有人签收的问题,"
        "不涉及乡镇干部的统一值班补贴、乡镇的车辆编制、乡镇站所的人员借调以及农忙季节的轮休;"
        "乡镇不办,站所只作登记;不层层加码,不搞人人签字,不把值班记录当作年底评比的唯一依据,也不因为一次漏岗就否定一年的成绩,更不许借检查的名义向群众伸手要东西、摊派经费、占用农时、随意停电停水、随意封路。\n"
    )
    assert told("统一值班在乡镇要不要办", evidence_of({"值班.txt": text})) == "乡镇不办,站所只作登记"


def test_how_a_thing_is_judged_is_told_with_words_of_judgement() -> None:
    """评价咋样: what is approved of, not what is ordered."""
    text = (
        "在青溪县值班会议上的讲话\n同志们:\n要认真落实值班安排,通过抽查确保值班安排到位。\n"
        "王县长作的值班安排,重点突出,我完全同意。\n"
    )
    assert "我完全同意" in told("领导对值班安排评价咋样", evidence_of({"值班.txt": text}))


def test_what_is_to_be_done_is_told_with_words_of_orders() -> None:
    """怎么处理: what must be done about it, not that many a thing has become better."""
    text = (
        "在青溪县蜂业会议上的讲话\n同志们:\n"
        "蜂箱过多的蜂场积极性高涨,面貌一新。\n蜂箱过多的蜂场应当把蜂箱调配给缺箱的蜂场。\n"
    )
    assert "调配" in told("蜂场蜂箱过多怎么处理", evidence_of({"蜂业.txt": text}))
