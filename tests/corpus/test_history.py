from __future__ import annotations

from typing import Any

import pytest

from corpus.history import HistoryIndex, plain_name, with_history
from corpus.records import Case, Declaration

ROW = {"name": "培训人次", "target": "≥300人次", "actual": "320人次"}


def known(**changes: Any) -> Case:
    fields: dict[str, Any] = {
        "id": "P-2023",
        "project_name": "2023年农民技术培训",
        "department": "岳阳县农业农村局",
        "region": "湖南省岳阳县",
        "year": 2023,
        "budget_wan": 30.0,
        "indicators": [ROW],
        "origin": "user",
    }
    return Case.model_validate({**fields, **changes})


def asked(**changes: Any) -> Declaration:
    fields: dict[str, Any] = {
        "project_name": "2024年度农民技术培训项目",
        "department": "岳阳县农业农村局",
        "region": "岳阳县",
        "year": 2024,
        "indicators": [{"name": "培训人次", "target": "≥280人次"}],
    }
    return Declaration.model_validate({**fields, **changes})


def years(declaration: Declaration, *cases: Case, **options: Any) -> list[str]:
    return [str(case.id) for case in HistoryIndex(cases).years_of(declaration, **options)]


def test_last_year_of_the_same_project_is_found() -> None:
    assert years(asked(), known()) == ["P-2023"]


@pytest.mark.parametrize(
    "changes",
    [
        {"department": "华容县农业农村局"},
        {"department": "岳阳县农业农村局", "implementing_unit": "岳阳县农广校"},
        {"region": "湖南省华容县"},
        {"project_name": "2023年农民技术培训二期"},
        {"project_name": "2023年农民培训"},
        {"project_name": "农民技术培训补助"},
        {"year": 2024},
        {"year": 2025},
        {"year": 2020},
        {"year": None},
        {"indicators": []},
    ],
)
def test_what_is_not_surely_an_earlier_year_is_left_alone(changes: dict[str, Any]) -> None:
    assert years(asked(), known(**changes)) == []


@pytest.mark.parametrize(
    ("department", "region", "found"),
    [
        ("岳阳县教育局", None, True),
        ("教育局", None, False),
        ("县教育局", None, False),
        ("开发区教育局", None, False),
        ("教育局", "湖南省岳阳县", True),
        (None, "湖南省岳阳县", False),
    ],
)
def test_a_common_name_counts_only_with_a_unit_that_is_placed(
    department: str | None, region: str | None, found: bool
) -> None:
    same: dict[str, Any] = {
        "project_name": "办公经费", "department": department, "region": region
    }  # fmt: skip
    assert bool(years(asked(**same), known(**same))) is found


def test_an_id_is_believed_unless_name_or_region_speak_against_it() -> None:
    code = "430621210000000123"
    renamed = {"id": code, "project_name": "农民技术培训和推广", "department": "县农业局"}
    assert years(asked(id=code), known(**renamed)) == [code]
    assert years(asked(id="1"), known(id="1", project_name="村级道路硬化")) == []
    assert years(asked(id=code), known(id=code, department="某局", region="云南省")) == []
    assert years(asked(id=code), known(id=f"{code}@2023", department="县农业局")) == [
        f"{code}@2023"
    ]


def test_years_come_latest_first_and_one_each() -> None:
    cases = [known(id=f"P-{year}", year=year) for year in (2021, 2023, 2022)]
    assert years(asked(), *cases) == ["P-2023", "P-2022", "P-2021"]
    plan = known(id="plan", indicators=[{"name": "培训人次", "target": "≥300人次"}])
    assert years(asked(), plan, known()) == ["P-2023"]
    assert years(asked(), known(id="batch", budget_wan=99.0), known()) == []


def test_a_self_evaluation_finds_its_declaration() -> None:
    plan = known(id="plan", year=2024, indicators=[{"name": "培训人次", "target": "≥300人次"}])
    report = known(id="report", year=2024)
    assert years(asked(), plan, report, same_year=True) == ["plan"]
    assert years(asked(), plan) == []


def test_what_the_sender_gives_stands() -> None:
    index = HistoryIndex([known(), known(id="P-2022", year=2022)])
    sent = asked(history=[known(id="own", indicators=[]).model_dump()])
    filled, added = with_history(sent, index)
    assert [past.id for past in filled.history] == ["own", "P-2022"]
    assert [case.id for case in added] == ["P-2022"]
    assert with_history(asked(), index, exclude_source="P-2023")[0].history[0].id == "P-2022"
    undated = asked(history=[{"project_name": "农民技术培训"}])
    assert with_history(undated, index) == (undated, ())
    assert with_history(asked(year=None), index) == (asked(year=None), ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2023年农村公路养护专项资金", "农村公路养护项目（2024年度）", True),
        ("农村公路养护（延续性）", "农村公路养护", True),
        ("专项资金", "2023年专项资金", True),
        ("农村公路养护一期", "农村公路养护二期", False),
        ("农村公路养护", "农村公路养护工程", False),
        ("12年免费教育", "15年免费教育", False),
    ],
)
def test_names_differ_in_nothing_but_years_and_empty_words(
    one: str, other: str, same: bool
) -> None:
    assert (plain_name(one) == plain_name(other)) is same
