"""Counts that are no figures of resumption: of another subject, in the title of a paper, of places."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.count_verbs import (
    DECIDING,
    SUBJECT,
)
from resumption.extraction.figures import Figure
from resumption.extraction.nouns import right_noun
from resumption.extraction.state import State
from resumption.extraction.words import NOUN, VERB, Is


def other_topic(figure: Figure, text: str) -> bool:
    near = [w for w in figure.left if w.flags & Is.OTHER_TOPIC and not w.flags & (NOUN | VERB)]
    verbs = [w for w in figure.left if w.flags & (DECIDING | SUBJECT)]
    named = near and any(w.end == near[-1].start and w.flags & Is.RESUME for w in verbs)
    noun = right_noun(figure, text)
    said = noun is not None and noun.flags & SUBJECT and any(w.flags & Is.RESUME for w in figure.right)
    if near and not named and not said and not [w for w in verbs if w.start > near[-1].start]:
        return True
    right = figure.right[:1]
    return bool(
        right
        and right[0].flags & Is.OTHER_TOPIC
        and not right[0].flags & (NOUN | VERB)
        and right[0].start - figure.q.end <= 4
        and not any(w.start == right[0].end and w.flags & SUBJECT for w in figure.right[1:2])
        and not (figure.is_enterprise_count and figure.right_has(Is.RESUME | Is.IDLE))
        and not (text.startswith("因", figure.q.end) and figure.right_has(Is.RESUME | Is.IDLE | Is.SANCTION))
    )


_AFFECTED = re.compile(
    r"(?:的)?[^，。；0-9]{0,10}?(?:受到|受|遭受|造成|产生|带来)[^，。；0-9]{0,8}?(?:影响|损失|损害)"
    r"|(?:，)?因(?:台风|洪水|洪涝|暴雨|地震|大雪|冰雹|停电|疫情|灾)?[^，。；0-9]{0,30}?(?:受损|受灾|被淹|进水|遭灾|过水)"
)


def affected(figure: Figure, text: str) -> bool:
    """共62家企业的生产经营受到影响: the enterprises that an event hit are the base."""
    noun = right_noun(figure, text)
    return (
        noun is not None
        and bool(noun.flags & SUBJECT)
        and _AFFECTED.match(text, noun.end, figure.clause_end + 40) is not None
    )


_POWERED = ("复电", "恢复供电", "恢复送电", "送上电", "送电", "通上电")


_ALREADY = re.compile(r"(?:已经|已|全部|均|都|陆续|先后|相继){1,2}")


def given_power(figure: Figure, text: str) -> bool:
    """451户停产企业恢复供电, 复电企业61家: power came back to enterprises, they were served."""
    if figure.family != "enterprise" or not any(w.flags & Is.ENTERPRISE for w in (*figure.left, *figure.right)):
        return False
    noun = right_noun(figure, text)
    at = noun.end if noun is not None else figure.q.end
    if text[figure.left_start : figure.q.start].endswith(_POWERED):
        return True
    adverb = _ALREADY.match(text, at)
    return text.startswith(_POWERED, adverb.end() if adverb else at)


_BANNED = re.compile(
    r"被(?:依法|当场|暂时|要求|强制){0,2}(?:责令|暂停|停工|停产|停业|关停|叫停|查封|立案|处罚|约谈|取缔|勒令|贴(?:了|上)?(?:停工|停产|停业|整改|封条))"
)


def shut_after(figure: Figure, text: str, state: State) -> bool:
    """11家企业擅自复工，被责令停工: what was done to them stands before the next figure."""
    following = state.sentence[figure.index + 1] if figure.index + 1 < len(state.sentence) else None
    end = min(following.clause_start if following is not None else len(text), figure.q.end + 40)
    stops = [at for at in (text.find(sign, figure.q.end, end) for sign in "。；\n") if at >= 0]
    return _BANNED.search(text, figure.q.end, min(stops, default=end)) is not None


_PLACES = (
    "市",
    "县",
    "区",
    "省",
    "镇",
    "州",
    "旗",
    "乡",
    "地市",
    "街道",
    "社区",
    "村",
    "设区市",
    "市州",
    "盟市",
    "国家",
    "地区",
    "方面",
    "行业",
    "产业的",
    "领域的",
    "板块",
)


_JOINED_PLACES = re.compile(r"[省市县区]、(?:直辖市|自治区|设区市|市|县|区)(?![属级重管直])")


_OF_A_PLACE = re.compile(r"[省市县区州盟旗乡镇]{1,3}(?:重|项目|工程|企业)(?![^，。；0-9]{0,8}率)")


_KIND_OF_PLACES = re.compile(
    r"(?:重点|主要|工业|经济|大省|沿海|沿江|东部|中部|西部|受灾|试点|监测|外贸|制造业){1,3}(?:省份|省市|省区|地市|城市|县市|区县|县区)"
)
"""22个重点工业省份规上企业复工率过半: how many places, not how many enterprises."""


_OF_THE_STATE = re.compile(r"国家(?:级|重点|重大|战略|规划|专项|[0-9]{3})")
"""61个国家重点项目: no count of countries."""
_MARKETS = re.compile(
    r"[两三四五六七八九2-9]个(?:农贸|批发|专业|大|建材|集贸)?(?:市场|商场|商城|园区|片区)(?:的|共|内|里)?(?=[0-9])"
)


def _holds_next(figure: Figure, text: str) -> bool:
    """两个农贸市场1100多个摊位: where the counted ones are."""
    return _MARKETS.match(text, figure.q.start) is not None


def group_of_places(figure: Figure, text: str) -> bool:
    if _holds_next(figure, text):
        return True
    if figure.q.classifier == "个" and _KIND_OF_PLACES.match(text, figure.q.end):
        return True
    if _OF_A_PLACE.match(text, figure.q.end) or _OF_THE_STATE.match(text, figure.q.end):
        return False
    return (figure.q.classifier == "个" and _JOINED_PLACES.match(text, figure.q.end) is not None) or (
        figure.q.classifier == "个"
        and text.startswith(_PLACES, figure.q.end)
        and not text.startswith(
            (
                *("市州级", "市州重", "县区级", "县区重", "区县级", "区县重"),
                "市级",
                *("市政", "省道", "县道", "县域", "区间", "区域", "镇村", "村级"),
                "省级",
                "区级",
                "县级",
                "市重",
                "省重",
                "省市",
                "市区重",
                "区重",
                "县重",
                "省、",
                "市、",
                "县、",
                "区、",
                "省属",
                "市属",
            ),
            figure.q.end,
        )
    )


_MATTERS = re.compile(
    r"(?![因由受被])[\u4e00-\u9fff]{0,4}?(?:措施|举措|标准|条件|任务|机制|制度|规定|要求|原则|办法|部门|成员单位|责任单位|市直单位|环节|步骤|方面|阶段|批次"
    r"|清单|台账|专班|工作组|指导组|督导组|检查组|服务组|小组|服务队|工作队|指标|条款|文件|方案|预案|通知|意见|问题|隐患)(?![性类])"
)
"""三项措施推进企业复工, 10个部门出台意见: what is counted is neither an enterprise nor a project."""
_ZONES = re.compile(
    r"(?:产业|工业|科技|物流|高新|创业|化工|重点|省级|国家级)?(?:园区|工业园|产业园|开发区|高新区|示范区|自贸试验区|自贸区|自贸片区|综保区|保税区)(?:内|里|中)?(?:共|合计|总计|现|有|的|复产企业|复工企业|开工企业|企业|规上|规模以上)"
)
"""三个园区共有27家企业: places."""


_BUILT = re.compile(r"(?:已经|已|全面|全部|先后|相继|陆续|顺利|正式|将|均|都|、){0,3}(?:竣工|建成|完工|交付|交工)")
"""14个项目竣工投产: they were finished, not resumed."""
_FINISHED = re.compile(
    r"(?:竣工|建成|完工|交付|签约|储备|谋划|完工交付)(?:投产|投用)?的?(?:项目|工程)(?:共|有|达|为){0,2}$"
)
"""竣工项目12个."""
_BANKS = re.compile(
    r"(?:地方|法人|商业|国有|农村|村镇|辖内|辖区|中小|全[市省县区]|各类|的){0,3}(?:(?:金融|法人|银行业|担保|保险)机构|银行|农商行|农信社|支行|分行)(?!网点|复|开)"
)
"""向17家地方法人金融机构宣讲政策: those who help, not those who are helped."""
_BODIES = re.compile(
    r"(?:复工复产|复工|复产|开工)(?:工作)?(?:专班|工作组|指导组|督导组|检查组|服务组|小组|服务队|工作队|服务站)"
)
"""两个复工复产工作专班."""


_SLOGAN = re.compile(r"(?:到位|统一|一律|不变|不放松|不减|确保|严禁|必须|百分百|100%|一批|最大限度|第一时间)")
"""做到七个到位, 三个百分百: a number in a slogan."""


FINISHED_WORKS = "works that were finished"


def are_finished(figure: Figure, text: str) -> bool:
    """True for 竣工项目12个."""
    return _FINISHED.search(text, figure.left_start, figure.q.begin) is not None and right_noun(figure, text) is None


def counts_matters(figure: Figure, text: str) -> bool:
    """True for a number of measures, offices or zones: their noun follows at once."""
    if figure.is_enterprise_count:
        return _BANKS.match(text, figure.q.end, figure.clause_end) is not None and not figure.first(Is.RESUME)
    if figure.q.value <= 12 and figure.q.text[0] not in "0123456789" and _SLOGAN.match(text, figure.q.end):
        return True
    noun = right_noun(figure, text)
    if noun is not None and noun.flags & Is.PROJECT and _BUILT.match(text, noun.end):
        return True
    if figure.q.classifier == "项" and figure.q.value < 5 and text.startswith(("合计", "相加", "之和"), figure.q.end):
        return True
    return any(pattern.match(text, figure.q.end, figure.clause_end) for pattern in (_MATTERS, _ZONES, _BODIES))


def in_title_of_paper(figure: Figure, text: str) -> bool:
    opened = text.rfind("《", max(0, figure.q.start - 60), figure.q.start)
    return opened >= 0 and "》" not in text[opened : figure.q.start]
