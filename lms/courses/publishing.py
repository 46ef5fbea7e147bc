"""Putting courses, modules, lessons and facts of the books onto the shelf: versions by digest, retired instead of deleted."""

from typing import Any

from sqlalchemy import select

from lms import clock
from lms.courses.models import Course, Fact, Lesson, LessonVersion, Module
from lms.courses.queries import EVERYBODY, TEAMS
from lms.db import db, put, writes
from lms.library.books import Books, Html, LessonStep
from lms.library.books import Course as BookCourse
from lms.library.books import Lesson as BookLesson
from lms.library.changes import Changes
from lms.sanitize import SANITIZER_VERSION

OBSERVER_COURSE = "c.nguoi-chung"


@writes
def publish(books: Books, changes: Changes) -> None:
    """Every course with its modules and lessons, and the facts they cite."""
    for fact in books.facts:
        fields = {name: getattr(fact, name) for name in ("sentence", "source", "confidence", "checked_on", "review_by")}
        changes.note(
            put(Fact, fact.id, {**fields, "value": fact.value or None, "unit": fact.unit or None}), "fact", fact.id
        )
    seen: dict[type[Any], set[str]] = {Course: set(), Module: set(), Lesson: set()}
    for position, course in enumerate(sorted(books.courses, key=_shelf_order)):
        _publish_course(course, position, seen, changes)
    if books.observer:
        _publish_observer(books.observer.lesson, len(books.courses), seen, changes)
    for table, ids in seen.items():
        for row in db.session.scalars(select(table).where(table.retired_at.is_(None), table.id.not_in(ids))):
            row.retired_at = clock.now()
            changes.note("retired", table.__tablename__, row.id)


def _shelf_order(course: BookCourse) -> tuple[bool, str, str]:
    """The foundation first, then the skills in their order, then what is for teams."""
    return (_is_for_teams(course), course.skill or "", course.id)


def _is_for_teams(course: BookCourse) -> bool:
    """Read by those who teach and attest, and by no learner."""
    return set(course.audience) <= {"to-cong-nghe", "can-bo"}


def _publish_course(book: BookCourse, position: int, seen: dict[type[Any], set[str]], changes: Changes) -> None:
    fields = {
        "slug": book.slug,
        "title": book.title,
        "summary": book.summary,
        "skill_id": book.skill,
        "audience": TEAMS if _is_for_teams(book) else EVERYBODY,
        "position": position,
    }
    _shelve(Course, book.id, fields, seen, changes)
    lessons = {lesson.id: lesson for lesson in book.lessons}
    for module_position, module in enumerate(book.modules):
        own = [lessons[id] for id in module.lessons]
        guide = "".join(lesson.guide_html for lesson in own)
        fields = {"course_id": book.id, "title": module.title, "position": module_position, "guide_html": guide}
        _shelve(Module, module.id, fields, seen, changes)
        for lesson_position, lesson in enumerate(own):
            _publish_lesson(lesson, module.id, lesson_position, seen, changes)


def _publish_observer(lesson: BookLesson, position: int, seen: dict[type[Any], set[str]], changes: Changes) -> None:
    fields = {
        "slug": "nguoi-chung",
        "title": lesson.title,
        "summary": "",
        "skill_id": None,
        "audience": "witnesses",
        "position": position,
    }
    _shelve(Course, OBSERVER_COURSE, fields, seen, changes)
    module = {"course_id": OBSERVER_COURSE, "title": lesson.title, "position": 0, "guide_html": ""}
    _shelve(Module, "m.nguoi-chung", module, seen, changes)
    _publish_lesson(lesson, "m.nguoi-chung", 0, seen, changes)


def _publish_lesson(
    book: BookLesson, module_id: str, position: int, seen: dict[type[Any], set[str]], changes: Changes
) -> None:
    fields = {
        "module_id": module_id,
        "slug": book.slug,
        "title": book.title,
        "minutes": book.minutes,
        "position": position,
        "digest": book.digest,
    }
    _shelve(Lesson, book.id, fields, seen, changes)
    if db.session.get(LessonVersion, (book.id, book.digest)) is None:
        version = {
            "steps": [_step(step) for step in book.steps],
            "facts": list(book.facts),
            "sanitizer_version": str(SANITIZER_VERSION),
        }
        db.session.add(LessonVersion(lesson_id=book.id, digest=book.digest, published_at=clock.now(), **version))


def _step(step: LessonStep) -> dict[str, Any]:
    kept = {"id": step.id, "title": step.title, "parts": [_part(part) for part in step.parts]}
    return kept | ({"voices": [list(voice) for voice in step.voices]} if step.voices else {})


def _part(part: Any) -> dict[str, str]:
    return {"html": part.html} if isinstance(part, Html) else {"check": part.item_id}


def _shelve(
    table: type[Any], id: str, fields: dict[str, Any], seen: dict[type[Any], set[str]], changes: Changes
) -> None:
    seen[table].add(id)
    changes.note(put(table, id, {**fields, "retired_at": None}), table.__tablename__, id)
    db.session.flush()  # what stands inside it names it
