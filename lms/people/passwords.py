"""Password hashes: argon2id at OWASP's m=19456, t=2, p=1 (about 24 ms here). Always outside the write transaction."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_NOBODY = _hasher.hash("nobody has this password")


def hash_of(password: str) -> str:
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password fits. An unknown account costs the same time as a known one (no enumeration, T9)."""
    try:
        return _hasher.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def first_password() -> str:
    """Random, easy to read out and to type: «kemalu-sotiba-482», about 46 bits (ASVS 6.4.1)."""
    syllables = ["".join(secrets.choice(part) for part in ("bcdghklmnpstvx", "aeiou")) for _ in range(6)]
    return f"{''.join(syllables[:3])}-{''.join(syllables[3:])}-{secrets.randbelow(900) + 100}"
