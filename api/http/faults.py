"""What is wrong with a parameter or a field, said so that the caller can put it right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.errors import InputError

_PARTS = frozenset({"body", "query", "path", "header", "cookie"})
"""First step of the place of a fault, which the caller need not hear of."""
_LIMITS = {
    "greater_than_equal": ("ge", "不能小于 {}"),
    "greater_than": ("gt", "须大于 {}"),
    "less_than_equal": ("le", "不能大于 {}"),
    "less_than": ("lt", "须小于 {}"),
    "string_too_short": ("min_length", "至少要有 {} 个字符"),
    "string_too_long": ("max_length", "最多 {} 个字符"),
    "too_short": ("min_length", "至少要有 {} 项"),
    "too_long": ("max_length", "最多 {} 项"),
}
_KINDS = {
    "int": "整数",
    "float": "数字",
    "finite": "数字",
    "bool": "true 或 false",
    "string": "文字",
    "list": "列表",
    "dict": "对象",
    "date": "日期，例如 2026-12-31",
}
"""What a value should be, by the first word of the name of the fault."""


def fault_of(errors: Sequence[Mapping[str, Any]], code: str = "bad_parameter") -> InputError:
    """Return the first of the faults that validation found."""
    first = errors[0]
    kind, context = str(first["type"]), first.get("ctx", {})
    steps = [str(step) for step in first["loc"]]
    if kind == "json_invalid":
        return InputError(
            f"请求体不是有效的 JSON（第{int(steps[-1]) + 1}个字符处有误）",
            hint="请检查引号、逗号和括号是否成对，内容是否被截断",
            code="bad_json",
        )
    place = ".".join(steps[1:] if steps and steps[0] in _PARTS else steps)
    if not place:
        return _of_body(kind, code)
    if kind == "missing":
        return InputError(f"缺少 {place}", hint="字段见接口说明", code=code)
    if kind == "extra_forbidden":
        return InputError(f"没有 {place} 这一项", hint="请检查拼写，字段见接口说明", code=code)
    if kind in {"enum", "literal_error"}:
        allowed = "、".join(re.findall("'([^']*)'", str(context["expected"])))
        return InputError(f"{place} 的值不在可选范围内", hint=f"可选：{allowed}", code=code)
    return InputError(f"{place} {_wrong(kind, context)}", hint="取值范围见接口说明", code=code)


def _of_body(kind: str, code: str) -> InputError:
    """Return what is wrong with a body as a whole."""
    if kind == "missing":
        return InputError("请求体是空的", hint="请提交一个 JSON 对象", code="empty_body")
    return InputError(
        "请求体须是一个 JSON 对象", hint="请以 Content-Type: application/json 发送", code=code
    )


def _wrong(kind: str, context: Mapping[str, Any]) -> str:
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        return words.format(context[name])
    wanted = _KINDS.get(kind.partition("_")[0])
    if wanted and kind != "string_pattern_mismatch":
        return f"须是{wanted}"
    return "的值不合规范"
