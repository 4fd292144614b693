"""Declarations from JSON objects: the contract's record or the national platform's records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, Any

from pydantic import ValidationError

from corpus.errors import InputError, JixiaoError, Location, UnsafeFileError
from corpus.importers.fields import (
    CASE_FIELDS,
    EVALUATION_FIELDS,
    FUND_KEYS,
    INDICATOR_KEYS,
    PROJECT_KEYS,
    canonical_fields,
    function_class,
)
from corpus.importers.json_text import decode_utf8, parse_json, recover_id
from corpus.importers.result import ImportProblem, ImportResult, LineError
from corpus.importers.safety import DEFAULT_LIMITS, Limits
from corpus.records import Case, Declaration, SelfEvaluation, read_stage

_LIST_KEYS = ("declarations", "records", "projects", "cases", "data", "items")
_RESULT_FIELDS = ("actual", "score", "reason")
_MESSAGES = {
    "float_parsing": "不是数字",
    "float_type": "应为数字",
    "finite_number": "不是有效数字",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "tuple_type": "应为列表",
    "model_type": "应为对象",
    "dict_type": "应为对象",
}

MOST_ROWS = 2_000
"""Indicators of one form; real forms have 6 to 60, and work grows with their number."""


def declaration_from_dict(obj: Any) -> Declaration:
    """Return the declaration that a JSON object holds.

    Accepts the contract's record (English or Chinese keys, any case) and the national platform's
    records. The result is a `SelfEvaluation` when it carries results, a `Case` when it names where
    it was published. Raises `InputError` with the field at fault.
    """
    if not isinstance(obj, Mapping):
        raise InputError("应为一个 JSON 对象", hint="每条记录写成 {…}，字段见接口文档")
    from corpus.importers.platform_records import contract_record, is_platform_record

    record = contract_record(obj) if is_platform_record(obj) else _contract_fields(obj)
    return record_from_fields(record)


def record_from_fields(record: dict[str, Any]) -> Declaration:
    """Validate a record with canonical field names as the most specific class it fits."""
    kind: type[Declaration] = Declaration
    number = len(record.get("indicators") or ())
    if number > MOST_ROWS:
        raise InputError(
            f"一份表有 {number:,} 条指标，超过上限 {MOST_ROWS:,} 条",
            hint="请检查是否把多个项目的指标合在了一起",
        )
    results = any(record.get(name) is not None for name in EVALUATION_FIELDS) or any(
        isinstance(row, Mapping) and any(row.get(name) is not None for name in _RESULT_FIELDS)
        for row in record.get("indicators") or ()
    )
    if results or read_stage(record.get("stage")) == "monitoring":
        kind = SelfEvaluation
    if any(record.get(name) is not None for name in CASE_FIELDS):
        kind = Case
        record = {**record, "origin": "user"}
    try:
        return kind.model_validate(record)
    except ValidationError as error:
        raise _field_error(error) from None


def iter_jsonl(
    stream: IO[bytes] | IO[str], limits: Limits = DEFAULT_LIMITS
) -> Iterator[Declaration | LineError]:
    """Yield one declaration or one error per line, in order; blank lines are skipped.

    Memory is bounded by one line; a longer line than allowed is skipped over and reported.
    """
    for number, data in _bounded_lines(stream, limits):
        where = Location(row=number)
        text = ""
        try:
            if data is None:
                raise UnsafeFileError(
                    f"这一行超过 {limits.max_line_bytes // 1024 // 1024} MB，已跳过",
                    hint="每行只写一个项目的记录",
                    where=where,
                )
            text = data.decode("utf-8", "replace")
            if not text.strip("\ufeff \t\r\n"):
                continue
            yield declaration_from_dict(parse_json(decode_utf8(data, where), limits, where))
        except JixiaoError as error:
            yield LineError(number, recover_id(text), _placed(error, where))


def read_json(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> ImportResult:
    """Read one record, a list of records, or an object that wraps such a list."""
    where = Location(file=name)
    value = parse_json(decode_utf8(data, where), limits, where)
    single, items = _items(value, where)
    if len(items) > limits.max_records:
        raise UnsafeFileError(
            f"文件中的记录超过 {limits.max_records} 条", hint="请分批导入", where=where
        )
    records: list[Declaration] = []
    problems: list[ImportProblem] = []
    for index, item in enumerate(items):
        try:
            records.append(declaration_from_dict(item))
        except JixiaoError as error:
            inner = error.where.field if error.where and error.where.field else ""
            path = inner if single else f"[{index}]" + (f".{inner}" if inner else "")
            found = item.get("id") if isinstance(item, Mapping) else None
            problems.append(
                ImportProblem(
                    Location(file=name, field=path or None),
                    error.code,
                    error.message,
                    error.hint,
                    str(found) if isinstance(found, str | int) else None,
                )
            )
    return ImportResult(tuple(records), tuple(problems))


def read_jsonl(
    name: str, stream: IO[bytes] | IO[str], limits: Limits = DEFAULT_LIMITS
) -> ImportResult:
    """Read all lines of a JSONL stream; bad lines become problems."""
    records: list[Declaration] = []
    problems: list[ImportProblem] = []
    for item in iter_jsonl(stream, limits):
        if isinstance(item, LineError):
            problems.append(item.to_problem(name))
        else:
            records.append(item)
        if len(records) + len(problems) > limits.max_records:
            raise UnsafeFileError(
                f"文件中的记录超过 {limits.max_records} 条",
                hint="请分批导入",
                where=Location(file=name),
            )
    return ImportResult(tuple(records), tuple(problems))


def _contract_fields(obj: Mapping[str, Any]) -> dict[str, Any]:
    """Return the contract's fields of an object, keys in their canonical spelling."""
    record = canonical_fields(obj, PROJECT_KEYS)
    _require_scalars(record, "", except_for=("indicators", "history", "funds", "declaration"))
    record["function_code"] = function_class(record.get("function_code"))
    rows = record.get("indicators")
    if rows is not None:
        record["indicators"] = _rows("indicators", rows, INDICATOR_KEYS)
    funds = record.get("funds")
    if funds is not None:
        record["funds"] = _rows("funds", funds, FUND_KEYS)
    record["history"] = _history(record)
    return record


