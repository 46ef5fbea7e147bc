"""A village's garden, and the honest number of a commune, a grouping, a province, on any day."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_login import current_user

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.households import queries as households
from lms.places import queries as places
from lms.places.models import Unit
from lms.reports import queries, rules
from lms.skills.queries import framework

door = Blueprint("reports", __name__, template_folder="templates")

GARDEN_PAGE = 60
ROLE_WORDS = {
    "teacher": "Giáo viên chứng",
    "team-member": "Tổ công nghệ số chứng",
    "team-leader": "Tổ trưởng chứng",
    "commune-officer": "Cán bộ xã chứng",
}


@door.get("/don-vi/<int:unit_id>")
@allow(Right.READ_UNIT)
def unit(unit_id: int):
    row = queries.visible_unit(current_user, unit_id, today()) or abort(404)
    if places.level_of(row) == "village":
        return redirect(url_for("reports.village", unit_id=row.id, ngay=request.args.get("ngay")))
    day, tree = _day("ngay"), _tree_day()
    below = places.children(row.id, tree or day)
    kinds = places.kinds()
    rows = [child for child in below if kinds[child.kind_id].level != "grouping"]
    shown = queries.figures([row.id, *(child.id for child in rows)], day)
    figure = queries.figures_in_tree_of(row.id, day, tree) if tree else shown[row.id]
    return render_template(
        "reports/unit.html",
        unit=row,
        name=places.full_name(row, kinds),
        above=_visible_above(row, day),
        groups=[child for child in below if kinds[child.kind_id].level == "grouping"],
        below=sorted(rows, key=lambda child: -(shown[child.id].share or 0)),
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
    )


@door.get("/thon/<int:unit_id>")
@allow(Right.READ_UNIT)
def village(unit_id: int):
    row = queries.visible_unit(current_user, unit_id, today()) or abort(404)
    if places.level_of(row) != "village":
        return redirect(url_for("reports.unit", unit_id=row.id, ngay=request.args.get("ngay")))
    day = _day("ngay")
    page = queries.garden(row.id, day, request.args.get("sau"), GARDEN_PAGE)
    ids = [one.household_id for one in page.rows]
    if ids:
        journal.note_read("household", ids, "garden")
    kinds = places.kinds()
    return render_template(
        "reports/village.html",
        unit=row,
        name=places.full_name(row, kinds),
        above=_visible_above(row, day),
        page=page,
        beds=_beds(page.rows),
        flowers=households.flowers(ids, day),
        figure=queries.figures([row.id], day)[row.id],
        day=day,
    )


@door.get("/don-vi/<int:unit_id>/bang.csv")
@allow(Right.READ_UNIT)
def table(unit_id: int):
    """The figures of a unit and of those below it, for a spreadsheet; counts only, no name of a person."""
    row = queries.visible_unit(current_user, unit_id, today()) or abort(404)
    day = _day("ngay")
    below = places.children(row.id, day)
    shown = queries.figures([row.id, *(child.id for child in below)], day)
    kinds = places.kinds()
    head = "Đơn vị;Ngày;Số hộ;Hộ thành thạo;Nhờ người lớn;Chỉ nhờ học sinh;Gộp nhiều người (không tính);Còn một bước"
    lines = [head]
    for one in (row, *below):
        figure = shown[one.id]
        counts = (
            figure.households,
            figure.strict,
            figure.strict_adult,
            figure.strict_pupil_only,
            figure.union,
            figure.near,
        )
        lines.append(";".join([_cell(places.full_name(one, kinds)), day.strftime("%d/%m/%Y"), *map(str, counts)]))
    response = Response("\ufeff" + "\r\n".join(lines) + "\r\n", mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename=so-lieu-{row.id}-{day.isoformat()}.csv"
    return response


BEDS = (
    (0, 0, "Chỉ còn một bước"),
    (1, 5, "Đang nở"),
    (6, 6, "Chưa có cánh nào"),
    (9, 9, "Đã nở trọn"),
)


def _beds(rows: Sequence[queries.GardenRow]) -> list[tuple[str, list[queries.GardenRow]]]:
    found = [(words, [row for row in rows if least <= row.rank <= most]) for least, most, words in BEDS]
    return [(words, some) for words, some in found if some]


def _visible_above(unit: Unit, day: date) -> list[Unit]:
    above = places.ancestors(unit.id, day, relation_groups=False)
    return [one for one in above if queries.visible_unit(current_user, one.id, today())]


def _day(name: str) -> date:
    """The day asked for; today when none or a spoilt one is given."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return today()


def _tree_day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("cay", ""))
    except ValueError:
        return None


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (ASVS 1.2.10)."""
    plain = text.replace(";", ",").replace("\n", " ")
    return "'" + plain if plain[:1] in "=+-@\t" else plain
