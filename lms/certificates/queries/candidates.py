"""Who has earned a kind of certificate and has none yet."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select

from lms.certificates.models import CertificateBatch, Nomination
from lms.certificates.queries import holders
from lms.certificates.rules import RENEWED_DAYS, Holding, Kind, Proof, covering, freshest
from lms.classes.queries import enrolled
from lms.clock import day_of
from lms.db import db
from lms.households.models import Household, Member
from lms.people.models import Person
from lms.people.queries import canonical_ids, ids_read_through
from lms.places.models import Site
from lms.places.queries import holds_on, unit_ids_below
from lms.quizzes.queries.outcomes import passed_of_members
from lms.skills.models import Evidence, SkillSpell
from lms.skills.queries import whole_spells_of
from lms.teams.models import Team, TeamMember
from lms.teams.queries import observed_visits


def of_class(class_id: int, today: date) -> Select[int]:
    return enrolled(class_id, today).with_only_columns(Person.id)


def of_unit(unit_id: int, today: date) -> Select[int]:
    """Everybody living in the commune."""
    homes = select(Household.id).where(Household.unit_id.in_(unit_ids_below([unit_id], today)))
    return select(Member.person_id).where(Member.household_id.in_(homes), *holds_on(today, Member))


def of_teams(unit_id: int, today: date) -> Select[int]:
    """Members of the commune's teams, wherever they live."""
    teams = select(Team.id).where(Team.unit_id.in_(unit_ids_below([unit_id], today)), *holds_on(today, Team))
    return select(TeamMember.person_id).where(TeamMember.team_id.in_(teams), *holds_on(today, TeamMember))


def ready(kind: Kind, scope: Select[int], today: date, limit: int) -> list[Person]:
    """Canonical persons of the scope who hold every skill and part the kind needs, are not proposed already and have no
    such certificate that lasts."""
    through = select(func.coalesce(Person.canonical_id, Person.id)).where(Person.id.in_(scope))
    holding = (
        select(SkillSpell.person_id)
        .where(SkillSpell.superseded_at.is_(None), SkillSpell.from_on <= today, SkillSpell.until_on > today)
        .where(SkillSpell.skill_id.in_(kind.needs))
        .group_by(SkillSpell.person_id)
        .having(func.count(SkillSpell.skill_id.distinct()) == len(kind.needs))
    )
    proposed = (
        select(Nomination.person_id)
        .join(CertificateBatch, CertificateBatch.id == Nomination.batch_id)
        .where(CertificateBatch.state == "proposed", CertificateBatch.kind == kind.id)
    )
    wanted = (
        select(Person)
        .where(Person.id.in_(through), Person.id.in_(holding), Person.id.not_in(proposed))
        .where(
            Person.id.not_in(holders(covering(kind), today + timedelta(days=RENEWED_DAYS))), Person.ended_on.is_(None)
        )
    )
    ordered = wanted.order_by(Person.name_key, Person.id)
    if not kind.parts:
        return list(db.session.scalars(ordered.limit(limit)))
    people = list(db.session.scalars(ordered))  # members of one commune's teams: some dozens
    done = proofs([person.id for person in people])
    return [person for person in people if set(kind.parts) <= freshest(done[person.id], today).keys()][:limit]


def holdings(person_ids: Sequence[int]) -> dict[int, list[Holding]]:
    """Person → what they are or were proficient in."""
    found: dict[int, list[Holding]] = {person: [] for person in person_ids}
    for row in whole_spells_of(person_ids):
        events = (*row.reason.get("keys", ()), *row.reason.get("opened_by", ()))
        found[row.person_id].append(Holding(row.skill_id, row.from_on, row.until_on, events))
    return found


def proofs(person_ids: Sequence[int]) -> dict[int, list[Proof]]:
    """Canonical person → the parts of the road of members they ever passed, in a fixed number of statements."""
    through = ids_read_through(person_ids)
    passed, seen = passed_of_members(list(through)), [one for one in observed_visits(through) if one.passed]
    people = {one for row in passed for one in row.attended_by} | {row.observer_id for row in seen}
    known = canonical_ids(people)
    found: dict[int, list[Proof]] = {person: [] for person in person_ids}
    for row in passed:
        by = frozenset(known.get(one, one) for one in row.attended_by)
        part = "lesson" if row.kind == "observer" else "exam"
        found[through[row.person_id]].append(Proof(part, day_of(row.closed_at), str(row.attempt_id), by))
    for visit in seen:
        by = frozenset([known.get(visit.observer_id, visit.observer_id)])
        found[through[visit.member_id]].append(Proof("visit", visit.visited_on, str(visit.id), by))
    return found


def attesters(events: Iterable[str]) -> dict[str, set[int]]:
    """Piece of evidence → canonical ids of everybody who took part in it: witnessed, opened, hosted, signed."""
    found: dict[str, set[int]] = {}
    ids = [UUID(one) for one in sorted(set(events))]
    for start in range(0, len(ids), 400):
        wanted = select(Evidence.id, Evidence.actors).where(Evidence.id.in_(ids[start : start + 400]))
        for id, actors in db.session.execute(wanted):
            found[str(id)] = {int(actor["person"]) for actor in actors}
    known = canonical_ids({person for people in found.values() for person in people})
    return {event: {known.get(person, person) for person in people} for event, people in found.items()}


def unit_of_site(site_id: int) -> int:
    return db.session.scalars(select(Site.unit_id).where(Site.id == site_id)).one()
