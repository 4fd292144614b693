from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from api.workspace import Workspace
from corpus.records import Case, Declaration, Indicator
from models.lexical import LexicalIndex
from models.measure_index import MeasureIndex
from review.facts.library_words import LibraryWords


@pytest.fixture
def own(workspace: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with a database of its own, and the prepared models of the others."""
    url = f"sqlite:///{tmp_path / 'own.db'}"
    made = Workspace(workspace.settings.model_copy(update={"database_url": url}))
    yield made
    made.close()


def test_parts_are_kept_until_an_import_changes_the_store(own: Workspace) -> None:
    before = own.parts
    count = len(before.knowledge.cases)
    assert own.parts is before
    own.store.add_cases([Declaration(project_name="县城区路灯节能改造", year=2023, region="某县")])
    after = own.parts
    assert after is not before
    assert len(after.knowledge.cases) == count + 1
    own.store.add_cases([Declaration(project_name="县城区路灯节能改造", year=2023, region="某县")])
    assert own.parts is after


def test_a_published_case_is_no_evidence_for_itself(workspace: Workspace) -> None:
    case = next(case for case in workspace.parts.knowledge.cases if len(case.indicators) > 5)
    found = workspace.recommend(case)
    assert case.source not in {hit.case.source for hit in found.similar_projects}


def test_gaps_are_filled_with_what_the_form_wants(workspace: Workspace) -> None:
    declaration = Declaration(
        project_name="农村公路日常养护",
        goal="保持农村公路安全畅通",
        budget_wan=300,
        indicators=tuple(
            Indicator(level1="产出指标", level2="数量指标", name=name, target=target)
            for name, target in (
                ("日常养护里程", "≥680公里"),
                ("清理边沟长度", "≥90公里"),
                ("修补路面面积", "≥3000平方米"),
                ("更换标志牌数量", "≥60块"),
            )
        ),
    )
    review = workspace.review(declaration)
    rows = [f.suggestion.indicator for f in review.findings if f.row is None and f.suggestion]
    filled = {row["level1"] for row in rows if row}
    assert {"产出指标", "效益指标", "满意度指标"} <= filled


def test_suggestions_pass_the_review(workspace: Workspace) -> None:
    declaration = Declaration(project_name="农村公路日常养护", goal="保持农村公路安全畅通")
    found = workspace.recommend(declaration)
    assert found.suggestions
    for suggestion in found.suggestions:
        target = suggestion.target.suggested
        if target is not None:
            row = Indicator(
                level1=suggestion.level1,
                level2=suggestion.level2,
                name=suggestion.name,
                target=target,
            )
            assert workspace.parts.reviewer.acceptable(declaration, row), suggestion.name


def test_a_damaged_classifier_is_trained_anew(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = workspace.settings.home / "targets"
    home = tmp_path / "home"
    shutil.copytree(good, home / "targets")
    for path in (home / "targets").iterdir():
        path.write_bytes(b"{")
    damaged = Workspace(Settings(home=home, database_url="", encoder="default"))

    def train() -> Path:
        shutil.rmtree(home / "targets")
        return Path(shutil.copytree(good, home / "targets"))

    monkeypatch.setattr(damaged, "train", train)
    assert damaged.classifier.decisions == workspace.classifier.decisions


def test_a_classifier_from_other_code_or_data_is_trained_anew(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = workspace.settings.home / "targets"
    home = tmp_path / "home"
    shutil.copytree(good, home / "targets")
    manifest = home / "targets" / "manifest.json"
    content = json.loads(manifest.read_text("utf-8"))
    content["meta"]["trained_from"] = "0" * 64
    manifest.write_text(json.dumps(content), "utf-8")
    outdated = Workspace(Settings(home=home, database_url="", encoder="default"))
    trained = []
    monkeypatch.setattr(outdated, "train", lambda: trained.append(True))
    assert outdated.classifier.decisions
    assert trained == [True]


def test_a_case_keeps_its_source_through_the_store(workspace: Workspace) -> None:
    assert all(isinstance(case, Case) and case.source for case in workspace.parts.knowledge.cases)


def test_a_warm_workspace_indexes_nothing_for_its_first_request(
    own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.warm_up()

    def indexed(*_: object) -> None:
        raise AssertionError("indexed at a request")

    for kind in (MeasureIndex, LexicalIndex, LibraryWords):
        monkeypatch.setattr(kind, "__init__", indexed)
    project = Declaration(project_name="农村公路日常养护", goal="养护农村公路100公里")
    assert own.recommend(project).suggestions
    row = Indicator(level1="产出指标", level2="数量指标", name="养护里程", target="≥100公里")
    assert own.review(project.model_copy(update={"indicators": (row,)})).findings
