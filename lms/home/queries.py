"""Who is acting: one statement for the sign-in, the person and what they hold. Plain values, no ORM object."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from flask import g, session
from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from lms import clock
from lms.access.actor import Actor, Grant
from lms.access.rules import Role, session_lives
from lms.db import fetch
from lms.people.models import Account, Person, RoleGrant, SignIn
from lms.teams.models import TeamMember

HostSignIn = aliased(SignIn)


def _held_today(table: type[RoleGrant] | type[TeamMember]) -> ColumnElement[bool]:
    today: BindParameter[date] = bindparam("today")
    return and_(
        table.person_id == SignIn.person_id,
        table.from_on <= today,
        or_(table.until_on.is_(None), table.until_on > today),
    )


# Roles and teams side by side: a person holds few of either, and a second statement would cost every page more.
_WHO = (
    select(
        SignIn.person_id,
        SignIn.account_id,
        SignIn.kind,
        SignIn.started_at,
        Person.full_name,
        Person.canonical_id,
        Account.username,
        Account.must_change_password,
        HostSignIn.person_id.label("host_person_id"),
        RoleGrant.id.label("grant_id"),
        RoleGrant.role,
        RoleGrant.unit_id,
        RoleGrant.site_id,
        TeamMember.id.label("seat_id"),
        TeamMember.role.label("seat"),
        TeamMember.team_id,
    )
    .join(Person, Person.id == SignIn.person_id)
    .outerjoin(Account, Account.id == SignIn.account_id)
    .outerjoin(HostSignIn, HostSignIn.key == SignIn.host_key)
    .outerjoin(RoleGrant, _held_today(RoleGrant))
    .outerjoin(TeamMember, _held_today(TeamMember))
    .where(SignIn.key == bindparam("key"), SignIn.ended_at.is_(None), Account.disabled_at.is_(None))
)

SEEN_EVERY_SECONDS = 60


def actor_by_sign_in(key: str) -> Actor | None:
    """The actor behind a cookie's key, or None when the session has ended, idled out or grown too old."""
    now = clock.now()
    rows = fetch(_WHO, key=key, today=clock.day_of(now))
    if not rows:
        return None
    row = rows[0]
    grants = () if row.kind == "hand-over" else _grants(rows)
    roles = frozenset(
        {Role.HANDED_OVER} if row.kind == "hand-over" else {Role.LEARNER, *(grant.role for grant in grants)}
    )
    seen = datetime.fromtimestamp(session.get("seen", row.started_at.timestamp()), UTC)
    if not session_lives(roles, row.started_at, seen, now):
        return None
    if now.timestamp() - seen.timestamp() >= SEEN_EVERY_SECONDS or "seen" not in session:
        session["seen"] = int(now.timestamp())
    g.actor_id = row.person_id
    return Actor(
        sign_in_key=key,
        person_id=row.person_id,
        name=row.full_name,
        account_id=row.account_id,
        username=row.username or "",
        canonical_id=row.canonical_id or row.person_id,
        must_change_password=bool(row.must_change_password),
        started_at=row.started_at,
        grants=grants,
        roles=roles,
        host_person_id=row.host_person_id,
    )


def _grants(rows: Sequence[Any]) -> tuple[Grant, ...]:
    """What the person holds today: unit- and school-scoped roles, then team memberships."""
    roles = {row.grant_id: Grant(Role(row.role), row.unit_id, row.site_id) for row in rows if row.grant_id}
    seats = {row.seat_id: Grant(Role(row.seat), team_id=row.team_id) for row in rows if row.seat_id}
    return (*roles.values(), *seats.values())
