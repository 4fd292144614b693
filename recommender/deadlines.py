"""Reads the dates by which a project's own text promises something: 6月底前完工.

A date belongs to the deed behind it: 8月底前完成集中培训 is the 集中培训完成时间 and says nothing
of the repair beside it. Where no deed narrows it, it is the date of the whole.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from corpus.target.seasons import SEASON_DEADLINE
from recommender.condensed import head_of
from recommender.project import Project, texts_of
from recommender.wording import kind_of, names_people, split_action

_DATED = re.compile(
    r"(?P<date>(?:(?:19|20)\d{2}年|次年)?(?:1[0-2]|0?[1-9])月(?:[0-3]?\d日|底|末|中旬|上旬|下旬)?"
    r"|(?:(?:19|20)\d{2}年|年)底)"
    r"(?:\)前?|[一-龥]{0,4}?前)(?=(?P<deed>[^,。;:!\n()]*))"
)
_SEASONAL = re.compile(
    rf"(?P<date>[主雷]?{SEASON_DEADLINE}|腊月[初一二三四五六七八九十廿]{{1,3}}前)(?=(?P<deed>[^,。;:!\n()]*))"
)
_HELD = re.compile(
    r"(?P<date>(?:(?:19|20)\d{2}年|次年)?(?:1[0-2]|0?[1-9])月(?:[0-3]?\d日|底|[上中下]旬)?)"
    r"(?P<held>举办|举行|召开)(?=(?P<deed>[^,。;:!\n()]*))"
)
"""A date on which something takes place: 11月举办马拉松1场."""
_LEAD = re.compile(
    r"^(?:全部|全面|基本|按期|如期|一次性|集中|统一|正式|足额|公开|及时|均|要|将|予以|实现|通过|对|所有)+"
)
_NEXT_ITEM = re.compile(r"、(?=\d|年底|次年)")
_ENUMERATED = re.compile(r"^.*、.*?等(?=[一-龥]{2})")
_END = re.compile(r"、|并|以及|及其|且|后|\d|到[户村位人账]")
_ALL_OF = re.compile(r"^(?P<verb>[一-龥]{2})(?:全部|所有)(?P<thing>[一-龥]{2,8})$")
"""A deed that the word for all parts from its object: 砍除全部病树."""
_THING_LEAD = re.compile(r"^(?:全部|所有|剩余|全[年县市区省镇]|各项|本?年度|对|的|了)+")
_THING_TAIL = re.compile(
    r"(?:任务|工作|等|的|全部|全面|均|已|[及和与](?:补助|补贴)?(?:资金)?(?:拨付|发放|兑付)|及|和)+$"
)
_THING = re.compile(r"^[一-龥A-Za-z“”]{2,10}$")
_PARTLY = re.compile(r"首批|第一批|半年|前期|部分|批次|阶段性")
"""Words of a part that has no name of its own: 6月底前完成首批600万尾."""
_NO_OBJECT = re.compile(r"[到至给在为入投试完使]|运[营行]|安装|调试|交付|通过")
"""What follows a deed and is no thing that it is done to: 拨付到村, 上线试运行."""
_CLOCK = "[日天月年%.]|个?工作日|小时|分钟"
_SHORT = 2
_LONGEST = 8
_QUANTITY = re.compile(
    r"^\d[\d.]*[万千百]?(?:个|座|处|公里|米|平方米|亩|套|台|户|所|条|眼|口|件|项|名|人|家)?"
)
_MONEY = re.compile(r"补贴|补助|奖补|慰问金|津贴|奖励|工资|报酬|助学金|救助金|奖金")
_PAID = "资金"
_ENDS = (
    (re.compile(r"(?:竣工|建成|完工)?通车"), "通车时间", "工程"),
    (re.compile(r"通水"), "通水时间", "工程"),
    (re.compile(r"开工"), "开工时间", "项目"),
    (re.compile(r"竣工"), "竣工时间", "工程"),
    (re.compile(r"完工"), "完工时间", "工程"),
    (re.compile(r"到货"), "到货安装时间", "设备"),
    (re.compile(r"安装"), "安装完成时间", "设备"),
    (
        re.compile(r"投入(?:试?运[行营]|生产|[一-龥]{0,4}?(?:使用|教学|服务))|投用"),
        "投入使用时间",
        "项目",
    ),
    (re.compile(r"上线"), "上线时间", "系统"),
    (re.compile(r"投产"), "投产时间", "项目"),
    (re.compile(r"投运|运营"), "投运时间", "项目"),
    (re.compile(r"启用"), "启用时间", "项目"),
    (re.compile(r"开馆"), "开馆时间", ""),
    (re.compile(r"开园"), "开园时间", ""),
    (re.compile(r"交付"), "交付时间", "项目"),
    (re.compile(r"接入"), "接入完成时间", "系统"),
    (re.compile(r"出版"), "出版时间", "图书"),
    (re.compile(r"上岗"), "上岗时间", "人员"),
    (re.compile(r"列装"), "列装时间", "装备"),
    (re.compile(r"(?:配备|采购|储备)到位"), "配备到位时间", "物资"),
    (re.compile(r"结业"), "结业时间", "培训班"),
    (re.compile(r"开放"), "开放时间", "项目"),
    (re.compile(r"入库"), "入库时间", "物资"),
    (re.compile(r"配租"), "配租完成时间", "房源"),
    (re.compile(r"结束"), "结束时间", "活动"),
    (re.compile(r"发放|发到"), "发放完成时间", _PAID),
    (re.compile(r"兑付|兑现"), "兑付完成时间", _PAID),
    (re.compile(r"拨付|下达"), "发放完成时间", _PAID),
    (re.compile(r"建成"), "建成时间", "项目"),
    (re.compile(r"验收"), "验收时间", "项目"),
    (re.compile(r"完成|完毕"), "完成时间", "项目"),
)
"""Deeds that a date may stand for, what their date is called, and whose where none is named."""
_CALENDAR = re.compile(
    r"^(?:(?P<year>(?:19|20)\d{2})年|(?P<next>次年))?"
    r"(?:(?P<month>\d{1,2})月(?P<part>底|末|[上中下]旬|\d{1,2}日)?|年?底)$"
)
_COMMON_YEAR = 2023


@dataclass(frozen=True)
class Deadline:
    """A date by which the project's own text promises something."""

    name: str
    date: str
    """As written, for example 6月底 or 国庆节."""
    clause: str
    on: bool = False
    """Whether it takes place then, and not before."""

    @property
    def order(self) -> tuple[int, int, int]:
        """Year (0 where none is written, 1 for the next), month and day, to tell the later.

        A season comes before all others, for nobody can tell its day.
        """
        found = _CALENDAR.match(self.date)
        if found is None:
            return 0, 0, 0
        year = int(found["year"] or 0)
        month, day = _month_and_day(found, year)
        return year or int(bool(found["next"])), month, day

    def written(self, year: int | None) -> str:
        """Return the date as a target has it: 6月30日前, or 11月 for what is held then."""
        if not self.on:
            return f"{self.day(year)}前"
        named = re.match(r"\d{4}年|次年", self.date)
        return self.date if named or not year else f"{year}年{self.date}"

    def day(self, year: int | None) -> str:
        """Return the date as a form writes it: 6月底 is 6月30日, in the declared year if any."""
        found = _CALENDAR.match(self.date)
        if found is None:
            return self.date
        written = int(found["year"] or year or 0)
        if written and found["next"]:
            written += 1
        month, day = _month_and_day(found, written)
        lead = f"{written}年" if written else found["next"] or ""
        return f"{lead}{month}月{day}日"


