"""What reading a user's input yields: records, and the problems met on the way."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import JixiaoError, Location
from corpus.records import Declaration, LibraryType


@dataclass(frozen=True)
class ImportProblem:
    """One thing that could not be understood; everything around it was still imported."""

    location: Location
    code: str
    """Stable identifier such as `bad_number`."""
    message: str
    hint: str = ""
    id: str | None = None
    """The `id` of the record concerned, where it could be recovered."""

    @classmethod
    def from_error(
        cls, error: JixiaoError, location: Location | None = None, record_id: str | None = None
    ) -> ImportProblem:
        """Return the problem that an error describes."""
        where = error.where or location or Location()
        return cls(where, error.code, error.message, error.hint, record_id)

    def __str__(self) -> str:
        """Return place, message and hint in one line."""
        place = f"{self.location}：" if str(self.location) else ""
        hint = f"（{self.hint}）" if self.hint else ""
        return f"{place}{self.message}{hint}"

    def to_dict(self) -> dict[str, str]:
        """Return the error shape of contract.md: code, message (with its place) and hint."""
        place = f"{self.location}：" if str(self.location) else ""
        return {"code": self.code, "message": f"{place}{self.message}", "hint": self.hint}


@dataclass(frozen=True)
class LineError:
    """A line of a JSONL stream that is no record; it stands in the record's place."""

    line: int
    """1-based line number."""
    id: str | None
    """The record's `id`, where it could be recovered from the damaged line."""
    error: JixiaoError

    def to_problem(self, file: str | None = None) -> ImportProblem:
        """Return the same as a problem of an import."""
        where = self.error.where
        place = Location(file, row=self.line, field=where.field if where else None)
        return ImportProblem(place, self.error.code, self.error.message, self.error.hint, self.id)


@dataclass(frozen=True)
class ImportResult:
    """Records read from one file, in the file's order, and the problems met."""

    records: tuple[Declaration, ...] = ()
    problems: tuple[ImportProblem, ...] = ()


@dataclass(frozen=True)
class LibraryImportResult:
    """Project types read from one indicator-library file, and the problems met."""

    records: tuple[LibraryType, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
