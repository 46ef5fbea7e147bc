"""Every write about persons, accounts and sign-ins."""

import secrets
from datetime import date

from sqlalchemy import select, update

from lms import clock
from lms.access.rules import Role
from lms.db import db, writes
from lms.people.models import Account, Person, RoleGrant, SignIn
from lms.refusals import Refusal
from lms.vietnamese import clean, name_key, search_key


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
def start_sign_in(account: Account, device: str = "") -> SignIn:
    """A new session for an account; its key has 256 bits."""
    row = SignIn(
        key=secrets.token_urlsafe(32),
        person_id=account.person_id,
        account_id=account.id,
        started_at=clock.now(),
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
