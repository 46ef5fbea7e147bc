"""One question a page, saved as given; looking it over; resting; handing in. Works without a script."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from lms import completion
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import VIETNAM
from lms.quizzes import queries
from lms.quizzes.forms import AnswerForm, BareForm
from lms.quizzes.rules.behaviours import asked
from lms.quizzes.rules.items import answer_from_json, is_in, read_answer, shown_again, words
from lms.quizzes.rules.shapes import Answer, Item, Problem
from lms.quizzes.views.doors import door
from lms.quizzes.views.sitting import Sitting, attempt_or_404, sitting_or_404, skill_of
from lms.web.pages import say
from lms.web.refusing import refusing

NOTHING_CHOSEN = "nothing-chosen"


@door.get("/kiem-tra/<string:quiz>/bai/<uuid:attempt>/<int:number>")
@allow(Right.ANSWER_QUIZ)
def question(quiz: str, attempt: UUID, number: int):
    sitting = sitting_or_404(quiz, attempt)
    if not sitting.is_open or sitting.is_paused:
        return redirect(_after(sitting))
    return _page(sitting, number, AnswerForm(formdata=None))


@door.post("/kiem-tra/<string:quiz>/bai/<uuid:attempt>/<int:number>")
@allow(Right.ANSWER_QUIZ)
def answer(quiz: str, attempt: UUID, number: int):
    """Keep what was chosen, then go where the pressed button says."""
    me, form = current_user.canonical_id, AnswerForm()
    questions = queries.own_form(attempt, me) or abort(404)
    item, order = queries.asked_in(questions, number) or abort(404)
    given = read_answer(item, request.form.to_dict(flat=False), order)
    if isinstance(given, Problem) and given.code != NOTHING_CHOSEN:
        form.form_errors.append(given.sentence)
    elif form.validate_on_submit():
        with refusing(form):
            closed_at = _keep(attempt, item, given, form)
            if closed_at is not None:
                say(_("Hết giờ làm bài. Các câu đã lưu được chấm."))
                return redirect(url_for("quizzes.result", quiz=quiz, attempt=attempt), 303)
            return redirect(_next_page(quiz, attempt, number, len(questions)), 303)
    sitting = sitting_or_404(quiz, attempt)
    if not sitting.is_open or sitting.is_paused:
        return redirect(_after(sitting), 303)
    return _page(sitting, number, form, 422)


@door.get("/kiem-tra/<string:quiz>/bai/<uuid:attempt>/xem-lai")
@allow(Right.ANSWER_QUIZ)
def review(quiz: str, attempt: UUID):
    """All questions as cells: answered or not, marked or not; and handing in."""
    sitting = sitting_or_404(quiz, attempt)
    if sitting.attempt.closed_at is not None:
        return redirect(url_for("quizzes.result", quiz=quiz, attempt=attempt))
    return render_template(
        "quizzes/review.html",
        sitting=sitting,
        skill=skill_of(sitting.test),
        cells=cells(sitting),
        unanswered=[n for n, cell in enumerate(cells(sitting), 1) if not cell["answered"]],
        said=_said(sitting),
        form=BareForm(),
        nav=(),
    )


@door.post("/kiem-tra/<string:quiz>/bai/<uuid:attempt>/nghi")
@allow(Right.ANSWER_QUIZ)
def pause(quiz: str, attempt: UUID):
    return _rest(quiz, attempt, is_resting=True)


@door.post("/kiem-tra/<string:quiz>/bai/<uuid:attempt>/tiep")
@allow(Right.ANSWER_QUIZ)
def go_on(quiz: str, attempt: UUID):
    return _rest(quiz, attempt, is_resting=False)


@door.post("/kiem-tra/<string:quiz>/bai/<uuid:attempt>/nop")
@allow(Right.ANSWER_QUIZ)
def finish(quiz: str, attempt: UUID):
    attempt_or_404(quiz, attempt)  # where it stands the act itself reads, behind its lock
    if BareForm().validate_on_submit():
        completion.finish_attempt(attempt, current_user.canonical_id)
    return redirect(url_for("quizzes.result", quiz=quiz, attempt=attempt), 303)


def cells(sitting: Sitting) -> list[dict[str, bool]]:
    state = sitting.progress
    return [
        {"answered": row["item"] in state.state.answers, "flagged": row["item"] in state.flagged}
        for row in sitting.attempt.form
    ]


def _said(sitting: Sitting) -> list[tuple[int, str]]:
    """(question, what was answered in words) of those answered."""
    answers = sitting.progress.state.answers
    return [
        (n, words(item, answer_from_json(item, answers[item.id])))
        for n, item in enumerate(queries.form_items(sitting.attempt), 1)
        if item.id in answers
    ]


def _keep(attempt: UUID, item: Item, given: Answer | Problem, form: AnswerForm) -> datetime | None:
    """Saves the answer and the mark; the moment the attempt closed, where its time was over."""
    me = current_user.canonical_id
    if isinstance(given, Answer):
        closed_at = completion.save_answers(attempt, me, {item.id: given}, form.sent.data)
        if closed_at is not None:
            return closed_at
    if bool(form.flagged.data) != bool(form.was_flagged.data):
        completion.flag_question(attempt, me, item.id, bool(form.flagged.data))
    return None


def _kept(item: Item, order: Sequence[str], answers: Mapping[str, Any]) -> tuple[frozenset[str], dict[str, str]]:
    """What the page shows as chosen and as typed: what was just sent, else what is saved."""
    sent = request.form.to_dict(flat=False)
    if is_in(item, sent):
        given = read_answer(item, sent, order)
        return getattr(given, "chosen", frozenset()), {name: values[0] for name, values in sent.items()}
    if item.id not in answers:
        return frozenset(), {}
    saved = answer_from_json(item, answers[item.id])
    return saved.chosen, shown_again(item, saved, order)


def _next_page(quiz: str, attempt: UUID, number: int, last: int) -> str:
    going = request.form.get("den")
    if going == "truoc" and number > 1:
        return url_for("quizzes.question", quiz=quiz, attempt=attempt, number=number - 1)
    if going == "o-lai":
        return url_for("quizzes.question", quiz=quiz, attempt=attempt, number=number)
    if going == "xem-lai" or number >= last:
        return url_for("quizzes.review", quiz=quiz, attempt=attempt)
    return url_for("quizzes.question", quiz=quiz, attempt=attempt, number=number + 1)


def _page(sitting: Sitting, number: int, form: AnswerForm, status: int = 200):
    item, order = queries.asked_item(sitting.attempt, number) or abort(404)
    state = sitting.progress.state
    form.sent.data = str(uuid4())
    flagged = item.id in sitting.progress.flagged
    if status == 200:
        form.flagged.data = flagged
    form.was_flagged.data = "1" if flagged else ""
    chosen, typed = _kept(item, order, state.answers)
    return render_template(
        "quizzes/question.html",
        sitting=sitting,
        skill=skill_of(sitting.test),
        number=number,
        question=asked(item, order),
        chosen=chosen,
        typed=typed,
        cells=cells(sitting),
        saved=_saved(sitting, number, item.id),
        form=form,
        nav=(),  # while answering, the two actions stand alone
    ), status


def _saved(sitting: Sitting, number: int, item_id: str) -> tuple[int, str] | None:
    """(question, «09:41»): when this one was saved, or else the one saved last."""
    saved_at = sitting.progress.state.saved_at
    if item_id in saved_at:
        return number, _hour(saved_at[item_id])
    if not saved_at:
        return None
    latest = max(saved_at, key=lambda one: saved_at[one])
    places = {row["item"]: n for n, row in enumerate(sitting.attempt.form, 1)}
    return places.get(latest, number), _hour(saved_at[latest])


def _hour(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%H:%M")


def _rest(quiz: str, attempt: UUID, is_resting: bool) -> Response:
    sitting = sitting_or_404(quiz, attempt)
    if not BareForm().validate_on_submit():
        abort(400)
    if sitting.is_held:
        return redirect(url_for("quizzes.review", quiz=quiz, attempt=attempt), 303)
    kept = completion.rest(attempt, current_user.canonical_id, is_resting)
    if kept.closed_at is not None:
        return redirect(url_for("quizzes.result", quiz=quiz, attempt=attempt), 303)
    if is_resting:
        return redirect(url_for("quizzes.review", quiz=quiz, attempt=attempt), 303)
    number = sitting.first_unanswered()
    return redirect(url_for("quizzes.question", quiz=quiz, attempt=attempt, number=number), 303)


def _after(sitting: Sitting) -> str:
    """Where an attempt that may not be answered now is looked at."""
    page = "quizzes.result" if sitting.attempt.closed_at is not None else "quizzes.review"
    return url_for(page, quiz=sitting.test.id, attempt=sitting.attempt.id)
