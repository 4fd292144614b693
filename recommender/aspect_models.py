"""Library indicators that stand for an aspect: whose thresholds an own name takes over.

An aspect is known by the end of its names (验收合格率), its unit and its first level. Of all that
have it, one of a matched type stands for it, else one of the project's sector, else any.
"""

from __future__ import annotations

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


class AspectModels:
    """Finds the library indicator that stands for an aspect of a project."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._types = knowledge.types
        self._having = lru_cache(maxsize=512)(self._search)

    def choice(self, aspect: Aspect, name: str, score: float, pool: Pool) -> Choice | None:
        """Return an own name with its model as source, None if the library lacks the aspect."""
        candidate = self.of(aspect, pool)
        if candidate is None:
            return None
        return Choice(aspect.level1, aspect.level2, name, aspect.unit, score, candidate)

    def of(self, aspect: Aspect, pool: Pool) -> Candidate | None:
        """Return the library indicator that stands for an aspect of a project."""
        models = self._having(aspect.ends(), aspect.unit, aspect.level1)
        if not models:
            return None
        places = {hit.type.id: place for place, hit in enumerate(pool.types)}
        code, ends = pool.project.function_code, aspect.ends()

        def distance(
            model: tuple[LibraryType, LibraryIndicator],
        ) -> tuple[int, int, bool, int]:
            kind, row = model
            wording = next(i for i, end in enumerate(ends) if row.name.endswith(end))
            place = places.get(kind.id, len(places))
            return place, wording, kind.function_code != code, len(row.name)

        kind, row = min(models, key=distance)
        return next(each for each in of_type(TypeHit(kind, 0.0, 0.0), 0) if each.library is row)

    def _search(
        self, ends: tuple[str, ...], unit: str, level1: str
    ) -> list[tuple[LibraryType, LibraryIndicator]]:
        """Return the library indicators of an aspect."""
        rows = self._rows.get((unit, level1), ())
        return [(kind, row) for kind, row in rows if row.name.endswith(ends)]

    @cached_property
    def _rows(self) -> dict[tuple[str, str], list[tuple[LibraryType, LibraryIndicator]]]:
        """All library indicators by unit and first level, in the order of the library."""
        found: dict[tuple[str, str], list[tuple[LibraryType, LibraryIndicator]]] = {}
        for kind in self._types:
            for row in kind.indicators:
                level1, _ = canonical_levels(row.level1, row.level2)
                found.setdefault((row.unit, level1), []).append((kind, row))
        return found
