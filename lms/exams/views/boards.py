"""The live board: who is there, who has begun, at which question, saved when, handed in."""

from uuid import UUID

from flask import jsonify, render_template

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import now
from lms.exams import queries
from lms.exams.forms import BareForm
from lms.exams.rules.hall import CODE_LIVES
from lms.exams.views.doors import door, window_or_404
from lms.exams.views.words import hour, told, words_of
from lms.quizzes.queries import quiz
from lms.witnessing.queries import window_is_open


@door.get("/coi-thi/<uuid:window_id>")
@allow(Right.OPEN_TEST)
def board(window_id: UUID):
    """Everybody by name with what may be done; where it is no exam yet, what that would mean."""
    window = window_or_404(window_id)
    exam = queries.exam_of(window.id)
    rows = queries.board(window, exam)
    if rows:
        journal.note_read("person", [row.person.id for row in rows], "exam")
    return render_template(
        "exams/board.html",
        window=window,
        exam=exam,
        test=quiz(window.quiz_id),
        rows=rows,
        words=words_of,
        told=told(rows),
        ends=window.closed_at or window.closes_at,
        is_open=window_is_open(window, now()) or bool(exam and exam.held_at),
        code_until=exam.code_made_at + CODE_LIVES if exam and exam.code_made_at else None,
        is_code_alive=bool(exam and exam.code_made_at and now() < exam.code_made_at + CODE_LIVES),
        canonical=queries.canonical,
        hour=hour,
        form=BareForm(),
    )


@door.get("/coi-thi/<uuid:window_id>/tinh-hinh")
@allow(Right.OPEN_TEST)
def standing(window_id: UUID):
    """The same without names, for the page that is open to bring itself up to date; its reader was noted when it opened."""
    window = window_or_404(window_id)
    exam = queries.exam_of(window.id)
    rows = queries.board(window, exam)
    return jsonify(
        told=told(rows),
        rows={
            str(queries.canonical(row.person)): {
                "state": words_of(row),
                "number": f"{row.number}" if row.number else "",
                "answered": f"{row.answered}/{len(row.attempt.form)}" if row.attempt else "",
                "saved": hour(row.saved_at),
            }
            for row in rows
        },
    )
