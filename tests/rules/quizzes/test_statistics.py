"""What is said of a question and when: counts below which nothing is shown, flags, and properties of the figures."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.rules.statistics import questions
from lms.quizzes.rules.statistics import tests as whole
from lms.quizzes.rules.statistics.basics import Interval, fisher, wilson
from lms.quizzes.rules.statistics.figures import About, Sat, learned, question_figures
from lms.quizzes.rules.statistics.flags import SENTENCES, SHOW_PAIRS, SHOW_READERS, Flag, Seen, flags, freezes
from lms.quizzes.rules.statistics.groups import Difference, Table, mantel_haenszel, tables_of
from lms.quizzes.rules.statistics.questions import Distractor

CALM = Seen(200, 0.7, wilson(0.7, 200), 0.25, Interval(0.2, 0.4), passers=100)
DRAWS_THE_ABLE = Distractor("b", False, 0.3, 0.4, Interval(0.2, 0.6), 0.3)
UNUSED = Distractor("c", False, 0.01, -0.1, Interval(-0.2, 0.1), 0.0)


@pytest.mark.parametrize(
    ("flag", "seen", "from_n"),
    [
        (Flag.CHECK_KEY, replace(CALM, options=(DRAWS_THE_ABLE,)), 30),
        (Flag.NEGATIVE, replace(CALM, relation=Interval(-0.3, 0.05)), 100),
        (Flag.TOO_HARD, replace(CALM, facility=0.2, facility_interval=Interval(0.15, 0.3)), 30),
        (Flag.LEAKED, replace(CALM, rise=0.2), 60),
        (Flag.LEAKED, replace(CALM, exposure=0.5), 60),
        (Flag.BROKEN_OPTION, replace(CALM, options=(UNUSED,)), 100),
        (Flag.SLOW, replace(CALM, slower=3.5), 30),
        (Flag.SLOW, replace(CALM, readers=Difference(0.5, Interval(0.3, 0.9))), 30),
        (Flag.TOO_EASY, replace(CALM, facility=0.98), 30),
    ],
)
def test_each_flag_from_its_count_and_not_one_below(flag: Flag, seen: Seen, from_n: int) -> None:
    assert flags(replace(seen, n=from_n))[0] is flag
    assert flag not in flags(replace(seen, n=from_n - 1))


def test_a_good_question_has_no_flag() -> None:
    assert flags(CALM) == []


def test_more_passers_choosing_another_option_than_the_key_is_the_same_flag() -> None:
    key, other = Distractor("a", True, 0.4, 0.1, None, 0.3), Distractor("b", False, 0.5, -0.1, None, 0.5)
    assert Flag.CHECK_KEY in flags(replace(CALM, options=(key, other)))
    assert Flag.CHECK_KEY not in flags(replace(CALM, options=(key, other), passers=19))


def test_too_easy_is_information_and_never_said_of_safety() -> None:
    easy = replace(CALM, facility=0.99)
    assert not freezes(flags(easy))
    assert flags(replace(easy, is_critical=True)) == []
    assert freezes([Flag.NEGATIVE])


def test_every_flag_says_one_sentence() -> None:
    assert set(SENTENCES) == set(Flag)
    assert all(sentence.count(".") == 1 and sentence.endswith(".") for sentence in SENTENCES.values())


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_its_share_and_stays_a_share(counted: tuple[int, int]) -> None:
    right, n = counted
    found = wilson(right / n, n)
    assert 0 <= found.low <= right / n + 1e-12
    assert right / n - 1e-12 <= found.high <= 1


def test_intervals_as_the_text_gives_them() -> None:
    """n = 30: ±.36 about 0; 100: ±.20; 200: ±.14."""
    for n, half in ((30, 0.36), (100, 0.20), (200, 0.14)):
        found = fisher(0.0, n)
        assert found is not None
        assert found.high == pytest.approx(half, abs=0.005)


ROWS = st.integers(2, 6).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 1), min_size=k, max_size=k), min_size=2, max_size=20)
)


@given(ROWS)
def test_forms_of_their_own_with_the_same_questions_are_one_form(rows: list[list[int]]) -> None:
    forms = [{f"q{n}": score for n, score in enumerate(row)} for row in rows]
    plain, of_forms = whole.kr20(rows), whole.kr20_of_forms(forms)
    assert (plain is None) == (of_forms is None)
    assert plain is None or of_forms == pytest.approx(plain)


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 15)), min_size=4, max_size=40), st.randoms())
def test_upper_and_lower_do_not_depend_on_who_comes_first(people: list[tuple[int, int]], dice: object) -> None:
    told = questions.upper_lower([one for one, _t in people], [t for _one, t in people])
    shuffled = list(people)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert questions.upper_lower([a for a, _t in shuffled], [t for _a, t in shuffled]) == pytest.approx(told)


def test_b_index_and_gain() -> None:
    assert questions.b_index([1, 1, 0, 0, 1], [True, True, True, False, False]) == pytest.approx(2 / 3 - 1 / 2)
    assert questions.b_index([1, 0], [True, True]) is None
    assert questions.gain([0, 1], [1, 1]) == pytest.approx(0.5)


def test_the_most_d_can_be() -> None:
    assert questions.most_upper_lower(0.5) == 1
    assert questions.most_upper_lower(0.9) == pytest.approx(0.1 / 0.27)


def test_rapid_is_a_tenth_of_the_median_but_never_below_two_seconds() -> None:
    assert questions.rapid_below([10.0]) == 2
    assert questions.rapid_below([60.0]) == 6
    assert questions.rapid_share([60.0, 60.0, 5.0]) == pytest.approx(1 / 3)


def test_decisions_of_a_test_without_doubt_are_consistent() -> None:
    sure = whole.consistency([0, 0, 15, 15], 15, 12, 1.0)
    assert sure.p0 == pytest.approx(1)
    assert sure.kappa == pytest.approx(1)


def test_decision_consistency_by_hand() -> None:
    """Two questions, one needed, reliability 0: everybody is taken at the mean share .5, so P(pass) = .75."""
    found = whole.consistency([0, 2], 2, 1, 0.0)
    assert found.p0 == pytest.approx(0.75**2 + 0.25**2)
    assert found.kappa == pytest.approx(0)


def test_a_negative_reliability_weighs_nothing() -> None:
    assert whole.consistency([0, 1, 2], 2, 1, -0.8) == whole.consistency([0, 1, 2], 2, 1, 0.0)


def test_a_difference_between_readers_matters_only_when_sure_and_large() -> None:
    for odds, low, high, is_harder in (
        (0.5, 0.3, 0.9, True),
        (0.5, 0.2, 1.1, False),
        (0.9, 0.85, 0.95, False),
        (2, 1.5, 3, False),
    ):
        assert Difference(odds, Interval(low, high)).is_harder is is_harder


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 3)), max_size=60), st.randoms())
def test_groups_changed_over_turn_the_odds_round(people: list[tuple[bool, bool, int]], dice: object) -> None:
    told = mantel_haenszel(tables_of(people))
    turned = [(not group, right, total) for group, right, total in people]
    dice.shuffle(turned)  # type: ignore[attr-defined]
    other = mantel_haenszel(tables_of(turned))
    assert (told is None) == (other is None)
    assert told is None or other is None or other.odds == pytest.approx(1 / told.odds)


def test_equal_shares_at_every_total_are_no_difference_however_the_groups_differ() -> None:
    """The readers know less, and at each total do as well: no difference of the question (Simpson turned the right way)."""
    found = mantel_haenszel([Table(80, 20, 8, 2), Table(5, 15, 50, 150)])
    assert found is not None and found.odds == pytest.approx(1) and not found.is_harder


KEY, OTHER = ("q", "1"), ("r", "1")
ABOUT = {key: About(0.25, (), (), False, competency) for key, competency in ((KEY, "s3.1"), (OTHER, "s3.2"))}


def sat(right: int, other: int, read_to: bool = False, **before: float) -> Sat:
    told = {name.replace("_", "."): share for name, share in before.items()}
    return Sat({KEY: right, OTHER: other}, {}, {}, True, read_to, told)


def test_readers_are_compared_from_a_hundred_of_each() -> None:
    crowd = [sat(n % 4 == 0, n % 4 != 0, True) for n in range(SHOW_READERS)]
    crowd += [sat(n % 4 != 0, n % 4 == 0) for n in range(SHOW_READERS)]
    figures = {one.key: one for one in question_figures(crowd, ABOUT)}
    assert figures[KEY].readers.odds == pytest.approx(1 / 9) and Flag.SLOW in figures[KEY].flags
    assert figures[OTHER].readers.odds == pytest.approx(9) and Flag.SLOW not in figures[OTHER].flags
    assert all(one.readers is None for one in question_figures(crowd[1:], ABOUT))


def test_before_and_after_are_the_same_people_and_enough_of_them() -> None:
    crowd = [sat(1, n % 2, s3_1=float(n < 6)) for n in range(SHOW_PAIRS)] + [sat(0, 0)] * 50
    (found,) = learned(crowd, ABOUT)
    assert (found.competency, found.n, found.before, found.after) == ("s3.1", SHOW_PAIRS, pytest.approx(0.2), 1.0)
    assert learned(crowd[1:], ABOUT) == []
