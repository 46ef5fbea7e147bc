"""`flask content check` needs no database; `flask content publish` puts the books into the rooms in one transaction."""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from lms import clock
from lms.courses import publishing as courses
from lms.db import db
from lms.library.books import Books
from lms.library.changes import Changes
from lms.library.reading import read_books
from lms.library.report import check_report
from lms.practice import publishing as practice
from lms.practice import trying
from lms.practice.checking import check as practices
from lms.quizzes import publishing as quizzes
from lms.settings import PROJECT
from lms.skills import publishing as skills
from lms.witnessing import publishing as witnessing

commands = AppGroup("content", help="Sách của lớp học: kiểm tra thư mục content/.")


@commands.command("check", with_appcontext=False)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In ra JSON cho máy đọc.")
@click.option("--due", "with_due", is_flag=True, help="Kể cả dữ kiện, câu hỏi đến hạn kiểm tra trong 30 ngày.")
def check(paths: tuple[Path, ...], as_json: bool, with_due: bool) -> None:
    """Đọc mọi bài, câu hỏi, phiếu việc và báo hết các lỗi một lần."""
    text, code = check_report(
        paths or (PROJECT / "content",),
        clock.today(),
        as_json=as_json,
        with_due=with_due,
        more=quizzes.faults,
        further=practices,
    )
    click.echo(text)
    raise SystemExit(code)


@commands.command("publish")
@click.option("--dry-run", is_flag=True, help="Chỉ xem sẽ thêm, sửa, cất gì.")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON cho máy đọc.")
def publish(dry_run: bool, as_json: bool) -> None:
    """Đưa sách vào cơ sở dữ liệu: thêm mới, cập nhật, cất bản cũ; chạy lại không đổi gì."""
    books, problems = read_books(current_app.extensions["settings"].content_paths)
    errors = (
        [problem for problem in problems if problem.level == "error"] or quizzes.faults(books) or quizzes.held(books)
    )
    if errors:
        click.echo("\n".join(str(problem) for problem in errors), err=True)
        raise SystemExit(1)
    changes = publish_books(books)
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    click.echo(_told(changes, as_json))


@commands.command("try", with_appcontext=False)
@click.argument("path", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--port", default=8765, help="Cổng trên máy này; 0 thì lấy cổng còn trống.")
def try_practice(path: Path, port: int) -> None:
    """Mở một bài luyện để chơi thử trong lúc viết; mỗi lần lưu tệp, trang tự mở lại và kiểm lại."""
    books, _problems = read_books([PROJECT / "content"])
    try:
        server, _bench = trying.serve(path, books, port)
    except OSError as problem:
        raise click.ClickException(f"không mở được cổng {port}: {problem.strerror}") from problem
    click.echo(f"Mở http://{trying.HERE}:{server.effective_port} — Ctrl+C để thôi.")
    server.run()


def publish_books(books: Books) -> Changes:
    """Everything that stands in the books, into every room that keeps some of it."""
    changes = Changes()
    for room in (skills, quizzes, courses, practice, witnessing):
        room.publish(books, changes)
    return changes


def _told(changes: Changes, as_json: bool) -> str:
    if as_json:
        done = {"added": changes.added, "changed": changes.changed, "retired": changes.retired}
        return json.dumps({**done, "unchanged": dict(changes.unchanged)}, ensure_ascii=False)
    words = (("thêm", changes.added), ("sửa", changes.changed), ("cất", changes.retired))
    lines = [
        f"{verb} {len(ids)} {kind}: {' '.join(ids[:6])}{' …' if len(ids) > 6 else ''}"
        for verb, by in words
        for kind, ids in by.items()
    ]
    return "\n".join(lines) or "Không có gì mới."
