"""The composition root: every part of the program, made from the settings when first needed.

A part that set-up should have prepared is prepared on the spot if it is missing, so each command
works on a fresh machine and waits only for what it needs. Nothing here imports torch until a text
is to be embedded; a review never does.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.progress import LoggedProgress, Progress
from api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.target_classifier import TargetClassifier

    from corpus.knowledge import Knowledge
    from corpus.records import Declaration
    from corpus.store import Store
    from models.encoder import Encoder
    from models.peers import PeerIndex
    from models.retrieval import Retriever
    from recommender import Recommendation, Recommender
    from review.reviewer import Reviewer

DEFAULT_ENCODER = "default"


class Workspace:
    """The parts of one installation; safe to share between threads once they are made."""

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self.settings = settings
        self._progress = progress or LoggedProgress()

    def setup(self) -> None:
        """Prepare everything that is missing; quick when all is there."""
        _ = self.store, self.encoder, self.classifier, self.retriever

    @cached_property
    def store(self) -> Store:
        """The database, with up-to-date tables and the bundled knowledge in it."""
        from corpus.store import Store

        store = Store(self.settings.store_url)
        with self._progress.step("准备数据库"):
            store.migrate()
            store.seed_bundled()
        return store

    @cached_property
    def knowledge(self) -> Knowledge:
        """Library and cases as the store holds them now."""
        return self.store.knowledge()

    @cached_property
    def encoder(self) -> Encoder:
        """The text encoder of the settings; the model itself is loaded with the first text."""
        from models.encoder import SentenceEncoder

        model: str | Path = self.settings.encoder
        if model == DEFAULT_ENCODER:
            model = self.settings.home / "encoder"
            if not model.exists():
                from models.default_encoder import build_default_encoder

                with self._progress.step("生成默认编码器"):
                    build_default_encoder(model)
        return SentenceEncoder(model, threads=self.settings.threads or None)

    @cached_property
    def retriever(self) -> Retriever:
        """Search over the knowledge, with the dense index brought up to date."""
        from models.retrieval import Retriever

        folder = self.settings.home / "index"
        with self._progress.step("更新索引"):
            return Retriever.open(folder, self.knowledge, self.encoder)

    @cached_property
    def peers(self) -> PeerIndex:
        """Comparable indicators of other projects."""
        from models.peers import PeerIndex

        return PeerIndex(self.knowledge)

    @cached_property
    def classifier(self) -> TargetClassifier:
        """The classifier of target values, trained when it is missing."""
        from models.target_classifier import TargetClassifier

        if not self._classifier_folder.exists():
            self.train()
        return TargetClassifier.load(self._classifier_folder)

    def train(self) -> Path:
        """Train the target classifier and return the folder it is saved in."""
        from models.train_targets import train

        with self._progress.step("训练分类模型"):
            train(self._classifier_folder)
        return self._classifier_folder

    @property
    def _classifier_folder(self) -> Path:
        return self.settings.home / "targets"

    @cached_property
    def reviewer(self) -> Reviewer:
        """Rules, classifier and peers, with suggestions that need no encoder."""
        from review.reviewer import Reviewer

        return Reviewer(self.classifier, self.peers, suggest=self._suggest)

    @cached_property
    def recommender(self) -> Recommender:
        """The recommender; what the reviewer would flag is never suggested."""
        return self._recommender(self.retriever)

    @cached_property
    def _lexical_recommender(self) -> Recommender:
        """A recommender that never loads the encoder; good enough to fill a gap in a review."""
        from models.retrieval import Retriever

        return self._recommender(Retriever.build(self.knowledge))

    def _recommender(self, retriever: Retriever) -> Recommender:
        from recommender import Recommender

        return Recommender(
            self.knowledge, retriever, self.peers, acceptable=self.reviewer.acceptable
        )

    def recommend(self, declaration: Declaration, top: int | None = None) -> Recommendation:
        """Recommend indicators; a published case does not count as evidence for itself."""
        source = getattr(declaration, "source", None)
        return self.recommender.recommend(declaration, top, exclude_source=source)

    def _suggest(self, declaration: Declaration, level2: str) -> Mapping[str, Any] | None:
        """Return an indicator for a second level that a declaration lacks."""
        found = self._lexical_recommender.recommend(declaration)
        for suggestion in found.suggestions:
            if suggestion.level2 == level2:
                return suggestion.to_dict()
        return None
