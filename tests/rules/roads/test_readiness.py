"""Who has which part of the road, and what ends soon."""

from datetime import date, timedelta

import pytest

from lms.roads.rules.readiness import Part, Road, ending, ends_soon, have_each, lacking

DAY = date(2026, 11, 23)
LATER = DAY + timedelta(days=200)


ALL = {"lesson": LATER, "exam": LATER, "visit": LATER}


def without(*parts: str) -> dict[str, date]:
    return {part: day for part, day in ALL.items() if part not in parts}


@pytest.mark.parametrize(
    ("road", "missing"),
    [
        (Road(5, ALL, LATER), ()),
        (Road(5, ALL, DAY), ()),
        (Road(5, ALL, DAY - timedelta(days=1)), (Part.CERTIFICATE,)),
        (Road(4, ALL, LATER), (Part.SKILLS,)),
        (Road(5, without("exam"), LATER), (Part.EXAM,)),
        (Road(5, {**ALL, "exam": DAY}, LATER), ()),
        (Road(5, {**ALL, "exam": DAY - timedelta(days=1)}, LATER), (Part.EXAM,)),
        (Road(5, without("lesson")), (Part.LESSON, Part.CERTIFICATE)),
        (Road(5, without("visit")), (Part.VISIT, Part.CERTIFICATE)),
        (Road(0), tuple(Part)),
    ],
)
def test_what_is_lacking_in_the_order_of_the_road(road: Road, missing: tuple[Part, ...]) -> None:
    assert lacking(road, DAY) == missing


def test_what_ends_within_sixty_days_and_not_what_is_over() -> None:
    near = {n: ends_soon(DAY + timedelta(days=n), DAY) for n in (-1, 0, 60, 61)}
    assert near == {-1: False, 0: True, 60: True, 61: False} and not ends_soon(None, DAY)


def test_what_is_to_be_refreshed_is_named_once_with_its_last_day() -> None:
    soon, far = DAY + timedelta(days=30), DAY + timedelta(days=90)
    road = Road(5, {"lesson": far, "exam": soon, "visit": DAY - timedelta(days=1)}, soon)
    assert ending(road, {"s4": soon, "s3": far}, DAY) == (("s4", soon), ("exam", soon), ("certificate", soon))
    assert ending(Road(0), {}, DAY) == ()


def test_a_team_is_counted_by_parts() -> None:
    roads = [Road(5, ALL, LATER), Road(5, without("lesson", "visit")), Road(1, without("exam"))]
    counts = {Part.SKILLS: 2, Part.LESSON: 2, Part.EXAM: 2, Part.VISIT: 2, Part.CERTIFICATE: 1}
    assert have_each(roads, DAY) == counts
