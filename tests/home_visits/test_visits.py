"""Anh Nam goes from door to door: whom to see next, ten minutes at a house, mending, taking back; and who may not."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms import clock, completion
from lms.db import db
from lms.journal import JournalLine
from lms.refusals import Refusal
from lms.skills.models import Evidence
from lms.skills.queries import framework
from lms.teams import actions as teams
from lms.visits import actions
from lms.visits.models import Visit, VisitEvent
from lms.visits.rules import Kind, Told
from lms.witnessing.actions.observing import Sighting
from tests import cast
from tests.certificates.town import enter
from tests.house.two_worlds import CARD


@pytest.fixture
def made(db_session):
    return cast.settle(1)


def told(made, **more):
    fields = {
        "kind": Kind.TEACH, "visited_on": clock.today(), "present": frozenset({made.lan.id, made.tu.id}),
        "activities": frozenset({"teach"}), "learner": made.lan.id, "skill": "s3",
        "competency": framework().of_skill("s3")[0].id, "checked": "alone",
    }  # fmt: skip
    return Told(**{**fields, **more})


def sent(made, **more):
    fields = {
        "id": str(uuid4()), "present": [made.lan.id], "activities": ["teach", "warn"], "learner": made.lan.id,
        "competency": framework().of_skill("s3")[0].id, "checked": "prompted", "when": "2",
        "visited_on": clock.today().isoformat(),
    }  # fmt: skip
    return {**fields, **more}


def home(made):
    return f"/di-tham/ho/{made.household.id}"


def test_from_the_list_to_a_visit_that_is_kept(app, made) -> None:
    nam = enter(app, made.nam)
    assert "Chưa ai tới" in nam.get("/di-tham").text
    page = nam.get(home(made)).text
    assert "Không giữ mã OTP" in page and "đã đồng ý ghi kết quả" in page
    form = nam.get(f"{home(made)}/ghi?viec=s3").text
    assert " checked" not in re.sub(r'value="khong" checked', "", form), "nothing stands ticked"
    answer = nam.post(f"{home(made)}/ghi?viec=s3", data=sent(made))
    assert answer.status_code == 303
    kept = nam.get(answer.headers["Location"]).text
    agreed = (clock.today() + timedelta(weeks=2)).strftime("%d/%m/%Y")
    assert "Bùi Thị Lan" in kept and agreed in kept
    assert f"Hẹn ngày {agreed}" in nam.get("/di-tham").text
    slip = nam.get(answer.headers["Location"] + "/to-hen").text
    assert "<svg" in slip and agreed in slip and "Bùi Thị Lan" not in slip, "what lies about in a house names nobody"
    assert db.session.query(Evidence).count() == 0, "a lesson at the door is a learning log"
    read = db.session.scalars(select(JournalLine).where(JournalLine.kind == "read-household")).all()
    assert {line.actor_id for line in read} == {made.nam.id}


def test_the_same_form_twice_is_one_visit(app, made) -> None:
    nam, once = enter(app, made.nam), sent(made)
    first, again = (nam.post(f"{home(made)}/ghi?viec=s3", data=once).headers["Location"] for _n in range(2))
    assert first == again
    assert db.session.query(Visit).count() == db.session.query(VisitEvent).count() == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"present": []}, "Chưa chọn ai có nhà"),
        ({"learner": ""}, "Chọn người học"),
        ({"competency": "s4.1"}, "Chọn một điều"),
        ({"checked": ""}, "làm lại một lần"),
        ({"activities": ["teach", "collect"]}, "khó khăn của nhà"),
        ({"activities": ["teach", "collect"], "difficulty": "gọi 0912 345 678"}, "Không ghi số điện thoại"),
        ({"when": ""}, "Chọn ngày hẹn"),
        ({"visited_on": "2020-01-01"}, "30 ngày"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(app, made, more, words) -> None:
    answer = enter(app, made.nam).post(f"{home(made)}/ghi?viec=s3", data=sent(made, **more))
    assert answer.status_code == 422 and words in answer.text
    assert db.session.query(VisitEvent).count() == 0


def test_an_empty_form_is_told_everything_at_once(app, made) -> None:
    nam = enter(app, made.nam)
    bare = {"id": str(uuid4()), "activities": ["teach"], "visited_on": clock.today().isoformat()}
    told_at_once = nam.post(f"{home(made)}/ghi?viec=s3", data=bare).text
    for words in ("Chưa chọn ai có nhà", "Chọn người học", "Chọn một điều", "làm lại một lần", "Chọn ngày hẹn"):
        assert words in told_at_once
    assert "Dạy một bài" not in nam.get(f"{home(made)}/ghi").text, "without a skill there is no lesson to be entered"


def test_mending_and_taking_back_keep_the_book(app, made) -> None:
    nam = enter(app, made.nam)
    page = nam.post(f"{home(made)}/ghi?viec=s3", data=sent(made)).headers["Location"]
    assert 'value="prompted"' in nam.get(f"{page}/sua").text
    assert nam.post(f"{page}/sua", data=sent(made, checked="alone")).status_code == 303
    shown = nam.get(page).text
    assert "Tự làm được" in shown and "sửa lại" in shown
    assert nam.post(f"{page}/bo", data={"id": str(uuid4())}).status_code == 303
    assert nam.get(page).status_code == 404
    assert db.session.query(Visit).count() == 0 and db.session.query(VisitEvent).count() == 3


def test_events_of_two_devices_in_another_order_end_the_same(made) -> None:
    """The correction of one phone and the withdrawal of another meet on the server, doubled."""
    visit = actions.record(uuid4(), made.household.id, made.nam.id, told(made))
    mended, gone = uuid4(), uuid4()
    actions.correct(mended, visit, made.nam.id, told(made, checked="not-yet"))
    assert db.session.get(Visit, visit.id).body["checked"] == "not-yet"
    actions.withdraw(gone, visit.id, made.household.id, made.nam.id)
    with pytest.raises(Refusal, match="đã bỏ rồi"):
        actions.correct(mended, visit, made.nam.id, told(made, checked="not-yet"))
    actions.withdraw(gone, visit.id, made.household.id, made.nam.id)
    assert db.session.get(Visit, visit.id) is None and db.session.query(VisitEvent).count() == 3


def test_only_the_writer_mends_and_only_within_a_week(made) -> None:
    visit = actions.record(uuid4(), made.household.id, made.nam.id, told(made))
    db.session.commit()
    with pytest.raises(Refusal, match="Chỉ người ghi"):
        actions.correct(uuid4(), visit, made.tu.id, told(made))
    with clock.frozen(clock.now() + timedelta(days=8)), pytest.raises(Refusal, match="bảy ngày"):
        actions.withdraw(uuid4(), visit.id, made.household.id, made.nam.id)


def test_an_id_of_another_visit_is_refused(made) -> None:
    visit = actions.record(uuid4(), made.household.id, made.nam.id, told(made))
    with pytest.raises(Refusal, match="đã dùng"):
        actions.record(visit.id, made.household.id, made.tu.id, told(made))


def test_what_was_signed_at_the_house_becomes_a_visit_once(app, made) -> None:
    """Chị Mai of the commune goes along with the team; the signature is the witnesses' own act, the visit only names it."""
    teams.appoint(made.team.id, made.mai.id, cast.BEGAN)
    db.session.commit()
    mai = enter(app, made.mai)
    body = {"id": str(uuid4()), "nguoi": made.lan.id}
    assert mai.post(f"{home(made)}/chung", data=body).status_code == 303
    assert db.session.query(VisitEvent).count() == 0, "nothing was signed here today"
    seen = Sighting(lines={"r1": 3, "r2": 3, "r3": 4}, independence=3, identity_checked=True, not_kin=True)
    row = completion.record_observation(uuid4(), made.mai.id, made.lan.id, CARD, seen)
    db.session.commit()
    assert "Ghi thành lượt thăm" in mai.get(home(made)).text
    kept = mai.post(f"{home(made)}/chung", data=body).headers["Location"]
    assert "ký 1 lượt" in mai.get(kept).text
    assert db.session.query(Visit).one().body["signed"] == [str(row.id)]
    assert "Ghi thành lượt thăm" not in mai.get(home(made)).text


