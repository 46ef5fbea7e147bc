"""What must hold for any evidence, and agreement with the literal rule of `oracle`."""

import os
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lms.skills.rules.events import Event
from lms.skills.rules.rulesets import Activation
from lms.skills.rules.standing import Standing
from lms.skills.rules.words import Status
from tests.rules.skills.evidence import (
    CORE,
    R0,
    R1,
    card,
    day,
    inferred,
    practice,
    quiz,
    recheck,
    renewal,
    revoke,
    seen,
    stand,
    three_keys,
    unlock,
    void,
)
from tests.rules.skills.oracle import Oracle

# Short validity and late change, so that expiry, overlap and renewal all happen within a few dozen events.
SHORT0, SHORT1 = (replace(one, validity_months={**one.validity_months, "s3": 7}) for one in (R0, R1))
LONGER1 = replace(SHORT1, id="r2026.2", validity_months={**R1.validity_months, "s3": 9})
RULES = st.sampled_from(
    [
        [Activation(SHORT1, day(-900))],
        [Activation(SHORT0, day(-900))],
        [Activation(SHORT0, day(-900)), Activation(SHORT1, day(120))],
        [Activation(LONGER1, day(-900)), Activation(SHORT1, day(200))],
        [Activation(SHORT0, day(60)), Activation(LONGER1, day(240))],
    ]
)
EXAMPLES = int(os.environ.get("PROPERTY_EXAMPLES", "120"))  # thousands when the rule itself is touched
FAIR = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
# Few distinct days and sessions, so that keys meet; 0.2 and 0.7 lie on one Vietnamese day, 0.7 and 1.2 on two.
WHEN = st.builds(
    lambda base, step: base + step,
    st.sampled_from([0, 2, 60, 120, 180, 200, 300, 420]),
    st.sampled_from([0, 0.2, 0.7, 1.2]),
)
SESSIONS = st.sampled_from(["a", "b", None])
COVERS = st.sampled_from(["s3.2 s3.3 s3.6", "s3.2 s3.3", "s3.6", "s3.2", "s3.3 s3.6"])
VARIANTS = st.sampled_from(["u", "v", "w"])


def named(kind: str) -> st.SearchStrategy[str]:
    return st.integers(0, 10**6).map(lambda number: f"{number:06}{kind}")


GOOD_QUIZ = st.builds(quiz, named("q"), WHEN)
GOOD_PRACTICE = st.builds(practice, named("p"), WHEN, VARIANTS, COVERS, replayed=st.booleans(), session=SESSIONS)
GOOD_CARD = st.builds(card, named("c"), WHEN, VARIANTS, session=SESSIONS)
GOOD_SIGHT = st.builds(seen, named("o"), WHEN, SESSIONS)
PASSES = st.one_of(GOOD_QUIZ, GOOD_PRACTICE, GOOD_PRACTICE, GOOD_CARD, GOOD_SIGHT)
FAILS = st.one_of(
    st.builds(quiz, named("q"), WHEN, right=st.integers(4, 11)),
    st.builds(practice, named("p"), WHEN, VARIANTS, passed=st.just(False), session=SESSIONS),
    st.builds(card, named("c"), WHEN, VARIANTS, failed=st.just("s3.2"), session=SESSIONS),
    st.builds(renewal, named("n"), WHEN, right=st.just(6)),
)
ASSISTED = st.builds(practice, named("p"), WHEN, VARIANTS, hints=st.just(1), session=SESSIONS)
RENEWALS = st.builds(renewal, named("n"), WHEN)
RECHECKS = st.builds(recheck, named("x"), WHEN, st.booleans())
LATE = st.builds(seen, named("o"), WHEN, SESSIONS, arrives=st.sampled_from([70, 300]))
IDLE = st.one_of(st.builds(unlock, named("u"), WHEN), st.builds(inferred, named("i"), WHEN))
EVIDENCE = st.lists(
    st.one_of(PASSES, PASSES, PASSES, PASSES, FAILS, ASSISTED, RENEWALS, RECHECKS, LATE, IDLE), max_size=14
)


def fresh(event: Event) -> Event:
    """Under an id nobody else has: smaller or greater than all others."""
    return replace(event, id=("!" if event.id < "5" else "~") + event.id)


def chapter(prefix: str, kind: str, base: int, variants: tuple[str, str]) -> list[Event]:
    """A few events that belong together, so that awards, renewals and doubts are met often enough."""
    one, other = variants
    match kind:
        case "simulators":
            return [
                quiz(f"{prefix}q", base),
                practice(f"{prefix}p1", base, one),
                practice(f"{prefix}p2", base + 1, other, session=prefix),
                seen(f"{prefix}o", base + 1, prefix),
            ]
        case "cards":
            return [quiz(f"{prefix}q", base), card(f"{prefix}c1", base, one), card(f"{prefix}c2", base + 1, other)]
        case "card renewal":
            return [renewal(f"{prefix}n", base), card(f"{prefix}c", base + 1, one)]
        case "renewal":
            return [
                renewal(f"{prefix}n", base),
                practice(f"{prefix}p", base + 1, one, session=prefix),
                seen(f"{prefix}o", base + 1, prefix),
            ]
        case "doubt":
            return [recheck(f"{prefix}x", base, False)]
        case _:
            return [recheck(f"{prefix}x", base, False), recheck(f"{prefix}y", base + 40, True)]


