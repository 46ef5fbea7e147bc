"""The witness's pages: finding people, cards to print, the observation form, what was signed; and the stranger."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms import clock
from lms.db import db, open_write
from lms.journal import JournalLine
from lms.people import actions as people
from lms.witnessing.models import Observation
from tests.witnessing import world as made
from tests.witnessing.world import CARD, OTHER_CARD

Browser = Callable[[str], FlaskClient]


def filled(**changes: str) -> dict[str, str]:
    good = {"id": str(uuid4()), "line_r1": "3", "line_r2": "3", "line_r3": "4", "independence": "3", "identity": "y",
            "not_kin": "y", "place": "Nhà văn hoá"}  # fmt: skip
    return {**good, **changes}


def sign(client: FlaskClient, person_id: int, card: str = CARD, **changes: str) -> Any:
    return client.post(f"/chung-kien/nguoi/{person_id}?the={card}", data=filled(**changes))


def test_a_witness_finds_signs_and_sees_what_is_lacking(as_: Browser, world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    page = hoa.get("/chung-kien?tim=binh an").text
    assert "Bùi Bình An" in page and "7A" in page
    assert "Mua hàng ở quán" in hoa.get(f"/chung-kien/nguoi/{world.an}").text
    form = hoa.get(f"/chung-kien/nguoi/{world.an}?the={CARD}").text
    assert form.count('type="radio"') == 20 and "không phải người nhà" in form
    saved = sign(hoa, world.an)
    assert saved.status_code == 303
    page = hoa.get(saved.location).text
    assert "Đã lưu lúc" in page and "Còn thiếu" in page and "Làm 1/2" in page and "Ghi thêm" in page
    assert "Bùi Bình An" in hoa.get("/chung-kien").text, "it stands among the last signatures"


def test_a_doubled_post_counts_once(app: Flask, as_: Browser, world: SimpleNamespace) -> None:
    hoa, id = as_("hoa"), str(uuid4())
    assert sign(hoa, world.an, id=id).location == sign(hoa, world.an, id=id).location
    with app.app_context():
        assert len(db.session.scalars(select(Observation)).all()) == 1


def test_a_refusal_keeps_what_was_filled_in(app: Flask, as_: Browser, world: SimpleNamespace) -> None:
    refused = sign(as_("hoa"), world.binh)
    assert refused.status_code == 422 and "Chưa có đồng ý" in refused.text
    assert 'value="Nhà văn hoá"' in refused.text
    with app.app_context():
        assert not db.session.scalars(select(Observation)).all()
        assert db.session.scalars(select(JournalLine).where(JournalLine.kind == "witness-refused")).one()


def test_the_refusal_is_told_before_the_work_begins(as_: Browser, world: SimpleNamespace) -> None:
    assert "phải thành thạo" in as_("nam").get(f"/chung-kien/nguoi/{world.lan}?the={CARD}").text


def test_every_line_is_asked_for(as_: Browser, world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    half = {"id": str(uuid4()), "line_r1": "3", "not_kin": "y"}
    answer = hoa.post(f"/chung-kien/nguoi/{world.an}?the={CARD}", data=half)
    assert answer.status_code == 422 and answer.text.count("Chưa chấm dòng này.") >= 2
    assert sign(hoa, world.an, not_kin="").status_code == 422
    assert sign(hoa, world.an, line_r1="9").status_code == 422
    assert sign(hoa, world.an, id="x").status_code == 422


def test_a_slip_is_corrected_the_same_day(as_: Browser, world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    first = sign(hoa, world.an, failed_r1="y")
    old = first.location.rsplit("/", 1)[1]
    page = hoa.get(f"/chung-kien/nguoi/{world.an}?sua={old}").text
    assert "Sửa phiếu đã ký" in page and page.count("checked") >= 6
    mended = hoa.post(f"/chung-kien/nguoi/{world.an}?sua={old}", data=filled())
    assert mended.status_code == 303 and "Làm 1/2" in hoa.get(mended.location).text
    assert "không còn tính" in hoa.get(first.location).text
    assert hoa.get(f"/chung-kien/nguoi/{world.an}?sua={UUID(int=1)}").status_code == 404
    with clock.frozen(made.later(days=1)):
        assert as_("hoa").get(f"/chung-kien/nguoi/{world.an}?sua={old}").status_code in (302, 404)


def test_cards_are_listed_and_printed(as_: Browser) -> None:
    hoa = as_("hoa")
    assert hoa.get("/chung-kien/phieu-viec").text.count("/chung-kien/phieu-viec/t.") >= 10
    page = hoa.get(f"/chung-kien/phieu-viec/{CARD}").text
    assert "TAP HOA CO LANH" in page
    assert "0&nbsp;·&nbsp;1" in page
    assert hoa.get("/chung-kien/phieu-viec/t.khong-co").status_code == 404
    assert as_("an").get("/chung-kien/phieu-viec").status_code == 403


def test_the_stranger_gets_404_and_finds_nobody(as_: Browser, world: SimpleNamespace) -> None:
    saved = sign(as_("hoa"), world.an)
    stranger = as_("stranger")
    for address in (f"/chung-kien/nguoi/{world.an}", f"/chung-kien/nguoi/{world.an}?the={CARD}", saved.location,
                    "/chung-kien/nguoi/999999"):  # fmt: skip
        assert stranger.get(address).status_code == 404, address
    assert sign(stranger, world.an).status_code == 404
    for words in ("bui", "an", "quach", "ha"):
        found = stranger.get(f"/chung-kien?tim={words}").text
        assert "Bùi" not in found and "Quách" not in found and "Hà " not in found
    assert as_("mai").get(saved.location).status_code == 404, "a sheet is for the one who signed it"
    assert as_("an").get("/chung-kien").status_code == 403


def test_each_sees_the_people_of_their_own_place(as_: Browser, world: SimpleNamespace) -> None:
    expected = {"hoa": {"an", "binh", "nam", "sen", "khe_member"}, "nam": {"lan", "tu", "nam", "sen", "khe_member"},
                "mai": {"an", "binh", "lan", "tu", "nam", "sen", "khe_member", "hoa", "mai"}}  # fmt: skip
    for witness, people_there in expected.items():
        client = as_(witness)
        seen = {key for key in made.CAST if client.get(f"/chung-kien/nguoi/{getattr(world, key)}").status_code == 200}
        assert seen == people_there, witness


def test_who_waits_is_shown_without_asking(app: Flask, as_: Browser, world: SimpleNamespace) -> None:
    with app.app_context():
        made.evidence_of_quiz(world.lan)
        db.session.commit()
    assert "Bùi Thị Lan" in as_("mai").get("/chung-kien").text
    assert "Bùi Thị Lan" not in as_("hoa").get("/chung-kien").text


def test_reads_leave_a_line(app: Flask, as_: Browser, world: SimpleNamespace) -> None:
    as_("hoa").get(f"/chung-kien/nguoi/{world.an}")
    with app.app_context():
        line = db.session.scalars(select(JournalLine).where(JournalLine.kind == "read-person")).one()
        assert (line.actor_id, line.key) == (world.hoa, f"person:{world.an}")


def test_the_observer_lesson_is_shown_as_done_or_not(app: Flask, as_: Browser, world: SimpleNamespace) -> None:
    page = as_("nam").get("/chung-kien").text
    assert "chưa đạt" in page and "từ khi có giấy chứng nhận thành viên tổ" in page
    with app.app_context():
        open_write()
        made.pass_observer_lesson(world.nam)
        db.session.commit()
    assert "đã đạt" in as_("nam").get("/chung-kien").text


def test_lists_cost_the_same_for_two_and_for_twenty(
    as_: Browser, world: SimpleNamespace, do: Callable[..., Any], queries: Callable[[], Any]
) -> None:
    hoa = as_("hoa")
    hoa.get("/chung-kien?tim=bui")
    with queries() as few:
        hoa.get("/chung-kien?tim=bui")
    do(more_pupils, world.school_class)
    with queries() as many:
        hoa.get("/chung-kien?tim=bui")
    assert len(many) == len(few) <= 12
    with queries() as form:
        hoa.get(f"/chung-kien/nguoi/{world.an}?the={CARD}")
    assert len(form) <= 36
    with queries() as post:
        assert sign(hoa, world.an, OTHER_CARD, line_r4="3").status_code in (303, 422)
    assert len(post) <= 80


def more_pupils(class_id: int) -> None:
    for number in range(20):
        made.classes.enrol(class_id, people.create_person(f"Bùi Thị Số {number}", 2012).id, made.BEGAN)
