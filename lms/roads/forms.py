"""What the browser sends about a visit somebody went along with."""

from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import UUID as IsUuid
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from lms.roads.rules.watching import LIMITS, LINES, NOTE_LENGTH, Watched
from lms.teams.models import ObservedVisit

SEEN, NOT_SEEN = "co", "khong"


class WatchForm(FlaskForm):
    """Nothing stands ticked: every line is looked at."""

    id = HiddenField(validators=[IsUuid()], default=lambda: str(uuid4()))
    visit = RadioField(_("Đã đi cùng lượt nào?"), [InputRequired(_("Chọn lượt thăm đã đi cùng."))])
    failed = SelectMultipleField(
        _("Có thấy điều không được làm?"),
        choices=[SelectChoice(*one) for one in LIMITS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    note = StringField(_("Một lời góp ý cho thành viên"), [Length(max=NOTE_LENGTH)])
    not_kin = BooleanField(
        _("Tôi không phải người nhà, họ hàng gần của thành viên này"),
        [InputRequired(_("Đánh dấu để xác nhận, hoặc nhờ người khác đi cùng."))],
    )

    @property
    def lines(self) -> list[Any]:
        """The fields of the sheet, in its order."""
        return [self[f"line_{line}"] for line in LINES]

    @property
    def sheet_id(self) -> UUID:
        return UUID(self.id.data)

    def told(self) -> Watched:
        return Watched(
            {line: field.data == SEEN for line, field in zip(LINES, self.lines, strict=True)},
            frozenset(self.failed.data or ()),
            bool(self.not_kin.data),
            (self.note.data or "").strip(),
        )


for _line, _words in LINES.items():
    setattr(
        WatchForm,
        f"line_{_line}",
        RadioField(
            _words,
            [InputRequired(_("Chọn «Có thấy» hoặc «Không thấy»."))],
            choices=[SelectChoice(SEEN, _("Có thấy")), SelectChoice(NOT_SEEN, _("Không thấy"))],
        ),
    )


def given(row: ObservedVisit) -> dict[str, Any]:
    """A correction begins with what stands."""
    lines = {f"line_{line}": SEEN if seen else NOT_SEEN for line, seen in row.lines.items()}
    return {"visit": str(row.visit_id), "failed": row.failed, "note": row.note, "not_kin": True, **lines}
