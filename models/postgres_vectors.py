"""Vectors in PostgreSQL with the pgvector extension, shared by all instances of the service.

Each collection and encoder has a table of its own. Vectors lie there in half precision; from
`INDEX_FROM` rows on, an HNSW index finds them, below PostgreSQL compares them all. An instance
that finds a vector missing encodes and keeps it, so each text is encoded once for all instances.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString

import numpy as np
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError

from corpus.errors import SetupError
from corpus.store.engine import open_engine
from corpus.store.errors import StoreError, StoreUnreachableError, translated
from models.artefacts import load_json
from models.vector_index import Encode, new_places

INDEX_FROM = 5_000
"""Rows from which the HNSW index is made; fewer are compared one by one in some milliseconds."""
LINKS, BUILD_BREADTH, BREADTH = 16, 100, 256
"""m, ef_construction and, at least, ef_search."""
_MOST_BREADTH = 1000
"""What pgvector allows."""
_CHUNK = 2_000
"""Vectors encoded and kept in one transaction."""
_BUILD_MEMORY = "2GB"
_WAIT_SECONDS = 30.0
_EXTENSION_LOCK = 0x6A78_7665
_URL = "示例：postgresql+psycopg://用户:口令@主机/库名"
_EXTENSION = (
    "请在该数据库服务器上安装 pgvector 0.7 或更新版本，并由管理员执行 CREATE EXTENSION vector"
)


class PostgresIndex:
    """Vectors by key in one table; see `models.vector_index.VectorIndex`."""

    exact = None
    """A search may miss some of the nearest."""

    def __init__(self, engine: Engine, table: str, dimension: int) -> None:
        self._engine = engine
        self._table = table
        self._dimension = dimension
        with self._cursor() as run:
            self._lock(run)
            run(
                "CREATE TABLE IF NOT EXISTS {table}"
                " (key text PRIMARY KEY, vector halfvec({dimension}) NOT NULL)"
            )

    def __len__(self) -> int:
        """Return the number of vectors."""
        with self._cursor() as run:
            return int(run("SELECT count(*) FROM {table}").fetchone()[0])

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return which of some keys are held."""
        with self._cursor() as run:
            return _known(run, list(keys))

    def arrange(self, keys: Sequence[str], encode: Encode) -> None:
        """Hold exactly these keys; only those that no instance has encoded yet are encoded."""
        new = new_places(self, keys)
        for start in range(0, len(new), _CHUNK):
            self._encode(keys, new[start : start + _CHUNK], encode)
        with self._cursor() as run:
            run(
                "DELETE FROM {table} AS held WHERE NOT EXISTS"
                " (SELECT FROM unnest(%s::text[]) AS wanted (key) WHERE wanted.key = held.key)",
                list(keys),
            )
        if len(keys) >= INDEX_FROM:
            self._make_index()

    def search(self, vector: np.ndarray, k: int) -> list[tuple[str, float]]:
        """Return the k nearest keys with their inner products, best first."""
        asked = _half(vector)
        with self._cursor() as run:
            run("SELECT set_config('hnsw.ef_search', %s, true)", str(_breadth(k)))
            rows = run(
                "SELECT key, -(vector <#> %s) FROM {table} ORDER BY vector <#> %s LIMIT %s",
                *(asked, asked, k),
            )
            return [(key, float(product)) for key, product in rows]

    def vectors_of(self, keys: Sequence[str]) -> dict[str, np.ndarray]:
        """Return the vectors of those of some keys that are held, (dimension,) each."""
        with self._cursor() as run:
            rows = run("SELECT key, vector FROM {table} WHERE key = ANY(%s)", list(keys))
            return {key: held.to_numpy().astype(np.float32) for key, held in rows}

    def save(self, folder: Path, name: str) -> None:
        """Write which table it is into an artefact folder."""
        content = json.dumps({"table": self._table, "dimension": self._dimension})
        (folder / f"{name}.vectors.json").write_text(content, encoding="utf-8")

    def _encode(self, keys: Sequence[str], places: Sequence[int], encode: Encode) -> None:
        """Encode and keep some vectors, while other instances wait and then find them."""
        with self._cursor() as run:
            self._lock(run)
            known = _known(run, [keys[place] for place in places])
            new = [place for place in places if keys[place] not in known]
            if new:
                rows = (
                    (keys[place], _half(made)) for place, made in zip(new, encode(new), strict=True)
                )
                run.copy("COPY {table} (key, vector) FROM STDIN (FORMAT BINARY)", rows)

    def _make_index(self) -> None:
        """Make the HNSW index unless there is one; vectors that come later are linked at once."""
        with self._cursor() as run:
            self._lock(run)
            run("SELECT set_config('maintenance_work_mem', %s, true)", _BUILD_MEMORY)
            run(
                "CREATE INDEX IF NOT EXISTS {index} ON {table} USING hnsw"
                " (vector halfvec_ip_ops) WITH (m = {links}, ef_construction = {build_breadth})"
            )

    def _lock(self, run: _Run) -> None:
        """Keep other instances from changing the table until the transaction ends."""
        run("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", self._table)

    @contextmanager
    def _cursor(self) -> Iterator[_Run]:
        """Yield what runs statements in one transaction."""
        with translated(), self._engine.begin() as connection, _driver_errors():
            driver: Any = connection.connection.driver_connection
            with driver.cursor() as cursor:
                yield _Run(cursor, self._table, self._dimension)


