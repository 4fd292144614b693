"""Rows in a project's own words: its quantities, deeds, activities, costs, effects and shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from corpus.knowledge import Knowledge
from corpus.records import Indicator
from models.peers import PeerIndex
from models.retrieval import TypeHit
from recommender.activities import Activity, activities
from recommender.aspect_models import Aspect, AspectModels
from recommender.aspects import NAMED_SCORE, OwnAspects
from recommender.candidates import Pool, of_type, vocabulary
from recommender.choice import Choice, choice_of
from recommender.clauses import as_new
from recommender.config import RecommenderConfig
from recommender.deadlines import deadlines
from recommender.dedupe import is_one_open_count
from recommender.deliverable import Deliverable
from recommender.effects import promised
from recommender.named_deeds import named_deeds, open_count
from recommender.open_counts import with_open_counts
from recommender.own_costs import with_own_costs
from recommender.own_people import with_named_people
from recommender.own_standards import with_standards
from recommender.own_words import behind_stated, instantiate
from recommender.project import pairs
from recommender.rarity import Rarity
from recommender.reached import with_reached
from recommender.stated import with_stated
from recommender.time_limits import with_limits
from recommender.wording import kind_of

_ACTIVITY_SCORE = 0.76
"""Score of the count of an activity that the text names."""
_KNOWN = 0.34
"""Share of a thing's words in a type's texts from which the type knows it."""
_COUNT = 4
"""Characters at the end of a name by which a library count is known: 巡查次数."""
_SEVERAL = 2
"""Pieces of one deed that a name sums up."""


class OwnRows:
    """Puts what a project says of itself among the candidates."""

    def __init__(
        self,
        knowledge: Knowledge,
        rarity: Rarity,
        peers: PeerIndex,
        models: AspectModels,
        config: RecommenderConfig,
    ) -> None:
        self._rarity = rarity
        self._peers = peers
        self._models = models
        self._config = config
        self._aspects = OwnAspects(knowledge, rarity)

    def put(
        self, choices: Sequence[Choice], pool: Pool, quantities: Sequence[Deliverable]
    ) -> list[Choice]:
        """Return the choices with the project's own rows put in, best first."""
        project = pool.project
        own = instantiate(
            choices, project, quantities, deadlines(project), partial(self._counted, pool)
        )
        named = [
            deed
            for deed in named_deeds(project)
            if not _is_stated(deed.object, quantities) and not _sums_up(deed, quantities)
        ]
        own = self._with_named_counts(own, pool, named)
        done = [each for each in activities(project) if not _is_stated(each.name, quantities)]
        own = self._with_activities(own, pool, done)
        new = [replace(q, object=as_new(q.action, q.object)) for q in quantities]
        own = self._aspects.put(own, pool, [*new, *named])
        own = self._aspects.placed(own, pool, promised(self._models, pool))
        own = with_own_costs(own, project.declaration, new)
        own = with_stated(own, project)
        own = with_standards(own, project, new)
        own = with_limits(with_reached(own, project), project)
        own = with_named_people(own, pool, self._models, self._rarity)
        own = with_open_counts(own, project)
        own = behind_stated(own, project, quantities, self._rarity)
        return sorted(own, key=lambda choice: -choice.score)

    def _with_named_counts(
        self, choices: Sequence[Choice], pool: Pool, deeds: Sequence[Deliverable]
    ) -> list[Choice]:
        """Return the choices with open counts of what is named without a quantity."""
        result = list(choices)
        for deed in deeds:
            known = self._counted(pool, deed)
            if known is None:
                result = _with_open_count(result, deed)
                continue
            there = next((c for c in result if c.source_key == known.source_key), known)
            lifted = replace(there, score=max(there.score, NAMED_SCORE))
            result = [choice for choice in result if choice is not there] + [lifted]
        return result

    def _with_activities(
        self, choices: Sequence[Choice], pool: Pool, done: Sequence[Activity]
    ) -> list[Choice]:
        """Return the choices with open counts of the activities that the text names.

        A count of a matched type that says as much stays under its name.
        """
        result = list(choices)
        for activity in done:
            known = next((c for c in result if _is_count_of(c, activity)), None)
            if known is not None:
                lifted = replace(known, score=max(known.score, _ACTIVITY_SCORE))
                result = [choice for choice in result if choice is not known] + [lifted]
                continue
            end = activity.name[-_COUNT:]
            aspect = Aspect("产出指标", "数量指标", activity.name, end, activity.unit)
            source = self._models.of(aspect, pool)
            result.append(
                Choice(
                    "产出指标", "数量指标", activity.name, activity.unit, _ACTIVITY_SCORE, source
                )
            )
        return result

    def _counted(self, pool: Pool, quantity: Deliverable) -> Choice | None:
        """Return the library's indicator of whatever type that counts what a quantity counts."""
        row = Indicator(name=quantity.name, target=quantity.target if quantity.value else "")
        config = self._config
        floor = config.own_likeness if quantity.value else config.named_likeness
        found = self._peers.library(row, pool.project.declaration, 1, floor)
        if not found:
            return None
        hit = TypeHit(found[0].type, 0.0, 0.0)
        rows = of_type(hit, len(pool.types))
        return next(choice_of(row, 0.0) for row in rows if row.library is found[0].indicator)


def _with_open_count(choices: Sequence[Choice], deed: Deliverable) -> list[Choice]:
    """Return the choices with the count of a named thing.

    One of a matched type that counts such a thing gives way and stays its source.
    """
    if not deed.unit:
        return list(choices)
    own = open_count(deed)
    alike = [choice for choice in choices if is_one_open_count(own, choice)]
    if alike:
        best = max(alike, key=lambda choice: choice.score)
        own = replace(best, name=own.name, unit=own.unit, score=max(best.score, own.score))
    return [choice for choice in choices if all(choice is not one for one in alike)] + [own]


def _is_stated(thing: str, quantities: Sequence[Deliverable]) -> bool:
    """Tell whether a quantity is stated of a thing that is named."""
    return any(pairs(thing) & pairs(item.object) for item in quantities)


def _sums_up(deed: Deliverable, quantities: Sequence[Deliverable]) -> bool:
    """Tell whether a named thing is what the text counts piece by piece.

    办公设备购置 is of 购置计算机60台、一体机12台.
    """
    return sum(item.action == deed.action for item in quantities) >= _SEVERAL


def _is_count_of(choice: Choice, activity: Activity) -> bool:
    """Tell whether a choice counts an activity: all words of its name are in the choice's."""
    if choice.level2 != "数量指标" or choice.unit != activity.unit:
        return False
    return pairs(activity.name) <= pairs(choice.name) and len(choice.name) <= 2 * len(activity.name)


def buys_other_things(pool: Pool, rarity: Rarity) -> bool:
    """Tell whether all that a project buys or installs is unknown to its best type.

    水标尺 of 农业水价综合改革: it is a small part of the programme that the type describes.
    """
    if not pool.types:
        return False
    named = named_deeds(pool.project)
    bought = [deed.object for deed in named if kind_of(deed.action) == "buy"]
    known = vocabulary(pool.types[0].type)
    return bool(bought) and all(rarity.covered(thing, known) < _KNOWN for thing in bought)
