"""The groups that a text names, and how long each of them holds: 其中, sentence, paragraph, article, title, heading."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.words import Is, find_words

_GROUP = Is.ENTERPRISE | Is.PROJECT
_SAYS_ONLY = re.compile(
    r"^(?:正在|已经?|尚未|还未|仍未|未|没有|能够?|可以?)*(?:恢复|重新|正常|全面)*"
    r"(?:生产|复工|复产|开工|营业|经营|运营|施工|开业|复业|开复工|停产|停工|停业|停限产|停过工|开放|对外|开门|开市|复市|迎客|合闸|开机|报请|申报|退回补正)+的?"
)
_ABOVE_SCALE = frozenset({"规上企业", "规模以上企业"})
_INDUSTRIAL = frozenset({"规上工业企业", "规模以上工业企业"})
_BARE_NOUNS = frozenset({"项目", "工程", "工地", "标段", "工点", "网点", "门店", "商户", "厂"})


_KIND = re.compile(
    r"(?:计划|拟)?(?:新开工|新建|续建|在建|扩建|改建|改扩建|迁建|结转|新开|新上|复建|收尾)(?:建设)?的?(?:项目|工程)"
)
_OF_KIND = re.compile(r"[新续在扩改复]建|新[开续项上]|结转")
"""Kinds of works that make up a group: of 40个重点项目 22 are 新建项目 and 18 续建项目."""
_WORKS_HEAD = re.compile(r"(?:建设)?(?:项目|工程)$")

_COMMON_HEADS = frozenset({"企业", "项目", "工程", "单位", "公司"})
_FREE_PEOPLE = ("务工人员", "务工者", "劳动力", "农民工", "劳动者")


@dataclass(slots=True, eq=False)
class Groups:
    """The groups named so far: of the sentence, the paragraph and the article, each for enterprises and projects."""

    sentence: dict[str, str] = field(default_factory=dict)
    paragraph: dict[str, str] = field(default_factory=dict)
    article: dict[str, str] = field(default_factory=dict)
    latest: str = ""
    """Family named last: enterprise or project."""
    subset: dict[str, str] = field(default_factory=dict)
    """Groups after 其中: they hold until the next semicolon."""
    staff: str = "员工"
    """What the people of a group are called: 员工, 劳务."""
    people: str = ""
    """The people without a firm that the paragraph tells of: 外出务工人员."""
    company: str = ""
    """The company that the paragraph tells of."""
    told: str = ""
    """The company that a paragraph before told of: 我们, 公司, 厂里 still mean it."""
    story: str = ""
    """The company that the article tells of."""
    heading: str = ""
    """The group of the section's heading."""
    label: str = ""
    """The group with which the piece of a list begins."""
    aside: tuple[dict[str, str], dict[str, str], str] | None = None
    """What held before the parenthesis that the last figure stands in."""
    title: dict[str, str] = field(default_factory=dict)
    """Groups that the title names."""

    def new_sentence(self) -> None:
        """What the last sentence named holds for the paragraph, not what its parentheses named."""
        if self.aside is not None:
            self.sentence, self.subset, self.latest = self.aside
        self.paragraph.update(self.sentence)
        self.sentence, self.subset, self.aside, self.label = {}, {}, None, ""

    def new_paragraph(self, heading: str, spoken: bool = False, listed: bool = False) -> None:
        """Only the article's main group, or the group of the section's heading, holds on.

        `listed`: the paragraph is a line of a list, for which the group of the paragraph that opens it holds on.
        `spoken`: the paragraph before ends in a colon and names who speaks (某某公司总经理：), whose firm it is about.
        """
        self.paragraph = self.paragraph | self.sentence if listed else {}
        self.sentence, self.subset = {}, {}
        self.told = self.company or self.told
        self.company, self.people = (self.company if spoken else ""), ""
        self.heading = heading
        if heading:
            family = "project" if flags_of(heading) & Is.PROJECT or heading.startswith("建筑") else "enterprise"
            self.paragraph[family] = heading
            self.latest = family

    def enter(self, figure: Figure, figures: list[Figure], text: str) -> None:
        """Close what does not reach this figure: 其中 ends at a semicolon, what parentheses name ends with them."""
        if figure.index and "；" in text[figures[figure.index - 1].q.end : figure.q.start]:
            self.subset = {}
        elif figure.opener == "，" and _is_list(figures[: figure.index], text):
            self.subset = {}  # 其中超市35家、酒店28家，从业人员3200人: the people of all
        if figure.inside and self.aside is None:
            self.aside = (dict(self.sentence), dict(self.subset), self.latest)
        elif not figure.inside and self.aside is not None:
            self.sentence, self.subset, self.latest = self.aside
            self.aside = None

    def open_label(self, label: str) -> None:
        """工业：开工1589家；建筑业：…: a label ends what the piece before it named, and holds for the sentence."""
        if not label or label == self.label:
            return
        self.sentence, self.subset, self.label = {}, {}, label
        self.sentence[family_of(label)] = label
        self.latest = family_of(label)

    def remember_people(self, population: str) -> None:
        """外出务工人员24.1万人返岗: who is counted after them is of them, until a firm is named."""
        self.people = population if population.endswith(_FREE_PEOPLE) else ""

    def name(self, family: str, phrase: str, within: bool = False, main: bool = True) -> None:
        """Remember a group; `within` if it is part of another one (其中), not `main` if it cannot be the article's."""
        if within:
            self.subset[family] = phrase
            self.latest = family
            return
        if self.fuller(phrase) != phrase:
            return
        if main and flags_of(phrase) & Is.MODIFIER:
            self.story = ""
        self.subset.pop(family, None)
        self.sentence[family] = phrase
        if main:
            self.article.setdefault(family, phrase)
        self.latest = family

    def part(self, own: str, within: bool) -> str:
        """续建项目 beside 120个重点项目 are part of those, 重点续建项目; "" if it is no part of a group named before.

        The whole holds on: what follows the parts (总投资, 共开复工) is of it. `within` if 其中 says that parts follow;
        else the whole stands in the sentence, or it is what the article is about.
        """
        whole = self.sentence.get("project") or self.paragraph.get("project") or ""
        if not _KIND.fullmatch(own) or not (
            within or "project" in self.sentence or whole == self.article.get("project")
        ):
            return ""
        head = _WORKS_HEAD.search(whole)
        if head is None or len(whole) < 4 or _OF_KIND.search(whole):
            return ""
        return whole[: head.start()] + own

    def fuller(self, own: str) -> str:
        """项目复工率 after 31个水利项目 is of those: a bare noun is the group named before that ends with it."""
        if own in _ABOVE_SCALE:
            named = self.subset.get("enterprise") or self.sentence.get("enterprise") or ""
            return named if named in _INDUSTRIAL else own
        if own not in _BARE_NOUNS:
            return own
        family = family_of(own)
        scopes = (
            (self.subset, self.sentence) if own in ("项目", "工程") else (self.subset, self.sentence, self.paragraph)
        )
        named = next((scope[family] for scope in scopes if family in scope), "")
        return named if named.endswith(own) else own

    def pointed_at(self, own: str) -> str:
        """恢复开放的景区 after A级景区 are those: the fullest group named before with that head; "" without one."""
        told, _, head = own.partition("的")
        if not says_only_that(told + "企业") or head in _COMMON_HEADS or len(head) > 3 or len(head) < 2:
            return ""
        family = family_of(head)
        for scope in (self.subset, self.sentence, self.paragraph, self.article, self.title):
            if (named := scope.get(family, "")).endswith(head) and not says_only_that(named) and named != head:
                return named
        return ""

    def near(self, family: str) -> str:
        """The group of a family that the sentence or the paragraph named."""
        return self.subset.get(family) or self.sentence.get(family) or self.paragraph.get(family) or ""

    def current(self, family: str) -> str:
        """The group of a family that holds now; the other family's if only that was named."""
        other = "project" if family == "enterprise" else "enterprise"
        for scope in (self.subset, self.sentence, self.paragraph, self.article, self.title):
            if family in scope:
                return scope[family]
            if other in scope and scope is not self.article and scope is not self.title:
                return scope[other]
        return ""


