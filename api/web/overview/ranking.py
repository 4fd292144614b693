"""Rankings: how well divisions review, and the monthly index of departments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from api.web.overview.figures import (
    AMBER,
    BLUE,
    GREEN,
    RED,
    Cell,
    Chart,
    Figure,
    Section,
    Series,
    Table,
)
from api.web.overview.query import OverviewQuery
from api.web.wording import percent
from corpus.workflow.actors import Actor
from corpus.workflow.statistics import divisions, index
from corpus.workflow.statistics.divisions import Part
from corpus.workflow.statistics.index import Standing

_DIVISION_PARTS = {
    "sound": "通过把关",
    "checked": "逐条核对",
    "timely": "按期审核",
    "upheld": "结论稳定",
}
_DIVISION_WORDS = {
    "sound": "通过的项目中，最新一次审核没有“必须修改”的问题的比例。",
    "checked": "作出结论的项目中，对系统意见表过态或系统没有意见的比例。",
    "timely": "设定期限的项目中，期限内作出首次结论的比例；逾期未作结论的计入归口处室。",
    "upheld": "作出的结论中，未被审核负责人改定的比例。",
}
_INDEX_PARTS = {
    "measurable": "可衡量",
    "demanding": "有挑战",
    "passed_first": "一次通过",
    "mended": "整改到位",
}
_INDEX_WORDS = {
    "measurable": "当月首次送审的指标中，不模糊的比例。",
    "demanding": "当月首次送审的指标中，不属易完成的比例（“跳起来摘桃子”）。",
    "passed_first": "已作结论的项目中，未经退回即通过的比例。",
    "mended": "退回的项目中，已修改重报的比例。",
}


def _rules(
    parts: Mapping[str, str], words: Mapping[str, str], points: Mapping[str, int], *more: str
) -> tuple[str, ...]:
    """Return in words how a ranking is made."""
    told = (f"{parts[name]}（{points[name]} 分）：{words[name]}" for name in parts)
    return *told, "没有可计项目的部分不计分，其余部分按比例折算。", *more


_DIVISION_RULES = _rules(
    _DIVISION_PARTS,
    _DIVISION_WORDS,
    divisions.WEIGHTS,
    f"审核的项目不足 {divisions.FEWEST} 个的不排名。",
)
_INDEX_RULES = _rules(
    _INDEX_PARTS,
    _INDEX_WORDS,
    index.WEIGHTS,
    f"当月指标不足 {index.FEWEST_TARGETS} 条的部门不排名。",
    "等次按当月名次：前 30% 优秀，其后 30% 良好，再后 30% 一般，末 10% 较差（参照西藏自治区）。",
    "指数的组成和分值为本系统所定，供参考。",
)


def divisions_section(connection: Connection, actor: Actor, query: OverviewQuery) -> Section:
    """Return how well divisions review."""
    found = divisions.quality(connection, actor, query.scope(with_month=False))
    rows = [
        (
            Cell(each.division, link=query.projects(division=each.division_id)),
            Cell(each.rank, "number"),
            Cell(each.score, "points"),
            *(_part(getattr(each, name)) for name in _DIVISION_PARTS),
            Cell(each.judged, "number", query.projects(division=each.division_id)),
            Cell(each.returned, "number"),
        )
        for each in found
    ]
    columns = (
        "业务处室",
        "名次",
        "得分",
        *_DIVISION_PARTS.values(),
        "审核项目",
        "其中退回或不予通过",
    )
    figure = Figure(
        "quality", "审核质量排名", Table(columns, rows), rules=_DIVISION_RULES, wide=True
    )
    return Section("quality", "业务处室审核质量", (figure,))


def _part(part: Part) -> Cell:
    if not part.of:
        return Cell(None, "percent")
    return Cell(f"{percent(part.share)}（{part.good}/{part.of}）", "percent")


def index_section(connection: Connection, actor: Actor, query: OverviewQuery) -> Section:
    """Return the monthly index of the month asked for, the latest by default."""
    months = index.monthly_index(connection, actor, query.scope(with_month=False))
    if not months:
        empty = Figure("index", "各主管部门", Table(("主管部门",), ()), wide=True)
        return Section("index", "绩效管理指数", (empty,))
    month = query.month if query.month and query.month in months else list(months)[-1]
    standings = months[month]
    rows = [
        (
            Cell(
                each.department or "未填",
                link=query.projects(department=each.department, month=month),
            ),
            Cell(each.rank, "number"),
            Cell(each.grade),
            Cell(each.index, "points"),
            Cell(each.change, "change"),
            *(Cell(each.parts[name], "percent") for name in _INDEX_PARTS),
            Cell(
                each.submissions,
                "number",
                query.projects(department=each.department, month=month),
            ),
            Cell(each.targets, "number"),
        )
        for each in standings
    ]
    columns = (
        *("主管部门", "名次", "等次", "指数", "比上次"),
        *_INDEX_PARTS.values(),
        *("项目", "指标"),
    )
    figure = Figure(
        "index",
        f"{month} 各主管部门",
        Table(columns, rows),
        _index_chart(query, month, standings),
        rules=_INDEX_RULES,
        wide=True,
    )
    links = tuple((each, query.here(month=each) + "#index") for each in months)
    return Section("index", "绩效管理指数（按月）", (figure,), "选择月份：", links, month)


def _index_chart(query: OverviewQuery, month: str, standings: Sequence[Standing]) -> Chart:
    known = [each for each in standings if each.index is not None]
    colors = {"优秀": GREEN, "良好": BLUE, "一般": AMBER, "较差": RED}
    series = [
        Series(
            grade,
            color,
            [round(each.index or 0.0, 1) if each.grade == grade else None for each in known],
            [query.projects(department=each.department, month=month) for each in known],
        )
        for grade, color in colors.items()
    ]
    return Chart("stack", [each.department or "未填" for each in known], series, horizontal=True)
