"""Which cases belong together when data are split: same page, or the same project seen twice.

A project is often published on several pages; a split by page alone would put its copies on both
sides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from corpus.records import Case
from corpus.text import normalise

_COMMON_SHARE, _COMMON_LEAST = 0.5, 3
"""Two cases that share this part of the shorter one's rows, and so many, are one project."""


def case_groups(cases: Sequence[Case]) -> np.ndarray:
    """Return the group number of every case, (n,)."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    links = _links(cases)
    rows, columns = zip(*links, strict=True) if links else ((), ())
    graph = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(cases), len(cases)))
    _, groups = connected_components(graph, directed=False)
    return groups


def _links(cases: Sequence[Case]) -> list[tuple[int, int]]:
    """Return the pairs of cases that belong together."""
    first: dict[tuple[str, str], int] = {}
    links = []
    for place, case in enumerate(cases):
        for key in (("page", case.source), ("project", _project(case))):
            if key in first:
                links.append((first[key], place))
            first.setdefault(key, place)
    rows = [{(row.name, row.target) for row in case.indicators} for case in cases]
    for (place, one), (other, two) in combinations(enumerate(rows), 2):
        if len(one & two) >= max(_COMMON_LEAST, _COMMON_SHARE * min(len(one), len(two))):
            links.append((place, other))
    return links


def _project(case: Case) -> str:
    """Return a project's name without years and marks, with the beginning of its department."""
    name = re.sub(r"\W|\d|年度?", "", normalise(case.project_name))
    return f"{name}|{normalise(case.department or '')[:4]}"
