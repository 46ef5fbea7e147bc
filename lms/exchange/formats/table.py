"""Question tables as teachers keep them: Câu hỏi | A | B | C | D | Đáp án | Giải thích."""

import re
from collections.abc import Mapping, Sequence

from lms.exchange.formats.found import Found, Given, Trouble, checked
from lms.exchange.formats.lesser import or_true_false
from lms.imports.sheets import Sheet
from lms.refusals import Refusal
from lms.vietnamese import fold

KEYS = {
    "stem": ("cau hoi", "noi dung cau hoi", "noi dung", "question", "de bai", "loi hoi"),
    "answer": ("dap an", "dap an dung", "answer", "key", "tra loi dung", "dap an chon"),
    "explain": ("giai thich", "loi giai", "ghi chu", "explanation", "huong dan giai"),
    "options": ("phuong an", "cac phuong an", "phuong an tra loi", "lua chon", "cac lua chon", "options"),
    "type": ("loai", "loai cau", "loai cau hoi", "type"),
    "level": ("muc", "muc do", "level", "do kho"),
    "competency": ("nang luc", "ma nang luc", "competency"),
}
LEVELS = {
    **{"1": "1", "2": "2", "3": "3", "de": "1", "trung binh": "2", "kho": "3", "nb": "1", "th": "2", "vd": "3"},
    **{
        "nhan biet": "1",
        "biet": "1",
        "thong hieu": "2",
        "hieu": "2",
        "van dung": "3",
        "van dung thap": "3",
        "van dung cao": "3",
    },
}
_COMPETENCY = re.compile(r"s[1-9]\.\d{1,2}|f")
_IN_ONE_CELL = re.compile(r"(?:^|\s)([A-H])\s*[.)]\s+")
_LETTER = re.compile(r"(?:phuong an |dap an |lua chon |option )?([a-h])")
_SEVERAL = ("nhieu y", "nhieu dap an", "nhieu lua chon", "chon nhieu", "multiple")
_LOOKED_AT = 20
FORMULA_SIGNS = ("=", "+", "-", "@", "'")


def read(sheets: Sequence[Sheet]) -> list[Found]:
    found = [one for sheet in sheets if not sheet.hidden for one in read_sheet(sheet)]
    if not found:
        sentence = "Không thấy bảng câu hỏi nào. Cần các cột: Câu hỏi, A, B, C, D, Đáp án."
        raise Refusal(sentence, "no-table")
    return checked(found)


def read_sheet(sheet: Sheet) -> list[Found]:
    """The questions of one page; none where it has no header that asks for any."""
    for row in range(1, min(len(sheet.rows), _LOOKED_AT) + 1):
        columns = _columns(sheet, row)
        if "stem" in columns and "answer" in columns and ("a" in columns or "options" in columns):
            below = range(row + 1, len(sheet.rows) + 1)
            return [or_true_false(_question(sheet, one, columns)) for one in below if any(sheet.rows[one - 1])]
    return []


def keys_said(said: str, options: Mapping[str, str]) -> set[str]:
    """«B», «A, C», «AC», or the words of the option itself."""
    if said.casefold() in options:
        return {said.casefold()}
    same = {name for name, text in options.items() if fold(text) == fold(said) and said}
    letters = re.sub(r"[\s,;.)+&]|và", "", said.casefold())
    return same or (set(letters) if re.fullmatch(r"[a-h]{1,8}", letters) else set())


def _columns(sheet: Sheet, row: int) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, cell in enumerate(sheet.rows[row - 1], 1):
        said = fold(cell.text)
        letter = _LETTER.fullmatch(said)
        name = letter[1] if letter else next((name for name, words in KEYS.items() if said in words), "")
        if name:
            columns.setdefault(name, column)
    return columns


def _question(sheet: Sheet, row: int, columns: dict[str, int]) -> Found:
    troubles = [
        Trouble(row, "Ô là công thức (bắt đầu bằng =) nên không đọc được.", "error", name)
        for name, column in columns.items()
        if sheet.cell(row, column).formula
    ]
    said = {name: _unguarded(sheet.cell(row, column).text) for name, column in columns.items()}
    options = {name: said[name] for name in sorted(columns) if len(name) == 1 and said[name]}
    options = options or _from_one_cell(said.get("options", ""))
    keys = keys_said(said["answer"], options)
    if not keys or not keys <= set(options):
        what = f"Đáp án «{said['answer'][:60]}» không chỉ vào phương án nào."
        troubles.append(Trouble(row, what, "error", "Đáp án"))
    answers = tuple(Given(text, round(1 / len(keys), 7) if name in keys else 0.0) for name, text in options.items())
    marks, notes = _marks(row, said)
    several = len(keys) > 1 or fold(said.get("type", "")) in _SEVERAL
    return Found(
        row, "multiple" if several else "single", said["stem"], answers, said.get("explain", ""),
        category=sheet.name, problems=(*troubles, *notes), marks=marks,
    )  # fmt: skip


def _unguarded(said: str) -> str:
    """Without the mark that keeps a spreadsheet from taking a text for a formula."""
    return said[1:] if said.startswith("'") and said[1:2] in FORMULA_SIGNS else said


def _from_one_cell(said: str) -> dict[str, str]:
    """«A. một B. hai» or the same on lines of their own."""
    _, *parts = _IN_ONE_CELL.split(said)
    return {letter.lower(): text.strip() for letter, text in zip(parts[0::2], parts[1::2], strict=True) if text.strip()}


def _marks(row: int, said: Mapping[str, str]) -> tuple[tuple[tuple[str, str], ...], list[Trouble]]:
    competency, level = said.get("competency", "").lower(), said.get("level", "")
    known = (
        ("competency", competency if _COMPETENCY.fullmatch(competency) else ""),
        ("level", LEVELS.get(fold(level), "")),
    )
    lost = [one for one, (_, kept) in zip((competency, level), known, strict=True) if one and not kept]
    return tuple(one for one in known if one[1]), [
        Trouble(row, f"«{one[:60]}» không được hiểu.", "note") for one in lost
    ]
