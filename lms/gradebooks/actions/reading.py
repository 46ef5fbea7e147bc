"""Reading a filled-in mark sheet: which new entries it means, and what is wrong in which row.

The sheet is the register's own page «Phiếu ghi», so a row is found by its code and checked by its name; a cell that says
what already holds writes nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.gradebooks.rules.marks import GENERAL, Mark
from lms.imports.problems import Level, Problem
from lms.imports.sheets import Cell, Sheet
from lms.vietnamese import clean, fold

CODE_HEADER = "Mã"
NAME_HEADER = "Họ và tên"
REMARK_HEADER = "Nhận xét"
PAGE_NAME = "Phiếu ghi"
_WORDS = {"d": Mark.PASS, "dat": Mark.PASS, "cd": Mark.FAIL, "chua dat": Mark.FAIL, "chua": Mark.FAIL}
_SUBJECT = re.compile(r".*\[([\w.-]+)\]")
_MARKS_BOOK = re.compile(r".*[«\"]?so-(\d+)-(hk1|hk2|ca-nam)[»\"]?.*")
LONGEST = 600
MOST_TITLE_ROWS = 12


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil of the class: the name, and what holds now, by subject: (the teacher's mark, the words)."""

    person: int
    name: str
    held: Mapping[str, tuple[Mark | None, str]]


@dataclass(frozen=True, slots=True)
class MarkRead:
    """One entry a sheet would write."""

    row: int
    person: int
    subject: str
    mark: Mark | None
    words: str


def subject_header(id: str, title: str) -> str:
    return f"{title} [{id}]"


def book_mark(class_id: int, term: str) -> str:
    """The line on the sheet that says which register it belongs to."""
    return f"so-{class_id}-{term}"


def read_marks(
    sheets: Sequence[Sheet], class_id: int, term: str, subjects: Sequence[str], pupils: Mapping[int, Known]
) -> tuple[list[MarkRead], list[Problem]]:
    """What the sheet would write, and every problem with its row."""
    page = next((one for one in sheets if fold(one.name) == fold(PAGE_NAME)), sheets[0] if len(sheets) == 1 else None)
    if page is None:
        return [], [_problem(0, "", f"Không thấy trang «{PAGE_NAME}» trong tệp.", "Gửi tệp đã tải từ sổ của lớp này.")]
    top = _header_row(page)
    if top is None:
        mend = "Giữ nguyên dòng tiêu đề của phiếu đã tải."
        return [], [_problem(0, "", f"Không thấy dòng có cột «{CODE_HEADER}» và «{NAME_HEADER}».", mend)]
    stray = _stray(page, top, class_id, term)
    if stray is not None:
        return [], [stray]
    return _Rows(page, top, frozenset(subjects), pupils).read()


def _header_row(page: Sheet) -> int | None:
    for row in range(1, min(len(page.rows), MOST_TITLE_ROWS) + 1):
        texts = {fold(cell.text) for cell in page.rows[row - 1]}
        if {fold(CODE_HEADER), fold(NAME_HEADER)} <= texts:
            return row
    return None


def _stray(page: Sheet, top: int, class_id: int, term: str) -> Problem | None:
    """A sheet of another class or term is not read at all: the marks would land on the wrong page."""
    for row in range(1, top):
        for cell in page.rows[row - 1]:
            found = _MARKS_BOOK.fullmatch(cell.text)
            if found and (int(found[1]), found[2]) != (class_id, term):
                what = "Phiếu này của lớp khác hoặc học kỳ khác."
                return _problem(row, "", what, "Mở đúng lớp và học kỳ rồi gửi lại, hoặc tải phiếu mới.")
            if found:
                return None
    return _problem(0, "", "Không thấy mã sổ ở đầu phiếu.", "Gửi tệp đã tải từ sổ của lớp này, giữ các dòng đầu.")


