"""Written event lists: what is learnt later about what was done: re-checks, revocations, late arrival, new rules."""

from datetime import date, datetime, timedelta

import pytest

from lms.skills.rules.days import LOCAL
from lms.skills.rules.rulesets import Activation
from lms.skills.rules.words import ReasonCode as Why
from lms.skills.rules.words import Status
from tests.rules.skills.case import Case
from tests.rules.skills.evidence import (
    CHANGE,
    MORNING,
    R1,
    card,
    day,
    practice,
    quiz,
    recheck,
    renewal,
    revoke,
    seen,
    stand,
    three_keys,
    ticket,
    two_cards,
    unlock,
)

LEARNING, PROFICIENT, EXPIRING = Status.LEARNING, Status.PROFICIENT, Status.EXPIRING
NEEDS_RENEWAL, DOUBTED, NOT_STARTED = Status.NEEDS_RENEWAL, Status.NEEDS_VERIFICATION, Status.NOT_STARTED
LAST = date(2027, 9, 3)  # of three_keys() under r2026.1
LAST_NUMBER = (LAST - day(0)).days
OPENS = LAST_NUMBER - 90


def renewed(on: float, variant: str = "new") -> list:
    """The 8 items one day, the witnessed pass on the next."""
    return [renewal("n", on), practice("p3", on + 1, variant, session="visit"), seen("o3", on + 1, "visit")]


def on_date(year: int, month: int, of_month: int) -> float:
    return (datetime(year, month, of_month, 9, tzinfo=LOCAL) - MORNING) / timedelta(days=1)


def after(year: int, month: int, of_month: int, skill: str = "s3") -> list:
    """Three keys, the last of them on this date."""
    return three_keys(on_date(year, month, of_month) - 2)


LONG_AGO = [Activation(R1, date(2020, 1, 1))]

