"""Makes the instances and counts what was found."""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.report_faults.model import SPLITS, Base, Document, Instance, Split
from benchmarks.report_faults.monitoring import MONITORING_FAULTS, monitoring_bases
from benchmarks.report_faults.report_faults import REPORT_FAULTS
from benchmarks.report_faults.reports import report_bases
from benchmarks.report_faults.subject import Answer, Remark
from benchmarks.report_faults.table_faults import TABLE_FAULTS
from benchmarks.report_faults.tables import table_bases

Fault = Callable[[Base, random.Random], Instance | None]
_SEED = 11
_TURNS = 6
PER_SPLIT = 10
"""Instances of a kind on either side, of tables and monitoring tables."""
OF_REPORTS: dict[Split, int] = {
    "dev": 40, "voices": 24, "fresh": 10, "held_out": 10, "unseen": 10,
}  # fmt: skip
"""Instances of a kind in reports; more where wording is learned."""
_MAPPING = Path(__file__).parent / "mapping.csv"


@dataclass(frozen=True)
class Outcome:
    """One instance with what the program said and whether that names the fault."""

    instance: Instance
    remarks: tuple[Remark, ...]
    """Findings that the clean base does not have."""
    found: bool
    trouble: str = ""


def all_bases() -> tuple[Base, ...]:
    """Return every clean document."""
    return (*table_bases(), *report_bases(), *monitoring_bases())


def instances(per_split: int | None = None) -> Iterator[Instance]:
    """Yield the instances, the same ones every time: one base each, in seeded order."""
    tables = dict.fromkeys(SPLITS, PER_SPLIT)
    for faults, bases, wanted in (
        (TABLE_FAULTS, table_bases(), tables),
        (REPORT_FAULTS, report_bases(), OF_REPORTS),
        (MONITORING_FAULTS, monitoring_bases(), tables),
    ):
        for number, fault in enumerate(faults):
            for split in SPLITS:
                sided = [base for base in bases if base.split == split]
                yield from _planted(fault, number, sided, per_split or wanted[split])


def _planted(fault: Fault, number: int, bases: Sequence[Base], wanted: int) -> Iterator[Instance]:
    """Yield instances of one kind from bases in seeded order, no two alike."""
    order = list(bases)
    random.Random(f"{_SEED}{number}").shuffle(order)  # noqa: S311
    made: list[Document] = []
    for turn in range(_TURNS):
        for base in order:
            if len(made) == wanted:
                return
            draw = random.Random(f"{_SEED}{number}{base.id}{turn}")  # noqa: S311
            instance = fault(base, draw)
            if instance is not None and instance.document not in made:
                made.append(instance.document)
                yield instance


@cache
def mapping() -> dict[str, dict[str, str]]:
    """Return, for each kind of fault, the codes that name it and where they must point.

    `named` codes must point to the planted place; `record` codes speak of the one figure, section
    or document that the kind is about, so their place goes without saying.
    """
    codes: dict[str, dict[str, str]] = defaultdict(dict)
    with _MAPPING.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            codes[row["kind"]][row["code"]] = row["place"]
    return dict(codes)


def judge(instance: Instance, answer: Answer, clean: Answer) -> Outcome:
    """Compare the answers to a faulty document and to its clean base."""
    before = {remark.key for remark in clean.remarks}
    fresh = tuple(remark for remark in answer.remarks if remark.key not in before)
    codes = mapping().get(instance.kind, {})
    found = any(
        codes[remark.code] == "record" or _is_placed(remark, instance)
        for remark in fresh
        if remark.code in codes
    )
    return Outcome(instance, fresh, found, answer.trouble)


def _is_placed(remark: Remark, instance: Instance) -> bool:
    """Tell whether a finding points to where the fault was planted."""
    if not instance.is_placed:
        return True
    names = [*instance.rows, *_names_beside(instance)]
    named = any(_same(name, remark.row) or _bare(name) in _bare(remark.message) for name in names)
    passages = [_bare(text) for text in instance.passages if "|" not in text]
    around = remark.passage
    return named or any(_meets(passage, around) for passage in passages)


def _meets(passage: str, around: str) -> bool:
    """Tell whether a paragraph holds a passage, or a part of one that runs over several."""
    lines = [line for line in re.split(r"[\n。]", passage) if line]
    return bool(around) and (passage in around or any(line in around for line in lines))


def _names_beside(instance: Instance) -> Iterator[str]:
    """Yield the cells that stand beside a passage inside a table of the narrative."""
    text = instance.document.text or ""
    for passage in instance.passages:
        if "|" in passage:
            place = text.find(passage)
            line = text[text.rfind("\n", 0, place) + 1 : text.find("\n", place)]
            yield from (cell.strip() for cell in line.split("|") if len(cell.strip()) > 3)


def _same(left: str, right: str) -> bool:
    return bool(right) and _bare(left) == _bare(right)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
