"""Pages and fragments: a typed context each, one template each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.http.access import Desk, csrf_token
from api.web.assets import asset
from api.web.audit_wording import fact, fact_value, thing
from api.web.navigation import sections_of
from api.web.visitors import visitor
from api.web.wording import FILTERS
from corpus.workflow.actors import ANONYMOUS

TEMPLATES = Path(__file__).parent / "templates"
_TOLD = "jixiao_told"
"""Cookie that carries what has just been done to the page that is shown next."""


@dataclass(frozen=True)
class Page:
    """What a template is given. Each page and fragment has a subclass with its own fields."""

    template: ClassVar[str]
    """Path under `templates/`. A fragment's file name begins with an underscore."""
    title: ClassVar[str] = ""
    section: ClassVar[str] = ""
    """Key of the section of `api.web.navigation` that the page belongs to."""


@cache
def environment() -> Environment:
    """Return the template environment: everything is escaped, nothing undefined is let through."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(FILTERS, fact=fact, fact_value=fact_value, thing=thing)
    env.globals.update(version=version("jixiao"), asset=asset)
    return env


def render(request: Request, page: Page, status: int = 200, **headers: str) -> HTMLResponse:
    """Render a page, or the part of it that htmx asked for.

    A page's template extends `layout`: the whole frame, or for htmx the content alone. Who looks
    is known once a dependency of `api.http.access` has run. Underscores in header names become
    hyphens.
    """
    text = environment().get_template(page.template).render(_context(request, page))
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = HTMLResponse(text, status, headers={"Vary": "HX-Request, Cookie", **given})
    if _TOLD in request.cookies and not is_partial(request):
        answer.delete_cookie(_TOLD)
    return answer


def is_partial(request: Request) -> bool:
    """Tell whether htmx asks for what it puts into a page that is there already.

    Going back to an earlier address wants the whole page again.
    """
    restoring = "HX-History-Restore-Request" in request.headers
    return request.headers.get("HX-Request") == "true" and not restoring


def redirect(request: Request, path: str, told: str = "") -> Response:
    """Lead to another page, from a link or from htmx; `told` is said above that page."""
    if is_partial(request):
        return _telling(Response(status_code=204, headers={"HX-Redirect": path}), told)
    return _telling(RedirectResponse(path, 303), told)


def renew(told: str) -> Response:
    """Have the page that htmx asked from shown anew, filtered as it is, with `told` above it."""
    return _telling(Response(status_code=204, headers={"HX-Refresh": "true"}), told)


def _telling(answer: Response, told: str) -> Response:
    if told:
        answer.set_cookie(_TOLD, quote(told), max_age=60, httponly=True, samesite="strict")
    return answer


def _context(request: Request, page: Page) -> dict[str, Any]:
    desk: Desk | None = getattr(request.state, "desk", None)
    return {
        **{field.name: getattr(page, field.name) for field in fields(page)},
        "layout": "layouts/part.html" if is_partial(request) else "layouts/whole.html",
        "title": page.title,
        "section": page.section,
        "sections": sections_of(desk.actor) if desk else (),
        "actor": desk.actor if desk else ANONYMOUS,
        "visitor": visitor(desk),
        "csrf": csrf_token(desk.session) if desk and desk.session else "",
        "told": unquote(request.cookies.get(_TOLD, "")),
        "path": request.url.path,
        "demo": request.app.state.demo,
    }
