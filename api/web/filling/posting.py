"""Reading the form that a browser sends; nothing in it is taken on trust."""

from __future__ import annotations

import json
import re
from typing import Any

from starlette.datastructures import FormData

from api.web.filling.posted import (
    LABELS,
    ROW_TEXTS,
    Origin,
    Posted,
    PostedRow,
    fields_of,
    kept_of_record,
    kept_of_row,
)
from corpus.errors import InputError
from corpus.workflow.status import SubmissionKind

_KEY = re.compile(r"[A-Za-z0-9]{1,24}")
_ID = re.compile(r"[0-9A-Z]{26}")
_MOST_ROWS = 200
_MOST_REJECTED = 200
_SHORT = 2_000
_LONG = 200_000
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")
_COLUMNS = ("key", "rest", *ROW_TEXTS)


def posted_from_form(form: FormData) -> Posted:
    """Read what a page posted; raises `InputError` where it is no such form."""
    evaluation = form.get("kind") == SubmissionKind.EVALUATION.value
    kind = SubmissionKind.EVALUATION if evaluation else SubmissionKind.DECLARATION
    submission = _text(form, "submission")
    return Posted(
        kind=kind,
        facts={name: _text(form, name, _LONG) for name in fields_of(kind)},
        rows=_rows(form),
        base=kept_of_record(_json(_text(form, "base", 20 * _LONG)), kind),
        scheme=_text(form, "scheme").strip(),
        rejected=_origins(_text(form, "rejected", _LONG)),
        submission=submission if _ID.fullmatch(submission) else None,
        revision=_whole(_text(form, "revision")),
        version=_whole(_text(form, "version")),
    )


def _rows(form: FormData) -> tuple[PostedRow, ...]:
    columns = {name: [str(text) for text in form.getlist(f"row_{name}")] for name in _COLUMNS}
    count = len(columns["key"])
    if count > _MOST_ROWS:
        raise InputError(f"指标超过 {_MOST_ROWS} 条", hint="请删去一些指标")
    found: dict[str, PostedRow] = {}
    for place in range(count):
        texts = {name: _at(columns[name], place) for name in ROW_TEXTS}
        rest = _json(_at(columns["rest"], place))
        key = _at(columns["key"], place)
        if not _KEY.fullmatch(key):
            key = f"p{place}"
        while key in found:
            key += "x"
        found[key] = PostedRow(key, texts, kept_of_row(rest), Origin.read(rest.get("origin")))
    return tuple(found.values())


def _at(column: list[str], place: int) -> str:
    text = column[place] if place < len(column) else ""
    return _UNPRINTABLE.sub("", text)[:_LONG]


def _text(form: FormData, name: str, most: int = _SHORT) -> str:
    value = form.get(name)
    text = value if isinstance(value, str) else ""
    if len(text) > most:
        raise InputError(f"{LABELS.get(name, '表单内容')}过长", hint=f"请控制在 {most} 字以内")
    return _UNPRINTABLE.sub("", text)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _json(text: str) -> dict[str, Any]:
    found = _anything(text)
    return found if isinstance(found, dict) else {}


def _origins(text: str) -> tuple[Origin, ...]:
    found = _anything(text)
    if not isinstance(found, list):
        return ()
    read = (Origin.read(item) for item in found[:_MOST_REJECTED])
    return tuple(origin for origin in read if origin is not None)


def _anything(text: str) -> Any:
    """Read what a page carries along, None where it has been tampered with."""
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
