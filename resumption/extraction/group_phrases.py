"""Noun phrases that name a group: where one begins and ends beside a number, and what is cut off it."""

from __future__ import annotations

from functools import cache, lru_cache

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.groups import flags_of, says_only_that
from resumption.extraction.nouns import described_group, right_noun
from resumption.extraction.sentences import begin_of, last_end
from resumption.extraction.words import NOUN, VERB, Is, Word, find_words
from resumption.lexicon.populations import load_populations

_MAX = 36
_LEVELS_OF_OWNERS = frozenset("省市县区州")
_LEADING = re.compile(
    r"^(?:[上中下]旬|[此本这]次(?=企业|单位|商户|项目)|名(?=员工|职工|工人|人员)|[两近数一半][日天周月年]来|常年|长年|出(?=产业链|重点|规[上模])|多地(?=规|工|企|重)|现(?=规|重|企业|员工|工业)|开(?=专[列车机]|包[车机])|(?:余下|剩下|剩余|其余)的|据(?![点守])|服务(?=企业$)|(?:市?区|县|州)?等地|等(?:省份|省市|省区市|[省市县区])(?=[^，。属级直])|大中城市|点(?=返岗|专[列车机]|包[车机]|直)|[年月周日]内(?=[\u4e00-\u9fff]{3})|[前后](?=规|重|全|企)|[◆●■▲★◇○◎·|▶]|[电讯](?=\s)|万(?=员工|职工|工人|用工)|内(?![资贸河蒙销陆科燃地部])(?=[\u4e00-\u9fff]{3})|外(?=规|重|工业|网点|企业|项目)|籍外?(?=务工|员工|人员)|[两三四五六七八九十2-9](?:[市区县省盟州地镇]|大?(?:基地|园区|片区|街道|地市))(?=规|重|工|企|项|在|复|员|职|限|停|受)|[仍还](?=停|处|未|在)|尚(?=未|处)|[的了和与及、，：；“”（）\s—]|以上|左右|多(?!数)|余|其中|全部|共有|已有|现有|截至目前|目前|只有|前后|一?批(?![发零准次])|特别是|尤其是|现时|不过|但是|而且|此外|同时|另外|因此|因(?!灾)|而|但|今年|节后|年后|来自[\u4e00-\u9fff]{2,6}?的|计划(?:推进)?(?:复工|开工|开复工)?的?(?=[^划])|他管的|累计|共计|合计|总计(?!划)|全市|全省|全县|全区|全国|全镇|全州|我市|我省|我县|我区|市内|区内|境内|辖区内?|各(?!级|界)类?|约|近|有(?![色限序效证照])|是|共|已(?!决)|将|在(?!建|产|营|职|岗|编|册|校|线|外务|[沪京津渝港]配)|对(?!口)|向|给|帮助|推动|组织|由|从(?!业)|使(?!用)|让(?![电利])|该区|该市|另有|还有|仍有|尚有|分别|均|涉及|包括|含|如|真正|主因是|据悉|等地?|还(?![本款贷])|为|时|平均|其他(?=企业)|产(?=项目|标段))+"
)
_REMNANT = re.compile(
    r"^(?:着(?![装色])|[去来上到里中]的|把(?!子)|要(?!客)|刚刚?|都是|也有|则|却|又一批|若|只(?:有|看)|再(?![生就贷])|之前|此前|靠(?=[\u4e00-\u9fff]{4})"
    r"|可(?=规|企|全|是)|里[头面]有?|而(?=个体|企业|规[上下模]))"
)
"""What a phrase that was cut behind a verb still begins with: 聚集|着木业加工企业, 送出|去的农民工."""
_LEFT_OPEN = re.compile(r"(?:刚|(?<!时)尚|仍|(?<![规准法细])则|却)$")
"""What a phrase that was cut before a verb still ends with: 住宿餐饮刚|过三成, 泵阀尚|在七成."""
_OF_STAFF = re.compile(r"^(?:(?:[0-9]+人)?(?:及)?以[上下]|许可证|资质|通行证|证书|批文)的")
"""到岗500人以上的项目, 获得许可证的企业: what they have is cut where its verb was."""
_NUMBERED = re.compile(
    r"^(?:[^，。；]{0,40}?[0-9][万亿]?[余多]?|万[余多]?)[家户个名座]"
    r"(?=(?:[\u4e00-\u9fff]{0,6}?)(?:企业|员工|职工|工人|项目|工地|煤矿|商户|门店)$)"
)
"""化工园区48家企业, 万名职工: the count is not part of the group's name."""
_RANKED = re.compile(r"(?:世界|全球|中国|全国|民营|制造业|外贸|进出口){0,2}(?:企业)?[0-9]{2,4}$")
_EXAMPLES = re.compile(r"[^等]{2,40}(?:项目|工程|改造|中心|基地|园|厂|广场)等(?=[^等、]{4,}$)")
"""青禾工厂项目等50亿元以上项目: the examples of a group are not the group."""
_TRADES_OF = re.compile(
    r"[^等]{2,16}、[^等]{2,40}等(?=(?:产业|基础设施|民生|工业|农业|服务业|重点|重大)[^等、]{0,4}(?:项目|工程)$)"
)
"""装备制造、精细化工等产业项目: the trades of a group are not the group."""
_TRAILING = (
    "有超", "有近", "有约", "已经", "数量", "总数", "共有", "已有", "累计", "目前", "分别", "人数", "平均",
    "的", "了", "数", "）", "（", " ", "，", "、", "均", "已", "共", "达", "为", "现", "\u3000",
)  # fmt: skip

