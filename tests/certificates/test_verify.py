"""Files and codes that were changed, foreign, guessed: never «valid»."""

import base64
import gzip
import io
import json
import random
import time

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lms import clock
from lms.certificates import checking, credentials, keys, papers, proofs
from lms.certificates.models import IssuerKey
from lms.certificates.queries import keys as stored
from lms.certificates.rules.verdicts import Verdict
from lms.db import db, open_write
from tests.certificates import town

BASE = "http://localhost"
NAMES = {"s1": "Dịch vụ công", "s2": "Mua sắm", "s3": "Thanh toán", "s4": "Tự bảo vệ", "s5": "Nền tảng địa phương"}


@pytest.fixture
def made(db_session):
    return town.settle(0)


@pytest.fixture
def row(made):
    return town.issue(made)[0]


def asked(content: bytes) -> Verdict:
    return checking.by_file(content, BASE, clock.today()).verdict


def as_json(row) -> bytes:
    return credentials.as_bytes(credentials.signed_credential(row, BASE, "Năm kỹ năng số cơ bản", stored.newest()))


def flipped(content: bytes, times: int):
    dice = random.Random(7)
    for _n in range(times):
        place = dice.randrange(len(content))
        yield content[:place] + bytes([content[place] ^ dice.randrange(1, 256)]) + content[place + 1 :]


def test_a_pdf_with_one_byte_changed_is_never_valid(row, soak) -> None:
    paper = papers.pdf_of(row, BASE, NAMES, stored.newest().id)
    assert asked(paper) == Verdict.VALID
    ends = [
        paper[:n] + bytes([paper[n] ^ bit]) + paper[n + 1 :]
        for n in range(len(paper) - 190, len(paper))
        for bit in (1, 32)
    ]
    for changed in (
        *flipped(paper, 20_000 if soak else 1_500),
        *ends,
        paper + b"%",
        paper[:-1],
        paper + paper,
        b"%PDF",
    ):
        assert asked(changed) != Verdict.VALID


def test_json_with_one_byte_changed_is_never_valid(row, soak) -> None:
    content = as_json(row)
    assert asked(content) == Verdict.VALID
    for changed in flipped(content, 20_000 if soak else 400):
        assert asked(changed) != Verdict.VALID, changed


def test_a_word_nobody_signed_makes_it_altered(row) -> None:
    document = json.loads(as_json(row))
    for changed in (
        {**document, "grade": "giỏi"},
        {**document, "credentialSubject": {**document["credentialSubject"], "id": "did:example:x"}},
        {**document, "proof": {**document["proof"], "challenge": "x"}},
        {**document, "@context": document["@context"] + [{"x": "https://x.example/"}]},
    ):
        assert asked(credentials.as_bytes(changed)) == Verdict.ALTERED
    renamed = as_json(row).replace("Bùi Thị Lan".encode(), "Bùi Thị Lam".encode())
    assert asked(renamed) == Verdict.ALTERED


def test_a_document_made_to_keep_us_busy_is_put_down_at_once(row) -> None:
    document = json.loads(as_json(row))
    many = [{"type": ["AchievementSubject"], "achievement": {"type": ["Achievement"]}} for _n in range(300)]
    deep: object = "x"
    for _n in range(900):
        deep = [deep]
    began = time.process_time()
    for subject in (many, deep, [many[:3]] * 3):
        assert asked(credentials.as_bytes({**document, "credentialSubject": subject})) == Verdict.ALTERED
    assert time.process_time() - began < 1


def test_another_issuer_is_unknown_not_valid(row) -> None:
    document = json.loads(as_json(row))
    foreign = json.loads(json.dumps(document).replace("http://localhost", "https://noi-khac.example"))
    assert asked(credentials.as_bytes(foreign)) == Verdict.FOREIGN
    own_key = Ed25519PrivateKey.generate()
    public = own_key.public_key().public_bytes_raw().hex()
    method = f"{credentials.issuer_address(BASE, row.unit_id)}#{proofs.multikey(public)}"
    plain = credentials.credential(row, BASE, "x")
    self_signed = proofs.with_proof(plain, method, "2026-11-23T00:00:00Z", own_key.sign)
    assert asked(credentials.as_bytes(self_signed)) == Verdict.FOREIGN
    assert asked(credentials.as_bytes(plain)) == Verdict.UNKNOWN


