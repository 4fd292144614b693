"""The stage of a self-evaluation and the day that a monitoring table reports on."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.importers.json_records import declaration_from_dict
from corpus.knowledge import record_hash
from corpus.records import Case, Declaration, SelfEvaluation


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2024年7月31日", date(2024, 7, 31)),
        ("2024-07-31", date(2024, 7, 31)),
        ("截至2024年6月底", date(2024, 6, 30)),
        ("2024年2月", date(2024, 2, 29)),
        ("年中", None),
        (None, None),
    ],
)
def test_the_day_of_a_monitoring_table(given: str | None, day: date | None) -> None:
    assert SelfEvaluation(as_of=given).as_of == day


@pytest.mark.parametrize("given", ["monitoring", "监控表", "绩效监控", "跟踪"])
def test_monitoring_by_several_words(given: str) -> None:
    assert SelfEvaluation(stage=given).stage == "monitoring"


def test_any_other_stage_is_a_self_evaluation() -> None:
    assert SelfEvaluation(stage="自评").stage == "self_evaluation"
    assert SelfEvaluation().stage == "self_evaluation"


def test_a_json_record_of_monitoring_is_an_evaluation_even_without_results() -> None:
    record = declaration_from_dict({"project_name": "养护", "stage": "监控"})
    assert isinstance(record, SelfEvaluation)
    assert record.stage == "monitoring"
    assert type(declaration_from_dict({"project_name": "养护", "stage": "申报"})) is Declaration


def test_the_usual_stage_leaves_hashes_as_they_were() -> None:
    assert record_hash(Case(project_name="养护")) == record_hash(
        Case(project_name="养护", stage="self_evaluation")
    )
    assert record_hash(Case(stage="monitoring")) != record_hash(Case())
