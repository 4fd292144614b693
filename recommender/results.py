"""What a recommendation says; `to_dict` gives the shape of contract.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.records import Direction, Indicator
from models.peers import Peer
from models.retrieval import CaseHit, TypeHit
from recommender.choice import Origin
from recommender.own_history import LastValue
from recommender.parts import Part
from recommender.peer_values import Distribution
from recommender.usage import Usage


@dataclass(frozen=True)
class TargetSuggestion:
    """A proposed target value and what it rests on."""

    suggested: str | None
    """Target as the form would have it; None where only the project's plan can tell."""
    low: float | None
    """The library's weak value, or the peers' easy end."""
    typical: float | None
    high: float | None
    basis: str
    peers: Distribution | None = None
    """What peers set for the same measure; None for plain counts, which grow with the project."""
    actuals: Distribution | None = None
    """What peers report to have reached."""
    last: LastValue | None = None
    """The unit's own last year."""
    question: str | None = None
    """What the unit must be asked where the target stays open."""

    def to_dict(self) -> dict[str, Any]:
        """Return the shape of contract.md."""
        return {
            "suggested": self.suggested,
            "low": self.low,
            "typical": self.typical,
            "high": self.high,
            "basis": self.basis,
            "peers": self.peers.to_dict() if self.peers else None,
            "actuals": self.actuals.to_dict() if self.actuals else None,
            "last": self.last.to_dict() if self.last else None,
            "question": self.question,
        }


@dataclass(frozen=True)
class Assessment:
    """Three defined scores, 0 to 1, see docs/recommendation.md."""

    relevance: float
    """关联性: how far the project's own words and its type call for the indicator."""
    importance: float
    """重要性: how much a form would miss without it."""
    reasonableness: float
    """合理性: how well it can be measured and its target founded."""


@dataclass(frozen=True)
class Suggestion:
    """A suggested indicator."""

    rank: int
    level1: str
    level2: str
    name: str
    unit: str
    direction: Direction
    target: TargetSuggestion
    weight: float
    score: float
    assessment: Assessment
    origin: Origin
    source_key: str | None
    why: str
    usage: Usage
    evidence: tuple[Peer, ...]
    definition: str
    formula: str
    evidence_material: str
    part: str | None = None
    """The sub-project it belongs to, None for the whole."""
    discrimination: float | None = None
    """区分度: how far peers differ on it, 0 to 1; None where they are too few to tell."""

    def to_dict(self) -> dict[str, Any]:
        """Return the shape of contract.md."""
        return {
            "rank": self.rank,
            "level1": self.level1,
            "level2": self.level2,
            "name": self.name,
            "unit": self.unit,
            "direction": self.direction,
            "target": self.target.to_dict(),
            "weight": self.weight,
            "score": round(self.score, 4),
            "relevance": round(self.assessment.relevance, 4),
            "importance": round(self.assessment.importance, 4),
            "reasonableness": round(self.assessment.reasonableness, 4),
            "origin": self.origin,
            "source_key": self.source_key,
            "why": self.why,
            "usage": self.usage.to_dict(),
            "evidence": [peer.to_dict() for peer in self.evidence],
            "definition": self.definition,
            "formula": self.formula,
            "evidence_material": self.evidence_material,
            "part": self.part,
            "discrimination": _rounded(self.discrimination),
        }


@dataclass(frozen=True)
class KeptRow:
    """A row of the unit's that stays, with its weight."""

    row: Indicator
    weight: float
    is_own: bool
    """Whether the unit wrote the weight itself."""
    basis: str = ""
    """What the suggestion of its name rests on; empty for a row of the unit's own making."""

    def to_dict(self) -> dict[str, Any]:
        """Return the row's own fields with the weight."""
        fields = self.row.model_dump(include={"level1", "level2", "name", "target"})
        return {**fields, "weight": self.weight, "own_weight": self.is_own}


@dataclass(frozen=True)
class Recommendation:
    """A set of suggestions for one project, with what it rests on."""

    id: str | None
    confidence: float
    """How sure it is that the project's type is known, 0 to 1."""
    notes: tuple[str, ...]
    matched_types: tuple[TypeHit, ...]
    similar_projects: tuple[CaseHit, ...]
    suggestions: tuple[Suggestion, ...]
    alternatives: tuple[Suggestion, ...]
    """What else could stand in each slot; they carry no weight."""
    scheme: str
    """The weight scheme, in words."""
    scheme_basis: str = ""
    """How the scheme was found, or that it is only the usual one."""
    parts: tuple[Part, ...] = ()
    """The sub-projects, where the project consists of several."""
    accepted: tuple[KeptRow, ...] = ()
    """The rows that stay, with weights where they had none."""

    def to_dict(self) -> dict[str, Any]:
        """Return the shape of contract.md, with alternatives, scheme and rows that stay added."""
        return {
            "id": self.id,
            "confidence": round(self.confidence, 4),
            "notes": list(self.notes),
            "matched_types": [_type(hit) for hit in self.matched_types],
            "similar_projects": [_project(hit) for hit in self.similar_projects],
            "suggestions": [suggestion.to_dict() for suggestion in self.suggestions],
            "alternatives": [suggestion.to_dict() for suggestion in self.alternatives],
            "scheme": self.scheme,
            "scheme_basis": self.scheme_basis,
            "parts": [{"title": part.title, "text": part.text} for part in self.parts],
            "accepted": [row.to_dict() for row in self.accepted],
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _type(hit: TypeHit) -> dict[str, Any]:
    return {
        "id": hit.type.id,
        "project_type": hit.type.project_type,
        "function_code": hit.type.function_code,
        "score": round(hit.score, 4),
    }


def _project(hit: CaseHit) -> dict[str, Any]:
    case = hit.case
    return {
        "id": str(case.id),
        "project_name": case.project_name,
        "department": case.department,
        "region": case.region,
        "year": case.year,
        "similarity": round(hit.similarity, 4),
        "source": case.source_url or None,
    }