def test_a_corrected_signature_is_named_once(app, made) -> None:
    teams.appoint(made.team.id, made.mai.id, cast.BEGAN)
    seen = Sighting(lines={"r1": 3, "r2": 3, "r3": 4}, independence=3, identity_checked=True, not_kin=True)
    first = completion.record_observation(uuid4(), made.mai.id, made.lan.id, CARD, seen)
    db.session.commit()
    mai = enter(app, made.mai)
    better = completion.record_observation(uuid4(), made.mai.id, made.lan.id, CARD, seen, corrects_id=first.id)
    db.session.commit()
    assert mai.get(home(made)).text.count('name="nguoi"') == 1
    mai.post(f"{home(made)}/chung", data={"id": str(uuid4()), "nguoi": made.lan.id})
    assert db.session.query(Visit).one().body["signed"] == [str(better.id)]
    again = completion.record_observation(uuid4(), made.mai.id, made.lan.id, CARD, seen, corrects_id=better.id)
    db.session.commit()
    assert again.corrects_id == better.id
    assert "Ghi thành lượt thăm" not in mai.get(home(made)).text, "mending a signature is no second visit"


@pytest.mark.parametrize(("witness", "not_kin"), [("lan", True), ("tu", True), ("mai", False)])
def test_what_may_not_be_attested_does_not_count_through_a_visit(app, made, witness: str, not_kin: bool) -> None:
    """Oneself, one's own household, declared kin: refused where it is signed, and then there is nothing to put down."""
    who = getattr(made, witness)
    teams.appoint(made.team.id, who.id, cast.BEGAN)
    db.session.commit()
    seen = Sighting(lines={"r1": 3, "r2": 3, "r3": 4}, independence=3, identity_checked=True, not_kin=not_kin)
    with pytest.raises(Refusal):
        completion.record_observation(uuid4(), who.id, made.lan.id, CARD, seen)
    db.session.rollback()
    enter(app, who).post(f"{home(made)}/chung", data={"id": str(uuid4()), "nguoi": made.lan.id})
    assert db.session.query(VisitEvent).count() == db.session.query(Evidence).count() == 0


