"""Somebody goes along with a member of a team to a home and signs for how it went: the last part before the certificate."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms import clock
from lms.db import db
from lms.households.actions import living
from lms.journal import JournalLine
from lms.people import actions as people
from lms.people.models import Kinship
from lms.refusals import Refusal
from lms.roads import actions, queries
from lms.roads.rules.readiness import Part, lacking
from lms.roads.rules.watching import LINES, Watched
from lms.teams import actions as teams
from lms.teams.models import ObservedVisit
from lms.visits import actions as visits
from tests import cast, members
from tests.cast import Cast
from tests.certificates.town import enter

GOOD = Watched(dict.fromkeys(LINES, True), not_kin=True)
BAD = Watched({**GOOD.lines, "hands": False}, not_kin=True)


def sheet(visit: UUID, **more: object) -> dict[str, object]:
    return {"id": str(uuid4()), "visit": str(visit), "not_kin": "y"} | {f"line_{line}": "co" for line in LINES} | more


def note(made: Cast, visit: UUID, who: str = "hoa", told: Watched = GOOD, **more):
    return actions.note_watched(uuid4(), getattr(made, who).id, made.nam.id, visit, told, **more)


def missing(made: Cast):
    return lacking(queries.going([made.nam.id], clock.today())[made.nam.id].road, clock.today())


def refused(code: str, *args, **more) -> None:
    with pytest.raises(Refusal) as caught:
        note(*args, **more)
    assert caught.value.code == code


def test_a_teacher_goes_along_and_the_member_has_only_the_certificate_before_them(app, made, visit) -> None:
    assert missing(made) == (Part.VISIT, Part.CERTIFICATE)
    hoa = enter(app, made.hoa)
    assert "Phạm Văn Nam" in hoa.get("/du-tham").text and "chưa có lượt nào đạt" in hoa.get("/du-tham").text
    page = hoa.get(f"/du-tham/{made.nam.id}").text
    assert "Thôn Mẫu 1" in page and "Bùi Văn Tư" not in page  # whose home it was is not the teacher's business
    sent = sheet(visit, note="Nói chậm hơn một chút")
    for _twice in range(2):
        assert hoa.post(f"/du-tham/{made.nam.id}", data=sent).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(ObservedVisit)) == 1
    assert missing(made) == (Part.CERTIFICATE,)
    page = enter(app, made.nam).get("/con-duong").text
    assert "Lê Thị Hoa đi cùng" in page and "Nói chậm hơn" in page and "Nhờ cán bộ xã đề nghị cấp giấy" in page
    assert "đã có lượt đạt" in enter(app, made.hoa).get("/du-tham").text
    line = db.session.scalars(select(JournalLine).where(JournalLine.kind == "read-person")).all()[-1]
    assert made.nam.id in line.detail["ids"]


def test_a_visit_that_was_not_good_enough_is_kept_and_another_may_follow(app, made, visit) -> None:
    sent = sheet(visit, line_hands="khong", failed="secret")
    assert enter(app, made.hoa).post(f"/du-tham/{made.nam.id}", data=sent).status_code == 303
    assert missing(made) == (Part.VISIT, Part.CERTIFICATE)
    page = enter(app, made.nam).get("/con-duong").text
    assert "chưa đạt" in page and "Chưa thấy: để người học tự cầm máy" in page and "Không được làm:</b> cầm hộ" in page
    note(made, visit, "mai")
    db.session.commit()
    assert missing(made) == (Part.CERTIFICATE,)


def test_what_was_noted_wrongly_is_noted_anew_the_same_day(app, made, visit) -> None:
    first = note(made, visit, told=BAD)
    db.session.commit()
    hoa, address = enter(app, made.hoa), f"/du-tham/{made.nam.id}?sua={first.id}"
    assert "Sửa phiếu này trong hôm nay" in hoa.get(f"/du-tham/{made.nam.id}").text
    assert hoa.post(address, data=sheet(visit)).status_code == 303
    assert [row.passed for row, _name in queries.watched(made.nam.id)] == [True]
    assert hoa.post(address, data=sheet(visit)).status_code == 404
    refused("corrected", made, visit, told=BAD, corrects_id=first.id)
    refused("not-yours", made, visit, "mai", corrects_id=queries.watched(made.nam.id)[0][0].id)
    with clock.frozen(clock.now() + timedelta(days=1)):
        refused("too-late", made, visit, corrects_id=queries.watched(made.nam.id)[0][0].id)


def test_a_sheet_that_is_not_whole_tells_everything_at_once(app, made, visit) -> None:
    hoa, address = enter(app, made.hoa), f"/du-tham/{made.nam.id}"
    answer = hoa.post(address, data={"id": str(uuid4())})
    assert answer.status_code == 422 and answer.text.count("Chọn «Có thấy»") >= len(LINES)
    assert "Chọn lượt thăm đã đi cùng" in answer.text and "Đánh dấu để xác nhận" in answer.text
    answer = hoa.post(address, data=sheet(visit, note="Số 0912 345 678"))
    assert answer.status_code == 422 and "dãy số dài" in answer.text
    assert hoa.post(address, data=sheet(uuid4())).status_code == 422
    assert db.session.scalar(select(ObservedVisit.id)) is None


def test_who_may_not_sign_for_it(app, made, visit) -> None:
    """Not oneself, not a colleague, not close kin, not a member without a certificate, not at one's own home."""
    refused("self", made, visit, "nam")
    refused("other-commune", made, visit, "khach")
    refused("own-house", made, visit, "lan")
    other = teams.found_team("Tổ Thôn Mẫu 2", made.team.unit_id, cast.BEGAN)
    teams.appoint(other.id, made.tu.id, cast.BEGAN)
    refused("own-house", made, visit, "tu")
    _moves_away(made)
    refused("no-observer-lesson", made, visit, "tu")
    members.pass_part(made.tu.id, "lesson")
    refused("not-certified", made, visit, "tu")
    members.certify(made.tu.id, made.team.unit_id, made.mai.id)
    assert note(made, visit, "tu").observer_role == "team-member"
    teams.appoint(made.team.id, made.tu.id, cast.BEGAN)
    refused("colleague", made, visit, "tu")
    db.session.add(Kinship(person_id=made.hoa.id, relative_id=made.nam.id, kind="close", recorded_at=clock.now()))
    db.session.flush()
    refused("close-kin", made, visit)


