"""Records of the national budget platform (预算管理一体化) as declarations.

Names of tables and columns follow contract.md; keys match in any case. The platform's code for a
comparison sign (计算符号) runs 1 >, 2 ≥, 3 =, 4 <, 5 ≤, 6 qualitative.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from corpus.errors import InputError, Location
from corpus.importers.fields import fold_key, function_class
from corpus.records import Declaration

_GOALS = ("pmperfgoalinfo", "goals", "goalinfo", "perfgoalinfo", "goal")
_INDICATORS = ("pmperfindicator", "indicators", "perfindicator", "indexlist", "indicator")
_PROJECT = ("project", "projectinfo", "pmprojectinfo", "pro")
_PROJECTS = (*_PROJECT, "projects")
_HISTORY = ("history", "lastyear", "lastyears")
_MARKS = frozenset({"proname", "procode", "pmperfgoalinfo", "pmperfindicator"})
_SIGNS = {
    "1": ">", "2": "≥", "3": "=", "4": "<", "5": "≤", "6": "",
    ">": ">", "≥": "≥", "=": "=", "<": "<", "≤": "≤", ">=": "≥", "<=": "≤", "＞": ">", "＜": "<",
    "＝": "=", "≧": "≥", "≦": "≤", "＞=": "≥", "＜=": "≤", "＞＝": "≥", "＜＝": "≤",
    "大于": ">", "大于等于": "≥", "等于": "=", "小于": "<", "小于等于": "≤", "不低于": "≥",
    "不少于": "≥", "不超过": "≤", "不高于": "≤", "定性": "", "定量": "", "文本": "",
}  # fmt: skip
_SIGN_CHARS = tuple(">≥=<≤＞＜＝≧≦")
_LIVE = frozenset({"", "2"})

Folded = dict[str, Any]


def is_platform_record(obj: Mapping[str, Any]) -> bool:
    """Return whether an object carries the platform's names."""
    keys = {fold_key(key) for key in obj}
    if keys & _MARKS:
        return True
    top = _fold(obj)
    nested = (item for name in _PROJECTS for item in _as_list(top.get(name)))
    return any(
        isinstance(item, Mapping) and _MARKS & {fold_key(key) for key in item} for item in nested
    )


def contract_record(obj: Mapping[str, Any]) -> dict[str, Any]:
    """Return the contract's record of one project with its goals and indicators.

    Live rows of other years of the same project become `history`.
    """
    top = _fold(obj)
    project = _project(top)
    code = _text(project, "procode")
    goals = _rows(top, project, _GOALS, code)
    indicators = _rows(top, project, _INDICATORS, code)
    year = _year(project) or _latest_year([*goals, *indicators])
    record = _project_fields(project)
    record["year"] = year
    current_goals = [row for row in goals if _year(row) in (None, year)]
    record.update(_goal_fields(current_goals, record["description"]))
    record["indicators"] = _indicator_fields(
        row for row in indicators if _year(row) in (None, year)
    )
    record["history"] = [
        *_given_history(top, project),
        *_earlier_years(record, goals, indicators, year),
    ]
    return record


def split_projects(obj: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """Return one object per project where an export holds several, else None.

    Such an export lists the projects in one table and all goals and indicators in two others; rows
    belong to the project whose `pro_code` they carry.
    """
    top = _fold(obj)
    tables = (top.get(name) for name in _PROJECTS)
    projects = next((v for v in tables if isinstance(v, list) and len(v) > 1), None)
    if projects is None or not all(isinstance(item, Mapping) for item in projects):
        return None
    for name in (*_GOALS, *_INDICATORS):
        for index, row in enumerate(_as_list(top.get(name))):
            if isinstance(row, Mapping) and not _text(_fold(row), "procode"):
                raise InputError(
                    "有多个项目时，每条目标和指标都要写明 pro_code",
                    where=Location(field=f"{name}[{index}].pro_code"),
                    code="bad_field",
                )
    rest = {key: value for key, value in top.items() if key not in _PROJECTS}
    return [{**rest, "project": item} for item in projects]


def target_text(sign: str, value: str, unit: str) -> str:
    """Compose sign, value and unit into one target text (≥, 95, % → ≥95%)."""
    value = value.strip()
    if not value:
        return ""
    symbol = _SIGNS.get(sign.replace(" ", ""), sign if sign.startswith(_SIGN_CHARS) else "")
    if value.startswith(_SIGN_CHARS):
        symbol = ""
    unit = unit.strip()
    numeric = any(char.isdigit() for char in value)
    suffix = unit if numeric and unit not in {"无", "/", "-"} and not value.endswith(unit) else ""
    return f"{symbol}{value}{suffix}"


def _fold(obj: Mapping[str, Any]) -> Folded:
    """Return the object with folded keys; a value wins over a null of the same name."""
    folded: Folded = {}
    for key, value in obj.items():
        name = fold_key(key)
        if folded.get(name) is None:
            folded[name] = value
    return folded


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _project(top: Folded) -> Folded:
    for name in _PROJECTS:
        value = top.get(name)
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if isinstance(value, Mapping):
            return {**top, **_fold(value)}
    return top


def _rows(top: Folded, project: Folded, names: tuple[str, ...], code: str) -> list[Folded]:
    """Return the live rows of a table, those of the project's own code if rows name one."""
    value = next((v for source in (top, project) for n in names if (v := source.get(n))), None)
    if value is None or isinstance(value, str):
        return []
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, list):
        raise InputError("应为列表", where=Location(field=names[0]), code="bad_field")
    rows = []
    for index, item in enumerate(value):
        if not isinstance(item, Mapping):
            raise InputError(
                "应为对象", where=Location(field=f"{names[0]}[{index}]"), code="bad_field"
            )
        row = _fold(item)
        own = _text(row, "procode") in ("", code) or not code
        if own and _text(row, "isdeleted") in _LIVE:
            rows.append(row)
    return rows