def _month_and_day(found: re.Match[str], year: int) -> tuple[int, int]:
    """Return month and day of a date; a month without a day ends with its last."""
    month, part = int(found["month"] or 12), found["part"] or ""
    if part.endswith("日"):
        return month, int(part[:-1])
    last = monthrange(year or _COMMON_YEAR, month)[1]
    return month, {"上旬": 10, "中旬": 20}.get(part, last)


def deadlines(project: Project) -> list[Deadline]:
    """Return the dates of goal and description, the last first; each deed once, with its last.

    6月底前完成第一剂接种、12月底前完成第二剂接种 are two deeds with a date each.
    """
    found: dict[str, Deadline] = {}
    for text in texts_of(project):
        for match in (*_DATED.finditer(text), *_SEASONAL.finditer(text)):
            deed = _NEXT_ITEM.split(match["deed"], maxsplit=1)[0]
            name = _named(_LEAD.sub("", deed), project)
            date = re.sub(r"(?:之|以)?前$", "", match["date"])
            stated = Deadline(name, date, f"{match.group()}{deed}")
            if name and (name not in found or found[name].order < stated.order):
                found[name] = stated
        for match in _HELD.finditer(text):
            name = f"{_thing(match['deed'])}{match['held']}时间"
            clause = f"{match.group()}{match['deed']}"
            found.setdefault(name, Deadline(name, match["date"], clause, on=True))
    return sorted(found.values(), key=lambda each: each.order, reverse=True)


