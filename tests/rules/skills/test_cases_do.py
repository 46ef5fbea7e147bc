"""Written event lists: Làm and Chứng, each refused for each reason; task cards."""

from datetime import date

import pytest

from lms.skills.rules.events import Line
from lms.skills.rules.words import ReasonCode as Why
from lms.skills.rules.words import Status
from tests.rules.skills.case import Case
from tests.rules.skills.evidence import (
    CARDS,
    Accommodation,
    Actor,
    ActorRole,
    card,
    not_admitted,
    practice,
    quiz,
    seen,
    three_keys,
    two_cards,
)

NOT_STARTED, LEARNING, WAITING = Status.NOT_STARTED, Status.LEARNING, Status.AWAITING_WITNESS
PROFICIENT = Status.PROFICIENT
DO_AND_WITNESS = three_keys()[1:]
THIRD = date(2026, 9, 3)

CORE_LINE = Line("r1", "s3.2", 3, core=True, critical=True)
TOLD = Line("r9", "s3.4", 4, critical=True, failed=True)

CASES = [
    # Làm
    Case(
        "one pass",
        [quiz("q", 0), practice("p1", 1)],
        5,
        LEARNING,
        do_count=1,
        reasons=[Why.DO_ONE_MORE, Why.WITNESS_MISSING],
    ),
    Case(
        "a failed try between two passes",
        [
            quiz("q", 0),
            practice("p1", 1),
            practice("f", 1.5, passed=False),
            practice("p2", 2, session="x"),
            seen("o", 2, "x"),
        ],
        5,
        LEARNING,
        do_count=1,
    ),
    Case(
        "the last try failed",
        [quiz("q", 0), practice("p1", 1), practice("f", 2, passed=False)],
        5,
        LEARNING,
        do_count=0,
        reasons=[Why.DO_NOT_CONSECUTIVE, Why.WITNESS_MISSING],
    ),
    Case(
        "a failed try that was not admitted breaks nothing",
        [
            *three_keys(),
            practice("f", 1.5, passed=False, admitted=not_admitted()),
        ],
        5,
        PROFICIENT,
    ),
    Case(
        "the same variant twice",
        [
            quiz("q", 0),
            practice("p1", 1, "same"),
            practice("p2", 2, "same", session="x"),
            seen("o", 2, "x"),
        ],
        5,
        LEARNING,
        do_count=1,
        reasons=[Why.DO_SAME_VARIANT, Why.WITNESS_OTHER_SESSION],
    ),
    Case(
        "no pass verified by replay",
        [
            quiz("q", 0),
            practice("p1", 1, replayed=False),
            practice("p2", 2, replayed=False, session="x"),
            seen("o", 2, "x"),
        ],
        5,
        LEARNING,
        reasons=[Why.DO_NOT_REPLAYED, Why.WITNESS_OTHER_SESSION],
    ),
    Case(
        "two practices share the K competencies",
        [
            quiz("q", 0),
            practice("p1", 1, covers="s3.2 s3.3"),
            practice("p2", 2, covers="s3.6", session="x"),
            seen("o", 2, "x"),
        ],
        5,
        PROFICIENT,
    ),
    Case(
        "both passes on the same half",
        [
            quiz("q", 0),
            practice("p1", 1, covers="s3.2 s3.3"),
            practice("p2", 2, covers="s3.2", session="x"),
            seen("o", 2, "x"),
        ],
        5,
        LEARNING,
        do_count=1,
        reasons=[Why.DO_NOT_COVERING, Why.WITNESS_OTHER_SESSION],
    ),
    Case(
        "three passes cover it all, no two of them do",
        [
            quiz("q", 0),
            practice("p1", 1, covers="s3.2"),
            practice("p2", 2, covers="s3.3"),
            practice("p3", 3, covers="s3.6", session="x"),
            seen("o", 3, "x"),
        ],
        5,
        LEARNING,
        do_count=1,
        reasons=[Why.DO_NOT_COVERING, Why.WITNESS_OTHER_SESSION],
    ),
    Case(
        "one of each, another in between",
        [
            quiz("q", 0),
            practice("p1", 1, covers="s3.2 s3.3"),
            practice("p2", 2, covers="s3.2"),
            practice("p3", 3, covers="s3.6", session="x"),
            seen("o", 3, "x"),
        ],
        5,
        PROFICIENT,
        do=("p1", "p3"),
    ),
    Case(
        "a pass with a hint is progress only",
        [
            quiz("q", 0),
            practice("p1", 1, hints=1),
            practice("p2", 2, hints=1, session="x"),
            seen("o", 2, "x"),
        ],
        5,
        LEARNING,
        do_count=0,
        reasons=[Why.DO_ASSISTED, Why.WITNESS_OTHER_SESSION],
    ),
    Case(
        "a pass with a hint between two others breaks nothing",
        [
            *three_keys(),
            practice("h", 1.5, hints=2),
        ],
        5,
        PROFICIENT,
        do=("p1", "p2"),
    ),
    Case(
        "a pass under a hand that helped",
        [
            quiz("q", 0),
            practice("p1", 1),
            practice("p2", 2, session="x", independence=2),
            seen("o", 2, "x"),
        ],
        5,
        LEARNING,
        do_count=1,
    ),
    Case("a task card is no success where simulators are asked for", two_cards(), 5, LEARNING, do_count=0),
    # Chứng
    Case(
        "nobody has seen it",
        three_keys()[:3],
        5,
        WAITING,
        reasons=[Why.WITNESS_MISSING],
        do_count=2,
        know="q",
        do=("p1", "p2"),
    ),
    Case(
        "seen in another session",
        [*three_keys()[:3], seen("o", 2, "other class")],
        5,
        WAITING,
        reasons=[Why.WITNESS_OTHER_SESSION],
    ),
    Case("seen in no session", [*three_keys()[:3], seen("o", 2, None)], 5, WAITING),
    Case(
        "identity not checked",
        [*three_keys()[:3], seen("o", 2, "class", identity=False)],
        5,
        WAITING,
        reasons=[Why.WITNESS_IDENTITY],
    ),
    Case(
        "a word had to be said",
        [*three_keys()[:3], seen("o", 2, "class", level=2)],
        5,
        WAITING,
        reasons=[Why.WITNESS_HELPED],
    ),
    Case("alone, level 3", [*three_keys()[:3], seen("o", 2, "class", level=3)], 5, PROFICIENT),
    Case(
        "an observation that says nothing",
        [*three_keys()[:3], seen("o", 2, "class", independence=None)],
        5,
        WAITING,
        reasons=[Why.WITNESS_HELPED],
    ),
    Case(
        "signed by the learner himself",
        [
            *three_keys()[:3],
            seen("o", 2, "class", actors=(Actor("lan", ActorRole.WITNESS),)),
        ],
        5,
        WAITING,
        reasons=[Why.WITNESS_SELF],
    ),
    Case(
        "a witness who was not eligible",
        [
            *three_keys()[:3],
            seen("o", 2, "class", admitted=not_admitted("own_household")),
        ],
        5,
        WAITING,
        reasons=[Why.WITNESS_MISSING, Why.SET_ASIDE],
    ),
    Case(
        "every core line alone, but the password was told",
        [
            *three_keys()[:3],
            seen("o", 2, "class", lines=(CORE_LINE, TOLD)),
        ],
        5,
        WAITING,
        reasons=[Why.WITNESS_CRITICAL],
    ),
    Case(
        "a safety line that needed a word, not core",
        [*three_keys()[:3], seen("o", 2, "class", lines=(CORE_LINE, Line("r9", "s3.4", 2, critical=True)))],
        5,
        PROFICIENT,
    ),
    Case(
        "one core line with a reminder",
        [*three_keys()[:3], seen("o", 2, "class", lines=(CORE_LINE, Line("r2", "s3.3", 2, core=True)))],
        5,
        WAITING,
        reasons=[Why.WITNESS_HELPED],
    ),
    # Task cards, the launch ruleset
    Case(
        "two different cards",
        two_cards(),
        5,
        PROFICIENT,
        rules=CARDS,
        do=("c1", "c2"),
        witness="c1",
        spells=[(2, THIRD.replace(year=2027), "r2026.0")],
    ),
    Case(
        "the same card twice",
        [quiz("q", 0), card("c1", 1, "t"), card("c2", 2, "t")],
        5,
        LEARNING,
        rules=CARDS,
        reasons=[Why.DO_SAME_VARIANT, Why.WITNESS_OTHER_SESSION],
    ),
    Case(
        "a card with a reminder is assisted",
        [quiz("q", 0), card("c1", 1), card("c2", 2, levels={"s3.2": 4, "s3.3": 2, "s3.6": 4})],
        5,
        LEARNING,
        rules=CARDS,
        do_count=1,
    ),
    Case(
        "a card with the dangerous mistake is failed and breaks the run",
        [
            quiz("q", 0),
            card("c1", 1),
            card("f", 1.5, failed="s3.2"),
            card("c2", 2),
        ],
        5,
        LEARNING,
        rules=CARDS,
        do_count=1,
    ),
    Case(
        "a critical line done by another hand is failed",
        [
            quiz("q", 0),
            card("c1", 1),
            card("f", 1.5, levels={"s3.2": 1, "s3.3": 4, "s3.6": 4}),
            card("c2", 2),
        ],
        5,
        LEARNING,
        rules=CARDS,
        do_count=1,
    ),
    Case(
        "one identity check is enough: one of the two is Chứng",
        [
            quiz("q", 0),
            card("c1", 1, identity=False),
            card("c2", 2),
        ],
        5,
        PROFICIENT,
        rules=CARDS,
        witness="c2",
    ),
    Case(
        "no identity check on either card",
        [
            quiz("q", 0),
            card("c1", 1, identity=False),
            card("c2", 2, identity=False),
        ],
        5,
        WAITING,
        rules=CARDS,
        reasons=[Why.WITNESS_IDENTITY],
    ),
    Case(
        "two cards that share the Ks",
        [
            quiz("q", 0),
            card("c1", 1, levels={"s3.2": 3}),
            card("c2", 2, levels={"s3.3": 3, "s3.6": 4}),
        ],
        5,
        PROFICIENT,
        rules=CARDS,
    ),
    Case(
        "simulator passes are no success under the launch ruleset", three_keys(), 5, LEARNING, rules=CARDS, do_count=0
    ),
    Case(
        "a card with a reader beside",
        [quiz("q", 0), card("c1", 1, accommodation=Accommodation.READER), card("c2", 2)],
        5,
        PROFICIENT,
        rules=CARDS,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_do(case: Case) -> None:
    case.check()
