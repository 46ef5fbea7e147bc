"""On paper: two forms to print with their answer sheets, and one screen on which a whole room's answers are keyed in."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from uuid import UUID, uuid4, uuid5

from flask import abort, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from lms import journal, proctoring
from lms.access.guard import allow
from lms.access.rules import Right
from lms.bank.queries import media
from lms.bank.rules.media import FOLDER, name_in
from lms.clock import now
from lms.db import db, give_way
from lms.documents.media import TYPES
from lms.exams import queries
from lms.exams.actions.papers import make_papers
from lms.exams.forms import SentForm
from lms.exams.models import PaperForm
from lms.exams.queries.papers import Paper, papers_of, read
from lms.exams.rules.paper import LETTERS, LONGEST_CELL, how_to_key, is_written, may_key, read_mark, sheet, takes_one
from lms.exams.views.doors import door, window_or_404
from lms.people.models import Person
from lms.quizzes.models import Attempt
from lms.quizzes.queries import quiz
from lms.quizzes.rules.behaviours import Question, asked
from lms.quizzes.rules.shapes import Answer, Item, Problem
from lms.refusals import Refusal
from lms.web.pages import say
from lms.web.refusing import refusing
from lms.witnessing.models import TestWindow
from lms.witnessing.queries import people_in
from lms.witnessing.queries.facts import role_towards


@dataclass
class Line:
    """One person in the grid."""

    person: Person
    attempt: Attempt | None
    """What they sat already; it is not keyed over."""
    variant: str = ""
    cells: dict[int, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def id(self) -> int:
        return queries.canonical(self.person)

    @property
    def is_filled(self) -> bool:
        return any(self.cells.values())


@door.route("/coi-thi/<uuid:window_id>/giay", methods=["GET", "POST"])
@allow(Right.OPEN_TEST)
def papers(window_id: UUID):
    """The printed forms of this window; POST makes them."""
    window, form = window_or_404(window_id), SentForm()
    if form.validate_on_submit():
        with refusing(form):
            make_papers(window, current_user.person_id, secrets.token_hex(16))
            journal.note("paper-forms", f"window:{window.id}")
            return redirect(url_for("exams.papers", window_id=window_id), 303)
    status = 422 if request.method == "POST" else 200
    return render_template(
        "exams/papers.html", window=window, test=quiz(window.quiz_id), papers=papers_of(window.id), form=form
    ), status


@door.get("/coi-thi/<uuid:window_id>/giay/<string:variant>")
@allow(Right.OPEN_TEST)
def paper(window_id: UUID, variant: str):
    """One form with its answer sheet, as it goes to the printer: what a pupil may see and nothing more."""
    window, row = window_or_404(window_id), _paper_or_404(window_id, variant)
    questions = [_printed(window, variant, item, order) for item, order in read(row).asked]
    rows = [row for number, question in enumerate(questions, 1) for row in sheet(question, number)]
    return render_template(
        "exams/paper.html",
        window=window,
        paper=row,
        test=quiz(window.quiz_id),
        questions=questions,
        rows=rows,
        letters=LETTERS[: max(row.boxes for row in rows)],
        marks=LETTERS,
    )


@door.get("/coi-thi/<uuid:window_id>/giay/<string:variant>/hinh/<string:name>")
@allow(Right.OPEN_TEST)
def paper_picture(window_id: UUID, variant: str, name: str) -> Response:
    """A picture of a printed question: whoever prints the form was asked none of its questions, and may not open their bank."""
    window_or_404(window_id)
    named = {name_in(item.media.image) for item, _order in read(_paper_or_404(window_id, variant)).asked}
    content = (media.content(name) if name in named else None) or abort(404)
    response = send_file(BytesIO(content), TYPES[name.rpartition(".")[2]], conditional=True, etag=name)
    response.headers["Cache-Control"] = "private, max-age=7200"
    return response


@door.route("/coi-thi/<uuid:window_id>/nhap", methods=["GET", "POST"])
@allow(Right.OPEN_TEST)
def key_in(window_id: UUID):
    """Names down, questions across. Each filled row is an act of its own: what is right is kept, what is not stays to mend."""
    window, form = window_or_404(window_id), SentForm()
    forms = {row.variant: read(row) for row in papers_of(window.id)}
    if not forms:
        return redirect(url_for("exams.papers", window_id=window_id))
    lines = _lines(window, forms)
    journal.note_read("person", [line.person.id for line in lines], "exam")
    if form.validate_on_submit():
        kept = sum(_key(window, line, forms, form.sent_id) for line in lines if line.is_filled and not line.attempt)
        if kept:
            say(_("Đã nhập và chấm %(n)s bài.", n=kept))
        if not any(line.problems for line in lines):
            return redirect(url_for("exams.key_in", window_id=window_id), 303)
    form.id.data = str(uuid4())
    why = may_key(window.opens_at, window.closed_at or window.closes_at, now())
    numbers = range(1, max(len(one.asked) for one in forms.values()) + 1)
    return render_template(
        "exams/grid.html",
        window=window,
        test=quiz(window.quiz_id),
        lines=lines,
        variants=sorted(forms),
        numbers=numbers,
        hows={variant: _hows(one) for variant, one in sorted(forms.items())},
        longest=LONGEST_CELL,
        wide={n for n in numbers if any(is_written(one.asked[n - 1][0]) for one in forms.values())},
        ones={n for n in numbers if all(takes_one(one.asked[n - 1][0]) for one in forms.values())},
        why_not=why.sentence if why else "",
        form=form,
    ), 422 if request.method == "POST" else 200


def _paper_or_404(window_id: UUID, variant: str) -> PaperForm:
    return next((one for one in papers_of(window_id) if one.variant == variant), None) or abort(404)


def _printed(window: TestWindow, variant: str, item: Item, order: Sequence[str]) -> Question:
    """As it is asked on a screen; its picture from an address that the printer of this form may open."""
    question = asked(item, order)
    image = question.media.image
    if image.startswith(FOLDER):
        image = url_for("exams.paper_picture", window_id=window.id, variant=variant, name=name_in(image))
    return replace(question, media=replace(question.media, image=image))


def _hows(form: Paper) -> list[tuple[int, str]]:
    """(question, what one types) where it is more than one letter."""
    told = [(n, how_to_key(asked(item, order))) for n, (item, order) in enumerate(form.asked, 1)]
    return [(n, how) for n, how in told if how]


def _lines(window: TestWindow, forms: dict[str, Paper]) -> list[Line]:
    sat = queries.attempts_in(window.id)
    found = []
    for person in people_in(window):
        attempt = sat.get(queries.canonical(person))
        line = Line(person, attempt if attempt and attempt.voided_at is None else None)
        line.variant = request.form.get(f"de-{line.id}", "")
        asked_at_most = max(len(one.asked) for one in forms.values())
        line.cells = {n: request.form.get(f"o-{line.id}-{n}", "")[:LONGEST_CELL] for n in range(1, asked_at_most + 1)}
        found.append(line)
    return found


def _key(window: TestWindow, line: Line, forms: dict[str, Paper], sent_id: UUID) -> bool:
    """Keep one row, or say on it why not."""
    form = forms.get(line.variant)
    if form is None:
        line.problems.append(_("Chọn đề A hay đề B."))
        return False
    given = {item.id: read_mark(line.cells.get(n, ""), item, order, n) for n, (item, order) in enumerate(form.asked, 1)}
    line.problems += [one.sentence for one in given.values() if isinstance(one, Problem)]
    if line.problems:
        return False
    answers = {id: one for id, one in given.items() if isinstance(one, Answer)}
    try:
        role_towards(current_user.person_id, line.person.id, (quiz(window.quiz_id) or abort(404)).skill_id or "", now())
        line.attempt = proctoring.key_paper(
            uuid5(sent_id, str(line.id)), window, form.row, line.person.id, answers, current_user.person_id
        )
        db.session.commit()  # each row whole by itself, so that forty of them do not hold the lock together
        give_way()
    except Refusal as refusal:
        db.session.rollback()
        line.problems.append(refusal.sentence)
        return False
    journal.note("key-paper", f"person:{line.person.id}", window=str(window.id))
    return True
