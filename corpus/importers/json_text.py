"""JSON text to plain values, within bounds: no NaN, no giant numbers, no bottomless nesting."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from corpus.errors import InputError, Location, UnsafeFileError
from corpus.importers.safety import DEFAULT_LIMITS, Limits

_ID = re.compile(r'"(?:id|ID|Id)"\s*:\s*(?:"((?:[^"\\]|\\.){1,200})"|(-?\d{1,40})(?=\s*[,}\]]|$))')
_LONE_SURROGATE_OR_NUL = re.compile("[\ud800-\udfff\x00]")
_ID_WINDOW = 65_536


def decode_utf8(data: bytes, where: Location | None = None) -> str:
    """Return the text of UTF-8 (or BOM-marked UTF-16) bytes.

    Other encodings are refused rather than guessed: a wrong guess would import garbled text.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"不是 UTF-8 编码的文本（第{error.start + 1}个字节起无法识别）",
            hint="请将文件另存为 UTF-8 编码后再导入",
            where=where,
            code="bad_encoding",
        ) from None


def parse_json(text: str, limits: Limits = DEFAULT_LIMITS, where: Location | None = None) -> Any:
    """Parse JSON text and check that its numbers and nesting are sane.

    Raises `InputError` (code `bad_json`) or, for nesting and numbers out of bounds,
    `UnsafeFileError`.
    """
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise _syntax_error(error, where) from None
    except RecursionError:
        raise _too_deep(limits, where) from None
    except InputError as error:
        raise InputError(error.message, hint=error.hint, where=where, code=error.code) from None
    except ValueError:  # an integer with more digits than Python converts
        raise _giant_number(where) from None
    return _checked(value, limits, where)


def recover_id(text: str) -> str | None:
    """Return the `id` of a damaged record, where its text still shows one."""
    match = _ID.search(text[:_ID_WINDOW]) or _ID.search(text[-_ID_WINDOW:])
    if match is None:
        return None
    if match.group(2):
        return match.group(2)
    try:
        found = json.loads(f'"{match.group(1)}"')
    except ValueError:
        found = match.group(1)
    return _clean(found)


def _refuse_constant(name: str) -> NoReturn:
    raise InputError(
        f"JSON 中出现 {name}，不是有效数值", hint="没有数值时请写 null", code="bad_json"
    )


def _syntax_error(error: json.JSONDecodeError, where: Location | None) -> InputError:
    row = f"第{error.lineno}行" if error.lineno > 1 else ""
    return InputError(
        f"不是有效的 JSON（{row}第{error.colno}个字符处有误）",
        hint="请检查引号、逗号和括号是否成对，内容是否被截断",
        where=where,
        code="bad_json",
    )


def _too_deep(limits: Limits, where: Location | None) -> UnsafeFileError:
    return UnsafeFileError(
        f"JSON 嵌套超过 {limits.max_json_depth} 层，拒绝读取",
        hint="请按接口文档的申报记录格式提交",
        where=where,
    )


def _giant_number(where: Location | None) -> UnsafeFileError:
    return UnsafeFileError(
        "JSON 中有超出合理范围的数字，拒绝读取",
        hint="请核对数值；编码类内容请写成文本",
        where=where,
    )


def _checked(value: Any, limits: Limits, where: Location | None) -> Any:
    """Return the value with unusable characters replaced; refuse depth and numbers out of bounds.

    The walk goes level by level, so that its own depth never depends on the input's.
    """
    root = [value]
    level: list[dict[Any, Any] | list[Any]] = [root]
    for _ in range(limits.max_json_depth + 2):
        deeper: list[dict[Any, Any] | list[Any]] = []
        for node in level:
            for key, item in list(node.items() if isinstance(node, dict) else enumerate(node)):
                if isinstance(item, dict | list):
                    deeper.append(item)
                elif isinstance(item, str):
                    node[key] = _clean(item)
                elif isinstance(item, int | float) and not abs(item) <= limits.max_json_number:
                    raise _giant_number(where)
        if not deeper:
            return root[0]
        level = deeper
    raise _too_deep(limits, where)


def _clean(text: str) -> str:
    """Replace characters that no store or output can hold, one for one, so that offsets stay."""
    return _LONE_SURROGATE_OR_NUL.sub("\ufffd", text)
