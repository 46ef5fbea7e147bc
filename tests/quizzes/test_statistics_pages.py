"""Statistics of tests from real attempts: who may look, what small groups hide, and how many statements it takes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event, update

from lms.classes import actions as classes
from lms.classes.models import ClassTeacher
from lms.db import db, open_write
from lms.people import actions as people
from lms.quizzes.models import Placement, PlacementAnswer
from lms.quizzes.queries.figures import about, first_sittings
from lms.quizzes.rules.statistics.figures import question_figures
from tests.quizzes.sitting import Act, take
from tests.witnessing import world as made

TEST = "/so-lieu/thanh-toan"


def crowd(world: SimpleNamespace, size: int) -> None:
    """So many more pupils of 7A sit the test: the first half get 14 right, the others 8."""
    ids = []
    for n in range(size):
        person = people.create_person(f"Em Mẫu {n}", 2013)
        ids.append(person.id)
        classes.enrol(world.school_class, person.id, made.BEGAN)
        made.agree(person.id, with_parent=True)
    made.open_test(world.hoa, class_id=world.school_class)
    for place, person_id in enumerate(ids):
        take(world, person_id, 14 if place < size // 2 else 8)


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_teacher_reads_figures_of_her_class(as_: Act, world: SimpleNamespace, do: Act, app: Flask) -> None:
    do(crowd, world, 12)
    hoa = as_("hoa")
    page = hoa.get(TEST).text
    assert "12 người đã làm" in page
    assert ">50%" in page.replace(" ", "")
    assert "Em Mẫu" not in page
    assert hoa.get("/so-lieu").status_code == 200
    assert hoa.get(f"{TEST}?lop={world.school_class}").status_code == 200
    item = re.search(rf"{TEST}/cau/([^\"?]+)", page)[1]
    one = hoa.get(f"{TEST}/cau/{item}")
    assert one.status_code == 200
    assert "Em Mẫu" not in one.text


def test_below_ten_nothing_is_shown(as_: Act, world: SimpleNamespace, do: Act) -> None:
    do(crowd, world, 9)
    page = as_("hoa").get(TEST).text
    assert "Chưa đủ người" in page
    assert "%" not in re.sub(r"<[^>]+>", "", page.split("<main")[1].split("</main")[0])


def test_keys_are_for_administrators_alone(as_: Act, world: SimpleNamespace, do: Act, app: Flask) -> None:
    do(crowd, world, 12)
    with app.app_context():
        items = first_sittings("thanh-toan", None)[1].values()
    hoa = as_("hoa")
    for item in list(items)[:4]:
        page = hoa.get(f"{TEST}/cau/{item.id}").text
        assert not any(option.text in page for option in item.options if len(option.text) > 15)
        assert item.explain not in page or not item.explain


def test_who_may_not_look(as_: Act, world: SimpleNamespace, app: Flask) -> None:
    for who in ("an", "nam", "mai"):
        assert as_(who).get(TEST).status_code == 403
    hoa = as_("hoa")
    for address in (
        f"{TEST}?lop=999999",
        f"{TEST}?lop=x",
        "/so-lieu/khong-co",
        "/so-lieu/nguoi-chung",
        f"{TEST}/cau/x",
    ):
        assert hoa.get(address).status_code == 404, address
    assert app.test_client().get(TEST).status_code in (302, 401)


def test_another_teachers_classes_count_for_nothing(as_: Act, world: SimpleNamespace, do: Act) -> None:
    do(crowd, world, 12)
    do(_take_away, world)
    hoa = as_("hoa")
    assert "0 người đã làm" in hoa.get(TEST).text
    assert hoa.get(f"{TEST}?lop={world.school_class}").status_code == 404


def _take_away(world: SimpleNamespace) -> None:
    open_write()
    db.session.execute(
        update(ClassTeacher).where(ClassTeacher.class_id == world.school_class).values(person_id=world.mai)
    )


def test_the_number_of_statements_does_not_grow(as_: Act, world: SimpleNamespace, do: Act, app: Flask) -> None:
    do(crowd, world, 2)
    hoa = as_("hoa")
    hoa.get(TEST)
    with counted(app) as few:
        hoa.get(TEST)
    do(_crowd_more, world)
    hoa.get(TEST)
    with counted(app) as many:
        hoa.get(TEST)
    assert len(many) == len(few)
    assert len(few) <= 15


def _crowd_more(world: SimpleNamespace) -> None:
    for n in range(10):
        person = people.create_person(f"Em Thêm {n}", 2013)
        classes.enrol(world.school_class, person.id, made.BEGAN)
        made.agree(person.id, with_parent=True)
        take(world, person.id, 12)


def test_only_the_first_sitting_of_a_person_counts(inside: SimpleNamespace) -> None:
    crowd(inside, 3)
    sat, items = first_sittings("thanh-toan", None)
    assert [one.total for one in sat] == pytest.approx([14, 8, 8], abs=6)
    assert sorted(one.total for one in sat) == [8, 8, 14]
    assert all(len(one.scores) == 15 for one in sat)
    told = question_figures(sat, about(items))
    assert all(one.facility is None and not one.flags for one in told), "three people are too few to say anything"


def test_what_was_known_before_is_read_from_the_placement_before_the_test(inside: SimpleNamespace) -> None:
    made.open_test(inside.hoa, class_id=inside.school_class)
    sat = take(inside, inside.an, 14)
    asked = [row["item"] for row in sat.form][:3]
    pairs = [{"competency": f"s3.{n}", "first": asked[n - 1], "second": asked[2]} for n in (1, 2)]
    for days, right in ((9, True), (5, False), (-1, False)):  # the first counts, the last came after the test
        _placed(inside.an, pairs, sat.started_at - timedelta(days=days), right)
    ((found,), _items) = first_sittings("thanh-toan", None)
    assert found.before == {"s3.1": 1.0, "s3.2": 1.0} and not found.is_read_to


def _placed(person_id: int, pairs: list[dict[str, str]], at: datetime, right: bool) -> None:
    placed = Placement(
        id=uuid4(), person_id=person_id, skill_id="s3", seed="1", pairs=pairs, digests={}, started_at=at, closed_at=at
    )
    db.session.add(placed)
    db.session.flush()
    for item_id in {one for pair in pairs for one in (pair["first"], pair["second"])}:
        db.session.add(
            PlacementAnswer(id=uuid4(), placement_id=placed.id, item_id=item_id, answer=None, is_right=right, at=at)
        )
    db.session.flush()
