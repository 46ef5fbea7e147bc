"""After a recorded test: what holds, what to read again and where; nothing of a question or its key."""

from types import SimpleNamespace

from flask import Flask

from lms.db import db
from lms.quizzes import queries
from lms.quizzes.models import Attempt
from lms.skills import queries as skills
from tests.quizzes.sitting import Act, secrets_of, take
from tests.witnessing import world as made


def test_what_holds_and_what_needs_work(as_: Act, world: SimpleNamespace, do: Act, app: Flask) -> None:
    do(made.open_test, world.hoa, class_id=world.school_class)
    attempt = do(take, world, world.an, 9)
    page = as_("an").get(f"/kiem-tra/thanh-toan/bai/{attempt.id}/ket-qua").text
    with app.app_context():
        row = db.session.get_one(Attempt, attempt.id)
        form, names = queries.form_items(row), {one.id: one.name for one in skills.framework().competencies}
        revise = set(row.result["revise"])
        held = {item.competency for item in form} - revise
        told = secrets_of([item.id for item in form])
    work = page.split("Nên đọc lại")[1]
    assert revise and all(names[one] in work for one in revise)
    assert all(names[one] in page and names[one] not in work for one in held if one)
    assert "buoc=" in work
    assert not any(item.stem in page for item in form)
    assert not any(text in page for text in told)


def test_all_right_needs_nothing(as_: Act, world: SimpleNamespace, do: Act) -> None:
    do(made.open_test, world.hoa, class_id=world.school_class)
    attempt = do(take, world, world.an, 15)
    page = as_("an").get(f"/kiem-tra/thanh-toan/bai/{attempt.id}/ket-qua").text
    assert "Đã vững" in page
    assert "Nên đọc lại" not in page
