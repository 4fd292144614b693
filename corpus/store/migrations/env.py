"""Runs revisions on the connection that `corpus.store.schema` hands over."""

from alembic import context

from corpus.store.tables import Base
from corpus.workflow import tables  # noqa: F401 - its tables belong to the same database

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
