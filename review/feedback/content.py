"""The written feedback on one project (一项目一反馈): a review as a document, without layout.

Errors become what must be changed, warnings what should be improved; the same problem on several
rows is one item that lists the rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.records import Declaration
from review.context import Row, reports_midyear
from review.feedback.items import Change, Item, group_findings, list_changes, plain
from review.feedback.recheck import Recheck, compose_recheck
from review.finding import Severity
from review.opinion import Opinion
from review.result import ReviewResult
from review.wording import number

Kind = Literal["declaration", "report", "monitoring"]

CONCLUSIONS: dict[Kind, dict[Opinion, str]] = {
    "declaration": {"pass": "通过", "revise": "退回修改", "reject": "不予通过"},
    "report": {"pass": "复核通过", "revise": "退回修改", "reject": "退回重新自评"},
    "monitoring": {"pass": "监控正常", "revise": "要求说明和纠偏", "reject": "重点关注、限期纠偏"},
}
SUBJECTS: dict[Kind, str] = {
    "declaration": "绩效目标的审核意见",
    "report": "绩效自评的复核意见",
    "monitoring": "绩效运行监控的审核意见",
}
_FORMS: dict[Kind, str] = {
    "declaration": "项目支出绩效目标申报表",
    "report": "项目支出绩效自评材料",
    "monitoring": "项目支出绩效运行监控表",
}
UNNAMED = "（未填写项目名称）"

_NOTHING_FOUND: dict[Kind, str] = {
    "declaration": "绩效目标填报完整，指标明确、可考核，未发现需要修改的问题。",
    "report": "自评填报完整，得分与完成情况相符，未发现需要更正的问题。",
    "monitoring": "任务和支付进度与时间进度相当，未发现需要纠偏的问题。",
}
_AFTER_PASSING: dict[Kind, str] = {
    "declaration": "绩效目标随预算一并批复后，请据此组织实施、开展绩效监控，执行中原则上不作调整。",
    "report": "请将自评结果用于改进项目管理和以后年度预算安排。",
    "monitoring": "请继续按实施计划推进，年底前完成绩效目标。",
}
_MERITS = 3
_REASONS = 3
_LONGEST_NAME = 80
_LONGEST_REMARK = 2000


@dataclass(frozen=True)
class Feedback:
    """The document, part by part."""

    kind: Kind
    project_name: str
    title: str
    addressee: str
    opening: str
    facts: tuple[tuple[str, str], ...]
    """Label and value of each project fact."""
    conclusion: str
    summary: tuple[str, ...]
    """Paragraphs on why, and on what is done well."""
    must: tuple[Item, ...]
    should: tuple[Item, ...]
    hints: tuple[Item, ...]
    closing: tuple[str, ...]
    changes: tuple[Change, ...]
    issuer: str
    date: datetime.date
    recheck: Recheck | None = None
    """Points counted again, questions and materials; None for a declaration."""


def compose_feedback(
    result: ReviewResult,
    kind: Kind = "declaration",
    *,
    issuer: str = "",
    date: datetime.date | None = None,
    due: datetime.date | None = None,
    remarks: Sequence[str] = (),
) -> Feedback:
    """Compose the feedback on a review.

    `issuer` signs it, `date` is that of the letter (today by default), `due` the day by which the
    unit has to answer; `remarks` are what the reviewers say of the conclusion in their own words.
    """
    if kind == "report" and reports_midyear(result.declaration):
        kind = "monitoring"
    items = {severity: group_findings(result, severity) for severity in Severity}
    must, should = items[Severity.ERROR], items[Severity.WARNING]
    name = plain(result.declaration.project_name, _LONGEST_NAME) or UNNAMED
    return Feedback(
        kind=kind,
        project_name=name,
        title=_title(name, kind),
        addressee=_addressee(result.declaration),
        opening=_opening(name, kind),
        facts=_facts(result, name, kind),
        conclusion=conclusion_of(kind, result.opinion, sum(len(item.places) for item in should)),
        summary=(*_remarks(remarks), *_summary(result, kind, must, should)),
        must=must,
        should=should,
        hints=items[Severity.INFO],
        closing=tuple(_closing(result.opinion, kind, bool(must), bool(should), due)),
        changes=list_changes(result, with_actuals=kind != "declaration"),
        issuer=plain(issuer, _LONGEST_NAME),
        date=date or datetime.date.today(),
        recheck=None if kind == "declaration" else compose_recheck(result),
    )


def conclusion_of(kind: Kind, opinion: Opinion, suggested: int) -> str:
    """Return the opinion in words; what passes says how many places should still be improved."""
    words = CONCLUSIONS[kind][opinion]
    return f"{words}，另有{suggested}处建议修改" if opinion == "pass" and suggested else words


def _title(name: str, kind: Kind) -> str:
    """Return the heading of the letter."""
    project = name if name.endswith(("项目", "）")) else f"{name}项目"
    return f"关于{project}{SUBJECTS[kind]}"


def _addressee(declaration: Declaration) -> str:
    """Return whom the letter goes to."""
    return (
        plain(declaration.department, _LONGEST_NAME)
        or plain(declaration.implementing_unit, _LONGEST_NAME)
        or "项目申报单位"
    )


def _opening(name: str, kind: Kind) -> str:
    return f"你单位报送的“{name}”{_FORMS[kind]}收悉。经审核，现将意见反馈如下："


def _facts(result: ReviewResult, name: str, kind: Kind) -> tuple[tuple[str, str], ...]:
    """Return the project facts that are known."""
    declaration = result.declaration
    amounts = (declaration.budget_wan, declaration.executed_wan)
    budget, executed = (f"{number(a)}万元" if a is not None else "" for a in amounts)
    facts = (
        ("项目名称", name),
        ("主管部门", plain(declaration.department, _LONGEST_NAME)),
        ("实施单位", plain(declaration.implementing_unit, _LONGEST_NAME)),
        ("预算年度", f"{declaration.year}年" if declaration.year else ""),
        ("预算金额", budget),
        ("执行金额", executed if kind != "declaration" else ""),
        ("绩效指标", f"{len(result.rows)}项" if _has_form(result, kind) else ""),
    )
    return tuple((label, value) for label, value in facts if value)


def _has_form(result: ReviewResult, kind: Kind) -> bool:
    """Tell whether there is a form to count indicators of; a report may come without one."""
    return bool(result.rows) or kind == "declaration"


def _summary(
    result: ReviewResult, kind: Kind, must: Sequence[Item], should: Sequence[Item]
) -> Iterable[str]:
    """Yield the reasons of the conclusion and what is done well."""
    concerned = {place for item in (*must, *should) for place in item.numbers}
    if not must and not should:
        yield _NOTHING_FOUND[kind]
        return
    counted = [f"必须修改的问题{len(must)}个"] if must else []
    counted += [f"建议修改的问题{len(should)}个"] if should else []
    rows = f"，涉及指标{len(concerned)}项" if concerned else ""
    reasons = "；".join(item.title for item in (must or should)[:_REASONS])
    total = f"共设置绩效指标{len(result.rows)}项，" if _has_form(result, kind) else ""
    yield f"{total}存在{'、'.join(counted)}{rows}。主要是：{reasons}。"
    faulty = {place for item in must for place in item.numbers}
    if result.opinion == "reject" and faulty:
        share = round(100 * len(faulty) / len(result.rows))
        yield f"必须修改的指标有{len(faulty)}项，占全部指标的{share}%，不具备审核通过的条件。"
    sound = _sound_rows(result) if kind == "declaration" else []
    if sound:
        names = "".join(f"“{plain(row.indicator.name, 28)}”" for row in sound[:_MERITS])
        more = f"等{len(sound)}项" if len(sound) > _MERITS else ""
        yield f"{names}{more}指标目标明确、便于考核，予以保留。"


def _remarks(remarks: Sequence[str]) -> Iterable[str]:
    """Yield what reviewers say, each a paragraph that ends like a sentence."""
    for remark in remarks:
        text = plain(remark, _LONGEST_REMARK)
        if text:
            yield text if text.endswith(("。", "！", "？", "…")) else f"{text}。"


def _sound_rows(result: ReviewResult) -> list[Row]:
    """Return the rows with a value to measure against which nothing was said."""
    spoken = {finding.row for finding in result.findings}
    return [
        row
        for row in result.rows
        if row.index not in spoken
        and not row.labels
        and not row.unsure
        and row.parsed.kind in ("number", "range", "date")
        and row.indicator.name.strip()
    ]


def _closing(
    opinion: Opinion, kind: Kind, must: bool, should: bool, due: datetime.date | None
) -> Iterable[str]:
    """Yield what the unit has to do next; `must` and `should` say what there is to change."""
    when = f"请于{chinese_date(due)}前" if due else "请在规定时限内"
    if opinion == "pass":
        if should:
            yield f"{when}对建议修改的问题作出修改，或逐项说明不作修改的理由。"
        yield _AFTER_PASSING[kind]
        return
    if opinion == "reject" and kind == "declaration":
        yield "该项目绩效目标未通过审核，在重新申报并审核通过前，不得进入预算安排。"
    if kind == "declaration":
        parts = ["必须修改的问题应全部改正"] if must else []
        parts += ["建议修改的问题应予修改，不作修改的逐项说明理由"] if should else []
        yield (
            f"请对照本意见逐项修改，{'；'.join(parts)}。"
            "仅调整文字表述而未提高目标、未补充依据的，不视为整改到位。"
        )
        yield f"{when}重新报送修改后的绩效目标申报表，并附逐项修改情况说明。"
    elif kind == "monitoring":
        yield "请对照本意见逐项核实进度数据，写明偏差原因、纠偏措施、责任人和完成时限。"
        yield f"{when}报送核实情况和纠偏方案；确需调整绩效目标或预算的，按规定程序报批。"
    else:
        yield (
            "请对照本意见逐项核实：数据有误的更正并重新评分，缺少依据的补充佐证材料，"
            "没有写明偏差原因和改进措施的如实补充。"
        )
        yield f"{when}重新报送更正后的绩效自评表、自评报告及佐证材料，并附逐项核实情况说明。"


def chinese_date(day: datetime.date) -> str:
    """Return a date as official letters write it: no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
