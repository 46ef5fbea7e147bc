"""The blueprint, and what all pages of a day ask: the day itself, its hours in words, what it treats."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from flask import Blueprint, abort
from flask_babel import lazy_gettext as _
from flask_login import current_user

from lms.access.rules import Right
from lms.clock import VIETNAM, today
from lms.courses.queries import TEAMS, LessonAt, places
from lms.db import db
from lms.skills.queries import framework
from lms.training import queries
from lms.training.models import TrainingDay
from lms.training.rules import Act

door = Blueprint("training", "lms.training", template_folder="templates")

MARK_WORDS = {Act.PRESENT: _("Có mặt"), Act.LATE: _("Đến muộn"), Act.ABSENT: _("Vắng")}


def day_or_404(day_id: UUID) -> TrainingDay:
    return db.session.scalar(queries.visible_to(current_user, today()).where(TrainingDay.id == day_id)) or abort(404)


def kept_or_404(day_id: UUID) -> TrainingDay:
    """One that the actor leads; of others not even their leaders' pages exist."""
    return db.session.scalar(queries.kept_by(current_user, today()).where(TrainingDay.id == day_id)) or abort(404)


def is_kept(day_id: UUID) -> bool:
    wanted = queries.kept_by(current_user, today()).with_only_columns(TrainingDay.id).where(TrainingDay.id == day_id)
    return current_user.may(Right.KEEP_TRAINING) and db.session.scalar(wanted) is not None


def hours(row: TrainingDay) -> str:
    """08:00–11:30, Vietnamese time."""
    return "–".join(one.astimezone(VIETNAM).strftime("%H:%M") for one in (row.begins_at, row.ends_at))


def topics(shelf: Sequence[LessonAt]) -> dict[str, str]:
    """What a day may treat: the modules of the team's course, then the five skills."""
    modules = {one.module_id: one.module_title for one in shelf if one.audience == TEAMS}
    return modules | {one.id: one.name for one in framework().skills}


def shelf() -> list[LessonAt]:
    """Lessons a member may open, those of the team first."""
    return sorted(places(), key=lambda one: one.audience != TEAMS)


def named(rows: Iterable[TrainingDay]) -> dict[UUID, str]:
    return {row.id: hours(row) for row in rows}
