"""A drive: written down before it begins, its progress honest, closed with a signed record that later figures do not change."""

from datetime import date, timedelta

from sqlalchemy import select, text

from lms import clock
from lms.db import db, open_write
from lms.drives.models import Drive, DriveRecord
from lms.places import actions as places
from tests import facts
from tests.cast import Cast
from tests.certificates import town
from tests.certificates.town import enter

OFFICE = "Chủ tịch"
WHOM = {"kind": "group", "role": "Mượn nhà văn hoá", "name": "Người Mẫu", "agreed": "y", "source": "Thôn cho biết"}


def fields(made: Cast, **more: object) -> dict[str, object]:
    today = clock.today()
    words = {"name": "Tháng gõ cửa", "purpose": "Mỗi tối hai nhà", "from_on": today.isoformat(),
             "last_day": (today + timedelta(days=20)).isoformat(), "target": 1, "villages": made.village.id}  # fmt: skip
    return words | more


def written(app, made: Cast, **more: object) -> int:
    answer = enter(app, made.mai).post(f"/dot-ra-quan/them/{made.team.unit_id}", data=fields(made, **more))
    assert answer.status_code == 303, answer.text[-3000:]
    return int(answer.location.rsplit("/", 1)[1])


def on(day: date):
    return clock.frozen(clock.start_of(day) + timedelta(hours=3))


def test_a_drive_counts_from_its_start_and_its_record_stays_as_signed(app, made) -> None:
    drive, today = written(app, made), clock.today()
    page = enter(app, made.nam).get(f"/dot-ra-quan/{drive}").text
    assert "0/2 hộ nở trọn" in page and "Ký và kết thúc" not in page
    with on(today + timedelta(days=10)):
        town.prove_all(made.lan.id, made.hoa.id, today + timedelta(days=5))
        db.session.commit()
        mai = enter(app, made.mai)
        assert "1/2 hộ nở trọn" in mai.get(f"/dot-ra-quan/{drive}").text
        signed = {"office": OFFICE, "words": "Đã mở một nhà", "seen": "y"}
        assert mai.post(f"/dot-ra-quan/{drive}/ket-thuc", data=signed).status_code == 303
        assert mai.post(f"/dot-ra-quan/{drive}/ket-thuc", data=signed).status_code == 422
    with on(today + timedelta(days=12)):
        town.prove_all(made.nam.id, made.hoa.id, today + timedelta(days=11))
        db.session.commit()
        page = enter(app, made.nam).get(f"/dot-ra-quan/{drive}/tong-ket").text
    assert "Đạt mục tiêu" in page and "1/2 hộ nở trọn" in page and "2/2 hộ" not in page
    assert OFFICE in page and "Hà Thị Mai" in page and "Đã mở một nhà" in page and "không còn khớp" not in page
    _change_behind_our_back(drive)
    assert "không còn khớp" in enter(app, made.mai).get(f"/dot-ra-quan/{drive}/tong-ket").text


def test_what_runs_out_during_the_drive_is_said(app, made) -> None:
    today = clock.today()
    town.prove_all(made.lan.id, made.hoa.id, today - timedelta(days=360))  # payment holds a year
    db.session.commit()
    drive = written(app, made)
    page = enter(app, made.mai).get(f"/dot-ra-quan/{drive}").text
    assert "1/2 hộ nở trọn" in page and "không hộ nào mất" in page
    with on(today + timedelta(days=15)):
        page = enter(app, made.mai).get(f"/dot-ra-quan/{drive}").text
    assert "1 hộ: 1 hết hạn" in page and "0/2 hộ nở trọn" in page and "−1" in page


