"""A list as read becomes plain values that can be kept: rows to apply, problems to show, how the pages were understood.

Runs before any write transaction: parsing a long list takes seconds.
"""

import base64
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from lms.access.actor import Actor
from lms.access.rules import Right
from lms.documents.list_forms import rows_to_mend
from lms.imports.classes import read_class
from lms.imports.households import read_households
from lms.imports.kinds import guess_kind
from lms.imports.problems import Context, Kind, Level, ParsedRow, Problem, Reading
from lms.imports.sheets import Sheet
from lms.imports.staff import Position, read_staff
from lms.imports.villages import read_villages
from lms.refusals import Refusal
from lms.vietnamese import fold

READERS: dict[Kind, Callable[[Sequence[Sheet], Context], Reading[Any]]] = {
    Kind.VILLAGES: read_villages,
    Kind.HOUSEHOLDS: read_households,
    Kind.CLASS: read_class,
    Kind.STAFF: read_staff,
}
_PIECE = 300_000


@dataclass(frozen=True)
class Understood:
    kind: Kind
    rows: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    pages: list[dict[str, Any]]
    mend: list[str]
    """The workbook of rows to mend, in pieces of base64; empty when no row has an error."""
    hint: Kind | None
    """The kind it looks like, when that is another one."""

    @property
    def counts(self) -> dict[str, int]:
        errors = {(one["sheet"], one["row"]) for one in self.problems if one["level"] == Level.ERROR}
        notes = sum(one["level"] == Level.NOTE for one in self.problems)
        counts = {"rows": len(self.rows), "errors": len(errors), "notes": notes}
        if self.kind is Kind.CLASS:
            counts["nameless"] = sum(not row["class_name"] for row in self.rows)
        return counts

    @property
    def school(self) -> str:
        """The school a class list names in its title."""
        return next((row["school"] for row in self.rows if row.get("school")), "")


def kind_of(sheets: Sequence[Sheet], allowed: Sequence[Kind]) -> Kind:
    """What a list is a list of, when nobody said."""
    kind = guess_kind(sheets)
    if kind is None:
        raise Refusal("Chưa nhận ra đây là danh sách gì. Hãy chọn loại danh sách rồi gửi lại.", "kind-unknown")
    if kind not in allowed:
        raise Refusal("Danh sách này thuộc loại không thuộc quyền nhập của tài khoản đang dùng.", "kind-not-allowed")
    return kind


def understand(kind: Kind, sheets: Sequence[Sheet], context: Context, actor: Actor) -> Understood:
    """Read the list and put aside the rows that lack a place or a right. Raises Refusal when there is no table."""
    _refuse_empty_house(kind, context)
    reading = READERS[kind](sheets, context)
    _refuse_no_rows(reading)
    reading = _checked(reading, actor)
    guessed = guess_kind(sheets)
    return Understood(
        kind=kind,
        rows=[_plain(row) for row in reading.rows],
        problems=[asdict(problem) for problem in reading.problems],
        pages=[asdict(page) for page in reading.pages],
        mend=_pieces(rows_to_mend(sheets, reading)) if reading.errors else [],
        hint=guessed if guessed not in (None, kind) else None,
    )


def _plain(row: Any) -> dict[str, Any]:
    """Values that survive being kept as JSON."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items()}


def _refuse_empty_house(kind: Kind, context: Context) -> None:
    """With nothing known, a name in the list could mean a place out of reach: the places come first."""
    if kind is not Kind.CLASS and not context.communes:
        raise Refusal("Chưa có xã nào trong phạm vi của tài khoản này. Lập đơn vị trước rồi nhập.", "no-communes")
    if kind is Kind.HOUSEHOLDS and not context.villages:
        raise Refusal("Chưa có thôn nào. Nhập danh sách thôn trước, rồi nhập danh sách hộ.", "no-villages")


def _refuse_no_rows(reading: Reading[Any]) -> None:
    if not reading.rows and not reading.errors:
        at = f"Dưới dòng tiêu đề (dòng {reading.header_row}, trang «{reading.sheet}») chưa có dòng nào"
        raise Refusal(f"{at}. Điền danh sách vào đó, lưu lại rồi gửi.", "table-no-rows")


def _checked(reading: Reading[Any], actor: Actor) -> Reading[Any]:
    kept: list[ParsedRow] = []
    problems = list(reading.problems)
    for row in reading.rows:
        problem = _lack(reading, row, actor)
        if problem is None:
            kept.append(row)
        else:
            problems.append(problem)
    return replace(reading, rows=tuple(kept), problems=tuple(_in_order(problems, reading)))


def _lack(reading: Reading[Any], row: Any, actor: Actor) -> Problem | None:
    """Why a readable row cannot be applied, in the words of a problem."""
    if reading.kind is Kind.VILLAGES and row.commune_id is None:
        return _problem(row, "Không rõ thôn thuộc xã nào", "Thêm cột Xã, hoặc chọn xã khi nhập.", "commune-missing")
    if reading.kind is Kind.HOUSEHOLDS and row.village_id is None:
        return _problem(row, "Không rõ hộ ở thôn nào", "Thêm cột Thôn, hoặc chọn thôn khi nhập.", "village-missing")
    return _staff_lack(row, actor) if reading.kind is Kind.STAFF else None


def _staff_lack(row: Any, actor: Actor) -> Problem | None:
    in_team = row.position.is_in_team
    if in_team and row.commune_id is None and not row.workplace_id:
        return _problem(row, "Không rõ tổ thuộc xã nào", "Chọn xã khi nhập.", "commune-missing")
    if not in_team and not actor.may(Right.MANAGE_PEOPLE):
        what = f"Chức vụ «{row.title}» cần quản trị viên nhập"
        return _problem(row, what, "Gửi dòng này cho quản trị viên.", "not-allowed")
    if row.position is Position.TEACHER and not row.workplace_id:
        what = f"Chưa có trường «{row.workplace}»" if row.workplace else "Không rõ giáo viên của trường nào"
        mend = "Thêm trường này ở trang Đơn vị, rồi nhập lại." if row.workplace else "Điền cột Đơn vị."
        return _problem(row, what, mend, "site-unknown")
    if row.position is Position.OFFICER and row.commune_id is None:
        return _problem(
            row, "Không rõ cán bộ của xã nào", "Ghi «UBND xã …» ở cột Đơn vị, hoặc chọn xã.", "commune-missing"
        )
    return None


def heads_a_village(title: str) -> bool:
    """A village head is no officer of the commune: the role stands on the village."""
    return fold(title).startswith(("truong thon", "truong ban", "truong khu", "pho thon"))


def heads_a_school(title: str) -> bool:
    return fold(title).startswith(("hieu truong", "giam doc trung tam"))


def _problem(row: ParsedRow, what: str, mend: str, code: str) -> Problem:
    return Problem(row.number, "", what, mend, Level.ERROR, code, row.sheet)


def _in_order(problems: list[Problem], reading: Reading[Any]) -> list[Problem]:
    places = {page.sheet: n for n, page in enumerate(reading.pages)}
    return sorted(problems, key=lambda one: (places.get(one.sheet, -1), one.row))


def _pieces(content: bytes) -> list[str]:
    text = base64.b64encode(content).decode()
    return [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
