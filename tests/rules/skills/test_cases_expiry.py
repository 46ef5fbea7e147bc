"""Written event lists: expiry, extension, renewal."""

from datetime import date, datetime, timedelta

import pytest

from lms.skills.rules.days import LOCAL
from lms.skills.rules.rulesets import Activation
from lms.skills.rules.words import ReasonCode as Why
from lms.skills.rules.words import Status
from tests.rules.skills.case import Case
from tests.rules.skills.evidence import (
    MORNING,
    R0,
    R1,
    card,
    day,
    practice,
    quiz,
    renewal,
    seen,
    stand,
    three_keys,
    two_cards,
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
    Case(
        "60 days to go",
        three_keys(),
        LAST - timedelta(60),
        EXPIRING,
        reasons=[Why.EXPIRES_SOON, Why.RENEWAL_TEST_MISSING, Why.RENEWAL_PRACTICE_MISSING],
    ),
    Case("through the whole last day", three_keys(), LAST, EXPIRING, expires=LAST),
    Case(
        "the day after",
        three_keys(),
        LAST + timedelta(1),
        NEEDS_RENEWAL,
        expires=LAST,
        valid_from=2,
        reasons=[Why.EXPIRED, Why.RENEWAL_TEST_MISSING, Why.RENEWAL_PRACTICE_MISSING],
    ),
    Case(
        "granted on 29/2, twelve months end on 28/2",
        after(2028, 2, 29),
        date(2029, 2, 28),
        EXPIRING,
        rules=LONG_AGO,
        valid_from=date(2028, 2, 29),
        expires=date(2029, 2, 28),
    ),
    Case("and not on 1/3", after(2028, 2, 29), date(2029, 3, 1), NEEDS_RENEWAL, rules=LONG_AGO),
    Case(
        "granted on 28/2 before a leap year, ends on 28/2",
        after(2027, 2, 28),
        date(2028, 2, 29),
        NEEDS_RENEWAL,
        rules=LONG_AGO,
        expires=date(2028, 2, 28),
    ),
    Case(
        "the last of two equal expiries is found by smallest ids",
        [
            *after(2028, 2, 28),
            practice("a", on_date(2028, 2, 29)),
        ],
        date(2028, 3, 1),
        PROFICIENT,
        rules=LONG_AGO,
        expires=date(2029, 2, 28),
        do=("a", "p2"),
    ),
    Case(
        "days are Vietnamese: 23:59 on the 3rd",
        [
            quiz("q", 0),
            practice("p1", 1),
            practice("p2", 2 + 14.9 / 24, session="x"),
            seen("o", 2, "x"),
        ],
        2,
        PROFICIENT,
        valid_from=2,
    ),
    Case(
        "and 00:00 on the 4th",
        [
            quiz("q", 0),
            practice("p1", 1),
            practice("p2", 2 + 15 / 24, session="x"),
            seen("o", 2, "x"),
        ],
        3,
        PROFICIENT,
        valid_from=3,
    ),
    # Extension: among coherent triples the latest expiry
    Case(
        "a third pass within the span extends",
        [*three_keys(), practice("p3", 100)],
        101,
        PROFICIENT,
        valid_from=100,
        expires=date(2027, 12, 10),
        do=("p2", "p3"),
        spells=[(2, date(2027, 12, 10), "r2026.1")],
    ),
    Case(
        "a failed try before it only keeps it from extending",
        [
            *three_keys(),
            practice("f", 50, passed=False),
            practice("p3", 100),
        ],
        101,
        PROFICIENT,
        valid_from=2,
        expires=LAST,
    ),
    Case(
        "three new keys after expiry open a second spell",
        [
            *three_keys(),
            *[
                quiz("q9", 400),
                practice("p8", 400),
                practice("p9", 401, session="z"),
                seen("o9", 401, "z"),
            ],
        ],
        402,
        PROFICIENT,
        spells=[(2, LAST, "r2026.1"), (401, date(2028, 10, 7), "r2026.1")],
    ),
    # Renewal
    Case(
        "renewed inside the window, unbroken",
        [*three_keys(), *renewed(OPENS)],
        LAST + timedelta(1),
        PROFICIENT,
        valid_from=OPENS + 1,
        expires=date(2028, 6, 6),
        spells=[(2, date(2028, 6, 6), "r2026.1")],
        know="n",
        do=("p3",),
        witness="o3",
    ),
    Case("a day before the window opens", [*three_keys(), *renewed(OPENS - 1)], LAST, EXPIRING, expires=LAST),
    Case(
        "renewed long after expiry: a gap",
        [*three_keys(), *renewed(500)],
        501,
        PROFICIENT,
        spells=[(2, LAST, "r2026.1"), (501, date(2029, 1, 15), "r2026.1")],
    ),
    Case(
        "6 of 8 do not renew",
        [
            *three_keys(),
            renewal("n", OPENS, right=6),
            *renewed(OPENS)[1:],
        ],
        LAST,
        EXPIRING,
        reasons=[Why.EXPIRES_SOON, Why.RENEWAL_TEST_MISSING],
    ),
    Case("7 of 8 do", [*three_keys(), renewal("n", OPENS, right=7), *renewed(OPENS)[1:]], LAST, PROFICIENT),
    Case(
        "7 of 8 with a critical wrong do not",
        [
            *three_keys(),
            renewal("n", OPENS, right=7, critical=3),
            *renewed(OPENS)[1:],
        ],
        LAST,
        EXPIRING,
    ),
    Case(
        "items with 3 options do not renew",
        [*three_keys(), renewal("n", OPENS, options=3), *renewed(OPENS)[1:]],
        LAST,
        EXPIRING,
    ),
    Case(
        "a renewal without a witnessed pass",
        [*three_keys(), renewal("n", OPENS)],
        LAST,
        EXPIRING,
        reasons=[Why.EXPIRES_SOON, Why.RENEWAL_PRACTICE_MISSING],
    ),
    Case(
        "a variant that proved the award is not new", [*three_keys(), *renewed(OPENS, "variant of p1")], LAST, EXPIRING
    ),
    Case(
        "parts more than 180 days apart",
        [
            *three_keys(),
            renewal("n", OPENS),
            practice("p3", OPENS + 181, session="v"),
            seen("o3", OPENS + 181, "v"),
        ],
        LAST + timedelta(120),
        NEEDS_RENEWAL,
    ),
    Case("a renewal without anything to renew", renewed(5), 10, LEARNING),
    Case(
        "renewal is by the current ruleset only, even while the old one suffices",
        [
            *two_cards(-300),
            renewal("n", 31),
            card("c3", 32),
        ],
        70,
        NEEDS_RENEWAL,
        rules=[Activation(R0, date(2025, 1, 1)), Activation(R1, day(30))],
    ),
    Case(
        "and by the current one it holds",
        [
            *two_cards(-300),
            *renewed(31),
        ],
        70,
        PROFICIENT,
        rules=[Activation(R0, date(2025, 1, 1)), Activation(R1, day(30))],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_expiry(case: Case) -> None:
    case.check()


def test_evidence_behind_each_end_of_an_extended_spell_is_named() -> None:
    (spell,) = stand([*three_keys(), practice("p3", 100)], 101).spells
    assert spell.opened_by == ("q", "p1", "p2", "o")
    assert spell.key_event_ids == ("q", "p2", "p3", "o")
