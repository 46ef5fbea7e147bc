"""What the browser sends about exams."""

from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import UUID as IsUuid
from wtforms.validators import InputRequired, Length, NumberRange


class BareForm(FlaskForm):
    """A button: only the token."""


class CodeForm(FlaskForm):
    code = StringField(
        _("Mã phòng thi, 6 chữ"),
        [InputRequired(_("Chưa ghi mã.")), Length(max=20)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class TimeForm(FlaskForm):
    minutes = IntegerField(
        _("Thêm mấy phút"),
        [InputRequired(_("Ghi số phút.")), NumberRange(1, 60, _("Từ 1 đến 60 phút."))],
        default=10,
        render_kw={"inputmode": "numeric"},
    )


class WhyForm(FlaskForm):
    why = TextAreaField(_("Lý do"), [InputRequired(_("Ghi lý do.")), Length(max=500)], render_kw={"rows": 3})


class SentForm(FlaskForm):
    """Made with the page, so that a doubled tap counts once."""

    id = HiddenField(validators=[IsUuid()], default=lambda: str(uuid4()))

    @property
    def sent_id(self) -> UUID:
        return UUID(self.id.data)


class JudgeForm(SentForm):
    finding = HiddenField(validators=[Length(max=80)])
    verdict = RadioField(
        _("Đã xem và thấy"),
        choices=[
            SelectChoice("nothing", _("không có gì")),
            SelectChoice("talked", _("đã hỏi và nhắc")),
            SelectChoice("voided", _("không đáng tin, huỷ bài ở trang của người đó")),
        ],
        validators=[InputRequired(_("Chọn một ý."))],
    )
    note = TextAreaField(_("Nhận xét"), [InputRequired(_("Ghi vài chữ.")), Length(max=500)], render_kw={"rows": 2})
