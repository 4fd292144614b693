"""How easy a row's target is, as the rules ask for it, and whether the row says why it is low."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus.records import Declaration, Direction, Indicator
from corpus.target.units import to_base
from corpus.text import normalise
from models.attainment import Attainment, AttainmentModel
from models.attainment_evidence import LibraryRow, PeerRow
from models.attainment_history import OwnRecord
from models.attainment_reading import is_scale_free
from models.attainment_usual import usual_direction
from models.target_evidence import ALIKE
from review.context import ReviewContext, Row
from review.facts.direction import wanted_direction
from review.facts.explaining import is_empty_reason
from review.facts.values import is_number
from review.finding import Evidence
from review.wording import number

_SAYS_WHY = re.compile(
    r"因(?!素|此|子|地制宜|材施教)|由于|鉴于|考虑到|受[一-龥]{1,12}(?:影响|限制|制约)|首次|首年|试点|调减|核减|"
    r"(?:较|比|低于|参照)上年|上年实际|历史(?:数据|水平|最[高好])|(?:按照|根据|依据)[^,。;]{0,24}(?:文件|规划|通知|标准|批复)"
)
_LEAST_REASON = 6
_FULL = 100
_DIRECTIONS: dict[str | None, Direction | None] = {"up": "≥", "down": "≤"}


@cache
def _model() -> AttainmentModel:
    """Return the attainment model."""
    return AttainmentModel()


def attainment(context: ReviewContext, row: Row) -> Attainment | None:
    """Return how easy a row's target is, None where it is not one number.

    Peers are those that the configuration takes for comparable.
    """
    key = f"ease.attainment {row.index}"
    if key not in context.memo:
        context.memo[key] = _assess(context, row)
    found: Attainment | None = context.memo[key]
    return found


def _assess(context: ReviewContext, row: Row) -> Attainment | None:
    """Work out how easy a row's target is; several rules ask."""
    known = context.peer_source or context.library_source or context.declaration.history
    if not known or not is_number(row.parsed):
        return None
    direction = _DIRECTIONS.get(wanted_direction(row.name.text))
    if (found := _as_classified(context, row, direction)) is not None:
        return found
    rewritten = row.reading.indicator is not row.indicator

    def peers(indicator: Indicator, declaration: Declaration) -> list[PeerRow]:
        source = context.peer_source if rewritten else lambda *_: context.peers(row)
        found = source(indicator, declaration) if source else ()
        return [peer for peer in found if peer.similarity >= context.config.peer_similarity]

    def library(indicator: Indicator, declaration: Declaration) -> Sequence[LibraryRow]:
        source = context.library_source if rewritten else lambda *_: context.library(row)
        return source(indicator, declaration) if source else ()

    return _model().assess(
        row.indicator,
        context.declaration,
        peers,
        library,
        direction=direction,
        parsed=row.parsed,
    )


def _as_classified(
    context: ReviewContext, row: Row, direction: Direction | None
) -> Attainment | None:
    """Return what the classifier was told of a row's peers, None where the rules ask otherwise."""
    found = row.evidence
    if found is None or context.config.peer_similarity != ALIKE:
        return None
    same = direction in (None, found.direction) or found.reading.opposite
    return found if same else None


def compares(row: Row) -> bool:
    """Tell whether a row's target is a number that projects of any size can be compared by."""
    if not is_number(row.parsed):
        return False
    reading = row.reading
    given = _DIRECTIONS.get(wanted_direction(row.name.text))
    return is_scale_free(reading, given or usual_direction(reading.family, reading.parsed))


def states_reason(row: Row) -> bool:
    """Tell whether a row says why its target is what it is.

    The column for deviations counts while there is no result whose deviation it would explain.
    """
    indicator = row.indicator
    reason = indicator.reason if not (indicator.actual or "").strip() else None
    if reason and not is_empty_reason(reason) and len(normalise(reason)) >= _LEAST_REASON:
        return True
    return _SAYS_WHY.search(normalise(indicator.definition or "")) is not None


def as_written(found: Attainment, value: float) -> str:
    """Return a value in base units as a form would show it in the row's own unit."""
    unit = found.reading.parsed.unit
    shown = value / to_base(1.0, unit)[0]
    sign = "" if unit == "%" and shown >= _FULL else found.direction
    return f"{sign}{number(round(shown, 4))}{unit or ''}"


def harder_word(found: Attainment) -> str:
    """Return how a harder target of the measure is called."""
    return "更高" if found.direction == "≥" else "更严"


def peer_evidence(peer: PeerRow) -> Evidence:
    """Return a peer as evidence of a finding."""
    return Evidence(peer.project_id, peer.project_name, peer.name, peer.target, peer.actual)


def own_evidence(context: ReviewContext, record: OwnRecord) -> Evidence:
    """Return an earlier year's row as evidence of a finding."""
    past = next(
        item
        for item in context.declaration.history
        if any(row is record.indicator for row in item.indicators)
    )
    name = past.project_name or context.declaration.project_name
    row = record.indicator
    return Evidence(past.id or "", name, row.name, row.target, row.actual)
