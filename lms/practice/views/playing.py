"""A run without a script: each press is a POST, the reducer of the server draws the next screen.

What was done stands in the signed session, with the ticket: nothing is written until the run is over, and of somebody
without an account nothing ever.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask import abort, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from lms import completion
from lms.access.guard import allow, public
from lms.access.rules import Right
from lms.clock import now
from lms.practice import queries
from lms.practice.actions import Sent
from lms.practice.forms import BareForm
from lms.practice.rules.judging import judged
from lms.practice.rules.naming import tagged_rows
from lms.practice.rules.params import drawn
from lms.practice.rules.pictures import pictures_in
from lms.practice.rules.pressing import wanted_actions
from lms.practice.rules.radar import radar_of
from lms.practice.rules.reducer import State, beginning, step
from lms.practice.rules.showing import shown
from lms.practice.rules.telling import path_of, slips_of
from lms.practice.rules.texts import filled
from lms.practice.rules.tickets import Ticket
from lms.practice.rules.traces import frames, kept_action, replayed
from lms.practice.views.doors import door
from lms.practice.views.shelf import card_page, practice_or_404, seat_here
from lms.practice.views.tickets import issued, learner, read_ticket
from lms.web.pages import form_token, say
from lms.witnessing.actions.practising import note_place

RUN = "luyen"
"""Where the session keeps the run: {t: ticket, i: id, b: began, a: actions, p: how many of them before the last press}."""


@dataclass
class Run:
    ticket: Ticket
    id: UUID
    began_ms: int
    rows: list[list[Any]]
    spec: Any
    values: dict[str, Any]
    state: State
    made: list[str]
    """Mistakes of the last press."""

    @property
    def is_over(self) -> bool:
        return judged(self.spec, self.values, self.state).is_over

    @property
    def last(self) -> str:
        return str(self.rows[-1][2]) if self.rows else ""

    def take(self, action: list[Any]) -> str:
        """The reason why it is invalid, or nothing; what is kept of it goes into the rows."""
        after = step(self.spec, self.values, self.state, action)
        if "invalid" in after:
            return str(after["invalid"])
        self.state = after
        self.rows.append([len(self.rows) + 1, max(0, _ms() - self.began_ms), *kept_action(action, after)])
        return ""


@door.post("/luyen-tap/<string:practice>")
@public
def begin(practice: str):
    one = practice_or_404(practice)
    if not BareForm().validate_on_submit():
        return card_page(one, 422)
    session[RUN] = {"t": issued(one)[1], "i": str(uuid4()), "b": _ms(), "a": [], "p": 0}
    run = _run(practice)
    if run is not None:
        _tell_place(practice, run)
    return redirect(url_for("practice.screen", practice=practice), 303)


@door.get("/luyen-tap/<string:practice>/choi")
@public
def screen(practice: str):
    run = _run(practice)
    if run is None:
        return redirect(url_for("practice.practice", practice=practice))
    if run.is_over:
        return redirect(url_for("practice.result", practice=practice))
    return _screen_page(practice, run)


@door.post("/luyen-tap/<string:practice>/choi")
@public
def press(practice: str):
    """One press: the fields that changed, then the button; the first that is refused says why."""
    run = _run(practice)
    if run is None:
        say(_("Lượt làm này đã cũ. Bắt đầu lại từ thẻ vai nhé."), "warn")
        return redirect(url_for("practice.practice", practice=practice), 303)
    if not BareForm().validate_on_submit():
        return _screen_page(practice, run, "stale", 422)
    if request.form.get("run") != str(run.id):  # a page of another run, or presses copied from it
        return _screen_page(practice, run, "other-run", 422)
    problem, before = "", len(run.rows)
    for action in wanted_actions(shown(run.spec, run.values, run.state), request.form):
        problem = run.take(action)
        if problem:
            break
    session[RUN] = {**session[RUN], "a": run.rows, "p": before}
    if problem and not run.is_over:
        return _screen_page(practice, run, problem, 422)
    if not run.is_over:
        _tell_place(practice, run)
        return redirect(url_for("practice.screen", practice=practice), 303)
    return _finished(practice, run)


@door.get("/luyen-tap/<string:practice>/ket-qua")
@public
def result(practice: str):
    """After a run that is not kept: it stands in the session until the next one."""
    one, run = practice_or_404(practice), _run(practice)
    if run is None or not run.is_over:
        return redirect(url_for("practice.practice", practice=practice))
    return result_page(one, run.spec, run.ticket.seed, run.rows, is_kept=False)


@door.get("/luyen-tap/<string:practice>/ket-qua/<uuid:trace>")
@allow(Right.PRACTISE)
def kept_result(practice: str, trace: UUID):
    """After a run of one's own that is kept."""
    me = learner() or abort(404)
    row = queries.own_trace(trace, me.canonical_id) or abort(404)
    one = practice_or_404(practice)
    if row.practice_id != practice:
        abort(404)
    if row.reason:
        return render_template("practice/aside.html", one=one, form=BareForm())
    spec = queries.spec(row.practice_id, str(row.digest)) or abort(404)
    return result_page(one, spec, str(row.seed), row.actions, is_kept=True)


