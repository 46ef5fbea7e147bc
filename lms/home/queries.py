"""Who is acting: one statement for the sign-in and the person, one for what they hold. Plain values, no ORM object."""

from datetime import UTC, date, datetime

from flask import g, session
from sqlalchemy import String, bindparam, cast, null, or_, select, union_all

from lms import clock
from lms.access.actor import Actor, Grant
from lms.access.rules import Role, session_lives
from lms.db import db
from lms.people.models import Account, Person, RoleGrant, SignIn
from lms.teams.models import TeamMember

# Tables, not classes: these two run in every request, and a statement about mapped classes costs twice as much.
_sign_in, _person, _account = SignIn.__table__, Person.__table__, Account.__table__
_role_grant, _team_member = RoleGrant.__table__, TeamMember.__table__
_host = _sign_in.alias("host")

_WHO = (
    select(
        _sign_in.c.person_id,
        _sign_in.c.account_id,
        _sign_in.c.kind,
        _sign_in.c.started_at,
        _person.c.full_name,
        _person.c.canonical_id,
        _account.c.username,
        _account.c.must_change_password,
        _host.c.person_id.label("host_person_id"),
    )
    .select_from(_sign_in)
    .join(_person, _person.c.id == _sign_in.c.person_id)
    .outerjoin(_account, _account.c.id == _sign_in.c.account_id)
    .outerjoin(_host, _host.c.key == _sign_in.c.host_key)
    .where(_sign_in.c.key == bindparam("key"), _sign_in.c.ended_at.is_(None), _account.c.disabled_at.is_(None))
)

_HOLDS = union_all(
    select(
        _role_grant.c.role.label("role"),
        _role_grant.c.unit_id.label("unit_id"),
        _role_grant.c.site_id.label("site_id"),
        cast(null(), _role_grant.c.id.type).label("team_id"),
    ).where(
        _role_grant.c.person_id == bindparam("person"),
        _role_grant.c.from_on <= bindparam("today"),
        or_(_role_grant.c.until_on.is_(None), _role_grant.c.until_on > bindparam("today")),
    ),
    select(
        cast(_team_member.c.role, String),
        cast(null(), _role_grant.c.id.type),
        cast(null(), _role_grant.c.id.type),
        _team_member.c.team_id,
    ).where(
        _team_member.c.person_id == bindparam("person"),
        _team_member.c.from_on <= bindparam("today"),
        or_(_team_member.c.until_on.is_(None), _team_member.c.until_on > bindparam("today")),
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
