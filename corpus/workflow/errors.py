"""What can go wrong in the workflow."""

from __future__ import annotations

from corpus.errors import JixiaoError


class WorkflowError(JixiaoError):
    """A step that cannot be taken."""

    code = "workflow"


class NotFoundError(WorkflowError):
    """There is no such thing, or it is none of the caller's business; the two look the same."""

    code = "not_found"


class ForbiddenError(WorkflowError):
    """The caller may see the thing but not do this."""

    code = "forbidden"


class UnauthenticatedError(WorkflowError):
    """Nobody is signed in, or the key or session no longer counts."""

    code = "unauthenticated"


class ConflictError(WorkflowError):
    """The thing has changed meanwhile, or its state does not allow the step."""

    code = "conflict"


class StaleError(ConflictError):
    """The caller's copy is not the newest."""

    code = "stale"
