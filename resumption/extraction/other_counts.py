"""Numbers that say something else, whatever stands around them: rates of other things, households, trainings, machines.

The reasons are certain: no weight may take such a number for a figure.
"""

from __future__ import annotations

from resumption.extraction import damage, survey_shares
from resumption.extraction import lazy_re as re
from resumption.extraction.figures import VEHICLE_MEASURES, Figure
from resumption.extraction.state import State
from resumption.extraction.words import Is
from resumption.items import Unit

OTHER_RATE = "rate of something else"
HOUSEHOLDS = damage.HOUSEHOLDS
TRAINED = "people who were trained"
MACHINES = "machines"
BENEFICIARIES = "beneficiaries"
SHORTAGE = "shortage"
EXAMINED = "examinations"
HELPERS = "people who came to help"
ESCAPED = "people who escaped"
AWAY = "people who are carried home or to safety"
BOUND = "bound of a rule"
CASES = "cases of a disease"
RANK = "rank"
TRAFFIC = "passengers"
AMONG_NEXT = "some of those that are counted next"
UTILITY = "share of a network that is back"
STILL = "works that stand still"
HAZARDS = "hazards and checks"
PARKS = "parks in which the firms are counted"
SIGNED = "signed or attracted projects"
MEALS = "meals and leaflets"
TEAMS = "teams"
MOVED = "firms whose rate rose or fell"
WHEN_BUILT = "posts and output of works that are yet to be built"
GOODS = "goods that were made"
SET_UP = "what was set up for the time being"
RECRUITERS = "firms at a fair"
PARTNERS = "partners that were found"
OTHER_TIME = "figure of another time in a bracket"
CERTAIN = (
    OTHER_TIME,
    RECRUITERS,
    SIGNED,
    MEALS,
    TEAMS,
    SET_UP,
    GOODS,
    WHEN_BUILT,
    MOVED,
    PARTNERS,
    OTHER_RATE,
    HOUSEHOLDS,
    TRAINED,
    MACHINES,
    BENEFICIARIES,
    SHORTAGE,
    EXAMINED,
    HELPERS,
    ESCAPED,
    AWAY,
    BOUND,
    CASES,
    PARKS,
    RANK,
    UTILITY,
    AMONG_NEXT,
    TRAFFIC,
    HAZARDS,
    STILL,
    damage.MENDED,
    damage.LOSS,
    survey_shares.OPINION,
    survey_shares.OF_OUTPUT,
    survey_shares.OF_TRADE,
    survey_shares.PROGRESS,
)

