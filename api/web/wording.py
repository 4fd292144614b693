"""How values read on the pages: the filters of the templates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from corpus.taxonomy import FUNCTIONS
from corpus.workflow.actors import Action, Role
from corpus.workflow.status import SubmissionKind
from corpus.workflow.webhooks import Event
from review.finding import SEVERITY_WORDS

SEVERITIES = SEVERITY_WORDS
OPINIONS = {"pass": "通过", "revise": "退回修改", "reject": "不予通过"}
ROLES = {
    Role.AUTHOR: "填报",
    Role.REVIEWER: "审核",
    Role.LEAD: "审核负责人",
    Role.ADMIN: "系统管理",
    Role.AUDITOR: "审计",
}
KINDS = {SubmissionKind.DECLARATION: "绩效目标申报", SubmissionKind.EVALUATION: "绩效自评"}
SCOPES = {
    Action.ADVISE: "推荐与审核",
    Action.BATCH: "批次",
    Action.READ: "读取项目",
    Action.WRITE: "填报项目",
    Action.STATISTICS: "统计",
    Action.WEBHOOKS: "登记回调",
}
"""What a key may be allowed to do."""
EVENTS = {Event.JOB_ENDED: "批次办结", Event.SUBMISSION_STATUS: "项目审核状态变化"}
EMPTY = "—"


def wan(amount: float | None) -> str:
    """Write an amount in 万元 with thousands separated: 1234.5 is 1,234.50."""
    return EMPTY if amount is None else f"{amount:,.2f}"


def moment(at: datetime | None) -> str:
    """Write a moment in local time, to the minute."""
    return EMPTY if at is None else at.astimezone().strftime("%Y-%m-%d %H:%M")


def iso_moment(text: str) -> str:
    """Write a moment given as ISO text in local time."""
    return moment(datetime.fromisoformat(text))


def percent(share: float | None) -> str:
    """Write a share between 0 and 1."""
    return EMPTY if share is None else f"{share:.0%}"


def number(value: float | None) -> str:
    """Write a number without needless decimals."""
    return EMPTY if value is None else f"{value:,.10g}"


def or_dash(value: Any) -> Any:
    """Show a dash for what is missing."""
    return EMPTY if value is None or value == "" else value


def function_class(code: str) -> str:
    """Write a functional class with its name, a code that is none as it is."""
    return f"{code} {FUNCTIONS[code]}" if code in FUNCTIONS else code


def pairs(things: Iterable[Any], value: str, label: str) -> list[tuple[Any, Any]]:
    """Return what the `choice` fragment wants: a value and a label for each thing."""
    return [(getattr(thing, value), getattr(thing, label)) for thing in things]


def labelled(items: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return choices that show a code before its name."""
    return [(code, f"{code} {name}") for code, name in items]


def as_choices(words: Iterable[str]) -> list[tuple[str, str]]:
    """Return choices that are shown as they are."""
    return [(word, word) for word in words]


def as_options(values: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Return what the `choice` fragment wants where values are their own labels."""
    return [(value, value) for value in values]


FILTERS = {
    "wan": wan,
    "moment": moment,
    "iso_moment": iso_moment,
    "percent": percent,
    "number": number,
    "pairs": pairs,
    "as_options": as_options,
    "labelled": labelled,
    "as_choices": as_choices,
    "or_dash": or_dash,
    "function_class": function_class,
    "severity": SEVERITIES.__getitem__,
    "opinion": lambda word: OPINIONS.get(word or "", EMPTY),
    "role": ROLES.__getitem__,
    "kind": KINDS.__getitem__,
}
