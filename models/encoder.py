"""Encoders: texts in, unit vectors out."""

from __future__ import annotations

import gc
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from corpus.errors import SetupError
from models import artefacts

if TYPE_CHECKING:
    from models.query_memory import QueryMemory

_E5_NAME = re.compile(r"(^|[-_/])e5([-_]|$)", re.IGNORECASE)
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}
_CHOOSE = "请检查编码器设置，或运行 jixiao setup 生成默认编码器"


class Encoder(Protocol):
    """Turns texts into vectors whose dot product is their similarity.

    Queries and passages are told apart because retrieval models are trained with different
    prefixes for the two. Implementations may be called from several threads.
    """

    @property
    def fingerprint(self) -> str:
        """Identity of model and settings: equal fingerprints give equal vectors."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return one L2-normalised row per text, float32 (n, dimension)."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return one L2-normalised row per text, float32 (n, dimension)."""
        ...


class SentenceEncoder:
    """A sentence-transformers model, from a folder or from the local hub cache by name.

    The library is imported and the model loaded on the first text, so making one costs nothing.
    Prefixes are the model's own prompts; E5 models that declare none get theirs by name.
    """

    def __init__(
        self, model: str | Path, *, threads: int | None = None, batch_size: int = 32
    ) -> None:
        self._folder = _find(model)
        self._name = str(model)
        self._threads = threads
        self._batch_size = batch_size
        self._lock = RLock()
        self._model: Any = None
        self._fingerprint: str | None = None
        self._prompts: dict[str, str] = {}

    @property
    def fingerprint(self) -> str:
        """Hash of the model's files; taken from the manifest where the folder has one."""
        with self._lock:
            if self._fingerprint is None:
                self._fingerprint = _fingerprint(self._folder)
            return self._fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector; loads the model."""
        return int(self._load().get_embedding_dimension())

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return one L2-normalised row per text, float32 (n, dimension)."""
        return self._encode(texts, "query")

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return one L2-normalised row per text, float32 (n, dimension)."""
        return self._encode(texts, "document")

    def _encode(self, texts: Sequence[str], kind: str) -> np.ndarray:
        model = self._load()
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        # One at a time: a fast tokenizer cannot be borrowed twice.
        with self._lock:
            vectors = model.encode(
                list(texts),
                prompt=self._prompts.get(kind, ""),
                batch_size=self._batch_size,
                show_progress_bar=False,
                normalize_embeddings=True,
            )
        return np.asarray(vectors, dtype=np.float32)

    def _load(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = self._read_model()
                self._prompts = _prompts(self._model, self._name)
            return self._model

    def _read_model(self) -> Any:
        if (self._folder / artefacts.MANIFEST).is_file():
            artefacts.check_complete(self._folder)
        library = import_sentence_transformers()
        import torch

        if self._threads is not None:
            torch.set_num_threads(self._threads)
        try:
            return library.SentenceTransformer(
                str(self._folder), device="cpu", local_files_only=True
            )
        except (OSError, ValueError, KeyError) as error:
            raise SetupError(f"编码器无法加载：{self._name}", hint=_CHOOSE) from error


def open_encoder(model: str | Path, *, threads: int | None = None) -> QueryMemory:
    """Return the encoder of a folder or name: the exported model where a folder has ours.

    It remembers the queries it was asked last.
    """
    from models.onnx_encoder import OnnxEncoder
    from models.query_memory import QueryMemory

    folder = Path(model)
    if OnnxEncoder.is_here(folder):
        return QueryMemory(OnnxEncoder(folder, threads=threads))
    return QueryMemory(SentenceEncoder(model, threads=threads))


def import_sentence_transformers() -> ModuleType:
    """Import sentence-transformers with the model hub switched off; takes some seconds."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # OpenMP threads that wait by spinning slow each other ten-fold as soon as another process
    # wants a core; those that sleep at once take half as long again. So: spin briefly, then sleep.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", "20000")
    with _without_garbage_collection():
        import sentence_transformers
        from transformers.utils import logging

    logging.disable_progress_bar()
    return sentence_transformers


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Keep the collector from walking through millions of new objects that all stay.

    Saves a fifth of the import.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _find(model: str | Path) -> Path:
    """Return the folder of a model: the path itself, or the hub cache's copy of that name."""
    if Path(model).is_dir():
        return Path(model)
    if isinstance(model, Path) or not re.fullmatch(r"[\w.-]+/[\w.-]+", model):
        raise SetupError(f"找不到编码器目录：{model}", hint=_CHOOSE)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(model, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError) as error:
        raise SetupError(
            f"本机没有编码器 {model}", hint="请先下载该模型，或在设置中填写模型所在目录"
        ) from error


def _fingerprint(folder: Path) -> str:
    """Return the hash of the manifest's declarations, else of all files."""
    if (folder / artefacts.MANIFEST).is_file():
        return artefacts.declared_fingerprint(folder)
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


def _prompts(model: Any, name: str) -> dict[str, str]:
    """Return the prefixes for queries and documents."""
    declared = dict(model.prompts)
    passages = declared.get("document") or declared.get("passage") or ""
    prompts = {"query": declared.get("query") or "", "document": passages}
    if not any(prompts.values()) and _E5_NAME.search(name):
        return dict(_E5_PROMPTS)
    return prompts
