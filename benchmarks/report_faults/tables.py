"""Real self-evaluation tables put in order: the bases that faults are planted into.

A published table is never free of faults, so its figures are made consistent by code: names,
targets, unit, region, year and budget stay as published; results, scores, execution and reasons
are set anew. Each table gets, where it lacks one, a row with a date, a row with an upper limit and
a few rising ones from `wording.csv`, written by hand in the style of such forms.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.report_faults.model import Base, Document, Form, Split
from corpus.bundle import bundled_cases
from corpus.records import Case, Indicator, ParsedTarget
from corpus.target import parse_target

_SEED = 5
_RATES = (1.0, 0.985, 0.9625, 0.94, 0.975, 0.92)
_SCHEMES = ((10, 90), (10, 90), (20, 80))
_SCORES_AS_TARGETS = "case-8bd0f07c62"
"""A table whose target column holds the weights."""
_MONEY_NAME = re.compile(r"执行率|资金|投资|配套|经费|预算|所需成本|获得补助金额|项目设计")
_SOURCES = (
    ("中央补助资金", "省级资金", "县级资金"),
    ("市级资金", "区级资金"),
    ("上级专项转移支付", "本级财政拨款"),
)
_MIN_ROWS, _WANTED_ROWS, _MAX_ROWS, _SHORT = 2, 7, 12, 2
_MEASURED = frozenset(("公里", "米", "亩", "万元", "亿元", "小时", "吨", "‰", "TB"))
"""Units of which there are fractions."""
_SURVEY = (
    "满意度由{unit}于{year}年11月组织问卷调查，对象为服务对象{sample}人，收回有效问卷{valid}份。",
    "{year}年12月上旬对受益对象开展电话回访，样本{sample}人，有效回答{valid}人。",
    "满意度数据来自{year}年10月的入户调查，调查受益群众{sample}户，有效{valid}户。",
)


@cache
def table_bases() -> tuple[Base, ...]:
    """Return the repaired tables; tables of one page are on one side of the split."""
    cases = list(_usable_cases())
    sources = sorted({case.source for case in cases})
    random.Random(_SEED).shuffle(sources)  # noqa: S311
    side: dict[str, Split] = {
        name: "dev" if index % 2 == 0 else "held_out" for index, name in enumerate(sources)
    }
    return tuple(_repaired(case, side[case.source]) for case in cases)


def _usable_cases() -> Iterator[Case]:
    """Iterate over self-evaluations with rows enough; of the same table seen twice, the first."""
    seen = set()
    for case in bundled_cases():
        key = tuple(sorted(row.target for row in case.indicators))
        if any(row.actual for row in case.indicators) and key not in seen:
            seen.add(key)
            whole = case.budget_wan and case.year and case.id != _SCORES_AS_TARGETS
            if whole and len(_usable_rows(case)) >= _MIN_ROWS:
                yield case


def _usable_rows(case: Case) -> list[tuple[Indicator, ParsedTarget]]:
    """Return the rows of a case whose target is one plain number or date, each name once."""
    rows, names = [], set()
    for row in case.indicators:
        parsed = parse_target(row.target, row.name)
        plain = parsed.kind in ("number", "date") and not parsed.parts and not parsed.placeholder
        zero = parsed.kind == "number" and not parsed.value
        if plain and len(row.name) > 2 and row.name not in names and not zero:
            if _is_money_spent(row, parsed, case.budget_wan or 0):
                continue
            names.add(row.name)
            rows.append((row, parsed))
    return rows[:_MAX_ROWS]


def _is_money_spent(row: Indicator, parsed: ParsedTarget, budget: float) -> bool:
    """Tell whether a row repeats the budget: its result would have to follow the execution."""
    if _MONEY_NAME.search(row.name):
        return True
    factor = {"元": 1e-4, "万元": 1.0, "亿元": 1e4}.get(parsed.unit or "")
    return factor is not None and (parsed.value or 0) * factor >= 0.3 * budget


def _repaired(case: Case, split: Split) -> Base:
    """Return a case as a consistent table."""
    draw = random.Random(f"{_SEED}{case.id}")  # noqa: S311
    rows = _rows(case, draw)
    budget = case.budget_wan or 0.0
    executed = round(budget * draw.choice(_RATES), 4)
    rate = round(executed / budget * 100, 2)
    own, rest = draw.choice(_SCHEMES)
    short = set(draw.sample([i for i, row in enumerate(rows) if _may_fall_short(row)], _SHORT))
    weights = _shares(rest, len(rows))
    year, unit = case.year or 0, case.department or "项目单位"
    reasons = {
        kind: draw.sample(wording(kind), _SHORT) for kind in ("reason_rate", "reason_number")
    }
    for index, (row, weight) in enumerate(zip(rows, weights, strict=True)):
        _fill(row, weight, reasons if index in short else None, year, draw)
    own_score = round(own * rate / 100, 2)
    total = round(own_score + sum(row["score"] for row in rows), 2)
    sample = draw.randrange(12, 60) * 10
    survey = draw.choice(_SURVEY).format(
        unit=unit, year=year, sample=sample, valid=sample - draw.randrange(3, 12)
    )
    record = {
        "id": f"table-{case.id}", "project_name": case.project_name, "department": unit,
        "region": case.region, "year": year, "budget_wan": budget, "initial_budget_wan": budget,
        "executed_wan": executed, "execution_rate": rate, "execution_weight": own,
        "execution_score": own_score, "total_score": total, "grade": grade_of(total),
        "funds": _funds(budget, executed, draw), "goal": case.goal,
        "actual_summary": _summary(rows, short, survey), "indicators": rows,
        "problems": _problems(rows, short, rate, year),
    }  # fmt: skip
    forms: tuple[Form, ...] = ("xlsx", "xlsx", "docx", "json")
    form = draw.choice(forms)
    return Base(str(case.id), split, "table", Document(form, record), {"case": str(case.id)})


def grade_of(total: float) -> str:
    """Return the grade of a score by the bands of the ministry."""
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


def _rows(case: Case, draw: random.Random) -> list[dict[str, Any]]:
    """Return the plain rows of a case, with the kinds of row that it lacks added."""
    kept = _usable_rows(case)
    rows = [
        {"level1": row.level1, "level2": row.level2, "name": row.name, "target": row.target}
        for row, _ in kept
    ]
    kinds = {parsed.kind for _, parsed in kept}
    limits = any(parsed.operator in ("≤", "<") for _, parsed in kept)
    if "date" not in kinds:
        rows.append(_written("row_date", "产出指标", "时效指标", case, draw))
    if not limits:
        rows.append(_written("row_limit", "产出指标", "质量指标", case, draw))
    names = draw.sample(wording("row_rise"), len(wording("row_rise")))
    while len(rows) < _WANTED_ROWS or sum(map(_may_fall_short, rows)) < _SHORT:
        rows.append(_split_row(names.pop(), "产出指标", "数量指标", case))
    if not any("满意" in row["name"] for row in rows):
        target = draw.choice(("≥85%", "≥90%", "≥88%"))
        level = {"level1": "满意度指标", "level2": "服务对象满意度指标"}
        rows.append(level | {"name": "服务对象满意度", "target": target})
    return rows


def _written(
    kind: str, level1: str, level2: str, case: Case, draw: random.Random
) -> dict[str, Any]:
    return _split_row(draw.choice(wording(kind)), level1, level2, case)


def _split_row(text: str, level1: str, level2: str, case: Case) -> dict[str, Any]:
    name, target = text.format(y=case.year).split("|")
    return {"level1": level1, "level2": level2, "name": name, "target": target}


@cache
def wording(kind: str, split: Split = "dev") -> tuple[str, ...]:
    """Return the hand-written texts of one kind; faults of each split have words of their own."""
    name = "wording.csv" if split == "dev" else f"wording_{split}.csv"
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return tuple(row["text"] for row in csv.DictReader(file) if row["kind"] == kind)


def _may_fall_short(row: dict[str, Any]) -> bool:
    """Tell whether a row can be missed by a few percent."""
    parsed = parse_target(row["target"], row["name"])
    if parsed.kind != "number" or parsed.operator in ("≤", "<"):
        return False
    return (parsed.value or 0) >= 20 and "满意" not in row["name"] and "标准" not in row["name"]


def _fill(
    row: dict[str, Any],
    weight: float,
    reasons: dict[str, list[str]] | None,
    year: int,
    draw: random.Random,
) -> None:
    """Set weight, actual, score and reason of a row so that they agree; with reasons it misses."""
    parsed = parse_target(row["target"], row["name"])
    row["weight"] = weight
    if reasons:
        share = draw.choice((0.9, 0.92, 0.94, 0.95))
        value = shaped(parsed, (parsed.value or 0) * share)
        row["actual"] = written(parsed, value)
        row["score"] = round(weight * value / (parsed.value or 1), 2)
        pool = "reason_rate" if parsed.unit == "%" else "reason_number"
        row["reason"] = reasons[pool].pop().format(n=year + 1)
        return
    row["actual"] = reached(parsed, year, draw)
    row["score"], row["reason"] = weight, None


def reached(parsed: ParsedTarget, year: int, draw: random.Random) -> str:
    """Return an actual that meets a target, as a unit would write it."""
    if parsed.kind == "date":
        month = int((parsed.date or "--12-31").lstrip("-").split("-")[-2])
        shown = (
            int((parsed.date or f"{year}-12-31")[:4]) if (parsed.date or "-")[0] != "-" else year
        )
        if month > 1:
            return f"{shown}年{month - 1}月{draw.randrange(5, 27)}日"
        return f"{shown}年1月{draw.randrange(2, 9)}日"
    value = parsed.value or 0.0
    if parsed.operator in ("≤", "<"):
        return written(parsed, shaped(parsed, value * draw.choice((0.9, 0.95, 0.97))))
    if parsed.operator in ("≥", ">"):
        value *= draw.choice((1.0, 1.02, 1.04, 1.07))
        if parsed.unit == "%":
            value = min(value, max(100.0, parsed.value or 0))
    return written(parsed, shaped(parsed, value))


def shaped(parsed: ParsedTarget, value: float) -> float:
    """Return a value with the target's precision: whole numbers stay whole, rates get one digit."""
    if parsed.unit == "%":
        return round(value, 1)
    whole = float(parsed.value or 0).is_integer() and parsed.unit not in _MEASURED
    return float(round(value)) if whole else round(value, 2)


