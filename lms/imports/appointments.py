"""How somebody came into a team: by which decision, from where, and which villages are theirs to look after."""

import re
from dataclasses import dataclass
from datetime import date

from lms.imports.births import read_birth
from lms.imports.columns import Meaning
from lms.imports.findings import Findings
from lms.imports.lines import Line
from lms.imports.problems import Context
from lms.imports.sheets import Cell
from lms.vietnamese import clean, fold

YOUTH, BUSINESS, VILLAGE = "doan-vien", "doanh-nghiep", "cong-dong"
"""The same words as `teams.rules.KINDS`."""
_KINDS = (
    (BUSINESS, r"(nguoi |nhan vien |can bo )?(do |cua )?(doanh nghiep|dn|cong ty|nha mang)\b.*"),
    (YOUTH, r"(doan|doan vien|doan thanh nien|dtn|thanh nien|bi thu doan|bi thu chi doan|uv bch doan)\b.*"),
    (VILLAGE, r"(nguoi (cua |dan )?)?(thon|ban|xa|cong dong|dan|can bo thon|dan cu)\b.*"),
)
_NUMBER_AND_DAY = re.compile(r"(.*?)[,;]?\s*(?:(?:ký|ban hành)\s+)?ngày\s+(.+)", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(r"^(?:quyết định|qđ)?\s*(?:số)?\s*:?\s*(?=\d)", re.IGNORECASE)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Appointment:
    decision: str = ""
    """The number as it stands on the paper: «12/QĐ-UBND»."""
    decided_on: date | None = None
    kind: str = ""
    """Empty where the list says nothing: then what is known stays."""
    organisation: str = ""


def read_appointment(line: Line, title: str, findings: Findings, context: Context) -> Appointment | None:
    """None when something is said that cannot be used; the finding tells what and how to mend it."""
    decision = _decision(line, findings, context)
    kind = _kind(line, title, findings)
    if decision is None or kind is None:
        return None
    organisation = line.text(Meaning.ORGANISATION)[:120]
    if kind == BUSINESS and not organisation:
        mend = "Điền cột «Doanh nghiệp, chi đoàn»."
        findings.error(line, Meaning.MEMBER_KIND, "Chưa ghi tên doanh nghiệp", mend, "organisation-missing")
        return None
    return Appointment(*decision, kind, organisation)


def _decision(line: Line, findings: Findings, context: Context) -> tuple[str, date | None] | None:
    said, cell = line.text(Meaning.DECISION), line.cell(Meaning.DECIDED_ON)
    together = _NUMBER_AND_DAY.fullmatch(said)
    number = clean(_BEFORE_NUMBER.sub("", together[1] if together else said))
    if not number and not cell:
        return "", None
    if not number or len(number) > _LONGEST:
        mend = "Ghi số như trên giấy, ví dụ 12/QĐ-UBND."
        findings.error(line, Meaning.DECISION, "Không rõ số quyết định", mend, "decision-unreadable")
        return None
    day = _day(cell if cell else Cell(together[2] if together else "", "text"), context.today)
    if day is None:
        mend = "Ghi ngày ký ở cột «Ngày quyết định», ví dụ 05/09/2026."
        findings.error(line, Meaning.DECIDED_ON, f"Không rõ ngày ký của quyết định «{number}»", mend, "decision-day")
    elif day > context.today:
        mend = "Kiểm lại ngày ký; quyết định chưa ký thì để trống."
        findings.error(line, Meaning.DECIDED_ON, f"Ngày ký của quyết định «{number}» chưa tới", mend, "decision-future")
    else:
        return number, day
    return None


def _day(cell: Cell, today: date) -> date | None:
    if cell.day is not None:
        return cell.day
    read = read_birth(cell, date(today.year + 1, 12, 31))
    return date.fromisoformat(read.exact) if read.full_day else None


def _kind(line: Line, title: str, findings: Findings) -> str | None:
    """The kind in the list's own column; else what the position itself says («Đoàn viên»); else nothing."""
    said = line.text(Meaning.MEMBER_KIND)
    found = _kind_of(said or title)
    if said and not found:
        mend = "Ghi một trong ba: người của thôn, đoàn viên, người của doanh nghiệp; hoặc để trống."
        findings.error(line, Meaning.MEMBER_KIND, f"Diện tham gia «{said}» chưa rõ", mend, "member-kind")
        return None
    return found if said or found == YOUTH else ""


def _kind_of(text: str) -> str:
    words = " ".join(re.sub(r"[^\w]+", " ", fold(text)).split())
    return next((kind for kind, wording in _KINDS if re.fullmatch(wording, words)), "")
