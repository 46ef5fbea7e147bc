"""Open Badges 3.0: the credential of a certificate, the issuer's profile, the status list, and credentials sent back to us."""

import base64
import gzip
import json
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from lms import clock
from lms.certificates import keys, proofs, queries
from lms.certificates.models import Certificate, IssuerKey
from lms.certificates.rules import KINDS
from lms.certificates.rules.codes import read_code
from lms.certificates.rules.verdicts import Verdict

LIST_SIZE = 131_072
"""Bits of one status list, as the standard asks for at least, so that reading it does not tell whose is asked about."""
CREDENTIALS, BADGES = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
LARGEST = 64 * 1024
MOST_OBJECTS, LONGEST_LIST = 12, 3
"""More than any credential of ours holds: many things alike without a name take a canonicaliser for ever."""
KNOWN_WORDS = frozenset(
    "@context id type name description issuer validFrom validUntil credentialSubject credentialStatus proof achievement criteria "
    "narrative identifier identityType hashed identityHash identityObject url statusPurpose statusListIndex "
    "statusListCredential cryptosuite created verificationMethod proofPurpose proofValue".split()
)
"""Every word a credential of ours uses: another one would stand in it without being signed, so it makes it altered."""


def issuer_address(base_url: str, unit_id: int) -> str:
    return f"{base_url}/xac-minh/co-quan/{unit_id}"


def status_address(base_url: str, unit_id: int, number: int) -> str:
    return f"{issuer_address(base_url, unit_id)}/trang-thai/{number}"


def credential(row: Certificate, base_url: str, title: str) -> dict[str, Any]:
    """Without its proof. Least data: the name, what was learned, how long it holds; no birth year, village or school."""
    position, listed = row.id % LIST_SIZE, status_address(base_url, row.unit_id, row.id // LIST_SIZE)
    return {
        "@context": [CREDENTIALS, BADGES],
        "id": f"{base_url}/xac-minh/{row.code}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title,
        "issuer": {"id": issuer_address(base_url, row.unit_id), "type": ["Profile"], "name": _authority(row)},
        "validFrom": _moment(clock.start_of(row.issued_on)),
        "validUntil": _moment(clock.start_of(row.last_day + timedelta(days=1)) - timedelta(seconds=1)),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": row.name, "identityType": "name"}
            ],
            "achievement": {
                "id": f"{base_url}/xac-minh/loai/{row.kind}",
                "type": ["Achievement"],
                "name": title,
                "description": "Xác nhận hoàn thành nội dung học kỹ năng số cơ bản; không thay văn bằng, chứng chỉ quốc gia.",
                "criteria": {"narrative": KINDS[row.kind].criteria},
            },
        },
        "credentialStatus": {
            "id": f"{listed}#{position}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(position),
            "statusListCredential": listed,
        },
    }


def signed_credential(row: Certificate, base_url: str, title: str, key: IssuerKey) -> dict[str, Any]:
    method = f"{issuer_address(base_url, row.unit_id)}#{proofs.multikey(key.public)}"
    document = credential(row, base_url, title)
    return proofs.with_proof(document, method, _moment(row.signed_at), lambda raw: keys.signature(key.id, raw))


