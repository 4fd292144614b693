"""Faults planted into tables; a function returns None where a base has no place for its own."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from benchmarks.report_faults.model import Base, Instance
from benchmarks.report_faults.tables import grade_of, shaped, wording, written
from corpus.records import ParsedTarget
from corpus.target import parse_target

_Record = dict[str, Any]
Fault = Callable[[Base, random.Random], "Instance | None"]


def _made(
    kind: str, base: Base, record: _Record, rows: Iterable[str] = (), note: str = "", **more: Any
) -> Instance:
    document = replace(base.document, record=record, **more)
    return Instance(kind, base, document, tuple(rows), note=note)


def _copy(base: Base) -> _Record:
    return copy.deepcopy(dict(base.document.record or {}))


def _total(record: _Record) -> None:
    """Set total and grade from the scores."""
    scores = sum(row["score"] for row in record["indicators"])
    record["total_score"] = round(record["execution_score"] + scores, 2)
    record["grade"] = grade_of(record["total_score"])


def _rows(record: _Record, wanted: Callable[[_Record, ParsedTarget], bool]) -> list[_Record]:
    return [
        row for row in record["indicators"] if wanted(row, parse_target(row["target"], row["name"]))
    ]


def _is_rising(row: _Record, parsed: ParsedTarget) -> bool:
    """Tell whether a number was to be reached and was: higher is better beyond doubt."""
    return (
        parsed.kind == "number" and parsed.operator in ("≥", ">") and not row["reason"]
        and (parsed.value or 0) >= 10
    )  # fmt: skip


def rate(base: Base, draw: random.Random) -> Instance | None:
    """State an execution rate that budget and execution do not give."""
    record = _copy(base)
    true = record["execution_rate"]
    shift = draw.choice((3, 5, 8, 12))
    record["execution_rate"] = round(true + shift if true + shift <= 100 else true - shift, 2)
    return _made("table.rate", base, record, note=f"{true}→{record['execution_rate']}")


def rate_score(base: Base, draw: random.Random) -> Instance | None:
    """Score the execution by another figure than the rate."""
    record = _copy(base)
    true, weight = record["execution_score"], record["execution_weight"]
    shift = draw.choice((1.5, 2, 3))
    record["execution_score"] = round(true + shift if true + shift <= weight else true - shift, 2)
    _total(record)
    return _made("table.rate_score", base, record, note=f"{true}→{record['execution_score']}")


def funds(base: Base, draw: random.Random) -> Instance | None:
    """Let the sources miss the total."""
    record = _copy(base)
    if not record["funds"]:
        return None
    fund = draw.choice(record["funds"])
    fund["budget_wan"] = round(fund["budget_wan"] * draw.choice((0.8, 0.9, 1.1, 1.2)), 4)
    return _made("table.funds", base, record, note=fund["source"])


def weights(base: Base, draw: random.Random) -> Instance | None:
    """Let the weights add up to something else than 100."""
    record = _copy(base)
    row = draw.choice(_rows(record, lambda row, _: row["score"] == row["weight"]))
    row["weight"] += draw.choice((-3, 4, 5, 8))
    row["score"] = row["weight"]
    _total(record)
    record["total_score"] = min(record["total_score"], 100.0)
    return _made("table.weights", base, record)


def total(base: Base, draw: random.Random) -> Instance | None:
    """State a total that is not the sum of the scores."""
    record = _copy(base)
    true = record["total_score"]
    shift = draw.choice((0.5, 1, 1.5, 3))
    record["total_score"] = round(true + shift if true + shift <= 100 else true - shift, 2)
    record["grade"] = grade_of(record["total_score"])
    return _made("table.total", base, record, note=f"{true}→{record['total_score']}")


def grade(base: Base, draw: random.Random) -> Instance | None:
    """State a grade that the total does not give."""
    record = _copy(base)
    record["grade"] = draw.choice([word for word in "优良中" if word != record["grade"]])
    return _made("table.grade", base, record, note=f"{record['total_score']} {record['grade']}")


def over_weight(base: Base, draw: random.Random) -> Instance | None:
    """Give a row more points than its weight."""
    record = _copy(base)
    row = draw.choice(_rows(record, lambda row, _: not row["reason"]))
    row["score"] = row["weight"] + draw.choice((0.5, 1, 2))
    _total(record)
    record["total_score"] = min(record["total_score"], 100.0)
    return _made("table.over_weight", base, record, [row["name"]])


def missed_at_least(base: Base, draw: random.Random) -> Instance | None:
    """Miss a rising target and take the full score."""
    record = _copy(base)
    row = draw.choice(_rows(record, _is_rising) or [None])
    if row is None:
        return None
    parsed = parse_target(row["target"], row["name"])
    value = (parsed.value or 0) * draw.choice((0.7, 0.8, 0.88))
    row["actual"] = written(parsed, shaped(parsed, value))
    _settle_summary(record, base)
    return _made(
        "table.missed_at_least", base, record, [row["name"]], f"{row['target']} {row['actual']}"
    )


def missed_at_most(base: Base, draw: random.Random) -> Instance | None:
    """Exceed an upper limit and take the full score."""
    record = _copy(base)
    found = _rows(record, lambda _, parsed: parsed.kind == "number" and parsed.operator == "≤")
    if not found:
        return None
    row = draw.choice(found)
    parsed = parse_target(row["target"], row["name"])
    value = shaped(parsed, (parsed.value or 0) * draw.choice((1.2, 1.4)))
    row["actual"] = written(parsed, value if value > (parsed.value or 0) else value + 1)
    _settle_summary(record, base)
    return _made(
        "table.missed_at_most", base, record, [row["name"]], f"{row['target']} {row['actual']}"
    )


def missed_date(base: Base, draw: random.Random) -> Instance | None:
    """Finish after the date and take the full score."""
    record = _copy(base)
    found = _rows(
        record, lambda _, parsed: parsed.kind == "date" and "-12-31" not in str(parsed.date)
    )
    if not found:
        return None
    row = draw.choice(found)
    date = str(parse_target(row["target"], row["name"]).date)
    year, month = record["year"], int(date.split("-")[-2])
    late = month + draw.choice((1, 2))
    year, late = (year, late) if late <= 12 else (year + 1, late - 12)
    row["actual"] = f"{year}年{late}月{draw.randrange(8, 26)}日"
    _settle_summary(record, base)
    return _made(
        "table.missed_date", base, record, [row["name"]], f"{row['target']} {row['actual']}"
    )


def copied_sign(base: Base, draw: random.Random) -> Instance | None:
    """Copy the target into the actual, comparison sign and all."""
    record = _copy(base)
    row = draw.choice(_rows(record, _is_rising) or [None])
    if row is None:
        return None
    row["actual"] = row["target"]
    _settle_summary(record, base)
    return _made("table.copied_sign", base, record, [row["name"]], row["target"])


def worded(base: Base, draw: random.Random) -> Instance | None:
    """Answer a numeric target with words."""
    record = _copy(base)
    found = _rows(record, lambda row, parsed: parsed.kind == "number" and not row["reason"])
    row = draw.choice(found)
    row["actual"] = draw.choice(wording("worded", base.split))
    _settle_summary(record, base)
    return _made("table.worded", base, record, [row["name"]], f"{row['target']} {row['actual']}")


def overshoot(base: Base, draw: random.Random) -> Instance | None:
    """Exceed a quantity by 30% and more without a word."""
    record = _copy(base)
    rows = _rows(record, lambda row, parsed: _is_rising(row, parsed) and parsed.unit != "%")
    if not rows:
        return None
    row = draw.choice(rows)
    parsed = parse_target(row["target"], row["name"])
    value = (parsed.value or 0) * draw.choice((1.35, 1.5, 1.8, 2.6))
    row["actual"] = written(parsed, shaped(parsed, value))
    _settle_summary(record, base)
    return _made("table.overshoot", base, record, [row["name"]], f"{row['target']} {row['actual']}")


def low_execution(base: Base, draw: random.Random) -> Instance | None:
    """Spend little and report every target reached."""
    record = _copy(base)
    share = draw.choice((0.18, 0.3, 0.42, 0.55))
    record["executed_wan"] = round(record["budget_wan"] * share, 4)
    for fund in record["funds"]:
        fund["executed_wan"] = round(fund["budget_wan"] * share, 4)
    if record["funds"]:
        others = sum(fund["executed_wan"] for fund in record["funds"][:-1])
        record["funds"][-1]["executed_wan"] = round(record["executed_wan"] - others, 4)
    record["execution_rate"] = round(record["executed_wan"] / record["budget_wan"] * 100, 2)
    record["execution_score"] = round(record["execution_weight"] * share, 2)
    for row in record["indicators"]:
        if row["reason"]:
            parsed = parse_target(row["target"], row["name"])
            row["actual"] = written(parsed, shaped(parsed, parsed.value or 0))
            row["score"], row["reason"] = row["weight"], None
    _total(record)
    survey = record["actual_summary"].rsplit("年度目标。", 1)[1]
    record["actual_summary"] = f"年度目标全部完成。{survey}"
    record["problems"] = (
        f"预算执行率{record['execution_rate']:g}%，支付进度偏慢，"
        f"由财务科于{record['year'] + 1}年3月底前整改。"
    )
    return _made("table.low_execution", base, record, note=f"{record['execution_rate']}%")


def no_reason(base: Base, draw: random.Random) -> Instance | None:
    """Deduct points and leave the reason blank."""
    return _with_reason("table.no_reason", base, draw, None)


def non_reason(base: Base, draw: random.Random) -> Instance | None:
    """Give a reason that says nothing."""
    return _with_reason(
        "table.non_reason", base, draw, draw.choice(wording("non_reason", base.split))
    )


def _with_reason(kind: str, base: Base, draw: random.Random, reason: str | None) -> Instance | None:
    record = _copy(base)
    row = draw.choice(_rows(record, lambda row, _: bool(row["reason"])))
    record["problems"] = record["problems"].replace(f"，{row['reason']}", "")
    row["reason"] = reason
    return _made(kind, base, record, [row["name"]], reason or "")


def undated(base: Base, draw: random.Random) -> Instance | None:
    """Promise measures without any date."""
    record = _copy(base)
    parts = []
    rows = _rows(record, lambda row, _: bool(row["reason"]))
    for row in rows:
        row["reason"] = row["reason"].split("，")[0] + draw.choice(wording("undated", base.split))
        parts.append(f"{row['name']}未完成年度目标，{row['reason']}")
    record["problems"] = "。".join(f"{index}.{part}" for index, part in enumerate(parts, 1)) + "。"
    return _made("table.undated", base, record)


def problems_none(base: Base, draw: random.Random) -> Instance | None:
    """Report no problems although points were deducted."""
    record = _copy(base)
    record["problems"] = draw.choice(wording("problem_none", base.split))
    return _made("table.problems_none", base, record, note=record["problems"])


def problem_other(base: Base, draw: random.Random) -> Instance | None:
    """Report a problem that matches no deduction, and none of those that do."""
    record = _copy(base)
    record["problems"] = draw.choice(wording("problem_other", base.split)).format(
        n=record["year"] + 1
    )
    return _made("table.problem_other", base, record, note=record["problems"])


def unsurveyed(base: Base, draw: random.Random) -> Instance | None:
    """Report satisfaction with no survey anywhere in the table."""
    record = _copy(base)
    record["actual_summary"] = draw.choice(wording("lost_survey", base.split))
    rows = [row["name"] for row in record["indicators"] if "满意" in row["name"]]
    return _made("table.unsurveyed", base, record, rows)


def lowered(base: Base, draw: random.Random) -> Instance | None:
    """Report against a lower target than was declared."""
    record = _copy(base)
    row = draw.choice(_rows(record, _is_rising) or [None])
    if row is None:
        return None
    parsed = parse_target(row["target"], row["name"])
    value = shaped(parsed, (parsed.value or 0) * draw.choice((0.7, 0.8, 0.9)))
    before, row["target"] = row["target"], f"≥{written(parsed, value)}"
    row["actual"] = written(parsed, value)
    _settle_summary(record, base)
    note = f"{before}→{row['target']}"
    return _made("table.lowered", base, record, [row["name"]], note, declared=_declared(base))


def dropped(base: Base, draw: random.Random) -> Instance | None:
    """Leave out a declared indicator and share its weight among the others."""
    record = _copy(base)
    row = draw.choice(_rows(record, lambda row, _: not row["reason"] and "满意" not in row["name"]))
    record["indicators"].remove(row)
    heir = next(other for other in record["indicators"] if not other["reason"])
    heir["weight"] += row["weight"]
    heir["score"] = heir["weight"]
    _settle_summary(record, base)
    return _made("table.dropped", base, record, [row["name"]], declared=_declared(base))


def renamed(base: Base, draw: random.Random) -> Instance | None:
    """Report under another name than was declared."""
    record = _copy(base)
    row = draw.choice(_rows(record, lambda row, _: not row["reason"] and "满意" not in row["name"]))
    before = row["name"]
    words = draw.choice(("相关工作开展情况", "工作推进情况", "任务落实"))
    row["name"] = before[: max(2, len(before) // 2)] + words
    _settle_summary(record, base)
    names = [before, row["name"]]
    return _made("table.renamed", base, record, names, " → ".join(names), declared=_declared(base))


def _declared(base: Base) -> _Record:
    """Return the declaration that a clean table reports on."""
    record = _copy(base)
    rows = [
        {key: row[key] for key in ("level1", "level2", "name", "target", "weight")}
        for row in record["indicators"]
    ]
    kept = ("project_name", "department", "region", "year", "budget_wan", "goal")
    return {key: record[key] for key in kept} | {
        "id": f"declared-{record['id']}",
        "indicators": rows,
    }


def _settle_summary(record: _Record, base: Base) -> None:
    """Keep figures of the narrative from contradicting the row that was changed."""
    survey = record["actual_summary"].rsplit("年度目标。", 1)[1]
    missed = [row for row in record["indicators"] if row["reason"]]
    told = "；".join(f"{row['name']}实际{row['actual']}，未达到年度目标" for row in missed)
    record["actual_summary"] = f"{told}。{survey}"


TABLE_FAULTS: tuple[Fault, ...] = (
    rate, rate_score, funds, weights, total, grade, over_weight,
    missed_at_least, missed_at_most, missed_date, copied_sign, worded, overshoot, low_execution,
    no_reason, non_reason, undated, problems_none, problem_other, unsurveyed,
    lowered, dropped, renamed,
)  # fmt: skip
