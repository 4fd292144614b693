"""Tables of the store, the same on SQLite and PostgreSQL.

Column names are the records' field names, so that mapping needs no table of its own. Texts have
no length limit; lists are JSON; amounts are in 万元 where a name ends in `_wan`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Double, ForeignKey, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar = {
        str: Text,
        float: Double,
        list[str]: JSON,
        list[Any]: JSON,
        datetime: DateTime(timezone=True),
    }


class Provenance:
    """Where a record came from and what it held when it was last written."""

    content_hash: Mapped[str] = mapped_column(String(16))
    origin: Mapped[str] = mapped_column(String(8), index=True)
    """bundled or user."""
    imported_at: Mapped[datetime]


class LibraryTypeRow(Provenance, Base):
    """A project type of the indicator library."""

    __tablename__ = "library_types"

    id: Mapped[str] = mapped_column(primary_key=True)
    function_code: Mapped[str]
    project_type: Mapped[str] = mapped_column(index=True)
    category: Mapped[str]
    scope: Mapped[str]
    aliases: Mapped[list[str]]
    departments: Mapped[list[str]]
    activities: Mapped[list[str]]


class LibraryIndicatorRow(Base):
    """An indicator of a project type."""

    __tablename__ = "library_indicators"

    type_id: Mapped[str] = mapped_column(
        ForeignKey("library_types.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    level1: Mapped[str]
    level2: Mapped[str]
    name: Mapped[str]
    object: Mapped[str]
    facet: Mapped[str]
    definition: Mapped[str]
    formula: Mapped[str]
    unit: Mapped[str]
    direction: Mapped[str]
    weak: Mapped[float | None]
    typical: Mapped[float | None]
    strong: Mapped[float | None]
    basis: Mapped[str]
    evidence: Mapped[str]
    core: Mapped[bool]
    retired_at: Mapped[str | None]


class ProjectRow(Provenance, Base):
    """A published or imported project (历史项目)."""

    __tablename__ = "projects"

    id: Mapped[str] = mapped_column(primary_key=True)
    identity: Mapped[str | None] = mapped_column(String(16), index=True)
    """Hash of name, department, year and region: the same project in a later import."""
    project_name: Mapped[str]
    department: Mapped[str | None]
    implementing_unit: Mapped[str | None]
    region: Mapped[str | None]
    year: Mapped[int | None]
    function_code: Mapped[str | None]
    project_type: Mapped[str | None]
    budget_wan: Mapped[float | None]
    executed_wan: Mapped[float | None]
    description: Mapped[str]
    goal: Mapped[str]
    report_text: Mapped[str | None]
    history: Mapped[list[Any]]
    """Earlier years of the project, as records."""
    initial_budget_wan: Mapped[float | None]
    execution_rate: Mapped[float | None]
    execution_weight: Mapped[float | None]
    execution_score: Mapped[float | None]
    total_score: Mapped[float | None]
    actual_summary: Mapped[str | None]
    funds: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    """Sources of money, as records."""
    grade: Mapped[str | None]
    problems: Mapped[str | None]
    stage: Mapped[str] = mapped_column(server_default="self_evaluation")
    as_of: Mapped[date | None]
    forecast_wan: Mapped[float | None]
    source_kind: Mapped[str | None]
    source_url: Mapped[str | None]


class ProjectIndicatorRow(Base):
    """An indicator row of a project, as submitted."""

    __tablename__ = "project_indicators"

    project_id: Mapped[str] = mapped_column(
        ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    level1: Mapped[str]
    level2: Mapped[str]
    name: Mapped[str]
    target: Mapped[str]
    weight: Mapped[float | None]
    actual: Mapped[str | None]
    score: Mapped[float | None]
    reason: Mapped[str | None]
    definition: Mapped[str | None]
    scoring_rule: Mapped[str | None]
    forecast: Mapped[str | None]


class DecisionProjectRow(Base):
    """The facts of a project that suggestions were made from, as they were then."""

    __tablename__ = "decision_projects"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    """Hash of the facts."""
    project_id: Mapped[str | None]
    project_name: Mapped[str]
    department: Mapped[str | None]
    implementing_unit: Mapped[str | None]
    region: Mapped[str | None]
    year: Mapped[int | None]
    function_code: Mapped[str | None]
    project_type: Mapped[str | None]
    budget_wan: Mapped[float | None]
    description: Mapped[str]
    goal: Mapped[str]


class DecisionRow(Base):
    """What became of one suggestion; rows are added, never changed."""

    __tablename__ = "suggestion_decisions"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    """Hash of what was decided, about what, and when."""
    project: Mapped[str] = mapped_column(String(16), ForeignKey("decision_projects.id"), index=True)
    position: Mapped[int]
    """Place within what was recorded at once."""
    decision: Mapped[str] = mapped_column(String(8))
    """accepted, edited or rejected."""
    source_key: Mapped[str | None]
    rank: Mapped[int | None]
    level1: Mapped[str]
    level2: Mapped[str]
    name: Mapped[str]
    target: Mapped[str]
    new_level1: Mapped[str | None]
    new_level2: Mapped[str | None]
    new_name: Mapped[str | None]
    new_target: Mapped[str | None]
    decided_at: Mapped[datetime]


class StateRow(Base):
    """A fact about the store itself, such as which bundled data it holds."""

    __tablename__ = "store_state"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
