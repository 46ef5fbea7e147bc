"""What the browser sends about re-checks."""

from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import UUID as IsUuid
from wtforms.validators import Length

from lms.rechecks.actions import FINDINGS


class DrawForm(FlaskForm):
    """A button: only the token."""


class ResultForm(FlaskForm):
    id = HiddenField(validators=[IsUuid()], default=lambda: str(uuid4()))
    finding = SelectField(_("Kết quả xem lại"), choices=[SelectChoice(*one) for one in FINDINGS.items()])
    note = StringField(_("Ghi chú (không bắt buộc)"), [Length(max=300)])

    @property
    def result_id(self) -> UUID:
        return UUID(self.id.data)
