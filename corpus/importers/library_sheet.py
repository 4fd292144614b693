"""Indicator libraries kept as sheets with one indicator per row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import InputError, Location
from corpus.importers.fields import function_class
from corpus.importers.grid import Cell, Grid
from corpus.importers.indicator_cells import clean_level, is_blank
from corpus.importers.result import ImportProblem, LibraryImportResult
from corpus.importers.vocabulary import bare_label
from corpus.records import LibraryType, library_id
from corpus.target import parse_target
from corpus.taxonomy import FUNCTIONS, guess_function_code

_SEARCHED_ROWS = 30
_MAX_HEADING = 30
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("project_type", re.compile(r"项目类型|项目名称|支出类型|政策名称|适用项目|^project_?type$")),
    ("function_code", re.compile(r"功能分类|功能科目|行业|领域|^function_?code$")),
    ("departments", re.compile(r"部门|^departments$")),
    ("category", re.compile(r"项目类别|项目性质|资金类别|支出类别|^category$")),
    ("aliases", re.compile(r"别名|又称|^aliases$")),
    ("scope", re.compile(r"适用范围|^范围$|^scope$")),
    ("activities", re.compile(r"主要活动|主要工作|工作内容|^activities$")),
    ("level1", re.compile(r"一级指标|^level1$")),
    ("level2", re.compile(r"二级指标|^level2$")),
    ("basis", re.compile(r"依据|来源|^basis$")),
    ("weak", re.compile(r"基本值|底线值|及格值|最低值|^weak$")),
    ("strong", re.compile(r"先进值|挑战值|优秀值|最优值|^strong$")),
    ("typical", re.compile(r"参考值|标准值|指标值|目标值|一般值|^typical$")),
    ("definition", re.compile(r"解释|说明|定义|内涵|释义|^definition$")),
    ("formula", re.compile(r"公式|计算方法|^formula$")),
    ("unit", re.compile(r"单位|^unit$")),
    ("direction", re.compile(r"方向|符号|指标性质|指标属性|^direction$")),
    ("evidence", re.compile(r"佐证|证明材料|^evidence$")),
    ("core", re.compile(r"核心|必选|^core$")),
    ("object", re.compile(r"评价对象|计量对象|^object$")),
    ("facet", re.compile(r"计量方面|^facet$")),
    ("name", re.compile(r"三级指标|指标名称|^指标$|^name$")),
)
_DIRECTIONS = {
    "≥": "≥", "≤": "≤", "=": "=", ">": "≥", "<": "≤", ">=": "≥", "<=": "≤", "＞": "≥", "＜": "≤",
    "正向": "≥", "正向指标": "≥", "越大越好": "≥", "反向": "≤", "逆向": "≤", "反向指标": "≤",
    "负向": "≤", "越小越好": "≤", "等于": "=", "定性": "定性", "定性指标": "定性",
    "大于等于": "≥", "小于等于": "≤", "大于": "≥", "小于": "≤",
}  # fmt: skip
_OPERATORS = {"≥": "≥", ">": "≥", "≤": "≤", "<": "≤", "=": "=", "≈": "="}
_TYPE_FIELDS = (
    "project_type", "function_code", "departments", "category", "aliases", "scope", "activities",
)  # fmt: skip
_LISTS = ("departments", "aliases", "activities")
_VALUES = ("weak", "typical", "strong")
_YES = frozenset({"是", "√", "✓", "y", "yes", "true", "1", "核心", "必选", "核心指标"})
_SEPARATORS = re.compile(r"[、,，;；\n]+")


@dataclass
class _TypeDraft:
    fields: dict[str, Any]
    indicators: list[dict[str, Any]] = field(default_factory=list)


def read_library_grids(name: str, grids: Iterable[Grid]) -> LibraryImportResult:
    """Return the project types of library sheets, rows of one type gathered in order."""
    drafts: dict[str, _TypeDraft] = {}
    problems: list[ImportProblem] = []
    found_heading = False
    for grid in grids:
        heading = _find_heading(grid)
        if heading is not None:
            found_heading = True
            _read_sheet(grid, *heading, drafts)
        problems.extend(grid.problems)
    if not found_heading:
        raise InputError(
            "没有识别到指标库",
            hint="表头应有“项目类型、一级指标、二级指标、三级指标”等栏目；"
            "格式见 docs/input-formats.md",
            where=Location(file=name),
            code="no_library",
        )
    types = (LibraryType.model_validate(_type_fields(draft)) for draft in drafts.values())
    return LibraryImportResult(tuple(types), tuple(problems))


def _find_heading(grid: Grid) -> tuple[int, dict[str, Cell]] | None:
    """Return the row after the heading and the column headings by field."""
    for row in range(min(grid.height, _SEARCHED_ROWS)):
        columns: dict[str, Cell] = {}
        for cell in grid.cells(row):
            name = _column(cell.text)
            if name:
                columns.setdefault(name, cell)
        if "name" in columns and {"level1", "level2"} & columns.keys() and len(columns) >= 4:
            return max(c.row + c.rows for c in columns.values() if c.rows <= 3), columns
    return None


def _column(text: str) -> str | None:
    if len(text) > _MAX_HEADING:
        return None
    bare = bare_label(text).lower()
    return next((name for name, pattern in _COLUMNS if pattern.search(bare)), None)


def _read_sheet(
    grid: Grid, first: int, columns: dict[str, Cell], drafts: dict[str, _TypeDraft]
) -> None:
    """Read rows; blank type fields and levels continue the row above."""
    carried: dict[str, str] = {}
    for row in range(first, grid.height):
        texts = {
            name: cell.text.strip()
            for name, heading in columns.items()
            if (cell := grid.at(row, heading.column)) is not None
        }
        if not texts:
            continue
        _carry(carried, texts)
        name = texts.get("name", "")
        if is_blank(name):
            continue
        if not carried.get("project_type"):
            carried["project_type"] = grid.sheet or "未命名"
        draft = drafts.setdefault(carried["project_type"], _TypeDraft({}))
        for key in _TYPE_FIELDS:
            if carried.get(key):
                draft.fields.setdefault(key, carried[key])
        draft.indicators.append(_indicator(grid, row, columns, carried, texts))


def _carry(carried: dict[str, str], texts: dict[str, str]) -> None:
    """Bring the fields that blank cells continue up to date."""
    if texts.get("project_type") and texts["project_type"] != carried.get("project_type"):
        carried.clear()
    for key in _TYPE_FIELDS:
        if texts.get(key):
            carried[key] = texts[key]
    level1 = clean_level(texts.get("level1", ""))
    if level1 and level1 != carried.get("level1"):
        carried["level1"] = level1
        carried["level2"] = ""
    if texts.get("level2"):
        carried["level2"] = clean_level(texts["level2"])


def _indicator(
    grid: Grid, row: int, columns: dict[str, Cell], carried: dict[str, str], texts: dict[str, str]
) -> dict[str, Any]:
    fields: dict[str, Any] = {
        key: texts.get(key, "")
        for key in ("name", "object", "facet", "definition", "formula", "unit", "basis", "evidence")
    }
    fields["level1"], fields["level2"] = carried.get("level1", ""), carried.get("level2", "")
    fields["core"] = texts.get("core", "").lower() in _YES
    direction = _DIRECTIONS.get(texts.get("direction", ""))
    for key in _VALUES:
        text = texts.get(key, "")
        if is_blank(text):
            continue
        parsed = parse_target(text, fields["name"])
        if parsed.kind == "number" and parsed.value is not None:
            fields[key] = parsed.value
            direction = direction or _OPERATORS.get(parsed.operator or "")
            fields["unit"] = fields["unit"] or parsed.unit or ""
        elif parsed.kind == "range" and key == "typical":
            fields.setdefault("weak", parsed.value)
            fields.setdefault("strong", parsed.value_high)
            fields["unit"] = fields["unit"] or parsed.unit or ""
        else:
            fields["basis"] = "；".join(t for t in (fields["basis"], f"参考值：{text}") if t)
            direction = direction or "定性"
    _check_direction(grid, row, columns, texts.get("direction", ""))
    fields["direction"] = direction or "≥"
    return fields


def _check_direction(grid: Grid, row: int, columns: dict[str, Cell], written: str) -> None:
    """Report a direction that is none of the known words."""
    if not written or written in _DIRECTIONS or written in ("定量", "定量指标"):
        return
    cell = grid.at(row, columns["direction"].column)
    if cell is not None:
        message = f"“{written[:10]}”不是指标方向"
        grid.report(cell, "bad_direction", message, "请填 ≥、≤、= 或 定性")


def _type_fields(draft: _TypeDraft) -> dict[str, Any]:
    fields: dict[str, Any] = {
        key: value
        for key, value in draft.fields.items()
        if key not in _LISTS and key != "function_code"
    }
    for key in _LISTS:
        parts = _SEPARATORS.split(draft.fields.get(key, ""))
        fields[key] = tuple(part.strip() for part in parts if part.strip())
    fields["id"] = library_id(fields["project_type"])
    fields["function_code"] = _function_code(draft.fields, fields)
    fields["indicators"] = draft.indicators
    fields["origin"] = "user"
    return fields


def _function_code(written: dict[str, Any], fields: dict[str, Any]) -> str:
    """Return the class written, by number or name, else one guessed from type and departments."""
    text = str(written.get("function_code", ""))
    code = str(function_class(text))
    if code in FUNCTIONS:
        return code
    bare = text.removesuffix("支出")
    by_name = next((c for c, name in FUNCTIONS.items() if bare and bare in name), None)
    guessed = " ".join((text, fields["project_type"], *fields["departments"]))
    return by_name or guess_function_code(guessed) or ""
