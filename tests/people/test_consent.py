"""Consent: one purpose each, child and representative under 16, nothing ticked beforehand, taken back as easily as given."""

import re
from datetime import timedelta

from sqlalchemy import select

from lms import clock
from lms.access.rules import Role
from lms.db import db
from lms.people import actions as people
from lms.people.models import Consent
from lms.people.queries import standing_consents
from lms.people.rules import Giver, Purpose
from tests.classes import school
from tests.rosters import hamlet
from tests.rosters.hamlet import count, sign_in

TODAY = clock.today


def holds(person, purpose=Purpose.ASSESSMENT):
    return standing_consents([person], TODAY())[person.id][purpose].holds


def test_signed_papers_of_a_class_are_taken_at_once(client, ids, room):
    row, (lan, nam, uoc) = room
    sign_in(client, ids["teacher"])
    at = f"/lop-hoc/{row.id}/dong-y"
    ticks = [f"{lan.id}:self", f"{lan.id}:representative", f"{nam.id}:self"]
    assert client.post(at, data={"signed_on": TODAY().isoformat(), "signed": ticks}).status_code == 303
    assert (holds(lan), holds(nam), holds(uoc)) == (True, False, False)
    assert not holds(lan, Purpose.HOUSEHOLD_LINK)  # one purpose each
    kept = db.session.scalars(select(Consent)).all()
    assert {(one.text_version, one.channel, one.recorded_by) for one in kept} == {("2026-11", "paper", ids["teacher"])}


def test_a_paper_is_dated_when_it_was_signed_and_taken_once(client, ids, room):
    row, (lan, *_others) = room
    sign_in(client, ids["teacher"])
    at = f"/lop-hoc/{row.id}/dong-y?muc_dich=household-link"
    day = TODAY() - timedelta(days=3)
    said = {"signed_on": day.isoformat(), "signed": [f"{lan.id}:self", f"{lan.id}:representative"]}
    assert [client.post(at, data=said).status_code for _n in range(2)] == [303, 422], "what stands is not asked again"
    kept = db.session.scalars(select(Consent)).all()
    assert {(one.purpose, clock.day_of(one.at), clock.day_of(one.recorded_at)) for one in kept} == {
        ("household-link", day, TODAY())
    }
    assert len(kept) == 2 and holds(lan, Purpose.HOUSEHOLD_LINK) and not holds(lan)


def test_ticks_stay_when_the_day_is_refused(client, ids, room):
    row, (lan, *_others) = room
    late = (TODAY() + timedelta(days=1)).isoformat()
    sign_in(client, ids["teacher"])
    answer = client.post(f"/lop-hoc/{row.id}/dong-y", data={"signed_on": late, "signed": [f"{lan.id}:self"]})
    assert answer.status_code == 422
    assert re.findall(r'value="([^"]+)" checked', answer.get_data(as_text=True)) == [f"{lan.id}:self"]


def test_nothing_is_ticked_beforehand(client, ids, room):
    page = sign_in(client, ids["teacher"]).get(f"/lop-hoc/{room[0].id}/dong-y").get_data(as_text=True)
    boxes = re.findall(r"<input type=\"checkbox\"[^>]*>", page)
    assert len(boxes) == 6 and not any("checked" in box for box in boxes)


def test_a_paper_of_another_class_is_not_taken(client, ids, room):
    sign_in(client, ids["teacher"])
    ticks = [f"{ids['officer']}:self", f"{room[1][0].id}:somebody", "x:self"]
    answer = client.post(f"/lop-hoc/{room[0].id}/dong-y", data={"signed_on": TODAY().isoformat(), "signed": ticks})
    assert answer.status_code == 422 and count(Consent) == 0


def test_a_head_who_sees_the_class_but_does_not_teach_it_takes_no_papers(client, ids, room):
    head = hamlet.staff("Bà Hiệu trưởng", Role.PRINCIPAL, site_id=ids["school"])
    people.grant_role(head, Role.TEACHER, school.BEGUN, site_id=ids["school"])
    db.session.commit()
    sign_in(client, head)
    at = f"/lop-hoc/{room[0].id}"
    assert client.get(at).status_code == 200
    assert client.get(f"{at}/dong-y").status_code == client.get(f"{at}/dong-y/phieu").status_code == 404
    said = {"signed_on": TODAY().isoformat(), "signed": [f"{room[1][0].id}:self"]}
    assert client.post(f"{at}/dong-y", data=said).status_code == 404 and count(Consent) == 0


