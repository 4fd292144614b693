from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from corpus.store import Store

_POSTGRES = os.environ.get("JIXIAO_TEST_POSTGRES_URL")
_DEFAULT_POSTGRES = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """URL of a server where schemas may be made; skips where none is named and none listens."""
    url = _POSTGRES or _DEFAULT_POSTGRES
    engine = create_engine(url, connect_args={"connect_timeout": 3})
    try:
        engine.connect().close()
    except OperationalError as error:
        if _POSTGRES:
            raise
        pytest.skip(f"no PostgreSQL at {url} and JIXIAO_TEST_POSTGRES_URL is unset: {error.orig}")
    finally:
        engine.dispose()
    return url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """URL of an empty schema of its own, dropped after the test."""
    yield from _new_schema(postgres_server)


@pytest.fixture
def another_postgres_url(postgres_server: str) -> Iterator[str]:
    """URL of a second empty schema."""
    yield from _new_schema(postgres_server)


def _new_schema(postgres_server: str) -> Iterator[str]:
    schema = f"jixiao_test_{uuid.uuid4().hex[:12]}"
    engine = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    separator = "&" if "?" in postgres_server else "?"
    yield f"{postgres_server}{separator}options=-csearch_path%3D{schema}"
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty database, once for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store' / 'jixiao.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def open_store(url: str) -> Iterator[Callable[..., Store]]:
    """Open further stores on the same database."""
    stores: list[Store] = []

    def opener(**options: float) -> Store:
        stores.append(Store(url, **options))
        return stores[-1]

    yield opener
    for store in stores:
        store.close()


@pytest.fixture
def store(open_store: Callable[..., Store]) -> Store:
    """A store whose tables exist and are empty."""
    opened = open_store()
    opened.migrate()
    return opened
