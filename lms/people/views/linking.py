"""Linking: the school's pupil and the commune's household member are one person only by an officer's act."""

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from lms import completion, journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.classes.queries.pairs import Pair, confirmed_for, pair_for, pairs_for, rejected_for
from lms.clock import today
from lms.people import actions, queries
from lms.people.forms import BareForm
from lms.people.rules import Purpose
from lms.people.views.doors import door
from lms.refusals import Refusal
from lms.web.pages import say
from lms.web.paging import page_of

PAGE = 30


@door.get("/noi-ho-so")
@allow(Right.LINK_PEOPLE)
def links():
    statement, keys = pairs_for(current_user, today())
    found = page_of(statement, keys, request.args.get("sau"), PAGE, lambda row: (row[0].name_key, row[0].id, row[1].id))
    pairs = [Pair(*row) for row in found.rows]
    confirmed = confirmed_for(current_user, today())
    rejected = rejected_for(current_user, today())
    seen = {one.id for pair in (*pairs, *confirmed, *rejected) for one in (pair.school, pair.commune)}
    if seen:
        journal.note_read("person", sorted(seen), "links")
    pupils = list({pair.school.id: pair.school for pair in pairs}.values())
    held = queries.standing_consents(pupils, today())
    return render_template(
        "people/links.html",
        page=found,
        pairs=pairs,
        consents={person.id: held[person.id][Purpose.HOUSEHOLD_LINK] for person in pupils},
        often={person.id: sum(pair.school.id == person.id for pair in pairs) for person in pupils},
        confirmed=confirmed,
        rejected=rejected,
        form=BareForm(),
    )


@door.post("/noi-ho-so/<int:school_id>/<int:commune_id>/noi")
@allow(Right.LINK_PEOPLE)
def confirm_link(school_id: int, commune_id: int):
    pair = pair_for(current_user, school_id, commune_id, today()) or abort(404)
    consent = queries.standing_consents([pair.school], today())[pair.school.id][Purpose.HOUSEHOLD_LINK]
    if not consent.holds:
        raise Refusal(_("Chưa có đồng ý nối hồ sơ trường với hộ. %(why)s", why=consent.sentence), "no-consent")
    completion.link_confirmed(pair.school, pair.commune, current_user.person_id)
    undo = url_for("people.undo_link", school_id=school_id, commune_id=commune_id)
    say(_("Đã nối hồ sơ của %(name)s với hộ.", name=pair.school.full_name), undo=undo)
    return redirect(url_for("people.links"), 303)


@door.post("/noi-ho-so/<int:school_id>/<int:commune_id>/khong-phai")
@allow(Right.LINK_PEOPLE)
def reject_link(school_id: int, commune_id: int):
    pair = pair_for(current_user, school_id, commune_id, today()) or abort(404)
    actions.reject_link(pair.school, pair.commune, current_user.person_id)
    undo = url_for("people.reconsider_link", school_id=school_id, commune_id=commune_id)
    say(_("Đã ghi: hai người khác nhau."), undo=undo)
    return redirect(url_for("people.links"), 303)


@door.post("/noi-ho-so/<int:school_id>/<int:commune_id>/go")
@allow(Right.LINK_PEOPLE)
def undo_link(school_id: int, commune_id: int):
    wanted = [one for one in confirmed_for(current_user, today()) if one.key == (school_id, commune_id)]
    pair = wanted[0] if wanted else abort(404)
    completion.link_undone(pair.school, current_user.person_id)
    say(_("Đã gỡ nối. Cả hai hồ sơ giữ nguyên những gì đã có."))
    return redirect(url_for("people.links"), 303)


@door.post("/noi-ho-so/<int:school_id>/<int:commune_id>/xet-lai")
@allow(Right.LINK_PEOPLE)
def reconsider_link(school_id: int, commune_id: int):
    wanted = [one for one in rejected_for(current_user, today()) if one.key == (school_id, commune_id)]
    pair = wanted[0] if wanted else abort(404)
    actions.reconsider_link(pair.school, pair.commune, current_user.person_id)
    say(_("Cặp này được xét lại."))
    return redirect(url_for("people.links"), 303)
