"""Lists of villages: one row a village, with its commune where the list covers several."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lms.imports.columns import Meaning
from lms.imports.findings import Findings
from lms.imports.keys import keep_unique_keys, key_of
from lms.imports.known import find_known, unit_key
from lms.imports.lines import Line, lines_of, pages_of
from lms.imports.names import read_name
from lms.imports.persons import find_commune
from lms.imports.problems import Context, Kind, Known, ParsedRow, Reading
from lms.imports.sheets import Sheet
from lms.imports.titles import commune_in
from lms.vietnamese import parse_number

COLUMNS = (Meaning.ORDER, Meaning.COMMUNE, Meaning.VILLAGE, Meaning.NUMBER_OF_HOUSEHOLDS, Meaning.LEADER)
_HEADINGS = re.compile(r"(xã|phường|thị trấn|xa|phuong|thi tran)\s")


@dataclass(frozen=True, slots=True)
class VillageRow(ParsedRow):
    name: str
    commune: str
    commune_id: int | None
    village_id: int | None
    """The village of this name that is already known in the commune."""
    number_of_households: int | None
    leader: str


def read_villages(sheets: Sequence[Sheet], context: Context) -> Reading[VillageRow]:
    """Raises `Refusal` when no page holds a table of villages."""
    findings = Findings()
    pages = pages_of(sheets, findings, (Meaning.VILLAGE,))
    rows: dict[str, VillageRow] = {}
    for page in pages:
        commune = commune_in(page, context)
        for line in lines_of(page, findings, _HEADINGS):
            if line.heading:
                commune = line.heading
                continue
            if said := line.text(Meaning.COMMUNE):
                commune = said
            elif commune and Meaning.COMMUNE in page:
                what = "Ô xã để trống được đọc như dòng trên"
                findings.note_once(line, Meaning.COMMUNE, what, "Không cần làm gì nếu đúng.", "commune-as-above")
            if row := _village(line, commune, findings, context):
                _add(rows, row, line, findings)
    columns = tuple(page.table_columns(COLUMNS) for page in pages)
    return Reading(Kind.VILLAGES, columns, keep_unique_keys(list(rows.values())), findings.in_order())


def _village(line: Line, heading: str, findings: Findings, context: Context) -> VillageRow | None:
    name, written = line.text(Meaning.VILLAGE), line.text(Meaning.COMMUNE) or heading
    usable = True
    if line.cell(Meaning.VILLAGE).formula:
        findings.error(line, Meaning.VILLAGE, "Ô tên thôn là công thức", "Gõ lại tên thôn bằng chữ.", "formula")
        usable = False
    elif not any(sign.isalnum() for sign in name):
        findings.error(line, Meaning.VILLAGE, "Thiếu tên thôn", "Điền tên thôn.", "village-missing")
        usable = False
    commune = find_commune(written, context)
    if commune.code:
        findings.error(line, (Meaning.COMMUNE, Meaning.VILLAGE), commune.what, commune.mend, commune.code)
        usable = False
    elif not written and context.commune_id is None and context.communes:
        mend = "Thêm cột Xã, hoặc chọn xã khi nhập."
        findings.error(line, (Meaning.COMMUNE, Meaning.VILLAGE), "Không rõ thôn thuộc xã nào", mend, "commune-missing")
        usable = False
    if not usable:
        return None
    commune_id = commune.known.id if commune.known else context.commune_id
    return VillageRow(
        sheet=line.page.sheet.name,
        number=line.number,
        source_key=key_of(context.salt, "village", str(commune_id or unit_key(written)), unit_key(name)),
        name=_with_noun(name),
        commune=commune.known.name if commune.known else written,
        commune_id=commune_id,
        village_id=_already(name, commune_id, context),
        number_of_households=_count(line, findings),
        leader=_leader(line),
    )


def _add(rows: dict[str, VillageRow], row: VillageRow, line: Line, findings: Findings) -> None:
    first = rows.setdefault(row.source_key, row)
    if first is not row:
        what = f"{row.name} đã ghi ở dòng {first.number} trong cùng xã"
        mend = "Giữ một dòng; nếu là thôn khác thì sửa lại tên."
        findings.error(line, Meaning.VILLAGE, what, mend, "village-twice")


def _with_noun(name: str) -> str:
    """A village written as a bare number needs its noun: "3" → "Thôn 3"."""
    return f"Thôn {name}" if name.isdigit() else name


def _already(name: str, commune_id: int | None, context: Context) -> int | None:
    near: list[Known] = [village for village in context.villages if village.within == commune_id]
    found = find_known(name, near, "thôn") if near else None
    return found.known.id if found and found.known else None


def _count(line: Line, findings: Findings) -> int | None:
    text = line.text(Meaning.NUMBER_OF_HOUSEHOLDS)
    number = parse_number(re.sub(r"\s*hộ$", "", text)) if text else None
    if number is not None and number == int(number) >= 0:
        return int(number)
    if text:
        what = f"Không hiểu số hộ «{text}»"
        findings.note(
            line, Meaning.NUMBER_OF_HOUSEHOLDS, what, "Ghi bằng chữ số; dòng vẫn được đọc.", "count-unreadable"
        )
    return None


def _leader(line: Line) -> str:
    cell = line.cell(Meaning.LEADER)
    name = read_name(cell) if cell else None
    return name.text if name and not name.code else ""
