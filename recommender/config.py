"""Knobs of the recommender; every one is documented and none is read from the environment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RecommenderConfig:
    """How many records are looked at, how a set is chosen, when confidence is low."""

    types: int = 6
    """Library types whose indicators are candidates."""
    part_types: int = 2
    """Library types whose indicators are candidates of one sub-project."""
    cases: int = 20
    """Most similar projects that are looked at."""
    alike: float = 0.1
    """Similarity (0 to 1) from which a project counts as similar and is shown."""
    case_rows_from: int = 5
    """Most similar projects whose own rows are candidates."""
    least: int = 8
    """A set is filled up to this size even with weaker suggestions, if they are not the weakest."""
    most: int = 16
    """Size of a set at most."""
    usual: int = 12
    """A set grows beyond this size only for strong suggestions."""
    floor: float = 0.5
    """Score (0 to 1) below which a suggestion is left out once the structure is complete."""
    weakest: float = 0.15
    """Score below which nothing but a second effect is suggested; a note names the gap instead."""
    filler: float = 0.18
    """Score that a further member of a set below `least` needs once the structure is complete."""
    shared: float = 0.03
    """The same for a second effect: a single one would carry more points than any should, so that
    the form would come back."""
    strong: float = 0.6
    """Score from which a suggestion may extend the set beyond its usual size."""
    same: float = 0.7
    """Names whose measures agree this far are taken to measure one thing."""
    alternatives: int = 3
    """Alternatives offered per second level."""
    low_confidence: float = 0.25
    """Confidence below which the sector's common indicators join in and a note says so."""
    target_peers: int = 20
    """Peers looked at for a target."""
    enough_peers: int = 5
    """Number of comparable peers from which their distribution decides a target."""
    peer_likeness: float = 0.6
    """Similarity from which a peer's value counts for a target and is shown as evidence."""
    evidence: int = 3
    """Peers shown with a suggestion."""
    text_limit: int = 6000
    """Characters of description and of goal that are read."""
    deliverables: int = 8
    """Quantities read from the project's own text at most."""
    own_likeness: float = 0.6
    """Likeness from which a library indicator of any type stands for a stated quantity."""
    named_likeness: float = 0.75
    """The same for what the text names without a quantity, and so without a unit."""
