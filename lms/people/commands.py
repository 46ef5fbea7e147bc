"""`flask people …`."""

import json
import sys

import click
from flask.cli import AppGroup

from lms import clock
from lms.access.rules import Role
from lms.db import db
from lms.people import actions, passwords
from lms.people.rules import password_problem
from lms.refusals import Refusal

commands = AppGroup("people", help="Người và tài khoản.")


@commands.command("create-admin")
@click.argument("username")
@click.option("--name", "full_name", default="Quản trị viên", help="Họ tên.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Hỏi khi không ghi.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả cho máy đọc.")
def create_admin(username: str, full_name: str, password: str, as_json: bool) -> None:
    """Tạo tài khoản quản trị đầu tiên."""
    problem = password_problem(password, username)
    if problem:
        sys.exit(problem)
    password_hash = passwords.hash_of(password)
    try:
        person = actions.create_person(full_name)
        actions.create_account(person, username.strip().lower(), password_hash, must_change=False)
        actions.grant_role(person.id, Role.ADMIN, clock.today())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        sys.exit(refusal.sentence)
    click.echo(json.dumps({"username": username}) if as_json else f"Đã tạo tài khoản quản trị «{username}».")
