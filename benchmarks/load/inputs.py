"""What the clients ask for: names nobody asked before, full declarations, self-evaluations."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from corpus.bundle import bundled_cases
from corpus.records import Case

_PLACES = [f"{first}{second}" for first in "安平永长新清临" for second in "宁远丰和阳泉山川江"]


def names() -> Iterator[dict[str, Any]]:
    """Yield one-line projects without end; no name comes twice, so no cache helps."""
    titles = [case.project_name for case in bundled_cases()]
    for year in itertools.count(2019):
        for place in _PLACES:
            for title in titles:
                yield {"project_name": f"{year}年{place}县{title}"}


def declarations() -> Iterator[dict[str, Any]]:
    """Yield full declarations without end, each text new."""
    return (_renamed(case, place) for place, case in _cases() if case.goal and case.indicators)


def evaluations() -> Iterator[dict[str, Any]]:
    """Yield self-evaluations without end, each text new."""
    return (
        _renamed(case, place)
        for place, case in _cases()
        if any(row.actual for row in case.indicators)
    )


def _cases() -> Iterator[tuple[str, Case]]:
    for year in itertools.count(1):
        for place in _PLACES:
            for case in bundled_cases():
                yield f"{place}县第{year}期", case


def _renamed(case: Case, place: str) -> dict[str, Any]:
    record = case.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    record.pop("id", None)
    return {**record, "project_name": f"{place}{case.project_name}", "goal": case.goal}
