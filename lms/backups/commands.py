"""`flask backup …`, `flask upkeep` and `flask completion replay`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from lms import clock
from lms.backups import copies
from lms.backups.copies import BackupError, Copy
from lms.backups.replaying import replayed
from lms.backups.upkeep import run_upkeep
from lms.db import db
from lms.households.models import Household
from lms.people.models import Person

T = TypeVar("T")

commands = AppGroup("backup", help="Sao lưu, kiểm tra và khôi phục cơ sở dữ liệu.")


@commands.command("create")
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Thư mục chứa; mặc định DATA_DIR/backups.")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON cho máy đọc.")
def create(folder: Path | None, as_json: bool) -> None:
    """Sao lưu khi máy chủ vẫn đang chạy."""
    settings = current_app.extensions["settings"]
    _told(_tried(lambda: copies.create(settings, db.engine, clock.now(), folder)), "Đã sao lưu", as_json)


@commands.command("verify")
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="In ra JSON cho máy đọc.")
def verify(folder: Path, as_json: bool) -> None:
    """Mở bản sao lưu, kiểm tra toàn vẹn và đếm lại."""
    _told(_tried(lambda: copies.verify(folder)), "Bản sao lưu tốt", as_json)


@commands.command("restore")
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON cho máy đọc.")
def restore(folder: Path, yes: bool, as_json: bool) -> None:
    """Đưa bản sao lưu vào thay cơ sở dữ liệu. Dừng máy chủ trước."""
    if not yes:
        click.confirm("Máy chủ đã dừng chưa? Dữ liệu hiện nay sẽ được cất sang một bên.", abort=True)
    db.session.rollback()
    db.engine.dispose()
    settings = current_app.extensions["settings"]
    aside = _tried(lambda: copies.restore(settings, folder, clock.now()))
    if as_json:
        click.echo(json.dumps({"restored": folder.name, "kept_aside": str(aside) if aside else None}))
    else:
        click.echo(f"Đã khôi phục {folder.name}." + (f" Bản cũ cất ở {aside}." if aside else ""))


@click.command("upkeep")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON cho máy đọc.")
def upkeep(as_json: bool) -> None:
    """Việc hằng ngày: gộp số, đối chiếu mẫu, niêm nhật ký, sao lưu, dọn theo hạn. Chạy lại không sao."""
    outcome = run_upkeep()
    click.echo(
        json.dumps(outcome, ensure_ascii=False) if as_json else "\n".join(f"{k}: {v}" for k, v in outcome.items())
    )
    if outcome["problems"]:
        raise SystemExit(1)


def _tried(act: Callable[[], T]) -> T:
    try:
        return act()
    except BackupError as problem:
        raise click.ClickException(str(problem)) from problem


def _told(copy: Copy, words: str, as_json: bool) -> None:
    rows = sum(copy.manifest["counts"].values())
    if as_json:
        click.echo(json.dumps({"folder": str(copy.folder), **copy.manifest}))
    else:
        click.echo(f"{words}: {copy.folder} ({rows} dòng, {len(copy.manifest['counts'])} bảng).")


completion_commands = AppGroup("completion", help="Những gì suy ra từ bằng chứng: tính lại, đối chiếu.")


@completion_commands.command("replay")
@click.option("--person", "person_id", type=int, help="Chỉ một người, theo số.")
@click.option("--check", is_flag=True, help="Chỉ đối chiếu, không ghi; lệch thì báo và kết thúc với mã 1.")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON cho máy đọc.")
def replay(person_id: int | None, check: bool, as_json: bool) -> None:
    """Tính lại mọi kết luận từ bằng chứng."""
    people = [person_id] if person_id else list(db.session.scalars(select(Person.id).order_by(Person.id)))
    households = [] if person_id else list(db.session.scalars(select(Household.id).order_by(Household.id)))
    db.session.rollback()
    drifted = replayed(people, households, keep=not check)
    result = {"people": len(people), "households": len(households), "changed": drifted, "at": clock.now().isoformat()}
    if as_json:
        click.echo(json.dumps(result))
    else:
        word = "lệch" if check else "thay đổi"
        click.echo(f"{len(people)} người, {len(households)} hộ; {word}: {drifted}.")
    if check and drifted:
        raise SystemExit(1)


MORE = (upkeep, completion_commands)
