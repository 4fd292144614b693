"""The sections of the pages, and who finds what in them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.workflow.actors import Action, Actor, Role


@dataclass(frozen=True)
class Section:
    """One entry of the navigation."""

    key: str
    label: str
    path: str
    action: Action
    """Who may do this sees the entry."""


SECTIONS: tuple[Section, ...] = (
    Section("fill", "指标推荐", "/fill", Action.ADVISE),
    Section("projects", "我的项目", "/projects", Action.WRITE),
    Section("desk", "审核工作台", "/desk", Action.DECIDE),
    Section("recheck", "自评复核", "/recheck", Action.DECIDE),
    Section("overview", "总览", "/overview", Action.STATISTICS),
    Section("library", "指标库", "/library", Action.ADVISE),
    Section("rules", "规则", "/rules", Action.ADVISE),
    Section("people", "用户与密钥", "/people", Action.PEOPLE),
    Section("audit", "审计", "/audit", Action.AUDIT),
    Section("system", "系统", "/system", Action.PEOPLE),
)
"""In the order shown."""

_HOME: dict[Role | None, str] = {
    Role.AUTHOR: "/projects",
    Role.REVIEWER: "/desk",
    Role.LEAD: "/desk",
    Role.ADMIN: "/people",
    Role.AUDITOR: "/overview",
}


def sections_of(actor: Actor) -> tuple[Section, ...]:
    """Return the sections that an actor may enter."""
    return tuple(section for section in SECTIONS if actor.may(section.action))


def home_of(actor: Actor) -> str:
    """Return the page a person begins the day with."""
    return _HOME.get(actor.role, "/fill")
