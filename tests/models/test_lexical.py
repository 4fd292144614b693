from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from corpus.bundle import bundled_cases, bundled_library
from models.lexical import K1, B, LexicalIndex
from models.retrieval_text import query_fields, type_fields
from models.segment import tokens


def plain_bm25(documents: Sequence[Sequence[str]], query: Sequence[str]) -> list[float]:
    """BM25 as in Robertson and Zaragoza (2009), with Lucene's idf and without the factor k1 + 1."""
    count = len(documents)
    average = sum(map(len, documents)) / count
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            holding = sum(word in other for other in documents)
            if holding:
                idf = math.log(1 + (count - holding + 0.5) / (holding + 0.5))
                often = document.count(word)
                score += idf * often / (often + K1 * (1 - B + B * len(document) / average))
        scores.append(score)
    return scores


@pytest.fixture(scope="module")
def documents() -> list[list[str]]:
    return [tokens(type_fields(kind).whole) for kind in bundled_library()[::12]]


@pytest.mark.parametrize("case", bundled_cases()[::15], ids=lambda case: case.project_name[:8])
def test_scores_equal_a_plain_implementation(documents: list[list[str]], case) -> None:
    query = tokens(query_fields(case).whole)
    expected = plain_bm25(documents, query)
    assert LexicalIndex(documents).scores(query) == pytest.approx(expected, rel=1e-4, abs=1e-5)


def test_a_repeated_word_counts_twice() -> None:
    index = LexicalIndex([["公路", "养护"], ["公路", "建设"]])
    once, twice = index.scores(["养护"]), index.scores(["养护", "养护"])
    assert twice == pytest.approx(2 * once)


def test_unknown_words_score_nothing() -> None:
    index = LexicalIndex([["公路"], ["学校"]])
    assert index.scores(["火星", ""]).tolist() == [0, 0]
    assert index.scores([]).tolist() == [0, 0]


def test_empty_documents_and_an_empty_index_are_allowed() -> None:
    scores = LexicalIndex([[], ["公路"], []]).scores(["公路"])
    assert scores[1] > 0
    assert scores[[0, 2]].tolist() == [0, 0]
    assert LexicalIndex([]).scores(["公路"]).shape == (0,)
    assert LexicalIndex([[], []]).scores(["公路"]).tolist() == [0, 0]


def test_scores_do_not_depend_on_the_order_of_documents(documents: list[list[str]]) -> None:
    query = documents[3]
    forward = LexicalIndex(documents).scores(query)
    backward = LexicalIndex(documents[::-1]).scores(query)
    assert np.allclose(forward, backward[::-1], rtol=1e-5)
