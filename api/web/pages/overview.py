"""The overview of the bureau: figures, the projects behind them, exports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.http.access import Desk, allowed
from api.http.exporting import csv_lines, row_of, workbook
from api.web.overview import exporting
from api.web.overview.counting import findings_section, progress_section, sector_name
from api.web.overview.figures import Figure, Section
from api.web.overview.judging import lacking_section, targets_section
from api.web.overview.query import BOARD, PROJECTS, OverviewQuery
from api.web.overview.ranking import divisions_section, index_section
from api.web.rendering import Page, render
from api.web.rule_words import named
from api.web.wording import KINDS, number, percent
from corpus.workflow.actors import Action
from corpus.workflow.errors import NotFoundError
from corpus.workflow.statistics import choices as choosing
from corpus.workflow.statistics import listed as listing
from corpus.workflow.statistics.choices import Choices
from corpus.workflow.statistics.listed import Listed
from corpus.workflow.statistics.progress import Progress
from corpus.workflow.status import ReviewStatus

router = APIRouter(prefix="/overview")
Caller = Annotated[Desk, allowed(Action.STATISTICS)]
Asked = Annotated[OverviewQuery, Query()]
_PER_PAGE = 50
_MOST_IN_WORKBOOK = 100_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class OverviewPage(Page):
    """All figures."""

    template: ClassVar[str] = "overview/overview.html"
    title: ClassVar[str] = "总览"
    section: ClassVar[str] = "overview"
    query: OverviewQuery
    choices: Choices
    kinds: Sequence[tuple[str, str]]
    sectors: Sequence[tuple[str, str]]
    filtered: bool
    whole: Progress
    tiles: tuple[Tile, ...]
    parts: tuple[Section, ...]


@dataclass(frozen=True)
class Tile:
    """One figure at the top."""

    label: str
    value: str
    link: str
    alarm: bool = False


@dataclass(frozen=True)
class ProjectsPage(Page):
    """The projects behind a figure, a page at a time."""

    template: ClassVar[str] = "overview/projects.html"
    title: ClassVar[str] = "项目清单"
    section: ClassVar[str] = "overview"
    query: OverviewQuery
    narrowed: Sequence[tuple[str, str]]
    """What the list is narrowed by, and the address without it."""
    hidden: Sequence[tuple[str, str]]
    """The same as names and values, for the form that looks for a name."""
    total: int
    budget_wan: float
    items: Sequence[Listed]
    pages: int


@router.get("")
def overview(request: Request, found: Caller, query: Asked) -> Response:
    """Show the figures."""
    with found.reading() as connection:
        choices = choosing.choices(connection, found.actor)
        whole, sections = _sections(found, connection, query)
    page = OverviewPage(
        query,
        choices,
        [(kind.value, words) for kind, words in KINDS.items()],
        [(code, sector_name(code)) for code in choices.sectors],
        query.here() != BOARD,
        whole,
        _tiles(query, whole),
        sections,
    )
    return render(request, page)


@router.get("/projects")
def projects(request: Request, found: Caller, query: Asked) -> Response:
    """Show the projects behind a figure."""
    scope, offset = query.scope(), (query.page - 1) * _PER_PAGE
    with found.reading() as connection:
        total, budget = listing.count(connection, found.actor, scope)
        items = listing.listed(connection, found.actor, scope, _PER_PAGE, offset)
        names = dict(choosing.choices(connection, found.actor).divisions)
    page = ProjectsPage(
        query,
        _narrowed(query, names),
        [(name, value) for name, value in query.asked().items() if name not in ("text", "page")],
        total,
        budget,
        items,
        max(1, -(-total // _PER_PAGE)),
    )
    return render(request, page)


@router.get("/figures.xlsx")
def workbook_of_figures(found: Caller, query: Asked) -> Response:
    """Return all figures as a workbook."""
    with found.reading() as connection:
        _, sections = _sections(found, connection, query)
    return Response(exporting.sheets(sections), media_type=_XLSX, headers=_named("总览.xlsx"))


@router.get("/figures/{key}.csv")
def lines_of_figure(key: str, found: Caller, query: Asked) -> Response:
    """Return one figure as CSV."""
    with found.reading() as connection:
        _, sections = _sections(found, connection, query)
    figure = _figure(sections, key)
    content = "".join(exporting.lines(figure))
    return Response(content, media_type=_CSV, headers=_named(f"{figure.title}.csv"))


@router.get("/projects.xlsx")
def workbook_of_projects(found: Caller, query: Asked) -> Response:
    """Return the projects behind a figure as a workbook."""
    content = workbook(_rows(found, query), _MOST_IN_WORKBOOK)
    return Response(content, media_type=_XLSX, headers=_named("项目清单.xlsx"))


@router.get("/projects.csv")
def lines_of_projects(found: Caller, query: Asked) -> Response:
    """Return the projects behind a figure as CSV."""
    lines = csv_lines(_rows(found, query))
    return StreamingResponse(lines, media_type=_CSV, headers=_named("项目清单.csv"))


def _sections(
    found: Desk, connection: Any, query: OverviewQuery
) -> tuple[Progress, tuple[Section, ...]]:
    whole, progress = progress_section(connection, found.actor, query)
    rest = (findings_section, targets_section, lacking_section, divisions_section, index_section)
    return whole, (progress, *(make(connection, found.actor, query) for make in rest))


def _tiles(query: OverviewQuery, whole: Progress) -> tuple[Tile, ...]:
    def step(status: ReviewStatus) -> int:
        return whole.by_step.get(status, 0)

    open_ = sum(step(status) for status in ReviewStatus if status.open)
    passed, returned = step(ReviewStatus.PASSED), step(ReviewStatus.RETURNED)
    done = whole.decided / whole.total if whole.total else None
    return (
        Tile("已送审项目", number(whole.total), query.projects()),
        Tile("预算（万元）", f"{whole.budget_wan:,.0f}", query.projects()),
        Tile("待作结论", number(open_), query.projects(open=True)),
        Tile("其中逾期", number(whole.overdue), query.projects(overdue=True), whole.overdue > 0),
        Tile("退回修改中", number(returned), query.projects(status=ReviewStatus.RETURNED.value)),
        Tile("通过", number(passed), query.projects(status=ReviewStatus.PASSED.value)),
        Tile("办结率", percent(done), query.projects()),
        Tile("另有填报中", number(whole.drafts), query.projects(draft=True)),
    )


def _figure(sections: Sequence[Section], key: str) -> Figure:
    for section in sections:
        for figure in section.figures:
            if figure.key == key:
                return figure
    raise NotFoundError("没有这张统计表", hint="请从总览页面下载")


def _rows(found: Desk, query: OverviewQuery) -> Iterator[list[Any]]:
    with found.reading() as connection:
        for item in listing.everything(connection, found.actor, query.scope()):
            yield row_of(item.submission, item.organisation)


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}


def _narrowed(query: OverviewQuery, divisions: dict[str, str]) -> list[tuple[str, str]]:
    """Return in words what a list is narrowed by, each with the address without it."""
    labels = {"vague": "有模糊指标", "qualitative": "有定性指标", "easy": "有易完成指标"}
    words = {
        "year": f"{query.year} 年度",
        "kind": KINDS[query.kind] if query.kind else "",
        "division": divisions.get(query.division or "", "所选处室"),
        "department": query.department or "",
        "sector": sector_name(query.sector or ""),
        "finding": named(query.finding or ""),
        "month": f"{query.month} 首次送审",
        "status": query.status.label if query.status else "",
        "draft": "填报中",
        "open": "待作结论",
        "overdue": "已逾期",
        "label": labels.get(query.label or "", ""),
        "coached": "退回后重报",
        "lacking": "三无项目",
        "text": f"名称含“{query.text}”",
    }
    return [
        (text, query.here(PROJECTS, **{name: None, "page": 1}))
        for name, text in words.items()
        if getattr(query, name)
    ]
