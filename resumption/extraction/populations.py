"""The group a figure describes: the noun phrase that is counted, as written and short, and its canonical codes.

A count takes the phrase beside it; a rate, a number of people or money without one takes the group that the sentence,
the paragraph or the article named last, so 复工率 after 96户规上工业企业 is of 规上工业企业.
"""

from __future__ import annotations

from functools import lru_cache

from resumption.extraction import lazy_re as re
from resumption.extraction.counts import LEFT_OUT
from resumption.extraction.figures import Figure
from resumption.extraction.group_firms import CARRIED, firm_of_item, own_company, owner_before
from resumption.extraction.group_labels import label_before
from resumption.extraction.group_lists import listed_group, part_in_bracket, words_of_rate
from resumption.extraction.group_owners import is_site
from resumption.extraction.group_phrases import (
    GROUP,
    earlier_phrase,
    own_phrase,
    phrase_among,
    spoken_phrase,
    trimmed,
    without_doing,
)
from resumption.extraction.group_power import sector_of_power, whole_society
from resumption.extraction.group_staff import (
    BARE_STAFF,
    STAFF_CODES,
    carried_people,
    from_where,
    is_carried,
    part_of_people,
    staff_of,
)
from resumption.extraction.group_subjects import bare_subject, earlier_subject, silent_subject, silent_thing
from resumption.extraction.groups import Groups, family_of, flags_of, is_kind, says_only_that
from resumption.extraction.things_told import SETTLED
from resumption.extraction.words import NOUN, Is, find_words
from resumption.lexicon.populations import load_populations

_OF_FAMILY = {
    "enterprise": Is.ENTERPRISE | Is.PROJECT,
    "project": Is.PROJECT | Is.ENTERPRISE,
    "person": Is.WORKER | Is.OFFICER | Is.JOB | Is.ENTERPRISE | Is.PROJECT,
    "rate": Is.ENTERPRISE | Is.PROJECT | Is.WORKER,
    "power": Is.POWER | Is.ENTERPRISE,
    "money": Is.FUND | Is.PROJECT | Is.ENTERPRISE,
    "output": Is.OUTPUT | Is.ENTERPRISE | Is.SUPPLY,
    "vehicle": Is.VEHICLE,
    "pass": Is.PASS,
    "problem": Is.PROBLEM,
    "supply": Is.SUPPLY,
    "job": Is.JOB | Is.WORKER,
    "time": Is.PASS | Is.FUND,
}


