"""Question tables as teachers keep them: Câu hỏi | A | B | C | D | Đáp án | Giải thích."""

import re
from collections.abc import Sequence

from lms.exchange.formats.found import Found, Given, Trouble, checked
from lms.imports.sheets import Sheet
from lms.refusals import Refusal
from lms.vietnamese import fold

_STEM = ("cau hoi", "noi dung cau hoi", "noi dung", "question", "de bai")
_ANSWER = ("dap an", "dap an dung", "answer", "key", "tra loi dung")
_EXPLAIN = ("giai thich", "loi giai", "ghi chu", "explanation")
_LETTER = re.compile(r"(?:phuong an |dap an |lua chon |option )?([a-h])")
_LOOKED_AT = 20


def read(sheets: Sequence[Sheet]) -> list[Found]:
    found = [one for sheet in sheets if not sheet.hidden for one in _sheet(sheet)]
    if not found:
        sentence = "Không thấy bảng câu hỏi nào. Cần các cột: Câu hỏi, A, B, C, D, Đáp án."
        raise Refusal(sentence, "no-table")
    return checked(found)


def _sheet(sheet: Sheet) -> list[Found]:
    for row in range(1, min(len(sheet.rows), _LOOKED_AT) + 1):
        columns = _columns(sheet, row)
        if "stem" in columns and "answer" in columns and "a" in columns:
            below = range(row + 1, len(sheet.rows) + 1)
            return [_question(sheet, one, columns) for one in below if any(sheet.rows[one - 1])]
    return []


def _columns(sheet: Sheet, row: int) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, cell in enumerate(sheet.rows[row - 1], 1):
        said = fold(cell.text)
        letter = _LETTER.fullmatch(said)
        names = (("stem", _STEM), ("answer", _ANSWER), ("explain", _EXPLAIN))
        name = letter[1] if letter else next((name for name, words in names if said in words), "")
        if name:
            columns.setdefault(name, column)
    return columns


def _question(sheet: Sheet, row: int, columns: dict[str, int]) -> Found:
    troubles = [
        Trouble(row, "Ô là công thức (bắt đầu bằng =) nên không đọc được.", "error", name)
        for name, column in columns.items()
        if sheet.cell(row, column).formula
    ]
    said = {name: sheet.cell(row, column).text for name, column in columns.items()}
    options = {name: said[name] for name in sorted(columns) if len(name) == 1 and said[name]}
    keys = _keys(said["answer"], options)
    if not keys or not keys <= set(options):
        what = f"Đáp án «{said['answer'][:60]}» không chỉ vào phương án nào."
        troubles.append(Trouble(row, what, "error", "Đáp án"))
    answers = tuple(Given(text, round(1 / len(keys), 7) if name in keys else 0.0) for name, text in options.items())
    kind = "multiple" if len(keys) > 1 else "single"
    return Found(
        row, kind, said["stem"], answers, said.get("explain", ""), category=sheet.name, problems=tuple(troubles)
    )


def _keys(said: str, options: dict[str, str]) -> set[str]:
    """«B», «A, C», «AC», or the words of the option itself."""
    same = {name for name, text in options.items() if fold(text) == fold(said) and said}
    letters = re.sub(r"[\s,;.)+&]|và", "", said.casefold())
    return same or (set(letters) if re.fullmatch(r"[a-h]{1,8}", letters) else set())
