from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort
from flask_login import current_user

from lms import journal
from lms.classes import queries as classes
from lms.classes.models import SchoolClass
from lms.clock import day_of, today
from lms.people.models import Person
from lms.runs import queries
from lms.runs.models import LessonRun
from lms.runs.queries import Running

door = Blueprint("runs", "lms.runs", template_folder="templates")

NOTED_EVERY = timedelta(minutes=10)
"""The board renews itself every few seconds; each look within this is one line of the journal."""


def taught_class(class_id: int) -> SchoolClass:
    """A class for its own teachers of today; 404 for everybody else."""
    row = classes.visible_class(current_user, class_id, today()) or abort(404)
    if not classes.teaches(current_user.person_id, row.id, today()):
        abort(404)
    return row


def run_or_404(class_id: int, run_id: UUID) -> tuple[SchoolClass, Running]:
    row = taught_class(class_id)
    run = queries.run_of(row.id, run_id) or abort(404)
    return row, queries.followed(run) or abort(404)


def roster(run: LessonRun) -> list[Person]:
    """Those enrolled on the day of the run, in the order of the roster; the order gives everybody's number."""
    return classes.pupils(run.class_id, day_of(run.started_at))


def note_look(run: LessonRun, people: Sequence[Person], fields: str) -> None:
    key = f"run:{run.id}:{current_user.person_id}"
    if people and not journal.recent("read-person", key, NOTED_EVERY):
        ids = [person.id for person in people]
        journal.note("read-person", key, ids=ids, count=len(ids), fields=fields)
