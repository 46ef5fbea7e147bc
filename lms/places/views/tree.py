"""The tree of units as it stands, new villages, and what became of a unit."""

from collections import defaultdict

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.db import db
from lms.places import actions, forms, queries
from lms.places.models import Site, Unit, UnitEvent, UnitName, UnitSuccession
from lms.places.views.doors import door, form_status, kept_unit, may_reorganise, seen_unit
from lms.places.views.following import refuse_future
from lms.reports.queries import visible_unit
from lms.vietnamese import clean
from lms.web.pages import say
from lms.web.refusing import refusing

EVENT_WORDS = {"merge": "Gộp", "split": "Tách", "rename": "Đổi tên", "re-parent": "Chuyển"}


@door.get("/don-vi")
@allow(Right.MANAGE_PLACES)
def units():
    kinds = queries.kinds()
    wanted = queries.visible_to(current_user, today()).where(*queries.holds_on(today(), Unit))
    rows = list(db.session.scalars(wanted.order_by(Unit.name_key, Unit.id)))
    level = {row.id: kinds[row.kind_id].level for row in rows}
    above = queries.communes_of([row.id for row in rows if level[row.id] == "village"], today())
    villages: dict[int, list[Unit]] = defaultdict(list)
    for row in rows:
        if row.id in above:
            villages[above[row.id].id].append(row)
    sites: dict[int, list[Site]] = defaultdict(list)
    for site in queries.sites(today()):
        sites[site.unit_id].append(site)
    return render_template(
        "places/units.html",
        above=[row for row in rows if level[row.id] in ("province", "grouping", "district")],
        communes=[row for row in rows if level[row.id] == "commune"],
        villages=villages,
        sites=sites,
        kinds=kinds,
        level=level,
        full_name=queries.full_name,
        site_words=dict(forms.SITE_KINDS),
        nothing_yet=not rows,
    )


@door.route("/don-vi/<int:unit_id>/them-thon", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def add_villages(unit_id: int):
    commune = seen_unit(unit_id, "commune")
    form = forms.VillagesForm(from_on=today())
    form.kind.choices = [(kind.id, kind.name) for kind in queries.kinds().values() if kind.level == "village"]
    if form.validate_on_submit():
        names = [name for name in map(clean, form.names.data.splitlines()) if name]
        with refusing(form):
            refuse_future(form.from_on.data)
            made = [
                actions.found_unit(form.kind.data, name, form.from_on.data, commune.id, derive=False) for name in names
            ]
            actions.derive_paths([unit.id for unit in made])
            say(_("Đã thêm %(n)s thôn vào %(name)s.", n=len(made), name=commune.name))
            return redirect(url_for("places.units", _anchor=f"xa-{commune.id}"), 303)
    hint = _("Mỗi dòng một tên. Ví dụ: Thôn 1, Làng Mẫu, Khu phố 2.")
    title = _("Thêm thôn vào %(name)s", name=queries.full_name(commune))
    return render_template("places/form.html", form=form, title=title, hints={"names": hint}), form_status()


@door.route("/don-vi/<int:unit_id>/xoa", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def remove(unit_id: int):
    """A village written by mistake: asked once more, then gone, where nothing stands in it."""
    unit = kept_unit(unit_id, "village")
    form = forms.BareForm()
    name, above = queries.full_name(unit), queries.commune_of(unit.id, today())
    if form.validate_on_submit():
        with refusing(form):
            actions.remove_unit(unit)
            say(_("Đã xoá %(name)s.", name=name))
            return redirect(url_for("places.units", _anchor=f"xa-{above.id}" if above else None), 303)
    return render_template("places/remove.html", form=form, unit=unit, name=name, above=above), form_status()


@door.get("/don-vi/<int:unit_id>/lich-su")
@allow(Right.MANAGE_PLACES)
def history(unit_id: int):
    unit = visible_unit(current_user, unit_id, today()) or abort(404)
    mine = (UnitSuccession.old_id == unit.id) | (UnitSuccession.new_id == unit.id)
    rows = db.session.execute(
        select(UnitEvent, UnitSuccession.old_id, UnitSuccession.new_id)
        .join(UnitSuccession, UnitSuccession.event_id == UnitEvent.id)
        .where(mine)
        .order_by(UnitEvent.on_day.desc(), UnitEvent.id.desc(), UnitSuccession.id)
    ).all()
    ids = {id for event, old, new in rows for id in (old, new, event.detail.get("parent"))} - {None}
    kinds = queries.kinds()
    named = {row.id: queries.full_name(row, kinds) for row in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}
    events: dict[int, tuple[UnitEvent, list[tuple[int, int]]]] = {}
    for event, old, new in rows:
        events.setdefault(event.id, (event, []))[1].append((old, new))
    names = db.session.scalars(select(UnitName).where(UnitName.unit_id == unit.id).order_by(UnitName.from_on))
    return render_template(
        "places/history.html",
        unit=unit,
        name=queries.full_name(unit, kinds),
        above=queries.ancestors(unit.id, min(today(), unit.until_on or today()), relation_groups=False),
        names=list(names),
        events=list(events.values()),
        words=EVENT_WORDS,
        named=named,
        seen={id for id in ids if id is not None and visible_unit(current_user, id, today())},
        level=kinds[unit.kind_id].level,
        kept=may_reorganise(current_user, unit),
    )
