"""What becomes of each project of the county: its fate, and when the steps of it are taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from random import Random
from typing import Any

from api.demo.places import AUTHOR_SEEN, DIVISIONS, Place, division_of, place_named
from api.demo.projects import Source, declared, evaluated, kind_of, unfounded
from api.demo.reported import monitored, narrated
from api.demo.unfounded import UNFOUNDED
from corpus.records import SelfEvaluation
from corpus.workflow.status import SubmissionKind


class Fate(Enum):
    """How far a project has come; the value says how many days ago it may have begun."""

    DRAFT = (1, 9)
    WAITING = (2, 6)
    ASSIGNED = (3, 12)
    REVIEWING = (8, 13)
    DISPUTED = (11, 14)
    RETURNED = (20, 40)
    RESUBMITTED = (26, 38)
    IMPROVED = (36, 85)
    PASSED = (24, 80)
    SETTLED = (30, 70)
    REJECTED = (26, 70)

    @property
    def improves(self) -> bool:
        """Tell whether the unit sends a second version."""
        return self in (Fate.RESUBMITTED, Fate.IMPROVED)


@dataclass(frozen=True)
class Wave:
    """A season: declarations or self-evaluations of one fiscal year."""

    evaluation: bool
    year: int
    earlier: int
    """Days before the present season."""
    lowest: float
    """Share of the projects of least risk, which pass at once."""
    highest: tuple[Fate, ...]
    """Fates of the projects of most risk, from the top."""
    others: tuple[Fate, ...]
    """Fates of the rest, in turn."""


@dataclass
class Project:
    """A submission to be made."""

    number: str
    """The calling system's own number."""
    place: Place
    note: str
    """Where the content comes from."""
    wave: Wave
    versions: list[SelfEvaluation]
    reviews: list[dict[str, Any]] = field(default_factory=list)
    fate: Fate | None = None
    """Decided by its risk where it is not given."""
    case_id: str | None = None
    """The published case that it is made from, which is no peer of its own."""
    id: str = ""

    @property
    def kind(self) -> SubmissionKind:
        """Return the kind of submission."""
        return kind_of(self.wave.evaluation)

    @property
    def division(self) -> str:
        """Return the division in charge."""
        return division_of(self.place)

    @property
    def pace(self) -> float:
        """Return how slow the division is: 1 for the quickest."""
        return 1.0 + 0.12 * DIVISIONS.index(self.division)

    @property
    def lateness(self) -> float:
        """Return the days that a review is late by; slow divisions are late oftener."""
        return _LATE if self.random.random() < (self.pace - 1.0) / 2 else 0.0

    @property
    def random(self) -> Random:
        """Return chance that is the same each time."""
        return Random(f"{self.number}/{self.wave.year}/{self.kind}")  # noqa: S311 - a story


_OPEN = (
    Fate.IMPROVED,
    Fate.WAITING,
    Fate.RETURNED,
    Fate.IMPROVED,
    Fate.ASSIGNED,
    Fate.RESUBMITTED,
    Fate.IMPROVED,
    Fate.REVIEWING,
    Fate.WAITING,
    Fate.DRAFT,
)
_RECHECKS = (
    Fate.PASSED,
    Fate.WAITING,
    Fate.RETURNED,
    Fate.ASSIGNED,
    Fate.PASSED,
    Fate.REVIEWING,
)
_WORST = (Fate.REJECTED, Fate.DISPUTED, Fate.REJECTED, Fate.DISPUTED, Fate.SETTLED)
_UNFOUNDED = (
    Fate.REJECTED,
    Fate.RETURNED,
    Fate.WAITING,
    Fate.REVIEWING,
    Fate.WAITING,
    Fate.ASSIGNED,
    Fate.RETURNED,
)
_MADE_UP = "为演示而编，不取自公开资料"
_LAST_SEASON_EVERY = 2
"""One project in so many was declared the year before as well."""
_LATE = 7.0
_SPRING = 150
"""Days before the present season that most self-evaluations were handed in."""


def waves(now: datetime) -> tuple[Wave, Wave, Wave]:
    """Return the season under way, last year's, and the self-evaluations of the year before."""
    year = now.year + (now.month >= 7)
    return (
        Wave(False, year, 0, 0.14, _WORST, _OPEN),
        Wave(False, year - 1, 320, 0.3, (Fate.REJECTED, Fate.SETTLED) * 2, (Fate.IMPROVED,)),
        Wave(True, year - 2, 0, 0.2, (Fate.RETURNED,) * 3, _RECHECKS),
    )


def projects(found: Sequence[Source], now: datetime) -> list[Project]:
    """Return all submissions of the county, each with its first version."""
    this, last, evaluations = waves(now)
    made = [_project(source, this, str(source.case.id)) for source in found]
    for number, (each, fate) in enumerate(zip(UNFOUNDED, _UNFOUNDED, strict=True), 1):
        record = unfounded(each, this.year, f"demo-{number:02}")
        place = place_named(each.place)
        made.append(Project(str(record.id), place, _MADE_UP, this, [record], fate=fate))
    made += [
        _project(source, last, f"{source.case.id}-{last.year}")
        for source in found[::_LAST_SEASON_EVERY]
    ]
    made += [
        _project(source, evaluations, str(source.case.id)) for source in found if source.has_results
    ]
    reports = (narrated(evaluations.year, "demo-report"), monitored(now, "demo-monitoring"))
    for record, fate in zip(reports, (Fate.REVIEWING, Fate.WAITING), strict=True):
        place = place_named(AUTHOR_SEEN)
        made.append(Project(str(record.id), place, _MADE_UP, evaluations, [record], fate=fate))
    return made


def _project(source: Source, wave: Wave, number: str) -> Project:
    read = evaluated if wave.evaluation else declared
    record = read(source, wave.year, number)
    return Project(number, source.place, source.note, wave, [record], case_id=str(source.case.id))


def decide_fates(made: Sequence[Project]) -> None:
    """Give every project a fate: the riskiest are refused, the soundest pass at once."""
    for wave in {id(project.wave): project.wave for project in made}.values():
        ranked = sorted(
            (project for project in made if project.wave is wave and project.fate is None),
            key=lambda project: (project.reviews[0]["risk"], project.number),
        )
        sound = round(len(ranked) * wave.lowest)
        worst = len(ranked) - len(wave.highest)
        for place, project in enumerate(ranked):
            if place < sound:
                project.fate = Fate.PASSED
            elif place >= worst:
                project.fate = wave.highest[len(ranked) - 1 - place]
            else:
                project.fate = wave.others[place % len(wave.others)]


def begun(project: Project, now: datetime) -> datetime:
    """Return when a project was begun: on a working morning, in UTC."""
    least, most = (project.fate or Fate.DRAFT).value
    chance = project.random
    days = chance.randint(least, most) + project.wave.earlier
    if project.wave.evaluation and project.fate is Fate.PASSED:
        days += _SPRING
    day = (now - timedelta(days=days)).replace(hour=1, minute=0, second=0, microsecond=0)
    if day.weekday() > 4:
        day -= timedelta(days=day.weekday() - 4)
    return day + timedelta(minutes=chance.randint(5, 170), seconds=chance.randint(0, 59))