def _named(deed: str, project: Project) -> str:
    """Return what the date of a deed is called, empty for none that a date can be given to."""
    if _PARTLY.search(deed):
        return ""
    if deed.endswith("全覆盖"):
        return f"{deed}实现时间"
    if deed.startswith("完成"):
        return _completed(deed.removeprefix("完成"), project)
    ends = [(at.start(), at, tail, whole) for end, tail, whole in _ENDS if (at := end.search(deed))]
    if not ends:
        whole_of = _ALL_OF.match(deed)
        if whole_of is not None:
            return f"{whole_of['thing']}{whole_of['verb']}完成时间"
        action, thing = split_action(_END.split(deed, maxsplit=1)[0])
        thing = _thing(thing)
        return f"{thing}{action}完成时间" if action and thing else ""
    _, match, tail, whole = min(ends, key=lambda end: end[0])
    thing = _thing(_LEAD.sub("", deed[: match.start()])) or _behind(deed[match.end() :])
    if whole == _PAID and not thing:
        thing = _money(project)
    return f"{thing or whole}{tail}"


def _money(project: Project) -> str:
    """Return what is paid out, as the text calls it: 补贴资金, 慰问金."""
    paid = _MONEY.search(project.text)
    word = paid.group() if paid else ""
    return word if word.endswith("金") else f"{word}{_PAID}"


def _completed(rest: str, project: Project) -> str:
    """Return the name of the date by which something is completed, empty for a bare quantity."""
    bare = _QUANTITY.sub("", rest)
    thing = _thing(_ENUMERATED.sub("", bare)) or (_deed_at_end(bare) if bare != rest else "")
    if thing:
        return f"{_done_to(thing, project)}{thing}完成时间"
    return "" if bare != rest or _THING_LEAD.sub("", rest)[2:] else "项目完成时间"


def _deed_at_end(phrase: str) -> str:
    """Return the end of a long phrase that says what is done: 大厅标准化改造."""
    end = head_of(_THING_TAIL.sub("", _END.split(phrase, maxsplit=1)[0]), _LONGEST)
    return end if kind_of(end[-_SHORT:]) else ""


def _done_to(deed: str, project: Project) -> str:
    """Return what a bare deed is done to elsewhere in the text: 更新展品15件 … 完成更新."""
    if len(deed) > _SHORT:
        return ""
    found = re.search(
        rf"{deed}(?P<thing>[一-龥]{{2,{_LONGEST}}}?)(?=\d+(?!\d|{_CLOCK}))", project.text
    )
    thing = found["thing"] if found else ""
    return "" if names_people(thing) or re.search(r"[和及与]$|不|约|达", thing) else thing


def _thing(phrase: str) -> str:
    """Return the thing that a phrase names, empty where it names none that a name can carry."""
    thing = _THING_TAIL.sub("", _THING_LEAD.sub("", _END.split(phrase, maxsplit=1)[0]))
    return thing if _THING.match(thing) else ""


def _behind(phrase: str) -> str:
    """Return the thing that follows a deed: 上线数字古籍库, not 拨付到位."""
    return "" if _NO_OBJECT.match(phrase) else _thing(phrase)
