"""Every lesson fits an old phone on a slow line: the heaviest step of each is opened, with all it fetches.

What a browser measures (bench/) it measures on one lesson; here all of them are weighed, squeezed as they leave.
"""

import gzip
import re
from collections import defaultdict
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.courses import queries
from tests.house.two_worlds import shelf as shipped

ENGINES = ["sqlite"]

MOST_COLD, MOST_ASKED = 40_000, 5
"""Row 1 of the performance budget, as its gate: what a first visit fetches. The picture on the tab comes after the page
and is counted by no browser, as in bench/."""
MOST_AGAIN = 8_000
"""Row 2: a second visit fetches the page alone, the rest is kept."""
MOST_COURSE = 2_000_000
HEADERS = 1_200
"""About what one answer's headers weigh on the wire."""
FETCHED = re.compile(r'<(?:link rel="stylesheet"|script)[^>]*(?:href|src)="([^"]+)"')
PICTURES = re.compile(r'<img[^>]+src="([^"]+)"')


@pytest.fixture
def weighed(app: Flask, world: SimpleNamespace) -> dict[str, list[SimpleNamespace]]:
    """Course → of each lesson, what the step with the most text costs, and the step with the most questions."""
    visitor = app.test_client()
    with app.app_context():
        cards = queries.shelf(None)
        outlines = queries.outlines((c.lesson.id, c.lesson.digest) for card in cards for c in card.lessons)
    kept: dict[str, int] = {}
    found = defaultdict(list)
    for card in cards:
        for one in card.lessons:
            steps = outlines[one.lesson.id].steps
            heaviest = (max(steps, key=_text), max(steps, key=lambda step: len(step.checks)))
            for step_id in sorted({step.id for step in heaviest}):
                cost = _weigh(visitor, f"/khoa-hoc/{card.slug}/{one.lesson.slug}?buoc={step_id}", kept)
                cost.of_lesson, cost.steps = one.lesson.slug, len(steps)
                found[card.slug].append(cost)
    return found


def _text(step: queries.Step) -> int:
    return sum(len(part.get("html", "")) for part in step.parts)


def _weigh(visitor: FlaskClient, address: str, kept: dict[str, int]) -> SimpleNamespace:
    page = visitor.get(address, headers={"Accept-Encoding": "gzip"})
    assert page.status_code == 200 and page.headers["Content-Encoding"] == "gzip", address
    text = gzip.decompress(page.data).decode()
    own = set(PICTURES.findall(text))
    more = own | set(FETCHED.findall(text))
    for one in more - kept.keys():
        kept[one] = _squeezed(visitor, one)
    return SimpleNamespace(
        address=address, page=len(page.data) + HEADERS, more={one: kept[one] for one in more}, own=own
    )


def _squeezed(visitor: FlaskClient, address: str) -> int:
    answer = visitor.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200, address
    is_squeezed = "Content-Encoding" in answer.headers or answer.mimetype.startswith(("image/png", "image/jpeg"))
    return len(answer.data if is_squeezed else gzip.compress(answer.data, mtime=0)) + HEADERS


def test_every_lesson_of_every_course_is_light(weighed: dict[str, list[SimpleNamespace]]) -> None:
    open_courses = [course for course in shipped().courses if set(course.audience) - {"to-cong-nghe", "can-bo"}]
    assert set(weighed) == {course.slug for course in open_courses}, "every open course was weighed"
    for steps in weighed.values():
        for step in steps:
            assert step.page <= MOST_AGAIN + sum(step.more[one] for one in step.own), (step.address, step.page)
            cold = step.page + sum(step.more.values())
            assert cold <= MOST_COLD and 1 + len(step.more) <= MOST_ASKED, (step.address, cold, step.more)
    for slug, steps in weighed.items():
        at_most = {step.of_lesson: step.steps * max(s.page for s in steps) for step in steps}
        whole = sum(at_most.values()) + max(sum(step.more.values()) for step in steps)
        pictures = sum(len(image) for image in _pictures_of(slug))
        assert whole + pictures <= MOST_COURSE, (slug, whole, pictures)


def _pictures_of(slug: str) -> list[bytes]:
    (course,) = (one for one in shipped().courses if one.slug == slug)
    kept = {path for lesson in course.lessons for path in lesson.place.path.parent.glob("*.*")}
    return [path.read_bytes() for path in kept if path.suffix in (".png", ".jpg", ".webp")]
