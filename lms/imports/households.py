"""Lists of households and their members, however the household is marked: code on every row, once, merged, or a heading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.imports.columns import Meaning
from lms.imports.findings import Findings
from lms.imports.grouping import Grouping, Household
from lms.imports.keys import code_part, keep_unique_keys, key_of, name_part
from lms.imports.known import unit_key
from lms.imports.lines import NAMES, Line, lines_of, pages_of
from lms.imports.pages import Page
from lms.imports.persons import (
    Sighting,
    Somebody,
    check_phone,
    find_commune,
    find_village,
    note_homonyms,
    read_somebody,
    where,
)
from lms.imports.problems import Context, Kind, Known, ParsedRow, Reading
from lms.imports.relations import ALLOWED, HEAD, OTHER, read_relation
from lms.imports.sheets import Sheet
from lms.imports.titles import commune_in, village_in

COLUMNS = (
    Meaning.ORDER,
    Meaning.HOUSEHOLD,
    Meaning.NUMBER_OF_HOUSEHOLDS,
    *NAMES,
    Meaning.HEAD,
    Meaning.RELATION,
    Meaning.BIRTH,
    Meaning.BIRTH_DAY,
    Meaning.BIRTH_MONTH,
    Meaning.BIRTH_YEAR,
    Meaning.GENDER,
    Meaning.IS_MALE,
    Meaning.IS_FEMALE,
    Meaning.VILLAGE,
    Meaning.COMMUNE,
    Meaning.ADDRESS,
)
HEADINGS = re.compile(
    r"(mã hộ|hộ số|hộ gia đình|hộ ông|hộ bà|hộ\s*[:.\d]|hộ\s|gia đình|chủ hộ|ma ho|ho so \d|ho ong|ho ba|chu ho"
    r"|thôn|bản|khu phố|tổ dân phố|xóm|làng|thon|khu pho)\b|hộ:"
)
_VILLAGE_HEADING = re.compile(r"(thôn|bản|khu phố|tổ dân phố|xóm|làng|thon|khu pho)\b")


@dataclass(frozen=True, slots=True)
class MemberRow(ParsedRow):
    household_key: str
    household_code: str
    head_name: str
    """How the household is called: its head, else its first member."""
    full_name: str
    relation: str
    """chu-ho, vo-chong, con, cha-me, ong-ba, chau, anh-chi-em or khac."""
    birth_year: int
    gender: str | None
    village: str
    village_id: int | None
    commune_id: int | None


@dataclass
class _Entry:
    """A usable line, until its household is known whole."""

    line: Line
    somebody: Somebody
    relation: str
    household: Household


@dataclass
class _Where:
    """The commune and village the current lines belong to when they do not say so themselves."""

    commune: str
    village: str


def read_households(sheets: Sequence[Sheet], context: Context) -> Reading[MemberRow]:
    """Raises `Refusal` when no page holds a table of people."""
    findings = Findings()
    pages = pages_of(sheets, findings, (*NAMES, Meaning.HEAD))
    entries = [entry for page in pages for entry in _entries(page, findings, context)]
    entries = list(_one_head_each(_once_each(entries, findings), findings))
    note_homonyms((Sighting(e.line, e.somebody, str(id(e.household))) for e in entries), findings)
    rows = keep_unique_keys([_row(entry, context) for entry in entries])
    return Reading(Kind.HOUSEHOLDS, tuple(page.table_columns(COLUMNS) for page in pages), rows, findings.in_order())


def _entries(page: Page, findings: Findings, context: Context) -> Iterator[_Entry]:
    grouping = Grouping(page)
    around = _Where(commune_in(page, context), village_in(page, context))
    for line in lines_of(page, findings, HEADINGS):
        if line.heading:
            if _VILLAGE_HEADING.match(line.heading.casefold()):
                around.village = line.heading
            else:
                grouping.heading(line.heading)
        elif entry := _entry(line, grouping, around, findings, context):
            yield entry


def _entry(line: Line, grouping: Grouping, around: _Where, findings: Findings, context: Context) -> _Entry | None:
    relation, usable = _relation(line, grouping, findings)
    above = None if line.text(Meaning.VILLAGE) else grouping.goes_on(line, relation)
    place = (above and above.place) or _place(line, around, findings, context)
    household = grouping.of(line, relation, place[0] if place else line.text(Meaning.VILLAGE))
    somebody = read_somebody(line, findings, context)
    check_phone(line, findings)
    if line.cell(Meaning.HOUSEHOLD).formula:
        mend = "Chép cột mã hộ rồi dán lại dạng giá trị."
        findings.error(line, Meaning.HOUSEHOLD, "Ô mã hộ là công thức", mend, "formula")
        usable = False
    elif household is None:
        mend = "Ghi mã hộ, hoặc đặt dòng chủ hộ ở trước các thành viên."
        findings.error(
            line, (Meaning.HOUSEHOLD, Meaning.RELATION), "Không rõ người này thuộc hộ nào", mend, "household-missing"
        )
    if household is None:
        return None
    household.has_head = household.has_head or relation == HEAD
    household.place = household.place or place
    if somebody is None or not usable or place is None:
        return None
    household.village, household.village_id, household.commune_id = place
    return _Entry(line, somebody, relation or OTHER, household)


def _relation(line: Line, grouping: Grouping, findings: Findings) -> tuple[str | None, bool]:
    """The relation, and whether the row can be used with it."""
    if grouping.says_head(line):
        return HEAD, True
    text = line.text(Meaning.RELATION)
    relation = read_relation(text) if text else None
    if text and relation is None:
        what = f"Quan hệ «{text}» không có trong danh mục"
        findings.error(line, Meaning.RELATION, what, f"Dùng một trong: {ALLOWED}.", "relation-unknown")
        return None, False
    if not text and Meaning.RELATION in line.page:
        mend = "Điền quan hệ nếu biết; dòng vẫn được đọc là «khác»."
        findings.note(line, Meaning.RELATION, "Thiếu quan hệ với chủ hộ", mend, "relation-missing")
    return relation, True


def _place(
    line: Line, around: _Where, findings: Findings, context: Context
) -> tuple[str, int | None, int | None] | None:
    """(village, its id, its commune's id); None when the row names a place that is not known."""
    written = line.text(Meaning.VILLAGE) or _village_of_address(line, context) or around.village
    commune = find_commune(line.text(Meaning.COMMUNE) or around.commune, context)
    if commune.code:
        findings.error(line, (Meaning.COMMUNE, Meaning.VILLAGE), commune.what, commune.mend, commune.code)
        return None
    commune_id = commune.known.id if commune.known else context.commune_id
    if not written and context.village_id is not None:
        return "", context.village_id, commune_id
    village = find_village(written, commune.known, context)
    if village.code or (not written and context.villages):
        what, mend = (
            village.what or "Không rõ người này ở thôn nào",
            village.mend or "Thêm cột Thôn, hoặc chọn thôn khi nhập.",
        )
        findings.error(line, (Meaning.VILLAGE, *NAMES), what, mend, village.code or "village-missing")
        return None
    if village.known is not None:
        return village.known.name, village.known.id, village.known.within or commune_id
    return written, None, commune_id


def _village_of_address(line: Line, context: Context) -> str:
    address = line.text(Meaning.ADDRESS)[:200].casefold()
    said: list[Known] = [
        v for v in context.villages if re.search(rf"(?<!\w){re.escape(v.name.casefold())}(?!\w)", address)
    ]
    return max((village.name for village in said), key=len, default="")


def _once_each(entries: Sequence[_Entry], findings: Findings) -> list[_Entry]:
    """The same person twice in one household, to the last letter, is written once."""
    seen: dict[tuple[int, str, str], _Entry] = {}
    for entry in entries:
        who = (id(entry.household), entry.somebody.key, entry.somebody.birth.exact)
        first = seen.setdefault(who, entry)
        if first is not entry:
            what = f"Trùng hoàn toàn với {where(first.line, entry.line)} trong cùng hộ"
            findings.error(entry.line, NAMES, what, "Xoá một trong hai dòng.", "person-twice")
    return list(seen.values())


def _one_head_each(entries: Sequence[_Entry], findings: Findings) -> Iterator[_Entry]:
    for entry in entries:
        household = entry.household
        is_first, household.first = household.first is None, household.first or entry
        if not household.has_head and entry.relation == OTHER and _is_head(entry, is_first, findings):
            entry.relation, household.has_head = HEAD, True
        if entry.relation == HEAD and household.head_line is not None:
            what = f"Hộ đã có chủ hộ ở dòng {household.head_line}"
            findings.error(
                entry.line, Meaning.RELATION, what, "Mỗi hộ một chủ hộ: sửa quan hệ, hoặc sửa mã hộ.", "head-twice"
            )
            continue
        if entry.relation == HEAD:
            household.head_line, household.head_name = entry.line.number, entry.somebody.full_name
        elif is_first and not household.has_head and Meaning.RELATION in entry.line.page:
            mend = "Ghi «Chủ hộ» cho một người; các dòng vẫn được đọc."
            findings.note(entry.line, Meaning.RELATION, f"Hộ {household.label()} chưa có chủ hộ", mend, "head-missing")
        yield entry


def _is_head(entry: _Entry, is_first: bool, findings: Findings) -> bool:
    """Where no column tells relations: the person the heading names, else the first of the household."""
    if entry.household.head_name:
        return name_part(entry.household.head_name) == entry.somebody.key
    if not is_first or Meaning.RELATION in entry.line.page or Meaning.HEAD in entry.line.page:
        return False
    what = "Bảng không có cột quan hệ: người đầu tiên của mỗi hộ được hiểu là chủ hộ"
    findings.note_once(entry.line, NAMES, what, "Thêm cột «Quan hệ với chủ hộ» nếu không đúng.", "relation-column")
    return True


def _row(entry: _Entry, context: Context) -> MemberRow:
    somebody, home, salt = entry.somebody, entry.household, context.salt
    head = home.head_name or home.first.somebody.full_name
    place = f"{home.commune_id or ''}/{unit_key(home.village) if home.village else home.village_id or ''}"
    household_key = key_of(salt, "household", place, code_part(home.code) if home.code else f"= {name_part(head)}")
    name, born = somebody.key, somebody.birth.exact
    others = [key_of(salt, "member-name", household_key, name)]
    if somebody.birth.full_day:
        others += [key_of(salt, "member-birth", household_key, born), key_of(salt, "member-place", place, name, born)]
    return MemberRow(
        sheet=entry.line.page.sheet.name,
        number=entry.line.number,
        source_key=key_of(salt, "member", household_key, name, born),
        other_keys=tuple(others),
        household_key=household_key,
        household_code=home.code,
        head_name=head,
        full_name=somebody.full_name,
        relation=entry.relation,
        birth_year=somebody.birth.year or 0,
        gender=somebody.gender,
        village=home.village,
        village_id=home.village_id,
        commune_id=home.commune_id,
    )
