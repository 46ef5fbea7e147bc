"""Class lists: one class a page, or a column that names the class."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.imports.columns import Meaning
from lms.imports.findings import Findings
from lms.imports.keys import code_part, keep_unique_keys, key_of
from lms.imports.lines import NAMES, Line, lines_of, pages_of
from lms.imports.names import read_name
from lms.imports.pages import Page
from lms.imports.persons import Sighting, Somebody, check_phone, find_village, note_homonyms, read_somebody, where
from lms.imports.problems import Context, Kind, ParsedRow, Reading
from lms.imports.sheets import Sheet
from lms.imports.titles import class_in, class_name, school_in, school_year_in

COLUMNS = (
    Meaning.ORDER,
    *NAMES,
    Meaning.BIRTH,
    Meaning.BIRTH_DAY,
    Meaning.BIRTH_MONTH,
    Meaning.BIRTH_YEAR,
    Meaning.GENDER,
    Meaning.IS_MALE,
    Meaning.IS_FEMALE,
    Meaning.CLASS,
    Meaning.HEAD,
    Meaning.VILLAGE,
)
_HEADINGS = re.compile(r"(lớp|lop|tổ \d|nhóm)\b")
_YOUNGEST = 5


@dataclass(frozen=True, slots=True)
class PupilRow(ParsedRow):
    full_name: str
    birth_year: int
    gender: str | None
    class_name: str
    """«7A»; empty when neither page, title nor column says it and the importer must choose."""
    school: str
    """As the title above the list writes it; empty when it does not."""
    school_year: str
    head_name: str
    """Head of the pupil's household as the school knows it: a hint for linking, nothing more."""
    village: str
    village_id: int | None


@dataclass(frozen=True)
class _Entry:
    line: Line
    somebody: Somebody
    class_name: str
    code: str


def read_class(sheets: Sequence[Sheet], context: Context) -> Reading[PupilRow]:
    """Raises `Refusal` when no page holds a table of people."""
    findings = Findings()
    pages = pages_of(sheets, findings, NAMES)
    entries = [entry for page in pages for entry in _entries(page, findings, context)]
    entries = _once_each(entries, findings)
    note_homonyms((Sighting(e.line, e.somebody, e.class_name) for e in entries), findings)
    rows = keep_unique_keys([_row(entry, findings, context) for entry in entries])
    return Reading(Kind.CLASS, tuple(page.table_columns(COLUMNS) for page in pages), rows, findings.in_order())


def _entries(page: Page, findings: Findings, context: Context) -> Iterator[_Entry]:
    current = class_in(page)
    _note_codes(page, findings)
    for line in lines_of(page, findings, _HEADINGS):
        if line.heading:
            current = class_name(line.heading) if line.heading.casefold().startswith(("lớp", "lop")) else current
            continue
        somebody = read_somebody(line, findings, context)
        check_phone(line, findings)
        if somebody is None:
            continue
        if somebody.birth.year and somebody.birth.year > context.today.year - _YOUNGEST:
            what = f"Học sinh sinh năm {somebody.birth.year}, còn quá nhỏ"
            findings.note(line, (Meaning.BIRTH, Meaning.BIRTH_YEAR), what, "Kiểm tra lại năm sinh.", "birth-young")
        named = class_name(line.text(Meaning.CLASS)) or current
        yield _Entry(line, somebody, named, code_part(line.text(Meaning.PUPIL_CODE)))


def _note_codes(page: Page, findings: Findings) -> None:
    if Meaning.PUPIL_CODE in page:
        what = f"Cột «{page.header(Meaning.PUPIL_CODE)}» chỉ dùng để nhận ra cùng một học sinh khi nhập lại, không được lưu"
        findings.note_once(Line(page, 0), Meaning.PUPIL_CODE, what, "Không cần làm gì.", "code-not-kept")


def _once_each(entries: Sequence[_Entry], findings: Findings) -> list[_Entry]:
    """The same pupil twice in a class is written once; a second code makes it a question, not a repetition."""
    seen: dict[tuple[str, str, str], _Entry] = {}
    kept: list[_Entry] = []
    for entry in entries:
        who = (entry.class_name, entry.somebody.key, entry.somebody.birth.exact)
        first = seen.setdefault(who, entry)
        at = where(first.line, entry.line)
        if first is entry:
            kept.append(entry)
        elif first.code and entry.code and first.code != entry.code:
            mend = "Nếu là hai học sinh thì không cần sửa; nếu là một, xoá một dòng."
            findings.note(
                entry.line,
                NAMES,
                f"Trùng họ tên và ngày sinh với {at} nhưng khác mã",
                mend,
                "same-person-hint",
                (first.line.number,),
            )
            kept.append(entry)
        else:
            findings.error(entry.line, NAMES, f"Trùng hoàn toàn với {at}", "Xoá một trong hai dòng.", "person-twice")
    return kept


def _row(entry: _Entry, findings: Findings, context: Context) -> PupilRow:
    line, somebody, salt = entry.line, entry.somebody, context.salt
    village = find_village(line.text(Meaning.VILLAGE), None, context)
    if village.code:
        # The village of a pupil only helps to find the household later: no reason to keep the pupil out.
        findings.note(line, Meaning.VILLAGE, village.what, village.mend, village.code)
    head = read_name(line.cell(Meaning.HEAD)) if line.cell(Meaning.HEAD) else None
    name, born = somebody.key, somebody.birth.exact
    others = [
        key_of(salt, "pupil-name", entry.class_name, name),
        key_of(salt, "pupil-class", entry.class_name, name, born),
    ]
    others += [key_of(salt, "pupil-code", entry.code)] if entry.code else []
    others += [key_of(salt, "pupil-birth", name, born)] if somebody.birth.full_day else []
    return PupilRow(
        sheet=line.page.sheet.name,
        number=line.number,
        source_key=key_of(salt, "pupil", name, born, entry.code or entry.class_name),
        other_keys=tuple(others),
        full_name=somebody.full_name,
        birth_year=somebody.birth.year or 0,
        gender=somebody.gender,
        class_name=entry.class_name,
        school=school_in(line.page),
        school_year=school_year_in(line.page),
        head_name=head.text if head and not head.code else "",
        village=village.known.name if village.known else line.text(Meaning.VILLAGE),
        village_id=village.known.id if village.known else None,
    )
