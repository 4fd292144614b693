"""Makes declarations by the hundred thousand, by varying the bundled cases and the library.

    python -m benchmarks.bulk.declarations COUNT FILE.jsonl|FILE.parquet

Every declaration takes a case's project, or a library type's, in a place and year of its own, with
amounts drawn anew, and six to fourteen rows: the case's own, then others of its sector. Counts and
amounts in targets are drawn anew, names now and then carry the place. Words, rates and dates stay
as units wrote them, so that they repeat about as much as they do on real forms, where most rows
say 满意度 ≥95%. The same number gives the same declarations.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from corpus.bundle import bundled_cases, bundled_library
from corpus.records import Case, LibraryType

_SEED = 8
_SURE_ROWS = (6, 14)
_NAME_WITH_PLACE = 0.15
_WHOLE = 0.8
"""Share of forms that lack no second level as far as there is room: systems ask for them."""
_FROM_LIBRARY = 0.5
"""Share of projects that take their name from a library type or one of its aliases."""
_BATCH = 2000
"""Rows of a Parquet file written at a time."""
_FIRST = "安宁清长永和平兴泰华东西南北新石金玉龙凤云海江河湖山林泉田"
_SECOND = "阳川水源城安丰昌宁康化德明远山岭口湾溪泽陵原"
_KINDS = ("县", "区", "市")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FIXED = re.compile(r"[%％年月日]|100|分以上|小时|季度")
"""Targets that stay as they are: rates, dates, standards."""
_ENDINGS = ("", "", "", "项目", "经费", "专项", "补助资金", "（一期）", "（二期）")


def declarations(count: int, start: int = 0) -> Iterator[dict[str, Any]]:
    """Yield declarations number `start` and following, as the contract gives them."""
    for number in range(start, start + count):
        yield declaration(number)


def declaration(number: int) -> dict[str, Any]:
    """Return one declaration by its number."""
    draw = random.Random(_SEED * 1_000_003 + number)  # noqa: S311 - benchmark data
    case = draw.choice(_cases())
    place = draw.choice(_FIRST) + draw.choice(_SECOND) + draw.choice(_KINDS)
    year = draw.randint(2021, 2026)
    kin = draw.choice(_types(case.function_code or "229"))
    name = _name(case, kin, draw)
    budget = round((case.budget_wan or 100) * draw.lognormvariate(0, 0.6), 2)
    rows = _rows(case, kin, draw, place)
    return {
        "id": f"bulk-{number:07d}",
        "project_name": f"{place}{year}年{name}{draw.choice(_ENDINGS)}",
        "department": f"{place}{_office(case)}",
        "implementing_unit": None,
        "region": place,
        "year": year,
        "function_code": case.function_code,
        "budget_wan": budget,
        "goal": _varied(case.goal or kin.scope, draw),
        "indicators": rows,
    }


def write_lines(path: Path, count: int) -> None:
    """Write declarations as JSONL."""
    with path.open("w", encoding="utf-8") as lines:
        for record in declarations(count):
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_parquet(path: Path, count: int) -> None:
    """Write declarations as Parquet, indicators as a list of records."""
    import pyarrow as pa
    from pyarrow import parquet

    writer = None
    for start in range(0, count, _BATCH):
        records = list(declarations(min(_BATCH, count - start), start))
        table = pa.Table.from_pylist(records, schema=None if writer is None else writer.schema)
        if writer is None:
            writer = parquet.ParquetWriter(path, _without_nulls(table.schema))
        writer.write_table(table.cast(writer.schema))
    if writer is not None:
        writer.close()


def repetition(count: int) -> Mapping[str, float]:
    """Return which shares of projects, names and rows are distinct in the first `count`."""
    projects, names, targets, rows, every = set(), set(), set(), set(), 0
    for record in declarations(count):
        projects.add(record["project_name"])
        for row in record["indicators"]:
            every += 1
            names.add(row["name"])
            targets.add(row["target"])
            rows.add((row["name"], row["target"]))
    return {
        "projects": len(projects) / count,
        "names": len(names) / every,
        "targets": len(targets) / every,
        "rows": len(rows) / every,
        "rows_each": every / count,
    }


@cache
def _cases() -> tuple[Case, ...]:
    return tuple(case for case in bundled_cases() if len(case.indicators) >= 3)


@cache
def _types(code: str) -> Sequence[LibraryType]:
    found = [kind for kind in bundled_library() if kind.function_code == code]
    return found or bundled_library()


def _office(case: Case) -> str:
    office = (case.department or "财政局").split("/")[0]
    return re.sub(r"^.*?[县区市省]", "", office) or office


def _name(case: Case, kin: LibraryType, draw: random.Random) -> str:
    if draw.random() < _FROM_LIBRARY:
        return draw.choice((kin.project_type, *kin.aliases))
    return re.sub(r"^.*?[县区市省]|20\d\d年?度?", "", case.project_name) or case.project_name


def _rows(case: Case, kin: LibraryType, draw: random.Random, place: str) -> list[dict[str, Any]]:
    """Return rows of the case, filled up with those of others of the sector."""
    wanted = draw.randint(*_SURE_ROWS)
    own = [
        {"level1": row.level1, "level2": row.level2, "name": row.name, "target": row.target}
        for row in case.indicators
        if row.target
    ]
    others = [
        {"level1": row.level1, "level2": row.level2, "name": row.name, "target": _typical(row)}
        for row in kin.indicators
    ]
    draw.shuffle(own)
    draw.shuffle(others)
    chosen = _whole(own + others, wanted) if draw.random() < _WHOLE else (own + others)[:wanted]
    return [_row(row, draw, place) for row in chosen]


def _whole(rows: list[dict[str, Any]], wanted: int) -> list[dict[str, Any]]:
    """Return so many rows that every second level that occurs is there as far as there is room."""
    levels: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        levels.setdefault(row["level2"], []).append(row)
    rounds = itertools.chain.from_iterable(itertools.zip_longest(*levels.values()))
    return [row for row in rounds if row is not None][:wanted]


def _typical(row: Any) -> str:
    return "按计划完成" if row.typical is None else f"{row.direction}{row.typical:g}{row.unit}"


def _row(row: dict[str, Any], draw: random.Random, place: str) -> dict[str, Any]:
    name = f"{place}{row['name']}" if draw.random() < _NAME_WITH_PLACE else row["name"]
    target = row["target"]
    if not _FIXED.search(target):
        target = _varied(target, draw)
    return {**row, "name": name, "target": target, "weight": draw.choice((None, 5, 10))}


def _varied(text: str, draw: random.Random) -> str:
    """Return a text with its counts and amounts drawn anew."""

    def other(match: re.Match[str]) -> str:
        value = float(match.group())
        if value < 2 or 1990 < value < 2100:
            return match.group()
        changed = value * draw.lognormvariate(0, 0.5)
        return f"{changed:.1f}" if "." in match.group() else str(max(1, round(changed)))

    return _NUMBER.sub(other, text)


def _without_nulls(schema: Any) -> Any:
    """Return a schema whose columns of nothing but nulls hold texts."""
    import pyarrow as pa

    fields = [
        pa.field(each.name, pa.string() if pa.types.is_null(each.type) else each.type)
        for each in schema
    ]
    return pa.schema(fields)


def main(count: str, target: str) -> None:
    """Write a file and say how much repeats in it."""
    path = Path(target)
    (write_parquet if path.suffix == ".parquet" else write_lines)(path, int(count))
    shares = repetition(min(int(count), 20_000))
    print(json.dumps(shares))


if __name__ == "__main__":
    main(*sys.argv[1:])
