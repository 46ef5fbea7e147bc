"""What a test is, whether one may begin it now, and beginning it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import completion
from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes.queries import waiting
from lms.clock import now, today
from lms.exams.queries import hall_of
from lms.exams.rules.hall import may_begin
from lms.quizzes import queries
from lms.quizzes.actions import ONLY_AN_EXAM
from lms.quizzes.forms import StartForm
from lms.quizzes.models import Attempt, Quiz
from lms.quizzes.queries.outcomes import tries
from lms.quizzes.views.doors import door
from lms.quizzes.views.sitting import IN_TEAM, skill_of, test_or_404
from lms.web.refusing import refusing
from lms.witnessing.models import TestWindow
from lms.witnessing.queries import open_window_for, open_windows_for


@dataclass(frozen=True)
class Readiness:
    """Whether a test may be begun now, and if not, why and from when."""

    attempt: Attempt | None
    """The open one, to go on with."""
    window: TestWindow | None
    why_not: str = ""
    may_start_at: datetime | None = None
    asks_for_code: bool = False
    """An exam: the code on the board comes first."""

    @property
    def may_start(self) -> bool:
        return self.attempt is None and not self.why_not


@door.get("/kiem-tra")
@allow(Right.ANSWER_QUIZ)
def quizzes():
    """Every test, those open for me now first."""
    if current_user.is_handed_over:
        return redirect(url_for("witnessing.handed_over"))
    for_me = {"skill": True, "observer": current_user.may(Right.ATTEST), "team": current_user.holds(*IN_TEAM)}
    tests = [test for test in queries.quizzes() if for_me[test.kind]]
    open_now = {test.id: window for window, test in open_windows_for(current_user.person_id, now())}
    tests.sort(key=lambda test: test.id not in open_now)
    tried = tries([current_user.person_id])
    mine = {test.id: tried.get((current_user.person_id, test.id)) for test in tests}
    waits = {one.quiz_id: one for one in waiting.held([current_user.canonical_id], today()).values()}
    return render_template("quizzes/quizzes.html", tests=tests, open_now=open_now, tried=mine, waits=waits)


@door.get("/kiem-tra/<string:quiz>")
@allow(Right.ANSWER_QUIZ)
def quiz(quiz: str):
    return _page(test_or_404(quiz), StartForm(formdata=None, id=str(uuid4())))


@door.post("/kiem-tra/<string:quiz>/bat-dau")
@allow(Right.ANSWER_QUIZ)
def start(quiz: str):
    test, form = test_or_404(quiz), StartForm()
    if form.validate_on_submit():
        with refusing(form):
            attempt = completion.begin_attempt(
                form.id.data,
                current_user.person_id,
                test.id,
                secrets.token_hex(16),
                host_id=current_user.host_person_id,
                accommodation="reader" if form.reader.data else "none",
            )
            return redirect(_where_to_go_on(test, attempt), 303)
    form.id.data = str(uuid4())
    return _page(test, form, 422)


def _page(test: Quiz, form: StartForm, status: int = 200):
    ruleset = queries.ruleset_on(today())
    plan = queries.blueprint(test, ruleset) if ruleset else None
    past = [one for one in queries.attempts_of(current_user.canonical_id, test.id) if one.closed_at is not None]
    ready = readiness(test)
    return render_template(
        "quizzes/quiz.html",
        test=test,
        skill=skill_of(test),
        plan=plan,
        needed=plan.pass_mark.needs(plan.items) if plan else 0,
        ready=ready,
        go_on=_where_to_go_on(test, ready.attempt) if ready.attempt else None,
        past=past,
        waits=waiting.held([current_user.canonical_id], today()) if past else {},
        form=form,
    ), status


def readiness(test: Quiz) -> Readiness:
    """As the act of beginning will decide it, told beforehand so that nobody prepares in vain."""
    me = current_user
    window = open_window_for(me.person_id, test.id, now()) if test.kind != "observer" else None
    begun = queries.open_attempt(me.canonical_id, test.id)
    if begun is not None and (window is None or begun.session_id == window.id):
        return Readiness(begun, window)
    if test.kind == "observer":
        return Readiness(None, None)
    consent = queries.consent_to_tests(me.canonical_id, today())
    if not consent.holds:
        return Readiness(None, window, consent.sentence)
    asked = queries.admission(me.canonical_id, test, now())
    if begun is None and asked is not None and not asked.admitted:
        return Readiness(None, window, asked.sentence, asked.may_start_at)
    if window is None:
        return Readiness(None, None, _("Bài này làm khi có người coi. Nhờ thầy cô hoặc cán bộ mở bài kiểm tra."))
    hall = hall_of(window.id, me.canonical_id)
    if test.kind == "team" and not (hall and hall.exam):
        return Readiness(None, window, ONLY_AN_EXAM)
    why = may_begin(hall.place, me.is_handed_over) if hall and hall.exam else None
    if why is not None:
        return Readiness(None, window, why.sentence, asks_for_code=why.code == "no-code")
    return Readiness(None, window)


def _where_to_go_on(test: Quiz, attempt: Attempt) -> str:
    if attempt.closed_at is not None:
        return url_for("quizzes.result", quiz=test.id, attempt=attempt.id)
    answers = queries.progress_of(attempt.id).state.answers
    number = next((n for n, row in enumerate(attempt.form, 1) if row["item"] not in answers), None)
    if number is None:
        return url_for("quizzes.review", quiz=test.id, attempt=attempt.id)
    return url_for("quizzes.question", quiz=test.id, attempt=attempt.id, number=number)
