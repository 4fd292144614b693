"""Who can be asked to judge a submission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, literal, select

from corpus.errors import InputError
from corpus.workflow.actors import Action, Actor, Role
from corpus.workflow.submissions import Submission
from corpus.workflow.tables import AccountRow, OrganisationRow


@dataclass(frozen=True)
class Reviewer:
    """Somebody who gives verdicts."""

    id: str
    name: str
    """Organisation and post."""


def reviewers(connection: Connection, actor: Actor) -> Sequence[Reviewer]:
    """Return those of the actor's own organisation and of those below."""
    actor.require(Action.LEAD)
    query = _reviewers().where(OrganisationRow.path.startswith(actor.path or "", autoescape=True))
    return [Reviewer(row.id, row.name) for row in connection.execute(query)]


def fit_reviewers(connection: Connection, found: Submission) -> Sequence[Reviewer]:
    """Return those who may judge a submission: of the organisations above its own."""
    owner = connection.execute(
        select(OrganisationRow.path).where(OrganisationRow.id == found.organisation_id)
    ).scalar_one()
    query = _reviewers().where(
        literal(owner).startswith(OrganisationRow.path),
        OrganisationRow.id != found.organisation_id,
    )
    return [Reviewer(row.id, row.name) for row in connection.execute(query)]


def check_reviewers(connection: Connection, found: Submission, wanted: Sequence[str]) -> None:
    """Refuse to ask somebody who could not judge the submission."""
    fit = {reviewer.id for reviewer in fit_reviewers(connection, found)} if wanted else set()
    if not fit.issuperset(wanted):
        raise InputError("所选账号不能审核这个项目", hint="请选择主管该单位的审核人员")


def _reviewers() -> Select[str, str]:
    return (
        select(AccountRow.id, (OrganisationRow.name + " · " + AccountRow.title).label("name"))
        .join(OrganisationRow, OrganisationRow.id == AccountRow.organisation_id)
        .where(AccountRow.active, AccountRow.role.in_([Role.REVIEWER, Role.LEAD]))
        .order_by(OrganisationRow.path, AccountRow.title, AccountRow.id)
    )
