"""Faults planted into narrative reports, by the passages that their sidecars name."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from benchmarks.report_faults.model import Base, Instance
from benchmarks.report_faults.reports import exchanged, report_bases, section
from benchmarks.report_faults.tables import wording

Fault = Callable[[Base, random.Random], "Instance | None"]
_SENTENCE = re.compile(r"[^。\n]{30,}。")
_SHORTER = re.compile(r"[^。\n]{20,}。")
_COPIED, _FEWEST = 5, 3
_BEFORE = 25


def _made(
    kind: str,
    base: Base,
    text: str,
    passages: tuple[str, ...] = (),
    rows: tuple[str, ...] = (),
    note: str = "",
) -> Instance:
    return Instance(kind, base, replace(base.document, text=text), rows, passages, note)


def _exchange(kind: str, key: str, *, is_placed: bool = True) -> Fault:
    """Return a fault that exchanges all passages a sidecar lists under a key."""

    def plant(base: Base, draw: random.Random) -> Instance | None:
        ways = _ways(base, key)
        if not ways:
            return None
        pairs = draw.choice(ways)
        text = exchanged(base.document.text or "", pairs)
        kept = [pair for pair in pairs if pair[1].strip() or key == "reason"]
        passages = tuple(_passage(base, pair) for pair in kept) if is_placed else ()
        return _made(kind, base, text, passages, note=pairs[0][1] or "deleted")

    return plant


def _ways(base: Base, key: str) -> list[Any]:
    """Return the ways in which a sidecar tells to plant a fault, each as the pairs to exchange.

    The first reports knew one way each, written without the list around it.
    """
    edits = base.facts["edits"].get(key, [])
    return [edits] if edits and isinstance(edits[0][0], str) else edits


def _passage(base: Base, pair: list[str]) -> str:
    """Return what stands where a passage was: the new one, or what precedes it."""
    if pair[1].strip():
        return pair[1].strip()
    text = base.document.text or ""
    before = text[: text.index(pair[0])].rstrip()
    return before[-_BEFORE:].splitlines()[-1]


def repeat(base: Base, draw: random.Random) -> Instance | None:
    """State a figure otherwise than elsewhere in the text; either place is right."""
    edits = base.facts["edits"]["repeat"]
    if isinstance(edits[0], dict):
        way = draw.choice(edits)
        pairs, counterpart = way["pairs"], way["counterpart"]
    else:
        pairs, counterpart = edits, base.facts["repeat_counterpart"]
    text = exchanged(base.document.text or "", pairs)
    passages = (pairs[0][1], counterpart)
    return _made("report.repeat", base, text, passages, note=pairs[0][1])


def table_text(base: Base, draw: random.Random) -> Instance | None:
    """State a result otherwise than the report's own table."""
    pairs = base.facts["edits"].get("table_text")
    if not pairs:
        return None
    find, put, row = draw.choice(pairs)
    text = exchanged(base.document.text or "", [[find, put]])
    return _made("report.table_text", base, text, (put,), (row,), put)


def problems_none(base: Base, draw: random.Random) -> Instance | None:
    """Report no problems although points were deducted."""
    words = draw.choice([text for text in wording("problem_none", base.split) if len(text) > 1])
    text = _refilled(base, "problems", words.rstrip("。") + "。")
    return _made("report.problems_none", base, text, (words.rstrip("。") + "。",), note=words)


def problem_other(base: Base, draw: random.Random) -> Instance | None:
    """Report problems that match no deduction, and none of those that do."""
    chosen = draw.sample(wording("problem_other", base.split), 2)
    parts = [part.format(n=base.facts["year"] + 1) for part in chosen]
    text = _refilled(base, "problems", "\n".join(parts))
    return _made("report.problem_other", base, text, tuple(parts), note=parts[0])


def missing(base: Base, draw: random.Random) -> Instance | None:
    """Leave a required section out."""
    text, role = base.document.text or "", _one_of(base.facts["missing"], draw)
    start, _, end = section(base, role)
    return _made("report.missing", base, text[:start] + text[end:], note=role)


def empty(base: Base, draw: random.Random) -> Instance | None:
    """Leave a required section empty below its heading."""
    role = _one_of(base.facts["empty"], draw)
    words = draw.choice(wording("empty", base.split))
    note = f"{role}: {words}"
    return _made("report.empty", base, _refilled(base, role, words), note=note)


def background(base: Base, draw: random.Random) -> Instance | None:
    """Bury the results under policy prose."""
    text = base.document.text or ""
    prose = draw.sample(wording("background", base.split), 8)
    _, _, end = section(base, "background")
    joined = "\n".join(prose)
    return _made("report.background", base, f"{text[:end].rstrip()}\n{joined}\n\n{text[end:]}")


def vague(base: Base, draw: random.Random) -> Instance | None:
    """Replace the account of results by claims without figures."""
    text = base.document.text or ""
    _, body, end = section(base, "results")
    claims = list(wording("vague", base.split))
    draw.shuffle(claims)
    lines, used = [], []
    for line in text[body:end].splitlines():
        is_prose = line.strip() and not line.startswith(("#", "|")) and len(line) > 16
        if is_prose and claims:
            used.append(claims.pop())
            lines.append(used[-1])
        elif not is_prose:
            lines.append(line)
    if not used:
        return None
    changed = text[:body] + "\n".join(lines) + "\n\n" + text[end:]
    return _made("report.vague", base, changed, tuple(used), note=used[0])


def copied(base: Base, draw: random.Random) -> Instance | None:
    """Take over sentences of another unit's report that has been imported."""
    others = [one for one in report_bases() if one.split == base.split and one.id != base.id]
    other = draw.choice(others)
    taken = _sentences(other, _SENTENCE)
    if len(taken) < _FEWEST:
        taken = _sentences(other, _SHORTER)
    text = base.document.text or ""
    _, _, end = section(base, "results")
    joined = "".join(taken)
    changed = f"{text[:end].rstrip()}\n{joined}\n\n{text[end:]}"
    return _made("report.copied", base, changed, tuple(taken), note=f"from {other.id}")


def _one_of(roles: str | list[str], draw: random.Random) -> str:
    """Return one of the sections a sidecar names for a fault."""
    return roles if isinstance(roles, str) else draw.choice(roles)


def _sentences(base: Base, pattern: re.Pattern[str]) -> list[str]:
    """Return sentences on problems, and on measures where there are few."""
    text = base.document.text or ""
    _, start, stop = section(base, "problems")
    found = pattern.findall(text[start:stop])
    if len(found) < _COPIED:
        _, start, stop = section(base, "measures")
        found += pattern.findall(text[start:stop])
    return [one for one in dict.fromkeys(found) if "|" not in one][:_COPIED]


def _refilled(base: Base, role: str, words: str) -> str:
    """Return the text with a section's body replaced."""
    text = base.document.text or ""
    _, body, end = section(base, role)
    return f"{text[:body]}{words}\n\n{text[end:]}"


REPORT_FAULTS: tuple[Fault, ...] = (
    _exchange("report.rate", "rate"),
    _exchange("report.sources", "sources"),
    _exchange("report.total", "total"),
    _exchange("report.grade", "grade"),
    _exchange("report.savings", "savings"),
    _exchange("report.undated", "dates"),
    _exchange("report.unsurveyed", "survey", is_placed=False),
    _exchange("report.no_reason", "reason"),
    _exchange("report.non_reason", "non_reason"),
    _exchange("report.year_left", "year_left"),
    repeat, table_text, problems_none, problem_other, missing, empty, background, vague, copied,
)  # fmt: skip
