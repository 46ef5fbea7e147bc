"""What is answered to somebody who checks a certificate: by its code, by a file, by what a QR holds."""

from dataclasses import dataclass
from datetime import date

from lms.certificates import credentials, keys, papers, proofs, queries
from lms.certificates.actions import sealed_text
from lms.certificates.models import Certificate, Revocation
from lms.certificates.queries import keys as stored_keys
from lms.certificates.rules.codes import read_code
from lms.certificates.rules.verdicts import Verdict, verdict


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    row: Certificate | None = None
    revocation: Revocation | None = None
    followed_by: Certificate | None = None
    """The certificate issued anew in its place."""


def by_code(code: str, today: date, is_intact: bool = True) -> Answer:
    """The register's answer."""
    row = queries.by_code(read_code(code))
    if row is None:
        return Answer(Verdict.UNKNOWN)
    sealed = keys.signed_by_us(row.key_id, sealed_text(row).encode(), bytes.fromhex(row.seal))
    gone = queries.revoked([row.id]).get(row.id)
    found = verdict(row.last_day, gone is not None, today, is_intact and sealed)
    return Answer(found, row, gone, queries.follower(row.id))


def by_file(content: bytes, base_url: str, today: date) -> Answer:
    """A PDF of ours, a credential, or a badge with one inside."""
    if content.startswith(b"%PDF"):
        return _by_pdf(content, today)
    inside = credentials.unbaked(content)
    found, code = credentials.read(content if inside is None else inside, base_url, _public_of)
    return by_code(code, today) if found == Verdict.VALID else Answer(found)


def _by_pdf(content: bytes, today: date) -> Answer:
    """Only the very file that was given out: anything added or changed, be it one byte, is altered."""
    parts = papers.read_pdf(content)
    if parts is None:
        return Answer(Verdict.ALTERED if papers.SEAL_WORD in content else Verdict.UNKNOWN)
    code, key_id, sealed, seal = parts
    if not keys.signed_by_us(key_id, sealed, seal):
        return Answer(Verdict.ALTERED)
    return by_code(code, today)


def _public_of(key: str) -> str | None:
    return next((row.public for row in stored_keys.all_keys() if proofs.multikey(row.public) == key), None)