def test_a_signed_credential_that_is_not_in_the_register_is_unknown(row) -> None:
    """A stolen key alone makes no certificate."""
    document = {**credentials.credential(row, BASE, "x"), "id": f"{BASE}/xac-minh/0000000000000000"}
    key = stored.newest()
    method = f"{credentials.issuer_address(BASE, row.unit_id)}#{proofs.multikey(key.public)}"
    forged = proofs.with_proof(document, method, "2026-11-23T00:00:00Z", lambda raw: keys.signature(key.id, raw))
    assert asked(credentials.as_bytes(forged)) == Verdict.UNKNOWN


def test_badges_carry_the_credential(row) -> None:
    content = as_json(row)
    svg = papers.badge_svg(row, credentials.svg_inside(content)).encode()
    png = credentials.baked_png(papers.badge_png(row), content)
    for baked in (svg, png):
        assert asked(baked) == Verdict.VALID
        assert json.loads(credentials.unbaked(baked)) == json.loads(content)
    assert asked(papers.badge_png(row)) == Verdict.UNKNOWN


def test_what_an_earlier_key_signed_is_checked_for_ever(row) -> None:
    paper, content = papers.pdf_of(row, BASE, NAMES, stored.newest().id), as_json(row)
    open_write()
    old = stored.newest().id
    new = keys.change_key(clock.now())
    assert new.id != old
    assert db.session.get(IssuerKey, old).retired_at is not None
    assert (asked(paper), asked(content), asked(as_json(row))) == (Verdict.VALID,) * 3


def test_the_status_list_says_who_is_revoked(app, made, row) -> None:
    def bit() -> int:
        answer = town.enter(app).get(credentials.status_address("", row.unit_id, 0))
        packed = answer.json["credentialSubject"]["encodedList"]
        bits = gzip.decompress(base64.urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4)))
        assert len(bits) * 8 == credentials.LIST_SIZE
        return bits[row.id // 8] >> (7 - row.id % 8) & 1

    assert bit() == 0
    town.revoke(made, row)
    assert bit() == 1


def test_machines_find_the_issuer_and_its_keys(app, made, row) -> None:
    document = json.loads(as_json(row))
    window = town.enter(app)
    profile = window.get(document["issuer"]["id"].removeprefix(BASE)).json
    assert document["proof"]["verificationMethod"] in profile["assertionMethod"]
    assert window.get("/xac-minh/khoa.json").json["keys"][0]["public"] == stored.newest().public
    assert window.get(document["credentialSubject"]["achievement"]["id"].removeprefix(BASE)).status_code == 200
    assert window.get("/xac-minh/co-quan/999999").status_code == 404
    assert "private" not in json.dumps(profile)


def test_guessing_is_stopped(app, row) -> None:
    window, code = town.enter(app), row.code
    for _n in range(30):
        assert window.get("/xac-minh/0000000000000000").status_code == 404
    assert window.get(f"/xac-minh/{code}").status_code == 429


def test_a_mistyped_code_is_said_kindly(app, row) -> None:
    window = town.enter(app)
    assert "16 chữ và số" in window.post("/xac-minh", data={"code": "abc"}).text
    words = "-".join(row.code[n : n + 4] for n in range(0, 16, 4)).lower().replace("0", "o").replace("1", "l")
    assert window.post("/xac-minh", data={"code": words}).headers["Location"].endswith(row.code)
    for content in (b"", b"%PDF-1.7", b"{}", b"[[[[", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff", b"<svg/>", b"[" * 60_000):
        answer = window.post("/xac-minh", data={"file": (io.BytesIO(content), "x")})
        assert 'data-verdict="valid"' not in answer.text
        assert answer.status_code in (200, 422)
