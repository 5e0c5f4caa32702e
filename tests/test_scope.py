"""Which speeches a question names, and which ones the user chose."""

import pytest

from rag.answer.scope import bearings, chosen, named, ordinals
from rag.errors import UnknownSpeech
from tests.small import LIBRARY, shelf_of

BOOK = (
    "第一篇 在乌兰市水利工作会议上的讲话\n同志们:\n要修渠。\n第二篇 在乌兰市林业工作会议上的讲话\n同志们:\n要种树。\n"
)
WORK, FARM = "在青溪县政务工作会议上的讲话", "在白桦市农业工作会议上的讲话"
WATER, WOOD = "第一篇 在乌兰市水利工作会议上的讲话", "第二篇 在乌兰市林业工作会议上的讲话"
SHELF = shelf_of({**LIBRARY, "2021年汇编.txt": BOOK})


@pytest.mark.parametrize(("question", "titles", "explicit"), [
    ("第二篇讲了什么", [WOOD], True),
    ("第一篇和第二篇有什么不同", [WATER, WOOD], True),
    ("篇1、篇2分别讲什么", [WATER, WOOD], True),
    (f"《{FARM}》讲了什么", [FARM], True),
    ("《农业工作会议》讲了什么", [FARM], True),
    (f"{WORK}讲了什么", [WORK], True),
    ("青溪县的投资多少", [WORK], False),
    ("苏明川讲了什么", [FARM], False),
    ("投资多少", [], False),
    ("第九篇讲了什么", [], False),
    ("青溪县政府的投资多少", [WORK], False),  # a body, by its place
    ("农业工作会议讲了什么", [], False),
])
def test_a_question_names_speeches_by_number_title_place_or_person(question: str, titles: list[str], explicit: bool) -> None:
    """Numbers and titles name outright; places and persons on a front only hint; else no speech is named."""
    found = named(question, SHELF)
    assert [speech.title for speech in found.speeches] == titles
    assert found.explicit is explicit


def test_ordinals_are_told_with_their_speeches() -> None:
    """Each as the question writes it; what counts several at once names none of them alone."""
    found = ordinals("第二篇和篇1各怎么说", SHELF)
    assert {name: [speech.title for speech in speeches] for name, speeches in found.items()} == {"第二篇": [WOOD], "篇1": [WATER]}
    assert ordinals("篇1、2各怎么说", SHELF) == {} == ordinals("第九篇怎么说", SHELF)


def test_what_named_the_speech_is_not_searched_for() -> None:
    """The ordinal leaves the wording; a question that names nothing keeps all of it."""
    assert named("第二篇讲了什么", SHELF).wording.strip() == "讲了什么"
    assert named("投资多少", SHELF).wording == "投资多少"


def test_a_place_in_a_library_of_one_document_counts_its_parts() -> None:
    """第二篇 is the second speech where no title bears a number."""
    shelf = shelf_of({"两篇.txt": "青溪县水利会议讲话\n同志们:\n要修渠。\n谢谢大家!\n\n青溪县林业会议讲话\n同志们:\n要种树。\n谢谢大家!\n"})
    titles = [speech.title for speech in shelf.every_speech()]
    assert [speech.title for speech in named("第二篇讲了什么", shelf).speeches] == titles[1:2]


def test_a_year_tells_speeches_apart_by_their_title_or_path() -> None:
    """2022年的讲话 is the one that lies in the folder of that year."""
    assert [speech.title for speech in named("2022年的讲话讲了什么", SHELF).speeches] == [FARM]


def test_the_whole_country_tells_no_speech_from_another() -> None:
    """中国 stands on some fronts only, and still every text is of it."""
    one, other = "在中国水利年会上的讲话\n同志们:\n要修渠。\n", "在青溪县林业会上的讲话\n同志们:\n中国湿地面积很大。\n"
    shelf = shelf_of({"会.txt": one, "乡.txt": other})
    assert named("中国湿地面积多少", shelf).speeches == ()


