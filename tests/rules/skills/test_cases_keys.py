"""Written event lists: the three keys, each of them refused for each reason."""

from datetime import date

import pytest

from lms.skills.rules.words import ReasonCode as Why
from lms.skills.rules.words import Status
from tests.rules.skills.case import Case
from tests.rules.skills.evidence import (
    CARDS,
    READER,
    Accommodation,
    Actor,
    ActorRole,
    card,
    inferred,
    not_admitted,
    practice,
    quiz,
    seen,
    three_keys,
    two_cards,
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
    Case("24 months for public services", [
        quiz("q", 0, skill="s1"),
        practice("p1", 1, covers="s1.4 s1.5 s1.6 s1.7", skill="s1", session="x"),
        practice("p2", 1.2, covers="s1.4 s1.5 s1.6 s1.7", skill="s1"),
        seen("o", 1.3, "x", skill="s1"),
    ], 1, PROFICIENT, expires=date(2028, 9, 2), skill="s1"),
    # Biết
    Case("12 of 15 with 3 of 4 critical is enough", [quiz("q", 0, 12, 3), *DO_AND_WITNESS], 5, PROFICIENT),
    Case("11 of 15 is not", [quiz("q", 0, 11, 4), *DO_AND_WITNESS], 5, LEARNING, reasons=[Why.KNOW_TOO_FEW_RIGHT]),
    Case("13 of 15 with 2 of 4 critical is not", [quiz("q", 0, 13, 2), *DO_AND_WITNESS], 5, LEARNING,
         reasons=[Why.KNOW_CRITICAL]),
    Case("11 valid items are too few", [quiz("q", 0, 11, 4, of=11), *DO_AND_WITNESS], 5, LEARNING,
         reasons=[Why.KNOW_TOO_FEW_ITEMS]),
    Case("12 valid items, 10 right: ⌈48/5⌉ = 10", [quiz("q", 0, 10, 3, of=12), *DO_AND_WITNESS], 5, PROFICIENT),
    Case("12 valid items, 9 right", [quiz("q", 0, 9, 4, of=12), *DO_AND_WITNESS], 5, LEARNING),
    Case("a reader may read it aloud", [quiz("q", 0, accommodation=READER), *DO_AND_WITNESS], 5, PROFICIENT),
    Case("an attempt that was not admitted", [quiz("q", 0, admitted=not_admitted()), *DO_AND_WITNESS], 5, LEARNING,
         reasons=[Why.KNOW_MISSING, Why.SET_ASIDE], set_aside=[("q", "not_admitted")]),
    Case("a failed try after a passed one costs nothing", [*three_keys(), quiz("r", 4, 3)], 5, PROFICIENT, know="q"),
    # Biết with voided items: with and without, the better counts
    Case("a wrong item voided: 11 of 14 is still too few", [quiz("q", 0, 11), void("v", 3, "q.15"), *DO_AND_WITNESS], 5,
         LEARNING),
    Case("two wrong items voided: 11 of 13", [
        quiz("q", 0, 11), void("v", 3, "q.15"), void("w", 3, "q.14"), *DO_AND_WITNESS,
    ], 5, PROFICIENT, valid_from=2),
    Case("a right item voided takes nothing away", [quiz("q", 0, 12), void("v", 3, "q.5"), *DO_AND_WITNESS], 5, PROFICIENT),
    Case("a wrong critical item voided: 2 of 3 is too few, ⌈9/4⌉ = 3", [
        quiz("q", 0, 13, 2), void("v", 3, "q.4"), *DO_AND_WITNESS,
    ], 5, LEARNING),
    Case("two wrong critical items voided: 2 of 2", [
        quiz("q", 0, 13, 2), void("v", 3, "q.4"), void("w", 3, "q.3"), *DO_AND_WITNESS,
    ], 5, PROFICIENT),
    Case("a void of another version does not touch it", [
        quiz("q", 0, 11), void("v", 3, "q.15", "2"), void("w", 3, "q.14", "2"), *DO_AND_WITNESS,
    ], 5, LEARNING),
    Case("voids cannot leave fewer than 12 items", [
        quiz("q", 0, 9), *(void(f"v{n}", 3, f"q.{n}") for n in range(10, 16)), *DO_AND_WITNESS,
    ], 5, LEARNING),
    Case("a fourth void, of a right item, cannot undo a pass", [
        quiz("q", 0, 10, 3), *(void(f"v{n}", 3, f"q.{n}") for n in (13, 14, 15, 5)), *DO_AND_WITNESS,
    ], 5, PROFICIENT),
    # Làm
    Case("one pass", [quiz("q", 0), practice("p1", 1)], 5, LEARNING, do_count=1,
         reasons=[Why.DO_ONE_MORE, Why.WITNESS_MISSING]),
    Case("a failed try between two passes", [
        quiz("q", 0), practice("p1", 1), practice("f", 1.5, passed=False), practice("p2", 2, session="x"), seen("o", 2, "x"),
    ], 5, LEARNING, do_count=1),
    Case("the last try failed", [quiz("q", 0), practice("p1", 1), practice("f", 2, passed=False)], 5, LEARNING, do_count=0,
         reasons=[Why.DO_NOT_CONSECUTIVE, Why.WITNESS_MISSING]),
    Case("a failed try that was not admitted breaks nothing", [
        *three_keys(), practice("f", 1.5, passed=False, admitted=not_admitted()),
    ], 5, PROFICIENT),
    Case("the same variant twice", [
        quiz("q", 0), practice("p1", 1, "same"), practice("p2", 2, "same", session="x"), seen("o", 2, "x"),
    ], 5, LEARNING, do_count=1, reasons=[Why.DO_SAME_VARIANT, Why.WITNESS_OTHER_SESSION]),
    Case("no pass verified by replay", [
        quiz("q", 0), practice("p1", 1, replayed=False), practice("p2", 2, replayed=False, session="x"), seen("o", 2, "x"),
    ], 5, LEARNING, reasons=[Why.DO_NOT_REPLAYED, Why.WITNESS_OTHER_SESSION]),
    Case("two practices share the K competencies", [
        quiz("q", 0), practice("p1", 1, covers="s3.2 s3.3"), practice("p2", 2, covers="s3.6", session="x"), seen("o", 2, "x"),
    ], 5, PROFICIENT),
    Case("both passes on the same half", [
        quiz("q", 0), practice("p1", 1, covers="s3.2 s3.3"), practice("p2", 2, covers="s3.2", session="x"), seen("o", 2, "x"),
    ], 5, LEARNING, do_count=1, reasons=[Why.DO_NOT_COVERING, Why.WITNESS_OTHER_SESSION]),
    Case("one of each, another in between", [
        quiz("q", 0), practice("p1", 1, covers="s3.2 s3.3"), practice("p2", 2, covers="s3.2"),
        practice("p3", 3, covers="s3.6", session="x"), seen("o", 3, "x"),
    ], 5, PROFICIENT, do=("p1", "p3")),
    Case("a pass with a hint is progress only", [
        quiz("q", 0), practice("p1", 1, hints=1), practice("p2", 2, hints=1, session="x"), seen("o", 2, "x"),
    ], 5, LEARNING, do_count=0, reasons=[Why.DO_ASSISTED, Why.WITNESS_OTHER_SESSION]),
    Case("a pass with a hint between two others breaks nothing", [
        *three_keys(), practice("h", 1.5, hints=2),
    ], 5, PROFICIENT, do=("p1", "p2")),
    Case("a pass under a hand that helped", [
        quiz("q", 0), practice("p1", 1), practice("p2", 2, session="x", independence=2), seen("o", 2, "x"),
    ], 5, LEARNING, do_count=1),
    Case("a task card is no success where simulators are asked for", two_cards(), 5, LEARNING, do_count=0),
    # Chứng
    Case("nobody has seen it", three_keys()[:3], 5, WAITING, reasons=[Why.WITNESS_MISSING], do_count=2, know="q",
         do=("p1", "p2")),
    Case("seen in another session", [*three_keys()[:3], seen("o", 2, "other class")], 5, WAITING,
         reasons=[Why.WITNESS_OTHER_SESSION]),
    Case("seen in no session", [*three_keys()[:3], seen("o", 2, None)], 5, WAITING),
    Case("identity not checked", [*three_keys()[:3], seen("o", 2, "class", identity=False)], 5, WAITING,
         reasons=[Why.WITNESS_IDENTITY]),
    Case("a word had to be said", [*three_keys()[:3], seen("o", 2, "class", level=2)], 5, WAITING,
         reasons=[Why.WITNESS_HELPED]),
    Case("alone, level 3", [*three_keys()[:3], seen("o", 2, "class", level=3)], 5, PROFICIENT),
    Case("an observation that says nothing", [*three_keys()[:3], seen("o", 2, "class", independence=None)], 5, WAITING,
         reasons=[Why.WITNESS_HELPED]),
    Case("signed by the learner himself", [
        *three_keys()[:3], seen("o", 2, "class", actors=(Actor("lan", ActorRole.WITNESS),)),
    ], 5, WAITING, reasons=[Why.WITNESS_SELF]),
    Case("a witness who was not eligible", [
        *three_keys()[:3], seen("o", 2, "class", admitted=not_admitted("own_household")),
    ], 5, WAITING, reasons=[Why.WITNESS_MISSING, Why.SET_ASIDE]),
    # Task cards, the launch ruleset
    Case("two different cards", two_cards(), 5, PROFICIENT, rules=CARDS, do=("c1", "c2"), witness="c1",
         spells=[(2, THIRD.replace(year=2027), "r2026.0")]),
    Case("the same card twice", [quiz("q", 0), card("c1", 1, "t"), card("c2", 2, "t")], 5, LEARNING, rules=CARDS,
         reasons=[Why.DO_SAME_VARIANT, Why.WITNESS_OTHER_SESSION]),
    Case("a card with a reminder is assisted", [quiz("q", 0), card("c1", 1), card("c2", 2, levels={"s3.2": 4, "s3.3": 2, "s3.6": 4})],
         5, LEARNING, rules=CARDS, do_count=1),
    Case("a card with the dangerous mistake is failed and breaks the run", [
        quiz("q", 0), card("c1", 1), card("f", 1.5, failed="s3.2"), card("c2", 2),
    ], 5, LEARNING, rules=CARDS, do_count=1),
    Case("a critical line done by another hand is failed", [
        quiz("q", 0), card("c1", 1), card("f", 1.5, levels={"s3.2": 1, "s3.3": 4, "s3.6": 4}), card("c2", 2),
    ], 5, LEARNING, rules=CARDS, do_count=1),
    Case("one identity check is enough: one of the two is Chứng", [
        quiz("q", 0), card("c1", 1, identity=False), card("c2", 2),
    ], 5, PROFICIENT, rules=CARDS, witness="c2"),
    Case("no identity check on either card", [
        quiz("q", 0), card("c1", 1, identity=False), card("c2", 2, identity=False),
    ], 5, WAITING, rules=CARDS, reasons=[Why.WITNESS_IDENTITY]),
    Case("two cards that share the Ks", [
        quiz("q", 0), card("c1", 1, levels={"s3.2": 3}), card("c2", 2, levels={"s3.3": 3, "s3.6": 4}),
    ], 5, PROFICIENT, rules=CARDS),
    Case("simulator passes are no success under the launch ruleset", three_keys(), 5, LEARNING, rules=CARDS, do_count=0),
    Case("a card with a reader beside", [quiz("q", 0), card("c1", 1, accommodation=Accommodation.READER), card("c2", 2)], 5,
         PROFICIENT, rules=CARDS),
    # Coherence
    Case("180 days between first and last key", [quiz("q", 0), *[
        practice("p1", 179), practice("p2", 180, session="x"), seen("o", 180, "x"),
    ]], 181, PROFICIENT),
    Case("181 days", [quiz("q", 0), *[
        practice("p1", 179), practice("p2", 181, session="x"), seen("o", 181, "x"),
    ]], 181, LEARNING, reasons=[Why.KNOW_TOO_OLD]),
    Case("a pass too old for the other", [
        practice("p1", 0), practice("p2", 181, session="x"), seen("o", 181, "x"), quiz("q", 181),
    ], 181, LEARNING, do_count=1),
    Case("an observation signed too late for the quiz", [*three_keys()[:3], seen("o", 181, "class")], 181, LEARNING),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_keys(case: Case) -> None:
    case.check()