class _Rows:
    def __init__(self, page: Sheet, top: int, subjects: frozenset[str], pupils: Mapping[int, Known]) -> None:
        self.page, self.top, self.pupils = page, top, pupils
        self.read_marks: list[MarkRead] = []
        self.problems: list[Problem] = []
        self.seen: dict[int, int] = {}
        self.code = self.name = self.remark = 0
        self.columns: dict[int, str] = {}
        self._understand(subjects)

    def read(self) -> tuple[list[MarkRead], list[Problem]]:
        for row in range(self.top + 1, len(self.page.rows) + 1):
            if any(self.page.rows[row - 1]):
                self._row(row)
        return self.read_marks, self.problems

    def _understand(self, subjects: frozenset[str]) -> None:
        for column, cell in enumerate(self.page.rows[self.top - 1], 1):
            text = fold(cell.text)
            if text == fold(CODE_HEADER):
                self.code = column
            elif text == fold(NAME_HEADER):
                self.name = column
            elif text == fold(REMARK_HEADER):
                self.remark = column
            elif found := _SUBJECT.fullmatch(cell.text):
                self._column(column, found[1], cell.text, subjects)

    def _column(self, column: int, subject: str, header: str, subjects: frozenset[str]) -> None:
        if subject not in subjects:
            self._say(self.top, header, "Cột này không có trong sổ của lớp.", "Bỏ qua cột này, hoặc giao bài ấy trước.")
        elif subject in self.columns.values():
            self._say(self.top, header, "Hai cột của cùng một nội dung; chỉ đọc cột đầu.", "Xoá một cột.")
        else:
            self.columns[column] = subject

    def _row(self, row: int) -> None:
        pupil = self._pupil(row)
        if pupil is None:
            return
        for column, subject in self.columns.items():
            self._mark(row, column, subject, pupil)
        if self.remark:
            self._remark(row, pupil)

    def _pupil(self, row: int) -> Known | None:
        code, name = self.page.cell(row, self.code), self.page.cell(row, self.name)
        if not code and not name:
            return None
        pupil = (
            self.pupils.get(int(code.text))
            if code.text.isascii() and code.text.isdecimal() and len(code.text) < 16
            else None
        )
        if pupil is None:
            self._say(row, CODE_HEADER, "Không có em nào của lớp mang mã này.", "Giữ nguyên cột mã của phiếu đã tải.")
            return None
        if fold(name.text) != fold(pupil.name):
            self._say(
                row,
                NAME_HEADER,
                "Họ tên không khớp với mã.",
                "Có thể các dòng đã bị xê dịch. Tải phiếu mới và ghi lại.",
            )
            return None
        if pupil.person in self.seen:
            what = f"Em này đã có ở dòng {self.seen[pupil.person]}."
            self._say(row, NAME_HEADER, what, "Giữ một dòng cho mỗi em.")
            return None
        self.seen[pupil.person] = row
        return pupil

    def _mark(self, row: int, column: int, subject: str, pupil: Known) -> None:
        cell = self.page.cell(row, column)
        if self._is_formula(row, column, cell) or not cell:
            return
        mark = _WORDS.get(fold(cell.text))
        if mark is None:
            self._say(row, self._header(column), "Không hiểu ô này.", "Ghi Đ hoặc CĐ, hoặc để trống.")
            return
        if pupil.held.get(subject, (None, ""))[0] is not mark:
            self.read_marks.append(MarkRead(row, pupil.person, subject, mark, pupil.held.get(subject, (None, ""))[1]))

    def _remark(self, row: int, pupil: Known) -> None:
        cell = self.page.cell(row, self.remark)
        if self._is_formula(row, self.remark, cell) or not cell:
            return
        words = clean(cell.text)
        if len(words) > LONGEST:
            self._say(row, REMARK_HEADER, f"Lời nhận xét dài quá {LONGEST} chữ.", "Viết ngắn lại.")
        elif words != pupil.held.get(GENERAL, (None, ""))[1]:
            self.read_marks.append(MarkRead(row, pupil.person, GENERAL, None, words))

    def _is_formula(self, row: int, column: int, cell: Cell) -> bool:
        if cell.formula:
            self._say(row, self._header(column), "Ô này là công thức nên không được đọc.", "Ghi thẳng chữ vào ô.")
        return cell.formula

    def _header(self, column: int) -> str:
        return self.page.cell(self.top, column).text

    def _say(self, row: int, column: str, what: str, mend: str) -> None:
        self.problems.append(_problem(row, column, what, mend))


def _problem(row: int, column: str, what: str, mend: str) -> Problem:
    return Problem(row, column, what, mend, Level.ERROR, "marks")


SHORT_MARKS = {Mark.PASS: "Đ", Mark.FAIL: "CĐ"}
LEGEND = "Ghi Đ (đạt) hoặc CĐ (chưa đạt). Để trống: theo kết quả máy tính. Giữ nguyên cột Mã và Họ và tên."