def read_population(figure: Figure, figures: list[Figure], text: str, floors: list[int], groups: Groups) -> str:
    """The group of a figure; `floors` are the ends of places and dates, at which a phrase cannot begin earlier."""
    groups.enter(figure, figures, text)
    groups.open_label(label_before(text, figure.q.start))
    if figure.rule == "<returned>，达到 <all staff> 的 <percent>":
        return figures[figure.index - 1].population
    if listed := listed_group(figure, figures, text, floors):
        return listed
    if part := part_in_bracket(figure, figures, text, floors):
        return part
    if figure.indicator in CARRIED and (riders := from_where(figure, text)):
        return riders
    helped = _is_only_helped(figure)
    own = "" if helped else own_phrase(figure, text, floors, _wanted(figure))
    if (told := words_of_rate(figure, figures, text)) is not None:
        own = phrase_among(figure, told, text, floors, _wanted(figure))
    subject = firm_before = ""
    if (not own or own in BARE_STAFF) and figure.family in ("rate", "person") and figure.kind == "level":
        subject = bare_subject(figure, text, floors)
        if subject in _POINTED_HEADS and owner_before(figure, text):
            subject = ""  # 金水大桥项目已复工，项目现有工人420人
        if not subject and (figure.indicator in STAFF_CODES or figure.indicator == "capacity_rate"):
            subject = firm_before = earlier_subject(figure, text, floors)
        if firm_before and groups.company and not is_site(groups.company):
            groups.company = firm_before  # what follows in the paragraph is of this firm
        if is_site(groups.company) and groups.company.endswith(subject):
            subject = firm_before = ""
        if subject and not flags_of(subject) & Is.WORKER:
            groups.name("enterprise", subject, True)
        if flags_of(subject) & Is.WORKER or figure.indicator not in STAFF_CODES:
            own, subject = own or subject, ""
    if (
        not own
        and figure.family == "project"
        and (kind := _KIND_BEFORE.search(text, figure.clause_start, figure.q.begin))
    ):
        own = kind[1] + "项目"  # 其中续建64个、新建12个
    same = "" if own or subject else _same_measure(figure, figures)
    if not own and not subject and not helped and not same:
        own = earlier_phrase(figure, figures, text, floors, _wanted(figure))
    before = figures[figure.index - 1] if figure.index else None
    if before and not own and before.reason == "threshold of a count":
        # 规上企业产能恢复到八成以上的有165家: the group stands before the threshold
        own = phrase_among(before, before.left, text, floors, Is.ENTERPRISE)
        own = own or phrase_among(before, before.earlier, text, floors, Is.ENTERPRISE)
    if before and own and before.population.endswith(own) and text.startswith(own, before.q.end):
        own = before.population  # 停产的26家化工企业已复工24家: the noun stands between both
    if own.startswith(_POINTING):
        own = _pointed_at(own, figure, text, groups)
    is_power = figure.family == "power" or figure.indicator == "electricity_rate"
    if is_power and own.startswith(_OUR_POWER) and (groups.company or groups.story or groups.told):
        return (groups.company or groups.story or groups.told) + own[own.index("用") :]
    if is_power and (sector := sector_of_power(figure, figures, text, floors)):
        return sector
    if not own and figure.kind == "change" and figure.family in ("enterprise", "project"):
        own = _sector_counted(figure, text, floors)
    if not own and figure.kind == "change":
        if figure.like is not None and figure.like.population:
            return figure.like.population
        last = figures[figure.index - 1] if figure.index else None
        if (
            last is not None
            and is_power
            and last.family == "power"
            and _GREW.fullmatch(text, last.q.end, figure.q.begin)
        ):
            return last.population
        previous = next((f for f in reversed(figures[: figure.index]) if f.indicator == figure.indicator), None)
        if previous is not None and previous.population:
            return previous.population
    if figure.family == "rate" and not flags_of(own) & Is.WORKER and (firm := firm_of_item(figure, text)):
        return firm + (groups.staff if figure.indicator in STAFF_CODES else "")
    if not firm_before and (company := own_company(figure, figures, own, text, groups)):
        people = next((noun for noun in _PEOPLE_NOUNS if own.endswith(noun)), groups.staff)
        return company + (people if figure.indicator in STAFF_CODES else "")
    if same:
        return same
    if figure.family in ("enterprise", "project"):
        return _counted(figure, figures, text, own, floors, groups)
    if figure.indicator == "electricity_rate":
        own = own or spoken_phrase(figure, figures, text, floors, Is.POWER) or _power_named(figure, text, floors)
        whole = figures[figure.index - 1].population if figure.index else ""
        if own and whole.endswith(own):
            return whole
        return whole_society(own, figure, text) if own else _power_before(figure, figures)
    if figure.indicator in STAFF_CODES:
        people = staff_of(figure, figures, text, own, subject, floors, groups)
        return _pointed_at(people, figure, text, groups) if people.startswith(_POINTING) else people
    if figure.family == "rate":
        return _rated(figure, figures, text, own, groups)
    return _of_thing(figure, figures, text, own, floors, groups)


def _wanted(figure: Figure) -> int:
    """Word classes that a group of such a figure can end with."""
    if figure.indicator == "electricity_rate":
        return Is.POWER | Is.ENTERPRISE
    if figure.indicator == "investment":
        return Is.PROJECT
    if (
        figure.family == "rate"
        and figure.indicator not in STAFF_CODES
        and figure.indicator != "enterprises_at_threshold"
    ):
        return Is.ENTERPRISE | Is.PROJECT
    return _OF_FAMILY.get(figure.family, NOUN)


