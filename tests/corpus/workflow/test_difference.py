from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from corpus.workflow.difference import difference

ROADS = {"level1": "产出指标", "level2": "数量指标", "name": "养护里程", "target": "≥100公里"}
PEOPLE = {
    "level1": "满意度指标",
    "level2": "服务对象满意度",
    "name": "群众满意度",
    "target": "≥85%",
}


def record(*rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"project_name": "农村公路养护", "indicators": list(rows), **fields}


def test_changed_added_and_removed_rows_are_told_apart() -> None:
    renamed = {**ROADS, "name": "道路养护里程", "target": "≥120公里"}
    fresh = {**PEOPLE, "level1": "效益指标", "name": "事故下降率"}
    found = difference(record(ROADS, PEOPLE, budget_wan=10), record(fresh, renamed, budget_wan=12))
    assert [(change.field, change.before, change.after) for change in found.fields] == [
        ("budget_wan", 10, 12)
    ]
    assert {(row.kind, row.before_index, row.after_index) for row in found.rows} == {
        ("added", None, 0),
        ("changed", 0, 1),
        ("removed", 1, None),
    }
    changed = next(row for row in found.rows if row.kind == "changed")
    assert {change.field for change in changed.changes} == {"name", "target"}


def test_moving_rows_is_no_change() -> None:
    assert difference(record(ROADS, PEOPLE), record(PEOPLE, ROADS)).rows == ()


def test_missing_and_empty_are_alike() -> None:
    assert difference(record(goal=""), record()).fields == ()


names = st.text("养护里程道路公里", max_size=4)
rows = st.lists(st.fixed_dictionaries({"level1": st.sampled_from(["a", "b"]), "name": names}))


@given(rows, rows)
def test_every_row_is_accounted_for_once(old: list[Any], new: list[Any]) -> None:
    found = difference(record(*old), record(*new)).rows
    added = [row for row in found if row.kind == "added"]
    removed = [row for row in found if row.kind == "removed"]
    assert len(new) - len(added) == len(old) - len(removed)
    assert len({row.after_index for row in added}) == len(added)
    assert difference(record(*old), record(*old)).rows == ()
