"""Years inside targets, names and goals."""

from __future__ import annotations

import re

from corpus.records import ParsedTarget

_YEAR = re.compile(
    r"(?P<before>较|比|自|从|截至|截止|对照|依据|根据|按照?|〔|\[|《[^》]*)?(?<!\d)(?P<year>20\d{2})年?度?"
    r"(?P<after>相比|基数|以来|同期|以前|出台|印发|[〕\]）)号]|[-~至—])?"
)


def target_year(parsed: ParsedTarget) -> int | None:
    """Return the year in which a dated target ends, None where it names no year."""
    if parsed.kind != "date" or not parsed.date or not parsed.date[:4].isdigit():
        return None
    return int(parsed.date[:4])


def planned_years(text: str) -> list[tuple[int, tuple[int, int]]]:
    """Return the years that a folded text plans for, with where they stand.

    Years of comparison (较2023年), of documents (〔2021〕) and beginnings of periods are left out.
    """
    return [
        (int(match["year"]), match.span("year"))
        for match in _YEAR.finditer(text)
        if not match["before"] and not match["after"] and text[match.end("year") :][:1] == "年"
    ]
