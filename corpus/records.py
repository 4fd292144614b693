"""Immutable records that every layer shares.

They follow the interface contract: field names are stable, unknown input fields are ignored.
A record knows nothing of storage, HTTP or models. Texts are kept exactly as the unit wrote them
(findings point into them by character offset); clean them for matching with `corpus.text`.
Amounts are in 万元 (ten thousand yuan) wherever a field name ends in `_wan`.
"""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_NUMBER = re.compile(r"^([+-]?\d+(?:\.\d+)?)(亿元|万元|亿|万|元|分|%)?$")
_FACTORS_WAN = {"亿元": 1e4, "亿": 1e4, "万元": 1.0, "万": 1.0, "元": 1e-4}
_MOST = 1e15
"""Beyond any amount in 万元; float arithmetic on it is still exact to the unit."""
_YEAR = re.compile(r"(?:19|20)\d{2}")


def _plain_number(value: Any) -> tuple[str, str] | None:
    """Split a number written as text into digits and unit, or return None for a blank."""
    text = re.sub(r"[,，\s]", "", str(value))
    if text in {"", "-", "—", "——", "/", "无"}:
        return None
    match = _NUMBER.match(text)
    if match is None:
        raise ValueError(f"“{value}”不是数字")
    return match.group(1), match.group(2) or ""


def bounded(value: float) -> float:
    """Refuse with ValueError what no budget holds: endless numbers, beyond any amount of money."""
    if not abs(value) <= _MOST:  # NaN is not, either
        raise ValueError("数值过大，不可能是金额、分值或得分")
    return value


def _to_wan(value: Any) -> float | None:
    """Read an amount in 万元; a written unit (元, 亿元) converts."""
    if value is None or isinstance(value, int | float):
        return None if value is None else bounded(value)
    parts = _plain_number(value)
    return None if parts is None else bounded(float(parts[0]) * _FACTORS_WAN.get(parts[1], 1.0))


def _to_number(value: Any) -> float | None:
    """Read a weight or score; “10分” and “10%” are 10."""
    if value is None or isinstance(value, int | float):
        return None if value is None else bounded(value)
    parts = _plain_number(value)
    return None if parts is None else bounded(float(parts[0]))


def _to_year(value: Any) -> int | None:
    """Read a year from 2024, "2024" or “2024年度”."""
    if value is None or isinstance(value, int):
        return value
    match = _YEAR.search(str(value))
    return int(match.group()) if match else None


def _to_text(value: Any) -> str:
    """Read a text field: null is empty, a whole float loses its “.0”."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _to_optional_text(value: Any) -> str | None:
    """Read a text field that may be absent."""
    return None if value is None else _to_text(value)


def _to_list(value: Any) -> Any:
    """Read null as an empty list."""
    return () if value is None else value


_DAY = re.compile(
    r"((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*(?:[月./-]\s*(\d{1,2})\s*日?|月(?:份|底|末)?)"
)


def _to_day(value: Any) -> date | None:
    """Read a day from 2024-07-31, “2024年7月31日” or, as its last day, “2024年7月”."""
    if value is None or isinstance(value, date):
        return value
    match = _DAY.search(str(value))
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    return date(year, month, min(max(int(match[3] or last), 1), last))


def read_stage(value: Any) -> str:
    """Read the stage; only what speaks of monitoring is monitoring."""
    return "monitoring" if re.search(r"monitor|监控|跟踪", str(value)) else "self_evaluation"


Day = Annotated[date | None, BeforeValidator(_to_day)]
Stage = Annotated[Literal["self_evaluation", "monitoring"], BeforeValidator(read_stage)]
AmountWan = Annotated[float | None, BeforeValidator(_to_wan)]
Number = Annotated[float | None, BeforeValidator(_to_number)]
Year = Annotated[int | None, BeforeValidator(_to_year)]
Text = Annotated[str, BeforeValidator(_to_text)]
OptionalText = Annotated[str | None, BeforeValidator(_to_optional_text)]


class Record(BaseModel):
    """Base of all records: frozen, compared by value, unknown fields ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Indicator(Record):
    """One third-level indicator row as submitted (三级指标)."""

    level1: Text = ""
    """一级指标 as written, for example 产出指标."""
    level2: Text = ""
    """二级指标 as written, for example 数量指标."""
    name: Text = ""
    target: Text = ""
    """指标值, raw text; parse with `corpus.target.parse_target`."""
    weight: Number = None
    """分值 or 权重."""
    actual: OptionalText = None
    """实际完成值, raw text."""
    score: Number = None
    """得分."""
    reason: OptionalText = None
    """偏差原因分析及改进措施."""
    definition: OptionalText = None
    """指标说明, where the form or platform gives one."""
    scoring_rule: OptionalText = None
    """评分标准, where the form gives one: how points are lost."""
    forecast: OptionalText = None
    """全年预计完成情况, raw text, on a monitoring table; `actual` is the progress so far."""
    location: OptionalText = None
    """Where the row was read, for example “申报表!D12”; None for JSON."""


