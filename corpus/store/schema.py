"""Versions of the tables: bringing a database up to date, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from corpus.store.errors import StoreVersionError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0007"
"""Revision this program works with; known here so that an up-to-date store needs no Alembic."""


def current_revision(connection: Connection) -> str | None:
    """Return the revision of the tables, or None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _config(connection: Connection) -> Config:
    """Configure Alembic from the package itself; nothing is read from files or environment."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def revisions(connection: Connection) -> set[str]:
    """Return the revisions this program knows."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(_config(connection))
    return {revision.revision for revision in script.walk_revisions()}


def upgrade(connection: Connection, target: str = HEAD) -> None:
    """Bring the tables to a revision; raises for one of a later version of the program."""
    revision = current_revision(connection)
    if revision == target:
        return
    from alembic import command

    if not {target, revision} - {None} <= revisions(connection):
        raise StoreVersionError(
            "数据库由更新版本的程序建立，本程序不能使用",
            hint="请升级本程序，或改用其他数据库",
        )
    command.upgrade(_config(connection), target)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the tables back to an earlier revision; `base` removes them with their content."""
    from alembic import command

    command.downgrade(_config(connection), revision)
