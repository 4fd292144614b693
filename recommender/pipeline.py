"""The facade: a declaration in, a recommendation out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import replace

import numpy as np

from corpus.errors import InputError, Location
from corpus.history import HistoryIndex
from corpus.knowledge import Knowledge
from corpus.records import Declaration, Indicator
from models.peers import Peer, PeerIndex
from models.retrieval import CaseHit, Retriever, TypeHit
from models.retrieval_text import type_fields
from recommender.aspect_models import AspectModels
from recommender.bare_counts import with_objects
from recommender.candidates import Pool, gather
from recommender.category import (
    SURE,
    category_of,
    is_of_other_category,
    is_of_other_work,
    steered,
)
from recommender.choice import Choice, choice_of
from recommender.common import CommonIndicators, with_common
from recommender.confidence import confidence_in
from recommender.config import RecommenderConfig
from recommender.dated_rates import without_rates_of_dated
from recommender.deeds import deeds_of
from recommender.deliverable import Deliverable
from recommender.drafts import STAND_IN, Drafts, Objections, as_row, screened_target
from recommender.features import FeatureMaker
from recommender.foreign import ownness
from recommender.narrowing import narrowed, narrows
from recommender.objects import deliverables
from recommender.one_report import of_one_report
from recommender.own_rows import OwnRows, buys_other_things
from recommender.parts import Part, parts_of
from recommender.project import Project, own_name
from recommender.ranking import Ranker, bundled_ranker
from recommender.results import Recommendation, TargetSuggestion
from recommender.selection import Selection, select
from recommender.session import Session
from recommender.sub_projects import PartPool, is_of_parts, merged
from recommender.usage import UsageIndex
from recommender.worth import DOUBT, said_of, unmentioned, worth

Acceptable = Callable[[Declaration, Indicator], bool]
"""Tells whether a row may be suggested to a project."""
_SEARCHED = 2
"""How many times the types that are used are searched for, so that a name's category can choose."""
_OTHER_WORK = 0.9
"""Share of the low confidence that is left at most where the best type is of another category."""
_NAMELESS = re.compile(r"^[某本我][省市州县区旗盟]")
"""A place without a name, before the office that a project's name may repeat: 某市档案馆."""
_ROUNDS = 4
"""How often a set is chosen anew at most because something was held against it."""


