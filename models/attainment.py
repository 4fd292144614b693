"""The attainment model: how easy is a target? Formula and reasons: docs/attainment.md.

Every piece of evidence is a value that somebody set or reached for the same measure. Its share is
1 where it is harder than the target, ½ where equal, 0 where easier; its weight says how far it
bears on the row. `ease` is the weighted mean of the shares, with what is usual at large as prior.
Nothing here is fitted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corpus.records import Declaration, Direction, Indicator, LibraryIndicator, ParsedTarget
from corpus.target.units import to_base
from models.attainment_evidence import (
    NOTHING,
    LibraryRow,
    Part,
    PeerRow,
    PeerValue,
    Position,
    combine,
    compare,
    library_edges,
    library_position,
    library_share,
    read_peers,
    weigh,
)
from models.attainment_history import OwnRecord, own_records
from models.attainment_reading import Reading, is_scale_free, read_row
from models.attainment_usual import UsualValues, bundled_usual, usual_direction

LIBRARY_LIKE = 0.6
"""Library indicators less similar than this say nothing about a row."""
PRIOR_WEIGHT = 3.0
"""What is usual at large counts as so many peers of full similarity."""
LIBRARY_WEIGHT = 2.0
"""A library indicator of full similarity counts as so many peers."""
OWN_WEIGHT = 3.0
"""Last year's value of the same unit counts as so many peers, the year before as half of that."""
SIZE_UNKNOWN = 0.25
"""Factor for peers of a quantity that grows with the project."""

FindPeers = Callable[[Indicator, Declaration], Sequence[PeerRow]]
FindLibrary = Callable[[Indicator, Declaration], Sequence[LibraryRow]]


@dataclass(frozen=True)
class LibraryView:
    """The target against the nearest library indicator with thresholds."""

    indicator: LibraryIndicator
    similarity: float
    position: Position
    share: float


@dataclass(frozen=True)
class Attainment:
    """How easy a target is, with what that rests on."""

    reading: Reading = field(repr=False)
    """The row in its usual wording."""
    direction: str
    """≥ where more is better, ≤ where less is."""
    value: float
    """The target in base units; a range counts with its easier end."""
    unit: str | None
    """Base unit of `value`."""
    scale_free: bool
    """Whether projects of any size compare."""
    ease: float
    """Expected share of comparable projects that ask for or reach more, in [0, 1]."""
    low: float
    high: float
    """90% interval of `ease`."""
    usual: Part
    peers: Part
    actuals: Part
    library: Part
    own: Part
    values: tuple[PeerValue, ...] = field(repr=False)
    """The peers compared, most similar first, one per source."""
    position: LibraryView | None
    own_records: tuple[OwnRecord, ...] = field(repr=False)
    """The unit's earlier values of the measure, latest first."""

    @property
    def harder_peers(self) -> tuple[PeerValue, ...]:
        """Peers whose target is harder, most similar first."""
        return tuple(
            peer for peer in self.values if compare(peer.target, self.value, self.direction) == 1.0
        )

    @property
    def harder(self) -> int:
        """Number of peers whose target is harder."""
        return len(self.harder_peers)

    @property
    def peer_count(self) -> int:
        """Number of peers compared."""
        return len(self.values)

    @property
    def met(self) -> int:
        """Number of informative actuals that would have met the target."""
        return sum(
            compare(peer.actual, self.value, self.direction) > 0
            for peer in self.values
            if peer.actual is not None
        )

    @property
    def informative(self) -> int:
        """Number of reported actuals that differ from their own target."""
        return self.actuals.count

    @property
    def copied(self) -> int:
        """Number of reported actuals that only repeat their own target, counted nowhere else."""
        return sum(peer.copied for peer in self.values)

    def to_dict(self) -> dict[str, object]:
        """Return a plain mapping."""
        parts = {
            name: {"share": part.share, "count": part.count, "weight": round(part.weight, 3)}
            for name, part in (
                ("usual", self.usual),
                ("peers", self.peers),
                ("actuals", self.actuals),
                ("library", self.library),
                ("own", self.own),
            )
        }
        return {
            "ease": round(self.ease, 4),
            "interval": [round(self.low, 4), round(self.high, 4)],
            "direction": self.direction,
            "peers": {"total": self.peer_count, "harder": self.harder},
            "actuals": {"total": self.informative, "met": self.met, "copied": self.copied},
            "position": self.position.position if self.position else None,
            "parts": parts,
        }


