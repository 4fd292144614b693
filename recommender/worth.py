"""What a candidate's score is multiplied by where it hardly tells this project's worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from recommender.candidates import Candidate, Pool
from recommender.choice import Choice
from recommender.features import OBJECT_IN_TEXT, PART_MISSING, PART_NAMED, PART_UNKNOWN
from recommender.rarity import Rarity
from recommender.trivial import TRIVIAL, is_trivial

DOUBT = 0.5
"""The factor of what is doubted."""
_MENTIONED = 0.1
"""Share of an object's words that counts as a mention."""
_STRANGE, _STRANGER = 0.12, 0.15
"""Score below which no type is near at all, and the factor then."""
_UNSURE = 0.6
"""Score of the best type below which what only some projects of it want is doubted, too."""
_NAMED, _FAR, _PART = 0.5, 0.4, 0.7
"""Share of an object from which the text names it; the factors of what it does not name and only
some projects of the type want: of economic gains, and of all else."""
_MISSING, _SURELY_MISSING = 0.85, 0.25
"""Share of the best type's score, and the least, that is the factor of what belongs to a part that
the text does not name among others: the less sure the type, the less is asked of what it lacks."""
_NEXT = 0.5
"""Share of the best type's score from which another type counts as the project's as well."""


class Told(NamedTuple):
    """What a project's text tells of a candidate."""

    named: float
    """Share of its object that the text names, 0 to 1."""
    has_part: float
    """1 where the text names the part of the type that it belongs to; so are the next two."""
    lacks_part: float
    """1 where the text names only other parts."""
    silent: float
    """1 where it belongs to a part and the text names none."""


def said_of(table: np.ndarray) -> Sequence[Told]:
    """Return what a project's text tells of every candidate, from their features."""
    columns = [OBJECT_IN_TEXT, PART_NAMED, PART_MISSING, PART_UNKNOWN]
    return [Told(*row) for row in table[:, columns].tolist()]


def worth(candidate: Candidate, pool: Pool, told: Told) -> float:
    """Return the factor, 0 to 1, of a candidate's score.

    What every project of its type wants applies; what some want, or other types do, must be named
    in the text. What belongs to another part of the type than those that the text names counts the
    less, the less sure the type is (docs/suggestion-figures.md).
    """
    if is_trivial(candidate.name):
        return TRIVIAL
    if told.has_part:
        return 1.0
    best = pool.types[0].score if pool.types else 0.0
    general = candidate.general and candidate.affinity >= _NEXT * best
    share = 1.0
    if told.lacks_part:
        share = max(_SURELY_MISSING, _MISSING * best)
    elif best < _UNSURE and (told.silent or not general):
        share = DOUBT
    if general or told.named >= _NAMED:
        return share
    return share * (_FAR if candidate.level2 == "经济效益指标" else _PART)


def unmentioned(choice: Choice, pool: Pool, rarity: Rarity) -> Choice:
    """Return a choice of a doubtful type; what the project does not mention counts less."""
    thing = choice.candidate.object if choice.candidate else choice.name
    if rarity.covered(thing, pool.project.text_pairs) >= _MENTIONED:
        return choice
    near = bool(pool.types) and pool.types[0].score >= _STRANGE
    return replace(choice, score=choice.score * (DOUBT if near else _STRANGER))
