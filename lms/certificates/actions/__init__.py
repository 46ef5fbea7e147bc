"""Every write about certificates: proposing, signing with numbers from the register, revoking."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite

from lms import clock
from lms.access.rules import Role
from lms.certificates import keys, queries
from lms.certificates.models import Certificate, CertificateBatch, Nomination, RegisterCounter, Revocation
from lms.certificates.queries import candidates
from lms.certificates.rules import KINDS, Earned, Kind, earned, may_follow, signing_problem
from lms.certificates.rules.codes import BITS, code_of
from lms.certificates.rules.seals import Sealed, text_of
from lms.db import db, writes
from lms.people.models import Person
from lms.people.queries import canonical_id, roles_of
from lms.places.models import Unit
from lms.places.queries import full_name
from lms.refusals import Refusal
from lms.vietnamese import clean, name_key, search_key

MOST_IN_A_BATCH = 500


@writes
def propose(
    id: UUID, kind_id: str, unit_id: int, title: str, people: Sequence[Person], proposer_id: int,
    class_id: int | None = None,
) -> CertificateBatch:  # fmt: skip
    """Put people who have earned a kind of certificate before the signing officer. The same id twice is one batch."""
    known = db.session.get(CertificateBatch, id)
    if known is not None:
        return known
    if not people:
        raise Refusal("Chưa chọn ai.", "nobody")
    if len(people) > MOST_IN_A_BATCH:
        raise Refusal(f"Mỗi đợt nhiều nhất {MOST_IN_A_BATCH} người.", "too-many")
    now = clock.now()
    batch = CertificateBatch(
        id=id, unit_id=unit_id, kind=kind_id, title=clean(title), class_id=class_id, proposed_by=proposer_id,
        proposed_at=now, order_key=-int(now.timestamp() * 1_000_000),
        order_tie=id.int >> 66, state="proposed",
    )  # fmt: skip
    db.session.add(batch)
    db.session.flush()  # nominations name it
    latest = queries.past(kind_id, [person.id for person in people], clock.day_of(now)).latest
    db.session.add_all(
        Nomination(batch_id=id, person_id=one.id, replaces_id=latest.get(one.id), left_out="") for one in people
    )
    return batch


@writes
def withdraw(batch_id: UUID, by: int) -> None:
    """The proposal is taken back; nothing was issued."""
    batch = _waiting(batch_id)
    batch.state, batch.closed_by, batch.closed_at = "withdrawn", by, clock.now()


@writes
def take_out(batch_id: UUID, person_id: int) -> None:
    """One person less in a proposal that waits."""
    _waiting(batch_id)
    row = db.session.get(Nomination, (batch_id, person_id))
    if row is None:
        raise Refusal("Người này không có trong đợt.", "not-there")
    db.session.delete(row)


@writes
def sign(batch_id: UUID, signer_id: int, office: str) -> list[Certificate]:
    """The officer signs: whoever has still earned it gets a certificate with the next number; the rest are left out."""
    batch, now = _waiting(batch_id), clock.now()
    today, kind = clock.day_of(now), KINDS[batch.kind]
    if not _is_officer(signer_id, batch.unit_id, today):
        raise Refusal("Chỉ cán bộ của đơn vị cấp giấy mới ký được.", "not-officer")
    words = clean(office)
    if not words:
        raise Refusal("Chưa ghi chức vụ người ký.", "no-office")
    rows = queries.nominated(batch.id)
    results = _results(kind, rows, today)
    _refuse_own_work(signer_id, kind, rows, today)
    taken: list[tuple[Nomination, Person, Earned]] = []
    standing = queries.past(batch.kind, [person.id for _row, person in rows], today).standing
    for row, person in rows:
        result = results[person.id]
        if result is None:
            row.left_out = "not-earned"
        elif not may_follow(standing.get(person.id, ()), today):
            row.left_out = "has-one"
        else:
            taken.append((row, person, result))
    if not taken:
        raise Refusal("Không còn ai trong đợt đủ điều kiện hôm nay.", "nobody-left")
    batch.state, batch.closed_by, batch.closed_at = "signed", signer_id, now
    return _issue(batch, taken, signer_id, words, now)


def _issue(
    batch: CertificateBatch, taken: Sequence[tuple[Nomination, Person, Earned]], signer_id: int, office: str, now: datetime
) -> list[Certificate]:  # fmt: skip
    today, key = clock.day_of(now), keys.key_for_signing(now)
    issuer, signer = full_name(db.session.get_one(Unit, batch.unit_id)), db.session.get_one(Person, signer_id)
    first = _numbers(batch.unit_id, today.year, len(taken))
    made = []
    for number, (row, person, result) in enumerate(taken, first):
        certificate = Certificate(
            batch_id=batch.id, person_id=person.id, kind=batch.kind, code=code_of(secrets.randbits(BITS)),
            unit_id=batch.unit_id, year=today.year, number=number, name=person.full_name,
            name_key=name_key(person.full_name), search_key=search_key(person.full_name),
            body={
                "birth_year": person.birth_year, "issuer": issuer, "office": office, "signer": signer.full_name,
                "skills": [[skill, day.isoformat()] for skill, day in result.skills],
                "parts": [[part, day.isoformat()] for part, day in result.parts],
            },
            events=list(result.events), issued_on=today, last_day=result.last_day, signed_by=signer_id, signed_at=now,
            key_id=key.id, replaces_id=row.replaces_id,
        )  # fmt: skip
        certificate.seal = keys.signature(key.id, sealed_text(certificate).encode()).hex()
        made.append(certificate)
    db.session.add_all(made)
    db.session.flush()  # their ids stand in the answer
    return made


def sealed_text(row: Certificate) -> str:
    """What the seal was made over, from the register: a row changed behind our back no longer fits it."""
    number = queries.number_words(row.number, row.year)
    issuer = str(row.body.get("issuer", ""))
    return text_of(Sealed(row.code, row.kind, number, row.issued_on, row.last_day, issuer, row.key_id, row.name))


@writes
def ask_to_revoke(id: UUID, certificate: Certificate, by: int, reason: str) -> Revocation:
    """The first of two: says why."""
    known = db.session.get(Revocation, id)
    if known is not None:
        return known
    words = clean(reason)
    if len(words) < 5:
        raise Refusal("Ghi rõ lý do thu hồi.", "no-reason")
    if any(row.open_key is not None for row in queries.revocations_of(certificate.id)):
        raise Refusal("Giấy này đã có yêu cầu thu hồi.", "already")
    row = Revocation(
        id=id, certificate_id=certificate.id, open_key=certificate.id, reason=words, asked_by=by, asked_at=clock.now(),
        outcome="",
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()  # two at once: the second is refused here
    return row


@writes
def decide_revocation(revocation_id: UUID, by: int, confirm: bool) -> Revocation:
    """The second of two confirms or declines; the one who asked may only take it back."""
    row = queries.revocation_locked(revocation_id)
    if row is None or row.outcome:
        raise Refusal("Yêu cầu này đã được quyết định.", "decided")
    is_same = canonical_id(by) == canonical_id(row.asked_by)
    if is_same:
        raise Refusal("Người yêu cầu thu hồi không tự xác nhận được. Cần người thứ hai.", "same-person")
    row.decided_by, row.decided_at, row.outcome = by, clock.now(), "revoked" if confirm else "declined"
    if not confirm:
        row.open_key = None
    return row


def _waiting(batch_id: UUID) -> CertificateBatch:
    batch = queries.batch_locked(batch_id)
    if batch.state != "proposed":
        raise Refusal("Đợt này đã đóng, không sửa được nữa.", "closed")
    return batch


def _is_officer(person_id: int, unit_id: int, today: date) -> bool:
    return any(g.role == Role.COMMUNE_OFFICER and g.unit_id == unit_id for g in roles_of(person_id, today))


def own_work(signer: int, kind: Kind, rows: Sequence[tuple[Nomination, Person]], today: date) -> dict[int, str]:
    """Person → why this (canonical) officer may not sign for them: T5, whoever attested any of it does not sign it."""
    results = _results(kind, rows, today)
    attesters = candidates.attesters(event for result in results.values() if result for event in result.events)
    found = {}
    for person_id, result in results.items():
        attested = {one for event in (result.events if result else ()) for one in attesters.get(event, ())}
        attested |= result.by if result else frozenset()
        problem = signing_problem(signer, [person_id], attested)
        if problem:
            found[person_id] = problem
    return found


def _results(kind: Kind, rows: Sequence[tuple[Nomination, Person]], today: date) -> dict[int, Earned | None]:
    """Person → what they have earned of the kind today, from what is known now."""
    ids = [person.id for _row, person in rows]
    held = candidates.holdings(ids)
    done = candidates.proofs(ids) if kind.parts else dict.fromkeys(ids, ())
    return {id: earned(held[id], today, kind, done[id]) for id in ids}


def _refuse_own_work(signer_id: int, kind: Kind, rows: Sequence[tuple[Nomination, Person]], today: date) -> None:
    problems = own_work(canonical_id(signer_id), kind, rows, today)
    if "own" in problems.values():
        raise Refusal("Không ai tự ký giấy cho mình. Bỏ tên mình ra, hoặc nhờ cán bộ khác ký.", "own")
    names = [person.full_name for _row, person in rows if person.id in problems]
    if names:
        raise Refusal(
            f"Anh/chị đã chứng kết quả của: {', '.join(names[:5])}{' …' if len(names) > 5 else ''}. Người đã chứng không "
            "ký giấy: nhờ cán bộ khác ký, hoặc bỏ những người này ra khỏi đợt.",
            "attested",
        )


def _numbers(unit_id: int, year: int, count: int) -> int:
    """Reserve the next numbers of the commune's register; whoever comes at the same time waits on this row."""
    dialect: Any = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    raised = (
        dialect.insert(RegisterCounter)
        .values(unit_id=unit_id, year=year, last=count)
        .on_conflict_do_update(index_elements=["unit_id", "year"], set_={"last": RegisterCounter.last + count})
        .returning(RegisterCounter.last)
    )
    return int(db.session.execute(raised).scalar_one()) - count + 1