class Recommender:
    """Recommends indicators from one body of knowledge; safe to share between threads."""

    def __init__(
        self,
        knowledge: Knowledge,
        retriever: Retriever,
        peers: PeerIndex,
        config: RecommenderConfig | None = None,
        acceptable: Acceptable | None = None,
        ranker: Ranker | None = None,
        objections: Objections | None = None,
    ) -> None:
        """Take the parts.

        `acceptable` screens each suggestion and `objections` the chosen set, for example by a
        review.
        """
        self.config = config or RecommenderConfig()
        self._retriever = retriever
        self._peers = peers
        self._acceptable = acceptable
        self._objections = objections
        self._ranker = ranker
        self.usage = UsageIndex(knowledge)
        self.features = FeatureMaker(knowledge)
        models = AspectModels(knowledge)
        self._common = CommonIndicators(models)
        self._own = OwnRows(knowledge, self.features.rarity, peers, models, self.config)
        self.earlier = HistoryIndex(knowledge.cases)

    def with_ranker(self, ranker: Ranker) -> Recommender:
        """Return the same recommender with another ranker; indexes are shared."""
        other = copy(self)
        other._ranker = ranker
        return other

    def recommend(
        self,
        declaration: Declaration,
        top: int | None = None,
        exclude_source: str | None = None,
        *,
        alternatives: bool = False,
    ) -> Recommendation:
        """Return a set of suggestions for a project; `top` fixes its size.

        `alternatives` adds what else could stand in each slot, which takes as long again.
        `exclude_source` leaves out the cases of one page, as evaluation must. Raises `InputError`
        without a project name.
        """
        return self.session(declaration, exclude_source).recommend(top, alternatives=alternatives)

    def session(self, declaration: Declaration, exclude_source: str | None = None) -> Session:
        """Return the candidates of a project, to choose from again as its unit decides.

        Raises `InputError` without a project name.
        """
        pool, ranked, confidence, drafts = self._ranked(declaration, exclude_source)
        return Session(self, pool, tuple(ranked), confidence, drafts)

    def selected(
        self, ranked: list[Choice], drafts: Drafts, top: int | None, alternatives: bool
    ) -> Selection:
        """Choose a set that nothing is held against; what is objected to gives way to others."""
        if self._objections is None:
            return select(ranked, self.config, top, drafts.admits, alternatives)
        for _ in range(_ROUNDS):
            selection = select(ranked, self.config, top, drafts.admits)
            refused = drafts.refused(selection.chosen, self._objections)
            if not refused and not alternatives:
                return selection
            if not refused:
                break
            ranked = [choice for choice in ranked if id(choice) not in refused]
        return select(ranked, self.config, top, drafts.admits, alternatives)

    def shortlist(
        self, declaration: Declaration, exclude_source: str | None = None
    ) -> Callable[[str, str], Indicator | None]:
        """Return a function that names the best indicator for a first and second level.

        For filling single gaps of a form: only what is asked for is screened. It returns None
        where nothing fits. Raises `InputError` without a project name.
        """
        _, ranked, _, drafts = self._ranked(declaration, exclude_source)
        best = sorted(ranked, key=lambda choice: -choice.score)

        def fill(level1: str, level2: str) -> Indicator | None:
            for choice in best:
                if choice.score < self.config.weakest:
                    return None
                if (choice.level1, choice.level2) == (level1, level2) and drafts.admits(choice):
                    return as_row(choice, drafts.of(choice).target.suggested or "")
            return None

        return fill

    def _ranked(
        self, declaration: Declaration, exclude_source: str | None
    ) -> tuple[Pool, list[Choice], float, Drafts]:
        """Return candidates, choices with the project's own words, confidence, and drafts."""
        pool = self.pool(declaration, exclude_source)
        quantities = self._quantities(pool.project)
        choices = self.scored(pool)
        confidence = confidence_in(pool, choices, self.features)
        parts = self._parts(pool)
        if parts:
            confidence = max(confidence, _mean(self._confidence_in(part) for part in parts))
        if self._is_in_doubt(pool):
            confidence = min(confidence, _OTHER_WORK * self.config.low_confidence)
        doubted = confidence < self.config.low_confidence
        if doubted:
            choices = [self._doubted(choice, pool) for choice in choices]
        choices = narrowed(choices, pool, self.features.rarity)
        ranked = self._own.put(choices, pool, quantities)
        sure = bool(pool.types) and pool.types[0].score >= SURE and not doubted
        ranked = with_common(ranked, self._common.choices(pool, sure, doubted), sure)
        ranked = without_rates_of_dated(of_one_report(ranked, pool.project))
        if parts:
            ranked = merged(ranked, parts, self._of_part)
            pool = replace(pool, parts=tuple(part.part for part in parts))
        return pool, ranked, confidence, Drafts(self, pool, quantities, exclude_source)

    def pool(self, declaration: Declaration, exclude_source: str | None = None) -> Pool:
        """Return the candidates for a project."""
        if not declaration.project_name.strip():
            raise InputError(
                "缺少项目名称，无法推荐指标",
                hint="请填写项目名称；有项目内容和年度目标时推荐更准确",
                where=Location(field="project_name"),
            )
        project = Project.of(declaration, self.config.text_limit)
        short = _shortened(declaration, project, self.config.text_limit)
        found = self._retriever.types(short, _SEARCHED * self.config.types, exclude_source)
        types = steered(project.name, found)[: self.config.types]
        cases = self._retriever.cases(short, self.config.cases + 1, exclude_source)
        others = [hit for hit in cases if str(hit.case.id) != str(declaration.id)]
        return gather(project, types, others[: self.config.cases], self.config.case_rows_from)

    def _parts(self, pool: Pool) -> list[PartPool]:
        """Return the sub-projects with their candidates, none where the project is one thing."""
        whole, limit = pool.project.declaration, self.config.text_limit
        parts = [
            PartPool(part, gather(project, types, (), 0))
            for part in parts_of(whole, limit)
            for project, types in [self._searched(part, whole)]
        ]
        return parts if is_of_parts(pool, parts, self.features.rarity) else []

    def _searched(self, part: Part, whole: Declaration) -> tuple[Project, Sequence[TypeHit]]:
        """Return a sub-project as a project of its own, and the types that fit its text."""
        alone = {"project_name": part.title, "description": "", "goal": part.text}
        own = whole.model_copy(update={**alone, "budget_wan": None, "indicators": ()})
        project = Project.of(own, self.config.text_limit)
        return project, self._retriever.types(own, self.config.part_types)

    def _of_part(self, part: PartPool) -> list[Choice]:
        """Return the choices of a sub-project with its own words put in."""
        quantities = self._quantities(part.pool.project)
        return self._own.put(self.scored(part.pool), part.pool, quantities)

    def _is_in_doubt(self, pool: Pool) -> bool:
        """Tell whether the best type is of another kind of work than the project."""
        if is_of_other_work(pool) or buys_other_things(pool, self.features.rarity):
            return True
        return bool(pool.types) and narrows(pool.project, pool.types[0].type)

    def _quantities(self, project: Project) -> list[Deliverable]:
        """Return the quantities that a project states, each with an object."""
        return with_objects(deliverables(project, self.config.deliverables), project)

    def _confidence_in(self, part: PartPool) -> float:
        """Return how sure it is that a sub-project's type is known."""
        return confidence_in(part.pool, self.scored(part.pool), self.features)

    def alike(self, pool: Pool) -> tuple[CaseHit, ...]:
        """Return the cases that are similar enough to be called so."""
        return tuple(hit for hit in pool.cases if hit.similarity >= self.config.alike)

    def scored(self, pool: Pool) -> list[Choice]:
        """Return the candidates as they stand with the ranker's scores, best first."""
        dense = bool(pool.types) and pool.types[0].dense is not None
        ranker = self._ranker or bundled_ranker(dense)
        table = self.features.table(pool)
        scores = ranker.scores(table.astype(np.float32)).tolist()
        best = type_fields(pool.types[0].type).whole if pool.types else ""
        choices = [
            choice_of(
                candidate,
                score * ownness(candidate.name, pool.project, best) * worth(candidate, pool, told),
            )
            for candidate, score, told in zip(pool.candidates, scores, said_of(table), strict=True)
        ]
        return sorted(choices, key=lambda choice: -choice.score)

    def _doubted(self, choice: Choice, pool: Pool) -> Choice:
        """Return a choice of a doubtful type; what the project does not mention counts less."""
        kind = choice.candidate.type if choice.candidate else None
        wanted = category_of(pool.project.name)
        if kind and is_of_other_category(kind, wanted) and wanted not in deeds_of(choice.name):
            choice = replace(choice, score=choice.score * DOUBT)
        return unmentioned(choice, pool, self.features.rarity)

    def peers_of(
        self, choice: Choice, declaration: Declaration, exclude_source: str | None
    ) -> list[Peer]:
        """Return rows of other projects that measure the same in a comparable unit."""
        row = as_row(choice, f"{STAND_IN}{choice.unit}" if choice.unit else "")
        return self._peers.peers(row, declaration, self.config.target_peers, exclude_source)

    def accepts(self, choice: Choice, target: TargetSuggestion, declaration: Declaration) -> bool:
        """Tell whether the screen lets a choice with its target through."""
        if self._acceptable is None:
            return True
        return self._acceptable(declaration, as_row(choice, screened_target(choice, target)))


def _mean(values: Iterable[float]) -> float:
    """Return the mean of some numbers."""
    found = list(values)
    return sum(found) / len(found)


def _shortened(declaration: Declaration, project: Project, limit: int) -> Declaration:
    """Return what is searched with: the texts that are read, without any draft indicators."""
    return declaration.model_copy(
        update={
            "project_name": own_name(declaration.project_name[:limit]),
            "description": declaration.description[:limit],
            "goal": declaration.goal[:limit],
            "department": _NAMELESS.sub("", declaration.department or ""),
            "function_code": declaration.function_code or project.function_code,
            "indicators": (),
        }
    )
