"""Written event lists: expiry, renewal, re-checks, revocation, late arrival, change of rules."""

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
    R0,
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
    # Expiry
    Case("61 days to go", three_keys(), LAST - timedelta(61), PROFICIENT, reasons=[]),
    Case("60 days to go", three_keys(), LAST - timedelta(60), EXPIRING,
         reasons=[Why.EXPIRES_SOON, Why.RENEWAL_TEST_MISSING, Why.RENEWAL_PRACTICE_MISSING]),
    Case("through the whole last day", three_keys(), LAST, EXPIRING, expires=LAST),
    Case("the day after", three_keys(), LAST + timedelta(1), NEEDS_RENEWAL, expires=LAST, valid_from=2,
         reasons=[Why.EXPIRED, Why.RENEWAL_TEST_MISSING, Why.RENEWAL_PRACTICE_MISSING]),
    Case("granted on 29/2, twelve months end on 28/2", after(2028, 2, 29), date(2029, 2, 28), EXPIRING, rules=LONG_AGO,
         valid_from=date(2028, 2, 29), expires=date(2029, 2, 28)),
    Case("and not on 1/3", after(2028, 2, 29), date(2029, 3, 1), NEEDS_RENEWAL, rules=LONG_AGO),
    Case("granted on 28/2 before a leap year, ends on 28/2", after(2027, 2, 28), date(2028, 2, 29), NEEDS_RENEWAL,
         rules=LONG_AGO, expires=date(2028, 2, 28)),
    Case("the last of two equal expiries is found by smallest ids", [
        *after(2028, 2, 28), practice("a", on_date(2028, 2, 29)),
    ], date(2028, 3, 1), PROFICIENT, rules=LONG_AGO, expires=date(2029, 2, 28), do=("a", "p2")),
    Case("days are Vietnamese: 23:59 on the 3rd", [
        quiz("q", 0), practice("p1", 1), practice("p2", 2 + 14.9 / 24, session="x"), seen("o", 2, "x"),
    ], 2, PROFICIENT, valid_from=2),
    Case("and 00:00 on the 4th", [
        quiz("q", 0), practice("p1", 1), practice("p2", 2 + 15 / 24, session="x"), seen("o", 2, "x"),
    ], 3, PROFICIENT, valid_from=3),
    # Extension: among coherent triples the latest expiry
    Case("a third pass within the span extends", [*three_keys(), practice("p3", 100)], 101, PROFICIENT,
         valid_from=100, expires=date(2027, 12, 10), do=("p2", "p3"), spells=[(2, date(2027, 12, 10), "r2026.1")]),
    Case("a failed try before it only keeps it from extending", [
        *three_keys(), practice("f", 50, passed=False), practice("p3", 100),
    ], 101, PROFICIENT, valid_from=2, expires=LAST),
    Case("three new keys after expiry open a second spell", [*three_keys(), *[
        quiz("q9", 400), practice("p8", 400), practice("p9", 401, session="z"), seen("o9", 401, "z"),
    ]], 402, PROFICIENT, spells=[(2, LAST, "r2026.1"), (401, date(2028, 10, 7), "r2026.1")]),
    # Renewal
    Case("renewed inside the window, unbroken", [*three_keys(), *renewed(OPENS)], LAST + timedelta(1), PROFICIENT,
         valid_from=OPENS + 1, expires=date(2028, 6, 6), spells=[(2, date(2028, 6, 6), "r2026.1")],
         know="n", do=("p3",), witness="o3"),
    Case("a day before the window opens", [*three_keys(), *renewed(OPENS - 1)], LAST, EXPIRING, expires=LAST),
    Case("renewed long after expiry: a gap", [*three_keys(), *renewed(500)], 501, PROFICIENT,
         spells=[(2, LAST, "r2026.1"), (501, date(2029, 1, 15), "r2026.1")]),
    Case("6 of 8 do not renew", [
        *three_keys(), renewal("n", OPENS, right=6), *renewed(OPENS)[1:],
    ], LAST, EXPIRING, reasons=[Why.EXPIRES_SOON, Why.RENEWAL_TEST_MISSING]),
    Case("7 of 8 do", [*three_keys(), renewal("n", OPENS, right=7), *renewed(OPENS)[1:]], LAST, PROFICIENT),
    Case("7 of 8 with a critical wrong do not", [
        *three_keys(), renewal("n", OPENS, right=7, critical=3), *renewed(OPENS)[1:],
    ], LAST, EXPIRING),
    Case("items with 3 options do not renew", [*three_keys(), renewal("n", OPENS, options=3), *renewed(OPENS)[1:]], LAST, EXPIRING),
    Case("a renewal without a witnessed pass", [*three_keys(), renewal("n", OPENS)], LAST, EXPIRING,
         reasons=[Why.EXPIRES_SOON, Why.RENEWAL_PRACTICE_MISSING]),
    Case("a variant that proved the award is not new", [*three_keys(), *renewed(OPENS, "variant of p1")], LAST, EXPIRING),
    Case("parts more than 180 days apart", [
        *three_keys(), renewal("n", OPENS), practice("p3", OPENS + 181, session="v"), seen("o3", OPENS + 181, "v"),
    ], LAST + timedelta(120), NEEDS_RENEWAL),
    Case("a renewal without anything to renew", renewed(5), 10, LEARNING),
    Case("renewal is by the current ruleset only, even while the old one suffices", [
        *two_cards(-300), renewal("n", 31), card("c3", 32),
    ], 70, NEEDS_RENEWAL, rules=[Activation(R0, date(2025, 1, 1)), Activation(R1, day(30))]),
    Case("and by the current one it holds", [
        *two_cards(-300), *renewed(31),
    ], 70, PROFICIENT, rules=[Activation(R0, date(2025, 1, 1)), Activation(R1, day(30))]),
    # Re-check
    Case("a failed re-check", [*three_keys(), recheck("x", 40, False)], 40, DOUBTED, spells=[(2, 39, "r2026.1")],
         reasons=[Why.RECHECK_FAILED], expires=LAST),
    Case("on the very day of the award: no day counts", [*three_keys(), recheck("x", 2.2, False)], 2, DOUBTED, spells=[]),
    Case("before it, all is well", [*three_keys(), recheck("x", 40, False)], 39, PROFICIENT),
    Case("a passed re-check changes nothing", [*three_keys(), recheck("x", 40, True)], 41, PROFICIENT,
         spells=[(2, LAST, "r2026.1")]),
    Case("confirmed later: back to the first expiry", [*three_keys(), recheck("x", 40, False), recheck("y", 60, True)], 61,
         PROFICIENT, expires=LAST, spells=[(2, 39, "r2026.1"), (60, LAST, "r2026.1")]),
    Case("old passes do not count after a failed re-check", [
        *three_keys(), recheck("x", 40, False), practice("p3", 50), quiz("q2", 51),
    ], 60, DOUBTED, do_count=1),
    Case("Làm and Chứng anew, Biết may stand", [
        *three_keys(), recheck("x", 40, False), practice("p3", 50), practice("p4", 51, session="y"), seen("o4", 51, "y"),
    ], 60, PROFICIENT, spells=[(2, 39, "r2026.1"), (51, date(2027, 10, 22), "r2026.1")], know="q"),
    Case("doubt ends with the award it doubted", [*three_keys(), recheck("x", 40, False)], LAST + timedelta(1), NEEDS_RENEWAL),
    Case("a failed re-check of nothing", [quiz("q", 0), recheck("x", 1, False)], 2, LEARNING),
    Case("a re-check that was revoked", [*three_keys(), recheck("x", 40, False), revoke("r", 50, "x")], 51, PROFICIENT,
         spells=[(2, LAST, "r2026.1")]),
    # Revocation
    Case("the quiz revoked", [*three_keys(), revoke("r", 50, "q")], 51, LEARNING, spells=[],
         reasons=[Why.KNOW_MISSING, Why.SET_ASIDE], set_aside=[("q", "revoked")]),
    Case("a revocation acts on earlier days too", [*three_keys(), revoke("r", 50, "q")], 10, LEARNING),
    Case("the observation revoked", [*three_keys(), revoke("r", 50, "o")], 51, Status.AWAITING_WITNESS),
    Case("a revocation revoked", [*three_keys(), revoke("r", 50, "q"), revoke("rr", 51, "r")], 52, PROFICIENT),
    Case("an earlier revocation cannot undo a later one", [*three_keys(), revoke("rr", 49, "r"), revoke("r", 50, "q")], 52,
         LEARNING),
    Case("a failed try revoked joins the run again", [
        quiz("q", 0), practice("p1", 1), practice("f", 1.5, passed=False), practice("p2", 2, session="x"), seen("o", 2, "x"),
        revoke("r", 3, "f"),
    ], 5, PROFICIENT),
    Case("another award stands in for the revoked one", [
        *three_keys(), quiz("q2", 5), revoke("r", 50, "q"),
    ], 51, PROFICIENT, valid_from=5, know="q2"),
    # Arrival
    Case("late sync counts from the day it was done", [*three_keys()[:3], seen("o", 2.1, "class", arrives=40)], 41, PROFICIENT,
         valid_from=2, spells=[(2, LAST, "r2026.1")]),
    Case("60 days late is in time", [*three_keys()[:3], seen("o", 2, "class", arrives=62)], 70, PROFICIENT),
    Case("later is quarantined", [*three_keys()[:3], seen("o", 2, "class", arrives=62.1)], 70, Status.AWAITING_WITNESS,
         set_aside=[("o", "too_late")], reasons=[Why.WITNESS_MISSING, Why.SET_ASIDE]),
    Case("done before leave was given: quarantined", [*three_keys()[:3], seen("o", 2, "class", ticket=ticket(2.05))], 70,
         Status.AWAITING_WITNESS, set_aside=[("o", "before_ticket")]),
    Case("only quarantined evidence is no beginning", [quiz("q", 0, arrives=90)], 95, NOT_STARTED, reasons=[
        Why.KNOW_MISSING, Why.DO_MISSING, Why.WITNESS_MISSING, Why.SET_ASIDE,
    ]),
    Case("a clock running ahead counts from arrival", [*three_keys()[:3], seen("o", 30, "class", arrives=3)], 3, PROFICIENT,
         valid_from=3),
    Case("the same event twice", [*three_keys(), *three_keys()], 5, PROFICIENT),
    Case("two events under one id: the first received stands", [
        quiz("q", 0, 3), quiz("q", 0, 15, arrives=1), *three_keys()[1:],
    ], 5, LEARNING),
    Case("unlocks are no evidence", [unlock("u", 1)], 5, NOT_STARTED),
    # Change of rules
    Case("a status lives to its own expiry under its ruleset", two_cards(), 300, PROFICIENT, rules=CHANGE,
         spells=[(2, LAST, "r2026.0")]),
    Case("six months long the old rule suffices", two_cards(208), 211, PROFICIENT, rules=CHANGE),
    Case("on the last day of the six months (01/10 + 6 = 01/04)", two_cards(210), 212, PROFICIENT, rules=CHANGE, valid_from=212),
    Case("the day after, it does not", two_cards(211), 213, LEARNING, rules=CHANGE),
    Case("a triple is judged whole: one card and one simulator pass satisfy neither", [
        quiz("q", 28), card("c1", 29), practice("p1", 31, session="x"), seen("o", 31, "x"),
    ], 40, LEARNING, rules=CHANGE),
    Case("keys from before the change, the last one after: judged by the new rule too", [
        quiz("q", 28), practice("p1", 28.5), practice("p2", 29, session="x"), seen("o", 31, "x"),
    ], 40, PROFICIENT, rules=CHANGE, spells=[(31, date(2027, 10, 2), "r2026.1")]),
    Case("all keys before the new rule, which they satisfy: not in force on the last key's day", [
        quiz("q", 20), practice("p1", 21), practice("p2", 22, session="x"), seen("o", 22, "x"),
    ], 40, Status.AWAITING_WITNESS, rules=CHANGE, reasons=[Why.ALL_BEFORE_RULESET]),
    Case("from cards to simulators: a second spell under the new rule", [
        *two_cards(), practice("p1", 40), practice("p2", 41, session="x"), seen("o", 41, "x"),
    ], 50, PROFICIENT, rules=CHANGE, spells=[(2, 40, "r2026.0"), (41, date(2027, 10, 12), "r2026.1")]),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_time(case: Case) -> None:
    case.check()


def test_evidence_behind_each_end_of_an_extended_spell_is_named() -> None:
    (spell,) = stand([*three_keys(), practice("p3", 100)], 101).spells
    assert spell.opened_by == ("q", "p1", "p2", "o")
    assert spell.key_event_ids == ("q", "p2", "p3", "o")


def test_the_confirming_recheck_is_named() -> None:
    standing = stand([*three_keys(), recheck("x", 40, False), recheck("y", 60, True)], 61)
    assert standing.spells[-1].opened_by == ("q", "p1", "p2", "o", "y")
