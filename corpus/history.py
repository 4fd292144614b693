"""Earlier years of a project among the cases that are known.

Two ways to know a project again, both strict: a wrong history accuses a unit of something that
another one did.

- the same id (pro_code of the national platform), where region and name do not speak against it;
- the same unit and place, and names that differ in nothing but years, marks and words that say
  nothing (项目, 专项, 资金 …). Many units have a project 办公经费, so a name counts only with its
  unit: implementing unit, or department where none is named. Departments named by both sides must
  agree, and so must regions; where a side names no region, the unit's name must say where it is
  (岳阳县交通运输局 does, 教育局 does not).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from corpus.records import Case, Declaration
from corpus.text import normalise

EDITION = "@"
"""Between an id and the year of a later edition of the same project in the store."""
YEARS_BACK = 3
"""How far back earlier years are evidence."""

_YEAR = re.compile(r"(?:19|20)\d{2}(?:[-—~至](?:19|20)?\d{2})?年?度?|(?:本|上)年度?|年度")
_MARKS = re.compile(r"[\W_]+")
_EMPTY_WORDS = re.compile(r"延续性|经常性|一次性|财政|预算|专项|经费|资金|项目|支出")
_PLACED = re.compile(
    r"(?!(?:经济|高新|技术|产业|工业)*(?:开发区|高新区|园区))"
    r"[一-龥]{2,}?(?:省|自治区|市|州|盟|县|区|旗|乡|镇|街道)"
)
_RENAMED = 0.6
"""Likeness of the names of one id's years, letter by letter, that shows one project."""


class HistoryIndex:
    """Finds the earlier years of a project; made once, asked in microseconds."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self._by_id: defaultdict[str, list[Case]] = defaultdict(list)
        self._by_unit: defaultdict[tuple[str, str], list[Case]] = defaultdict(list)
        for case in cases:
            if case.year is None or not case.indicators:
                continue
            self._by_id[str(case.id).partition(EDITION)[0]].append(case)
            key = _key(case)
            if key is not None:
                self._by_unit[key].append(case)

    def years_of(self, declaration: Declaration, *, same_year: bool = False) -> tuple[Case, ...]:
        """Return the project's earlier years, latest first, one case per year.

        `same_year` adds the declaration of the same year, for a self-evaluation. Empty where the
        declaration names no year, for nothing is then known to be earlier.
        """
        if declaration.year is None:
            return ()
        years: defaultdict[int, dict[str, Case]] = defaultdict(dict)
        for case in self._candidates(declaration):
            if self._counts(case, declaration, same_year) and case.year is not None:
                years[case.year][str(case.id)] = case
        found = (_only(list(years[year].values())) for year in sorted(years, reverse=True))
        return tuple(case for case in found if case is not None)

    def _candidates(self, declaration: Declaration) -> Iterator[Case]:
        if declaration.id:
            known = self._by_id.get(declaration.id.partition(EDITION)[0], ())
            yield from (case for case in known if _same_project(case, declaration))
        key = _key(declaration)
        if key is not None:
            named = self._by_unit.get(key, ())
            yield from (case for case in named if _same_place(case, declaration))

    @staticmethod
    def _counts(case: Case, declaration: Declaration, same_year: bool) -> bool:
        """Tell whether a case of the same project is of a year that is evidence."""
        now, then = declaration.year, case.year
        if now is None or then is None:
            return False
        if then == now:
            return same_year and not any(row.actual for row in case.indicators)
        return now - YEARS_BACK <= then < now


def with_history(
    declaration: Declaration,
    index: HistoryIndex,
    *,
    same_year: bool = False,
    exclude_source: str | None = None,
) -> tuple[Declaration, tuple[Case, ...]]:
    """Return a declaration with the earlier years that its sender left out, and those years.

    What the sender gives of a year stands; without its year being given, it stands for all.
    `exclude_source` leaves out the cases of one page, as evaluation must.
    """
    given = {past.year for past in declaration.history}
    if None in given:
        return declaration, ()
    added = tuple(
        case
        for case in index.years_of(declaration, same_year=same_year)
        if case.year not in given and (exclude_source is None or case.source != exclude_source)
    )
    if not added:
        return declaration, ()
    return declaration.model_copy(update={"history": (*declaration.history, *added)}), added


def _only(cases: list[Case]) -> Case | None:
    """Return the one case of a year; of several the one with results, if all are one project.

    Several with different budgets may be batches of one name: none of them is certain.
    """
    if len(cases) > 1 and len({case.budget_wan for case in cases}) > 1:
        return None
    return max(cases, key=lambda case: sum(bool(row.actual) for row in case.indicators))


def _key(record: Declaration) -> tuple[str, str] | None:
    """Return unit and name as they are compared, None where they say too little."""
    unit, name = _folded(record.implementing_unit or record.department or ""), record.project_name
    plain = plain_name(name)
    return (unit, plain) if unit and plain else None


def _same_project(one: Declaration, other: Declaration) -> bool:
    """Tell whether two records of one id are of one project: ids may be mere numbers of rows."""
    regions = [_folded(each.region or "") for each in (one, other)]
    if all(regions) and not _within(*regions):
        return False
    names = [plain_name(each.project_name) for each in (one, other)]
    return SequenceMatcher(None, names[0], names[1], autojunk=False).ratio() >= _RENAMED


def _within(one: str, other: str) -> bool:
    """Tell whether one region is the other, perhaps written with the regions above it."""
    short, long = sorted((one, other), key=len)
    return long.endswith(short)


def _same_place(one: Declaration, other: Declaration) -> bool:
    """Tell whether two records of one unit's name are of one unit."""
    departments = [_folded(each.department or "") for each in (one, other)]
    if all(departments) and departments[0] != departments[1]:
        return False
    regions = [_folded(each.region or "") for each in (one, other)]
    if all(regions):
        return _within(*regions)
    named = (one.department, one.implementing_unit)
    return any(name and _PLACED.search(_folded(name)) for name in named)


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a project's name without years, marks and words that say nothing.

    A name of such words alone (专项资金) is kept whole, without its year.
    """
    bare = _MARKS.sub("", _YEAR.sub("", normalise(name)))
    return _EMPTY_WORDS.sub("", bare) or bare


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return _MARKS.sub("", normalise(text))
