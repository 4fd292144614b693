"""Reads the dates by which a project's own text promises something: 6月底前完工."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from recommender.objects import texts_of
from recommender.project import Project

_DEADLINE = re.compile(
    r"(?P<date>(?:(?:19|20)\d{2}年)?(?:1[0-2]|0?[1-9])月(?:[0-3]?\d日|底|末|中旬|上旬|下旬)?|(?:(?:19|20)\d{2}年|年)底)"
    r"(?:之前|以前|前)(?:全部|全面|基本|按期|如期)?(?P<deed>[一-龥]{0,8}?)"
    r"(?P<end>完工|竣工|完成|建成|投入使用|交付|发放到位|拨付到位|发放完毕|发放|拨付|验收|上线|开工|"
    r"通水|通车|投运|启用|投产)"
)
_DEADLINE_NAMES = {
    "完工": "工程完工时间",
    "竣工": "工程竣工时间",
    "建成": "项目建成时间",
    "投入使用": "项目投入使用时间",
    "交付": "项目交付时间",
    "上线": "系统上线时间",
    "验收": "项目验收时间",
    "开工": "项目开工时间",
    "完成": "项目完成时间",
    "通水": "工程通水时间",
    "通车": "工程通车时间",
    "投运": "项目投运时间",
    "启用": "项目启用时间",
    "投产": "项目投产时间",
}
_DATE = re.compile(
    r"^(?:(?P<year>(?:19|20)\d{2})年)?(?:(?P<month>\d{1,2})月(?P<part>底|末|[上中下]旬)|年?底)$"
)
_ORDER = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(?:(\d{1,2})日)?")
_COMMON_YEAR = 2023
_PAYMENT = re.compile(r"发放|拨付")


@dataclass(frozen=True)
class Deadline:
    """A date by which the project's own text promises something."""

    name: str
    date: str
    """As written, for example 6月底."""
    clause: str

    @property
    def order(self) -> tuple[int, int, int]:
        """Year (0 where none is written), month and day, to tell the later of two."""
        found = _ORDER.match(self.day(None))
        year, month, day = found.groups(default="0") if found else ("0", "0", "0")
        return int(year), int(month), int(day)

    def day(self, year: int | None) -> str:
        """Return the date as a form writes it: 6月底 is 6月30日, in the declared year if any."""
        found = _DATE.match(self.date)
        if found is None:
            return self.date
        month = int(found["month"] or 12)
        written = int(found["year"]) if found["year"] else year
        last = monthrange(written or _COMMON_YEAR, month)[1]
        day = {"上旬": "10", "中旬": "20"}.get(found["part"], str(last))
        return f"{f'{written}年' if written else ''}{month}月{day}日"


def deadlines(project: Project) -> list[Deadline]:
    """Return the completion dates of goal and description, each kind once: the last of several.

    6月底前完成第一剂、12月底前完成第二剂 is complete by December.
    """
    found: dict[str, Deadline] = {}
    for text in texts_of(project):
        for match in _DEADLINE.finditer(text):
            end = match["end"]
            name = "资金发放完成时间" if _PAYMENT.search(end) else _DEADLINE_NAMES[end]
            stated = Deadline(name, match["date"], match.group())
            if name not in found or found[name].order < stated.order:
                found[name] = stated
    return list(found.values())
