"""What the browser sends from a lesson, and about the platforms of a place. Answers to checks are read by the rules of each
question type.
"""

from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import UUID as IsUuid
from wtforms.validators import InputRequired, Length


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


class PlatformForm(FlaskForm):
    id = HiddenField(validators=[IsUuid()], default=lambda: str(uuid4()))
    state = RadioField(
        _("Ở đây có không?"),
        [InputRequired(_("Chọn một ý."))],
        choices=[
            SelectChoice("here", _("Có, đã mở thử")),
            SelectChoice("not-here", _("Không có")),
            SelectChoice("unknown", _("Chưa rõ")),
        ],
    )
    name = StringField(_("Tên bà con ở đây quen gọi"), [Length(max=120)])
    address = StringField(_("Địa chỉ, nếu là trang .gov.vn"), [Length(max=300)])
    note = TextAreaField(_("Cách tìm, cách cài, ai giữ"), [Length(max=500)])
    checked_on = DateField(_("Ngày mở thử hoặc hỏi"), [InputRequired(_("Ghi ngày."))])
