"""Two phones save at one instant: a signature is named by one visit, and one form sent twice is one visit."""

import threading
from uuid import UUID, uuid4

from lms import clock
from lms.db import db
from lms.refusals import Refusal
from lms.visits import actions
from lms.visits.models import Visit, VisitEvent
from lms.visits.rules import Kind, Told
from tests import cast, facts, members
from tests.certificates import town
from tests.certificates.town import enter
from tests.home_visits.test_prove_at_home import signed
from tests.home_visits.test_visits import home, sent

ROUNDS = 5


def _signed_once(app):
    made = cast.settle(0)
    town.prove_all(made.nam.id, made.hoa.id)
    members.pass_part(made.nam.id, "lesson")
    members.certify(made.nam.id, made.team.unit_id, made.mai.id)
    facts.prove(made.lan.id, "s1", clock.today(), witness_id=made.hoa.id)
    db.session.commit()
    assert signed(enter(app, made.nam), made).status_code == 303
    return made.household.id, made.nam.id, made.lan.id


def _together(app, household_id: int, by_id: int, told: Told, ids: list[UUID]) -> list[str]:
    """Each id is saved by a thread of its own, all at once; gives what each was told."""
    gate = threading.Barrier(len(ids))
    ends: list[str] = []

    def save(id: UUID) -> None:
        with app.app_context():
            gate.wait()
            try:
                actions.record(id, household_id, by_id, told)
                db.session.commit()
                ends.append("saved")
            except Refusal as refusal:
                db.session.rollback()
                ends.append(refusal.code)
            except Exception as failure:
                ends.append(repr(failure))

    threads = [threading.Thread(target=save, args=(id,)) for id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_one_signature_goes_into_one_visit(app) -> None:
    with app.app_context():
        household_id, nam, lan = _signed_once(app)
    told = Told(Kind.ATTEST, clock.today(), frozenset({lan}), frozenset({"guide"}))
    for number in range(ROUNDS):
        ends = _together(app, household_id, nam, told, [uuid4(), uuid4()])
        with app.app_context():
            assert db.session.query(Visit).count() == 1, f"round {number}"
            expected = ["saved", "told"] if number == 0 else ["told", "told"]
            assert ends == expected, f"round {number}: {ends}"


def test_one_form_sent_twice_is_one_visit(app) -> None:
    with app.app_context():
        made = cast.settle(0)
        db.session.commit()
        windows = [enter(app, made.nam) for _ in range(2)]
        page, form = f"{home(made)}/ghi?viec=s3", sent(made)
    for number in range(1, ROUNDS + 1):
        once = {**form, "id": str(uuid4())}
        gate = threading.Barrier(2)
        answers: list[tuple[int, str]] = []

        def send(window, once=once, gate=gate, answers=answers) -> None:
            gate.wait()
            answer = window.client.post(page, data=once)
            answers.append((answer.status_code, answer.headers.get("Location", "")))

        threads = [threading.Thread(target=send, args=(window,)) for window in windows]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [status for status, _ in answers] == [303, 303] and len(set(answers)) == 1, f"round {number}: {answers}"
        with app.app_context():
            assert db.session.query(Visit).count() == db.session.query(VisitEvent).count() == number
