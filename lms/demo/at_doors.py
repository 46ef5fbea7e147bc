"""Visits of the demo's team member: one agreed for today, one lately, one some time ago."""

from datetime import date, timedelta

from sqlalchemy import select

from lms import clock
from lms.db import db
from lms.demo.world import World
from lms.households.actions import charging
from lms.households.models import Household
from lms.households.queries import members_on
from lms.skills.queries import framework
from lms.teams.models import TeamMember
from lms.visits import actions
from lms.visits.rules import Kind, Told

SKILL = "s4"


def knock(world: World, today: date) -> None:
    """At the first houses of the member's village, days ago and weeks until the next: (days, weeks or None)."""
    visitor = world.accounts["tocnscd"].id
    village = world.units["Ngọc Liên/Thôn Mẫu 1"].id
    homes = list(
        db.session.scalars(select(Household).where(Household.unit_id == village).order_by(Household.id).limit(3))
    )
    member = db.session.scalars(select(TeamMember).where(TeamMember.person_id == visitor)).one()
    charging.put_in_charge(member, [home.id for home in homes], world.accounts["canboxa"].id)
    first = framework().of_skill(SKILL)[0].id
    for home, (ago, weeks) in zip(homes, ((14, 2), (5, None), (60, None)), strict=False):
        day = today - timedelta(days=ago)
        present = [one.person_id for one in members_on(home.id, day)][:2]
        if not present:
            continue
        told = Told(
            kind=Kind.TEACH,
            visited_on=day,
            present=frozenset(present),
            activities=frozenset({"teach", "warn"} | ({"collect"} if weeks else set())),
            learner=present[0],
            skill=SKILL,
            competency=first,
            checked="prompted",
            difficulty="Mẫu: sóng yếu ở cuối thôn." if weeks else "",
            next_on=day + timedelta(weeks=weeks) if weeks else None,
        )
        with clock.frozen(clock.start_of(day) + timedelta(hours=19)):
            actions.record(world.id(), home.id, visitor, told)
