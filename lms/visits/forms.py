"""What the browser sends about a visit."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import UUID as IsUuid
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.visits.models import Visit
from lms.visits.rules import ACTIVITIES, CHECKED, Kind, Told

WEEKS = (("1", _("1 tuần nữa")), ("2", _("2 tuần nữa")), ("4", _("4 tuần nữa")))
NO_DAY, OWN_DAY = "", "ngay"


class _Ticks(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WithdrawForm(FlaskForm):
    id = HiddenField(validators=[IsUuid()], default=lambda: str(uuid4()))


class VisitForm(FlaskForm):
    """Nothing stands ticked: what stands ready is sent by habit."""

    id = HiddenField(validators=[IsUuid()], default=lambda: str(uuid4()))
    present = _Ticks(_("Ai có nhà?"), [InputRequired(_("Chưa chọn ai có nhà."))], coerce=int, validate_choice=False)
    activities = _Ticks(
        _("Đã làm gì ở nhà này?"),
        [InputRequired(_("Chưa chọn việc đã làm."))],
        choices=[SelectChoice(*one) for one in ACTIVITIES.items()],
        validate_choice=False,
    )
    learner = RadioField(_("Dạy ai?"), [Optional()], coerce=int, validate_choice=False)
    competency = RadioField(_("Đã dạy điều nào?"), [Optional()], validate_choice=False)
    checked = RadioField(
        _("Nhờ làm lại một lần, thấy thế nào?"),
        [Optional()],
        choices=[SelectChoice(*one) for one in CHECKED.items()],
        validate_choice=False,
    )
    difficulty = StringField(_("Khó khăn của nhà (không tên ai, không số điện thoại)"), [Length(max=300)])
    when = RadioField(
        _("Hẹn lần sau"),
        [InputRequired(_("Chọn ngày hẹn, hoặc «chưa hẹn»."))],
        choices=[
            *(SelectChoice(*one) for one in WEEKS),
            SelectChoice(OWN_DAY, _("Ngày khác")),
            SelectChoice("khong", _("Chưa hẹn")),
        ],
    )
    next_on = DateField(_("Ngày hẹn khác"), [Optional()])
    visited_on = DateField(_("Ngày thăm"), [InputRequired(_("Ghi ngày thăm."))])

    def ask(self, members: Sequence[Any], competencies: Sequence[Any]) -> None:
        """The people of the house and what can be taught today."""
        people = [SelectChoice(one.person_id, one.full_name) for one in members]
        self.present.choices, self.learner.choices = people, people
        self.competency.choices = [SelectChoice(one.id, one.name) for one in competencies]

        if not competencies:
            self.activities.choices = [SelectChoice(*one) for one in ACTIVITIES.items() if one[0] != "teach"]

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything that is missing is told at once; what is contradictory the rules say."""
        is_good = super().validate(extra_validators)
        if "teach" not in (self.activities.data or ()) or not self.competency.choices:
            return bool(is_good)
        for field, words in (
            (self.learner, _("Chọn người học, trong những người có nhà.")),
            (self.competency, _("Chọn một điều đã dạy.")),
            (self.checked, _("Chọn điều thấy khi nhờ làm lại một lần.")),
        ):
            if not field.data:
                field.errors = [*field.errors, words]
                is_good = False
        return bool(is_good)

    @property
    def event_id(self) -> UUID:
        return UUID(self.id.data)

    def told(self, skill: str) -> Told:
        return Told(
            kind=Kind.TEACH,
            visited_on=self.visited_on.data,
            present=frozenset(self.present.data or ()),
            activities=frozenset(self.activities.data or ()),
            learner=self.learner.data,
            skill=skill,
            competency=self.competency.data or "",
            checked=self.checked.data or "",
            difficulty=(self.difficulty.data or "").strip(),
            next_on=self._next_on(),
        )

    def _next_on(self) -> date | None:
        if self.when.data == OWN_DAY:
            own: date | None = self.next_on.data
            return own
        weeks = {value for value, _words in WEEKS}
        return self.visited_on.data + timedelta(weeks=int(self.when.data)) if self.when.data in weeks else None


def given(visit: Visit) -> dict[str, Any]:
    """A correction begins with what stands."""
    body = visit.body
    return {
        "present": body["present"],
        "activities": body["activities"],
        "learner": body["learner"],
        "competency": body["competency"],
        "checked": body["checked"],
        "difficulty": body["difficulty"],
        "when": OWN_DAY if visit.next_on else "khong",
        "next_on": visit.next_on,
        "visited_on": visit.visited_on,
    }