_STOP = (
    Is.RESUME | Is.IDLE | Is.RETURN | Is.CARRY | Is.ARRIVE | Is.GIVE | Is.SOLVE | Is.REQUEST | Is.APPROVE | Is.SANCTION
    | Is.TARGET | Is.SUBSET | Is.SHARE | Is.HIRE | Is.CUMULATIVE | Is.ASSIGN | Is.SERVE | Is.RATE | Is.COMPARE
    | Is.RESPECTIVELY | Is.WITHIN | Is.RUN | Is.DENOMINATOR | Is.INCREMENT | Is.SERVE_PREPOSITION | Is.REMAINDER
)  # fmt: skip
GROUP = Is.ENTERPRISE | Is.PROJECT
_QUOTES = str.maketrans("", "", "“”‘’《》")
_REPORT = re.compile(r"(?:了解到|获悉|介绍|表示|显示|通报|消息|的同时|(?<=行业)来?看)[^，。]{0,2}$")
_END = re.compile(r"[，。；：\n]")
_NAMED_RIGHT = re.compile(
    r"(?!已|未|正|恢复|复[工产]|开[工业]|全部|停|受|实现|提前|率先|陆续|有|为|在|的|左右|以上)([\u4e00-\u9fff]{2,13}?"
    r"(?:企业|收购点|加工点|服务点|销售点|站点|门店|书店|影院|场馆|合作社|维修厂|洗车行|驾校|作坊))"
    r"(?=已|均|全部|都|也|中，|正常|恢复|复[工产市业]|开[工业门]|营业|运营|，有|，已|，其中)"
)
"""Behind a count: what is counted, though its head is in no word list (12家茶叶收购点) or its name holds a verb."""
_MEASURED = re.compile(r"(?:恢复|达|回升|相当)[到至于为]?[^，。；：0-9]{0,12}$")
_COMPARED = re.compile(r"(?:好于|优于|高于|低于|快于|慢于|不及|领先于)[\u4e00-\u9fff]{0,8}$")
_OWNER_BEFORE = re.compile(r"([\u4e00-\u9fff]{2,10}(?:集团|公司|局|央企|国企))(?:旗下|所属|下属|下辖|属下)的?$")
_FIRM_BEFORE_PLACE = re.compile(
    r"([\u4e00-\u9fffA-Za-z]{0,5}(?:集团|股份|电器|科技|重工|重科|电子|汽车|制药|药业|光电|光伏|食品|纺织|钢铁|机械|电气|生物|玻璃"
    r"|石化|航空|乳业|酒业|纸业|鞋业|大众|本田|丰田|日产|特斯拉|公司|铝业|水泥|陶瓷|服饰|家居|通信))[\u4e00-\u9fff]{2,4}$"
)
_SIZE_BEFORE = re.compile(r"(?:规模以[上下]|限额以[上下]|[规限][上下])$")


