"""Question tables that go out: the same columns that are read, so that a table sent out can be sent back."""

import csv
import io
from collections.abc import Sequence

from lms.documents.workbooks import WrittenPage, write_workbook
from lms.exchange.formats.found import Found, Trouble
from lms.exchange.formats.lesser import as_written, without_feedback
from lms.exchange.formats.table import FORMULA_SIGNS

_LETTERS = "ABCDEFGH"
_TYPES = frozenset({"single", "multiple"})
_CARRIED = frozenset({"competency", "level", "explain"})
_AFTER = ("Đáp án", "Loại câu", "Giải thích", "Năng lực", "Mức")


def write_csv(founds: Sequence[Found]) -> tuple[bytes, list[Trouble]]:
    header, rows, lost = _table(founds)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerows([header, *([_guarded(cell) for cell in row] for row in rows)])
    return out.getvalue().encode("utf-8-sig"), lost


def write_xlsx(founds: Sequence[Found]) -> tuple[bytes, list[Trouble]]:
    header, rows, lost = _table(founds)
    widths = (50, *((24,) * (len(header) - 6)), 10, 12, 40, 10, 8)
    return write_workbook([WrittenPage("Câu hỏi", header, rows, widths=widths)]), lost


def _table(founds: Sequence[Found]) -> tuple[list[str], list[list[str]], list[Trouble]]:
    written, lost = as_written(founds, "Bảng tính", _TYPES, _CARRIED)
    most = max((len(found.answers) for _, found in written if len(found.answers) <= len(_LETTERS)), default=4)
    letters = _LETTERS[: max(most, 4)]
    rows = []
    for number, found in written:
        if len(found.answers) > len(_LETTERS):
            lost.append(Trouble(number, "Bảng tính chỉ ghi được nhiều nhất 8 phương án nên câu này không được ghi."))
            continue
        lost += without_feedback(number, found, "Bảng tính")
        if any("\n" in said for said in (found.stem, found.explain, *(one.text for one in found.answers))):
            lost.append(Trouble(number, "Trong bảng tính, chỗ xuống dòng thành dấu cách.", "note"))
        rows.append(_row(found, letters))
    return ["Câu hỏi", *letters, *_AFTER], rows, lost


def _row(found: Found, letters: str) -> list[str]:
    texts = [one.text for one in found.answers]
    right = [letter for letter, one in zip(letters, found.answers, strict=False) if one.fraction > 0]
    marks = dict(found.marks)
    options = [*texts, *[""] * (len(letters) - len(texts))]
    kind = "nhiều ý" if found.type == "multiple" else "một ý"
    kept = (found.explain, marks.get("competency", ""), marks.get("level", ""))
    cells = [found.stem, *options, ", ".join(right), kind, *kept]
    return [" ".join(cell.split()) for cell in cells]


def _guarded(cell: str) -> str:
    """Nothing a stranger typed may become a formula where the file is opened."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
