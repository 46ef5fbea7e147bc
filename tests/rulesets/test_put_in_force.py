"""A ruleset comes into force: tried out, signed, concluded; the one before stays beside it for six months."""

import json
import re
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms import clock, completion
from lms.access.rules import Role
from lms.backups.upkeep import conclude_all
from lms.db import db, open_write
from lms.journal import JournalLine
from lms.people import actions as people
from lms.people.models import Person
from lms.rulesets import queries
from lms.rulesets.models import RulesetTrialLine
from lms.skills import queries as skills
from lms.skills.models import RulesetActivation, SkillSpell, SkillState
from tests.witnessing import world as made

AT = "/quan-tri/quy-tac"
TODAY = date(2026, 11, 20)
DECIDED = {"reason": "Quyết định mẫu số 1", "signer": "Lê Thị Hoa, Phạm Thị Mai", "seen": "y"}


@pytest.fixture
def admin(app: Flask, as_: Any, world: SimpleNamespace) -> FlaskClient:
    with app.app_context():
        open_write()
        people.grant_role(world.sen, Role.ADMIN, made.BEGAN)
        db.session.commit()
    return as_("sen")


@pytest.fixture
def done(app: Flask, world: SimpleNamespace) -> SimpleNamespace:
    """An did two cards with a witness and knows: proficient by the old rules. Bình did the simulators in a session, seen.
    Lan knows and did one card.
    """
    with app.app_context():
        open_write()
        for who in (world.an, world.binh, world.lan):
            made.evidence_of_quiz(who)
        for card in (made.CARD, made.OTHER_CARD):
            acted(world.an, card)
        acted(world.lan, made.CARD)
        simulated(world.binh)
        db.session.commit()
    return world


def acted(person_id: int, card: str) -> None:
    lines = [{"id": "r1", "competency": one, "level": 3, "core": True, "critical": False, "failed": False}
             for one in sorted(skills.framework().core["s3"])]  # fmt: skip
    came(person_id, "observation", {"identity_checked": True, "lines": lines, "card": card}, uuid4())


def simulated(person_id: int, variants: tuple[str, ...] = ("a", "b")) -> None:
    session = uuid4()
    for variant in variants:
        result = {"passed": True, "variant": variant, "covers": sorted(skills.framework().core["s3"]), "hints": 0,
                  "replayed": True}  # fmt: skip
        came(person_id, "practice", result, session)
    came(person_id, "observation", {"identity_checked": True, "lines": [], "card": None}, session)


def came(person_id: int, kind: str, result: dict[str, Any], session: Any) -> None:
    witness = [{"person": person_id + 9_000, "part": "witness", "as": "teacher"}] if kind == "observation" else []
    completion.evidence_came(
        uuid4(), person_id, type=kind, skill_id="s3", occurred_at=clock.now(), received_at=clock.now(), mode="witnessed",
        independence=3 if kind == "observation" else None, actors=witness, session_id=session, ruleset_id="r2026.0",
        result=result, admitted=True,
    )  # fmt: skip


def tried(client: FlaskClient, on_day: date = TODAY) -> str:
    answer = client.post(AT, data={"id": str(uuid4()), "ruleset_id": "r2026.1", "on_day": on_day.isoformat()})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.headers["Location"])


def lines_of(app: Flask) -> set[tuple[int, str]]:
    with app.app_context():
        return {(row.person_id, row.change) for row in db.session.scalars(select(RulesetTrialLine))}


def holds(app: Flask, person_id: int, day: date = TODAY) -> str | None:
    """The ruleset under which the stored spell of s3 stands."""
    with app.app_context():
        rows = [row for row in skills.whole_spells_of([person_id]) if row.from_on <= day < row.until_on]
        return rows[0].ruleset_id if rows else None


def test_from_trying_out_to_being_in_force(app: Flask, admin: FlaskClient, done: SimpleNamespace) -> None:
    assert "r2026.0" in admin.get(AT).get_data(as_text=True)
    address = tried(admin)
    assert lines_of(app) == {(done.binh, "gains"), (done.lan, "redo")}, "An keeps what she has: nothing changes for her"
    assert holds(app, done.binh) is None, "trying out changes nothing"
    body = admin.get(address).get_data(as_text=True)
    assert "Quách Văn Bình" in body and "20/05/2027" in body and "Bùi Bình An" not in body
    assert re.search(r"<b>1</b> được thêm thành thạo", body)
    assert "Bùi Thị Lan" in admin.get(f"{address}?loai=redo").get_data(as_text=True)
    with clock.frozen(made.NOW + timedelta(minutes=1)):
        answer = admin.post(f"{address}/hieu-luc", data=DECIDED)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        assert "3 người chờ tính lại" in admin.get(AT).get_data(as_text=True)
        assert admin.post(f"{AT}/tinh-lai").status_code == 303
        page = admin.get(AT).get_data(as_text=True)
        assert "chờ tính lại" not in page and "song song đến hết 20/05/2027" in page
    with app.app_context():
        row = db.session.scalar(select(RulesetActivation).where(RulesetActivation.ruleset_id == "r2026.1"))
        assert (row.on_day, row.reason, row.signers) == (TODAY, DECIDED["reason"], ["Lê Thị Hoa", "Phạm Thị Mai"])
        [line] = db.session.scalars(select(JournalLine).where(JournalLine.kind == "ruleset-in-force"))
        assert line.key == "ruleset:r2026.1" and line.detail["reason"] == DECIDED["reason"]
    assert (holds(app, done.an), holds(app, done.binh)) == ("r2026.0", "r2026.1")


