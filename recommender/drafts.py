"""What choices become before any is chosen: their targets, peers and counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.history import with_history
from corpus.records import Declaration, Indicator
from models.peers import Peer
from recommender.candidates import Pool
from recommender.choice import Choice
from recommender.deliverable import Deliverable
from recommender.explain import assess, why
from recommender.results import Suggestion, TargetSuggestion
from recommender.targets import TargetContext, direction_of, propose

if TYPE_CHECKING:
    from recommender.pipeline import Recommender

Objections = Callable[[Declaration], Sequence[tuple[int, str]]]
"""Tells place and field of the rows that a set must not hold, seen together."""
STAND_IN = 120
"""Quantity that stands in for an open target when a choice is screened; it is never shown."""


@dataclass(frozen=True)
class Drafted:
    """A choice with its target and peers."""

    choice: Choice
    target: TargetSuggestion
    peers: Sequence[Peer]


class Drafts:
    """Targets, peers and counts of one recommendation's choices, each worked out once."""

    def __init__(
        self,
        recommender: Recommender,
        pool: Pool,
        quantities: Sequence[Deliverable],
        exclude_source: str | None,
    ) -> None:
        self._recommender = recommender
        self._pool = pool
        self._exclude_source = exclude_source
        declaration, _ = with_history(
            pool.project.declaration, recommender.earlier, exclude_source=exclude_source
        )
        self._context = TargetContext(declaration, quantities, recommender.config)
        self._made: dict[int, Drafted] = {}
        self._admitted: dict[int, bool] = {}
        self._kept: set[int] = set()

    def of(self, choice: Choice) -> Drafted:
        """Return a choice with its target and peers."""
        key = id(choice)
        if key not in self._made:
            declaration = self._pool.project.declaration
            peers = self._recommender.peers_of(choice, declaration, self._exclude_source)
            target = propose(choice, peers, self._context)
            self._made[key] = Drafted(choice, target, peers)
        return self._made[key]

    def keep(self, choice: Choice, target: str) -> Choice:
        """Take in a row that the unit has: its target stands, and nothing is held against it."""
        declaration = self._pool.project.declaration
        peers = self._recommender.peers_of(choice, declaration, self._exclude_source)
        own = TargetSuggestion(target or None, None, None, None, "")
        self._made[id(choice)] = Drafted(choice, own, peers)
        self._admitted[id(choice)] = True
        self._kept.add(id(choice))
        return choice

    def admits(self, choice: Choice) -> bool:
        """Tell whether a choice may be suggested; asked once per choice."""
        key = id(choice)
        if key not in self._admitted:
            target, declaration = self.of(choice).target, self._pool.project.declaration
            self._admitted[key] = self._recommender.accepts(choice, target, declaration)
        return self._admitted[key]

    def refused(self, choices: Sequence[Choice], objections: Objections) -> set[int]:
        """Return the ids of the choices that something is held against.

        What is said of a target that is still open does not count.
        """
        rows = tuple(as_row(each, self.of(each).target.suggested or "") for each in choices)
        declared = self._pool.project.declaration.model_copy(update={"indicators": rows})
        return {
            id(choices[place])
            for place, field in objections(declared)
            if (field != "target" or rows[place].target) and id(choices[place]) not in self._kept
        }

    def suggestion(self, choice: Choice, rank: int) -> Suggestion:
        """Return the suggestion a choice becomes, without a weight."""
        draft, pool, features = self.of(choice), self._pool, self._recommender.features
        library = choice.candidate.library if choice.candidate else None
        usage = self._recommender.usage.count(
            choice.name, self._recommender.alike(pool), self._exclude_source
        )
        config = self._recommender.config
        shown = [peer for peer in draft.peers if peer.similarity >= config.peer_likeness]
        return Suggestion(
            rank=rank,
            level1=choice.level1,
            level2=choice.level2,
            name=choice.name,
            unit=choice.unit,
            direction=direction_of(choice),
            target=draft.target,
            weight=0,
            score=choice.score,
            assessment=assess(choice, pool, features, usage, draft.target, len(draft.peers)),
            origin=choice.origin,
            source_key=choice.source_key,
            why=why(choice, pool, features, usage),
            usage=usage,
            evidence=tuple(shown[: config.evidence]),
            definition=library.definition if library and choice.as_it_stands else "",
            formula=library.formula if library and choice.as_it_stands else "",
            evidence_material=library.evidence if library else "",
            part=choice.part or None,
        )


def as_row(choice: Choice, target: str) -> Indicator:
    """Return a choice as a row of a form."""
    return Indicator(level1=choice.level1, level2=choice.level2, name=choice.name, target=target)


def screened_target(choice: Choice, target: TargetSuggestion) -> str:
    """Return the target a choice is screened with; an open one is filled by a stand-in."""
    if target.suggested is not None:
        return target.suggested
    sign = direction_of(choice)
    value = target.typical if target.typical is not None else STAND_IN
    return f"{'' if sign == '=' else sign}{value:g}{choice.unit}"
