"""What each role's first page gathers, each part in a few statements, whatever the number of rows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from lms.access.actor import Actor
from lms.access.rules import Role
from lms.classes import queries as class_queries
from lms.classes.models import Enrolment, SchoolClass
from lms.classes.queries import planning
from lms.classes.queries import waiting as waiting_results
from lms.classes.queries.waiting import Held
from lms.clock import day_of
from lms.courses import queries as courses
from lms.courses.models import Course, Fact, Module
from lms.courses.queries import LessonAt, StepLink
from lms.db import db
from lms.households.models import Household
from lms.people.models import Account, Person, RoleGrant
from lms.people.queries import standing_consents
from lms.people.rules import Purpose
from lms.places import queries as places
from lms.places.models import Site, Unit, UnitKind
from lms.places.queries import UNIT_ROLES, holds_on
from lms.quizzes.models import Quiz
from lms.quizzes.queries import placing
from lms.reports import queries as reports
from lms.reports.queries import Figures
from lms.reports.queries.gardens import GardenRow, nearest
from lms.skills import queries as skills
from lms.skills.rules.flowers import Flower, flower_of
from lms.teams.models import Team, TeamVillage
from lms.teams.queries import village_ids_of
from lms.witnessing import queries as witnessing
from lms.witnessing.models import PracticeSession, TestWindow
from lms.witnessing.queries import sessions

NEAREST = 6


@dataclass(frozen=True)
class Work:
    """A module to do: its next lesson, how far, and by when."""

    title: str
    skill_id: str | None
    lesson: LessonAt | None
    read: int
    steps: int
    due_on: date | None
    is_late: bool = False
    after: str = ""
    """The module to be read first, where work was given in order."""


@dataclass(frozen=True)
class Learner:
    is_pupil: bool
    class_names: tuple[str, ...]
    work: tuple[Work, ...]
    tests: list[tuple[TestWindow, Quiz]]
    sessions: list[PracticeSession]
    """Supervised practice that is open for them."""
    flower: Flower
    waits: tuple[Held, ...] = ()
    """Tests handed in whose results are told later; the flower does not know of them yet."""
    known: tuple[StepLink, ...] = ()
    """Steps of lessons that placement found known: they may be skipped."""

    @property
    def has_work(self) -> bool:
        return bool(self.is_pupil or self.tests or self.sessions or self.work or self.known)


def learner(me: Actor, now: datetime) -> Learner:
    """What a learner does next: open tests, assigned modules not read to their end, and the flower."""
    day = day_of(now)
    rows = class_queries.classes_of(me.person_id, day)
    assigned = planning.assigned_to(me.person_id, [row.id for row in rows], day)
    ids = [module.id for _assignment, module in assigned]
    progress = courses.module_progress(ids, [me.person_id])
    first = courses.first_lessons(ids)
    skill_of = _skills_of(ids)
    work: list[Work] = []
    waiting: dict[int, str] = {}
    for assignment, module in assigned:
        read, steps = progress.get((me.person_id, module.id), (0, 0))
        if not steps or read < steps:
            waiting[assignment.id] = module.title
            after = waiting.get(assignment.after_id or 0, "")
            work.append(
                Work(module.title, skill_of.get(module.id), first.get(module.id), read, steps, assignment.due_on,
                     assignment.due_on < day, after)
            )  # fmt: skip
    work.sort(key=lambda one: bool(one.after))
    held = waiting_results.held([me.canonical_id], day)
    return Learner(
        is_pupil=bool(rows),
        class_names=tuple(row.name for row in rows),
        work=tuple(work),
        tests=witnessing.open_windows_for(me.person_id, now),
        sessions=[row for row, _entered in sessions.sessions_open_for(me.person_id, now)],
        flower=_flower(me.canonical_id, day, held),
        waits=tuple(held.values()),
        known=_known_steps(me.canonical_id),
    )


def _flower(canonical_id: int, day: date, held: Mapping[UUID, Held]) -> Flower:
    """As stored; evaluated afresh where a result must not be told by it."""
    if not held:
        return skills.flowers([canonical_id], day)[canonical_id]
    told = skills.standings([canonical_id], day, {str(id) for id in held})
    return flower_of(told[canonical_id], skills.framework().short_names)


def _known_steps(canonical_id: int) -> tuple[StepLink, ...]:
    return tuple(courses.step_links(sorted(placing.steps_known(placing.placed(canonical_id).values()))).values())


def _skills_of(module_ids: list[str]) -> dict[str, str | None]:
    rows = (
        select(Module.id, Course.skill_id).join(Course, Course.id == Module.course_id).where(Module.id.in_(module_ids))
    )
    return {module: skill for module, skill in db.session.execute(rows)}


@dataclass(frozen=True)
class ClassCard:
    row: SchoolClass
    site: str
    pupils: int
    unsigned: int
    """Pupils whose consent to tests is not complete."""


def classes(me: Actor, today: date) -> list[ClassCard]:
    """The actor's classes, with how many pupils and how many lack a signed paper."""
    wanted = class_queries.visible_to(me, today).where(*holds_on(today, SchoolClass)).order_by(SchoolClass.name)
    rows = list(db.session.scalars(wanted))
    enrolled = (
        select(Enrolment.class_id, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.class_id.in_([row.id for row in rows]), *holds_on(today, Enrolment))
    )
    pupils: dict[int, list[Person]] = defaultdict(list)
    for class_id, person in db.session.execute(enrolled):
        pupils[class_id].append(person)
    consents = standing_consents([one for some in pupils.values() for one in some], today)
    names = select(Site.id, Site.name).where(Site.id.in_({row.site_id for row in rows}))
    sites = {site: name for site, name in db.session.execute(names)}
    return [
        ClassCard(
            row,
            sites.get(row.site_id, ""),
            len(pupils[row.id]),
            sum(not consents[one.id][Purpose.ASSESSMENT].holds for one in pupils[row.id]),
        )
        for row in rows
    ]


