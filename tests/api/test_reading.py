"""Which inputs hold a record a line, and which one record over several lines."""

from __future__ import annotations

import io
import json

import pytest

from api.reading import Failure, records_of

RECORD = {
    "project_name": "消费维权宣传",
    "indicators": [
        {"level1": "产出指标", "name": "宣传次数", "target": "≥2次"},
        {"level1": "满意度指标", "name": "群众满意度", "target": "≥90%"},
    ],
}


def by_rows() -> str:
    """Write a record as many programs do: its own line, then one row a line."""
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in RECORD["indicators"])
    return '{"project_name": "消费维权宣传", "indicators": [\n' + rows + "]}\n"


@pytest.mark.parametrize("name", ["甲.json", "甲", "甲.txt", "甲.dat"])
def test_one_record_with_a_row_a_line_is_one_record(name: str) -> None:
    (record,) = records_of(name, io.BufferedReader(io.BytesIO(by_rows().encode())))
    assert not isinstance(record, Failure)
    assert [row.name for row in record.indicators] == ["宣传次数", "群众满意度"]


@pytest.mark.parametrize("name", ["甲.json", "甲", "甲.jsonl"])
@pytest.mark.parametrize("end", ["\n", "\r\n", " \n\n"])
def test_a_record_a_line_is_told_by_its_first_line(name: str, end: str) -> None:
    line = json.dumps(RECORD, ensure_ascii=False)
    found = list(records_of(name, io.BufferedReader(io.BytesIO(((line + end) * 3).encode()))))
    assert [getattr(item, "project_name", None) for item in found] == ["消费维权宣传"] * 3
