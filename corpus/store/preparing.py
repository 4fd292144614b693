"""What happens to a user's records before they are stored."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from typing import Any

from corpus.knowledge import record_hash
from corpus.privacy import scrub
from corpus.records import Case, Declaration, LibraryType, library_id

_VERBATIM = {"id", "source_url"}
_YEARS = range(1949, 2200)


def storable(value: Any, key: str = "") -> Any:
    """Drop what a database refuses (NUL, lone surrogates, NaN) and personal data in free text."""
    if isinstance(value, str):
        text = value.replace("\x00", "").encode("utf-8", "ignore").decode()
        return text if key in _VERBATIM else scrub(text)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {name: storable(item, name) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item, key) for item in value]
    return value


def project_identity(case: Declaration) -> str | None:
    """Return a hash of name, department, year and region, or None where they say too little.

    A name alone (办公经费) or a name and a year do not tell one unit's project from another's.
    """
    if not case.project_name or case.year is None or not (case.department or case.region):
        return None
    parts = (case.project_name, case.department, str(case.year), case.region)
    text = "\x1f".join("".join((part or "").split()) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def prepared_case(record: Declaration) -> Case:
    """Return a user's declaration or self-evaluation as a case fit to store.

    Personal data goes, and so do places in the imported file. A record without id gets one from
    its identity, so that a later version of the same project keeps it, else from its content.
    """
    fields = storable(record.model_dump(exclude_none=True))
    for row in fields.get("indicators", []):
        row.pop("location", None)
    case = Case.model_validate({**fields, "origin": "user"})
    if case.year is not None and case.year not in _YEARS:
        case = case.model_copy(update={"year": None})
    if case.id:
        return case
    digest = hashlib.sha256((project_identity(case) or record_hash(case)).encode()).hexdigest()
    return case.model_copy(update={"id": f"case-{digest[:10]}"})


def prepared_type(record: LibraryType) -> LibraryType:
    """Return a user's library entry fit to store; without id it gets that of its name."""
    entry = LibraryType.model_validate({**storable(record.model_dump()), "origin": "user"})
    return entry if entry.id else entry.model_copy(update={"id": library_id(entry.project_type)})
