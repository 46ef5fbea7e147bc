"""What WTForms itself says of a field, in our words: it has no Vietnamese, and a form may never answer in English."""

from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm


def install() -> None:
    """For every form of the house, whichever room it stands in."""
    FlaskForm.Meta.get_translations = lambda _meta, _form: OurWords()


class OurWords:
    """Stands where WTForms looks for a catalogue; a sentence it does not know is said in general."""

    def gettext(self, string: str) -> str:
        return sentences().get(string) or _("Chưa đúng, xem lại ô này.")

    def ngettext(self, singular: str, plural: str, number: Any) -> str:
        return self.gettext(plural)


def sentences() -> dict[str, str]:
    unknown, number, day = (
        _("Chọn một trong các mục có sẵn."),
        _("Ghi một số."),
        _("Ghi ngày có thật, đủ ngày tháng năm."),
    )
    missing = _("Chưa ghi ô này.")
    return {
        "This field is required.": missing,
        "Field cannot be longer than %(max)d characters.": _("Dài quá %(max)d chữ, viết ngắn lại."),
        "Field must be at least %(min)d characters long.": _("Cần ít nhất %(min)d chữ."),
        "Not a valid choice.": unknown,
        "Invalid Choice: could not coerce.": unknown,
        "Not a valid integer value.": number,
        "Not a valid date value.": day,
        "Invalid UUID.": _("Trang đã cũ. Tải lại trang rồi gửi lần nữa."),
    }