def result_page(one: queries.PracticeAt, spec: Any, seed: str, rows: list[Any], is_kept: bool):
    """Goal met or not, each mistake with what would have happened, the path taken."""
    again, taken = replayed(spec, seed, rows), list(frames(spec, seed, rows))
    return render_template(
        "practice/result.html",
        one=one,
        verdict=again.verdict,
        slips=slips_of(spec, again.values, again.verdict.mistakes),
        path=path_of(spec, again.values, taken),
        radar=radar_of(spec, again.values, taken),
        is_kept=is_kept,
        form=BareForm(),
    )


def _finished(practice: str, run: Run) -> Response:
    me = learner()
    if me is None or run.ticket.person != me.person_id:
        return redirect(url_for("practice.result", practice=practice), 303)
    sent = Sent(run.id, tagged_rows(run.ticket.seed, run.rows), run.ticket.digest, None, run.began_ms)
    completion.record_practice(practice, me.person_id, run.ticket, sent)
    return redirect(url_for("practice.kept_result", practice=practice, trace=run.id), 303)


def _tell_place(practice: str, run: Run) -> None:
    """To the leader's board, in a supervised session; elsewhere nothing is written before the run is over."""
    me = learner()
    if me is not None and run.ticket.person == me.person_id and seat_here(practice) is not None:
        note_place(me.person_id, practice, run.state["screen"])


def _run(practice: str) -> Run | None:
    """The run in the session, if it is of this practice; every action is run again."""
    kept: dict[str, Any] = session.get(RUN) or {}
    ticket = read_ticket(kept.get("t"))
    if ticket is None or ticket.practice != practice:
        return None
    spec = queries.spec(practice, ticket.digest)
    if spec is None:
        return None
    values, state = drawn(spec, ticket.seed), beginning(spec)
    before: list[str] = []
    for number, row in enumerate(kept["a"]):
        before = state["mistakes"] if number == kept["p"] else before
        state = step(spec, values, state, list(row[2:]))
    made = [id for id in state["mistakes"] if id not in before] if kept["p"] < len(kept["a"]) else []
    return Run(ticket, UUID(kept["i"]), kept["b"], list(kept["a"]), spec, values, state, made)


def _screen_page(practice: str, run: Run, refused: str = "", status: int = 200):
    """`refused`: why the last press was not taken; the words for each reason stand beside the screen."""
    made = [] if refused else slips_of(run.spec, run.values, run.made)
    return render_template(
        "practice/screen.html",
        one=practice_or_404(practice),
        card=filled(run.spec["card"], run.values),
        shown=shown(run.spec, run.values, run.state, with_hint=run.last == "hint"),
        pictures=pictures_in(run.spec),
        token=form_token(),
        sent={"refused": refused, "made": made},
        run=run.id,
        nav=(),  # while practising, the exercise stands alone
    ), status


def _ms() -> int:
    return int(now().timestamp() * 1000)
