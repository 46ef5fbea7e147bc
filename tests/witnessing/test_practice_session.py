"""«Buổi thực hành»: opened for a class or for people, entered with the code, watched, signed in one go, said better."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from lms import clock
from lms.db import db, open_write
from lms.journal import JournalLine
from lms.people.models import Kinship
from lms.people.queries import canonical_id
from lms.refusals import Refusal
from lms.skills import queries as skills
from lms.skills.models import Evidence
from lms.skills.rules.flowers import PetalState
from lms.witnessing.actions import practising
from lms.witnessing.models import Observation, Presence
from tests.practice.passing import FILES, bundle, passes, send
from tests.witnessing import world as made
from tests.witnessing.attending import (
    OPEN,
    TICKED,
    code_of,
    comes_in,
    day,
    opened,
    page,
    seated,
    signed_in_at,
    standing,
)

__all__ = ["day"]


def test_five_golden_petals_by_the_simulators(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    """Three days, two sessions a day: each time both simulators of a skill, seen and signed in one go."""
    lessons = (("s1", 0), ("s2", 0), ("s3", 1), ("s4", 1), ("s5", 2))
    for skill, days in lessons:
        at = made.NOW + timedelta(days=days, hours=int(skill[1]) / 10)
        with clock.frozen(at):
            with app.app_context():
                open_write()
                made.evidence_of_quiz(day.an, skill)
                db.session.commit()
            hoa, an = signed_in_at(as_, "hoa", at), signed_in_at(as_, "an", at)
            address = opened(hoa, day, skill)
            room = comes_in(an, code_of(app, address))
            for practice in (one for one in FILES if f".{skill}." in one):
                assert practice in page(an, room)
                passes(an, practice)
            answer = hoa.post(f"{address}/ky", data={"nguoi": day.an, f"muc-{day.an}": "3", **TICKED})
            assert answer.status_code == 303
            held = standing(app, day.an, skill)
            assert held.is_proficient and held.ruleset_id == "r2026.1", (skill, held.reasons)
            assert "đã ký" in page(hoa, address)
    with clock.frozen(made.NOW + timedelta(days=2)):
        assert all(standing(app, day.an, skill).is_proficient for skill, _days in lessons)
        with app.app_context():
            flower = skills.flowers([canonical_id(day.an)], clock.today())[canonical_id(day.an)]
        assert all(one.state is PetalState.FULL for one in flower.petals)


def test_what_is_done_inside_is_linked_and_what_was_begun_at_home_is_not(
    app: Flask, as_: Any, day: SimpleNamespace
) -> None:
    an = as_("an")
    with clock.frozen(made.NOW - timedelta(minutes=1)):
        at_home = bundle(an, "p.s3.quet-ma")
    address, hoa, an = seated(app, as_, day)
    send(an, at_home)
    assert "Chưa có lượt tự làm đạt" in page(hoa, f"{address}/ky")
    passes(an, "p.s4.hop-thu-lua-dao")
    passes(an, "p.s3.quet-ma")
    with app.app_context():
        rows = list(db.session.scalars(select(Evidence).where(Evidence.type == "practice")))
        linked = [row for row in rows if row.session_id is not None]
        assert len(rows) == 3
        [row] = linked
        assert (row.mode, str(row.session_id), row.skill_id) == ("witnessed", address.split("/")[-1], "s3")
        assert {one.mode for one in rows if one is not row} == {"unattended"}


def test_the_signature_is_bound_to_the_pass(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    address, hoa, an = seated(app, as_, day)
    said = passes(an, "p.s3.quet-ma")
    form = {"nguoi": day.an, f"muc-{day.an}": "4", **TICKED}
    for _twice in range(2):
        hoa.post(f"{address}/ky", data=form)
    with app.app_context():
        [row] = db.session.scalars(select(Observation))
        assert (str(row.trace_id), row.independence, row.place, row.card_id) == (said["id"], 4, "Phòng máy", None)
        assert row.identity_checked and row.witness_role == "teacher"
        event = db.session.get_one(Evidence, row.id)
        assert event.session_id == db.session.get_one(Evidence, row.trace_id).session_id == row.session_id
        assert event.result == {"identity_checked": True, "lines": [], "card": None}
        assert row.admission["facts"]["place"] == "session"
    assert standing(app, day.an, "s3").keys.do_count == 1
    body = page(hoa, f"/chung-kien/nguoi/{day.an}/phieu/{row.id}")
    assert "Quét mã" in body and "dạy lại được" in body


def test_a_hint_is_progress_and_not_signed(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    address, hoa, an = seated(app, as_, day)
    passes(an, "p.s3.quet-ma", with_hint=True)
    assert "có gợi ý" in page(hoa, address)
    answer = hoa.post(f"{address}/ky", data={"nguoi": day.an, **TICKED})
    assert answer.status_code == 303
    with app.app_context():
        assert not list(db.session.scalars(select(Observation)))


def test_one_who_may_not_be_signed_is_named_and_holds_up_nobody(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    """Bình is cô Hoa's nephew by a register of kin; both passed."""
    with app.app_context():
        open_write()
        db.session.add(Kinship(person_id=day.hoa, relative_id=day.binh, kind="close", recorded_at=made.NOW))
        made.people.create_account(made.db.session.get_one(made.Person, day.binh), "binh.mau", made.hashed(), False)
        db.session.commit()
    address, hoa, an = seated(app, as_, day)
    binh = as_("binh")
    comes_in(binh, code_of(app, address))
    for one in (an, binh):
        passes(one, "p.s3.quet-ma")
    body = page(hoa, f"{address}/ky")
    assert "họ hàng gần" in body and f'value="{day.binh}"' not in body
    assert hoa.post(f"{address}/ky", data={"nguoi": [day.an, day.binh], **TICKED}).status_code == 303
    with app.app_context():
        assert [row.learner_id for row in db.session.scalars(select(Observation))] == [day.an]
        told = list(db.session.scalars(select(JournalLine).where(JournalLine.kind == "witness-refused")))
        assert [line.key for line in told] == [f"person:{day.binh}"]


