"""What a unit has decided about its form so far, and how that bears on what is suggested next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.records import Indicator
from corpus.target import parse_target
from corpus.target.units import to_base
from corpus.taxonomy import canonical_levels
from recommender.choice import Choice
from recommender.dedupe import measures_same


@dataclass(frozen=True)
class Answers:
    """Rows that stay and names that are unwanted; the order of either does not matter."""

    accepted: tuple[Indicator, ...] = ()
    """The unit's present rows: its own, accepted ones, edited ones. A weight given stays."""
    rejected: tuple[str, ...] = ()
    """Names of rejected suggestions, and of those that an edited row has replaced."""

    def accept(self, row: Indicator, instead_of: str = "") -> Answers:
        """Return the answers with one more row; what it replaces is not suggested again."""
        gone = (instead_of,) if instead_of and instead_of != row.name else ()
        others = tuple(other for other in self.accepted if other.name != row.name)
        return Answers((*others, row), self.rejected + gone)

    def reject(self, name: str) -> Answers:
        """Return the answers with one more unwanted name."""
        rest = tuple(row for row in self.accepted if row.name != name)
        return Answers(rest, (*self.rejected, name))


def choice_for(row: Indicator, ranked: Sequence[Choice]) -> Choice:
    """Return a row that stays as a choice: the ranked one of its name, else one of its own.

    It scores 1, so that it is chosen before all that is suggested.
    """
    level1, level2 = canonical_levels(row.level1, row.level2)
    known = next((choice for choice in ranked if choice.name == row.name), None)
    unit = parse_target(row.target, row.name).unit or (known.unit if known else "")
    return Choice(
        level1 or (known.level1 if known else ""),
        level2 or (known.level2 if known else ""),
        row.name,
        unit,
        1.0,
        known.candidate if known else None,
        known.deliverable if known else None,
        known.deadline if known else None,
    )


def still_open(
    ranked: Sequence[Choice],
    kept: Sequence[Choice],
    answers: Answers,
    threshold: float,
) -> list[Choice]:
    """Return what may still be suggested.

    Nothing that measures the same as a row that stays (`kept`, the accepted rows as choices) or
    states the same quantity, no rejected one and nothing that comes to the same, whatever it was
    called where it was taken from.
    """
    rejected = answers.rejected
    stated = {amount for row in answers.accepted if (amount := _amount(row.target, row.name))}
    names = set(rejected)
    unwanted = [Choice("", "", name, "", 0.0) for name in dict.fromkeys(rejected)]
    return [
        choice
        for choice in ranked
        if choice.name not in names
        and not (choice.deliverable and _amount(choice.deliverable.target, choice.name) in stated)
        and not (choice.candidate and choice.candidate.name in names)
        and not any(measures_same(choice, other, threshold) for other in (*kept, *unwanted))
    ]


def _amount(target: str, name: str) -> tuple[float, str] | None:
    """Return value and unit of a target that counts something, None for rates and words."""
    parsed = parse_target(target, name)
    if parsed.value is None or parsed.unit in (None, "%"):
        return None
    value, unit = to_base(parsed.value, parsed.unit)
    return value, unit or ""
