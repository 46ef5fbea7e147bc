"""What the browser sends about take-home cards."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import UUID, InputRequired, Length


class CodeForm(FlaskForm):
    code = StringField(
        _("Mã trên thẻ"),
        [InputRequired(_("Chưa ghi mã.")), Length(max=40)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters"},
    )


class ClaimForm(CodeForm):
    is_mine = BooleanField(
        _("Bài ấy do chính tôi làm. Ghi vào phần luyện của tôi."),
        [InputRequired(_("Đánh dấu ô này nếu bài do chính bác làm."))],
    )


class AnswerForm(FlaskForm):
    """Five answers, named by question; here their id."""

    sent = HiddenField(validators=[UUID()])
