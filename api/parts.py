"""What rests on one state of the knowledge: search, comparison, recommendation, review."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from api.wishes import Wishes
from corpus.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from api.workspace import Workspace
    from corpus.history import HistoryIndex
    from corpus.knowledge import Knowledge
    from corpus.records import Case, Declaration, Indicator
    from corpus.schemes import Scheme
    from models.adapter import Adapter
    from models.near_types import NearTypes
    from models.peers import PeerIndex
    from models.retrieval import Retriever
    from recommender import Recommendation, Recommender
    from recommender.ranking import Ranker
    from recommender.session import Session
    from review.result import ReviewResult
    from review.reviewer import Reviewer
    from review.settings.config import ReviewConfig

    Fill = Callable[[str, str], Indicator | None]

_log = logging.getLogger(__name__)

_OF_KNOWLEDGE_ALONE = frozenset(
    {"knowledge", "retriever", "peers", "lexical_retriever", "history", "near_types"}
)
"""Parts that do not change with the review settings."""
_SESSIONS = 32
"""Projects whose candidates are kept, for units that decide row by row."""


class Parts:
    """Made from the store as it was at `version`; each part when it is first needed."""

    def __init__(self, workspace: Workspace, version: str, settings_version: str = "") -> None:
        self.version = version
        self.settings_version = settings_version
        self._workspace = workspace
        self._filled: tuple[Declaration, Fill] | None = None

    def under_other_settings(self, settings_version: str) -> Parts:
        """Return parts of the same knowledge for changed review settings; what is loaded stays."""
        other = Parts(self._workspace, self.version, settings_version)
        kept = {name: part for name, part in self.__dict__.items() if name in _OF_KNOWLEDGE_ALONE}
        other.__dict__.update(kept)
        return other

    @cached_property
    def review_config(self) -> ReviewConfig:
        """Thresholds and switches as they are now."""
        return self._workspace.review_config

    @cached_property
    def knowledge(self) -> Knowledge:
        """Library and cases."""
        return self._workspace.store.knowledge()

    @cached_property
    def retriever(self) -> Retriever:
        """Search over the knowledge, with the dense index brought up to date."""
        from api.followed_encoder import FollowedEncoder
        from models.retrieval import Retriever

        folder = self._workspace.settings.home / "index"
        with self._workspace.progress.step("更新语义索引") as advance:
            encoder = FollowedEncoder(self._workspace.encoder, advance)
            return Retriever.open(
                folder,
                self.knowledge,
                encoder,
                self._own_adapter(),
                engine=self._workspace.vectors,
            )

    def _own_adapter(self) -> Adapter | None:
        """Return the adapter trained on the region, None where there is none or it does not fit."""
        from models.region_adapter import load_adapter

        try:
            return load_adapter(self._workspace.adapter_folder, self._workspace.encoder)
        except SetupError as error:
            _log.warning("%s", error)
            return None

    @cached_property
    def peers(self) -> PeerIndex:
        """Comparable indicators of other projects."""
        from models.peers import PeerIndex

        return PeerIndex(self.knowledge)

    @cached_property
    def near_types(self) -> Sequence[NearTypes]:
        """Project types that may be one and the same."""
        from models.near_types import near_types

        return near_types(self.knowledge.types)

    @cached_property
    def reviewer(self) -> Reviewer:
        """Rules, classifier and peers, with suggestions that need no encoder."""
        from review.reviewer import Reviewer

        return Reviewer(
            self._workspace.classifier,
            self.peers,
            config=self.review_config,
            suggest=self._suggest,
        )

    @cached_property
    def recommender(self) -> Recommender:
        """The recommender; what the reviewer would flag is never suggested."""
        return self._recommender(self.retriever)

    @cached_property
    def lexical_retriever(self) -> Retriever:
        """Search by words alone, which never loads the encoder."""
        from models.retrieval import Retriever

        folder = self._workspace.settings.home / "words"
        with self._workspace.progress.step("更新词语索引"):
            return Retriever.open(folder, self.knowledge, None)

    @cached_property
    def lexical_recommender(self) -> Recommender:
        """A recommender without the encoder; good enough to fill a gap in a review."""
        return self._recommender(self.lexical_retriever)

    def _recommender(self, retriever: Retriever) -> Recommender:
        from recommender import Recommender

        return Recommender(
            self.knowledge,
            retriever,
            self.peers,
            acceptable=self.reviewer.acceptable,
            objections=self.reviewer.objections,
            ranker=self.own_ranking(retriever),
        )

    def own_ranking(self, retriever: Retriever) -> Ranker | None:
        """Return the ranking trained on the region, None where there is none or it does not fit."""
        from recommender.region_ranking import load_ranking

        try:
            return load_ranking(self._workspace.ranking_folder, retriever.encoder_fingerprint)
        except SetupError as error:
            _log.warning("%s", error)
            return None

    @cached_property
    def history(self) -> HistoryIndex:
        """The earlier years of the projects that are known."""
        from corpus.history import HistoryIndex

        return HistoryIndex(self.knowledge.cases)

    def review(self, declaration: Declaration) -> ReviewResult:
        """Review a declaration, beside its earlier years where the store has them."""
        from corpus.history import with_history

        filled, years = with_history(declaration, self.history)
        return _told(self.reviewer.review(filled), years)

    def review_report(self, evaluation: Declaration) -> ReviewResult:
        """Review a self-evaluation, beside its declaration and earlier years where known."""
        from corpus.history import with_history

        filled, years = with_history(evaluation, self.history, same_year=True)
        return _told(self.reviewer.review_report(filled), years)

    def recommend(
        self, declaration: Declaration, top: int | None = None, wishes: Wishes | None = None
    ) -> Recommendation:
        """Recommend indicators, with what the store has of the project's earlier years.

        A published case does not count as evidence for itself.
        """
        from corpus.history import with_history
        from recommender.answers import Answers

        declaration, _ = with_history(declaration, self.history)
        wanted = wishes or Wishes(top)
        own = declaration.indicators if wanted.keep else ()
        kept = (*(row for row in own if row.name.strip()), *wanted.accepted)
        return self.session(declaration).recommend(
            wanted.top,
            answers=Answers(tuple({row.name: row for row in kept}.values()), wanted.rejected),
            scheme=wanted.chosen,
            regional=self.regional_scheme(declaration),
            form=declaration,
            alternatives=wanted.alternatives,
        )

    def session(self, declaration: Declaration) -> Session:
        """Return the candidates of a project; found once while its own text stays the same."""
        source = getattr(declaration, "source", None)
        facts = declaration.model_copy(update={"indicators": (), "blank_rows": ()})
        return self._sessions(facts, source)

    @cached_property
    def _sessions(self) -> Callable[[Declaration, str | None], Session]:
        return lru_cache(_SESSIONS)(self.recommender.session)

    def regional_scheme(self, declaration: Declaration) -> Scheme | None:
        """Return the weight scheme that the review settings give for a project's region."""
        from corpus.schemes import scheme_named

        wanted = self.review_config.for_region(declaration.region).scheme
        return scheme_named(wanted) if wanted else None

    def _gap_filler(self, declaration: Declaration) -> Fill:
        """Rank by words alone; the last ranking is kept, for a review asks level by level."""
        kept = self._filled
        if kept is None or kept[0] is not declaration:
            source = getattr(declaration, "source", None)
            fill = self.lexical_recommender.shortlist(declaration, source)
            kept = self._filled = (declaration, fill)
        return kept[1]

    def _suggest(self, declaration: Declaration, level2: str) -> Mapping[str, Any] | None:
        """Return an indicator row for a second level that a declaration lacks."""
        from corpus.taxonomy import canonical_levels

        if not declaration.project_name.strip():
            return None
        found = self._gap_filler(declaration)(*canonical_levels("", level2))
        wanted = {"level1", "level2", "name", "target"}
        return None if found is None else found.model_dump(include=wanted)


def _told(result: ReviewResult, years: Sequence[Case]) -> ReviewResult:
    """Return a review that says which earlier years were taken from the store."""
    if not years:
        return result
    from review.engine import Notice

    named = "；".join(f"{case.year}年“{case.project_name}”（编号 {case.id}）" for case in years)
    notice = Notice("history_from_store", f"送审材料未附的以前年度资料取自本机数据库：{named}")
    return replace(result, notices=(*result.notices, notice))
