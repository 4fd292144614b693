"""Figures of targets, coaching and 三无 projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from api.web.overview.figures import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    RED,
    Cell,
    Chart,
    Figure,
    Section,
    Series,
    Table,
)
from api.web.overview.query import OverviewQuery
from api.web.wording import percent, wan
from corpus.workflow.actors import Actor
from corpus.workflow.statistics import lacking, targets
from corpus.workflow.statistics.scope import LABELS, LACKING, Label
from corpus.workflow.statistics.targets import Coaching, Targets

_WORDS: Mapping[Label, tuple[str, str]] = {
    "vague": ("模糊", RED),
    "qualitative": ("定性", AMBER),
    "easy": ("易完成", BLUE),
}
_SHOWN = 20


def targets_section(connection: Connection, actor: Actor, query: OverviewQuery) -> Section:
    """Return the targets over time, and before and after coaching."""
    scope = query.scope(with_month=False)
    coached = targets.coaching(connection, actor, scope)
    before, after = coached.before, coached.after
    lead = ""
    if before.submissions:
        lead = (
            f"{before.submissions} 个退回后重报的项目，"
            f"指标由 {before.rows} 条变为 {after.rows} 条，"
            f"模糊指标占比由 {percent(before.share('vague'))} "
            f"变为 {percent(after.share('vague'))}。"
        )
    return Section(
        "targets",
        "指标质量与辅导成效",
        (
            _monthly(query, targets.by_month(connection, actor, scope)),
            _coaching(query, coached),
        ),
        lead,
    )


def _monthly(query: OverviewQuery, months: Sequence[tuple[str, Targets]]) -> Figure:
    rows = [
        (
            Cell(month, link=query.projects(month=month)),
            Cell(found.submissions, "number", query.projects(month=month)),
            Cell(found.rows, "number"),
            *(
                Cell(found.share(label), "percent", query.projects(month=month, label=label))
                for label in LABELS
            ),
        )
        for month, found in months
    ]
    series = [
        Series(
            words,
            color,
            [_rounded(found.share(label)) for _, found in months],
            [query.projects(month=month, label=label) for month, _ in months],
        )
        for label, (words, color) in _WORDS.items()
    ]
    chart = Chart("line", [month for month, _ in months], series, percent=True)
    columns = ("月份", "项目", "指标", *(words for words, _ in _WORDS.values()))
    note = "各月首次送审的版本，按审核的月份统计；一条指标可以既模糊又定性。"
    return Figure("monthly", "模糊、定性、易完成指标的占比", Table(columns, rows), chart, note)


def _coaching(query: OverviewQuery, coached: Coaching) -> Figure:
    link = query.projects(coached=True)
    kinds = (("指标总数", "rows"), *((words, label) for label, (words, _) in _WORDS.items()))
    rows = [
        (
            Cell(words, link=link),
            *(
                Cell(getattr(side, name), "number", link)
                for side in (coached.before, coached.after)
            ),
            *(Cell(_share(side, name), "percent") for side in (coached.before, coached.after)),
        )
        for words, name in kinds
    ]
    series = [
        Series(words, color, [getattr(side, name) for _, name in kinds], [link] * len(kinds))
        for words, color, side in (
            ("首次退回时", GREY, coached.before),
            ("修改重报后", GREEN, coached.after),
        )
    ]
    chart = Chart("bar", [words for words, _ in kinds], series)
    columns = ("指标", "退回时", "重报后", "占比（退回时）", "占比（重报后）")
    note = f"退回后修改重报的 {coached.before.submissions} 个项目，同一批项目前后对比。"
    return Figure("coaching", "辅导前后的指标（条）", Table(columns, rows), chart, note)


def lacking_section(connection: Connection, actor: Actor, query: OverviewQuery) -> Section:
    """Return the 三无 projects with their amounts."""
    scope = query.scope(with_month=False)
    sums = lacking.sums(connection, actor, scope)
    rows = [
        (
            Cell(
                each.submission.project_name, link=query.projects(text=each.submission.project_name)
            ),
            Cell(each.organisation),
            Cell("、".join(LACKING[code] for code in each.codes)),
            Cell(each.submission.review_status.label),
            Cell(each.submission.budget_wan, "wan"),
        )
        for each in lacking.largest(connection, actor, scope, _SHOWN)
    ]
    words = [
        f"{LACKING[code]} {number} 个 {wan(amount)} 万元"
        for code, (number, amount) in sums.by_code.items()
    ]
    lead = f"共 {sums.number} 个，{wan(sums.budget_wan)} 万元" + (
        f"：{'，'.join(words)}。" if words else "。"
    )
    note = f"列出金额最大的 {_SHOWN} 个。" if sums.number > _SHOWN else ""
    columns = ("项目", "单位", "缺少什么", "审核状态", "预算（万元）")
    figure = Figure("lacking", "项目清单", Table(columns, rows), note=note, wide=True)
    links = (("全部三无项目", query.projects(lacking=True)),)
    return Section("lacking", "三无项目", (figure,), lead, links)


def _share(found: Targets, name: str) -> float | None:
    return found.share(name) if name in LABELS else None


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
