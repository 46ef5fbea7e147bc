"""«Buổi thực hành» for whoever leads it: opening one, the live board, signing those seen, saying one better."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields import SelectChoice

from lms import journal, supervision
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import day_of, now, today
from lms.db import db
from lms.people.models import Person
from lms.practice import queries as practices
from lms.practice.queries import PracticeAt
from lms.skills import queries as skills
from lms.web.pages import say
from lms.web.refusing import refusing
from lms.witnessing.actions import practising
from lms.witnessing.actions.practising import Tick
from lms.witnessing.forms import BareForm, CorrectForm, SessionForm, SignSessionForm
from lms.witnessing.models import Observation, PracticeSession
from lms.witnessing.queries import sessions as queries
from lms.witnessing.queries.facts import facts_towards, side_of, without_consent
from lms.witnessing.queries.sessions import Board, BoardRow
from lms.witnessing.queries.signatures import correction_of
from lms.witnessing.rules.sessions import Doing, doing, fails_in_a_row, pass_of
from lms.witnessing.views.choosing import choose, chosen_class, chosen_people, form_for, looked_up
from lms.witnessing.views.doors import door

SCALE = ("làm hộ", "cầm tay", "nhắc lời", "tự làm", "dạy lại được")


@door.get("/chung-kien/thuc-hanh")
@allow(Right.OPEN_TEST)
def sessions():
    """My sessions of today: open ones to watch, ended ones that may still be signed."""
    rows = queries.sessions_of(current_user.person_id, today())
    return render_template("witnessing/sessions.html", sessions=rows, open_ids=_open_ids(rows), skills=_skill_names())


@door.route("/chung-kien/thuc-hanh/mo", methods=["GET", "POST"])
@allow(Right.OPEN_TEST)
def open_session():
    school_class, people = chosen_class(), chosen_people()
    if school_class is None and not people:
        title, legend = _("Mở buổi thực hành"), _("Chọn những người sẽ thực hành")
        return choose("witnessing.open_session", title, _("Buổi thực hành cho ai?"), legend)
    form = SessionForm(skill_id=request.args.get("ky-nang"))
    offered = {one.skill_id for one in practices.shelf()}
    form.skill_id.choices = [
        SelectChoice(skill.id, skill.name) for skill in skills.framework().skills if skill.id in offered
    ]
    if form.validate_on_submit():
        with refusing(form):
            row = practising.open_session(
                form.session_id,
                current_user.person_id,
                form.skill_id.data,
                class_id=school_class.id if school_class else None,
                person_ids=[person.id for person in people],
                place=form.place.data,
                minutes=form.minutes.data,
            )
            say(_("Đã mở buổi thực hành. Viết mã lên bảng cho mọi người vào."))
            return redirect(url_for("witnessing.session", session_id=row.id), 303)
    return form_for("witnessing/session_form.html", form, school_class, people)


@door.get("/chung-kien/thuc-hanh/<uuid:session_id>")
@allow(Right.OPEN_TEST)
def session(session_id: UUID):
    row = _session(session_id)
    shown = queries.board(row)
    if shown.person_ids:
        journal.note_read("person", shown.person_ids, "practice-session")
    return render_template(
        "witnessing/session.html",
        unasked=without_consent([one.person for one in shown.rows], today()),
        may_sign=row.leader_id == current_user.person_id and day_of(row.opens_at) == today(),
        form=BareForm(),
        **_board_parts(row, shown),
    )


@door.get("/chung-kien/thuc-hanh/<uuid:session_id>/bang")
@allow(Right.OPEN_TEST)
def board(session_id: UUID):
    """The board alone, for the script that refreshes it on the page of the session, where looking was noted."""
    row = _session(session_id)
    return render_template("witnessing/_board.html", **_board_parts(row, queries.board(row)))


@door.post("/chung-kien/thuc-hanh/<uuid:session_id>/dong")
@allow(Right.OPEN_TEST)
def close_session(session_id: UUID):
    row = _own_session(session_id)
    practising.close_session(row)
    undo = url_for("witnessing.reopen_session", session_id=row.id) if row.closes_at > now() else None
    say(_("Đã kết thúc buổi. Ký cho những người đã nhìn thấy tự làm."), undo=undo)
    return redirect(url_for("witnessing.session", session_id=session_id), 303)


@door.post("/chung-kien/thuc-hanh/<uuid:session_id>/mo-lai")
@allow(Right.OPEN_TEST)
def reopen_session(session_id: UUID):
    practising.reopen_session(_own_session(session_id))
    say(_("Buổi thực hành mở lại."))
    return redirect(url_for("witnessing.session", session_id=session_id), 303)


@door.route("/chung-kien/thuc-hanh/<uuid:session_id>/them", methods=["GET", "POST"])
@allow(Right.OPEN_TEST)
def add_to_session(session_id: UUID):
    """Somebody came who is not on the list: looked up by name, added while the session is open."""
    row, form = _own_session(session_id), BareForm()
    if form.validate_on_submit():
        chosen = chosen_people()
        with refusing(form):
            count = practising.add_people(row, current_user.person_id, [person.id for person in chosen])
            say(_("Đã thêm %(count)s người. Họ vào bằng mã trên bảng.", count=count))
            return redirect(url_for("witnessing.session", session_id=row.id), 303)
    words, people = looked_up()
    return render_template(
        "witnessing/add_to_session.html", form=form, session=row, words=words, people=people
    ), 422 if request.method == "POST" else 200


@door.route("/chung-kien/thuc-hanh/<uuid:session_id>/ky", methods=["GET", "POST"])
@allow(Right.ATTEST)
def sign_session(session_id: UUID):
    """One tick for each person seen working alone; who may not be signed for stands there with the reason."""
    row = _own_session(session_id)
    form = SignSessionForm()
    if form.validate_on_submit():
        with refusing(form):
            signed = supervision.sign_session(
                row,
                current_user.person_id,
                _ticks(),
                identity_checked=form.identity.data,
                not_kin=form.not_kin.data,
            )
            for person, sentence in signed.refused:
                journal.note("witness-refused", f"person:{person.id}", sentence=sentence)
            say(_("Đã ký cho %(count)s người.", count=len(signed.rows)), "good" if signed.rows else "warn")
            return redirect(url_for("witnessing.sign_session", session_id=row.id), 303)
    shown = queries.board(row)
    if shown.person_ids:
        journal.note_read("person", shown.person_ids, "practice-session")
    passed = [one for one in shown.rows if pass_of(one.desk.runs)]
    return render_template(
        "witnessing/sign_session.html",
        form=form,
        session=row,
        skill_name=_skill_names().get(row.skill_id, ""),
        waiting=[one for one in passed if one.signed is None],
        signed=[one for one in shown.rows if one.signed is not None],
        nothing_done=[one.person for one in shown.rows if one.desk.entered_at and not pass_of(one.desk.runs)],
        refusals=_refusals(row, passed),
        ticked=set(request.form.getlist("nguoi", type=int)),
        scale=SCALE,
    ), 422 if request.method == "POST" else 200


@door.route("/chung-kien/nguoi/<int:person_id>/phieu/<uuid:observation_id>/sua", methods=["GET", "POST"])
@allow(Right.ATTEST)
def correct_signature(person_id: int, observation_id: UUID):
    """Of a session: another level, on the day it was signed. Below 3 it counts no longer."""
    old = db.session.get(Observation, observation_id)
    if old is None or old.trace_id is None or (old.witness_id, old.learner_id) != (current_user.person_id, person_id):
        abort(404)
    person = db.session.get_one(Person, person_id)
    journal.note_read("person", person_id, "record")
    form = CorrectForm(independence=str(old.independence))
    if form.validate_on_submit():
        with refusing(form):
            row = supervision.correct_signature(
                UUID(form.id.data), old, current_user.person_id, int(form.independence.data)
            )
            return redirect(url_for("witnessing.signed", person_id=person_id, observation_id=row.id), 303)
    return render_template(
        "witnessing/correct_signature.html",
        form=form,
        person=person,
        old=old,
        scale=SCALE,
        is_corrected=correction_of(observation_id) is not None,
    ), 422 if request.method == "POST" else 200


@dataclass(frozen=True)
class Line:
    """One person on the board, in what the page says about them."""

    person: Person
    doing: Doing
    practice: str
    screen: str
    quiet: int
    """Seconds since the last sign of life."""
    fails: int
    passes: int
    assisted: int
    signed: Observation | None


def _board_parts(row: PracticeSession, shown: Board) -> dict[str, object]:
    at, is_open = now(), queries.session_is_open(row, now())
    shelf = {one.id: one for one in practices.shelf()}
    lines = [_line(one, shelf, at) for one in shown.rows]
    return {
        "session": row,
        "skill_name": _skill_names().get(row.skill_id, ""),
        "lines": lines,
        "is_open": is_open,
        "minutes_left": max(0, int((row.closes_at - at).total_seconds() // 60)),
        "counts": {
            "people": len(lines),
            "present": sum(line.doing is not Doing.AWAY for line in lines),
            "passed": sum(line.passes > 0 for line in lines),
            "stuck": sum(line.doing is Doing.STUCK for line in lines) if is_open else 0,
            "signed": sum(line.signed is not None for line in lines),
        },
    }


def _line(row: BoardRow, shelf: Mapping[str, PracticeAt], at: datetime) -> Line:
    desk = row.desk
    one = shelf.get(desk.practice or "")
    spec = practices.spec(one.id, one.digest) if one else None
    title = str(spec["screens"].get(row.screen, {}).get("title", "")) if spec else ""
    return Line(
        row.person,
        doing(desk, at),
        one.title if one else "",
        re.sub(r"\{\{.*?\}\}", "…", title),  # what the variant draws into a title is not known here
        int((at - desk.moved_at).total_seconds()) if desk.moved_at else 0,
        fails_in_a_row(desk.runs),
        sum(run.is_unaided for run in desk.runs),
        sum(run.passed and not run.is_unaided for run in desk.runs),
        row.signed,
    )


def _refusals(row: PracticeSession, passed: Iterable[BoardRow]) -> dict[int, str]:
    """Person → why they may not be signed for, of those who are not signed yet."""
    waiting = [one.person.id for one in passed if one.signed is None]
    side = side_of(current_user.person_id, row.skill_id, now(), row)
    asked = facts_towards(side, waiting, row.skill_id, now())
    verdicts = {person: facts.verdict for person, facts in asked.items()}
    return {person: verdict.sentence for person, verdict in verdicts.items() if not verdict.eligible}


def _ticks() -> list[Tick]:
    ids = dict.fromkeys(request.form.getlist("nguoi", type=int))
    return [Tick(id, request.form.get(f"muc-{id}", 3, int)) for id in ids]


def _open_ids(rows: Iterable[PracticeSession]) -> set[UUID]:
    return {row.id for row in rows if queries.session_is_open(row, now())}


def _skill_names() -> dict[str, str]:
    return {skill.id: skill.name for skill in skills.framework().skills}


def _session(session_id: UUID) -> PracticeSession:
    return queries.session_visible_to(current_user.person_id, session_id, today()) or abort(404)


def _own_session(session_id: UUID) -> PracticeSession:
    row = _session(session_id)
    return row if row.leader_id == current_user.person_id else abort(404)
