"""The knowledge that ships with the program, read once and cached."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar, overload

from corpus.errors import SetupError
from corpus.labels import SuggestionLabel, TargetLabel, TypeLabel
from corpus.records import Case, LibraryType, Record

LabelKind = Literal["targets", "types", "suggestions"]
Label = TargetLabel | TypeLabel | SuggestionLabel

_LABELS: dict[LabelKind, type[TargetLabel | TypeLabel | SuggestionLabel]] = {
    "targets": TargetLabel,
    "types": TypeLabel,
    "suggestions": SuggestionLabel,
}
_R = TypeVar("_R", bound=Record)


def _bytes(name: str) -> bytes:
    try:
        return files("corpus").joinpath("data", name).read_bytes()
    except FileNotFoundError as error:
        raise SetupError(
            f"随程序附带的数据文件缺失：{name}", hint="请重新安装本程序", code="bundle_missing"
        ) from error


def _lines(name: str) -> list[bytes]:
    """Return the records of a bundled JSONL file, unread."""
    return [line for line in _bytes(name).split(b"\n") if line]


def _read(name: str, kind: type[_R]) -> tuple[_R, ...]:
    """Read a bundled JSONL file, one record a line."""
    return tuple(kind.model_validate_json(line) for line in _lines(name))


@cache
def bundled_library() -> tuple[LibraryType, ...]:
    """Return the project types of the bundled indicator library."""
    return _read("library.jsonl", LibraryType)


@cache
def bundled_cases() -> tuple[Case, ...]:
    """Return the bundled published declarations and self-evaluations, junk rows included."""
    return _read("cases.jsonl", Case)


@cache
def bundle_fingerprint() -> str:
    """Return a hash of the bundled library and cases, without parsing them."""
    digest = hashlib.sha256()
    for name in ("library.jsonl", "cases.jsonl"):
        digest.update(_bytes(name))
    return digest.hexdigest()[:16]


def bundled_total() -> int:
    """Return how many types and cases are bundled, without parsing them."""
    return len(_lines("library.jsonl")) + len(_lines("cases.jsonl"))


@overload
def bundled_labels(kind: Literal["targets"]) -> tuple[TargetLabel, ...]: ...
@overload
def bundled_labels(kind: Literal["types"]) -> tuple[TypeLabel, ...]: ...
@overload
def bundled_labels(kind: Literal["suggestions"]) -> tuple[SuggestionLabel, ...]: ...
def bundled_labels(kind: LabelKind) -> tuple[Label, ...]:
    """Return the judgements of one kind, in file order."""
    return _labels(kind)


@cache
def _labels(kind: LabelKind) -> tuple[Label, ...]:
    return _read(f"labels/{kind}.jsonl", _LABELS[kind])
