"""Reads a list of suppressions (豁免清单) from a TOML or JSON file."""

from __future__ import annotations

import dataclasses
import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from corpus.errors import InputError
from review.rules import ALL_RULES
from review.settings.table_file import TableFile, read_table_file
from review.suppression import Suppression

KEY = "suppressions"
MAX_ENTRIES = 100_000
_HINT = "写法见 examples/豁免清单.toml"


def _plain_id(value: Any) -> Any:
    """Accept an id that was written as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class _Entry(BaseModel):
    """What an entry may hold."""

    model_config = ConfigDict(extra="forbid")

    code: Line
    reason: Line
    by: Line
    date: datetime.date
    id: Annotated[Line | None, BeforeValidator(_plain_id)] = None
    project_name: Line | None = None
    department: Line | None = None
    year: int | None = None
    row: int | None = Field(None, ge=1)
    indicator: Line | None = None
    target: str | None = None
    fingerprint: Line | None = None


_NEEDS = {
    "missing": "没有填写",
    "string_too_short": "不能为空",
    "string_too_long": "过长",
    "string_type": "应为文字，请加双引号",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "greater_than_equal": "应从 1 数起",
}
_DATE = "应为日期，例如 2024-03-01"
_NAMES = {"reason": "豁免理由", "by": "决定人", "date": "日期", "code": "规则代码"}


def read_suppressions(path: Path) -> tuple[Suppression, ...]:
    """Return the entries of a file.

    Raises `InputError` with file, line and key where something is wrong: a mistake must not
    leave an objection standing or drop the wrong one.
    """
    file = read_table_file(path)
    entries = _entries(file)
    return tuple(_entry(file, place, values) for place, values in enumerate(entries))


def _entries(file: TableFile) -> list[Any]:
    """Return the raw entries: a JSON list, or what stands under `suppressions`."""
    values = file.values
    if isinstance(values, dict):
        unknown = next((key for key in values if key != KEY), None)
        if unknown is not None:
            raise InputError(
                f"豁免清单中不应有“{unknown}”",
                hint=f"每条以 [[{KEY}]] 开头，{_HINT}",
                where=file.place(unknown),
            )
        values = values.get(KEY, [])
    if not isinstance(values, list):
        raise InputError(f"“{KEY}”应为列表", hint=_HINT, where=file.place(KEY))
    if len(values) > MAX_ENTRIES:
        raise InputError(f"豁免超过 {MAX_ENTRIES} 条", hint="请拆分文件", where=file.place())
    return values


def _entry(file: TableFile, place: int, values: Any) -> Suppression:
    """Check one entry."""
    try:
        entry = _Entry.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        raise _mistake(file, place, str(first["loc"][0]) if first["loc"] else "", first) from None
    if entry.id is None and entry.project_name is None:
        raise InputError(
            f"第{place + 1}条豁免没有写明是哪个项目",
            hint="请填写 project_name（项目名称）或 id",
            where=file.place(KEY, place),
        )
    known = file.place(KEY, place)
    return Suppression(
        **{**entry.model_dump(), "code": _code(file, place, entry.code)}, line=known.row
    )


def _code(file: TableFile, place: int, written: str) -> str:
    """Return the code of the rule that an entry names by code, name or alias."""
    for rule in ALL_RULES:
        if rule.answers_to(written) or rule.answers_to(written.upper()):
            return rule.code
    raise InputError(
        f"第{place + 1}条豁免：“{written}”不是审核规则",
        hint="运行 jixiao rules 查看全部规则的代码",
        where=dataclasses.replace(file.place(KEY, place, "code"), field=None),
    )


def _mistake(file: TableFile, place: int, key: str, error: Any) -> InputError:
    """Turn pydantic's error into one that a user understands."""
    if error["type"] == "extra_forbidden":
        close = get_close_matches(key, _Entry.model_fields, n=1)
        problem = f"不应有“{key}”" + (f"，是否想写“{close[0]}”" if close else "")
    elif not key:
        problem = "应为一组“键 = 值”"
    else:
        shown = f"{_NAMES[key]}（{key}）" if key in _NAMES else f"“{key}”"
        need = _DATE if error["type"].startswith("date") else "不合规范"
        problem = f"{shown}{_NEEDS.get(error['type'], need)}"
    where = file.place(KEY, place, key) if key else file.place(KEY, place)
    return InputError(
        f"第{place + 1}条豁免：{problem}", hint=_HINT, where=dataclasses.replace(where, field=None)
    )
