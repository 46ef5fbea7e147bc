"""`flask certificates …`: the issuer's keys."""

import click
from flask.cli import AppGroup

from lms import clock
from lms.certificates import keys
from lms.db import db

commands = AppGroup("certificates", help="Giấy chứng nhận: khoá của nơi cấp.")


@commands.command("change-key")
def change_key():
    """Make a new signing key; what earlier keys signed is still checked with them."""
    row = keys.change_key(clock.now())
    db.session.commit()
    click.echo(f"Khoá mới: {row.id}")