def test_a_day_to_come_is_refused(client, ids, room):
    sign_in(client, ids["teacher"])
    day = (TODAY() + timedelta(days=1)).isoformat()
    answer = client.post(f"/lop-hoc/{room[0].id}/dong-y", data={"signed_on": day, "signed": [f"{room[1][0].id}:self"]})
    assert answer.status_code == 422 and count(Consent) == 0


def test_the_paper_says_what_for_and_leaves_the_boxes_empty(client, ids, room):
    sign_in(client, ids["teacher"])
    for purpose, words in (("assessment", "có người chứng"), ("household-link", "chưa nối")):
        page = client.get(f"/lop-hoc/{room[0].id}/dong-y/phieu?muc_dich={purpose}").get_data(as_text=True)
        assert words in page and "2026-11" in page and page.count("Phiếu đồng ý</h1>") == 3 and "☑" not in page
    school.consented(room[1][0].id)
    page = client.get(f"/lop-hoc/{room[0].id}/dong-y/phieu?ai=thieu").get_data(as_text=True)
    assert page.count("Phiếu đồng ý</h1>") == 2


def test_a_withdrawal_ends_it_and_stays_on_record(client, ids, room):
    _row, (lan, *_others) = room
    school.consented(lan.id)
    sign_in(client, ids["teacher"])
    said = {"purpose": "assessment", "giver": "representative", "act": "withdrawn"}
    assert client.post(f"/nguoi/{lan.id}/dong-y", data=said).status_code == 303
    assert not holds(lan) and count(Consent) == 5
    assert "rút đồng ý" in client.get(f"/nguoi/{lan.id}/dong-y").get_data(as_text=True)


def test_an_adult_of_the_commune_says_yes_on_one_screen(client, ids):
    grown = hamlet.staff("Bà Lan", Role.TEACHER, site_id=ids["school"])
    db.session.commit()
    sign_in(client, ids["officer"])
    said = {"purpose": "assessment", "giver": "self", "act": "given"}
    assert client.post(f"/nguoi/{grown}/dong-y", data=said).status_code == 303
    assert db.session.scalar(select(Consent.channel)) == "screen"


def test_ones_own_yes_can_be_taken_back_by_oneself(client, ids, room):
    _row, (lan, *_others) = room
    people.create_account(lan, "lan", "no hash", must_change=False)
    school.consented(lan.id)
    sign_in(client, lan.id)
    assert "Rút đồng ý" in client.get("/ca-nhan/dong-y").get_data(as_text=True)
    client.post("/ca-nhan/dong-y", data={"purpose": "assessment", "giver": "self", "act": "withdrawn"})
    assert not holds(lan) and holds(lan, Purpose.HOUSEHOLD_LINK)
    forged = {"purpose": "assessment", "giver": "representative", "act": "given"}
    assert client.post("/ca-nhan/dong-y", data=forged).status_code == 404
    assert client.post("/ca-nhan/dong-y", data={**forged, "purpose": "photos"}).status_code == 400


def test_the_stranger_records_nothing(client, ids, room):
    _row, (lan, *_others) = room
    sign_in(client, ids["stranger"])
    assert client.get(f"/nguoi/{lan.id}/dong-y").status_code == 404
    said = {"purpose": "assessment", "giver": "self", "act": "given"}
    assert client.post(f"/nguoi/{lan.id}/dong-y", data=said).status_code == 404 and count(Consent) == 0


def test_what_was_said_under_either_id_counts(ids, room):
    _row, (lan, nam, _uoc) = room
    school.consented(nam.id)
    people.confirm_link(nam, lan, None)
    db.session.commit()
    assert holds(lan) and {giver for giver in Giver} == {Giver.SELF, Giver.REPRESENTATIVE}
