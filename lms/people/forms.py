"""What the browser sends about people."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length, NumberRange, Optional, Regexp

HAS_A_LETTER = r".*[^\W\d_]"
NEW_PASSWORD = {"autocomplete": "new-password"}


class SignInForm(FlaskForm):
    username = StringField(
        _("Tên đăng nhập"),
        [InputRequired(_("Chưa ghi tên đăng nhập.")), Length(max=100)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _("Mật khẩu"),
        [InputRequired(_("Chưa ghi mật khẩu.")), Length(max=256)],
        render_kw={"autocomplete": "current-password"},
    )
    tiep = HiddenField()


class ChangePasswordForm(FlaskForm):
    current = PasswordField(
        _("Mật khẩu đang dùng"),
        [InputRequired(_("Chưa ghi mật khẩu đang dùng."))],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(_("Mật khẩu mới"), [InputRequired(_("Chưa ghi mật khẩu mới."))], render_kw=NEW_PASSWORD)
    again = PasswordField(
        _("Ghi lại mật khẩu mới"),
        [InputRequired(_("Ghi lại mật khẩu mới.")), EqualTo("password", _("Hai lần ghi chưa giống nhau."))],
        render_kw=NEW_PASSWORD,
    )


class PinForm(FlaskForm):
    current = PasswordField(
        _("Mật khẩu"), [InputRequired(_("Chưa ghi mật khẩu."))], render_kw={"autocomplete": "current-password"}
    )
    pin = StringField(
        _("Mã PIN mới, 6 chữ số"),
        [InputRequired(_("Chưa ghi mã PIN."))],
        render_kw={"inputmode": "numeric", "maxlength": "6", "autocomplete": "off"},
    )


class PersonForm(FlaskForm):
    full_name = StringField(
        _("Họ và tên"),
        [InputRequired(_("Chưa ghi họ tên.")), Length(max=120), Regexp(HAS_A_LETTER, message=_("Họ tên phải có chữ."))],
    )
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


class AccountForm(FlaskForm):
    username = StringField(
        _("Tên đăng nhập"),
        [InputRequired(_("Chưa ghi tên đăng nhập.")), Length(3, 60, _("Tên đăng nhập dài từ 3 đến 60 chữ."))],
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )


class RoleForm(FlaskForm):
    role = SelectField(_("Vai trò"), validate_choice=True)
    where = SelectField(_("Ở đâu"), validate_choice=True)
    title = StringField(_("Chức vụ ghi trên giấy"), [Length(max=120)])
    from_on = DateField(_("Từ ngày"), [InputRequired(_("Chưa chọn ngày bắt đầu."))])
    until_on = DateField(_("Đến hết ngày"), [Optional()])


class BareForm(FlaskForm):
    """A button: only the token."""
