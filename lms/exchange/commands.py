"""`flask questions …`: what a file of another system holds, told before anything is kept."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from lms.bank.queries import exporting
from lms.exchange.formats.found import Found, as_plain
from lms.exchange.reading import FORMATS, read_questions
from lms.refusals import Refusal

WRITERS: dict[str, Callable[[list[dict[str, Any]]], str]] = {"yaml": exporting.as_yaml}
"""Format → what makes the text of a file out of entries of questions.yaml."""
commands = AppGroup("questions", help="Câu hỏi từ hệ thống khác.")


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "kind", required=True, type=click.Choice(sorted(FORMATS)), help="Định dạng của tệp.")
@click.option("--dry-run", is_flag=True, required=True, help="Chỉ đọc và báo, không ghi gì.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả cho máy đọc.")
def import_questions(file: Path, kind: str, dry_run: bool, as_json: bool) -> None:
    """Đọc thử một tệp câu hỏi: từng câu, đáp án, điểm, và mọi điều cần sửa với số dòng."""
    try:
        if file.stat().st_size > 10 * 1024 * 1024:
            raise Refusal("Tệp lớn hơn 10 MB. Hãy chia thành nhiều tệp nhỏ hơn.", "file-too-big")
        found = read_questions(file.name, file.read_bytes(), kind)
    except Refusal as refusal:
        if as_json:
            told = {"items": [], "problems": [{"line": 0, "what": refusal.sentence, "code": refusal.code}]}
            click.echo(json.dumps(told, ensure_ascii=False))
        sys.exit(refusal.sentence)
    _tell(kind, found, as_json)


@commands.command("export")
@click.option("--format", "kind", required=True, type=click.Choice(sorted(WRITERS)), help="Định dạng của tệp ra.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Tệp ra; không có thì in ra màn hình.")
@click.option("--drafts", "with_drafts", is_flag=True, help="Cả bản nháp, bản mới nhất của mỗi câu.")
def export_questions(kind: str, out: Path | None, with_drafts: bool) -> None:
    """Xuất câu hỏi soạn trên trang hoặc đã nhập; câu trong tệp nội dung thì đã là tệp."""
    rows = list(exporting.entries(with_drafts))
    text = WRITERS[kind](rows)
    if out is None:
        click.echo(text, nl=False)
        return
    out.write_text(text, encoding="utf-8")
    click.echo(f"{len(rows)} câu vào {out}")


def _tell(kind: str, found: list[Found], as_json: bool) -> None:
    items = [as_plain(one) for one in found]
    if as_json:
        problems = [problem for item in items for problem in item["problems"]]
        told = {"format": kind, "dry_run": True, "items": items, "problems": problems}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"dòng {one.line} · {one.type} · {one.stem[:100]}")
        for problem in one.problems:
            click.echo(f"  {problem.line}: {problem.what}")
    usable = sum(one.is_usable for one in found)
    click.echo(f"{len(found)} câu, {usable} câu dùng được")
