"""The teacher's class: who read, tried, passed and needs help; assigning, pupils coming and going; nobody else's class."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms import clock
from lms.access.rules import Role
from lms.classes import actions as classes
from lms.classes.models import Assignment, ClassTeacher, Enrolment, SchoolClass
from lms.classes.queries.progress import sheet
from lms.classes.rules import Given, Tried, needs_help
from lms.db import db
from lms.journal import JournalLine
from lms.people import actions as people
from lms.people.models import Person
from tests.classes import school
from tests.rosters import hamlet
from tests.rosters.hamlet import count, sign_in


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def test_the_class_page_tells_who_read_passed_and_needs_help(as_teacher, ids, room):
    row, (lan, nam, uoc) = room
    module = school.shelved()
    at = f"/lop-hoc/{row.id}"
    due = clock.today() + timedelta(days=7)
    assert (
        as_teacher.post(f"{at}/giao-bai", data={"module_id": module.id, "due_on": due.isoformat()}).status_code == 303
    )
    school.read_steps(lan.id, 3)
    school.sat(nam.id, passed=False)
    school.consented(lan.id)
    page = text(as_teacher.get(at))
    assert "Quét mã cho đúng" in page and "1/3 em đã đọc xong" in page
    assert "Bài kiểm tra thanh toán chưa đạt" in page
    assert "2 em chưa đủ chữ ký" in page and "chưa nối" in page and f"lop={row.id}" in page
    lines = {line.person.id: line for line in sheet(row.id, [lan, nam, uoc], clock.today())}
    assert lines[lan.id].given[0].is_read and not lines[nam.id].given[0].is_read
    assert lines[nam.id].help and not lines[lan.id].help


def test_withdrawing_a_module_can_be_undone(as_teacher, ids, room):
    row, _pupils = room
    module = school.shelved()
    given = classes.assign_module(row.id, module.id, clock.today(), None)
    db.session.commit()
    at = f"/lop-hoc/{row.id}/bai-giao/{given.id}"
    as_teacher.post(f"{at}/thu-hoi")
    assert count(Assignment, Assignment.withdrawn_at.is_(None)) == 0
    as_teacher.post(f"{at}/giao-lai")
    assert count(Assignment, Assignment.withdrawn_at.is_(None)) == 1


def test_a_due_day_in_the_past_is_refused_on_the_form(as_teacher, ids, room):
    module = school.shelved()
    answer = as_teacher.post(f"/lop-hoc/{room[0].id}/giao-bai", data={"module_id": module.id, "due_on": "2026-01-01"})
    assert answer.status_code == 422 and "từ hôm nay" in answer.get_data(as_text=True)


def test_a_pupil_is_added_and_leaves_and_comes_back(as_teacher, ids, room):
    row, _pupils = room
    at = f"/lop-hoc/{row.id}"
    as_teacher.post(f"{at}/them-em", data={"full_name": "Hà Thị Nga", "birth_year": "2013", "gender": "nu"})
    nga = db.session.scalars(select(Person).where(Person.full_name == "Hà Thị Nga")).one()
    assert "Hà Thị Nga" in text(as_teacher.get(at))
    as_teacher.post(f"{at}/em/{nga.id}/thoi-hoc")
    assert "Hà Thị Nga" not in text(as_teacher.get(at)).split("<main")[1].split("</main>")[0].replace("em Hà", "")
    as_teacher.post(f"{at}/em/{nga.id}/tro-lai")
    assert "Hà Thị Nga" in text(as_teacher.get(at))


def test_a_namesake_is_asked_about(as_teacher, ids, room):
    row, (lan, *_others) = room
    fields = {"full_name": lan.full_name, "birth_year": "2013", "gender": ""}
    answer = as_teacher.post(f"/lop-hoc/{row.id}/them-em", data=fields)
    assert answer.status_code == 422 and "trùng tên và năm sinh" in answer.get_data(as_text=True)
    assert as_teacher.post(f"/lop-hoc/{row.id}/them-em", data={**fields, "is_another": "y"}).status_code == 303
    assert count(Enrolment) == 4


def test_a_pupil_of_another_class_can_be_taken_in(as_teacher, ids, room):
    row, (lan, *_others) = room
    other = classes.found_class(ids["school"], "7B", "2026–2027", school.BEGUN)
    classes.appoint_teacher(other.id, ids["teacher"], school.BEGUN)
    db.session.commit()
    assert as_teacher.post(f"/lop-hoc/{other.id}/em/{lan.id}/nhan").status_code == 303
    now = db.session.scalars(select(Enrolment).where(Enrolment.person_id == lan.id, Enrolment.until_on.is_(None))).one()
    assert now.class_id == other.id and row.id != other.id


def test_nobody_is_let_in_by_an_undo_address(as_teacher, ids, room):
    row, _pupils = room
    assert as_teacher.post(f"/lop-hoc/{row.id}/em/{ids['officer']}/tro-lai").status_code == 404
    assert as_teacher.post(f"/lop-hoc/{row.id}/em/{ids['officer']}/nhan").status_code == 404


def test_a_class_is_founded_by_its_teacher(as_teacher, ids):
    fields = {"site_id": ids["school"], "name": "8C", "school_year": "2026-2027"}
    assert as_teacher.post("/lop-hoc/them", data=fields).status_code == 303
    row = db.session.scalars(select(SchoolClass)).one()
    assert (row.school_year, db.session.scalar(select(ClassTeacher.person_id))) == ("2026–2027", ids["teacher"])
    assert as_teacher.post("/lop-hoc/them", data=fields).status_code == 422  # its name is taken
    assert as_teacher.post("/lop-hoc/them", data={**fields, "site_id": ids["other-school"]}).status_code == 422


def test_teachers_come_and_go_with_undo(as_teacher, ids, room):
    row, _pupils = room
    thu = hamlet.staff("Thu", Role.TEACHER, site_id=ids["school"])
    db.session.commit()
    at = f"/lop-hoc/{row.id}/giao-vien"
    assert as_teacher.post(at, data={"person_id": thu}).status_code == 303
    as_teacher.post(f"{at}/{thu}/thoi")
    assert count(ClassTeacher, ClassTeacher.until_on.is_(None)) == 1
    as_teacher.post(f"{at}/{thu}/tro-lai")
    assert count(ClassTeacher, ClassTeacher.until_on.is_(None)) == 2


def test_the_pupils_record_shows_no_household(as_teacher, ids, room):
    _row, (lan, *_others) = room
    school.shelved()
    page = text(as_teacher.get(f"/hoc-sinh/{lan.id}"))
    assert "chưa nối hộ" in page and "ho-gia-dinh" not in page
    kinds = set(db.session.scalars(select(JournalLine.kind)))
    assert "read-person" in kinds


@pytest.mark.parametrize("who", ["stranger", "officer"])
def test_the_stranger_gets_nothing(client, ids, room, who):
    row, (lan, *_others) = room
    sign_in(client, ids[who])
    at = f"/lop-hoc/{row.id}"
    missing = {403, 404}
    for page in (
        at,
        f"{at}/dong-y",
        f"{at}/dong-y/phieu",
        f"{at}/giao-bai",
        f"{at}/them-em",
        f"{at}/giao-vien",
        f"/hoc-sinh/{lan.id}",
    ):
        assert client.get(page).status_code in missing, page
    for page in (
        f"{at}/them-em",
        f"{at}/em/{lan.id}/thoi-hoc",
        f"{at}/em/{lan.id}/nhan",
        f"{at}/dong-y",
        f"{at}/giao-vien",
    ):
        assert client.post(page).status_code in missing, page
    if who == "stranger":
        assert client.get(at).status_code == 404 and "7A" not in text(client.get("/lop-hoc"))


def test_a_class_of_45_costs_no_more_queries_than_one_of_three(client, ids, queries, db_session):
    school.shelved()
    few, _pupils = school.founded(ids)
    many = classes.found_class(ids["school"], "7B", "2026–2027", school.BEGUN)
    classes.appoint_teacher(many.id, ids["teacher"], school.BEGUN)
    for n in range(45):
        classes.enrol(many.id, people.create_person(f"Bùi Văn Số {n}", 2013).id, school.BEGUN)
    db.session.commit()
    sign_in(client, ids["teacher"])

    def cost(row):
        client.get(f"/lop-hoc/{row.id}")
        with queries() as said:
            assert client.get(f"/lop-hoc/{row.id}").status_code == 200
        return len(said)

    assert cost(many) == cost(few) <= 22


def test_who_needs_help_is_a_rule():
    today = school.BEGUN
    given = Given("Bài", today - timedelta(days=20), today - timedelta(days=1), steps=3, read=1)
    assert "chưa đạt" in needs_help([given], [Tried("thanh toán", False)], None, today)
    assert "Quá hạn" in needs_help([given], [], None, today)
    later = Given("Bài", today - timedelta(days=20), today + timedelta(days=1), steps=3, read=1)
    assert "Dừng ở bước 1" in needs_help([later], [], today - timedelta(days=6), today)
    unread = Given("Bài", today - timedelta(days=13), today + timedelta(days=1), steps=3, read=0)
    assert "13 ngày" in needs_help([unread], [], None, today)
    yesterday = today - timedelta(days=1)
    assert "Quá hạn" in needs_help([given], [], None, today, yesterday)
    assert needs_help([given], [], None, today, today) == "", "whoever joined after its day is not late"
    assert needs_help([unread], [], None, today, yesterday) == "", "nor silent since before they came"
    done = Given("Bài", today - timedelta(days=13), today - timedelta(days=1), steps=3, read=3)
    assert needs_help([done], [Tried("thanh toán", True)], None, today) == ""
    assert needs_help([], [], None, today) == ""


def test_no_form_answers_in_english(as_teacher, room):
    row, _pupils = room
    sent = {"full_name": "x" * 200, "birth_year": "abc", "gender": "zz"}
    page = as_teacher.post(f"/lop-hoc/{row.id}/them-em", data=sent).get_data(as_text=True)
    for words in ("Dài quá, nhiều nhất 120 chữ.", "Ghi một số nguyên.", "Chọn lại một mục trong danh sách."):
        assert words in page
    page = as_teacher.post(f"/lop-hoc/{row.id}/dong-y", data={"signed_on": "31/02/2026"}).get_data(as_text=True)
    assert "có thật" in page and "Not a valid" not in page


def test_a_name_has_a_letter(as_teacher, room):
    row, _pupils = room
    before = count(Enrolment)
    for name in ("😀😀", "123", "  "):
        sent = {"full_name": name, "birth_year": "2014"}
        assert as_teacher.post(f"/lop-hoc/{row.id}/them-em", data=sent).status_code == 422
    assert count(Enrolment) == before


def test_a_number_too_long_for_any_pupil_is_nobody(as_teacher, room):
    for address in (f"/hoc-sinh/{10**30}", f"/lop-hoc/{10**30}"):
        assert as_teacher.get(address).status_code == 404
