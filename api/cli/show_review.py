"""Prints a review for people: verdict, the rows with their marks, then the remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from api.cli.folding import Folded
from api.cli.show_scoring import scoring_block, triage_line
from api.cli.text import facts, level, number, one_line, safe, styled, table
from review.finding import SEVERITY_WORDS

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from api.cli.writers import Result
    from corpus.records import Declaration

_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
SEVERITIES = {key: (SEVERITY_WORDS[key], style) for key, style in _STYLES.items()}
OPINIONS = {
    "pass": ("通过", "bold green"),
    "revise": ("退回修改", "bold yellow"),
    "reject": ("不予通过", "bold red"),
}
REPORT_OPINIONS = {
    "pass": ("复核通过", "bold green"),
    "revise": ("退回修改", "bold yellow"),
    "reject": ("退回重新自评", "bold red"),
}
RISKS = {"findings": "问题", "money": "资金", "history": "以前年度"}
LABELS = {"vague": "模糊", "qualitative": "定性", "easy": "易完成"}
FIELDS = {
    "name": "指标名称",
    "target": "指标值",
    "weight": "分值",
    "actual": "实际完成值",
    "score": "得分",
    "reason": "偏差原因",
    "level1": "一级指标",
    "level2": "二级指标",
    "goal": "年度目标",
    "budget_wan": "预算",
    "executed_wan": "执行数",
    "indicators": "绩效指标",
    "project_name": "项目名称",
    "report_text": "自评报告",
    "actual_summary": "目标完成情况",
    "execution_rate": "执行率",
    "execution_score": "执行率得分",
    "total_score": "总分",
    "grade": "自评等级",
    "funds": "资金来源",
    "initial_budget_wan": "年初预算",
    "as_of": "监控时点",
    "problems": "存在问题",
}
_EXCERPT = 60
_EVIDENCE = 3
_QUESTIONS = 3
"""Shown of one rule."""


def show_review(console: Console, record: Declaration, result: Result) -> None:
    """Print one review."""
    review = result.to_dict()
    findings: Sequence[Mapping[str, Any]] = review["findings"]
    name = one_line(review["declaration"].get("project_name")) or "（未写项目名称）"
    console.rule(styled((name, "bold")), align="left", characters="─")
    if known := facts(review["declaration"]):
        console.print(styled((known, "dim")))
    console.print(_verdict(review))
    if review.get("triage"):
        console.print(triage_line(review))
    if review["rows"]:
        console.print()
        console.print(_rows(review["rows"], findings))
    if review.get("scoring") and (blocks := scoring_block(review)):
        console.print()
        for block in blocks:
            console.print(block)
    if findings:
        console.print(styled("\n", (f"审核意见（{len(findings)} 条）", "bold")))
    for place, group in enumerate(_grouped(findings), 1):
        console.print()
        console.print(_remark(place, group, review))
    for item in review.get("suppressed", ()):
        decision = item["suppression"]
        words = f"豁免 {item['code']} {_where(item, review)}：{one_line(decision['reason'])}"
        by = f"（{one_line(decision['by'])}，{decision['date']}）"
        console.print(styled((words + by, "dim")))
    for notice in review.get("notices", ()):
        console.print(styled((f"说明：{one_line(notice['message'])}", "dim")))
    console.print()


def _verdict(review: Mapping[str, Any]) -> RenderableType:
    """Return opinion, risk and counts in one line."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for finding in review["findings"]:
        counts[finding["severity"]] += 1
    opinions = REPORT_OPINIONS if review.get("triage") else OPINIONS
    words, style = opinions[review["opinion"]]
    pieces: list[str | tuple[str, str]] = [
        "意见：",
        (words, style),
        _suggested(review["opinion"], counts["warning"]),
        f"   风险 {review['risk']:.2f}{_parts(review['risk_parts'])}   ",
    ]
    for key, count in counts.items():
        if count and not (key == "warning" and review["opinion"] == "pass"):
            pieces.append((f"{SEVERITIES[key][0]} {count}  ", SEVERITIES[key][1]))
    if not review["findings"]:
        pieces.append("没有发现问题")
    return styled(*pieces)


def _suggested(opinion: str, count: int) -> str:
    """Return what a form that passes should still improve."""
    return f"，另有{count}处建议修改" if opinion == "pass" and count else ""


def _parts(parts: Mapping[str, float]) -> str:
    """Return what a risk is made of, without the parts that add nothing."""
    shown = [f"{RISKS[key]} {value:.2f}" for key, value in parts.items() if value >= 0.005]
    return f"（{'＋'.join(shown)}）" if shown else ""


