"""What the browser sends about households."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from lms.clock import today
from lms.households.queries import RELATIONS


class HouseholdForm(FlaskForm):
    unit_id = SelectField(_("Thôn"), coerce=int)
    head_name = StringField(_("Họ tên chủ hộ"), [InputRequired(_("Chưa ghi tên chủ hộ.")), Length(max=120)])
    birth_year = IntegerField(
        _("Năm sinh của chủ hộ"),
        [Optional(), NumberRange(1900, 2100, _("Năm sinh phải từ 1900 đến nay."))],
        render_kw={"inputmode": "numeric"},
    )
    code = StringField(_("Mã hộ của xã"), [Length(max=30)])


class MemberForm(FlaskForm):
    full_name = StringField(_("Họ và tên"), [InputRequired(_("Chưa ghi họ tên.")), Length(max=120)])
    birth_year = IntegerField(
        _("Năm sinh"),
        [Optional(), NumberRange(1900, 2100, _("Năm sinh phải từ 1900 đến nay."))],
        render_kw={"inputmode": "numeric"},
    )
    gender = RadioField(
        _("Giới tính"),
        choices=[SelectChoice("", _("Không ghi")), SelectChoice("nu", _("Nữ")), SelectChoice("nam", _("Nam"))],
        default="",
    )
    relation = SelectField(
        _("Quan hệ với chủ hộ"), choices=[SelectChoice(*one) for one in RELATIONS.items()], default="con"
    )
    from_on = DateField(_("Ở hộ này từ ngày"), [InputRequired(_("Chưa chọn ngày."))])


class LeaveForm(FlaskForm):
    on_day = DateField(_("Rời hộ từ ngày"), [InputRequired(_("Chưa chọn ngày."))])
    reason = SelectField(
        _("Lý do"),
        choices=[
            SelectChoice("chuyen-di", _("Chuyển đi nơi khác")),
            SelectChoice("ra-o-rieng", _("Ra ở riêng")),
            SelectChoice("mat", _("Đã mất")),
            SelectChoice("nham", _("Ghi nhầm")),
        ],
    )


class MoveForm(FlaskForm):
    household_code = StringField(_("Mã hoặc tên chủ hộ mới"), [InputRequired(_("Chưa ghi hộ mới.")), Length(max=120)])
    relation = SelectField(
        _("Quan hệ với chủ hộ"), choices=[SelectChoice(*one) for one in RELATIONS.items()], default="khac"
    )
    on_day = DateField(_("Từ ngày"), [InputRequired(_("Chưa chọn ngày."))])


class PastDayForm(FlaskForm):
    """Something that has happened to a household, on a day."""

    on_day = DateField(_("Từ ngày"), [InputRequired(_("Chưa chọn ngày."))])

    def validate_on_day(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("Ngày này chưa tới. Ghi khi việc đã xảy ra."))


class ToVillageForm(PastDayForm):
    unit_id = SelectField(_("Thôn mới"), coerce=int)


class BareForm(FlaskForm):
    """A button: only the token."""
