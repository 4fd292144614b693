"""Training on a region: from the store to a ranking that is kept only if it is better."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import SetupError

if TYPE_CHECKING:
    from api.workspace import Workspace
    from corpus.decisions import ProjectDecisions
    from corpus.knowledge import Knowledge
    from corpus.records import Case
    from models.retrieval import Retriever
    from recommender.evidence import Evidence, Example
    from recommender.ranking import LinearRanker, Ranker
    from recommender.train_region import RegionTraining

MODES = {True: "semantic", False: "lexical"}
"""Search with the encoder and without, each with a ranking of its own."""
MOST = 600
"""Own projects that are learned from, the latest; more would take longer than minutes."""
_SHOWN, _NAMED = 10, 5


@dataclass(frozen=True)
class Changes:
    """What a new ranking does to the first ten candidates of the region's own projects."""

    replaced: float
    """How many of the ten are others, on average."""
    oftener: tuple[str, ...]
    """Indicators that gain most places among the ten."""
    rarer: tuple[str, ...]


@dataclass(frozen=True)
class ModeReport:
    """What training found for one way of searching."""

    training: RegionTraining
    changes: Changes

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        found = self.training
        return {
            "kept": found.kept,
            "failed": list(found.failed),
            "local": asdict(found.local),
            "kinds": {kind: asdict(figures) for kind, figures in found.kinds.items()},
            "graded": asdict(found.graded),
            "changes": {
                "replaced": self.changes.replaced,
                "oftener": list(self.changes.oftener),
                "rarer": list(self.changes.rarer),
            },
        }


@dataclass(frozen=True)
class RegionReport:
    """What a training rested on and what came of it."""

    trained_at: str
    cases: int
    """The region's own projects in the store."""
    decided: int
    """Projects with decisions about suggestions."""
    learned_from: int
    """Projects, of both, that tell something of the candidates."""
    enough: bool
    """Whether they are enough to learn and compare; if not, nothing was trained."""
    modes: Mapping[str, ModeReport]
    saved: Path | None = None

    @property
    def kept(self) -> bool:
        """Tell whether any new ranking is better."""
        return any(mode.training.kept for mode in self.modes.values())

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "trained_at": self.trained_at,
            "cases": self.cases,
            "decided": self.decided,
            "learned_from": self.learned_from,
            "enough": self.enough,
            "modes": {name: mode.to_dict() for name, mode in self.modes.items()},
            "kept": self.kept,
            "saved": None if self.saved is None else str(self.saved),
        }


def train_region(workspace: Workspace, folder: Path, *, dry_run: bool = False) -> RegionReport:
    """Fit the rankings to the store's own projects and decisions; save what is better.

    The report is saved beside `folder` as well. With `dry_run` nothing is written.
    """
    from recommender.train_region import enough

    parts = workspace.parts
    knowledge, decisions = parts.knowledge, workspace.store.decisions()
    own = [case for case in knowledge.cases if case.origin == "user"]
    local = _local(latest(own), decisions)
    made = _Examples(knowledge, local)
    modes: dict[str, ModeReport] = {}
    rankers: dict[bool, LinearRanker] = {}
    learned_from, sufficient, encoder = 0, False, ""
    for dense, name in MODES.items():
        if not local:
            break
        retriever = parts.retriever if dense else parts.lexical_retriever
        encoder = retriever.encoder_fingerprint or encoder
        with workspace.progress.step(
            "比较推荐排序" + ("（语义检索）" if dense else "（词语检索）")
        ):
            examples, graded = made.of(retriever, workspace)
            learned_from, sufficient = len(examples), enough(examples)
            if not sufficient:
                break
            modes[name] = _train(examples, graded, dense)
        if modes[name].training.kept:
            rankers[dense] = modes[name].training.ranker
    report = RegionReport(
        trained_at=datetime.now(UTC).isoformat(timespec="seconds"),
        cases=len(own),
        decided=len(decisions),
        learned_from=learned_from,
        enough=sufficient,
        modes=modes,
        saved=folder if rankers and not dry_run else None,
    )
    if not dry_run:
        _save(folder, report, rankers, encoder)
    return report


def report_path(folder: Path) -> Path:
    """Return where the report of the last training is kept."""
    return folder.with_name(f"{folder.name}-report.json")


