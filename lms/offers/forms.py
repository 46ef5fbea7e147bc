"""What the browser sends about contacts and offers."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from lms.offers.actions import ContactWords, OfferWords
from lms.offers.models import Contact, Offer
from lms.offers.rules import ContactKind

KIND_WORDS = {
    ContactKind.OFFICE: _("Cơ quan nhà nước"),
    ContactKind.BUSINESS: _("Doanh nghiệp cử người giúp"),
    ContactKind.GROUP: _("Đoàn thể, trường, thôn"),
}


class BareForm(FlaskForm):
    """A button: only the token."""


class ContactForm(FlaskForm):
    kind = RadioField(_("Thuộc"), choices=[SelectChoice(str(kind), words) for kind, words in KIND_WORDS.items()])
    role = StringField(_("Hỏi về việc gì"), [DataRequired(_("Chưa ghi việc.")), Length(max=120)])
    name = StringField(
        _("Họ và tên"),
        [DataRequired(_("Chưa ghi họ tên.")), Length(max=120)],
        render_kw={"autocomplete": "off"},
    )
    organisation = StringField(_("Cơ quan, doanh nghiệp"), [Length(max=160)])
    phone = StringField(
        _("Số điện thoại công việc"), [Length(max=30)], render_kw={"inputmode": "tel", "autocomplete": "off"}
    )
    agreed = BooleanField(
        _("Người này biết và đồng ý cho ghi tên, số ở đây"),
        [DataRequired(_("Hỏi người ấy trước, rồi đánh dấu vào ô này."))],
    )
    source = StringField(_("Biết từ đâu"), [DataRequired(_("Chưa ghi nguồn.")), Length(max=200)])
    checked_on = DateField(_("Ngày hỏi lại gần nhất"), [InputRequired(_("Chưa chọn ngày."))])

    def words(self) -> ContactWords:
        return ContactWords(
            self.kind.data, self.role.data, self.name.data, self.organisation.data or "", self.phone.data or "",
            self.source.data, self.checked_on.data,
        )  # fmt: skip

    @staticmethod
    def filled(row: Contact) -> dict[str, object]:
        """The fields of an entry that is mended; asked again, so neither the day nor the agreement is filled in."""
        return {name: getattr(row, name) for name in ("kind", "role", "name", "organisation", "phone", "source")}


class OfferForm(FlaskForm):
    business = StringField(_("Doanh nghiệp"), [DataRequired(_("Chưa ghi doanh nghiệp.")), Length(max=160)])
    title = StringField(_("Ưu đãi gì"), [DataRequired(_("Chưa ghi ưu đãi.")), Length(max=160)])
    detail = TextAreaField(_("Nói rõ hơn"), [Length(max=1000)])
    how = TextAreaField(_("Muốn nhận thì làm gì"), [DataRequired(_("Chưa ghi cách nhận.")), Length(max=600)])
    from_on = DateField(_("Từ ngày"), [InputRequired(_("Chưa chọn ngày."))])
    last_day = DateField(_("Đến hết ngày"), [InputRequired(_("Chưa chọn ngày."))])
    source = StringField(_("Biết từ đâu"), [DataRequired(_("Chưa ghi nguồn.")), Length(max=200)])
    checked_on = DateField(_("Ngày hỏi lại gần nhất"), [InputRequired(_("Chưa chọn ngày."))])

    def words(self) -> OfferWords:
        return OfferWords(
            self.business.data, self.title.data, self.detail.data or "", self.how.data, self.from_on.data,
            self.last_day.data, self.source.data, self.checked_on.data,
        )  # fmt: skip

    @staticmethod
    def filled(row: Offer) -> dict[str, object]:
        return {name: getattr(row, name) for name in ("business", "title", "detail", "how", "from_on", "source")}
