"""What the browser sends from a lesson. Answers to checks are read by the rules of each question type."""

from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, ValidationError


class StepForm(FlaskForm):
    """«Xong bước này»."""

    buoc = HiddenField()


class CheckForm(FlaskForm):
    sent = HiddenField()
    """Made with the page, so that a doubled submit is kept once."""

    def validate_sent(self, field: HiddenField) -> None:
        try:
            UUID(str(field.data))
        except ValueError as problem:
            raise ValidationError(str(_("Trang đã cũ. Tải lại trang rồi gửi lần nữa."))) from problem