def latest(cases: Sequence[Case]) -> list[Case]:
    """Return the region's own projects, the latest first, no more than are learned from."""
    own = (case for case in cases if case.origin == "user")
    return sorted(own, key=lambda case: (-(case.year or 0), str(case.id)))[:MOST]


def _local(own: Sequence[Case], decisions: Sequence[ProjectDecisions]) -> list[Evidence]:
    """Return the latest of the region's own evidence."""
    from corpus.store.preparing import prepared_case
    from recommender.evidence import decided, used

    chosen = [
        decided(prepared_case(found.declaration), found.grades) for found in decisions[-MOST:]
    ]
    return [*map(used, own), *chosen]


class _Examples:
    """Makes the examples of one body of knowledge for any way of searching."""

    def __init__(self, knowledge: Knowledge, local: Sequence[Evidence]) -> None:
        from corpus.bundle import bundled_labels
        from recommender.evidence import graded, listed

        self._knowledge = knowledge
        self._local = local
        judged = (*graded(knowledge, bundled_labels("suggestions")), *listed(knowledge))
        self._graded = [each for each in judged if each.case.origin == "bundled"]

    def of(self, retriever: Retriever, workspace: Workspace) -> tuple[list[Example], list[Example]]:
        """Return the local and the graded examples."""
        from recommender import Recommender
        from recommender.evidence import examples
        from recommender.ranking import hand_set

        recommender = Recommender(
            self._knowledge, retriever, workspace.parts.peers, ranker=hand_set()
        )
        kin = self._kin()
        return (
            list(examples(recommender, self._local, kin)),
            list(examples(recommender, self._graded, kin)),
        )

    def _kin(self) -> dict[str, frozenset[str]]:
        """Return for every project the ids of the cases that may be the same project."""
        from models.case_groups import case_groups

        every = [*self._knowledge.cases, *(each.case for each in self._local)]
        groups = case_groups(every)
        members: dict[int, set[str]] = defaultdict(set)
        for case, group in zip(every, groups.tolist(), strict=True):
            members[group].add(str(case.id))
        return {
            str(case.id): frozenset(members[group])
            for case, group in zip(every, groups.tolist(), strict=True)
        }


def _train(local: Sequence[Example], graded: Sequence[Example], dense: bool) -> ModeReport:
    from recommender import train_region as training
    from recommender.ranking import bundled_ranker

    before = bundled_ranker(dense)
    found = training.train_region(local, graded, before)
    return ModeReport(found, _changes(local, before, found.ranker))


def _changes(examples: Sequence[Example], before: Ranker, after: Ranker) -> Changes:
    """Return how the first ten candidates differ."""
    moved: Counter[str] = Counter()
    replaced = 0
    for example in examples:
        old, new = (_first(example, ranker) for ranker in (before, after))
        replaced += len(new - old)
        moved.update(_names(new - old))
        moved.subtract(_names(old - new))
    ranked = moved.most_common()
    return Changes(
        replaced=replaced / max(1, len(examples)),
        oftener=tuple(name for name, count in ranked[:_NAMED] if count > 0),
        rarer=tuple(name for name, count in ranked[::-1][:_NAMED] if count < 0),
    )


def _first(example: Example, ranker: Ranker) -> set[str]:
    order = np.argsort(-ranker.scores(example.matrix), kind="stable")[:_SHOWN]
    return {example.keys[place] for place in order.tolist()}


def _names(keys: set[str]) -> list[str]:
    """Return the indicator names of source keys."""
    return sorted(key.partition(":")[2] for key in keys)


def _save(
    folder: Path,
    report: RegionReport,
    rankers: Mapping[bool, LinearRanker],
    encoder: str,
) -> None:
    """Save new rankings, with those that stay, and the report."""
    from recommender.region_ranking import load_ranking, save_ranking

    if rankers:
        kept = dict(rankers)
        for dense in MODES:
            try:
                older = load_ranking(folder, encoder if dense else None)
            except SetupError:
                older = None
            if older is not None:
                kept.setdefault(dense, older)
        save_ranking(folder, kept, encoder, report.to_dict())
    _write(report_path(folder), report.to_dict())


def _write(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as sink:
        sink.write(f"{text}\n")
    Path(sink.name).chmod(0o644)
    Path(sink.name).replace(path)