@pytest.mark.parametrize("who", ["lan", "hoa", "khach"])
def test_strangers_find_no_door(app, made, who: str) -> None:
    visit = actions.record(uuid4(), made.household.id, made.nam.id, told(made))
    db.session.commit()
    stranger = enter(app, getattr(made, who))
    for address in ("/di-tham", home(made), f"{home(made)}/ghi", f"/di-tham/luot/{visit.id}"):
        assert stranger.get(address).status_code in (403, 404), address
    assert stranger.post(f"{home(made)}/ghi?viec=s3", data=sent(made)).status_code in (403, 404)


def test_the_officer_reads_and_does_not_write(app, made) -> None:
    visit = actions.record(uuid4(), made.household.id, made.nam.id, told(made))
    db.session.commit()
    officer = enter(app, made.mai)
    page = officer.get(f"/di-tham/luot/{visit.id}").text
    assert "Bùi Thị Lan" in page and "Bỏ lượt này" not in page
    assert officer.post(f"/di-tham/luot/{visit.id}/bo", data={"id": str(uuid4())}).status_code == 403


def test_a_list_of_many_houses_asks_no_more(app, made, queries) -> None:
    nam = enter(app, made.nam)
    nam.get("/di-tham")
    with queries() as few:
        nam.get("/di-tham")
    for number in range(35):
        cast._home(made.village, cast._person(f"Bùi Văn Nhiều {number}", 1970, "nam"))
    db.session.commit()
    with queries() as many:
        page = nam.get("/di-tham").text
    assert len(many) == len(few) and "Xem tiếp" in page
    mark = re.search(r"sau=([\w-]+)", page)[1]
    assert "Bùi Văn Nhiều" in nam.get(f"/di-tham?sau={mark}").text


def test_what_was_agreed_last_holds_though_an_older_word_named_a_later_day(app, made) -> None:
    """Four weeks were agreed first; ten days later the next visit said one week: then that day is kept."""
    today, nam = clock.today(), enter(app, made.nam)
    for ago, weeks in ((20, 4), (10, 1)):
        day = today - timedelta(days=ago)
        agreed = told(made, visited_on=day, next_on=day + timedelta(weeks=weeks))
        actions.record(uuid4(), made.household.id, made.nam.id, agreed)
    db.session.commit()
    assert f"Hẹn ngày {(today - timedelta(days=3)).strftime('%d/%m/%Y')}" in nam.get("/di-tham").text


def test_a_visit_that_agrees_on_nothing_leaves_the_day_that_was_agreed(app, made) -> None:
    today, nam = clock.today(), enter(app, made.nam)
    actions.record(uuid4(), made.household.id, made.nam.id, told(made, next_on=today + timedelta(days=7)))
    actions.record(uuid4(), made.household.id, made.nam.id, told(made))
    db.session.commit()
    assert f"Hẹn ngày {(today + timedelta(days=7)).strftime('%d/%m/%Y')}" in nam.get("/di-tham").text


def test_ids_are_uuids_of_the_page(app, made) -> None:
    form = enter(app, made.nam).get(f"{home(made)}/ghi").text
    assert UUID(re.search(r'name="id"[^>]*value="([^"]+)"', form)[1])
