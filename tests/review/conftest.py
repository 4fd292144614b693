"""Builds declarations and reviewers for the rule cases, with stand-in peers and classifier."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from corpus.knowledge import Knowledge
from corpus.records import (
    Case,
    Declaration,
    Indicator,
    LibraryIndicator,
    LibraryType,
    SelfEvaluation,
)
from corpus.target import parse_target
from review.context import LABELS
from review.result import ReviewResult
from review.reviewer import Reviewer
from review.rules import MONITORING_RULES, REPORT_RULES
from review.settings.config import load_config

CASES = Path(__file__).parent / "cases"
TODAY = datetime.date(2024, 3, 1)
PROJECT = {
    "project_name": "2024年农村公路日常养护",
    "department": "县交通运输局",
    "year": 2024,
    "budget_wan": 500,
    "goal": "养护县乡公路，保障安全畅通，提升沿线群众出行条件。",
}
LEVEL1 = {
    "数量": "产出", "质量": "产出", "时效": "产出", "经济成本": "成本", "社会成本": "成本",
    "经济效益": "效益", "社会效益": "效益", "生态效益": "效益", "可持续影响": "效益",
    "满意度": "满意度",
}  # fmt: skip


@dataclass(frozen=True)
class Labelled:
    """Probabilities that say what a case's labels say."""

    vague: float
    qualitative: float
    easy: float


def _chance(label: str, written: Sequence[str]) -> float:
    """Return a probability for a label that a case writes down, perhaps as “vague?”."""
    if f"{label}?" in written:
        return 0.5
    return 0.95 if label in written else 0.02


class StandInClassifier:
    """Returns the labels that a case writes beside its rows."""

    def __init__(self, labels: Sequence[Sequence[str]]) -> None:
        self._labels = labels

    def predict(
        self, declaration: Declaration, parsed: Sequence[Any], evidence: Any = None
    ) -> list[Labelled]:
        return [
            Labelled(**{label: _chance(label, row) for label in LABELS}) for row in self._labels
        ]

    def labels(self, probabilities: Labelled) -> tuple[str, ...]:
        return tuple(name for name in LABELS if getattr(probabilities, name) >= 0.5)

    def unsure(self, probabilities: Labelled) -> tuple[str, ...]:
        return tuple(name for name in LABELS if 0.4 <= getattr(probabilities, name) < 0.6)

    def explain(self, predicted: Labelled, label: str) -> None:
        return None


class StandInPeers:
    """Returns the peers and the library indicator that a case writes down.

    A peer is a row of a project with the budget that it states; `of` names the row it answers.
    """

    def __init__(
        self,
        peers: Sequence[Mapping[str, Any]],
        library: Mapping[str, Any] | None,
        reports: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self._peers = peers
        self._library = library
        types = (_library_type(library["type"], library["name"]),) if _has_type(library) else ()
        known = tuple(Case(id=f"report-{place}", **case) for place, case in enumerate(reports))
        cases = tuple(map(_peer_case, range(len(peers)), peers))
        self.knowledge = Knowledge(types, (*cases, *known))

    def peers(
        self, indicator: Indicator, declaration: Declaration, **options: Any
    ) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(
                project_id=peer.get("project", f"case-{place}"),
                project_name=peer.get("project", f"同类项目{place}"),
                name=peer.get("of", indicator.name),
                target=str(peer["target"]),
                parsed=parse_target(str(peer["target"]), indicator.name),
                actual=peer.get("actual"),
                similarity=peer.get("similarity", 0.9),
                source=f"source-{place}",
            )
            for place, peer in enumerate(self._peers)
            if peer.get("of", indicator.name) == indicator.name
        ]

    def library(
        self, indicator: Indicator, declaration: Declaration, **options: Any
    ) -> list[SimpleNamespace]:
        if self._library is None:
            return []
        fields = {"level1": "产出指标", "level2": "质量指标", "direction": "≥", **self._library}
        similarity = fields.pop("similarity", 0.95)
        if fields.pop("type", None) and indicator.name != fields["name"]:
            return []
        return [
            SimpleNamespace(
                indicator=LibraryIndicator(**fields),
                type=next(iter(self.knowledge.types), SimpleNamespace(id="lib-unknown")),
                similarity=similarity,
            )
        ]


def _has_type(library: Mapping[str, Any] | None) -> bool:
    """Tell whether a case says which project type its library indicator belongs to."""
    return bool(library and "type" in library)


def _library_type(name: str, indicator: str) -> LibraryType:
    """Build a library type with one indicator."""
    row = LibraryIndicator(level1="产出指标", level2="质量指标", name=indicator)
    return LibraryType(id="lib-1", function_code="213", project_type=name, indicators=(row,))


