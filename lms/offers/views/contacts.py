"""The directory: whom to ask, nearest unit first; entries written, mended, withdrawn."""

from itertools import groupby

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import now, today
from lms.db import db
from lms.offers import actions, queries
from lms.offers.forms import KIND_WORDS, BareForm, ContactForm
from lms.offers.models import Contact
from lms.offers.rules import CONTACT_BELIEVED, ContactKind, is_stale
from lms.offers.views.doors import PAGE, brought_back, door, kept_unit, may_keep, status, withdrawn
from lms.places import queries as places
from lms.teams import queries as teams
from lms.web.pages import say
from lms.web.paging import page_of
from lms.web.refusing import refusing

HINTS = {
    "role": lazy_gettext("Viết như bà con hỏi: «Hỏi về lương hưu», «Mất sóng, đổi sim»."),
    "phone": lazy_gettext("Số dùng cho công việc. Chưa có thì để trống, không ghi số đoán."),
    "source": lazy_gettext("Ai cho biết, văn bản nào: «Công văn số … ngày …», «Bưu điện xã cho biết»."),
}


@door.get("/danh-ba")
@allow(Right.READ_OFFERS)
def contacts():
    """For the units one works in, and what stands above them."""
    asked = request.args.get("don-vi", "")
    if asked.isdecimal() and len(asked) < 10:
        return redirect(url_for("offers.contacts_of", unit_id=int(asked)))
    units = queries.bases(current_user, today())
    here = queries.units_of(units[:PAGE])
    return _page(units, _("Danh bạ"), units=[here[id] for id in units if id in here])


@door.get("/danh-ba/<int:unit_id>")
@allow(Right.READ_OFFERS)
def contacts_of(unit_id: int):
    unit, is_seen = teams.place(current_user, unit_id, today()) or (None, False)
    if unit is None or not is_seen:
        abort(404)
    kinds = places.kinds()
    return _page(
        [unit_id],
        _("Danh bạ %(name)s", name=places.full_name(unit, kinds)),
        unit=unit,
        below=[(one.id, places.full_name(one, kinds)) for one in places.below(unit_id, today())],
        may_keep=may_keep(unit_id),
    )


def _page(unit_ids: list[int], title: str, **more):
    mark = request.args.get("sau")
    page = page_of(
        queries.contacts_for(unit_ids, today()), queries.CONTACT_ORDER, mark, PAGE,
        lambda row: (-row[2], row[1].name_key, row[1].id, row[0].kind, row[0].role_key, row[0].id),
    )  # fmt: skip
    kinds = places.kinds()
    return render_template(
        "offers/contacts.html",
        title=title,
        page=page,
        sections=[
            (places.full_name(unit, kinds), [row[0] for row in rows])
            for unit, rows in groupby(page.rows, lambda row: row[1])
        ],
        stale={row[0].id for row in page.rows if is_stale(row[0].checked_on, today(), CONTACT_BELIEVED)},
        kind_words=KIND_WORDS,
        ContactKind=ContactKind,
        full_name=lambda unit: places.full_name(unit, kinds),
        **more,
    )


@door.route("/danh-ba/<int:unit_id>/them", methods=["GET", "POST"])
@allow(Right.KEEP_OFFERS)
def add_contact(unit_id: int):
    unit = kept_unit(unit_id)
    form = ContactForm(kind=str(ContactKind.OFFICE), checked_on=today())
    if form.validate_on_submit():
        with refusing(form):
            row = actions.write_contact(unit.id, form.words(), current_user.person_id, now())
            journal.note("contact-written", f"contact:{row.id}")
            say(_("Đã ghi vào danh bạ."))
            return redirect(url_for("offers.contacts_of", unit_id=unit_id), 303)
    title = _("Ghi vào danh bạ %(name)s", name=places.full_name(kept_unit(unit_id)))
    back = url_for("offers.contacts_of", unit_id=unit_id)
    return render_template("offers/form.html", form=form, title=title, hints=HINTS, back=back), status()


@door.get("/danh-ba/so")
@allow(Right.KEEP_OFFERS)
def contact_book():
    """Every entry an officer answers for, the newest first, with what became of it."""
    wanted = queries.contacts_kept_by(current_user, today())
    page = page_of(wanted, (-Contact.id,), request.args.get("sau"), PAGE, lambda row: (-row.id,), scalars=True)
    units = queries.units_of(sorted({row.unit_id for row in page.rows}))
    return render_template("offers/contact_book.html", page=page, units=units)


@door.get("/danh-ba/muc/<int:contact_id>")
@allow(Right.KEEP_OFFERS)
def contact(contact_id: int):
    row = _row(contact_id)
    earlier = queries.lineage(row)
    return render_template(
        "offers/contact.html",
        row=row,
        earlier=earlier,
        follower=queries.follower(Contact, row.id),
        unit=queries.units_of([row.unit_id])[row.unit_id],
        names=queries.names_of([who for one in (row, *earlier) for who in (one.written_by, one.closed_by)]),
        kind_words=KIND_WORDS,
        form=BareForm(),
    )


@door.route("/danh-ba/muc/<int:contact_id>/sua", methods=["GET", "POST"])
@allow(Right.KEEP_OFFERS)
def mend_contact(contact_id: int):
    row = _row(contact_id)
    form = ContactForm(data=ContactForm.filled(row))
    if form.validate_on_submit():
        with refusing(form):
            where = places.heir_of(row.unit_id, today())
            new = actions.write_contact(where, form.words(), current_user.person_id, now(), row)
            journal.note("contact-written", f"contact:{new.id}", replaces=contact_id)
            say(_("Đã ghi mục mới thay mục cũ."))
            return redirect(url_for("offers.contacts_of", unit_id=new.unit_id), 303)
    back = url_for("offers.contact", contact_id=contact_id)
    title = _("Sửa mục trong danh bạ")
    return render_template("offers/form.html", form=form, title=title, hints=HINTS, back=back), status()


@door.post("/danh-ba/muc/<int:contact_id>/thoi")
@allow(Right.KEEP_OFFERS)
def withdraw_contact(contact_id: int):
    row = _row(contact_id)
    back = url_for("offers.contacts_of", unit_id=row.unit_id)
    return withdrawn(row, back, url_for("offers.bring_contact_back", contact_id=contact_id))


@door.post("/danh-ba/muc/<int:contact_id>/dua-lai")
@allow(Right.KEEP_OFFERS)
def bring_contact_back(contact_id: int):
    return brought_back(_row(contact_id), url_for("offers.contact", contact_id=contact_id))


def _row(contact_id: int) -> Contact:
    wanted = queries.contacts_kept_by(current_user, today()).where(Contact.id == contact_id)
    return db.session.scalar(wanted) or abort(404)