def _same_measure(figure: Figure, figures: list[Figure]) -> str:
    """共9项、24个标段，已复工7项: a bare count is of what its measure word counted before."""
    if figure.family not in ("enterprise", "project") or figure.is_enterprise_count or not figure.q.classifier:
        return ""
    for other in reversed(figures[: figure.index]):
        if other.inside and not figure.inside:
            continue  # 56个（市政12个、房建44个），已复工40个
        if other.q.classifier == figure.q.classifier and other.family == figure.family and other.population:
            return other.population
    return ""


def _counted(figure: Figure, figures: list[Figure], text: str, own: str, floors: list[int], groups: Groups) -> str:
    """The enterprises or projects of a count; what it names holds for the figures after it."""
    if "<resumed group>" in figure.rule and (group := _RESUMED_GROUP.search(text, figure.left_start, figure.q.begin)):
        return group[0]
    if own in ("", "企业") and (parks := _PARKS.search(text, figure.clause_start, figure.q.begin)):
        own = trimmed(parks[1]) + "企业"  # 全市10个产业园区共2447家企业
    own = own or silent_subject(figure, figures, text, floors) or _helped(figure, figures, text, floors)
    if not own and figure.is_enterprise_count and (shop := bare_subject(figure, text, floors)).endswith(_SHOPS):
        own = shop  # 道具租赁铺开门347家
    own = own or _sector_counted(figure, text, floors)
    if not own and figure.index and _OTHERS.search(text, figure.clause_start - 1, figure.q.begin):
        wholes = [f for f in figures[: figure.index] if f.family == figure.family and f.population and not f.inside]
        if wholes and wholes[0].q.value > figure.q.value:
            own = wholes[0].population  # 龙头企业47家：蔬菜类4家、其他24家
    if own in ("项目", "工程") and (works := bare_subject(figure, text, floors)).endswith(_WORKS):
        own = works  # 桥梁加固工程已复工46个项目
    if own in ("项目", "工程") and (named := _WORKS_BEFORE.search(text, _open(figure, floors), figure.q.begin)):
        own = trimmed(named[1]) or own
    if own == "企业" and (subject := bare_subject(figure, text, floors)):
        own = subject if subject.endswith("企业") else subject + "企业"
    if (
        not own
        and figure.family == "project"
        and (launched := figure.last(Is.LAUNCH))
        and text[launched.start : launched.end] in _KINDS
    ):
        own = text[launched.start : launched.end] + "项目"
    if figure.family == "project" and (part := _part_of(own, figure, figures, groups)):
        groups.name("project", part, within=True)
        return part
    if "的" in own and (pointed := groups.pointed_at(own)):
        return pointed
    own = without_doing(own, short=True)
    near = groups.near(figure.family)
    if figure.kind == "change" and _MORE_FIRMS.fullmatch(own) and near.endswith("企业"):
        return near  # 规上工业企业复工812家，日增复工企业4家
    if len(own) > 2 and says_only_that(own) and near.endswith(own[-2:]) and not _stand_still(own, figure):
        return near  # 停产企业中 after 规上工业企业, of which some stand still
    names = (own and flags_of(own) & (GROUP | Is.MODIFIER)) or own.endswith("企业")
    if names and figure.rule != LEFT_OUT and (own != "企业" or not groups.near(figure.family)):
        within = figure.spoken(figures, Is.SUBSET) is not None and not figure.earlier_mark(text)
        groups.name(figure.family, own, within)
    if own == "企业" and groups.label:
        return groups.label
    whole = figures[figure.index - 1] if figure.index else None
    if (
        own == "企业"
        and whole is not None
        and whole.indicator == "enterprises_total"
        and whole.clause == figure.clause
        and figure.q.value <= whole.q.value
        and whole.population.endswith("企业")
    ):
        return whole.population  # 231户规模以上企业已有149户企业恢复生产
    if own == "企业" and groups.heading and not groups.sentence:
        return groups.heading
    return groups.fuller(own) or groups.current(figure.family)


