"""Reports in running text: the text with its sections, and the tables inside it as records.

A self-evaluation table inside a report becomes indicators. All tables stay in the text, one line a
row with bars between its cells. Positions of findings count the characters of that text (of the
file itself, where it is nothing but text).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from corpus.importers.execution_block import read_funds
from corpus.importers.flat_table import find_heading, read_list
from corpus.importers.forms import read_forms
from corpus.importers.grid import Grid
from corpus.importers.segment import Segment
from corpus.records import Declaration, SelfEvaluation
from corpus.report import Report, read_report
from corpus.report.facts import read_facts
from corpus.target.broken import rejoin
from corpus.text import Folded

_MIN_CHARS = 200
"""Characters of sentences that make a narrative; notes around a form have fewer."""
_MIN_SENTENCES = 4
_OTHER_CHARS = 600
"""A text that is no self-evaluation is taken only from this length on."""
_SENTENCE_CHARS = 25
_TITLE_ROWS, _TITLE_CHARS = 4, 60
_GAP_ROWS = 3
_FROM_TABLE = ("initial_budget_wan", "budget_wan", "executed_wan", "execution_rate")


@dataclass(frozen=True)
class _Table:
    """Rows of a grid that are one table, or several parts of one form."""

    start: int
    stop: int


def read_narrative(grid: Grid) -> list[Declaration] | None:
    """Return the records of a grid that holds a report, None for a grid that holds none."""
    if not _has_prose(grid):
        return None
    tables = list(_tables(grid))
    forms: list[Declaration] = []
    plain: list[_Table] = []
    for table in tables:
        found = _forms(grid, table)
        forms.extend(found)
        if not found:
            plain.append(table)
    text = grid.source_text if grid.source_text is not None else _text(grid)
    rows = max((len(form.indicators) for form in forms), default=0)
    report = read_report(text, rows)
    if not forms and not _is_worth_reading(report):
        return None
    return _records(forms, report, _funds(grid, plain))


def _has_prose(grid: Grid) -> bool:
    """Tell whether a grid holds sentences enough for a report."""
    lines = [grid.cells(row)[0].text for row in grid.prose if grid.cells(row)]
    told = [line for line in lines if len(line) >= _SENTENCE_CHARS and "。" in line]
    text = "".join(told)
    return len(text) >= _MIN_CHARS and text.count("。") >= _MIN_SENTENCES


def _is_worth_reading(report: Report) -> bool:
    """Tell whether a text without a form is a report, or long enough to say that it is none."""
    if report.type.genre != "other":
        return True
    return len(report.text) >= _OTHER_CHARS and "绩效" in report.folded


def _records(
    forms: list[Declaration], report: Report, funds: dict[str, float]
) -> list[Declaration]:
    """Put the text to the form it belongs to, or make it a record of its own."""
    known = report.type.genre != "other"
    facts = {**read_facts(report), **funds} if known else {}
    if len(forms) == 1:
        return [_with_text(forms[0], report, facts)]
    fields: dict[str, Any] = {**facts, "report_text": report.text}
    fields.setdefault("project_name", "")
    if report.type.genre == "monitoring":
        fields["stage"] = "monitoring"
    return [SelfEvaluation.model_validate(fields), *forms]


def _with_text(form: Declaration, report: Report, facts: dict[str, Any]) -> Declaration:
    """Return a form with the report around it; what the form leaves blank the text may fill."""
    fields = form.model_dump()
    for name, value in facts.items():
        blank = fields.get(name) in (None, "")
        if blank and name not in ("budget_wan", "executed_wan", "execution_rate", "total_score"):
            fields[name] = value
    # Amounts go together: half from the table and half from the text would not be comparable.
    if fields.get("budget_wan") is None and fields.get("executed_wan") is None:
        fields |= {name: facts[name] for name in _FROM_TABLE if name in facts}
    return SelfEvaluation.model_validate({**fields, "report_text": report.text})


def _tables(grid: Grid) -> Iterator[_Table]:
    """Yield the tables of a grid; parts of one form with short lines between them are one."""
    start: int | None = None
    stop = gap = 0
    for row in range(grid.height):
        if row not in grid.prose:
            start, stop, gap = (row if start is None else start), row + 1, 0
        elif start is not None:
            gap += 1
            if gap > _GAP_ROWS or not _is_short(grid, row):
                yield _Table(start, stop)
                start = None
    if start is not None:
        yield _Table(start, stop)


def _is_short(grid: Grid, row: int) -> bool:
    """Tell whether a paragraph may stand within a form: short, no heading, no sentence."""
    text = "".join(cell.text for cell in grid.cells(row)).strip()
    return len(text) < _TITLE_CHARS and "。" not in text and not grid.prose.get(row)


def _forms(grid: Grid, table: _Table) -> list[Declaration]:
    """Return the forms with indicators that a table holds; its problems go to the grid."""
    part = _part(grid, _title_start(grid, table), table.stop)
    heading = find_heading(part)
    found = read_list(part, heading) if heading else read_forms(part)
    kept = [record for record in found if record.indicators]
    if kept:
        named = [record for record in kept if record.project_name]
        skipped = {"no_project_name"} if not named else set()
        grid.problems.extend(p for p in part.problems if p.code not in skipped)
    return kept


def _title_start(grid: Grid, table: _Table) -> int:
    """Return the row where the short lines right above a table begin: its title and year."""
    start = table.start
    while start > 0 and table.start - start < _TITLE_ROWS:
        if start - 1 not in grid.prose or not _is_short(grid, start - 1):
            break
        start -= 1
    return start


def _part(grid: Grid, start: int, stop: int) -> Grid:
    """Return some rows of a grid as a grid of their own; cells keep their place in the file."""
    part = Grid(grid.file, grid.sheet)
    part.add_rows(stop - start)
    for row in range(start, stop):
        for cell in grid.starting(row):
            part.put(replace(cell, row=cell.row - start, rows=min(cell.rows, stop - cell.row)))
    return part


def _funds(grid: Grid, tables: list[_Table]) -> dict[str, float]:
    """Return budget, spending and rate from the first funds table of a report."""
    for table in tables:
        part = _part(grid, table.start, table.stop)
        funds = read_funds(Segment(part, 0, part.height, part.height))
        fields = {name: value for name, value in funds.fields.items() if name in _FROM_TABLE}
        if funds.headed and {"budget_wan", "executed_wan"} <= fields.keys():
            return fields
    return {}


def _text(grid: Grid) -> str:
    """Return paragraphs and tables as text; Word's headings get Markdown marks."""
    lines = []
    for row in range(grid.height):
        cells = [cell.text.strip() for cell in grid.starting(row)]
        if row in grid.prose:
            lines.append(_line(" ".join(cells), grid.prose[row]))
        elif cells:
            lines.append("| " + " | ".join(map(_on_one_line, cells)) + " |")
    return "\n".join(lines)


def _on_one_line(cell: str) -> str:
    """Return a cell without line breaks; one inside a number leaves no space."""
    return rejoin(Folded(cell, cell)).text.replace("\n", " ")


def _line(text: str, level: int) -> str:
    """Return a paragraph, marked where Word sets it as a heading."""
    return f"{'#' * level} {text}" if level and len(text) <= _TITLE_CHARS else text
