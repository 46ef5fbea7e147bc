"""What the browser sends about drives."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from lms.drives.actions import DriveWords


class BareForm(FlaskForm):
    """A button: only the token."""


class DriveForm(FlaskForm):
    name = StringField(_("Tên đợt"), [DataRequired(_("Chưa ghi tên đợt.")), Length(max=120)])
    purpose = TextAreaField(_("Làm gì trong đợt"), [Length(max=600)])
    from_on = DateField(_("Từ ngày"), [InputRequired(_("Chưa chọn ngày."))])
    last_day = DateField(_("Đến hết ngày"), [InputRequired(_("Chưa chọn ngày."))])
    target = IntegerField(
        _("Mục tiêu: thêm bao nhiêu hộ nở trọn"),
        [InputRequired(_("Chưa ghi mục tiêu.")), NumberRange(1, 1_000_000, _("Ghi một số từ 1 trở lên."))],
        render_kw={"inputmode": "numeric"},
    )
    villages = SelectMultipleField(
        _("Ở những thôn nào"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def words(self) -> DriveWords:
        return DriveWords(
            self.name.data, self.purpose.data or "", self.from_on.data, self.last_day.data, self.target.data,
            tuple(self.villages.data or ()),
        )  # fmt: skip


class CloseForm(FlaskForm):
    office = StringField(_("Chức vụ người ký"), [DataRequired(_("Chưa ghi chức vụ.")), Length(max=80)])
    words = TextAreaField(_("Lời tổng kết: điều làm được, điều chưa, vì sao"), [Length(max=2000)])
    seen = BooleanField(
        _("Tôi đã xem các con số và ký"), [DataRequired(_("Xem các con số, đánh dấu vào ô này rồi hãy ký."))]
    )
