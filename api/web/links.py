"""Addresses that are handed to people outside of a page."""

from __future__ import annotations

from fastapi import Request


def link_to(request: Request, path: str, token: str) -> str:
    """Return a whole link with a one-time token."""
    public = request.app.state.workspace.settings.public_url
    base = public.rstrip("/") or str(request.base_url).rstrip("/")
    return f"{base}{path}?token={token}"
