from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from flask.cli import AppGroup

from lms.rosters.commands import import_list

door = Blueprint("rosters", "lms.rosters", template_folder="templates")


@door.record_once
def also_among_people(state: BlueprintSetupState) -> None:
    """`flask people import` is the order's fixed command; people, a lower room, may not know imports."""
    people = state.app.cli.commands.get("people")
    if isinstance(people, AppGroup):
        people.add_command(import_list)
