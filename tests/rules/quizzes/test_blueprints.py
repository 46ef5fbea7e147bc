"""What a form must hold, and why a bank may be refused."""

from dataclasses import replace
from fractions import Fraction

import pytest

from lms.quizzes.rules.blueprints import (
    Competency,
    PassMark,
    guessing_chance,
    observer_blueprint,
    publishable,
    recorded_blueprint,
    renewal_blueprint,
    unmet,
)
from lms.quizzes.rules.drawing import draw
from lms.quizzes.rules.guessers import NOBODY_GUESSES, binomial_tail, passing_chance
from lms.quizzes.rules.shapes import Item
from tests.rules.quizzes.bank import SKILL, bank, multiple, single, true_false

RECORDED = recorded_blueprint(SKILL)
RENEWAL = renewal_blueprint(SKILL)


def codes(problems: list) -> set[str]:
    assert all(problem.sentence.endswith(".") for problem in problems)
    return {problem.code for problem in problems}


def drawn(seed: str = "1") -> list[Item]:
    pool = {item.id: item for item in bank()}
    return [pool[item_id] for item_id in draw(pool.values(), RECORDED, seed).item_ids]


def test_the_recorded_form_is_the_rulesets() -> None:
    assert (RECORDED.items, RECORDED.critical, RECORDED.max_true_false) == (15, 4, 3)
    assert RECORDED.competencies == {"s3.1", "s3.2", "s3.4", "s3.5", "s3.6"}, "s3.3 has no quiz evidence"
    assert RECORDED.stars == {"s3.2", "s3.4", "s3.6"}
    assert RECORDED.pass_mark == PassMark(Fraction(4, 5), Fraction(3, 4), 12)


def test_the_renewal_form_is_eight_with_four_options() -> None:
    assert (RENEWAL.items, RENEWAL.critical, RENEWAL.max_true_false) == (8, 3, 0)
    assert RENEWAL.pass_mark.needs(8) == 7 and RENEWAL.pass_mark.needs(7) == 7
    assert RENEWAL.pass_mark.needs_critical(3) == 3
    assert RENEWAL.admits(single()) and RENEWAL.admits(multiple())
    assert not RENEWAL.admits(single(options=3)) and not RENEWAL.admits(true_false())


def test_more_stars_than_safety_items_cannot_each_be_asked_by_one() -> None:
    many = [Competency(f"s4.{n}", frozenset("Q"), critical=True) for n in range(1, 6)]
    assert recorded_blueprint(many).stars == frozenset()
    assert renewal_blueprint(many[:4]).stars == frozenset() and recorded_blueprint(many[:4]).stars


def test_a_healthy_bank_may_be_published() -> None:
    assert publishable(bank(), RECORDED) == [] == publishable(bank(true_false_items=0), RENEWAL)
    assert publishable(bank(22), RECORDED) == []


def without(*competencies: str) -> list[Item]:
    return [item for item in bank() if item.competency not in competencies]


FAULTY = {
    "length": bank(14),
    "critical": [replace(item, critical=False) for item in bank()],
    "others": [replace(item, critical=True) for item in bank()],
    "competency": without("s3.1"),
    "star": [replace(item, critical=False) if item.competency == "s3.6" else item for item in bank()],
    "twice": [*bank(), bank()[0]],
    "same-text": [*bank(), replace(single("s3.z"), body=replace(single().body, options=single().options[:1] * 2))],
    "no-form": [true_false(item.id, critical=item.critical, competency=item.competency) for item in bank()],
    "guessable": [single(item.id, options=2, critical=item.critical, competency=item.competency) for item in bank()],
}


@pytest.mark.parametrize("code", FAULTY)
def test_each_fault_of_a_bank_is_named(code: str) -> None:
    assert code in codes(publishable(FAULTY[code], RECORDED))


def test_all_shortages_are_told_at_once() -> None:
    assert codes(publishable(bank(3), RECORDED)) == {"length", "critical", "others", "competency", "star"}


def test_practice_items_fill_no_form() -> None:
    practice = [replace(item, pool="luyen") for item in bank()]
    assert "length" in codes(publishable(practice, RECORDED))


def form_with(change: dict[int, Item]) -> list[Item]:
    return [change.get(at, item) for at, item in enumerate(drawn())]


