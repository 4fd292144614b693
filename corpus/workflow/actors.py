"""Who acts, and what a role may do.

Organisations form a tree: 财政局 over its 业务处室, these over 主管部门, these over 预算单位.
Everyone sees their own organisation and what lies below it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.workflow.errors import ForbiddenError, NotFoundError


class Role(StrEnum):
    """What an account is for."""

    AUTHOR = "author"
    """填报: writes and submits for their own organisation."""
    REVIEWER = "reviewer"
    """审核: gives verdicts on what lies below their organisation."""
    LEAD = "lead"
    """审核负责人: also assigns, decides in bulk and settles differing verdicts."""
    ADMIN = "admin"
    """管理: organisations, accounts, keys, webhooks; decides nothing."""
    AUDITOR = "auditor"
    """审计: sees everything below their organisation and the audit log, changes nothing."""


class Action(StrEnum):
    """What may be done; the scopes of an API key are the same words."""

    ADVISE = "advise"
    """Recommendations, single reviews, library and similar projects."""
    BATCH = "batch"
    READ = "submissions:read"
    WRITE = "submissions:write"
    DECIDE = "submissions:decide"
    LEAD = "submissions:lead"
    STATISTICS = "statistics"
    LIBRARY = "library:write"
    RULES = "rules:write"
    PEOPLE = "people"
    AUDIT = "audit"
    WEBHOOKS = "webhooks"


_EVERYONE = frozenset({Action.ADVISE, Action.BATCH, Action.READ})
_DECIDES = _EVERYONE | {Action.DECIDE, Action.STATISTICS}
ALLOWED: dict[Role, frozenset[Action]] = {
    Role.AUTHOR: _EVERYONE | {Action.WRITE},
    Role.REVIEWER: _DECIDES,
    Role.LEAD: _DECIDES | {Action.LEAD, Action.LIBRARY, Action.RULES},
    Role.ADMIN: _EVERYONE
    | {
        Action.STATISTICS,
        Action.LIBRARY,
        Action.RULES,
        Action.PEOPLE,
        Action.AUDIT,
        Action.WEBHOOKS,
    },
    Role.AUDITOR: _EVERYONE | {Action.STATISTICS, Action.AUDIT},
}
KEY_SCOPES = frozenset(
    {
        Action.ADVISE,
        Action.BATCH,
        Action.READ,
        Action.WRITE,
        Action.STATISTICS,
        Action.WEBHOOKS,
    }
)
"""What a key may be given: verdicts, people and the audit log are for persons."""


@dataclass(frozen=True)
class Actor:
    """An account, a key of another system, or the program itself."""

    id: str
    """`account:<id>`, `key:<id>`, `system` or `anonymous`."""
    organisation_id: str | None = None
    path: str | None = None
    """Path of the organisation; None sees no submission at all."""
    role: Role | None = None
    actions: frozenset[Action] = field(default_factory=frozenset)

    @property
    def account_id(self) -> str | None:
        """Return the id of the account, None for a key or the program."""
        kind, _, number = self.id.partition(":")
        return number if kind == "account" else None

    def may(self, action: Action) -> bool:
        """Tell whether the actor may do a thing somewhere."""
        return action in self.actions

    def require(self, action: Action) -> None:
        """Refuse what the role does not allow."""
        if not self.may(action):
            raise ForbiddenError("当前账号或密钥没有办理此事的权限", hint="请联系系统管理员")

    def sees(self, path: str) -> bool:
        """Tell whether an organisation is the actor's own or lies below it."""
        return self.path is not None and path.startswith(self.path)

    def require_sight(self, path: str, what: str) -> None:
        """Treat what lies outside the actor's part of the tree as not there."""
        if not self.sees(path):
            raise NotFoundError(f"没有这个{what}", hint="请检查编号，或确认是否属于本单位管辖")


SYSTEM = Actor("system", path="", actions=frozenset(Action))
"""The program itself: command line, jobs, set-up."""
ANONYMOUS = Actor("anonymous", actions=frozenset({Action.ADVISE, Action.BATCH}))
"""A caller without sign-in, where the installation allows it: advice that keeps nothing."""
