"""What is earned, the code, the seal's text, names: by Hypothesis; and the suite's published vector."""

from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from lms.certificates import proofs
from lms.certificates.rules import KINDS, SKILLS, Holding, earned, may_follow, signing_problem
from lms.certificates.rules.codes import SIGNS, code_of, grouped, read_code
from lms.certificates.rules.names import same_name, veiled
from lms.certificates.rules.seals import Sealed, fragment, read_fragment, text_of
from lms.certificates.rules.verdicts import Verdict, verdict
from lms.vietnamese import search_key

DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
HOLDINGS = st.lists(
    st.builds(
        lambda skill, start, length, event: Holding(skill, start, start + timedelta(days=length), (event,)),
        st.sampled_from(SKILLS), DAYS, st.integers(1, 900), st.text("ab", min_size=1, max_size=2),
    ),
    max_size=14,
)  # fmt: skip


@given(HOLDINGS, DAYS, st.sampled_from(sorted(KINDS)))
def test_earned_when_every_skill_is_held_that_day_and_never_longer_than_any(held, day, kind) -> None:
    result = earned(held, day, KINDS[kind])
    on = {one.skill for one in held if one.from_on <= day < one.until_on}
    assert (result is not None) == (set(KINDS[kind].needs) <= on)
    if result:
        assert day <= result.last_day
        for skill, last in result.skills:
            assert any(one.skill == skill and one.until_on == last + timedelta(days=1) for one in held)
            assert result.last_day <= last
        assert result.last_day < day + timedelta(days=732)


@given(st.permutations([Holding(s, date(2026, 1, 1), date(2027, 1, n + 1)) for n, s in enumerate(SKILLS)]))
def test_order_does_not_matter(held) -> None:
    assert earned(held, date(2026, 5, 5), KINDS["five"]).last_day == date(2026, 12, 31)


def test_no_longer_than_its_kind() -> None:
    held = [Holding("s1", date(2024, 1, 1), date(2040, 1, 1))]
    assert earned(held, date(2024, 2, 29), KINDS["s1"]).last_day == date(2026, 2, 27)
    assert earned(held, date(2026, 1, 1), KINDS["s1"]).last_day == date(2027, 12, 31)


def test_a_following_one_only_near_the_end() -> None:
    day = date(2026, 11, 23)
    assert may_follow([], day)
    assert may_follow([day + timedelta(days=60)], day)
    assert not may_follow([day + timedelta(days=61)], day)


def test_who_may_sign() -> None:
    assert signing_problem(1, [2, 3], [4]) == ""
    assert signing_problem(1, [2, 1], [4]) == "own"
    assert signing_problem(1, [2], [4, 1]) == "attested"


@given(st.integers(0, 2**80 - 1))
def test_a_code_is_read_back_however_it_is_typed(bits) -> None:
    code = code_of(bits)
    assert len(code) == 16
    assert set(code) <= set(SIGNS)
    typed = grouped(code).lower().replace("0", "o").replace("1", "i")
    assert read_code(f" {typed} ") == code
    assert sum(SIGNS.index(sign) << 5 * place for place, sign in enumerate(reversed(code))) == bits


@given(st.text(max_size=30))
def test_anything_else_is_no_code(words) -> None:
    read = read_code(words)
    assert read == "" or (len(read) == 16 and set(read) <= set(SIGNS))


@given(st.text(min_size=1, max_size=60), st.binary(min_size=64, max_size=64))
def test_a_fragment_is_read_back_and_has_one_shape(name, seal) -> None:
    text = text_of(Sealed("0" * 16, "five", "001/2026", date(2026, 1, 2), date(2027, 1, 2), "Xã Mẫu", "ab", name))
    assert text.count("|") == 8
    words = fragment(text, seal)
    assert read_fragment(words) == (text, seal)
    assert read_fragment(words + "A") != (text, seal)


def test_names() -> None:
    assert veiled("Bùi Thị Lan") == "B. T. L."
    assert same_name("bui  thi lan", "Bùi Thị Lan", search_key)
    assert not same_name("", "Bùi Thị Lan", search_key)
    assert not same_name("Lan", "Bùi Thị Lan", search_key)


@pytest.mark.parametrize(
    ("revoked", "intact", "late", "said"),
    [
        (False, True, False, "valid"),
        (True, True, True, "revoked"),
        (False, True, True, "expired"),
        (True, False, True, "altered"),
    ],
)
def test_verdicts(revoked, intact, late, said) -> None:
    day = date(2026, 1, 1)
    assert verdict(day, revoked, day + timedelta(days=late), intact) == Verdict(said)


def test_the_published_vector_of_eddsa_rdfc_2022() -> None:
    """W3C, Data Integrity EdDSA Cryptosuites v1.0, appendix on eddsa-rdfc-2022: same digests, and its signature holds."""
    key = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    examples = "https://www.w3.org/ns/credentials/examples/v2"
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2", examples],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": "https://vc.example/issuers/5678",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
    }
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": f"https://vc.example/issuers/5678#{key}",
        "proofPurpose": "assertionMethod",
    }
    more = {examples: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}}
    message = proofs.message_of(document, options, more)
    assert message.hex() == (
        "4c4d3890a157f8d611b13c265c2c22f39aa0a567c7c7dd9ba3e45cd579784eeb"
        "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
    )
    words = "z21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9"
    seal = proofs.read_multibase(words)
    public = proofs.read_multibase(key)[2:]
    Ed25519PublicKey.from_public_bytes(public).verify(seal, message)
    assert (proofs.multibase(seal), proofs.multikey(public.hex())) == (words, key)


def test_a_context_that_is_not_ours_is_never_fetched() -> None:
    with pytest.raises(proofs.UnknownContext):
        proofs._context("https://evil.example/")
    with pytest.raises(Exception, match="Could not convert"):
        proofs.message_of({"@context": ["https://evil.example/"], "id": "urn:x"}, {"type": "x"})
