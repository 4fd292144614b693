"""Fills the library's open counts with what the goal counts beside another thing.

对16条城乡公交线路74台车辆给予运营补贴 pays for vehicles; the 补贴公交线路条数 stands there as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.target.numerals import to_number
from corpus.target.units import comparable
from models.measure import split_name
from recommender.choice import Choice
from recommender.deliverable import Deliverable
from recommender.project import Project, pairs, texts_of
from recommender.quantities import quantities_in
from recommender.sentences import plain

_SENTENCES = re.compile(r"[^。；;，,：:\n！!？?]+")
_SHORTEST = 3
"""Letters of a thing from which it is hardly another one."""
_APART = 6
"""Letters that may stand between a quantity and the thing it counts: 16条城乡公交线路."""
_PLAIN = frozenset("享受益补助贴资覆盖惠及保障服务年度全总实际完成数量的")
"""Letters of a count's name that any count of the thing may have."""


def with_open_counts(choices: Sequence[Choice], project: Project) -> list[Choice]:
    """Return the choices; open counts of the library have the one quantity stated of their thing.

    A quantity that another choice has already is not put in again.
    """
    stated = list(_stated(project))
    taken = {(c.deliverable.value, c.deliverable.unit) for c in choices if c.deliverable}
    result = []
    for choice in choices:
        found = {q.value: q for q in stated if _counts(choice, q, project)}
        own = next(iter(found.values())) if len(found) == 1 else None
        if own is not None and (own.value, own.unit) not in taken:
            taken.add((own.value, own.unit))
            own = replace(own, object=_thing(choice), called=choice.name)
            choice = replace(choice, unit=own.unit, deliverable=own)
        result.append(choice)
    return result


def _stated(project: Project) -> Iterator[Deliverable]:
    """Yield every quantity of goal and description, its object all words that stand next to it."""
    for text in texts_of(project)[1:]:
        for clause in _SENTENCES.findall(plain(text)):
            found = list(quantities_in(clause))
            ends = [start for start, _, _ in found[1:]] + [len(clause)]
            for (_, number, unit), end in zip(found, ends, strict=False):
                value = (to_number(number) or 0.0) * unit.scale
                scaled = "万" if unit.scale == 10**4 else ""
                behind = clause[unit.end : end]
                yield Deliverable("", behind, f"{number}{scaled}", value, unit.name)


def _counts(choice: Choice, quantity: Deliverable, project: Project) -> bool:
    """Tell whether an open count of the library is of what stands behind a quantity."""
    library = choice.candidate.library if choice.candidate else None
    if library is None or library.typical is not None or choice.level2 != "数量指标":
        return False
    if choice.deliverable or choice.stated or not choice.as_it_stands:
        return False
    thing = _thing(choice)
    if len(thing) < _SHORTEST or not comparable(choice.unit, quantity.unit):
        return False
    known = set(project.text) | _PLAIN
    near = quantity.object[: len(thing) + _APART]
    return pairs(thing) <= pairs(near) and set(split_name(choice.name).object) <= known


def _thing(choice: Choice) -> str:
    """Return what a choice counts."""
    return choice.candidate.object if choice.candidate else ""