def test_what_is_not_written_down(app, made) -> None:
    mai, today = enter(app, made.mai), clock.today()
    for more, sentence in (
        ({"villages": made.other_village.id}, ""),
        ({"target": 3}, "Mục tiêu phải từ 1 hộ"),
        ({"from_on": (today - timedelta(days=8)).isoformat()}, "hơn một tuần"),
        ({"last_day": (today - timedelta(days=1)).isoformat()}, "Ngày cuối đứng trước ngày đầu"),
        ({"villages": ""}, ""),
    ):
        answer = mai.post(f"/dot-ra-quan/them/{made.team.unit_id}", data=fields(made, **more))
        assert answer.status_code == 422 and sentence in answer.text, (more, answer.text[-2000:])
    assert db.session.scalar(select(Drive.id)) is None


def test_it_is_called_off_before_it_begins_and_never_after(app, made) -> None:
    soon = clock.today() + timedelta(days=2)
    coming, begun = written(app, made, from_on=soon.isoformat()), written(app, made, name="Đợt khác")
    mai = enter(app, made.mai)
    assert mai.post(f"/dot-ra-quan/{coming}/ket-thuc", data={"office": OFFICE, "seen": "y"}).status_code == 422
    assert mai.post(f"/dot-ra-quan/{coming}/bo").status_code == 303
    assert "đã bỏ trước khi bắt đầu" in mai.get("/dot-ra-quan").text
    assert mai.post(f"/dot-ra-quan/{begun}/bo").status_code == 422
    db.session.rollback()
    assert db.session.get_one(Drive, begun).called_off_at is None


def test_villages_merged_meanwhile_lose_no_household(app, made) -> None:
    today = clock.today()
    drive = written(app, made)
    mai = enter(app, made.mai)
    mai.post(f"/danh-ba/{made.village.id}/them", data=WHOM | {"checked_on": today.isoformat()})
    other = places.found_unit("thon", "Thôn Mẫu 2", facts.SETTLED, made.team.unit_id)
    db.session.commit()
    with on(today + timedelta(days=5)):
        told = {"units": [made.village.id, other.id], "kind": "thon", "name": "Thôn Gộp", "buoc": "ghi",
                "on_day": clock.today().isoformat()}  # fmt: skip
        assert enter(app, made.mai).post(f"/don-vi/{made.team.unit_id}/gop", data=told).status_code == 303
    with on(today + timedelta(days=8)):
        town.prove_all(made.lan.id, made.hoa.id, today + timedelta(days=7))
        db.session.commit()
        nam = enter(app, made.nam)
        page = nam.get(f"/dot-ra-quan/{drive}").text
        assert "0/2 hộ nở trọn" in page and "1/2 hộ nở trọn" in page and "không hộ nào mất" in page
        assert "Mượn nhà văn hoá" in nam.get("/danh-ba").text
        mai = enter(app, made.mai)
        mai.post("/danh-ba/muc/1/sua", data=WHOM | {"checked_on": clock.today().isoformat()})
        assert "<h2>Thôn Gộp</h2>" in enter(app, made.nam).get("/danh-ba").text


def test_a_stranger_reads_and_closes_nothing(app, made) -> None:
    drive, khach = written(app, made), enter(app, made.khach)
    assert "Tháng gõ cửa" not in khach.get("/dot-ra-quan").text
    for address in (
        f"/dot-ra-quan/{drive}",
        f"/dot-ra-quan/{drive}/tong-ket",
        f"/dot-ra-quan/them/{made.team.unit_id}",
    ):
        assert khach.get(address).status_code == 404, address
    assert khach.post(f"/dot-ra-quan/{drive}/ket-thuc", data={"office": OFFICE, "seen": "y"}).status_code == 404
    assert khach.post(f"/dot-ra-quan/{drive}/bo").status_code == 404
    assert enter(app, made.nam).post(f"/dot-ra-quan/{drive}/ket-thuc").status_code == 403
    assert enter(app, made.lan).get("/dot-ra-quan").status_code == 403
    assert db.session.scalar(text("SELECT count(*) FROM drive_record")) == 0


def _change_behind_our_back(drive: int) -> None:
    db.session.rollback()
    open_write()
    body = db.session.get_one(DriveRecord, drive).body | {"target": 0}
    db.session.connection().execute(DriveRecord.__table__.update().values(body=body))
    db.session.commit()
