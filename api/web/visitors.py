"""Who looks at a page, in the words shown at its top."""

from __future__ import annotations

from dataclasses import dataclass

from api.http.access import Desk
from api.web.wording import ROLES
from corpus.workflow import accounts, organisations


@dataclass(frozen=True)
class Visitor:
    """Where a person belongs and in which post."""

    organisation: str = ""
    title: str = ""
    role: str = ""
    signed_in: bool = False


NOBODY = Visitor()


def visitor(desk: Desk | None) -> Visitor:
    """Return who looks; nobody in particular without a session."""
    if desk is None or desk.actor.account_id is None or desk.actor.organisation_id is None:
        return NOBODY
    with desk.reading() as connection:
        place = organisations.organisation(connection, desk.actor, desk.actor.organisation_id)
        title = accounts.account(connection, desk.actor, desk.actor.account_id).title
    return Visitor(place.name, title, ROLES[desk.actor.role] if desk.actor.role else "", True)
