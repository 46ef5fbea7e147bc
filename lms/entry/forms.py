"""What the browser sends when a pupil comes in, and when a teacher opens a class or makes cards."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.entry.rules import MINUTES, CardKind

NO_HELP = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class CodeForm(FlaskForm):
    code = StringField(
        _("Mã lớp trên bảng"),
        [InputRequired(_("Chưa ghi mã lớp.")), Length(max=20)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class SecretForm(FlaskForm):
    """Four digits; three pictures are read from the names of the form."""

    pin = StringField(
        _("Mã PIN, 4 chữ số trên thẻ"),
        [Length(max=12)],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": "4"},
    )


class AwayForm(SecretForm):
    username = StringField(
        _("Tên đăng nhập trên thẻ"), [InputRequired(_("Chưa ghi tên đăng nhập.")), Length(max=100)], render_kw=NO_HELP
    )


class OpenForm(FlaskForm):
    minutes = RadioField(
        _("Mở trong"),
        coerce=int,
        choices=[SelectChoice(one, _("%(n)s phút", n=one)) for one in MINUTES],
        default=MINUTES[1],
    )


class CardsForm(FlaskForm):
    kind = RadioField(
        _("Trên thẻ có"),
        choices=[
            SelectChoice(str(CardKind.PICTURES), _("Ba hình vẽ")),
            SelectChoice(str(CardKind.PIN), _("Mã PIN 4 chữ số")),
        ],
        default=str(CardKind.PICTURES),
    )


class BareForm(FlaskForm):
    """A button: only the token."""