def _history(record: dict[str, Any]) -> list[Declaration]:
    """Return the records of the same project that a record carries.

    `declaration` is what was declared for the same year, sent with its self-evaluation; it counts
    as of that year where it gives none.
    """
    history = record.get("history") or []
    if isinstance(history, Mapping):
        history = [history]
    if not isinstance(history, list | tuple):
        raise _wrong_shape("history", "应为列表")
    found = [declaration_from_dict(item) for item in history]
    declared = record.pop("declaration", None)
    if declared is None:
        return found
    if not isinstance(declared, Mapping):
        raise _wrong_shape("declaration", "应为对象")
    plan = declaration_from_dict({"year": record.get("year"), **declared})
    return [plan, *found]


def _rows(name: str, rows: Any, keys: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the objects of a list with their fields in canonical spelling."""
    if not isinstance(rows, list | tuple):
        raise _wrong_shape(name, "应为列表")
    found = []
    for index, row in enumerate(rows):
        path = f"{name}[{index}]"
        if not isinstance(row, Mapping):
            raise _wrong_shape(path, "应为对象")
        fields = canonical_fields(row, keys)
        _require_scalars(fields, f"{path}.")
        found.append(fields)
    return found


def _require_scalars(
    record: Mapping[str, Any], prefix: str, except_for: tuple[str, ...] = ()
) -> None:
    """Refuse lists, objects and booleans where a text or a number belongs."""
    for key, value in record.items():
        if key not in except_for and isinstance(value, list | tuple | Mapping | bool):
            raise _wrong_shape(f"{prefix}{key}", "应为文本或数字")


def _wrong_shape(field: str, message: str) -> InputError:
    return InputError(
        f"{message}", hint="字段的写法见接口文档", where=Location(field=field), code="bad_field"
    )


def _field_error(error: ValidationError) -> InputError:
    """Describe the first field at fault, and how many others there are."""
    details = error.errors(include_url=False)
    first = details[0]
    cause = first.get("ctx", {}).get("error")
    message = str(cause) if cause else _MESSAGES.get(first["type"], "值的类型不对")
    if len(details) > 1:
        message += f"（另有{len(details) - 1}处字段有误）"
    path = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in first["loc"]).lstrip(".")
    return InputError(
        message, hint="字段的写法见接口文档", where=Location(field=path), code="bad_field"
    )


def _wrapped_list(value: Mapping[str, Any]) -> list[Any] | None:
    """Return the list of records that an envelope such as {"data": […]} holds."""
    from corpus.importers.platform_records import is_platform_record

    if is_platform_record(value) or "indicators" in value or "project_name" in value:
        return None
    for key, item in value.items():
        if str(key).lower() in _LIST_KEYS and isinstance(item, list):
            return item
    return None


def _items(value: Any, where: Location) -> tuple[bool, list[Any]]:
    """Return whether a value is one record, and the records."""
    from corpus.importers.platform_records import is_platform_record, split_projects

    if isinstance(value, Mapping) and is_platform_record(value):
        projects = split_projects(value)
        return projects is None, list(projects or [value])
    if isinstance(value, Mapping) and _wrapped_list(value) is None:
        return True, [value]
    return False, _record_list(value, where)


def _record_list(value: Any, where: Location) -> list[Any]:
    items = _wrapped_list(value) if isinstance(value, Mapping) else value
    if not isinstance(items, list):
        raise InputError(
            "JSON 中没有申报记录", hint="应为一个记录对象，或由记录组成的列表", where=where
        )
    return items


def _placed(error: JixiaoError, where: Location) -> JixiaoError:
    """Return the error with the line number in its place."""
    field = error.where.field if error.where else None
    return type(error)(
        error.message, hint=error.hint, where=Location(row=where.row, field=field), code=error.code
    )


def _bounded_lines(
    stream: IO[bytes] | IO[str], limits: Limits
) -> Iterator[tuple[int, bytes | None]]:
    """Yield numbered lines as bytes, None for one that exceeds the limit; none that is blank."""
    number = 0
    size = limits.max_line_bytes
    while chunk := stream.readline(size + 1):
        number += 1
        if len(chunk) <= size:
            if not chunk.isspace():  # left out here, millions of them cost next to nothing
                yield (
                    number,
                    chunk if isinstance(chunk, bytes) else chunk.encode("utf-8", "replace"),
                )
            continue
        while chunk and chunk[-1:] not in ("\n", b"\n"):
            chunk = stream.readline(size)
        yield number, None
