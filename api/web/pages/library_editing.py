"""Changing the indicator library: types, indicators, merging what is double."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from fastapi import APIRouter, Form, Request, Response

from api.http.access import Desk, allowed
from api.web.rendering import Page, redirect, render
from corpus.records import LibraryIndicator, LibraryType
from corpus.taxonomy import FUNCTIONS
from corpus.workflow import library
from corpus.workflow.actors import Action
from corpus.workflow.errors import NotFoundError
from corpus.workflow.library import TypeFacts
from models.near_types import NearTypes

router = APIRouter(prefix="/library")
Editor = Annotated[Desk, allowed(Action.LIBRARY)]
Text = Annotated[str, Form(max_length=2000)]
Amount = Annotated[float | Literal[""], Form()]
LEVELS = {
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
    "产出指标": ("数量指标", "质量指标", "时效指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
DIRECTIONS = (("≥", "≥ 越高越好"), ("≤", "≤ 越低越好"), ("=", "= 等于"), ("定性", "定性"))
_SHOWN = 60


@dataclass(frozen=True)
class TypeForm(Page):
    """A project type to be added or changed."""

    template: ClassVar[str] = "library/type_form.html"
    title: ClassVar[str] = "项目类型"
    section: ClassVar[str] = "library"
    entry: LibraryType | None
    functions: dict[str, str]


@dataclass(frozen=True)
class IndicatorForm(Page):
    """An indicator to be added or changed."""

    template: ClassVar[str] = "library/indicator_form.html"
    title: ClassVar[str] = "指标"
    section: ClassVar[str] = "library"
    entry: LibraryType
    position: int | None
    row: LibraryIndicator | None
    levels: dict[str, tuple[str, ...]]
    directions: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class DoublesPage(Page):
    """Types that may be one and the same."""

    template: ClassVar[str] = "library/doubles.html"
    title: ClassVar[str] = "疑似重复的项目类型"
    section: ClassVar[str] = "library"
    pairs: Sequence[NearTypes]
    total: int


@router.get("/new")
def new_type(request: Request, found: Editor) -> Response:
    """Show an empty form."""
    return render(request, TypeForm(None, FUNCTIONS))


@router.get("/doubles")
def doubles(request: Request, found: Editor) -> Response:
    """Show the pairs, most alike first."""
    pairs = found.workspace.parts.near_types
    return render(request, DoublesPage(pairs[:_SHOWN], len(pairs)))


@router.post("/doubles")
def merge(request: Request, found: Editor, kept: Text, other: Text) -> Response:
    """Merge one type into another."""
    with found.writing() as scribe:
        merged = library.merge(scribe, kept, other)
    return redirect(request, "/library/doubles", f"已并入“{merged.project_type}”")


@router.get("/{type_id}/edit")
def edit_type(request: Request, found: Editor, type_id: str) -> Response:
    """Show what a type says of itself."""
    return render(request, TypeForm(_entry(found, type_id), FUNCTIONS))


@router.post("")
@router.post("/{type_id}")
def save_type(
    request: Request,
    found: Editor,
    function_code: Text,
    type_id: str = "",
    project_type: Text = "",
    category: Text = "",
    scope: Text = "",
    aliases: Text = "",
    departments: Text = "",
) -> Response:
    """Add a type, or change what it says of itself."""
    facts = TypeFacts(
        project_type, function_code, category, scope, _listed(aliases), _listed(departments)
    )
    with found.writing() as scribe:
        if type_id:
            saved = library.change_type(scribe, type_id, facts)
        else:
            saved = library.add_type(scribe, facts)
    told = "已保存" if type_id else "已增加项目类型，请接着增加指标"
    return redirect(request, f"/library/{saved.id}", told)


@router.get("/{type_id}/add")
def new_indicator(request: Request, found: Editor, type_id: str) -> Response:
    """Show an empty form."""
    entry = _entry(found, type_id)
    return render(request, IndicatorForm(entry, None, None, LEVELS, DIRECTIONS))


@router.get("/{type_id}/{position}/edit")
def edit_indicator(request: Request, found: Editor, type_id: str, position: int) -> Response:
    """Show an indicator as it is."""
    entry = _entry(found, type_id)
    if not 0 <= position < len(entry.indicators):
        raise NotFoundError("没有这条指标", hint=f"该类型有 {len(entry.indicators)} 条指标")
    row = entry.indicators[position]
    return render(request, IndicatorForm(entry, position, row, LEVELS, DIRECTIONS))


@router.post("/{type_id}/indicators")
@router.post("/{type_id}/{position}/indicator")
def save_indicator(
    request: Request,
    found: Editor,
    type_id: str,
    level2: Text,
    name: Text,
    direction: Annotated[Literal["≥", "≤", "=", "定性"], Form()],
    position: int | None = None,
    unit: Text = "",
    definition: Text = "",
    formula: Text = "",
    weak: Amount = "",
    typical: Amount = "",
    strong: Amount = "",
    basis: Text = "",
    evidence: Text = "",
    core: Annotated[bool, Form()] = False,
) -> Response:
    """Add an indicator, or put it in place of the one at a position."""
    row = LibraryIndicator(
        level1=next((first for first, seconds in LEVELS.items() if level2 in seconds), ""),
        level2=level2,
        name=name.strip(),
        direction=direction,
        unit=unit.strip(),
        definition=definition,
        formula=formula,
        weak=_given(weak),
        typical=_given(typical),
        strong=_given(strong),
        basis=basis,
        evidence=evidence,
        core=core,
    )
    with found.writing() as scribe:
        library.put_indicator(scribe, type_id, row, position)
    done = "增加" if position is None else "保存"
    return redirect(request, f"/library/{type_id}", f"已{done}指标“{row.name}”")


@router.post("/{type_id}/{position}/retire")
def retire(
    request: Request, found: Editor, type_id: str, position: int, out: Annotated[bool, Form()]
) -> Response:
    """Take an indicator out of use, or bring it back."""
    with found.writing() as scribe:
        row = library.retire(scribe, type_id, position, out).indicators[position]
    told = f"已{'停用' if out else '恢复'}指标“{row.name}”"
    return redirect(request, f"/library/{type_id}", told)


def _entry(found: Desk, type_id: str) -> LibraryType:
    with found.reading() as connection:
        return library.entry(connection, type_id)


def _listed(text: str) -> tuple[str, ...]:
    """Return the items of a list that was typed with any of the usual separators."""
    return tuple(filter(None, (item.strip() for item in re.split(r"[、，,；;\n]", text))))


def _given(value: float | Literal[""]) -> float | None:
    return None if value == "" else value
