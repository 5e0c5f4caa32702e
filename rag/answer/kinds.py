"""Question words: which kind of answer a folded question asks for, and which of its words only ask.

Every pattern is general grammar of asking in Chinese, office and everyday; none names a thing of any document.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["figure", "list", "definition", "how", "why", "who", "when", "where", "yes_no", "compare", "summary", "other"]

CN = "一二三四五六七八九十两"
MEASURES = "(?:[个种项条点类件步层重组句方些份样对块招处]|大(?![说报会以精的上召里时]))"


# What is counted at the end of a wording: 五个必须, 四点看法. A 点 alone may be an hour.
OPINIONS = "看法|意见|建议|主张|要求|希望|体会|措施|任务|原则|倡议|认识|做法|启示|经验"
_COUNTED = (
    f"(?:(?:[项条种件类]|大(?![会学家道报精以])|个)(?:(?![啥什哪谁怎多几])[\u4e00-\u9fff]){{1,6}}|点(?:{OPINIONS}))(?:[?？。,，\\s]|$)"
)


# 成为什么样的人, 作为什么, 称为什么, 认为什么 ask for no reason; 完成为什么, 工作为什么 do.
_NO_BECOMING = "(?<!(?<![完形建达组构促])成)(?<!(?<![工合协动制写操运劳创])作)(?<!(?<!名)称)(?<!(?<![确承公])认)"


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


# The first kind of which a pattern is found wins.
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("other", _any("第几[次届个位条章批期号名]", "(?:多久|多长时间|[几隔]年|几个月|隔多久|几天)[^,，。?？]{0,8}(?:一次|一回)")),
    (
        "compare",
        _any(
            "对比|比(?:较)?一下|比一比|相比.{0,6}(?:不同|区别|变化)|(?<![a-z])vs(?![a-z])",
            "一样不一样|一样[吗嘛么不没]|是否一样|是否一致|一致[吗嘛么不]",
            "有(?:什么|哪些|何|啥|哪里)?(?:不同|区别|差别|异同|变化|不一样)|(?:不同|区别|异同|差异|差)在哪|[哪啥]儿?不一样",
            "各(?:自)?(?:点到|提|讲|说|是怎么|是(?:什么|啥|哪)|有什么|有啥|强调|怎么|部署|是多少|多少)",
            "分别(?:怎么|如何|是怎么|提|讲|说|强调|围绕)",
            "(?:谁|哪个|哪边)(?:增长?|涨|升|降)得?更?[快慢多少](?=[,，、?？。]|$)",
            "(?:谁|哪个)(?:的.{1,14})?更?[高低多少大小快慢](?=[,，?？。]|$)|(?:谁|哪个)(?:更|的.{1,12}更)[高低多少大小快慢]",
        ),
    ),
    (
        "summary",
        _any(
            "总结(?!出|了|的)|小结|提纲|概括|归纳|概述|梳理(?![出了的])|摘要|大意|主要(?:内容|讲|说|精神)|浓缩|提炼(?!出)",
            "简[要单](?:地)?(?:说说|讲讲|说一下|讲一下)|(?:主要|大体|总体)?框架.{0,4}(?:理|列|捋)|(?<![治管办处整受审护代清料合修])(?:理|捋)一[下理捋遍]",
            "[讲说]了(?:些)?(?:什么|啥|哪些)|部署了(?:哪些|什么|啥)|要点(?:是|有|都|呢|$)|(?:那|这)[一]?[段块部]分?.{0,4}(?:要点|大意|主要)",
        ),
    ),
    (
        "why",
        _any(
            f"{_NO_BECOMING}为(?:什么|啥|何)|(?:什么|啥|咋|怎么)(?:造成|导致|引起|引发)|(?:什么|啥|何种|哪些)原因|原因(?:是|有|在)",
            "怎么会|何以|缘何|凭什么|凭啥|(?:怎么|咋|如何)(?:样)?考虑的|出于(?:什么|啥|何种)考虑|干[嘛吗](?:要|还|非)",
        ),
    ),
    (
        "figure",
        _any(
            "多少|几多|(?:具体|准确|确切)的?(?:数字|数据|数值)|(?:数字|数值)[,，。!?？]|数据[?？。]?$|几成|百分之几",
            "(?:是|有|占|达|到|增长|上升|下降|提高|回落|了|去|大概)几(?:个)?(?:百分)?点|几个(?:百分)?点",
            "(?<![那这前近头后])几年(?![来前以之里间])|几(?:个月|个?工作日|天|小时|亿|万|元|家|户|人|公里|亩|吨|倍|次|所|座|套|起|辆|斤|张)",
            "(?<![哪那这好前后近头])几(?:平方|公顷|立方|千瓦|公斤|克|份|名|台|栋|艘|架|列车|株)",
            "(?:有|共|占|了|到|为|[建办开落]成)几(?:个|项|条|种|处|件)[?？。]?$|(?<=[目业人户村县市校员会构车船])几(?:个|家)[?？。]?$",
            "多(?:大|高|长|久|快|远|重)(?!的)",
            "(?:增速|增幅|增长率|比重|占比|比例|金额|总额|(?<=[成资售交入出易])额|规模|数量|涨幅|降幅|数值|均价|目标值)(?:是|为|呢|有多|咋样|怎么样|如何|情况)?[?？]?$",
            "(?:是|达到|完成)(?:了)?(?:什么|啥)(?:数|水平)",
            "(?:总共|一共|共有|总计|合计)(?:有)?几(?:个|名|位|家)",
        ),
    ),
    (
        "when",
        _any(
            "什么时候|什么时间|啥时候|啥时|何时|哪(?:一)?(?:年|天|月|日|个月|时候)|几(?:月|号|点钟|时)",
            "什么日子|多会儿|期限|时限|日期|时间是|截(?:至|止)(?:到)?(?:什么|啥|哪)|哪(?:一)?个(?:时点|时间|节日?|季度|月份)(?!点)|到哪(?:年|月|天|日|号)",
        ),
    ),
    (
        "definition",
        _any(
            "(?<![几些项])指(?:的是)?(?:什么|啥|哪)",
            "什么叫|啥叫|(?:怎么|咋|如何|怎样)(?:来|去)?(?:定义|界定|理解)|(?:怎么|咋|如何|怎样)[^,，。]{0,14}(?:定义|界定|定性|定位)|(?:什么|啥)关系|怎么算(?:是)?|算(?:是)?(?:个)?(?:什么|啥)",
        ),
    ),
    ("who", _any("哪(?:个|家|一个)(?:部门|单位|企业|公司|机构|局|厅|委|人)|哪位|谁(?:来)?(?:牵头|负责|主持)")),
    ("where", _any("哪(?:个|座|一个)?(?:城市|省份?|国家|地方|地区|市|县)|在哪(?:里|儿|开|召开|举行|举办)")),
    ("how", _any("(?:按|走|经|通过|经过)(?:照|过)?(?:什么|啥)(?:样)?的?(?:环节|程序|流程|步骤|途径|方式)")),
    (
        "list",
        _any(
            rf"[(（](?:这|那|共)?(?:[{CN}]{{1,2}}|\d+){MEASURES}[)）]",
            rf"哪[二两三四五六七八九十](?![个月年天])[\u4e00-\u9fff]{{1,2}}[?？。]?$|哪(?:[{CN}]{{1,3}}|\d+)?(?:{MEASURES}|几|方面)|有哪|哪[几些]|(?<![那这好])几{MEASURES}",
            rf"[{CN}\d]{MEASURES}.{{0,14}}(?:分别)?(?:是什么|是啥|指什么|指啥|包括什么|包含什么|有什么|都有啥|是哪|呢$)",
            "分别(?:是|指|为|有)|包括(?:什么|啥)|都(?:有|是|包括)(?:些)?(?:什么|啥|谁)|列(?:一下|出|举)",
            rf"(?<![第{CN}\d])(?:[{CN}]{{1,2}}|\d{{1,2}}){_COUNTED}",
            "的(?:重点|主要)?(?:工程|项目|任务|措施|举措|原则|问题|困难|不足|领域|行业|要求|对象|条件|材料)[?？。]?$",
            "(?:有|存在)(?:什么|啥)(?!时候|关系|意思|意义|作用|用|区别|影响|办法|说法|看法)[\u4e00-\u9fff]{2}",
            "(?:要求|原则|任务|措施|方面|重点|目标|特点|建议|主张|举措|经验|工程|行动|关系)(?:是|有)?[,，:： ]?"
            rf"(?:这|那)?(?:[{CN}]{{1,2}}|\d+){MEASURES}[?？。]?$",
        ),
    ),
    (
        "who",
        _any(
            "是谁|谁(?:来|去|是|说|提|讲|负责|牵头|主持|出席|作|做|给)?|什么人|叫(?:什么|啥)(?:名字|名)?",
            "哪(?:位|个人|些人|个部门|个单位|家单位|家企业|个企业|家公司|所|支队伍)",
            "由.{0,4}(?:谁|什么部门|哪)|(?<![是个])(?:什么|啥)(?:部门|单位|机构)",
        ),
    ),
    ("where", _any("在哪(?:里|儿|个地方)?|哪(?:里|儿|个地方|个城市|个省)|什么地方|啥地方|(?<!如)何处|何地")),
    ("yes_no", _any("[能可让准许][一-鿿]{1,4}不[?？。]?$")),
    ("how", _any("怎(?:么|样|麽|莫)|如何|咋|怎办|(?:什么|啥|哪种)(?:办法|措施|方式|途径|方法|手段)|做法|采取")),
    (
        "definition",
        _any(
            "什么是|是什么|是啥|(?:什么|啥)叫|指(?:的是)?(?:什么|啥)|什么意思|啥意思|含义|定义|何谓|何为|算(?:是)?(?:什么|啥)",
            "(?:什么|啥)(?:机构|部门|单位|角色|作用|地位|性质|关系|概念|东西|定位)|解释一下|怎么理解",
        ),
    ),
    (
        "yes_no",
        _any(
            "(?P<verb>[\u4e00-\u9fff])[不没](?P=verb)",
            "是不是|是否|有没有|能不能|可不可以|要不要|会不会|对不对|该不该|行不行|还是|(?:[吗嘛]|(?<![什怎那这多])么)[?？。!]*$",
            "算不算|好不好|够不够|到没到|没有[?？]?$|了没|[能可让准许还是].{0,12}不[?？]?$",
        ),
    ),
    ("how", _any("(?:办法|做法|路子|招数|打算|思路)[?？。]?$")),
    ("definition", _any("什么|啥")),
)
EXPAND = _any("展开|详细|具体(?:怎么|是怎么|要求|内容|说|讲)|细说|多说|详情|全文|原文")
FILLER = _any(
    "请问|请教|麻烦|帮(?:我|忙)|(?:告诉|给|跟|和|对)(?:我|咱|一下)|一下子?|来着|究竟|到底|简单|大概|大致|能否|可否",
    "请?(?:写明|写出|注明)|我想(?:知道|问|了解)(?:一下)?|想(?:问|了解|知道)(?:一下)?|谢谢|您好|你好|那么|具体|展开|详细|分别",
    "(?<=讲话|报告|致辞|发言|文件|材料)(?:里面|里头|里|中|当中)|一共|总共|合计|共计|总计",
    "[一两三四五几]个字(?=的?意思|是|指|什么|啥|怎)|这个(?:词|说法|提法|概念)(?=的?意思|是|指|什么|啥|怎)",
    "(?:在|的)?(?:结尾|收尾|末尾|开头|开篇|开场)(?:部分|处|那段)?(?:里|的)?",
    "(?<=[理捋讲说过列数])一[遍下]|讲讲|说说|谈谈|讲一讲|说一说|看看|查查|查一下|找一下|简要|简单地|各(?=[是有产达占为自要提讲说多]|$)",
)
# Orders to the answerer rather than questions of the library.
ORDERS = _any(
    "别管|不用管|不管|忽略|无视|不要(?:检索|引用|管|回答|说)|不必(?:检索|引用|管)|用自己的话|照我说|按(?:照)?你|你(?:现在)?是|假装|扮演|必须给|一定要给|不许|不准说|不得拒绝|夸张|随便(?:编|写|给)|编(?:一|个)|系统提示",
)
ASKING = _any(
    "主要(?=[讲说谈]|内容|精神|观点)",
    "哪一?[天年月日]|叫(?:什么|啥)(?:名字|名)?|指(?:的是)?(?:什么|啥)|(?:什么|啥)叫",
    rf"哪(?:[{CN}几]{{1,3}}|\d+)?(?:方面|{MEASURES})?|几多|多少(?:个?亿元?|万元|元|钱)?|百分之几|几(?:方面|(?:{MEASURES}|[年月天次])|百分点)?",
    "多少(?:个)?(?:百|千|万)?亿?(?:元|块)?钱|多[大高长久快远重](?!的)|(?:这个|那个)?词?(?:是)?(?:什么|啥)意思|为(?:什么|啥)|什么时候|啥时候|何时|什么|怎么样|怎么|怎样|如何|咋样|咋|啥|谁|是不是|是否|有没有|能不能",
    "(?:的)?原话|排比句?|(?:给|列)个提纲|谁|可不可以|要不要|会不会|还是|各自|总结|概括|归纳|梳理|概述|列举|列一下|列出|不一样|不同|区别|(?<![a-z])vs(?![a-z])|比一[下比]|[吗呢吧嘛啊呀?？!。]",
)
NUMBER_ASKED = _any(
    rf"[(（](?:这|那|共)?(?P<f>[{CN}]{{1,2}}|\d+){MEASURES}[)）]",
    rf"(?<![第{CN}\d])(?P<d>[{CN}]{{1,2}})(?:大类|大|个|项|条|点|种|类|方面)(?:的)?(?:任务|主张|要求|措施|重点|方面|问题|机遇|原则|目标|意见|建议|经验|特征|工程|行动|举措)",
    rf"哪(?P<a>[{CN}]{{1,3}}|\d+){MEASURES}|那(?P<c>[{CN}]){MEASURES}",
    rf"(?<![第{CN}\d])(?P<e>[{CN}]{{1,2}}|\d{{1,2}}){_COUNTED}",
    rf"(?<![第{CN}\d])(?P<b>[{CN}]{{1,2}}|\d+){MEASURES}(?!点|月)(?:方面)?.{{0,14}}(?:是什么|是啥|指什么|指啥|包括|分别|有哪|是哪|哪些|呢|内容)",
)
NUMBER_WORD = _any(
    "[一二三四五六七八九十两](?:[个种项条点类句步]|大类|方面)(?=话|的|$|[?？,，]|是|分别|有)", "[那这](?:份|个|次|篇|件|项|种|位|两份|几份)"
)
_NO_YEAR_BEFORE = "(?<![\\d前后近过去满第约余多整点〇零一二三四五六七八九十百千万亿])"  # 近20年, 第22年, 三十八九年
_NO_YEAR_AFTER = "(?=年)(?!年(?:[来间内以之前后期多平代]|时间))"
# A year in two figures, before its 年: 22, 五八; 五六 and its like only where it counts no years (用了五六年).
SHORT_YEAR = (
    f"{_NO_YEAR_BEFORE}(?:[5-9]\\d(?=年以来)|(?:\\d{{2}}|(?!五六|六七|七八|八九)[五六七八九〇零][〇零一二三四五六七八九]){_NO_YEAR_AFTER}"
    f"|(?<![了用花要需有干等费])(?:五六|六七|七八|八九){_NO_YEAR_AFTER}(?!年[才就]))"
)
LONG_YEAR = "(?:19|20)\\d{2}|[一二][〇零九][〇零一二三四五六七八九]{2}(?=年)"
_FIGURES = str.maketrans("〇零一二三四五六七八九", "00123456789")
TIME = _any(
    "[一二三四]季度末|(?<![一二三四])季末|月末",
    f"(?:{LONG_YEAR})(?:年(?:度|初|底|末)?)?|(?:{SHORT_YEAR})年",
    "(?:第)?[一二三四1-4]季度|q[1-4]|上半年|下半年|(?:前|头)[一二三四五六七八九\\d]个?(?:月|季度)",
    "\\d{1,2}月(?:份|末|底|初)?|[一二三四五六七八九十]{1,2}月(?:份|末|底|初)|\\d{1,2}[-至]\\d{1,2}月|(?<!第)十[一二三四五]五",
    "(?<![比较与])(?:今年(?:以来)?|本年度?|去年|上一?年|前年|明年)(?!同期|同月|四季度|第四季度)",
)
# A party congress in short (二十大); what follows tells it from a count (五大工程).
CONGRESS = re.compile(
    "(?<![第十\\d])(?P<n>(?:十[一二三四五六七八九]|二十)大(?![工任举行产重战体系支优类])"
    "|[一二三四五六七八九十]{1,3}大(?=[的报召会以时和与跟、,上讲说对要里中提关是什何哪啥怎为开在咋把后之]|$))"
)


def year_of(written: str) -> int:
    """The year that is `written` in two or four figures or characters: 06 is 2006, 五八 is 1958."""
    year = int(written.translate(_FIGURES))
    return year if len(written) == 4 else 2000 + year if year < 50 else 1900 + year


def holds(text: str, name: str) -> bool:
    """Whether the folded `text` names `name`; a congress (三大) not as the end of another (十三大)."""
    if not CONGRESS.fullmatch(name):
        return name in text
    return re.search(f"(?<![第一二三四五六七八九十\\d]){name}", text) is not None


_SLIPS = (
    ("多小", "多少"), ("有那些", "有哪些"), ("那几", "哪几"), ("那些方面", "哪些方面"),
    ("怎莫", "怎么"), ("怎麽", "怎么"), ("百份", "百分"),
)  # fmt: skip


_CONGRESS_IN_DIGITS = re.compile("(?<![\\d.第])(1\\d|20)大(?![\u4e00-\u9fff]{0,2}(?:工程|任务|举措|行动|产业|重点|战略|体系|类|项))")
_GROWTH = re.compile("经济(?=增速|增幅|增长率|增长速度|(?:增长)了?(?:多少|百分之几|几个))")  # of the economy is that of its gdp
_TENS, _ONES = ("", "十", "二十"), ("", *"一二三四五六七八九")


def spelled(folded: str) -> str:
    """`folded` with the usual slips in question words put right, and a congress in digits (12大) in characters."""
    for slip, meant in _SLIPS:
        folded = folded.replace(slip, meant)
    folded = _GROWTH.sub("gdp", folded)
    return _CONGRESS_IN_DIGITS.sub(lambda match: f"{_TENS[int(match[1]) // 10]}{_ONES[int(match[1]) % 10]}大", folded)


# After a question that asks something itself: ...吗,报告里怎么说的.
_HOW_TOLD = re.compile("[,，。?？! ]+[^,，。?？ ]{0,10}(?:怎么|怎样|如何|咋)(?:说|讲|答|回答|提|写|表述)(?:的)?[?？。]?$")


def kind_of(folded: str) -> Kind:
    """The kind of the folded question; a congress in short (十四大) counts nothing."""
    bare = CONGRESS.sub("大会", folded)
    told = _HOW_TOLD.sub("", bare)
    return _first_kind(told) if told != bare and _asks(told) else _first_kind(bare)


def _first_kind(bare: str) -> Kind:
    return next((kind for kind, pattern in _KINDS if pattern.search(bare)), "other")


_POINTS_ON = re.compile(f"呢[?？。！!]?$|^第[{CN}\\d]{{1,3}}")  # of the sentences that ask nothing themselves, one that says of what


# What the user takes back while typing: 湖南长株潭…不是,问湖南城镇化率.
_CORRECTED = re.compile(
    "^.{1,40}?(?:[…—.\\-]+|[,，。])\\s*(?:哦|噢|啊)?(?:不是|不对|错了|说错了|打错了|记错了)[,，。](?:问|我问|是问)?(?=.{4})"
)


def asked_part(wording: str) -> str:
    """What of `wording` asks: without sentences that ask nothing, where another does, and without orders to the answerer."""
    wording = _CORRECTED.sub("", wording)
    sentences = [part for part in re.split(r"(?<=[。！!?？;；\n])|对了[,，]?|另外[,，]?", wording) if part and part.strip()]
    asking = [part for part in sentences if _asks(spelled(part)) or _POINTS_ON.search(part)]
    kept = "".join(asking) if asking and len(asking) < len(sentences) else wording
    clauses = re.split(r"(?<=[,，:：。!！])", kept)
    free = [clause for clause in clauses if not ORDERS.search(clause)]
    rest = "".join(free)
    return rest if free and _asks(spelled(rest)) else kept


def _asks(folded: str) -> bool:
    """Whether a folded wording has any of the forms in which something is asked."""
    bare = CONGRESS.sub("大会", folded)
    return any(pattern.search(bare) for _, pattern in _KINDS)
