"""Every practice by skill, and the role card of one. Open to everybody."""

from flask import abort, render_template

from lms.access.guard import allow, public
from lms.access.rules import Right
from lms.clock import now
from lms.practice import queries
from lms.practice.forms import BareForm
from lms.practice.rules.params import variants
from lms.practice.rules.pictures import pictures_in
from lms.practice.rules.radar import has_radar, together
from lms.practice.views.doors import door
from lms.practice.views.tickets import learner, may_keep
from lms.skills import queries as skills
from lms.witnessing.queries.sessions import Seat, seat_of


@door.get("/luyen-tap")
@public
def practices():
    shelf, me = queries.shelf(), learner()
    by_skill = [
        (skill, [one for one in shelf if one.skill_id == skill.id])
        for skill in skills.framework().skills
        if any(one.skill_id == skill.id for one in shelf)
    ]
    done = queries.passed_practices(me.canonical_id) if me else set()
    return render_template("practice/practices.html", by_skill=by_skill, done=done, has_own_record=me is not None)


@door.get("/luyen-tap/<string:practice>")
@public
def practice(practice: str):
    return card_page(practice_or_404(practice))


@door.get("/luyen-tap/may-do")
@allow(Right.OWN_RECORD)
def radar():
    """One's own scam radar over the latest runs."""
    me = learner() or abort(404)
    runs = queries.radar_runs(me.canonical_id)
    telling = [one for one in queries.shelf() if has_radar(queries.spec(one.id, one.digest) or {"signals": {}})]
    return render_template(
        "practice/radar.html",
        runs=runs,
        radar=together(run.radar for run in runs),
        titles={one.id: one.title for one in queries.shelf()},
        practices=telling,
    )


def card_page(one: queries.PracticeAt, status: int = 200):
    spec = queries.spec(one.id, one.digest) or abort(404)
    return render_template(
        "practice/practice.html",
        one=one,
        count=sum(1 for _variant in variants(spec)),
        keeps=may_keep(learner()),
        form=BareForm(),
        pictures=pictures_in(spec),
        has_radar=has_radar(spec),
        session_seat=seat_here(one.id),
    ), status


def seat_here(practice: str) -> Seat | None:
    """The supervised session in which whoever is signed in sits, if it is about this practice's skill."""
    me = learner()
    return seat_of(me.person_id, practice, now()) if me is not None else None


def practice_or_404(id: str) -> queries.PracticeAt:
    return queries.practice(id) or abort(404)
