"""Hostile bodies: JSON of wrong shapes and sizes, forms and headers that do not fit."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from benchmarks.hostile.files import MARK, MIB, mutated

TEXTS = (
    "", " ", "\x00", "\ud800", "\u202e\u2066甲", "甲" * 40_000, "=1+1", "'; DROP TABLE job; --",
    "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}", "../../etc/passwd", "%s%n%x",
    "a\r\nSet-Cookie: x=1", "１２３", "\u0300" * 500, "👩‍👩‍👧‍👦" * 50, "≥" * 300, "1" * 5_000, "指标1：" * 900,  # noqa: E501
    "NaN", "null", "-0", "9" * 400, "1e400", "\ufeff", "\x1b[31m", "\uffff", "第" * 99 + "季度",
)  # fmt: skip
"""Texts in the place of ordinary ones."""
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**19, 10**21, -(10**30), 1e308, -1e-320, 2**63, 0.1, [], {}, [[]],
    [None], [{}], {"a": {}}, [1, "a", None], {"": ""}, "x", [["x"] * 50] * 50,
)  # fmt: skip
"""Values of other types."""

_FIELDS = (
    "id", "project_name", "department", "region", "year", "function_code", "project_type",
    "budget_wan", "executed_wan", "goal", "description", "actual_summary", "indicators", "history",
    "declaration", "funds", "source", "source_url", "stage", "scheme", "accepted", "rejected",
    "report_text", "pro_name", "PM_PERF_INDICATOR", "PM_PERF_GOAL_INFO", "fiscal_year",
)  # fmt: skip
_ROW_FIELDS = (
    "level1", "level2", "name", "target", "weight", "actual", "score", "reason", "unit", "original",
    "kpi_val", "computesign", "lv3_perf_ind_name", "is_deleted",
)  # fmt: skip


def record(chance: random.Random, sound: dict[str, Any]) -> dict[str, Any]:
    """Return a sound record with some of its fields and rows made hostile."""
    made = json.loads(json.dumps(sound))
    for _ in range(chance.randint(1, 4)):
        made[chance.choice(_FIELDS)] = _value(chance)
    rows = made.get("indicators")
    if isinstance(rows, list) and rows and chance.random() < 0.8:
        for _ in range(chance.randint(1, 6)):
            row = chance.choice(rows)
            if isinstance(row, dict):
                row[chance.choice(_ROW_FIELDS)] = _value(chance)
        if chance.random() < 0.1:
            rows *= chance.choice((2, 40))
        if chance.random() < 0.1:
            rows.append(_value(chance))
    if chance.random() < 0.1:
        made["history"] = [record(chance, sound) for _ in range(3)]
    return dict(made)


def _value(chance: random.Random) -> Any:
    return chance.choice(TEXTS if chance.random() < 0.6 else VALUES)


def encoded(chance: random.Random, value: Any) -> bytes:
    """Return a value as JSON in some encoding, now and then with bytes changed."""
    escaped = chance.random() < 0.5
    data = json.dumps(value, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    if chance.random() < 0.05:
        data = data.decode("utf-8", "replace").encode(
            chance.choice(("utf-16", "gb18030", "utf-32"))
        )
    return mutated(data, chance) if chance.random() < 0.3 else data


def wrong_forms(chance: random.Random, content: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Yield what it is, content type and body of uploads whose form is not what it says."""
    part = b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n\r\n'
    whole = part + content + b"\r\n--B--\r\n"
    form = "multipart/form-data; boundary=B"
    yield "form without boundary", "multipart/form-data", whole
    yield "form with another boundary", "multipart/form-data; boundary=C", whole
    yield "form with a vast boundary", "multipart/form-data; boundary=" + "B" * 9_000, whole
    yield "form with a strange boundary", "multipart/form-data; boundary=\xe9;x", whole
    yield "form cut off", form, whole[: len(whole) // 2]
    yield "form without end", form, part + content
    yield "form without name", form, b"--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--\r\n"
    yield "form with many fields", form, _fields(5_000)
    yield "form with many files", form, part.join([b"", *[b"x\r\n"] * 500]) + b"--B--\r\n"
    yield (
        "form with vast headers",
        form,
        whole.replace(b"\r\n\r\n", b"\r\nX: " + b"a" * MIB + b"\r\n\r\n", 1),
    )
    yield (
        "form with a field in place of the file",
        form,
        part.replace(b'; filename="a.json"', b"") + b"x\r\n--B--",
    )
    yield "form with a strange name", form, whole.replace(b"a.json", b"\xff\x00\x80")
    yield (
        "form with a coded name",
        form,
        whole.replace(b'filename="a.json"', b"filename*=utf-7''%2e%2e%2fa"),
    )
    yield "form of another charset", form + "; charset=utf-7", whole
    yield "form of noise", form, chance.randbytes(20_000)
    yield "empty form", form, b""
    for kind in ("application/xml", "text/html", "application/x-www-form-urlencoded", "image/png",
                 "application/octet-stream", "", "x" * 5_000, "application/json; charset=utf-7",
                 "application/x-ndjson;;;", "multipart/mixed; boundary=B", "text/csv"):  # fmt: skip
        yield f"sent as {kind[:30] or 'nothing'}", kind, content


def _fields(count: int) -> bytes:
    part = b'--B\r\nContent-Disposition: form-data; name="x%d"\r\n\r\n1\r\n'
    return b"".join(part % number for number in range(count)) + b"--B--\r\n"


def giants() -> Iterator[tuple[str, bytes]]:
    """Yield JSON bodies that are small enough to be let in and dear to work through."""
    row = {"level1": "产出指标", "level2": "数量指标", "name": "里程", "target": "≥5公里"}

    def rows(count: int, **fields: Any) -> list[dict[str, Any]]:
        return [{**row, "name": f"第{n}段里程", **fields} for n in range(count)]

    def whole(**fields: Any) -> bytes:
        return json.dumps({"project_name": f"养护{MARK}", **fields}, ensure_ascii=False).encode()

    yield "30,000 rows", whole(indicators=rows(30_000))
    yield "1,000 rows", whole(indicators=rows(1_000))
    yield "1,000 rows with results", whole(indicators=rows(1_000, actual="5公里", score=1))
    yield "30,000 rejected", whole(rejected=[f"指标{n}" for n in range(30_000)])
    yield "2,000 accepted", whole(accepted=rows(2_000))
    yield "3 MB goal", whole(goal="修建公路100公里，培训20人；" * 70_000)
    yield "100,000 characters of goal", whole(goal="修建公路100公里，培训20人；" * 6_000)
    yield "3 MB name", json.dumps({"project_name": "养护" * 500_000}, ensure_ascii=False).encode()
    yield "3 MB target", whole(indicators=[{**row, "target": "≥5公里，" * 200_000}])
    yield "3 MB without a stop", whole(goal="养" * MIB)
    yield "history of 3,000", whole(history=[{"project_name": "x", "year": 2000}] * 3_000)
    yield "3,000 funds", whole(funds=[{"name": "x", "budget_wan": 1}] * 3_000)
    yield "9 MB of lists", b"[" + b"[]," * (3 * MIB) + b"1]"
    yield "9 MB of unknown fields", b"{" + b",".join(b'"k%d":1' % n for n in range(700_000)) + b"}"
    yield "deep", b'{"history":' * 90_000
    yield "20 MB", b" " * (20 * MIB)
    yield "digits", b'{"project_name":"x","budget_wan":' + b"1" * MIB + b"}"
    yield "report of 1 MB", whole(report_text="完成了养护任务，效果良好。一、基本情况\n" * 18_000)
