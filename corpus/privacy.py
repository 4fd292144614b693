"""Removal of personal data: telephone and identity numbers, and names beside a contact label."""

from __future__ import annotations

import re
from typing import TypeVar

from corpus.records import Declaration, Indicator

_LABEL = (
    r"(?:项目|单位|部门)?(?:联系人|负责人|责任人|经办人|填报人|填表人|审核人|制表人|复核人)"
    r"(?:姓名|员)?"
)
_NAME_AFTER_LABEL = re.compile(
    rf"({_LABEL}\s*[:：]\s*)[\u4e00-\u9fa5·]{{2,4}}?(?=$|[^\u4e00-\u9fa5]|联系|电话|手机|座机)"
)
_NUMBER = re.compile(
    r"(?:(?:联系)?(?:电话|手机|座机|传真)(?:号码?)?\s*[:：]?\s*)?"
    r"(?<![\d.])(?:"
    r"\d{17}[\dXx]"  # identity number
    r"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"  # mobile
    r"|(?:[(（]0\d{2,3}[)）]\s*|0\d{2,3}\s?[-－—]\s?)\d{7,8}(?:[-转]\d{1,5})?"  # landline
    r")(?![\d.,，]?\d|\s*(?:元|万|亿|人|亩|%|％))"
)
_LABELLED_LOCAL_NUMBER = re.compile(
    r"(?:联系)?(?:电话|手机|座机|传真)(?:号码?)?\s*[:：]\s*0?\d[\d－-]{6,12}"
)
_D = TypeVar("_D", bound=Declaration)


def scrub(text: str) -> str:
    """Return the text without telephone and identity numbers and names beside a contact label."""
    text = _NAME_AFTER_LABEL.sub(r"\1", text)
    return _LABELLED_LOCAL_NUMBER.sub("", _NUMBER.sub("", text))


def _scrub_optional(text: str | None) -> str | None:
    return None if text is None else scrub(text)


def _scrub_indicator(row: Indicator) -> Indicator:
    fields = ("name", "target", "actual", "reason", "definition")
    changes = {
        field: scrubbed
        for field in fields
        if (scrubbed := _scrub_optional(getattr(row, field))) != getattr(row, field)
    }
    return row.model_copy(update=changes) if changes else row


def scrub_declaration(declaration: _D) -> _D:
    """Return a declaration, self-evaluation or case without personal data in any free text."""
    fields = [
        field
        for field in (
            "project_name",
            "department",
            "implementing_unit",
            "description",
            "goal",
            "report_text",
            "actual_summary",
        )
        if hasattr(declaration, field)
    ]
    changes: dict[str, object] = {
        field: scrubbed
        for field in fields
        if (scrubbed := _scrub_optional(getattr(declaration, field))) != getattr(declaration, field)
    }
    rows = tuple(_scrub_indicator(row) for row in declaration.indicators)
    if rows != declaration.indicators:
        changes["indicators"] = rows
    history = tuple(scrub_declaration(earlier) for earlier in declaration.history)
    if history != declaration.history:
        changes["history"] = history
    return declaration.model_copy(update=changes) if changes else declaration