def _peer_case(place: int, peer: Mapping[str, Any]) -> Case:
    """Build the project that a peer's row belongs to: that row and its budget."""
    row = Indicator(
        level1="产出指标",
        level2="数量指标",
        name=peer.get("of", "工作量"),
        target=str(peer["target"]),
    )
    name = f"同类项目{place}"
    return Case(
        id=f"case-{place}", project_name=name, budget_wan=peer.get("budget"), indicators=(row,)
    )


def _indicator(row: Mapping[str, Any]) -> Indicator:
    """Build an indicator from a case row; `at` gives the second level, or both as 效益/数量."""
    fields = dict(row)
    fields.pop("labels", None)
    level1, slash, level2 = fields.pop("at", "数量").partition("/")
    if not slash:
        level1, level2 = LEVEL1.get(level1, level1), level1
    levels = {"level1": f"{level1}指标", "level2": f"{level2}指标" if level2 else ""}
    return Indicator(**levels, **fields)


def build_declaration(case: Mapping[str, Any]) -> Declaration:
    """Build the declaration, self-evaluation or published case that a rule case describes."""
    project = {**PROJECT, **case.get("project", {})}
    rows = tuple(_indicator(row) for row in case.get("rows", ()))
    kind: type[Declaration] = Declaration
    if case.get("evaluation"):
        kind = SelfEvaluation
    if "source_kind" in project:
        kind = Case
    return kind(**project, **case.get("evaluation", {}), indicators=rows)


def review_case(case: Mapping[str, Any], code: str) -> ReviewResult:
    """Review what a rule case describes as a declaration or as a self-evaluation."""
    rows = case.get("rows", ())
    reviewer = Reviewer(
        classifier=StandInClassifier([row.get("labels", ()) for row in rows]),
        peers=StandInPeers(case.get("peers", ()), case.get("library"), case.get("reports", ())),
        config=load_config(case.get("config", {})),
        today=TODAY,
    )
    declaration = build_declaration(case)
    if any(rule.code == code for rule in (*REPORT_RULES, *MONITORING_RULES)):
        return reviewer.review_report(declaration)
    return reviewer.review(declaration)


def load_cases() -> list[tuple[str, str, str, Mapping[str, Any]]]:
    """Return (code, side, key, case) for every example in the folder."""
    found = []
    for path in sorted(CASES.glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for side in ("fail", "pass", "together"):
            for key, case in content.get(side, {}).items():
                found.append((path.stem, side, key, case))
    return found


@pytest.fixture
def load_rule_cases() -> list[tuple[str, str, str, Mapping[str, Any]]]:
    """Return every example of the folder: code, side, key, case."""
    return load_cases()


@pytest.fixture(scope="session")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a target classifier trained on the bundled cases."""
    from threadpoolctl import threadpool_limits

    from models.target_classifier import TargetClassifier
    from models.train_targets import train

    folder = tmp_path_factory.mktemp("classifier") / "targets"
    with threadpool_limits(1):  # more threads on a busy machine take minutes instead of seconds
        train(folder)
    return TargetClassifier.load(folder)


@pytest.fixture(scope="session")
def peer_index() -> Any:
    """Return the peers of the bundled knowledge."""
    from corpus.bundle import bundled_cases, bundled_library
    from corpus.knowledge import Knowledge
    from models.peers import PeerIndex

    return PeerIndex(Knowledge(types=bundled_library(), cases=bundled_cases()))


@pytest.fixture
def make_declaration() -> Callable[..., Declaration]:
    """Return the builder of declarations: `make_declaration(rows=[…], project={…})`."""
    return lambda **case: build_declaration(case)


@pytest.fixture
def make_reviewer() -> Callable[..., Reviewer]:
    """Return a builder of reviewers with stand-in labels and peers."""

    def build(
        labels: Sequence[Sequence[str]] | None = None,
        peers: Sequence[Mapping[str, Any]] = (),
        library: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Reviewer:
        return Reviewer(
            classifier=None if labels is None else StandInClassifier(labels),
            peers=StandInPeers(peers, library),
            today=TODAY,
            **options,
        )

    return build


@pytest.fixture
def review_rule_case() -> Callable[[Mapping[str, Any], str], ReviewResult]:
    """Return the function that reviews one rule case."""
    return review_case


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give `rule_case` one value per example, named after file, side and key."""
    if "rule_case" in metafunc.fixturenames:
        cases = load_cases()
        metafunc.parametrize(
            "rule_case", cases, ids=[f"{code}-{side}-{key}" for code, side, key, _ in cases]
        )
