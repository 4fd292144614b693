"""Thresholds of the review: what they are now, who changed them when, changing and resetting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Request, Response

from api.http.access import Desk, allowed
from api.web.rendering import Page, redirect, render
from corpus.workflow import review_settings, trail
from corpus.workflow.actors import Action
from corpus.workflow.moments import Moment
from corpus.workflow.review_settings import Change
from review.settings.editing import EDITABLE, SETTINGS_OF, SWITCHES, meaning, read_value, written

router = APIRouter(prefix="/rules/settings")
Keeper = Annotated[Desk, allowed(Action.RULES)]
_ELSEWHERE = {
    "scheme": "指标推荐",
    "triage_review": "自评分类",
    "triage_evaluation": "自评分类",
    "pass_warnings": "整体意见",
    "reject_share": "整体意见",
}
"""What settings decide that no single rule reads."""


@dataclass(frozen=True)
class Threshold:
    """A setting, where its value comes from, and what it may be."""

    name: str
    meaning: str
    value: str
    base: str
    """The value of the file, or the default."""
    rules: tuple[str, ...]
    elsewhere: str
    """What it decides besides rules."""
    changed_by: str
    changed_at: Moment | None


@dataclass(frozen=True)
class SettingsPage(Page):
    """All thresholds."""

    template: ClassVar[str] = "rules/settings.html"
    title: ClassVar[str] = "规则门槛"
    section: ClassVar[str] = "rules"
    thresholds: Sequence[Threshold]
    from_file: bool
    """Whether the installation has a file of review settings."""
    regions: Mapping[str, Sequence[str]]
    """Regions of the file, with the meanings of what they set for themselves."""
    history: Sequence[tuple[Change, str, str, str, str]]
    """Each change with what it was about, the value before and after, and by whom."""


@dataclass(frozen=True)
class ThresholdRow(Page):
    """One threshold, after it was changed."""

    template: ClassVar[str] = "rules/_threshold.html"
    threshold: Threshold
    saved: bool


@router.get("", name="rule_settings")
def settings(request: Request, found: Keeper) -> Response:
    """Show them."""
    file = found.workspace.file_config
    with found.reading() as connection:
        review_settings.require_change(found.actor)
        changes = review_settings.history(connection, found.actor)
        names = trail.names_of(connection, {change.actor for change in changes})
    page = SettingsPage(
        _thresholds(found),
        found.workspace.settings.review_config is not None,
        {
            region: [meaning(name) for name in overrides]
            for region, overrides in file.regions.items()
        },
        [
            (
                change,
                "停用的规则" if change.name == SWITCHES else meaning(change.name),
                _shown(change.before),
                _shown(change.after),
                names.get(change.actor, ""),
            )
            for change in changes
        ],
    )
    return render(request, page)


@router.post("/{name}")
def change(
    request: Request, name: str, found: Keeper, value: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Change one; the value of the file or the default resets it."""
    base = found.workspace.file_config
    wanted = read_value(base, name, value)
    with found.writing() as scribe:
        if wanted == _plain(getattr(base, name)):
            review_settings.reset(scribe, name)
        else:
            review_settings.change(scribe, name, wanted)
    return _changed(request, found, name)


@router.post("/{name}/reset")
def reset(request: Request, name: str, found: Keeper) -> Response:
    """Go back to the value of the file, or the default."""
    with found.writing() as scribe:
        review_settings.reset(scribe, name)
    if name == SWITCHES:
        return redirect(request, "/rules")
    return _changed(request, found, name)


def _changed(request: Request, found: Desk, name: str) -> Response:
    """Show one anew, and have the page fetch the list of changes."""
    shown = ThresholdRow(_threshold(found, name), True)
    return render(request, shown, HX_Trigger="threshold-changed")


def _thresholds(found: Desk) -> list[Threshold]:
    config, base = found.workspace.review_config, found.workspace.file_config
    with found.reading() as connection:
        changed = review_settings.changed(connection)
        names = trail.names_of(connection, {each.changed_by for each in changed.values()})
    made = []
    for name in EDITABLE:
        own = changed.get(name)
        made.append(
            Threshold(
                name,
                meaning(name),
                written(getattr(config, name)),
                written(getattr(base, name)),
                tuple(code for code, read in SETTINGS_OF.items() if name in read),
                _ELSEWHERE.get(name, ""),
                names.get(own.changed_by, "") if own else "",
                own.changed_at if own else None,
            )
        )
    return made


def _threshold(found: Desk, name: str) -> Threshold:
    return next(each for each in _thresholds(found) if each.name == name)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _shown(value: object) -> str:
    if value is None:
        return "（原值）"
    return written(value) or "（空）"
