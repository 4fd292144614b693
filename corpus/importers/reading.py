"""Which reader a file goes to, by what it is rather than by what it is called."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import IO

from corpus.errors import InputError, Location, UnsafeFileError, UnsupportedFileError
from corpus.importers.result import ImportResult
from corpus.importers.safety import DEFAULT_LIMITS, Limits

Source = str | os.PathLike[str] | tuple[str, bytes]


def read_declarations(source: Source, limits: Limits = DEFAULT_LIMITS) -> ImportResult:
    """Read all declarations of a file, given by path or as (name, bytes).

    What cannot be understood inside the file is among the result's problems. Raises
    `UnsupportedFileError`, `UnsafeFileError` or `InputError` when the file as a whole cannot be
    read.
    """
    name, data = load(source, limits)
    kind = sniff(name, data)
    if kind == "jsonl":
        from corpus.importers.json_records import read_jsonl

        return read_jsonl(name, io.BytesIO(data), limits)
    if kind == "json":
        from corpus.importers.json_records import read_json

        return read_json(name, data, limits)
    raise UnsupportedFileError(
        "不支持这种文件",
        hint="可导入 .json、.jsonl、.csv、.xlsx、.xls、.docx、.pdf",
        where=Location(file=name),
    )


def load(source: Source, limits: Limits = DEFAULT_LIMITS) -> tuple[str, bytes]:
    """Return display name and bytes of a source; never reads more than the limit."""
    if isinstance(source, tuple):
        name, data = source
        name = Path(name.replace("\\", "/")).name or name
    else:
        path = Path(source)
        name = path.name
        try:
            with path.open("rb") as stream:
                data = _read_bounded(stream, limits)
        except OSError as error:
            raise InputError(
                f"无法打开文件：{error.strerror or error}", where=Location(file=str(path))
            ) from None
    if len(data) > limits.max_file_bytes:
        raise UnsafeFileError(
            f"文件超过 {limits.max_file_bytes // 1024 // 1024} MB，拒绝读取",
            hint="请拆分文件后分批导入",
            where=Location(file=name),
        )
    if not data.strip():
        raise InputError("文件是空的", where=Location(file=name), code="empty_file")
    return name, data


def sniff(name: str, data: bytes) -> str:
    """Return the kind of a file: json or jsonl."""
    suffix = Path(name).suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return "jsonl"
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix == ".json" or head[:1] in (b"{", b"["):
        return "jsonl" if suffix != ".json" and _has_record_lines(data) else "json"
    return "unknown"


def _has_record_lines(data: bytes) -> bool:
    """Return whether the first two lines each look like an object of their own."""
    lines = [line.strip() for line in data[:1_000_000].split(b"\n") if line.strip()]
    return len(lines) > 1 and all(line.startswith(b"{") for line in lines[:2])


def _read_bounded(stream: IO[bytes], limits: Limits) -> bytes:
    return stream.read(limits.max_file_bytes + 1)
