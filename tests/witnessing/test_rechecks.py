"""Re-checks: the officer draws a month's list, somebody else looks again and says what they found."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from lms import clock
from lms.db import db
from lms.journal import JournalLine
from lms.rechecks import actions
from lms.rechecks.models import RecheckItem, RecheckResult
from lms.rechecks.queries import lines
from lms.refusals import Refusal
from tests.witnessing import world as made

DECEMBER = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def drawn(world: SimpleNamespace, do: Callable[..., Any]) -> Iterator[int]:
    """Cô Hoa attested An, chị Mai bà Lan; in December the commune's list is drawn. Gives the line about An."""
    observation = do(made.observe, world.hoa, world.an)
    do(made.observe, world.mai, world.lan)
    with clock.frozen(DECEMBER):
        do(actions.draw_month, world.lien, world.mai)
        yield do(_line_of, observation.id)


@pytest.fixture
def visit(as_: Callable[..., FlaskClient]) -> Callable[[str], FlaskClient]:
    def signed_in(name: str) -> FlaskClient:
        client = as_(name)
        with client.session_transaction() as session:
            session["seen"] = int(clock.now().timestamp())
        return client

    return signed_in


def test_the_officer_draws_last_month(world: SimpleNamespace, do: Callable[..., Any], visit: Any) -> None:
    do(made.observe, world.hoa, world.an)
    with clock.frozen(DECEMBER):
        officer = visit("mai")
        assert officer.post("/kiem-lai").status_code == 303
        page = officer.get("/kiem-lai").text
    assert "Bùi Bình An" in page
    assert "11/2026" in page
    assert "Chưa đủ số để nói" in page


def test_a_month_is_drawn_once(drawn: int, visit: Any) -> None:
    answer = visit("mai").post("/kiem-lai")
    assert answer.status_code == 422
    assert do_count(visit, RecheckItem) == 2


def test_a_month_without_awards_is_not_drawn(world: SimpleNamespace, visit: Any) -> None:
    assert visit("mai").post("/kiem-lai").status_code == 422


def test_another_looks_again(drawn: int, visit: Any) -> None:
    officer = visit("mai")
    sent = {"id": str(uuid4()), "finding": "differs", "note": "Quên bước đọc tên"}
    for _twice in range(2):
        assert officer.post(f"/kiem-lai/{drawn}", data=sent).status_code == 303
    assert do_count(visit, RecheckResult) == 1
    assert "Quên bước đọc tên" in officer.get(f"/kiem-lai/{drawn}").text
    assert "Bùi Bình An" not in officer.get("/kiem-lai").text
    page = officer.get("/kiem-lai?xong=1").text
    assert "Bùi Bình An" in page
    assert "Đã xem lại 1 trong 1 lượt, khác 1." in page


def test_the_latest_result_counts(drawn: int, visit: Any) -> None:
    officer = visit("mai")
    for minute, finding in enumerate(("differs", "agrees")):
        with clock.frozen(DECEMBER.replace(minute=minute)):
            officer.post(f"/kiem-lai/{drawn}", data={"id": str(uuid4()), "finding": finding})
    assert "Đã xem lại 1 trong 1 lượt, khác 0." in officer.get("/kiem-lai").text
    assert do_count(visit, RecheckResult) == 2


def test_who_attested_does_not_look_again(drawn: int, visit: Any) -> None:
    answer = visit("hoa").post(f"/kiem-lai/{drawn}", data={"id": str(uuid4()), "finding": "agrees"})
    assert answer.status_code == 422
    assert "không tự kiểm lại" in answer.text


def test_who_may_look_finds_the_line_and_who_attested_does_not(drawn: int, visit: Any) -> None:
    """Anh Nam of the village's team may look at bà Lan, whom chị Mai attested; she sees An alone, whom cô Hoa did."""
    assert "Bùi Thị Lan" in visit("nam").get("/kiem-lai/nho-toi").text
    officer = visit("mai")
    page = officer.get("/kiem-lai/nho-toi").text
    assert "Bùi Bình An" in page and "Bùi Thị Lan" not in page
    officer.post(f"/kiem-lai/{drawn}", data={"id": str(uuid4()), "finding": "agrees"})
    assert "Không có lượt nào chờ xem lại." in officer.get("/kiem-lai/nho-toi").text
    assert "Không có lượt nào" in visit("stranger").get("/kiem-lai/nho-toi").text
    assert visit("an").get("/kiem-lai/nho-toi").status_code == 403


def test_nothing_is_chosen_beforehand(drawn: int, visit: Any) -> None:
    officer = visit("mai")
    page = officer.get(f"/kiem-lai/{drawn}").text
    assert page.count('name="finding"') == 3 and "checked" not in page
    answer = officer.post(f"/kiem-lai/{drawn}", data={"id": str(uuid4()), "note": "Đã gặp"})
    assert answer.status_code == 422 and "Chọn điều đã thấy khi xem lại." in answer.text and "Đã gặp" in answer.text
    assert do_count(visit, RecheckResult) == 0


def test_nobody_looks_again_at_their_own_household(
    world: SimpleNamespace, drawn: int, visit: Any, do: Callable[..., Any]
) -> None:
    with pytest.raises(Refusal) as refused:
        do(_record_about_lan, world.lien, world.tu)
    assert refused.value.code == "own-household"


def test_others_find_no_line(drawn: int, visit: Any) -> None:
    assert visit("stranger").get(f"/kiem-lai/{drawn}").status_code == 404
    assert visit("hoa").get("/kiem-lai").status_code in (403, 404)
    assert visit("mai").get("/kiem-lai?xa=999999").status_code == 404


def test_reading_leaves_a_line(drawn: int, visit: Any) -> None:
    before = do_count(visit, JournalLine)
    visit("mai").get("/kiem-lai")
    assert do_count(visit, JournalLine) > before


def test_the_page_costs_the_same_however_long(drawn: int, visit: Any) -> None:
    officer = visit("mai")
    officer.get("/kiem-lai")
    two = _statements(officer)
    officer.post(f"/kiem-lai/{drawn}", data={"id": str(uuid4()), "finding": "agrees"})
    assert _statements(officer) == two <= 14


def do_count(visit: Any, table: Any) -> int:
    with visit("mai").application.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def _statements(client: FlaskClient) -> int:
    told: list[str] = []
    with client.application.app_context():
        engine = db.engine

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            told.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    client.get("/kiem-lai")
    event.remove(engine, "before_cursor_execute", hear)
    return len(told)


def _line_of(observation_id: Any) -> int:
    return db.session.scalars(select(RecheckItem.id).where(RecheckItem.observation_id == observation_id)).one()


def _record_about_lan(unit_id: int, by_id: int) -> RecheckResult:
    lan = next(line for line in lines(unit_id, None).rows if line.learner == "Bùi Thị Lan")
    return actions.record_result(uuid4(), lan, by_id, "agrees")


def test_what_is_due_soon_is_told_on_the_first_page(drawn: int, visit: Any) -> None:
    """Two weeks before its day, to those who may look; not to whoever attested it, and no more once it is done."""
    assert "nhờ xem lại, hạn gần nhất" not in visit("mai").get("/").text
    with clock.frozen(DECEMBER + timedelta(days=50)):
        told = visit("mai").get("/").text
        assert "1 lượt chứng nhờ xem lại, hạn gần nhất" in told
        assert "nhờ xem lại, hạn gần nhất" not in visit("hoa").get("/").text
        visit("mai").post(f"/kiem-lai/{drawn}", data={"id": str(uuid4()), "finding": "agrees"})
        assert "nhờ xem lại, hạn gần nhất" not in visit("mai").get("/").text
