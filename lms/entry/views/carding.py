"""Login cards: made, printed once, made anew, reported lost."""

import secrets
from collections.abc import Sequence

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes import queries as classes
from lms.classes.models import SchoolClass
from lms.clock import now, today
from lms.db import db
from lms.entry import actions, queries
from lms.entry.forms import CardsForm
from lms.entry.models import LoginCard
from lms.entry.rules import CardKind, drawn_secret, tries_problem
from lms.entry.views.doors import address_of, door, keyed, my_class
from lms.entry.views.paper import Sheet, brought_back, carried, pdf_of
from lms.people import passwords
from lms.people.models import Person
from lms.places.models import Site
from lms.web.pages import say
from lms.web.paging import page_of

AT_ONCE = 60
"""Hashing takes 25 ms on purpose; a class fits into one request."""
TOKEN_BYTES = 16


@door.get("/lop-hoc/<int:class_id>/the")
@allow(Right.OPEN_CLASS)
def cards(class_id: int):
    row = my_class(class_id)
    page = page_of(
        classes.enrolled(row.id, today()),
        (Person.name_key, Person.id),
        request.args.get("sau"),
        AT_ONCE,
        lambda one: (one.name_key, one.id),
        scalars=True,
    )
    if page.rows:
        journal.note_read("person", [one.id for one in page.rows], "cards")
    live = queries.live_cards([one.id for one in page.rows])
    size = classes.size_of(row.id, today())
    return render_template(
        "entry/cards.html",
        school_class=row,
        page=page,
        missing=size - queries.holders_in(row.id, today()),
        fits_at_once=size <= AT_ONCE,
        cards=live,
        stuck={id: tries_problem(queries.tries_of(card), today()) for id, card in live.items()},
        form=CardsForm(),
        at_once=AT_ONCE,
    )


@door.post("/lop-hoc/<int:class_id>/the/lam")
@allow(Right.OPEN_CLASS)
def make(class_id: int):
    """New cards for those who have none, for all, or for one; the answer is the sheet to print, shown this once."""
    row = my_class(class_id)
    form = CardsForm()
    if not form.validate_on_submit():
        abort(400)
    chosen = _chosen(row)
    if not chosen:
        say(_("Em nào cũng có thẻ rồi. Muốn làm lại thì bấm «Làm lại thẻ cả lớp»."), "warn")
        return redirect(url_for("entry.cards", class_id=class_id), 303)
    ids, kind = [one.id for one in chosen], CardKind(form.kind.data)
    drawn = [(drawn_secret(kind, secrets.choice), secrets.token_urlsafe(TOKEN_BYTES)) for _one in chosen]
    new = [
        actions.NewCard(id, kind, passwords.hash_of(keyed(secret)), keyed(token))
        for id, (secret, token) in zip(ids, drawn, strict=True)
    ]
    actions.make_cards(row.id, new, passwords.hash_of(secrets.token_urlsafe(32)), current_user.person_id)
    journal.note("cards-made", f"class:{row.id}", ids=ids, count=len(ids))
    sheets = _sheets(chosen, kind, drawn)
    return render_template(
        "entry/sheet.html",
        school_class=row,
        place=_place_of(row),
        sheets=sheets,
        carried=carried(sheets, row.id, current_user.person_id, _secret_key(), now()),
        kinds=CardKind,
        address=address_of("/vao-lop"),
    )


@door.post("/lop-hoc/<int:class_id>/the/to-the.pdf")
@allow(Right.OPEN_CLASS)
def sheet_file(class_id: int):
    """The sheet just made, as a file: the page brings it back, because the server has kept none of it."""
    row = my_class(class_id)
    came = brought_back(request.form.get("to", ""), row.id, current_user.person_id, _secret_key(), now())
    live = {card.qr_hash for card in queries.live_cards([one.person_id for one in came]).values()}
    sheets = [one for one in came if keyed(one.token) in live]
    if not sheets:
        say(_("Tờ thẻ này đã quá nửa giờ hoặc đã có thẻ mới. Làm thẻ lại rồi tải."), "warn")
        return redirect(url_for("entry.cards", class_id=class_id), 303)
    journal.note("cards-printed", f"class:{row.id}", ids=[one.person_id for one in sheets], count=len(sheets))
    title = _("Thẻ vào lớp %(name)s", name=row.name)
    response = Response(pdf_of(sheets, title, _place_of(row), address_of("/vao-lop")), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f"attachment; filename=the-vao-lop-{row.id}.pdf"
    return response


@door.post("/lop-hoc/<int:class_id>/the/<int:person_id>/bao-mat")
@allow(Right.OPEN_CLASS)
def report_lost(class_id: int, person_id: int):
    card, name = _card(class_id, person_id)
    actions.end_card(card)
    journal.note("card-ended", f"person:{person_id}")
    say(_("Thẻ của em %(name)s không dùng được nữa, mã QR cũng vậy. Làm thẻ mới khi cần.", name=name))
    return redirect(url_for("entry.cards", class_id=class_id), 303)


@door.post("/lop-hoc/<int:class_id>/the/<int:person_id>/thu-lai")
@allow(Right.OPEN_CLASS)
def try_again(class_id: int, person_id: int):
    card, name = _card(class_id, person_id)
    actions.let_try_again(card)
    journal.note("card-let-again", f"person:{person_id}")
    say(_("Em %(name)s thử lại được.", name=name))
    back = "entry.window" if request.form.get("ve") == "vao-lop" else "entry.cards"
    return redirect(url_for(back, class_id=class_id), 303)


def _card(class_id: int, person_id: int) -> tuple[LoginCard, str]:
    """The good card of a pupil who is in the class today."""
    row = my_class(class_id)
    if classes.enrolment_of(row.id, person_id, today()) is None:
        abort(404)
    card = queries.live_cards([person_id]).get(person_id) or abort(404)
    return card, db.session.get_one(Person, person_id).full_name


def _chosen(row: SchoolClass) -> list[Person]:
    """Only pupils of this class, whatever the form says."""
    pupils = classes.pupils(row.id, today())
    who = request.form.get("ai", "thieu")
    if who == "thieu":
        have = queries.live_cards([one.id for one in pupils])
        return [one for one in pupils if one.id not in have][:AT_ONCE]
    if who == "ca-lop":
        return pupils[:AT_ONCE]
    return [one for one in pupils if str(one.id) == who] or abort(404)


def _sheets(people: Sequence[Person], kind: CardKind, drawn: Sequence[tuple[str, str]]) -> list[Sheet]:
    names = queries.usernames([one.id for one in people])
    return [
        Sheet(one.id, one.full_name, names[one.id], kind, secret, token, address_of(url_for("entry.scan", token=token)))
        for one, (secret, token) in zip(people, drawn, strict=True)
    ]


def _place_of(row: SchoolClass) -> str:
    return f"{db.session.get_one(Site, row.site_id).name} · {_('lớp %(name)s', name=row.name)}"


def _secret_key() -> str:
    return str(current_app.extensions["settings"].secret_key)
