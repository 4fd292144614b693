"""Earlier years of a project come from the store when the caller does not send them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.parts import Parts
from api.settings import Settings
from api.workspace import Workspace
from corpus.records import Declaration, SelfEvaluation

LAST = {
    "project_name": "2023年农民技术培训",
    "department": "岳阳县农业农村局",
    "region": "湖南省岳阳县",
    "year": 2023,
    "budget_wan": 30.0,
    "goal": "培训农民320人次",
    "indicators": [
        {
            "level1": "产出指标",
            "level2": "数量指标",
            "name": "培训农民人次",
            "target": "≥300人次",
            "actual": "320人次",
        },
        {"level1": "满意度指标", "name": "参训农民满意度", "target": "≥95%"},
    ],
}
NOW = Declaration.model_validate(
    LAST
    | {
        "project_name": "2024年农民技术培训",
        "year": 2024,
        "indicators": [
            {
                "level1": "产出指标",
                "level2": "数量指标",
                "name": "培训农民人次",
                "target": "≥280人次",
            },
            {"level1": "满意度指标", "name": "参训农民满意度", "target": "≥90%"},
        ],
    }
)


@pytest.fixture(scope="module")
def parts(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """Parts over a store of their own that holds last year, with the session's models."""
    own = Workspace(Settings(home=tmp_path_factory.mktemp("history"), database_url=""))
    own.__dict__["classifier"] = workspace.classifier
    own.__dict__["encoder"] = workspace.encoder
    own.store.add_cases([SelfEvaluation.model_validate(LAST)])
    made = own.parts
    made.__dict__["retriever"] = made.lexical_retriever
    yield made
    own.close()


def codes(result: object) -> dict[str, object]:
    return {finding.code: finding for finding in result.findings}  # type: ignore[attr-defined]


def test_findings_on_earlier_years_fire_from_the_store_alone(parts: Parts) -> None:
    result = parts.review(NOW)
    found = codes(result)
    assert {"EZ10", "EZ11"} <= found.keys()
    (evidence,) = found["EZ10"].evidence  # type: ignore[attr-defined]
    assert evidence.project_name == "2023年农民技术培训"
    assert evidence.actual == "320人次"
    assert evidence.project_id in parts.knowledge.cases_by_id
    (notice,) = [note for note in result.notices if note.code == "history_from_store"]
    assert "2023年“2023年农民技术培训”" in notice.message
    assert not result.declaration.history[0].history


def test_another_units_project_of_the_same_name_is_no_history(parts: Parts) -> None:
    other = NOW.model_copy(update={"department": "华容县农业农村局", "region": "湖南省华容县"})
    result = parts.review(other)
    assert not {"EZ10", "EZ11"} & codes(result).keys()
    assert result.notices == ()


def test_what_the_caller_sends_stands(parts: Parts) -> None:
    sent = Declaration.model_validate(LAST | {"indicators": []})
    result = parts.review(NOW.model_copy(update={"history": (sent,)}))
    assert not {"EZ10", "EZ11"} & codes(result).keys()
    assert result.notices == ()


def test_suggested_targets_know_the_last_year(parts: Parts) -> None:
    found = parts.recommend(NOW)
    told = str(found.to_dict())
    assert "2023年指标值" in told


def test_each_year_of_one_platform_code_is_kept(tmp_path: Path) -> None:
    own = Workspace(Settings(home=tmp_path, database_url=""))
    code = "430621210000000123"
    first = Declaration.model_validate(LAST | {"id": code})
    second = Declaration.model_validate(LAST | {"id": code, "year": 2024})
    assert own.store.add_cases([first, second]).added == 2
    assert own.store.add_cases([second, first]).unchanged == 2
    third = NOW.model_copy(update={"id": code, "year": 2025, "project_name": "农民技术培训"})
    years = [case.year for case in own.parts.history.years_of(third)]
    assert years == [2024, 2023]
    own.close()
