"""The tree of units for those who keep it: villages, sites, and reorganisations with their day."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.db import db
from lms.households.actions import living
from lms.households.models import Household
from lms.places import actions, forms, queries
from lms.places.models import Unit, UnitEvent, UnitSuccession
from lms.refusals import Refusal
from lms.reports import actions as reports
from lms.web.pages import say
from lms.web.refusing import refusing

door = Blueprint("places", __name__, template_folder="templates")


@door.get("/don-vi")
@allow(Right.MANAGE_PLACES)
def units():
    kinds = queries.kinds()
    wanted = queries.visible_to(current_user, today()).where(*queries.holds_on(today(), Unit))
    rows = list(db.session.scalars(wanted.order_by(Unit.name_key, Unit.id)))
    communes = [row for row in rows if kinds[row.kind_id].level == "commune"]
    villages = [row for row in rows if kinds[row.kind_id].level == "village"]
    commune_of = queries.communes_of([row.id for row in villages], today())
    ids = [row.id for row in rows]
    return render_template(
        "places/units.html",
        above=[row for row in rows if kinds[row.kind_id].level in ("province", "grouping", "district")],
        communes=communes,
        villages={
            c.id: [v for v in villages if commune_of.get(v.id) and commune_of[v.id].id == c.id] for c in communes
        },
        sites=[site for site in queries.sites(today()) if site.unit_id in set(ids)],
        kinds=kinds,
        full_name=queries.full_name,
        site_words=dict(forms.SITE_KINDS),
        nothing_yet=not rows,
    )


@door.route("/don-vi/<int:unit_id>/them-thon", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def add_villages(unit_id: int):
    commune = _unit(unit_id, "commune")
    form = forms.VillagesForm(from_on=today())
    form.kind.choices = [(kind.id, kind.name) for kind in queries.kinds().values() if kind.level == "village"]
    if form.validate_on_submit():
        names = [line.strip() for line in form.names.data.splitlines() if line.strip()]
        with refusing(form):
            made = [
                actions.found_unit(form.kind.data, name, form.from_on.data, commune.id, derive=False) for name in names
            ]
            actions.derive_paths([unit.id for unit in made])
            say(_("Đã thêm %(n)s thôn vào %(name)s.", n=len(made), name=commune.name))
            return redirect(url_for("places.units"), 303)
    return _form_page(form, _("Thêm thôn vào %(name)s", name=commune.name))


@door.route("/don-vi/<int:unit_id>/them-truong", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def add_site(unit_id: int):
    unit = _unit(unit_id)
    form = forms.SiteForm()
    if form.validate_on_submit():
        with refusing(form):
            site = actions.found_site(form.kind.data, form.name.data, unit.id, today())
            say(_("Đã thêm %(name)s.", name=site.name))
            return redirect(url_for("places.units"), 303)
    return _form_page(form, _("Thêm trường hoặc cơ sở ở %(name)s", name=unit.name))


@door.route("/don-vi/<int:unit_id>/doi-ten", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def rename(unit_id: int):
    unit = _unit(unit_id)
    form = forms.RenameForm(on_day=today())
    if form.validate_on_submit():
        with refusing(form):
            actions.rename_unit(unit, form.name.data, form.on_day.data, form.decision.data, current_user.person_id)
            say(_("Đã đổi tên. Số liệu trước ngày đó vẫn mang tên cũ."))
            return redirect(url_for("places.history", unit_id=unit.id), 303)
    return _form_page(form, _("Đổi tên %(name)s", name=queries.full_name(unit)))


@door.route("/don-vi/<int:unit_id>/chuyen", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def move(unit_id: int):
    unit = _unit(unit_id)
    level = "commune" if queries.level_of(unit) == "village" else "province"
    form = forms.MoveForm(on_day=today())
    form.parent.choices = [(row.id, queries.full_name(row)) for row in _visible_of(level)]
    if form.validate_on_submit():
        with refusing(form):
            above = [row.id for row in queries.ancestors(unit.id, form.on_day.data)]
            actions.move_unit(unit, form.parent.data, form.on_day.data, form.decision.data, current_user.person_id)
            _recount([*above, *(row.id for row in queries.ancestors(unit.id, form.on_day.data))])
            say(_("Đã ghi. Số liệu trước ngày đó vẫn tính ở đơn vị cũ."))
            return redirect(url_for("places.history", unit_id=unit.id), 303)
    return _form_page(form, _("Chuyển %(name)s sang đơn vị khác", name=queries.full_name(unit)))


@door.route("/don-vi/<int:unit_id>/gop", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def merge(unit_id: int):
    """Merge villages of one commune; their households stand in the new one from the day on."""
    commune = _unit(unit_id, "commune")
    villages = queries.children(commune.id, today())
    form = forms.MergeForm(on_day=today())
    form.units.choices = [(row.id, queries.full_name(row)) for row in villages]
    if form.validate_on_submit():
        chosen = [row for row in villages if row.id in form.units.data]
        if len(chosen) < 2:
            form.units.errors = [_("Chọn ít nhất hai thôn để gộp.")]
        else:
            with refusing(form):
                new = actions.merge_units(
                    chosen, chosen[0].kind_id, form.name.data, form.on_day.data,
                    decision=form.decision.data, actor_id=current_user.person_id,
                )  # fmt: skip
                moved = living.follow_units([row.id for row in chosen], new.id, form.on_day.data)
                _recount([row.id for row in queries.ancestors(new.id, form.on_day.data)])
                say(_("Đã gộp thành %(name)s; %(n)s hộ theo về.", name=new.name, n=moved))
                return redirect(url_for("places.history", unit_id=new.id), 303)
    counts = _household_counts([row.id for row in villages])
    return _form_page(form, _("Gộp thôn ở %(name)s", name=commune.name), counts=counts)


@door.route("/don-vi/<int:unit_id>/tach", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def split(unit_id: int):
    """Split a village: each household is told its part, none is left over."""
    village = _unit(unit_id, "village")
    wanted = select(Household).where(Household.unit_id == village.id, Household.until_on.is_(None))
    households = list(db.session.scalars(wanted.order_by(Household.name_key, Household.id)))
    form = forms.SplitForm(on_day=today())
    if form.validate_on_submit():
        names = [line.strip() for line in form.names.data.splitlines() if line.strip()]
        with refusing(form):
            parts = _parts(households, len(names))
            commune = queries.commune_of(village.id, form.on_day.data)
            new = actions.split_unit(
                village, [(village.kind_id, name) for name in names], {}, form.on_day.data,
                form.decision.data, current_user.person_id,
            )  # fmt: skip
            for number, unit in enumerate(new):
                living.move_households([id for id, part in parts.items() if part == number], unit.id, form.on_day.data)
            _recount([row.id for row in queries.ancestors(new[0].id, form.on_day.data)])
            say(_("Đã tách thành %(n)s thôn.", n=len(new)))
            return redirect(url_for("reports.unit", unit_id=commune.id) if commune else url_for("places.units"), 303)
    return render_template("places/split.html", form=form, unit=village, households=households), _status()


@door.get("/don-vi/<int:unit_id>/lich-su")
@allow(Right.MANAGE_PLACES)
def history(unit_id: int):
    unit = _unit(unit_id)
    went = select(UnitSuccession.event_id).where(
        (UnitSuccession.old_id == unit.id) | (UnitSuccession.new_id == unit.id)
    )
    events = list(db.session.scalars(select(UnitEvent).where(UnitEvent.id.in_(went)).order_by(UnitEvent.on_day.desc())))
    pairs = db.session.execute(
        select(UnitSuccession.event_id, UnitSuccession.old_id, UnitSuccession.new_id).where(
            UnitSuccession.event_id.in_([event.id for event in events])
        )
    ).all()
    ids = {id for _event, old, new in pairs for id in (old, new)}
    named = {row.id: queries.full_name(row) for row in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}
    return render_template(
        "places/history.html", unit=unit, name=queries.full_name(unit), events=events, pairs=pairs, named=named,
        level=queries.level_of(unit),
    )  # fmt: skip


def _unit(unit_id: int, level: str = "") -> Unit:
    """The unit in the actor's scope and of the level, else 404."""
    found = db.session.scalar(queries.visible_to(current_user, today()).where(Unit.id == unit_id))
    if found is None or (level and queries.level_of(found) != level):
        abort(404)
    return found


