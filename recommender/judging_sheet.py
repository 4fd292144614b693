"""Sheets to judge suggestions by hand, blind and side by side with plain baselines.

    python -m recommender.judging_sheet make ENCODER_FOLDER --out sheet.csv --key key.csv [--ids F]
    python -m recommender.judging_sheet summarise sheet.csv key.csv

A sheet shows a case's facts and one suggestion a line as a user would see it: the first ten of
every method, each different text once, shuffled within the case. Nothing tells which method a line
is from. `grade` is to be filled in: 2 fits as it stands, 1 right aspect but must be adapted, or
minor, 0 does not fit. The key, kept apart, names method, place and source of every line.

The recommender is the one that ships, except that each case's own page is left out and its ranking
was fitted without the case's page and project. Suggestions are not screened by a review here. The
cases are drawn from the graded ones, or named in a file, one id a line; others are ranked by the
weights that ship, so they should share no page or project with a graded case.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from corpus.errors import InputError, Location
from corpus.knowledge import Knowledge
from corpus.records import Case
from corpus.taxonomy import canonical_levels
from models.encoder import SentenceEncoder
from models.retrieval import Retriever
from recommender import baselines
from recommender.evaluate import Bench
from recommender.metrics import DEPTH
from recommender.ranking import Ranker, bundled_ranker

CASES = 30
OURS, BM25, CORE = "推荐", "BM25 选类型", "最佳类型核心优先"
_GRADES = {"0", "1", "2"}


@dataclass(frozen=True)
class Shown:
    """A suggestion as a user sees it."""

    level2: str
    name: str
    target: str
    unit: str
    source_key: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the sheet."""

    id: str
    case: str
    project_name: str
    department: str
    year: str
    budget_wan: str
    description: str
    goal: str
    level2: str
    name: str
    target: str
    unit: str
    grade: str = ""
    note: str = ""


@dataclass(frozen=True)
class KeyLine:
    """Which method gave a line of the sheet, and at which place from 1."""

    id: str
    case: str
    method: str
    rank: str
    source_key: str


@dataclass(frozen=True)
class Summary:
    """What a graded sheet says about a method; shares are of the lines that were graded."""

    method: str
    lines: int
    graded: int
    fits: float
    """Share of grade 2."""
    useful: float
    """Share of grade 1 or 2."""
    per_case: float
    """Mean number of grade 2 per case."""


Suggested = Mapping[str, Sequence[Shown]]
"""Method → what it suggests for a case, best first."""


def make(
    suggested: Iterable[tuple[Case, Suggested]], seed: int = 0
) -> tuple[list[Line], list[KeyLine]]:
    """Return sheet and key; the same input and seed give the same lines."""
    rng = np.random.default_rng(seed)
    lines: list[Line] = []
    keys: list[KeyLine] = []
    for case, by_method in suggested:
        texts: dict[Shown, list[tuple[str, int, str]]] = defaultdict(list)
        for method, shown in by_method.items():
            for rank, each in enumerate(shown[:DEPTH], 1):
                text = Shown(each.level2, each.name, each.target, each.unit)
                texts[text].append((method, rank, each.source_key))
        listed = list(texts)
        for place in rng.permutation(len(listed)):
            text = listed[place]
            line = _line(case, text)
            lines.append(line)
            keys += [
                KeyLine(line.id, str(case.id), method, str(rank), key)
                for method, rank, key in texts[text]
            ]
    return lines, sorted(keys, key=lambda key: key.id)


def summarise(lines: Iterable[Line], keys: Iterable[KeyLine]) -> list[Summary]:
    """Return the figures of every method, the best first."""
    grades = {line.id: int(line.grade) for line in lines if line.grade}
    by_method: dict[str, list[KeyLine]] = defaultdict(list)
    for key in keys:
        by_method[key.method].append(key)
    found = [_summary(method, given, grades) for method, given in by_method.items()]
    return sorted(found, key=lambda each: -each.fits)


def _summary(method: str, given: Sequence[KeyLine], grades: Mapping[str, int]) -> Summary:
    known = [(key.case, grades[key.id]) for key in given if key.id in grades]
    cases = {case for case, _ in known}
    twos = sum(grade == 2 for _, grade in known)
    return Summary(
        method,
        lines=len(given),
        graded=len(known),
        fits=twos / len(known) if known else 0.0,
        useful=sum(grade > 0 for _, grade in known) / len(known) if known else 0.0,
        per_case=twos / len(cases) if cases else 0.0,
    )


def _line(case: Case, text: Shown) -> Line:
    """Return a line; its id tells nothing but stays the same while the text does."""
    content = "\0".join((str(case.id), text.level2, text.name, text.target, text.unit))
    return Line(
        id=hashlib.sha256(content.encode()).hexdigest()[:10],
        case=str(case.id),
        project_name=case.project_name,
        department=case.department or "",
        year=str(case.year or ""),
        budget_wan="" if case.budget_wan is None else f"{case.budget_wan:g}",
        description=case.description,
        goal=case.goal,
        level2=text.level2,
        name=text.name,
        target=text.target,
        unit=text.unit,
    )


