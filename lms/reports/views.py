"""A village's garden, and the honest number of a commune, a grouping, a province, on any day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.places import queries as places
from lms.reports import queries, rules, tables
from lms.reports.queries import gardens
from lms.skills.queries import framework
from lms.teams.queries import above_seen
from lms.web.paging import Page

door = Blueprint("reports", __name__, template_folder="templates")

GARDEN_PAGE = 40
UNITS_PAGE = 40
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
    (gardens.GOLDEN, gardens.GOLDEN, _("Đã nở trọn"), _("Một người làm được cả năm việc")),
)


@door.get("/don-vi/<int:unit_id>")
@allow(Right.READ_UNIT)
def unit(unit_id: int):
    row = queries.visible_unit(current_user, unit_id, today()) or abort(404)
    if row.level == "village":
        return redirect(url_for("reports.village", unit_id=row.id, ngay=request.args.get("ngay")))
    day, tree = _day(), _tree_day()
    kinds, children = places.kinds(), places.below(row.id, tree or day)
    below = [child for child in children if child.level != "grouping"]
    ids = [child.id for child in below]
    shown = queries.figures_in_tree([row.id, *ids], day, tree) if tree else queries.figures([row.id], day, ids)
    figure = shown[row.id]
    return render_template(
        "reports/unit.html",
        unit=row,
        name=places.full_name(row, kinds),
        above=above_seen(current_user, row.id, tree or day, today()),
        groups=[child for child in children if child.level == "grouping"],
        earlier=queries.predecessors(row.id),
        last_day=row.until_on - ONE_DAY if row.until_on and row.until_on <= today() else None,
        count=len(below),
        page=_part(sorted(below, key=lambda child: -(shown[child.id].share or 0)), request.args.get("sau")),
        as_table=request.args.get("dang") == "bang",
        kinds=kinds,
        full_name=places.full_name,
        shown=shown,
        figure=figure,
        interval=rules.wilson(figure.strict, figure.households),
        error_row=rules.error_row(queries.rulesets_in_use(day)),
        awards=_awards(figure),
        day=day,
        tree=tree,
        asked=_asked("ngay", "cay"),
        query="?" + urlencode(_asked("ngay", "cay")) if _asked("ngay", "cay") else "",
        unfolded=queries.is_behind(),
    )


@door.get("/thon/<int:unit_id>")
@allow(Right.READ_UNIT)
def village(unit_id: int):
    row = queries.visible_unit(current_user, unit_id, today()) or abort(404)
    if row.level != "village":
        return redirect(url_for("reports.unit", unit_id=row.id, ngay=request.args.get("ngay")))
    day, only = _day(), request.args.get("loc", "")
    page = gardens.garden(row.id, day, request.args.get("sau"), GARDEN_PAGE, only)
    ids = [one.household_id for one in page.rows]
    if ids:
        journal.note_read("household", ids, "garden")
    kinds = places.kinds()
    return render_template(
        "reports/village.html",
        unit=row,
        name=places.full_name(row, kinds),
        above=above_seen(current_user, row.id, day, today()),
        earlier=queries.predecessors(row.id),
        full_name=places.full_name,
        kinds=kinds,
        page=page,
        only=only,
        beds=_beds(page.rows),
        filters=_filters(row.id),
        figure=queries.figures([row.id], day)[row.id],
        day=day,
    )


@door.get("/don-vi/<int:unit_id>/bang.csv")
@allow(Right.READ_UNIT)
def table(unit_id: int):
    """The figures of a unit and of those below it, for a spreadsheet; counts only, no name of a person."""
    row = queries.visible_unit(current_user, unit_id, today()) or abort(404)
    day, tree = _day(), _tree_day()
    units = (row, *places.below(row.id, tree or day))
    ids, kinds = [one.id for one in units], places.kinds()
    shown = queries.figures_in_tree(ids, day, tree) if tree else queries.figures(ids, day)
    found = tables.rows([(one.id, places.full_name(one, kinds)) for one in units], shown)
    response = Response(tables.as_csv(found, day, framework().short_names), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename=so-lieu-{row.id}-{day.isoformat()}.csv"
    return response


def _awards(figure: queries.Figures) -> tuple[tuple[str, int], ...]:
    """(who witnessed, in words; how many), the most first."""
    most = sorted(figure.awards.items(), key=lambda one: -one[1])
    return tuple((str(ROLE_WORDS.get(role, _("Khác"))), n) for role, n in most)


def _beds(rows: Sequence[gardens.GardenRow]) -> list[tuple[str, str, list[tuple[Any, ...]]]]:
    """What stands over each bed, and what each of its households shows (reports/_bed.html)."""
    home = url_for("households.household", household_id=0).removesuffix("0")
    cells = [(row.rank, (home, row.household_id, row.head_name, row.flower)) for row in rows]
    found = [(words, why, [cell for rank, cell in cells if least <= rank <= most]) for least, most, words, why in BEDS]
    return [(words, why, some) for words, why, some in found if some]


def _filters(unit_id: int) -> tuple[tuple[str, str, str], ...]:
    """What a garden can be searched for: (what, the skill's name if it is one, address), the day kept."""
    here, asked = url_for("reports.village", unit_id=unit_id), _asked("ngay")
    kept = urlencode(asked)
    whole = f"{here}?{kept}" if kept else here
    part = f"{whole}&loc=" if kept else f"{here}?loc="
    near = ("near", "", f"{part}near")
    return ("", "", whole), near, *((id, name, part + id) for id, name in framework().short_names.items())


def _part(units: Sequence[places.Place], mark: str | None) -> Page[places.Place]:
    """Forty at a time: more than a commune usually has."""
    start = int(mark) if mark and mark.isdecimal() and len(mark) < 7 else 0
    rows = units[start : start + UNITS_PAGE]
    return Page(rows, str(start + UNITS_PAGE) if start + UNITS_PAGE < len(units) else None)


def _asked(*names: str) -> dict[str, str]:
    """What the address says of these, to be kept in links."""
    return {name: request.args[name] for name in names if request.args.get(name)}


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
