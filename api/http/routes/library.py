"""The indicator library and the published projects: searching, cards, similar projects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import AfterValidator, BaseModel, Field

from api.http import samples, schemas
from api.http.access import Desk, allowed
from api.http.etags import unchanged
from api.http.forms import plain
from api.http.routes.dependencies import ERRORS, Body, declaration
from corpus.knowledge import Knowledge
from corpus.records import Case, Declaration, Indicator, LibraryIndicator, LibraryType
from corpus.workflow.actors import Action
from corpus.workflow.errors import NotFoundError

router = APIRouter(tags=["指标库"], responses=ERRORS)
Caller = Annotated[Desk, allowed(Action.ADVISE)]
Key = Annotated[str, Path(max_length=200), AfterValidator(plain)]
Text = Annotated[str | None, Query(max_length=200), AfterValidator(plain)]
Start = Annotated[int, Query(ge=0, le=10_000_000, description="跳过的条数")]
Limit = Annotated[int, Query(ge=1, le=200)]


class TypeSummary(BaseModel):
    """A project type without its indicators."""

    id: str
    project_type: str
    function_code: str
    category: str
    scope: str
    indicators: int
    origin: str


class TypePage(BaseModel):
    """Part of the library."""

    items: list[TypeSummary]
    total: int
    next: int | None = Field(description="下一页的 start；没有下一页时为空")


class FoundIndicator(BaseModel):
    """A library indicator that fits a search."""

    type_id: str
    project_type: str
    position: int
    similarity: float
    indicator: LibraryIndicator


class User(BaseModel):
    """A published project that has an indicator of the same measure."""

    project_id: str
    project_name: str
    name: str
    target: str
    actual: str | None


class Card(BaseModel):
    """Everything that is known of a library indicator."""

    type_id: str
    project_type: str
    position: int
    indicator: LibraryIndicator
    users: list[User] = Field(description="历史项目中同类指标的目标值和完成值")


class Similar(BaseModel):
    """A published project that resembles the one given."""

    similarity: float
    project: dict[str, Any]


@router.get("/library/types", summary="项目类型", response_model=TypePage)
def list_types(
    found: Caller,
    request: Request,
    text: Text = None,
    function_code: Text = None,
    department: Text = None,
    start: Start = 0,
    limit: Limit = 50,
) -> Response:
    """Return a page of the library's project types."""
    parts = found.workspace.parts
    tag = f'"{parts.version}"'
    kept = unchanged(request, tag)
    if kept is not None:
        return kept
    fitting = [
        entry
        for entry in parts.knowledge.types
        if function_code in (None, entry.function_code)
        and (department is None or any(department in name for name in entry.departments))
        and (text is None or _mentions(entry, text))
    ]
    items = [_summary(entry) for entry in fitting[start : start + limit]]
    more = start + limit < len(fitting)
    page = TypePage(items=items, total=len(fitting), next=start + limit if more else None)
    return JSONResponse(page.model_dump(mode="json"), headers={"ETag": tag})


@router.get("/library/types/{id}", summary="一个项目类型及其指标")
def one_type(id_: Annotated[Key, Path(alias="id")], found: Caller) -> LibraryType:
    """Return a project type with its indicators."""
    return _type(found.workspace.parts.knowledge, id_)


@router.get("/library/types/{id}/indicators/{position}", summary="指标卡")
def card(
    id_: Annotated[Key, Path(alias="id")],
    position: Annotated[int, Path(ge=0, le=10_000)],
    found: Caller,
) -> Card:
    """Return everything that is known of a library indicator."""
    parts = found.workspace.parts
    entry = _type(parts.knowledge, id_)
    if position >= len(entry.indicators):
        raise NotFoundError("没有这条指标", hint=f"该类型有 {len(entry.indicators)} 条指标")
    indicator = entry.indicators[position]
    asked = Indicator(level1=indicator.level1, level2=indicator.level2, name=indicator.name)
    around = Declaration(project_name=entry.project_type, function_code=entry.function_code)
    return Card(
        type_id=entry.id,
        project_type=entry.project_type,
        position=position,
        indicator=indicator,
        users=[User.model_validate(peer.to_dict()) for peer in parts.peers.peers(asked, around)],
    )


@router.get("/library/indicators", summary="搜索指标")
def search_indicators(
    found: Caller,
    text: Annotated[
        str, Query(min_length=1, max_length=200, description="要衡量什么"), AfterValidator(plain)
    ],
    project_name: Text = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> list[FoundIndicator]:
    """Return library indicators that measure what a text says, best first."""
    asked = Indicator(name=text)
    around = Declaration(project_name=project_name or "")
    return [
        FoundIndicator(
            type_id=match.type.id,
            project_type=match.type.project_type,
            position=match.type.indicators.index(match.indicator),
            similarity=round(match.similarity, 4),
            indicator=match.indicator,
        )
        for match in found.workspace.parts.peers.library(asked, around, limit)
    ]


@router.post(
    "/similar-projects",
    summary="相似项目",
    response_model=list[Similar],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": schemas.DECLARATION,
                    "examples": samples.DECLARATIONS,
                }
            },
        }
    },
)
def similar_projects(
    data: Body, found: Caller, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> list[Similar]:
    """Return published projects that resemble the one given, most similar first."""
    hits = found.workspace.parts.retriever.cases(declaration(data), limit)
    return [Similar(similarity=round(hit.similarity, 4), project=_facts(hit.case)) for hit in hits]


@router.get("/cases/{id}", summary="历史项目")
def case(id_: Annotated[Key, Path(alias="id")], found: Caller) -> dict[str, Any]:
    """Return a published project whole."""
    entry = found.workspace.parts.knowledge.cases_by_id.get(id_)
    if entry is None:
        raise NotFoundError("没有这个历史项目", hint="请检查编号")
    return entry.model_dump(mode="json", exclude_none=True)


def _type(knowledge: Knowledge, id_: str) -> LibraryType:
    entry = knowledge.types_by_id.get(id_)
    if entry is None:
        raise NotFoundError("没有这个项目类型", hint="请检查编号")
    return entry


def _mentions(entry: LibraryType, text: str) -> bool:
    texts: Iterable[str] = (
        entry.project_type,
        entry.scope,
        *entry.aliases,
        *entry.activities,
        *(indicator.name for indicator in entry.indicators),
    )
    return any(text in part for part in texts)


def _summary(entry: LibraryType) -> TypeSummary:
    return TypeSummary(
        id=entry.id,
        project_type=entry.project_type,
        function_code=entry.function_code,
        category=entry.category,
        scope=entry.scope,
        indicators=len(entry.indicators),
        origin=entry.origin,
    )


def _facts(found: Case) -> dict[str, Any]:
    return found.model_dump(
        mode="json",
        include={
            "id",
            "project_name",
            "department",
            "region",
            "year",
            "function_code",
            "budget_wan",
            "goal",
            "indicators",
            "source_kind",
            "source_url",
        },
        exclude_none=True,
    )
