"""Every SELECT about courses: the shelf, one lesson with where its reader is, and progress for lists.

Published steps never change under one digest, so they are read once and kept in the memory of the process.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, cast, func, null, or_, select

from lms.courses.models import (
    Course,
    Fact,
    Lesson,
    LessonVersion,
    Module,
    Platform,
    PlatformFinding,
    StepRead,
)
from lms.db import db, fetch
from lms.library.pictures import LANGUAGES
from lms.people.models import Person
from lms.web.paging import Page, page_of

EVERYBODY, WITNESSES, TEAMS = "all", "witnesses", "teams"


@dataclass(frozen=True)
class Step:
    id: str
    title: str
    parts: tuple[Mapping[str, str], ...]
    """{html} or {check: id of a practice question}, in order."""
    voices: tuple[tuple[str, str], ...] = ()
    """(language in words, address) of people reading it aloud."""

    @property
    def checks(self) -> tuple[str, ...]:
        return tuple(part["check"] for part in self.parts if "check" in part)


@dataclass(frozen=True)
class LocalPlatform:
    """A platform with what is known of it at this place."""

    platform: Platform
    finding: PlatformFinding | None

    @property
    def state(self) -> str:
        return self.finding.state if self.finding else "unknown"

    @property
    def name(self) -> str:
        return (self.finding.name if self.finding else "") or self.platform.name


@dataclass(frozen=True)
class Outline:
    """One version of a lesson as published."""

    lesson_id: str
    digest: str
    steps: tuple[Step, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class LessonAt:
    """A lesson in its place on the shelf; plain values, so that a page may be kept under them."""

    id: str
    slug: str
    title: str
    minutes: int
    digest: str
    module_id: str
    module_title: str
    course_id: str
    course_slug: str
    course_title: str
    skill_id: str | None
    audience: str
    has_guide: bool


@dataclass(frozen=True)
class LessonCard:
    """A lesson on a list, with how far the reader is."""

    lesson: LessonAt
    steps: int
    read: int

    @property
    def is_done(self) -> bool:
        return 0 < self.steps <= self.read


@dataclass(frozen=True)
class CourseCard:
    id: str
    slug: str
    title: str
    summary: str
    skill_id: str | None
    audience: str
    lessons: tuple[LessonCard, ...]

    @property
    def steps(self) -> int:
        return sum(card.steps for card in self.lessons)

    @property
    def read(self) -> int:
        return sum(card.read for card in self.lessons)

    @property
    def modules(self) -> list[tuple[str, list[LessonCard]]]:
        """(title, lessons) in order."""
        found: dict[str, tuple[str, list[LessonCard]]] = {}
        for card in self.lessons:
            found.setdefault(card.lesson.module_id, (card.lesson.module_title, []))[1].append(card)
        return list(found.values())

    @property
    def minutes(self) -> int:
        return sum(card.lesson.minutes for card in self.lessons)

    @property
    def next_lesson(self) -> LessonAt | None:
        """The first lesson not read to its end, else the first."""
        first = self.lessons[0].lesson if self.lessons else None
        return next((card.lesson for card in self.lessons if not card.is_done), first)


@dataclass(frozen=True)
class StepLink:
    """Where a step is read."""

    course: str
    lesson: str
    lesson_title: str
    step: str
    title: str


_outlines: dict[tuple[str, str], Outline] = {}
MOST_KEPT = 500

# Tables, not classes: a statement about tables costs half of one about mapped classes, and a lesson is read most of all.
_lessons_table, _modules_table, _courses_table = Lesson.__table__, Module.__table__, Course.__table__
_steps_table = StepRead.__table__

_PLACE = (
    _lessons_table.c.id,
    _lessons_table.c.slug,
    _lessons_table.c.title,
    _lessons_table.c.minutes,
    _lessons_table.c.digest,
    _modules_table.c.id.label("module_id"),
    _modules_table.c.title.label("module_title"),
    _courses_table.c.id.label("course_id"),
    _courses_table.c.slug.label("course_slug"),
    _courses_table.c.title.label("course_title"),
    _courses_table.c.skill_id,
    _courses_table.c.audience,
    (_modules_table.c.guide_html != "").label("has_guide"),
)
_ON_THE_SHELF = (
    _lessons_table.c.retired_at.is_(None),
    _modules_table.c.retired_at.is_(None),
    _courses_table.c.retired_at.is_(None),
)
_SHELF = _lessons_table.join(_modules_table, _modules_table.c.id == _lessons_table.c.module_id).join(
    _courses_table, _courses_table.c.id == _modules_table.c.course_id
)


def _lesson_statement(with_reader: bool) -> Select[*tuple[Any, ...]]:
    steps, shelf = _steps_table.c, _SHELF
    if with_reader:
        own = and_(steps.lesson_id == _lessons_table.c.id, steps.person_id == bindparam("person"))
        shelf = shelf.outerjoin(_steps_table, own)
    read = steps.step_id if with_reader else null().label("step_id")
    named = (_courses_table.c.slug == bindparam("course"), _lessons_table.c.slug == bindparam("lesson"))
    return select(*_PLACE, read).select_from(shelf).where(*named, *_ON_THE_SHELF)


_LESSON, _LESSON_OF_READER = _lesson_statement(False), _lesson_statement(True)


def lesson_and_progress(
    course_slug: str, lesson_slug: str, person_id: int | None
) -> tuple[LessonAt, frozenset[str]] | None:
    """The lesson and the ids of the steps this person has read, in one statement."""
    values = {"course": course_slug, "lesson": lesson_slug}
    rows = fetch(_LESSON, **values) if person_id is None else fetch(_LESSON_OF_READER, **values, person=person_id)
    if not rows:
        return None
    return LessonAt(*rows[0][:-1]), frozenset(row[-1] for row in rows if row[-1] is not None)


def outline(lesson_id: str, digest: str) -> Outline:
    return outlines([(lesson_id, digest)])[lesson_id]


def outlines(wanted: Iterable[tuple[str, str]]) -> dict[str, Outline]:
    """Lesson id → its steps; asks the database only for versions this process has not read yet."""
    pairs = list(wanted)
    missing = [pair for pair in pairs if pair not in _outlines]
    if missing:
        if len(_outlines) > MOST_KEPT:
            _outlines.clear()
            missing = pairs
        ids, digests = {pair[0] for pair in missing}, {pair[1] for pair in missing}
        rows = select(LessonVersion.lesson_id, LessonVersion.digest, LessonVersion.steps, LessonVersion.facts)
        for row in db.session.execute(rows.where(LessonVersion.lesson_id.in_(ids), LessonVersion.digest.in_(digests))):
            steps = tuple(_step(one) for one in row.steps)
            _outlines[row.lesson_id, row.digest] = Outline(row.lesson_id, row.digest, steps, tuple(row.facts))
    return {lesson_id: _outlines[lesson_id, digest] for lesson_id, digest in pairs}


def _step(kept: Mapping[str, Any]) -> Step:
    voices = tuple((LANGUAGES.get(language, language), address) for language, address in kept.get("voices", ()))
    return Step(kept["id"], kept["title"], tuple(kept["parts"]), voices)


def shelf(person_id: int | None, with_witness_courses: bool = False) -> list[CourseCard]:
    """Every course in order, foundation first, with the reader's progress; two statements once the books are read."""
    return _cards(_lessons(None, with_witness_courses), person_id)


