"""Rates and the deadline that the goal text promises, compared with the indicators'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.target.dates import DateReading, find_dates
from models.target_rows import shared
from review.context import ReviewContext, Row
from review.facts.quantities import Quantity, find_quantities
from review.facts.values import is_number

_ASPECT = re.compile(
    r"(?P<name>[一-龥()A-Za-z]*?(?P<aspect>[一-龥]{1,3}率|满意度|覆盖面))"
    r"[一-龥]{0,3}?(?:[由从][\d.]+%|达到?|为|在|超过|大于|高于|不低于|不少于|保持|控制|提高|提升|稳定|实现|至|到|均|[≥>=:约])*$"
)
_CLAUSE = re.compile(r"[,，;；。\n、]")
_CHANGE = re.compile(r"(?:提高|提升|增加|增长|上升|下降|降低|减少)了?$")
_FROM = re.compile(r"[由从]$")
_ONWARD = re.compile(r"(?:提高|提升|增加|增长|上升|下降|降低?|减少)[到至为]")
"""A level that a change starts from: 由84%提高到88%."""
_PER_CENT = frozenset({"%", "百分点"})
_BEFORE, _AFTER = 24, 16
"""Characters before a rate that may name it, and behind a date that may say what is due."""
_DUE = re.compile(r"[一-龥\d.]{0,14}?(?:完成|完工|竣工|建成|投入使用|交付|投用|到位)")
_COMPLETION = re.compile(r"完成|完工|竣工|建成|交付|投入使用|投用|时间|时限|期限|按期|按时")
_STAGE = re.compile(r"开工|启动|开始|招标|采购|设计|前期|主体|阶段|支付|拨付|申报|验收|第.期")
_ANYONE = re.compile(
    r"确保|力争|保证|实现|使|全部|项目|工程|工作|全年|年度|[全本]?[县市区镇乡]|辖区|人民|社会|公众|群众|服务|对象|"
    r"受益|相关|总体|综合|\W"
)
"""Words that leave open whose or which rate is meant."""
_SAME = 0.001
_SHARED = 0.5
"""Share of the goal's words on a rate that a row on the same thing uses."""


@dataclass(frozen=True)
class Apart:
    """A row that states another level or date than the goal's text."""

    row: Row
    stated: str
    """The goal's words."""


def rates_apart(context: ReviewContext) -> list[Apart]:
    """Return the rows whose rate differs from the one that the goal states for the same thing."""
    text, found = context.goal.text, []
    for quantity in find_quantities(text):
        match = _named(text, quantity) if quantity.unit in _PER_CENT else None
        if match is None:
            continue
        rows = [row for row in context.rows if _is_on(row, match["name"], match["aspect"])]
        if len(rows) == 1 and not _equal(rows[0], quantity):
            found.append(Apart(rows[0], text[match.start("name") : quantity.end]))
    return found


def _named(text: str, quantity: Quantity) -> re.Match[str] | None:
    """Return the words right before a percentage that name a rate, None for a change of one."""
    clause = _CLAUSE.split(text[max(0, quantity.start - _BEFORE) : quantity.start])[-1]
    if _CHANGE.search(clause) or _FROM.search(clause) or _ONWARD.match(text, quantity.end):
        return None
    begin = quantity.start - len(clause)
    return _ASPECT.search(text, begin, quantity.start)


def _is_on(row: Row, name: str, aspect: str) -> bool:
    """Tell whether a row states a percentage of the same thing as the goal's 群众满意度."""
    parsed = row.parsed
    if not is_number(parsed) or parsed.unit != "%" or parsed.parts or aspect not in row.name.text:
        return False
    meant = _ANYONE.sub("", name.removesuffix(aspect))
    own = _ANYONE.sub("", row.name.text.replace(aspect, ""))
    return not meant or not own or shared(own, meant) >= _SHARED


def _equal(row: Row, quantity: Quantity) -> bool:
    value = row.parsed.value
    return value is not None and abs(value - quantity.value) <= _SAME


def dates_apart(context: ReviewContext) -> list[Apart]:
    """Return the rows on completion that are due after the only deadline in the goal's text.

    A row with another date of the goal is about what the goal gives that date to.
    """
    deadlines = _deadlines(context.goal.text)
    if len({deadline.date for deadline in deadlines}) != 1:
        return []
    due = deadlines[0]
    stated = context.goal.text[due.start : due.end]
    dates = (date.date[-5:] for date in find_dates(context.goal.text) if date.date)
    written = set(dates) - {due.date[-5:]}
    return [
        Apart(row, stated)
        for row in context.rows
        if _is_due_otherwise(row, due.date) and (row.parsed.date or "")[-5:] not in written
    ]


def _deadlines(text: str) -> list[DateReading]:
    """Return the dates in a text by which all is to be complete, not only a stage of it."""
    found = []
    for date in find_dates(text):
        due = _CLAUSE.split(text[date.end : date.end + _AFTER])[0]
        if not date.is_period and _DUE.match(due) and not _STAGE.search(due):
            found.append(date)
    return found


def _is_due_otherwise(row: Row, due: str) -> bool:
    """Tell whether a row's completion lies behind a deadline, or in another year."""
    parsed, name = row.parsed, row.name.text
    if parsed.kind != "date" or not parsed.date or parsed.date_from:
        return False
    if not _COMPLETION.search(name) or _STAGE.search(name):
        return False
    dated = parsed.date[0] != "-" and due[0] != "-"
    if dated and parsed.date[:4] != due[:4]:
        return True
    return parsed.date[-5:] > due[-5:]