_SIZED_FIRMS = re.compile(
    r"[\u4e00-\u9fff]{0,8}[0-9.]{1,6}[百千万亿]{0,2}[元人](?:以上|以下)(?:的)?[\u4e00-\u9fff]{0,6}?(?:企业|公司|商户|单位)"
)
"""223家营业收入300万元以上的规下企业: the size stands inside the group's name."""


def own_phrase(figure: Figure, text: str, floors: list[int], wanted: int) -> str:
    """The group that its own clause names, right or left of the number; "" if there is none."""
    return _right_phrase(figure, text, wanted) or _last_phrase(
        figure, figure.left, figure.left_start, text, floors, wanted
    )


def phrase_among(figure: Figure, words: list[Word], text: str, floors: list[int], wanted: int) -> str:
    """The group that some words of its clause name."""
    return _last_phrase(figure, words, words[0].start if words else 0, text, floors, wanted) if words else ""


def earlier_phrase(figure: Figure, figures: list[Figure], text: str, floors: list[int], wanted: int) -> str:
    """The group that the clauses between the figure before it and its own name, not those that say who reports."""
    before = figures[figure.index - 1].q.end if figure.index else 0
    return _last_phrase(figure, figure.earlier, before, text, floors, wanted)


def _right_phrase(figure: Figure, text: str, wanted: int) -> str:
    if figure.family in ("rate", "time", "power"):
        noun = right_noun(figure, text)
        if figure.family == "rate" and noun is not None and noun.flags & wanted and "<group>" in figure.rule:
            return trimmed(text[figure.q.end : noun.end])
        return ""
    noun = right_noun(figure, text)
    if figure.indicator == "officers_assigned":
        noun = next((w for w in figure.right if w.flags & Is.OFFICER and w.start - figure.q.end <= 6), noun)
    if noun is not None and not noun.flags & wanted:  # 48家中小企业|续贷
        end = noun.end
        noun = next((w for w in reversed(figure.right) if w.end <= end and w.flags & wanted), None)
    if figure.family in ("project", "money") and (sized := _SIZED_RIGHT.match(text, figure.q.end, figure.clause_end)):
        return trimmed(sized[0])
    if figure.family == "enterprise" and (firms := _SIZED_FIRMS.match(text, figure.q.end, figure.clause_end)):
        return trimmed(firms[0])
    if noun is None and figure.family == "person" and (people := _people_right(figure)):
        return trimmed(text[figure.q.end : people.end])
    if noun is None and figure.family == "person" and (trade := _OF_A_TRADE.match(text, figure.q.end)):
        return trimmed(trade[1])
    if noun is None or not noun.flags & wanted:
        is_named = figure.family == "enterprise" and text[figure.q.end : figure.q.end + 1] >= "\u4e00"
        named = _NAMED_RIGHT.match(text, figure.q.end) if is_named else None
        if named is None and noun is None and figure.family in ("project", "enterprise"):
            return trimmed(described_group(figure, text))
        return trimmed(named[1]) if named else ""
    if noun.flags & Is.OFFICER:
        joined = [w for w in figure.right if w.flags & Is.OFFICER and noun.end <= w.start <= noun.end + 4]
        noun = joined[-1] if joined else noun  # 驻企防疫联络员
    phrase = trimmed(text[figure.q.end : noun.end])
    if figure.family == "enterprise" and (several := _joined_groups(figure, text, noun, wanted)):
        phrase = trimmed(several)
    if figure.family == "vehicle" and "的" in phrase[:-2]:
        phrase = phrase[phrase.rindex("的") + 1 :] or phrase  # 发往长三角的复工专列
    if noun.flags & Is.OFFICER and len(phrase) > 2:
        phrase = phrase.removesuffix("驻企").removesuffix("驻厂")  # 抽调干部|驻企
    if phrase.endswith("企业") and (told := _told_before(figure, text)) and (len(phrase) == 2 or "停" in told):
        return told + phrase  # 重点监测的46家企业
    if owner := _OWNER_BEFORE.search(text, max(figure.left_start, figure.q.start - 18), figure.q.start):
        return owner[1] + phrase  # 天成集团旗下12家子公司
    size = _SIZE_BEFORE.search(text, max(0, figure.q.start - 5), figure.q.start)
    if phrase and size and not phrase.startswith(size[0][:2]):
        return size[0] + phrase  # 规上20户工业企业
    return phrase