_WORKS_BEFORE = re.compile(
    r"([\u4e00-\u9fff]{2,12}?(?:工程|项目|工地))(?:累计|共计|共|已|现|有|超|近|约|开工|复工|新开工|开复工|项目|和|、){1,6}$"
)
"""房屋市政工程累计开工、复工项目2860个, 园林绿化工程有超180个项目复工: which works they are stands before the verb."""


def _open(figure: Figure, floors: list[int]) -> int:
    """Where its clause begins behind places and days."""
    return max([figure.clause_start, *(floor for floor in floors if floor <= figure.q.begin)])


_MORE_FIRMS = re.compile(r"(?:日|新|净)?增?加?(?:复工|复产|开工|复工复产)?的?企业")


def _stand_still(own: str, figure: Figure) -> bool:
    """1023家停产企业恢复生产687家: who stood still is the whole, whatever the sentence before counted."""
    return figure.indicator == "enterprises_total" and own.startswith(("停产", "停工", "停业", "受灾", "受损"))


def _sector_counted(figure: Figure, text: str, floors: list[int]) -> str:
    """生物医药复工92家, 民生类复工35个: the trade that stands before the verb, with the noun of what is counted."""
    if not figure.rule.endswith("<verb> <count>") or not figure.indicator.endswith("_resumed"):
        return ""
    sector = bare_subject(figure, text, floors)
    return sector + ("项目" if figure.family == "project" else "企业") if _is_sector(sector) else ""


def _is_sector(name: str) -> bool:
    flags = flags_of(name)
    return bool(name.endswith("类") or flags & Is.MODIFIER) and not flags & (GROUP | Is.RESUME)


def _helped(figure: Figure, figures: list[Figure], text: str, floors: list[int]) -> str:
    """为受灾企业发放贷款1.37亿元，惠及54户: those for whom it was done, named before."""
    if figure.rule != "<help>，涉及 <count>":
        return ""
    phrase = spoken_phrase(figure, figures, text, floors, Is.ENTERPRISE)
    return "" if phrase.endswith(("机构", "银行", "公司")) else phrase


_GREW = re.compile(
    r"[，、（](?:同比|环比|比上年|比去年同期|较上年同期|较去年同期|较上月)?(?:增长|增|下降|降|上升|回升)(?:了|约|近|达)?"
)
"""第二产业用电14.2亿千瓦时，增长5.1%: of the same electricity."""


_RESUMED_GROUP = re.compile(r"(?:复工复产|复工|复产|开工)(?:重点|规上|工业|小微|中小|外贸)*(?:企业|商户|门店|单位)")
"""走访复工企业320家: the resumed are the group, not what is said of it."""


def _power_before(figure: Figure, figures: list[Figure]) -> str:
    """The electricity of the figure before, for the next of its list."""
    before = figures[figure.index - 1] if figure.index else None
    return before.population if before is not None and before.indicator == figure.indicator else ""


def _power_named(figure: Figure, text: str, floors: list[int]) -> str:
    """工业用电恢复率: the electricity is named in the name of the rate."""
    rate = figure.last(Is.RATE)
    end = text.find("用电", rate.start, rate.end) if rate is not None else -1
    if rate is None or end < 0:
        return ""
    name = text[max(figure.left_start, max((f for f in floors if f <= rate.start), default=0)) : end + 2]
    return name if 2 < len(name) <= 12 else ""


def _part_of(own: str, figure: Figure, figures: list[Figure], groups: Groups) -> str:
    """续建项目 as a part of the works named before; "" if it is none."""
    return groups.part(own, figure.spoken(figures, Is.SUBSET) is not None) if is_kind(own) else ""


