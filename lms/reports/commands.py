"""`flask reports …`."""

import json
import sys
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from lms import clock
from lms.places import queries as places
from lms.reports import actions, queries, rules, tables
from lms.skills.queries import framework

commands = AppGroup("reports", help="Con số của thôn, xã, vùng, tỉnh.")


@commands.command("count")
@click.option("--json", "as_json", is_flag=True, help="In kết quả cho máy đọc.")
def count(as_json: bool) -> None:
    """Gộp những kết luận mới vào con số; chạy lại bao nhiêu lần cũng được."""
    folded = actions.count()
    click.echo(json.dumps({"folded": folded}) if as_json else f"Đã gộp {folded} kết luận.")


@commands.command("export")
@click.argument("unit_id", type=int)
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Tính đến ngày (2026-11-20); không ghi là hôm nay.")
@click.option("--tree", type=click.DateTime(["%Y-%m-%d"]), help="Theo cây đơn vị của ngày này.")
@click.option("--format", "kind", type=click.Choice(["json", "csv"]), default="json", help="Dạng tệp.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Tên tệp; không ghi thì in ra màn hình.")
def export(unit_id: int, day: datetime | None, tree: datetime | None, kind: str, out: Path | None) -> None:
    """Xuất con số của một đơn vị và các đơn vị trực thuộc."""
    unit = places.unit_by_id(unit_id)
    if unit is None:
        sys.exit(f"Không có đơn vị số {unit_id}.")
    as_at = day.date() if day else clock.today()
    tree_day = tree.date() if tree else as_at
    below = places.children(unit.id, tree_day)
    ids = [unit.id, *(one.id for one in below)]
    shown = queries.figures_in_tree(ids, as_at, tree_day) if tree else queries.figures(ids, as_at)
    kinds = places.kinds()
    found = tables.rows([(one.id, places.full_name(one, kinds)) for one in (unit, *below)], shown)
    told = tables.as_csv(found, as_at, framework().short_names) if kind == "csv" else _as_json(found, as_at, tree_day)
    if out:
        out.write_text(told, encoding="utf-8")
        click.echo(f"Đã ghi {out}.")
    else:
        click.echo(told, nl=False)


def _as_json(found: list[dict[str, object]], day: date, tree: date) -> str:
    body = {
        "as_at": day.isoformat(),
        "tree_of": tree.isoformat(),
        "made_at": clock.now().isoformat(),
        "error_row": rules.error_row(queries.rulesets_in_use(day)).code,
        "unit": found[0],
        "below": found[1:],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"