def course(slug: str, person_id: int | None, with_witness_courses: bool = False) -> CourseCard | None:
    found = _cards(_lessons(slug, with_witness_courses), person_id)
    return found[0] if found else None


def expired_facts(fact_ids: Sequence[str], today: date) -> list[Fact]:
    """Facts of a lesson whose day of review has passed: what it says may have changed."""
    wanted = select(Fact).where(Fact.id.in_(list(fact_ids)), Fact.review_by < today)
    return list(db.session.scalars(wanted.order_by(Fact.review_by, Fact.id)))


def platforms(skill_id: str | None = None) -> list[LocalPlatform]:
    """Platforms in the order of the file, each with the latest that was found out about it here."""
    newest = select(func.max(PlatformFinding.n)).group_by(PlatformFinding.platform_id)
    of_newest = (PlatformFinding.platform_id == Platform.id) & PlatformFinding.n.in_(newest)
    wanted = (
        select(Platform, PlatformFinding).outerjoin(PlatformFinding, of_newest).where(Platform.retired_at.is_(None))
    )
    if skill_id is not None:
        wanted = wanted.where(Platform.skill_id == skill_id)
    return [LocalPlatform(*row) for row in db.session.execute(wanted.order_by(Platform.position, Platform.id))]


def findings_of(platform_id: str) -> list[tuple[PlatformFinding, str]]:
    """All that was found out about a platform and by whom, the newest first; the last twenty."""
    wanted = select(PlatformFinding, Person.full_name).join(Person, Person.id == PlatformFinding.person_id)
    wanted = wanted.where(PlatformFinding.platform_id == platform_id).order_by(PlatformFinding.n.desc())
    return [(row[0], row[1]) for row in db.session.execute(wanted.limit(20))]


def facts_to_verify(until: date, mark: str | None, size: int = 40) -> Page[Fact]:
    """Facts of the lowest confidence that may be stated, and those to be looked at again by `until`; soonest first."""
    wanted = select(Fact).where(or_(Fact.confidence == "TB", Fact.review_by <= until))
    day = cast(Fact.review_by, String)  # a page's mark is text
    return page_of(wanted, (day, Fact.id), mark, size, lambda one: (one.review_by.isoformat(), one.id), scalars=True)


def guide(module_id: str) -> str:
    """The teacher guide of a module, clean HTML."""
    return db.session.scalar(select(Module.guide_html).where(Module.id == module_id)) or ""


