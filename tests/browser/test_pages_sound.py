"""Every page in every size: accessible, nothing overflows, nothing fails, no other host asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.routing import APIRoute

from api.web.pages import ROUTERS

SIZES = {"desk": (1366, 768), "large": (1920, 1080), "phone": (390, 844)}
PAGES: dict[str, tuple[str, ...]] = {
    "unit24": ("/projects", "/fill", "{project}", "{draft}"),
    "lead": (
        "/desk",
        "{desk}",
        "/recheck",
        "{recheck}",
        "/overview",
        "/overview/projects",
        "{seen}",
        "/library",
        "{type}",
        "{card}",
        "/library/new",
        "/library/doubles",
        "{type}/edit",
        "{type}/add",
        "{card}/edit",
        "/rules",
        "{rule}",
        "/rules/settings",
    ),
    "admin": ("/people", "/people/keys", "/people/webhooks", "/audit", "/system", "/me/password"),
    "": ("/sign-in", "/setup?token=x", "/password?token=x", "/patterns"),
}
"""Pages by who looks; what stands in braces is the first link of its kind, see `FIRST`."""
FIRST = {
    "project": ("/projects", r"^/projects/[0-9A-Z]{26}$"),
    "draft": ("/projects", r"^/fill/[0-9A-Z]{26}$"),
    "desk": ("/desk", r"^/desk/[0-9A-Z]{26}"),
    "recheck": ("/recheck", r"^/recheck/[0-9A-Z]{26}"),
    "seen": ("/overview/projects", r"^/overview/projects/[0-9A-Z]{26}$"),
    "type": ("/library", r"^/library/lib-\w+$"),
    "card": ("/library?text=满意度", r"^/library/lib-\w+/\d+$"),
    "rule": ("/rules", r"^/rules/[A-Z]{2}\d{2}$"),
}
SERIOUS = {"serious", "critical"}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("who", PAGES, ids=lambda who: who or "nobody")
def test_pages_are_sound(visit: Callable[..., Any], who: str, size: str) -> None:
    page = visit(who or None, *SIZES[size])
    faults = []
    for path in PAGES[who]:
        page.goto(_resolved(page, path))
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            faults.append(f"{path}: {wide} px wider than the window: {_widest(page)}")
        found = Axe().run(page).response["violations"]
        faults += [
            f"{path}: {rule['id']}: {node['html'][:120]}"
            for rule in found
            if rule["impact"] in SERIOUS
            for node in rule["nodes"][:3]
        ]
    assert not faults, "\n".join(faults)


def test_every_page_is_among_those_looked_at() -> None:
    looked = {re.sub(r"\?.*", "", path) for paths in PAGES.values() for path in paths}
    patterns = [re.sub(r"\{.*?\}", "x", path) for path in looked]
    assert len(patterns) == len(looked)
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute) and "GET" in route.methods and "{" not in route.path:
                assert route.path in looked | PARTS, route.path


PARTS = {
    "/",
    "/audit/export",
    "/audit/verification",
    "/overview/figures.xlsx",
    "/overview/projects.csv",
    "/overview/projects.xlsx",
    "/system/jobs",
}
"""Addresses that answer with a part of a page, a file or another address."""


def _resolved(page: Any, path: str) -> str:
    """Put the first link of a kind in place of its name."""
    named = re.match(r"\{(\w+)\}", path)
    if named is None:
        return path
    start, pattern = FIRST[named[1]]
    page.goto(start)
    page.wait_for_load_state("networkidle")
    links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    fitting = [link for link in links if re.search(pattern, link)]
    assert fitting, f"no link like {pattern} on {start}"
    return str(fitting[0].split("?")[0] + path[named.end() :])


def _widest(page: Any) -> Any:
    return page.evaluate(
        """() => [...document.querySelectorAll('main *')]
            .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
            .slice(0, 3).map(e => e.outerHTML.slice(0, 80))"""
    )
