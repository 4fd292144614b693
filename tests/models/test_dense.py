from __future__ import annotations

import numpy as np
import pytest

from models.dense import DenseIndex


@pytest.fixture
def vectors() -> np.ndarray:
    made = np.random.default_rng(7).normal(size=(50, 16)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.fixture
def index(vectors: np.ndarray) -> DenseIndex:
    index = DenseIndex(16)
    index.add([f"v{row}" for row in range(50)], vectors)
    return index


def test_scores_are_inner_products_in_row_order(index: DenseIndex, vectors: np.ndarray) -> None:
    assert np.allclose(index.scores(vectors[4]), vectors @ vectors[4], atol=1e-6)


def test_search_agrees_with_scores(index: DenseIndex, vectors: np.ndarray) -> None:
    scores = index.scores(vectors[9])
    best = np.argsort(-scores)[:5]
    found = index.search(vectors[9], 5)
    assert [key for key, _ in found] == [f"v{row}" for row in best]
    assert [score for _, score in found] == pytest.approx(scores[best].tolist(), abs=1e-6)


def test_removed_vectors_are_gone_and_the_rest_keep_their_ids(
    index: DenseIndex, vectors: np.ndarray
) -> None:
    index.remove(["v0", "v7", "unknown"])
    assert len(index) == 48
    assert index.search(vectors[8], 1)[0][0] == "v8"
    assert "v7" not in {key for key, _ in index.search(vectors[7], 48)}
    assert np.allclose(index.vectors, np.delete(vectors, [0, 7], axis=0))


def test_an_added_id_replaces_its_old_vector(index: DenseIndex, vectors: np.ndarray) -> None:
    index.add(["v3"], -vectors[3:4])
    assert len(index) == 50
    assert index.ids[-1] == "v3"
    assert index.search(-vectors[3], 1)[0] == ("v3", pytest.approx(1.0, abs=1e-5))


def test_ids_and_vectors_must_match(index: DenseIndex, vectors: np.ndarray) -> None:
    with pytest.raises(ValueError, match="id"):
        index.add(["a", "b"], vectors[:1])
    with pytest.raises(ValueError, match="id"):
        index.add(["a", "a"], vectors[:2])


def test_an_empty_index_answers(vectors: np.ndarray) -> None:
    index = DenseIndex(16)
    assert index.search(vectors[0], 3) == []
    assert index.scores(vectors[0]).shape == (0,)
    assert index.vectors.shape == (0, 16)


def test_more_than_there_is_gives_all(index: DenseIndex, vectors: np.ndarray) -> None:
    assert len(index.search(vectors[0], 500)) == 50
