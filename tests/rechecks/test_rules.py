"""The planned sample of a month and what it says: who is drawn, reproducibly, and whether the interval covers the truth."""

import random
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.rechecks.rules import ENOUGH, Award, Stratum, draw, estimate, month_of, planned

ENGINES = ["sqlite"]
COMMUNES, COMMUNES_SOAKED = 300, 2000

awards = st.lists(
    st.builds(Award, st.uuids().map(str), st.integers(1, 4), st.sampled_from((1, 2, 4))),
    max_size=80,
    unique_by=lambda award: award.id,
)


@given(awards, st.text(max_size=8), st.randoms())
def test_a_draw_can_be_repeated_by_anybody(found: list[Award], seed: str, dice: random.Random) -> None:
    shuffled = list(found)
    dice.shuffle(shuffled)
    assert draw(found, seed) == draw(shuffled, seed)


@given(awards)
def test_every_witness_has_three_drawn_or_all(found: list[Award]) -> None:
    has, drawn = Counter(one.witness for one in found), Counter(one.award.witness for one in draw(found, "x"))
    assert all(drawn[witness] >= min(3, count) for witness, count in has.items())
    assert all(drawn[witness] <= count for witness, count in has.items())


@given(awards)
def test_no_award_is_drawn_twice(found: list[Award]) -> None:
    ids = [one.award.id for one in draw(found, "x")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("has", "drawn"),
    [
        ({1: 2}, {1: 2}),
        ({1: 40}, {1: 3}),
        ({1: 61}, {1: 4}),
        ({1: 200}, {1: 10}),
        ({2: 100}, {2: 10}),
        ({1: 100, 4: 10}, {1: 5, 4: 2}),
    ],
)
def test_five_in_a_hundred_and_doubled_where_it_must_be(has: dict[int, int], drawn: dict[int, int]) -> None:
    assert planned(has) == drawn


def test_another_seed_draws_others() -> None:
    found = [Award(str(n), 1) for n in range(400)]
    assert draw(found, "a") != draw(found, "b")


def test_the_month_drawn_from_is_over() -> None:
    assert month_of(date(2026, 1, 31)) == date(2025, 12, 1)


def test_too_few_say_nothing() -> None:
    assert estimate([Stratum(400, ENOUGH - 1, 0)]) is None
    assert estimate([]) is None


def test_none_differing_is_no_proof_of_none() -> None:
    said = estimate([Stratum(400, 20, 0)])
    assert said is not None
    assert said.share == said.low == 0
    assert said.high == pytest.approx(0.190, abs=0.001)


def test_a_stratum_weighs_what_it_stands_for() -> None:
    said = estimate([Stratum(90, 20, 0), Stratum(10, 20, 20)])
    assert said is not None
    assert said.share == pytest.approx(0.1)
    assert said.right(100)[0] == 90


def test_the_interval_covers_the_truth_in_simulated_communes(soak: bool) -> None:
    many = COMMUNES_SOAKED if soak else COMMUNES
    said = [commune(random.Random(n)) for n in range(many)]
    told = [one for one in said if one is not None]
    assert len(told) >= many * 0.9
    assert sum(told) / len(told) >= 0.93


def commune(dice: random.Random) -> bool | None:
    """Careful and careless witnesses, few awards and many: whether the interval holds the true share."""
    usual = dice.uniform(0.01, 0.3)
    false: dict[str, bool] = {}
    found = []
    for witness in range(dice.randint(6, 14)):
        rate = min(1.0, usual * dice.uniform(0, 2))
        for n in range(dice.randint(5, 150)):
            found.append(Award(f"{witness}-{n}", witness, 2 if dice.random() < 0.1 else 1))
            false[found[-1].id] = dice.random() < rate
    strata: dict[tuple[int, int], Stratum] = {}
    for one in draw(found, str(dice.random())):
        key = one.award.witness, one.award.factor
        old = strata.get(key, Stratum(one.out_of, 0, 0))
        strata[key] = Stratum(one.out_of, old.checked + 1, old.differing + false[one.award.id])
    said = estimate(list(strata.values()))
    return None if said is None else said.low <= sum(false.values()) / len(found) <= said.high
