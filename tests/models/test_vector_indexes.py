"""What every index of vectors must do, wherever it keeps them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import create_engine, make_url, text

from corpus.errors import SetupError
from corpus.store.errors import StoreUnreachableError
from models import postgres_vectors
from models.dense import DenseIndex
from models.graph_index import GraphIndex
from models.local_vectors import LocalIndex, LocalVectors
from models.vector_index import VectorEngine, VectorIndex

DIMENSION = 32
_COLLECTIONS = itertools.count()
"""Each test has a collection of its own in the database that they share."""
MANY = 400


class GraphVectors(LocalVectors):
    """Searches a graph however few vectors there are."""

    def __init__(self) -> None:
        super().__init__(exact_up_to=1)


LOCAL: dict[str, Callable[[], VectorEngine]] = {"exact": LocalVectors, "graph": GraphVectors}


@pytest.fixture(params=[*LOCAL, "postgres", "postgres with HNSW"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> VectorEngine:
    if request.param in LOCAL:
        return LOCAL[request.param]()
    if "HNSW" in request.param:
        monkeypatch.setattr(postgres_vectors, "INDEX_FROM", 1)
    return postgres_vectors.PostgresVectors(request.getfixturevalue("vector_url"))


class Drawing:
    """Gives each key a vector of its own and remembers which it was asked for."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = list(keys)
        self.asked: list[str] = []

    def __call__(self, places: Sequence[int]) -> np.ndarray:
        self.asked += [self.keys[place] for place in places]
        return np.stack([vector(self.keys[place]) for place in places])


