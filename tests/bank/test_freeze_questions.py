"""Freezing: flagged questions leave new recorded forms, a reviewer lifts it, and no test is starved by it."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from lms import clock
from lms.access.rules import Role
from lms.backups import upkeep
from lms.bank import queries
from lms.bank.actions import freezing
from lms.bank.models import Deed, Flagged
from lms.bank.queries import flagging
from lms.db import db
from lms.people import actions as people
from lms.quizzes import queries as quizzes
from lms.quizzes.models import Item, ItemVersion
from lms.quizzes.rules.statistics.figures import QuestionFigures
from lms.quizzes.rules.statistics.flags import SENTENCES, Flag
from tests.bank import desk
from tests.bank.questions import of_type
from tests.quizzes.sitting import Act
from tests.witnessing import world as made


def seen(item: Item, *flags: Flag) -> flagging.Seen:
    return item.skill_id or "", QuestionFigures((item.id, item.digest), 40, flags=flags)


def look(found: list[flagging.Seen]) -> tuple[int, int]:
    return freezing.keep_flags(flagging.verdicts(found), clock.now())


@pytest.fixture
def item(inside: SimpleNamespace) -> Item:
    return _recorded()[0]


def test_a_flag_freezes_and_says_why(inside: SimpleNamespace, item: Item) -> None:
    assert look([seen(item, Flag.TOO_HARD, Flag.TOO_EASY)]) == (1, 0)
    assert item.frozen_at == clock.now() and item.frozen_why == SENTENCES[Flag.TOO_HARD]
    assert item.id not in _dealt()
    deed = db.session.scalars(select(Deed).where(Deed.item_id == item.id)).one()
    assert (deed.kind, deed.by, deed.flags) == ("frozen", None, ["too-hard"])
    assert {one.flag for one in queries.flags_of([item.id])[item.id]} == {"too-hard", "too-easy"}
    assert look([seen(item, Flag.TOO_HARD)]) == (0, 0)  # once is enough


def test_what_only_informs_freezes_nothing(inside: SimpleNamespace, item: Item) -> None:
    assert look([seen(item, Flag.TOO_EASY)]) == (0, 0)
    assert item.frozen_at is None and item.id in _dealt()


def test_a_lifted_freeze_comes_again_only_for_something_new(inside: SimpleNamespace, item: Item) -> None:
    look([seen(item, Flag.TOO_HARD)])
    freezing.lift(item.id, inside.mai, "Lời hỏi đúng, bài học mới khó.")
    assert item.frozen_at is None and item.id in _dealt()
    assert look([seen(item, Flag.TOO_HARD)]) == (0, 0)
    assert look([seen(item, Flag.TOO_HARD, Flag.LEAKED)]) == (1, 0)
    freezing.lift(item.id, inside.mai, "Đã thay đề.")
    body = db.session.get_one(ItemVersion, (item.id, item.digest)).body
    db.session.add(ItemVersion(item_id=item.id, digest="other words", body=body, published_at=clock.now()))
    item.digest = "other words"
    assert look([seen(item, Flag.TOO_HARD)]) == (1, 0)


def test_figures_of_an_older_wording_freeze_nothing(inside: SimpleNamespace, item: Item) -> None:
    old = (item.skill_id, QuestionFigures((item.id, "an older wording"), 40, flags=(Flag.CHECK_KEY,)))
    assert look([old]) == (0, 0) and item.frozen_at is None


def test_no_test_is_starved(inside: SimpleNamespace) -> None:
    everything = [seen(one, Flag.TOO_HARD) for one in _recorded()]
    frozen, held = look(everything)
    assert frozen and held and frozen + held == len(everything)
    test = next(test for test in quizzes.quizzes() if test.skill_id == "s3")
    assert len(quizzes.bank(test)) >= 15
    assert len(db.session.scalars(select(Flagged).where(Flagged.is_held)).all()) == held


def test_on_the_page_and_by_a_reviewer_alone(app, as_: Act, world: SimpleNamespace) -> None:
    mai = as_("mai")
    with app.app_context():
        item_id = _recorded()[0].id
    assert as_("hoa").get(f"/ngan-hang/{item_id}").status_code == 404  # its key is not for authors
    for what in ("khoa", "mo-khoa"):
        assert as_("hoa").post(f"/ngan-hang/{item_id}/{what}", data={"vi-sao": "x"}).status_code == 403
    assert "Hãy ghi một câu vì sao" in desk.act(mai, item_id, "khoa")
    assert "Đã khoá" in desk.act(mai, item_id, "khoa", "Đáp án ghi nhầm.")
    page = mai.get(f"/ngan-hang/{item_id}").text
    assert "Đang khoá từ" in page and "Đáp án ghi nhầm." in page
    assert item_id in mai.get("/ngan-hang?trang-thai=khoa").text
    assert "Đã mở khoá" in desk.act(mai, item_id, "mo-khoa", "Đã xem, đáp án đúng.")
    with app.app_context():
        assert item_id in _dealt()


def test_the_daily_upkeep_looks(app, world: SimpleNamespace, monkeypatch) -> None:
    with app.app_context():
        item = _recorded()[0]
        told = [seen(item, Flag.LEAKED)]
        monkeypatch.setattr(flagging, "flagged_now", lambda: told)
        monkeypatch.setattr(upkeep.copies, "create", lambda *a: SimpleNamespace(folder=SimpleNamespace(name="x")))
        monkeypatch.setattr(upkeep.copies, "verify", lambda *a: None)
        done = upkeep.run_upkeep()
        assert (done["frozen_questions"], done["held_questions"]) == (1, 0)
        assert _recorded(frozen=True)[0].frozen_why == SENTENCES[Flag.LEAKED]


def _recorded(frozen: bool = False) -> list[Item]:
    wanted = select(Item).where(Item.skill_id == "s3", Item.status == "ghi-nhan", Item.pool == "ghi-nhan")
    rows = db.session.scalars(wanted.order_by(Item.id))
    return [one for one in rows if one.frozen_at is not None or not frozen]


def _dealt() -> list[str]:
    return [one.id for one in quizzes.bank(next(test for test in quizzes.quizzes() if test.skill_id == "s3"))]


def test_from_a_question_to_its_figures_and_back(app, as_: Act, do: Act, world: SimpleNamespace) -> None:
    do(people.grant_role, world.hoa, Role.QUESTION_REVIEWER, made.BEGAN)
    hoa = as_("hoa")
    item_id = desk.write(hoa, of_type("single", pool="ghi-nhan"))
    assert f"/cau/{item_id}" not in hoa.get(f"/ngan-hang/{item_id}").text  # nobody can have been asked it
    desk.act(hoa, item_id, "gui-duyet")
    desk.act(as_("mai"), item_id, "duyet")
    address = f"/so-lieu/thanh-toan/cau/{item_id}"
    assert f'href="{address}"' in hoa.get(f"/ngan-hang/{item_id}").text
    assert address not in as_("mai").get(f"/ngan-hang/{item_id}").text  # she teaches no class
    page = hoa.get(address).text
    assert "Chưa có ai làm câu này" in page and f'href="/ngan-hang/{item_id}"' in page
