from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from corpus.store import Store
from corpus.workflow import accounts, organisations
from corpus.workflow.actors import ALLOWED, SYSTEM, Actor, Role
from corpus.workflow.audit import Scribe, Seal
from corpus.workflow.organisations import Kind, Organisation
from corpus.workflow.submissions import Submission
from tests.corpus.workflow.steps import Region, Steps, Writing

SEAL = Seal("a secret for tests that is long enough")


@pytest.fixture
def seal() -> Seal:
    return SEAL


@pytest.fixture
def writing(store: Store) -> Writing:
    """Opens a transaction in which an actor writes."""

    @contextmanager
    def open_for(actor: Actor = SYSTEM) -> Iterator[Scribe]:
        with store.writing() as connection:
            yield Scribe(connection, actor, SEAL, "request-1")

    return open_for


@pytest.fixture
def region(writing: Writing) -> Region:
    with writing() as scribe:
        bureau = organisations.add_organisation(scribe, "某县财政局", Kind.BUREAU)
        made = []
        for number in ("一", "二"):
            division = organisations.add_organisation(
                scribe, f"业务{number}科", Kind.DIVISION, bureau.id
            )
            department = organisations.add_organisation(
                scribe, f"主管部门{number}", Kind.DEPARTMENT, division.id
            )
            unit = organisations.add_organisation(
                scribe, f"预算单位{number}", Kind.UNIT, department.id
            )
            made.append((division, department, unit))
    (d1, m1, u1), (d2, m2, u2) = made
    return Region(bureau, (d1, d2), (m1, m2), (u1, u2))


@pytest.fixture
def person(writing: Writing) -> Callable[..., Actor]:
    """Makes an account and returns it as an actor."""
    made: list[str] = []

    def make(place: Organisation, role: Role) -> Actor:
        made.append(f"{role}{len(made)}")
        with writing() as scribe:
            added, _ = accounts.add_account(scribe, place.id, made[-1], "经办岗", role)
        return Actor(f"account:{added.id}", place.id, place.path, role, ALLOWED[role])

    return make


@pytest.fixture
def author(region: Region, person: Callable[..., Actor]) -> Actor:
    """Writes for the first unit."""
    return person(region.units[0], Role.AUTHOR)


@pytest.fixture
def reviewer(region: Region, person: Callable[..., Actor]) -> Actor:
    """Reviews what comes from the first unit."""
    return person(region.divisions[0], Role.REVIEWER)


@pytest.fixture
def colleague(region: Region, person: Callable[..., Actor]) -> Actor:
    """Another reviewer of the same division."""
    return person(region.divisions[0], Role.REVIEWER)


@pytest.fixture
def lead(region: Region, person: Callable[..., Actor]) -> Actor:
    """Leads the division of the first unit."""
    return person(region.divisions[0], Role.LEAD)


@pytest.fixture
def chief(region: Region, person: Callable[..., Actor]) -> Actor:
    """Leads the whole bureau."""
    return person(region.bureau, Role.LEAD)


@pytest.fixture
def stranger(region: Region, person: Callable[..., Actor]) -> Actor:
    """Reviews in the other division."""
    return person(region.divisions[1], Role.REVIEWER)


@pytest.fixture
def steps(writing: Writing) -> Steps:
    return Steps(writing)


@pytest.fixture
def waiting(steps: Steps, author: Actor) -> Submission:
    """A submission of the first unit that waits for review, with two findings."""
    return steps.hand_in(author)
