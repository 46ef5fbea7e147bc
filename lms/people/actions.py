"""Every write about persons, accounts and sign-ins."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update

from lms import clock
from lms.access.rules import Role
from lms.db import db, writes
from lms.people.models import Account, Consent, Person, PersonLink, RoleGrant, SignIn
from lms.refusals import Refusal
from lms.vietnamese import clean, name_key, search_key

CONSENT_TEXT = "2026-11"
"""Version of people/_consent_text.html: changed words are a new version, and what was signed stays under the old one."""


@writes
def create_person(
    full_name: str, birth_year: int | None = None, gender: str | None = None, import_id: int | None = None
) -> Person:
    """A new person; the name is cleaned (NFC, single spaces, Đ) and its sort and search keys derived."""
    name = clean(full_name)
    if not name:
        raise Refusal("Chưa ghi họ tên.", "no-name")
    person = Person(
        full_name=name,
        name_key=name_key(name),
        search_key=search_key(name),
        birth_year=birth_year,
        gender=gender,
        import_id=import_id,
    )
    db.session.add(person)
    db.session.flush()  # the id is needed by what follows in the same act
    return person


@writes
def create_account(
    person: Person, username: str, password_hash: str, must_change: bool = True, import_id: int | None = None
) -> Account:
    """An account for a person. The hash is made by the caller, outside the write transaction."""
    if db.session.scalar(select(Account.id).where(Account.username == username)):
        raise Refusal(f"Tên đăng nhập «{username}» đã có người dùng. Chọn tên khác.", "username-taken")
    if db.session.scalar(select(Account.id).where(Account.person_id == person.id)):
        raise Refusal(f"{person.full_name} đã có tài khoản.", "has-account")
    account = Account(
        person_id=person.id,
        username=username,
        password_hash=password_hash,
        must_change_password=must_change,
        created_at=clock.now(),
        import_id=import_id,
    )
    db.session.add(account)
    db.session.flush()  # a taken name must show here, not at commit
    return account


@writes
def grant_role(
    person_id: int,
    role: Role,
    from_on: date,
    *,
    unit_id: int | None = None,
    site_id: int | None = None,
    until_on: date | None = None,
    title: str = "",
    granted_by: int | None = None,
    import_id: int | None = None,
) -> RoleGrant:
    """Give a role on a unit or at a site from a day on."""
    grant = RoleGrant(
        person_id=person_id,
        role=str(role),
        unit_id=unit_id,
        site_id=site_id,
        from_on=from_on,
        until_on=until_on,
        title=title,
        granted_by=granted_by,
        import_id=import_id,
    )
    db.session.add(grant)
    return grant


@writes
def start_sign_in(account: Account, device: str = "", kind: str = "password", until: datetime | None = None) -> SignIn:
    """A new session for an account; its key has 256 bits."""
    row = SignIn(
        key=secrets.token_urlsafe(32),
        person_id=account.person_id,
        account_id=account.id,
        kind=kind,
        started_at=clock.now(),
        until=until,
        device=device,
    )
    db.session.add(row)
    db.session.flush()  # the key goes into the cookie of this answer
    return row


@writes
def end_sign_in(key: str) -> None:
    """End one session; a copy of its cookie is dead from now on (ASVS 7.4.1)."""
    db.session.execute(update(SignIn).where(SignIn.key == key, SignIn.ended_at.is_(None)).values(ended_at=clock.now()))


@writes
def end_all_sign_ins(person_id: int, but_key: str | None = None) -> None:
    """End a person's sessions everywhere, but the one in hand when it is named."""
    wanted = update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
    if but_key:
        wanted = wanted.where(SignIn.key != but_key)
    db.session.execute(wanted.values(ended_at=clock.now()))


@writes
def set_password(account: Account, password_hash: str, must_change: bool = False) -> None:
    """Change a password and end every other session of the person."""
    account.password_hash = password_hash
    account.must_change_password = must_change
    account.first_password_until = None


@writes
def set_pin(account: Account, pin_hash: str) -> None:
    """The PIN with which a host takes a handed-over device back."""
    account.pin_hash = pin_hash


@writes
def correct_person(person: Person, full_name: str, birth_year: int | None, gender: str | None) -> None:
    """Mend what is written about a person."""
    name = clean(full_name)
    if not name:
        raise Refusal("Chưa ghi họ tên.", "no-name")
    person.full_name, person.name_key, person.search_key = name, name_key(name), search_key(name)
    person.birth_year, person.gender = birth_year, gender


