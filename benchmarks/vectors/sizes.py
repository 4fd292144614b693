"""Measures all indexes over one number of rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.vectors import rows
from benchmarks.vectors.inverted import InvertedFile
from benchmarks.vectors.measure import answers, built, encode_from, in_turns, keys_of, recall
from models.dense import DenseIndex
from models.graph_index import GraphIndex
from models.shortlist import NAMED

ASKING = 100
"""Real rows that ask; none of the rows searched is made from them."""
NEAREST = 10


def measure(file: str, size: int) -> list[dict[str, Any]]:
    """Measure all indexes over so many rows."""
    real = np.load(file)
    queries, base = real[:ASKING], real[ASKING:]
    vectors, keys = rows.made(base, size), keys_of(size)
    exact, graph = DenseIndex(vectors.shape[1]), GraphIndex(vectors.shape[1])
    costs = {
        "exact": built(lambda: exact.arrange(keys, encode_from(vectors))),
        "graph": built(lambda: graph.arrange(keys, encode_from(vectors))),
    }
    searches = {"exact": exact.search, "graph": graph.search}
    made: list[InvertedFile] = []
    costs["inverted"] = built(lambda: made.append(InvertedFile(keys, vectors)))
    searches["inverted"] = made[0].search
    times = in_turns(searches, queries, NEAREST)
    wide = in_turns(searches, queries, NAMED, rounds=1)
    found = {name: answers(search, queries, NAMED) for name, search in searches.items()}
    return [
        {
            "size": size,
            "index": name,
            "build_seconds": round(costs[name].seconds, 3),
            "megabytes": round(costs[name].megabytes, 1),
            "search_ms": [round(value, 3) for value in times[name]],
            "search_wide_ms": [round(value, 3) for value in wide[name]],
            "recall_10": round(recall(found[name], found["exact"], NEAREST), 4),
            "recall_wide": round(recall(found[name], found["exact"], NAMED), 4),
        }
        for name in searches
    ]