_RATE_NAME = re.compile(
    r"(?:普及|通畅|畅通|完好|合格|达标|整改|覆盖|知晓|满意|入住|出租|签约|履约|准点|正点|成活|脱贫|接种|检测|阳性|治愈|死亡|失业|城镇化|增长|毛利"
    r"|净利|税|利|费|贷款|年化|不良|持证|持股|控股|自给|抽检|及格|优良|识字|入学|升学|巩固|参保|投保|中标|打卡|送达|兑付|支付|完税|上座|客座|满房"
    r"|竣工|完工|规模养殖|规模化养殖|养殖|国产化|自动化|机械化|数控化|硬化|绿化|清淤|排查)率|(?:接羔|春耕|播种|收割|采摘|插秧|整地|备耕|造林|春播|夏种|秋收)进度|(?:费|租金?|款|资金|政)[^，。；]{0,8}(?:补|减|免|垫|出|付|打)|籍(?:的|员工|工人|人员)?(?:占|约占)"
    r"(?:一直|过|始终|均|都|也|只|仅|还|已|稳定|保持|维持|提高|上升|提升|达到?|为|是|有|在|到|至|约|近|超过?|不足){0,5}$"
)
_HOUSEHOLD = re.compile(
    r"(?:多)?(?:停电|断电|断水|停水|停气|受影响|受灾|受损|困难|贫困|脱贫)?(?:用户|居民|村民|家庭|人家|农户|住户|低压|群众)(?!企业)"
    r"|(?:停电|断电|断水|停水)?[^，。；0-9家厂企商]{0,4}?(?:没有?送上?电|未送电|没来电|仍停电|还停着电)"
)
_HOUSEHOLD_BEFORE = re.compile(
    r"(?:排查|摸排|入户|走访居民|走访群众)(?:了|出)?(?:共|已|约|近){0,2}$|(?:用户|居民|村民|家庭|农户|住户|群众)(?:共|有|已|约|近|达|累计|计){0,2}$"
)
_HIT = re.compile(r"(?:波及|影响|殃及|断电|停电|断水|受灾)[^，。；]{0,20}?(?:乡镇|镇|乡|村|社区|街道|台区)、$")
"""停电波及5个乡镇、2.3万户: who lives there."""
_TRAINED = re.compile(
    r"(?:培训|考核|体检|核酸(?:检测|采样)|检测|接种|演练|宣讲|走访慰问|慰问)(?:了|已|共|各类|相关|人员|职工|员工|从业|考核){0,4}$"
)
_TESTED = re.compile(r"(?:核酸|检测|体检|筛查|采样)[^，。；0-9]{0,10}$")
_ISOLATED = re.compile(
    r"(?:高考|中考|研考|会考)(?:报名|考生|报考)[^，。；0-9]{0,4}$|(?:隔离|留观|医学观察|集中观察|居家观察|居家健康监测|劝返)(?:观察|人员|了|共|累计|约|其中)*$"
)
"""核酸检测返岗员工8.6万人次, 落实隔离观察860人: what was done with them."""
_MACHINE_BEFORE = re.compile(
    r"(?:机械|机具|施工设备|机械设备|挖机|挖掘机|装载机|吊车|塔吊)(?:等)?(?:共|约|达|有|已|各类|近){0,3}$"
)
_EXAMINED = re.compile(
    r"(?:验收|核查|评审|会审|评估|复核|审查|抽查|检查)(?:了|已|共|合格|企业|煤矿|矿井|矿山|项目|工地){0,4}$"
)
"""组织验收29对次: how often, not how many."""
_LINE = re.compile(r"(?:[\u4e00-\u9fff]{0,6}?)(?:生产线|产线|流水线|装配线|总装线|线)(?![上下路索城])")
_FIRM = re.compile(r"[厂公司家]|车间|集团|我们|企业[^共0-9]{0,6}$|老板|经理")
_BENEFITED = re.compile(
    r"(?:涉及|惠及|受益|覆盖|解决|保障|带动|影响)[^，。；]{0,8}?[0-9一二三四五六七八九十两]+个?(?:乡镇|镇|村|社区|县|街道)(?:的|、)?$"
)
_SHORT_OF = re.compile(r"(?:就|还|尚|仍)(?:差|缺)(?:了|着)?$|(?:缺口|缺员|缺工|短缺)(?:还有|尚有|达到?|为|约|有|近)?$")