def written(parsed: ParsedTarget, value: float) -> str:
    """Return number and unit without a comparison sign."""
    return f"{value:.4f}".rstrip("0").rstrip(".") + (parsed.unit or "")


def _shares(total: int, count: int) -> list[int]:
    """Return whole weights that add up."""
    base, rest = divmod(total, count)
    return [base + (index < rest) for index in range(count)]


def _funds(budget: float, executed: float, draw: random.Random) -> list[dict[str, Any]]:
    """Return sources that add up to the totals, none for a quarter of the tables."""
    if draw.random() < 0.25:
        return []
    names = draw.choice(_SOURCES)
    funds, left, spent = [], budget, executed
    for index, name in enumerate(names):
        last = index == len(names) - 1
        part = left if last else round(budget * draw.choice((0.2, 0.3, 0.4)), 2)
        used = spent if last else min(part, round(executed * part / budget, 2))
        label = ("其中：" if index == 0 else "") + name
        shown = {"initial_wan": part, "budget_wan": part, "executed_wan": used}
        funds.append({"source": label} | {key: round(v, 4) for key, v in shown.items()})
        left, spent = round(left - part, 4), round(spent - used, 4)
    return funds


def _summary(rows: list[dict[str, Any]], short: set[int], survey: str) -> str:
    """Return the account of the year's result."""
    done = [f"{row['name']}{row['actual']}" for i, row in enumerate(rows) if i not in short][:3]
    missed = [f"{rows[i]['name']}实际{rows[i]['actual']}，未达到年度目标" for i in sorted(short)]
    return f"全年{'，'.join(done)}；{'；'.join(missed)}。{survey}"


def _problems(rows: list[dict[str, Any]], short: set[int], rate: float, year: int) -> str:
    """Return the problems, one for each deduction."""
    parts = [f"{rows[i]['name']}未完成年度目标，{rows[i]['reason']}" for i in sorted(short)]
    if rate < 100:
        parts.append(
            f"预算执行率{rate:g}%，系部分合同尾款按约定在次年支付，"
            f"由财务科于{year + 1}年3月底前办结"
        )
    return "。".join(f"{index}.{part}" for index, part in enumerate(parts, 1)) + "。"