def test_the_congress_whose_report_speaks_is_meant_and_no_place_that_it_tells_of() -> None:
    """九大报告里讲海州: not the speech that was held there; 九大以来海州 is."""
    ninth, there = "在中国共产党第九次全国代表大会上的报告", "在海州林业会议上的讲话"
    shelf = shelf_of({"九.txt": f"{ninth}\n同志们:\n海州工人起来了。\n", "海.txt": f"{there}\n同志们:\n要种树。\n", **LIBRARY})
    assert [speech.title for speech in named("九大报告里讲海州工人是哪年起来的", shelf).speeches] == [ninth]
    assert [speech.title for speech in named("九大以来海州种了多少树", shelf).speeches] == [there]


def test_bearings_are_the_names_that_only_some_fronts_bear() -> None:
    """Each place leads to its own speeches; what all bear, or none, tells nothing apart."""
    found = bearings("青溪和白桦的工作会议", SHELF)
    assert [speech.title for speech in found["青溪"]] == [WORK]
    assert [speech.title for speech in found["白桦"]] == [FARM]
    assert "工作" not in found and "会议" not in found


def test_a_front_is_folded() -> None:
    """What a speech bears is compared in simplified characters of half width."""
    shelf = shelf_of({"讲话.txt": "在臺灣路幹部會議上的講話\n同志们:\n要快。\n"})
    assert "台湾路干部会议" in shelf.bearing(next(shelf.every_speech()))


@pytest.mark.parametrize(("names", "titles"), [
    ([FARM], [FARM]),
    (["政务.txt"], [WORK]),
    (["水利"], [WATER]),
    (["  水利 "], [WATER]),
    (["農業"], [FARM]),
    (["2021年汇编.txt"], [WATER, WOOD]),
    (["农业", "林业"], [FARM, WOOD]),
    (["水利", "第一篇"], [WATER]),
    ([], []),
])
def test_speeches_are_chosen_by_title_or_path_whole_or_in_part(names: list[str], titles: list[str]) -> None:
    """Several matches all count, each once, in the order of the names."""
    assert [speech.title for speech in chosen(names, SHELF)] == titles


def test_a_whole_name_wins_over_a_part() -> None:
    """The title itself does not also choose the longer titles that hold it."""
    shelf = shelf_of({"a.txt": "水利会讲话\n同志们:\n修渠。\n", "b.txt": "全县水利会讲话\n同志们:\n种树。\n"})
    assert [speech.document for speech in chosen(["水利会讲话"], shelf)] == ["a.txt"]


@pytest.mark.parametrize("name", ["在青溪县政务工作会上的讲话", "", "火星"])
def test_a_name_that_matches_nothing_is_refused_with_the_nearest(name: str) -> None:
    """The error carries what was asked for, and close titles where there are any."""
    with pytest.raises(UnknownSpeech) as raised:
        chosen([name], SHELF)
    assert raised.value.name == name
    assert (WORK in raised.value.nearest) == (len(name) > 6)


@pytest.mark.parametrize(("question", "count"), [("两篇讲话分别讲什么", 2), ("各篇都怎么说", 2), ("三篇讲话分别讲什么", 0)])
def test_every_speech_of_a_small_library_is_named_by_their_number(question: str, count: int) -> None:
    """两篇 of two means both; a number that the library has not means none."""
    found = named(question, shelf_of({"2021年汇编.txt": BOOK}))
    assert len(found.speeches) == count
    assert found.explicit is (count > 0)


def test_a_congress_is_not_the_end_of_another() -> None:
    """三大 is named by its own report, not by that of 十三大, and outright."""
    shelf = shelf_of({
        "三大.txt": "在第三次全国代表大会上的报告\n同志们:\n党员不多。\n",
        "十三大.txt": "在第十三次全国代表大会上的报告\n同志们:\n党员很多。\n",
    })
    found = named("三大的时候有多少党员", shelf)
    assert [speech.document for speech in found.speeches] == ["三大.txt"]
    assert found.explicit


