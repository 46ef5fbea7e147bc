"""What the browser sends about a ruleset coming into force."""

from uuid import uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import UUID as IsUuid
from wtforms.validators import InputRequired, Length


class BareForm(FlaskForm):
    """A button: only the token."""


class TrialForm(FlaskForm):
    id = HiddenField(validators=[IsUuid()], default=lambda: str(uuid4()))
    ruleset_id = SelectField(_("Bộ quy tắc"), [InputRequired(_("Chọn bộ quy tắc."))])
    on_day = DateField(_("Có hiệu lực từ ngày"), [InputRequired(_("Chọn ngày."))])


class InForceForm(FlaskForm):
    reason = TextAreaField(_("Lý do"), [InputRequired(_("Ghi lý do.")), Length(max=500)])
    signer = StringField(_("Người quyết định"), [InputRequired(_("Ghi tên người quyết định.")), Length(max=200)])
    seen = BooleanField(_("Tôi đã xem ai được thêm, ai phải làm lại"), [InputRequired(_("Xem bảng ở trên trước."))])
