"""The principal sees classes, coverage and evidence, in numbers; teachers, officers and other schools do not."""

import pytest

from lms.access.rules import Role
from lms.classes import actions as classes
from lms.clock import today
from lms.db import db
from lms.people import actions as people
from tests.witnessing import world as made


@pytest.fixture
def principal(app, world, as_):
    with app.app_context():
        people.grant_role(world.sen, Role.PRINCIPAL, made.BEGAN, site_id=world.school)
        made.make_proficient(world.an)
        made.evidence_of_quiz(world.an)
        db.session.commit()
    return as_("sen")


def test_the_principal_sees_numbers_and_no_names(app, world, held, principal) -> None:
    assert f"/lop-hoc/truong/{world.school}" in principal.get("/lop-hoc").text
    page = principal.get(f"/lop-hoc/truong/{world.school}").text
    assert "1 lớp · 2 người học · 1 tiết đã dạy" in page and 'data-label="Thanh toán">1/2' in page
    assert 'data-label="Bằng chứng có người giám sát">1<' in page
    assert "Bùi Bình An" not in page and "Quách" not in page


def test_more_classes_cost_no_more_statements(app, world, principal, queries) -> None:
    def cost() -> int:
        principal.get(f"/lop-hoc/truong/{world.school}")
        with queries() as said:
            assert principal.get(f"/lop-hoc/truong/{world.school}").status_code == 200
        return len(said)

    few = cost()
    with app.app_context():
        for n in range(10):
            classes.found_class(world.school, f"8A{n}", "2026–2027", today())
        db.session.commit()
    assert cost() == few <= 12


@pytest.mark.parametrize("who", ["hoa", "stranger", "an", "mai", "nam"])
def test_nobody_else_sees_the_school(as_, world, who) -> None:
    assert as_(who).get(f"/lop-hoc/truong/{world.school}").status_code in (403, 404)


def test_the_principal_sees_no_other_school_and_runs_no_lesson(world, held, principal) -> None:
    assert principal.get(f"/lop-hoc/truong/{world.other_school}").status_code == 404
    assert principal.get(f"/lop-hoc/truong/{10**30}").status_code == 404
    assert principal.get(held.at).status_code in (403, 404)
