"""People counted in a fixed phrase: 派84人组成服务队, 接来386个人, 招到8930人, 车上360名老乡要去浙江上班."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.fairs import is_at_fair
from resumption.extraction.figures import Figure
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word

CAME = re.compile(
    r"(?:(?:点名|打卡)(?:到的)?(?:是|有)?|(?:上班|在岗|到岗|回来|回厂|到厂|能来|来上班|能上班)的(?:有|是|就|只有|已有)?|已(?:外出|转移)(?:务工|就业)(?:人员|人数|劳动力)?(?:达|约|为|有)?|到了|来了|已到|全到|到齐|只来了|回来了|实到|返回了|坐了|进来了|，回来|已外出|(?<![接送运拉载])回了|叫来了?|喊来了?|请来了?|到齐了|已回|返了)$"
)
IN_PLANT = re.compile(
    r"(?:人|员工|工人|职工)?(?:已经|已|都|现在|目前|今天|还|就){0,2}(?:在(?:厂里|厂|岗|车间|工地|公司|干活|干|上班)(?!前|等|隔离|外)|回来了|到了(?!年|[0-9])|到岗|上了班|开始上班|进了厂)(?:了|干活|上班|上)?(?=[，。、；！”]|$)"
    r"|(?:多|余)?(?:员工|工人|职工|建设者|工友)(?:主动|自愿|纷纷|仍|都|全部)?(?:放弃(?:了)?(?:节日|春节|假期|节假日|过年|新春)?(?:休息|休假|团圆|回家)"
    r"|加班加点|连轴转|轮班(?:生产|作业|施工)|三班倒|连续奋战)"
)
"""有197个已经在厂里了, 2800多名职工放弃节日休息."""
AT_WORK = re.compile(
    r"(?:(?:点名|打卡)(?:到的)?(?:是|有)?|(?:上班|在岗|到岗|返岗|回厂|到厂|进厂)(?:的)?(?:人)?(?:有|是|就|只有|已有|了)?)(?:约|近|不到|不足|超过|已)?$"
)
"""在岗518个, 现在上班的不到500个, 昨天点名是131个: people, whatever measures them."""
_FETCHED = re.compile(
    r"(?:再|已|共|先后|累计|又|包车|专车|包机|专列)?(?:接|送|运|拉|载)(?:来|回|返|走|去|到|往|出|进|抵|着|上|达)?(?:了|的有)?$"
)
_ABOARD = re.compile(
    r"(?:载着|载有|搭载|满载|运载|[车机]上坐着|[车机]上坐了|[车机]里坐着)(?:了|着|的)?[^，。；0-9]{0,10}$"
)
_AIDED = re.compile(r"(?:帮助|服务|助力|护送|保障|方便|惠及|协助)(?:了|约|近|超|超过)?$")
"""开行专列169车次，帮助1万名务工人员返岗: carried, by what was spoken of."""
_HIRED = re.compile(r"(?:招|聘|招引|招揽)(?:到|走|来|了|收|引|满|齐|用|进)?(?:新)?(?:员工|工人|工)?(?:了|约|近)?$")
_SENT = re.compile(r"(?:派|抽|调派|增派|选|成立|组建)(?:出|驻|遣|调|去|来|进|往)?(?:了|约|近)?$")
_CAME_SOON = re.compile(r"上班|到岗|返岗|来了|回来|到了|在岗|到厂|返厂")
HELPING = re.compile(
    r"[\u4e00-\u9fff、“”]{0,18}?(?:指导|帮扶|帮助|协助|驻企|驻厂|驻点|驻矿|驻守|常驻|进驻|住厂|下沉|包保|包联|包企|对接|逐户|逐企|逐厂|逐家|入企|一对一|服务队|服务组|工作组|工作队|专班|鉴定|排查|巡查|抢修|督导|担任|转任|送服务|上门)"
)
"""What people who were sent to enterprises do there, whatever they are called."""
_STAFF = re.compile(
    r"(?:正常|年前|节前|去年同期|上年同期|同期|平时|平日|原有|日常|满员|疫情前|灾前|停产前|共有|现有|企业|全部)[\u4e00-\u9fff]{0,8}?(?:用工|员工|职工|工人|人员)(?:总数|总量|人数|数)?(?:共|约|近|为|有|达|：){0,3}[（(]?$|(?:企业|厂|公司|户|家)用工(?:总数|总量|人数|数)?(?:约|近|为)?$"
)
_ALL_OF_FIRM = re.compile(
    r"(?:原有|原来有|原本有|满员|满编|编制|定员|一共|总共|拢共)[^，。；0-9]{0,4}?(?:有|需要|需|要|是|为)?$"
)
"""厂里一共230人，今天来了…; 满编要400人: all of one firm, if the next figure is of those who came."""
_AT_WORKS = re.compile(
    r"工地上?的?(?:工人|建设者|务工人员|施工人员)(?:有|共|约|达)*$"
    r"|投入(?:了|各类|一线|现场|管理|施工|作业|建设|劳务|技术|及|和|与|、|工程)*(?:人员|工人|建设者|劳动力)(?:共|约|近|超|达|已){0,2}$"
)
"""项目复工68个，投入管理及作业人员11430人: those who work there."""
_NEEDED = re.compile(r"(?:需要|需|要用|共需|需用)(?:一线)?(?:员工|工人|职工|用工|人手)(?:共|约|近|达|数)?(?:要)?$")
"""满负荷运转需要工人260名: all that a firm needs."""
_STAFF_AFTER = re.compile(r"[\u4e00-\u9fff]{0,6}?用工(?:人员|总量)?[中里]")
"""正常生产情况下用工, 年前用工数, 3家企业用工: all the people, measured against."""
_TRAVEL = re.compile(
    r"(?:出发|启程|前往|奔赴|抵达|驶往|开往|飞往|飞抵|赶赴|奔向|踏上|送到|送达|送往|送抵|接到|运到|去[\u4e00-\u9fff]{2,6}(?:上班|务工|打工))"
)


def shaped(figure: Figure, text: str, state: State, noun: Word | None) -> tuple[str, str, Word | None] | None:
    """派84人组成服务队, 接来386个人, 招到8930人: a verb of one character before the number, or what they do there."""
    if not state.strong or figure.q.value < 2:
        return None
    at = figure.q.begin
    before = text[max(figure.left_start, at - 10) : at]
    other = noun is not None and bool(noun.flags & Is.OFFICER)
    if not other and before.endswith("把") and (carried := figure.first(Is.CARRY)) is not None:
        return "workers_transported", "把 <count> <carry>", carried
    if not other and figure.last(Is.OTHER_TOPIC) is None:
        aided = _AIDED.search(before) and (ride := figure.spoken(state.sentence, Is.VEHICLE))
        if _ABOARD.search(before) or (aided and ride is not None and figure.q.start - ride.end < 30):
            return "workers_transported", "<vehicle> <aboard> <count>", None
        if _FETCHED.search(before):
            return "workers_transported", "接 <count>", None
        if _HIRED.search(before) and not is_at_fair(figure, text):
            return "jobs_offered", "招 <count>", None
        if _rides(figure, text, state):
            return "workers_transported", "<vehicle> <count> <travel>", None
        if _WITH_MACHINES.match(text, figure.q.end):
            return "workers_returned", "<count>、<machines> <build>", None
        if _ON_BOARD.match(text, figure.q.end):
            return "workers_transported", "<count> <board> <vehicle>", None
        alone = not figure.last(Is.RETURN | Is.RESUME | Is.HIRE | Is.ASSIGN | Is.STAFF)
        if alone and _BOARDS.match(text, figure.q.end, min(len(text), figure.q.end + 90)):
            return "workers_transported", "<count> <board> <vehicle>", None
        if _AT_WORKS.search(text, max(figure.left_start, at - 24), at) and figure.spoken(state.sentence, Is.PROJECT):
            return "workers_returned", "<works> 投入 <staff> <count>", None
    if not figure.left and _LABEL.search(text, max(0, at - 16), at):
        return "workers_returned", "<returned people>：<count>", None
    if (
        _EMPLOYS.search(text, figure.left_start, at)
        and _resumed_before(figure, state)
        and not _part_follows(figure, state)
    ):
        return "workers_returned", "<resumed>，用工 <count>", None
    if figure.inside and (share := figure.spoken(state.sentence, Is.SHARE)) and figure.q.start - share.end < 24:
        return "workers_total", "占 <staff>（<count>）", share
    if _STAFF_AFTER.match(text, figure.q.end) or _NEEDED.search(before):
        return "workers_total", "<normal> <staff> <count>", None
    if not other and not figure.last(Is.RETURN | Is.RESUME | Is.CARRY | Is.HIRE | Is.RATE):
        following = state.sentence[figure.index + 1] if figure.index + 1 < len(state.sentence) else None
        part = following is not None and (
            following.left_has(Is.RETURN | Is.RESUME | Is.RATE) or CAME.search(text, figure.q.end, following.q.start)
        )
        if part and _STAFF.search(text, max(figure.left_start, at - 24), at):
            return "workers_total", "<normal> <staff> <count>，<return>", None
        said = text[figure.q.end : min(len(text), figure.q.end + 30)].partition("。")[0]
        if _ALL_OF_FIRM.search(text, max(figure.left_start, at - 12), at) and (part or _CAME_SOON.search(said)):
            return "workers_total", "<firm> <count>，<return>", None
    sent = _SENT.search(before) or (figure.last(Is.ASSIGN) is not None and figure.last(Is.CARRY | Is.HIRE) is None)
    if sent and HELPING.match(text, figure.q.end, figure.clause_end):
        return "officers_assigned", "派 <count> <help>", None
    return None


_LABEL = re.compile(r"(?:返岗|到岗|复岗|在岗|复工)(?:人员|人数|员工|职工|工人)(?:总数|数|情况)?：(?:约|近|超|共)*$")
"""返岗人员：19.8万人."""
_EMPLOYS = re.compile(
    r"(?<=[，、；。])(?:现|目前|实际)?(?:用工|工人|务工人员|建设者|施工人员)(?:人数|总数|总量)?(?:约|近|超|超过|共|达|达到|为|有)*$"
)
"""累计复产562户，用工约4.2万人: those who work in them."""


def _part_follows(figure: Figure, state: State) -> bool:
    """工人90名，到岗60名: all of them, if the next number is of those who came."""
    after = state.sentence[figure.index + 1] if figure.index + 1 < len(state.sentence) else None
    return after is not None and after.q.unit is figure.q.unit and after.left_has(Is.RETURN)


def _resumed_before(figure: Figure, state: State) -> bool:
    """True if the sentence told of enterprises or projects that resumed."""
    codes = ("enterprises_resumed", "projects_resumed", "resumption_rate", "production_rate", "project_resumption_rate")
    return any(f.indicator in codes and f.kind == "level" for f in state.sentence[: figure.index])


def _rides(figure: Figure, text: str, state: State) -> bool:
    """车上360名老乡要去浙江上班, 153名复工人员…乘包机抵达."""
    spoken = figure.spoken(state.sentence, Is.VEHICLE)
    if spoken is None or spoken.start < figure.q.start - 60 or figure.last(Is.RETURN | Is.RESUME | Is.ASSIGN):
        return False
    following = state.sentence[figure.index + 1].q.start if figure.index + 1 < len(state.sentence) else len(text)
    stop = text.find("。", figure.q.end, figure.q.end + 60)
    end = min(figure.q.end + 60, following, stop if stop >= 0 else len(text))
    return _TRAVEL.search(text, figure.q.end, end) is not None


_WITH_MACHINES = re.compile(
    r"(?:多|余)?[，、和]?[0-9]{1,5}(?:多|余)?[台套辆]{1,2}(?:（套）|（台）)?[\u4e00-\u9fff]{0,8}?[^，。；]{0,10}?(?:施工|作业|奋战|忙碌|忙着)"
)
"""1200多人、500多台机械正在施工."""
_ON_BOARD = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:员工|工人|职工|务工人员|务工者|农民工|工友|老乡|乡亲)[^，。；]{0,6}?(?:乘坐|搭乘|坐上|登上|乘上|踏上)了?"
    r"[^，。；]{0,10}?(?:包机|专机|航班|专列|列车|动车|高铁|大巴|包车|专车|客车)"
)
"""已复工企业的100名老员工乘坐包机: whatever the clause before says of their firms."""
_BOARDS = re.compile(
    r"[^。！？；0-9]{0,50}?(?:(?:搭乘|乘坐|乘上|坐上|登上|乘)[^，。；]{0,24}?(?:专车|专列|直通车|大巴|客车|包机|航班|列车|动车|高铁|飞机|班车|包车)|排队上车|(?:统一|集体|免费|陆续|已|顺利|有序)?(?:登车|乘车|上车|登机)(?=[，。；、]|出发|启程|返岗|前往|奔赴|去)"
    r"|踏上(?:了)?[^，。；]{0,8}?(?:旅途|旅程|征程|行程|路程|之路)|来到(?:火|汽|客运)?车站|进站候车|检票上车)"
)
"""71人通过体温检测后，搭乘直通车返岗: what they do after the number."""
