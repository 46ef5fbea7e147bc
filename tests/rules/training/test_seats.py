"""Who has a seat: the same, whatever order, however often and from how many devices the events come."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.training.rules import Act, Event, standing

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
EVENTS = st.lists(
    st.builds(
        lambda number, person, act, minutes: Event(f"e{number:02}", person, act, NOON + timedelta(minutes=minutes)),
        st.integers(0, 40),
        st.integers(1, 6),
        st.sampled_from(Act),
        st.integers(0, 5),
    ),
    max_size=24,
    unique_by=lambda event: event.id,
)


def told(*acts):
    """(person, act) one minute after another."""
    return [Event(f"e{n:02}", person, act, NOON + timedelta(minutes=n)) for n, (person, act) in enumerate(acts)]


IN, OUT = Act.REGISTERED, Act.WITHDRAWN


def test_first_come_first_seated() -> None:
    held = standing(told((3, IN), (1, IN), (2, IN)), 2)
    assert (held.seats, held.waiting) == ((3, 1), (2,))
    assert (held.place_of(2), held.place_of(3), held.place_of(9)) == (1, 0, 0)


def test_a_seat_given_back_goes_to_whoever_waits_first() -> None:
    held = standing(told((1, IN), (2, IN), (3, IN), (4, IN), (2, OUT)), 2)
    assert (held.seats, held.waiting) == ((1, 3), (4,))


def test_registering_twice_keeps_the_place_and_coming_back_is_the_end() -> None:
    assert standing(told((1, IN), (2, IN), (1, IN)), 1).seats == (1,)
    assert standing(told((1, IN), (2, IN), (1, OUT), (1, IN)), 1).waiting == (1,)


def test_fewer_seats_move_the_last_ones_to_the_list() -> None:
    some = told((1, IN), (2, IN), (3, IN))
    assert standing(some, 3).waiting == () and standing(some, 1).waiting == (2, 3)


def test_attendance_is_what_was_said_last_and_keeps_what_was_said_before() -> None:
    held = standing(
        told((1, IN), (1, Act.ABSENT), (1, Act.ABSENT), (1, Act.LATE), (5, Act.PRESENT), (6, Act.ABSENT)), 9
    )
    assert held.marks == {1: Act.LATE, 5: Act.PRESENT, 6: Act.ABSENT} and held.before == {1: (Act.ABSENT,)}
    assert held.came == {1, 5} and held.walked_in == [5] and held.listed == [1, 5, 6]


def test_whoever_comes_from_the_waiting_list_did_not_walk_in() -> None:
    assert standing(told((1, IN), (2, IN), (2, Act.PRESENT)), 1).walked_in == []


@given(EVENTS, st.integers(1, 4), st.randoms(use_true_random=False))
def test_order_and_doubles_change_nothing(events, capacity, random) -> None:
    shuffled = [*events, *random.choices(events, k=len(events))] if events else []
    random.shuffle(shuffled)
    assert standing(shuffled, capacity) == standing(events, capacity)


@given(EVENTS, st.integers(1, 4))
def test_nobody_sits_twice_and_no_seat_is_empty_while_somebody_waits(events, capacity) -> None:
    held = standing(events, capacity)
    queue = [*held.seats, *held.waiting]
    assert len(set(queue)) == len(queue) and len(held.seats) <= capacity
    assert not held.waiting or len(held.seats) == capacity


@given(EVENTS, st.integers(1, 4), st.integers(1, 6))
def test_somebody_who_withdraws_never_costs_another_the_seat(events, capacity, person) -> None:
    last = Event("z", person, OUT, NOON + timedelta(hours=1))
    before, after = standing(events, capacity), standing([*events, last], capacity)
    assert set(before.seats) - {person} <= set(after.seats)
    assert person not in (*after.seats, *after.waiting)
    assert [one for one in (*before.seats, *before.waiting) if one != person] == [*after.seats, *after.waiting]