class Declaration(Record):
    """A project's performance-goal declaration (绩效目标申报)."""

    id: OptionalText = None
    project_name: Text = ""
    department: OptionalText = None
    implementing_unit: OptionalText = None
    region: OptionalText = None
    year: Year = None
    function_code: OptionalText = None
    """支出功能分类 类, three digits, for example 213."""
    project_type: OptionalText = None
    """项目属性, for example 延续性项目."""
    budget_wan: AmountWan = None
    """Adjusted yearly budget, 万元."""
    executed_wan: AmountWan = None
    """Executed amount, 万元."""
    description: Text = ""
    goal: Text = ""
    """年度总体目标."""
    indicators: Annotated[tuple[Indicator, ...], BeforeValidator(_to_list)] = ()
    report_text: OptionalText = None
    history: Annotated[tuple[Declaration, ...], BeforeValidator(_to_list)] = ()
    """Earlier years of the same project, where the caller sends them."""
    blank_rows: Annotated[tuple[Indicator, ...], BeforeValidator(_to_list)] = Field(
        default=(), exclude=True
    )
    """Rows of the form that wait to be filled: levels as written, and weights where printed."""


class Fund(Record):
    """One source of a project's money with its part of the execution block, in 万元."""

    source: Text = ""
    """As the form names it, for example 其中：当年财政拨款."""
    initial_wan: AmountWan = None
    budget_wan: AmountWan = None
    executed_wan: AmountWan = None


class SelfEvaluation(Declaration):
    """A declaration with its results (绩效自评表): the execution block and the overall score."""

    initial_budget_wan: AmountWan = None
    """年初预算数, 万元; `budget_wan` is 全年预算数."""
    execution_rate: Number = None
    """执行率 as stated on the form, percent."""
    execution_weight: Number = None
    """分值 of the execution rate."""
    execution_score: Number = None
    """得分 of the execution rate."""
    total_score: Number = None
    """总分 as stated."""
    actual_summary: OptionalText = None
    """年度总体目标完成情况, narrative."""
    funds: tuple[Fund, ...] | None = None
    """The sources that `budget_wan` is made of, where the form lists them."""
    grade: OptionalText = None
    """优, 良, 中 or 差 as stated."""
    problems: OptionalText = None
    """存在问题 as stated on the form."""
    stage: Stage = "self_evaluation"
    """monitoring for a mid-year table (监控表): `actual` and `executed_wan` are progress so far."""
    as_of: Day = None
    """The day a monitoring table reports on."""
    forecast_wan: AmountWan = None
    """全年预计执行数 of a monitoring table, 万元."""


class Case(SelfEvaluation):
    """A published declaration or self-evaluation with its source (历史项目)."""

    source_kind: OptionalText = None
    """申报表, 批复表, 监控表, 自评表, 评价报告 or 其他."""
    source_url: OptionalText = None
    origin: Literal["bundled", "user"] = "bundled"

    @property
    def source(self) -> str:
        """What evaluation groups by: the page a case was seen on, else the case itself."""
        url = self.source_url or ""
        return url if url and url != "unknown" else str(self.id)


Direction = Literal["≥", "≤", "=", "定性"]


class LibraryIndicator(Record):
    """One indicator of the curated library."""

    level1: Text
    level2: Text
    name: Text
    object: Text = ""
    """What is measured."""
    facet: Text = ""
    """Which aspect of it."""
    definition: Text = ""
    formula: Text = ""
    unit: Text = ""
    direction: Direction = "≥"
    weak: float | None = None
    """Threshold that takes no effort; weak, typical and strong fall for ≤."""
    typical: float | None = None
    strong: float | None = None
    basis: Text = ""
    """Where the thresholds come from."""
    evidence: Text = ""
    """佐证材料."""
    core: bool = False
    """Whether such a project nearly always needs it."""
    retired_at: OptionalText = None
    """ISO date on which it was taken out of use; None while it is suggested."""


class LibraryType(Record):
    """A project type of the library with its indicators."""

    id: Text
    function_code: Text
    project_type: Text
    aliases: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    category: Text = ""
    """业务工作, 补贴补助, 工程建设, 购买服务 …"""
    scope: Text = ""
    activities: tuple[str, ...] = ()
    indicators: tuple[LibraryIndicator, ...] = ()
    origin: Literal["bundled", "user"] = "bundled"

    @property
    def in_use(self) -> LibraryType | None:
        """The type without what was taken out of use; None where nothing is left of it."""
        kept = tuple(row for row in self.indicators if row.retired_at is None)
        if len(kept) == len(self.indicators):
            return self
        return self.model_copy(update={"indicators": kept}) if kept else None


TargetKind = Literal["number", "range", "date", "words", "blank"]
Operator = Literal["≥", "≤", "=", ">", "<", "≈"]


class ParsedTarget(Record):
    """What a target cell says, as `corpus.target.parse_target` reads it."""

    kind: TargetKind
    operator: Operator | None = None
    value: float | None = None
    """The number with 万 and 亿 multiplied out (3.5万亩 is 35000 亩); 万元 and 亿元 stay units."""
    value_high: float | None = None
    """Upper end of a range."""
    unit: str | None = None
    """Unit in its standard spelling (％ and 百分比 are %), None where the cell gives none."""
    date: str | None = None
    """ISO date of the deadline or the end of the period; --12-31 where the cell gives no year."""
    date_from: str | None = None
    """ISO date of the beginning of a period."""
    span: tuple[int, int] | None = None
    """Characters of the cell, as given, that carry the value."""
    parts: tuple[ParsedTarget, ...] = Field(default=())
    """All readings of a cell that holds several values, in order; empty for a simple cell."""
    placeholder: bool = False
    """Whether a blank cell holds template residue (XX, **, 万亩 without a number)."""


def library_id(project_type: str) -> str:
    """Return the id of a library type: stable by its name, as in the bundled library."""
    return f"lib-{hashlib.sha256(project_type.encode()).hexdigest()[:8]}"
