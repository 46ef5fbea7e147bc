"""The directory: written by officers, inherited downwards, mended by a new entry; nobody else's is seen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select

from lms import clock
from lms.db import db, open_write
from lms.offers import actions
from lms.offers.actions import ContactWords
from lms.offers.models import Contact
from lms.places.queries import ancestors
from lms.refusals import Refusal
from tests.cast import Cast
from tests.certificates.town import enter


def fields(**more: str) -> dict[str, str]:
    words = {"kind": "office", "role": "Hỏi về lương hưu", "name": "Người Mẫu", "phone": "0900 000 000", "agreed": "y",
             "source": "Xã cho biết", "checked_on": clock.today().isoformat()}  # fmt: skip
    return words | more


def entries() -> list[Contact]:
    db.session.rollback()
    return list(db.session.scalars(select(Contact).order_by(Contact.id)))


def test_a_member_finds_the_village_the_commune_and_the_province_the_nearest_first(app, made) -> None:
    mai, nam = enter(app, made.mai), enter(app, made.nam)
    commune, village = made.team.unit_id, made.village.id
    assert "Danh bạ chưa có ai" in nam.get("/danh-ba").text
    assert mai.post(f"/danh-ba/{commune}/them", data=fields()).status_code == 303
    assert mai.post(f"/danh-ba/{village}/them", data=fields(role="Mượn nhà văn hoá", phone="")).status_code == 303
    _of_the_province(made)
    page = nam.get("/danh-ba").text
    order = [page.index(words) for words in ("Mượn nhà văn hoá", "Hỏi về lương hưu", "Tổng đài tỉnh")]
    assert order == sorted(order)
    assert 'href="tel:0900000000"' in page and "Chưa có số" in page
    assert "Nguồn, sửa" not in page and f"/danh-ba/{commune}/them" not in page


def test_a_new_entry_takes_the_place_of_the_old_one_which_stays_in_the_history(app, made) -> None:
    mai, commune = enter(app, made.mai), made.team.unit_id
    mai.post(f"/danh-ba/{commune}/them", data=fields())
    first = entries()[0].id
    again = mai.post(f"/danh-ba/muc/{first}/sua", data=fields(phone="0911 111 111"))
    assert again.status_code == 303
    old, new = entries()
    assert (old.closed, old.phone, new.replaces_id) == ("replaced", "0900 000 000", first)
    shown = mai.get(f"/danh-ba/{commune}").text
    assert "0911 111 111" in shown and "0900 000 000" not in shown
    assert "0900 000 000" in mai.get(f"/danh-ba/muc/{new.id}").text
    assert mai.post(f"/danh-ba/muc/{first}/sua", data=fields(phone="0922222222")).status_code == 422
    assert len(entries()) == 2


def test_of_two_who_mend_at_once_the_second_is_told(app, made) -> None:
    mai = enter(app, made.mai)
    mai.post(f"/danh-ba/{made.team.unit_id}/them", data=fields())
    row, unit, officer = entries()[0].id, made.team.unit_id, made.mai.id
    db.session.rollback()

    def mend(number: int) -> str:
        with app.app_context():
            try:
                words = ContactWords("office", f"Việc {number}", "Người Mẫu", "", "", "Xã", clock.today())
                actions.write_contact(unit, words, officer, clock.now(), db.session.get_one(Contact, row))
                db.session.commit()
                return "written"
            except Refusal as refusal:
                db.session.rollback()
                return refusal.code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(mend, range(2))) == ["closed", "written"]
    assert sorted(one.closed for one in entries()) == ["", "replaced"]


def test_what_was_withdrawn_is_gone_from_the_list_and_comes_back_within_a_month(app, made) -> None:
    mai, commune = enter(app, made.mai), made.team.unit_id
    mai.post(f"/danh-ba/{commune}/them", data=fields())
    row = entries()[0].id
    mai.post(f"/danh-ba/muc/{row}/thoi")
    assert "Hỏi về lương hưu" not in mai.get(f"/danh-ba/{commune}").text
    assert "đã thôi" in mai.get("/danh-ba/so").text
    mai.post(f"/danh-ba/muc/{row}/dua-lai")
    assert "Hỏi về lương hưu" in mai.get(f"/danh-ba/{commune}").text
    mai.post(f"/danh-ba/muc/{row}/thoi")
    _close_earlier(row)
    mai.post(f"/danh-ba/muc/{row}/dua-lai")
    assert entries()[0].closed == "withdrawn"


def test_what_is_not_written_down(app, made) -> None:
    mai, commune = enter(app, made.mai), made.team.unit_id
    address = f"/danh-ba/{commune}/them"
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    for more, sentence in (
        ({"phone": "9123"}, "Số điện thoại chưa đúng"),
        ({"agreed": ""}, "Hỏi người ấy trước"),
        ({"source": ""}, "Chưa ghi nguồn"),
        ({"checked_on": tomorrow}, "Ngày hỏi lại chưa đến"),
    ):
        answer = mai.post(address, data=fields(**more))
        assert answer.status_code == 422 and sentence in answer.text, more
    assert mai.post(address, data=fields()).status_code == 303
    assert "đã có trong danh bạ" in mai.post(address, data=fields()).text
    assert len(entries()) == 1


def test_a_stranger_reads_and_writes_nothing(app, made) -> None:
    mai, khach, nam, lan = (enter(app, one) for one in (made.mai, made.khach, made.nam, made.lan))
    commune = made.team.unit_id
    mai.post(f"/danh-ba/{commune}/them", data=fields())
    row = entries()[0].id
    assert "Hỏi về lương hưu" not in khach.get("/danh-ba").text
    for address in (
        f"/danh-ba/{commune}",
        f"/danh-ba/muc/{row}",
        f"/danh-ba/muc/{row}/sua",
        f"/danh-ba/{commune}/them",
    ):
        assert khach.get(address).status_code == 404, address
    assert khach.post(f"/danh-ba/muc/{row}/thoi").status_code == 404
    assert nam.post(f"/danh-ba/{commune}/them", data=fields()).status_code == 403
    assert lan.get("/danh-ba").status_code == 403
    assert [one.closed for one in entries()] == [""]


def test_many_entries_cost_no_more_statements(app, made, queries) -> None:
    mai, nam = enter(app, made.mai), enter(app, made.nam)
    counts = []
    for more in (1, 6):
        for number in range(more):
            mai.post(f"/danh-ba/{made.village.id}/them", data=fields(role=f"Việc {more} {number}"))
        nam.get("/danh-ba")
        with queries() as said:
            nam.get("/danh-ba")
        counts.append(len(said))
    assert counts[0] == counts[1]


def _of_the_province(made: Cast) -> None:
    province = next(one for one in ancestors(made.village.id, clock.today()) if one.level == "province")
    db.session.rollback()
    words = ContactWords("office", "Tổng đài tỉnh", "Trực ban", "", "", "Tỉnh", clock.today())
    actions.write_contact(province.id, words, made.mai.id, clock.now())
    db.session.commit()


def _close_earlier(row: int) -> None:
    open_write()
    db.session.get_one(Contact, row).closed_at = clock.now() - timedelta(days=31)
    db.session.commit()
