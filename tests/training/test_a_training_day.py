"""Chị Mai plans a day; anh Nam registers, comes, is seen, says what he thinks; and who may not."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms import clock
from lms.db import db
from lms.journal import JournalLine
from lms.people import actions as people
from lms.refusals import Refusal
from lms.teams import actions as teams
from lms.training import actions, queries
from lms.training.actions import DayWords
from lms.training.models import (
    TrainingChange,
    TrainingDay,
    TrainingEvent,
    TrainingFeedback,
    TrainingFeedbackGiven,
    TrainingSession,
)
from lms.training.rules import Act, Answer
from lms.witnessing.models import PracticeSession, SessionPerson
from tests import cast
from tests.certificates.town import enter

MORNING = datetime(2026, 11, 24, 1, tzinfo=clock.UTC)
"""08:00 in Vietnam."""
EVE = MORNING - timedelta(days=1)


@pytest.fixture
def made(db_session):
    with clock.frozen(EVE):
        yield cast.settle(1)


def words(made, **more):
    fields = {
        "title": "Nhóm thanh toán", "begins_at": MORNING, "ends_at": MORNING + timedelta(hours=3), "place": "Nhà văn hoá",
        "capacity": 1, "topics": ("s3",), "teams": (made.team.id,),
    }  # fmt: skip
    return DayWords(**{**fields, **more})


def plan(made, **more) -> TrainingDay:
    row = actions.plan_day(uuid4(), made.team.unit_id, words(made, **more), made.mai.id)
    db.session.commit()
    return row


def member(made, name: str, role: str = "team-member"):
    row = people.create_person(name, 1990)
    teams.appoint(made.team.id, row.id, cast.BEGAN, role)
    people.create_account(row, name.replace(" ", "").lower(), cast._hashed(), must_change=False)
    cast.agree(row)
    db.session.commit()
    return row


def sent(made, **more):
    fields = {
        "id": str(uuid4()), "title": "Nhóm thanh toán", "on_day": "2026-11-24", "begins": "08:00", "ends": "11:00",
        "place": "Nhà văn hoá", "capacity": "1", "topics": ["s3"], "teams": [made.team.id],
    }  # fmt: skip
    return fields | more


def held(row):
    return queries.standings([db.session.get_one(TrainingDay, row.id)])[row.id]


def test_from_planning_to_feedback(app, made) -> None:
    mai, nam = enter(app, made.mai), enter(app, made.nam)
    assert "Chưa có ngày nào sắp tới" in nam.get("/tap-huan").text
    page = mai.post(f"/tap-huan/them/{made.team.unit_id}", data=sent(made)).headers["Location"]
    shown = nam.get("/tap-huan").text
    assert "Nhóm thanh toán" in shown and "còn 1 trên 1 chỗ" in shown and "08:00–11:00" in shown
    once = {"id": str(uuid4())}
    for _n in range(2):
        nam.post(f"{page}/dang-ky", data=once)
    assert "Bạn đã có chỗ" in nam.get("/tap-huan").text and "Bạn đã có chỗ" in nam.get("/tap-huan/cua-toi").text
    assert db.session.query(TrainingEvent).count() == 1, "two taps are one event"
    assert "Phạm Văn Nam" in mai.get(page).text
    with clock.frozen(MORNING):
        mai, nam = enter(app, made.mai), enter(app, made.nam)
        sheet = mai.get(f"{page}/diem-danh").text
        assert "Phạm Văn Nam" in sheet
        mai.post(f"{page}/diem-danh", data={"id": str(uuid4()), "tat-ca": "1"})
        assert "Có mặt" in nam.get("/tap-huan/cua-toi").text
        answer = {"id": str(uuid4()), "useful": "5", "clear": "4", "ready": "3", "words": "Thêm giờ thực hành"}
        assert nam.post(f"{page}/gop-y", data=answer).status_code == 303
        assert nam.post(f"{page}/gop-y", data=answer | {"id": str(uuid4())}).status_code == 422
        told = mai.get(f"{page}/tong-ket").text
    assert "1 trên 1 người dự đã góp ý" in told and "Thêm giờ thực hành" not in told
    assert queries.attended([made.nam.id, made.lan.id]) == {made.nam.id: 1, made.lan.id: 0}
    read = db.session.scalars(select(JournalLine).where(JournalLine.kind == "read-person")).all()
    assert {line.actor_id for line in read} == {made.mai.id}


WRONG = (
    ({"ends": "07:00"}, "Giờ hết phải sau"),
    ({"on_day": "2026-11-01"}, "Giờ này đã qua"),
    ({"capacity": "0"}, "Số chỗ từ 1"),
    ({"topics": []}, "ít nhất một nội dung"),
    ({"teams": []}, "ít nhất một tổ"),
    ({"place": ""}, "Chưa ghi nơi"),
)


def test_what_is_wrong_is_said_and_nothing_is_kept(app, made) -> None:
    mai = enter(app, made.mai)
    for more, said in WRONG:
        answer = mai.post(f"/tap-huan/them/{made.team.unit_id}", data=sent(made, **more))
        assert answer.status_code == 422 and said in answer.text
    assert db.session.query(TrainingDay).count() == 0


def test_full_the_next_waits_and_moves_up_when_a_seat_is_free(app, made) -> None:
    row, thu = plan(made), member(made, "Người Thứ Hai")
    nam, second = enter(app, made.nam), enter(app, thu)
    nam.post(f"/tap-huan/{row.id}/dang-ky", data={"id": str(uuid4())})
    page = second.post(f"/tap-huan/{row.id}/dang-ky", data={"id": str(uuid4())}, follow_redirects=True).text
    assert "thứ 1 trong danh sách chờ" in page
    assert [(one.has_seat, one.waits) for one in queries.days_ahead(thu.id, clock.today())] == [(False, 1)]
    nam.post(f"/tap-huan/{row.id}/rut", data={"id": str(uuid4())})
    assert held(row).seats == (thu.id,) and held(row).waiting == ()
    assert "Bạn đã có chỗ" in second.get(f"/tap-huan/{row.id}").text


def test_withdrawing_what_was_never_registered_is_said_kindly(app, made) -> None:
    row = plan(made)
    page = enter(app, made.nam).post(f"/tap-huan/{row.id}/rut", data={"id": str(uuid4())}, follow_redirects=True).text
    assert "không có gì để rút" in page and db.session.query(TrainingEvent).count() == 0


def test_a_leader_registers_members_of_the_team(app, made) -> None:
    row, leader = plan(made), member(made, "Trưởng Nhóm", "team-leader")
    client = enter(app, leader)
    assert "Ghi tên giúp" in client.get(f"/tap-huan/{row.id}").text
    body = {"id": str(uuid4()), "person_id": made.nam.id}
    assert client.post(f"/tap-huan/{row.id}/ghi-ten", data=body).status_code == 303
    assert held(row).seats == (made.nam.id,)
    outside = client.post(f"/tap-huan/{row.id}/ghi-ten", data={"id": str(uuid4()), "person_id": made.lan.id})
    assert outside.status_code == 422
    assert enter(app, made.nam).post(f"/tap-huan/{row.id}/ghi-ten", data=body).status_code == 403


def test_mending_and_calling_off_keep_the_history(app, made) -> None:
    row, mai = plan(made), enter(app, made.mai)
    assert 'value="Nhà văn hoá"' in mai.get(f"/tap-huan/{row.id}/sua").text
    assert mai.post(f"/tap-huan/{row.id}/sua", data=sent(made, place="Phòng máy")).status_code == 303
    assert mai.post(f"/tap-huan/{row.id}/hoan", data={"reason": ""}).status_code == 422
    assert mai.post(f"/tap-huan/{row.id}/hoan", data={"reason": "Mưa to"}).status_code == 303
    shown = mai.get(f"/tap-huan/{row.id}").text
    assert "nơi: Phòng máy" in shown and "đã hoãn: Mưa to" in shown
    assert [one.act for one, _name in queries.changes_of(row.id)] == ["written", "changed", "called-off"]
    assert db.session.query(TrainingChange).filter_by(act="written").one().body["place"] == "Nhà văn hoá"
    with pytest.raises(Refusal, match="đã hoãn"):
        actions.register(uuid4(), row.id, made.nam.id, made.nam.id)
    assert queries.days_ahead(made.nam.id, clock.today()) == []


def test_forty_people_in_few_taps_walk_ins_and_corrections(app, made) -> None:
    row, late, walked = plan(made, capacity=5), member(made, "Đến Muộn"), member(made, "Không Ghi Tên")
    for one in (made.nam, late):
        actions.register(uuid4(), row.id, one.id, one.id)
    db.session.commit()
    mai, sheet = enter(app, made.mai), f"/tap-huan/{row.id}/diem-danh"
    early = mai.post(sheet, data={"id": str(uuid4()), "tat-ca": "1"})
    assert early.status_code == 422 and "Chưa tới ngày" in early.text
    with clock.frozen(MORNING):
        mai = enter(app, made.mai)
        body = {"id": str(uuid4()), f"n-{late.id}": "late", f"n-{walked.id}": "present", "tat-ca": "1"}
        for _n in range(2):
            assert mai.post(sheet, data=body).status_code == 303
        assert held(row).marks == {made.nam.id: Act.PRESENT, late.id: Act.LATE, walked.id: Act.PRESENT}
        assert held(row).walked_in == [walked.id]
        assert db.session.query(TrainingEvent).count() == 5, "doubled forms write nothing twice"
        mai.post(sheet, data={"id": str(uuid4()), f"n-{made.nam.id}": "absent"})
        assert "đã sửa, trước ghi: Có mặt" in mai.get(sheet).text and held(row).marks[made.nam.id] is Act.ABSENT
        with pytest.raises(Refusal, match="không thuộc các tổ"):
            actions.mark(uuid4(), row.id, {made.lan.id: Act.PRESENT}, made.mai.id)
        paper = mai.get(f"/tap-huan/{row.id}/to-ky-ten").text
        assert "Ký tên" in paper and "Không Ghi Tên" in paper
    with clock.frozen(MORNING + timedelta(days=31)), pytest.raises(Refusal, match="quá lâu"):
        actions.mark(uuid4(), row.id, {made.nam.id: Act.PRESENT}, made.mai.id)


def test_an_id_of_another_act_is_refused_and_a_fast_clock_wins_nothing(made) -> None:
    row, other, id = plan(made), member(made, "Người Khác"), uuid4()
    actions.register(id, row.id, made.nam.id, made.nam.id, at=EVE + timedelta(days=9))
    assert db.session.get_one(TrainingEvent, id).at == EVE
    with pytest.raises(Refusal, match="đã dùng"):
        actions.register(id, row.id, other.id, other.id)
    with pytest.raises(Refusal, match="được mời"):
        actions.register(uuid4(), row.id, made.lan.id, made.mai.id)


def test_the_supervised_session_takes_those_present_that_day_only(app, made) -> None:
    """The officer may attest the members; the leader of their own team may not, by the rule of witnesses."""
    row, other = plan(made, capacity=5), member(made, "Vắng Mặt")
    leader = member(made, "Trưởng Nhóm", "team-leader")
    for one in (made.nam, other):
        actions.register(uuid4(), row.id, one.id, one.id)
    db.session.commit()
    address = f"/tap-huan/{row.id}/buoi"
    body = {"id": str(uuid4()), "skill_id": "s3", "minutes": "90"}
    with clock.frozen(MORNING):
        mai = enter(app, made.mai)
        assert "Điểm danh trước" in mai.get(address).text
        actions.mark(uuid4(), row.id, {made.nam.id: Act.PRESENT, other.id: Act.ABSENT}, made.mai.id)
        db.session.commit()
        for _n in range(2):
            assert "/chung-kien/thuc-hanh/" in mai.post(address, data=body).headers["Location"]
        session = db.session.query(PracticeSession).one()
        assert session.leader_id == made.mai.id and db.session.query(TrainingSession).one().session_id == session.id
        assert [one.person_id for one in db.session.query(SessionPerson)] == [made.nam.id]
        actions.mark(uuid4(), row.id, {other.id: Act.LATE}, made.mai.id)
        db.session.commit()
        mai.post(f"{address}/{session.id}/them", data={"id": str(uuid4())})
        assert {one.person_id for one in db.session.query(SessionPerson)} == {made.nam.id, other.id}
        refused = enter(app, leader).post(address, data=body | {"id": str(uuid4())})
        assert refused.status_code == 422 and "chưa có ai mà mình được chứng" in refused.text
    with clock.frozen(MORNING + timedelta(days=1)):
        assert enter(app, made.mai).post(address, data=body | {"id": str(uuid4())}).status_code == 422
        assert db.session.query(PracticeSession).count() == 1


def test_feedback_names_nobody_and_opens_at_five(app, made) -> None:
    row = plan(made, capacity=9)
    those = [made.nam, *(member(made, f"Người {n}") for n in range(5))]
    with clock.frozen(MORNING):
        actions.mark(uuid4(), row.id, {one.id: Act.PRESENT for one in those[:5]}, made.mai.id)
        db.session.commit()
        mai = enter(app, made.mai)
        for number, one in enumerate(those[:5]):
            assert "Góp ý hiện khi có từ 5 người" in mai.get(f"/tap-huan/{row.id}/tong-ket").text
            actions.give_feedback(uuid4(), row.id, one.id, Answer(4, 5, 3, f"Câu {number}"))
            db.session.commit()
        told = mai.get(f"/tap-huan/{row.id}/tong-ket").text
        assert "Câu 3" in told and "5 trên 5 người dự" in told
        assert enter(app, those[5]).get(f"/tap-huan/{row.id}/gop-y").status_code == 404, "was not there"
        with pytest.raises(Refusal, match="dãy số dài"):
            actions.mark(uuid4(), row.id, {those[5].id: Act.LATE}, made.mai.id)
            actions.give_feedback(uuid4(), row.id, those[5].id, Answer(1, 1, 1, "gọi 0912345678"))
    columns = {*TrainingFeedback.__table__.columns.keys()}
    assert not columns & {"person_id", "by_id", "at", "received_at"}, "what is said is tied to nobody"
    assert {*TrainingFeedbackGiven.__table__.columns.keys()} == {"day_id", "person_id"}


def test_a_linked_record_is_the_same_person(made) -> None:
    """Registered under the school's record, seen under the commune's."""
    row, school = plan(made), people.create_person("Phạm Văn Nam", 1991)
    school.canonical_id = made.nam.id
    actions.register(uuid4(), row.id, school.id, made.mai.id)
    assert held(row).seats == (made.nam.id,)
    assert [one.has_seat for one in queries.days_ahead(school.id, clock.today())] == [True]


def test_a_leader_keeps_only_days_of_their_own_teams(app, made) -> None:
    leader = member(made, "Trưởng Nhóm", "team-leader")
    other = teams.found_team("Tổ Bên Cạnh", made.team.unit_id, cast.BEGAN)
    db.session.commit()
    client, shared = enter(app, leader), plan(made, teams=(made.team.id, other.id), title="Chung")
    form = client.get(f"/tap-huan/them/{made.team.unit_id}").text
    assert "Tổ Thôn Mẫu 1" in form and "Tổ Bên Cạnh" not in form
    answer = client.post(f"/tap-huan/them/{made.team.unit_id}", data=sent(made, teams=[other.id]))
    assert answer.status_code == 422
    own = UUID(client.post(f"/tap-huan/them/{made.team.unit_id}", data=sent(made)).headers["Location"][-36:])
    assert client.get(f"/tap-huan/{own}/diem-danh").status_code == 200
    assert client.get(f"/tap-huan/{shared.id}").status_code == 200
    assert client.get(f"/tap-huan/{shared.id}/diem-danh").status_code == 404


def test_strangers_find_no_door(app, made) -> None:
    row = plan(made)
    for who in ("lan", "hoa", "khach"):
        stranger = enter(app, getattr(made, who))
        for part in ("", "/sua", "/hoan", "/diem-danh", "/to-ky-ten", "/buoi", "/tong-ket", "/gop-y"):
            assert stranger.get(f"/tap-huan/{row.id}{part}").status_code in (403, 404), (who, part)
        for part in ("dang-ky", "rut", "ghi-ten", "diem-danh", "buoi", "gop-y", "hoan", "sua"):
            answer = stranger.post(f"/tap-huan/{row.id}/{part}", data={"id": str(uuid4())})
            assert answer.status_code in (403, 404), (who, part)
        assert stranger.get(f"/tap-huan/them/{made.team.unit_id}").status_code in (403, 404)
        assert "Nhóm thanh toán" not in stranger.get("/tap-huan").text + stranger.get("/tap-huan/cua-toi").text


def test_a_list_of_many_days_and_a_long_sheet_ask_no_more(app, made, queries) -> None:
    row = plan(made, capacity=50)
    mai, nam = enter(app, made.mai), enter(app, made.nam)
    pages = [(nam, "/tap-huan"), (nam, "/tap-huan/cua-toi"), (mai, f"/tap-huan/{row.id}"),
             (mai, f"/tap-huan/{row.id}/diem-danh"), (mai, f"/tap-huan/{row.id}/to-ky-ten")]  # fmt: skip
    actions.register(uuid4(), row.id, made.nam.id, made.nam.id)
    db.session.commit()
    few = _statements(pages, queries)
    for n in range(6):
        one, more = member(made, f"Người {n}"), plan(made, capacity=50, title=f"Buổi {n}")
        for day in (row, more):
            actions.register(uuid4(), day.id, one.id, one.id)
            actions.register(uuid4(), day.id, made.nam.id, made.nam.id)
    db.session.commit()
    assert _statements(pages, queries) == few


def _statements(pages, queries) -> list[int]:
    found = []
    for client, address in pages:
        client.get(address)
        with queries() as made:
            client.get(address)
        found.append(len(made))
    return found
