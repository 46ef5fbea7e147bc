"""What the browser sends about the register."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import UUID, Length

from lms.classes.rules.school_weeks import Term
from lms.gradebooks.actions.reading import LONGEST

TERM_WORDS = {Term.FIRST: _("Học kỳ I"), Term.SECOND: _("Học kỳ II"), Term.YEAR: _("Cả năm")}


class EntryForm(FlaskForm):
    """A teacher's mark and words; `sent` makes a form sent twice one entry."""

    mark = RadioField(
        _("Đánh giá của thầy cô"),
        choices=[
            SelectChoice("", _("Theo kết quả máy tính")),
            SelectChoice("dat", _("Đạt")),
            SelectChoice("chua-dat", _("Chưa đạt")),
        ],
        default="",
    )
    words = TextAreaField(_("Lời nhận xét"), [Length(max=LONGEST)], render_kw={"rows": 3})
    sent = HiddenField(validators=[UUID()])


class RemarkForm(FlaskForm):
    words = TextAreaField(_("Nhận xét chung"), [Length(max=LONGEST)], render_kw={"rows": 3})
    sent = HiddenField(validators=[UUID()])


class SheetForm(FlaskForm):
    file = FileField(_("Phiếu ghi đã điền"), [FileRequired(_("Chưa chọn tệp."))], render_kw={"accept": ".xlsx,.csv"})


class BareForm(FlaskForm):
    """A button: only the token."""
