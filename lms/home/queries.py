"""Who is acting: one statement for the sign-in and the person, one for what they hold. Plain values, no ORM object."""

from datetime import UTC, date, datetime

from flask import g, session
from sqlalchemy import String, bindparam, cast, null, or_, select, union_all
from sqlalchemy.orm import aliased

from lms import clock
from lms.access.actor import Actor, Grant
from lms.access.rules import Role, session_lives
from lms.db import db
from lms.people.models import Account, Person, RoleGrant, SignIn
from lms.teams.models import TeamMember

HostSignIn = aliased(SignIn)

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
    )
    .join(Person, Person.id == SignIn.person_id)
    .outerjoin(Account, Account.id == SignIn.account_id)
    .outerjoin(HostSignIn, HostSignIn.key == SignIn.host_key)
    .where(SignIn.key == bindparam("key"), SignIn.ended_at.is_(None), Account.disabled_at.is_(None))
)

_HOLDS = union_all(
    select(
        RoleGrant.role.label("role"),
        RoleGrant.unit_id.label("unit_id"),
        RoleGrant.site_id.label("site_id"),
        cast(null(), RoleGrant.id.type).label("team_id"),
    ).where(
        RoleGrant.person_id == bindparam("person"),
        RoleGrant.from_on <= bindparam("today"),
        or_(RoleGrant.until_on.is_(None), RoleGrant.until_on > bindparam("today")),
    ),
    select(
        cast(TeamMember.role, String),
        cast(null(), RoleGrant.id.type),
        cast(null(), RoleGrant.id.type),
        TeamMember.team_id,
    ).where(
        TeamMember.person_id == bindparam("person"),
        TeamMember.from_on <= bindparam("today"),
        or_(TeamMember.until_on.is_(None), TeamMember.until_on > bindparam("today")),
    ),
)

SEEN_EVERY_SECONDS = 60


def actor_by_sign_in(key: str) -> Actor | None:
    """The actor behind a cookie's key, or None when the session has ended, idled out or grown too old."""
    now = clock.now()
    row = db.session.execute(_WHO, {"key": key}).first()
    if row is None:
        return None
    grants = () if row.kind == "hand-over" else grants_of(row.person_id, clock.day_of(now))
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


def grants_of(person_id: int, today: date) -> tuple[Grant, ...]:
    """What a person holds today: unit- and school-scoped roles, and team memberships."""
    rows = db.session.execute(_HOLDS, {"person": person_id, "today": today})
    return tuple(Grant(Role(row.role), row.unit_id, row.site_id, row.team_id) for row in rows)
