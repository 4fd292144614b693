"""Runs revisions on the connection that `corpus.store.schema` hands over."""

from alembic import context

from corpus.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
