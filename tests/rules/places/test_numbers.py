"""Numbers as people write them beside a part of a village."""

import pytest

from lms.places.rules import numbers_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", set()),
        ("1-3, 5", {1, 2, 3, 5}),
        ("2 – 3;9", {2, 3, 9}),
        (" 7 ,", {7}),
        ("0", None),
        ("4-2", None),
        ("8-11", None),
        ("một", None),
        ("1-2-3", None),
        ("99999999999", None),
    ],
)
def test_ranges(text, numbers):
    assert numbers_in(text, 10) == numbers
