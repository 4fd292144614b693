"""Brings together what an evaluation needs: cases, labels, and the three measurements."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from corpus.bundle import bundled_cases, bundled_labels
from corpus.errors import InputError, Location
from corpus.knowledge import Knowledge
from corpus.labels import SuggestionLabel, TargetLabel, TypeLabel
from corpus.records import Case

if TYPE_CHECKING:
    from api.workspace import Workspace
    from models.encoder import Encoder
    from models.evaluate_retrieval import RetrievalReport
    from models.evaluate_targets import TargetReport
    from recommender.metrics import Evaluation

_KINDS: dict[str, type[BaseModel]] = {
    "vague": TargetLabel,
    "types": TypeLabel,
    "grade": SuggestionLabel,
}
"""The field that tells the kind of a label line."""

_Model = TypeVar("_Model", bound=BaseModel)
Labels = Mapping[type[BaseModel], Sequence[Any]]


@dataclass(frozen=True)
class Material:
    """What to measure on; the bundled cases and labels where None."""

    cases: Sequence[Case] | None = None
    labels: Labels | None = None

    def has(self, kind: type[BaseModel]) -> bool:
        """Tell whether there are labels of a kind."""
        return self.labels is None or bool(self.labels.get(kind))

    def of(self, kind: type[BaseModel]) -> Sequence[Any] | None:
        """Return the labels of a kind, None for the bundled ones."""
        return None if self.labels is None else self.labels.get(kind, ())


@dataclass(frozen=True)
class Report:
    """The three measurements; None for what there were no labels for."""

    retrieval: RetrievalReport | None
    suggestions: Sequence[Evaluation] | None
    labels: TargetReport | None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        found = self.suggestions
        return {
            "retrieval": self.retrieval.to_dict() if self.retrieval else None,
            "suggestions": None if found is None else [asdict(method) for method in found],
            "labels": self.labels.to_dict() if self.labels else None,
        }


def evaluate(workspace: Workspace, material: Material) -> Report:
    """Measure retrieval, suggestions and labels, whichever there are labels for."""
    step = workspace.progress.step
    retrieval = suggestions = labels = None
    if material.has(TypeLabel):
        with step("评测检索"):
            retrieval = _retrieval(workspace.caching_encoder, material)
    if material.has(SuggestionLabel):
        with step("评测推荐"):
            suggestions = _suggestions(workspace, material)
    if material.has(TargetLabel):
        with step("评测分类"):
            labels = _labels(material)
    return Report(retrieval, suggestions, labels)


def _retrieval(encoder: Encoder, material: Material) -> RetrievalReport:
    from models.evaluate_retrieval import evaluate_retrieval

    return evaluate_retrieval(
        Knowledge.bundled(),
        bundled_labels("types"),
        encoder,
        material.cases,
        material.of(TypeLabel),
    )


def _suggestions(workspace: Workspace, material: Material) -> Sequence[Evaluation]:
    """Measure suggestions; cases that nothing was fitted to are ranked by the weights in use."""
    from models.peers import PeerIndex
    from models.retrieval import Retriever
    from recommender.evaluate import Bench, evaluate
    from recommender.region_ranking import OutdatedRankingError, load_ranking

    knowledge = _with_cases(material.cases or ())
    retriever = Retriever.build(knowledge, workspace.caching_encoder)
    try:
        ranker = load_ranking(workspace.ranking_folder, retriever.encoder_fingerprint)
    except OutdatedRankingError:
        ranker = None
    labels = material.of(SuggestionLabel)
    bench = Bench(knowledge, retriever, PeerIndex(knowledge), labels=labels, ranker=ranker)
    if not bench.judged().grades:
        raise InputError("推荐标注里的案例都不在案例文件里", hint="请用 --cases 给出标注的案例")
    return evaluate(bench, Retriever.build(knowledge))


def _labels(material: Material) -> TargetReport:
    from models.evaluate_targets import evaluate

    labels = material.of(TargetLabel)
    return evaluate(material.cases or (None if labels is None else bundled_cases()), labels)


def _with_cases(cases: Sequence[Case]) -> Knowledge:
    """Return the bundled knowledge with further cases; each case's own page is left out later."""
    bundled = Knowledge.bundled()
    merged = {**bundled.cases_by_id, **{str(case.id): case for case in cases}}
    return Knowledge(bundled.types, tuple(merged.values()))


def read_material(cases: Path | None, labels: Path | None) -> Material:
    """Read cases and labels in the bundled formats; a folder holds several label files.

    Raises `InputError` with file and line.
    """
    return Material(
        None if cases is None else tuple(_validated(Case, *line) for line in _lines(cases)),
        None if labels is None else _read_labels(labels),
    )


def _read_labels(path: Path) -> Labels:
    found: dict[type[BaseModel], list[BaseModel]] = {}
    for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        for where, value in _lines(file):
            kind = next((kind for name, kind in _KINDS.items() if name in value), None)
            if kind is None:
                raise InputError(
                    "看不出是哪一类标注",
                    hint="指标值标注有 vague，类型标注有 types，推荐标注有 grade",
                    where=where,
                )
            found.setdefault(kind, []).append(_validated(kind, where, value))
    if not found:
        raise InputError("没有任何标注", where=Location(file=str(path)))
    return found


def _validated(kind: type[_Model], where: Location, value: Any) -> _Model:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        place = Location(file=where.file, row=where.row, field=field or None)
        raise InputError("内容不合规范", hint="格式见 corpus/data", where=place) from error


def _lines(path: Path) -> Iterator[tuple[Location, dict[str, Any]]]:
    """Yield the JSON objects of a file with their places."""
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    where = Location(file=path.name, row=number)
                    yield where, _object(line, where)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("无法读取文件", where=Location(file=str(path))) from error


def _object(line: str, where: Location) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise InputError("这一行不是 JSON", where=where) from error
    if not isinstance(value, dict):
        raise InputError("这一行不是 JSON 对象", where=where)
    return value
