"""A pupil teaches at home: a card with a code, five questions for a grown-up, practice and never proof, no names to anybody."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms import clock
from lms.db import db
from lms.quizzes.models import PracticeAnswer
from lms.skills.models import Evidence
from lms.takehomes.models import HomeCheck
from tests.takehomes.conftest import answers
from tests.witnessing.world import NOW


def count(app, table) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table))


def answer(client, card, sent=None):
    return client.post(card.at, data=answers(client, card.at, sent or str(uuid4())))


def test_a_grown_up_with_an_account_answers_and_the_pupil_sees_one_taught(app, as_, world, card) -> None:
    nam, an = as_("nam"), as_("an")
    assert "chưa có người lớn nào" in an.get("/the-ve-nha").text
    page = answer(nam, card)
    assert page.status_code == 200 and "trên 5 câu" in page.text and "Đã ghi vào phần luyện" in page.text
    assert count(app, PracticeAnswer) == 5 and count(app, Evidence) == 0
    assert "em đã dạy 1 người lớn" in an.get("/hoa-cua-toi").text and "em đã dạy" not in nam.get("/hoa-cua-toi").text
    shown = an.get("/the-ve-nha").text
    assert "em đã dạy 1 người lớn" in shown and "Nam" not in shown.split("<main")[1].split("</main>")[0]
    answer(nam, card)
    assert count(app, PracticeAnswer) == 5, "who answered before keeps the first answers"


def test_a_guest_keeps_nothing_until_claiming_it_on_an_account(app, as_, world, card) -> None:
    page = answer(card.guest, card).text
    assert count(app, PracticeAnswer) == 0
    claim = re.search(r'class="huge">([0-9A-Z]{4}-[0-9A-Z]{4})', page)[1]
    an, nam = as_("an"), as_("nam")
    assert "1 lần làm chưa ghi vào hồ sơ ai" in an.get("/the-ve-nha").text
    at = "/ve-nha/ghi-vao-ho-so"
    assert nam.post(at, data={"code": claim}).status_code == 422, "saying it is one's own is asked for"
    mine = an.post(at, data={"code": claim, "is_mine": "y"})
    assert mine.status_code == 422 and "của chính em" in mine.text
    assert nam.post(at, data={"code": claim.lower(), "is_mine": "y"}).status_code == 303
    assert count(app, PracticeAnswer) == 5 and count(app, Evidence) == 0
    assert "em đã dạy 1 người lớn" in an.get("/the-ve-nha").text
    assert nam.post(at, data={"code": claim, "is_mine": "y"}).status_code == 422, "a claim is used once"


def test_the_pupil_does_not_teach_themselves(app, as_, card) -> None:
    refused = answer(as_("an"), card)
    assert refused.status_code == 422 and "người lớn ở nhà tự làm" in refused.text and count(app, HomeCheck) == 0


def test_sent_twice_is_once_and_a_found_card_fills_no_book(app, card) -> None:
    sent = str(uuid4())
    answer(card.guest, card, sent)
    answer(card.guest, card, sent)
    assert count(app, HomeCheck) == 1
    codes = [answer(card.guest, card).status_code for _n in range(7)]
    assert codes[-1] == 422 and count(app, HomeCheck) == 6
    with clock.frozen(NOW + timedelta(days=1)):
        assert answer(card.guest, card).status_code == 200


def test_the_page_of_a_card_says_nothing_of_the_pupil_and_gives_no_answer_away(card) -> None:
    page = card.guest.get(card.at).text
    assert "Bùi Bình An" not in page and "7A" not in page and "Đúng rồi" not in page
    assert len(set(re.findall(r'name="(tra-loi\.[^"]+)"', page))) == 5


def test_the_code_opens_however_it_is_written_and_a_wrong_one_is_told(card) -> None:
    assert card.guest.post("/ve-nha", data={"code": " abcd-2345"}).location == card.at
    assert card.guest.post("/ve-nha", data={"code": "ZZZZ-9999"}).status_code == 422
    assert card.guest.get("/ve-nha/ZZZZ9999").status_code == 404
    assert card.guest.post(card.at, data={"sent": "x"}).status_code == 422


def test_the_teacher_prints_a_class_and_a_second_print_has_the_same_codes(as_, world, card) -> None:
    hoa, at = as_("hoa"), f"/lop-hoc/{world.school_class}/the-ve-nha"
    assert at in hoa.get(f"/lop-hoc/{world.school_class}").text
    first = hoa.post(at, data={"bai": "m.s3.1"}).text
    codes = re.findall(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", first)
    assert len(codes) == 2 and "ABCD-2345" in codes and "Quách Văn Bình" in first
    assert re.findall(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", hoa.post(at, data={"bai": "m.s3.1"}).text) == codes
    assert hoa.post(at, data={"bai": "m.s1.1"}).status_code == 404, "only what was assigned"


def test_a_pupil_makes_a_card_for_what_was_assigned_only(as_, world, card) -> None:
    an = as_("an")
    assert "Thẻ mang về nhà" in an.get("/").text
    assert an.post("/the-ve-nha", data={"bai": "m.s1.1"}).status_code == 404
    assert "ABCD-2345" in an.get("/the-ve-nha").text


@pytest.mark.parametrize("who", ["stranger", "an", "mai"])
def test_the_stranger_prints_nobodys_cards(as_, world, card, who) -> None:
    client, at = as_(who), f"/lop-hoc/{world.school_class}/the-ve-nha"
    assert client.get(at).status_code in (403, 404)
    assert client.post(at, data={"bai": "m.s3.1"}).status_code in (403, 404)
    assert "ABCD" not in (client.get("/the-ve-nha").text if who != "an" else "")


def test_guessing_claims_ends_after_ten_tries(as_, card) -> None:
    nam = as_("nam")
    for n in range(10):
        assert nam.post("/ve-nha/ghi-vao-ho-so", data={"code": f"AAAA22{n}2", "is_mine": "y"}).status_code == 422
    last = nam.post("/ve-nha/ghi-vao-ho-so", data={"code": "AAAA2222", "is_mine": "y"})
    assert "quá nhiều lần" in last.text
