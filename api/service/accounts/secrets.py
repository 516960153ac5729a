"""Secrets: made at random, kept as digests, compared in constant time by the database's index."""

import hashlib
import secrets
import threading

from pwdlib import PasswordHash

BYTES = 24  # 192 random bits

_PASSWORDS = PasswordHash.recommended()  # argon2id
_AT_ONCE = threading.BoundedSemaphore(4)  # a try takes 64 MB: many must not take them all
_NOBODY = _PASSWORDS.hash(secrets.token_urlsafe(BYTES))


def new_secret() -> str:
    """A secret that fits in an address."""
    return secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """What is kept of a secret. It is random and long, so that a plain SHA-256 suffices."""
    return hashlib.sha256(secret.encode()).hexdigest()


def hash_password(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _PASSWORDS.hash(password)


def password_is(password: str, kept: str | None) -> bool:
    """Whether it is the password; takes as long where there is no account at all."""
    with _AT_ONCE:
        return _PASSWORDS.verify(password, kept or _NOBODY) and kept is not None