class AttainmentModel:
    """Judges targets; holds nothing but what is usual at large."""

    def __init__(self, usual: UsualValues | None = None) -> None:
        self._usual = usual or bundled_usual()

    def assess(
        self,
        indicator: Indicator,
        declaration: Declaration,
        find_peers: FindPeers,
        find_library: FindLibrary,
        direction: Direction | None = None,
        parsed: ParsedTarget | None = None,
    ) -> Attainment | None:
        """Return how easy a row's target is, None where it is not one number or range.

        `direction` overrides what library, name and operator say of the measure as written.
        """
        reading = read_row(indicator, parsed)
        if reading.parsed.kind not in ("number", "range"):
            return None
        matches = find_library(reading.indicator, declaration)
        near = [match for match in matches if match.similarity >= LIBRARY_LIKE]
        way = _direction(reading, near, None if reading.opposite else direction)
        value = reading.value_of(reading.parsed, way)
        if value is None:
            return None
        scale_free = is_scale_free(reading, way)
        values = read_peers(reading, find_peers(reading.indicator, declaration), way)
        view = _library_view(reading, near, way, value)
        records = own_records(reading, declaration, way, scale_free)
        base = to_base(1.0, reading.parsed.unit)[1]
        parts = {
            "usual": self._usual_part(reading, base, way, value),
            "library": Part(view.share, 1, LIBRARY_WEIGHT * view.similarity) if view else NOTHING,
            "own": _own_part(records, value, way),
            **_peer_parts(values, value, way, 1.0 if scale_free else SIZE_UNKNOWN),
        }
        ease, low, high = combine(parts.values())
        return Attainment(
            reading=reading,
            direction=way,
            value=value,
            unit=base,
            scale_free=scale_free,
            ease=ease,
            low=low,
            high=high,
            values=values,
            position=view,
            own_records=records,
            **parts,
        )

    def _usual_part(self, reading: Reading, base: str | None, way: str, value: float) -> Part:
        """Return the prior: the share of usual values that are harder, ½ where none are known."""
        found = self._usual.harder(reading.family, reading.aspect, base, way, value)
        share, count = found or (0.5, 0.0)
        return Part(share, round(count), PRIOR_WEIGHT)


def _direction(reading: Reading, near: Sequence[LibraryRow], given: Direction | None) -> str:
    """Return which way the measure points: as told, by the library, by name and operator."""
    if given in ("≥", "≤"):
        return given
    if reading.family != "satisfaction":
        for match in near:
            if match.indicator.direction in ("≥", "≤"):
                return match.indicator.direction
    return usual_direction(reading.family, reading.parsed)


def _library_view(
    reading: Reading, near: Sequence[LibraryRow], way: str, value: float
) -> LibraryView | None:
    """Return the target against the first near indicator with comparable thresholds."""
    for match in near:
        edges = library_edges(match.indicator, reading, way)
        if edges is not None:
            position = library_position(edges, value, way)
            share = library_share(edges, value, way)
            return LibraryView(match.indicator, match.similarity, position, share)
    return None


def _own_part(records: Sequence[OwnRecord], value: float, way: str) -> Part:
    """Weigh the unit's own earlier values, the latest most."""
    return weigh(
        [
            (compare(record.level, value, way), OWN_WEIGHT / (1 + rank))
            for rank, record in enumerate(records)
        ]
    )


def _peer_parts(
    values: Sequence[PeerValue], value: float, way: str, factor: float
) -> dict[str, Part]:
    """Weigh what peers set, and what they reached where that differs."""
    targets = [(compare(peer.target, value, way), peer.weight) for peer in values]
    actuals = [
        (float(compare(peer.actual, value, way) > 0), peer.weight)
        for peer in values
        if peer.actual is not None
    ]
    return {"peers": weigh(targets, factor), "actuals": weigh(actuals, factor)}
