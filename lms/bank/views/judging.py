"""What is done with a question: sent, taken back, put away; and by reviewers returned, approved, recorded, frozen."""

from collections.abc import Callable

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from lms.access.guard import allow
from lms.access.rules import Right
from lms.bank.actions import freezing, reviewing
from lms.bank.views.doors import door
from lms.bank.views.listing import question_or_404
from lms.db import db
from lms.refusals import Refusal
from lms.web.pages import say


@door.post("/ngan-hang/<string:item_id>/gui-duyet")
@allow(Right.WRITE_QUESTIONS)
def send(item_id: str):
    return _done(item_id, lambda me: reviewing.send(item_id, me), _("Đã gửi duyệt. Một người khác sẽ xem câu này."))


@door.post("/ngan-hang/<string:item_id>/lay-ve")
@allow(Right.WRITE_QUESTIONS)
def take_back(item_id: str):
    return _done(item_id, lambda me: reviewing.take_back(item_id, me), _("Đã lấy về, sửa tiếp được."))


@door.post("/ngan-hang/<string:item_id>/cat")
@allow(Right.WRITE_QUESTIONS)
def retire(item_id: str):
    is_reviewer, words = current_user.may(Right.REVIEW_QUESTIONS), _words()
    said = _("Đã cất câu này. Bài cũ vẫn xem lại được.")
    return _done(item_id, lambda me: reviewing.retire(item_id, me, is_reviewer, words), said)


@door.post("/ngan-hang/<string:item_id>/dung-lai")
@allow(Right.WRITE_QUESTIONS)
def restore(item_id: str):
    is_reviewer = current_user.may(Right.REVIEW_QUESTIONS)
    return _done(item_id, lambda me: reviewing.restore(item_id, me, is_reviewer), _("Câu này được dùng lại."))


@door.post("/ngan-hang/<string:item_id>/tra-lai")
@allow(Right.REVIEW_QUESTIONS)
def give_back(item_id: str):
    words = _words()
    return _done(item_id, lambda me: reviewing.give_back(item_id, me, words), _("Đã trả lại cho người viết."))


@door.post("/ngan-hang/<string:item_id>/duyet")
@allow(Right.REVIEW_QUESTIONS)
def approve(item_id: str):
    return _done(item_id, lambda me: reviewing.approve(item_id, me, _words()), _("Đã duyệt. Bản này được dùng từ nay."))


@door.post("/ngan-hang/<string:item_id>/vao-de")
@allow(Right.REVIEW_QUESTIONS)
def record(item_id: str):
    return _done(item_id, lambda me: reviewing.record(item_id, me), _("Từ nay đề kiểm tra có thể rút câu này."))


@door.post("/ngan-hang/<string:item_id>/ra-khoi-de")
@allow(Right.REVIEW_QUESTIONS)
def unrecord(item_id: str):
    return _done(item_id, lambda me: reviewing.unrecord(item_id, me), _("Đề mới không rút câu này nữa."))


@door.post("/ngan-hang/<string:item_id>/khoa")
@allow(Right.REVIEW_QUESTIONS)
def freeze(item_id: str):
    words = _words()
    return _done(item_id, lambda me: freezing.freeze(item_id, me, words), _("Đã khoá. Đề mới không rút câu này."))


@door.post("/ngan-hang/<string:item_id>/mo-khoa")
@allow(Right.REVIEW_QUESTIONS)
def lift(item_id: str):
    words = _words()
    return _done(item_id, lambda me: freezing.lift(item_id, me, words), _("Đã mở khoá. Đề mới lại rút câu này."))


def _done(item_id: str, act: Callable[[int], object], said: str) -> Response:
    """The act or its refusal in a sentence, and back to the question; what its test lacks since is told too."""
    if question_or_404(item_id) is None:
        abort(404)
    try:
        lacks = act(current_user.person_id)
    except Refusal as refusal:
        db.session.rollback()
        say(refusal.sentence, "bad")
        return redirect(url_for("bank.question", item_id=item_id), 303)
    say(said)
    if isinstance(lacks, tuple) and lacks:
        say(_("Bài kiểm tra của kỹ năng này chưa mở được nữa: %(why)s", why=" ".join(lacks)), "warn")
    return redirect(url_for("bank.question", item_id=item_id), 303)


def _words() -> str:
    return request.form.get("vi-sao", "")
