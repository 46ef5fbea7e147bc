"""The road of the demo's team: the exam of its course, a visit the teacher went along with, and the certificates at its end."""

from datetime import datetime, timedelta

from sqlalchemy import select

from lms import clock
from lms.certificates import actions as certificates
from lms.certificates.queries import candidates
from lms.certificates.rules import KINDS
from lms.db import db
from lms.demo import occasions
from lms.demo.certified import OFFICE
from lms.demo.world import World
from lms.exams import actions as exams
from lms.households.models import Household
from lms.households.queries import members_on
from lms.people.models import Person
from lms.quizzes.publishing import TEAM_QUIZ
from lms.roads import actions as roads
from lms.roads.rules.watching import LINES, Watched
from lms.visits import actions as visits
from lms.visits.rules import Kind, Told
from lms.witnessing import actions as witnessing

CODE = "mã của buổi thi mẫu"


def examine(world: World, people: list[Person], moment: datetime) -> None:
    """The teacher makes an exam of an evening; everybody there enters its code and sits it."""
    teacher = world.accounts["giaovien"]
    with clock.frozen(moment):
        window = witnessing.open_window(
            world.id(), teacher.id, TEAM_QUIZ, person_ids=[one.id for one in people], minutes=occasions.MINUTES,
            name="Buổi thi của tổ",
        )  # fmt: skip
        db.session.flush()
        exams.make_exam(window, teacher.id)
        exams.mark_present(window, [one.id for one in people], {})
        exams.set_code(window.id, CODE)
        for one in people:
            exams.enter(window.id, one.id, CODE)
    for number, one in enumerate(people):
        occasions.sit(world, one, TEAM_QUIZ, moment + timedelta(seconds=30 * (number + 1)), wrong=number)


def go_along(world: World, member: Person, moment: datetime) -> None:
    """A visit of the member to a home of the first village; cô giáo sees one line missing and signs for it the same day."""
    village = world.units["Ngọc Liên/Thôn Mẫu 1"].id
    homes = db.session.scalars(select(Household).where(Household.unit_id == village).order_by(Household.id).limit(20))
    day = clock.day_of(moment)
    home, present = next((one, there) for one in homes if (there := [m.person_id for m in members_on(one.id, day)]))
    told = Told(Kind.TEACH, day, frozenset(present[:1]), frozenset({"guide", "warn"}))
    with clock.frozen(moment):
        visit = visits.record(world.id(), home.id, member.id, told)
        watched = Watched(
            {line: line != "one" for line in LINES}, not_kin=True, note="Mẫu: mỗi lần một điều thôi, đừng dạy dồn."
        )
        roads.note_watched(world.id(), world.accounts["giaovien"].id, member.id, visit.id, watched)


def certify_members(world: World, moment: datetime) -> None:
    """Proposed by the teacher, who took part in everything; the officer attested none of it and may sign."""
    commune = world.units["Ngọc Liên"]
    with clock.frozen(moment):
        scope = candidates.of_teams(commune.id, clock.today())
        ready = candidates.ready(KINDS["member"], scope, clock.today(), 500)
        if ready:
            batch = certificates.propose(
                world.id(), "member", commune.id, "Tổ công nghệ số cộng đồng", ready, world.accounts["giaovien"].id
            )
            certificates.sign(batch.id, world.accounts["canboxa"].id, OFFICE)
