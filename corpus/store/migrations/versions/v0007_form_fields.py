"""What forms say beside the rows: sources of money, grade, problems, stage; how points are lost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OF_PROJECT = ("funds", "grade", "problems", "stage", "as_of", "forecast_wan")
_OF_ROW = ("scoring_rule", "forecast")


def upgrade() -> None:
    """Add the columns; a project imported before is written anew by its next import."""
    op.add_column("projects", sa.Column("funds", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("projects", sa.Column("grade", sa.Text(), nullable=True))
    op.add_column("projects", sa.Column("problems", sa.Text(), nullable=True))
    op.add_column(
        "projects",
        sa.Column("stage", sa.Text(), nullable=False, server_default="self_evaluation"),
    )
    op.add_column("projects", sa.Column("as_of", sa.Date(), nullable=True))
    op.add_column("projects", sa.Column("forecast_wan", sa.Double(), nullable=True))
    for name in _OF_ROW:
        op.add_column("project_indicators", sa.Column(name, sa.Text(), nullable=True))
    op.execute("UPDATE projects SET content_hash = '' WHERE origin = 'user'")


def downgrade() -> None:
    """Remove the columns."""
    for name in reversed(_OF_ROW):
        op.drop_column("project_indicators", name)
    for name in reversed(_OF_PROJECT):
        op.drop_column("projects", name)
