"""Written event lists: the beginning, the three keys together, Biết and coherence."""

from datetime import date

import pytest

from lms.skills.rules.words import ReasonCode as Why
from lms.skills.rules.words import Status
from tests.rules.skills.case import Case
from tests.rules.skills.evidence import (
    READER,
    inferred,
    not_admitted,
    practice,
    quiz,
    seen,
    three_keys,
    void,
)

NOT_STARTED, LEARNING, WAITING = Status.NOT_STARTED, Status.LEARNING, Status.AWAITING_WITNESS
PROFICIENT = Status.PROFICIENT
DO_AND_WITNESS = three_keys()[1:]
THIRD = date(2026, 9, 3)

CASES = [
    # Nothing yet
    Case("no event at all", [], 0, NOT_STARTED, reasons=[Why.KNOW_MISSING, Why.DO_MISSING, Why.WITNESS_MISSING]),
    Case("placement alone is not a beginning", [inferred("i", 0)], 1, NOT_STARTED),
    Case("evidence of another skill", [quiz("q", 0, skill="s1")], 1, NOT_STARTED),
    Case("evidence after the day asked about", three_keys(5), 4, NOT_STARTED),
    Case("no ruleset in force yet", three_keys(), 3, LEARNING, rules=[], reasons=[Why.NO_RULESET]),
    # The three keys together
    Case(
        "the three keys",
        three_keys(),
        10,
        PROFICIENT,
        valid_from=2,
        expires=date(2027, 9, 3),
        spells=[(2, date(2027, 9, 3), "r2026.1")],
        reasons=[],
        know="q",
        do=("p1", "p2"),
        witness="o",
        do_count=2,
    ),
    Case("the keys in any order: quiz last", [*DO_AND_WITNESS, quiz("q", 9)], 9, PROFICIENT, valid_from=9),
    Case("only the seen pass need be in a session", three_keys(), 2, PROFICIENT),
    Case(
        "24 months for public services",
        [
            quiz("q", 0, skill="s1"),
            practice("p1", 1, covers="s1.4 s1.5 s1.6 s1.7", skill="s1", session="x"),
            practice("p2", 1.2, covers="s1.4 s1.5 s1.6 s1.7", skill="s1"),
            seen("o", 1.3, "x", skill="s1"),
        ],
        1,
        PROFICIENT,
        expires=date(2028, 9, 2),
        skill="s1",
    ),
    # Biết
    Case("12 of 15 with 3 of 4 critical is enough", [quiz("q", 0, 12, 3), *DO_AND_WITNESS], 5, PROFICIENT),
    Case("11 of 15 is not", [quiz("q", 0, 11, 4), *DO_AND_WITNESS], 5, LEARNING, reasons=[Why.KNOW_TOO_FEW_RIGHT]),
    Case(
        "13 of 15 with 2 of 4 critical is not",
        [quiz("q", 0, 13, 2), *DO_AND_WITNESS],
        5,
        LEARNING,
        reasons=[Why.KNOW_CRITICAL],
    ),
    Case(
        "11 valid items are too few",
        [quiz("q", 0, 11, 4, of=11), *DO_AND_WITNESS],
        5,
        LEARNING,
        reasons=[Why.KNOW_TOO_FEW_ITEMS],
    ),
    Case("12 valid items, 10 right: ⌈48/5⌉ = 10", [quiz("q", 0, 10, 3, of=12), *DO_AND_WITNESS], 5, PROFICIENT),
    Case("12 valid items, 9 right", [quiz("q", 0, 9, 4, of=12), *DO_AND_WITNESS], 5, LEARNING),
    Case("a reader may read it aloud", [quiz("q", 0, accommodation=READER), *DO_AND_WITNESS], 5, PROFICIENT),
    Case(
        "an attempt that was not admitted",
        [quiz("q", 0, admitted=not_admitted()), *DO_AND_WITNESS],
        5,
        LEARNING,
        reasons=[Why.KNOW_MISSING, Why.SET_ASIDE],
        set_aside=[("q", "not_admitted")],
    ),
    Case("a failed try after a passed one costs nothing", [*three_keys(), quiz("r", 4, 3)], 5, PROFICIENT, know="q"),
    # Biết with voided items: with and without, the better counts
    Case(
        "a wrong item voided: 11 of 14 is still too few",
        [quiz("q", 0, 11), void("v", 3, "q.15"), *DO_AND_WITNESS],
        5,
        LEARNING,
    ),
    Case(
        "two wrong items voided: 11 of 13",
        [
            quiz("q", 0, 11),
            void("v", 3, "q.15"),
            void("w", 3, "q.14"),
            *DO_AND_WITNESS,
        ],
        5,
        PROFICIENT,
        valid_from=2,
    ),
    Case(
        "a right item voided takes nothing away",
        [quiz("q", 0, 12), void("v", 3, "q.5"), *DO_AND_WITNESS],
        5,
        PROFICIENT,
    ),
    Case(
        "a wrong critical item voided: 2 of 3 is too few, ⌈9/4⌉ = 3",
        [
            quiz("q", 0, 13, 2),
            void("v", 3, "q.4"),
            *DO_AND_WITNESS,
        ],
        5,
        LEARNING,
    ),
    Case(
        "two wrong critical items voided: 2 of 2",
        [
            quiz("q", 0, 13, 2),
            void("v", 3, "q.4"),
            void("w", 3, "q.3"),
            *DO_AND_WITNESS,
        ],
        5,
        PROFICIENT,
    ),
    Case(
        "a void of another version does not touch it",
        [
            quiz("q", 0, 11),
            void("v", 3, "q.15", "2"),
            void("w", 3, "q.14", "2"),
            *DO_AND_WITNESS,
        ],
        5,
        LEARNING,
    ),
    Case(
        "voids cannot leave fewer than 12 items",
        [
            quiz("q", 0, 9),
            *(void(f"v{n}", 3, f"q.{n}") for n in range(10, 16)),
            *DO_AND_WITNESS,
        ],
        5,
        LEARNING,
    ),
    Case(
        "four wrong items voided: only three go, 11 of 12",
        [quiz("q", 0, 11), *(void(f"v{n}", 3, f"q.{n}") for n in range(12, 16)), *DO_AND_WITNESS],
        5,
        PROFICIENT,
    ),
    Case(
        "where not all can go, the safety items go first: 10 of 12, 2 of 2",
        [quiz("q", 0, 10, 2), *(void(f"v{n}", 3, f"q.{n}") for n in (13, 14, 15, 3, 4)), *DO_AND_WITNESS],
        5,
        PROFICIENT,
    ),
    Case(
        "a fourth void, of a right item, cannot undo a pass",
        [
            quiz("q", 0, 10, 3),
            *(void(f"v{n}", 3, f"q.{n}") for n in (13, 14, 15, 5)),
            *DO_AND_WITNESS,
        ],
        5,
        PROFICIENT,
    ),
    # Coherence
    Case(
        "180 days between first and last key",
        [
            quiz("q", 0),
            *[
                practice("p1", 179),
                practice("p2", 180, session="x"),
                seen("o", 180, "x"),
            ],
        ],
        181,
        PROFICIENT,
    ),
    Case(
        "181 days",
        [
            quiz("q", 0),
            *[
                practice("p1", 179),
                practice("p2", 181, session="x"),
                seen("o", 181, "x"),
            ],
        ],
        181,
        LEARNING,
        reasons=[Why.KNOW_TOO_OLD],
    ),
    Case(
        "a pass too old for the other",
        [
            practice("p1", 0),
            practice("p2", 181, session="x"),
            seen("o", 181, "x"),
            quiz("q", 181),
        ],
        181,
        LEARNING,
        do_count=1,
    ),
    Case("an observation signed too late for the quiz", [*three_keys()[:3], seen("o", 181, "class")], 181, LEARNING),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_know(case: Case) -> None:
    case.check()