_TO_GROW = re.compile(
    r"[^，。；0-9]{0,10}?(?:核增|扩大|扩充|增加|提升|释放)(?:了)?(?:生产|先进|优质)?(?:产能|能力)|[^，。；0-9]{0,10}?(?:扩能|扩产|增能)"
)
"""批准41座露天矿扩大产能: not to resume."""
_OWNERS = re.compile(
    r"[^，。；0-9]{0,10}?(?:集团|企业|公司|央企|国企|总部|商会|协会)?(?:所属|下属|旗下|下辖|属下)(?:的)?(?:近|约|共|超)?[0-9]"
)
"""93家中央企业所属2.1万户子企业: whose they are, not how many."""
_PARKS = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4})?(?:园区|开发区)(?:内|里|共|有|共有|入驻|现有|的)?[0-9][0-9.]*万?(?:余|多)?[家户](?!园区)"
)
"""10个产业园区共2447家企业: the second number counts firms, the first says where."""
_CAME_TO_HELP = re.compile(
    r"多?(?:师傅|人手|村民)?(?:来|前来|赶来|赶到|连夜)?(?:帮忙|搭把手|救援|抢险|抢修)"
    r"|多?(?:医务|医护|医疗|军队|军医)(?:队|人员|队员|工作者)(?:已经|已|分批|紧急|先后){0,2}(?:驰援|支援|援助|奔赴|集结|出征|赴)"
)
"""请来6名师傅抢修, 来了一百多人帮忙; 52名工人抢修 are at work."""
_ESCAPED = re.compile(
    r"多?(?:矿工|工人|员工|职工|人员)?(?:已经|已)?(?:全部|全都|均|都|被)?(?:安全|紧急|及时|顺利)?(?:撤出|撤离|跑了?出来|逃生|逃出|获救|脱险|升井|生还|被困|遇险)"
)
_NETWORK = re.compile(
    r"(?:供水|供气|供电|供暖|供热|通信|通水|通气|通电|通讯|基站|光缆|网络|电网|管网|线路|公路|道路|班线|航线|水厂|变压器|台区)"
    r"(?:已|基本|全面|累计|已经|逐步|服务|系统|设施|功能|正常|运行|的|[0-9]{1,2}[月日时点]|[上下]午){0,5}(?:恢复|抢通|复通|修复)(?:率)?(?:已|到|至|达到?|了|约|近|超过?|为){0,3}$"
)
"""供水恢复至90%: how much of a network runs, not who works."""
_RECRUITS = re.compile(
    r"(?:多)?(?:用工|用人|招聘)?(?:企业|单位|公司)(?:在|通过|进驻|进场|参加|参与|携)?(?:线上|网上|现场|网络|云端|平台|直播|设摊|摆摊)?(?:参加|开展|进行|发布|参与)?(?:线上|网上|网络|现场|云)?"
    r"(?:招聘|招工|招聘会|揽才|招贤|岗位)"
)
_TAKES_PART = re.compile(
    r"(?:多)?[\u4e00-\u9fff]{0,10}?(?:企业|单位|公司|门店|商户|经营户|合作社)(?:已|先后|共同|积极|主动)?(?:参与|参加|加入|签约|签署|获评|上榜|入选|参展|亮相)(?:了|到)?(?![^，。；]{0,6}(?:复工|复产|开工|调查|调研|问卷|监测|统计|投保))"
)
"""600多家企业参与了共享用工: what they take part in is no resumption."""
"""1300多家企业在线上招聘, 420家企业参加网络招聘会: who looks for people, not who works."""
_PARTNERS = re.compile(r"(?:找到|对接|匹配|撮合)(?:了|上|到)?[^，。；0-9]{0,4}$")
_PARTNER_NOUN = re.compile(
    r"(?:多)?(?:家|户|个)?[一-鿿]{0,8}?(?:购货商|采购商|供货商|供应商|替代商|买家|客商|经销商|合作商|合作方|原料商)"
)
"""帮助76家外贸企业找到了7000多家国内购货商."""
_MEDIA = re.compile(r"(?:多)?(?:中央|省级|市级|主流|新闻|网络|境外|国内|知名){0,3}(?:媒体|报社|电视台)")
_CALLED = re.compile(r"(?:听取|召集|组织|邀请|召开)(?:了)?(?:辖区|全[市县区])?(?:近|约)?$")
_TALK = re.compile(r"[^，。；]{0,16}?(?:汇报|发言|座谈|参会|培训|开会|动员会|推进会|视频会)")
"""听取35家单位的汇报, 35家媒体: who speaks or writes of it."""
_ATTRACTED = re.compile(r"(?:引进|招引|洽谈|签约|新签|落户)(?:了|项目|重点|各类|亿元以上|共|一批|新){0,3}$")
_ATTRACTED_BEHIND = re.compile(
    r"(?:重点|重大|投资|招商|产业|工业|外资|亿元以上){0,3}项目(?:集中|成功|云|正式|在线|网上|已|相继|先后)?(?:签约|落户|落地|洽谈)"
)
"""引进44个项目, 36个项目签约落地: not yet works."""
_MEALS = re.compile(
    r"(?:午餐|早餐|晚餐|盒饭|套餐|快餐|工作餐|餐食|爱心餐|手册|传单|宣传单|宣传页|明白纸|倡议书|告知书|公开信)(?:共|约|近|累计)?$"
)
_MEALS_BEHIND = re.compile(
    r"(?:多)?(?:免费)?(?:午餐|早餐|晚餐|盒饭|套餐|快餐|工作餐|爱心餐|宣传手册|宣传单|宣传页|明白纸|倡议书|告知书)"
)
_MOVED = re.compile(
    r"(?:率|负荷|产能|产量|利用率)(?:较|比|环比|同比)?[^，。；0-9]{0,6}?"
    r"(?:上升|下降|走低|走高|提升|下滑|上调|下调|持平|增加|减少|回升|提高|降低|增长|回落)的(?:企业|厂家|样本|样本企业|钢厂|工厂)(?:共|约)?(?:有)?$"
    r"|^(?:走低|走高|上升|下降|持平|下滑|回升|回落|上调|下调)的(?:企业|厂家|样本|样本企业|钢厂|工厂)(?:共|约)?(?:有)?$"
)
"""开工率走低的企业8家: whose rate moved, not who stands or works."""
_SET_UP = re.compile(
    r"(?:建立|建起|新建|开办|设立)(?:了)?(?:临时|简易|流动|便民|帐篷|板房|移动|集中|应急)[^，。；、0-9]{0,8}$|(?:搭建|搭起|搭设|支起|架起|增设|另设|新设|临时设立|临时设置|开设)(?:了|起|的)?(?:临时|流动|便民|帐篷|板房|移动|爱心|[\u4e00-\u9fff]{0,3}?)[^，。；、0-9]{0,8}$"
    r"|(?:设立|设置)(?:了)?(?:临时|便民|流动|帐篷|板房|集中|移动|爱心|志愿|医疗|物资)[^，。；、0-9]{0,8}$"
    r"|(?:^|[，。；、：和及])(?:帐篷|板房|简易|流动|临时)(?:饭馆|超市|商店|市场|食堂|学校|医院|门店|摊位|餐厅|售货车|银行|卫生院|教室)$"
)
"""搭起板房超市5家, 帐篷饭馆11家: new ones for the time being, not those that are back."""
_CHANGE_OF_IT = re.compile(r"，?(?:较|比)[^，。；0-9]{1,6}(?:增加|减少|多|少|增|减|增长|下降)了?(?:近|约)?")
"""8家，比上周多3家: of the same as the count right before."""
_WHEN_BUILT = re.compile(
    r"(?:建成|投产|达产|竣工|投用|投入使用|投入运营)(?:[^，。；]{0,4}后|，)[^。；]{0,40}?(?:就业|岗位|用工)[^。；，0-9]{0,8}$"
)
_WILL_MAKE = re.compile(
    r"(?:建成|投产|达产|竣工|投用|投入使用|投入运营)[^，。；]{0,4}后，?[^。；]{0,30}?(?:产值|营收|收入|税收|利润|销售额)[^。；，0-9]{0,8}$"
)
"""建成后可提供就业岗位2600个: of works that are yet to be built."""
_MADE = re.compile(
    r"(?:生产|组装|下线|交付|产销|销售|出口|运抵[\u4e00-\u9fff]{2,4})(?:了|出|各类|各型){0,2}"
    r"[\u4e00-\u9fff]{0,8}?(?:整车|汽车|轿车|货车|客车|护车|专用车|新能源车|卡车|重卡|摩托车|电动车|拖拉机|收割机|挖掘机|装载机)?(?:共|约|近|达|超过?){0,2}$"
)
"""已生产救护车1720辆: goods, none of them carries workers."""
_TEAMS = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:工作组|专班|小分队|服务队|服务团|工作队|督导组|帮扶组|指导组|服务组|突击队|小组)"
)
_OTHER_TIME = re.compile(
    r"（(?:去年|上年|前年|[0-9]{4}年|农历)(?:的)?(?:同期|同月|同日|农历同期|节后同期)?(?:为|是|约|仅)?$"
)
"""开复工率达69.5%（去年同期66.1%）."""
_LINES_OF_ALL = re.compile(
    r"(?:线网|公交|地铁|轨道交通|轨交|航班|航线|班线|客运线路|列车)[^，。；0-9]{0,14}?(?:规模|总量|线路|班次|量)?(?:占|达|恢复)[^，。；0-9]{0,10}$"
)
"""线网恢复规模占全网68%."""
_VEHICLES_BEHIND = re.compile(
    r"(?:以上|左右)?的?(?:道路客运|道路运输|客运|公交|出租|网约|轨道交通|营运)(?:车辆|车|线路|班线|航线|班次|列车)"
)
"""41%的道路客运车辆恢复运营."""
_BARE_SHARE = re.compile(
    r"(?:^|[，、；])(?:总体|整体|平均|线路|运力|班次)?恢复率(?:已|达到?|为|约|近|超过?|升至|提高到){0,2}$"
)
_LINES = re.compile(r"(?:客运|公交|航班|地铁|班线|线路|航线|班次|轮渡)[^。；]{0,24}(?:恢复|开通|复运)")
"""67条客运班线恢复运营，…，恢复率为43%: no word of firms between."""
_SHARE_OF_THEM = re.compile(
    r"(?:条|台|座|个|处|户|公里)，(?:目前|现|已|均|经抢修){0,2}(?:恢复|修复|抢通|复通|复电|通水|供电|供水|送电|通电|通水){1,2}(?:了|率|到|至|达|约|近)?$"
)
"""变压器1210台，恢复75.7%: the share of what was counted right before, if that is no figure."""
_OF_USERS = re.compile(
    r"(?:用户|住户|居民|群众|家庭)(?:的|中|约|近|超过?|已有|有)?$"
    r"|(?:用户|用[电水气]户|变压器|线路|台区)(?:已|均)?(?:恢复|复[电水气通]|通[电水气])(?:率)?(?:已|到|至|达到?|了|约|近|超过?){0,2}$"
)
_INCLUDED_BEFORE = re.compile(r"(?:包括|包含|涵盖|含)$")
_INCLUDED = re.compile(r"[^，。；0-9]{0,20}?在内的?")
"""包括三家龙头在内的26户企业: some of those that are counted next."""
_USERS_BEHIND = re.compile(r"(?:以上|左右|多)?的?(?:受灾|受影响|停电|居民|低压|电力)?(?:用户|住户|居民|群众)(?!企业)")
_PASSENGERS = re.compile(
    r"(?:旅客|乘客|游客|客流|入场人数|入场人次|采购人数|进场采购|采购商|观众|客运量|客流量|流动量|人流量)[^，。；0-9]{0,8}$"
)
_PASSENGERS_BEHIND = re.compile(r"(?:次)?(?:旅客|乘客|游客)")
_HAZARD_BEFORE = re.compile(
    r"(?:发现|查出|排查|检查)(?:出|了|各类|重大|一般|安全|问题|风险){0,3}(?:隐患|违法行为|违规行为)(?:共|累计|合计|达|有){0,3}$|(?:排查|巡查|抽查|督查|检查|执法)[^，。；0-9]{0,12}$"
)
_HOMEWARD = re.compile(
    r"[^，。；0-9]{0,14}?(?:回家|返乡|回乡|返家|回老家|返程回家)(?:过年|过节|团圆|团聚)|[^，。；0-9]{0,10}?(?:平安|顺利)(?:返乡|回家)"
)
_HOMEWARD_BEFORE = re.compile(r"(?:返乡|回乡|回家)(?:过年)?(?:专列|专车|包车|大巴|班车|专机|直通车)[^，。；0-9]{0,10}$")
"""送1300名工人回家过年: not to their work."""
_TO_SHELTER = re.compile(
    r"[^，。；0-9]{0,24}?(?:安置点|避险|避灾|避风|撤离|疏散|转移(?!就业|支付)|临时安置|隔离点|集中隔离|避难)"
)
"""接送6400余名施工人员到安置点避险: away from work."""
_RANKED = re.compile(r"(?<![之以从日节年月目先号底初中末0-9])(?<![初廿][一二三四五六七八九十])前$")
"""产值前10名, 前100位: a place in an order."""
_NOT_ALLOWED = re.compile(r"(?:不得|严禁|禁止)(?:超过|低于|少于|高于|多于|小于|超|突破)?$")
"""单班入井不得超过180人."""
_THEN_REFUSED = re.compile(
    r"(?:以上|以下)?的[^，。；0-9]{0,8}，?(?:一律|坚决|原则上|均|都)?(?:不予|不准|不得|不许|禁止|暂缓|停止)"
)
_CROWD = 5000
"""Passengers of a day or a season, not those of one coach."""
_WORKS_STILL = re.compile(r"(?:项目|工地|工程|标段)?(?:尚|仍|还)?(?:未|没有?)(?:恢复|开始|重新)施工")
"""26个未恢复施工: no indicator counts works that stand still."""
_PUNISHED = re.compile(r"(?:立案|查处|处罚|曝光|移送|案件)[^，。；0-9]{0,6}$")
_FOUND_PROBLEMS = re.compile(r"(?:发现|查出|查找|排查)(?:出|了|各类|安全|的)?问题(?:共|累计|计)?$")
_CHECKED = re.compile(r"检查|执法|巡查|督查|监管|排查")
_HAZARD_MEASURES = ("处", "项", "条", "个", "起", "家次", "户次", "次")
_RANKS = ("名", "位", "强")
_BELOW = ("低于", "不足", "不到", "未达", "未达到", "高于", "超过", "达不到")
"""返岗率低于80%的，一律不予验收."""


