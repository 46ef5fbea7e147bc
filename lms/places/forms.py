"""What the browser sends about units and sites."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from lms.vietnamese import clean

SITE_KINDS = [
    ("school", _("Trường")),
    ("centre", _("Trung tâm GDNN–GDTX")),
    ("hall", _("Nhà văn hoá")),
    ("support-point", _("Điểm hỗ trợ xã hội số")),
]
PREVIEW, RECORD = "xem", "ghi"
"""What the button of a reorganisation says: show what follows, or do it."""


class BareForm(FlaskForm):
    """A button: only the token."""


class VillagesForm(FlaskForm):
    kind = SelectField(_("Loại"))
    names = TextAreaField(_("Tên, mỗi dòng một thôn"), [DataRequired(_("Chưa ghi tên thôn nào.")), Length(max=8000)])
    from_on = DateField(_("Có từ ngày"), [InputRequired(_("Chưa chọn ngày."))])


class SiteForm(FlaskForm):
    kind = SelectField(_("Loại"), choices=[SelectChoice(*one) for one in SITE_KINDS])
    name = StringField(_("Tên"), [DataRequired(_("Chưa ghi tên.")), Length(max=160)])


class DatedForm(FlaskForm):
    """A reorganisation takes effect on a day, by a decision."""

    on_day = DateField(_("Có hiệu lực từ ngày"), [InputRequired(_("Chưa chọn ngày."))])
    decision = StringField(_("Theo quyết định số"), [Length(max=200)])


class RenameForm(DatedForm):
    name = StringField(_("Tên mới"), [DataRequired(_("Chưa ghi tên mới.")), Length(max=120)])


class MergeForm(DatedForm):
    units = SelectMultipleField(
        _("Gộp những đơn vị nào"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    kind = SelectField(_("Loại của đơn vị mới"))
    name = StringField(_("Tên mới"), [DataRequired(_("Chưa ghi tên mới.")), Length(max=120)])


class MoveForm(DatedForm):
    parent = SelectField(_("Chuyển về đơn vị"), coerce=int)


class SplitForm(DatedForm):
    """Which part each household or village goes to arrives as `phan.<id>` fields, as many as there are."""

    names = TextAreaField(
        _("Tên các đơn vị mới, mỗi dòng một tên"), [DataRequired(_("Chưa ghi tên.")), Length(max=2000)]
    )

    @property
    def parts(self) -> list[str]:
        return [name for name in map(clean, (self.names.data or "").splitlines()) if name]
