"""The compact text a printed QR carries, and how it is put into an address. Pure: signing is done by whoever has the key.

`NC1|code|kind|number/year|issued|last day|commune|key|name` – plain text, so that a page without network can show it.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import date

VERSION = "NC1"


@dataclass(frozen=True, slots=True)
class Sealed:
    code: str
    kind: str
    number: str
    issued_on: date
    last_day: date
    issuer: str
    key_id: str
    name: str


def text_of(sealed: Sealed) -> str:
    """What is signed; a bar inside a name or place would move the fields, so it becomes a space."""
    fields = (
        VERSION, sealed.code, sealed.kind, sealed.number, sealed.issued_on.strftime("%Y%m%d"),
        sealed.last_day.strftime("%Y%m%d"), sealed.issuer, sealed.key_id, sealed.name,
    )  # fmt: skip
    return "|".join(field.replace("|", " ") for field in fields)


def fragment(text: str, signature: bytes) -> str:
    """Goes behind the # of the address, which browsers do not send: signature, then text."""
    return base64.urlsafe_b64encode(signature + text.encode()).decode().rstrip("=")


def read_fragment(words: str) -> tuple[str, bytes] | None:
    try:
        raw = base64.b64decode(words + "=" * (-len(words) % 4), altchars=b"-_", validate=True)
        if base64.urlsafe_b64encode(raw).decode().rstrip("=") != words or len(raw) <= 64:
            return None
        return raw[64:].decode(), raw[:64]
    except (binascii.Error, ValueError):
        return None
