"""The composition root: what one installation consists of, made when it is first needed.

A part that set-up should have prepared is prepared on the spot if it is missing, so each command
works on a fresh machine and waits only for what it needs. Nothing here imports torch, except to
build the default encoder once, and for another model that the settings name.
"""

from __future__ import annotations

import gc
import logging
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from api.parts import Parts
from api.progress import LoggedProgress, Progress
from api.settings import Settings
from corpus.errors import JixiaoError, SetupError

if TYPE_CHECKING:
    from api.wishes import Wishes
    from corpus.records import Declaration
    from corpus.store import Store
    from corpus.store.watching import Mark
    from models.encoder import Encoder
    from models.target_classifier import TargetClassifier
    from models.vector_index import VectorEngine
    from recommender import Recommendation
    from review.result import ReviewResult
    from review.settings.config import ReviewConfig

DEFAULT_ENCODER = "default"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Seen:
    """The parts that were current when the database and the trained artefacts were so."""

    basis: tuple[Mark | None, tuple[str, ...]]
    parts: Parts


class Workspace:
    """Store, encoder and classifier of one installation, and the parts that rest on knowledge.

    Safe to share between threads.
    """

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self.settings = settings
        self.progress = progress or LoggedProgress()
        self._parts: Parts | None = None
        self._seen: _Seen | None = None
        self._lock = Lock()

    def setup(self) -> None:
        """Prepare everything that is missing; quick when all is there."""
        _ = self.encoder, self.classifier
        parts = self.parts
        for retriever in (parts.retriever, parts.lexical_retriever):
            parts.own_ranking(retriever)  # says so where one no longer fits

    def warm_up(self) -> None:
        """Load everything that the first request would otherwise wait for.

        What is indexed at first use is found by using it once, on a known case.
        """
        self.setup()
        self.encoder.encode_queries(["预热"])
        self.parts.recommender.features.read_ahead()
        _ = self.parts.reviewer
        for case in self.parts.knowledge.cases[:1]:
            self.recommend(case)
            self.review(case)
        gc.freeze()  # what is loaded stays: collections need not walk through it

    def load_ahead(self) -> None:
        """Load the encoder in a thread of its own while the other parts are made."""
        Thread(target=self._load_encoder, name="encoder", daemon=True).start()

    def _load_encoder(self) -> None:
        """Encode something; what goes wrong is met again, and told, by who needs the encoder."""
        with suppress(JixiaoError):
            self.encoder.encode_queries(["预热"])

    def close(self) -> None:
        """Close the databases; they open again when they are needed."""
        self.store.close()
        if "vectors" in self.__dict__:
            self.vectors.close()

    @cached_property
    def store(self) -> Store:
        """The database, with up-to-date tables and the bundled knowledge in it."""
        from corpus.store import Store

        store = Store(self.settings.store_url)
        with self.progress.step("准备数据库"):
            store.migrate()
            store.seed_bundled()
        return store

    @cached_property
    def encoder(self) -> Encoder:
        """The text encoder of the settings; the model itself is loaded with the first text."""
        from models.encoder import open_encoder

        model: str | Path = self.settings.encoder
        if model == DEFAULT_ENCODER:
            from models.default_encoder import ensure_default_encoder

            model = self.settings.home / "encoder"
            with self.progress.step("准备默认编码器"):
                ensure_default_encoder(model)
        return open_encoder(model, threads=self.settings.threads or None)

    @cached_property
    def vectors(self) -> VectorEngine:
        """Where the vectors of cases are kept: in this process, or in a database all share."""
        from models.local_vectors import LocalVectors

        url = self.settings.vector_url
        if url is None:
            return LocalVectors()
        from models.postgres_vectors import PostgresVectors

        return PostgresVectors(url.get_secret_value())

    @cached_property
    def caching_encoder(self) -> Encoder:
        """The encoder with a memory on disk, for runs that embed the same texts time and again."""
        from models.embedding_cache import CachedEncoder

        return CachedEncoder(self.encoder, self.settings.home / "embeddings.db")

    @cached_property
    def classifier(self) -> TargetClassifier:
        """The classifier of target values, trained when it is missing, damaged or out of date."""
        from models.target_classifier import TargetClassifier

        if not TargetClassifier.is_current(self._classifier_folder):
            self.train()
        try:
            return TargetClassifier.load(self._classifier_folder)
        except SetupError:  # damaged in a way that only reading it shows
            return TargetClassifier.load(self.train())

    @cached_property
    def file_config(self) -> ReviewConfig:
        """Thresholds and regional rule sets, read from the file that the settings name."""
        from review.settings.config import ReviewConfig
        from review.settings.file import read_config

        path = self.settings.review_config
        return ReviewConfig() if path is None else read_config(path)

    @property
    def review_config(self) -> ReviewConfig:
        """The settings of the file, and over them what was changed on the pages."""
        from corpus.workflow.review_settings import changed
        from review.settings.editing import overlaid

        with self.store.reading() as connection:
            values = {name: found.value for name, found in changed(connection).items()}
        config, refused = overlaid(self.file_config, values)
        for name, reason in refused.items():
            _log.warning("审核门槛 %s 未采用：%s", name, reason)
        return config

    def train(self) -> Path:
        """Train the target classifier and return the folder it is saved in."""
        from models.train_targets import train

        with self.progress.step("训练分类模型"):
            train(self._classifier_folder)
        return self._classifier_folder

    @property
    def _classifier_folder(self) -> Path:
        return self.settings.home / "targets"

    @property
    def ranking_folder(self) -> Path:
        """Where a ranking that was trained on the region's own projects is kept."""
        return self.settings.home / "ranking"

    @property
    def adapter_folder(self) -> Path:
        """Where an adapter of the encoder that was trained on the region is kept."""
        return self.settings.home / "adapter"

    @property
    def parts(self) -> Parts:
        """What rests on knowledge and review settings, made anew when one of them has changed."""
        from models import artefacts

        mark = self.store.mark()
        trained = tuple(map(artefacts.version, (self.ranking_folder, self.adapter_folder)))
        seen = self._seen  # read once: another thread may see a later state
        if mark is not None and seen is not None and seen.basis == (mark, trained):
            return seen.parts
        parts = self._current_parts(trained)
        self._seen = _Seen((mark, trained), parts)
        return parts

    def _current_parts(self, trained: tuple[str, ...]) -> Parts:
        """Return the parts after looking at what the database holds."""
        from corpus.store.store import records_version
        from corpus.workflow.review_settings import version as settings_version

        with self.store.reading() as connection:
            settings = settings_version(connection)
            version = "|".join((records_version(connection), *trained))
        with self._lock:
            if self._parts is None or self._parts.version != version:
                self._parts = Parts(self, version, settings)
            elif self._parts.settings_version != settings:
                self._parts = self._parts.under_other_settings(settings)
            return self._parts

    def recommend(
        self, declaration: Declaration, top: int | None = None, wishes: Wishes | None = None
    ) -> Recommendation:
        """Recommend indicators for a declaration."""
        return self.parts.recommend(declaration, top, wishes)

    def review(self, declaration: Declaration) -> ReviewResult:
        """Review a declaration as submitted."""
        return self.parts.review(declaration)

    def review_report(self, evaluation: Declaration) -> ReviewResult:
        """Review a self-evaluation."""
        return self.parts.review_report(evaluation)
