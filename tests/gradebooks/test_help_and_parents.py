"""Who needs help and with what; slips to hand out; the page a pupil takes home."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from lms import clock
from lms.classes import actions as classes
from lms.db import db, open_write
from lms.library.commands import publish_books
from lms.people import actions as people
from lms.people.rules import ConsentAct, Giver, Purpose
from lms.quizzes import actions as quizzes
from lms.quizzes.models import Item
from lms.quizzes.queries import practice_items
from lms.quizzes.rules.items import field_name, read_answer
from lms.quizzes.rules.shapes import Answer
from lms.skills.models import SkillSpell
from tests.classes import school
from tests.house.two_worlds import shelf
from tests.rosters.hamlet import sign_in


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


@pytest.fixture
def books(room):
    """The class beside the real books: (class, pupils, a practice question with one key)."""
    publish_books(shelf())
    db.session.commit()
    ids = list(db.session.scalars(select(Item.id).where(Item.skill_id == "s3", Item.pool == "luyen").order_by(Item.id)))
    found = practice_items(ids)
    return *room, next(found[one] for one in ids if found[one].type == "single" and found[one].step)


def answered(person, item, option):
    answer = read_answer(item, {field_name(item.id): [option]})
    assert isinstance(answer, Answer)
    quizzes.answer_practice(uuid4(), person.id, item, answer)
    db.session.commit()


def wrong_of(item):
    return next(one for one in item.options if not one.correct and one.feedback)


def test_a_shared_mistake_is_shown_with_the_step_that_treats_it(as_teacher, books):
    row, (lan, nam, uoc), item = books
    wrong = wrong_of(item)
    for person, times in ((lan, 3), (nam, 3), (uoc, 1)):
        for _time in range(times):
            answered(person, item, wrong.id)
    page = text(as_teacher.get(f"/lop-hoc/{row.id}/can-giup"))
    assert "2 em cùng nhầm" in page and "chieu=1" in page and f"/hoc-sinh/{uoc.id}" not in page
    assert wrong.feedback.split()[0] in page
    slips = text(as_teacher.get(f"/lop-hoc/{row.id}/can-giup/the"))
    assert "Gửi em Bùi Thị Lan" in slips and "chừng 5 phút" in slips and wrong.feedback not in slips
    assert "http://localhost/khoa-hoc/" in slips and "Ước" not in slips
    right = next(one for one in item.options if one.correct)
    answered(lan, item, right.id)
    assert "Lan" not in text(as_teacher.get(f"/lop-hoc/{row.id}/can-giup")).split("<main")[1]


def test_papers_that_go_home_are_silent_on_a_result_still_to_be_told(as_teacher, books):
    row, (lan, nam, _uoc), item = books
    due = clock.today() + timedelta(days=3)
    classes.assign_module(row.id, "m.s3.1", due, None, person_id=lan.id, results_wait=True)
    db.session.commit()
    for person in (lan, nam):
        school.sat(person.id, passed=False)
        for _time in range(3):
            answered(person, item, wrong_of(item).id)
    told = f"có kết quả từ ngày {due + timedelta(days=1):%d/%m/%Y}"
    assert told in text(as_teacher.get(f"/lop-hoc/{row.id}/phu-huynh/{lan.id}"))
    assert told not in text(as_teacher.get(f"/lop-hoc/{row.id}/phu-huynh/{nam.id}"))
    slips = text(as_teacher.get(f"/lop-hoc/{row.id}/can-giup/the"))
    assert "Gửi em Lê Văn Nam" in slips and "Gửi em Bùi Thị Lan" not in slips
    assert "Bùi Thị Lan" in text(as_teacher.get(f"/lop-hoc/{row.id}/can-giup")), "the teacher sees all of it"


def test_late_work_and_renewals_are_listed(as_teacher, books):
    row, (lan, nam, _uoc), _item = books
    given = classes.assign_module(row.id, "m.s3.1", clock.today(), None)
    open_write()
    given.due_on = clock.today() - timedelta(days=1)
    for person, days in ((lan, 60), (nam, 300)):
        db.session.add(SkillSpell(person_id=person.id, skill_id="s3", from_on=school.BEGUN - timedelta(days=300),
                                  until_on=clock.today() + timedelta(days=days), ruleset_id="r", witness_role="teacher",
                                  concluded_at=clock.now()))  # fmt: skip
    db.session.commit()
    page = text(as_teacher.get(f"/lop-hoc/{row.id}/can-giup"))
    assert "Bài đã qua hạn" in page and "Đến lúc làm mới" in page
    assert (clock.today() + timedelta(days=59)).strftime("%d/%m/%Y") in page
    slips = text(as_teacher.get(f"/lop-hoc/{row.id}/can-giup/the"))
    assert "vẫn đang đợi" in slips and "đến lúc làm mới" in slips


def test_nobody_stuck_is_said(as_teacher, books):
    row, _pupils, _item = books
    assert "không em nào vướng" in text(as_teacher.get(f"/lop-hoc/{row.id}/can-giup"))
    assert "không có thẻ nào" in text(as_teacher.get(f"/lop-hoc/{row.id}/can-giup/the"))


def test_a_class_of_45_costs_no_more_statements(as_teacher, books, ids, queries):
    few, (lan, *_others), item = books
    many = classes.found_class(ids["school"], "7B", "2026–2027", school.BEGUN)
    classes.appoint_teacher(many.id, ids["teacher"], school.BEGUN)
    crowd = [people.create_person(f"Bùi Văn Số {n}", 2013) for n in range(45)]
    for person in crowd:
        classes.enrol(many.id, person.id, school.BEGUN)
    for person in (lan, *crowd[:9]):
        for _time in range(3):
            answered(person, item, wrong_of(item).id)

    def cost(row, page):
        as_teacher.get(f"/lop-hoc/{row.id}/{page}")
        with queries() as said:
            assert as_teacher.get(f"/lop-hoc/{row.id}/{page}").status_code == 200
        return len(said)

    for page in ("can-giup", "phu-huynh"):
        assert cost(many, page) == cost(few, page) <= 26, page


def test_the_page_for_parents_tells_results_papers_and_link(as_teacher, books):
    row, (lan, nam, _uoc), _item = books
    school.consented(lan.id)
    people.record_consent(lan.id, Purpose.HOUSEHOLD_LINK, Giver.REPRESENTATIVE, people.CONSENT_TEXT, "paper",
                          act=ConsentAct.WITHDRAWN)  # fmt: skip
    db.session.commit()
    fields = {"words": "Em hay giúp bạn.", "sent": str(uuid4())}
    as_teacher.post(f"/lop-hoc/{row.id}/so-theo-doi/{lan.id}/chung", data=fields)
    page = text(as_teacher.get(f"/lop-hoc/{row.id}/phu-huynh/{lan.id}"))
    for words in (
        "Gửi phụ huynh em Bùi Thị Lan",
        "Em hay giúp bạn.",
        "đã đồng ý",
        "đã rút lại",
        "Chưa nối",
        "Chưa đạt",
    ):
        assert words in page, words
    assert f"em={lan.id}" in page and f"/nguoi/{lan.id}/dong-y" in page and "ho-gia-dinh" not in page
    assert nam.full_name not in page
    paper = text(as_teacher.get(f"/lop-hoc/{row.id}/dong-y/phieu?muc_dich=household-link&em={lan.id}"))
    assert lan.full_name in paper and nam.full_name not in paper
    assert as_teacher.get(f"/lop-hoc/{row.id}/dong-y/phieu?em=999999").status_code == 404
    everybody = text(as_teacher.get(f"/lop-hoc/{row.id}/phu-huynh"))
    assert lan.full_name in everybody and nam.full_name in everybody
    assert f"/phu-huynh/{lan.id}" in text(as_teacher.get(f"/hoc-sinh/{lan.id}"))


@pytest.mark.parametrize("who", ["stranger", "officer"])
def test_the_stranger_gets_nothing(client, ids, room, who):
    row, (lan, *_others) = room
    sign_in(client, ids[who])
    for page in ("can-giup", "can-giup/the", "phu-huynh", f"phu-huynh/{lan.id}"):
        assert client.get(f"/lop-hoc/{row.id}/{page}").status_code in (403, 404), page
