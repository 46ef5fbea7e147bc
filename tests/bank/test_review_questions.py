"""From a draft to a recorded form: a second person approves, the rule of publication decides, old attempts keep their words."""

import re
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

from sqlalchemy import select

from lms.bank.models import Draft
from lms.db import db
from lms.quizzes import queries as quizzes
from lms.quizzes.models import Attempt, Item
from lms.quizzes.queries import placing
from lms.quizzes.rules.blueprints import PassMark
from tests.bank import desk
from tests.bank.questions import OPTIONS, SINGLE, of_type
from tests.quizzes import sitting
from tests.quizzes.sitting import Act

RECORDED = {**SINGLE, "pool": "ghi-nhan"}


def test_a_practice_question_is_used_once_a_second_person_approved_it(app, as_: Act, world: SimpleNamespace) -> None:
    hoa, mai = as_("hoa"), as_("mai")
    item_id = desk.write(hoa, SINGLE)
    assert "Câu này không chờ duyệt" in desk.act(mai, item_id, "duyet")
    assert "Đã gửi duyệt" in desk.act(hoa, item_id, "gui-duyet")
    assert hoa.get(f"/ngan-hang/{item_id}/sua").status_code == 404  # what is being reviewed stands still
    assert hoa.post(f"/ngan-hang/{item_id}/duyet").status_code == 403
    assert "1 câu chờ bạn duyệt" in mai.get("/ngan-hang").text
    assert "Hãy ghi một câu vì sao" in desk.act(mai, item_id, "tra-lai")
    desk.act(mai, item_id, "tra-lai", "Lời hỏi nên ngắn hơn.")
    assert "Lời hỏi nên ngắn hơn." in hoa.get(f"/ngan-hang/{item_id}").text
    desk.act(hoa, item_id, "gui-duyet")
    assert "Đã duyệt" in desk.act(mai, item_id, "duyet")
    with app.app_context():
        item = db.session.get_one(Item, item_id)
        assert (item.status, len(item.digest)) == ("duyet", 64)
        assert item_id in placing.questions_of("s3") and item_id in quizzes.practice_items([item_id])
        assert item_id not in [one.id for one in _bank()]


def test_nobody_approves_what_they_wrote(app, as_: Act, world: SimpleNamespace) -> None:
    mai, nam = as_("mai"), as_("nam")
    item_id = desk.write(mai, SINGLE)
    desk.act(mai, item_id, "gui-duyet")
    assert "Người viết không tự duyệt" in desk.act(mai, item_id, "duyet")
    desk.act(mai, item_id, "lay-ve")
    changed = {**desk.filled({**SINGLE, "explain": "Hỏi lại đã."}), "viec": "luu", "ban": "1"}
    assert nam.post(f"/ngan-hang/{item_id}/sua", data=changed).status_code == 303
    desk.act(nam, item_id, "gui-duyet")
    for one in (mai, nam):  # both wrote since nobody has approved it
        assert "Người viết không tự duyệt" in desk.act(one, item_id, "duyet")
    with app.app_context():
        assert db.session.get_one(Draft, item_id).approved_n == 0


def test_recorded_only_when_approved_and_the_rule_of_publication_holds(app, as_: Act, world: SimpleNamespace) -> None:
    hoa, mai = as_("hoa"), as_("mai")
    item_id = desk.write(hoa, RECORDED)
    assert "Chỉ câu đã duyệt" in desk.act(mai, item_id, "vao-de")
    _approved(hoa, mai, item_id)
    with app.app_context():
        assert item_id not in [one.id for one in _bank()]
    assert hoa.post(f"/ngan-hang/{item_id}/vao-de").status_code == 403
    assert "đề kiểm tra có thể rút câu này" in desk.act(mai, item_id, "vao-de")
    with app.app_context():
        assert item_id in [one.id for one in _bank()]
        assert next(one for one in _bank() if one.id == item_id).is_recorded
        assert item_id not in quizzes.practice_items([item_id])
    practice = desk.write(hoa, SINGLE)
    _approved(hoa, mai, practice)
    assert "thuộc loại dùng cho bài kiểm tra" in desk.act(mai, practice, "vao-de")


