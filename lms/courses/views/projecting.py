"""A lesson on the wall: big type, one screen at a time, what is right shown when the teacher says so. No script needed."""

from typing import Any

from flask import render_template, request, url_for

from lms.access.actor import Actor
from lms.access.rules import Right
from lms.courses import queries
from lms.courses.queries import LessonAt, Outline
from lms.courses.rules import plan_of, screens
from lms.quizzes import queries as quizzes
from lms.quizzes.rules.behaviours import asked, told_to_all
from lms.quizzes.rules.items import practice_order
from lms.skills import queries as skills

LAST = "cuoi"


def on_the_wall(me: Actor | None, place: LessonAt, outline: Outline, index: int) -> str:
    step = outline.steps[index]
    items = quizzes.practice_items(step.checks) if step.checks else {}
    shown = screens(step.parts, frozenset(items))
    number = _number(len(shown))
    screen = shown[number]
    item = items[screen.check] if screen.check else None
    may_reveal = me is not None and me.may(Right.READ_GUIDE)
    is_revealed = bool(item and may_reveal and request.args.get("dap-an"))
    turn = _Turn(place, outline, index, number, len(shown))
    return render_template(
        "courses/projector.html",
        place=place,
        step=step,
        screen=screen,
        question=asked(item, practice_order(item)) if item else None,
        right=told_to_all(item) if item and is_revealed else None,
        reveal=turn.here(**{"dap-an": 1}) if item and may_reveal and not is_revealed else None,
        hide=turn.here() if is_revealed else None,
        skill=next((one for one in skills.framework().skills if one.id == place.skill_id), None),
        number=index + 1,
        count=len(outline.steps),
        screen_number=number + 1,
        screen_count=len(shown),
        previous=turn.previous,
        next=turn.next,
        leave=url_for("courses.lesson", course=place.course_slug, lesson=place.slug, buoc=step.id),
        plan=plan_of(queries.guide(place.module_id)) if may_reveal and place.has_guide else (),
    )


class _Turn:
    """Addresses of the screens around this one; the last screen of a step is followed by the first of the next."""

    def __init__(self, place: LessonAt, outline: Outline, index: int, number: int, count: int) -> None:
        self.place, self.outline, self.index, self.number, self.count = place, outline, index, number, count

    def here(self, **more: Any) -> str:
        return self._address(self.index, self.number + 1, **more)

    @property
    def previous(self) -> str | None:
        if self.number:
            return self._address(self.index, self.number)
        return self._address(self.index - 1, LAST) if self.index else None

    @property
    def next(self) -> str | None:
        if self.number + 1 < self.count:
            return self._address(self.index, self.number + 2)
        return self._address(self.index + 1, 1) if self.index + 1 < len(self.outline.steps) else None

    def _address(self, index: int, number: int | str, **more: Any) -> str:
        step = self.outline.steps[index].id
        return url_for("courses.lesson", course=self.place.course_slug, lesson=self.place.slug, buoc=step,
                       chieu=1, man=number, **more)  # fmt: skip


def _number(count: int) -> int:
    """Which screen is asked for, counted from nought; what makes no sense is the first."""
    wanted = request.args.get("man", "1")
    if wanted == LAST:
        return count - 1
    return min(max(int(wanted), 1), count) - 1 if wanted.isdecimal() and len(wanted) < 4 else 0