def _is_bound(figure: Figure, text: str) -> bool:
    at = figure.q.begin
    if _NOT_ALLOWED.search(text, max(figure.clause_start, at - 8), figure.q.start):
        return True
    cue = text[max(figure.clause_start, at - 3) : figure.q.start]
    return cue.endswith(_BELOW) and _THEN_REFUSED.match(text, figure.q.end) is not None


def is_team(text: str, end: int) -> bool:
    """14个驻企工作组: a group, not a person; `end` is where the number ends."""
    return _TEAMS.match(text, end) is not None


_OTHERS_CHANGE = frozenset({MOVED, SIGNED, STILL, HAZARDS, damage.MENDED, damage.HOUSEHOLDS})
_SIGNS = re.compile(r"[搭支架设帐板简流临招揽岗参签获上入亮落洽引餐饭册单书信媒报组专队团听召邀找接配撮视页]")
"""One of these characters stands in everything that `_beside_the_matter` looks for."""


def _beside_the_matter(figure: Figure, text: str, at: int, state: State) -> str:
    """Firms at a fair or a meeting, projects that are signed, meals, media, teams; "" if it is none of them."""
    q = figure.q
    if _SIGNS.search(text, at, q.end + 24) is None:
        return ""
    if _RECRUITS.match(text, q.end) or _TAKES_PART.match(text, q.end):
        return RECRUITERS
    helped = any(f.indicator == "enterprises_served" for f in state.sentence[: figure.index])
    if helped and _PARTNERS.search(text, at, q.begin) and _PARTNER_NOUN.match(text, q.end):
        return PARTNERS
    if _MEDIA.match(text, q.end) or (_CALLED.search(text, at, q.begin) and _TALK.match(text, q.end)):
        return RECRUITERS
    if _ATTRACTED.search(text, at, q.begin) or _ATTRACTED_BEHIND.match(text, q.end):
        return SIGNED
    if _MEALS.search(text, at, q.begin) or _MEALS_BEHIND.match(text, q.end):
        return MEALS
    if q.classifier in "个支" and is_team(text, q.end):
        return TEAMS
    if _SET_UP.search(text, max(0, at - 1), q.begin):
        return SET_UP
    return ""


