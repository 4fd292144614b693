"""The program under test, reached the way a user reaches it: a file in, findings out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from benchmarks.report_faults.model import Document
from benchmarks.report_faults.render import to_file
from corpus.bundle import bundled_cases, bundled_library
from corpus.errors import JixiaoError
from corpus.importers import read_declarations
from corpus.knowledge import Knowledge
from corpus.records import Declaration
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
    """What the program said of a document, and the narrative it read."""

    remarks: tuple[Remark, ...]
    text: str
    trouble: str = ""
    """Why there is nothing, where the file could not be read."""


@cache
def _reviewer() -> Reviewer:
    return Reviewer(None, PeerIndex(Knowledge(types=bundled_library(), cases=bundled_cases())))


def ask(document: Document, name: str) -> Answer:
    """Return the findings on a document."""
    try:
        read = read_declarations(to_file(document, name))
    except JixiaoError as error:
        return Answer((), "", f"{error.code}: {error.message}")
    records: Sequence[Declaration] = read.records
    if not records:
        return Answer((), "", "no record read")
    record = max(records, key=lambda one: (len(one.indicators), len(one.report_text or "")))
    if document.declared is not None:
        declared = Declaration.model_validate(document.declared)
        record = record.model_copy(update={"history": (declared,)})
    result = _reviewer().review_report(record)
    text = record.report_text or ""
    remarks = [_remark(finding.to_dict(), result.rows, text) for finding in result.findings]
    return Answer(tuple(remarks), text)


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
