"""A trace comes in: replayed and counted, or kept aside with the reason; never dropped, never counted twice."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms import clock
from lms.db import db
from lms.people import actions as people
from lms.practice.models import PracticeTrace, UsedTicket
from lms.practice.rules.naming import tagged_rows
from lms.skills.models import Evidence
from tests import cast
from tests.practice import shelf
from tests.practice.shelf import SAMPLE_ID, right_way, rows

AT = f"/luyen-tap/{SAMPLE_ID}"


@pytest.fixture
def house(app: Flask) -> int:
    """The id of bà Lan."""
    with app.app_context():
        settled = cast.settle(pupils=1)
        shelf.publish()
        return int(settled.lan.id)


@pytest.fixture
def rows_of(app: Flask) -> Any:
    """The rows of a table now; of evidence those of practice."""

    def read(table: Any) -> list[Any]:
        with app.app_context():
            wanted = select(table).where(table.type == "practice") if table is Evidence else select(table)
            return list(db.session.scalars(wanted))

    return read


def bundle(client: FlaskClient) -> dict[str, Any]:
    answer = client.get(f"{AT}/bo.json")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    return dict(answer.get_json())


def send(client: FlaskClient, box: dict[str, Any], actions: Any = None, **more: Any) -> dict[str, Any]:
    """`actions` by the names of the practice, or no list at all; they go out in the words of the ticket."""
    if actions is None:
        actions = rows(right_way(box["spec"], box["seed"]))
    return post(client, box, tagged_rows(box["seed"], actions) if isinstance(actions, list) else actions, **more)


def post(client: FlaskClient, box: dict[str, Any], actions: Any, **more: Any) -> dict[str, Any]:
    body = {"id": str(uuid4()), "ticket": box["ticket"], "digest": box["digest"], "actions": actions, **more}
    answer = client.post(f"{AT}/vet", json=body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return dict(answer.get_json())


def test_a_pass_is_replayed_evidence_once(house: int, client: FlaskClient, rows_of: Any) -> None:
    cast.sign_in(client, "lan")
    box, id = bundle(client), str(uuid4())
    assert box["keeps"]
    first = send(client, box, id=id)
    assert (first["accepted"], first["passed"], first["assisted"]) == (True, True, False)
    assert send(client, box, id=id) == first
    [event] = rows_of(Evidence)
    assert (event.skill_id, event.admitted, str(event.id)) == ("s3", True, id)
    assert event.result["replayed"] and event.result["passed"] and event.result["covers"] == ["s3.2", "s3.4"]
    assert event.result["variant"].startswith(f"{SAMPLE_ID}:sticker=") and event.content[0]["digest"] == box["digest"]
    assert [used.trace_id for used in rows_of(UsedTicket)] == [event.id]


def test_a_hint_is_told_in_the_evidence(house: int, client: FlaskClient, rows_of: Any) -> None:
    cast.sign_in(client, "lan")
    box = bundle(client)
    answer = send(client, box, rows([["hint"], *right_way(box["spec"], box["seed"])]))
    assert answer["passed"] and answer["assisted"]
    assert rows_of(Evidence)[0].result["hints"] == 1


def test_the_verdict_of_the_device_is_not_asked(house: int, client: FlaskClient, rows_of: Any) -> None:
    cast.sign_in(client, "lan")
    box = bundle(client)
    answer = send(
        client, box, rows([["tap", "scan"], ["input", "amt", 1], ["tap", "otp"], ["tap", "ask"]]), passed=True
    )
    assert answer["accepted"] and not answer["passed"] and "m2" in answer["mistakes"]
    assert not rows_of(Evidence)[0].result["passed"]


FAULTS: dict[str, tuple[str, Any]] = {
    "an unknown action": ("malformed", [[1, 5, "fly", "home"]]),
    "a control of another screen": ("not-offered", [[1, 5, "tap", "pay"]]),
    "a control that does not exist": ("other-names", [[1, 5, "tap", "cheat"]]),
    "time runs back": ("time", [[1, 900, "tap", "scan"], [2, 800, "tap", "ask"]]),
    "a number left out": ("time", [[1, 5, "tap", "scan"], [3, 9, "tap", "ask"]]),
    "time as text": ("malformed", [[1, "5", "tap", "scan"]]),
    "no list": ("malformed", {"n": 1}),
    "not to the end": ("unfinished", [[1, 5, "tap", "scan"]]),
    "nothing": ("unfinished", []),
    "after the end": ("done", [[1, 5, "tap", "scan"], [2, 6, "tap", "ask"], [3, 7, "tap", "scan"]]),
    "too many": ("too-many", [[n, n, "hint"] for n in range(1, 62)]),
    "real-looking data": ("personal", [[1, 5, "tap", "news"], [2, 9, "input", "phone", "0912 345 678"]]),
    "a sign no database keeps": ("malformed", [[1, 5, "fly", "\x00"]]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_trace_is_kept_aside_with_its_reason(
    house: int, client: FlaskClient, rows_of: Any, fault: str
) -> None:
    reason, actions = FAULTS[fault]
    cast.sign_in(client, "lan")
    box = bundle(client)
    answer = send(client, box, actions)
    assert (answer["accepted"], answer["reason"], answer["passed"]) == (False, reason, False)
    [row] = rows_of(PracticeTrace)
    assert (row.reason, row.person_id, row.verdict) == (reason, house, {})
    assert not rows_of(Evidence)
    assert send(client, box)["passed"], "the ticket was not used up by it"


def test_a_trace_copied_from_another_ticket_is_kept_aside(house: int, client: FlaskClient, rows_of: Any) -> None:
    """The very log that passed, sent with another ticket of the same variant; or by the plain names of the practice."""
    cast.sign_in(client, "lan")
    first = bundle(client)
    assert send(client, first)["passed"]
    log = rows(right_way(first["spec"], first["seed"]))
    second = bundle(client)
    while right_way(second["spec"], second["seed"]) != right_way(first["spec"], first["seed"]):
        second = bundle(client)
    for copied in (tagged_rows(first["seed"], log), log):
        answer = post(client, second, copied)
        assert (answer["accepted"], answer["reason"], answer["passed"]) == (False, "other-names", False)
    aside = [row for row in rows_of(PracticeTrace) if row.reason]
    assert [row.refused_at for row in aside] == [1, 1] and aside[-1].actions == log
    assert len(rows_of(Evidence)) == 1
    assert send(client, second)["passed"], "the ticket was not used up by it"


def test_a_trace_is_kept_by_the_names_of_the_practice(house: int, client: FlaskClient, rows_of: Any) -> None:
    cast.sign_in(client, "lan")
    box = bundle(client)
    send(client, box)
    [row] = rows_of(PracticeTrace)
    assert row.actions[0][2:] == ["tap", "scan"]


def test_a_ticket_admits_one_trace(house: int, client: FlaskClient, rows_of: Any) -> None:
    cast.sign_in(client, "lan")
    box = bundle(client)
    assert send(client, box)["accepted"]
    assert send(client, box)["reason"] == "used"


def test_tickets_that_do_not_hold(house: int, client: FlaskClient, rows_of: Any, app: Flask) -> None:
    cast.sign_in(client, "lan")
    box = bundle(client)
    assert send(client, box, ticket=box["ticket"][:-2] + "xx")["reason"] == "bad-ticket"
    assert send(client, box, ticket=None)["reason"] == "bad-ticket"
    assert send(client, box, digest="0" * 64)["reason"] == "altered"
    assert send(client, box, end="0" * 64)["reason"] == "other-end"
    other = app.test_client()
    cast.sign_in(other, "tu")
    assert send(other, box)["reason"] == "wrong-person"
    with clock.frozen(clock.now() + timedelta(days=61)):
        late = app.test_client()
        cast.sign_in(late, "lan")
        assert send(late, box)["reason"] == "expired"
    assert not rows_of(Evidence)


def test_a_ticket_for_nobody_keeps_nothing(house: int, client: FlaskClient, rows_of: Any) -> None:
    box = bundle(client)
    assert not box["keeps"]
    assert client.post(f"{AT}/vet", json={"id": str(uuid4()), "ticket": box["ticket"]}).status_code == 401
    cast.sign_in(client, "lan")
    assert send(client, box)["reason"] == "wrong-person"


def test_without_consent_it_is_free_practice(house: int, client: FlaskClient, app: Flask) -> None:
    with app.app_context():
        people.record_consent(house, "assessment", "self", "2026-11", "paper", act="withdrawn")
        db.session.commit()
    cast.sign_in(client, "lan")
    assert not bundle(client)["keeps"]


def test_what_is_no_trace_at_all(house: int, client: FlaskClient, rows_of: Any) -> None:
    cast.sign_in(client, "lan")
    assert client.post(f"{AT}/vet", json={"id": "7"}).status_code == 400
    assert client.post(f"{AT}/vet", data="x" * 70_000).status_code == 413
    assert client.get("/luyen-tap/p.s3.khong-co/bo.json").status_code == 404


def test_two_passes_of_different_variants_are_the_second_key(house: int, client: FlaskClient, rows_of: Any) -> None:
    """Replayed practice is what *Làm* asks for, where the covers of both are every K of the skill."""
    cast.sign_in(client, "lan")
    variants: set[str] = set()
    while len(variants) < 2:
        box = bundle(client)
        send(client, box)
        variants = {event.result["variant"] for event in rows_of(Evidence)}
    assert len(variants) == 2
