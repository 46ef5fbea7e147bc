"""`flask content check`: needs no database."""

from pathlib import Path

import click
from flask.cli import AppGroup

from lms import clock
from lms.library.report import check_report
from lms.settings import PROJECT

content = AppGroup("content", help="Sách của lớp học: kiểm tra thư mục content/.")


@content.command("check", with_appcontext=False)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In ra JSON cho máy đọc.")
@click.option("--due", "with_due", is_flag=True, help="Kể cả dữ kiện, câu hỏi đến hạn kiểm tra trong 30 ngày.")
def check(paths: tuple[Path, ...], as_json: bool, with_due: bool) -> None:
    """Đọc mọi bài, câu hỏi, phiếu việc và báo hết các lỗi một lần."""
    text, code = check_report(paths or (PROJECT / "content",), clock.today(), as_json=as_json, with_due=with_due)
    click.echo(text)
    raise SystemExit(code)
