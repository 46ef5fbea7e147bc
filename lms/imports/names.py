"""Names, genders and phone numbers of people as lists have them."""

import re
import unicodedata
from dataclasses import dataclass

from lms.imports.sheets import Cell
from lms.vietnamese import clean, fold

LONGEST_NAME = 80
_BETWEEN_LETTERS = " '’-."
_BEHIND = re.compile(r"\s*\(([A-Za-zĐđ0-9]{1,3})\)$")  # «Lê Thị Hà (B)»: how a school tells two pupils apart
_MARKS = set("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
_FEMALE = {"nu", "gai", "f", "female", "ba", "nu gioi"}
_MALE = {"nam", "trai", "m", "male", "ong", "nam gioi"}
TICKS = {"x", "v", "1", "co", "+", "✓", "✔", "√", "*", "true"}


@dataclass(frozen=True, slots=True)
class Name:
    text: str = ""
    what: str = ""
    mend: str = ""
    code: str = ""
    recapitalised: bool = False


def read_name(*cells: Cell) -> Name:
    """A full name from one or several cells; `code` is empty when it can be used."""
    if any(cell.formula for cell in cells):
        return Name(
            what="Ô họ tên là công thức", mend="Gõ lại họ tên bằng chữ, hoặc chép rồi dán dạng giá trị.", code="formula"
        )
    text = clean(" ".join(cell.text for cell in cells))
    if not text:
        return Name(what="Thiếu họ tên", mend="Điền họ và tên.", code="name-missing")
    if len(text) > LONGEST_NAME:
        return Name(what=f"Họ tên dài quá {LONGEST_NAME} chữ", mend="Chỉ ghi họ và tên trong ô này.", code="name-signs")
    bare = _BEHIND.sub("", text)
    strange = sorted({sign for sign in bare if not _is_name_sign(sign)})
    if strange or not bare[0].isalpha() or any(cell.kind in ("number", "date", "error") for cell in cells):
        return _strange(text, strange)
    if bare.isupper() or bare.islower():
        capitals = " ".join(word[:1].upper() + word[1:].lower() for word in bare.split())
        return Name(text=capitals + text[len(bare) :], recapitalised=len(bare) > 3)
    return Name(text=text)


def read_gender(cell: Cell, header: str = "") -> tuple[str | None, bool]:
    """("nam" or "nu" or None, whether the cell was understood)."""
    said = fold(cell.text).strip(" .")
    if said in _FEMALE or said in _MALE:
        return ("nu" if said in _FEMALE else "nam"), True
    if re.search(r"\bnu\b.*\bx\b|danh dau|nu la", fold(header)) and said in TICKS | {"", "0", "-"}:
        return ("nu" if said in TICKS else "nam"), True
    return None, not said


def phone_lost_its_zero(cell: Cell) -> bool:
    """Stored as a number, the leading zero of a mobile number is gone."""
    return cell.kind == "number" and re.fullmatch(r"[35789]\d{8}", cell.text) is not None


def phone_is_readable(text: str) -> bool:
    """Ten figures beginning with 0, or +84 and nine (content-facts D4); several numbers may share a cell."""
    digits = [re.sub(r"[^\d+]", "", part) for part in re.split(r"[;,/]| - |\bhoặc\b", text)]
    return all(re.fullmatch(r"(0|\+?84)\d{9,10}", number) for number in digits if number)


def _is_name_sign(sign: str) -> bool:
    if sign in _BETWEEN_LETTERS or sign in "đĐ":
        return True
    parts = unicodedata.normalize("NFD", sign)
    return parts[0].isascii() and parts[0].isalpha() and set(parts[1:]) <= _MARKS


def _strange(text: str, strange: list[str]) -> Name:
    if "\ufffd" in strange:
        what, mend = f"Họ tên «{text}» có chữ bị hỏng", "Gõ lại họ tên, hoặc lưu tệp với bảng mã UTF-8."
    elif any(not sign.isascii() for sign in strange):
        what = f"Họ tên «{text}» có ký hiệu lạ"
        mend = "Có thể ô dùng phông chữ cũ (.VnTime, VNI): hãy chuyển sang Unicode hoặc gõ lại."
    else:
        what, mend = f"Họ tên «{text}» có số hoặc ký hiệu", "Chỉ ghi họ và tên trong ô này."
    return Name(what=what, mend=mend, code="name-signs")
