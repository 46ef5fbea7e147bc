"""Who has which part of the road, and what ends soon."""

from datetime import date, timedelta

import pytest

from lms.drives.rules.readiness import Part, Road, ends_soon, have_each, lacking

DAY = date(2026, 11, 23)
LATER = DAY + timedelta(days=200)


@pytest.mark.parametrize(
    ("road", "missing"),
    [
        (Road(5, True, True, LATER), ()),
        (Road(5, True, True, DAY), ()),
        (Road(5, True, True, DAY - timedelta(days=1)), (Part.CERTIFICATE,)),
        (Road(4, True, True, LATER), (Part.SKILLS,)),
        (Road(5, True, False, LATER), (Part.EXAM,)),
        (Road(5, False, True, None), (Part.LESSON, Part.CERTIFICATE)),
        (Road(0, False, False, None), (Part.SKILLS, Part.LESSON, Part.EXAM, Part.CERTIFICATE)),
    ],
)
def test_what_is_lacking_in_the_order_of_the_road(road: Road, missing: tuple[Part, ...]) -> None:
    assert lacking(road, DAY) == missing


def test_what_ends_within_sixty_days_and_not_what_is_over() -> None:
    near = {n: ends_soon(DAY + timedelta(days=n), DAY) for n in (-1, 0, 60, 61)}
    assert near == {-1: False, 0: True, 60: True, 61: False} and not ends_soon(None, DAY)


def test_a_team_is_counted_by_parts() -> None:
    roads = [Road(5, True, True, LATER), Road(5, False, True, None), Road(1, True, False, None)]
    assert have_each(roads, DAY) == {Part.SKILLS: 2, Part.LESSON: 2, Part.EXAM: 2, Part.CERTIFICATE: 1}
