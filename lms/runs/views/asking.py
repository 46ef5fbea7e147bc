"""One question for the whole class: letters on cards or raised hands, caught on one keyboard; counts for the wall, no names."""

from uuid import UUID, uuid4

from flask import abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes import queries as classes
from lms.clock import today
from lms.quizzes.rules.behaviours import asked as as_shown
from lms.quizzes.rules.behaviours import told_to_all
from lms.refusals import Refusal
from lms.runs import actions, queries
from lms.runs.forms import BareForm
from lms.runs.models import LetterQuestion
from lms.runs.rules.letters import LETTERS, card_text, counts, letter_of, read_letters
from lms.runs.views.doors import door, note_look, roster, run_or_404, taught_class
from lms.web.headers import with_camera
from lms.web.pages import say
from lms.web.qr import drawn_qr
from lms.web.refusing import refusing

MOST_CARDS = 60


@door.post("/lop-hoc/<int:class_id>/tiet/<uuid:run_id>/cau")
@allow(Right.ASSIGN_MODULE)
def ask(class_id: int, run_id: UUID):
    """Put a question to the class."""
    row, running = run_or_404(class_id, run_id)
    wanted = request.form.get("item", "")
    item = next((one for one in queries.card_questions(running.outline) if one.id == wanted), None) or abort(404)
    try:
        question = actions.ask_class(uuid4(), running.run, item)
    except Refusal as refusal:
        say(refusal.sentence, "warn")
        return redirect(url_for("runs.board", class_id=row.id, run_id=running.run.id), 303)
    return redirect(url_for("runs.question", class_id=row.id, run_id=running.run.id, question_id=question.id), 303)


@door.route("/lop-hoc/<int:class_id>/tiet/<uuid:run_id>/cau/<uuid:question_id>", methods=["GET", "POST"])
@allow(Right.ASSIGN_MODULE)
def question(class_id: int, run_id: UUID, question_id: UUID):
    """The grid: roster order, one key a learner. Works by ticking, too."""
    row, running = run_or_404(class_id, run_id)
    asked = _question(running.run.id, question_id)
    people = roster(running.run)
    marks = queries.attendance(running.run.id)
    present = [one.id for one in people if one.id not in marks or marks[one.id].is_present]
    form = BareForm()
    if form.validate_on_submit():
        with refusing(form):
            sent = {one: request.form.get(f"chu-{one}", "") for one in present}
            kept = actions.capture_letters(asked, read_letters(asked.options, sent, present))
            say(_("Đã ghi %(n)s câu trả lời.", n=kept))
            if request.form.get("xong"):
                actions.close_question(asked)
                return redirect(_wall(row.id, running.run.id, asked), 303)
            return redirect(_grid(row.id, running.run.id, asked), 303)
    note_look(running.run, people, "lesson run")
    item = queries.wording(asked)
    given = queries.letters(asked.id)
    page = render_template(
        "runs/question.html",
        school_class=row,
        running=running,
        question=asked,
        shown=as_shown(item, asked.options),
        people=people,
        present=set(present),
        given={person: letter_of(asked.options, option) for person, option in given.items()},
        counts=counts(asked.options, given.values()),
        letters=LETTERS[: len(asked.options)],
        form=form,
    )
    return with_camera(make_response(page, 422 if request.method == "POST" else 200))


@door.get("/lop-hoc/<int:class_id>/tiet/<uuid:run_id>/cau/<uuid:question_id>/chieu")
@allow(Right.ASSIGN_MODULE)
def wall(class_id: int, run_id: UUID, question_id: UUID):
    """What the class sees: the question, then how many chose what, then what is right. Never a name."""
    row, running = run_or_404(class_id, run_id)
    asked = _question(running.run.id, question_id)
    item = queries.wording(asked)
    given = queries.letters(asked.id)
    return render_template(
        "runs/wall.html",
        school_class=row,
        running=running,
        question=asked,
        shown=as_shown(item, asked.options),
        counts=counts(asked.options, given.values()) if asked.closed_at or request.args.get("dem") else None,
        given=len(given),
        right=told_to_all(item) if asked.closed_at else None,
    )


@door.post("/lop-hoc/<int:class_id>/tiet/<uuid:run_id>/cau/<uuid:question_id>/dap-an")
@allow(Right.ASSIGN_MODULE)
def close(class_id: int, run_id: UUID, question_id: UUID):
    """Show what is right: from now on the answers stand in the records."""
    row, running = run_or_404(class_id, run_id)
    asked = _question(running.run.id, question_id)
    actions.close_question(asked)
    return redirect(_wall(row.id, running.run.id, asked), 303)


@door.get("/lop-hoc/<int:class_id>/the-chu")
@allow(Right.ASSIGN_MODULE)
def cards(class_id: int):
    """Letter cards to print, one a number of the roster; they bear no name, so any class may use them."""
    row = taught_class(class_id)
    wanted = request.args.get("so", "")
    size = classes.size_of(row.id, today())
    count = int(wanted) if wanted.isdecimal() and len(wanted) < 4 else size
    numbers = range(1, min(max(count, 1), MOST_CARDS) + 1)
    codes = [drawn_qr(card_text(number)) for number in numbers]
    return render_template("runs/cards.html", school_class=row, numbers=numbers, codes=codes, size=size)


def _question(run_id: UUID, question_id: UUID) -> LetterQuestion:
    return queries.question_of(run_id, question_id) or abort(404)


def _grid(class_id: int, run_id: UUID, asked: LetterQuestion) -> str:
    return url_for("runs.question", class_id=class_id, run_id=run_id, question_id=asked.id)


def _wall(class_id: int, run_id: UUID, asked: LetterQuestion) -> str:
    return url_for("runs.wall", class_id=class_id, run_id=run_id, question_id=asked.id)
