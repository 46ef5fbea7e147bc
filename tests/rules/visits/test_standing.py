"""What stands of a visit: the same, whatever order, however often and from how many devices its events come."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.visits.rules import Act, Event, standing

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
EVENTS = st.lists(
    st.builds(
        lambda number, visit, act, minutes: Event(
            f"e{number}", f"v{visit}", act, NOON + timedelta(minutes=minutes), {"n": number}
        ),
        st.integers(0, 30),
        st.integers(0, 2),
        st.sampled_from(Act),
        st.integers(0, 3),
    ),
    max_size=12,
    unique_by=lambda event: event.id,
)


def event(id, act=Act.VISITED, visit="v", minutes=0):
    return Event(id, visit, act, NOON + timedelta(minutes=minutes), {"by": id})


def test_a_visit_stands_as_written():
    assert standing([event("a")])["v"].id == "a"


def test_the_latest_correction_stands_even_from_a_slow_clock():
    first, mended, again = (
        event("a", minutes=9),
        event("b", Act.CORRECTED, minutes=1),
        event("c", Act.CORRECTED, minutes=2),
    )
    assert standing([first, again, mended])["v"].id == "c"
    assert standing([first, mended])["v"].id == "b", "a correction beats what it corrects, whatever the clocks say"


def test_a_withdrawal_stands_above_all():
    assert standing([event("a"), event("w", Act.WITHDRAWN), event("b", Act.CORRECTED, minutes=60)])["v"] is None


@given(EVENTS, st.randoms(use_true_random=False))
def test_order_and_doubles_change_nothing(events, random):
    shuffled = [*events, *random.choices(events, k=len(events))] if events else []
    random.shuffle(shuffled)
    assert standing(shuffled) == standing(events)


@given(EVENTS, st.integers(0, 12))
def test_two_devices_that_meet_later_agree(events, cut):
    """Each keeps what it has seen; together they know the same, whichever half came first."""
    one, other = events[:cut], events[cut:]
    assert standing([*one, *other]) == standing([*other, *one])
