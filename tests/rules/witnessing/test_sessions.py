"""The board of a supervised session: who is stuck, whose pass may be signed, which run belongs to it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.witnessing.rules.sessions import STUCK_AFTER, Desk, Doing, Run, doing, fails_in_a_row, links, pass_of

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
FAILED, HINTED, ALONE = Run("f", False, 0), Run("h", True, 1), Run("a", True, 0)


def desk(quiet_s: float, practice: str | None = "p", runs: tuple[Run, ...] = ()) -> Desk:
    return Desk(NOW - timedelta(hours=1), practice, NOW - timedelta(seconds=quiet_s), runs)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (Desk(), Doing.AWAY),
        (desk(5), Doing.WORKING),
        (desk(5, None), Doing.READY),
        (desk(179), Doing.WORKING),
        (desk(180), Doing.STUCK),
        (desk(180, None), Doing.STUCK),
        (desk(900, None, (ALONE,)), Doing.READY),
        (desk(900, "p", (ALONE,)), Doing.STUCK),
        (desk(5, "p", (FAILED,)), Doing.WORKING),
        (desk(5, "p", (FAILED, FAILED)), Doing.STUCK),
        (desk(5, "p", (FAILED, FAILED, HINTED)), Doing.WORKING),
        (Desk(NOW - STUCK_AFTER, None, None), Doing.STUCK),
    ],
)
def test_what_the_leader_is_told(at: Desk, expected: Doing) -> None:
    assert doing(at, NOW) is expected


runs_of_some = st.lists(st.sampled_from([FAILED, HINTED, ALONE]), max_size=8).map(tuple)


@given(runs_of_some)
def test_only_an_unaided_pass_may_be_signed(runs: tuple[Run, ...]) -> None:
    assert (pass_of(runs) is not None) == (ALONE in runs)


@given(runs_of_some)
def test_fails_are_counted_from_the_end(runs: tuple[Run, ...]) -> None:
    count = fails_in_a_row(runs)
    assert all(run is FAILED for run in runs[len(runs) - count :])
    assert count == len(runs) or runs[len(runs) - count - 1] is not FAILED


def test_the_latest_unaided_pass_is_the_one() -> None:
    assert pass_of((ALONE, Run("later", True, 0), HINTED)) == "later"


def test_a_variant_drawn_before_coming_in_belongs_to_no_session() -> None:
    entered = datetime(2026, 11, 20, 2, 0, 0, 700_000, tzinfo=UTC)
    assert links(datetime(2026, 11, 20, 2, 0, 0, tzinfo=UTC), entered), "tickets know whole seconds"
    assert not links(datetime(2026, 11, 20, 1, 59, 59, tzinfo=UTC), entered)
