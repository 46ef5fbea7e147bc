"""The brakes at a door: whatever else is true, oneself, close kin, back and forth and the sixteenth of a day never count."""

import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, example, given
from hypothesis import strategies as st

from lms.people.rules import Holds
from lms.visits.rules import to_name
from lms.witnessing.rules.eligibility import (
    LIMITS,
    Between,
    Kin,
    LearnerFacts,
    QuizMode,
    SessionFacts,
    WitnessFacts,
    may_attest,
)
from lms.witnessing.rules.words import Code

TODAY = date(2026, 11, 23)
MEMBER, VILLAGE = 1, 11
IDS = st.frozensets(st.integers(1, 3), max_size=2)
FLAG = st.booleans()
WITNESSES = st.builds(WitnessFacts, st.integers(1, 4), FLAG, IDS, IDS, IDS, IDS, FLAG, FLAG, FLAG, FLAG)
LEARNERS = st.builds(LearnerFacts, st.integers(1, 4), st.builds(Holds, FLAG), IDS, IDS, IDS, IDS, FLAG)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
TIES = st.builds(Between, FLAG, st.sampled_from(Kin), st.none() | DAYS)
PAIRS = st.tuples(st.integers(2, 40), st.sampled_from(["s3", "s4"]))
AT_A_DOOR = st.builds(
    SessionFacts,
    on=st.just(TODAY),
    skill=st.sampled_from(["s3", "s4"]),
    attested_today=st.frozensets(PAIRS, max_size=20),
    on_real_account=FLAG,
    with_reader=FLAG,
    quiz_mode=st.none() | st.sampled_from(QuizMode),
)
READY = WitnessFacts(
    MEMBER, teams=frozenset({21}), villages=frozenset({VILLAGE}), is_proficient=True, passed_observer_lesson=True,
    is_certified=True,
)  # fmt: skip


def agreeing(person: int) -> LearnerFacts:
    return LearnerFacts(person, Holds(True), villages=frozenset({VILLAGE}))


@given(WITNESSES, LEARNERS, TIES, AT_A_DOOR)
def test_nobody_attests_themselves(witness, learner, between, occasion) -> None:
    verdict = may_attest(witness, replace(learner, person=witness.person), between, occasion)
    assert not verdict.eligible and verdict.code == Code.SELF


@given(WITNESSES, LEARNERS, TIES, AT_A_DOOR)
def test_no_close_kin_and_nobody_of_ones_own_home(witness, learner, between, occasion) -> None:
    assert not may_attest(witness, learner, replace(between, kin=Kin.CLOSE), occasion).eligible
    assert not may_attest(witness, learner, replace(between, same_household=True), occasion).eligible


@given(WITNESSES, LEARNERS, TIES, AT_A_DOOR, st.integers(-LIMITS.mutual_days, LIMITS.mutual_days))
def test_not_back_and_forth(witness, learner, between, occasion, days) -> None:
    """Also where a visit of another day reaches us late: the days count in both directions."""
    back = replace(between, attested_back_on=TODAY + timedelta(days=days))
    assert not may_attest(witness, learner, back, occasion).eligible


@given(st.integers(-120, 120))
@example(LIMITS.mutual_days)
@example(LIMITS.mutual_days + 1)
@example(-LIMITS.mutual_days - 1)
def test_back_and_forth_is_all_that_holds_those_two_back(days) -> None:
    back = Between(attested_back_on=TODAY - timedelta(days=days))
    verdict = may_attest(READY, agreeing(2), back, SessionFacts(TODAY, "s3"))
    assert verdict.eligible is (abs(days) > LIMITS.mutual_days)


@given(WITNESSES, LEARNERS, TIES, AT_A_DOOR, st.frozensets(PAIRS, min_size=LIMITS.outside_daily))
def test_not_over_the_limit_of_a_day(witness, learner, between, occasion, done) -> None:
    assume((learner.person, occasion.skill) not in done)
    assert not may_attest(witness, learner, between, replace(occasion, attested_today=done)).eligible


def counted(tries, kin=frozenset(), back=frozenset()) -> frozenset[tuple[int, str]]:
    """What counts of a day from door to door; each is asked with what counted before it."""
    done: frozenset[tuple[int, str]] = frozenset()
    for person, skill in tries:
        tie = Between(kin=Kin.CLOSE if person in kin else Kin.NONE, attested_back_on=TODAY if person in back else None)
        if may_attest(READY, agreeing(person), tie, SessionFacts(TODAY, skill, attested_today=done)).eligible:
            done |= {(person, skill)}
    return done


TRIES = st.lists(st.tuples(st.integers(1, 20), st.sampled_from(["s3", "s4"])), max_size=60)
SOME = st.frozensets(st.integers(1, 20), max_size=4)


@given(TRIES, SOME, SOME)
def test_a_whole_day_at_doors_never_counts_what_it_must_not(tries, kin, back) -> None:
    done, barred = counted(tries, kin, back), {MEMBER, *kin, *back}
    allowed = {one for one in tries if one[0] not in barred}
    assert done <= allowed
    assert len(done) == min(len(allowed), LIMITS.outside_daily), "and nothing else is held back"


@given(st.permutations(range(2, 22)), st.integers(0, 20))
def test_of_a_long_day_the_first_fifteen_count_and_their_second_cards(people, number) -> None:
    tries = [(person, "s3") for person in people[:number]]
    assert counted([*tries, *tries]) == frozenset(tries[: LIMITS.outside_daily])


@given(TRIES, SOME, SOME, st.randoms(use_true_random=False))
def test_sent_twice_and_in_another_order_no_more_counts(tries, kin, back, chance: random.Random) -> None:
    again = [*tries, *tries]
    assert counted(again, kin, back) == counted(tries, kin, back)
    chance.shuffle(again)
    mixed, done = counted(again, kin, back), counted(tries, kin, back)
    assert len(mixed) == len(done)
    assert mixed == done or len(done) == LIMITS.outside_daily, "order decides only who came before the limit"


@st.composite
def chains(draw):
    """Signatures of a day, each perhaps taking the place of an earlier one; a signature is corrected once."""
    found: dict[str, str | None] = {}
    for number in range(draw(st.integers(0, 9))):
        open_ones = sorted(found.keys() - set(found.values()))
        found[f"o{number}"] = draw(st.sampled_from([None, *open_ones]))
    return found


@given(chains(), st.integers(0, 9))
def test_each_signature_is_named_by_one_visit_however_many_are_sent(corrects, cut) -> None:
    """One device after another, with a correction between them: every chain is named once and never again."""
    early = {one: old for one, old in corrects.items() if int(one[1:]) < cut}
    first = to_name(early)
    second = to_name(corrects, first)
    assert not first & second and to_name(corrects, first | second) == set()
    roots = sorted(_root(corrects, one) for one in first | second)
    assert roots == sorted(one for one, old in corrects.items() if old is None)


def _root(corrects, one: str) -> str:
    while corrects[one] is not None:
        one = corrects[one]
    return one
