"""Judgements that training and evaluation rest on, in the file format of the label sets."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field, model_validator

from corpus.records import Record


def _split(value: Any, key: str, separator: str, names: tuple[str, str]) -> Any:
    """Split a compound key of a label line into the fields it stands for."""
    if not isinstance(value, dict) or key not in value:
        return value
    head, found, tail = str(value[key]).partition(separator)
    if not found:
        raise ValueError(f"“{value[key]}”应写作“编号{separator}…”")
    return {**value, names[0]: head, names[1]: tail}


class TargetLabel(Record):
    """A judgement of one indicator row of a case; `key` is case id # row."""

    case_id: str
    row: int = Field(ge=0)
    """0-based place of the row in the case's indicators."""
    vague: bool
    qualitative: bool
    easy: bool

    @model_validator(mode="before")
    @classmethod
    def _read_key(cls, value: Any) -> Any:
        return _split(value, "key", "#", ("case_id", "row"))


class TypeLabel(Record):
    """The library types that fit a case, best first, possibly none."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    case_id: str = Field(validation_alias="id")
    type_ids: tuple[str, ...] = Field(validation_alias="types")


class SuggestionLabel(Record):
    """A graded candidate indicator for a case; `key` is library or case id : indicator name."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    case_id: str = Field(validation_alias="case")
    record_id: str
    """Library type or case the candidate was taken from."""
    name: str
    """Name of the candidate indicator in that record."""
    grade: int = Field(ge=0, le=2)
    """2 fits as it stands, 1 must be adapted or is minor, 0 does not fit."""

    @property
    def key(self) -> str:
        """The candidate as the `source_key` of a suggestion writes it."""
        return f"{self.record_id}:{self.name}"

    @model_validator(mode="before")
    @classmethod
    def _read_key(cls, value: Any) -> Any:
        return _split(value, "key", ":", ("record_id", "name"))