def _visible_of(level: str) -> list[Unit]:
    kinds = queries.kinds()
    wanted = queries.visible_to(current_user, today()).where(*queries.holds_on(today(), Unit))
    return [row for row in db.session.scalars(wanted.order_by(Unit.name_key)) if kinds[row.kind_id].level == level]


def _parts(households: list[Household], count: int) -> dict[int, int]:
    if count < 2:
        raise Refusal(_("Ghi ít nhất hai tên, mỗi dòng một tên."), "one-part")
    found: dict[int, int] = {}
    for row in households:
        told = request.form.get(f"phan.{row.id}", "")
        if not told.isdecimal() or not 1 <= int(told) <= count:
            raise Refusal(_("Hộ %(name)s chưa chọn thôn mới.", name=row.head_name), "part-missing")
        found[row.id] = int(told) - 1
    return found


def _recount(unit_ids: list[int]) -> None:
    reports.recount_above(unit_ids)


def _household_counts(unit_ids: list[int]) -> dict[int, int]:
    wanted = select(Household.unit_id).where(Household.unit_id.in_(unit_ids), Household.until_on.is_(None))
    found: dict[int, int] = {}
    for unit_id in db.session.scalars(wanted):
        found[unit_id] = found.get(unit_id, 0) + 1
    return found


def _form_page(form, title: str, **more):
    return render_template("places/form.html", form=form, title=title, **more), _status()


def _status() -> int:
    return 422 if request.method == "POST" else 200
