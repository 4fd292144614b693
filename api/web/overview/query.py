"""What a visitor of the overview asks for, and the addresses of what is behind a figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, model_validator

from corpus.workflow.listing import Filter
from corpus.workflow.statistics.scope import Label, Scope
from corpus.workflow.status import AuthorStatus, ReviewStatus, SubmissionKind

BOARD, PROJECTS = "/overview", "/overview/projects"


Text = Annotated[str | None, Field(max_length=200)]


class OverviewQuery(BaseModel):
    """The filters; those of the first group are on the page, the rest come from figures."""

    model_config = ConfigDict(frozen=True)

    year: Annotated[int | None, Field(ge=1949, le=2199)] = None
    kind: SubmissionKind | None = None
    division: Text = None
    department: Text = None
    sector: Text = None
    finding: Text = None
    month: Annotated[str | None, Field(pattern=r"^\d{4}-\d{2}$")] = None

    status: ReviewStatus | None = None
    draft: bool = False
    open: bool = False
    overdue: bool = False
    label: Label | None = None
    coached: bool = False
    lacking: bool = False
    text: Text = None
    page: Annotated[int, Field(ge=1, le=100_000)] = 1

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, values: Any) -> Any:
        """Take what a form leaves blank as not asked for."""
        if not isinstance(values, Mapping):
            return values
        return {name: value for name, value in values.items() if value not in ("", None)}

    def scope(self, *, with_month: bool = True) -> Scope:
        """Return what is asked for; the board shows all months and uses the month for the index."""
        wanted = Filter(
            kind=self.kind,
            fiscal_year=self.year,
            organisation_id=self.division,
            department=self.department,
            function_code=self.sector,
            finding=self.finding,
            review_status=ReviewStatus.NONE if self.draft else self.status,
            author_status=AuthorStatus.DRAFT if self.draft else None,
            open=True if self.open else None,
            overdue=True if self.overdue else None,
            text=self.text,
        )
        month = self.month if with_month else None
        return Scope(wanted, month, self.label, self.coached, self.lacking)

    def projects(self, **changes: Any) -> str:
        """Return the address of the projects behind a figure."""
        return self._address(PROJECTS, {"page": 1, "month": None, **changes})

    def here(self, path: str = BOARD, **changes: Any) -> str:
        """Return the address of a page with the same filters but for some changes."""
        return self._address(path, changes)

    def asked(self, **changes: Any) -> dict[str, str]:
        """Return what differs from asking for everything, as an address has it."""
        values = {**self.model_dump(mode="json"), **changes}
        return {
            name: str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in values.items()
            if value not in (None, "") and value != type(self).model_fields[name].default
        }

    def _address(self, path: str, changes: dict[str, Any]) -> str:
        kept = self.asked(**changes)
        return f"{path}?{urlencode(kept)}" if kept else path
