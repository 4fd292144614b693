"""What units did with suggestions, reported by the systems they work in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.http import samples, schemas
from api.http.access import Desk, allowed
from api.http.routes.dependencies import ERRORS, Body
from corpus.decisions import SuggestionDecision
from corpus.errors import InputError
from corpus.importers.decisions import decisions_from_dict
from corpus.importers.json_text import decode_utf8, parse_json
from corpus.workflow.actors import Action

router = APIRouter(tags=["推荐与审核"])
Caller = Annotated[Desk, allowed(Action.ADVISE)]

REPORT = {
    "type": "object",
    "required": ["declaration", "decisions"],
    "properties": {
        "declaration": schemas.DECLARATION,
        "decisions": {
            "type": "array",
            "minItems": 1,
            "items": SuggestionDecision.model_json_schema(mode="validation"),
        },
    },
}
"""What a body may hold."""


class Stored(BaseModel):
    """What became of the reported decisions."""

    model_config = ConfigDict(extra="forbid")

    added: int = Field(description="新存入的条数")
    known: int = Field(description="先前已有、未重复存入的条数")


@router.post(
    "/recommendations/decisions",
    summary="报送对推荐指标的取舍",
    description="accepted 采纳、edited 修改后采用、rejected 不采纳；只增不改，重复报送不重复计算，"
    "不保存个人信息。jixiao train 据此改进以后的排序。",
    response_model=Stored,
    responses=ERRORS,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": REPORT, "examples": samples.DECISIONS}},
        }
    },
)
def record(data: Body, found: Caller) -> Stored:
    """Store the decisions about one project's suggestions."""
    if not data.strip():
        raise InputError("请求体是空的", hint="请提交项目及其取舍", code="empty_body")
    counts = found.workspace.store.add_decisions(
        [decisions_from_dict(parse_json(decode_utf8(data)))]
    )
    return Stored(added=counts.added, known=counts.known)
