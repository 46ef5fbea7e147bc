"""What the browser sends about classes."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

HAS_A_LETTER = r".*[^\W\d_]"


class ClassForm(FlaskForm):
    site_id = SelectField(_("Trường hoặc trung tâm"), coerce=int)
    name = StringField(_("Tên lớp"), [InputRequired(_("Chưa ghi tên lớp.")), Length(max=40)])
    school_year = StringField(
        _("Năm học"),
        [Optional(), Regexp(r"20\d\d[–-]20\d\d$", message=_("Ghi như 2026–2027, hoặc để trống."))],
    )

    venue = StringField(_("Nơi học, nếu không ở trường"), [Length(max=80)])
    until_on = DateField(_("Ngày kết thúc"), [Optional()])


class RollOverForm(FlaskForm):
    """The class of the next year; who goes on is ticked by person."""

    name = StringField(_("Tên lớp mới"), [InputRequired(_("Chưa ghi tên lớp.")), Length(max=40)])
    school_year = StringField(
        _("Năm học mới"),
        [Optional(), Regexp(r"20\d\d[–-]20\d\d$", message=_("Ghi như 2026–2027, hoặc để trống."))],
    )
    on_day = DateField(_("Ngày bắt đầu"), [InputRequired(_("Chưa chọn ngày."))])


class TransferForm(FlaskForm):
    code = StringField(
        _("Mã trên giấy chuyển"),
        [InputRequired(_("Chưa ghi mã.")), Length(max=40)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters"},
    )
    birth_year = IntegerField(
        _("Năm sinh của em"),
        [InputRequired(_("Chưa ghi năm sinh.")), NumberRange(1900, 2100, _("Năm sinh phải từ 1900 đến nay."))],
        render_kw={"inputmode": "numeric"},
    )


class PupilForm(FlaskForm):
    full_name = StringField(
        _("Họ và tên"),
        [InputRequired(_("Chưa ghi họ tên.")), Length(max=120), Regexp(HAS_A_LETTER, message=_("Họ tên phải có chữ."))],
    )
    birth_year = IntegerField(
        _("Năm sinh"),
        [InputRequired(_("Chưa ghi năm sinh.")), NumberRange(1900, 2100, _("Năm sinh phải từ 1900 đến nay."))],
        render_kw={"inputmode": "numeric"},
    )
    gender = RadioField(
        _("Giới tính"),
        choices=[SelectChoice("", _("Không ghi")), SelectChoice("nu", _("Nữ")), SelectChoice("nam", _("Nam"))],
        default="",
    )
    is_another = BooleanField(_("Đây là em khác, chỉ trùng tên và năm sinh"))


class AssignForm(FlaskForm):
    module_id = SelectField(_("Bài học"))
    due_on = DateField(_("Hạn đọc xong"), [InputRequired(_("Chưa chọn hạn."))])


class TeacherForm(FlaskForm):
    person_id = SelectField(_("Giáo viên của trường"), coerce=int)


class SignedForm(FlaskForm):
    """Signed papers of a class; the ticks are named by pupil and giver."""

    signed_on = DateField(_("Ngày ký ghi trên phiếu"), [InputRequired(_("Chưa chọn ngày ký."))])


class BareForm(FlaskForm):
    """A button: only the token."""
