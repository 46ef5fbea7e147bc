"""Schools, centres, halls: adding, mending, closing."""

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _

from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.db import db
from lms.places import actions, forms, queries
from lms.places.models import Site
from lms.places.views.doors import door, form_status, seen_unit
from lms.web.pages import say
from lms.web.refusing import refusing


@door.route("/don-vi/<int:unit_id>/them-truong", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def add_site(unit_id: int):
    unit = seen_unit(unit_id)
    form = forms.SiteForm()
    if form.validate_on_submit():
        with refusing(form):
            site = actions.found_site(form.kind.data, form.name.data, unit.id, today())
            say(_("Đã thêm %(name)s.", name=site.name))
            return redirect(url_for("places.units"), 303)
    title = _("Thêm trường hoặc cơ sở ở %(name)s", name=queries.full_name(unit))
    return render_template("places/form.html", form=form, title=title), form_status()


@door.route("/truong/<int:site_id>", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def edit_site(site_id: int):
    site = _site(site_id)
    form = forms.SiteForm(kind=site.kind, name=site.name)
    if form.validate_on_submit():
        with refusing(form):
            actions.correct_site(site, form.kind.data, form.name.data)
            say(_("Đã sửa."))
            return redirect(url_for("places.units"), 303)
    return render_template("places/site.html", form=form, site=site), form_status()


@door.post("/truong/<int:site_id>/dong")
@allow(Right.MANAGE_PLACES)
def close_site(site_id: int):
    site = _site(site_id)
    name = site.name
    actions.end_site(site, today())
    say(_("%(name)s không còn từ hôm nay.", name=name), undo=url_for("places.reopen_site", site_id=site_id))
    return redirect(url_for("places.units"), 303)


@door.post("/truong/<int:site_id>/mo-lai")
@allow(Right.MANAGE_PLACES)
def reopen_site(site_id: int):
    actions.reopen_site(_site(site_id))
    say(_("Đã hoàn tác."))
    return redirect(url_for("places.units"), 303)


def _site(site_id: int) -> Site:
    found = db.session.get(Site, site_id) or abort(404)
    seen_unit(found.unit_id)
    return found
