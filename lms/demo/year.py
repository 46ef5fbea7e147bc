"""The past year of the sample world: who learned what, from whom, and when. Days are counted back from today, so that
some payment and self-protection skills have run out, some are about to, and something is always going on now.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select

from lms import clock
from lms.classes import actions as classes
from lms.courses import actions as courses
from lms.courses.models import Course, Lesson, LessonVersion, Module
from lms.db import db
from lms.demo import occasions, on_the_road
from lms.demo.occasions import Learner
from lms.demo.world import Home, World
from lms.people.models import Person

LENGTH = timedelta(days=400)
"""A little more than a year, so that what holds twelve months may have run out (assessment.md §3.2, validity_months)."""
ALL = ("s1", "s2", "s3", "s4", "s5")
CLASS_LESSONS = (
    # class, skill, days ago, pupils from the list who take part
    ("7A", "s4", 391, 7), ("7A", "s3", 347, 10), ("7A", "s1", 300, 10), ("7A", "s2", 240, 8), ("7A", "s5", 190, 5),
    ("8A", "s1", 330, 6), ("8A", "s4", 290, 6), ("8A", "s3", 210, 5), ("8A", "s2", 180, 5), ("8A", "s5", 150, 3),
    ("10A", "s1", 320, 5), ("10A", "s3", 280, 4), ("10A", "s4", 200, 4), ("10A", "s2", 160, 4), ("10A", "s5", 120, 2),
    ("7A", "s4", 52, 5),
)  # fmt: skip
"""A skill taught a second time is for those whose first award has run out, or who failed."""


@dataclass(frozen=True)
class Day:
    days_ago: int
    run: Callable[[datetime], None]


def live(world: World, today: date, say: Callable[[str], None]) -> None:
    """Everything in the order in which it happened."""
    year = Year(world, today)
    done = 0
    for day in sorted(year.days(), key=lambda day: -day.days_ago):
        day.run(clock.start_of(year.schoolday(day.days_ago)) + timedelta(hours=8))
        done += 1
        if done % 15 == 0:
            say(f"  … {done} buổi")
    say(f"  {done} buổi học, kiểm tra và chứng")


class Year:
    def __init__(self, world: World, today: date) -> None:
        self.world, self.today = world, today
        self.shelf = occasions.shelf()
        self.lessons = _lessons()

    def days(self) -> list[Day]:
        return [*self._team_days(), *self._class_days(), *self._village_days(), *self._present_days()]

    def schoolday(self, days_ago: int) -> date:
        """Nobody teaches on a Sunday."""
        day = self.today - timedelta(days=days_ago)
        return day - timedelta(days=1) if day.isoweekday() == 7 else day

    # --- the team: taught first, because the members then teach the villages -------------------------

    def _team_days(self) -> list[Day]:
        leader, member, third = self.world.team
        teacher, officer = self.world.accounts["giaovien"], self.world.accounts["canboxa"]
        found = []
        for number, skill in enumerate(("s4", "s3", "s1", "s2", "s5")):
            for days_ago, person in ((338, leader), (334, member)):
                place = "Buổi tối tập huấn tổ"
                found.append(self._evening(days_ago - 9 * number, skill, teacher, [Learner(person)], place))
        for number, skill in enumerate(("s1", "s2", "s4")):
            found.append(self._evening(230 - 9 * number, skill, officer, [Learner(third, wrong=2)], "Trụ sở xã"))
        for days_ago, person in ((285, member), (284, leader)):
            found.append(Day(days_ago, partial(self._observer, person)))
        found.append(Day(280, partial(on_the_road.examine, self.world, [member, leader])))
        for days_ago, person in ((276, member), (275, leader)):
            found.append(Day(days_ago, partial(on_the_road.go_along, self.world, person)))
        found.append(Day(270, partial(on_the_road.certify_members, self.world)))
        # Payment and self-protection hold one year: the member renews what is about to run out.
        found.append(self._evening(31, "s4", officer, [Learner(member)], "Trụ sở xã"))
        return found

    def _observer(self, person: Person, moment: datetime) -> None:
        occasions.sit(self.world, person, occasions.OBSERVER_QUIZ, moment, wrong=0)

    # --- classes ------------------------------------------------------------------------------------

    def _class_days(self) -> list[Day]:
        return [self._lesson(*lesson) for lesson in CLASS_LESSONS]

    def _lesson(self, name: str, skill: str, days_ago: int, size: int) -> Day:
        def run(moment: datetime) -> None:
            row = self._class_on(name, clock.day_of(moment))
            pupils = self._pupils(name, skill, size, days_ago)
            self._assign(row, skill, moment - timedelta(days=8), name)
            for pupil in pupils:
                self._read(pupil.person, skill, moment - timedelta(days=self.world.dice.randint(1, 6)))
            occasions.hold(
                self.world, self.shelf, skill, moment, self.world.teachers[name], pupils, row, f"Tiết ngoại khoá {name}"
            )

        return Day(days_ago, run)

    def _class_on(self, name: str, day: date) -> int:
        of_year = self.world.classes_before if day < self.world.turns_on else self.world.classes
        return of_year[name].id

    def _pupils(self, name: str, skill: str, size: int, days_ago: int) -> list[Learner]:
        """The first of the list are quick, the later ones now and then fail or need a hand."""
        dice = self.world.dice
        chosen = [pupil for number, pupil in enumerate(self.world.pupils[name][: size + 1]) if number or name != "7A"]
        if name == "7A" and skill in ("s1", "s2", "s4") and days_ago > 100:
            chosen = [self.world.pupils["7A"][0], *chosen]  # «hocsinh» has three skills, one of them run out
        learners = []
        for number, pupil in enumerate(chosen[:size]):
            slow = number > 4 and dice.random() < 0.35
            wrong = dice.choice((4, 5, 6)) if slow and dice.random() < 0.5 else dice.choice((0, 1, 1, 2, 3))
            learners.append(Learner(pupil, wrong, cards=2, needs_help=slow))
        return learners

    # --- villages -----------------------------------------------------------------------------------

    def _village_days(self) -> list[Day]:
        world = self.world
        officer, member = world.accounts["canboxa"], world.accounts["tocnscd"]
        one, two, three, four = (world.homes[f"Ngọc Liên/Thôn Mẫu {n}"] for n in (1, 2, 3, 4))
        son = world.homes["Minh Sơn/Thôn Mẫu 1"]
        found = self._all_five(228, member, [_eldest(one[0]), *_heads(one[3:4]), *_heads(two[6:7])], "Nhà văn hoá thôn")
        found += self._all_five(262, officer, [*_heads(three[:1]), *_heads(four[1:2])], "Trụ sở xã")
        # The commune's early days: payment and self-protection have run out since.
        found += self._all_five(388, officer, [*_heads(three[4:5]), *_heads(four[5:6])], "Trụ sở xã", gap=5)
        found += self._all_five(300, world.officers["Minh Sơn"], _heads(son[:1]), "Trụ sở xã Minh Sơn")
        for homes, days_ago, host in ((one[5:7], 140, member), (two[8:9], 110, member), (three[8:9], 95, officer)):
            found += self._shared_out(homes, days_ago, host)
        for number, home in enumerate([*one[9:14], *two[11:14]]):
            skill = ALL[number % 5]
            learner = Learner(home.adults[0], wrong=number % 4, cards=number % 3, needs_help=number % 2 == 0)
            found.append(self._evening(80 - 7 * number, skill, member, [learner], "Tại nhà"))
        for homes, days_ago in ((three[10:13], 70), (four[12:14], 66)):
            found += self._all_five(days_ago, officer, _heads(homes), "Trụ sở xã", skills=ALL[:4])
        return found

    def _all_five(
        self, days_ago: int, host: Person, people: list[Person], place: str, gap: int = 8, skills: tuple[str, ...] = ALL
    ) -> list[Day]:
        learners = [Learner(person, wrong=number % 3) for number, person in enumerate(people)]
        if not learners:
            return []
        return [
            self._evening(days_ago - gap * number, skill, host, learners, place) for number, skill in enumerate(skills)
        ]

    def _shared_out(self, homes: list[Home], days_ago: int, host: Person) -> list[Day]:
        """Between them a couple can do all five, neither alone: union, never the golden heart."""
        found = []
        for number, home in enumerate(homes):
            for place, skill in enumerate(ALL):
                person = home.adults[place % 2 if len(home.adults) > 1 else 0]
                found.append(self._evening(days_ago - 6 * place - number, skill, host, [Learner(person)], "Tại nhà"))
        return found

    def _evening(self, days_ago: int, skill: str, host: Person, learners: list[Learner], place: str) -> Day:
        def run(moment: datetime) -> None:
            evening = moment + timedelta(hours=10)
            for learner in learners:
                self._read(learner.person, skill, evening - timedelta(days=2), share=0.4)
            occasions.hold(self.world, self.shelf, skill, evening, host, learners, place=place)

        return Day(days_ago, run)

    # --- now ----------------------------------------------------------------------------------------

    def _present_days(self) -> list[Day]:
        """What waits for the visitor: a lesson to read, a test just passed, cards still to be shown."""
        return [Day(6, self._set_homework), Day(2, self._last_tests)]

    def _set_homework(self, moment: datetime) -> None:
        for name, skill in (("7A", "s3"), ("7A", "s5"), ("8A", "s4"), ("10A", "s5")):
            self._assign(self.world.classes[name].id, skill, moment, name, due_in=10 if skill == "s5" else 13)
        self._read(self.world.pupils["7A"][0], "s3", moment + timedelta(days=2), share=0.5)

    def _last_tests(self, moment: datetime) -> None:
        pupils = [Learner(pupil, wrong=n % 3, cards=n % 2) for n, pupil in enumerate(self.world.pupils["8A"][9:14])]
        row = self._class_on("8A", clock.day_of(moment))
        occasions.hold(
            self.world, self.shelf, "s4", moment, self.world.teachers["8A"], pupils, row, "Tiết ngoại khoá 8A"
        )

    # --- reading and homework -----------------------------------------------------------------------

    def _assign(self, class_id: int, skill: str, moment: datetime, name: str, due_in: int = 7) -> None:
        module = self.lessons[skill].module_id
        with clock.frozen(moment):
            if moment.date() < self.world.begins_on:
                return
            due = clock.today() + timedelta(days=due_in)
            classes.assign_module(class_id, module, due, self.world.teachers[name].id)

    def _read(self, person: Person, skill: str, moment: datetime, share: float = 1.0) -> None:
        lesson = self.lessons[skill]
        steps = lesson.steps[: max(1, round(len(lesson.steps) * share))]
        for number, step in enumerate(steps):
            with clock.frozen(moment + timedelta(minutes=5 * number)):
                courses.read_step(person.id, lesson.id, step)


@dataclass(frozen=True)
class LessonOfSkill:
    id: str
    module_id: str
    steps: list[str]


def _lessons() -> dict[str, LessonOfSkill]:
    """The first lesson of each skill."""
    wanted = (
        select(Course.skill_id, Lesson.id, Lesson.module_id, LessonVersion.steps)
        .join(Module, Module.course_id == Course.id)
        .join(Lesson, Lesson.module_id == Module.id)
        .join(LessonVersion, (LessonVersion.lesson_id == Lesson.id) & (LessonVersion.digest == Lesson.digest))
        .where(Course.skill_id.is_not(None), Lesson.retired_at.is_(None))
        .order_by(Course.position, Module.position, Lesson.position)
    )
    found: dict[str, LessonOfSkill] = {}
    for skill, id, module_id, steps in db.session.execute(wanted):
        found.setdefault(skill or "", LessonOfSkill(id, module_id, [step["id"] for step in steps]))
    return found


def _heads(homes: list[Home]) -> list[Person]:
    return [home.adults[0] for home in homes]


def _eldest(home: Home) -> Person:
    """«nguoidan»."""
    return home.adults[-1]