class _Run:
    """Runs statements about one table on the driver's cursor, which knows vectors and COPY."""

    def __init__(self, cursor: Any, table: str, dimension: int) -> None:
        from psycopg import sql

        self._cursor = cursor
        self._compose = sql.SQL
        self._names = {
            "table": sql.Identifier(table),
            "index": sql.Identifier(f"{table}_hnsw"),
            "dimension": sql.Literal(dimension),
            "links": sql.Literal(LINKS),
            "build_breadth": sql.Literal(BUILD_BREADTH),
        }

    def __call__(self, statement: LiteralString, *parameters: object) -> Any:
        """Run a statement and return the cursor, which yields its rows."""
        composed = self._compose(statement).format(**self._names)
        return self._cursor.execute(composed, parameters, binary=True)

    def copy(self, statement: LiteralString, rows: Iterable[tuple[str, Any]]) -> None:
        """Write keys and vectors."""
        with self._cursor.copy(self._compose(statement).format(**self._names)) as copying:
            copying.set_types(["text", "halfvec"])
            for row in rows:
                copying.write_row(row)


def _known(run: _Run, keys: list[str]) -> set[str]:
    return {key for (key,) in run("SELECT key FROM {table} WHERE key = ANY(%s)", keys)}


def _breadth(k: int) -> int:
    return min(_MOST_BREADTH, max(BREADTH, k))


class PostgresVectors:
    """Keeps vectors in the PostgreSQL database of a URL, which needs pgvector 0.7 or newer."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url, _WAIT_SECONDS)
        if self._engine.dialect.name != "postgresql":
            raise SetupError("向量库须为 PostgreSQL", hint=_URL)
        _prepare_extension(self._engine)
        place = self._engine.url
        self.name = f"postgresql:{place.host or ''}:{place.port or ''}/{place.database or ''}"

    def open(self, collection: str, dimension: int) -> PostgresIndex:
        """Return the index of a collection; its table is made when it is missing."""
        digest = hashlib.sha256(collection.encode()).hexdigest()[:16]
        return PostgresIndex(self._engine, f"jixiao_vectors_{digest}", dimension)

    def load(self, folder: Path, collection: str, keys: Sequence[str]) -> PostgresIndex:
        """Return the index that was saved in an artefact folder, or raise SetupError."""
        saved = load_json(folder / f"{collection}.vectors.json")
        return PostgresIndex(self._engine, str(saved["table"]), int(saved["dimension"]))

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _prepare_extension(engine: Engine) -> None:
    """Make sure of the extension, then let every new connection send and receive vectors."""
    try:
        with translated(), engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _EXTENSION_LOCK})
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
            known = connection.execute(text("SELECT to_regtype('halfvec') IS NOT NULL")).scalar()
    except StoreUnreachableError:
        raise
    except StoreError as error:
        raise SetupError("该数据库没有 pgvector 扩展", hint=_EXTENSION) from error
    if not known:
        raise SetupError("该数据库的 pgvector 版本过旧", hint=_EXTENSION)
    engine.dispose()  # connections made from here on know the types
    event.listen(engine, "connect", _register)


def _register(connection: Any, _record: Any) -> None:
    from pgvector.psycopg import register_vector

    register_vector(connection)
    connection.commit()


@contextmanager
def _driver_errors() -> Iterator[None]:
    """Turn errors of the driver, asked past SQLAlchemy, into those that SQLAlchemy would raise."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise DBAPIError.instance("", None, error, psycopg.Error) from error


def _half(vector: np.ndarray) -> Any:
    from pgvector import HalfVector

    return HalfVector(np.asarray(vector, dtype=np.float32))
