"""Entity tags: which state of a thing the caller has."""

from __future__ import annotations

import re

from fastapi import Request, Response

from corpus.errors import InputError

_REVISION = re.compile(r'"(\d{1,18})"')


def revision_tag(revision: int) -> str:
    """Return the entity tag of a revision."""
    return f'"{revision}"'


def wanted_revision(header: str | None) -> int | None:
    """Read `If-Match`; None where it is missing or takes any."""
    if header is None or header.strip() == "*":
        return None
    match = _REVISION.fullmatch(header.strip())
    if match is None:
        raise InputError("If-Match 的写法不对", hint='请原样送回读取时的 ETag，例如 "3"')
    return int(match.group(1))


def unchanged(request: Request, tag: str) -> Response | None:
    """Return an empty answer if the caller's copy is still good, by `If-None-Match`."""
    given = request.headers.get("if-none-match", "")
    if tag in (part.strip().removeprefix("W/") for part in given.split(",")):
        return Response(status_code=304, headers={"ETag": tag})
    return None