def _text(row: Folded, *names: str) -> str:
    """Return the first of several columns that holds something, as text."""
    for name in names:
        value = row.get(name)
        if value is None or isinstance(value, list | Mapping | bool):
            continue
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if str(value).strip():
            return str(value).strip()
    return ""


def _year(row: Folded) -> int | None:
    text = _text(row, "fiscalyear", "year", "setyear")
    return int(text[:4]) if text[:4].isdecimal() and len(text[:4]) == 4 else None


def _latest_year(rows: Iterable[Folded]) -> int | None:
    return max((year for row in rows if (year := _year(row)) is not None), default=None)


def _project_fields(project: Folded) -> dict[str, Any]:
    description = _text(project, "prodesc", "description")
    bases = _text(project, "probases")
    if bases:
        description = f"{description}\n立项依据：{bases}".strip()
    return {
        "id": _text(project, "id", "procode") or None,
        "project_name": _text(project, "proname", "projectname"),
        "department": _text(project, "deptname", "department") or None,
        "implementing_unit": _text(project, "agencyname", "implementingunit") or None,
        "region": _text(project, "mofdivname", "region") or None,
        "function_code": function_class(
            _text(project, "functioncode", "expfunccode", "funccode") or None
        ),
        "project_type": _text(project, "projecttype", "procatname", "proattrname") or None,
        "budget_wan": _text(project, "budgetwan") or None,
        "executed_wan": _text(project, "executedwan") or None,
        "report_text": _text(project, "reporttext") or None,
        "description": description,
    }


def _goal_fields(goals: list[Folded], description: str) -> dict[str, Any]:
    """Return goal and description: the annual goal counts, the whole period's is told beside it."""
    annual = _joined(row for row in goals if _text(row, "yearflag") in ("", "0"))
    whole = _joined(row for row in goals if _text(row, "yearflag") == "1")
    if annual and whole and whole != annual:
        description = f"{description}\n实施期总目标：{whole}".strip()
    return {"goal": annual or whole, "description": description}


def _joined(goals: Iterable[Folded]) -> str:
    texts = (_text(row, "kpitarget") for row in goals)
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _indicator_fields(rows: Iterable[Folded]) -> list[dict[str, Any]]:
    """Return the annual rows, or the whole period's where no annual ones are given."""
    kept = list(rows)
    annual = [row for row in kept if _text(row, "yearflag") in ("", "0")]
    fields = [_indicator(row) for row in annual or kept]
    return [row for row in fields if row["name"] or row["target"]]


def _indicator(row: Folded) -> dict[str, Any]:
    notes = (
        _text(row, "kpicontent"),
        f"评分标准：{standard}" if (standard := _text(row, "kpievalstd")) else "",
        f"备注：{remark}" if (remark := _text(row, "kpiremark")) else "",
    )
    value = _text(row, "kpival", "indexval")
    return {
        "level1": _text(row, "lv1perfindname", "level1"),
        "level2": _text(row, "lv2perfindname", "level2"),
        "name": _text(row, "lv3perfindname", "perfindname", "name"),
        "target": target_text(_text(row, "computesign"), value, _text(row, "meterunit")),
        "weight": _text(row, "weight", "kpiweight") or None,
        "actual": _text(row, "actualvalue", "actual") or None,
        "score": _text(row, "score") or None,
        "reason": _text(row, "reason", "devreason") or None,
        "definition": "\n".join(note for note in notes if note) or None,
        "scoring_rule": standard or None,
    }


def _given_history(top: Folded, project: Folded) -> list[Declaration]:
    """Return earlier declarations that the caller sends as such."""
    from corpus.importers.json_records import declaration_from_dict

    value = next((v for source in (top, project) for n in _HISTORY if (v := source.get(n))), None)
    items = [value] if isinstance(value, Mapping) else value or []
    if not isinstance(items, list):
        raise InputError("应为列表", where=Location(field="history"), code="bad_field")
    return [declaration_from_dict(item) for item in items]


def _earlier_years(
    record: dict[str, Any], goals: list[Folded], indicators: list[Folded], year: int | None
) -> list[dict[str, Any]]:
    """Return one declaration per other year that rows of the same project belong to."""
    years = {_year(row) for row in (*goals, *indicators)} - {None, year}
    found = []
    for other in sorted(years, key=lambda y: y or 0, reverse=True):
        fields = {
            key: record[key]
            for key in ("id", "project_name", "department", "implementing_unit", "region",
                        "function_code", "project_type")
        }  # fmt: skip
        fields["year"] = other
        fields["goal"] = _goal_fields([row for row in goals if _year(row) == other], "")["goal"]
        fields["indicators"] = _indicator_fields(r for r in indicators if _year(r) == other)
        found.append(fields)
    return found
