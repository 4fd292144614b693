"""Training the encoder's adapter on a region: kept only if searches bring up better candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from api.region import latest

if TYPE_CHECKING:
    from api.workspace import Workspace
    from corpus.records import Case
    from models.adapter import Adapter
    from recommender.evidence import Evidence
    from recommender.train_region import Comparison

FOLDS = 2
"""Each fold trains an adapter and searches anew; more would take longer than minutes."""


@dataclass(frozen=True)
class AdapterReport:
    """What training an adapter found; figures are None where nothing could be compared."""

    projects: int
    """The region's own projects with a text to learn from."""
    local: Comparison | None = None
    graded: Comparison | None = None
    failed: tuple[str, ...] = ("few",)
    """Which conditions were not met: few sources, another encoder, margin, chance or loss."""
    saved: Path | None = None

    @property
    def kept(self) -> bool:
        """Tell whether the new adapter is to be used."""
        return not self.failed

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "projects": self.projects,
            "local": asdict(self.local) if self.local else None,
            "graded": asdict(self.graded) if self.graded else None,
            "failed": list(self.failed),
            "kept": self.kept,
            "saved": None if self.saved is None else str(self.saved),
        }


def train_region_adapter(
    workspace: Workspace, folder: Path, *, dry_run: bool = False
) -> AdapterReport:
    """Refine the bundled adapter on the store's own projects; save it if it helps unseen ones.

    Both adapters search with the ranking that ships with the program. The conditions are those of
    `recommender.train_region`.
    """
    from models.adapter import Adapter
    from models.region_adapter import save_adapter
    from models.train_adapter import refine_adapter
    from recommender.train_region import LEAST_GROUPS, failed_conditions

    knowledge, encoder = workspace.parts.knowledge, workspace.caching_encoder
    own = [case for case in latest(knowledge.cases) if case.goal or case.description]
    trial = _Trial(workspace, own)
    if len(trial.local_groups) < LEAST_GROUPS:
        return AdapterReport(len(own))
    if not Adapter.bundled().suits(encoder):
        return AdapterReport(len(own), failed=("encoder",))
    refine = partial(refine_adapter, encoder, Adapter.bundled(), knowledge.types)
    with workspace.progress.step("比较编码适配器"):
        local, graded = trial.compare(refine)
    failed = failed_conditions(local, graded)
    saved = None if failed or dry_run else folder
    report = AdapterReport(len(own), local, graded, failed, saved)
    if saved:
        with workspace.progress.step("训练编码适配器"):
            save_adapter(folder, refine(own), report.to_dict())
    return report


class _Trial:
    """Compares the bundled adapter with refined ones on projects they have not seen."""

    def __init__(self, workspace: Workspace, own: Sequence[Case]) -> None:
        from corpus.bundle import bundled_labels
        from models.case_groups import case_groups
        from recommender.evidence import graded, used

        self._workspace = workspace
        self._knowledge = workspace.parts.knowledge
        cases = self._knowledge.cases
        numbers = case_groups(cases).tolist()
        self._group = {str(case.id): number for case, number in zip(cases, numbers, strict=True)}
        self._own = own
        self._local = [used(case) for case in own]
        self._graded = [
            each
            for each in graded(self._knowledge, bundled_labels("suggestions"))
            if each.case.origin == "bundled"
        ]
        self.local_groups = {self._group[str(case.id)] for case in own}

    def compare(self, refine: Any) -> tuple[Comparison, Comparison]:
        """Return the comparisons on the region's own and on the graded projects."""
        from models.adapter import Adapter

        names = np.array(sorted(set(self._group.values())))
        np.random.default_rng(0).shuffle(names)
        fold = {name: place % FOLDS for place, name in enumerate(names.tolist())}
        every = [*self._local, *self._graded]
        old = self._measured(Adapter.bundled(), every)
        new: dict[str, float] = {}
        for number in range(FOLDS):
            learn = [case for case in self._own if fold[self._group[str(case.id)]] != number]
            test = [each for each in every if fold[self._group[str(each.case.id)]] == number]
            new |= self._measured(refine(learn), test)
        local, graded = (self._comparison(part, old, new) for part in (self._local, self._graded))
        return local, graded

    def _comparison(
        self, part: Sequence[Evidence], old: Mapping[str, float], new: Mapping[str, float]
    ) -> Comparison:
        from recommender.train_region import comparison

        keys = [key for key in (str(each.case.id) for each in part) if key in old and key in new]
        before, after = (np.array([figures[key] for key in keys]) for figures in (old, new))
        return comparison(before, after, np.array([self._group[key] for key in keys], dtype=int))

    def _measured(self, adapter: Adapter, evidence: Sequence[Evidence]) -> dict[str, float]:
        """Return the quality of what a search with an adapter brings up."""
        from models.retrieval import Retriever
        from recommender import Recommender
        from recommender.compare_search import search_quality
        from recommender.ranking import bundled_ranker

        workspace = self._workspace
        retriever = Retriever.index(self._knowledge, workspace.caching_encoder, adapter)
        recommender = Recommender(self._knowledge, retriever, workspace.parts.peers)
        kin = {
            str(each.case.id): frozenset(
                other for other, number in self._group.items()
                if number == self._group[str(each.case.id)]
            )
            for each in evidence
        }  # fmt: skip
        return search_quality(recommender, bundled_ranker(True), evidence, kin)
