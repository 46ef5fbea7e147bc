"""The teacher's window: opened for a lesson, its code on the board, who has come in, who is stuck."""

import secrets

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes import queries as classes
from lms.clock import now, today
from lms.entry import actions, queries
from lms.entry.forms import BareForm, OpenForm
from lms.entry.models import ClassWindow
from lms.entry.rules import WRONG_IN_A_WINDOW, drawn_code, tries_problem
from lms.entry.views.doors import address_of, door, my_class
from lms.web.pages import say
from lms.web.qr import drawn_qr
from lms.web.refusing import refusing

MORE_MINUTES = 15


@door.route("/lop-hoc/<int:class_id>/vao-lop", methods=["GET", "POST"])
@allow(Right.OPEN_CLASS)
def window(class_id: int):
    row = my_class(class_id)
    form = OpenForm()
    if form.validate_on_submit():
        with refusing(form):
            actions.open_window(row.id, _free_code(), form.minutes.data, current_user.person_id)
            return redirect(url_for("entry.window", class_id=class_id), 303)
    pupils = classes.pupils(row.id, today())
    cards = queries.live_cards([one.id for one in pupils])
    if pupils:
        journal.note_read("person", [one.id for one in pupils], "class window")
    open_now = queries.window_now(row.id, now())
    return render_template(
        "entry/window.html",
        school_class=row,
        form=form,
        bare=BareForm(),
        window=open_now,
        is_stopped=open_now is not None and open_now.wrong >= WRONG_IN_A_WINDOW,
        address=address_of("/vao-lop"),
        pupils=pupils,
        cards=cards,
        seated=queries.seated_in(open_now.id) if open_now else {},
        stuck={id: tries_problem(queries.tries_of(card), today()) for id, card in cards.items()},
        minutes_left=max(0, int((open_now.closes_at - now()).total_seconds() // 60)) if open_now else 0,
        more=MORE_MINUTES,
    ), 422 if form.errors else 200


@door.get("/lop-hoc/<int:class_id>/vao-lop/chieu")
@allow(Right.OPEN_CLASS)
def board(class_id: int):
    """For the projector: the code large enough for the last bench, and nobody's name."""
    row = my_class(class_id)
    open_now = queries.window_now(row.id, now()) or abort(404)
    path = url_for("entry.names", code=open_now.code)
    return render_template(
        "entry/board.html",
        school_class=row,
        window=open_now,
        address=address_of("/vao-lop"),
        qr=drawn_qr(address_of(path)),
    )


@door.post("/lop-hoc/<int:class_id>/vao-lop/dong")
@allow(Right.OPEN_CLASS)
def close(class_id: int):
    actions.close_window(_open_window(class_id))
    say(_("Đã đóng cửa lớp. Các em đã thoát khỏi máy; bài đã làm vẫn còn."))
    return redirect(url_for("entry.window", class_id=class_id), 303)


@door.post("/lop-hoc/<int:class_id>/vao-lop/them-gio")
@allow(Right.OPEN_CLASS)
def lengthen(class_id: int):
    form, row = BareForm(), _open_window(class_id)
    with refusing(form):
        actions.lengthen_window(row, MORE_MINUTES)
        say(_("Đã thêm %(n)s phút.", n=MORE_MINUTES))
    for sentence in form.form_errors:
        say(sentence, "warn")
    return redirect(url_for("entry.window", class_id=class_id), 303)


def _open_window(class_id: int) -> ClassWindow:
    return queries.window_now(my_class(class_id).id, now()) or abort(404)


def _free_code() -> str:
    while True:
        code = drawn_code(secrets.choice)
        if not queries.code_is_taken(code):
            return code
