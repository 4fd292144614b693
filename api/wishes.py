"""What a caller wants of a recommendation besides the project: size, scheme, rows so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpus.errors import InputError, Location
from corpus.importers import declaration_from_dict
from corpus.schemes import AUTO, Scheme, scheme_named

if TYPE_CHECKING:
    from corpus.records import Indicator

_MOST = 200
"""Rows and names that are looked at in one request."""


@dataclass(frozen=True)
class Wishes:
    """Nothing wished for means: a whole new set, with the scheme that the form shows."""

    top: int | None = None
    """Size of the form, rows that stay included."""
    scheme: str = AUTO
    """Name or wording of a weight scheme; auto reads it from the form."""
    accepted: tuple[Indicator, ...] = ()
    """Rows that stay."""
    rejected: tuple[str, ...] = ()
    """Names that are unwanted."""
    keep: bool = False
    """Whether the declaration's own rows stay as well."""
    alternatives: bool = False
    chosen: Scheme | None = field(init=False)
    """The scheme that was asked for, None for auto."""

    def __post_init__(self) -> None:
        """Read the scheme; raises `InputError` where it cannot be read."""
        wanted = self.scheme.strip().lower()
        scheme = None if wanted in ("", AUTO) else scheme_named(self.scheme)
        object.__setattr__(self, "chosen", scheme)


def wishes_from(record: Any, top: int | None = None) -> Wishes:
    """Read the fields of a request: scheme, accepted, rejected, keep.

    An accepted row may name in `original` the suggestion that it has replaced. Raises `InputError`
    with the field at fault.
    """
    if not isinstance(record, Mapping):
        return Wishes(top)
    accepted, replaced = _rows(record, "accepted")
    rejected, _ = _rows(record, "rejected")
    names = (*(row.name for row in rejected), *replaced)
    scheme, keep = record.get("scheme"), record.get("keep", False)
    if scheme is not None and not isinstance(scheme, str):
        raise _wrong("scheme", "应为文字，例如 auto")
    if not isinstance(keep, bool):
        raise _wrong("keep", "应为 true 或 false")
    return Wishes(top, scheme or AUTO, accepted, names, keep)


def _rows(record: Mapping[str, Any], name: str) -> tuple[tuple[Indicator, ...], list[str]]:
    """Return the rows of a list, given by their fields or only by name, and what they replaced."""
    value = record.get(name)
    if value is None:
        return (), []
    if not isinstance(value, list):
        raise _wrong(name, "应为列表")
    if len(value) > _MOST:
        raise _wrong(name, f"不能超过 {_MOST} 条")
    given = [{"name": item} if isinstance(item, str) else item for item in value]
    try:
        rows = declaration_from_dict({"indicators": given}).indicators
    except InputError as error:
        path = (error.where.field if error.where else None) or ""
        raise _wrong(path.replace("indicators", name, 1) or name, error.message) from None
    for place, row in enumerate(rows):
        if not row.name.strip():
            raise _wrong(f"{name}[{place}].name", "缺少三级指标名称")
    originals = (str(item.get("original") or "") for item in given)
    return rows, [
        original
        for original, row in zip(originals, rows, strict=True)
        if original not in ("", row.name)
    ]


def _wrong(field_name: str, fault: str) -> InputError:
    return InputError(fault, hint="写法见 docs/recommendation.md", where=Location(field=field_name))
