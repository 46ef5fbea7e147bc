"""What the browser sends about imports."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, Regexp

KIND_WORDS = {
    "thon": _("Danh sách thôn"),
    "ho": _("Danh sách hộ và nhân khẩu"),
    "lop": _("Danh sách lớp"),
    "can-bo": _("Danh sách cán bộ, giáo viên, tổ công nghệ số"),
}


class UploadForm(FlaskForm):
    file = FileField(_("Tệp danh sách"), render_kw={"accept": ".xlsx,.csv,.tsv,.txt"})
    pasted = TextAreaField(
        _("Hoặc dán từ Excel"),
        [Length(max=1_000_000)],
        render_kw={"rows": 4, "spellcheck": "false", "autocomplete": "off"},
    )
    kind = RadioField(_("Đây là"), default="")
    place = SelectField(_("Danh sách của nơi nào"), default="")


class ClassTargetForm(FlaskForm):
    """Where the pupils of a class list go."""

    site_id = SelectField(_("Trường hoặc trung tâm"), coerce=int)
    school_year = StringField(
        _("Năm học"),
        [Optional(), Regexp(r"20\d\d[–-]20\d\d$", message=_("Ghi như 2026–2027, hoặc để trống."))],
    )
    class_name = StringField(_("Tên lớp, nếu tệp không ghi"), [Length(max=30)])


class BareForm(FlaskForm):
    """A button: only the token."""
