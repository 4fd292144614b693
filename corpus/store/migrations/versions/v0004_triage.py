"""Columns of submissions that rank self-evaluations for a second look, filled from reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_SUBMISSIONS = sa.table(
    "submissions",
    sa.column("id", sa.String),
    sa.column("kind", sa.String),
    sa.column("version", sa.Integer),
    sa.column("tier", sa.String),
    sa.column("triage", sa.Double),
)
_REVIEWS = sa.table(
    "reviews",
    sa.column("id", sa.String),
    sa.column("submission_id", sa.String),
    sa.column("version", sa.Integer),
    sa.column("result", sa.JSON),
)


def upgrade() -> None:
    """Add the columns and fill them."""
    op.add_column("submissions", sa.Column("tier", sa.String(length=8), nullable=True))
    op.add_column("submissions", sa.Column("triage", sa.Double(), nullable=True))
    op.create_index(op.f("ix_submissions_kind"), "submissions", ["kind"], unique=False)
    _fill()


def downgrade() -> None:
    """Remove the columns."""
    op.drop_index(op.f("ix_submissions_kind"), table_name="submissions")
    op.drop_column("submissions", "triage")
    op.drop_column("submissions", "tier")


def _fill() -> None:
    """Take tier and score from the newest review of each self-evaluation's newest version."""
    connection = op.get_bind()
    triage = _REVIEWS.c.result["triage"].label("triage")
    reviewed = sa.select(_REVIEWS.c.submission_id, triage).join(
        _SUBMISSIONS,
        sa.and_(
            _SUBMISSIONS.c.id == _REVIEWS.c.submission_id,
            _SUBMISSIONS.c.version == _REVIEWS.c.version,
            _SUBMISSIONS.c.kind == "evaluation",
        ),
    )
    for row in connection.execute(reviewed.order_by(_REVIEWS.c.id)).all():
        if row.triage:
            connection.execute(
                sa.update(_SUBMISSIONS)
                .where(_SUBMISSIONS.c.id == row.submission_id)
                .values(tier=row.triage["tier"], triage=row.triage["score"])
            )
