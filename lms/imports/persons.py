"""What every list of people has in common: name, birth, gender, village, and who stands in it twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lms.imports.births import Birth, read_birth, read_birth_parts
from lms.imports.columns import Meaning
from lms.imports.findings import Findings
from lms.imports.keys import name_part
from lms.imports.known import Found, find_known
from lms.imports.lines import NAMES, Line
from lms.imports.names import phone_is_readable, phone_lost_its_zero, read_gender, read_name
from lms.imports.problems import Context, Known

_MOST_HOMONYM_NOTES = 50
_BIRTH_COLUMNS = (Meaning.BIRTH, Meaning.BIRTH_YEAR, Meaning.IS_MALE, Meaning.IS_FEMALE)


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who a line is about, as far as it could be read."""

    full_name: str
    birth: Birth
    gender: str | None
    key: str
    """Of the name (lms.imports.keys.name_part)."""


def read_somebody(line: Line, findings: Findings, context: Context, birth_needed: bool = True) -> Somebody | None:
    """Name, birth and gender; None when one of them keeps the row from being used. Everything wrong is told at once."""
    name = read_name(*line.name_cells())
    if name.code:
        findings.error(line, NAMES, name.what, name.mend, name.code)
    if name.recapitalised:
        _note_capitals(findings, line, name.text)
    elif not name.code and " " not in name.text:
        findings.note(line, NAMES, f"Họ tên «{name.text}» chỉ có một chữ", "Ghi đủ họ và tên nếu biết.", "name-short")
    birth, gender = _birth(line, context), _gender(line, findings)
    about = _BIRTH_COLUMNS
    if birth.code:
        findings.error(line, about, birth.what, birth.mend, birth.code)
    elif birth.year is None and birth_needed:
        findings.error(line, about, "Thiếu ngày sinh hoặc năm sinh", "Điền ít nhất năm sinh.", "birth-missing")
    if name.code or birth.code or (birth.year is None and birth_needed):
        return None
    return Somebody(name.text, birth, gender, name_part(name.text))


def check_phone(line: Line, findings: Findings) -> None:
    """Phone numbers are not kept; a damaged one is told, because the office keeps the list."""
    cell = line.cell(Meaning.PHONE)
    if phone_lost_its_zero(cell):
        what = f"Số điện thoại {cell.text} mất số 0 ở đầu vì ô lưu dạng số"
        findings.note(
            line, Meaning.PHONE, what, f"Ghi dạng chữ: 0{cell.text}. Năm Cánh không lưu số này.", "phone-zero"
        )
    elif cell.formula or (cell and not phone_is_readable(cell.text)):
        what = f"Số điện thoại «{cell.text}» không đúng"
        findings.note(line, Meaning.PHONE, what, "Kiểm tra lại. Năm Cánh không lưu số này.", "phone-unreadable")


def find_village(text: str, commune: Known | None, context: Context) -> Found:
    """A village by name, within its commune where that is known. With no villages known yet, nothing is checked."""
    if not text or not context.villages:
        return Found()
    commune_id = commune.id if commune else context.commune_id
    near = [village for village in context.villages if commune_id is None or village.within == commune_id]
    return find_known(text, near, "thôn")


