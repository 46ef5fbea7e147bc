"""Placement: which question comes next, when it stops, what may be skipped; and its error rates by simulation (T6)."""

from dataclasses import dataclass
from math import exp, sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.placement import Candidate, Key, Pair, outcome, parts_to_skip, plan

PAIRS = tuple(Pair(f"s1.{n}", f"q{n}a", f"q{n}b") for n in range(1, 8))


def test_asks_every_first_question_then_confirms_only_what_was_right() -> None:
    answers: dict[str, bool] = {}
    asked = []
    while (now := outcome(PAIRS, answers)).next is not None:
        asked.append((now.next.competency, now.next.key))
        answers[now.next.item] = now.next.competency in ("s1.2", "s1.5")
    assert asked == [*((pair.competency, Key.FIRST) for pair in PAIRS), ("s1.2", Key.SECOND), ("s1.5", Key.SECOND)]
    assert now.held == ("s1.2", "s1.5")
    assert now.open == ("s1.1", "s1.3", "s1.4", "s1.6", "s1.7")
    assert now.asked == 9


def test_four_wrong_at_first_stop_it() -> None:
    now = outcome(PAIRS, {f"q{n}a": False for n in range(1, 5)})
    assert (now.is_over, now.stopped_early, now.held, now.asked) == (True, True, (), 4)


def test_three_wrong_and_one_right_do_not_stop_it() -> None:
    now = outcome(PAIRS, {"q1a": False, "q2a": False, "q3a": False, "q4a": True})
    assert not now.is_over
    assert now.next is not None
    assert now.next.item == "q5a"


def test_one_key_is_not_enough() -> None:
    answers = {f"q{n}a": True for n in range(1, 8)} | {f"q{n}b": n != 3 for n in range(1, 8)}
    assert "s1.3" in outcome(PAIRS, answers).open


def test_a_competency_with_a_single_question_is_not_asked() -> None:
    few = [Candidate("a", "s1.1", 2), Candidate("b", "s1.1", 2), Candidate("c", "s1.2", 2)]
    assert [pair.competency for pair in plan(few, Dice("1"))] == ["s1.1"]


def test_the_level_asked_for_comes_first() -> None:
    some = [Candidate("a", "s1.1", 1), Candidate("b", "s1.1", 2), Candidate("c", "s1.1", 3), Candidate("d", "s1.1", 2)]
    for seed in range(20):
        pair = plan(some, Dice(str(seed)))[0]
        assert {pair.first, pair.second} == {"b", "d"}


def test_a_part_is_skipped_only_whole_and_never_safety() -> None:
    taught = {"one": ["s1.3"], "two": ["s1.3", "s1.4"], "safe": ["s1.1"], "none": []}
    assert parts_to_skip(taught, {"s1.3", "s1.1"}, {"s1.1"}) == {"one"}


@given(st.dictionaries(st.sampled_from([item for pair in PAIRS for item in (pair.first, pair.second)]), st.booleans()))
def test_held_needs_both_right_and_nothing_is_both(answers: dict[str, bool]) -> None:
    now = outcome(PAIRS, answers)
    for pair in PAIRS:
        if pair.competency in now.held:
            assert answers[pair.first]
            assert answers[pair.second]
    assert not set(now.held) & set(now.open)
    assert not now.is_over or len(now.held) + len(now.open) == len(PAIRS)


# --- the simulation of assessment.md §4 ---------------------------------------------------------

COMPETENCIES, SLIP, NOISE, OWN = 7, 0.03, 0.3, 0.7
REPORTED = {  # options, mean ability → questions, false skip %, false teach % (4 000 persons each)
    (4, -1.0): (9.6, 10, 28),
    (4, 0.0): (11.1, 12, 24),
    (4, 1.0): (12.4, 13, 19),
    (8, -1.0): (8.5, 4.5, 30),
    (8, 0.0): (10.4, 6, 27),
    (8, 1.0): (12.1, 7, 21),
}
PUBLISHED_PERSONS = 4000


@dataclass
class Tally:
    """Questions by person; wrong decisions by person with how many could have been."""

    questions: list[int]
    skipped: list[tuple[int, int]]
    taught: list[tuple[int, int]]


@pytest.mark.parametrize(("options", "mu"), REPORTED)
def test_simulated_learners_land_where_the_table_says(options: int, mu: float, soak: bool) -> None:
    told = simulate(options, mu, 20_000 if soak else 2500, Random(20261122))
    questions, skip, teach = REPORTED[options, mu]
    middle, error = mean_and_error(told.questions)
    assert abs(middle - questions) <= 3 * both(error, len(told.questions)) + 0.05  # printed to one decimal
    for counted, percent in ((told.skipped, skip), (told.taught, teach)):
        share, error = ratio_and_error(counted)
        rounding = 0.05 if percent != int(percent) else 0.5
        assert abs(100 * share - percent) <= 3 * 100 * both(error, len(counted)) + rounding


def simulate(options: int, mu: float, persons: int, dice: Random) -> Tally:
    """Persons go through the rule itself; ability, competencies and answers as §4 states them."""
    told, order = Tally([], [], []), Dice(str(dice.random()))
    names = [f"s1.{n}" for n in range(1, COMPETENCIES + 1)]
    bank = [Candidate(f"{name}{key}", name, 2) for name in names for key in "ab"]
    for _ in range(persons):
        ability = dice.gauss(mu, 1.0)
        latent = {name: ability + dice.gauss(0, OWN) for name in names}
        pairs, answers = plan(bank, order), {}
        while (now := outcome(pairs, answers)).next is not None:
            known = 1 / (1 + exp(-1.7 * (latent[now.next.competency] - dice.gauss(0, NOISE))))
            answers[now.next.item] = dice.random() < 1 / options + (1 - 1 / options - SLIP) * known
        unable = [name for name in names if latent[name] <= -0.5]
        able = [name for name in names if latent[name] >= 0.5]
        told.questions.append(now.asked)
        told.skipped.append((sum(name in now.held for name in unable), len(unable)))
        told.taught.append((sum(name in now.open for name in able), len(able)))
    return told


def mean_and_error(values: list[int]) -> tuple[float, float]:
    middle = sum(values) / len(values)
    return middle, sqrt(sum((one - middle) ** 2 for one in values)) / len(values)


def ratio_and_error(counted: list[tuple[int, int]]) -> tuple[float, float]:
    """A ratio of sums: people, not decisions, are drawn, so that one person's seven do not count as seven."""
    whole = sum(n for _k, n in counted)
    share = sum(k for k, _n in counted) / whole
    return share, sqrt(sum((k - share * n) ** 2 for k, n in counted)) / whole


def both(error: float, persons: int) -> float:
    """The table is itself a sample of 4 000."""
    return error * sqrt(1 + persons / PUBLISHED_PERSONS)
