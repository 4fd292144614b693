"""Which texts of a record are searched, and which texts of a declaration ask."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import Case, Declaration, LibraryType


@dataclass(frozen=True)
class Fields:
    """The searchable texts of a record, or the asking texts of a declaration."""

    title: str
    """What the thing is called."""
    body: str
    """What it does."""
    indicators: str = ""
    """Names of its indicators."""

    @property
    def whole(self) -> str:
        """Title and body as one passage."""
        return f"{self.title}。{self.body}" if self.body else self.title


def type_fields(kind: LibraryType) -> Fields:
    """Return the searchable texts of a library type."""
    return Fields(
        title=_join(kind.project_type, *kind.aliases),
        body=_join(kind.scope, *kind.activities, *kind.departments),
        indicators=_join(*(indicator.name for indicator in kind.indicators)),
    )


def case_fields(case: Case) -> Fields:
    """Return the searchable texts of a published case."""
    return Fields(
        title=case.project_name,
        body=_join(case.description, case.goal, case.department or ""),
        indicators=_join(*(indicator.name for indicator in case.indicators)),
    )


def query_fields(declaration: Declaration) -> Fields:
    """Return the asking texts of a declaration, whose indicators may not be written yet."""
    return Fields(
        title=declaration.project_name,
        body=_join(declaration.description, declaration.goal, declaration.department or ""),
        indicators=_join(*(indicator.name for indicator in declaration.indicators)),
    )


def _join(*parts: str) -> str:
    return "，".join(part.strip() for part in parts if part.strip())
