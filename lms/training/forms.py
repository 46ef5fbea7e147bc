"""What the browser sends about training days."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import UUID as IsUuid
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from lms.clock import VIETNAM, day_of
from lms.training.actions import DayWords
from lms.training.models import TrainingDay
from lms.training.rules import MOST_SEATS, SCALE, Answer

NUMERIC = {"inputmode": "numeric"}


class _Ticks(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ActForm(FlaskForm):
    """One button. Its id is made with the page, so that a second tap is the same act; «Hoàn tác» carries none."""

    id = HiddenField(validators=[Optional(), IsUuid()], default=lambda: str(uuid4()))

    @property
    def event_id(self) -> UUID:
        return UUID(self.id.data) if self.id.data else uuid4()


class DayForm(ActForm):
    title = StringField(_("Tên buổi tập huấn"), [DataRequired(_("Chưa ghi tên.")), Length(max=120)])
    on_day = DateField(_("Ngày"), [InputRequired(_("Chưa chọn ngày."))])
    begins = TimeField(_("Từ"), [InputRequired(_("Chưa chọn giờ bắt đầu."))], default=time(8))
    ends = TimeField(_("Đến"), [InputRequired(_("Chưa chọn giờ kết thúc."))], default=time(11))
    place = StringField(_("Ở đâu"), [DataRequired(_("Chưa ghi nơi tập huấn.")), Length(max=160)])
    capacity = IntegerField(
        _("Số chỗ"),
        [
            InputRequired(_("Chưa ghi số chỗ.")),
            NumberRange(1, MOST_SEATS, _("Số chỗ từ 1 đến %(most)s.", most=MOST_SEATS)),
        ],
        default=30,
        render_kw=NUMERIC,
    )
    topics = _Ticks(_("Nội dung"), [InputRequired(_("Chọn ít nhất một nội dung."))])
    teams = _Ticks(_("Tổ nào được dự"), [InputRequired(_("Chọn ít nhất một tổ."))], coerce=int)
    lessons = _Ticks(_("Bài học nên xem trước"))
    materials = TextAreaField(_("Tài liệu, đồ dùng"), [Length(max=1000)])
    notes = TextAreaField(_("Ghi chú cho người dự"), [Length(max=1000)])

    def ask(self, topics: Iterable[tuple[str, str]], teams: Iterable[Any], lessons: Iterable[tuple[str, str]]) -> None:
        self.topics.choices = [SelectChoice(*one) for one in topics]
        self.teams.choices = [SelectChoice(one.id, one.name) for one in teams]
        self.lessons.choices = [SelectChoice(*one) for one in lessons]

    def words(self) -> DayWords:
        return DayWords(
            title=self.title.data,
            begins_at=_moment(self.on_day.data, self.begins.data),
            ends_at=_moment(self.on_day.data, self.ends.data),
            place=self.place.data,
            capacity=self.capacity.data,
            topics=tuple(self.topics.data or ()),
            teams=tuple(self.teams.data or ()),
            lessons=tuple(self.lessons.data or ()),
            materials=self.materials.data or "",
            notes=self.notes.data or "",
        )


def given(row: TrainingDay, teams: Sequence[Any]) -> dict[str, Any]:
    """Mending begins with what stands."""
    return {
        "title": row.title,
        "on_day": day_of(row.begins_at),
        "begins": row.begins_at.astimezone(VIETNAM).time(),
        "ends": row.ends_at.astimezone(VIETNAM).time(),
        "place": row.place,
        "capacity": row.capacity,
        "topics": row.topics,
        "teams": [one.id for one in teams],
        "lessons": row.lessons,
        "materials": row.materials,
        "notes": row.notes,
    }


class CallOffForm(FlaskForm):
    reason = StringField(_("Lý do hoãn"), [DataRequired(_("Ghi lý do hoãn.")), Length(max=200)])


class EnrolForm(ActForm):
    person_id = RadioField(_("Ghi tên ai?"), [InputRequired(_("Chọn một người."))], coerce=int)


class SessionForm(ActForm):
    skill_id = RadioField(_("Thực hành kỹ năng nào?"), [InputRequired(_("Chọn một kỹ năng."))])
    minutes = IntegerField(
        _("Mở bao nhiêu phút"),
        [InputRequired(_("Ghi số phút.")), NumberRange(5, 120, _("Từ 5 đến 120 phút."))],
        default=90,
        render_kw=NUMERIC,
    )


def _scale(words: Any) -> RadioField:
    return RadioField(
        words,
        [InputRequired(_("Chọn một mức từ 1 đến 5."))],
        coerce=int,
        choices=[SelectChoice(value, str(value)) for value in SCALE],
    )


class FeedbackForm(ActForm):
    useful = _scale(_("Nội dung có ích cho việc của tôi"))
    clear = _scale(_("Người hướng dẫn nói dễ hiểu"))
    ready = _scale(_("Tôi tự làm lại được ở nhà dân"))
    words = StringField(_("Một điều nên làm khác đi (không bắt buộc)"), [Length(max=300)])

    def answer(self) -> Answer:
        return Answer(self.useful.data, self.clear.data, self.ready.data, (self.words.data or "").strip())


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=VIETNAM)
