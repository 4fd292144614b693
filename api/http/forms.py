"""What callers send: misspelt fields and characters that no database keeps are errors."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, ConfigDict, field_validator

Id = Annotated[str, Path(alias="id", pattern=r"^[0-9A-Z]{26}$", description="编号")]
"""A ULID in an address."""


SOME_ID = "01JDQ7Z4T8XW3N5K6M9R2V0BCE"
"""Stands for an id in examples."""


def shown(example: dict[str, Any]) -> ConfigDict:
    """Return the configuration of a form with an example; a test sends each."""
    return ConfigDict(json_schema_extra={"examples": [example]})


class Form(BaseModel):
    """Base of bodies and of queries with many parameters."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        """Check texts, in lists too."""
        for text in value if isinstance(value, list) else (value,):
            if isinstance(text, str):
                plain(text)
        return value


def plain(text: str | None) -> str | None:
    """Refuse NUL and lone surrogates, which no database keeps."""
    if text is not None and ("\x00" in text or any("\ud800" <= char <= "\udfff" for char in text)):
        raise ValueError("含有不能保存的字符")
    return text