def _moves_away(made: Cast) -> None:
    """Ông Tư has lived in another house since before the visit."""
    day = clock.today() - timedelta(days=30)
    home = living.found_household("Bùi Văn Tư", made.village.id, day)
    living.move_person(made.tu, home, "chu-ho", day)
    db.session.flush()


def test_only_the_members_own_visit_of_these_days(made, visit) -> None:
    refused("no-visit", made, uuid4())
    teams.appoint(made.team.id, made.lan.id, cast.BEGAN)
    with pytest.raises(Refusal) as caught:
        actions.note_watched(uuid4(), made.hoa.id, made.lan.id, visit, GOOD)
    assert caught.value.code == "no-visit"
    with clock.frozen(clock.now() + timedelta(days=14)):
        refused("too-old", made, visit)


def test_a_visit_that_was_signed_for_is_not_taken_back(made, visit) -> None:
    note(made, visit)
    with pytest.raises(Refusal) as caught:
        visits.withdraw(uuid4(), visit, made.household.id, made.nam.id)
    assert caught.value.code == "observed"


def test_who_sees_a_road(app, made, visit) -> None:
    address = f"/con-duong/{made.nam.id}"
    assert "Con đường của Phạm Văn Nam" in enter(app, made.mai).get(address).text
    assert enter(app, made.khach).get(address).status_code == 404
    for person in (made.hoa, made.lan, made.nam):
        assert enter(app, person).get(address).status_code == 403
    for person in (made.hoa, made.mai, made.lan):
        assert enter(app, person).get("/con-duong").status_code == 403
    assert enter(app, made.lan).get("/du-tham").status_code == 403
    assert enter(app, made.khach).get(f"/du-tham/{made.nam.id}").status_code == 404
    assert enter(app, made.nam).get(f"/du-tham/{made.nam.id}").status_code == 404
    assert enter(app, made.hoa).get(f"/du-tham/{made.lan.id}").status_code == 404  # a member of no team


def test_a_list_of_any_length_costs_the_same(app, made, queries) -> None:
    hoa, counts = enter(app, made.hoa), []
    for more in (0, 4):
        for number in range(more):
            person = people.create_person(f"Bùi Văn Thêm {number}", 1990)
            teams.appoint(made.team.id, person.id, cast.BEGAN)
            members.pass_parts(person.id, made.hoa.id)
        db.session.commit()
        hoa.get("/du-tham")
        with queries() as said:
            hoa.get("/du-tham")
        counts.append(len(said))
    assert counts[0] == counts[1]
