"""What the browser sends about teams."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from lms.teams.actions import ROLES


class TeamForm(FlaskForm):
    unit_id = SelectField(_("Xã"), coerce=int)
    name = StringField(_("Tên tổ"), [DataRequired(_("Chưa ghi tên tổ.")), Length(max=120)])
    decision = StringField(_("Quyết định thành lập"), [Length(max=200)])
    from_on = DateField(_("Từ ngày"), [InputRequired(_("Chưa chọn ngày."))])


class MemberForm(FlaskForm):
    person_id = SelectField(_("Người"), coerce=int)
    role = SelectField(_("Vai trò"), choices=[SelectChoice(*one) for one in ROLES.items()])
    from_on = DateField(_("Từ ngày"), [InputRequired(_("Chưa chọn ngày."))])


class ChargeForm(FlaskForm):
    unit_id = SelectField(_("Thôn phụ trách"), coerce=int)


class BareForm(FlaskForm):
    """A button: only the token."""
