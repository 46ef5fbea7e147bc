"""What the browser sends about tests. Answers themselves are read by the rules of each question type."""

from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length


class BareForm(FlaskForm):
    """Only the token against forged forms."""


class StartForm(FlaskForm):
    id = HiddenField()
    """Made with the page, so that a doubled tap begins one attempt."""
    reader = BooleanField(_("Có người đọc câu hỏi giúp (chỉ đọc và bấm theo lời, không gợi ý)"))

    def validate_id(self, field: HiddenField) -> None:
        made_here(field)


class AnswerForm(FlaskForm):
    sent = HiddenField()
    """Made with the page, so that a doubled submit counts once."""
    flagged = BooleanField(_("Đánh dấu để xem lại"))
    was_flagged = HiddenField()

    def validate_sent(self, field: HiddenField) -> None:
        made_here(field)


class VoidForm(FlaskForm):
    id = HiddenField()
    """Made with the page, so that a doubled tap withdraws once."""
    why = TextAreaField(_("Lý do"), [InputRequired(_("Ghi lý do.")), Length(max=500)], render_kw={"rows": 3})

    def validate_id(self, field: HiddenField) -> None:
        made_here(field)


def made_here(field: HiddenField) -> None:
    """A name the page gave; where it is broken the answer is still worth keeping, under a new one."""
    try:
        field.data = UUID(str(field.data))
    except ValueError as problem:
        if field.data:
            raise ValidationError(str(_("Trang đã cũ. Tải lại trang rồi gửi lần nữa."))) from problem
        field.data = uuid4()