def of_something_else(figure: Figure, text: str, state: State) -> str:
    """The reason for which a number is surely no figure, "" if there is none."""
    q = figure.q
    at = max(figure.clause_start, q.begin - 24)
    if _is_bound(figure, text):
        return BOUND
    if q.classifier in _RANKS and _RANKED.search(text, max(0, q.start - 2), q.start):
        return RANK
    if _INCLUDED_BEFORE.search(text, max(0, q.begin - 2), q.begin) and _INCLUDED.match(text, q.end):
        return AMONG_NEXT
    if q.unit is Unit.PERCENT and figure.kind == "level" and _is_of_network(figure, text, state):
        return UTILITY
    if text.find("（", max(0, q.begin - 12), q.begin) >= 0 and _OTHER_TIME.search(text, max(0, q.begin - 12), q.begin):
        return OTHER_TIME
    if reason := damage.of_damage(figure, text, state) or survey_shares.of_survey(figure, text, state):
        return reason
    if q.classifier in _OF_GOODS and _is_made(figure, text, at, state):
        return GOODS
    if (q.unit is Unit.PERSON or q.classifier in VEHICLE_MEASURES) and _is_carried_away(figure, text, at, state):
        return AWAY
    if _is_of_works_to_come(figure, text, state):
        return WHEN_BUILT
    if q.unit is Unit.PERCENT:
        return OTHER_RATE if _RATE_NAME.search(text, at, q.begin) and not _is_ours(figure) else ""
    if q.unit is Unit.PERSON:
        if q.classifier.endswith("人次") and (_TRAINED.search(text, at, q.begin) or _TESTED.search(text, at, q.begin)):
            return TRAINED
        if _ISOLATED.search(text, at, q.begin):
            return TRAINED
        if _TRAINED.search(text, at, q.begin) and not figure.right_has(Is.RETURN | Is.RESUME):
            return TRAINED
        if _BENEFITED.search(text, at, q.begin):
            return BENEFICIARIES
        crowd = q.classifier.endswith("人次") or q.value >= _CROWD
        if crowd and (_PASSENGERS.search(text, at, q.begin) or _PASSENGERS_BEHIND.match(text, q.end)):
            return TRAFFIC
        if _CAME_TO_HELP.match(text, q.end):
            return HELPERS
        if _ESCAPED.match(text, q.end):
            return ESCAPED
        return SHORTAGE if _SHORT_OF.search(text, at, q.begin) else ""
    if q.unit is not Unit.COUNT:
        return ""
    if _WORKS_STILL.match(text, q.end):
        return STILL
    if figure.left_has(Is.APPROVE) and _TO_GROW.match(text, q.end):
        return SIGNED
    previous = state.sentence[figure.index - 1] if figure.index else None
    if previous is not None and previous.reason == HAZARDS and text.startswith("、", previous.q.end):
        return HAZARDS  # 检查企业1862家次、药店436家
    if q.classifier in _HAZARD_MEASURES:
        if q.classifier == "起" and _PUNISHED.search(text, at, q.begin):
            return HAZARDS
        if _FOUND_PROBLEMS.search(text, at, q.begin) and _CHECKED.search(text, state.sentence[0].clause_start, q.begin):
            return HAZARDS
        before = _HAZARD_BEFORE.search(text, at, q.begin)
        if before and ("隐患" in before[0] or "行为" in before[0] or "次" in q.classifier):
            return HAZARDS
    if _PARKS.match(text, q.end) or _OWNERS.match(text, q.end):
        return PARKS
    if _MOVED.search(text[at : q.begin]):
        return MOVED
    if (
        previous is not None
        and previous.reason in _OTHERS_CHANGE
        and _CHANGE_OF_IT.fullmatch(text, previous.q.end, q.begin)
    ):
        return previous.reason
    if aside := _beside_the_matter(figure, text, at, state):
        return aside
    if q.classifier == "例":
        return "" if figure.left_has(Is.SOLVE | Is.PROBLEM) else CASES
    households = q.classifier == "户" and not _firms_around(figure)
    if households and _HIT.search(text, figure.clause_start, q.begin):
        return HOUSEHOLDS
    if households and (_HOUSEHOLD.match(text, q.end, figure.clause_end) or _HOUSEHOLD_BEFORE.search(text, at, q.begin)):
        return HOUSEHOLDS
    times = q.classifier.endswith("次") or text.startswith("次", q.end)
    if times and _EXAMINED.search(text, at, q.begin):
        return EXAMINED
    if q.classifier[:1] in "台套架" and _MACHINE_BEFORE.search(text, at, q.begin):
        return MACHINES
    if q.classifier == "条" and _is_line_of_firm(figure, text, state):
        return MACHINES
    if q.classifier in _OF_FURNACES and _is_furnace_of_firm(figure, text, previous):
        return MACHINES
    return ""


