"""Who needs help: stuck at what, which mistake they share, the step that treats it; cards to hand out. Never a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, render_template, url_for
from flask_babel import gettext as _

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes.queries import joined_on, planning, waiting
from lms.classes.queries.progress import progress_of
from lms.clock import today
from lms.courses import queries as courses
from lms.courses.queries import StepLink
from lms.gradebooks.queries import helping
from lms.gradebooks.views.doors import Book, door, opened
from lms.people.models import Person
from lms.skills import queries as skills
from lms.vietnamese import format_date

MOST = 200
"""No real class is larger; of a longer list the first are looked at, and the page says so."""


@dataclass(frozen=True)
class Card:
    """One thing on a pupil's slip: what to do next in kind words, nothing about failing."""

    person: Person
    words: str
    address: str


@door.get("/lop-hoc/<int:class_id>/can-giup")
@allow(Right.READ_CLASS)
def helped(class_id: int):
    book, people = _class(class_id)
    return render_template(
        "gradebooks/helped.html",
        school_class=book.row,
        stuck=helping.stuck(people, today()),
        renewals=helping.renewals(people, today()),
        late=_late(book, people),
        skills={skill.id: skill for skill in skills.framework().skills},
        is_cut=len(people) == MOST,
    )


@door.get("/lop-hoc/<int:class_id>/can-giup/the")
@allow(Right.READ_CLASS)
def cards(class_id: int):
    book, people = _class(class_id)
    made: dict[int, list[Card]] = {}
    for card in (*_of_steps(people), *_of_work(book, people), *_of_renewals(people)):
        made.setdefault(card.person.id, []).append(card)
    slips = [(person, made[person.id]) for person in people if person.id in made]
    return render_template("gradebooks/cards.html", school_class=book.row, slips=slips)


def _class(class_id: int) -> tuple[Book, list[Person]]:
    book = opened(class_id)
    people = book.people[:MOST]
    if people:
        journal.note_read("person", [person.id for person in people], "who needs help")
    return book, people


def _late(book: Book, people: Sequence[Person]) -> list[tuple[planning.Task, list[Person]]]:
    """Work past its day, and who has not read it to the end."""
    overdue = [one for one in planning.tasks(book.row.id) if one.assignment.due_on < today()]
    progress = progress_of([person.id for person in people], [one.module.id for one in overdue])
    joined = joined_on(book.row.id, today())
    found = []
    for task in overdue:
        steps = progress.steps.get(task.module.id, {})
        behind = [
            person
            for person in people
            if task.asks(person.id)
            and joined.get(person.id, today()) <= task.assignment.due_on
            and any(progress.read[person.id].get(lesson, 0) < count for lesson, count in steps.items())
        ]
        if behind:
            found.append((task, behind))
    return found


def _of_steps(people: Sequence[Person]) -> list[Card]:
    """A slip goes home with the pupil: it is silent on a skill whose test result is still to be told."""
    held = waiting.held([person.canonical_id or person.id for person in people], today()).values()
    untold = {(one.person_id, one.skill_id) for one in held}
    return [
        Card(person, _("Mời đọc lại «%(step)s», chừng 5 phút, rồi thử lại câu hỏi cuối bước.", step=step.title), _at(step))
        for one in helping.stuck(people, today())
        for step in one.steps[:1]
        for person in one.people
        if (person.canonical_id or person.id, one.skill_id) not in untold
    ]  # fmt: skip


def _of_work(book: Book, people: Sequence[Person]) -> list[Card]:
    late = _late(book, people)
    first = courses.first_lessons([task.module.id for task, _behind in late])
    return [
        Card(
            person,
            _("Bài «%(title)s» vẫn đang đợi. Mời mở bài, học tiếp từ chỗ đã dừng.", title=task.module.title),
            _lesson(first[task.module.id]) if task.module.id in first else "",
        )
        for task, behind in late
        for person in behind
    ]


def _of_renewals(people: Sequence[Person]) -> list[Card]:
    named = skills.framework().short_names
    words = _("Cánh «%(skill)s» đến lúc làm mới (hết ngày %(day)s). Hỏi thầy cô giờ làm bài ngắn và một lần thực hành.")
    return [
        Card(person, words % {"skill": named[one.skill_id], "day": format_date(one.last_day)}, "")
        for one in helping.renewals(people, today())
        for person in one.people
    ]


def _at(step: StepLink) -> str:
    return _whole(url_for("courses.lesson", course=step.course, lesson=step.lesson, buoc=step.step))


def _lesson(place: courses.LessonAt) -> str:
    return _whole(url_for("courses.lesson", course=place.course_slug, lesson=place.slug))


def _whole(path: str) -> str:
    """As it is typed into a phone."""
    return str(current_app.extensions["settings"].base_url).rstrip("/") + path
