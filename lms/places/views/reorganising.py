"""Renaming, merging, splitting, moving units: first what would follow, then the act itself."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.db import db
from lms.households.models import Household, HouseholdPlace
from lms.places import actions, forms, queries, rules
from lms.places.models import Unit
from lms.places.views import following
from lms.places.views.doors import door, form_status, kept_unit, seen_unit
from lms.places.views.following import Outcome
from lms.refusals import Refusal
from lms.web.pages import say
from lms.web.refusing import refusing

MOST_PARTS = 12


@door.route("/don-vi/<int:unit_id>/doi-ten", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def rename(unit_id: int):
    unit = kept_unit(unit_id)
    form = forms.RenameForm(on_day=today())
    if form.validate_on_submit():
        with refusing(form):
            following.refuse_future(form.on_day.data)
            actions.rename_unit(unit, form.name.data, form.on_day.data, form.decision.data, current_user.person_id)
            say(_("Đã đổi tên. Số liệu trước ngày đó vẫn mang tên cũ."))
            return redirect(url_for("places.history", unit_id=unit.id), 303)
    title = _("Đổi tên %(name)s", name=queries.full_name(unit))
    return render_template("places/form.html", form=form, title=title), form_status()


@door.route("/don-vi/<int:unit_id>/chuyen", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def move(unit_id: int):
    unit = kept_unit(unit_id, "village", "commune")
    level = "commune" if queries.level_of(unit) == "village" else "province"
    form = forms.MoveForm(on_day=today())
    form.parent.choices = [(row.id, queries.full_name(row)) for row in _visible_of(level)]
    title = _("Chuyển %(name)s sang đơn vị khác", name=queries.full_name(unit))
    told = (unit, form.parent.data, form.on_day.data, form.decision.data, current_user.person_id)
    return _in_two_steps(form, title, lambda: following.move(*told), [(unit, unit.name)])


@door.route("/don-vi/<int:unit_id>/gop", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def merge(unit_id: int):
    """Merge villages of a commune, or communes of a province."""
    parent = seen_unit(unit_id, "commune", "province")
    level = "village" if queries.level_of(parent) == "commune" else "commune"
    kinds = queries.kinds()
    units = [row for row in queries.children(parent.id, today()) if kinds[row.kind_id].level == level]
    form = forms.MergeForm(on_day=today())
    form.units.choices = [(row.id, queries.full_name(row, kinds)) for row in units]
    form.kind.choices = [(kind.id, kind.name) for kind in kinds.values() if kind.level == level]
    chosen = [row for row in units if row.id in (form.units.data or [])]
    told = (form.kind.data, form.name.data, form.on_day.data, form.decision.data, current_user.person_id)

    def act() -> Outcome:
        if len(chosen) < 2:
            raise Refusal(_("Chọn ít nhất hai đơn vị để gộp."), "one-unit")
        return following.merge(chosen, *told)

    title = _("Gộp đơn vị ở %(name)s", name=queries.full_name(parent, kinds))
    counts = _household_counts([row.id for row in units]) if level == "village" else None
    return _in_two_steps(form, title, act, [(row, row.name) for row in chosen], counts=counts)


@door.route("/don-vi/<int:unit_id>/tach", methods=["GET", "POST"])
@allow(Right.MANAGE_PLACES)
def split(unit_id: int):
    """Names first; then each household of a village, or village of a commune, is told its part; then the preview."""
    unit = kept_unit(unit_id, "village", "commune")
    is_village = queries.level_of(unit) == "village"
    form = forms.SplitForm(on_day=today())
    day = form.on_day.data or today()
    children = _homes(unit, day) if is_village else [(row.id, row.name) for row in queries.children(unit.id, day)]
    act = following.split_village if is_village else following.split_commune
    title = _("Tách %(name)s", name=queries.full_name(unit))
    if form.validate_on_submit() and 1 < len(form.parts) <= MOST_PARTS:
        asked = request.form.get("buoc") == "chia"
        with refusing(form):
            if not asked:
                _part_of(children, form.parts)
        if asked or form.form_errors:
            page = {"form": form, "title": title, "children": children, "is_village": is_village}
            return render_template("places/parts.html", **page), 422 if form.form_errors else 200
    told = (form.on_day.data, form.decision.data, current_user.person_id)
    return _in_two_steps(
        form, title, lambda: act(unit, form.parts, _part_of(children, form.parts), *told), [(unit, unit.name)], "chia"
    )


def _in_two_steps(
    form: Any,
    title: str,
    act: Callable[[], Outcome],
    units: Sequence[tuple[Unit, str]],
    first: str = forms.PREVIEW,
    **more: Any,
):
    """The act is done both times; to show what follows, it is taken back before anything is kept."""
    if form.validate_on_submit():
        with refusing(form):
            done = act()
            if request.form.get("buoc") == forms.RECORD:
                say(_("Đã ghi. Số liệu trước ngày đó vẫn tính như cũ."))
                return redirect(url_for("places.history", unit_id=done.unit_id), 303)
            db.session.rollback()
            fields = [(name, value) for name, value in request.form.items(multi=True) if name not in SENT_ANEW]
            names = [queries.full_name(unit) for unit, _name in units]
            page = {
                "title": title,
                "form": form,
                "done": done,
                "fields": fields,
                "names": names,
                "goes_to": _target(form),
            }
            return render_template("places/preview.html", **page)
    return render_template("places/form.html", form=form, title=title, step=first, **more), form_status()


SENT_ANEW = ("csrf_token", "buoc")


def _target(form: Any) -> str:
    """What the units become, in words."""
    if isinstance(form, forms.MoveForm):
        return str(dict(form.parent.choices)[form.parent.data])
    return ", ".join(form.parts) if isinstance(form, forms.SplitForm) else form.name.data


def _homes(village: Unit, day: Any) -> list[tuple[int, str]]:
    """Households that stand in the village on the day or later, also those that have left since."""
    there = select(HouseholdPlace.household_id).where(
        HouseholdPlace.unit_id == village.id, HouseholdPlace.until_on.is_(None) | (HouseholdPlace.until_on > day)
    )
    rows = select(Household).where(Household.id.in_(there)).order_by(Household.name_key, Household.id)
    return [
        (row.id, f"{row.head_name} · {row.code}" if row.code else row.head_name) for row in db.session.scalars(rows)
    ]


def _part_of(children: Sequence[tuple[int, str]], parts: Sequence[str]) -> dict[int, int]:
    if not 1 < len(parts) <= MOST_PARTS:
        raise Refusal(_("Ghi từ hai đến %(most)s tên, mỗi dòng một tên.", most=MOST_PARTS), "parts")
    found: dict[int, int] = {}
    by_number = _by_number(len(children), parts)
    for number, (id, words) in enumerate(children, 1):
        told = request.form.get(f"phan.{id}") or by_number.get(number) or request.form.get("con-lai", "")
        if not told.isdecimal() or not int(told) < len(parts):
            raise Refusal(_("«%(name)s» chưa chọn đơn vị mới.", name=words), "part-missing")
        found[id] = int(told)
    return found


def _by_number(most: int, parts: Sequence[str]) -> dict[int, str]:
    """«1-80, 95» beside a part: those of the list go there, so that a large village is divided in one line."""
    found: dict[int, str] = {}
    for part, name in enumerate(parts):
        numbers = rules.numbers_in(request.form.get(f"so.{part}", "")[:500], most)
        if numbers is None:
            raise Refusal(_("Số ghi ở «%(name)s» không đọc được. Ghi như 1-80, 95.", name=name), "numbers")
        if twice := numbers & found.keys():
            raise Refusal(_("Số %(n)s ghi ở hai đơn vị mới.", n=min(twice)), "numbers-twice")
        found.update(dict.fromkeys(numbers, str(part)))
    return found


def _visible_of(level: str) -> list[Unit]:
    kinds = queries.kinds()
    wanted = queries.visible_to(current_user, today()).where(*queries.holds_on(today(), Unit))
    return [row for row in db.session.scalars(wanted.order_by(Unit.name_key)) if kinds[row.kind_id].level == level]


def _household_counts(unit_ids: list[int]) -> dict[int, int]:
    wanted = (
        select(Household.unit_id, func.count())
        .where(Household.unit_id.in_(unit_ids), Household.until_on.is_(None))
        .group_by(Household.unit_id)
    )
    return {unit: n for unit, n in db.session.execute(wanted)}
