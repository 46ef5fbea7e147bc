"""What a learner is told when a test closes or a card is signed is what the rule of proficiency later finds in the evidence."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.rules.attempts import AttemptState, Standing
from lms.quizzes.rules.blueprints import PassMark, renewal_blueprint
from lms.quizzes.rules.results import result, scores
from lms.quizzes.rules.shapes import Choices, Item, Option
from lms.skills.rules.events import (
    Accommodation,
    Actor,
    ActorRole,
    Event,
    EventType,
    ItemScore,
    Line,
    ObservationResult,
    QuizResult,
)
from lms.skills.rules.keys import Outcome, try_of, why_not_know, why_not_renewal, why_not_witness
from lms.skills.rules.rulesets import parse_ruleset
from lms.skills.rules.sifting import Fact, Voided
from lms.witnessing.rules.observations import Card, Needs, Observation, RubricLine, judge

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
RULESET = parse_ruleset(
    {
        "id": "r2026.0",
        "know": {"items": "15", "min_share": "0.80", "critical_items": "4", "critical_min_share": "0.75",
                 "min_valid_items": "12", "max_true_false": "3", "accommodation": ["none", "reader"]},
        "do": {"success": "task_card", "successes": "2", "consecutive": "true", "distinct_variants": "true",
               "at_least_one_replayed": "false", "cover": "core", "accommodation": ["none", "reader"], "hints": "0"},
        "witness": {"observations": "1", "linked_to_passing_session": "true", "min_independence": "3",
                    "identity_checked": "true"},
        "coherence_days": "180",
        "validity_months": {"s1": "24", "s2": "24", "s3": "12", "s4": "12", "s5": "24"},
        "retake": {"per_window": "2", "window_days": "14", "min_gap_hours": "24",
                   "hard_cap": {"attempts": "4", "days": "180", "unlock_by": ["teacher"]}},
        "renewal": {"items": "8", "min_right": "7", "all_critical": "true", "witnessed_practice": "1",
                    "from_days_before": "90"},
        "household": {"same_person_all_skills": "true", "min_age": "null", "report_split": ["adult", "pupil_only"]},
    }
)  # fmt: skip
OPTIONS = Choices(tuple(Option(letter, letter, letter == "a", "Vì sao.") for letter in "abcd"))
FORM = [Item(f"q{at:02d}", "single", OPTIONS, "Làm gì?", critical=at < 4) for at in range(15)]


def quiz(form: list[Item], state: AttemptState) -> Event:
    items = tuple(ItemScore(one.item, one.right, one.critical, one.digest, one.options) for one in scores(form, state))
    return Event("e1", EventType.QUIZ, NOON, NOON, QuizResult(items), "p1", "s3")


def answered(form: list[Item], marks: list[bool]) -> AttemptState:
    answers = {item.id: {"chosen": ["a" if right else "b"]} for item, right in zip(form, marks, strict=False)}
    return AttemptState(Standing.FINISHED, answers)


MARKS = st.lists(st.sampled_from([True, True, True, False]), min_size=15, max_size=15)
VOIDED = st.sets(st.sampled_from([item.id for item in FORM]), max_size=6)


@given(MARKS, VOIDED, st.integers(10, 15))
def test_a_test_passes_on_the_page_exactly_when_it_is_the_key_biet(
    marks: list[bool], voided: set[str], size: int
) -> None:
    form = FORM[:size]
    state = answered(form, marks)
    known = why_not_know(quiz(form, state), RULESET, Voided(frozenset((item, None) for item in voided))) is None
    pass_mark = PassMark(RULESET.know.min_share, RULESET.know.critical_min_share, RULESET.know.min_valid_items)
    assert result(form, state, pass_mark, voided).passed is known
    assert pass_mark == PassMark(), "the defaults are the ruleset's"


@given(MARKS, VOIDED)
def test_a_renewal_passes_on_the_page_exactly_when_it_renews(marks: list[bool], voided: set[str]) -> None:
    form, pass_mark = FORM[1:9], renewal_blueprint([]).pass_mark
    state = answered(form, marks)
    renewed = why_not_renewal(quiz(form, state), RULESET, Voided(frozenset((item, None) for item in voided))) is None
    assert result(form, state, pass_mark, voided).passed is renewed
    assert pass_mark.share == Fraction(RULESET.renewal.min_right, RULESET.renewal.items)


CARD = Card(
    "t.s3.a",
    "s3",
    (
        RubricLine("r1", "s3.2", core=True, critical=True),
        RubricLine("r2", "s3.3", core=True, critical=False),
        RubricLine("r3", "s3.4", core=False, critical=True),
    ),
)
SEEN = st.builds(
    Observation,
    st.fixed_dictionaries({line.id: st.sampled_from([0, 1, 2, 3, 3, 4]) for line in CARD.rubric}),
    st.sampled_from([0, 2, 3, 3, 4]),
    st.booleans(),
    st.sampled_from(list(Accommodation)),
    st.frozensets(st.sampled_from(["r1", "r3"]), max_size=1),
)


@given(SEEN)
def test_a_signed_card_is_worth_on_the_page_what_it_is_worth_as_evidence(seen: Observation) -> None:
    lines = tuple(
        Line(line.id, line.competency, seen.lines[line.id], line.core, line.critical, line.id in seen.failed)
        for line in CARD.rubric
    )
    event = Event(
        "e1",
        EventType.OBSERVATION,
        NOON,
        NOON,
        ObservationResult(seen.identity_checked, lines, CARD.id),
        "p1",
        "s3",
        independence=seen.independence,
        accommodation=Accommodation(seen.accommodation),
        actors=(Actor("p2", ActorRole.WITNESS),),
    )
    needs = Needs(
        RULESET.witness.min_independence, RULESET.witness.identity_checked, frozenset(RULESET.do.accommodation)
    )
    judged = judge(CARD, seen, needs)
    attempt = try_of(Fact(NOON, "e1", date(2026, 11, 22), event), RULESET)
    assert attempt is not None
    assert judged.passed is (attempt.outcome is Outcome.PASSED)
    assert judged.assisted is (attempt.outcome is Outcome.ASSISTED)
    assert judged.counts_as_witness is (why_not_witness(event, RULESET) is None)
    assert judge(CARD, seen) == judge(CARD, seen, replace(needs, accommodations=frozenset({"none", "reader"})))
