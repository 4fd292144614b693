"""Filling the demonstration's database: reviews first, then everything in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from api.demo import places
from api.demo.improving import improved
from api.demo.plan import Project, decide_fates, projects
from api.demo.projects import sources
from api.demo.steps import steps
from api.http.access import seal_of
from api.http.reviewing import review_of
from corpus.bundle import bundled_cases
from corpus.records import Indicator
from corpus.workflow import accounts, demonstration, organisations
from corpus.workflow.actors import ALLOWED, SYSTEM, Actor
from corpus.workflow.audit import Scribe, Seal

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from api.workspace import Workspace

_FOUNDED = timedelta(days=460)
"""How long before now the county was set up: before its first project."""


def build(workspace: Workspace, now: datetime) -> int:
    """Fill an empty database; returns the number of submissions. `now` is the end of the story.

    The same bundled cases give the same story, moved in time by `now`.
    """
    made = projects(sources(bundled_cases()), now)
    with workspace.progress.step("建立演示数据（审核公开案例）") as advance:
        for done, project in enumerate(made, 1):
            project.reviews.append(_reviewed(workspace, project))
            advance(done, len(made))
    decide_fates(made)
    improving = [project for project in made if project.fate and project.fate.improves]
    with workspace.progress.step("建立演示数据（修改后再审）") as advance:
        for done, project in enumerate(improving, 1):
            _improve(workspace, project)
            advance(done, len(improving))
    with workspace.store.writing() as connection:
        _write(connection, seal_of(workspace), made, now)
        demonstration.mark(connection)
    return len(made)


def _improve(workspace: Workspace, project: Project) -> None:
    """Add the version that the unit sends after its project was returned."""
    record = project.versions[0]
    offers = workspace.parts.lexical_recommender.recommend(record).suggestions
    rows = (
        Indicator(
            level1=each.level1,
            level2=each.level2,
            name=each.name,
            target=each.target.suggested or "",
        )
        for each in offers
    )
    project.versions.append(improved(record, project.reviews[0], rows))
    project.reviews.append(_reviewed(workspace, project))


def _reviewed(workspace: Workspace, project: Project) -> dict[str, Any]:
    """Review the newest version under its case's number: a review leaves out the project itself."""
    record = project.versions[-1].model_dump(mode="json")
    result = review_of(workspace, project.kind, {**record, "id": project.case_id or record["id"]})
    return {**result, "id": record["id"]}


@dataclass
class _Clock:
    """Starts at a moment and moves on with every look, so that what is done later sorts later."""

    at: datetime

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


def _write(connection: Connection, seal: Seal, made: Sequence[Project], now: datetime) -> None:
    founding = Scribe(connection, SYSTEM, seal, clock=_Clock(now - _FOUNDED))
    actors = _found(founding)
    ids = {login: str(actor.account_id) for login, actor in actors.items()}
    story = sorted((step for project in made for step in steps(project, now)), key=lambda s: s.at)
    for step in story:
        scribe = Scribe(connection, actors[step.login], seal, clock=_Clock(step.at))
        step.act(scribe, ids)


def _found(scribe: Scribe) -> dict[str, Actor]:
    """Make the organisations and posts; returns who acts by login."""
    made: dict[str, organisations.Organisation] = {}
    for place in places.PLACES:
        parent = None if place.parent is None else made[place.parent].id
        made[place.name] = organisations.add_organisation(scribe, place.name, place.kind, parent)
    return dict(_posts(scribe, made))


def _posts(
    scribe: Scribe, made: dict[str, organisations.Organisation]
) -> Iterable[tuple[str, Actor]]:
    for post in places.POSTS:
        place = made[post.place]
        account, _ = accounts.add_account(scribe, place.id, post.login, post.title, post.role)
        actor = Actor(f"account:{account.id}", place.id, place.path, post.role, ALLOWED[post.role])
        yield post.login, actor