def find_commune(text: str, context: Context) -> Found:
    return find_known(text, context.communes, "xã") if text and context.communes else Found()


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person met in a group (a household, a class): where, and enough to see whether it is the same one again."""

    line: Line
    who: Somebody
    group: str


def where(line: Line, seen_from: Line) -> str:
    """A row as a sentence names it; its page is said only when it is another one."""
    return f"dòng {line.number}" + ("" if line.page is seen_from.page else f" trang «{line.page.sheet.name}»")


def note_homonyms(people: Iterable[Sighting], findings: Findings) -> None:
    """One name and birth in two groups is a hint, never a merger; one name with other births are other people."""
    by_name: dict[str, list[Sighting]] = defaultdict(list)
    for person in people:
        by_name[person.who.key].append(person)
    told = 0
    for same in by_name.values():
        if len(same) < 2:
            continue
        twins = [(first, later) for later in same[1:] if (first := _twin_before(later, same))]
        sure = [(first, later) for first, later in twins if first.who.birth.full_day and later.who.birth.full_day]
        told += not sure
        # In a list of a whole commune hundreds share a name and a year: those are told until they would drown the rest.
        for first, later in sure or (twins if told <= _MOST_HOMONYM_NOTES else []):
            _note_twin(first, later, findings)
        if not twins and told <= _MOST_HOMONYM_NOTES:
            _note_two_people(same, findings)
    if told > _MOST_HOMONYM_NOTES:
        what = f"Còn {told - _MOST_HOMONYM_NOTES} họ tên khác cũng có nhiều người mang"
        first_line = next(iter(by_name.values()))[0].line
        findings.note(Line(first_line.page, 0), NAMES, what, "Được hiểu là những người khác nhau.", "same-name")


def _twin_before(later: Sighting, same: Sequence[Sighting]) -> Sighting | None:
    for first in same:
        if first is later:
            return None
        if first.group != later.group and _may_be_born_together(first.who.birth, later.who.birth):
            return first
    return None


def _may_be_born_together(one: Birth, other: Birth) -> bool:
    if one.full_day and other.full_day:
        return one.exact == other.exact
    return one.year is not None and one.year == other.year


def _note_twin(first: Sighting, later: Sighting, findings: Findings) -> None:
    sure = first.who.birth.full_day and later.who.birth.full_day
    what = f"Trùng họ tên và {'ngày' if sure else 'năm'} sinh với {where(first.line, later.line)}, ở hai nơi khác nhau"
    mend = "Nếu là một người, chỉ để ở một nơi; nếu là hai người thì không cần sửa. Không tự gộp."
    findings.note(later.line, NAMES, what, mend, "same-person-hint", (first.line.number,))


def _note_two_people(same: Sequence[Sighting], findings: Findings) -> None:
    *before, last = same
    places = ", ".join(where(person.line, last.line) for person in before[:5])
    what = f"Cùng họ tên «{last.who.full_name}» với {places} nhưng khác ngày sinh"
    rows = [person.line.number for person in before]
    findings.note(last.line, NAMES, what, "Được hiểu là những người khác nhau.", "same-name", rows)


def _birth(line: Line, context: Context) -> Birth:
    if Meaning.BIRTH_DAY in line.page and Meaning.BIRTH_YEAR in line.page:
        day, month, year = (line.cell(m) for m in (Meaning.BIRTH_DAY, Meaning.BIRTH_MONTH, Meaning.BIRTH_YEAR))
        return read_birth_parts(day, month, year, context.today)
    for meaning in _BIRTH_COLUMNS:
        cell = line.cell(meaning)
        if cell and (meaning in (Meaning.BIRTH, Meaning.BIRTH_YEAR) or any(sign.isdigit() for sign in cell.text[-2:])):
            return read_birth(cell, context.today)
    return Birth()


def _gender(line: Line, findings: Findings) -> str | None:
    if Meaning.GENDER in line.page:
        gender, understood = read_gender(line.cell(Meaning.GENDER), line.page.header(Meaning.GENDER))
        if not understood:
            what = f"Không hiểu giới tính «{line.text(Meaning.GENDER)}»"
            findings.note(line, Meaning.GENDER, what, "Ghi «Nam» hoặc «Nữ»; dòng vẫn được đọc.", "gender")
        return gender
    female, male = bool(line.text(Meaning.IS_FEMALE)), bool(line.text(Meaning.IS_MALE))
    if female != male:
        return "nu" if female else "nam"
    if not female and (Meaning.IS_FEMALE in line.page) != (Meaning.IS_MALE in line.page):
        return "nam" if Meaning.IS_FEMALE in line.page else "nu"
    return None


def _note_capitals(findings: Findings, line: Line, name: str) -> None:
    what = f"Họ tên viết toàn chữ hoa hoặc chữ thường, được đọc là «{name}»"
    findings.note_once(line, NAMES, what, "Không cần làm gì nếu đúng.", "name-capitals")
