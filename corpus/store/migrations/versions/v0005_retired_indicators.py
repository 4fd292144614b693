"""When an indicator of the library was taken out of use."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; everything is in use."""
    op.add_column("library_indicators", sa.Column("retired_at", sa.Text(), nullable=True))


def downgrade() -> None:
    """Remove the column; what was out of use would come back, so it goes."""
    op.execute("DELETE FROM library_indicators WHERE retired_at IS NOT NULL")
    op.drop_column("library_indicators", "retired_at")