CASES = [
    # Re-check
    Case(
        "a failed re-check",
        [*three_keys(), recheck("x", 40, False)],
        40,
        DOUBTED,
        spells=[(2, 39, "r2026.1")],
        reasons=[Why.RECHECK_FAILED],
        expires=LAST,
    ),
    Case(
        "on the very day of the award: no day counts", [*three_keys(), recheck("x", 2.2, False)], 2, DOUBTED, spells=[]
    ),
    Case("before it, all is well", [*three_keys(), recheck("x", 40, False)], 39, PROFICIENT),
    Case(
        "a passed re-check changes nothing",
        [*three_keys(), recheck("x", 40, True)],
        41,
        PROFICIENT,
        spells=[(2, LAST, "r2026.1")],
    ),
    Case(
        "confirmed later: back to the first expiry",
        [*three_keys(), recheck("x", 40, False), recheck("y", 60, True)],
        61,
        PROFICIENT,
        expires=LAST,
        spells=[(2, 39, "r2026.1"), (60, LAST, "r2026.1")],
    ),
    Case(
        "confirmed too late: the award has ended meanwhile",
        [*three_keys(), recheck("x", 40, False), recheck("y", 400, True)],
        401,
        NEEDS_RENEWAL,
        spells=[(2, 39, "r2026.1")],
    ),
    Case(
        "old passes do not count after a failed re-check",
        [
            *three_keys(),
            recheck("x", 40, False),
            practice("p3", 50),
            quiz("q2", 51),
        ],
        60,
        DOUBTED,
        do_count=1,
    ),
    Case(
        "Làm and Chứng anew, Biết may stand",
        [
            *three_keys(),
            recheck("x", 40, False),
            practice("p3", 50),
            practice("p4", 51, session="y"),
            seen("o4", 51, "y"),
        ],
        60,
        PROFICIENT,
        spells=[(2, 39, "r2026.1"), (51, date(2027, 10, 22), "r2026.1")],
        know="q",
    ),
    Case(
        "doubt ends with the award it doubted",
        [*three_keys(), recheck("x", 40, False)],
        LAST + timedelta(1),
        NEEDS_RENEWAL,
    ),
    Case("a failed re-check of nothing", [quiz("q", 0), recheck("x", 1, False)], 2, LEARNING),
    Case(
        "a re-check that was revoked",
        [*three_keys(), recheck("x", 40, False), revoke("r", 50, "x")],
        51,
        PROFICIENT,
        spells=[(2, LAST, "r2026.1")],
    ),
    # Revocation
    Case(
        "the quiz revoked",
        [*three_keys(), revoke("r", 50, "q")],
        51,
        LEARNING,
        spells=[],
        reasons=[Why.KNOW_MISSING, Why.SET_ASIDE],
        set_aside=[("q", "revoked")],
    ),
    Case("a revocation acts on earlier days too", [*three_keys(), revoke("r", 50, "q")], 10, LEARNING),
    Case("the observation revoked", [*three_keys(), revoke("r", 50, "o")], 51, Status.AWAITING_WITNESS),
    Case("a revocation revoked", [*three_keys(), revoke("r", 50, "q"), revoke("rr", 51, "r")], 52, PROFICIENT),
    Case(
        "an earlier revocation cannot undo a later one",
        [*three_keys(), revoke("rr", 49, "r"), revoke("r", 50, "q")],
        52,
        LEARNING,
    ),
    Case(
        "a failed try revoked joins the run again",
        [
            quiz("q", 0),
            practice("p1", 1),
            practice("f", 1.5, passed=False),
            practice("p2", 2, session="x"),
            seen("o", 2, "x"),
            revoke("r", 3, "f"),
        ],
        5,
        PROFICIENT,
    ),
    Case(
        "another award stands in for the revoked one",
        [
            *three_keys(),
            quiz("q2", 5),
            revoke("r", 50, "q"),
        ],
        51,
        PROFICIENT,
        valid_from=5,
        know="q2",
    ),
    # Arrival
    Case(
        "late sync counts from the day it was done",
        [*three_keys()[:3], seen("o", 2.1, "class", arrives=40)],
        41,
        PROFICIENT,
        valid_from=2,
        spells=[(2, LAST, "r2026.1")],
    ),
    Case("60 days late is in time", [*three_keys()[:3], seen("o", 2, "class", arrives=62)], 70, PROFICIENT),
    Case(
        "later is quarantined",
        [*three_keys()[:3], seen("o", 2, "class", arrives=62.1)],
        70,
        Status.AWAITING_WITNESS,
        set_aside=[("o", "too_late")],
        reasons=[Why.WITNESS_MISSING, Why.SET_ASIDE],
    ),
    Case(
        "done before leave was given: quarantined",
        [*three_keys()[:3], seen("o", 2, "class", ticket=ticket(2.05))],
        70,
        Status.AWAITING_WITNESS,
        set_aside=[("o", "before_ticket")],
    ),
    Case(
        "only quarantined evidence is no beginning",
        [quiz("q", 0, arrives=90)],
        95,
        NOT_STARTED,
        reasons=[
            Why.KNOW_MISSING,
            Why.DO_MISSING,
            Why.WITNESS_MISSING,
            Why.SET_ASIDE,
        ],
    ),
    Case(
        "a clock running ahead counts from arrival",
        [*three_keys()[:3], seen("o", 30, "class", arrives=3)],
        3,
        PROFICIENT,
        valid_from=3,
    ),
    Case("the same event twice", [*three_keys(), *three_keys()], 5, PROFICIENT),
    Case(
        "two events under one id: the first received stands",
        [
            quiz("q", 0, 3),
            quiz("q", 0, 15, arrives=1),
            *three_keys()[1:],
        ],
        5,
        LEARNING,
    ),
    Case("unlocks are no evidence", [unlock("u", 1)], 5, NOT_STARTED),
    # Change of rules
    Case(
        "a status lives to its own expiry under its ruleset",
        two_cards(),
        300,
        PROFICIENT,
        rules=CHANGE,
        spells=[(2, LAST, "r2026.0")],
    ),
    Case("six months long the old rule suffices", two_cards(208), 211, PROFICIENT, rules=CHANGE),
    Case(
        "on the last day of the six months (01/10 + 6 = 01/04)",
        two_cards(210),
        212,
        PROFICIENT,
        rules=CHANGE,
        valid_from=212,
    ),
    Case("the day after, it does not", two_cards(211), 213, LEARNING, rules=CHANGE),
    Case(
        "a triple is judged whole: one card and one simulator pass satisfy neither",
        [
            quiz("q", 28),
            card("c1", 29),
            practice("p1", 31, session="x"),
            seen("o", 31, "x"),
        ],
        40,
        LEARNING,
        rules=CHANGE,
    ),
    Case(
        "keys from before the change, the last one after: judged by the new rule too",
        [
            quiz("q", 28),
            practice("p1", 28.5),
            practice("p2", 29, session="x"),
            seen("o", 31, "x"),
        ],
        40,
        PROFICIENT,
        rules=CHANGE,
        spells=[(31, date(2027, 10, 2), "r2026.1")],
    ),
    Case(
        "all keys before the new rule, which they satisfy: not in force on the last key's day",
        [
            quiz("q", 20),
            practice("p1", 21),
            practice("p2", 22, session="x"),
            seen("o", 22, "x"),
        ],
        40,
        Status.AWAITING_WITNESS,
        rules=CHANGE,
        reasons=[Why.ALL_BEFORE_RULESET],
    ),
    Case(
        "from cards to simulators: a second spell under the new rule",
        [
            *two_cards(),
            practice("p1", 40),
            practice("p2", 41, session="x"),
            seen("o", 41, "x"),
        ],
        50,
        PROFICIENT,
        rules=CHANGE,
        spells=[(2, 40, "r2026.0"), (41, date(2027, 10, 12), "r2026.1")],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_revision(case: Case) -> None:
    case.check()


def test_the_confirming_recheck_is_named() -> None:
    standing = stand([*three_keys(), recheck("x", 40, False), recheck("y", 60, True)], 61)
    assert standing.spells[-1].opened_by == ("q", "p1", "p2", "o", "y")
