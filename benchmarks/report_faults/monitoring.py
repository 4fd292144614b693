"""Mid-year monitoring tables: clean ones made from the repaired tables, and faults in them."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from benchmarks.report_faults.model import Base, Document, Instance
from benchmarks.report_faults.tables import shaped, table_bases, written
from corpus.records import ParsedTarget
from corpus.target import parse_target

_SEED = 7
_DAYS = ((6, 30, 0.5), (8, 31, 0.667), (9, 30, 0.75))
_COUNTED = frozenset(
    (
        "人",
        "人次",
        "次",
        "场",
        "份",
        "卷",
        "户",
        "亩",
        "公里",
        "米",
        "台",
        "套",
        "件",
        "个",
        "项",
        "家",
        "头",
        "只",
        "平方米",
        "组",
        "期",
        "名",
        "吨",
        "处",
        "座",
    )
)
"""Units of quantities that grow through the year; a rate or a standard stands at its level."""

Fault = Callable[[Base, random.Random], "Instance | None"]


@cache
def monitoring_bases() -> tuple[Base, ...]:
    """Return a clean monitoring table for each repaired table that has growing quantities."""
    bases = [_monitored(base) for base in table_bases()]
    return tuple(base for base in bases if len(_growing(base.document.record or {})) >= 2)


def _monitored(base: Base) -> Base:
    draw = random.Random(f"{_SEED}{base.id}")  # noqa: S311
    record = copy.deepcopy(dict(base.document.record or {}))
    month, day, share = draw.choice(_DAYS)
    year = record["year"]
    for key in ("grade", "problems", "total_score", "execution_score", "execution_weight"):
        record.pop(key)
    executed = round(record["budget_wan"] * (share + draw.choice((-0.06, -0.03, 0.0, 0.03))), 2)
    record |= {
        "id": f"monitoring-{record['id']}", "stage": "monitoring",
        "as_of": f"{year}-{month:02d}-{day:02d}", "executed_wan": executed, "funds": [],
        "execution_rate": round(executed / record["budget_wan"] * 100, 2),
        "forecast_wan": record["budget_wan"], "actual_summary": "各项任务按进度推进。",
    }  # fmt: skip
    record["indicators"] = [row for row in record["indicators"] if not _is_all_or_nothing(row)]
    for row in record["indicators"]:
        row["score"], row["reason"] = None, None
        row["actual"] = _progress(row, share, year, month, draw)
    facts = {"share": share}
    return Base(f"m-{base.id}", base.split, "monitoring", Document("json", record), facts)


def _progress(
    row: Mapping[str, Any], share: float, year: int, month: int, draw: random.Random
) -> str:
    """Return what a row that is on course shows at the time."""
    parsed = parse_target(row["target"], row["name"])
    value = parsed.value or 0.0
    if parsed.kind == "date":
        due = int((parsed.date or "--12-31").lstrip("-").split("-")[-2])
        done = due <= month
        return f"已于{year}年{max(1, due - 1)}月18日完成" if done else "按计划推进中，未到完成时间"
    if parsed.operator in ("≤", "<"):
        return written(parsed, shaped(parsed, value * 0.9))
    if parsed.unit in _COUNTED:
        return written(parsed, shaped(parsed, value * (share + draw.choice((-0.04, 0.0, 0.05)))))
    return written(parsed, value)


def _is_all_or_nothing(row: Mapping[str, Any]) -> bool:
    """Tell whether a quantity is too small, or without unit, to show progress."""
    parsed = parse_target(row["target"], row["name"])
    rising = parsed.kind == "number" and parsed.operator not in ("≤", "<")
    counted = parsed.unit in _COUNTED or parsed.unit is None
    return rising and counted and ((parsed.value or 0) < 10 or parsed.unit is None)


def _growing(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows whose result grows through the year."""
    return [row for row in record["indicators"] if _grows(row)]


def _grows(row: Mapping[str, Any]) -> bool:
    parsed: ParsedTarget = parse_target(row["target"], row["name"])
    rising = parsed.kind == "number" and parsed.operator not in ("≤", "<")
    return rising and parsed.unit in _COUNTED and (parsed.value or 0) >= 10


def _made(
    kind: str, base: Base, record: dict[str, Any], rows: tuple[str, ...] = (), note: str = ""
) -> Instance:
    return Instance(kind, base, replace(base.document, record=record), rows, note=note)


def behind(base: Base, draw: random.Random) -> Instance | None:
    """Leave a quantity far behind the pro-rated target."""
    record = copy.deepcopy(dict(base.document.record or {}))
    row = draw.choice(_growing(record))
    parsed = parse_target(row["target"], row["name"])
    share = base.facts["share"] * draw.choice((0.15, 0.25, 0.35))
    row["actual"] = written(parsed, shaped(parsed, (parsed.value or 0) * share))
    return _made(
        "monitoring.behind", base, record, (row["name"],), f"{row['target']} {row['actual']}"
    )


def paid_ahead(base: Base, draw: random.Random) -> Instance | None:
    """Pay out far more than the progress bears."""
    record = copy.deepcopy(dict(base.document.record or {}))
    record["executed_wan"] = round(record["budget_wan"] * draw.choice((0.93, 0.96, 0.98)), 2)
    record["execution_rate"] = round(record["executed_wan"] / record["budget_wan"] * 100, 2)
    for row in _growing(record):
        parsed = parse_target(row["target"], row["name"])
        share = base.facts["share"] * draw.choice((0.5, 0.6))
        row["actual"] = written(parsed, shaped(parsed, (parsed.value or 0) * share))
    return _made("monitoring.paid_ahead", base, record, note=f"{record['execution_rate']}%")


def annual_value(base: Base, draw: random.Random) -> Instance | None:
    """Report the year's target as the mid-year result."""
    record = copy.deepcopy(dict(base.document.record or {}))
    rows = _growing(record)
    for row in rows:
        parsed = parse_target(row["target"], row["name"])
        row["actual"] = written(parsed, parsed.value or 0)
    return _made("monitoring.annual_value", base, record, note=f"{len(rows)} rows")


def exceeded(base: Base, draw: random.Random) -> Instance | None:
    """Exceed the yearly limit of a falling indicator already at mid-year."""
    record = copy.deepcopy(dict(base.document.record or {}))
    for row in record["indicators"]:
        parsed = parse_target(row["target"], row["name"])
        if parsed.kind == "number" and parsed.operator in ("≤", "<"):
            value = shaped(parsed, (parsed.value or 0) * draw.choice((1.2, 1.5)))
            row["actual"] = written(parsed, value if value > (parsed.value or 0) else value + 1)
            note = f"{row['target']} {row['actual']}"
            return _made("monitoring.exceeded", base, record, (row["name"],), note)
    return None


MONITORING_FAULTS: tuple[Fault, ...] = (behind, paid_ahead, annual_value, exceeded)