def _is_list(before: list[Figure], text: str) -> bool:
    """True if the last two figures are parts of a list: 超市35家、酒店28家."""
    if len(before) < 2:
        return False
    one, other = before[-2:]
    named = one.population and other.population and one.population != other.population
    return bool(
        named
        and one.clause == other.clause
        and one.indicator == other.indicator
        and text[one.q.end : one.q.end + 1] == "、"
    )


_COMPANY = re.compile(
    r"(?:一家|某)[^，。；：、“”\n]{0,12}?(?:企业|公司|厂|企(?!业)|店|合作社|超市|煤矿|饭店|酒店)"
    r"|[\u4e00-\u9fffA-Za-z（）]{2,16}?(?:有限责任公司|股份有限公司|科技有限公司|有限公司)"
)
_COMPANY_SIGNS = ("有限", "一家", "某")
"""One of them stands in every match of `_COMPANY`."""
_BEFORE_COMPANY = re.compile(
    r"^(?:.*(?:摄|(?:本报|网|社|电)讯|走进|来到|前往|奔赴|入职|位于|在|的|是|(?<!华)为|对|向|和|与|：)|以|据)?(?:一家|某)?"
)


_PLACE_BEFORE = re.compile(r"^[\u4e00-\u9fff]{1,24}[省市县区镇乡](?=[\u4e00-\u9fff]{3,20}有限)")
"""福州市仓山区永丰纺织有限公司 has the place before its name."""
_NO_NAME = frozenset({"有限公司", "有限责任公司", "股份有限公司", "科技有限公司"})


