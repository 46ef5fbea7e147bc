"""`flask rosters …`, also reached as `flask people import`."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import select

from lms import clock
from lms.access.actor import Actor, Grant
from lms.access.rules import Role
from lms.db import db, give_way
from lms.documents.tables import read_tables
from lms.imports.problems import Kind
from lms.people.models import RoleGrant
from lms.refusals import Refusal
from lms.rosters.actions import applying, keeping
from lms.rosters.actions.understanding import Understood, kind_of, understand
from lms.rosters.models import RosterImport
from lms.rosters.queries.surroundings import Target, context_for, sites_for
from lms.rosters.rules import school_year_of

commands = AppGroup("rosters", help="Danh sách nhập vào: thôn, hộ, lớp, cán bộ.")


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice([str(kind) for kind in Kind]), help="Loại danh sách; không ghi thì tự nhận.")
@click.option("--commune", "commune_id", type=int, help="Số của xã, khi danh sách không ghi xã.")
@click.option("--site", "site_id", type=int, help="Số của trường, cho danh sách lớp.")
@click.option("--school-year", default="", help="Năm học, như 2026–2027.")
@click.option("--dry-run", is_flag=True, help="Chỉ đọc và báo, không ghi gì.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả cho máy đọc.")
def import_list(
    file: Path,
    kind: str | None,
    commune_id: int | None,
    site_id: int | None,
    school_year: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Nhập một danh sách như quản trị viên; mọi lỗi được kể với số dòng."""
    try:
        actor = _administrator()
        sheets = read_tables(file.name, file)
        chosen = Kind(kind) if kind else kind_of(sheets, list(Kind))
        today = clock.today()
        year = school_year or school_year_of(today)
        target = Target(commune_id=commune_id, site_id=site_id or _only_site(actor, chosen), school_year=year)
        understood = understand(chosen, sheets, context_for(actor, chosen, target, today), actor)
        result: dict[str, Any] = {"kind": str(chosen), "dry_run": dry_run, **understood.counts}
        if not dry_run:
            result |= _applied(understood, file, target, actor)
    except Refusal as refusal:
        db.session.rollback()
        sys.exit(refusal.sentence)
    _tell(result, understood, as_json)


def _applied(understood: Understood, file: Path, target: Target, actor: Actor) -> dict[str, Any]:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    import_id = keeping.keep_reading(understood, file.name, digest, target, actor.person_id)
    while True:
        step = applying.apply_next(import_id)
        db.session.commit()
        if step.finished:
            break
        give_way()
    counts = db.session.get_one(RosterImport, import_id).counts
    return {
        "import": import_id,
        **{name: counts.get(name, 0) for name in ("created", "updated", "unchanged", "refused")},
    }


def _administrator() -> Actor:
    """The command acts as the first administrator, so that the record names a person."""
    person = db.session.scalar(
        select(RoleGrant.person_id).where(RoleGrant.role == str(Role.ADMIN)).order_by(RoleGrant.id).limit(1)
    )
    if person is None:
        raise Refusal("Chưa có quản trị viên. Chạy `flask people create-admin` trước.", "no-admin")
    return Actor("", person, "", grants=(Grant(Role.ADMIN),), roles=frozenset({Role.ADMIN}))


def _only_site(actor: Actor, kind: Kind) -> int | None:
    sites = sites_for(actor, clock.today()) if kind is Kind.CLASS else []
    return sites[0].id if len(sites) == 1 else None


def _tell(result: dict[str, Any], understood: Understood, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({**result, "problems": understood.problems}, ensure_ascii=False))
        return
    for one in understood.problems:
        click.echo(f"dòng {one['row']} · {one['column']}: {one['what']}. {one['mend']}")
    click.echo(", ".join(f"{name}: {value}" for name, value in result.items()))
