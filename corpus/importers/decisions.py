"""Decisions about suggestions from JSON: one project with its decisions per object or line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from corpus.decisions import ProjectDecisions, SuggestionDecision, facts_of
from corpus.errors import InputError, JixiaoError, Location
from corpus.importers.json_records import declaration_from_dict
from corpus.importers.json_text import decode_utf8, parse_json, recover_id
from corpus.importers.reading import Source, load
from corpus.importers.result import ImportProblem
from corpus.importers.safety import DEFAULT_LIMITS, Limits

_HINT = "写法见 docs/decisions.md"
_MOST = 1000
"""Decisions of one record; a recommendation has at most a hundred suggestions."""


@dataclass(frozen=True)
class DecisionsResult:
    """Decisions read from one file, and the problems met."""

    records: tuple[ProjectDecisions, ...] = ()
    problems: tuple[ImportProblem, ...] = ()


def decisions_from_dict(obj: Any) -> ProjectDecisions:
    """Return the project and decisions that a JSON object holds.

    `declaration` may be anything that `declaration_from_dict` reads. Raises `InputError` with the
    field at fault.
    """
    if not isinstance(obj, Mapping):
        raise _wrong("应为一个 JSON 对象", None)
    if not isinstance(obj.get("declaration"), Mapping):
        raise _wrong("缺少项目的申报记录，应为对象", "declaration")
    rows = obj.get("decisions")
    if not isinstance(rows, list) or not rows:
        raise _wrong("缺少对推荐指标的取舍，应为列表且至少一条", "decisions")
    if len(rows) > _MOST:
        raise _wrong(f"一次最多 {_MOST} 条取舍", "decisions")
    declaration = facts_of(declaration_from_dict(obj["declaration"]))
    if not declaration.project_name.strip():
        raise _wrong("缺少项目名称", "declaration.project_name")
    return ProjectDecisions(
        declaration=declaration,
        decisions=tuple(_decision(row, place) for place, row in enumerate(rows)),
    )


def read_decisions(source: Source, limits: Limits = DEFAULT_LIMITS) -> DecisionsResult:
    """Read a JSONL file of decisions; bad lines become problems.

    Raises `InputError` or `UnsafeFileError` when the file as a whole cannot be read.
    """
    name, data = load(source, limits)
    records: list[ProjectDecisions] = []
    problems: list[ImportProblem] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip(b"\xef\xbb\xbf \t\r"):
            continue
        where = Location(file=name, row=number)
        try:
            records.append(decisions_from_dict(parse_json(decode_utf8(line), limits)))
        except JixiaoError as error:
            field = error.where.field if error.where else None
            place = Location(file=name, row=where.row, field=field)
            found = recover_id(line.decode("utf-8", "replace"))
            problems.append(ImportProblem(place, error.code, error.message, error.hint, found))
    return DecisionsResult(tuple(records), tuple(problems))


def _decision(row: Any, place: int) -> SuggestionDecision:
    """Read one decision."""
    path = f"decisions[{place}]"
    try:
        return SuggestionDecision.model_validate(row)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join((path, *(str(part) for part in first["loc"])))
        ours = first["type"] == "value_error"
        message = str(first["ctx"]["error"]) if ours else _MESSAGES.get(first["type"], "值不对")
        raise _wrong(message, field) from None


_MESSAGES = {
    "literal_error": "应为 accepted（采纳）、rejected（不采纳）或 edited（修改后采用）",
    "missing": "缺少这个字段",
    "model_type": "应为对象",
    "greater_than_equal": "名次从 1 起",
    "less_than_equal": "名次过大",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "datetime_from_date_parsing": "应为时间，如 2026-03-01T12:00:00+08:00",
    "datetime_parsing": "应为时间，如 2026-03-01T12:00:00+08:00",
    "datetime_type": "应为时间，如 2026-03-01T12:00:00+08:00",
    "int_from_float": "应为整数",
}


def _wrong(message: str, field: str | None) -> InputError:
    return InputError(message, hint=_HINT, where=Location(field=field), code="bad_field")
