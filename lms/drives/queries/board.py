"""What a leader sees of a team, and an officer of all teams: in a fixed number of statements, however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from lms.clock import day_of, start_of
from lms.db import db
from lms.people.models import Person
from lms.people.queries import ids_read_through
from lms.places.queries import holds_on
from lms.reports import queries as reports
from lms.reports.queries import Figures
from lms.roads.queries import going
from lms.roads.rules.readiness import Road, ending
from lms.skills import queries as skills
from lms.skills.rules.flowers import Flower
from lms.teams.models import TeamMember, TeamVillage
from lms.visits.models import Visit
from lms.witnessing.models import Observation

LATELY = timedelta(days=90)


@dataclass(frozen=True)
class Doing:
    """How often, in the last ninety days, and when last."""

    count: int = 0
    last_on: date | None = None


@dataclass(frozen=True)
class Row:
    """One member of a team."""

    team_id: int
    role: str
    person: Person
    flower: Flower
    road: Road
    ending: tuple[tuple[str, date], ...]
    """Skills, parts and the certificate that end within sixty days, with their last day."""
    done: dict[str, Doing]
    """What they did for others, by its kind (`DOINGS`)."""


def rows(team_ids: Sequence[int], today: date) -> dict[int, list[Row]]:
    """Team → its members of today in the order of their names."""
    wanted = (
        select(TeamMember, Person)
        .join(Person, Person.id == TeamMember.person_id)
        .where(TeamMember.team_id.in_(team_ids), *holds_on(today, TeamMember))
        .order_by(Person.name_key, Person.id, TeamMember.id)
    )
    members = [(member, person) for member, person in db.session.execute(wanted)]
    ids = sorted({person.canonical_id or person.id for _member, person in members})
    through = ids_read_through(ids)
    spells = skills.spells_of(ids)
    flowers = skills.flowers(ids, today, spells)
    roads = going(ids, today, spells)
    done = {kind: count(through, today) for kind, count in DOINGS.items()}
    found: dict[int, list[Row]] = {team: [] for team in team_ids}
    for member, person in members:
        one = person.canonical_id or person.id
        road = roads[one].road
        soon = ending(road, roads[one].held, today)
        did = {kind: counts.get(one, Doing()) for kind, counts in done.items()}
        found[member.team_id].append(Row(member.team_id, member.role, person, flowers[one], road, soon, did))
    return found


def needs(team_ids: Sequence[int], today: date) -> dict[int, list[tuple[int, Figures]]]:
    """Team → its villages with their figures, those with the most households still to open first."""
    wanted = select(TeamVillage.team_id, TeamVillage.unit_id).where(
        TeamVillage.team_id.in_(team_ids), *holds_on(today, TeamVillage)
    )
    charged = [(team, unit) for team, unit in db.session.execute(wanted)]
    shown = reports.figures(sorted({unit for _team, unit in charged}), today)
    found: dict[int, list[tuple[int, Figures]]] = {team: [] for team in team_ids}
    for team, unit in charged:
        found[team].append((unit, shown[unit]))
    for some in found.values():
        some.sort(key=lambda one: (one[1].strict - one[1].households, one[0]))
    return found


def _attested(through: dict[int, int], today: date) -> dict[int, Doing]:
    """Signatures that counted; of a corrected one only the correction."""
    later = aliased(Observation)
    wanted = (
        select(Observation.witness_id, func.count(), func.max(Observation.occurred_at))
        .where(Observation.witness_id.in_(list(through)), Observation.admitted)
        .where(Observation.occurred_at >= start_of(today - LATELY))
        .where(~select(later.id).where(later.corrects_id == Observation.id).exists())
        .group_by(Observation.witness_id)
    )
    return _added((through[witness], count, day_of(last)) for witness, count, last in db.session.execute(wanted))


def _added(lines: Iterable[tuple[int, int, date]]) -> dict[int, Doing]:
    """Both records of one human being together."""
    found: dict[int, Doing] = {}
    for person, count, last in lines:
        before = found.get(person, Doing())
        found[person] = Doing(before.count + count, max(last, before.last_on or last))
    return found


def _visited(through: dict[int, int], today: date) -> dict[int, Doing]:
    """Visits to homes that stand."""
    wanted = (
        select(Visit.by_id, func.count(), func.max(Visit.visited_on))
        .where(Visit.by_id.in_(list(through)), Visit.visited_on > today - LATELY)
        .group_by(Visit.by_id)
    )
    return _added((through[visitor], count, last) for visitor, count, last in db.session.execute(wanted))


DOINGS = {"attested": _attested, "visited": _visited}
"""What is counted of a member's work for others: a kind, and who did it how often lately (one statement each); the words
stand in `drives/_doings.html`."""
