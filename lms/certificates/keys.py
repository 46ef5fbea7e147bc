"""The issuer's keys: private halves are files of the data folder (mode 600), public halves rows of the register.

A key that was lost or is to be changed is followed by a new one; what earlier keys signed is checked with them for ever.
"""

import os
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from flask import current_app

from lms.certificates.models import IssuerKey
from lms.certificates.queries import keys as stored
from lms.db import db, writes
from lms.refusals import Refusal

SIGNATURE_BYTES = 64


@writes
def key_for_signing(now: datetime) -> IssuerKey:
    """The key in use; where there is none, or its private half is gone, a new one."""
    row = stored.newest()
    return row if row is not None and row.retired_at is None and can_sign(row.id) else change_key(now)


@writes
def change_key(now: datetime) -> IssuerKey:
    """From now on a new key signs."""
    for row in stored.all_keys():
        if row.retired_at is None:
            row.retired_at = now
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    row = IssuerKey(id=public.hex()[:12], public=public.hex(), from_at=now, retired_at=None)
    path = _file(row.id)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private.private_bytes_raw())
        file.flush()
        os.fsync(file.fileno())
    db.session.add(row)
    db.session.flush()  # certificates name it
    return row


def can_sign(key_id: str) -> bool:
    return _file(key_id).exists()


def signature(key_id: str, message: bytes) -> bytes:
    path = _file(key_id)
    if not path.exists():
        raise Refusal("Máy chủ không còn khoá đang dùng. Nhờ người quản trị làm khoá mới rồi thử lại.", "no-key")
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes()).sign(message)


def signed_by_us(key_id: str, message: bytes, given: bytes) -> bool:
    """Whether a key of ours, of whatever time, made this signature."""
    row = stored.by_id(key_id)
    return row is not None and good_signature(row.public, message, given)


def good_signature(public: str, message: bytes, given: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(given, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _file(key_id: str) -> Path:
    folder: Path = current_app.extensions["settings"].data_dir / "issuer-keys"
    return folder / f"{key_id}.key"
