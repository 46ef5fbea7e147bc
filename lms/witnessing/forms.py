"""What the browser sends about windows, observations and handed-over devices."""

from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, PasswordField, RadioField, SelectField, StringField
from wtforms.validators import UUID as IsUuid
from wtforms.validators import InputRequired, Length, NumberRange

from lms.witnessing.actions import LONGEST_MINUTES, SHORTEST_MINUTES

LEVELS = [str(level) for level in range(5)]


class BareForm(FlaskForm):
    """A button: only the token."""


class OpenForm(FlaskForm):
    id = HiddenField(validators=[IsUuid()], default=lambda: str(uuid4()))
    quiz_id = SelectField(_("Bài kiểm tra"), [InputRequired(_("Chọn bài kiểm tra."))])
    minutes = IntegerField(
        _("Mở trong mấy phút"),
        [
            InputRequired(_("Ghi số phút.")),
            NumberRange(SHORTEST_MINUTES, LONGEST_MINUTES, _("Từ 5 đến 120 phút.")),
        ],
        default=45,
        render_kw={"inputmode": "numeric"},
    )
    name = StringField(_("Tên ca"), [Length(max=80)])

    @property
    def window_id(self) -> UUID:
        return UUID(self.id.data)


class ReturnForm(FlaskForm):
    secret = PasswordField(
        _("Mật khẩu hoặc mã PIN của người trao máy"),
        [InputRequired(_("Chưa ghi mật khẩu hoặc mã PIN.")), Length(max=256)],
        render_kw={"autocomplete": "off"},
    )


class ResumeForm(FlaskForm):
    code = StringField(
        _("Mã tiếp tục, 8 chữ"),
        [InputRequired(_("Chưa ghi mã.")), Length(max=20)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class ObservationForm(FlaskForm):
    """One card as seen; the rubric's lines are added by `observation_form`."""

    id = HiddenField(validators=[IsUuid()], default=lambda: str(uuid4()))
    independence = RadioField(
        _("Cả bài, người học tự làm đến đâu?"),
        choices=LEVELS,
        validators=[InputRequired(_("Chọn một mức từ 0 đến 4."))],
    )
    identity = BooleanField(_("Đúng người này: quen biết hoặc đã xem giấy tờ"))
    reader = BooleanField(_("Có đọc giúp chữ cho người học nghe, bấm đúng theo lời người học"))
    own_account = BooleanField(_("Làm trên máy và tài khoản thật của người học, không phải trên giấy"))
    not_kin = BooleanField(
        _(
            "Tôi không phải người nhà: không phải vợ chồng, cha mẹ, con, anh chị em của người này hay của vợ chồng người này"
        )
    )
    place = StringField(_("Nơi làm bài"), [Length(max=120)])
    note = StringField(_("Ghi chú"), [Length(max=300)])

    def lines(self) -> dict[str, int]:
        return {name: int(self[f"line_{name}"].data) for name in self.line_ids}

    def failed(self) -> set[str]:
        return {name for name in self.line_ids if f"failed_{name}" in self and self[f"failed_{name}"].data}

    line_ids: tuple[str, ...] = ()


def observation_form(rubric: list[dict[str, Any]], **values: Any) -> ObservationForm:
    """The form of one card: each line 0–4, and on a critical line whether the dangerous mistake was made."""
    fields: dict[str, Any] = {"line_ids": tuple(line["id"] for line in rubric)}
    for number, line in enumerate(rubric, 1):
        fields[f"line_{line['id']}"] = RadioField(
            _("Dòng %(number)s", number=number), choices=LEVELS, validators=[InputRequired(_("Chưa chấm dòng này."))]
        )
        if line["critical"]:
            fields[f"failed_{line['id']}"] = BooleanField(_("Đã phạm lỗi nguy hiểm ở dòng này"))
    form: ObservationForm = type("CardForm", (ObservationForm,), fields)(**values)
    return form


class SessionForm(FlaskForm):
    id = HiddenField(validators=[IsUuid()], default=lambda: str(uuid4()))
    skill_id = SelectField(_("Kỹ năng"), [InputRequired(_("Chọn kỹ năng."))])
    place = StringField(_("Nơi làm"), [InputRequired(_("Ghi nơi làm buổi thực hành.")), Length(max=120)])
    minutes = IntegerField(
        _("Buổi dài mấy phút"),
        [
            InputRequired(_("Ghi số phút.")),
            NumberRange(SHORTEST_MINUTES, LONGEST_MINUTES, _("Từ 5 đến 120 phút.")),
        ],
        default=45,
        render_kw={"inputmode": "numeric"},
    )

    @property
    def session_id(self) -> UUID:
        return UUID(self.id.data)


class EnterForm(FlaskForm):
    code = StringField(
        _("Mã trên bảng, 6 số"),
        [InputRequired(_("Chưa ghi mã.")), Length(max=20)],
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )


class SignSessionForm(FlaskForm):
    """The ticks themselves stand beside the names (`nguoi`, `muc-<id>`)."""

    identity = BooleanField(_("Tôi nhận ra đúng từng người đã đánh dấu: quen biết hoặc đã xem giấy tờ"))
    not_kin = BooleanField(
        _("Không ai trong số đó là người nhà tôi: vợ chồng, cha mẹ, con, anh chị em, kể cả bên vợ hoặc chồng")
    )


class CorrectForm(FlaskForm):
    id = HiddenField(validators=[IsUuid()], default=lambda: str(uuid4()))
    independence = RadioField(
        _("Người học tự làm đến đâu?"),
        choices=LEVELS,
        validators=[InputRequired(_("Chọn một mức từ 0 đến 4."))],
    )
