"""Every SELECT about persons, accounts, sign-ins, consent and links."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Select, func, or_, select

from lms.db import db
from lms.people.models import Account, Consent, Person, RoleGrant, SignIn
from lms.people.rules import Age, ConsentAct, ConsentEvent, Giver, Holds, Purpose, consent_holds
from lms.places.queries import holds_on
from lms.vietnamese import clean, search_key


def account_named(username: str) -> Account | None:
    """The account of a sign-in name; names are kept in lower case."""
    return db.session.scalar(select(Account).where(Account.username == clean(username).lower()))


def account_of(person_id: int) -> Account | None:
    return db.session.scalar(select(Account).where(Account.person_id == person_id))


def has_accounts() -> bool:
    return db.session.scalar(select(Account.id).limit(1)) is not None


def found(statement: Select[Person], words: str) -> Select[Person]:
    """Narrowed to names containing the words, accents aside («hoa» finds Hoà and Hòa)."""
    key = search_key(words).replace("\\", "").replace("%", "").replace("_", "")
    return statement.where(Person.search_key.contains(key)) if key else statement


def canonical_id(person_id: int) -> int:
    """The person through whom somebody's evidence is read."""
    row = db.session.execute(select(Person.canonical_id).where(Person.id == person_id)).scalar_one()
    return row or person_id


def canonical_ids(person_ids: Iterable[int]) -> dict[int, int]:
    """Person id → canonical id, in one statement."""
    rows = db.session.execute(
        select(Person.id, func.coalesce(Person.canonical_id, Person.id)).where(Person.id.in_(list(person_ids)))
    )
    return {person: canonical for person, canonical in rows}


def ids_read_through(canonical_person_ids: Iterable[int]) -> dict[int, int]:
    """Every person id whose evidence belongs to one of the canonical persons → that canonical id."""
    wanted = list(canonical_person_ids)
    rows = db.session.execute(
        select(Person.id, func.coalesce(Person.canonical_id, Person.id)).where(
            or_(Person.id.in_(wanted), Person.canonical_id.in_(wanted))
        )
    )
    asked = set(wanted)
    return {person: canonical for person, canonical in rows if canonical in asked}


def roles_of(person_id: int, today: date) -> list[RoleGrant]:
    """Unit- and school-scoped roles held on a day."""
    wanted = select(RoleGrant).where(RoleGrant.person_id == person_id, *holds_on(today, RoleGrant))
    return list(db.session.scalars(wanted.order_by(RoleGrant.from_on, RoleGrant.id)))


def open_sign_ins(person_id: int) -> list[SignIn]:
    wanted = select(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
    return list(db.session.scalars(wanted.order_by(SignIn.started_at.desc())))


def consents_of(person_ids: Sequence[int]) -> dict[int, list[Consent]]:
    """Person id → every yes and withdrawal, in the order they were said."""
    wanted = select(Consent).where(Consent.person_id.in_(person_ids)).order_by(Consent.at, Consent.id)
    found: dict[int, list[Consent]] = {person: [] for person in person_ids}
    for row in db.session.scalars(wanted):
        found[row.person_id].append(row)
    return found


def standing_consents(people: Sequence[Person], today: date) -> dict[int, dict[Purpose, Holds]]:
    """Person id → purpose → whether consent stands and who is still to be asked, in two statements for any number.

    What was said under any id of one person counts.
    """
    canonical = {person.id: person.canonical_id or person.id for person in people}
    through: dict[int, list[int]] = {id: [] for id in canonical.values()}
    for person_id, through_id in ids_read_through(set(canonical.values())).items():
        through[through_id].append(person_id)
    said = consents_of([one for ids in through.values() for one in ids]) if people else {}
    found: dict[int, dict[Purpose, Holds]] = {}
    for person in people:
        events = [
            ConsentEvent(str(row.id), Purpose(row.purpose), Giver(row.giver), ConsentAct(row.act), row.at)
            for one in through[canonical[person.id]]
            for row in said[one]
        ]
        age = Age(person.birth_year)
        found[person.id] = {purpose: consent_holds(events, purpose, age, today) for purpose in Purpose}
    return found


def free_username(plain: str) -> str:
    """The name itself, or the name with the first free number behind it."""
    taken = set(db.session.scalars(select(Account.username).where(Account.username.startswith(plain, autoescape=True))))
    return next(name for name in (plain, *(f"{plain}{n}" for n in range(2, 10_000))) if name not in taken)


def summaries(person_ids: Sequence[int], today: date) -> dict[int, tuple[str, list[str]]]:
    """Person id → (username or empty, roles held), for one page of a list."""
    accounts = select(Account.person_id, Account.username).where(Account.person_id.in_(person_ids))
    names = {person: username for person, username in db.session.execute(accounts)}
    held: dict[int, list[str]] = {}
    wanted = select(RoleGrant.person_id, RoleGrant.role).where(
        RoleGrant.person_id.in_(person_ids), *holds_on(today, RoleGrant)
    )
    for person, role in db.session.execute(wanted):
        held.setdefault(person, []).append(role)
    return {person: (names.get(person, ""), held.get(person, [])) for person in person_ids}
