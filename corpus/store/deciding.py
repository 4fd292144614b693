"""Decisions about suggestions in the database: added, never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import InstrumentedAttribute

from corpus.decisions import FACTS, ProjectDecisions, SuggestionDecision, facts_of
from corpus.records import Declaration, Indicator
from corpus.store.importing import chunks
from corpus.store.preparing import storable
from corpus.store.tables import DecisionProjectRow, DecisionRow

_ROW = ("level1", "level2", "name", "target")


@dataclass(frozen=True)
class DecisionCounts:
    """How many decisions were new, and how many were there already."""

    added: int = 0
    known: int = 0


def append(connection: Connection, records: Iterable[ProjectDecisions]) -> DecisionCounts:
    """Add the decisions that are not there yet; personal data in texts goes.

    A decision is there already when the same was decided about the same suggestion for the same
    project at the same time, or at a time not given.
    """
    now = datetime.now(UTC)
    projects: dict[str, dict[str, Any]] = {}
    decisions: dict[str, dict[str, Any]] = {}
    total = 0
    for record in records:
        facts = storable(facts_of(record.declaration).model_dump(include=set(FACTS)))
        facts["project_id"] = facts.pop("id")
        project = _hash(facts)
        projects[project] = {"id": project, **facts}
        for decision in record.decisions:
            fields = _fields(decision)
            key = _hash({"project": project, **fields})
            moment = fields.pop("decided_at") or now
            place = {"id": key, "project": project, "position": total, "decided_at": moment}
            decisions.setdefault(key, {**place, **fields})
            total += 1
    new = _missing(connection, DecisionRow.id, list(decisions))
    owners = {decisions[key]["project"] for key in new}
    for chunk in chunks(_missing(connection, DecisionProjectRow.id, sorted(owners))):
        connection.execute(insert(DecisionProjectRow), [projects[key] for key in chunk])
    for chunk in chunks(new):
        connection.execute(insert(DecisionRow), [decisions[key] for key in chunk])
    return DecisionCounts(len(new), total - len(new))


def load(connection: Connection) -> tuple[ProjectDecisions, ...]:
    """Return all projects with their decisions, both in the order of deciding."""
    facts = {
        row.pop("id"): {**row, "id": row.pop("project_id")}
        for row in map(dict, connection.execute(select(DecisionProjectRow.__table__)).mappings())
    }
    rows = select(DecisionRow.__table__).order_by(DecisionRow.decided_at, DecisionRow.position)
    found: dict[str, list[SuggestionDecision]] = {}
    for row in connection.execute(rows).mappings():
        found.setdefault(row["project"], []).append(_decision(dict(row)))
    return tuple(
        ProjectDecisions(
            declaration=Declaration.model_validate(facts[project]), decisions=tuple(decisions)
        )
        for project, decisions in found.items()
    )


def _fields(decision: SuggestionDecision) -> dict[str, Any]:
    """Return the columns of a decision, without its place."""
    rows = {"": decision.suggested, "new_": decision.edited}
    texts = {
        f"{prefix}{name}": getattr(row, name) if row else None
        for prefix, row in rows.items()
        for name in _ROW
    }
    return {
        "decision": decision.decision,
        "source_key": decision.source_key,
        "rank": decision.rank,
        **storable(texts),
        "decided_at": decision.decided_at,
    }


def _decision(row: dict[str, Any]) -> SuggestionDecision:
    edited = row["new_name"] is not None
    moment: datetime = row["decided_at"]
    return SuggestionDecision(
        decision=row["decision"],
        source_key=row["source_key"],
        rank=row["rank"],
        suggested=Indicator(**{name: row[name] for name in _ROW}),
        edited=Indicator(**{name: row[f"new_{name}"] for name in _ROW}) if edited else None,
        decided_at=moment,
    )


def _hash(fields: dict[str, Any]) -> str:
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _missing(
    connection: Connection, column: InstrumentedAttribute[str], keys: list[str]
) -> list[str]:
    """Return the keys that the table does not hold, in order."""
    held: set[str] = set()
    for chunk in chunks(keys):
        held.update(connection.execute(select(column).where(column.in_(chunk))).scalars())
    return [key for key in keys if key not in held]
