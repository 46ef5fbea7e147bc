"""What the browser sends about classes."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

WEEKDAYS = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"))
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
    """What, to whom, from when, until when: by a day, or by a week of the school year and a lesson in it."""

    module_id = SelectMultipleField(_("Bài học"), [InputRequired(_("Chưa chọn bài nào."))])
    target = SelectField(_("Giao cho"), default="")
    opens_on = DateField(_("Mở từ ngày"), [Optional()])
    due_by = RadioField(
        _("Hạn đọc xong"),
        choices=[SelectChoice("ngay", _("Theo ngày")), SelectChoice("tuan", _("Theo tuần và tiết"))],
        default="ngay",
    )
    due_on = DateField(_("Ngày hạn"), [Optional()])
    week = SelectField(_("Tuần học"), coerce=int, default=0)
    period = SelectField(_("Tiết trong tuần"), coerce=int, default=0)
    in_order = BooleanField(_("Học theo thứ tự: xong bài trước mới đến bài sau"))
    results = RadioField(
        _("Kết quả bài kiểm tra ghi nhận của kỹ năng trong bài"),
        choices=[SelectChoice("ngay", _("Em biết ngay khi nộp")), SelectChoice("sau", _("Em biết sau ngày hạn"))],
        default="ngay",
    )
    one_a_week = BooleanField(_("Mỗi tuần một bài: hạn của bài sau cách bài trước một tuần học"))


class GroupForm(FlaskForm):
    name = StringField(_("Tên nhóm"), [InputRequired(_("Chưa ghi tên nhóm.")), Length(max=40)])


class YearForm(FlaskForm):
    """The school year as the school announced it."""

    first_from = DateField(_("Học kỳ I, ngày đầu"), [InputRequired(_("Chưa chọn ngày."))])
    first_until = DateField(_("Học kỳ I, ngày cuối"), [InputRequired(_("Chưa chọn ngày."))])
    second_from = DateField(_("Học kỳ II, ngày đầu"), [InputRequired(_("Chưa chọn ngày."))])
    second_until = DateField(_("Học kỳ II, ngày cuối"), [InputRequired(_("Chưa chọn ngày."))])
    breaks = TextAreaField(_("Những đợt nghỉ"), [Length(max=2000)], render_kw={"rows": 4})
    weekdays = SelectMultipleField(
        _("Tiết của lớp vào thứ mấy"),
        coerce=int,
        choices=[SelectChoice(n, words) for n, words in enumerate(WEEKDAYS)],
    )


class TeacherForm(FlaskForm):
    person_id = SelectField(_("Giáo viên của trường"), coerce=int)


class SignedForm(FlaskForm):
    """Signed papers of a class; the ticks are named by pupil and giver."""

    signed_on = DateField(_("Ngày ký ghi trên phiếu"), [InputRequired(_("Chưa chọn ngày ký."))])


class BareForm(FlaskForm):
    """A button: only the token."""