def _is_of_works_to_come(figure: Figure, text: str, state: State) -> bool:
    """Posts, people and output that a building or a line will bring when it is there."""
    if figure.q.unit not in (Unit.COUNT, Unit.PERSON, Unit.CNY) or figure.left_has(Is.RETURN):
        return False
    begin = max(state.sentence[0].clause_start, figure.q.begin - 60)
    if figure.q.unit is Unit.COUNT and not figure.right_has(Is.JOB) and not figure.left_has(Is.JOB):
        return False
    pattern = _WILL_MAKE if figure.q.unit is Unit.CNY else _WHEN_BUILT
    return text.find("后", begin, figure.q.begin) >= 0 and pattern.search(text, begin, figure.q.begin) is not None


_OF_GOODS = ("辆", "台", "部")


def _is_made(figure: Figure, text: str, at: int, state: State) -> bool:
    """已生产救护车1720辆，运抵湖北640辆: goods, and what became of them."""
    before = state.sentence[figure.index - 1] if figure.index else None
    if before is not None and before.reason == GOODS and before.q.classifier == figure.q.classifier:
        return True
    if figure.left_has(Is.CARRY | Is.RUN) or figure.right_has(Is.CARRY):
        return False
    return _MADE.search(text, at, figure.q.begin) is not None


