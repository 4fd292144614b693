"""How many rows of the bundled cases the grammar reads as a careful person would.

    python -m corpus.target.report            rewrites the figures in docs/target-grammar.md
    python -m corpus.target.report --check    exits with 1 if they are out of date

The judgements are in tests/corpus/target/gold.jsonl, one per distinct cell: written by reading the
cells, not by running the parser. They stand in a checkout only, so the command runs in one.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.bundle import bundled_cases
from corpus.records import Case, ParsedTarget
from corpus.target.parser import parse_target

CHECKOUT = Path(__file__).parents[2]
GOLD = CHECKOUT / "tests/corpus/target/gold.jsonl"
DOCUMENT = CHECKOUT / "docs/target-grammar.md"
BEGIN, END = "<!-- begin: python -m corpus.target.report -->", "<!-- end -->"
FACETS = ("kind", "operator", "value", "value_high", "unit", "date", "date_from", "placeholder")

Field = Literal["target", "actual"]
Gold = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One cell of a case with its judgement and its reading."""

    field: Field
    text: str
    name: str
    gold: Gold | None
    """None where the cell has not been judged."""
    parsed: ParsedTarget

    @property
    def agrees(self) -> bool:
        """Tell whether the reading is the judgement."""
        return self.gold is not None and matches(self.parsed, self.gold)


def load_gold(path: Path = GOLD) -> dict[tuple[str, str, str | None], Gold]:
    """Read the judgements by field, text and, where it matters, indicator name."""
    entries = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {(entry["field"], entry["text"], entry.get("name")): entry for entry in entries}


def matches(parsed: ParsedTarget, gold: Gold) -> bool:
    """Tell whether a reading equals a judgement in every facet, and in every part if it has any."""
    if any(_differs(getattr(parsed, facet), gold.get(facet)) for facet in FACETS):
        return False
    parts = gold.get("parts")
    if parts is None:
        return True
    return len(parts) == len(parsed.parts) and all(map(matches, parsed.parts, parts))


def _differs(found: Any, expected: Any) -> bool:
    """Tell whether two facets differ; numbers up to a millionth."""
    if isinstance(found, float) and isinstance(expected, int | float):
        return abs(found - expected) > 1e-6 * max(1.0, abs(expected))
    return bool(found is not False or expected) and found != expected


def read_rows(cases: Iterable[Case], gold: dict[tuple[str, str, str | None], Gold]) -> list[Row]:
    """Return every target, with its name at hand, and every actual, by itself."""
    return [
        Row(
            field,
            text,
            name,
            gold.get((field, text, name)) or gold.get((field, text, None)),
            parse_target(text, name),
        )
        for field, text, name in _cells(cases)
    ]


def _cells(cases: Iterable[Case]) -> Iterator[tuple[Field, str, str]]:
    """Yield the cells of the cases."""
    for case in cases:
        for indicator in case.indicators:
            yield "target", indicator.target, indicator.name
            if indicator.actual is not None:
                yield "actual", indicator.actual, ""


def describe(value: ParsedTarget | Gold | None) -> str:
    """Return a reading or judgement in one line."""
    if value is None:
        return "—"
    facets = value if isinstance(value, dict) else value.model_dump()
    number = facets.get("value")
    high = facets.get("value_high")
    period = "/".join(str(facets[key]) for key in ("date_from", "date") if facets.get(key))
    words = [
        facets["kind"],
        facets.get("operator"),
        None if number is None else f"{number:.10g}" + ("" if high is None else f"~{high:.10g}"),
        facets.get("unit"),
        period,
    ]
    line = " ".join(str(word) for word in words if word)
    parts = facets.get("parts") or ()
    return f"{line} [{'; '.join(map(describe, parts))}]" if parts else line


def render(rows: list[Row]) -> str:
    """Return the generated section of the document."""
    lines = ["| cells | rows | distinct | read as judged | share |", "|---|---|---|---|---|"]
    for field, title in (("target", "targets (指标值)"), ("actual", "actuals (实际完成值)")):
        chosen = [row for row in rows if row.field == field]
        distinct = len({row.text for row in chosen})
        agreeing = sum(row.agrees for row in chosen)
        share = f"{agreeing / len(chosen):.2%}"
        lines.append(f"| {title} | {len(chosen)} | {distinct} | {agreeing} | {share} |")
    kinds = Counter(row.parsed.kind for row in rows if row.field == "target")
    listed = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    lines += ["", f"Kinds among the targets: {listed}.", "", "The rest, with the judgement:", ""]
    lines += ["| field | cell | judged | read |", "|---|---|---|---|"]
    rest = sorted({(row.field, row.text): row for row in rows if not row.agrees}.items())
    lines += [
        f"| {row.field} | {row.text} | {describe(row.gold)} | {describe(row.parsed)} |"
        for _, row in rest
    ]
    return "\n".join(lines)


def with_figures(document: str, figures: str) -> str:
    """Return the document with its generated section replaced."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{figures}\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Rewrite or check the figures of the document; return the exit status."""
    current = DOCUMENT.read_text(encoding="utf-8")
    wanted = with_figures(current, render(read_rows(bundled_cases(), load_gold())))
    if "--check" in arguments:
        return int(wanted != current)
    DOCUMENT.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