def find_company(text: str, start: int, end: int) -> str:
    """The company that a paragraph tells of: 一家藤编企业 is 藤编企业, else its own name; "" if there is none.

    >>> find_company("“订单排到了五月。”一家藤编企业的负责人说", 0, 21)
    '藤编企业'
    """
    if all(text.find(sign, start, end) < 0 for sign in _COMPANY_SIGNS):
        return ""
    found = ""
    for match in _COMPANY.finditer(text, start, end):
        found = _PLACE_BEFORE.sub("", _BEFORE_COMPANY.sub("", match.group()))
    if found in _NO_NAME:
        return ""
    return found if len(found) >= 3 or found.endswith("企") else ""


def seed_from_title(title: str, groups: Groups) -> None:
    """The group that the title names holds for the article: 我市规上工业企业复工率达九成."""
    words = find_words(title)
    for index, word in enumerate(words):
        if not word.flags & _GROUP:
            continue
        first = index
        while first and words[first - 1].end == words[first].start and words[first - 1].flags & (Is.MODIFIER | _GROUP):
            first -= 1
        phrase = title[words[first].start : word.end]
        family = "project" if word.flags & Is.PROJECT and not word.flags & Is.ENTERPRISE else "enterprise"
        if len(phrase) > 2 or family == "project":
            groups.title.setdefault(family, phrase)


def heading_population(heading: str) -> str:
    """The group that a section heading names: 一、工业企业 is 工业企业, 建筑业方面 is 建筑业, 从行业看 names none.

    >>> heading_population("二、建筑业方面"), heading_population("从行业看"), heading_population("三是商贸企业")
    ('建筑业', '', '商贸企业')
    """
    name = _ENUMERATED.sub("", heading.strip("。：:，、 ◆●■▲★◇○◎·▶—"))
    name = _MATTER_END.sub("", _WHERE.sub("", name))
    if not name or len(name) > 12 or _NO_HEADING.search(name):
        return ""
    flags = flags_of(name)
    if _OF_POLICY.search(name):
        return ""
    if flags & (Is.ARRIVE | Is.RISE | Is.POWER | Is.RATE | Is.RESUME) or (
        not flags & (_GROUP | Is.MODIFIER) and not name.endswith("业")
    ):
        return ""
    return name


_WHERE = re.compile(r"^(?:(?:先|再|最后|接着)来?[说看讲][说看讲]?|[全我][市省区县州镇国])(?=[\u4e00-\u9fff]{2})")
_MATTER_END = re.compile(r"(?:方面|领域|情况|复工复产|复工|复产){1,6}$")
_NO_HEADING = re.compile(
    r"^[分按各]|看$|来看|[0-9是不已均更较很最]|全面|正在|陆续|[区镇街园地]进度|分布|反应|节奏|受[损灾淹](?:[轻重]|严重)|一些$|[来]得|没有|跟着|[放等]着|怎么样|如何|呢$|吗$|[？?！]|(?:说|表示|介绍|称|透露|指出|坦言)$|主任|局长|[镇县区市]长|书记|记者"
)
_OF_POLICY = re.compile(r"[财税]|金融|就业|政策|保障|要素|用工|服务$|清单|机制|指南|台账")
_ENUMERATED = re.compile(r"^(?:（?[一二三四五六七八九十]{1,3}[、）]|[一二三四五六七八九十]{1,2}是|[0-9]{1,2}[、.])\s*")


def family_of(phrase: str) -> str:
    """`project` or `enterprise`."""
    flags = flags_of(phrase)
    return "project" if flags & Is.PROJECT and not flags & Is.ENTERPRISE else "enterprise"


def is_kind(phrase: str) -> bool:
    """续建项目, 新开工项目: a kind of works that can be part of any group of works."""
    return _KIND.fullmatch(phrase) is not None


def says_only_that(phrase: str) -> bool:
    """恢复生产的企业, 未开工企业: what they do is said, not who they are."""
    return _SAYS_ONLY.sub("", phrase) in ("企业", "项目", "单位", "厂", "工地", "工程", "商户", "门店")


@lru_cache(maxsize=8192)
def flags_of(phrase: str) -> int:
    flags = 0
    for word in find_words(phrase):
        flags |= word.flags
    return flags
