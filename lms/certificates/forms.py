"""What the browser sends about certificates."""

from uuid import uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import UUID, DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget


class BareForm(FlaskForm):
    """A button: only the token."""


class ProposalForm(FlaskForm):
    id = HiddenField(default=lambda: str(uuid4()), validators=[UUID()])
    people = SelectMultipleField(
        _("Những người được đề nghị"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class SignForm(FlaskForm):
    office = StringField(_("Chức vụ người ký"), [DataRequired(_("Chưa ghi chức vụ.")), Length(max=80)])
    seen = BooleanField(_("Tôi đã xem danh sách và ký đợt này"), [DataRequired(_("Đánh dấu vào ô này rồi hãy ký."))])


class RevokeForm(FlaskForm):
    id = HiddenField(default=lambda: str(uuid4()), validators=[UUID()])
    reason = TextAreaField(_("Lý do thu hồi"), [DataRequired(_("Chưa ghi lý do.")), Length(max=500)])


class CodeForm(FlaskForm):
    code = StringField(
        _("Mã trên giấy"),
        [DataRequired(_("Chưa ghi mã.")), Length(max=80)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class FileForm(FlaskForm):
    file = FileField(_("Tệp PDF hoặc JSON"), [FileRequired(_("Chưa chọn tệp."))])


class NameForm(FlaskForm):
    name = StringField(
        _("Họ tên người được cấp"),
        [DataRequired(_("Chưa ghi họ tên.")), Length(max=120)],
        render_kw={"autocomplete": "off"},
    )
