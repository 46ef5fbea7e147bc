"""Every SELECT about certificates and the register."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.certificates.models import Certificate, CertificateBatch, Nomination, Revocation
from lms.certificates.rules import KINDS, covering
from lms.db import db
from lms.people.models import Person
from lms.people.queries import canonical_id, ids_read_through
from lms.places.models import UnitSuccession
from lms.places.queries import UNIT_ROLES, unit_ids_below
from lms.vietnamese import search_key


def batches_visible_to(actor: Actor, today: date) -> Select[CertificateBatch]:
    """An officer's commune's, a teacher's own proposals; administrators see all."""
    if actor.holds(Role.ADMIN):
        return select(CertificateBatch)
    return select(CertificateBatch).where(
        or_(_kept_by(CertificateBatch.unit_id, actor, today), CertificateBatch.proposed_by == actor.person_id)
    )


def batch_visible(actor: Actor, batch_id: UUID, today: date) -> CertificateBatch | None:
    return db.session.scalar(batches_visible_to(actor, today).where(CertificateBatch.id == batch_id))


def batch_locked(batch_id: UUID) -> CertificateBatch:
    """The batch as it stands now: two who sign at once come one after the other."""
    wanted = select(CertificateBatch).where(CertificateBatch.id == batch_id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def nominated(batch_id: UUID) -> list[tuple[Nomination, Person]]:
    wanted = select(Nomination, Person).join(Person, Person.id == Nomination.person_id)
    rows = db.session.execute(wanted.where(Nomination.batch_id == batch_id).order_by(Person.name_key, Person.id))
    return [(nomination, person) for nomination, person in rows]


def sizes(batch_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Batch → how many are proposed in it."""
    wanted = select(Nomination.batch_id, func.count()).where(Nomination.batch_id.in_(batch_ids))
    return {id: count for id, count in db.session.execute(wanted.group_by(Nomination.batch_id))}


def of_batch(batch_id: UUID) -> list[Certificate]:
    wanted = select(Certificate).where(Certificate.batch_id == batch_id)
    return list(db.session.scalars(wanted.order_by(Certificate.number)))


def register_visible_to(actor: Actor, today: date) -> Select[Certificate]:
    if actor.holds(Role.ADMIN):
        return select(Certificate)
    return select(Certificate).where(_kept_by(Certificate.unit_id, actor, today))


def _kept_by(unit_id: Any, actor: Actor, today: date) -> ColumnElement[bool]:
    """The unit stands below the actor's, or was merged into one that does: whoever follows a commune keeps its register."""
    below = unit_ids_below(actor.unit_ids(*UNIT_ROLES), today)
    return or_(unit_id.in_(below), unit_id.in_(select(UnitSuccession.old_id).where(UnitSuccession.new_id.in_(below))))


def found(statement: Select[Certificate], words: str) -> Select[Certificate]:
    """By name, accents aside, or by «7» or «7/2026»."""
    number, _slash, year = words.strip().partition("/")
    if number.isdecimal() and len(number) < 9 and (not year or (year.isdecimal() and len(year) == 4)):
        statement = statement.where(Certificate.number == int(number))
        return statement.where(Certificate.year == int(year)) if year else statement
    key = search_key(words).replace("\\", "").replace("%", "").replace("_", "")
    return statement.where(Certificate.search_key.contains(key)) if key else statement


def certificate_visible(actor: Actor, certificate_id: int, today: date) -> Certificate | None:
    """One's own, one of the register of one's unit, or one that came of one's own proposal."""
    mine = select(CertificateBatch.id).where(CertificateBatch.proposed_by == actor.person_id)
    scope: ColumnElement[bool] = or_(
        Certificate.person_id.in_(list(ids_read_through([canonical_id(actor.person_id)]))),
        _kept_by(Certificate.unit_id, actor, today),
        Certificate.batch_id.in_(mine) if actor.holds(Role.TEACHER) else false(),
    )
    wanted = select(Certificate).where(Certificate.id == certificate_id)
    return db.session.scalar(wanted if actor.holds(Role.ADMIN) else wanted.where(scope))


def own(person_id: int) -> list[Certificate]:
    ids = list(ids_read_through([canonical_id(person_id)]))
    wanted = select(Certificate).where(Certificate.person_id.in_(ids))
    return list(db.session.scalars(wanted.order_by(Certificate.signed_at.desc(), Certificate.id.desc())))


def by_code(code: str) -> Certificate | None:
    return db.session.scalar(select(Certificate).where(Certificate.code == code)) if code else None


def has_issued(unit_id: int) -> bool:
    return db.session.scalar(select(Certificate.id).where(Certificate.unit_id == unit_id).limit(1)) is not None


def follower(certificate_id: int) -> Certificate | None:
    """The certificate issued anew in place of this one."""
    wanted = select(Certificate).where(Certificate.replaces_id == certificate_id).order_by(Certificate.id.desc())
    return db.session.scalars(wanted.limit(1)).first()


def revoked(certificate_ids: Collection[int]) -> dict[int, Revocation]:
    """Those of them that were revoked."""
    wanted = select(Revocation).where(Revocation.certificate_id.in_(certificate_ids), Revocation.outcome == "revoked")
    return {row.certificate_id: row for row in db.session.scalars(wanted)}


def revoked_of(certificates: Select[Certificate]) -> set[int]:
    """Ids of those among a selection that were revoked."""
    ids = certificates.with_only_columns(Certificate.id)
    wanted = select(Revocation.certificate_id).where(
        Revocation.outcome == "revoked", Revocation.certificate_id.in_(ids)
    )
    return set(db.session.scalars(wanted))


def revocations_of(certificate_id: int) -> list[Revocation]:
    wanted = select(Revocation).where(Revocation.certificate_id == certificate_id)
    return list(db.session.scalars(wanted.order_by(Revocation.asked_at, Revocation.id)))


def revocation_locked(revocation_id: UUID) -> Revocation | None:
    wanted = select(Revocation).where(Revocation.id == revocation_id).with_for_update()
    return db.session.scalar(wanted.execution_options(populate_existing=True))


def waiting_revocations(actor: Actor, today: date) -> list[tuple[Revocation, Certificate]]:
    """Asked for and not decided, within the actor's register; the oldest first."""
    visible = register_visible_to(actor, today).with_only_columns(Certificate.id)
    wanted = (
        select(Revocation, Certificate)
        .join(Certificate, Certificate.id == Revocation.certificate_id)
        .where(Revocation.outcome == "", Revocation.certificate_id.in_(visible))
        .order_by(Revocation.asked_at, Revocation.id)
        .limit(50)
    )
    return [(row, certificate) for row, certificate in db.session.execute(wanted)]


def revoked_in(first_id: int, last_id: int) -> list[int]:
    """Ids between two of the certificates that were revoked, for a status list."""
    wanted = select(Revocation.certificate_id).where(
        Revocation.outcome == "revoked", Revocation.certificate_id.between(first_id, last_id)
    )
    return list(db.session.scalars(wanted.order_by(Revocation.certificate_id)))


@dataclass(frozen=True)
class Past:
    """What certificates of a kind somebody has had."""

    latest: dict[int, int]
    """Person → the newest certificate's id, revoked or not."""
    standing: dict[int, list[date]]
    """Person → last days of those not revoked."""


def past(kind: str, person_ids: Sequence[int], today: date) -> Past:
    gone = select(Revocation.certificate_id).where(Revocation.outcome == "revoked")
    wanted = select(Certificate.person_id, Certificate.id, Certificate.last_day, Certificate.id.in_(gone)).where(
        Certificate.kind == kind, Certificate.person_id.in_(person_ids)
    )
    latest: dict[int, int] = {}
    standing: dict[int, list[date]] = {}
    for person, certificate, last_day, is_revoked in db.session.execute(wanted.order_by(Certificate.id)):
        latest[person] = certificate
        if not is_revoked and last_day >= today:
            standing.setdefault(person, []).append(last_day)
    return Past(latest, standing)


def holders(kinds: Collection[str], until_after: date) -> Select[int]:
    """Persons with a certificate of one of the kinds that stands beyond a day, as a subselect."""
    gone = select(Revocation.certificate_id).where(Revocation.outcome == "revoked")
    return select(Certificate.person_id).where(
        Certificate.kind.in_(kinds), Certificate.last_day > until_after, Certificate.id.not_in(gone)
    )


def certified_members(person_ids: Collection[int], today: date) -> set[int]:
    """Those of these canonical persons with a members' certificate that stands today."""
    through = ids_read_through(person_ids)
    wanted = holders(covering(KINDS["member"]), today - timedelta(days=1)).where(
        Certificate.person_id.in_(list(through))
    )
    return {through[one] for one in db.session.scalars(wanted)}


def numbers_of(certificate_ids: Iterable[int | None]) -> dict[int, str]:
    """«007/2026» of each, for saying what a certificate replaces."""
    ids = [one for one in certificate_ids if one is not None]
    wanted = select(Certificate.id, Certificate.number, Certificate.year).where(Certificate.id.in_(ids))
    return {id: number_words(number, year) for id, number, year in db.session.execute(wanted)} if ids else {}


def number_words(number: int, year: int) -> str:
    return f"{number:03}/{year}"
