"""What the browser sends about units and sites."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

SITE_KINDS = [
    ("school", _("Trường")),
    ("centre", _("Trung tâm GDNN–GDTX")),
    ("hall", _("Nhà văn hoá")),
    ("support-point", _("Điểm hỗ trợ xã hội số")),
]


class VillagesForm(FlaskForm):
    kind = SelectField(_("Loại"))
    names = TextAreaField(_("Tên, mỗi dòng một thôn"), [InputRequired(_("Chưa ghi tên thôn nào.")), Length(max=8000)])
    from_on = DateField(_("Có từ ngày"), [InputRequired(_("Chưa chọn ngày."))])


class SiteForm(FlaskForm):
    kind = SelectField(_("Loại"), choices=SITE_KINDS)
    name = StringField(_("Tên"), [InputRequired(_("Chưa ghi tên.")), Length(max=160)])


class RenameForm(FlaskForm):
    name = StringField(_("Tên mới"), [InputRequired(_("Chưa ghi tên mới.")), Length(max=120)])
    on_day = DateField(_("Từ ngày"), [InputRequired(_("Chưa chọn ngày."))])
    decision = StringField(_("Theo quyết định"), [Length(max=200)])


class MergeForm(FlaskForm):
    units = SelectMultipleField(
        _("Gộp những đơn vị nào"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    name = StringField(_("Tên mới"), [InputRequired(_("Chưa ghi tên mới.")), Length(max=120)])
    on_day = DateField(_("Từ ngày"), [InputRequired(_("Chưa chọn ngày."))])
    decision = StringField(_("Theo quyết định"), [Length(max=200)])


class MoveForm(FlaskForm):
    parent = SelectField(_("Thuộc đơn vị"), coerce=int)
    on_day = DateField(_("Từ ngày"), [InputRequired(_("Chưa chọn ngày."))])
    decision = StringField(_("Theo quyết định"), [Length(max=200)])


class SplitForm(FlaskForm):
    """Which part each child goes to arrives as `phan.<id>` fields, as many as there are children."""

    names = TextAreaField(
        _("Tên các đơn vị mới, mỗi dòng một tên"), [InputRequired(_("Chưa ghi tên.")), Length(max=2000)]
    )
    on_day = DateField(_("Từ ngày"), [InputRequired(_("Chưa chọn ngày."))])
    decision = StringField(_("Theo quyết định"), [Length(max=200)])