def _is_carried_away(figure: Figure, text: str, at: int, state: State) -> bool:
    """People and coaches on their way home before a festival, or to a shelter before a storm."""
    if (
        "返岗" in text[figure.clause_start : figure.clause_end]
        or "返厂" in text[figure.clause_start : figure.clause_end]
    ):
        return False
    if _HOMEWARD_BEFORE.search(text, at, figure.q.begin) or _HOMEWARD.match(text, figure.q.end):
        return True
    following = state.sentence[figure.index + 1 : figure.index + 2]
    end = figure.q.end
    if following and following[0].clause == figure.clause and following[0].q.unit is Unit.PERSON:
        end = following[0].q.end  # 58辆大巴接送6400余名施工人员到安置点
    return _TO_SHELTER.match(text, end) is not None or (end > figure.q.end and _HOMEWARD.match(text, end) is not None)


def _is_of_network(figure: Figure, text: str, state: State) -> bool:
    """A share of lines, of what serves households, or of households, that is back."""
    begin = figure.q.begin
    at = max(figure.clause_start, begin - 24)
    if _NETWORK.search(text, at, begin) or _VEHICLES_BEHIND.match(text, figure.q.end):
        return True
    if _LINES_OF_ALL.search(text, at, begin) and not _firms_around(figure) and not figure.left_has(Is.RATE):
        return True
    if _BARE_SHARE.search(text, max(0, at - 1), begin) and _LINES.search(text, state.sentence[0].clause_start, at):
        return True
    if _OF_USERS.search(text, at, begin) or _USERS_BEHIND.match(text, figure.q.end):
        return not _firms_around(figure)
    before = state.sentence[figure.index - 1] if figure.index else None
    if before is None or before.indicator or before.q.unit is not Unit.COUNT:
        return False
    return _SHARE_OF_THEM.search(text, before.q.end - 2, begin) is not None