def test_those_who_wait_are_concluded_by_hand_and_by_upkeep(
    app: Flask, admin: FlaskClient, done: SimpleNamespace
) -> None:
    """In force from the day after tomorrow; whoever finishes on that day is judged by both, at once or by upkeep."""
    coming = TODAY + timedelta(days=2)
    address = tried(admin, coming)
    assert lines_of(app) == {(done.binh, "one-more"), (done.lan, "redo")}
    assert admin.post(f"{address}/hieu-luc", data=DECIDED).status_code == 303
    with app.app_context():
        assert queries.stale_people(TODAY) == []
    with clock.frozen(made.NOW + timedelta(days=2)), app.app_context():
        assert queries.stale_people(clock.today()) == sorted([done.an, done.binh, done.lan])
        assert conclude_all() == 3 and queries.stale_people(clock.today()) == []
        states = {row.person_id: row for row in db.session.scalars(select(SkillState))}
        assert states[done.binh].does_count == 2 and states[done.lan].does_count == 1
        open_write()
        made.evidence_of_quiz(done.binh)
        db.session.commit()
        [spell] = db.session.scalars(
            select(SkillSpell).where(SkillSpell.person_id == done.binh, SkillSpell.superseded_at.is_(None))
        )
        assert (spell.ruleset_id, spell.from_on) == ("r2026.1", coming)


def test_the_old_one_stays_beside_it_for_six_months_and_not_longer(app: Flask, admin: FlaskClient, done: Any) -> None:
    """Lan's second card: on the last day of the overlap it still counts, the day after it does not."""
    assert admin.post(f"{tried(admin)}/hieu-luc", data=DECIDED).status_code == 303
    last = date(2027, 5, 20)
    for day, counts in ((last + timedelta(days=1), False), (last, True)):
        with clock.frozen(clock.start_of(day) + timedelta(hours=3)), app.app_context():
            open_write()
            made.evidence_of_quiz(done.lan)
            for card in (made.CARD, made.OTHER_CARD):
                acted(done.lan, card)
            assert skills.standings([done.lan], day)[done.lan]["s3"].is_proficient == counts
            db.session.rollback()


REFUSED: tuple[tuple[dict[str, str], str], ...] = (
    ({**DECIDED, "reason": "vì thế"}, "Ghi rõ lý do"),
    ({**DECIDED, "signer": " , "}, "Ghi tên người quyết định"),
    ({key: value for key, value in DECIDED.items() if key != "seen"}, "Xem bảng"),
)


def test_what_is_refused(app: Flask, admin: FlaskClient, done: SimpleNamespace, as_: Any) -> None:
    for day, words in ((TODAY - timedelta(days=1), "đặt lùi ngày"), (TODAY + timedelta(days=400), "xa quá một năm")):
        answer = admin.post(AT, data={"id": str(uuid4()), "ruleset_id": "r2026.1", "on_day": day.isoformat()})
        assert answer.status_code == 422 and words in answer.get_data(as_text=True)
    address = tried(admin)
    for form, words in REFUSED:
        answer = admin.post(f"{address}/hieu-luc", data=form)
        assert answer.status_code == 422 and words in answer.get_data(as_text=True), form
    tomorrow = made.NOW + timedelta(days=1)
    with clock.frozen(tomorrow):
        with admin.session_transaction() as session:
            session["seen"] = int(tomorrow.timestamp())
        later = as_("sen")
        with later.session_transaction() as session:
            session["seen"] = int(tomorrow.timestamp())
        answer = later.post(f"{address}/hieu-luc", data=DECIDED)
        assert answer.status_code == 422 and "đặt lùi ngày" in answer.get_data(as_text=True)
    for who in ("hoa", "mai", "an"):
        assert as_(who).get(address).status_code == 403
        assert as_(who).post(f"{address}/hieu-luc", data=DECIDED).status_code == 403
    with app.app_context():
        assert not db.session.scalar(select(RulesetActivation).where(RulesetActivation.ruleset_id == "r2026.1"))
    assert as_("sen").get(f"{AT}/thu/{uuid4()}").status_code == 404


def test_the_command(app: Flask, done: SimpleNamespace) -> None:
    run = app.test_cli_runner()
    words = ["rulesets", "activate", "r2026.1", "--from", TODAY.isoformat()]
    told = run.invoke(args=[*words, "--dry-run", "--json"])
    assert told.exit_code == 0, told.output
    body = json.loads(told.output)
    assert body["dry_run"] and body["looked_at"] == 3 and body["both_in_force_until"] == "2027-05-20"
    assert {(one["unit"], one["skill"], one["change"], one["people"]) for one in body["changes"]} == {
        ("lien", "s3", "gains", 1), ("lien", "s3", "redo", 1),
    }  # fmt: skip
    assert holds(app, done.binh) is None
    without = run.invoke(args=words)
    assert without.exit_code != 0 and "Ghi rõ lý do" in without.output
    acted_on = run.invoke(args=[*words, "--reason", DECIDED["reason"], "--signer", "Lê Thị Hoa"])
    assert acted_on.exit_code == 0 and "được thêm thành thạo: 1 người" in acted_on.output, acted_on.output
    again = run.invoke(args=[*words, "--reason", DECIDED["reason"], "--signer", "Lê Thị Hoa"])
    assert again.exit_code != 0 and "đã được cho có hiệu lực" in again.output
    with app.app_context():
        assert db.session.scalar(select(JournalLine.id).where(JournalLine.kind == "ruleset-in-force"))
        assert db.session.get(Person, done.binh)
