"""Marked again: withdrawing a question never takes a pass away, and both results stay to be read."""

from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.rules.blueprints import PassMark
from lms.quizzes.rules.regrading import Change, Tally, regraded, tally, voided_in
from lms.quizzes.rules.results import Scored

PASS = PassMark()
IDS = [f"q{n:02}" for n in range(15)]


def marks(right: set[str], critical: int = 4) -> list[Scored]:
    return [Scored(id, "v1", id in right, n < critical, "s3.1", 4) for n, id in enumerate(IDS)]


def change(right: set[str], before: set[str], after: set[str]) -> Change:
    return regraded(marks(right), PASS, before, after)


def test_one_short_and_two_questions_withdrawn() -> None:
    right = set(IDS[:11])
    assert change(right, set(), {"q11"}).kind == "same" and change(right, set(), {"q11"}).is_recounted
    found = change(right, {"q11"}, {"q11", "q12"})
    assert (found.kind, found.before.valid, found.after.valid) == ("gained", 14, 13)
    assert change(right, {"q11", "q12"}, {"q11"}).kind == "lost", "only bringing back may"


def test_a_right_answer_stays() -> None:
    found = change(set(IDS[:12]), set(), {"q00"})
    assert (found.kind, found.is_recounted) == ("same", False)


@given(st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS)))
def test_withdrawing_more_never_takes_a_pass_away(right: set[str], before: set[str], more: set[str]) -> None:
    assert change(right, before, before | more).kind != "lost"


@given(st.lists(st.tuples(st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS))), max_size=12))
def test_every_attempt_is_counted_in_one_place(rows: list[tuple[set[str], set[str]]]) -> None:
    found = tally(change(right, set(), voided) for right, voided in rows)
    assert found.concerned == len(rows) == found.gained + found.lost + found.recounted + found.same
    assert found.lost == 0 and found.same >= 0


def test_nothing_concerned_is_nothing() -> None:
    assert tally([]) == Tally()


def test_one_version_or_all() -> None:
    asked = [("a", "v1"), ("b", "v2")]
    assert voided_in(asked, {("a", None), ("b", "v1")}) == {"a"}
    assert voided_in(asked, {("b", "v2")}) == {"b"}
