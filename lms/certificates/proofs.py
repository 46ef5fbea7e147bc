"""Data Integrity proofs of suite eddsa-rdfc-2022, checked and made without the network: contexts lie in `contexts/`."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from lms.documents.linked_data import canonical

HERE = Path(__file__).parent / "contexts"
CONTEXTS = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-context-3.0.3.json",
    "https://w3id.org/security/data-integrity/v2": "security-data-integrity-v2.json",
    "https://w3id.org/security/multikey/v1": "security-multikey-v1.json",
}
SUITE = "eddsa-rdfc-2022"
_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519_PUBLIC = b"\xed\x01"


class UnknownContext(ValueError):
    """A context that is not among ours: it is never fetched."""


def message_of(document: Mapping[str, Any], options: Mapping[str, Any], more: Mapping[str, Any] | None = None) -> bytes:
    """What is signed: the digest of the proof's options and that of the document, both canonical (RDFC-1.0)."""
    plain = {name: value for name, value in document.items() if name != "proof"}
    config = {name: value for name, value in options.items() if name != "proofValue"}
    config["@context"] = document["@context"]
    return _digest(config, more) + _digest(plain, more)


def with_proof(
    document: Mapping[str, Any], method: str, created: str, sign: Callable[[bytes], bytes]
) -> dict[str, Any]:
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    return {**document, "proof": {**options, "proofValue": multibase(sign(message_of(document, options)))}}


def multikey(public: str) -> str:
    """A public key in hex as others read it: «z6Mk…»."""
    return multibase(_ED25519_PUBLIC + bytes.fromhex(public))


def multibase(raw: bytes) -> str:
    number, words = int.from_bytes(raw, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        words = _DIGITS[digit] + words
    return "z" + "1" * (len(raw) - len(raw.lstrip(b"\0"))) + words


def read_multibase(words: str, most: int = 128) -> bytes:
    """ValueError when it is not base58 with its «z», or longer than anything we read."""
    if not words.startswith("z") or len(words) > most:
        raise ValueError("not base58")
    number = 0
    for sign in words[1:]:
        number = number * 58 + _DIGITS.index(sign)
    zeros = len(words) - 1 - len(words[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _digest(document: Mapping[str, Any], more: Mapping[str, Any] | None) -> bytes:
    text = canonical(document, lambda url: (more or {}).get(url) or _context(url))
    return hashlib.sha256(text.encode()).digest()


@lru_cache(maxsize=8)
def _context(url: str) -> dict[str, Any]:
    if url not in CONTEXTS:
        raise UnknownContext(url)
    found: dict[str, Any] = json.loads((HERE / CONTEXTS[url]).read_text(encoding="utf-8"))
    return found
