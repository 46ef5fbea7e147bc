"""What the browser sends about lessons held."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField


class StartForm(FlaskForm):
    lesson_id = SelectField(_("Bài học"))


class BareForm(FlaskForm):
    """Rows of a roster, named by person and read by the rules; here only the token."""
