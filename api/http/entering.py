"""Signing in with a password, without holding up whoever else writes."""

from __future__ import annotations

from api.http.access import seal_of
from api.workspace import Workspace
from corpus.workflow import sign_in
from corpus.workflow.passwords import prove
from corpus.workflow.sign_in import SignedIn


def enter(
    workspace: Workspace, login: str, password: str, request_id: str | None
) -> SignedIn | None:
    """Start a session; None for a wrong login or password, which is counted.

    Comparing a password is slow by design, so it is done before the database is opened for writing.
    """
    with workspace.store.reading() as connection:
        kept = sign_in.kept_password(connection, login)
    proof = prove(password, kept)
    with workspace.store.writing() as connection:
        return sign_in.sign_in(connection, login, proof, seal_of(workspace), request_id)
