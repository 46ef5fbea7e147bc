"""The shape of what the browser sends when questions come in or go out."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, SelectField

FORMAT_WORDS = {
    "moodle-xml": _("Moodle XML (.xml)"),
    "gift": _("GIFT (.txt, .gift)"),
    "qti": _("QTI 2.1, 2.2, 3.0 (.zip, .xml)"),
    "docx": _("Bảng trong Word (.docx)"),
    "xlsx": _("Bảng tính Excel (.xlsx)"),
    "csv": _("Bảng tính CSV (.csv)"),
    "aiken": _("Aiken (.txt)"),
}


class QuestionFileForm(FlaskForm):
    file = FileField(
        _("Tệp câu hỏi"),
        [FileRequired(_("Chưa chọn tệp."))],
        render_kw={"accept": ".xml,.gift,.txt,.zip,.docx,.xlsx,.csv,.tsv"},
    )
    kind = SelectField(_("Định dạng"), default="")


class KeepForm(FlaskForm):
    competency = SelectField(_("Năng lực của những câu chưa ghi năng lực"), default="")


class SendForm(FlaskForm):
    kind = RadioField(_("Định dạng tệp ra"), default="qti")
    drafts = BooleanField(_("Cả bản nháp, bản mới nhất của mỗi câu"))
