"""Library indicators that stand for an aspect: whose thresholds an own name takes over.

An aspect is known by the end of its names (验收合格率), its unit and its first level. Of all that
have it, one of a matched type stands for it, else one of the project's sector, else any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus.knowledge import Knowledge
from corpus.records import LibraryIndicator, LibraryType
from corpus.taxonomy import canonical_levels
from models.retrieval import TypeHit
from recommender.candidates import Candidate, Pool, of_type
from recommender.category import is_of_system
from recommender.choice import Choice


@dataclass(frozen=True)
class Aspect:
    """An aspect that an own name can have, a line of a table."""

    level1: str
    level2: str
    pattern: str
    """Name with {thing} for the project's own object."""
    models: str
    """Ends of the names that the library gives it, the best first, separated by |."""
    unit: str

    def ends(self) -> tuple[str, ...]:
        """Return the ends of names, the best first."""
        return tuple(self.models.split("|"))

    def named(self, thing: str) -> str:
        """Return the name of the aspect of a thing."""
        name = self.pattern.format(thing=thing)
        return name.replace("按期完工率", "按期上线率") if is_of_system(thing) else name


@dataclass(frozen=True)
class _Model:
    """A library indicator that may stand for an aspect."""

    place: int
    """Where it stands among all of its unit and first level."""
    kind: LibraryType
    row: LibraryIndicator
    wording: int
    """Which of the aspect's ends its name has, 0 for the best."""


def _best(models: Sequence[_Model], code: str | None) -> _Model | None:
    """Return the first of the models whose wording, sector and length of name come nearest."""
    return min(
        models,
        key=lambda model: (model.wording, model.kind.function_code != code, len(model.row.name)),
        default=None,
    )


class AspectModels:
    """Finds the library indicator that stands for an aspect of a project."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._types = knowledge.types
        self._having = lru_cache(maxsize=512)(self._search)
        self._nearest = lru_cache(maxsize=4096)(self._of_sector)

    def choice(self, aspect: Aspect, name: str, score: float, pool: Pool) -> Choice | None:
        """Return an own name with its model as source, None if the library lacks the aspect."""
        candidate = self.of(aspect, pool)
        if candidate is None:
            return None
        return Choice(aspect.level1, aspect.level2, name, aspect.unit, score, candidate)

    def of(self, aspect: Aspect, pool: Pool) -> Candidate | None:
        """Return the library indicator that stands for an aspect of a project."""
        key = (aspect.ends(), aspect.unit, aspect.level1)
        by_type = self._having(*key)
        code = pool.project.function_code
        near = next((hit.type.id for hit in pool.types if hit.type.id in by_type), None)
        model = self._nearest(*key, code) if near is None else _best(by_type[near], code)
        if model is None:
            return None
        candidates = of_type(TypeHit(model.kind, 0.0, 0.0), 0)
        return next(each for each in candidates if each.library is model.row)

    def _of_sector(
        self, ends: tuple[str, ...], unit: str, level1: str, code: str | None
    ) -> _Model | None:
        """Return the best of all models of an aspect for a project of a sector."""
        every = [model for models in self._having(ends, unit, level1).values() for model in models]
        return _best(sorted(every, key=lambda model: model.place), code)

    def _search(self, ends: tuple[str, ...], unit: str, level1: str) -> dict[str, list[_Model]]:
        """Return the library indicators of an aspect by their type, in the library's order."""
        found: dict[str, list[_Model]] = {}
        for place, (kind, row) in enumerate(self._rows.get((unit, level1), ())):
            if row.name.endswith(ends):
                wording = next(i for i, end in enumerate(ends) if row.name.endswith(end))
                found.setdefault(kind.id, []).append(_Model(place, kind, row, wording))
        return found

    @cached_property
    def _rows(self) -> dict[tuple[str, str], list[tuple[LibraryType, LibraryIndicator]]]:
        """All library indicators by unit and first level, in the order of the library."""
        found: dict[tuple[str, str], list[tuple[LibraryType, LibraryIndicator]]] = {}
        for kind in self._types:
            for row in kind.indicators:
                level1, _ = canonical_levels(row.level1, row.level2)
                found.setdefault((row.unit, level1), []).append((kind, row))
        return found
