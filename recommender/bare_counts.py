"""Gives counts that name only a deed the object that the project's name has: 筛查12000人.

In 新生儿疾病筛查项目 that becomes 新生儿疾病筛查人数; without the object a reader could not tell
what is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from recommender.deliverable import COUNT_WORDS, Deliverable
from recommender.project import Project
from recommender.wording import split_action, stands_behind
from recommender.work import PLAIN_THINGS, topic, work_of

_LONGEST = 12
"""Characters of an object that a name can carry."""


def with_objects(items: Iterable[Deliverable], project: Project) -> list[Deliverable]:
    """Return the quantities, each bare deed with the object of the project's name."""
    about, thing = topic(project), work_of(project, sure=True).thing
    return [_named(item, about, thing) for item in items]


def _named(item: Deliverable, about: str, known: str) -> Deliverable:
    """Return a quantity with an object where it has none: 维修面积3000平方米 of a 屋面."""
    if item.object in COUNT_WORDS and item.action and known and known not in PLAIN_THINGS:
        return replace(item, object=known, follows=stands_behind(item.action))
    deed = item.object.removesuffix("面积").removesuffix("数量")
    is_bare = bool(deed) and not item.action and split_action(deed) == (deed, "")
    thing, found, _ = about.rpartition(deed) if is_bare else ("", "", "")
    if not found or not 1 < len(thing) <= _LONGEST:
        return item
    return replace(item, action=deed, object=thing, follows=True)