FIRST = st.sampled_from(["simulators", "cards"])
NEXT = st.sampled_from(["simulators", "cards", "renewal", "renewal", "card renewal", "doubt", "doubt confirmed"])
BASES = st.sampled_from([0, 30, 100, 140, 170, 200, 215, 300, 420])
PAIRS = st.sampled_from([("u", "v"), ("w", "u"), ("v", "w"), ("z", "y")])
CHAPTERS = st.tuples(
    st.builds(chapter, st.just("a"), FIRST, BASES, PAIRS),
    st.builds(chapter, st.sampled_from("ab"), NEXT, BASES, PAIRS),
    st.builds(chapter, st.just("c"), NEXT, BASES, PAIRS),
)
HISTORY = st.builds(
    lambda chapters, wanted, more: [event for one in chapters[:wanted] for event in one] + more,
    CHAPTERS,
    st.integers(0, 3),
    EVIDENCE,
)
DAYS = st.integers(-1, 800).map(day)
RANK = {
    Status.NOT_STARTED: 0,
    Status.LEARNING: 1,
    Status.AWAITING_WITNESS: 2,
    Status.NEEDS_RENEWAL: 3,
    Status.NEEDS_VERIFICATION: 3,
    Status.EXPIRING: 4,
    Status.PROFICIENT: 5,
}


def covers(standing: Standing, on: date) -> bool:
    return any(one.from_on <= on <= one.until_on for one in standing.spells)


def rank(standing: Standing) -> tuple[int, date]:
    return RANK[standing.status], standing.expires if standing.is_proficient and standing.expires else date.min


def turning_days(standing: Standing) -> set[date]:
    ends = {end for one in standing.spells for end in (one.from_on, one.until_on)}
    return {end + timedelta(shift) for end in ends for shift in (-1, 0, 1)}


@FAIR
@given(HISTORY, RULES, DAYS, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(events: list[Event], rules: list[Activation], on: date, chance) -> None:
    again = [*events, *chance.sample(events, len(events) // 2)]
    chance.shuffle(again)
    assert stand(again, on, rules[::-1]) == stand(events, on, rules)


@settings(FAIR, max_examples=4 * EXAMPLES)
@given(HISTORY, RULES, DAYS)
def test_agrees_with_the_literal_rule(events: list[Event], rules: list[Activation], on: date) -> None:
    standing, oracle = stand(events, on, rules), Oracle(events, rules, on, CORE["s3"])
    best = oracle.best()
    assert standing.is_proficient == (best is not None)
    if best:
        held = (standing.keys.know, standing.keys.do, standing.keys.witness)
        assert (standing.valid_from, standing.expires, held) == (best.day, best.expires, best.ids)
    for turning in turning_days(standing) | {award.day for award in oracle.awards}:
        if turning <= on:
            assert covers(standing, turning) == oracle.covers(turning)


@FAIR
@given(HISTORY, RULES, DAYS)
def test_spells_follow_each_other_and_agree_with_the_status(events, rules, on: date) -> None:
    standing = stand(events, on, rules)
    assert covers(standing, on) == standing.is_proficient
    assert all(one.from_on <= one.until_on and one.from_on <= on for one in standing.spells)
    assert all(one.until_on < two.from_on for one, two in zip(standing.spells, standing.spells[1:], strict=False))


@FAIR
@given(HISTORY, PASSES.map(fresh), RULES, DAYS)
def test_adding_a_pass_never_lowers(events: list[Event], more: Event, rules: list[Activation], on: date) -> None:
    assert rank(stand([*events, more], on, rules)) >= rank(stand(events, on, rules))


@FAIR
@given(HISTORY, RENEWALS.map(fresh), RULES, DAYS)
def test_adding_a_passed_renewal_never_lowers(events, more: Event, rules, on: date) -> None:
    assert rank(stand([*events, more], on, rules)) >= rank(stand(events, on, rules))


@FAIR
@given(HISTORY, FAILS.map(fresh), RULES, DAYS)
@example([*three_keys(), practice("p3", 60)], practice("f", 30, passed=False), [Activation(R1, day(-900))], day(61))
def test_an_ordinary_fail_after_the_status_began_never_lowers_it(events, fail: Event, rules, on: date) -> None:
    before = stand(events, on, rules)
    keys = {before.keys.know, *(before.keys.do or ()), before.keys.witness}
    if before.is_proficient and all(fail.effective_at > one.effective_at for one in events if one.id in keys):
        after = stand([*events, fail], on, rules)
        assert (after.status, after.expires, after.keys) == (before.status, before.expires, before.keys)


@FAIR
@given(HISTORY, RULES, DAYS, DAYS)
def test_later_events_do_not_change_an_earlier_day(events, rules, one: date, other: date) -> None:
    early, late = sorted([one, other])
    known = [event for event in events if event.effective_at.date() <= late]
    until_then = [event for event in known if (event.effective_at + timedelta(hours=7)).date() <= early]
    assert stand(known, early, rules) == stand(until_then, early, rules) or any(
        event.received_at != event.occurred_at for event in known
    )
    assert covers(stand(events, late, rules), early) == stand(events, early, rules).is_proficient


@FAIR
@given(HISTORY, st.integers(1, 15), RULES, DAYS, st.data())
def test_voiding_an_item_never_lowers(events, number: int, rules, on: date, data) -> None:
    attempts = [event.id for event in events if event.id.endswith(("q", "n"))]
    if attempts:
        withdrawn = void("void", 0, f"{data.draw(st.sampled_from(attempts))}.{number}")
        assert rank(stand([*events, withdrawn], on, rules)) >= rank(stand(events, on, rules))


@FAIR
@given(HISTORY, RULES, DAYS, st.data())
def test_a_revocation_is_as_if_the_event_had_never_been(events, rules, on: date, data) -> None:
    if events:
        gone = data.draw(st.sampled_from(events)).id
        left = [event for event in events if event.id != gone]
        with_it = stand([*events, revoke("revocation", 900, gone)], on, rules)
        assert (with_it.spells, with_it.status) == (stand(left, on, rules).spells, stand(left, on, rules).status)
