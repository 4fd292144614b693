"""Splits a project into its sub-projects, as a goal of several enumerated tasks states them.

一是新建高标准农田5000亩；二是培训高素质农民300人 is one form of two parts, each with indicators
of its own. An enumeration that speaks of one thing only (first build the road, then its lights and
drains) is not split: `recommender.sub_projects` asks the library whether the parts differ in kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.records import Declaration
from corpus.text import normalise
from recommender.deliverable import Deliverable
from recommender.objects import deliverables
from recommender.project import Project, pairs
from recommender.wording import split_action, stands_behind, strip_filler

MOST = 8
"""Parts at most; a longer list is an account of work, not of sub-projects."""
_MARKS = (
    re.compile(r"(?:^|(?<=[。；;，,:：\s]))[一二三四五六七八九十]是(?:要)?"),
    re.compile(r"子项目\s*[一二三四五六七八九十\d]+\s*[:：、.]?"),
    re.compile(r"(?:^|(?<=[。；;，,:：\s]))[(（]?[一二三四五六七八九十][)）、.．]"),
    re.compile(r"(?:^|(?<=[。；;，,:：\s]))[(（]?\d{1,2}(?:[)）、．]|\.(?!\d))"),
    re.compile(r"[①②③④⑤⑥⑦⑧⑨]"),
    re.compile(r"[；;\n]"),
)
_CLAUSE = re.compile(r"[，,。；;：:（(]")
_TAIL = re.compile(r"[等项目工程工作任务\s]+$")
_LONGEST, _SHORTEST = 16, 4
_SHARED = 0.5
"""Share of words from which two parts speak of one thing."""


@dataclass(frozen=True)
class Part:
    """A sub-project: what it is called and what the project's text says of it."""

    title: str
    text: str


def parts_of(declaration: Declaration, limit: int) -> tuple[Part, ...]:
    """Return the tasks that goal or description enumerates, empty if there are not several."""
    found: tuple[Part, ...] = ()
    for text in (declaration.goal[:limit], declaration.description[:limit]):
        for mark in _MARKS:
            parts = _apart(_enumerated(normalise(text), mark, declaration))
            if len(parts) > len(found):
                found = parts
            if parts:
                break
    return found if 2 <= len(found) <= MOST else ()


def _enumerated(text: str, mark: re.Pattern[str], declaration: Declaration) -> list[Part]:
    """Return the tasks between marks; what stands before the first mark introduces them."""
    places = list(mark.finditer(text))
    if not places:
        return []
    separates = mark is _MARKS[-1]
    starts = ([0] if separates else []) + [place.end() for place in places]
    ends = [place.start() for place in places[0 if separates else 1 :]] + [len(text)]
    texts = [text[start:end].strip(" \n；;，,。") for start, end in zip(starts, ends, strict=True)]
    made = [_part(piece, declaration, counted=separates) for piece in texts if piece]
    return [part for part in made if part is not None]


def _part(text: str, declaration: Declaration, counted: bool) -> Part | None:
    """Return a task with its name, None where the text states no deed.

    Between plain semicolons only what is `counted` is a task.
    """
    own = Declaration(project_name=declaration.project_name, goal=text)
    stated = [item for item in deliverables(Project.of(own, len(text)), 3) if not item.is_benefit]
    title = _titled(stated[0]) if stated else "" if counted else _named(text)
    return Part(title, text) if title else None


def _titled(item: Deliverable) -> str:
    """Return a deliverable as the name of a task: 新建高标准农田."""
    if stands_behind(item.action):
        return f"{item.object}{item.action}"
    return f"{item.action}{item.object}"


def _named(text: str) -> str:
    """Return the first clause as the name of a task where it says what is done to something."""
    clause = _TAIL.sub("", strip_filler(_CLAUSE.split(text, maxsplit=1)[0].strip()))
    action, thing = split_action(clause)
    known = bool(action) and len(thing) > 1 and "率" not in clause
    return clause if known and _SHORTEST <= len(clause) <= _LONGEST else ""


def _apart(parts: list[Part]) -> tuple[Part, ...]:
    """Return the parts that speak of different things; the first of several about one stands."""
    kept: list[Part] = []
    for part in parts:
        if not any(_is_one(part, other) for other in kept):
            kept.append(part)
    return tuple(kept) if len(kept) > 1 else ()


def _is_one(a: Part, b: Part) -> bool:
    """Tell whether two parts name one thing."""
    mine, other = pairs(a.title), pairs(b.title)
    return len(mine & other) >= _SHARED * min(len(mine), len(other))
