"""The indicator library: looking things up, and the card of an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import AfterValidator

from api.http.access import Desk, allowed
from api.http.forms import plain
from api.web.indicator_card import Card, card_of, users_of
from api.web.rendering import Page, render
from corpus.records import Declaration, Indicator, LibraryType
from corpus.taxonomy import FUNCTIONS
from corpus.workflow import library
from corpus.workflow.actors import Action
from corpus.workflow.errors import NotFoundError
from corpus.workflow.trail import Entry, history

router = APIRouter(prefix="/library")
Reader = Annotated[Desk, allowed(Action.ADVISE)]
Word = Annotated[str, Query(max_length=100), AfterValidator(plain)]
PAGE = 40
_FOUND = 12


@dataclass(frozen=True)
class LibraryFilter:
    """What is looked for; empty does not ask."""

    text: str = ""
    function_code: str = ""
    department: str = ""
    category: str = ""


@dataclass(frozen=True)
class LibraryPage(Page):
    """Project types, and indicators that fit a search."""

    template: ClassVar[str] = "library/library.html"
    title: ClassVar[str] = "指标库"
    section: ClassVar[str] = "library"
    types: Sequence[LibraryType]
    total: int
    found: Sequence[tuple[LibraryType, int, int]]
    """Indicators that measure what was typed: type, place in it, how many projects use it."""
    wanted: LibraryFilter
    functions: dict[str, str]
    departments: Sequence[str]
    categories: Sequence[str]
    narrowed: bool
    """Whether anything is looked for."""
    page: int
    pages: int
    earlier: str | None
    later: str | None
    """Addresses of the pages before and after."""


@dataclass(frozen=True)
class TypePage(Page):
    """A project type with its indicators and what became of them."""

    template: ClassVar[str] = "library/type.html"
    title: ClassVar[str] = "项目类型"
    section: ClassVar[str] = "library"
    entry: LibraryType
    function: str
    users: Sequence[int]
    """How many published projects use each indicator."""
    changes: Sequence[Entry]


@dataclass(frozen=True)
class CardPage(Page):
    """Everything that is known of an indicator."""

    template: ClassVar[str] = "library/card.html"
    title: ClassVar[str] = "指标卡"
    section: ClassVar[str] = "library"
    entry: LibraryType
    position: int
    card: Card


@router.get("")
def browse(
    request: Request,
    found: Reader,
    text: Word = "",
    function_code: Word = "",
    department: Word = "",
    category: Word = "",
    start: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """Show a page of the library."""
    wanted = LibraryFilter(text.strip(), function_code, department, category)
    parts = found.workspace.parts
    everything = parts.knowledge.types
    fitting = [entry for entry in everything if _fits(entry, wanted)]
    page = LibraryPage(
        types=fitting[start : start + PAGE],
        total=len(fitting),
        found=_measuring(found, wanted.text) if wanted.text else (),
        wanted=wanted,
        functions={code: FUNCTIONS[code] for code in sorted({e.function_code for e in everything})},
        departments=sorted({name for entry in everything for name in entry.departments}),
        categories=sorted({entry.category for entry in everything if entry.category}),
        narrowed=wanted != LibraryFilter(),
        page=start // PAGE + 1,
        pages=max(1, -(-len(fitting) // PAGE)),
        earlier=_address(wanted, start - PAGE) if start else None,
        later=_address(wanted, start + PAGE) if start + PAGE < len(fitting) else None,
    )
    return render(request, page)


@router.get("/{type_id}")
def one_type(request: Request, found: Reader, type_id: str) -> Response:
    """Show a type."""
    with found.reading() as connection:
        entry = library.entry(connection, type_id)
        changes = history(connection, library.object_of(type_id), 20)
    users = [users_of(found.workspace, entry, row) for row in entry.indicators]
    function = FUNCTIONS.get(entry.function_code, "")
    return render(request, TypePage(entry, function, users, changes))


@router.get("/{type_id}/{position}")
def card(request: Request, found: Reader, type_id: str, position: int) -> Response:
    """Show the card of an indicator."""
    with found.reading() as connection:
        entry = library.entry(connection, type_id)
    if not 0 <= position < len(entry.indicators):
        raise NotFoundError("没有这条指标", hint=f"该类型有 {len(entry.indicators)} 条指标")
    made = card_of(found.workspace, entry, entry.indicators[position])
    return render(request, CardPage(entry, position, made))


def _fits(entry: LibraryType, wanted: LibraryFilter) -> bool:
    texts = (entry.project_type, entry.scope, *entry.aliases, *entry.activities)
    return (
        (not wanted.function_code or entry.function_code == wanted.function_code)
        and (not wanted.department or wanted.department in entry.departments)
        and (not wanted.category or entry.category == wanted.category)
        and (not wanted.text or any(wanted.text in text for text in texts))
    )


def _measuring(found: Desk, text: str) -> list[tuple[LibraryType, int, int]]:
    """Return indicators that measure what a text says, best first, then those named with it."""
    parts = found.workspace.parts
    matches = parts.peers.library(Indicator(name=text), Declaration(project_name=""), _FOUND)
    places = [(match.type, match.type.indicators.index(match.indicator)) for match in matches]
    named = (
        (entry, position)
        for entry in parts.knowledge.types
        for position, row in enumerate(entry.indicators)
        if text in row.name and not row.retired_at and (entry, position) not in places
    )
    places += islice(named, _FOUND - len(places))
    return [
        (entry, position, users_of(found.workspace, entry, entry.indicators[position]))
        for entry, position in places
    ]


def _address(wanted: LibraryFilter, start: int) -> str:
    asked = {name: value for name, value in wanted.__dict__.items() if value}
    return "/library?" + urlencode({**asked, "start": max(0, start)})
