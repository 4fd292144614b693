"""The audit log: who changed what from what to what, and whether the log is whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.http.access import Desk, allowed
from api.http.audit_lines import JSONL, audit_lines
from api.web.audit_wording import things_in
from api.web.rendering import Page, render
from corpus.workflow.actors import Action
from corpus.workflow.audit import Verification, verify
from corpus.workflow.trail import ACTIONS, Entry, TrailFilter, names_of, trail

router = APIRouter(prefix="/audit")
Auditor = Annotated[Desk, allowed(Action.AUDIT)]
Day = Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Word = Annotated[str, Query(max_length=100)]


@dataclass(frozen=True)
class AuditPage(Page):
    """Entries, newest first."""

    template: ClassVar[str] = "audit/audit.html"
    title: ClassVar[str] = "审计"
    section: ClassVar[str] = "audit"
    entries: Sequence[Entry]
    names: Mapping[str, str]
    """What the things are called whose numbers stand in the entries."""
    wanted: TrailFilter
    actions: dict[str, str]
    earlier: str | None
    """Address of the entries before these; None at the end."""
    exported: str
    """Address of the same entries as a file."""


@dataclass(frozen=True)
class VerificationNotice(Page):
    """What checking the log found."""

    template: ClassVar[str] = "audit/_verification.html"
    found: Verification


@router.get("")
def audit(
    request: Request,
    found: Auditor,
    object_: Annotated[str, Query(alias="object", max_length=100)] = "",
    actor: Word = "",
    action: Word = "",
    since: Day = "",
    until: Day = "",
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> Response:
    """Show a page of the log."""
    wanted = TrailFilter(object_, actor, action, since, until)
    with found.reading() as connection:
        page = trail(connection, found.actor, wanted, limit=100, before=before)
        names = names_of(connection, things_in(page.items))
    asked = {name: value for name, value in asdict(wanted).items() if value}
    earlier = None if page.next is None else "/audit?" + urlencode({**asked, "before": page.next})
    exported = "/audit/export?" + urlencode(asked)
    return render(request, AuditPage(page.items, names, wanted, ACTIONS, earlier, exported))


@router.get("/export")
def exported(
    found: Auditor,
    object_: Annotated[str, Query(alias="object", max_length=100)] = "",
    actor: Word = "",
    action: Word = "",
    since: Day = "",
    until: Day = "",
) -> StreamingResponse:
    """Send the entries as a file, a line each, with the hashes that `jixiao audit` checks."""
    wanted = TrailFilter(object_, actor, action, since, until)
    return StreamingResponse(
        audit_lines(found, wanted),
        media_type=JSONL,
        headers={"Content-Disposition": 'attachment; filename="audit.jsonl"'},
    )


@router.get("/verification")
def verification(request: Request, found: Auditor) -> Response:
    """Check that nothing was changed, taken out or put in."""
    with found.reading() as connection:
        return render(request, VerificationNotice(verify(connection, found.seal)))