def step_links(treated: Iterable[str]) -> dict[str, StepLink]:
    """`<lesson id>#<step id>` → where to read it; what is no longer on the shelf is left out."""
    pairs = {one: one.partition("#")[::2] for one in treated}
    ids = {lesson for lesson, _step in pairs.values()}
    if not ids:
        return {}
    places = {row.id: LessonAt(*row) for row in db.session.execute(_places().where(Lesson.id.in_(ids)))}
    read = outlines((one.id, one.digest) for one in places.values())
    found = {}
    for treat, (lesson_id, step_id) in pairs.items():
        step = next((one for one in read[lesson_id].steps if one.id == step_id), None) if lesson_id in read else None
        if step is not None:
            place = places[lesson_id]
            found[treat] = StepLink(place.course_slug, place.slug, place.title, step.id, step.title)
    return found


def places() -> list[LessonAt]:
    """Every lesson on the shelf, in the order of the shelf."""
    wanted = _places().order_by(Course.position, Module.position, Lesson.position)
    return [LessonAt(*row) for row in db.session.execute(wanted)]


def module_progress(module_ids: Sequence[str], person_ids: Sequence[int]) -> dict[tuple[int, str], tuple[int, int]]:
    """(person, module) → steps read of all its steps, for a class page; people who read nothing are left out."""
    places = [LessonAt(*row) for row in db.session.execute(_places().where(Module.id.in_(module_ids)))]
    read = outlines((one.id, one.digest) for one in places)
    module_of = {(one.id, step.id): one.module_id for one in places for step in read[one.id].steps}
    all_steps: dict[str, int] = {}
    for its_module in module_of.values():
        all_steps[its_module] = all_steps.get(its_module, 0) + 1
    wanted = select(StepRead.person_id, StepRead.lesson_id, StepRead.step_id).where(
        StepRead.person_id.in_(list(person_ids)), StepRead.lesson_id.in_({one.id for one in places})
    )
    found: dict[tuple[int, str], tuple[int, int]] = {}
    for person, lesson_id, step_id in db.session.execute(wanted):
        module_id = module_of.get((lesson_id, step_id))
        if module_id is not None:
            count, _all = found.get((person, module_id), (0, 0))
            found[person, module_id] = (count + 1, all_steps[module_id])
    return found


def modules() -> list[Module]:
    """What a teacher may assign, in the order of the shelf."""
    wanted = select(Module).join(Course, Course.id == Module.course_id)
    on_the_shelf = (Module.retired_at.is_(None), Course.retired_at.is_(None), Course.audience == EVERYBODY)
    return list(db.session.scalars(wanted.where(*on_the_shelf).order_by(Course.position, Module.position)))


def lesson_at(lesson_id: str) -> LessonAt | None:
    """A lesson on the shelf by its id."""
    row = db.session.execute(_places().where(Lesson.id == lesson_id)).first()
    return LessonAt(*row) if row else None


def first_lessons(module_ids: Sequence[str]) -> dict[str, LessonAt]:
    """Module → its first lesson, for links from assignments."""
    wanted = _places().where(Module.id.in_(list(module_ids))).order_by(Module.id, Lesson.position)
    found: dict[str, LessonAt] = {}
    for row in db.session.execute(wanted):
        found.setdefault(row.module_id, LessonAt(*row))
    return found


def _places() -> Select[*tuple[Any, ...]]:
    return select(*_PLACE).select_from(_SHELF).where(*_ON_THE_SHELF)


def _lessons(slug: str | None, with_witness_courses: bool) -> list[tuple[LessonAt, str]]:
    wanted = _places().add_columns(Course.summary)
    if slug is not None:
        wanted = wanted.where(Course.slug == slug)
    if not with_witness_courses:
        wanted = wanted.where(Course.audience == EVERYBODY)
    rows = db.session.execute(wanted.order_by(Course.position, Module.position, Lesson.position))
    return [(LessonAt(*row[:-1]), row[-1]) for row in rows]


def _cards(lessons: list[tuple[LessonAt, str]], person_id: int | None) -> list[CourseCard]:
    read = outlines((one.id, one.digest) for one, _summary in lessons)
    done = _steps_read(person_id, [one.id for one, _summary in lessons]) if person_id is not None else set()
    by_course: dict[str, list[tuple[LessonAt, str]]] = {}
    for one, summary in lessons:
        by_course.setdefault(one.course_id, []).append((one, summary))
    cards = []
    for own in by_course.values():
        first, summary = own[0]
        listed = tuple(
            LessonCard(one, len(read[one.id].steps), sum((one.id, step.id) in done for step in read[one.id].steps))
            for one, _summary in own
        )
        cards.append(
            CourseCard(
                first.course_id, first.course_slug, first.course_title, summary, first.skill_id, first.audience, listed
            )
        )
    return cards


def _steps_read(person_id: int, lesson_ids: Sequence[str]) -> set[tuple[str, str]]:
    wanted = select(StepRead.lesson_id, StepRead.step_id).where(
        StepRead.person_id == person_id, StepRead.lesson_id.in_(lesson_ids)
    )
    return {(lesson, step) for lesson, step in db.session.execute(wanted)}
