"""Figures of progress and of what is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from api.web.overview.figures import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    NAVY,
    RED,
    SKY,
    Cell,
    Chart,
    Figure,
    Section,
    Series,
    Table,
)
from api.web.overview.query import OverviewQuery
from api.web.rule_words import TOPIC_OF, TOPICS, named
from api.web.wording import SEVERITIES
from corpus.taxonomy import FUNCTIONS
from corpus.workflow.actors import Actor
from corpus.workflow.statistics import progress as progressing
from corpus.workflow.statistics import spoken
from corpus.workflow.statistics.progress import STEPS, Progress, Step
from corpus.workflow.statistics.spoken import Share, Spoken
from corpus.workflow.status import AuthorStatus, ReviewStatus

_COLORS: Mapping[Step, str] = {
    AuthorStatus.DRAFT: GREY,
    ReviewStatus.WAITING: SKY,
    ReviewStatus.REVIEWING: BLUE,
    ReviewStatus.DISPUTED: "#7a5ba6",
    ReviewStatus.RETURNED: AMBER,
    ReviewStatus.PASSED: GREEN,
    ReviewStatus.REJECTED: RED,
}
_SPANS = (("已逾期", -1), ("3 天内", 3), ("4–7 天", 7), ("8–14 天", 14))
"""Deadlines together, and their last day from today on."""
_LATER = "更晚"
_TOP_RULES, _TOP_DEPARTMENTS = 12, 15


def sector_name(code: str) -> str:
    """Return a functional class with its name."""
    return f"{code} {FUNCTIONS.get(code, '')}".strip() or "未填"


def progress_section(
    connection: Connection, actor: Actor, query: OverviewQuery
) -> tuple[Progress, Section]:
    """Return how far the review has come."""
    scope = query.scope(with_month=False)
    whole, parts = progressing.progress(connection, actor, scope)
    section = Section(
        "progress",
        "审核进度",
        (_by_division(query, whole, parts), _by_deadline(connection, actor, query)),
    )
    return whole, section


def findings_section(connection: Connection, actor: Actor, query: OverviewQuery) -> Section:
    """Return what the reviews find."""
    scope = query.scope(with_month=False)
    rules = spoken.by_rule(connection, actor, scope)
    departments = spoken.by_department(connection, actor, scope)
    sectors = spoken.by_sector(connection, actor, scope)
    return Section(
        "findings",
        "审核发现的问题",
        (
            _by_rule(query, rules),
            _by_topic(rules),
            _mean(query, "departments", "各主管部门平均每个项目的问题数", "主管部门", departments),
            _mean(query, "sectors", "各领域平均每个项目的问题数", "支出功能分类", sectors),
        ),
        lead="按各项目最新一次审核统计。",
    )


def _step_link(query: OverviewQuery, step: Step, **changes: str | None) -> str:
    if step is AuthorStatus.DRAFT:
        return query.projects(draft=True, status=None, **changes)
    return query.projects(status=step.value, draft=False, **changes)


def _by_division(query: OverviewQuery, whole: Progress, parts: Sequence[Progress]) -> Figure:
    steps = [step for step in STEPS if whole.by_step.get(step)]
    counted = [step for step in steps if step is not AuthorStatus.DRAFT]
    rows = []
    for part in (*parts, whole):
        own = {} if part.division_id is None else {"division": part.division_id}
        rows.append(
            (
                Cell(part.division, link=query.projects(**own)),
                *(
                    Cell(part.by_step.get(step, 0), "number", _step_link(query, step, **own))
                    for step in counted
                ),
                Cell(part.total, "number", query.projects(**own)),
                Cell(part.overdue, "number", query.projects(overdue=True, **own)),
                Cell(part.decided / part.total if part.total else None, "percent"),
                Cell(part.budget_wan, "wan"),
                Cell(part.drafts, "number", _step_link(query, AuthorStatus.DRAFT, **own)),
            )
        )
    columns = (
        "业务处室",
        *(step.label for step in counted),
        "合计",
        "其中逾期",
        "办结率",
        "预算（万元）",
        "另有填报中",
    )
    series = [
        Series(
            step.label,
            _COLORS[step],
            [part.by_step.get(step, 0) for part in parts],
            [_step_link(query, step, division=part.division_id) for part in parts],
        )
        for step in steps
    ]
    chart = Chart("stack", [_short(part.division, parts) for part in parts], series, True)
    note = (
        "合计和预算只计已送审的项目，填报中的另列。办结率：通过和不予通过的项目占已送审项目的比例。"
        "逾期：过了审核期限仍未作出结论。"
    )
    return Figure("divisions", "各业务处室", Table(columns, rows), chart, note)


def _short(name: str, parts: Sequence[Progress]) -> str:
    """Leave out what the names of all divisions begin with."""
    names = [part.division for part in parts if part.division_id]
    common = 0
    while len(names) > 1 and all(
        len(each) > common + 1 and each[common] == names[0][common] for each in names
    ):
        common += 1
    return name[common:] if name in names else name


def _by_deadline(connection: Connection, actor: Actor, query: OverviewQuery) -> Figure:
    due = progressing.deadlines(connection, actor, query.scope(with_month=False))
    ends = [(words, (date.today() + timedelta(days=days)).isoformat()) for words, days in _SPANS]
    groups: dict[str, int] = dict.fromkeys((*(words for words, _ in ends), _LATER), 0)
    for each in due:
        words = next((words for words, end in ends if each.day <= end), _LATER)
        groups[words] += each.number
    links = [query.projects(overdue=True), *("" for _ in list(groups)[1:])]
    rows = [
        (Cell(words), Cell(number, "number", link))
        for (words, number), link in zip(groups.items(), links, strict=True)
    ]
    series = Series("待作结论的项目", BLUE, list(groups.values()), links)
    chart = Chart("bar", list(groups), [series])
    return Figure(
        "deadlines",
        "待作结论的项目何时到期",
        Table(("期限", "项目"), rows),
        chart,
        "只计已设定期限的项目。",
    )


def _by_rule(query: OverviewQuery, rules: Sequence[Spoken]) -> Figure:
    rows = [
        (
            Cell(named(each.code), link=f"/rules/{each.code}"),
            Cell(SEVERITIES.get(each.severity, "")),
            Cell(each.submissions, "number", query.projects(finding=each.code)),
            Cell(each.findings, "number", query.projects(finding=each.code)),
        )
        for each in rules
    ]
    top = rules[:_TOP_RULES]
    chart = Chart(
        "bar",
        [named(each.code) for each in top],
        [
            Series(
                "涉及项目",
                NAVY,
                [each.submissions for each in top],
                [query.projects(finding=each.code) for each in top],
            )
        ],
        horizontal=True,
    )
    note = f"图中为最常见的 {len(top)} 条，数据表为全部。" if len(rules) > len(top) else ""
    columns = ("规则", "程度", "涉及项目", "问题数")
    return Figure("rules", "最常见的问题", Table(columns, rows), chart, note)


def _by_topic(rules: Sequence[Spoken]) -> Figure:
    sums: dict[str, dict[str, int]] = {}
    for each in rules:
        topic = sums.setdefault(TOPIC_OF.get(each.code, ""), dict.fromkeys(SEVERITIES, 0))
        topic[each.severity] += each.findings
    topics = [topic for topic in TOPICS if topic in sums]
    colors = {"error": RED, "warning": AMBER, "info": SKY}
    rows = [
        (
            Cell(TOPICS[topic], link=f"/rules?topic={topic}"),
            *(Cell(sums[topic][severity], "number") for severity in SEVERITIES),
            Cell(sum(sums[topic].values()), "number"),
        )
        for topic in topics
    ]
    series = [
        Series(
            words,
            colors[severity],
            [sums[topic][severity] for topic in topics],
            [f"/rules?topic={topic}" for topic in topics],
        )
        for severity, words in SEVERITIES.items()
    ]
    chart = Chart("stack", [TOPICS[topic] for topic in topics], series, True)
    columns = ("类别", *SEVERITIES.values(), "合计")
    return Figure("topics", "问题的类别", Table(columns, rows), chart, "按问题数统计。")


def _mean(
    query: OverviewQuery, key: str, title: str, heading: str, shares: Sequence[Share]
) -> Figure:
    field = "department" if key == "departments" else "sector"

    def name(share: Share) -> str:
        return sector_name(share.key) if field == "sector" else share.key or "未填"

    def link(share: Share) -> str:
        return query.projects(**{field: share.key}) if share.key else ""

    rows = [
        (
            Cell(name(share), link=link(share)),
            Cell(share.submissions, "number", link(share)),
            Cell(share.findings, "number"),
            Cell(share.errors, "number"),
            Cell(share.mean, "points"),
            Cell(share.budget_wan, "wan"),
        )
        for share in shares
    ]
    top = [share for share in shares if share.submissions][:_TOP_DEPARTMENTS]
    chart = Chart(
        "bar",
        [name(share) for share in top],
        [
            Series(
                "平均问题数", NAVY, [round(s.mean, 2) for s in top], [link(share) for share in top]
            )
        ],
        horizontal=True,
    )
    columns = (heading, "项目", "问题", "其中必须修改", "平均", "预算（万元）")
    return Figure(key, title, Table(columns, rows), chart)
