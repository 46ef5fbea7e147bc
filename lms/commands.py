"""Commands of the whole house: `flask completion …`."""

import json

import click
from flask.cli import AppGroup
from sqlalchemy import select

from lms import clock, completion
from lms.db import db
from lms.households.models import Household
from lms.people.models import Person

CHUNK = 400

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


def replayed(people: list[int], households: list[int], keep: bool) -> int:
    """Conclude these afresh, a chunk a transaction; returns how many conclusions changed. Without `keep`, nothing stays."""
    changed = 0
    for start in range(0, len(people), CHUNK):
        changed += len(completion.conclude_people(people[start : start + CHUNK]))
        _finish(keep)
    for start in range(0, len(households), CHUNK):
        changed += len(completion.conclude_households(households[start : start + CHUNK]))
        _finish(keep)
    return changed


def _finish(keep: bool) -> None:
    if keep:
        db.session.commit()
    else:
        db.session.rollback()


COMMANDS = (completion_commands,)
