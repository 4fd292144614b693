from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.embedding_cache import CachedEncoder
from models.encoder import Encoder

TEXTS = ["造林绿化", "农村公路养护", "造林绿化"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "embeddings.sqlite"


def test_nothing_is_encoded_twice(
    hashing_encoder: Encoder, counting: Callable[[Encoder], Any], path: Path
) -> None:
    counter = counting(hashing_encoder)
    cached = CachedEncoder(counter, path)
    first = cached.encode_passages(TEXTS)
    assert sorted(counter.passages) == sorted(set(TEXTS))
    again = CachedEncoder(counter, path).encode_passages([*TEXTS, "新的"])
    assert counter.passages.count("造林绿化") == 1
    assert counter.passages[-1] == "新的"
    assert np.array_equal(first, again[:3])
    assert np.array_equal(first, hashing_encoder.encode_passages(TEXTS))


def test_queries_and_passages_are_kept_apart(
    hashing_encoder: Encoder, counting: Callable[[Encoder], Any], path: Path
) -> None:
    counter = counting(hashing_encoder)
    cached = CachedEncoder(counter, path)
    cached.encode_passages(["造林"])
    cached.encode_queries(["造林"])
    assert counter.queries == counter.passages == ["造林"]


def test_encoders_are_kept_apart(
    hashing_encoder: Encoder, other_encoder: Encoder, path: Path
) -> None:
    mine = CachedEncoder(hashing_encoder, path).encode_queries(["造林"])
    other = CachedEncoder(other_encoder, path).encode_queries(["造林"])
    assert np.array_equal(other, other_encoder.encode_queries(["造林"]))
    assert not np.array_equal(mine, other)


def test_many_texts_at_once(hashing_encoder: Encoder, path: Path) -> None:
    texts = [f"第{number}项" for number in range(1200)]
    cached = CachedEncoder(hashing_encoder, path)
    cached.encode_queries(texts[::2])
    assert np.array_equal(cached.encode_queries(texts), hashing_encoder.encode_queries(texts))


def test_threads_may_share_one(hashing_encoder: Encoder, path: Path) -> None:
    cached = CachedEncoder(hashing_encoder, path)
    texts = [f"第{number % 17}项" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        rows = list(pool.map(lambda text: cached.encode_queries([text])[0], texts))
    assert np.array_equal(rows, hashing_encoder.encode_queries(texts))


def _fill(encoder: Encoder, path: Path, start: int) -> None:
    cached = CachedEncoder(encoder, path)
    for number in range(start, start + 60):
        cached.encode_queries([f"第{number}项"])


def test_processes_may_share_the_file(
    hashing_encoder: Encoder, counting: Callable[[Encoder], Any], path: Path
) -> None:
    context = multiprocessing.get_context("fork")
    runs = [context.Process(target=_fill, args=(hashing_encoder, path, start)) for start in (0, 30)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(60)
    assert [run.exitcode for run in runs] == [0, 0]
    counter = counting(hashing_encoder)
    CachedEncoder(counter, path).encode_queries([f"第{number}项" for number in range(90)])
    assert counter.queries == []


def test_a_known_text_never_wakes_the_encoder(hashing_encoder: Encoder, path: Path) -> None:
    class Asleep:
        fingerprint = hashing_encoder.fingerprint
        dimension = hashing_encoder.dimension

        def encode_queries(self, texts: list[str]) -> np.ndarray:
            raise AssertionError(texts)

        encode_passages = encode_queries

    CachedEncoder(hashing_encoder, path).encode_queries(TEXTS)
    assert CachedEncoder(Asleep(), path).encode_queries(TEXTS).shape == (3, 64)
