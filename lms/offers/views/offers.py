"""Offers of businesses: today's for certified members; written, mended, withdrawn by officers."""

from datetime import timedelta

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
from lms.offers.forms import BareForm, OfferForm
from lms.offers.models import Offer
from lms.offers.rules import OFFER_BELIEVED, Stand, is_stale, stand
from lms.offers.views.doors import PAGE, brought_back, door, kept_unit, may_keep, status, withdrawn
from lms.places import queries as places
from lms.web.pages import say
from lms.web.paging import page_of
from lms.web.refusing import refusing

ONE_DAY = timedelta(days=1)
STAND_WORDS = {
    Stand.COMING: lazy_gettext("sắp tới"),
    Stand.CURRENT: lazy_gettext("đang có"),
    Stand.ENDED: lazy_gettext("đã hết hạn"),
    Stand.WITHDRAWN: lazy_gettext("đã thôi"),
    Stand.REPLACED: lazy_gettext("đã có mục mới thay"),
}
HINTS = {
    "title": lazy_gettext("Một câu ngắn, đúng như doanh nghiệp công bố."),
    "how": lazy_gettext("Đến đâu, đem theo gì, hỏi ai."),
    "source": lazy_gettext("Văn bản hoặc người của doanh nghiệp đã cho biết: «Công văn số … ngày …»."),
}


@door.get("/uu-dai")
@allow(Right.READ_OFFERS)
def offers():
    """What is offered today. Members without a certificate are told how to come by one."""
    units = queries.bases(current_user, today())
    if not queries.sees_offers(current_user, today()):
        return render_template("offers/not_yet.html")
    wanted = queries.offers_for(current_user, units, today())
    mark = request.args.get("sau")
    page = page_of(wanted, (-Offer.id,), mark, PAGE, lambda row: (-row[0].id,))
    kinds, here = places.kinds(), queries.units_of(units[:PAGE])
    kept = [here[id] for id in units if id in here] if current_user.may(Right.KEEP_OFFERS) else []
    return render_template(
        "offers/offers.html",
        page=page,
        kept=[(unit.id, places.full_name(unit, kinds)) for unit in kept],
        full_name=lambda unit: places.full_name(unit, kinds),
        names=queries.names_of(row[0].written_by for row in page.rows),
        stale={row[0].id for row in page.rows if is_stale(row[0].checked_on, today(), OFFER_BELIEVED)},
        ONE_DAY=ONE_DAY,
    )


@door.route("/uu-dai/them/<int:unit_id>", methods=["GET", "POST"])
@allow(Right.KEEP_OFFERS)
def add_offer(unit_id: int):
    unit = kept_unit(unit_id)
    form = OfferForm(from_on=today(), checked_on=today())
    if form.validate_on_submit():
        with refusing(form):
            row = actions.write_offer(unit.id, form.words(), current_user.person_id, now())
            journal.note("offer-written", f"offer:{row.id}")
            say(_("Đã ghi ưu đãi."))
            return redirect(url_for("offers.offer", offer_id=row.id), 303)
    title = _("Ghi ưu đãi ở %(name)s", name=places.full_name(kept_unit(unit_id)))
    return render_template(
        "offers/form.html", form=form, title=title, hints=HINTS, back=url_for("offers.offers")
    ), status()


@door.get("/uu-dai/so")
@allow(Right.KEEP_OFFERS)
def offer_book():
    """Every offer an officer answers for, over and withdrawn ones too, the newest first."""
    wanted = queries.offers_kept_by(current_user, today())
    page = page_of(wanted, (-Offer.id,), request.args.get("sau"), PAGE, lambda row: (-row.id,), scalars=True)
    return render_template(
        "offers/offer_book.html",
        page=page,
        units=queries.units_of(sorted({row.unit_id for row in page.rows})),
        stands={row.id: STAND_WORDS[_stand(row)] for row in page.rows},
        ONE_DAY=ONE_DAY,
    )


@door.get("/uu-dai/<int:offer_id>")
@allow(Right.KEEP_OFFERS)
def offer(offer_id: int):
    """One offer with who wrote it, where it comes from, and those it took the place of."""
    row = _row(offer_id)
    earlier = queries.lineage(row)
    return render_template(
        "offers/offer.html",
        row=row,
        earlier=earlier,
        follower=queries.follower(Offer, row.id),
        unit=queries.units_of([row.unit_id])[row.unit_id],
        names=queries.names_of([who for one in (row, *earlier) for who in (one.written_by, one.closed_by)]),
        words=STAND_WORDS[_stand(row)],
        may_keep=may_keep(row.unit_id),
        ONE_DAY=ONE_DAY,
        form=BareForm(),
    )


@door.route("/uu-dai/<int:offer_id>/sua", methods=["GET", "POST"])
@allow(Right.KEEP_OFFERS)
def mend_offer(offer_id: int):
    row = _row(offer_id)
    form = OfferForm(data=OfferForm.filled(row) | {"last_day": row.until_on - ONE_DAY})
    if form.validate_on_submit():
        with refusing(form):
            where = places.heir_of(row.unit_id, today())
            new = actions.write_offer(where, form.words(), current_user.person_id, now(), row)
            journal.note("offer-written", f"offer:{new.id}", replaces=offer_id)
            say(_("Đã ghi mục mới thay mục cũ."))
            return redirect(url_for("offers.offer", offer_id=new.id), 303)
    back = url_for("offers.offer", offer_id=offer_id)
    return render_template("offers/form.html", form=form, title=_("Sửa ưu đãi"), hints=HINTS, back=back), status()


@door.post("/uu-dai/<int:offer_id>/thoi")
@allow(Right.KEEP_OFFERS)
def withdraw_offer(offer_id: int):
    undo = url_for("offers.bring_offer_back", offer_id=offer_id)
    return withdrawn(_row(offer_id), url_for("offers.offer_book"), undo)


@door.post("/uu-dai/<int:offer_id>/dua-lai")
@allow(Right.KEEP_OFFERS)
def bring_offer_back(offer_id: int):
    return brought_back(_row(offer_id), url_for("offers.offer", offer_id=offer_id))


def _stand(row: Offer) -> Stand:
    return stand(row.from_on, row.until_on, row.closed, today())


def _row(offer_id: int) -> Offer:
    return db.session.scalar(queries.offers_kept_by(current_user, today()).where(Offer.id == offer_id)) or abort(404)
