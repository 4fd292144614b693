"""Published cases as the county's own projects: its names and years, their indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from api.demo.places import COUNTY, Place, department_of, place_named, place_of
from api.demo.unfounded import Unfounded
from corpus.records import Case, SelfEvaluation
from corpus.workflow.organisations import Kind
from corpus.workflow.status import SubmissionKind

_FEWEST_ROWS, _FEWEST_RESULTS = 3, 2
_YEAR = re.compile(r"(?:19|20)\d{2}\s*年?度?")
_COUNTIES = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:自治区|自治州|自治县|省|市|州|县|区|盟)")
_ANY_COUNTY = re.compile(r"^(?:[\u4e00-\u9fff]{1,3}县(?![级城])|[区县市](?!级))")
_UNFIT = re.compile("部门整体|XX|名称栏空白|大胆")
"""Not projects, without a name of their own, or misspelt twins of others."""
_LARGEST = 20_000.0
"""万元; more is a province's money, not a county's."""
_DECLARED_ONLY = {"actual": None, "score": None, "reason": None, "forecast": None}


@dataclass(frozen=True)
class Source:
    """A case that is fit to be shown as a project of the county."""

    case: Case
    place: Place
    name: str

    @property
    def has_results(self) -> bool:
        """Tell whether it can serve as a self-evaluation."""
        told = sum(1 for row in self.case.indicators if (row.actual or "").strip())
        return told >= _FEWEST_RESULTS

    @property
    def note(self) -> str:
        """Say where the content comes from."""
        year = f"{self.case.year}年" if self.case.year else ""
        origin = f"{self.case.region or ''}{year}" or "地区不详"
        return f"取自公开的{self.case.source_kind or '资料'}（{origin}）"


def sources(cases: Iterable[Case]) -> tuple[Source, ...]:
    """Return the bundled cases that make presentable projects, each name once in a place.

    A few were published with figures slipped into the column of names; they would look broken.
    """
    found: dict[tuple[str, str], Source] = {}
    for case in sorted(cases, key=lambda case: str(case.id)):
        name = _local_name(case)
        filled = [row for row in case.indicators if re.search(r"[^\W\d]", row.name)]
        if len(filled) < _FEWEST_ROWS or _UNFIT.search(case.project_name):
            continue
        if len(name) >= 4 and (case.budget_wan or 0) <= _LARGEST:
            source = Source(case, place_of(case), name)
            found.setdefault((source.place.name, name), source)
    return tuple(found.values())


def declared(source: Source, year: int, number: str) -> SelfEvaluation:
    """Return a case as a declaration of the county for a fiscal year."""
    rows = [row.model_dump() | _DECLARED_ONLY for row in source.case.indicators]
    return SelfEvaluation.model_validate(
        {**_facts(source, year, number), "goal": source.case.goal, "indicators": rows}
    )


def evaluated(source: Source, year: int, number: str) -> SelfEvaluation:
    """Return a case as a self-evaluation of the county for a fiscal year."""
    facts = _facts(source, year, number)
    return SelfEvaluation.model_validate({**source.case.model_dump(), **facts})


def unfounded(made_up: Unfounded, year: int, number: str) -> SelfEvaluation:
    """Return a made-up declaration of the county."""
    place = place_named(made_up.place)
    return SelfEvaluation(
        id=number,
        project_name=made_up.project_name,
        department=department_of(place),
        region=COUNTY,
        year=year,
        function_code=made_up.function_code,
        budget_wan=made_up.budget_wan,
        goal=made_up.goal,
        description=made_up.description,
        indicators=made_up.indicators,
    )


def kind_of(evaluation: bool) -> SubmissionKind:
    """Return the kind of submission."""
    return SubmissionKind.EVALUATION if evaluation else SubmissionKind.DECLARATION


def _facts(source: Source, year: int, number: str) -> dict[str, object]:
    case, place = source.case, source.place
    return {
        "id": number,
        "project_name": source.name,
        "department": department_of(place),
        "implementing_unit": place.name if place.kind is Kind.UNIT else None,
        "region": COUNTY,
        "year": year,
        "function_code": case.function_code,
        "project_type": case.project_type,
        "budget_wan": case.budget_wan,
    }


def _local_name(case: Case) -> str:
    """Return the name without the place and the year it was published for."""
    name = case.project_name
    for part in _COUNTIES.findall(case.region or ""):
        name = name.replace(part, "")
    return _ANY_COUNTY.sub("", _YEAR.sub("", name).strip(" -—"))
