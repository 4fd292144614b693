from __future__ import annotations

import json
from typing import Any

import pytest

from corpus.errors import InputError
from corpus.importers.decisions import decisions_from_dict, read_decisions

ROW = {"decision": "accepted", "source_key": "lib-1:里程", "rank": 1, "suggested": {"name": "里程"}}


def record(**changes: Any) -> dict[str, Any]:
    return {"declaration": {"project_name": "农村公路养护"}, "decisions": [ROW], **changes}


def test_a_record_is_read() -> None:
    found = decisions_from_dict(record())
    assert found.declaration.project_name == "农村公路养护"
    assert found.grades == {"lib-1:里程": 2}


def test_a_platform_record_names_the_project_as_well() -> None:
    found = decisions_from_dict(record(declaration={"pro_code": "P-7", "pro_name": "公路养护"}))
    assert (found.declaration.id, found.declaration.project_name) == ("P-7", "公路养护")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"declaration": None}, "declaration", "缺少项目"),
        ({"declaration": {"goal": "修路"}}, "declaration.project_name", "缺少项目名称"),
        ({"decisions": []}, "decisions", "至少一条"),
        ({"decisions": {}}, "decisions", "至少一条"),
        ({"decisions": [ROW] * 1001}, "decisions", "最多"),
        ({"decisions": [7]}, "decisions[0]", "对象"),
        ({"decisions": [{**ROW, "decision": "yes"}]}, "decisions[0].decision", "采纳"),
        ({"decisions": [ROW, {**ROW, "suggested": {}}]}, "decisions[1]", "名称"),
        ({"decisions": [{**ROW, "decision": "edited"}]}, "decisions[0]", "edited"),
        ({"decisions": [{**ROW, "edited": {"name": "x"}}]}, "decisions[0]", "edited"),
        ({"decisions": [{**ROW, "rank": 0}]}, "decisions[0].rank", "从 1 起"),
        ({"decisions": [{**ROW, "decided_at": "昨天"}]}, "decisions[0].decided_at", "时间"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    changes: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(InputError) as caught:
        decisions_from_dict(record(**changes))
    assert caught.value.where is not None
    assert caught.value.where.field == field
    assert words in caught.value.message
    assert caught.value.hint


def test_a_file_is_read_past_its_bad_lines() -> None:
    lines = [json.dumps(record()), "{", "", json.dumps(record(decisions=[]))]
    result = read_decisions(("取舍.jsonl", "\n".join(lines).encode()))
    assert len(result.records) == 1
    assert [problem.location.row for problem in result.problems] == [2, 4]
    assert all(problem.location.file == "取舍.jsonl" for problem in result.problems)
