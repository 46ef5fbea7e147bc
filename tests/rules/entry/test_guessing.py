"""What an online guesser reaches at most: by the rules themselves, tried out, and by the sums the decision page states."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.entry import rules
from lms.entry.rules import CardKind, Tries

DAY = date(2026, 11, 23)


def test_both_kinds_of_secret_are_at_least_ten_thousand() -> None:
    assert rules.SPACE == {CardKind.PIN: 10_000, CardKind.PICTURES: 24 * 23 * 22}
    assert len(set(rules.PICTURES)) == 24


@pytest.mark.parametrize("kind", CardKind)
def test_a_drawn_secret_can_be_read_back_and_none_is_likelier(kind: CardKind) -> None:
    dice = random.Random(7)
    drawn = [rules.drawn_secret(kind, dice.choice) for _n in range(4000)]
    for secret in drawn:
        typed = [secret] if kind is CardKind.PIN else secret.split()
        assert rules.read_secret(kind, typed) == secret
    firsts = [secret[0] if kind is CardKind.PIN else secret.split()[0] for secret in drawn]
    sides = 10 if kind is CardKind.PIN else 24
    assert all(0.7 < firsts.count(one) * sides / 4000 < 1.3 for one in set(firsts)) and len(set(firsts)) == sides


@pytest.mark.parametrize(
    ("kind", "given", "read"),
    [
        (CardKind.PIN, ["04 17"], "0417"),
        (CardKind.PIN, ["041"], ""),
        (CardKind.PIN, ["04a7"], ""),
        (CardKind.PIN, ["٠٤١٧"], ""),
        (CardKind.PICTURES, ["ca", "nha", "sao"], "ca nha sao"),
        (CardKind.PICTURES, ["sao", "nha", "ca"], "sao nha ca"),
        (CardKind.PICTURES, ["ca", "nha"], ""),
        (CardKind.PICTURES, ["ca", "ca", "nha"], ""),
        (CardKind.PICTURES, ["ca", "nha", "voi"], ""),
    ],
)
def test_reading_what_was_typed_or_chosen(kind: CardKind, given: list[str], read: str) -> None:
    assert rules.read_secret(kind, given) == read


def test_a_code_is_read_as_people_type_it_and_holds_no_look_alikes() -> None:
    code = rules.drawn_code(random.Random(1).choice)
    assert len(code) == 6 and not set(code) & set("0O1IL")
    assert rules.read_code(f" {code[:3].lower()}-{code[3:].lower()} ") == code


def _guess(per_day: int, days: int, teacher_forgives: bool) -> Tries:
    """A guesser who never tires; every try is wrong."""
    tries = Tries()
    for n in range(days):
        day = DAY + timedelta(days=n)
        for _try in range(per_day):
            if rules.tries_problem(tries, day) and teacher_forgives:
                tries = rules.let_again(tries)
            if not rules.tries_problem(tries, day):
                tries = rules.after_wrong(tries, day)
    return tries


@pytest.mark.parametrize("teacher_forgives", [False, True])
def test_no_guesser_gets_more_than_thirty_tries_on_a_card(teacher_forgives: bool) -> None:
    assert _guess(400, 200, teacher_forgives).ever == rules.TRIES_EVER == 30


@given(st.integers(1, 60), st.integers(1, 12))
def test_five_a_day_and_never_more(per_day: int, days: int) -> None:
    assert _guess(per_day, days, False).ever == min(days * min(per_day, 5), 30)


def test_a_new_day_begins_anew_but_the_cards_life_does_not() -> None:
    worn = Tries(DAY, 5, 29)
    assert rules.tries_problem(worn, DAY) and not rules.tries_problem(worn, DAY + timedelta(days=1))
    assert rules.tries_problem(rules.after_wrong(worn, DAY + timedelta(days=1)), DAY + timedelta(days=2))


def test_the_sums_of_the_decision_page() -> None:
    assert rules.chance_on_one(CardKind.PIN) == 0.003
    assert round(rules.chance_on_one(CardKind.PICTURES), 4) == 0.0025
    assert round(rules.chance_in_a_window(CardKind.PIN), 4) == 0.0090
    assert round(rules.chance_in_a_window(CardKind.PICTURES), 4) == 0.0074
    assert 346 < rules.days_for_half(CardKind.PIN) < 347
    assert 420 < rules.days_for_half(CardKind.PICTURES) < 422
    assert rules.chance_of_a_code(open_windows=50) < 0.00014
    assert rules.chance_of_a_code(open_windows=50, networks=100) < 0.0135


def test_the_chance_on_one_card_is_what_guessing_really_gives() -> None:
    """Ten thousand cards, one guesser who spends every try of each without repeating: about thirty fall."""
    dice = random.Random(11)
    fallen = sum(
        int(rules.drawn_secret(CardKind.PIN, dice.choice)) in dice.sample(range(10_000), rules.TRIES_EVER)
        for _n in range(10_000)
    )
    assert 15 <= fallen <= 48


def test_a_window_ends_by_the_clock_by_hand_and_by_wrong_tries() -> None:
    now = datetime(2026, 11, 23, 1, tzinfo=UTC)
    until = now + timedelta(minutes=45)
    assert rules.window_is_open(until, None, 0, now)
    assert not rules.window_is_open(until, None, 0, until)
    assert not rules.window_is_open(until, now, 0, now)
    assert rules.window_is_open(until, None, 89, now) and not rules.window_is_open(until, None, 90, now)
