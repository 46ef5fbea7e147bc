"""What the browser sends about people."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length


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
