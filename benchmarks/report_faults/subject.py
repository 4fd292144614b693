"""The program under test, reached the way a user reaches it: a file in, findings out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from benchmarks.report_faults.model import Base, Document, Split
from benchmarks.report_faults.render import to_file
from benchmarks.report_faults.reports import report_bases
from corpus.bundle import bundled_cases, bundled_library
from corpus.errors import InputError, JixiaoError
from corpus.importers import read_declarations
from corpus.knowledge import Knowledge
from corpus.records import Case, Declaration
from models.peers import PeerIndex
from review.reviewer import Reviewer


@dataclass(frozen=True)
class Remark:
    """A finding with the indicator and the paragraph that it points to."""

    code: str
    severity: str
    message: str
    row: str
    """Name of the indicator, empty for a finding on the whole."""
    passage: str
    """The paragraph of the narrative around the finding's span, without white space."""
    quote: str
    """What the span covers."""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what tells a finding of a faulty document from those of its clean base."""
        return self.code, self.row, self.message, self.quote


@dataclass(frozen=True)
class Answer:
    """What the program said of a document."""

    remarks: tuple[Remark, ...]
    trouble: str = ""
    """Why there is nothing, where the file could not be read."""


@cache
def _index() -> PeerIndex:
    return PeerIndex(Knowledge(types=bundled_library(), cases=bundled_cases()))


@dataclass(frozen=True)
class _Known:
    """What the program knows when other reports have been imported."""

    knowledge: Knowledge

    def peers(self, *arguments: Any, **options: Any) -> Sequence[Any]:
        return _index().peers(*arguments, **options)

    def library(self, *arguments: Any, **options: Any) -> Sequence[Any]:
        return _index().library(*arguments, **options)


@cache
def _reviewer(own: str, split: Split) -> Reviewer:
    """Return a reviewer who has imported the clean reports of a side, save the one reviewed."""
    others = [base for base in report_bases() if base.split == split and base.id != own]
    cases = (*bundled_cases(), *(_imported(base.id) for base in others))
    return Reviewer(None, _Known(Knowledge(types=bundled_library(), cases=cases)))


@cache
def _imported(base_id: str) -> Case:
    base = next(base for base in report_bases() if base.id == base_id)
    record = _read(base.document, base.id)
    return Case.model_validate(record.model_dump() | {"id": f"report-{base.id}", "origin": "user"})


def _read(document: Document, name: str) -> Declaration:
    """Return the record of a file; of several the one that holds most."""
    records = read_declarations(to_file(document, name)).records
    if not records:
        raise InputError("no record read")
    return max(records, key=lambda one: (len(one.indicators), len(one.report_text or "")))


def ask(document: Document, base: Base) -> Answer:
    """Return the findings on a document made from a base."""
    try:
        record = _read(document, base.id)
    except JixiaoError as error:
        return Answer((), f"{error.code}: {error.message}")
    if document.declared is not None:
        declared = Declaration.model_validate(document.declared)
        record = record.model_copy(update={"history": (declared,)})
    own = base.id if base.subject == "report" else ""
    result = _reviewer(own, base.split).review_report(record)
    text = record.report_text or ""
    remarks = [_remark(finding.to_dict(), result.rows, text) for finding in result.findings]
    return Answer(tuple(remarks))


def _remark(finding: dict[str, Any], rows: Sequence[Any], text: str) -> Remark:
    row = "" if finding["row"] is None else rows[finding["row"]].indicator.name
    passage = quote = ""
    if finding["span"] and finding["field"] == "report_text":
        start, end = finding["span"]
        quote = text[start:end]
        first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end)
        passage = re.sub(r"\s", "", text[first : last if last >= 0 else None])
    return Remark(finding["code"], finding["severity"], finding["message"], row, passage, quote)
