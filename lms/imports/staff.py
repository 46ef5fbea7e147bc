"""Lists of officers, teachers and team members: who, what they are, where, and for which class or village."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from lms.imports.appointments import Appointment, read_appointment
from lms.imports.births import read_birth
from lms.imports.columns import Meaning
from lms.imports.findings import Findings
from lms.imports.keys import keep_unique_keys, key_of
from lms.imports.known import Found, find_known, unit_key
from lms.imports.lines import NAMES, Line, lines_of, pages_of
from lms.imports.persons import (
    Sighting,
    Somebody,
    check_phone,
    find_commune,
    find_village,
    note_homonyms,
    read_somebody,
)
from lms.imports.problems import Context, Kind, ParsedRow, Reading
from lms.imports.sheets import Sheet
from lms.imports.titles import class_name
from lms.vietnamese import clean, fold

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
    Meaning.POSITION,
    Meaning.WORKPLACE,
    Meaning.SCHOOL,
    Meaning.DUTY,
    Meaning.CLASS,
    Meaning.VILLAGE,
    Meaning.SINCE,
    Meaning.DECISION,
    Meaning.DECIDED_ON,
    Meaning.MEMBER_KIND,
    Meaning.ORGANISATION,
)
_HEADINGS = re.compile(r"(trường|trung tâm|tổ|ubnd|uỷ ban|ủy ban|đoàn|hội|thôn|bản|khu phố|xã|phường|phòng)\s")
_CLASSES = re.compile(r"\b(\d{1,2}\s?[A-Za-z]\d{0,2}|\d{1,2}[./]\d{1,2})\b")
_VILLAGES = re.compile(r"((?:thôn|bản|khu phố|tổ dân phố|xóm|làng)\s+[^,;+]+)", re.IGNORECASE)
_COMMUNE = re.compile(r"\b(?:xã|phường|thị trấn)\s+([^,;()-]+?)\s*$", re.IGNORECASE)


class Position(StrEnum):
    """What a position means for rights; the words of the list stay beside it."""

    TEACHER = "giao-vien"
    TEAM_LEADER = "to-truong"
    TEAM_MEMBER = "thanh-vien"
    OFFICER = "can-bo"
    UNKNOWN = ""

    @property
    def is_in_team(self) -> bool:
        return self in (Position.TEAM_LEADER, Position.TEAM_MEMBER)


_POSITIONS = (
    (Position.TEAM_LEADER, r"(to|nhom) (truong|pho)\b.*|truong nhom|doi truong"),
    (
        Position.TEACHER,
        r"(giao vien|gv|gvcn|giang vien|(pho )?hieu truong|tong phu trach|tpt|chu nhiem|giam doc trung tam)\b.*",
    ),
    (Position.TEAM_MEMBER, r"(thanh vien|tv|to vien|doan vien|tinh nguyen vien|cong tac vien)\b.*"),
    (
        Position.OFFICER,
        r"(can bo|cong chuc|chuyen vien|vien chuc|lanh dao|van (hoa|phong)"
        r"|(pho )?(chu tich|bi thu|truong (phong|ban|thon|khu)))\b.*",
    ),
)


@dataclass(frozen=True, slots=True)
class StaffRow(ParsedRow):
    full_name: str
    birth_year: int | None
    gender: str | None
    position: Position
    title: str
    """The position in the words of the list: «Cán bộ Phòng VH-XH»."""
    workplace: str
    workplace_id: int | None
    commune_id: int | None
    duty: str
    classes: tuple[str, ...]
    villages: tuple[str, ...]
    village_ids: tuple[int, ...]
    own_village_ids: tuple[int, ...]
    """Of a team member: the villages of theirs to look after, as «Phụ trách» says."""
    since: date | None
    decision: str
    decided_on: date | None
    kind: str
    organisation: str


@dataclass(frozen=True, slots=True)
class _Place:
    workplace: str
    workplace_id: int | None
    commune_id: int | None
    villages: tuple[str, ...]
    village_ids: tuple[int, ...]
    is_duty: bool
    """The villages are the ones they look after, not where they live or work."""


def read_staff(sheets: Sequence[Sheet], context: Context) -> Reading[StaffRow]:
    """Raises `Refusal` when no page holds a table of people."""
    findings = Findings()
    pages = pages_of(sheets, findings, NAMES)
    rows: dict[str, StaffRow] = {}
    sightings: list[Sighting] = []
    for page in pages:
        heading = ""
        for line in lines_of(page, findings, _HEADINGS):
            if line.heading:
                heading = line.heading
                continue
            somebody = read_somebody(line, findings, context, birth_needed=False)
            row = _row(line, somebody, heading, findings, context)
            if row is not None and somebody is not None and _add(rows, row, line, findings):
                sightings.append(Sighting(line, somebody, unit_key(row.workplace)))
    note_homonyms(sightings, findings)
    columns = tuple(page.table_columns(COLUMNS) for page in pages)
    return Reading(Kind.STAFF, columns, keep_unique_keys(list(rows.values())), findings.in_order())


def read_position(text: str) -> Position:
    words = " ".join(re.sub(r"[^\w]+", " ", fold(text)).split())
    return next((position for position, wording in _POSITIONS if re.fullmatch(wording, words)), Position.UNKNOWN)


def _row(line: Line, somebody: Somebody | None, heading: str, findings: Findings, context: Context) -> StaffRow | None:
    title = line.text(Meaning.POSITION)
    position = read_position(title)
    if title and position is Position.UNKNOWN:
        mend = "Dòng vẫn được đọc; chọn quyền cho người này sau khi nhập."
        findings.note(
            line, Meaning.POSITION, f"Chức vụ «{title}» chưa biết ứng với quyền nào", mend, "position-unknown"
        )
    check_phone(line, findings)
    since, since_understood = _since(line, findings, context)
    place = _place(line, heading, findings, context)
    appointment = read_appointment(line, title, findings, context) if position.is_in_team else Appointment()
    if somebody is None or place is None or appointment is None or not since_understood:
        return None
    name, salt, work = somebody.key, context.salt, unit_key(place.workplace)
    others = [key_of(salt, "staff-name", name, work)]
    others += [key_of(salt, "staff-birth", name, somebody.birth.exact)] if somebody.birth.exact else []
    duty = line.text(Meaning.DUTY)
    return StaffRow(
        sheet=line.page.sheet.name,
        number=line.number,
        source_key=key_of(salt, "staff", name, somebody.birth.exact, work),
        other_keys=tuple(others),
        full_name=somebody.full_name,
        birth_year=somebody.birth.year,
        gender=somebody.gender,
        position=position,
        title=title,
        workplace=place.workplace,
        workplace_id=place.workplace_id,
        commune_id=place.commune_id,
        duty=duty,
        classes=tuple(dict.fromkeys(class_name(found) for found in _CLASSES.findall(_class_words(line)))),
        villages=place.villages,
        village_ids=place.village_ids,
        own_village_ids=place.village_ids if place.is_duty and position.is_in_team else (),
        since=since,
        **asdict(appointment),
    )


def _add(rows: dict[str, StaffRow], row: StaffRow, line: Line, findings: Findings) -> bool:
    first = rows.setdefault(row.source_key, row)
    if first is not row:
        what = f"Trùng hoàn toàn với dòng {first.number}"
        mend = "Xoá một dòng; người có hai việc thì ghi cả hai vào cột «Phụ trách»."
        findings.error(line, NAMES, what, mend, "person-twice")
    return first is row


def _since(line: Line, findings: Findings, context: Context) -> tuple[date | None, bool]:
    cell = line.cell(Meaning.SINCE)
    if not cell:
        return None, True
    if cell.day is not None:
        return cell.day, True
    read = read_birth(cell, date(context.today.year + 1, 12, 31))
    if read.full_day:
        return date.fromisoformat(read.exact), True
    mend = "Ghi ngày/tháng/năm, ví dụ 05/09/2026, hoặc để trống."
    findings.error(line, Meaning.SINCE, f"«{cell.text}» không phải là ngày", mend, "since-unreadable")
    return None, False


def _place(line: Line, heading: str, findings: Findings, context: Context) -> _Place | None:
    """Workplace, commune and villages; None when one of them is named and not known."""
    cell = line.cell(Meaning.WORKPLACE) or line.cell(Meaning.SCHOOL)
    workplace = cell.text or heading
    about = (Meaning.WORKPLACE, Meaning.SCHOOL, *NAMES)
    if cell.formula:
        findings.error(line, about, "Ô đơn vị là công thức", "Gõ lại tên đơn vị bằng chữ.", "formula")
        return None
    said = _COMMUNE.search(workplace)
    commune = find_commune(said[1], context) if said else Found()
    if commune.code:
        findings.error(line, about, commune.what, commune.mend, commune.code)
        return None
    work = _workplace(workplace, context)
    if work.code:
        findings.error(line, about, work.what, work.mend, work.code)
        return None
    duty = line.text(Meaning.DUTY)
    is_duty = _VILLAGES.search(duty) is not None
    words = duty if is_duty else line.text(Meaning.VILLAGE) or workplace
    villages = tuple(dict.fromkeys(clean(found) for found in _VILLAGES.findall(words)))
    ids = []
    for name in villages:
        village = find_village(name, commune.known, context)
        if village.code:
            findings.error(
                line, (Meaning.VILLAGE, Meaning.DUTY, Meaning.WORKPLACE), village.what, village.mend, village.code
            )
            return None
        ids += [village.known.id] if village.known else []
    commune_id = commune.known.id if commune.known else context.commune_id
    return _Place(workplace, work.known.id if work.known else None, commune_id, villages, tuple(ids), is_duty)


def _workplace(text: str, context: Context) -> Found:
    """Schools and centres must be known when any is; teams and offices are named after their place, which is looked up itself."""
    if not text or not context.workplaces:
        return Found()
    found = find_known(text, context.workplaces, "đơn vị")
    is_site = re.match(r"(truong|trung tam)\b", fold(text)) is not None
    return found if found.known or is_site else Found()


def _class_words(line: Line) -> str:
    return f"{line.text(Meaning.DUTY)} {line.text(Meaning.CLASS)}"