def _rated(figure: Figure, figures: list[Figure], text: str, own: str, groups: Groups) -> str:
    """The enterprises or projects of a rate."""
    if figure.index and figure.rule.startswith("<count>，占"):
        counted = figures[figure.index - 1].population
        if counted and not says_only_that(counted):
            return counted
    if figure.indicator == "enterprises_at_threshold" and own in ("企业", ""):
        whole = [f for f in figures[: figure.index] if f.indicator == "enterprises_total" and f.population]
        if whole:
            return whole[-1].population  # 8320家外资企业中，65.8%的企业产能恢复率超过70%
    if figure.indicator == "enterprises_at_threshold" and own.endswith(("员工", "职工", "用工")):
        own = own[:-2]
    if own == "企业" and (groups.label or groups.heading):
        return groups.label or groups.heading
    if part := _part_of(own, figure, figures, groups):
        groups.name("project", part, within=True)
        return part
    if "的" in own and says_only_that(own) and (near := groups.near("enterprise")).endswith("企业") and len(near) > 2:
        return near
    if own:
        groups.name(
            family_of(own), own, figure.spoken(figures, Is.SUBSET) is not None and not figure.earlier_mark(text)
        )
    return groups.fuller(own) or groups.current("project" if "project" in figure.indicator else "enterprise")


_TROUBLE = re.compile(r"用电隐患|隐患|纠纷|诉求|断点|堵点|难题|投诉|缺陷|清单|问题")
_SEEN = 60


def _settled(figure: Figure, text: str) -> str:
    """当天办掉83件: the trouble named last before the number, of enterprises if nothing is named."""
    named = _TROUBLE.findall(text, max(0, figure.q.begin - _SEEN), figure.q.begin)
    return named[-1] if named and named[-1] not in ("问题", "清单", "难题") else "企业问题"


def _of_thing(figure: Figure, figures: list[Figure], text: str, own: str, floors: list[int], groups: Groups) -> str:
    """What is counted when it is no enterprise, project or staff: money, passes, vehicles, people carried."""
    if figure.indicator == "investment":
        return own or groups.current("project")
    if figure.rule == SETTLED and not flags_of(own) & Is.PROBLEM:
        return _settled(figure, text)
    if silent := silent_thing(figure, text):
        return silent
    if figure.indicator == "funds":
        if not flags_of(own) & Is.FUND:
            own = spoken_phrase(figure, figures, text, floors, Is.FUND) or own
        if lent := _LENT.search(own):
            own = own[: lent.start()] + "贷款"
    if figure.indicator in CARRIED and (part := part_of_people(figure, figures, text)):
        return part
    if figure.indicator in CARRIED and not is_carried(own):
        return carried_people(figure, text)
    if figure.family == "output":
        return _made(own or spoken_phrase(figure, figures, text, floors, _wanted(figure)), figure, text, groups)
    if figure.family == "vehicle" and (counted := _VEHICLE_COUNTED.match(text, figure.q.end)):
        return counted[1]
    if figure.family == "vehicle" and (loaded := _LOADED.match(text, figure.q.end)):
        return loaded[1]
    if figure.family == "vehicle" and own:
        return own[own.rfind("的") + 1 :] or own
    if own:
        return whole_society(own, figure, text) if figure.family == "power" else own
    if figure.family in ("money", "person"):
        previous = next(
            (f for f in reversed(figures[: figure.index]) if f.family == figure.family and f.population), None
        )
        if previous is not None:
            return previous.population
    if figure.indicator == "officers_assigned" and (who := spoken_phrase(figure, figures, text, floors, Is.OFFICER)):
        return who
    if figure.family == "person":
        return carried_people(figure, text) if figure.indicator in CARRIED else groups.staff
    if figure.family == "vehicle":
        return spoken_phrase(figure, figures, text, floors, Is.VEHICLE) or _vehicle_near(figure, text)
    if figure.family in ("pass", "problem", "supply"):
        return spoken_phrase(figure, figures, text, floors, _wanted(figure))
    if figure.family == "time":
        return spoken_phrase(figure, figures, text, floors, Is.PASS) or _handled(figure, text)
    if figure.family == "power":
        return whole_society(spoken_phrase(figure, figures, text, floors, _wanted(figure)), figure, text)
    return groups.current("enterprise")