REPORTS = shelf_of({f"报告{n}.txt": f"{year}年乌兰市政府工作报告\n各位代表:\n粮食增产。\n" for n, year in enumerate((1993, 2006, 2010))})


@pytest.mark.parametrize(("question", "years", "explicit"), [
    ("93年政府工作报告说粮食产了多少", ["1993"], True),
    ("2006年报告里粮食产了多少", ["2006"], True),
    ("粮食产了多少(看06、10年政府工作报告)", ["2006", "2010"], True),
    ("2010年粮食产了多少,报告里怎么说", ["2010"], False),
])
def test_reports_are_named_by_their_years(question: str, years: list[str], explicit: bool) -> None:
    """A year of two digits, two years at once; outright where the year stands right before the report."""
    found = named(question, REPORTS)
    assert [speech.title[:4] for speech in found.speeches] == years
    assert found.explicit is explicit
    assert not any(year in found.wording for year in years)


NOTICES = {
    "补贴.txt": "云澜市农业农村局\n各单位:\n每亩补贴40元。\n谢谢大家。\n",
    "团拜.txt": "在二〇三〇年春节团拜会上的讲话\n同志们:\n祝大家新春快乐。\n谢谢大家。\n",
    "治理.txt": "在青溪县治区工作会议上的讲话\n同志们:\n要治好河道。\n谢谢大家。\n",
}


@pytest.mark.parametrize(("wording", "titles"), [
    ("云澜市农业农村局每亩补贴多少", []),  # who issued a notice names no text outright
    ("春节团拜会上说了什么", ["在二〇三〇年春节团拜会上的讲话"]),  # the occasion does
    ("自治区的河道怎么治", []),  # 治区 is a part of another word
])
def test_an_issuer_names_no_text_and_an_occasion_does(wording: str, titles: list[str]) -> None:
    """Of titles and fronts only what tells one text from another names it."""
    found = named(wording, shelf_of(NOTICES))
    assert [speech.title for speech in found.speeches if found.explicit or speech.title in titles] == titles
    assert not any("治区" in name for name in bearings(wording, shelf_of(NOTICES)))


@pytest.mark.parametrize(("question", "years"), [
    ("08年的报告讲了什么", [2008]), ("零八年的报告讲了什么", [2008]), ("二〇〇八年报告讲了什么", [2008]), ("〇八年说要修什么", [2008]),
    ("零八年、六四年的报告各讲了什么", [1964, 2008]), ("08、64年的报告各讲了什么", [1964, 2008]), ("五六年来的报告讲了什么", []),
])
def test_a_year_in_characters_names_the_same_speech(question: str, years: list[int]) -> None:
    """Of two or four figures or characters; a count of years names none."""
    shelf = shelf_of({f"{year}.txt": f"{year}年工作报告\n同志们:\n要修渠。\n" for year in (1956, 1964, 2008)})
    assert [speech.title for speech in named(question, shelf).speeches] == [f"{year}年工作报告" for year in years]


@pytest.mark.parametrize(("question", "wording"), [
    ("82年党的十二大提出修多少渠", "十二大提出修多少渠"), ("一九八二年召开的十二大报告提出修多少渠", "十二大报告提出修多少渠"),
    ("1982年的《开创新局面》提出修多少渠", "提出修多少渠"),
])
def test_the_year_beside_the_name_of_a_text_is_no_year_asked_for(question: str, wording: str) -> None:
    """It tells when the congress was, of which the text need not say a word; another text of that year is not meant."""
    shelf = shelf_of({
        "大会.txt": "开创新局面 (第十二次全国代表大会)\n同志们:\n要修渠。\n",
        "1982.txt": "1982年工作报告\n同志们:\n要种树。\n",
    })
    found = named(question, shelf)
    assert [speech.title for speech in found.speeches] == ["开创新局面 (第十二次全国代表大会)"]
    assert found.wording.strip() == wording and found.explicit