def windows(me: Actor, now: datetime) -> list[tuple[TestWindow, Quiz]]:
    return witnessing.windows_of(me.person_id, now)


@dataclass(frozen=True)
class Village:
    unit: Unit
    figures: Figures
    nearest: list[GardenRow]


def villages(me: Actor, today: date) -> list[Village]:
    """The villages of the actor's teams, each with the households nearest to opening."""
    units = list(db.session.scalars(select(Unit).where(Unit.id.in_(village_ids_of(me, today))).order_by(Unit.name_key)))
    shown = reports.figures([unit.id for unit in units], today)
    rows = nearest([unit.id for unit in units], today, NEAREST)
    return [Village(unit, shown[unit.id], [row for row in rows if row.unit_id == unit.id]) for unit in units]


def units(me: Actor, today: date) -> list[tuple[Unit, str, Figures]]:
    """The units an officer answers for, with their figures."""
    ids = me.unit_ids(*UNIT_ROLES)
    rows = list(db.session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.name_key)))
    shown, kinds = reports.figures(ids, today), places.kinds()
    return [(row, places.full_name(row, kinds), shown[row.id]) for row in rows]


@dataclass(frozen=True)
class SetupStep:
    key: str
    count: int


@dataclass(frozen=True)
class Setup:
    """What a new installation still needs, in order."""

    steps: list[SetupStep] = field(default_factory=list)

    @property
    def next(self) -> str:
        return next((step.key for step in self.steps if not step.count), "")


def setup(today: date, backups: int) -> Setup:
    """Counts that say whether each step of the set-up was taken; `backups`: how many copies there are."""

    def count(statement: object) -> int:
        return int(db.session.scalar(statement) or 0)  # type: ignore[call-overload]

    at_level = select(func.count()).select_from(Unit).join(UnitKind, UnitKind.id == Unit.kind_id)
    staff = select(func.count()).select_from(RoleGrant).where(RoleGrant.role != Role.ADMIN, *holds_on(today, RoleGrant))
    return Setup(
        [
            SetupStep("units", count(at_level.where(UnitKind.level == "commune"))),
            SetupStep("villages", count(at_level.where(UnitKind.level == "village"))),
            SetupStep("sites", count(select(func.count()).select_from(Site))),
            SetupStep("staff", count(staff)),
            SetupStep("accounts", max(0, count(select(func.count()).select_from(Account)) - 1)),
            SetupStep("households", count(select(func.count()).select_from(Household))),
            SetupStep("classes", count(select(func.count()).select_from(SchoolClass))),
            SetupStep("teams", count(select(func.count()).select_from(Team))),
            SetupStep("charges", count(select(func.count()).select_from(TeamVillage))),
            SetupStep("backup", backups),
        ]
    )


def facts_due(today: date) -> list[Fact]:
    """Facts that lessons state and that should have been looked at again by now."""
    return list(db.session.scalars(select(Fact).where(Fact.review_by < today).order_by(Fact.review_by).limit(20)))
