"""Passwords and random tokens: what is kept of them, and how they are checked."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from corpus.errors import InputError

SHORTEST = 10
LONGEST = 128
"""Characters; longer passwords would only cost time."""
_FORMER = frozenset({"1234567890", "0123456789", "password12", "qwertyuiop", "admin12345"})


@cache
def _hasher() -> PasswordHasher:
    """Argon2id by the library's defaults (RFC 9106, low memory)."""
    return PasswordHasher()


@cache
def _nobody() -> str:
    """Hash that no password fits, so that an unknown login costs as much time as a known one."""
    return _hasher().hash(secrets.token_hex(16))


def hash_password(password: str, login: str = "") -> str:
    """Return what is kept of a new password; refuses one that is easily guessed."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(f"口令须为 {SHORTEST} 至 {LONGEST} 个字符", hint="请换一个口令")
    if (
        len(set(password)) < 5
        or password.lower() in _FORMER
        or (len(login) > 3 and login.lower() in password.lower())
    ):
        raise InputError("口令过于简单，或包含登录名", hint="请换一个不易猜到的口令")
    return _hasher().hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Tell whether a password is the one that was kept; takes its time for None as well."""
    try:
        return _hasher().verify(kept or _nobody(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False


@dataclass(frozen=True)
class Proof:
    """A password that has been compared with what was kept at that time."""

    kept: str | None
    """What was kept; None where there is no such account, or none with a password."""
    fits: bool

    def holds(self, kept: str | None) -> bool:
        """Tell whether the password is right for what is kept now."""
        return self.fits and kept is not None and kept == self.kept


def prove(password: str, kept: str | None) -> Proof:
    """Compare a password, which takes its time, outside of any transaction."""
    return Proof(kept, fits(password, kept))


def new_token(prefix: str = "") -> str:
    """Return a random token of 256 bits for a URL, cookie or header."""
    return prefix + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is kept of a token; it is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
