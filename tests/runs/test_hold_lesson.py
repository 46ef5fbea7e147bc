"""A teacher holds a lesson: begins it, says who is there, sees where everybody is, ends it. Nobody else can."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms import clock
from lms.classes import actions as classes
from lms.classes.queries import pupils
from lms.courses.models import StepRead
from lms.courses.queries import lesson_at, outline
from lms.db import db, open_write
from lms.journal import JournalLine
from lms.people import actions as people
from lms.quizzes.models import PracticeAnswer
from lms.refusals import Refusal
from lms.runs import actions, queries
from lms.runs.models import Attendance, LessonRun
from lms.runs.rules.pace import LASTS
from tests.runs.conftest import LESSON
from tests.witnessing.world import NOW


def number_of(app, world, name: str) -> int:
    with app.app_context():
        return [one.id for one in pupils(world.school_class, clock.today())].index(getattr(world, name)) + 1


def test_from_the_class_page_to_the_board_and_the_end(app, world, held) -> None:
    assert f"/lop-hoc/{world.school_class}/tiet" in held.hoa.get(f"/lop-hoc/{world.school_class}").text
    sent = {f"co-{world.an}": "on", f"co-{world.binh}": "on", f"cung-{world.binh}": str(number_of(app, world, "an"))}
    answer = held.hoa.post(f"{held.at}/diem-danh", data=sent)
    assert answer.status_code == 303 and answer.location == held.at
    page = held.hoa.get(held.at).text
    assert "Bùi Bình An" in page and "cùng máy với Bùi Bình An" in page and "Mở đầu" in page
    held.hoa.post(f"{held.at}/het")
    assert "Tiết học đã kết thúc" in held.hoa.get(held.at).text
    listed = held.hoa.get(f"/lop-hoc/{world.school_class}/tiet").text
    assert "có mặt 2, vắng 0" in listed and "Bắt đầu tiết học" in listed


def test_the_board_shows_who_reads_who_is_stuck_and_who_is_done(app, world, held) -> None:
    with app.app_context():
        open_write()
        place = lesson_at(LESSON)
        steps = outline(place.id, place.digest).steps
        for step in steps:
            db.session.add(StepRead(person_id=world.an, lesson_id=LESSON, step_id=step.id, at=NOW))
        check = next(item for step in steps for item in step.checks)
        for n in range(2):
            db.session.add(PracticeAnswer(id=uuid4(), person_id=world.binh, item_id=check, digest="d", answer={},
                                          is_right=False, at=NOW + timedelta(seconds=n)))  # fmt: skip
        db.session.commit()
    page = held.hoa.get(held.at).text
    assert 'class="is-done"' in page and "sai 2 câu liền" in page
    part = held.hoa.get(f"{held.at}?phan=bang").text
    assert "is-stuck" in part and "<html" not in part and "csrf" not in part


def test_somebody_absent_is_said_so_and_can_be_corrected(app, world, held) -> None:
    held.hoa.post(f"{held.at}/diem-danh", data={f"co-{world.an}": "on"})
    assert 'class="is-absent"' in held.hoa.get(held.at).text
    assert "có mặt 1, vắng 1" in held.hoa.get(f"/lop-hoc/{world.school_class}/tiet").text
    held.hoa.post(f"{held.at}/diem-danh", data={f"co-{world.an}": "on", f"co-{world.binh}": "on"})
    assert 'class="is-absent"' not in held.hoa.get(held.at).text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Attendance)) == 2
    assert "Quách Văn Bình" in held.hoa.get(f"/lop-hoc/{world.school_class}/diem-danh").text


def test_a_wrong_number_is_told_at_its_row_and_what_was_typed_stays(world, held) -> None:
    answer = held.hoa.post(f"{held.at}/diem-danh", data={f"co-{world.an}": "on", f"cung-{world.an}": "77"})
    assert answer.status_code == 422 and "Ghi số từ 1 đến 2" in answer.text and 'value="77"' in answer.text


def test_two_taps_begin_one_lesson_and_another_waits_for_the_end(app, world, held) -> None:
    again = held.hoa.post(f"/lop-hoc/{world.school_class}/tiet", data={"lesson_id": LESSON})
    assert again.location == f"{held.at}/diem-danh"
    other = held.hoa.post(f"/lop-hoc/{world.school_class}/tiet", data={"lesson_id": "l.s1.1"})
    assert other.status_code == 422 and "chưa kết thúc" in other.text
    assert held.hoa.post(f"/lop-hoc/{world.school_class}/tiet", data={"lesson_id": "x"}).status_code == 422
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(LessonRun)) == 1


def test_an_ending_is_taken_back_but_not_the_next_day(app, world, held) -> None:
    held.hoa.post(f"{held.at}/het")
    held.hoa.post(f"{held.at}/mo-lai")
    assert "Kết thúc tiết học" in held.hoa.get(held.at).text
    held.hoa.post(f"{held.at}/het")
    with app.app_context(), clock.frozen(NOW + LASTS):
        with pytest.raises(Refusal):
            actions.go_on(queries.run_of(world.school_class, held.id))
        started = actions.start_run(uuid4(), world.school_class, "l.s1.1", world.hoa)
        assert started.id != held.id


def test_a_lesson_nobody_ended_gives_way_to_the_next(app, world, held) -> None:
    with app.app_context(), clock.frozen(NOW + LASTS):
        new = actions.start_run(uuid4(), world.school_class, "l.s1.1", world.hoa)
        assert queries.run_of(world.school_class, held.id).ended_at is not None
        assert queries.open_run(world.school_class).id == new.id


def test_the_roster_is_that_of_the_day(app, world, held) -> None:
    with app.app_context():
        row = db.session.scalars(select(classes.Enrolment).where(classes.Enrolment.person_id == world.binh)).one()
        classes.leave_class(row, clock.today() + timedelta(days=1))
        db.session.commit()
    assert "Quách Văn Bình" in held.hoa.get(held.at).text


def test_looking_leaves_one_line_however_often_the_board_renews(app, world, held) -> None:
    for _n in range(3):
        held.hoa.get(f"{held.at}?phan=bang")
    with app.app_context():
        keys = db.session.scalars(select(JournalLine.key).where(JournalLine.key.startswith("run:"))).all()
    assert len(keys) == 1


def test_many_learners_cost_no_more_statements(app, world, held, queries) -> None:
    def cost() -> int:
        held.hoa.get(held.at)
        with queries() as said:
            assert held.hoa.get(held.at).status_code == 200
        return len(said)

    few = cost()
    with app.app_context():
        for n in range(40):
            person = people.create_person(f"Bùi Văn Số {n}", 2013)
            classes.enrol(world.school_class, person.id, clock.today())
        db.session.commit()
    assert cost() == few <= 20


@pytest.mark.parametrize("who", ["stranger", "an", "mai", "nam"])
def test_the_stranger_gets_nothing(as_, world, held, who) -> None:
    client = as_(who)
    room = f"/lop-hoc/{world.school_class}"
    for page in (f"{room}/tiet", f"{room}/diem-danh", f"{room}/the-chu", held.at, f"{held.at}/diem-danh"):
        assert client.get(page).status_code in (403, 404), page
    for page in (f"{room}/tiet", f"{held.at}/diem-danh", f"{held.at}/het", f"{held.at}/mo-lai", f"{held.at}/cau"):
        assert client.post(page).status_code in (403, 404), page


def test_a_run_belongs_to_its_class(as_, world, held) -> None:
    stranger = as_("stranger")
    assert stranger.get(held.at.replace(f"/{world.school_class}/", f"/{world.other_school_class}/")).status_code == 404
    assert stranger.get(f"/lop-hoc/{world.other_school_class}/tiet/{uuid4()}").status_code == 404
