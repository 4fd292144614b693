"""Reads the effects that a goal promises and names what would show them: 消除安全隐患 → 隐患消除率.

The phrases and the aspects that show their effect are data/effects.csv. Each takes thresholds and
source from a library indicator of the same aspect; without one it is left out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from recommender.aspect_models import Aspect, AspectModels
from recommender.candidates import Pool
from recommender.choice import Choice
from recommender.people import named
from recommender.project import Project, texts_of

EFFECT_SCORE = 0.76
"""Score of an effect that the project's own text promises."""
_LONGEST_WHO = 4
MOST = 3
"""Effects at most that are named so."""
_CLAUSES = re.compile(r"[，,。；;：:\n、]+")
_LEAD = re.compile(
    r"^(?:辖区|全[省市县区镇]|项目区?|相关|有关|各类|各项|日常|正常|重大|有效|和|及|与|的)+"
)
_NO_THING = re.compile(r"[和及与并对把将为以]|资金|经费|水平|能力|需要|各项|绿化|工作$|任务$")
_NOT_NOW = re.compile(r"争取|考核|研究")


@dataclass(frozen=True)
class Effect:
    """A promised effect: what would show it, and what of."""

    aspect: Aspect
    thing: str

    @property
    def name(self) -> str:
        """Name of the indicator."""
        return self.aspect.pattern.format(thing=self.thing)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Aspect], ...]:
    text = files("recommender").joinpath("data/effects.csv").read_text(encoding="utf-8")
    return tuple(
        (
            re.compile(row["pattern"]),
            Aspect(row["level1"], row["level2"], row["name"], row["models"], row["unit"]),
        )
        for row in csv.DictReader(text.splitlines())
    )


def effects(project: Project) -> list[Effect]:
    """Return the effects that goal and description promise, each aspect once."""
    found: dict[str, Effect] = {}
    for text in texts_of(project)[1:]:
        for clause in _CLAUSES.split(text):
            for effect in _of_clause(clause):
                found.setdefault(effect.aspect.pattern, effect)
    return list(found.values())[:MOST]


def _of_clause(clause: str) -> Iterator[Effect]:
    """Yield the effects that a clause promises."""
    if _NOT_NOW.search(clause):
        return
    for pattern, aspect in _patterns():
        match = pattern.search(clause)
        if match is None:
            continue
        thing = _LEAD.sub("", (match.groupdict().get("thing") or "").strip())
        if not _NO_THING.search(thing):
            yield Effect(aspect, thing)


def _of_people(name: str, who: str) -> str:
    """Return a name with those whom the goal names in place of anybody: 受益残疾人人数."""
    return name.replace("群众", who) if who and len(who) <= _LONGEST_WHO else name


def promised(models: AspectModels, pool: Pool) -> list[Choice]:
    """Return what shows the effects that a project promises, with the library as source."""
    who = named(pool.project)
    made = (
        models.choice(effect.aspect, _of_people(effect.name, who), EFFECT_SCORE, pool)
        for effect in effects(pool.project)
    )
    return [choice for choice in made if choice is not None]
