"""The audit log: reading, exporting, checking."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import AfterValidator, BaseModel, Field

from api.http.access import Desk, allowed
from api.http.audit_lines import JSONL, audit_lines
from api.http.forms import plain
from api.http.routes.dependencies import ERRORS
from corpus.workflow import audit
from corpus.workflow.actors import Action
from corpus.workflow.trail import TrailFilter

router = APIRouter(prefix="/audit", tags=["审计"], responses=ERRORS)
Auditor = Annotated[Desk, allowed(Action.AUDIT)]


class Verification(BaseModel):
    """What checking the log found."""

    intact: bool
    entries: int
    head: str
    broken_at: int | None
    reason: str
    unchecked: int = Field(
        description="不是用现有密钥校验的条数（另一密钥，或当时未设密钥），不能排除被改写"
    )


@router.get(
    "",
    summary="审计日志",
    description="每行一条，按发生的顺序；after 给出已取得的最后一条的序号。",
    response_class=StreamingResponse,
    responses={200: {"content": {JSONL: {"schema": {"type": "string"}}}, "description": "日志"}},
)
def entries(
    found: Auditor,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    object: Annotated[  # noqa: A002 - the name of the field
        str | None,
        Query(max_length=100, description="例如 submission:编号"),
        AfterValidator(plain),
    ] = None,
) -> StreamingResponse:
    """Return the entries about the caller's part of the tree."""
    wanted = TrailFilter(object=object or "")
    return StreamingResponse(audit_lines(found, wanted, after), media_type=JSONL)


@router.get("/verification", summary="校验审计日志")
def verification(
    found: Auditor,
    head: Annotated[
        str | None, Query(pattern="^[0-9a-f]{64}$", description="以前记下的末条校验值")
    ] = None,
) -> Verification:
    """Check that nothing was changed, taken out or put in."""
    with found.reading() as connection:
        checked: Any = audit.verify(connection, found.seal, head)
    return Verification(
        intact=checked.intact,
        entries=checked.entries,
        head=checked.head,
        broken_at=checked.broken_at,
        reason=checked.reason,
        unchecked=checked.unchecked,
    )