def _joined_groups(figure: Figure, text: str, noun: Word, wanted: int) -> str:
    """15420家超市、便利店: all that is counted; 148家健身房、球馆等体育场所: what the examples are of."""
    if not text.startswith("、", noun.end):
        return ""
    last = noun
    for word in figure.right:
        if word.flags & wanted and word.start > last.end and text[last.end : word.start] == "、":
            last = word
    if last is noun:
        return ""
    if text.startswith("等", last.end):
        whole = next((w for w in figure.right if w.flags & wanted and 1 <= w.start - last.end <= 10), None)
        return text[last.end + 1 : whole.end] if whole is not None else ""
    return text[figure.q.end : last.end]


_OF_A_TRADE = re.compile(
    r"([\u4e00-\u9fff]{1,5}?(?:(?<![复返开上停务员用民职动竣完施])工|师傅|技师|厨师|匠|绣娘))(?=[，。、；”]|已|均|全|都|到|回|坐|在|返|上|正|来|同|陆|开|复|按)"
)
"""82名检修工, 37名女工: their trade names them, though no word list knows it."""
_SIZED_RIGHT = re.compile(
    r"(?:的)?(?:计划)?(?:总)?投资[^，。；]{1,14}?(?:以上|以下)的?[^，。；0-9]{0,10}?(?:项目|工程)(?=[，。；已均全复开中]|$)"
)
"""48个投资30亿元以上的在建项目: a size that the group is defined by."""


def _people_right(figure: Figure) -> Word | None:
    """320名农村返岗务工人员: 返岗 is part of the name, people follow it at once."""
    words = iter(figure.right)
    first = next((w for w in words if not w.flags & Is.MODIFIER), None)
    second = next(words, None)
    if (
        first is None
        or second is None
        or not 0 < first.start - figure.q.end <= 6
        or not first.flags & (Is.RETURN | Is.RESUME)
    ):
        return None
    return second if second.start == first.end and second.flags & Is.WORKER else None


def _told_before(figure: Figure, text: str) -> str:
    """重点监测的46家企业: what kind of enterprises they are stands before the number."""
    told = figure.left[-1] if figure.left else None
    if told is None or not told.flags & (Is.DENOMINATOR | Is.IDLE) or text[told.end : figure.q.start] != "的":
        return ""
    before = figure.left[-2] if len(figure.left) > 1 else None
    joined = before is not None and before.flags & Is.MODIFIER and before.end == told.start
    return text[before.start if joined and before else told.start : told.end]


def _last_phrase(figure: Figure, words: list[Word], floor: int, text: str, floors: list[int], wanted: int) -> str:
    for word in reversed(words):
        if not word.flags & wanted or (word.flags & Is.CAPACITY and not word.flags & (Is.ENTERPRISE | Is.OUTPUT)):
            continue
        if any(word.start < f <= word.end for f in floors) or _is_ground(figure, text[word.start : word.end]):
            continue
        if (words is figure.earlier and _is_aside(text, word)) or text[word.start - 1 : word.start] == "受":
            continue
        if is_compared_with(text, word.start):
            continue
        if figure.indicator == "electricity_rate" and _is_yardstick(text, word, figure.q.start):
            continue
        phrase = phrase_ending_in(text, word, words, max(floor, clause_of(text, word.start)), floors)
        if phrase == "行业" and (trades := _trades_before(text, word.start)):
            return trades + phrase
        if says_only_that(phrase) and (
            whole := next((w for w in reversed(words) if w.flags & wanted and text.startswith("中", w.end)), None)
        ):
            # 规上企业中已恢复生产的企业
            return phrase_ending_in(text, whole, words, max(floor, clause_of(text, whole.start)), floors)
        return phrase
    return ""


def is_compared_with(text: str, at: int) -> bool:
    """好于民营企业: the noun at `at` is what a group is compared with, not the group."""
    return _COMPARED.search(text, max(0, at - 12), at) is not None


_SO_MANY = re.compile(r"等?[两三四五六七八九十2-9]大?个?(?:主要|重点|主导)?$")


