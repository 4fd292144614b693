"""The hand-written reports with their sidecars.

Each report is one text in `reports/<split>/` with a JSON file beside it: the facts, the sections by
what they are for, and for each kind of fault the passages to exchange. A fault is thus planted in
the report's own words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.report_faults.model import SPLITS, Base, Document

_CHINESE = "[一二三四五六七八九十]"
_FOLDER = Path(__file__).parent / "reports"


@cache
def report_bases() -> tuple[Base, ...]:
    """Return the clean reports, development ones first."""
    bases = []
    for side in SPLITS:
        for path in sorted((_FOLDER / side).glob("*.md")):
            facts = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            document = Document(facts["format"], text=path.read_text(encoding="utf-8"))
            bases.append(Base(path.stem, side, "report", document, facts))
    return tuple(bases)


def exchanged(text: str, pairs: list[list[str]]) -> str:
    """Return a text with passages exchanged; each must stand in it exactly once."""
    for pair in pairs:
        if text.count(pair[0]) != 1:
            raise ValueError(f"“{pair[0][:40]}” stands {text.count(pair[0])} times")
        text = text.replace(pair[0], pair[1])
    return text


def section(base: Base, role: str) -> tuple[int, int, int]:
    """Return where a section starts, where its body starts and where it ends.

    In reports without headings a section is the paragraph that begins with the sidecar's words.
    """
    text = base.document.text or ""
    facts: Mapping[str, Any] = base.facts
    if "paragraphs" in facts:
        lead = facts["paragraphs"][role]
        start = text.index(lead)
        end = text.find("\n", start)
        return start, start + len(lead), len(text) if end < 0 else end + 1
    title = re.escape(facts["sections"][role])
    found = re.search(rf"(?m)^(#+ )?{title}", text)
    if found is None:
        raise ValueError(f"{base.id}: no section {role}")
    line_end = text.find("\n", found.start()) + 1
    is_inline = not found[1] and len(text[found.start() : line_end]) > 60
    end = _section_end(text, found[1] or "", found[0], line_end)
    return found.start(), found.end() if is_inline else line_end, end


def _section_end(text: str, marks: str, title: str, start: int) -> int:
    """Return where the next heading of the same or a higher level stands."""
    if marks:
        level = len(marks.strip())
        pattern = rf"#{{1,{level}}} "
    elif title.startswith("（"):
        pattern = rf"（{_CHINESE}）|{_CHINESE}、"
    elif title.startswith("第"):
        pattern = rf"第{_CHINESE}+(?:部分|章)"
    elif title.startswith("【"):
        pattern = "【"
    elif title[0].isdigit():
        pattern = r"\d{1,2}[.、](?!\d)"
    else:
        pattern = f"{_CHINESE}、"
    nearest = re.compile(f"(?m)^(?:{pattern})").search(text, start)
    return nearest.start() if nearest else len(text)
