"""What the browser sends about teams."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from lms.teams.rules import KINDS, ROLES


class TeamForm(FlaskForm):
    unit_id = SelectField(_("Xã"), coerce=int)
    name = StringField(_("Tên tổ"), [DataRequired(_("Chưa ghi tên tổ.")), Length(max=120)])
    decision = StringField(_("Quyết định thành lập"), [Length(max=200)])
    from_on = DateField(_("Từ ngày"), [InputRequired(_("Chưa chọn ngày."))])


class MemberForm(FlaskForm):
    person_id = SelectField(_("Người"), coerce=int)
    role = SelectField(_("Vai trò"), choices=[SelectChoice(*one) for one in ROLES.items()])
    from_on = DateField(_("Từ ngày"), [InputRequired(_("Chưa chọn ngày."))])
    kind = SelectField(_("Diện tham gia"), choices=[SelectChoice(*one) for one in KINDS.items()], default="cong-dong")
    organisation = StringField(_("Chi đoàn hoặc doanh nghiệp (nếu có)"), [Length(max=120)])
    decision_id = SelectField(_("Theo quyết định"), coerce=int, default=0)


class DescribeForm(FlaskForm):
    kind = SelectField(_("Diện tham gia"), choices=[SelectChoice(*one) for one in KINDS.items()])
    organisation = StringField(_("Chi đoàn hoặc doanh nghiệp (nếu có)"), [Length(max=120)])
    decision_id = SelectField(_("Theo quyết định"), coerce=int)


class DecisionForm(FlaskForm):
    number = StringField(_("Số quyết định"), [DataRequired(_("Chưa ghi số.")), Length(max=60)])
    decided_on = DateField(_("Ngày ký"), [InputRequired(_("Chưa chọn ngày."))])
    text = StringField(_("Về việc"), [DataRequired(_("Chưa ghi nội dung.")), Length(max=300)])


class LeaveForm(FlaskForm):
    on_day = DateField(_("Thôi từ ngày"), [InputRequired(_("Chưa chọn ngày."))])
    heir_id = SelectField(_("Bàn giao cho"), coerce=int)
    reason = StringField(_("Lý do"), [Length(max=200)])


class ChargeForm(FlaskForm):
    unit_id = SelectField(_("Thôn phụ trách"), coerce=int)


class BareForm(FlaskForm):
    """A button: only the token."""
