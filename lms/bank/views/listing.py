"""The bank: every question one may see, and one of them with its versions and what was done with it."""

from flask import abort, render_template, request, url_for
from flask_login import current_user

from lms.access.guard import allow
from lms.access.rules import Right
from lms.bank import queries
from lms.bank.queries import Question, listing
from lms.bank.rules.differences import Change, changes
from lms.bank.rules.lifecycle import allowed
from lms.bank.rules.sheets import laid_out
from lms.bank.rules.types import TYPE_WORDS, sheet
from lms.bank.views.doors import door
from lms.bank.views.showing import previewed
from lms.quizzes import queries as quizzes
from lms.quizzes.rules.fields import Field
from lms.quizzes.rules.statistics.flags import SENTENCES, Flag
from lms.skills.queries import framework

FLAG_WORDS = {
    Flag.CHECK_KEY: "Xem lại đáp án",
    Flag.NEGATIVE: "Phân biệt ngược",
    Flag.TOO_HARD: "Quá khó",
    Flag.LEAKED: "Có thể lộ",
    Flag.BROKEN_OPTION: "Phương án sai hỏng",
    Flag.SLOW: "Đọc lâu",
    Flag.TOO_EASY: "Quá dễ",
}
DEED_WORDS = {
    "made": "Tạo câu", "saved": "Lưu bản mới", "sent": "Gửi duyệt", "taken-back": "Lấy về", "returned": "Trả lại",
    "approved": "Duyệt", "recorded": "Đưa vào đề kiểm tra", "unrecorded": "Đưa ra khỏi đề kiểm tra",
    "retired": "Cất đi", "restored": "Dùng lại", "frozen": "Khoá", "lifted": "Mở khoá",
}  # fmt: skip


@door.get("/ngan-hang")
@allow(Right.WRITE_QUESTIONS)
def bank():
    wanted = listing.filter_from(request.args)
    page = listing.found(current_user, wanted, request.args.get("sau"))
    return render_template(
        "bank/bank.html",
        page=page,
        wanted=wanted,
        waiting=listing.waiting(current_user) if current_user.may(Right.REVIEW_QUESTIONS) else 0,
        flags=queries.flags_of([row.Item.id for row in page.rows]),
        framework=framework(),
        status_words=listing.STATUS_WORDS,
        origin_words=listing.ORIGIN_WORDS,
        type_words=TYPE_WORDS,
        flag_words=FLAG_WORDS,
    )


@door.get("/ngan-hang/<string:item_id>")
@allow(Right.WRITE_QUESTIONS)
def question(item_id: str):
    found = question_or_404(item_id)
    return render_template("bank/question.html", **shown(found))


@door.get("/ngan-hang/<string:item_id>/ban/<int:number>")
@allow(Right.WRITE_QUESTIONS)
def version(item_id: str, number: int):
    """What one version changed, against the one before it or the one asked for."""
    found = question_or_404(item_id)
    after = found.version(number) or abort(404)
    before = found.version(request.args.get("voi", number - 1, type=int))
    differences = changes(before.body if before else {}, after.body)
    return render_template(
        "bank/version.html",
        found=found,
        before=before,
        after=after,
        changed=[_named(found, one) for one in differences],
    )


def question_or_404(item_id: str) -> Question:
    return queries.question(current_user, item_id) or abort(404)


def shown(found: Question) -> dict[str, object]:
    """Everything the page of one question says."""
    is_reviewer = current_user.may(Right.REVIEW_QUESTIONS)
    body = dict(found.newest.body) if found.newest else queries.published_body(found.item) or {}
    read = queries.written(found.item.id, body) if found.newest else None
    fields = fields_of(str(body.get("type", "")))
    return {
        "found": found,
        "body": body,
        "faults": read.faults if read else (),
        "preview": previewed(found.item.id, body, read),
        "cells": laid_out(fields, body),
        "deeds": queries.deeds_of(found.item.id),
        "flags": queries.flags_of([found.item.id]).get(found.item.id, []),
        "acts": allowed(found.standing, current_user.person_id, is_reviewer),
        "deed_words": DEED_WORDS,
        "flag_words": FLAG_WORDS,
        "figures": _figures_of(found),
        "flag_sentences": SENTENCES,
        "type_words": TYPE_WORDS,
        "status_words": listing.STATUS_WORDS,
        "origin_words": listing.ORIGIN_WORDS,
    }


def _figures_of(found: Question) -> str | None:
    """The address of what answers tell about it, for who may look there; only tests give figures."""
    item = found.item
    if item.pool != "ghi-nhan" or not item.digest or not current_user.may(Right.READ_CLASS):
        return None
    test = next((one for one in quizzes.quizzes() if one.skill_id == item.skill_id and one.kind == "skill"), None)
    return url_for("quizzes.question_statistics", quiz=test.id, item_id=item.id) if test else None


def fields_of(kind: str) -> tuple[Field, ...]:
    """The form of a type, with the competencies and lesson steps there are; of an unknown one, of the plainest."""
    competencies = [(one.id, f"{one.id} · {one.name}") for one in framework().competencies]
    return sheet(_known(kind), (*competencies, ("f", "Không thuộc năng lực nào")), tuple(queries.steps()))


def _named(found: Question, change: Change) -> tuple[str, Change]:
    """The way to a field in the words of its form: «Các phương án · pay · Lời»."""
    kind = str(found.newest.body.get("type", "")) if found.newest else ""
    inside: tuple[Field, ...] = (
        *sheet(_known(kind), (), ()),
        Field("type", "Loại câu"),
    )
    told = []
    for word in change.field.split("/"):
        field = next((one for one in inside if one.key == word), None)
        told.append(field.label if field else "thứ tự" if word == "#" else word)
        inside = field.inside if field else inside
    return " · ".join(told), change


def _known(kind: str) -> str:
    return kind if kind in TYPE_WORDS else next(iter(TYPE_WORDS))
