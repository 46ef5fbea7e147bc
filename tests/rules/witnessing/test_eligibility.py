"""The table and the brakes of assessment.md §3.3: first who may, then every refusal by its own code, then what must always hold."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.rules import Giver, Holds
from lms.witnessing.rules.eligibility import (
    Between,
    Kin,
    LearnerFacts,
    QuizMode,
    SessionFacts,
    SupervisedSession,
    Verdict,
    WitnessFacts,
    may_attest,
)
from lms.witnessing.rules.words import SENTENCES, Code

TODAY = date(2026, 11, 22)
CLASS_8A, CLASS_8B = 81, 82
MAU_1, MAU_2 = 11, 12
COMMUNE, NEXT_COMMUNE = 1, 2
TEAM, OTHER_TEAM = 21, 22
LAN_ID, HOA_ID, NAM_ID, MAI_ID = 1, 2, 3, 4

YES = Holds(True)
NO = Holds(False, (Giver.SELF,), (), "Chưa có đồng ý của người học. Ký phiếu rồi ghi lại.")

# The cast: cô Hoa teaches, anh Nam is in the team, chị Mai works at the commune, bà Lan learns, em Tí is in class 8A.
HOA = WitnessFacts(HOA_ID, is_teacher=True, classes=frozenset({CLASS_8A}))
NAM = WitnessFacts(
    NAM_ID,
    teams=frozenset({TEAM}),
    villages=frozenset({MAU_1}),
    is_proficient=True,
    passed_observer_lesson=True,
    is_certified=True,
)
MAI = WitnessFacts(MAI_ID, officer_of=frozenset({COMMUNE}))
LAN = LearnerFacts(LAN_ID, YES, villages=frozenset({MAU_1}), communes=frozenset({COMMUNE}))
TI = LearnerFacts(5, YES, classes=frozenset({CLASS_8A}), communes=frozenset({COMMUNE}), may_be_under_15=True)
CUONG = LearnerFacts(6, YES, villages=frozenset({MAU_2}), communes=frozenset({COMMUNE}), teams=frozenset({OTHER_TEAM}))
STRANGERS = Between()
VISIT = SessionFacts(TODAY, "s3")


def session(
    skill: str = "s3", present: int = 45, nth: int = 1, with_people: tuple[int, ...] = (TI.person,)
) -> SessionFacts:
    people = frozenset([*with_people, *range(1000, 1000 + present - len(with_people))])
    return SessionFacts(TODAY, "s3", SupervisedSession(skill, people, nth))


def verdict(
    witness: WitnessFacts = NAM,
    learner: LearnerFacts = LAN,
    between: Between = STRANGERS,
    occasion: SessionFacts = VISIT,
) -> Verdict:
    return may_attest(witness, learner, between, occasion)


@pytest.mark.parametrize(
    ("witness", "learner", "occasion", "role"),
    [
        (HOA, TI, VISIT, "teacher"),
        (HOA, TI, session(), "teacher"),
        (HOA, replace(LAN, classes=frozenset({CLASS_8A})), VISIT, "teacher"),  # enrolled in an evening class
        (HOA, CUONG, VISIT, "teacher"),  # a team member, whichever class
        (replace(HOA, classes=frozenset()), CUONG, VISIT, "teacher"),
        (NAM, LAN, VISIT, "team-member"),
        (NAM, CUONG, VISIT, "team-member"),  # of another team, of another village
        (MAI, LAN, VISIT, "commune-officer"),
        (MAI, TI, VISIT, "commune-officer"),
        (MAI, CUONG, VISIT, "commune-officer"),
    ],
)
def test_who_may_attest_whom(witness: WitnessFacts, learner: LearnerFacts, occasion: SessionFacts, role: str) -> None:
    outcome = may_attest(witness, learner, STRANGERS, occasion)
    assert outcome.eligible and outcome.code == "eligible" and outcome.sentence == ""
    assert outcome.facts == {
        "role": role,
        "on": "2026-11-22",
        "place": "session" if occasion.session else "outside",
        "kin": "none",
        "recheck": "1",
    }


def test_teachers_and_officers_are_the_root_witnesses() -> None:
    """On day 0 nobody is proficient: they need neither the skill nor the observer lesson."""
    assert not HOA.is_proficient and verdict(HOA, TI).eligible
    assert not MAI.passed_observer_lesson and verdict(MAI, LAN).eligible


REFUSALS = {
    Code.SELF: verdict(learner=replace(LAN, person=NAM_ID)),
    Code.WITNESS_IS_CHILD: verdict(replace(NAM, is_child=True)),
    Code.OWN_HOUSEHOLD: verdict(between=Between(same_household=True)),
    Code.CLOSE_KIN: verdict(between=Between(kin=Kin.CLOSE)),
    Code.COLLEAGUE: verdict(learner=replace(LAN, teams=frozenset({TEAM, OTHER_TEAM}))),
    Code.MUTUAL: verdict(between=Between(attested_back_on=TODAY - timedelta(days=90))),
    Code.NO_ROLE: verdict(WitnessFacts(99, is_proficient=True, passed_observer_lesson=True)),
    Code.OTHER_CLASS: verdict(HOA, replace(TI, classes=frozenset({CLASS_8B}))),
    Code.OTHER_COMMUNE: verdict(MAI, replace(LAN, communes=frozenset({NEXT_COMMUNE}))),
    Code.OTHER_VILLAGE: verdict(NAM, replace(LAN, villages=frozenset({MAU_2}))),
    Code.NOT_PROFICIENT: verdict(replace(NAM, is_proficient=False)),
    Code.NO_OBSERVER_LESSON: verdict(replace(NAM, passed_observer_lesson=False)),
    Code.NOT_CERTIFIED: verdict(replace(NAM, is_certified=False)),
    Code.NO_CONSENT: verdict(learner=replace(LAN, consent=NO)),
    Code.UNDER_15_REAL_MONEY: verdict(HOA, TI, occasion=replace(VISIT, on_real_account=True)),
    Code.QUIZ_NOT_PROCTORED: verdict(NAM, CUONG, occasion=replace(VISIT, quiz_mode=QuizMode.WITNESSED)),
    Code.DAILY_BRAKE: verdict(occasion=replace(VISIT, attested_today=frozenset((at, "s3") for at in range(100, 115)))),
    Code.OTHER_SKILL: verdict(HOA, TI, occasion=session(skill="s4")),
    Code.SESSIONS_BRAKE: verdict(HOA, TI, occasion=session(nth=3)),
    Code.TOO_MANY_PRESENT: verdict(HOA, TI, occasion=session(present=46)),
    Code.NOT_PRESENT: verdict(HOA, TI, occasion=session(with_people=())),
}


@pytest.mark.parametrize("code", Code)
def test_each_refusal_has_its_own_code_and_says_what_to_do(code: Code) -> None:
    outcome = REFUSALS[code]
    assert not outcome.eligible and outcome.code == code
    assert outcome.sentence.count(".") >= 2, "why, and what to do"
    assert "{" not in outcome.sentence and outcome.facts["on"] == "2026-11-22"


def test_no_two_refusals_say_the_same() -> None:
    assert set(SENTENCES) == set(Code) - {Code.NO_CONSENT}
    assert len({outcome.sentence for outcome in REFUSALS.values()}) == len(Code)


def test_a_missing_consent_speaks_in_its_own_words() -> None:
    assert REFUSALS[Code.NO_CONSENT].sentence == NO.sentence


@pytest.mark.parametrize("witness", [HOA, NAM, MAI])
@pytest.mark.parametrize(
    ("between", "code"),
    [
        (Between(same_household=True), Code.OWN_HOUSEHOLD),
        (Between(kin=Kin.CLOSE), Code.CLOSE_KIN),
        (Between(attested_back_on=TODAY), Code.MUTUAL),
        (Between(attested_back_on=TODAY - timedelta(days=1)), Code.MUTUAL),
    ],
)
def test_no_office_makes_a_relative_a_stranger(witness: WitnessFacts, between: Between, code: Code) -> None:
    learner = replace(TI, villages=frozenset({MAU_1}))
    assert verdict(witness, learner).eligible
    assert verdict(witness, learner, between).code == code


@pytest.mark.parametrize(
    ("days", "eligible"), [(0, False), (89, False), (90, False), (91, True), (-3, False), (-91, True)]
)
def test_mutual_attestation_within_ninety_days(days: int, eligible: bool) -> None:
    assert verdict(between=Between(attested_back_on=TODAY - timedelta(days=days))).eligible is eligible


def test_further_kin_and_a_reader_each_double_the_recheck() -> None:
    reader = replace(VISIT, with_reader=True)
    assert verdict(between=Between(kin=Kin.FURTHER)).facts["recheck"] == "2"
    assert verdict(occasion=reader).facts["recheck"] == "2"
    assert verdict(between=Between(kin=Kin.FURTHER), occasion=reader).facts["recheck"] == "4"


def test_a_teacher_reaches_team_members_but_no_other_stranger() -> None:
    assert verdict(HOA, LAN).code == Code.OTHER_CLASS
    assert verdict(HOA, CUONG).eligible


def test_colleagues_of_a_team_do_not_attest_each_other_in_any_role() -> None:
    officer_in_the_team = replace(MAI, teams=frozenset({OTHER_TEAM}))
    assert verdict(officer_in_the_team, CUONG).code == Code.COLLEAGUE
    assert verdict(officer_in_the_team, LAN).eligible


@pytest.mark.parametrize(
    ("mode", "eligible"),
    [(None, True), (QuizMode.PROCTORED, True), (QuizMode.WITNESSED, False), (QuizMode.UNATTENDED, False)],
)
def test_a_team_members_quiz_must_be_proctored(mode: QuizMode | None, eligible: bool) -> None:
    occasion = replace(VISIT, quiz_mode=mode)
    assert verdict(HOA, CUONG, occasion=occasion).eligible is eligible
    assert verdict(NAM, LAN, occasion=occasion).eligible, "not asked of other learners"


def test_somebody_with_two_parts_attests_in_the_one_that_fits() -> None:
    both = replace(HOA, person=NAM_ID, teams=NAM.teams, villages=NAM.villages)
    skilled = replace(both, is_proficient=True, passed_observer_lesson=True, is_certified=True)
    assert verdict(skilled, TI).facts["role"] == "teacher"
    assert verdict(skilled, LAN).facts["role"] == "team-member"
    assert verdict(both, LAN).code == Code.NOT_PROFICIENT, "nearer than «not in your class»"
    assert verdict(replace(MAI, is_teacher=True), replace(LAN, communes=frozenset())).code == Code.OTHER_CLASS


def test_under_fifteen_payment_is_shown_on_paper_only() -> None:
    real = replace(VISIT, on_real_account=True)
    assert verdict(HOA, TI, occasion=real).code == Code.UNDER_15_REAL_MONEY
    assert verdict(HOA, TI, occasion=replace(real, skill="s4")).eligible
    assert verdict(HOA, replace(TI, may_be_under_15=False), occasion=real).eligible
    assert verdict(HOA, TI).eligible


@pytest.mark.parametrize(("others", "eligible"), [(0, True), (13, True), (14, True), (15, False), (40, False)])
def test_fifteen_attestations_a_day_outside_a_session(others: int, eligible: bool) -> None:
    done = frozenset((at, "s3") for at in range(100, 100 + others))
    assert verdict(occasion=replace(VISIT, attested_today=done)).eligible is eligible


def test_the_second_card_of_one_skill_is_the_same_attestation() -> None:
    done = frozenset({(LAN_ID, "s3"), *((at, "s3") for at in range(100, 114))})
    assert len(done) == 15
    assert verdict(occasion=replace(VISIT, attested_today=done)).eligible
    another_skill = replace(VISIT, skill="s4", attested_today=done)
    assert verdict(occasion=another_skill).code == Code.DAILY_BRAKE


def test_the_daily_brake_does_not_reach_into_a_session() -> None:
    tired = frozenset((at, "s3") for at in range(100, 115))
    assert verdict(HOA, TI, occasion=replace(session(), attested_today=tired)).eligible


@pytest.mark.parametrize(("present", "nth", "eligible"), [(1, 1, True), (45, 2, True), (46, 1, False), (45, 3, False)])
def test_the_size_and_number_of_sessions(present: int, nth: int, eligible: bool) -> None:
    assert verdict(HOA, TI, occasion=session(present=present, nth=nth)).eligible is eligible


IDS = st.frozensets(st.integers(1, 3), max_size=2)
WITNESSES = st.builds(
    WitnessFacts, st.integers(1, 4), st.booleans(), IDS, IDS, IDS, IDS, st.booleans(), st.booleans(), st.booleans()
)
LEARNERS = st.builds(
    LearnerFacts, st.integers(1, 4), st.sampled_from([YES, YES, NO]), IDS, IDS, IDS, IDS, st.booleans()
)
TIES = st.builds(
    Between, st.booleans(), st.sampled_from(Kin), st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))
)
OCCASIONS = st.builds(
    SessionFacts,
    on=st.just(TODAY),
    skill=st.sampled_from(["s3", "s4"]),
    session=st.none()
    | st.builds(SupervisedSession, st.sampled_from(["s3", "s4"]), st.frozensets(st.integers(1, 5)), st.integers(1, 3)),
    on_real_account=st.booleans(),
    quiz_mode=st.none() | st.sampled_from(QuizMode),
)


@given(WITNESSES, LEARNERS, TIES, OCCASIONS)
def test_what_always_holds_of_an_eligible_witness(
    witness: WitnessFacts, learner: LearnerFacts, between: Between, occasion: SessionFacts
) -> None:
    outcome = may_attest(witness, learner, between, occasion)
    assert outcome.eligible is (outcome.sentence == "")
    if not outcome.eligible:
        return
    assert witness.person != learner.person and not witness.is_child
    assert not between.same_household and between.kin is not Kin.CLOSE
    assert not witness.teams & learner.teams and learner.consent.holds
    assert witness.is_teacher or witness.classes or witness.officer_of or witness.teams
    if outcome.facts["role"] == "team-member":
        assert witness.is_proficient and witness.passed_observer_lesson
    if occasion.session is not None:
        assert learner.person in occasion.session.present and occasion.session.skill == occasion.skill


@given(WITNESSES, LEARNERS, TIES, OCCASIONS)
def test_closer_ties_never_make_anybody_eligible(
    witness: WitnessFacts, learner: LearnerFacts, between: Between, occasion: SessionFacts
) -> None:
    if not may_attest(witness, learner, STRANGERS, occasion).eligible:
        assert not may_attest(witness, learner, between, occasion).eligible