def _trades_before(text: str, at: int) -> str:
    """茶叶加工、建材两个|行业: the trades that the clause lists before their number."""
    begin = clause_of(text, at)
    counted = _SO_MANY.search(text, max(begin, at - 6), at)
    names = text[begin : counted.start()] if counted is not None else ""
    return names if "、" in names and len(names) <= _MAX else ""


def _is_yardstick(text: str, word: Word, at: int) -> bool:
    """恢复至冬季正常日均电量的95%: what the load is measured against."""
    return text[word.end : at].strip("的约近") == "" and bool(
        _MEASURED.search(text, max(0, word.start - 16), word.start)
    )


def _is_aside(text: str, noun: Word) -> bool:
    """记者从市工商联了解到, 除8户季节性停产企业外: the clause names who reports or who is left out."""
    end = _clause_end(text, noun.end)
    if text[clause_of(text, noun.start) : end].rstrip("看来") in ("论行业", "分行业", "按行业", "论企业"):
        return True
    if text[end - 1] == "外" and "除" in text[clause_of(text, noun.start) : noun.start]:
        return True
    return _REPORT.search(text, noun.end, end) is not None


def _clause_end(text: str, at: int) -> int:
    match = _END.search(text, at)
    return match.start() if match else len(text)


def _is_ground(figure: Figure, word: str) -> bool:
    """开发区复产29户: enterprises are counted, the zone is where they are."""
    return figure.q.classifier in ("户", "家") and word in ("开发区", "园区", "工业园区", "产业园区")


def clause_of(text: str, at: int) -> int:
    return begin_of(text, "，。；：（！？\n", at)


def phrase_ending_in(text: str, noun: Word, words: list[Word], floor: int, floors: list[int]) -> str:
    start = max(floor, noun.end - _MAX, last_end(floors, noun.start))
    said = any(word.start >= noun.end and word.flags & VERB for word in words)
    for word in words:
        if word.end > noun.start:
            break
        if said and word.end == noun.start and word.flags & (Is.RESUME | Is.RETURN) and noun.flags & GROUP:
            break  # 营业网点累计恢复…: the verb before the noun is part of its name
        joined = word.flags & NOUN or word.flags & Is.MODIFIER or text[word.end : word.end + 1] == "的"
        if word.flags & _STOP and not joined and word.end > start:
            start = word.end
    if start in floors and text[start] in "前后後" and start + 2 < noun.end:
        start += 2 if text.startswith(("前后", "前後"), start) else 1  # 春节|前总员工
    if text.startswith("强", start) and (ranked := _RANKED.search(text, max(0, start - 10), start)):
        start = ranked.start()  # 世界500|强企业
    start = begin_of_name(text, start, floors)
    if text.startswith("属", start) and text[start - 1 : start] in _LEVELS_OF_OWNERS:
        start -= 1  # 甘肃|省属企业
    phrase = text[start : noun.end]
    if "）" in phrase and "（" not in phrase:
        opened = text.rfind("（", 0, start)
        whole = text.startswith(("以上", "以下"), start + phrase.index("）") + 1)  # 规模（限额）以上企业
        phrase = text[clause_of(text, opened) : noun.end] if whole and opened > 0 else phrase.rsplit("）", 1)[1]
    return trimmed(phrase)


def begin_of_name(text: str, start: int, floors: list[int]) -> int:
    """远大电器|珠海|总部: a place inside a name does not cut it; `start` if no firm's name stands before it."""
    firm = _FIRM_BEFORE_PLACE.search(text, clause_of(text, start), start) if start in floors else None
    return firm.start(1) if firm else start


def spoken_phrase(figure: Figure, figures: list[Figure], text: str, floors: list[int], wanted: int) -> str:
    noun = figure.spoken(figures, wanted)
    if noun is None:
        return ""
    words = find_words(text, clause_of(text, noun.start), noun.end)
    before = max((f.q.end for f in figures if f.q.end <= noun.start), default=0)
    return phrase_ending_in(text, noun, words, max(before, clause_of(text, noun.start)), floors)


