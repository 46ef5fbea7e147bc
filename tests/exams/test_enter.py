"""An exam grown out of the attended test: present and with the code one begins, else not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from lms import clock, completion
from lms.db import db
from lms.exams import actions
from lms.exams.models import Exam
from lms.people import actions as people
from lms.quizzes.models import Attempt
from lms.refusals import Refusal
from lms.skills.models import Evidence
from tests.exams import hall
from tests.exams.hall import TEST
from tests.quizzes import sitting
from tests.witnessing import world as made

As = Callable[[str], FlaskClient]


def start(person_id: int, **more: Any) -> Attempt:
    return completion.begin_attempt(uuid4(), person_id, "thanh-toan", uuid4().hex, **more)


def test_present_and_with_the_code_one_begins(app: Flask, as_: As, world: SimpleNamespace, exam: UUID) -> None:
    hoa, an = as_("hoa"), as_("an")
    assert "Nhập mã phòng thi" in an.get(TEST).text and "bat-dau" not in an.get(TEST).text
    code = hall.code_of(hoa, exam)
    address = hall.begun(an, code.lower().replace(" ", ""))
    assert an.get(address).status_code == 200
    page = hoa.get(f"/coi-thi/{exam}").text
    assert "1/2 có mặt · 1 đã bắt đầu" in page and code not in page
    an.post(address.rsplit("/", 1)[0] + "/nop")
    with app.app_context():
        assert db.session.scalars(select(Evidence.mode).where(Evidence.type == "quiz")).one() == "proctored"
        assert code.replace(" ", "") not in str(db.session.scalars(select(Exam.code_hash)).one())


def test_the_absent_cannot_begin(as_: As, world: SimpleNamespace, do: Any, exam: UUID) -> None:
    hoa, an = as_("hoa"), as_("an")
    hoa.post(f"/coi-thi/{exam}/co-mat", data={})
    an.post(f"{TEST}/ma", data={"code": hall.code_of(hoa, exam)})
    assert "chưa ghi có mặt" in an.get(TEST).text
    refused = sitting.begin(an)
    assert refused.status_code == 422 and "chưa ghi có mặt" in refused.text
    hoa.post(f"/coi-thi/{exam}/co-mat", data={"co-mat": [world.an], f"cho-{world.an}": "12"})
    assert 'value="12"' in hoa.get(f"/coi-thi/{exam}").text
    assert sitting.begin(an).status_code == 303


def test_without_the_code_nothing_begins(as_: As, exam: UUID) -> None:
    an = as_("an")
    refused = sitting.begin(an)
    assert refused.status_code == 422 and "Nhập mã phòng thi" in refused.text
    assert "chưa đọc mã" in an.post(f"{TEST}/ma", data={"code": "ABC DEF"}).text


def test_a_code_lives_ten_minutes_and_dies_with_the_next(as_: As, exam: UUID) -> None:
    hoa, an = as_("hoa"), as_("an")
    old = hall.code_of(hoa, exam)
    new = hall.code_of(hoa, exam)
    assert "Mã chưa đúng" in an.post(f"{TEST}/ma", data={"code": old}).text
    with clock.frozen(made.later(minutes=10)):
        assert "đã hết hạn" in an.post(f"{TEST}/ma", data={"code": new}).text
    with clock.frozen(made.later(minutes=9.9)):
        assert an.post(f"{TEST}/ma", data={"code": new}).status_code == 303


def test_wrong_codes_are_throttled(as_: As, exam: UUID) -> None:
    hoa, an = as_("hoa"), as_("an")
    code = hall.code_of(hoa, exam)
    statuses = [an.post(f"{TEST}/ma", data={"code": f"AAA AA{n}"}).status_code for n in range(2, 8)]
    assert statuses == [422] * 5 + [429]
    assert an.post(f"{TEST}/ma", data={"code": code}).status_code == 429, "guessing on is closed, even to the right one"
    with clock.frozen(made.later(minutes=16)):
        assert an.post(f"{TEST}/ma", data={"code": code}).status_code == 422, (
            "after a quarter of an hour one may try again"
        )


def test_a_code_fits_its_own_session_only(as_: As, world: SimpleNamespace, do: Any, exam: UUID) -> None:
    other = do(made.open_test, world.mai, "mua-sam", person_ids=[world.an])
    do(actions.make_exam, other, world.mai)
    foreign = hall.code_of(as_("mai"), other.id)
    hall.code_of(as_("hoa"), exam)
    assert "Mã chưa đúng" in as_("an").post(f"{TEST}/ma", data={"code": foreign}).text


def test_what_was_begun_before_goes_on(inside: SimpleNamespace) -> None:
    window = made.open_test(inside.hoa, class_id=inside.school_class)
    begun = start(inside.an)
    actions.make_exam(window, inside.hoa)
    assert start(inside.an).id == begun.id


def test_on_a_device_handed_over_no_code_is_asked(inside: SimpleNamespace) -> None:
    window = made.open_test(inside.hoa, class_id=inside.school_class)
    actions.make_exam(window, inside.hoa)
    with pytest.raises(Refusal) as refused:
        start(inside.an, host_id=inside.hoa)
    assert refused.value.code == "absent"
    actions.mark_present(window, [inside.an], {})
    assert start(inside.an, host_id=inside.hoa).mode == "proctored"


def test_a_linked_pupil_sits_on_one_seat(inside: SimpleNamespace) -> None:
    school, commune = (db.session.get_one(people.Person, one) for one in (inside.an, inside.far))
    for giver in ("self", "representative"):
        people.record_consent(inside.an, "household-link", giver, "2026-11", "paper")
    completion.link_confirmed(school, commune, None)
    window = hall.make(inside, inside.far)
    assert start(inside.an).session_id == window.id


def test_two_on_one_place_are_refused(inside: SimpleNamespace) -> None:
    window = hall.make(inside, inside.an)
    with pytest.raises(Refusal) as refused:
        actions.mark_present(window, [inside.an, inside.binh], {inside.an: 3, inside.binh: 3})
    assert refused.value.code == "same-place"


def test_a_closed_window_becomes_no_exam(inside: SimpleNamespace) -> None:
    window = made.open_test(inside.hoa, class_id=inside.school_class)
    with clock.frozen(made.later(minutes=46)), pytest.raises(Refusal) as refused:
        actions.make_exam(window, inside.hoa)
    assert refused.value.code == "closed"


def test_fifty_starts_at_once_leave_one(app: Flask, world: SimpleNamespace, do: Any) -> None:
    do(hall.make, world, world.an)

    def one(_n: int) -> str:
        with app.app_context(), clock.frozen(made.NOW):
            id = str(start(world.an).id)
            db.session.commit()
            db.session.remove()
            return id

    with ThreadPoolExecutor(10) as many:
        ids = set(many.map(one, range(50)))
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Attempt)) == 1
    assert len(ids) == 1


def test_a_stranger_finds_no_exam(as_: As, world: SimpleNamespace, exam: UUID) -> None:
    for who, closed in (("stranger", 404), ("nam", 404), ("an", 403)):
        other = as_(who)
        for address in ("", "/tinh-hinh", f"/nguoi/{world.an}"):
            assert other.get(f"/coi-thi/{exam}{address}").status_code == closed, address
        for act in (
            "/bat",
            "/ma",
            "/co-mat",
            "/dung",
            "/cho-lam-tiep",
            f"/nguoi/{world.an}",
            f"/nguoi/{world.an}/huy-bai",
        ):
            assert other.post(f"/coi-thi/{exam}{act}").status_code == closed, act
    assert as_("hoa").get(f"/coi-thi/{exam}/nguoi/{world.lan}").status_code == 404, "not of this exam"
    assert as_("nam").post(f"{TEST}/ma", data={"code": "ABC DEF"}).status_code == 404