def test_a_form_is_checked_against_its_blueprint() -> None:
    form = drawn()
    assert unmet(form, RECORDED) == []
    assert "length" in codes(unmet(form[:-1], RECORDED)) and "length" in codes(unmet([*form, single("x")], RECORDED))
    flags = [item.critical for item in form]
    assert "critical" in codes(unmet(form_with({flags.index(True): single("x")}), RECORDED))
    assert "critical" in codes(unmet(form_with({flags.index(False): single("x", critical=True)}), RECORDED))
    assert "twice" in codes(unmet([*form[:-1], form[0]], RECORDED))
    retired = replace(form[0], status="ngung")
    assert "not-admitted" in codes(unmet([retired, *form[1:]], RECORDED))
    only_one = [replace(item, competency="s3.1", critical=item.critical) for item in form]
    assert {"competency", "star"} <= codes(unmet(only_one, RECORDED))


def test_at_most_three_true_false() -> None:
    form = [item for item in drawn() if item.type != "truefalse"]

    def refill(count: int) -> list[Item]:
        swapped, left = [], count
        for item in drawn():
            if item.type == "truefalse" or (left and not item.critical):
                swapped.append(
                    true_false(item.id, critical=item.critical, competency=item.competency)
                    if left
                    else single(item.id, critical=item.critical, competency=item.competency)
                )
                left = max(0, left - 1)
            else:
                swapped.append(item)
        return swapped

    assert len(form) <= 15
    assert "true-false" not in codes(unmet(refill(3), RECORDED))
    assert "true-false" in codes(unmet(refill(4), RECORDED))


def test_the_chance_of_guessing_a_form_is_exact() -> None:
    four = [single(f"q{at}") for at in range(15)]
    chance = guessing_chance(four[:4], four[4:], RECORDED.pass_mark)
    assert chance == passing_chance([Fraction(1, 4)] * 4, [Fraction(1, 4)] * 11, 12, 3)
    assert chance < binomial_tail(15, 12, Fraction(1, 4)), "the safety items ask for more than 12 of 15"
    assert chance <= NOBODY_GUESSES


def test_no_form_that_can_be_drawn_is_kinder_to_a_guesser_than_the_worst_one() -> None:
    """A bank is refused as soon as one form of it is too easy to guess, though most are not."""
    halves = {
        "s3.q001",
        "s3.q002",
        "s3.q004",
        "s3.q005",
        "s3.q007",
        "s3.q008",
        "s3.q010",
        "s3.q011",
        "s3.q013",
        "s3.q014",
    }
    sly = [
        single(item.id, options=2 if item.id in halves else 4, critical=item.critical, competency=item.competency)
        for item in bank(true_false_items=0)
    ]
    assert codes(publishable(sly, RECORDED)) == {"guessable"}
    assert publishable(bank(true_false_items=45), RECORDED) == [], "three true/false at most keep it under 0.1 %"


def test_three_options_and_three_true_false_still_hold() -> None:
    """Adult forms may use 3 options at the same 12 of 15 (assessment.md §3.4)."""
    three = [
        replace(item, body=replace(item.body, options=item.options[:3])) if item.type == "single" else item
        for item in bank()
    ]
    assert publishable(three, RECORDED) == []


def test_the_limit_itself_is_allowed_and_a_hair_above_is_not() -> None:
    """Five questions of four options: 1/1024 is under 0.1 %, with one of three options 1/768 is over it."""
    five = [single(f"f.o{at}", skill=None, competency=None) for at in range(5)]
    assert publishable(five, observer_blueprint()) == []
    easier = [*five[:4], single("f.o5", options=3, skill=None, competency=None)]
    found = publishable(easier, observer_blueprint())
    assert codes(found) == {"guessable"} and "0,14 %" in found[0].sentence


@pytest.mark.parametrize("critical", [0, 5])
def test_the_one_true_false_a_form_may_hold_counts_for_the_guesser(critical: int) -> None:
    """1/1024 without it, 1/512 with it, whether it is a safety item or not."""
    plan = replace(observer_blueprint(), critical=critical, max_true_false=1)
    five = [single(f"f.o{at}", skill=None, critical=bool(critical)) for at in range(5)]
    assert publishable(five, plan) == []
    assert codes(publishable([*five, true_false("f.o5", skill=None, critical=bool(critical))], plan)) == {"guessable"}


def test_the_observers_questions_stand_on_the_practice_shelf() -> None:
    five = [single(f"obs.q{at}", skill=None, competency=None, pool="luyen", status="duyet") for at in range(5)]
    assert publishable(five, observer_blueprint()) == [] and len(draw(five, observer_blueprint(), "1").questions) == 5
    assert publishable([replace(one, status="nhap") for one in five], observer_blueprint())


def test_the_observers_must_know_all_five() -> None:
    assert observer_blueprint().pass_mark.needs(5) == 5
