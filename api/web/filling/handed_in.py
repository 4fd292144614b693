"""What the unit has handed in for the project before."""

from __future__ import annotations

from api.http.access import Desk
from api.web.filling.posted import Posted
from corpus.records import SelfEvaluation
from corpus.workflow.actors import Action
from corpus.workflow.earlier import earlier_of


def handed_in(desk: Desk, posted: Posted) -> tuple[SelfEvaluation, ...]:
    """Return the project's earlier years among the unit's own submissions, one per year.

    Of a year that was declared and evaluated the self-evaluation counts, for it has the results.
    Empty for visitors who belong to no unit.
    """
    owner = desk.actor.organisation_id
    if owner is None or not desk.actor.may(Action.WRITE):
        return ()
    record = posted.record
    with desk.reading() as connection:
        found = earlier_of(connection, owner, record.project_name, record.year, posted.kind)
    years: dict[int | None, SelfEvaluation] = {}
    for item in found:
        if item.submission.id == posted.submission:
            continue
        past = SelfEvaluation.model_validate(item.record)
        if past.year not in years or any(row.actual for row in past.indicators):
            years[past.year] = past
    return tuple(years.values())
