from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

import pytest

from corpus.records import SelfEvaluation
from corpus.store import Store
from corpus.workflow import accounts, organisations, submissions
from corpus.workflow.actors import ALLOWED, SYSTEM, Actor, Role
from corpus.workflow.audit import Scribe, Seal
from corpus.workflow.organisations import Kind, Organisation
from corpus.workflow.reviews import keep_review
from corpus.workflow.status import SubmissionKind
from corpus.workflow.submissions import Submission

SEAL = Seal("a secret for tests that is long enough")


@dataclass(frozen=True)
class Region:
    """A small region: a bureau, two divisions, a department and a unit below each."""

    bureau: Organisation
    divisions: tuple[Organisation, Organisation]
    departments: tuple[Organisation, Organisation]
    units: tuple[Organisation, Organisation]


def make_report(
    name: str = "农村公路养护", target: str = "≥100公里", **fields: object
) -> SelfEvaluation:
    """A short declaration."""
    row = {"level1": "产出指标", "level2": "数量指标", "name": "养护里程", "target": target}
    return SelfEvaluation.model_validate({"project_name": name, "indicators": [row], **fields})


def make_review(
    *codes: str, risk: float = 0.5, labels: tuple[str, ...] = ("easy",)
) -> dict[str, object]:
    """A review in the shape of contract.md, as far as the workflow reads it."""
    return {
        "risk": risk,
        "opinion": "revise" if codes else "pass",
        "rows": [{"fingerprint": "f0", "labels": list(labels)}],
        "findings": [
            {"code": code, "severity": "error", "row": 0, "field": "target", "message": f"{code}。"}
            for code in codes
        ],
    }


@pytest.fixture
def seal() -> Seal:
    return SEAL


@pytest.fixture
def report() -> Callable[..., SelfEvaluation]:
    return make_report


@pytest.fixture
def review_of() -> Callable[..., dict[str, object]]:
    return make_review


@pytest.fixture
def writing(store: Store) -> Callable[..., AbstractContextManager[Scribe]]:
    """Opens a transaction in which an actor writes."""

    @contextmanager
    def open_for(actor: Actor = SYSTEM) -> Iterator[Scribe]:
        with store.writing() as connection:
            yield Scribe(connection, actor, SEAL, "request-1")

    return open_for


@pytest.fixture
def region(writing: Callable[..., AbstractContextManager[Scribe]]) -> Region:
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
def person(
    writing: Callable[..., AbstractContextManager[Scribe]],
) -> Callable[..., Actor]:
    """Makes an account and returns it as an actor."""
    made: list[str] = []

    def make(place: Organisation, role: Role) -> Actor:
        made.append(f"{role}{len(made)}")
        with writing() as scribe:
            added, _ = accounts.add_account(scribe, place.id, made[-1], "经办岗", role)
        return Actor(f"account:{added.id}", place.id, place.path, role, ALLOWED[role])

    return make


@pytest.fixture
def submitted(
    writing: Callable[..., AbstractContextManager[Scribe]],
    region: Region,
    person: Callable[..., Actor],
) -> Callable[..., Submission]:
    """Makes a submission of the first unit that waits for review, with two findings."""

    def make(**fields: object) -> Submission:
        author = person(region.units[0], Role.AUTHOR)
        with writing(author) as scribe:
            made = submissions.create(
                scribe, region.units[0].id, SubmissionKind.DECLARATION, make_report(**fields), ""
            )
            keep_review(scribe, made.id, 1, make_review("EZ01", "MS01"))
            return submissions.submit(scribe, made.id, made.revision)

    return make
