"""Question tables as teachers keep them (Câu hỏi | A | B | C | D | Đáp án | Giải thích), and as Kahoot, Quizizz, Blooket
and their like write theirs: options by number, the right one by its number, a column for the kind of question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lms.exchange.formats.found import Found, Given, Trouble, checked, unsupported
from lms.exchange.formats.lesser import or_true_false
from lms.imports.sheets import Sheet
from lms.refusals import Refusal
from lms.vietnamese import fold

KEYS = {
    "stem": ("cau hoi", "noi dung cau hoi", "noi dung", "question", "question text", "de bai", "loi hoi"),
    "answer": (
        "dap an", "dap an dung", "answer", "key", "tra loi dung", "dap an chon", "correct", "correct answer",
        "correct answers", "correct option", "right answer",
    ),
    "explain": (
        "giai thich", "loi giai", "ghi chu", "explanation", "huong dan giai", "answer explanation",
    ),
    "options": ("phuong an", "cac phuong an", "phuong an tra loi", "lua chon", "cac lua chon", "options"),
    "type": ("loai", "loai cau", "loai cau hoi", "type", "question type"),
    "level": ("muc", "muc do", "level", "do kho", "difficulty"),
    "competency": ("nang luc", "ma nang luc", "competency"),
}  # fmt: skip
LEVELS = {
    **{"1": "1", "2": "2", "3": "3", "nb": "1", "th": "2", "vd": "3"},
    **{"de": "1", "trung binh": "2", "kho": "3", "easy": "1", "medium": "2", "hard": "3"},
    **{"nhan biet": "1", "biet": "1", "thong hieu": "2", "hieu": "2"},
    **{"van dung": "3", "van dung thap": "3", "van dung cao": "3"},
}  # fmt: skip
_COMPETENCY = re.compile(r"s[1-9]\.\d{1,2}|f")
_IN_ONE_CELL = re.compile(r"(?:^|\s)([A-H])\s*[.)]\s+")
_LETTER = re.compile(r"(?:phuong an |dap an |lua chon |option |answer )?([a-h])")
_PLACE = re.compile(r"(?:phuong an|dap an|lua chon|option|answer) ?([1-8])")
_LIMITS = re.compile(r" (?:[-–] (?:max|choose|\d).*|\([^()]*\))$")
"""What a column adds to its name: « - max 75 characters», «(A/B/C/D)»."""
_BY_PLACE = re.compile(r"[1-8](?: ?[,;] ?[1-8])*")
_NO_MATTER = ("stt", "tt", "#", "so", "cau", "question #", "id", "ma cau", "ma cau hoi")
_SEVERAL = ("nhieu y", "nhieu dap an", "nhieu lua chon", "chon nhieu", "multiple", "checkbox", "multiple answer")
_ONE = ("single", "mot y", "mot dap an", "trac nghiem", "multiple choice", "mcq", "quiz", "")
_TRUE_FALSE = ("dung sai", "dung/sai", "truefalse", "true false", "true/false")
_WORDS = ("fill in the blank", "short answer", "short", "dien tu", "dien khuyet", "dien vao cho trong", "tra loi ngan")
_LOOKED_AT = 20
FORMULA_SIGNS = ("=", "+", "-", "@", "'")


def read(sheets: Sequence[Sheet]) -> list[Found]:
    found = [one for sheet in sheets if not sheet.hidden for one in read_sheet(sheet)]
    if not found:
        sentence = (
            "Không thấy bảng câu hỏi nào. Cần các cột: Câu hỏi, A, B, C, D, Đáp án. Tên cột đứng trong 20 dòng đầu."
        )
        raise Refusal(sentence, "no-table")
    return checked(found)


def read_sheet(sheet: Sheet) -> list[Found]:
    """The questions of one page; none where it has no header that asks for any."""
    for row in range(1, min(len(sheet.rows), _LOOKED_AT) + 1):
        columns = _columns(sheet, row)
        if {"stem", "answer"} <= columns.at.keys() and {"a", "options"} & columns.at.keys():
            below = [one for one in range(row + 1, len(sheet.rows) + 1) if any(sheet.rows[one - 1])]
            found = [or_true_false(_question(sheet, one, columns)) for one in below]
            return _telling_unused(found, columns.unused)
    return []


def keys_said(said: str, options: Mapping[str, str]) -> set[str]:
    """«B», «A, C», «AC», «Option B», or the words of the option itself."""
    if said.casefold() in options:
        return {said.casefold()}
    same = {name for name, text in options.items() if fold(text) == fold(said) and said}
    named = _LETTER.fullmatch(fold(said))
    letters = named[1] if named else re.sub(r"[\s,;.)+&]|và", "", said.casefold())
    return same or (set(letters) if re.fullmatch(r"[a-h]{1,8}", letters) else set())


@dataclass(frozen=True, slots=True)
class _Columns:
    at: Mapping[str, int]
    """What → where."""
    by_place: bool
    """The options are numbered: so are the answers."""
    unused: tuple[str, ...]


def _columns(sheet: Sheet, row: int) -> _Columns:
    columns: dict[str, int] = {}
    unused, by_place = [], False
    for column, cell in enumerate(sheet.rows[row - 1], 1):
        said = _LIMITS.sub("", fold(cell.text.replace("_", " ")))
        said = said.removesuffix("(s)").strip()
        letter, place = _LETTER.fullmatch(said), _PLACE.fullmatch(said)
        name = letter[1] if letter else next((name for name, words in KEYS.items() if said in words), "")
        if place and not name:
            name, by_place = "abcdefgh"[int(place[1]) - 1], True
        if name:
            columns.setdefault(name, column)
        elif said and said not in _NO_MATTER:
            unused.append(cell.text.strip())
    return _Columns(columns, by_place, tuple(unused))


def _telling_unused(found: list[Found], unused: Sequence[str]) -> list[Found]:
    """Columns nobody reads are named once, at the first question."""
    if not found or not unused:
        return found
    what = f"Cột không dùng đến: {', '.join(one[:40] for one in unused[:10])}."
    first = replace(found[0], problems=(*found[0].problems, Trouble(found[0].line, what, "note")))
    return [first, *found[1:]]


def _question(sheet: Sheet, row: int, columns: _Columns) -> Found:
    troubles = [
        Trouble(row, "Ô là công thức (bắt đầu bằng =) nên không đọc được.", "error", name)
        for name, column in columns.at.items()
        if sheet.cell(row, column).formula
    ]
    said = {name: _unguarded(sheet.cell(row, column).text) for name, column in columns.at.items()}
    options = {name: said[name] for name in sorted(columns.at) if len(name) == 1 and said[name]}
    options = options or _from_one_cell(said.get("options", ""))
    kind = fold(said.get("type", "")).replace("-", " ")
    if kind in _WORDS:
        return _in_words(sheet, row, said, options, troubles)
    if kind not in (*_SEVERAL, *_ONE, *_TRUE_FALSE):
        return unsupported(row, said["type"][:40], said["stem"], category=sheet.name)
    if not options and (kind in _TRUE_FALSE or fold(said["answer"]) in ("dung", "sai", "true", "false")):
        options = {"a": "Đúng", "b": "Sai"}
        said["answer"] = {"true": "Đúng", "false": "Sai"}.get(fold(said["answer"]), said["answer"])
    keys, doubts = _keys(row, said["answer"], options, columns.by_place)
    answers = tuple(Given(text, round(1 / len(keys), 7) if name in keys else 0.0) for name, text in options.items())
    marks, notes = _marks(row, said)
    several = len(keys) > 1 or kind in _SEVERAL
    return Found(
        row, "multiple" if several else "single", said["stem"], answers, said.get("explain", ""),
        category=sheet.name, problems=(*troubles, *doubts, *notes), marks=marks,
    )  # fmt: skip


def _keys(row: int, said: str, options: Mapping[str, str], by_place: bool) -> tuple[set[str], list[Trouble]]:
    """Which options are right, and what a person should look at. A number is a place where the options are numbered; where
    they are lettered it is first the words of an option, then a place, which is told."""
    named = set() if by_place else keys_said(said, options)
    doubts = []
    if not named and _BY_PLACE.fullmatch(fold(said)):
        named = {"abcdefgh"[int(one) - 1] for one in re.findall(r"\d", said)}
        if not by_place:
            letters = ", ".join(sorted(named)).upper()
            doubts.append(
                Trouble(row, f"Đáp án «{said}» được hiểu là phương án thứ {said} ({letters}).", "note", "Đáp án")
            )
    named = named or keys_said(said, options)
    if not named or not named <= set(options):
        what = f"Đáp án «{said[:60]}» không chỉ vào phương án nào."
        return named & set(options), [Trouble(row, what, "error", "Đáp án")]
    return named, doubts


def _in_words(
    sheet: Sheet, row: int, said: Mapping[str, str], options: Mapping[str, str], troubles: Sequence[Trouble]
) -> Found:
    """A gap to fill in: every option, or the answer itself where none is given, is a right word."""
    words = tuple(options.values()) or ((said["answer"],) if said["answer"] else ())
    marks, notes = _marks(row, said)
    return Found(
        row, "short", said["stem"], tuple(Given(one, 1.0) for one in words), said.get("explain", ""),
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