def as_bytes(document: Mapping[str, Any]) -> bytes:
    """Without a space that could be changed unseen."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def profile(base_url: str, unit_id: int, name: str, known: list[IssuerKey]) -> dict[str, Any]:
    """The issuer with every public key it ever had: what was signed before a change of key can be checked for ever."""
    address = issuer_address(base_url, unit_id)
    methods = [
        {
            "id": f"{address}#{proofs.multikey(key.public)}",
            "type": "Multikey",
            "controller": address,
            "publicKeyMultibase": proofs.multikey(key.public),
        }
        for key in known
    ]
    return {
        "@context": [CREDENTIALS, BADGES, "https://w3id.org/security/multikey/v1"],
        "id": address,
        "type": "Profile",
        "name": name,
        "url": base_url,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def status_list(number: int, base_url: str, unit_id: int, key: IssuerKey, now: datetime) -> dict[str, Any]:
    """Signed and dated, so that an old copy cannot be shown for the present one unseen."""
    first = number * LIST_SIZE
    bits = bytearray(LIST_SIZE // 8)
    for certificate in queries.revoked_in(first, first + LIST_SIZE - 1):
        position = certificate - first
        bits[position // 8] |= 128 >> position % 8
    packed = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
    address, issuer = status_address(base_url, unit_id, number), issuer_address(base_url, unit_id)
    document = {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": _moment(now),
        "validUntil": _moment(now + timedelta(days=1)),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": f"u{packed}",
        },
    }
    method = f"{issuer}#{proofs.multikey(key.public)}"
    return proofs.with_proof(document, method, _moment(now), lambda raw: keys.signature(key.id, raw))


def read(content: bytes, base_url: str, public_of: Callable[[str], str | None]) -> tuple[Verdict, str]:
    """What a credential somebody sent says of itself: (valid | altered | unknown | unknown issuer, code).

    Valid only means that a key of ours signed it as it stands; whether it holds is asked of the register.
    """
    try:
        document = json.loads(content) if len(content) <= LARGEST else None
    except (ValueError, RecursionError):
        return Verdict.UNKNOWN, ""
    if not isinstance(document, dict) or not isinstance(document.get("proof"), dict):
        return Verdict.UNKNOWN, ""
    issuer = document.get("issuer")
    issuer = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not isinstance(issuer, str) or not issuer.startswith(f"{base_url}/xac-minh/co-quan/"):
        return Verdict.FOREIGN, ""
    where, _hash, key = str(document["proof"].get("verificationMethod", "")).partition("#")
    public = public_of(key)
    if where != issuer or public is None:
        return Verdict.FOREIGN, ""
    code = read_code(str(document.get("id", "")).removeprefix(f"{base_url}/xac-minh/"))
    is_good = bool(code) and _is_intact(document, public)
    return (Verdict.VALID if is_good else Verdict.ALTERED), code


def _is_intact(document: dict[str, Any], public: str) -> bool:
    proof = document["proof"]
    if proof.get("type") != "DataIntegrityProof" or proof.get("cryptosuite") != proofs.SUITE:
        return False
    if proof.get("proofPurpose") != "assertionMethod" or not _looks_like_ours(document):
        return False
    if document.get("@context") != [CREDENTIALS, BADGES]:
        return False
    try:
        given = proofs.read_multibase(str(proof.get("proofValue", "")))
        return keys.good_signature(public, proofs.message_of(document, proof), given)
    except Exception:  # a stranger's document may be anything; whatever cannot be read is not intact
        return False


def baked_png(png: bytes, content: bytes) -> bytes:
    """The credential inside the picture, as Open Badges 3.0 asks: an iTXt chunk before the end."""
    data = b"openbadgecredential\0\0\0\0\0" + content
    chunk = len(data).to_bytes(4, "big") + b"iTXt" + data + zlib.crc32(b"iTXt" + data).to_bytes(4, "big")
    end = png.rindex(b"IEND") - 4
    return png[:end] + chunk + png[end:]


def unbaked(content: bytes) -> bytes | None:
    """The credential inside a PNG or an SVG; None when there is none."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _from_png(content)
    start, end = content.find(b"<![CDATA["), content.find(b"]]></openbadges:credential>")
    return content[start + 9 : end] if 0 < start < end else None


def svg_inside(content: bytes) -> str:
    """A «>» inside a text is written as JSON's own escape, so that nothing in it can end the element."""
    content = content.replace(b">", b"\\u003e")
    return f"<openbadges:credential><![CDATA[{content.decode()}]]></openbadges:credential>"


def _from_png(content: bytes) -> bytes | None:
    place = 8
    while place + 12 <= len(content):
        size = int.from_bytes(content[place : place + 4], "big")
        kind, data = content[place + 4 : place + 8], content[place + 8 : place + 8 + size]
        if kind == b"iTXt" and data.startswith(b"openbadgecredential\0\0\0\0\0"):
            return data[24:]
        place += 12 + size
    return None


def _looks_like_ours(document: dict[str, Any]) -> bool:
    """No more things in it than ours have, and no word that would stand in it unsigned."""
    waiting: list[object] = [document]
    objects = 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            objects += 1
            waiting += one.values()
            if not one.keys() <= KNOWN_WORDS:
                return False
        elif isinstance(one, list):
            if len(one) > LONGEST_LIST:
                return False
            waiting += one
    return objects <= MOST_OBJECTS


def _authority(row: Certificate) -> str:
    issuer = str(row.body["issuer"])
    return f"Ủy ban nhân dân {issuer[:1].lower()}{issuer[1:]}"


def _moment(value: datetime) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ")


def title_of(kind_id: str, names: Mapping[str, str]) -> str:
    return names.get(kind_id) or KINDS[kind_id].title
