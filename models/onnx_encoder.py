"""The default encoder at run time: onnxruntime and the tokenizers library, no torch."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from corpus.errors import SetupError
from models import artefacts

MODEL = "onnx/model.onnx"
"""The exported model within an encoder's folder; beside it lies the model it was made from."""
TOKENIZER = "tokenizer.json"
_SETTINGS = "config_sentence_transformers.json"
_ARCHITECTURE = "config.json"
_REBUILD = "请运行 jixiao setup 重新生成默认编码器"
_SPIN_MICROSECONDS = "20"
"""How long an idle thread looks for work before it sleeps. Longer spins take the processor from
other processes: with both cores busy, a batch then takes twice as long."""

_MOST_THREADS = 8
"""A model this small gains nothing from more."""

_RUN = 18.0
"""What running the model costs by itself, in pieces of text: it reads all of its weights."""
_PIECES_AT_ONCE = 400
"""Pieces in one run; with more, what lies between layers no longer stays in the cache."""


class OnnxEncoder:
    """A BERT encoder with mean pooling from an encoder's folder.

    The model is loaded on the first text, so making one costs nothing. A text's vector does not
    depend on the texts beside it, beyond rounding in the seventh digit.
    """

    def __init__(self, folder: Path, *, threads: int | None = None, batch_size: int = 32) -> None:
        self._folder = folder
        self._threads = threads or min(_cores(), _MOST_THREADS)
        self._batch_size = batch_size
        self._lock = Lock()
        self._loaded: _Model | None = None
        self._loaded_by = 0
        self._inherited: _Model | None = None
        self._fingerprint: str | None = None

    @staticmethod
    def is_here(folder: Path) -> bool:
        """Return whether a folder holds what this encoder needs, with a manifest."""
        return (folder / artefacts.MANIFEST).is_file() and (folder / MODEL).is_file()

    @property
    def fingerprint(self) -> str:
        """Hash of what the manifest says of the exported model, tokenizer and prompts."""
        if self._fingerprint is None:
            declared = artefacts.declared_files(self._folder)
            named = {
                name: declared.get(name) for name in (MODEL, TOKENIZER, _SETTINGS, _ARCHITECTURE)
            }
            text = json.dumps(named, sort_keys=True)
            self._fingerprint = hashlib.sha256(text.encode()).hexdigest()
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector; needs no model."""
        return int(artefacts.load_json(self._folder / _ARCHITECTURE)["hidden_size"])

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return one L2-normalised row per text, float32 (n, dimension)."""
        return self._encode(texts, "query")

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return one L2-normalised row per text, float32 (n, dimension)."""
        return self._encode(texts, "document")

    def _encode(self, texts: Sequence[str], kind: str) -> np.ndarray:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return self._model().encode(texts, kind, self._batch_size)

    def _model(self) -> _Model:
        with self._lock:
            if self._loaded is not None and self._loaded_by != os.getpid():
                # A session's threads do not live on in a forked process, which opens its own, with
                # one thread beside its sisters; taking the old one apart would wait for them.
                self._inherited, self._loaded, self._threads = self._loaded, None, 1
            if self._loaded is None:
                if (self._folder / artefacts.MANIFEST).is_file():
                    artefacts.check_complete(self._folder)
                try:
                    self._loaded = _Model(self._folder, self._threads)
                except Exception as error:  # both libraries raise errors of their own kinds
                    raise SetupError(f"编码器无法加载：{self._folder}", hint=_REBUILD) from error
                self._loaded_by = os.getpid()
            return self._loaded


class _Model:
    """A loaded model; may be asked by several threads at once."""

    def __init__(self, folder: Path, threads: int) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        architecture = artefacts.load_json(folder / _ARCHITECTURE)
        self._tokenizer.enable_truncation(int(architecture["max_position_embeddings"]))
        self._tokenizer.no_padding()
        self._padding = int(architecture["pad_token_id"])
        self._prompts = artefacts.load_json(folder / _SETTINGS)["prompts"]
        self._session = open_session(folder / MODEL, threads)

    def encode(self, texts: Sequence[str], kind: str, batch_size: int) -> np.ndarray:
        """Return the unit vectors of texts; texts of like length share a run of the model."""
        prompt = self._prompts.get(kind, "")
        pieces = [
            encoding.ids
            for encoding in self._tokenizer.encode_batch_fast([prompt + text for text in texts])
        ]
        batches = runs_of([len(each) for each in pieces], batch_size)
        made = [self._run([pieces[row] for row in batch]) for batch in batches]
        vectors = np.empty((len(texts), made[0].shape[1]), dtype=np.float32)
        for batch, rows in zip(batches, made, strict=True):
            vectors[batch] = rows
        return vectors

    def _run(self, pieces: Sequence[Sequence[int]]) -> np.ndarray:
        """Return the mean of each text's last hidden states, brought to unit length."""
        width = max(map(len, pieces))
        ids = np.full((len(pieces), width), self._padding, dtype=np.int64)
        mask = np.zeros((len(pieces), width), dtype=np.int64)
        for row, listed in enumerate(pieces):
            ids[row, : len(listed)] = listed
            mask[row, : len(listed)] = 1
        (hidden,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        # The mean's divisor does not matter: every vector is brought to unit length.
        sums = np.einsum("nlh,nl->nh", hidden, mask.astype(np.float32))
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        return np.asarray(sums / np.maximum(lengths, 1e-12), dtype=np.float32)


def runs_of(lengths: Sequence[int], most: int) -> list[list[int]]:
    """Return which texts share a run of the model, at most so many, so that all take least time.

    A run costs something by itself, and each of its texts as much as the longest: a name beside a
    long goal is better run alone, but not beside another name.
    """
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    least = [0.0]
    """Cost of the first so many texts."""
    first = [0]
    """First text of the run that the last of them belongs to."""
    for end in range(1, len(order) + 1):
        width = lengths[order[end - 1]]
        starts = range(max(0, end - most, min(end - 1, end - _PIECES_AT_ONCE // width)), end)
        costs = [least[start] + _RUN + (end - start) * width for start in starts]
        least.append(min(costs))
        first.append(starts[costs.index(least[-1])])
    runs = []
    end = len(order)
    while end:
        runs.append(order[first[end] : end])
        end = first[end]
    return runs[::-1]


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_session(path: Path, threads: int) -> Any:
    """Open a model that `models.onnx_export.optimise` has written."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.add_session_config_entry("session.intra_op.spin_duration_us", _SPIN_MICROSECONDS)
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