NOT_SIGNED: tuple[tuple[dict[str, str], str], ...] = (
    ({"nguoi": "an", "identity": "y"}, "không phải người nhà"),
    ({"nguoi": "an", "not_kin": "y"}, "nhận ra đúng từng người"),
    (dict(TICKED), "ít nhất một người"),
    ({"nguoi": "an", "muc": "2", **TICKED}, "mức 3 hoặc 4"),
    ({"nguoi": "lan", **TICKED}, "không có tên"),
)


def test_what_is_not_signed(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    address, hoa, an = seated(app, as_, day)
    passes(an, "p.s3.quet-ma")
    for form, words in NOT_SIGNED:
        sent: dict[str, Any] = {key: value for key, value in form.items() if key not in ("nguoi", "muc")}
        if "nguoi" in form:
            sent |= {"nguoi": getattr(day, form["nguoi"]), f"muc-{day.an}": form.get("muc", "3")}
        answer = hoa.post(f"{address}/ky", data=sent)
        assert answer.status_code == 422 and words in answer.get_data(as_text=True), form
        with app.app_context():
            assert not list(db.session.scalars(select(Observation)))


def test_a_third_session_of_one_day_is_not_signed(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    hoa, an = as_("hoa"), as_("an")
    for number, skill in enumerate(("s1", "s2", "s3"), 1):
        address = opened(hoa, day, skill)
        comes_in(an, code_of(app, address))
        passes(an, next(one for one in FILES if f".{skill}." in one))
        hoa.post(f"{address}/ky", data={"nguoi": day.an, **TICKED})
        with app.app_context():
            assert len(list(db.session.scalars(select(Observation)))) == min(number, 2)
    assert "nhiều nhất 2 buổi" in page(hoa, f"{address}/ky")


def test_signing_is_for_the_day_and_for_the_leader(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    address, hoa, an = seated(app, as_, day)
    passes(an, "p.s3.quet-ma")
    page(as_("mai"), address, 404)
    assert as_("mai").post(f"{address}/ky", data={"nguoi": day.an, **TICKED}).status_code == 404
    assert as_("stranger").get(address).status_code == 404
    assert an.get(address).status_code == 403
    tomorrow = made.NOW + timedelta(days=1)
    with clock.frozen(tomorrow):
        late = signed_in_at(as_, "hoa", tomorrow)
        answer = late.post(f"{address}/ky", data={"nguoi": day.an, **TICKED})
        assert answer.status_code == 422 and "trong ngày" in answer.get_data(as_text=True)


def test_said_better_the_same_day(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    """cô Hoa ticked An by mistake: corrected to «nhắc lời» it counts no longer, and so does the petal."""
    with app.app_context():
        open_write()
        made.evidence_of_quiz(day.an)
        db.session.commit()
    address, hoa, an = seated(app, as_, day)
    for practice in ("p.s3.quet-ma", "p.s3.chuyen-nham-khoa-the"):
        passes(an, practice)
    hoa.post(f"{address}/ky", data={"nguoi": day.an, **TICKED})
    assert standing(app, day.an, "s3").is_proficient
    with app.app_context():
        old = db.session.scalar(select(Observation.id))
    sheet = f"/chung-kien/nguoi/{day.an}/phieu/{old}"
    assert f"{sheet}/sua" in page(hoa, sheet)
    page(hoa, f"{sheet}/sua")
    form = {"id": str(uuid4()), "independence": "2"}
    for _twice in range(2):
        assert hoa.post(f"{sheet}/sua", data=form).status_code == 303
    assert not standing(app, day.an, "s3").is_proficient
    assert standing(app, day.an, "s3").keys.do_count == 2, "what the machine saw stands"
    again = hoa.post(f"{sheet}/sua", data={"id": str(uuid4()), "independence": "3"})
    assert again.status_code == 422 and "đã sửa một lần" in again.get_data(as_text=True)
    assert as_("mai").get(f"{sheet}/sua").status_code == 404


def test_ended_by_hand_taken_back_and_ended_by_itself(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    address, hoa, an = seated(app, as_, day)
    assert hoa.post(f"{address}/dong").status_code == 303
    passes(an, "p.s3.quet-ma")
    assert "Chưa có lượt tự làm đạt" in page(hoa, f"{address}/ky"), "what comes after the end is not linked"
    assert hoa.post(f"{address}/mo-lai").status_code == 303
    passes(an, "p.s3.quet-ma")
    over = made.NOW + timedelta(minutes=45)
    with clock.frozen(over):
        passes(signed_in_at(as_, "an", over), "p.s3.chuyen-nham-khoa-the")
        late = signed_in_at(as_, "hoa", over)
        assert "Đã kết thúc" in page(late, address)
        assert late.post(f"{address}/ky", data={"nguoi": day.an, **TICKED}).status_code == 303
        assert late.post(f"{address}/mo-lai").status_code == 422
    with app.app_context():
        assert len([one for one in db.session.scalars(select(Evidence.session_id)) if one]) == 2


def test_who_may_not_come_in(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    hoa = as_("hoa")
    address = opened(hoa, day)
    code = code_of(app, address)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert "Mã chưa đúng" in comes_in(as_("an"), wrong, 422)
    assert "Mã chưa đúng" in comes_in(as_("stranger"), code, 422), "knows the code, is not on the list"
    page(as_("an"), f"/buoi-thuc-hanh/{address.split('/')[-1]}", 404)
    with app.app_context():
        assert not list(db.session.scalars(select(Presence)))
    an = as_("an")
    for _time in range(20):
        an.post("/buoi-thuc-hanh", data={"code": wrong})
    assert an.post("/buoi-thuc-hanh", data={"code": code}).status_code == 429


def test_somebody_who_came_unlisted_is_added(app: Flask, as_: Any, day: SimpleNamespace) -> None:
    mai, an = as_("mai"), as_("an")
    form = {"id": str(uuid4()), "skill_id": "s3", "place": "Nhà văn hoá", "minutes": 45}
    address = str(mai.post(f"{OPEN}?nguoi={day.lan}", data=form).headers["Location"])
    code = code_of(app, address)
    comes_in(an, code, 422)
    assert f'value="{day.an}"' in page(mai, f"{address}/them?tim=An")
    assert mai.post(f"{address}/them", data={"nguoi": day.far}).status_code == 404, "out of reach"
    assert mai.post(f"{address}/them", data={"nguoi": day.mai}).status_code in (404, 422), "nobody attests themselves"
    assert mai.post(f"{address}/them", data={"nguoi": day.lan}).status_code == 422, "on the list already"
    assert mai.post(f"{address}/them", data={"nguoi": day.an}).status_code == 303
    comes_in(an, code)
    assert as_("hoa").get(f"{address}/them").status_code == 404
    with clock.frozen(made.NOW + timedelta(minutes=45)):
        late = signed_in_at(as_, "mai", made.NOW + timedelta(minutes=45))
        assert late.post(f"{address}/them", data={"nguoi": day.sen}).status_code == 422


NOT_OPENED: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("hoa", {"class_id": "other_school_class"}, "other-class"),
    ("stranger", {"class_id": "school_class"}, "other-class"),
    ("mai", {"person_ids": ["far"]}, "other-commune"),
    ("nam", {"person_ids": ["lan"]}, "not-proficient"),
    ("lan", {"person_ids": ["an"]}, "no-role"),
    ("mai", {"person_ids": ["mai"]}, "self"),
    ("hoa", {}, "nobody"),
    ("hoa", {"class_id": "school_class", "minutes": 121}, "minutes"),
    ("hoa", {"class_id": "school_class", "place": "  "}, "no-place"),
    ("hoa", {"class_id": "school_class", "skill_id": "s9"}, "no-practice"),
)


def test_who_may_not_open(inside: SimpleNamespace) -> None:
    for opener, changes, code in NOT_OPENED:
        given = {"skill_id": "s3", "place": "Phòng máy", **changes}
        if "class_id" in given:
            given["class_id"] = getattr(inside, given["class_id"])
        if "person_ids" in given:
            given["person_ids"] = [getattr(inside, one) for one in given["person_ids"]]
        with pytest.raises(Refusal) as caught:
            practising.open_session(uuid4(), getattr(inside, opener), given.pop("skill_id"), **given)
        assert caught.value.code == code


def test_a_team_member_opens_for_people_of_the_village(inside: SimpleNamespace) -> None:
    made.certify(inside.nam)
    session = practising.open_session(uuid4(), inside.nam, "s3", place="Nhà văn hoá", person_ids=[inside.lan])
    assert session.leader_role == "team-member" and len(session.code) == 6
    assert practising.enter(inside.lan, session.code).id == session.id
    with pytest.raises(Refusal):
        practising.enter(inside.tu, session.code)
