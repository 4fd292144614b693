"""The form as it stands in the browser: whatever has been written so far, right or not yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from corpus.errors import InputError, Location
from corpus.importers.number_format import plain
from corpus.records import Indicator, SelfEvaluation
from corpus.workflow.status import SubmissionKind

DECLARED = (
    "project_name",
    "department",
    "implementing_unit",
    "year",
    "project_type",
    "function_code",
    "budget_wan",
    "description",
    "goal",
)
"""Facts that both forms have a field for."""
REPORTED = (
    "initial_budget_wan",
    "executed_wan",
    "execution_weight",
    "execution_rate",
    "execution_score",
    "total_score",
    "actual_summary",
    "problems",
    "report_text",
)
"""Facts that only a self-evaluation has a field for."""
ROW_TEXTS = ("level1", "level2", "name", "target", "weight", "actual", "score", "reason")
LABELS = {
    "project_name": "项目名称",
    "department": "主管部门",
    "implementing_unit": "实施单位",
    "year": "年度",
    "project_type": "项目属性",
    "function_code": "支出功能分类",
    "budget_wan": "年度资金总额",
    "description": "项目概况",
    "goal": "年度总体目标",
    "initial_budget_wan": "年初预算数",
    "executed_wan": "全年执行数",
    "execution_weight": "预算执行率分值",
    "execution_rate": "预算执行率",
    "execution_score": "预算执行率得分",
    "total_score": "总分",
    "actual_summary": "年度总体目标完成情况",
    "problems": "存在问题",
    "report_text": "自评报告正文",
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "target": "指标值",
    "weight": "分值",
    "actual": "实际完成值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
}
"""What the forms call their fields."""
_SHORT = 2_000


@dataclass(frozen=True)
class Origin:
    """The suggestion that a row was taken over from, or that was refused."""

    name: str
    target: str = ""
    level1: str = ""
    level2: str = ""
    source_key: str | None = None
    rank: int | None = None
    question: str = ""
    """What the unit must answer where the suggestion leaves the target open."""

    @classmethod
    def read(cls, value: Any) -> Origin | None:
        """Return what a page sent along, None where it makes no sense."""
        if not isinstance(value, Mapping) or not str(value.get("name") or "").strip():
            return None
        texts = {
            name: str(value.get(name) or "")[:_SHORT]
            for name in ("name", "target", "level1", "level2", "question")
        }
        key, rank = value.get("source_key"), value.get("rank")
        return cls(
            **texts,
            source_key=key[:_SHORT] if isinstance(key, str) else None,
            rank=rank if isinstance(rank, int) and 1 <= rank <= 10_000 else None,
        )

    @property
    def row(self) -> Indicator:
        """Return it as an indicator."""
        return Indicator(level1=self.level1, level2=self.level2, name=self.name, target=self.target)

    def to_dict(self) -> dict[str, Any]:
        """Return what pages carry along."""
        return {**self.__dict__}


@dataclass(frozen=True)
class PostedRow:
    """One row of the indicator table, as typed."""

    key: str
    """Names the row on the page, as long as it is there."""
    texts: Mapping[str, str]
    """`ROW_TEXTS` by name."""
    rest: Mapping[str, Any] = field(default_factory=dict)
    """Fields that the form has no column for: definition, scoring rule, forecast."""
    origin: Origin | None = None

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing has been written into it."""
        return not any(self.texts[name].strip() for name in ROW_TEXTS[2:])


@dataclass(frozen=True)
class Fault:
    """Something typed that cannot be taken as what it should be."""

    message: str
    field: str
    row: str | None = None
    """Key of the row, None for a fact of the project."""


