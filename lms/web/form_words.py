"""What forms say of their own accord, in Vietnamese: the library that makes them speaks thirty languages, not this one."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from lms.web import language

_LONG = _("Dài quá, nhiều nhất %(max)d chữ.")
_SHORT = _("Ngắn quá, ít nhất %(min)d chữ.")
WORDS = {
    "Not a valid choice.": _("Chọn lại một mục trong danh sách."),
    "Invalid Choice: could not coerce.": _("Chọn lại một mục trong danh sách."),
    "Invalid choice(s): one or more data inputs could not be coerced.": _("Chọn lại trong danh sách."),
    "'%(value)s' is not a valid choice for this field.": _("Chọn lại trong danh sách."),
    "'%(value)s' are not valid choices for this field.": _("Chọn lại trong danh sách."),
    "Not a valid date value.": _("Ngày không đúng. Ghi ngày, tháng, năm có thật."),
    "Not a valid datetime value.": _("Ngày giờ không đúng."),
    "Not a valid time value.": _("Giờ không đúng."),
    "Not a valid integer value.": _("Ghi một số nguyên."),
    "Not a valid decimal value.": _("Ghi một số."),
    "Not a valid float value.": _("Ghi một số."),
    "This field is required.": _("Ô này chưa có gì."),
    "Invalid input.": _("Ghi chưa đúng."),
    "Number must be at least %(min)s.": _("Ít nhất là %(min)s."),
    "Number must be at most %(max)s.": _("Nhiều nhất là %(max)s."),
    "Number must be between %(min)s and %(max)s.": _("Ghi một số từ %(min)s đến %(max)s."),
    "Field must be at least %(min)d character long.": _SHORT,
    "Field must be at least %(min)d characters long.": _SHORT,
    "Field cannot be longer than %(max)d character.": _LONG,
    "Field cannot be longer than %(max)d characters.": _LONG,
    "Field must be between %(min)d and %(max)d characters long.": _("Ghi từ %(min)d đến %(max)d chữ."),
    "Field must be exactly %(max)d character long.": _("Ghi đúng %(max)d chữ."),
    "Field must be exactly %(max)d characters long.": _("Ghi đúng %(max)d chữ."),
    "The CSRF token is missing.": _("Trang đã mở quá lâu. Bấm lại lần nữa."),
    "The CSRF token is invalid.": _("Trang đã mở quá lâu. Bấm lại lần nữa."),
    "The CSRF token has expired.": _("Trang đã mở quá lâu. Bấm lại lần nữa."),
    "The CSRF session token is missing.": _("Trang đã mở quá lâu. Bấm lại lần nữa."),
    "The CSRF tokens do not match.": _("Trang đã mở quá lâu. Bấm lại lần nữa."),
}


class FormWords:
    """In the place of the library's own catalogue."""

    def gettext(self, string: str) -> str:
        return string if language.chosen() == "en" else str(WORDS.get(string) or _("Chưa đúng, xem lại ô này."))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)


def install() -> None:
    said = FormWords()

    def words_of(_meta: Any, _form: Any) -> FormWords:
        return said

    FlaskForm.Meta.get_translations = words_of
