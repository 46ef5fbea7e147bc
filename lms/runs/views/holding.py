"""Holding a lesson: begin, who is there, the board, the end; and what was held before."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields import SelectChoice

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes import queries as classes
from lms.classes.models import SchoolClass
from lms.classes.queries import planning
from lms.clock import now, today
from lms.courses import queries as courses
from lms.courses.rules import PlanPart, part_at, plan_of
from lms.people.models import Person
from lms.refusals import Refusal
from lms.runs import actions, queries
from lms.runs.forms import BareForm, StartForm
from lms.runs.queries import Running, history
from lms.runs.queries.board import board as lines_of
from lms.runs.rules.pace import Place, is_running
from lms.runs.rules.seats import Seat, read_seats
from lms.runs.views.doors import door, note_look, roster, run_or_404, taught_class
from lms.web.pages import say
from lms.web.paging import read_mark, write_mark
from lms.web.refusing import refusing

HELD_SHOWN = 20


@door.route("/lop-hoc/<int:class_id>/tiet", methods=["GET", "POST"])
@allow(Right.ASSIGN_MODULE)
def runs(class_id: int):
    """Lessons held, the latest first, and beginning a new one."""
    row = taught_class(class_id)
    form = StartForm(lesson_id=request.args.get("bai"))
    form.lesson_id.choices = _lessons(row)
    if form.validate_on_submit():
        with refusing(form):
            run = actions.start_run(uuid4(), row.id, form.lesson_id.data, current_user.person_id)
            return redirect(url_for("runs.attendance", class_id=row.id, run_id=run.id), 303)
    shown, mark = _held(row)
    return render_template(
        "runs/runs.html",
        school_class=row,
        form=form,
        held=shown,
        next_mark=mark,
        attended=history.attended([run.id for run, _title in shown]),
        running=queries.open_run(row.id),
        is_running=is_running,
        now=now(),
    ), 422 if request.method == "POST" else 200


@door.get("/lop-hoc/<int:class_id>/diem-danh")
@allow(Right.ASSIGN_MODULE)
def attended(class_id: int):
    """How often each came."""
    row = taught_class(class_id)
    people = classes.pupils(row.id, today())
    if people:
        journal.note_read("person", [person.id for person in people], "attendance")
    times = history.times(row.id, [person.id for person in people])
    return render_template("runs/attended.html", school_class=row, people=people, times=times)


@door.route("/lop-hoc/<int:class_id>/tiet/<uuid:run_id>/diem-danh", methods=["GET", "POST"])
@allow(Right.ASSIGN_MODULE)
def attendance(class_id: int, run_id: UUID):
    """Who is there, and with whom on one computer; everybody is, until the teacher says otherwise."""
    row, running = run_or_404(class_id, run_id)
    people = roster(running.run)
    known = queries.attendance(running.run.id)
    form, seats = BareForm(), _seats_of(people, known)
    problems: dict[int, str] = {}
    if form.validate_on_submit():
        seats = {person.id: _sent(person.id) for person in people}
        marks, problems = read_seats([person.id for person in people], seats)
        if not problems:
            actions.mark_attendance(running.run, marks, current_user.person_id)
            say(_("Đã ghi điểm danh: %(n)s người có mặt.", n=sum(mark.is_present for mark in marks.values())))
            return redirect(url_for("runs.board", class_id=row.id, run_id=running.run.id), 303)
    note_look(running.run, people, "lesson run")
    return render_template(
        "runs/attendance.html", school_class=row, running=running, people=people, seats=seats, problems=problems,
        is_marked=bool(known), form=form,
    ), 422 if problems else 200  # fmt: skip


@door.get("/lop-hoc/<int:class_id>/tiet/<uuid:run_id>")
@allow(Right.ASSIGN_MODULE)
def board(class_id: int, run_id: UUID):
    """Where everybody is; `?phan=bang` is the part that renews itself."""
    row, running = run_or_404(class_id, run_id)
    people = roster(running.run)
    note_look(running.run, people, "lesson run")
    shown = _board(row, running, people)
    if request.args.get("phan") == "bang":
        return render_template("runs/_board.html", **shown)
    asked = queries.questions_of(running.run.id)
    items = queries.card_questions(running.outline)
    return render_template("runs/board.html", items=items, asked=asked, **shown)


@door.post("/lop-hoc/<int:class_id>/tiet/<uuid:run_id>/het")
@allow(Right.ASSIGN_MODULE)
def end(class_id: int, run_id: UUID):
    row, running = run_or_404(class_id, run_id)
    actions.end_run(running.run)
    say(_("Đã kết thúc tiết học."), undo=url_for("runs.go_on", class_id=row.id, run_id=running.run.id))
    return redirect(url_for("runs.board", class_id=row.id, run_id=running.run.id), 303)


@door.post("/lop-hoc/<int:class_id>/tiet/<uuid:run_id>/mo-lai")
@allow(Right.ASSIGN_MODULE)
def go_on(class_id: int, run_id: UUID):
    row, running = run_or_404(class_id, run_id)
    here = url_for("runs.board", class_id=row.id, run_id=running.run.id)
    try:
        actions.go_on(running.run)
    except Refusal as refusal:
        say(refusal.sentence, "warn")
        return redirect(here, 303)
    say(_("Đã mở lại tiết học."))
    return redirect(here, 303)


def _lessons(row: SchoolClass) -> list[SelectChoice]:
    """What the class was given first, then the rest of the shelf."""
    given = {module.id: n for n, (_assignment, module) in enumerate(planning.plan_of(row.id))}
    cards = [card.lesson for course in courses.shelf(None) for card in course.lessons]
    cards.sort(key=lambda one: given.get(one.module_id, len(given)))
    return [SelectChoice(one.id, f"{one.course_title} · {one.title}") for one in cards]


def _held(row: SchoolClass) -> tuple[list[tuple[Any, str]], str | None]:
    after = read_mark(request.args.get("sau"), 1)
    try:
        before = datetime.fromisoformat(str(after[0])) if after else None
    except ValueError:
        before = None
    if before is not None and before.tzinfo is None:
        before = None
    rows = history.runs_before(row.id, before, HELD_SHOWN + 1)
    shown = rows[:HELD_SHOWN]
    return shown, write_mark([shown[-1][0].started_at.isoformat()]) if len(rows) > HELD_SHOWN else None


def _seats_of(people: list[Person], known: dict[int, Any]) -> dict[int, Seat]:
    numbers = {person.id: number for number, person in enumerate(people, 1)}
    seats = {}
    for person in people:
        mark = known.get(person.id)
        with_number = str(numbers[mark.with_id]) if mark and mark.with_id in numbers else ""
        seats[person.id] = Seat(mark.is_present if mark else True, with_number)
    return seats


def _sent(person_id: int) -> Seat:
    return Seat(f"co-{person_id}" in request.form, request.form.get(f"cung-{person_id}", ""))


def _board(row: SchoolClass, running: Running, people: list[Person]) -> dict[str, Any]:
    moment = now()
    lines = lines_of(running, people, queries.attendance(running.run.id), moment)
    plan = plan_of(courses.guide(running.place.module_id))
    runs_on = is_running(running.run.started_at, running.run.ended_at, moment)
    return {
        "school_class": row,
        "running": running,
        "run": running.run,
        "lines": lines,
        "count": {place: sum(line.standing.place is place for line in lines) for place in Place},
        "places": Place,
        "runs_on": runs_on,
        "now": moment,
        "plan": _timed(plan, running, moment) if runs_on else [],
    }


def _timed(plan: tuple[PlanPart, ...], running: Running, moment: datetime) -> list[tuple[PlanPart, str, int]]:
    """Each part with whether it is done, now or to come, and the minutes it has left (over: below nought)."""
    if not plan:
        return []
    at, left = part_at(plan, (moment - running.run.started_at).total_seconds())
    return [(part, "done" if n < at else "now" if n == at else "open", left // 60) for n, part in enumerate(plan)]
