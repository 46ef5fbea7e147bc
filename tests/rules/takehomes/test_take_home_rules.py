"""Five questions of a card, its code as people write it, and whom a pupil taught."""

from hypothesis import given
from hypothesis import strategies as st

from lms.takehomes.rules import QUESTIONS, Check, Taught, five_of, read_code, stands_alone, taught
from tests.house.two_worlds import shelf

CIRCLES = st.lists(st.sets(st.text("abc123.", min_size=1), max_size=8), max_size=3)


@given(CIRCLES, st.text("ABC2", min_size=1))
def test_five_different_ones_always_the_same(circles: list[set[str]], code: str) -> None:
    five, all_there_are = five_of(circles, code), set().union(*circles)
    assert five == five_of([sorted(one, reverse=True) for one in circles], code) and set(five) <= all_there_are
    assert len(five) == len(set(five)) == (QUESTIONS if len(all_there_are) >= QUESTIONS else 0)


@given(CIRCLES, st.text("ABC2", min_size=1))
def test_the_nearest_questions_come_first(circles: list[set[str]], code: str) -> None:
    five = five_of(circles, code)
    if five and circles:
        assert len(circles[0].intersection(five)) == min(QUESTIONS, len(circles[0]))


def test_another_card_asks_another_five() -> None:
    items = [f"s1.p{n:02}" for n in range(14)]
    assert len({five_of([items], f"CARD{n}") for n in range(20)}) > 15


@given(st.text("ABCDEFGH2345", min_size=8, max_size=8))
def test_a_code_is_read_however_it_is_written(code: str) -> None:
    assert read_code(f" {code[:4].lower()}-{code[4:]} ") == code


def test_whom_a_pupil_taught() -> None:
    grown, child, unknown = Check(2, 1980), Check(3, 2013), Check(4, None)
    found = taught([grown, grown, child, unknown, Check(1, 1990), Check(None, None)], pupil=1, year=2026)
    assert found == Taught(grown_ups=1, unclaimed=1)
    assert taught([Check(2, 2010)], 1, 2026) == Taught(0, 0) and taught([Check(2, 2009)], 1, 2026) == Taught(1, 0)


def test_a_question_that_points_at_its_step_is_not_asked_at_home() -> None:
    assert not stands_alone("Xem tin «ngân hàng» ở trên. Điều gì cho biết đó là tin giả?")
    assert not stands_alone("Hình trên nói gì?") and stands_alone("Cái gì in trên tờ giấy?")


def test_every_course_has_five_questions_left() -> None:
    for course in shelf().courses:
        steps = [step for lesson in course.lessons for step in lesson.steps]
        checks = {part.item_id for step in steps for part in step.parts if hasattr(part, "item_id")}
        fit = [one for one in shelf().items if one.id in checks and one.type in ("single", "truefalse")]
        assert sum(stands_alone(one.stem) for one in fit) >= QUESTIONS, course.id