@lru_cache(maxsize=4096)
def trimmed(phrase: str) -> str:
    """The phrase without what stands around a group's name: 目前全市在建项目共 is 在建项目.

    >>> trimmed("积极推进在建项目"), trimmed("各区统计的全部工地"), trimmed("截至目前规上企业数量")
    ('在建项目', '工地', '规上企业')
    """
    for match in _begins_after().finditer(phrase):
        if match.end() < len(phrase) - 1:
            phrase = " " * match.end() + phrase[match.end() :]
    phrase = _NUMBERED.sub("", phrase.translate(_QUOTES))
    previous = None
    while previous != phrase:
        previous = phrase
        phrase = _OF_STAFF.sub("", phrase)
        if leading := _LEADING.match(phrase) or _REMNANT.match(phrase):
            phrase = phrase[leading.end() :]
        if (examples := _EXAMPLES.match(phrase) or _TRADES_OF.match(phrase)) and flags_of(
            phrase[examples.end() :]
        ) & GROUP:
            phrase = phrase[examples.end() :]
        while phrase.endswith(_TRAILING):
            phrase = phrase.removesuffix(next(end for end in _TRAILING if phrase.endswith(end)))
        if opened_by := _LEFT_OPEN.search(phrase):
            phrase = phrase[: opened_by.start()]
    if "（" in phrase and "）" not in phrase and flags_of(phrase[: (opened := phrase.index("（"))]) & GROUP:
        phrase = phrase[:opened]  # 规上工业企业（含连续生产企业
    phrase = without_doing(phrase)
    if len(phrase) < _MAX:
        return phrase
    cut = phrase[-_MAX:]
    return cut[cut.index("、") + 1 :] if "、" in cut else cut  # a list is cut between its items


_BARE_HEADS = frozenset({"企业", "项目", "单位", "公司", "工程", "工地", "行业", "园区", "商户", "厂"})


@lru_cache(maxsize=4096)
def without_doing(phrase: str, short: bool = False) -> str:
    """The phrase without what its people or firms only did: 复工的规上企业, 陆续返岗的工人; a bare 复工的企业 stays.

    With `short` a head of two or three characters is named too (重新开放的景区), once no group before was meant by it.

    >>> without_doing("率先复工复产的规上企业"), without_doing("陆续返岗的工人"), without_doing("停产的规上企业")
    ('规上企业', '工人', '停产的规上企业')
    """
    told, mark, head = phrase.partition("的")
    if not mark or not told or len(head) < 2 or not _only_done(told):
        return phrase
    flags = flags_of(head)
    named = len(head) > 3 or (short and head not in _BARE_HEADS)
    return head if flags & Is.WORKER or (flags & (GROUP | Is.MODIFIER) and named) else phrase


def _only_done(told: str) -> bool:
    """陆续返岗, 首批复工复产: verbs of resuming with what says when and how."""
    at, verbs = 0, 0
    for word in find_words(told):
        if not _WHEN.fullmatch(told, at, word.start) or not word.flags & (
            Is.RESUME | Is.RETURN | Is.CUMULATIVE | Is.ALL
        ):
            return False
        at = word.end
        verbs += bool(word.flags & (Is.RESUME | Is.RETURN))
    return bool(verbs and _WHEN.fullmatch(told, at))


_WHEN = re.compile(
    r"(?:目前|现在|现|当前|已经|已|正在|正|陆续|逐步|有序|率先|最先|最早|较早|先行|先期|提前|按时|如期|准时|及时|顺利|首批|首日|分批"
    r"|第一批|新近|刚刚|刚|重新|全部|全面|正常|实际|节后|年后|春节后|能够|能|早|晚|首先|累计|新|、|，|和|并|及|或|内)*"
)


@lru_cache(maxsize=4096)
def without_report(phrase: str) -> str:
    """What is left of a group read otherwise behind the words that only introduce it.

    >>> without_report("数据显示企业"), without_report("不含企业"), without_report("规上企业")
    ('企业', '企业', '规上企业')
    """
    ends = [m.end() for m in _INTRODUCES.finditer(phrase) if m.end() < len(phrase) - 1]
    return phrase[ends[-1] :] if ends else phrase


_INTRODUCES = re.compile(
    r"(?:数据|统计|监测|结果|调查|报告)显示|不含|不包括|行业如|领域如|产业如|企业如|(?:此次|本次|这次)(?:调查|调研|监测)的"
)


@cache
def _begins_after() -> re.Pattern[str]:
    return re.compile("|".join(load_populations().begins_after))
