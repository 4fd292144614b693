"""Tables of what units did with suggestions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "decision_projects",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=True),
        sa.Column("project_name", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("implementing_unit", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("function_code", sa.Text(), nullable=True),
        sa.Column("project_type", sa.Text(), nullable=True),
        sa.Column("budget_wan", sa.Double(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_projects")),
    )
    op.create_table(
        "suggestion_decisions",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("project", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("level1", sa.Text(), nullable=False),
        sa.Column("level2", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("new_level1", sa.Text(), nullable=True),
        sa.Column("new_level2", sa.Text(), nullable=True),
        sa.Column("new_name", sa.Text(), nullable=True),
        sa.Column("new_target", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project"],
            ["decision_projects.id"],
            name=op.f("fk_suggestion_decisions_project"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_decisions")),
    )
    op.create_index(
        op.f("ix_suggestion_decisions_project"), "suggestion_decisions", ["project"], unique=False
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_suggestion_decisions_project"), table_name="suggestion_decisions")
    op.drop_table("suggestion_decisions")
    op.drop_table("decision_projects")