def test_a_question_that_opens_the_form_to_guessers_is_refused(
    app, as_: Act, world: SimpleNamespace, monkeypatch
) -> None:
    hoa, mai = as_("hoa"), as_("mai")
    item_id = desk.write(hoa, of_type("scenario", pool="ghi-nhan"))
    _approved(hoa, mai, item_id)
    plan, low = quizzes.blueprint, PassMark(Fraction(2, 3), Fraction(0), 12)
    with monkeypatch.context() as patched:
        patched.setattr(
            quizzes, "blueprint", lambda test, rules: replace(plan(test, rules), pass_mark=low, max_true_false=0)
        )
        assert "Chưa đưa vào đề được: Đoán mò qua được" in desk.act(mai, item_id, "vao-de")
    with monkeypatch.context() as patched:
        patched.setattr(quizzes, "blueprint", lambda test, rules: replace(plan(test, rules), max_guess=Fraction(1, 4)))
        assert "quá dễ đoán mò" in desk.act(mai, item_id, "vao-de")
    with app.app_context():
        assert item_id not in [one.id for one in _bank()]
    assert "đề kiểm tra có thể rút câu này" in desk.act(mai, item_id, "vao-de")


def test_what_is_in_use_stays_until_the_new_version_is_approved(app, as_: Act, world: SimpleNamespace, do: Act) -> None:
    hoa, mai = as_("hoa"), as_("mai")
    item_id = desk.write(hoa, RECORDED)
    _approved(hoa, mai, item_id)
    desk.act(mai, item_id, "vao-de")
    with app.app_context():
        first = db.session.get_one(Item, item_id).digest
    changed = {**RECORDED, "options": [{**OPTIONS[0], "text": "Dừng lại và hỏi"}, *OPTIONS[1:]]}
    hoa.post(f"/ngan-hang/{item_id}/sua", data={**desk.filled(changed), "viec": "luu", "ban": "1"})
    assert "Người học vẫn gặp bản 1" in mai.get(f"/ngan-hang/{item_id}").text
    assert re.search(r"<ins>\s*và\s*</ins>", mai.get(f"/ngan-hang/{item_id}/ban/2?voi=1").text)
    with app.app_context():
        assert db.session.get_one(Item, item_id).digest == first
        assert next(one for one in _bank() if one.id == item_id).options[0].text == "Dừng lại, hỏi chủ quán"
    _approved(hoa, mai, item_id)
    with app.app_context():
        item = db.session.get_one(Item, item_id)
        assert (item.status, item.digest != first) == ("ghi-nhan", True)
        assert quizzes.items_by_digest([(item_id, first)])[item_id].options[0].text == "Dừng lại, hỏi chủ quán"
        assert next(one for one in _bank() if one.id == item_id).options[0].text == "Dừng lại và hỏi"


def test_retired_it_is_asked_no_more_but_stays_where_it_was_asked(
    app, as_: Act, world: SimpleNamespace, do: Act
) -> None:
    hoa, mai = as_("hoa"), as_("mai")
    item_id = desk.write(hoa, RECORDED)
    _approved(hoa, mai, item_id)
    desk.act(mai, item_id, "vao-de")
    with app.app_context():
        asked = next(one for one in _bank() if one.id == item_id)
    assert "người duyệt mới cất hay lấy lại" in desk.act(hoa, item_id, "cat", "Không thích.")
    assert "Đã cất" in desk.act(mai, item_id, "cat", "Đã có câu hay hơn.")
    with app.app_context():
        assert item_id not in [one.id for one in _bank()]
        form = [{"item": item_id, "digest": asked.digest, "options": list(asked.body.ids)}]
        assert quizzes.form_items(Attempt(form=form))[0].stem == asked.stem
    assert "Câu này được dùng lại" in desk.act(mai, item_id, "dung-lai")
    with app.app_context():
        item = db.session.get_one(Item, item_id)
        assert (item.retired_at, item.status) == (None, "duyet")  # a reviewer looks before it is drawn again


def test_a_test_without_enough_questions_is_told(app, as_: Act, world: SimpleNamespace) -> None:
    mai = as_("mai")
    with app.app_context():
        ids = list(db.session.scalars(select(Item.id).where(Item.skill_id == "s3", Item.status == "ghi-nhan")))
    assert "nằm trong tệp nội dung" in desk.act(mai, ids[0], "cat", "Thử.")
    assert sitting.TEST == "thanh-toan" and len(ids) >= 15


def _approved(author, reviewer, item_id: str) -> None:
    desk.act(author, item_id, "gui-duyet")
    assert "Đã duyệt" in desk.act(reviewer, item_id, "duyet")


def _bank():
    return quizzes.bank(next(test for test in quizzes.quizzes() if test.skill_id == "s3"))
