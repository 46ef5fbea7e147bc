"""`flask questions …`: files of other systems read, kept as drafts and taken back; questions written for other systems."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from flask.cli import AppGroup

from lms.bank.queries import exporting
from lms.db import db, give_way
from lms.documents.limits import MAX_BYTES
from lms.exchange import actions, queries
from lms.exchange.formats.found import Found, Trouble, as_plain
from lms.exchange.reading import FORMATS, read_questions
from lms.exchange.writing import WRITERS, write_questions
from lms.people.queries import account_named
from lms.refusals import Refusal

commands = AppGroup("questions", help="Câu hỏi từ hệ thống khác và cho hệ thống khác.")


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "kind", required=True, type=click.Choice(sorted(FORMATS)), help="Định dạng của tệp.")
@click.option("--dry-run", is_flag=True, help="Chỉ đọc và báo, không ghi gì.")
@click.option("--by", "username", default="", help="Tên đăng nhập của người nhập, khi giữ câu làm bản nháp.")
@click.option("--competency", default="", help="Năng lực của những câu không ghi, như s3.2.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả cho máy đọc.")
def import_questions(file: Path, kind: str, dry_run: bool, username: str, competency: str, as_json: bool) -> None:
    """Đọc một tệp câu hỏi và giữ câu dùng được làm bản nháp: từng câu, đáp án, điểm, và mọi điều cần sửa."""
    kept: dict[str, Any] = {}
    try:
        if file.stat().st_size > MAX_BYTES:
            raise Refusal("Tệp lớn hơn 10 MB. Hãy chia thành nhiều tệp nhỏ hơn.", "file-too-big")
        by = None if dry_run else _person(username)
        found = read_questions(file.name, file.read_bytes(), kind)
        if by is not None:
            kept = {"import": str(_keep(file.name, kind, found, by, competency))}
    except Refusal as refusal:
        db.session.rollback()
        if as_json:
            told = {"items": [], "problems": [{"line": 0, "what": refusal.sentence, "code": refusal.code}]}
            click.echo(json.dumps(told, ensure_ascii=False))
        sys.exit(refusal.sentence)
    _tell({"format": kind, "dry_run": dry_run, **kept}, found, as_json)


@commands.command("undo-import")
@click.argument("import_id", type=click.UUID)
@click.option("--by", "username", required=True, help="Tên đăng nhập của người đã nhập.")
def undo_import(import_id: UUID, username: str) -> None:
    """Lấy những câu của một lần nhập ra khỏi ngân hàng; câu đã có người dùng đến thì ở lại và được kể tên."""
    try:
        if queries.import_by_id(import_id) is None:
            raise Refusal("Không có lần nhập nào như vậy.", "no-import")
        done = actions.undo(import_id, _person(username))
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        sys.exit(refusal.sentence)
    for item_id, why in done.kept:
        click.echo(f"{item_id}: {why}")
    click.echo(f"{len(done.gone)} câu ra khỏi ngân hàng, {len(done.kept)} câu ở lại")


@commands.command("export")
@click.option(
    "--format", "kind", required=True, type=click.Choice(sorted([*WRITERS, "yaml"])), help="Định dạng của tệp ra."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Tệp ra; không có thì in ra màn hình.")
@click.option("--drafts", "with_drafts", is_flag=True, help="Cả bản nháp, bản mới nhất của mỗi câu.")
@click.option("--skill", default="", help="Chỉ một kỹ năng, như s3; cho các định dạng khác yaml.")
def export_questions(kind: str, out: Path | None, with_drafts: bool, skill: str) -> None:
    """Xuất câu hỏi. yaml: câu soạn trên trang hoặc đã nhập; định dạng khác: cả câu trong tệp nội dung."""
    lost: Sequence[Trouble] = ()
    rows: list[dict[str, Any]] = []
    if kind == "yaml":
        rows = list(exporting.entries(with_drafts))
        content, count = exporting.as_yaml(rows).encode(), len(rows)
    else:
        founds = queries.all_going_out(skill, with_drafts)
        content, lost = write_questions(founds, kind)
        count = len(founds)
    for one in lost:
        click.echo(f"câu {one.line}: {one.what}", err=True)
    if out is None:
        click.echo(content, nl=False)
        return
    out.write_bytes(content)
    if kind == "yaml":
        for name, picture in exporting.files_of(rows).items():
            (out.parent / name).write_bytes(picture)
    click.echo(f"{count - sum(one.level == 'error' for one in lost)} câu vào {out}")


def _keep(name: str, kind: str, found: list[Found], by: int, competency: str) -> UUID:
    """Piece by piece, each committed by itself, as the page does it."""
    import_id = actions.keep_reading(name, kind, found, by)
    db.session.commit()
    finished = False
    while not finished:
        finished = actions.keep_next(import_id, competency)
        db.session.commit()
        give_way()
    return import_id


def _person(username: str) -> int:
    account = account_named(username) if username else None
    if account is None:
        raise Refusal("Giữ câu hỏi cần --by với tên đăng nhập của người nhập; hoặc chỉ đọc thử với --dry-run.", "no-by")
    return account.person_id


def _tell(head: dict[str, Any], found: list[Found], as_json: bool) -> None:
    items = [as_plain(one) for one in found]
    if as_json:
        problems = [problem for item in items for problem in item["problems"]]
        click.echo(json.dumps({**head, "items": items, "problems": problems}, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"dòng {one.line} · {one.type} · {one.stem[:100]}")
        for problem in one.problems:
            place = f"{problem.element} " if problem.element else ""
            click.echo(f"  {place}{problem.line}: {problem.what}")
    usable = sum(one.is_usable for one in found)
    click.echo(f"{len(found)} câu, {usable} câu dùng được")
    if "import" in head:
        click.echo(f"đã giữ làm bản nháp; hoàn tác: flask questions undo-import {head['import']} --by …")