@writes
def disable_account(account: Account) -> None:
    """Nobody signs in with it any more, and every session of it ends now (ASVS 7.4.2)."""
    account.disabled_at = clock.now()
    end_all_sign_ins(account.person_id)


@writes
def enable_account(account: Account) -> None:
    account.disabled_at = None


@writes
def end_role(grant: RoleGrant, on_day: date) -> None:
    """From this day on the role is no longer held; one begun the same day never was."""
    if on_day <= grant.from_on:
        db.session.delete(grant)
    else:
        grant.until_on = on_day


@writes
def follow_units(old_unit_ids: Iterable[int], new_unit_id: int, on_day: date) -> int:
    """After units merged: whoever holds a role on an old one holds it on the new one; returns how many roles."""
    wanted = select(RoleGrant).where(
        RoleGrant.unit_id.in_(list(old_unit_ids)), RoleGrant.until_on.is_(None) | (RoleGrant.until_on > on_day)
    )
    held = list(db.session.scalars(wanted.order_by(RoleGrant.id)))
    for grant in held:
        if grant.from_on >= on_day:
            grant.unit_id = new_unit_id
            continue
        grant_role(
            grant.person_id, Role(grant.role), on_day, unit_id=new_unit_id, until_on=grant.until_on,
            title=grant.title, granted_by=grant.granted_by, import_id=grant.import_id,
        )  # fmt: skip
        grant.until_on = on_day
    return len(held)


@writes
def record_consent(
    person_id: int,
    purpose: str,
    giver: str,
    text_version: str,
    channel: str,
    *,
    act: str = "given",
    at: datetime | None = None,
    recorded_by: int | None = None,
    id: UUID | None = None,
) -> Consent:
    """One yes, or its withdrawal, of the learner (self) or the representative, for one purpose."""
    moment = clock.now()
    row = Consent(
        id=id or uuid4(),
        person_id=person_id,
        purpose=purpose,
        giver=giver,
        act=act,
        text_version=text_version,
        channel=channel,
        at=at or moment,
        recorded_at=moment,
        recorded_by=recorded_by,
    )
    db.session.add(row)
    db.session.flush()  # a second yes in the same act must see the first
    return row


@writes
def confirm_link(
    school: Person, commune: Person, recorded_by: int | None, facts: dict[str, Any] | None = None
) -> PersonLink:
    """The school's pupil and the commune's person are one: evidence is read through the commune's from now on."""
    if school.id == commune.id:
        raise Refusal("Hai hồ sơ này vốn là một.", "same")
    if school.canonical_id is not None:
        raise Refusal(f"{school.full_name} đã được nối với một hồ sơ khác. Gỡ nối trước.", "linked")
    if commune.canonical_id is not None:
        raise Refusal(f"Hồ sơ của {commune.full_name} đã nối sang hồ sơ khác.", "not-canonical")
    taken = select(Person.id).where(Person.canonical_id == school.id)
    if db.session.scalar(taken.limit(1)):
        raise Refusal("Hồ sơ này đang là hồ sơ chính của người khác.", "is-canonical")
    school.canonical_id = commune.id
    return _link_act(school.id, commune.id, "confirm", recorded_by, facts)


@writes
def reject_link(school: Person, commune: Person, recorded_by: int | None) -> PersonLink:
    """These two are not the same person; the pair is not proposed again."""
    return _link_act(school.id, commune.id, "reject", recorded_by, None)


@writes
def undo_link(school: Person, recorded_by: int | None) -> PersonLink:
    """Take a confirmed link back; both stand alone again and nothing they did is lost."""
    if school.canonical_id is None:
        raise Refusal("Hồ sơ này chưa nối với ai.", "not-linked")
    commune_id, school.canonical_id = school.canonical_id, None
    return _link_act(school.id, commune_id, "undo", recorded_by, None)


@writes
def reconsider_link(school: Person, commune: Person, recorded_by: int | None) -> PersonLink:
    """Take a rejection back: the pair may be proposed again."""
    return _link_act(school.id, commune.id, "undo", recorded_by, None)


def _link_act(
    school_id: int, commune_id: int, act: str, recorded_by: int | None, facts: dict[str, Any] | None
) -> PersonLink:
    row = PersonLink(
        school_person_id=school_id,
        commune_person_id=commune_id,
        act=act,
        at=clock.now(),
        recorded_by=recorded_by,
        facts=facts or {},
    )
    db.session.add(row)
    db.session.flush()  # the next act of the pair must see it
    return row