def _vehicle_near(figure: Figure, text: str) -> str:
    """4辆遂宁至昆明的返岗大巴, 专列送走…，首次组织14趟: the word for them behind it, else the last before."""
    ends = [at for sign in "。\n" if (at := text.find(sign, figure.q.end)) >= 0]
    behind = find_words(text, figure.q.end, min([*ends, figure.q.end + _NEAR, len(text)]))
    before = find_words(text, max(0, figure.q.start - 2 * _NEAR), figure.q.start)
    word = next((w for w in (*behind, *reversed(before)) if w.flags & Is.VEHICLE and w.end - w.start > 1), None)
    return text[word.start : word.end] if word is not None else ""


_LOADED = re.compile(
    r"(?:满载|搭载|载有|载着|坐着|载满|坐满)[^，。；]{2,24}?的([\u4e00-\u9fff]{0,4}?(?:大巴车?|客车|专车|包车|列车|专列))"
)
"""4辆载着180名农民工的大巴车."""
_VEHICLE_COUNTED = re.compile(
    r"(?:次|余|多){0,2}([\u4e00-\u9fff]{1,5}?车)(?=[、，。；：）”和及与上投恢正将已出从开驶全均都])(?!上路通行证)"
)
"""1401辆巡游车、119辆网约车: right behind the number stands what is counted."""
_NEAR = 60
"""Characters in which the word for a vehicle is looked for."""
_OTHERS = re.compile(r"(?:其他|其余|其它)(?:的|有|为)?$")
_KIND_BEFORE = re.compile(r"(?<!年)(续建|新建|扩建|改建|结转|迁建|新开工)(?:有|共|约|为)?$")
_REQUEST = re.compile(
    r"(?:复工复产|复工|复产|开工|施工|返岗|用工|用电|贷款|企业|商户|通行证?|运输)?(?:(?![内时天日])[\u4e00-\u9fff]){0,2}?"
    r"(?<!笔从)(?<!从)(?:审批|审核|验收|核验|核查|核准|申请|申报|备案|报备|许可|诉求|问题|难题|事项|贷款)"
)
_LENDS = re.compile(r"放款|授信|放贷|到账|[复专]工?贷")
_AFTER_TIME = re.compile(r"(?:小时|分钟|[天日])以?内?(?:完成)?$")


def _handled(figure: Figure, text: str) -> str:
    """企业诉求24小时内办结: what is handled in the time, the last thing of the kind that its sentence names before.

    随时申报，2小时审核，4小时办结: a step with a time of its own is not what the next step handles.
    """
    begin = max(text.rfind("。", 0, figure.q.start), text.rfind("\n", 0, figure.q.start)) + 1
    found = _REQUEST.finditer(text, begin, figure.q.start)
    named = [m[0] for m in found if not _AFTER_TIME.search(text, max(begin, m.start() - 6), m.start())]
    if not named and _LENDS.search(text, begin, figure.q.start):
        return "贷款"
    return trimmed(named[-1]) if named else "企业诉求" if "诉求" in text else "复工"


_OUR_POWER = ("公司用电", "全公司用电", "企业用电量", "全厂用电", "我们用电", "公司日用电", "公司总用电")


def _made(phrase: str, figure: Figure, text: str, groups: Groups) -> str:
    """生产原煤2560万吨 is 原煤; 产值 alone is that of the firm, else of the group, that was named before."""
    phrase = _MAKING.sub("", phrase)
    if phrase in _PER_TIME and (thing := _THING.fullmatch(text, text.rfind(phrase, 0, figure.q.begin), figure.q.begin)):
        return thing[1]
    if not _BARE_OUTPUT.fullmatch(phrase):
        return phrase
    owner = owner_before(figure, text) or groups.company
    owner = owner or groups.near("enterprise")
    return owner + phrase.removeprefix("公司").removeprefix("企业") if owner else phrase


