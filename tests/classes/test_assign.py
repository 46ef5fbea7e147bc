"""Giving work: modules to a class, a group or a pupil, by day or by school week, in order, or as in an earlier year."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms import clock
from lms.access.rules import Role
from lms.classes import actions as classes
from lms.classes.models import Assignment, ClassGroup, GroupMember, SchoolCalendar
from lms.classes.queries import planning
from lms.classes.rules.school_weeks import SchoolYear, Stretch, monday_of, weeks_of
from lms.courses.models import Lesson, LessonVersion, Module
from lms.db import db, open_write
from lms.people import actions as people
from tests.classes import school
from tests.rosters import hamlet
from tests.rosters.hamlet import count, sign_in

WEEK = timedelta(days=7)


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


@pytest.fixture
def shelf(room):
    """Two modules: (class, pupils)."""
    school.shelved()
    open_write()
    db.session.add(Module(id="m.s3.2", course_id="c.tt", title="Chuyển khoản", position=2))
    db.session.flush()
    db.session.add(
        Lesson(id="l.s3.2", module_id="m.s3.2", slug="chuyen", title="Chuyển", minutes=45, position=1, digest="d")
    )
    db.session.flush()
    steps = [{"id": "b0", "title": "", "parts": []}]
    db.session.add(LessonVersion(lesson_id="l.s3.2", digest="d", steps=steps, published_at=clock.now()))
    db.session.commit()
    return room


def year_around_today(site_id, teacher):
    """Terms that hold today, ten weeks of it over."""
    monday = monday_of(clock.today())
    first = Stretch(monday - 10 * WEEK, monday + 5 * WEEK)
    year = SchoolYear(first, Stretch(first.until_on + timedelta(days=1), monday + 25 * WEEK))
    classes.set_calendar(site_id, "2026–2027", year, teacher)
    db.session.commit()
    return year


def given(**where):
    return list(db.session.scalars(select(Assignment).filter_by(**where).order_by(Assignment.id)))


def first_page(client, person):
    people.create_account(person, f"em.{person.id}", "no hash", must_change=False)
    db.session.commit()
    page = text(sign_in(client, person.id).get("/"))
    return page


def post(client, row, **fields):
    due = (clock.today() + WEEK).isoformat()
    return client.post(f"/lop-hoc/{row.id}/giao-bai", data={"module_id": "m.s3.1", "due_on": due, **fields})


def test_modules_are_given_in_order_one_a_week(as_teacher, client, shelf):
    row, (lan, *_others) = shelf
    sent = {"module_id": ["m.s3.2", "m.s3.1"], "in_order": "y", "one_a_week": "y"}
    assert post(as_teacher, row, **sent).status_code == 303
    first, second = given()
    assert (first.module_id, second.module_id) == ("m.s3.1", "m.s3.2")  # as on the shelf
    assert second.after_id == first.id and second.due_on == first.due_on + WEEK
    page = first_page(client, lan)
    assert "học sau bài «Quét mã cho đúng»" in page
    school.read_steps(lan.id, 3)
    page = text(client.get("/"))
    assert "học sau bài" not in page and "Chuyển khoản" in page and "Quét mã cho đúng" not in page


def test_taking_it_back_takes_all_back(as_teacher, shelf):
    row, _pupils = shelf
    post(as_teacher, row, module_id=["m.s3.1", "m.s3.2"])
    first, second = (one.id for one in given())
    at = f"/lop-hoc/{row.id}/bai-giao/{first}"
    as_teacher.post(f"{at}/thu-hoi?cung={second}")
    assert count(Assignment, Assignment.withdrawn_at.is_(None)) == 0
    as_teacher.post(f"{at}/giao-lai?cung={second}")
    assert count(Assignment, Assignment.withdrawn_at.is_(None)) == 2


def test_a_group_or_a_pupil_alone_is_asked(as_teacher, client, shelf):
    row, (lan, nam, uoc) = shelf
    assert as_teacher.post(f"/lop-hoc/{row.id}/nhom", data={"name": "Tổ 1"}).status_code == 303
    group = db.session.scalars(select(ClassGroup)).one()
    as_teacher.post(f"/lop-hoc/{row.id}/nhom/{group.id}", data={"em": [nam.id, 999_999]})
    assert count(GroupMember) == 1
    assert post(as_teacher, row, target=f"nhom:{group.id}").status_code == 303
    assert post(as_teacher, row, target=f"em:{uoc.id}", module_id="m.s3.2").status_code == 303
    page = text(as_teacher.get(f"/lop-hoc/{row.id}"))
    assert "Tổ 1" in page and "0/1 em đã đọc xong" in page
    assert "Quét mã cho đúng" in first_page(client, nam) and "Tổ 1" not in text(client.get("/"))
    assert "Quét mã cho đúng" not in first_page(client, lan)
    page = first_page(client, uoc)
    assert "Chuyển khoản" in page and "Quét mã cho đúng" not in page


def test_a_group_that_ended_is_asked_no_more(as_teacher, shelf):
    row, (lan, *_others) = shelf
    group = classes.found_group(row.id, "Tổ 2")
    classes.choose_members(group, [lan.id])
    classes.assign_module(row.id, "m.s3.1", clock.today(), None, group_id=group.id)
    db.session.commit()
    at = f"/lop-hoc/{row.id}/nhom/{group.id}"
    as_teacher.post(f"{at}/thoi")
    assert planning.assigned_to(lan.id, [row.id], clock.today()) == [] and planning.tasks(row.id) == []
    as_teacher.post(f"{at}/tro-lai")
    assert len(planning.assigned_to(lan.id, [row.id], clock.today())) == 1


def test_what_opens_later_is_not_seen_yet(as_teacher, client, shelf):
    row, (lan, *_others) = shelf
    opens = clock.today() + timedelta(days=3)
    post(as_teacher, row, opens_on=opens.isoformat())
    assert f"mở ngày {opens:%d/%m/%Y}" in text(as_teacher.get(f"/lop-hoc/{row.id}"))
    assert "Quét mã cho đúng" not in first_page(client, lan)
    assert len(planning.assigned_to(lan.id, [row.id], opens)) == 1


def test_past_due_is_told_kindly(as_teacher, client, shelf):
    row, (lan, *_others) = shelf
    classes.assign_module(row.id, "m.s3.1", clock.today(), None)
    open_write()
    given()[0].due_on = clock.today() - WEEK
    db.session.commit()
    page = first_page(client, lan)
    assert "Chưa kịp cũng không sao" in page and "quá hạn" not in page


def test_due_by_week_and_lesson_of_the_school_year(as_teacher, ids, shelf):
    row, _pupils = shelf
    year = year_around_today(ids["school"], ids["teacher"])
    classes.set_timetable(row.id, [4, 1])
    db.session.commit()
    page = text(as_teacher.get(f"/lop-hoc/{row.id}/giao-bai"))
    assert "Tuần 12 (" in page and "Tuần 2 (" not in page and "Tiết 2, Thứ Sáu" in page
    assert post(as_teacher, row, due_by="tuan", week=13, period=2).status_code == 303
    assert given()[0].due_on == weeks_of(year)[12] + timedelta(days=4)
    assert post(as_teacher, row, due_by="tuan", week=0, period=2).status_code == 422
    assert post(as_teacher, row, due_by="tuan", week=13, period=7).status_code == 422


def test_the_school_year_is_set_and_mended(as_teacher, ids, shelf):
    row, _pupils = shelf
    sent = {"first_from": "2026-09-07", "first_until": "2027-01-10", "second_from": "2027-01-11",
            "second_until": "2027-05-23", "breaks": "01/02/2027 - 14/02/2027", "weekdays": ["0", "4"]}  # fmt: skip
    at = f"/lop-hoc/{row.id}/nam-hoc"
    assert as_teacher.post(at, data=sent).status_code == 303
    page = text(as_teacher.get(at))
    assert "35 tuần học" in page and "01/02/2027 - 14/02/2027" in page and "Hoa" in page
    assert as_teacher.post(at, data={**sent, "breaks": ""}).status_code == 303 and count(SchoolCalendar) == 1
    for wrong in ({"breaks": "Tết"}, {"second_from": "2026-10-01"}, {"first_from": ""}, {"weekdays": ["9"]}):
        assert as_teacher.post(at, data={**sent, **wrong}).status_code == 422, wrong


def test_an_evening_class_has_no_school_year(as_teacher, ids):
    row = classes.found_class(ids["school"], "Lớp tối", "", school.BEGUN)
    classes.appoint_teacher(row.id, ids["teacher"], school.BEGUN)
    db.session.commit()
    assert as_teacher.get(f"/lop-hoc/{row.id}/nam-hoc").status_code == 404
    assert "Lớp tối" in text(as_teacher.get(f"/lop-hoc/{row.id}")), "«Lớp» is said once"
    page = text(as_teacher.get(f"/lop-hoc/{row.id}"))
    assert "0 người học" in page and not any(word in page for word in (" em ", "Lên lớp", "chuyển trường", "phụ huynh"))
    assert "Lớp Lớp" not in text(as_teacher.get(f"/lop-hoc/{row.id}"))
    assert "nam-hoc" not in text(as_teacher.get(f"/lop-hoc/{row.id}/giao-bai"))


def test_an_earlier_plan_is_used_again(as_teacher, ids, shelf):
    row, _pupils = shelf
    old = classes.found_class(ids["school"], "7A", "2025–2026", school.BEGUN - 52 * WEEK, school.BEGUN)
    classes.appoint_teacher(old.id, ids["teacher"], school.BEGUN - 52 * WEEK)
    classes.end_teacher(old.id, ids["teacher"], school.BEGUN)
    for module in ("m.s3.1", "m.s3.2"):
        classes.assign_module(old.id, module, clock.today(), None)
    db.session.commit()
    open_write()
    soon, past = given(class_id=old.id)
    soon.due_on, past.due_on = clock.today() - 51 * WEEK, clock.today() - 53 * WEEK
    db.session.commit()
    at = f"/lop-hoc/{row.id}/ke-hoach-cu"
    assert "2025–2026" in text(as_teacher.get(at))
    page = text(as_teacher.get(f"{at}?tu={old.id}"))
    due = (clock.today() + WEEK).isoformat()
    assert due in page and "ngày này đã qua" in page
    assert as_teacher.post(f"{at}?tu={old.id}", data={"bai": "m.s3.1", "han-m.s3.1": due}).status_code == 303
    (taken,) = given(class_id=row.id)
    assert taken.due_on.isoformat() == due
    for sent in ({}, {"bai": "m.s3.1", "han-m.s3.1": "x"}, {"bai": "m.s3.2", "han-m.s3.2": "2020-01-01"}):
        assert as_teacher.post(f"{at}?tu={old.id}", data=sent).status_code == 422
    assert len(given(class_id=row.id)) == 1


def test_nothing_and_nobody_wrong_is_given(as_teacher, ids, shelf):
    row, _pupils = shelf
    other = people.create_person("Lê Thị Khác", 2013)
    db.session.commit()
    early = {"opens_on": (clock.today() + 2 * WEEK).isoformat()}
    for sent in ({"module_id": []}, {"module_id": "m.x"}, {"target": f"em:{other.id}"}, {"target": "nhom:1"},
                 {"due_on": ""}, {"due_on": "2026-01-01"}, early):  # fmt: skip
        assert post(as_teacher, row, **sent).status_code == 422, sent
    assert given() == []


def test_another_schools_plan_and_groups_are_out_of_reach(as_teacher, ids, shelf):
    row, _pupils = shelf
    far = classes.found_class(ids["other-school"], "9Z", "2026–2027", school.BEGUN)
    classes.assign_module(far.id, "m.s3.1", clock.today(), None)
    group = classes.found_group(far.id, "Tổ xa")
    near = classes.found_class(ids["school"], "9Y", "2026–2027", school.BEGUN)  # the same school, not one's own
    classes.assign_module(near.id, "m.s3.1", clock.today(), None)
    db.session.commit()
    for other in (far, near):
        assert as_teacher.get(f"/lop-hoc/{row.id}/ke-hoach-cu?tu={other.id}").status_code == 404
    assert as_teacher.get(f"/lop-hoc/{row.id}/nhom/{group.id}").status_code == 404
    alien = given(class_id=far.id)[0].id
    mine = classes.assign_module(row.id, "m.s3.1", clock.today(), None).id
    db.session.commit()
    assert as_teacher.post(f"/lop-hoc/{row.id}/bai-giao/{mine}/thu-hoi?cung={alien}").status_code == 404
    assert count(Assignment, Assignment.withdrawn_at.is_not(None)) == 0


@pytest.mark.parametrize("who", ["stranger", "officer", "principal"])
def test_the_stranger_gives_nothing(client, ids, shelf, who):
    row, _pupils = shelf
    group = classes.found_group(row.id, "Tổ 1")
    ids["principal"] = hamlet.staff("Hiệu", Role.PRINCIPAL, site_id=ids["school"])
    db.session.commit()
    sign_in(client, ids[who])
    at = f"/lop-hoc/{row.id}"
    for page in (f"{at}/giao-bai", f"{at}/nhom", f"{at}/nhom/{group.id}", f"{at}/ke-hoach-cu"):
        assert client.get(page).status_code in (403, 404), page
        assert client.post(page).status_code in (403, 404), page
    if who != "principal":
        assert client.get(f"{at}/nam-hoc").status_code in (403, 404)
