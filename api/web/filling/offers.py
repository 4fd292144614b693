"""What is offered for the form: suggestions, and the rows of similar projects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.web.filling.posted import Origin
from api.web.spread import Spread, spread_of
from corpus.records import Declaration, Indicator
from corpus.taxonomy import level_order

if TYPE_CHECKING:
    from models.peers import PeerIndex
    from models.retrieval import CaseHit
    from recommender import Recommendation, Suggestion

_ALIKE = 6
"""Similar projects shown."""
_ORIGINS = {"case": "同类项目", "library": "指标库", "description": "项目自身描述"}


@dataclass(frozen=True)
class Offer:
    """A suggestion with all that a unit wants to know before taking it over."""

    number: int
    suggestion: Suggestion
    origin: str
    spread: Spread | None
    taken: str
    """The row that taking it over makes, as JSON."""

    @property
    def usage(self) -> str:
        """Return how many similar projects have the like."""
        usage = self.suggestion.usage
        if not usage.similar_total:
            return ""
        if not usage.similar_with:
            return f"{usage.similar_total}个相似项目均未设置"
        return f"{usage.similar_total}个相似项目中{usage.similar_with}个设置"


@dataclass(frozen=True)
class OfferGroup:
    """The offers of one second level."""

    level1: str
    level2: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class AlikeProject:
    """A similar project with its rows, each of which can be taken over."""

    name: str
    place: str
    """Department, region and year."""
    similarity: float
    source: str | None
    rows: tuple[tuple[Indicator, str], ...]
    """Each row with what taking it over makes, as JSON."""


def offers_of(
    found: Recommendation, declaration: Declaration, peers: PeerIndex
) -> tuple[OfferGroup, ...]:
    """Return the suggestions by level, numbered in the order of the form."""
    ordered = sorted(found.suggestions, key=lambda item: level_order(item.level1, item.level2))
    groups: dict[tuple[str, str], list[Offer]] = {}
    for number, item in enumerate(ordered, 1):
        row = Indicator(
            level1=item.level1,
            level2=item.level2,
            name=item.name,
            target=item.target.suggested or "",
        )
        origin = Origin(
            row.name,
            row.target,
            row.level1,
            row.level2,
            item.source_key,
            item.rank,
            item.target.question or "",
        )
        offer = Offer(
            number,
            item,
            _ORIGINS[item.origin],
            spread_of(row, declaration, peers),
            taken_row(row, origin),
        )
        groups.setdefault((item.level1, item.level2), []).append(offer)
    return tuple(OfferGroup(*levels, tuple(members)) for levels, members in groups.items())


def alike(hits: Iterable[CaseHit]) -> tuple[AlikeProject, ...]:
    """Return the similar projects to be shown."""
    shown = []
    for hit in list(hits)[:_ALIKE]:
        case = hit.case
        place = " · ".join(
            str(part)
            for part in (case.department, case.region, case.year and f"{case.year}年")
            if part
        )
        rows = tuple((row, taken_row(row)) for row in case.indicators if row.name.strip())
        source = case.source_url or ""
        link = source if source.startswith(("http://", "https://")) else None
        shown.append(AlikeProject(case.project_name, place, hit.similarity, link, rows))
    return tuple(shown)


def taken_row(row: Indicator | Mapping[str, Any], origin: Origin | None = None) -> str:
    """Return what a page needs to add a row, as JSON."""
    names = ("level1", "level2", "name", "target")
    get = row.get if isinstance(row, Mapping) else lambda name: getattr(row, name)
    fields = {name: get(name) or "" for name in names}
    if origin is not None:
        fields["origin"] = origin.to_dict()
    return json.dumps(fields, ensure_ascii=False)