@dataclass(frozen=True)
class Posted:
    """The whole form."""

    kind: SubmissionKind
    facts: Mapping[str, str]
    rows: tuple[PostedRow, ...]
    base: Mapping[str, Any] = field(default_factory=dict)
    """What the record holds besides: number, region, earlier years, sources of funds."""
    scheme: str = ""
    """Weight scheme asked for; empty reads it from the form."""
    rejected: tuple[Origin, ...] = ()
    submission: str | None = None
    revision: int | None = None
    version: int | None = None
    record: SelfEvaluation = field(init=False)
    """All that can be read of it; rows without any content are left out."""
    filled: tuple[PostedRow, ...] = field(init=False)
    """The rows of `record.indicators`, in the same order."""
    faults: tuple[Fault, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Read the texts."""
        faults: list[Fault] = []
        filled = tuple(row for row in self.rows if not row.is_blank)
        values = _checked(self.facts, None, faults, SelfEvaluation)
        rows = [{**row.rest, **_checked(row.texts, row.key, faults, Indicator)} for row in filled]
        record = _record({**self.base, **values, "indicators": rows})
        object.__setattr__(self, "record", record)
        object.__setattr__(self, "filled", filled)
        object.__setattr__(self, "faults", tuple(faults))

    @property
    def is_evaluation(self) -> bool:
        """Tell which of the two forms it is."""
        return self.kind is SubmissionKind.EVALUATION

    def sound(self) -> SelfEvaluation:
        """Return the record; raises `InputError` at the first thing that cannot be read."""
        for fault in self.faults:
            raise InputError(fault.message, hint="请更正后再办理，已填写的内容没有丢失")
        if not self.record.project_name.strip():
            raise InputError("还没有填写项目名称", hint="请先填写项目名称")
        return self.record

    def weighed(self, weights: Mapping[str, float]) -> SelfEvaluation:
        """Return the record with weights for the rows that have none of their own, by row key."""
        rows = [
            row.model_copy(update={"weight": weights.get(posted.key)})
            if row.weight is None
            else row
            for row, posted in zip(self.record.indicators, self.filled, strict=True)
        ]
        return self.record.model_copy(update={"indicators": tuple(rows)})


def fields_of(kind: SubmissionKind) -> tuple[str, ...]:
    """Return the names of the facts that a form asks for."""
    return DECLARED + REPORTED if kind is SubmissionKind.EVALUATION else DECLARED


def posted_from_record(record: SelfEvaluation, kind: SubmissionKind, **more: Any) -> Posted:
    """Return a record as the form would show it; `more` are further fields of `Posted`."""
    rows = [
        PostedRow(
            key=f"r{place}",
            texts={name: _shown(getattr(row, name)) for name in ROW_TEXTS},
            rest=kept_of_row(row.model_dump(mode="json", exclude_defaults=True)),
        )
        for place, row in enumerate(record.indicators)
    ]
    whole = record.model_dump(mode="json", exclude_defaults=True)
    blanks = [row.model_dump(exclude_defaults=True) for row in record.blank_rows]
    return Posted(
        kind=kind,
        facts={name: _shown(getattr(record, name)) for name in fields_of(kind)},
        rows=tuple(rows),
        base=kept_of_record({**whole, "blank_rows": blanks} if blanks else whole, kind),
        **more,
    )


def with_rows(posted: Posted, rows: Iterable[PostedRow]) -> Posted:
    """Return the form with other rows."""
    return replace(posted, rows=tuple(rows))


def kept_of_row(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what a row has besides the columns of the form."""
    return {
        name: fields[name]
        for name in ("definition", "scoring_rule", "forecast")
        if isinstance(fields.get(name), str)
    }


def kept_of_record(fields: Mapping[str, Any], kind: SubmissionKind) -> dict[str, Any]:
    """Keep what a record has besides the fields of the form."""
    known = SelfEvaluation.model_fields.keys() - {"indicators", *fields_of(kind)}
    kept = {name: fields[name] for name in known if name in fields}
    try:
        SelfEvaluation.model_validate(kept)
    except ValidationError:
        return {}
    return kept


def _record(fields: Mapping[str, Any]) -> SelfEvaluation:
    try:
        return SelfEvaluation.model_validate(fields)
    except ValidationError as error:  # pragma: no cover - every field has been checked
        raise InputError("表单内容无法读取", where=Location(field=str(error.title))) from error


def _checked(
    texts: Mapping[str, str], row: str | None, faults: list[Fault], shape: Any
) -> dict[str, Any]:
    """Return the texts that can be read as what their fields hold, and note the others."""
    kept: dict[str, Any] = {}
    for name, text in texts.items():
        if not text.strip():
            continue
        try:
            read = getattr(shape.model_validate({name: text}), name)
        except ValidationError:
            faults.append(Fault(f"{LABELS[name]}“{text.strip()[:40]}”不是数字", name, row))
            continue
        if read is None and name in ("year",):
            faults.append(Fault(f"{LABELS[name]}“{text.strip()[:40]}”应为四位数年份", name, row))
        kept[name] = read
    return kept


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, float) else str(value)