def suggested_for(
    bench: Bench, lexical: Retriever, cases: Sequence[Case]
) -> Iterator[tuple[Case, Suggested]]:
    """Yield for every case what the recommender and the baselines suggest."""
    rankers = bench.held_out_rankers()
    usual = bundled_ranker(bench.retriever.encoder_fingerprint is not None)
    for case in cases:
        yield (
            case,
            {
                OURS: _ours(bench, rankers.get(str(case.id), usual), case),
                BM25: _of_library(bench.knowledge, baselines.as_listed(lexical, case)),
                CORE: _of_library(bench.knowledge, baselines.core_first(bench.retriever, case)),
            },
        )


def _ours(bench: Bench, ranker: Ranker, case: Case) -> list[Shown]:
    found = bench.recommender(ranker).recommend(baselines.undrafted(case), None, case.source)
    return [
        Shown(each.level2, each.name, each.target.suggested or "", each.unit, each.source_key or "")
        for each in found.suggestions[:DEPTH]
    ]


def _of_library(knowledge: Knowledge, keys: Sequence[str]) -> list[Shown]:
    """Return library indicators with their typical values as targets."""
    kinds = {kind.id: kind for kind in knowledge.types}
    shown = []
    for key in keys[:DEPTH]:
        owner, _, name = key.partition(":")
        row = next(row for row in kinds[owner].indicators if row.name == name)
        sign = "" if row.direction == "=" else row.direction
        target = "" if row.typical is None else f"{sign}{row.typical:g}{row.unit}"
        level2 = canonical_levels(row.level1, row.level2)[1]
        shown.append(Shown(level2, name, target, row.unit, key))
    return shown


def drawn(cases: Sequence[Case], count: int, seed: int = 0) -> list[Case]:
    """Return so many cases at random, in their own order."""
    chosen = np.random.default_rng(seed).permutation(len(cases))[:count]
    return [cases[place] for place in sorted(chosen.tolist())]


def write(path: Path, rows: Sequence[Line] | Sequence[KeyLine]) -> None:
    """Write lines as CSV, with a byte order mark so that spreadsheets read Chinese."""
    names = [field.name for field in fields(rows[0])]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)


def read_sheet(path: Path) -> list[Line]:
    """Read a sheet, graded or not; a grade other than 0, 1, 2 is refused with its row."""
    lines = [Line(**row) for row in _read(path, Line)]
    for number, line in enumerate(lines, 2):
        if line.grade and line.grade not in _GRADES:
            where = Location(file=path.name, row=number, field="grade")
            raise InputError("评分只能是 0、1 或 2", hint="未评的留空", where=where)
    return lines


def read_key(path: Path) -> list[KeyLine]:
    """Read a key."""
    return [KeyLine(**row) for row in _read(path, KeyLine)]


def _read(path: Path, kind: type[Line | KeyLine]) -> list[dict[str, str]]:
    names = [field.name for field in fields(kind)]
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if not set(names) <= set(reader.fieldnames or ()):
                where = Location(file=path.name, row=1)
                raise InputError("缺少列", hint=f"应有 {'、'.join(names)}", where=where)
            return [{name: (row[name] or "").strip() for name in names} for row in reader]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("无法读取文件", where=Location(file=str(path))) from error


def main(arguments: Sequence[str] | None = None) -> None:
    """Make a sheet, or summarise a graded one."""
    parser = argparse.ArgumentParser(prog="recommender.judging_sheet")
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="write a sheet and its key")
    making.add_argument("encoder", type=Path, help="folder of the default encoder")
    making.add_argument("--out", type=Path, required=True)
    making.add_argument("--key", type=Path, required=True)
    making.add_argument("--cases", type=int, default=CASES)
    making.add_argument("--seed", type=int, default=0)
    making.add_argument("--ids", type=Path, help="file with the ids of the cases, one a line")
    summing = commands.add_parser("summarise", help="print the figures of a graded sheet")
    summing.add_argument("sheet", type=Path)
    summing.add_argument("key", type=Path)
    options = parser.parse_args(arguments)
    if options.command == "make":
        bench, lexical = Bench.bundled(SentenceEncoder(options.encoder))
        cases = (
            [bench.knowledge.cases_by_id[name] for name in options.ids.read_text().split()]
            if options.ids
            else drawn(list(bench.judged().cases()), options.cases, options.seed)
        )
        lines, keys = make(suggested_for(bench, lexical, cases), options.seed)
        write(options.out, lines)
        write(options.key, keys)
        return
    for found in summarise(read_sheet(options.sheet), read_key(options.key)):
        print(  # noqa: T201 - what the command is for
            f"{found.method}：评 {found.graded}/{found.lines} 条，直接适用 {found.fits:.1%}，"
            f"可用 {found.useful:.1%}，每个案例平均直接适用 {found.per_case:.1f} 条"
        )


if __name__ == "__main__":
    main()
