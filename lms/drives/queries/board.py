"""What a leader sees of a team, and an officer of all teams: in a fixed number of statements, however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.certificates.models import Certificate, Revocation
from lms.certificates.rules import KINDS, covering
from lms.clock import day_of, start_of
from lms.db import db
from lms.drives.rules.readiness import SKILLS, Road, ends_soon
from lms.exams.models import Exam
from lms.people.models import Person
from lms.people.queries import ids_read_through
from lms.places.queries import UNIT_ROLES, holds_on, unit_ids_below
from lms.quizzes.models import Attempt, Quiz
from lms.quizzes.queries.outcomes import OUTCOME, passed
from lms.reports import queries as reports
from lms.reports.queries import Figures
from lms.skills import queries as skills
from lms.skills.rules.flowers import Flower
from lms.teams.models import Team, TeamMember, TeamVillage
from lms.visits.models import Visit
from lms.witnessing.models import Observation

LATELY = timedelta(days=90)
CERTIFIED_BY = covering(KINDS["five"])


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
    """Skills (or «certificate») that end within sixty days, with their last day."""
    done: dict[str, Doing]
    """What they did for others, by its kind (`DOINGS`)."""


def boards_visible_to(actor: Actor, today: date) -> Select[Team]:
    """An officer's teams, and those one leads; to be a member of a team does not open its board."""
    if actor.holds(Role.ADMIN):
        return select(Team)
    led = [one.team_id for one in actor.grants if one.role == Role.TEAM_LEADER and one.team_id is not None]
    below = unit_ids_below(actor.unit_ids(*UNIT_ROLES), today)
    return select(Team).where(or_(Team.unit_id.in_(below), Team.id.in_(led)))


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
    lesson, exam, papers = _observers(through), _examined(through), _certificates(through, today)
    held: dict[int, dict[str, date]] = defaultdict(dict)
    for spell in spells:
        if spell.from_on <= today < spell.until_on:
            last = spell.until_on - timedelta(days=1)
            held[spell.person_id][spell.skill_id] = max(last, held[spell.person_id].get(spell.skill_id, last))
    done = {kind: count(through, today) for kind, count in DOINGS.items()}
    found: dict[int, list[Row]] = {team: [] for team in team_ids}
    for member, person in members:
        one = person.canonical_id or person.id
        paper = papers.get(one)
        ending = [(skill, last) for skill, last in sorted(held[one].items()) if ends_soon(last, today)]
        if paper is not None and ends_soon(paper, today):
            ending.append(("certificate", paper))
        road = Road(min(SKILLS, len(held[one])), one in lesson, one in exam, paper)
        did = {kind: counts.get(one, Doing()) for kind, counts in done.items()}
        found[member.team_id].append(Row(member.team_id, member.role, person, flowers[one], road, tuple(ending), did))
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


def _observers(through: dict[int, int]) -> set[int]:
    """Canonical ids of those who passed the observers' questions."""
    wanted = select(Attempt.person_id, *OUTCOME).join(Quiz, Quiz.id == Attempt.quiz_id)
    attempts = db.session.execute(wanted.where(Quiz.kind == "observer", Attempt.person_id.in_(list(through))))
    return {through[person] for person, *outcome in attempts if passed(*outcome)}


def _examined(through: dict[int, int]) -> set[int]:
    """Canonical ids of those who passed the exam of the team's course, on a screen or on paper, in a supervised exam."""
    wanted = (
        select(Attempt.person_id, *OUTCOME)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .join(Exam, Exam.window_id == Attempt.session_id)
        .where(Quiz.kind == "team", Attempt.person_id.in_(list(through)))
    )
    return {through[person] for person, *outcome in db.session.execute(wanted) if passed(*outcome)}


def _certificates(through: dict[int, int], today: date) -> dict[int, date]:
    """Canonical person → the last day of the certificate that stands longest."""
    gone = select(Revocation.certificate_id).where(Revocation.outcome == "revoked")
    wanted = select(Certificate.person_id, Certificate.last_day).where(
        Certificate.person_id.in_(list(through)),
        Certificate.kind.in_(CERTIFIED_BY),
        Certificate.last_day >= today,
        Certificate.id.not_in(gone),
    )
    found: dict[int, date] = {}
    for person, last_day in db.session.execute(wanted):
        found[through[person]] = max(last_day, found.get(through[person], last_day))
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