def _rows(
    rows: Sequence[Mapping[str, Any]], findings: Sequence[Mapping[str, Any]]
) -> RenderableType:
    """Return the table of indicators; the results' columns only where there are results."""
    evaluated = any(row.get("actual") is not None for row in rows)
    columns: list[str | tuple[str, dict[str, Any]]] = [
        ("行", {"justify": "right", "no_wrap": True}),
        ("类别", {"no_wrap": True}),
        ("三级指标", {"ratio": 3, "min_width": 14}),
        ("指标值", {"ratio": 2, "min_width": 8}),
    ]
    scored = any(row.get("score") is not None for row in rows)
    columns += ["完成值"] if evaluated else []
    columns += [("分值", {"justify": "right", "no_wrap": True})]
    columns += [("得分", {"justify": "right", "no_wrap": True})] if scored else []
    columns += [("问题", {"min_width": 8})]
    made = table(*columns)
    for row in rows:
        cells = [
            str(row["index"] + 1),
            level(row),
            one_line(row["name"], _EXCERPT) or "（空）",
            one_line(row["target"], _EXCERPT) or "（空）",
        ]
        cells += [one_line(row.get("actual"), _EXCERPT)] if evaluated else []
        cells += [number(row.get("weight"))]
        cells += [number(row.get("score"))] if scored else []
        made.add_row(*cells, _marks(row, findings))
    return made


def _marks(row: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]) -> Any:
    """Return a row's labels and the codes of its findings, the worst first in colour."""
    pieces: list[str | tuple[str, str]] = [f"{LABELS[key]} " for key in row["labels"]]
    seen: set[str] = set()
    for finding in findings:
        if finding["row"] == row["index"] and finding["code"] not in seen:
            seen.add(finding["code"])
            pieces.append((finding["code"] + " ", SEVERITIES[finding["severity"]][1]))
    return styled(*pieces)


def _grouped(findings: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Return findings of one rule together, the severest rules first."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for finding in findings:
        groups.setdefault(finding["code"], []).append(finding)
    order = list(SEVERITIES)
    return sorted(groups.values(), key=lambda group: order.index(group[0]["severity"]))


def _remark(
    place: int, group: Sequence[Mapping[str, Any]], review: Mapping[str, Any]
) -> RenderableType:
    """Return the remark of one rule: where, what, why, the authority and the way out."""
    from rich.padding import Padding
    from rich.table import Table

    first = group[0]
    words, style = SEVERITIES[first["severity"]]
    where = _where(first, review) if len(group) == 1 else f"共 {len(group)} 处"
    head = styled(f"{place}. ", (f"{words} {first['code']}", style), "  ", (where, "bold"))
    body = Table.grid(padding=(0, 1))
    body.add_column(no_wrap=True, style="dim")
    body.add_column()
    for label, text in _lines(group):
        body.add_row(label, Folded(text))
    grid = Table.grid()
    grid.add_row(head)
    grid.add_row(Padding(body, (0, 0, 0, 3)))
    return grid


def _line_number(finding: Mapping[str, Any]) -> str:
    """Return the row of a finding as the table above counts it."""
    return "整份" if finding["row"] is None else f"第{finding['row'] + 1}行"


def _where(finding: Mapping[str, Any], review: Mapping[str, Any]) -> str:
    """Return the place of a remark: the row and its name, or the declaration's part."""
    field = FIELDS.get(finding["field"] or "", "")
    if finding["row"] is None:
        return field or ("整份自评" if review.get("triage") else "整份申报表")
    row = review["rows"][finding["row"]]
    quoted = f"“{one_line(row['name'], 30)}”" if row["name"] else ""
    return f"第{finding['row'] + 1}行{quoted}" + (f" · {field}" if field else "")


def _lines(group: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield label and text of each part of a remark; what the findings share stands once."""
    shared = _shared_reason([finding["why"] for finding in group])
    for place, finding in enumerate(group):
        where = "" if len(group) == 1 else f"{_line_number(finding)}："
        yield "" if place else "问题", where + safe(finding["message"])
        own = finding["why"][len(shared) :]
        if own:
            yield "", safe(own)
        for item in finding["evidence"][:_EVIDENCE]:
            yield "同类", evidence_line(item)
        suggestion = finding.get("suggestion")
        if suggestion and _differs(group, suggestion["text"]):
            yield "建议", safe(suggestion["text"])
    yield from _questions(group)
    if shared:
        yield "理由", safe(shared)
    if group[0]["source"]:
        yield "依据", safe(group[0]["source"])
    suggestion = group[0].get("suggestion")
    if suggestion and not _differs(group, suggestion["text"]):
        yield "建议", safe(suggestion["text"])


def _questions(group: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the questions of a group; those of further rows only differ in the name."""
    asked = [finding["question"] for finding in group if finding.get("question")]
    for place, question in enumerate(dict.fromkeys(asked[:_QUESTIONS])):
        yield "" if place else "可问", safe(question)


def _shared_reason(reasons: Sequence[str]) -> str:
    """Return the sentences that all reasons begin with; a single reason is shared whole."""
    if len(reasons) == 1:
        return reasons[0]
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*reasons, strict=False))
    prefix = "".join(letters[0] for letters in same)
    return prefix[: prefix.rfind("。") + 1]


def _differs(group: Sequence[Mapping[str, Any]], text: str) -> bool:
    """Tell whether the findings of a group suggest different things."""
    return any((finding.get("suggestion") or {}).get("text") != text for finding in group)


def evidence_line(item: Mapping[str, Any]) -> str:
    """Return one comparable indicator as a line."""
    actual = f"，实际 {one_line(item['actual'], 30)}" if item.get("actual") else ""
    target = one_line(item.get("target"), 30)
    value = f" {target}" if target else ""
    project = f"（{one_line(item['project_name'], 24)}）" if item.get("project_name") else ""
    return f"{one_line(item['name'], 30)}{value}{actual}{project}"
