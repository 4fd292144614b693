"""Tells whether a text counts only a few pieces of a thing, of which no share says anything."""

from __future__ import annotations

import re

from corpus.target.units import simple_unit
from recommender.deliverable import Deliverable
from recommender.project import Project, pairs

FEW = 5
"""Pieces up to which a share of them says nothing."""
_EXTENTS = frozenset({"长度", "面积", "体积", "质量"})
_PIECE = r"(?:台|套|部|辆|座|条|艘|架|个|间|栋)"
_COUNTED = re.compile(f"[1-{FEW}]{_PIECE}")
_LATIN = re.compile(r"[A-Za-z]{2,}")


def is_few(item: Deliverable, project: Project) -> bool:
    """Tell whether a deed is about few pieces; a length or an area is no number of pieces."""
    known = simple_unit(item.unit)
    if known is not None and known.dimension in _EXTENTS:
        return False
    return item.value <= FEW if item.value else is_single(item.object, project)


def is_single(thing: str, project: Project) -> bool:
    """Tell whether the text counts at most five of a thing: 电梯2部, 1台数字化X射线机."""
    if _COUNTED.search(project.text) is None:
        return False
    words = {*pairs(thing), *_LATIN.findall(thing)}
    for word in map(re.escape, filter(project.text.__contains__, words)):
        behind = rf"{word}[^\d,。;:]{{0,4}}[1-{FEW}]{_PIECE}"
        before = rf"(?<![\d.])[1-{FEW}]{_PIECE}[^,。;:\d]{{0,8}}{word}"
        if re.search(f"{behind}|{before}", project.text):
            return True
    return False
