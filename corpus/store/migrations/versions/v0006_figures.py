"""Review settings that were changed on the pages; an index from which figures are counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both."""
    op.create_table(
        "review_settings",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_review_settings")),
    )
    op.create_index(
        "ix_reviews_figures",
        "reviews",
        ["submission_id", "version", "id", "created_at", "rows", "vague", "qualitative", "easy"],
    )


def downgrade() -> None:
    """Remove both."""
    op.drop_index("ix_reviews_figures", table_name="reviews")
    op.drop_table("review_settings")
