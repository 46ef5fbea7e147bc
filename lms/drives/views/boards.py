"""The leader's board: a team at a glance, and for officers all teams, in the order of their names."""

from flask import abort, render_template, request
from flask_login import current_user
from sqlalchemy import select

from lms import journal
from lms.access.guard import allow
from lms.access.rules import Right
from lms.clock import today
from lms.db import db
from lms.drives.queries import board as queries
from lms.drives.views.doors import door
from lms.places.models import Unit
from lms.places.queries import holds_on
from lms.roads.queries import teams_led_by
from lms.roads.rules.readiness import Part, have_each, lacking
from lms.roads.rules.words import NEXT_WORDS, PART_WORDS
from lms.skills.queries import framework
from lms.teams.models import Team
from lms.web.paging import page_of

PAGE = 20


@door.get("/bang-to")
@allow(Right.READ_BOARD)
def boards():
    wanted = teams_led_by(current_user, today()).where(*holds_on(today(), Team))
    key = (Team.name_key, Team.id)
    page = page_of(wanted, key, request.args.get("sau"), PAGE, lambda row: (row.name_key, row.id), scalars=True)
    ids = [team.id for team in page.rows]
    members, needs = queries.rows(ids, today()), queries.needs(ids, today())
    units = db.session.scalars(select(Unit).where(Unit.id.in_({team.unit_id for team in page.rows})))
    return render_template(
        "drives/boards.html",
        page=page,
        units={unit.id: unit for unit in units},
        members=members,
        have={team: have_each((row.road for row in some), today()) for team, some in members.items()},
        ending={team: sum(bool(row.ending) for row in some) for team, some in members.items()},
        to_open={team: sum(one.households - one.strict for _unit, one in some) for team, some in needs.items()},
        part_words=PART_WORDS,
    )


@door.get("/bang-to/<int:team_id>")
@allow(Right.READ_BOARD)
def board(team_id: int):
    team = db.session.scalar(teams_led_by(current_user, today()).where(Team.id == team_id)) or abort(404)
    members, needs = queries.rows([team_id], today())[team_id], queries.needs([team_id], today())[team_id]
    if members:
        journal.note_read("person", [row.person.id for row in members], "board")
    ids = [unit for unit, _figures in needs]
    names = {unit.id: unit.name for unit in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}
    return render_template(
        "drives/board.html",
        team=team,
        members=members,
        lacking={row.person.id: lacking(row.road, today()) for row in members},
        have=have_each((row.road for row in members), today()),
        ending=[row for row in members if row.ending],
        villages=[(unit, names[unit], figures) for unit, figures in needs],
        skill_names=framework().short_names,
        Part=Part,
        part_words=PART_WORDS,
        next_words=NEXT_WORDS,
    )
