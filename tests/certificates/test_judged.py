"""An independent validator of Open Badges 3.0 reads our credentials: the good one passes, each altered one is refused."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError

from lms import clock
from lms.certificates import credentials, keys, proofs
from lms.certificates.queries import keys as stored
from tests.certificates import town

BASE = "https://namcanh.example"


@pytest.fixture
def made(db_session):
    return town.settle(0)


@pytest.fixture
def row(made):
    return town.issue(made)[0]


@pytest.fixture
def judge(row):
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(stored.newest().public))
    verifier = OB3LdpVerifier(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))

    def download(*_asked: object, **_more: object) -> bytes:
        return credentials.as_bytes(credentials.status_list(0, BASE, row.unit_id, stored.newest(), clock.now()))

    def judged(document: dict[str, Any]) -> str:
        """Empty when accepted. It reads the proofs of status lists only as JWT, so the list's own proof is left out."""
        try:
            asked = {"check_status": "credentialStatus" in document, "download": download, "verify_status_list": False}
            verifier.verify(credentials.as_bytes(document), **asked)
        except OB3VerificationError as refused:
            return str(refused)
        return ""

    return judged


def signed(row) -> dict[str, Any]:
    return credentials.signed_credential(row, BASE, "Năm kỹ năng số cơ bản", stored.newest())


def test_ours_is_accepted_until_it_is_revoked(made, row, judge) -> None:
    document = signed(row)
    assert judge(document) == ""
    town.revoke(made, row)
    assert "revocation" in judge(document)


def changed(document: dict[str, Any], *path: Any, to: Any) -> dict[str, Any]:
    copy = json.loads(json.dumps(document))
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return copy


def test_every_change_is_refused(row, judge) -> None:
    document = signed(row)
    for path, to in (
        (("credentialSubject", "identifier", 0, "identityHash"), "Người Khác"),
        (("issuer", "id"), "https://noi-khac.example/"),
        (("issuer", "name"), "Nơi khác"),
        (("validUntil",), "2099-01-01T00:00:00Z"),
        (("credentialSubject", "achievement", "name"), "Chứng chỉ khác"),
        (("credentialStatus", "statusListIndex"), "77777"),
    ):
        assert judge(changed(document, *path, to=to)), path
    assert judge({name: value for name, value in document.items() if name != "proof"})


def test_an_expired_one_is_refused(row, judge) -> None:
    plain = credentials.credential(row, BASE, "x")
    late = changed(changed(plain, "validFrom", to="2020-01-01T00:00:00Z"), "validUntil", to="2021-01-01T00:00:00Z")
    key, method = stored.newest(), signed(row)["proof"]["verificationMethod"]
    made = proofs.with_proof(late, method, "2020-01-01T00:00:00Z", lambda raw: keys.signature(key.id, raw))
    assert "expired" in judge(made)
