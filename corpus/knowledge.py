"""What recommendations and comparisons rest on: library types and cases, with content hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from corpus.bundle import bundled_cases, bundled_library
from corpus.records import Case, LibraryType


def record_hash(record: LibraryType | Case) -> str:
    """Return a hash of what a record says, whatever its id and wherever it was loaded from."""
    left_out = {"id", "origin"}
    if getattr(record, "stage", None) == "self_evaluation":
        left_out.add("stage")  # the usual stage says nothing, and hashes outlive the field
    content = record.model_dump_json(exclude=left_out, exclude_none=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Knowledge:
    """An immutable set of library types and cases.

    Ids are unique among types and among cases; order is kept as given.
    """

    types: tuple[LibraryType, ...]
    cases: tuple[Case, ...]

    @classmethod
    def bundled(cls) -> Knowledge:
        """Return what ships with the program."""
        return cls(bundled_library(), bundled_cases())

    @cached_property
    def types_by_id(self) -> Mapping[str, LibraryType]:
        """Library types by id."""
        return MappingProxyType({entry.id: entry for entry in self.types})

    @cached_property
    def cases_by_id(self) -> Mapping[str, Case]:
        """Cases by id."""
        return MappingProxyType({str(case.id): case for case in self.cases})

    @cached_property
    def record_hashes(self) -> Mapping[str, str]:
        """Content hash of every record by its id, types first.

        What an index needs to see which records were added, changed or removed.
        """
        hashes = {entry.id: record_hash(entry) for entry in self.types}
        hashes |= {str(case.id): record_hash(case) for case in self.cases}
        return MappingProxyType(hashes)

    @cached_property
    def fingerprint(self) -> str:
        """Hash of all content; independent of the order of records and of where they are stored."""
        digest = hashlib.sha256()
        for key, value in sorted(self.record_hashes.items()):
            digest.update(f"{key}={value}\n".encode())
        return digest.hexdigest()[:16]
