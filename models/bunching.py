"""Whether the figures of a form bunch at convenient values, more than such figures usually do.

How often a published figure is convenient is counted on the bundled cases, once per page and value
(models/data/convenient_values.csv; `python -m models.bunching` rebuilds it). A form bunches where
as many convenient figures among so many would turn up by chance in less than one form in a
hundred, by the binomial distribution.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from corpus.bundle import bundled_cases
from corpus.quality import row_fault
from corpus.records import Case, Indicator, ParsedTarget
from corpus.target.units import is_money
from models.attainment_reading import Reading, read_row

Kind = Literal["round", "grade"]
FILE = "convenient_values.csv"
FIELDS = ("kind", "convenient", "figures")
GRADES = (60.0, 80.0, 90.0)
"""Percentages at which a score passes into the next grade (优90, 良80, 中60)."""
_RARE = 0.01
_LEAST = 4
"""Fewer convenient figures than this are no pattern."""
_SMALL = 10.0
"""Quantities below this are too small to be round."""
_FULL = 100.0
_NO_QUANTITY = {"%", "‰", "‱", "百分点", "个百分点", "分", "年"}


@dataclass(frozen=True)
class Bunch:
    """Convenient figures of one form."""

    places: tuple[int, ...]
    """Rows that hold them."""
    figures: int
    """How many figures could have been convenient."""
    usual: float
    """Share that usually is."""
    chance: float
    """Probability of so many by chance."""


def convenience(reading: Reading, kind: Kind) -> bool | None:
    """Tell whether a row's figure is convenient, None where it is no figure of that kind."""
    parsed = reading.parsed
    if parsed.kind != "number" or parsed.value is None or parsed.parts:
        return None
    if kind == "grade":
        return _at_grade(parsed)
    return _is_round(parsed)


def _at_grade(parsed: ParsedTarget) -> bool | None:
    """Tell whether a percentage below 100 lies exactly where a grade begins."""
    value = parsed.value or 0.0
    if parsed.unit != "%" or parsed.operator in ("≤", "<") or not 0 < value < _FULL:
        return None
    return value in GRADES


def _is_round(parsed: ParsedTarget) -> bool | None:
    """Tell whether a quantity has one digit that is not 0: 20, 300, 5000."""
    value = parsed.value or 0.0
    unit = parsed.unit
    if unit is None or unit in _NO_QUANTITY or is_money(unit) or "/" in unit:
        return None
    if value < _SMALL:
        return None
    return value == round(value) and len(str(int(value)).strip("0")) == 1


def bunch(rows: Sequence[Indicator], parsed: Sequence[ParsedTarget], kind: Kind) -> Bunch | None:
    """Return the convenient figures of a form where there are unusually many."""
    answers = [
        convenience(read_row(row, target), kind) for row, target in zip(rows, parsed, strict=True)
    ]
    places = tuple(place for place, answer in enumerate(answers) if answer)
    figures = sum(answer is not None for answer in answers)
    usual = usual_share(kind)
    chance = _at_least(len(places), figures, usual)
    if len(places) < _LEAST or chance >= _RARE:
        return None
    return Bunch(places, figures, usual, chance)


def _at_least(hits: int, tries: int, share: float) -> float:
    """Return the binomial probability of at least so many hits."""
    return sum(
        math.comb(tries, count) * share**count * (1 - share) ** (tries - count)
        for count in range(hits, tries + 1)
    )


def count_convenient(cases: Iterable[Case]) -> list[tuple[Kind, int, int]]:
    """Count, by kind, convenient figures and all figures; a page's equal rows count once."""
    kinds: tuple[Kind, ...] = ("round", "grade")
    seen: dict[Kind, set[tuple[str, str, str]]] = {kind: set() for kind in kinds}
    hits = dict.fromkeys(kinds, 0)
    for case in cases:
        for row in case.indicators:
            if row_fault(row) is not None:
                continue
            reading = read_row(row)
            for kind in kinds:
                answer, key = convenience(reading, kind), (case.source, row.name, row.target)
                if answer is not None and key not in seen[kind]:
                    seen[kind].add(key)
                    hits[kind] += answer
    return [(kind, hits[kind], len(seen[kind])) for kind in kinds]


@cache
def _shares() -> dict[str, float]:
    """Read the usual shares."""
    text = files("models").joinpath("data", FILE).read_text(encoding="utf-8")
    return {
        row["kind"]: int(row["convenient"]) / int(row["figures"])
        for row in csv.DictReader(text.splitlines())
    }


def usual_share(kind: Kind) -> float:
    """Return how often a figure of a kind is convenient."""
    return _shares()[kind]


def to_csv(counts: Iterable[tuple[Kind, int, int]]) -> str:
    """Return counts as the text of the data file."""
    lines = [",".join(FIELDS), *(f"{kind},{hits},{total}" for kind, hits, total in counts)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Rebuild the data file."""
    path = Path(__file__).parent / "data" / FILE
    path.write_text(to_csv(count_convenient(bundled_cases())), encoding="utf-8")


if __name__ == "__main__":
    main()
