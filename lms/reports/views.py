"""A village's garden, and the honest number of a commune, a grouping, a province, on any day."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.households import queries as households
from lms.places import queries as places
from lms.places.models import Unit
from lms.reports import queries, rules, tables
from lms.skills.queries import framework

door = Blueprint("reports", __name__, template_folder="templates")

GARDEN_PAGE = 60
ONE_DAY = timedelta(days=1)
ROLE_WORDS = {
    "teacher": _("Giáo viên chứng"),
    "team-member": _("Tổ công nghệ số chứng"),
    "team-leader": _("Tổ trưởng chứng"),
    "commune-officer": _("Cán bộ xã chứng"),
}
BEDS = (
    (0, 0, _("Chỉ còn một bước"), _("Có một người chỉ còn thiếu một kỹ năng")),
    (1, 5, _("Đang nở"), _("Đã có cánh, còn từ hai bước")),
    (6, 6, _("Chưa có cánh nào"), _("Bắt đầu từ một việc dễ nhất")),
    (queries.GOLDEN, queries.GOLDEN, _("Đã nở trọn"), _("Một người làm được cả năm việc")),
)


@door.get("/don-vi/<int:unit_id>")
@allow(Right.READ_UNIT)
def unit(unit_id: int):
    row = queries.visible_unit(current_user, unit_id, today()) or abort(404)
    if places.level_of(row) == "village":
        return redirect(url_for("reports.village", unit_id=row.id, ngay=request.args.get("ngay")))
    day, tree = _day(), _tree_day()
    kinds, children = places.kinds(), places.children(row.id, tree or day)
    below = [child for child in children if kinds[child.kind_id].level != "grouping"]
    ids = [row.id, *(child.id for child in below)]
    shown = queries.figures_in_tree(ids, day, tree) if tree else queries.figures(ids, day)
    figure = shown[row.id]
    return render_template(
        "reports/unit.html",
        unit=row,
        name=places.full_name(row, kinds),
        above=_visible_above(row, tree or day),
        groups=[child for child in children if kinds[child.kind_id].level == "grouping"],
        earlier=queries.predecessors(row.id),
        last_day=row.until_on - ONE_DAY if row.until_on and row.until_on <= today() else None,
        below=sorted(below, key=lambda child: -(shown[child.id].share or 0)),
        kinds=kinds,
        full_name=places.full_name,
        shown=shown,
        figure=figure,
        interval=rules.wilson(figure.strict, figure.households),
        error_row=rules.error_row(queries.rulesets_in_use(day)),
        skills=framework().skills,
        role_words=ROLE_WORDS,
        day=day,
        tree=tree,
        asked={name: request.args[name] for name in ("ngay", "cay") if request.args.get(name)},
        unfolded=queries.pending_count() > queries.FRESH_AT_MOST,
    )


@door.get("/thon/<int:unit_id>")
@allow(Right.READ_UNIT)
def village(unit_id: int):
    row = queries.visible_unit(current_user, unit_id, today()) or abort(404)
    if places.level_of(row) != "village":
        return redirect(url_for("reports.unit", unit_id=row.id, ngay=request.args.get("ngay")))
    day, only = _day(), request.args.get("loc", "")
    page = queries.garden(row.id, day, request.args.get("sau"), GARDEN_PAGE, only)
    ids = [one.household_id for one in page.rows]
    if ids:
        journal.note_read("household", ids, "garden")
    kinds = places.kinds()
    return render_template(
        "reports/village.html",
        unit=row,
        name=places.full_name(row, kinds),
        above=_visible_above(row, day),
        earlier=queries.predecessors(row.id),
        full_name=places.full_name,
        kinds=kinds,
        page=page,
        only=only,
        beds=_beds(page.rows),
        flowers=households.flowers(ids, day),
        figure=queries.figures([row.id], day)[row.id],
        skills=framework().skills,
        day=day,
    )


@door.get("/don-vi/<int:unit_id>/bang.csv")
@allow(Right.READ_UNIT)
def table(unit_id: int):
    """The figures of a unit and of those below it, for a spreadsheet; counts only, no name of a person."""
    row = queries.visible_unit(current_user, unit_id, today()) or abort(404)
    day, tree = _day(), _tree_day()
    units = (row, *places.children(row.id, tree or day))
    ids, kinds = [one.id for one in units], places.kinds()
    shown = queries.figures_in_tree(ids, day, tree) if tree else queries.figures(ids, day)
    found = tables.rows([(one.id, places.full_name(one, kinds)) for one in units], shown)
    response = Response(tables.as_csv(found, day, framework().short_names), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename=so-lieu-{row.id}-{day.isoformat()}.csv"
    return response


def _beds(rows: Sequence[queries.GardenRow]) -> list[tuple[str, str, list[queries.GardenRow]]]:
    found = [(words, why, [row for row in rows if least <= row.rank <= most]) for least, most, words, why in BEDS]
    return [(words, why, some) for words, why, some in found if some]


def _visible_above(unit: Unit, day: date) -> list[Unit]:
    above = places.ancestors(unit.id, day, relation_groups=False)
    seen = queries.visible_ids(current_user, [one.id for one in above], today())
    return [one for one in above if one.id in seen]


def _day() -> date:
    """The day asked for in the address; a spoilt one is as good as none."""
    return _asked_day("ngay") or today()


def _tree_day() -> date | None:
    return _asked_day("cay")


def _asked_day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
