"""What is answered about a certificate: never a bare tick. Pure."""

from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    VALID = "valid"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    FOREIGN = "unknown-issuer"


def verdict(last_day: date, is_revoked: bool, today: date, is_intact: bool = True) -> Verdict:
    """Of a certificate that is in the register."""
    if not is_intact:
        return Verdict.ALTERED
    if is_revoked:
        return Verdict.REVOKED
    return Verdict.EXPIRED if today > last_day else Verdict.VALID
