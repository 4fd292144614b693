"""Gives each sub-project indicators of its own, found by its own text, within one form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from models.retrieval import TypeHit
from models.retrieval_text import type_fields
from recommender.candidates import Pool
from recommender.choice import Choice
from recommender.parts import Part
from recommender.project import pairs
from recommender.rarity import Rarity

_SURE = 0.6
"""Score from which a type surely fits; one that fits the whole accounts for all its parts, unless
others surely fit some of them."""
_COVERED = 0.6
"""Share of a part's words that the whole's type must use to account for it."""
_LEAD = {"质量指标": 0.66, "社会效益指标": 0.56, "经济效益指标": 0.54, "生态效益指标": 0.54}
"""Scores at least given to the best of each part on a level, so that no part goes without."""
_FIT = 0.35
"""Score from which a part's best may be lifted."""
_WHOLE = 0.7
"""What scores of the whole's own candidates are multiplied by: the parts know better."""


@dataclass(frozen=True)
class PartPool:
    """A sub-project with its candidates."""

    part: Part
    pool: Pool

    @property
    def best(self) -> TypeHit | None:
        """The library type that fits it best."""
        return self.pool.types[0] if self.pool.types else None


def is_of_parts(whole: Pool, parts: Sequence[PartPool], rarity: Rarity) -> bool:
    """Tell whether a project is several: its parts differ in kind and no one type has them all."""
    kinds = {part.best.type.id for part in parts if part.best is not None}
    if len(kinds) < 2:
        return False
    best = whole.types[0] if whole.types else None
    if best is None or best.score < _SURE:
        return True
    fields = type_fields(best.type)
    words = pairs(f"{fields.whole}，{fields.indicators}")
    others = [
        part
        for part in parts
        if part.best is not None and part.best.type is not best.type and part.best.score >= _SURE
        if rarity.covered(part.part.title, words) < _COVERED
    ]
    return len(others) > 1


def merged(
    whole: Sequence[Choice],
    parts: Sequence[PartPool],
    choose: Callable[[PartPool], Sequence[Choice]],
) -> list[Choice]:
    """Return the choices of the whole and of its parts; each part's best lead on their levels."""
    found: list[Choice] = []
    for part in parts:
        own = sorted(choose(part), key=lambda choice: -choice.score)
        found += [replace(choice, part=part.part.title) for choice in _led(own)]
    best = _best_of_each(found)
    known = {choice.source_key for choice in best if choice.source_key}
    stated = {choice.name for choice in best}
    rest = [
        choice if choice.deliverable or choice.deadline else _behind(choice)
        for choice in whole
        if choice.name not in stated and choice.source_key not in known
    ]
    return sorted([*best, *rest], key=lambda choice: -choice.score)


def _best_of_each(found: Sequence[Choice]) -> list[Choice]:
    """Return each name once, with its best score; what two parts share belongs to the whole."""
    best: dict[str, Choice] = {}
    for choice in found:
        other = best.get(choice.name)
        if other is None:
            best[choice.name] = choice
        else:
            better = max(choice, other, key=lambda each: each.score)
            best[choice.name] = replace(better, part="")
    return list(best.values())


def _led(own: Sequence[Choice]) -> list[Choice]:
    """Return a part's choices, the best of it on each level lifted to a leading score."""
    led: set[str] = set()
    result = []
    for choice in own:
        least = _LEAD.get(choice.level2)
        if least is not None and choice.level2 not in led and choice.score >= _FIT:
            led.add(choice.level2)
            leads = choice.level2 == "质量指标"
            result.append(replace(choice, score=max(choice.score, least), leads=leads))
        else:
            result.append(choice)
    return result


def _behind(choice: Choice) -> Choice:
    return replace(choice, score=choice.score * _WHOLE)
