"""Records in Parquet: a row is a declaration, its `indicators` a list of structs."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from api.cli.writers import to_json
from corpus.workflow.jobs import JobKind

if TYPE_CHECKING:
    import pandas as pd

_REVIEW = {"opinion": pa.string(), "risk": pa.float64(), "findings": pa.int32()}
_COLUMNS: dict[JobKind, dict[str, pa.DataType]] = {
    JobKind.REVIEW: _REVIEW,
    JobKind.REPORT_REVIEW: _REVIEW,
    JobKind.RECOMMEND: {"confidence": pa.float64(), "suggestions": pa.int32()},
}
"""Columns beside `id`, `error` and `result`, for tables that need not read the results."""


def records_of(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the records of a partition; what is empty is left out, as in JSON."""
    for batch in pa.Table.from_pandas(frame, preserve_index=False).to_batches(max_chunksize=256):
        for row in batch.to_pylist():
            yield _filled(row)


def write_results(path: Path, kind: JobKind, results: Iterable[Mapping[str, Any]]) -> int:
    """Write results, which appear all at once; returns how many of them are errors."""
    schema = schema_of(kind)
    staging = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    failed = 0
    with pq.ParquetWriter(staging, schema) as writer:
        for rows in _batches(_row(kind, result) for result in results):
            failed += sum(row["error"] is not None for row in rows)
            writer.write_table(pa.Table.from_pylist(rows, schema))
    staging.replace(path)
    return failed


def schema_of(kind: JobKind) -> pa.Schema:
    """Return the columns of results."""
    columns = {"id": pa.string(), "error": pa.string(), **_COLUMNS[kind], "result": pa.string()}
    return pa.schema(list(columns.items()))


def _row(kind: JobKind, result: Mapping[str, Any]) -> dict[str, Any]:
    error = result.get("error")
    row = {
        "id": result.get("id"),
        "error": error["code"] if error else None,
        "result": to_json(result),
    }
    for name in _COLUMNS[kind]:
        value = result.get(name)
        row[name] = len(value) if isinstance(value, (list, tuple)) else value
    return row


def _batches(rows: Iterable[dict[str, Any]], size: int = 256) -> Iterator[list[dict[str, Any]]]:
    held: list[dict[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) == size:
            yield held
            held = []
    yield held


def _filled(value: Any) -> Any:
    """Return a value without what is empty in it."""
    if isinstance(value, dict):
        return {key: _filled(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_filled(inner) for inner in value]
    return value
