"""Offers: for certified members, leaders and officers; only on their days; every change kept."""

from datetime import date, timedelta

from sqlalchemy import select

from lms import clock
from lms.db import db
from lms.offers.models import Offer
from lms.people import actions as people
from lms.people.models import Person
from lms.teams import actions as teams
from tests import cast, members
from tests.cast import Cast
from tests.certificates import town
from tests.certificates.town import enter

TITLE = "Mẫu: gói dữ liệu cho tổ"


def fields(**more: str) -> dict[str, str]:
    today = clock.today()
    words = {"business": "Hãng mẫu", "title": TITLE, "how": "Đem giấy chứng nhận đến", "source": "Công văn mẫu",
             "from_on": today.isoformat(), "last_day": (today + timedelta(days=30)).isoformat(),
             "checked_on": today.isoformat()}  # fmt: skip
    return words | more


def offers() -> list[Offer]:
    db.session.rollback()
    return list(db.session.scalars(select(Offer).order_by(Offer.id)))


def on(day: date):
    return clock.frozen(clock.start_of(day) + timedelta(hours=3))


def test_a_member_sees_offers_once_certified_and_no_longer_when_the_certificate_ends(app, made) -> None:
    mai, nam = enter(app, made.mai), enter(app, made.nam)
    assert mai.post(f"/uu-dai/them/{made.team.unit_id}", data=fields()).status_code == 303
    page = nam.get("/uu-dai").text
    assert TITLE not in page and "Ưu đãi mở ra khi bác có giấy chứng nhận" in page
    town.prove_all(made.nam.id, made.hoa.id)
    members.pass_parts(made.nam.id, made.hoa.id)
    db.session.commit()
    assert TITLE not in nam.get("/uu-dai").text
    rows = town.issue(made, "member")
    assert [row.person_id for row in rows] == [made.nam.id]
    page = nam.get("/uu-dai").text
    assert TITLE in page and "Công văn mẫu" in page and "Hà Thị Mai" in page and "Ai ghi, sửa" not in page
    town.revoke(made, rows[0])
    assert TITLE not in nam.get("/uu-dai").text
    assert TITLE in enter(app, _leader(made)).get("/uu-dai").text, (
        "leaders tell the others, so they need no certificate"
    )


def test_an_offer_shows_on_its_days_only(app, made) -> None:
    mai, today = enter(app, made.mai), clock.today()
    first, last = today + timedelta(days=3), today + timedelta(days=9)
    mai.post(f"/uu-dai/them/{made.team.unit_id}", data=fields(from_on=first.isoformat(), last_day=last.isoformat()))
    shown = {}
    for name, day in (("before", first - timedelta(days=1)), ("first", first), ("last", last),
                      ("after", last + timedelta(days=1))):  # fmt: skip
        with on(day):
            shown[name] = TITLE in enter(app, made.mai).get("/uu-dai").text
    assert shown == {"before": False, "first": True, "last": True, "after": False}
    with on(last + timedelta(days=1)):
        assert "đã hết hạn" in enter(app, made.mai).get("/uu-dai/so").text


def test_mended_withdrawn_and_brought_back(app, made) -> None:
    mai = enter(app, made.mai)
    mai.post(f"/uu-dai/them/{made.team.unit_id}", data=fields())
    first = offers()[0].id
    assert mai.post(f"/uu-dai/{first}/sua", data=fields(title="Mẫu: gói mới")).status_code == 303
    old, new = offers()
    assert (old.closed, old.title, new.replaces_id) == ("replaced", TITLE, first)
    page = mai.get("/uu-dai").text
    assert "Mẫu: gói mới" in page and TITLE not in page
    told = mai.get(f"/uu-dai/{new.id}").text
    assert TITLE in told and "Hà Thị Mai" in told
    mai.post(f"/uu-dai/{new.id}/thoi")
    assert "Mẫu: gói mới" not in mai.get("/uu-dai").text
    mai.post(f"/uu-dai/{new.id}/dua-lai")
    assert "Mẫu: gói mới" in mai.get("/uu-dai").text
    mai.post(f"/uu-dai/{first}/dua-lai")
    assert offers()[0].closed == "replaced"


def test_what_is_not_written_down(app, made) -> None:
    mai, today = enter(app, made.mai), clock.today()
    address = f"/uu-dai/them/{made.team.unit_id}"
    yesterday, far = (today - timedelta(days=1)).isoformat(), (today + timedelta(days=900)).isoformat()
    for more, sentence in (
        ({"last_day": yesterday}, "Ngày cuối đứng trước ngày đầu"),
        ({"from_on": yesterday, "last_day": yesterday}, "đã hết hạn"),
        ({"last_day": far}, "dài hơn hai năm"),
        ({"source": ""}, "Chưa ghi nguồn"),
        ({"how": ""}, "Chưa ghi cách nhận"),
    ):
        answer = mai.post(address, data=fields(**more))
        assert answer.status_code == 422 and sentence in answer.text, more
    assert not offers()


def test_a_stranger_reads_and_writes_nothing(app, made) -> None:
    mai, khach, nam, hoa = (enter(app, one) for one in (made.mai, made.khach, made.nam, made.hoa))
    mai.post(f"/uu-dai/them/{made.team.unit_id}", data=fields())
    row = offers()[0].id
    assert TITLE not in khach.get("/uu-dai").text and TITLE not in khach.get("/uu-dai/so").text
    for address in (f"/uu-dai/{row}", f"/uu-dai/{row}/sua", f"/uu-dai/them/{made.team.unit_id}"):
        assert khach.get(address).status_code == 404, address
    assert khach.post(f"/uu-dai/{row}/thoi").status_code == 404
    assert nam.get(f"/uu-dai/{row}").status_code == 403 and hoa.get("/uu-dai").status_code == 403
    assert offers()[0].closed == ""


def _leader(made: Cast) -> Person:
    row = people.create_person("Bùi Thị Tổ Trưởng", 1980)
    people.create_account(row, "totruong", "no hash", must_change=False)
    teams.appoint(made.team.id, row.id, cast.BEGAN, "team-leader")
    db.session.commit()
    return row