def vector(key: str) -> np.ndarray:
    """Return the unit vector of a key: those of one tens are alike."""
    number = int(key.split(":")[0])
    group = np.random.default_rng(number // 10).normal(size=DIMENSION)
    own = np.random.default_rng(1000 + number).normal(size=DIMENSION)
    made = (group + 0.5 * own).astype(np.float32)
    return made / np.linalg.norm(made)


def filled(engine: VectorEngine, keys: Sequence[str]) -> VectorIndex:
    index = engine.open(f"cases-{next(_COLLECTIONS)}", DIMENSION)
    index.arrange(keys, Drawing(keys))
    return index


@pytest.fixture
def keys() -> list[str]:
    return [f"{number}:a" for number in range(MANY)]


def test_the_nearest_come_first_with_their_products(engine: VectorEngine, keys: list[str]) -> None:
    index = filled(engine, keys)
    matrix = np.stack([vector(key) for key in keys])
    for asked in keys[::40]:
        products = matrix @ vector(asked)
        found = index.search(vector(asked), 10)
        expected = [keys[row] for row in np.argsort(-products)[:10]]
        assert found[0][0] == asked
        assert len({key for key, _ in found} & set(expected)) >= 9
        for key, product in found:
            assert product == pytest.approx(float(products[keys.index(key)]), abs=2e-3)
        assert [product for _, product in found] == sorted((p for _, p in found), reverse=True)


def test_only_new_keys_are_encoded(engine: VectorEngine, keys: list[str]) -> None:
    index = filled(engine, keys)
    changed = [f"{key.split(':')[0]}:b" if place % 100 == 0 else key for place, key in
               enumerate(keys[20:])]  # fmt: skip
    drawing = Drawing(changed)
    index.arrange(changed, drawing)
    assert sorted(drawing.asked) == ["120:b", "20:b", "220:b", "320:b"]
    assert len(index) == len(changed)
    found = {key for key, _ in index.search(vector("20:b"), 30)}
    assert "20:b" in found
    assert not found & {"20:a", *keys[:20]}


def test_what_is_gone_is_never_found(engine: VectorEngine, keys: list[str]) -> None:
    index = filled(engine, keys)
    kept = keys[::3]
    index.arrange(kept, Drawing(kept))
    assert len(index) == len(kept)
    assert {key for key, _ in index.search(vector(keys[1]), MANY)} == set(kept)
    assert index.known(keys) == set(kept)


def test_vectors_are_given_back(engine: VectorEngine, keys: list[str]) -> None:
    index = filled(engine, keys)
    found = index.vectors_of([keys[3], "9999:a", keys[5]])
    assert found.keys() == {keys[3], keys[5]}
    for key, held in found.items():
        assert np.allclose(held, vector(key), atol=1e-3)


def test_more_than_there_is_gives_all(engine: VectorEngine, keys: list[str]) -> None:
    index = filled(engine, keys[:7])
    assert len(index.search(vector(keys[0]), 500)) == 7


def test_an_empty_index_answers(engine: VectorEngine) -> None:
    index = filled(engine, [])
    assert len(index) == 0
    assert index.search(vector("1:a"), 3) == []
    assert index.vectors_of(["1:a"]) == {}


def test_what_is_saved_answers_alike(engine: VectorEngine, keys: list[str], tmp_path: Path) -> None:
    index = filled(engine, keys)
    kept = keys[30:]
    index.arrange(kept, Drawing(kept))
    index.save(tmp_path, "cases")
    again = engine.load(tmp_path, "cases", kept)
    assert len(again) == len(kept)
    for asked in keys[::50]:
        assert again.search(vector(asked), 5) == index.search(vector(asked), 5)
    drawing = Drawing(keys)
    again.arrange(keys, drawing)
    assert sorted(drawing.asked) == sorted(keys[:30])


class TestSwitching:
    def test_the_kind_follows_the_number_and_nothing_is_encoded_twice(self) -> None:
        engine = LocalVectors(exact_up_to=100)
        keys = [f"{number}:a" for number in range(150)]
        index = filled(engine, keys[:100])
        assert index.exact is not None
        drawing = Drawing(keys)
        index.arrange(keys, drawing)
        assert index.exact is None
        assert drawing.asked == keys[100:]
        index.arrange(keys[:80], drawing)
        assert index.exact is None, "a little below the limit a graph stays"
        index.arrange(keys[:50], drawing)
        assert index.exact is not None
        assert drawing.asked == keys[100:]
        assert np.allclose(index.exact.vectors[7], vector(keys[7]), atol=1e-3)

    def test_a_graph_of_which_much_is_gone_is_made_anew(self, tmp_path: Path) -> None:
        keys = [f"{number}:a" for number in range(MANY)]
        graph = GraphIndex(DIMENSION)
        graph.arrange(keys, Drawing(keys))
        graph.arrange(keys[:100], Drawing(keys))
        grown = [*keys[:100], "500:a"]
        graph.arrange(grown, Drawing(grown))
        graph.save(tmp_path, "cases")
        assert json.loads((tmp_path / "cases.keys.json").read_bytes()) == grown
        assert {key for key, _ in graph.search(vector("500:a"), 101)} == set(grown)

    @pytest.mark.parametrize("damaged", ["cases.graph", "cases.keys.json"])
    def test_a_damaged_graph_is_told(self, tmp_path: Path, damaged: str) -> None:
        keys = [f"{number}:a" for number in range(50)]
        index = filled(GraphVectors(), keys)
        index.save(tmp_path, "cases")
        (tmp_path / damaged).write_bytes(b"damaged")
        with pytest.raises(SetupError):
            LocalVectors().load(tmp_path, "cases", keys)

    def test_an_exact_index_keeps_the_order_of_its_keys(self) -> None:
        keys = [f"{number}:a" for number in (5, 3, 9)]
        index = LocalIndex(DenseIndex(DIMENSION))
        index.arrange(keys, Drawing(keys))
        index.arrange(keys[::-1], Drawing(keys[::-1]))
        assert index.exact is not None
        expected = [vector(key) @ vector("9:a") for key in keys[::-1]]
        assert np.allclose(index.exact.scores(vector("9:a")), expected, atol=1e-5)


class TestPostgres:
    def test_a_database_without_the_extension_is_told(self, vector_url: str) -> None:
        server = create_engine(vector_url, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text("CREATE ROLE jixiao_plain LOGIN"))
            connection.execute(text("CREATE DATABASE jixiao_plain"))
        server.dispose()
        plain = make_url(vector_url).set(username="jixiao_plain", database="jixiao_plain")
        with pytest.raises(SetupError, match="pgvector") as caught:
            postgres_vectors.PostgresVectors(plain.render_as_string(hide_password=False))
        assert "CREATE EXTENSION" in caught.value.hint

    def test_another_kind_of_database_is_told(self) -> None:
        with pytest.raises(SetupError, match="PostgreSQL"):
            postgres_vectors.PostgresVectors("sqlite://")

    def test_a_server_out_of_reach_is_told(self) -> None:
        with pytest.raises(StoreUnreachableError):
            postgres_vectors.PostgresVectors("postgresql+psycopg://nobody@127.0.0.1:9/none")

    def test_two_instances_encode_each_text_once(self, vector_url: str) -> None:
        keys = [f"{number}:a" for number in range(300)]
        asked: list[str] = []

        def arrange(start: int) -> None:
            index = postgres_vectors.PostgresVectors(vector_url).open("two", DIMENSION)
            own = keys[start:] + keys[:start]
            drawing = Drawing(own)
            index.arrange(own, drawing)
            asked.extend(drawing.asked)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(arrange, (0, 100)))
        assert sorted(asked) == sorted(keys)
