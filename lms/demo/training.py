"""Two training days of the demo's team: one a week ago with its attendance, one in nine days."""

from datetime import date, timedelta

from sqlalchemy import select

from lms import clock
from lms.courses.queries import TEAMS, places
from lms.db import db
from lms.demo.world import World
from lms.teams.models import TeamMember
from lms.training import actions
from lms.training.actions import DayWords
from lms.training.models import TrainingDay
from lms.training.rules import Act, Answer


def train(world: World, today: date) -> None:
    """Planned by the officer. The leader, the member and one more came, the last of them late; the leader says what to mend."""
    leader, *others = people = [one.id for one in world.team]
    past = _plan(
        world, today - timedelta(days=7), today - timedelta(days=21), "Mẫu: trả tiền bằng mã, tập từng bước", "s3"
    )
    for person in people:
        with clock.frozen(past.begins_at - timedelta(days=5)):
            actions.register(world.id(), past.id, person, person)
    with clock.frozen(past.begins_at + timedelta(minutes=20)):
        marks = dict.fromkeys([leader, *others[:-1]], Act.PRESENT) | {others[-1]: Act.LATE}
        actions.mark(world.id(), past.id, marks, world.accounts["canboxa"].id)
    with clock.frozen(past.ends_at + timedelta(hours=2)):
        actions.give_feedback(world.id(), past.id, leader, Answer(5, 4, 4, "Mẫu: thêm giờ thực hành."))
    coming = _plan(world, today + timedelta(days=9), today - timedelta(days=2), "Mẫu: nhận ra tin nhắn lừa đảo", "s4")
    with clock.frozen(clock.start_of(today)):
        actions.register(world.id(), coming.id, leader, leader)


def _plan(world: World, day: date, written_on: date, title: str, skill: str) -> TrainingDay:
    begins = clock.start_of(day) + timedelta(hours=8)
    team = db.session.scalars(select(TeamMember.team_id).where(TeamMember.person_id == world.team[0].id)).one()
    lessons = [one.id for one in places() if one.audience == TEAMS][:2]
    words = DayWords(
        title=title, begins_at=begins, ends_at=begins + timedelta(hours=3), place="Nhà văn hoá Thôn Mẫu 2", capacity=20,
        topics=(skill,), teams=(team,), lessons=tuple(lessons), materials="Mẫu: mỗi người một điện thoại đã sạc.",
        notes="Mẫu: có nước uống, có chỗ để xe.",
    )  # fmt: skip
    with clock.frozen(clock.start_of(written_on) + timedelta(hours=9)):
        return actions.plan_day(world.id(), world.units["Ngọc Liên"].id, words, world.accounts["canboxa"].id)
