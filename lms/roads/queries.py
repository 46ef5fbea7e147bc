"""Every SELECT about roads: who has which part, and whom somebody may go along with."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, or_, select

from lms import clock
from lms.access.actor import Actor
from lms.access.rules import Role
from lms.certificates.models import Certificate, Revocation
from lms.certificates.queries import candidates
from lms.certificates.rules import KINDS, Proof, covering, freshest
from lms.db import db
from lms.households.models import Household
from lms.people.models import Person
from lms.people.queries import canonical_id, ids_read_through
from lms.places.models import Unit
from lms.places.queries import UNIT_ROLES, holds_on, unit_ids_below
from lms.roads.rules.readiness import SKILLS, Road
from lms.roads.rules.watching import OLDEST
from lms.skills import queries as skills
from lms.skills.models import SkillSpell
from lms.teams.models import ObservedVisit, Team, TeamMember
from lms.teams.queries import observed_visits
from lms.visits.models import Visit
from lms.witnessing.queries.reach import people_visible_to

CERTIFIED_BY = covering(KINDS["member"])


@dataclass(frozen=True)
class Going:
    """How far somebody has come, with all that a page tells of it."""

    road: Road
    held: dict[str, date]
    """Skill → its last day."""
    done: dict[str, Proof]
    """Part → its freshest proof."""


def teams_led_by(actor: Actor, today: date) -> Select[Team]:
    """An officer's teams, and those one leads; to be a member of a team does not open what it knows of the others."""
    if actor.holds(Role.ADMIN):
        return select(Team)
    led = [one.team_id for one in actor.grants if one.role == Role.TEAM_LEADER and one.team_id is not None]
    below = unit_ids_below(actor.unit_ids(*UNIT_ROLES), today)
    return select(Team).where(or_(Team.unit_id.in_(below), Team.id.in_(led)))


def going(person_ids: Sequence[int], today: date, spells: Sequence[SkillSpell] | None = None) -> dict[int, Going]:
    """Canonical person → how far they have come, in a fixed number of statements."""
    held: dict[int, dict[str, date]] = defaultdict(dict)
    for spell in skills.spells_of(person_ids) if spells is None else spells:
        if spell.from_on <= today < spell.until_on:
            last = spell.until_on - timedelta(days=1)
            held[spell.person_id][spell.skill_id] = max(last, held[spell.person_id].get(spell.skill_id, last))
    proofs, papers = candidates.proofs(person_ids), _certificates(ids_read_through(person_ids), today)
    found = {}
    for one in person_ids:
        done = freshest(proofs[one], today)
        fresh = {part: proof.last_day for part, proof in done.items()}
        found[one] = Going(Road(min(SKILLS, len(held[one])), fresh, papers.get(one)), held[one], done)
    return found


def team_of(person_id: int, today: date) -> Team | None:
    """The team somebody is a member of today, under whichever of their records."""
    ids = list(ids_read_through([canonical_id(person_id)]))
    wanted = select(Team).join(TeamMember, TeamMember.team_id == Team.id).where(TeamMember.person_id.in_(ids))
    return db.session.scalars(wanted.where(*holds_on(today, TeamMember)).order_by(Team.id).limit(1)).first()


def led_member(actor: Actor, person_id: int, today: date) -> Person | None:
    """A member of a team the actor answers for."""
    teams = teams_led_by(actor, today).with_only_columns(Team.id)
    members = select(TeamMember.person_id).where(TeamMember.team_id.in_(teams), *holds_on(today, TeamMember))
    return db.session.scalar(select(Person).where(Person.id == person_id, Person.id.in_(members)))


def to_go_with(actor: Actor, today: date) -> Select[Person]:
    """Members the actor may find to go along with: of teams that are not the actor's own."""
    seen = people_visible_to(actor, today).with_only_columns(Person.id)
    members = select(TeamMember.person_id).where(*holds_on(today, TeamMember))
    own = members.where(TeamMember.team_id.in_(actor.team_ids()))
    return select(Person).where(
        Person.id.in_(seen), Person.id.in_(members), Person.id.not_in(own), Person.id != actor.person_id
    )


def team_names(person_ids: Iterable[int], today: date) -> dict[int, str]:
    wanted = (
        select(TeamMember.person_id, Team.name)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.person_id.in_(list(person_ids)), *holds_on(today, TeamMember))
        .order_by(Team.name_key.desc())
    )
    return {person: name for person, name in db.session.execute(wanted)}


def lately_visited(person_id: int, today: date) -> list[tuple[Visit, str]]:
    """A member's visits one may still sign for, with the village; whose home it was is not told here."""
    ids = list(ids_read_through([canonical_id(person_id)]))
    wanted = (
        select(Visit, Unit.name)
        .join(Household, Household.id == Visit.household_id)
        .join(Unit, Unit.id == Household.unit_id)
        .where(Visit.by_id.in_(ids), Visit.visited_on >= today - OLDEST, Visit.visited_on <= today)
        .order_by(Visit.visited_on.desc(), Visit.id)
        .limit(MOST_LATELY)
    )
    return [(visit, village) for visit, village in db.session.execute(wanted)]


MOST_LATELY = 20


def watched(person_id: int) -> list[tuple[ObservedVisit, str]]:
    """Visits of somebody that were watched, as they stand, with who went along; the latest first."""
    rows = observed_visits(ids_read_through([canonical_id(person_id)]))
    ids = {row.observer_id for row in rows}
    names = {id: name for id, name in db.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(ids)))}
    return [(row, names[row.observer_id]) for row in rows]


def own_watching(observer_id: int, watched_id: UUID, today: date) -> ObservedVisit | None:
    """What somebody noted today and may note anew."""
    row = db.session.get(ObservedVisit, watched_id)
    if row is None or row.observer_id != observer_id or clock.day_of(row.received_at) != today:
        return None
    later = db.session.scalar(select(ObservedVisit.id).where(ObservedVisit.corrects_id == row.id))
    return row if later is None else None


def standing_certificate(person_id: int, today: date) -> Certificate | None:
    """The members' certificate of somebody that lasts longest."""
    ids = list(ids_read_through([canonical_id(person_id)]))
    wanted = _standing(today).where(Certificate.person_id.in_(ids)).order_by(Certificate.last_day.desc())
    return db.session.scalars(wanted.limit(1)).first()


def _certificates(through: dict[int, int], today: date) -> dict[int, date]:
    """Canonical person → the last day of the certificate that stands longest."""
    found: dict[int, date] = {}
    wanted = _standing(today).with_only_columns(Certificate.person_id, Certificate.last_day)
    for person, last_day in db.session.execute(wanted.where(Certificate.person_id.in_(list(through)))):
        found[through[person]] = max(last_day, found.get(through[person], last_day))
    return found


def _standing(today: date) -> Select[Certificate]:
    gone = select(Revocation.certificate_id).where(Revocation.outcome == "revoked")
    return select(Certificate).where(
        Certificate.kind.in_(CERTIFIED_BY), Certificate.last_day >= today, Certificate.id.not_in(gone)
    )