_PER_TIME = frozenset({"日产", "年产", "月产", "日均生产", "日产量", "产出"})
_THING = re.compile(r"(?:日产|年产|月产|日均生产)(?![量值能])([\u4e00-\u9fff]{2,6}?)(?:近|约|超过?|达到?)?")
"""日产煤炭68万吨: what is made."""
_MAKING = re.compile(
    r"^(?:累计|日均|每天|每日|当日|共|已)*(?:生产|销售|加工|产出)(?=[\u4e00-\u9fff]{2})(?!总?[值额量]|收入)"
)
_BARE_OUTPUT = re.compile(
    r"(?:公司|企业|全厂|全年|年|日|月|工业|总|销售){0,3}(?:产值|产量|收入|销售额|营收|订单|营业额|吞吐量|交易额)"
)
_LENT = re.compile(r"(?:[\u4e00-\u9fff]{0,3}银行|金融机构|信用社|农商行|农信社)?(?:放款|放贷|核贷|贷出|批贷|放)$")
"""银行放贷11.3亿元: what was done with the money names it, a loan."""
_WORKS = ("工程", "项目", "工地")
_KINDS = frozenset({"新开工", "续建", "新开", "新建"})
_SHOPS = (
    "铺",
    "店",
    "厂",
    "坊",
    "馆",
    "场",
    "院",
    "站",
    "摊",
    "档",
    "行",
    "社",
    "肆",
    "楼",
    "所",
    "客户",
    "用户",
    "商",
    "户",
)
_PEOPLE_NOUNS = ("工人", "职工", "建设者", "施工人员", "建设人员", "作业人员", "参建人员", "管理人员", "务工人员")
_PARKS = re.compile(
    r"(?:^|[个家大省市县区州国，、])((?:[\u4e00-\u9fff]{2,4})?(?:产业|工业|特色|化工|物流|科技)园区)(?:内|里|共|有|共有|入驻|现有|拥有|各类)?$"
)
"""The firms of parks that are counted right before them."""
_POINTED_HEADS = ("项目", "工程", "工地", "项目部", "公司", "企业", "工厂")
_POINTING = ("这个项目", "该项目", "该公司", "该企业", "该厂", "这些", "上述", "以上", "该批", "此类")


def _is_only_helped(figure: Figure) -> bool:
    """金融机构为48家中小企业续贷: the noun before 为 is who helps, not who is counted."""
    return (
        figure.indicator == "enterprises_served"
        and figure.rule.startswith("为 <count>")
        and not any(word.flags & GROUP for word in figure.right)
    )


def _pointed_at(own: str, figure: Figure, text: str, groups: Groups) -> str:
    """这些企业, 上述企业员工, 该公司员工, 这个项目: the group or the company named before, if there is one."""
    match = _POINTED.match(own)
    if match is None:
        return own
    single = match[1] == "该" or match[1] == "这个"
    if match[2] in ("项目", "工地"):
        named = _PROJECT.findall(text, max(0, figure.clause_start - 200), figure.clause_start)
        current = groups.near("project") or (trimmed(named[-1]) if single and named else "")
    elif single:
        current = groups.company or groups.story
    else:
        current = groups.current("enterprise")
    return current + own[match.end() :] if current else own


_PROJECT = re.compile(r"[\u4e00-\u9fff]{2,14}(?:项目|工程|大桥)")
_POINTED = re.compile(r"(这些|上述|以上|该批|此类|该|这个)(企业|公司|厂|项目|工地)")


@lru_cache(maxsize=8192)
def population_codes(population: str) -> tuple[str | None, str | None, str | None]:
    """Canonical size, sector and ownership of a group; None where it says nothing.

    >>> population_codes("规模以上工业企业"), population_codes("外资企业")[2]
    (('above_scale', 'industry', None), 'foreign')
    """
    found: list[str | None] = []
    for dimension in ("size", "sector", "ownership"):
        best: tuple[int, str] | None = None
        for code, words in load_populations().modifiers.get(dimension, {}).items():
            for word in words:
                if word in population and (best is None or len(word) > best[0]):
                    best = (len(word), code)
        found.append(best[1] if best else None)
    return found[0], found[1], found[2]
