"""`flask demo load`."""

import json
import time

import click
from flask.cli import AppGroup

from lms.demo.loading import SEED, load_demo
from lms.refusals import Refusal

commands = AppGroup("demo", help="Dữ liệu mẫu: thôn, hộ, lớp, tài khoản để xem thử.")


@commands.command("load")
@click.option("--households", type=click.IntRange(60, 2_000_000), default=300, show_default=True, help="Bao nhiêu hộ.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Cùng số này thì ra cùng dữ liệu.")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON cho máy đọc.")
def load(households: int, seed: int, as_json: bool) -> None:
    """Đổ dữ liệu mẫu vào cơ sở dữ liệu chưa có tài khoản nào."""
    began = time.monotonic()
    try:
        load_demo(households, seed, say=lambda sentence: click.echo(sentence, err=as_json))
    except Refusal as no:
        raise click.ClickException(no.sentence) from no
    seconds = round(time.monotonic() - began, 1)
    if as_json:
        click.echo(json.dumps({"households": households, "seed": seed, "seconds": seconds}))
    else:
        click.echo(f"Xong {households} hộ mẫu trong {seconds:.0f} giây.")