def _is_ours(figure: Figure) -> bool:
    rate = figure.last(Is.RATE)
    return rate is not None and rate.end >= figure.q.begin - 4


def _firms_around(figure: Figure) -> bool:
    kinds = Is.ENTERPRISE | Is.MODIFIER
    return bool(figure.right_flags & Is.ENTERPRISE) or any(
        w.flags & kinds and w.flags & Is.ENTERPRISE for w in figure.left[-2:]
    )


_OF_FURNACES = ("座", "台")
_FURNACE = re.compile(r"(?:[0-9]{2,5}(?:立方米?|吨)?的?)?(?:大型|新)?(?:高炉|电弧炉|电炉|焦炉|转炉|加热炉|窑炉|石灰窑)")
_FEW_FURNACES = 5


def _is_furnace_of_firm(figure: Figure, text: str, before: Figure | None) -> bool:
    """三座高炉复风两座: so few are those of one works; what a trade has is told by dozens."""
    if before is not None and before.reason == MACHINES and before.q.classifier == figure.q.classifier:
        return True
    return figure.q.value < _FEW_FURNACES and _FURNACE.match(text, figure.q.end) is not None


def _is_line_of_firm(figure: Figure, text: str, state: State) -> bool:
    """这家厂四条线，现在开了两条: the lines of one firm are machines, those of a whole trade are counted."""
    if figure.q.value > 30:
        return False
    before = state.sentence[figure.index - 1] if figure.index else None
    if before is not None and before.reason == MACHINES and before.q.classifier == "条":
        return True
    if _LINE.match(text, figure.q.end) is None:
        return False
    return _FIRM.search(text, figure.clause_start, figure.q.begin) is not None
