"""Question tables in Word: a row for each question, or a table for each question, as teachers keep them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lms.documents.archive import Archive
from lms.documents.limits import MAX_TEXT, too_much_text
from lms.documents.markup import stream
from lms.exchange.formats.found import Found, Given, Trouble, checked
from lms.exchange.formats.table import KEYS, LEVELS, keys_said, read_sheet
from lms.imports.sheets import Cell, Sheet
from lms.refusals import Refusal
from lms.vietnamese import fold

_DOCUMENT = "word/document.xml"
_MACROS = "word/vbaProject.bin"
_QUESTION = re.compile(r"\s*(?:câu|bài|question)(?:\s+hỏi)?(?:\s+số)?\s*\d{1,4}\s*[:.)]?\s*", re.IGNORECASE)
_OPTION = re.compile(r"\s*(\*?)\s*([A-H])\s*[.):]\s*(\S.*)", re.DOTALL)
_RED = re.compile(r"(?:FF|[EDC][0-9A-F])[0-3][0-9A-F]{3}", re.IGNORECASE)
"""The reds of Word's palette; a right answer is often written in one."""
_LABELLED = re.compile(
    r"\s*(đáp án(?: đúng)?|giải thích|lời giải|hướng dẫn giải)\s*[:.]\s*(\S.*)", re.IGNORECASE | re.DOTALL
)
_NAMES = {
    "answer": KEYS["answer"],
    "explain": KEYS["explain"],
    "stem": KEYS["stem"],
    "level": KEYS["level"],
    "competency": KEYS["competency"],
}


@dataclass(slots=True)
class WordCell:
    text: str = ""
    marked: bool = False
    """Underlined, highlighted or in red, as teachers mark the right answer."""


@dataclass(slots=True)
class WordTable:
    rows: list[list[WordCell]] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)


def read(content: bytes) -> list[Found]:
    archive = Archive(content)
    if _MACROS in archive:
        raise Refusal("Tệp có macro nên không được nhận. Hãy lưu lại thành .docx (không macro) rồi gửi.", "file-macro")
    if _DOCUMENT not in archive:
        raise Refusal("Bên trong tệp không phải văn bản Word. Hãy mở và lưu lại thành .docx.", "file-renamed")
    document = _Document()
    stream(archive.pieces(_DOCUMENT), document.start, document.end, document.said)
    found = [one for number, table in enumerate(document.tables, 1) for one in _table(number, table)]
    found += [_outside(number, said) for number, said in enumerate(document.lines, 1) if _QUESTION.match(said)]
    if not found:
        sentence = (
            "Không thấy bảng câu hỏi nào. Cần bảng có các cột Câu hỏi, A, B, C, D, Đáp án, hoặc mỗi câu một bảng."
        )
        raise Refusal(sentence, "no-table")
    return checked(found)


class _Document:
    """Gathers tables while the document streams by; a table inside a cell belongs to that cell."""

    def __init__(self) -> None:
        self.tables: list[WordTable] = []
        self.lines: list[str] = []
        self.depth = self.hidden = self.letters = 0
        self.is_text = self.is_marked = False
        self.line = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "tbl":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(WordTable())
        elif self.depth == 1 and tag == "tr":
            self.tables[-1].rows.append([])
        elif self.depth == 1 and tag == "tc" and self.tables[-1].rows:
            self.tables[-1].rows[-1].append(WordCell())
        elif tag in ("del", "moveFrom"):
            self.hidden += 1
        elif tag == "r":
            self.is_marked = False
        elif _is_mark(tag, attributes.get("w:val", "single")):
            self.is_marked = True
        elif tag in ("drawing", "pict", "oMath", "object") and self.depth:
            self.note(tag)
        self.is_text = tag == "t"
        if tag in ("br", "cr", "tab"):
            self.put("\t" if tag == "tab" else "\n")

    def end(self, tag: str) -> None:
        if tag == "tbl":
            self.depth -= 1
        elif tag in ("del", "moveFrom"):
            self.hidden -= 1
        elif tag == "p":
            self.put("\n")
            if not self.depth:
                self.lines.append(self.line.strip())
                self.line = ""
        self.is_text = False

    def said(self, piece: str) -> None:
        if self.is_text and not self.hidden:
            self.put(piece)

    def put(self, piece: str) -> None:
        self.letters += len(piece)
        if self.letters > MAX_TEXT:
            raise too_much_text()
        if not self.depth:
            self.line += piece
        elif self.tables[-1].rows and self.tables[-1].rows[-1]:
            cell = self.tables[-1].rows[-1][-1]
            cell.text += piece
            cell.marked = cell.marked or (self.is_marked and bool(piece.strip()))

    def note(self, tag: str) -> None:
        what = "Công thức trong bảng chưa được nhập." if tag == "oMath" else "Ảnh trong bảng chưa được nhập."
        if what not in self.tables[-1].losses:
            self.tables[-1].losses.append(what)


def _is_mark(tag: str, value: str) -> bool:
    if tag == "color":
        return bool(_RED.fullmatch(value))
    return tag in ("u", "highlight") and value not in ("none", "white", "0")


def _table(number: int, table: WordTable) -> Iterator[Found]:
    name = f"bảng {number}"
    rows = tuple(
        tuple(Cell(_tidy(cell.text), "text" if cell.text.strip() else "empty") for cell in row) for row in table.rows
    )
    found = read_sheet(Sheet(name=name, rows=rows)) or list(_by_labels(name, table))
    for at, one in enumerate(found):
        # Which question of the table the picture belongs to is not known: the first tells it for all.
        notes = [Trouble(one.line, what, "note", name) for what in table.losses] if not at else []
        yield Found(
            one.line, one.type, one.stem, one.answers, one.explain, one.name, name, (*one.problems, *notes), one.marks
        )


def _by_labels(name: str, table: WordTable) -> Iterator[Found]:
    """`Câu 1 | lời hỏi`, `A | phương án` …, or the same written inside the cells: «Câu 1: …», «A. …», «Đáp án: B»."""
    asked = _Asked(name, 0)
    for number, row in enumerate(table.rows, 1):
        for what, said, marked in _parts(row):
            if what == "stem" and asked.parts:
                if asked.is_question:
                    yield asked.found()
                asked = _Asked(name, number)
            asked.line = asked.line or number
            asked.take(what, said, marked)
    if asked.is_question:
        yield asked.found()


def _parts(row: list[WordCell]) -> Iterator[tuple[str, str, bool]]:
    cells = [cell for cell in row if cell.text.strip()]
    if len(cells) > 1:
        label = _label(cells[0].text)
        if label:
            marked = any(cell.marked for cell in cells)
            yield label, _tidy("\n".join(cell.text for cell in cells[1:])), marked
            return
    for cell in cells:
        said = _tidy(cell.text)
        option, labelled, question = _OPTION.fullmatch(said), _LABELLED.fullmatch(said), _QUESTION.match(said)
        if option and "\n" in said and len(re.findall(r"(?m)^\*?[A-H][.)]", said)) > 1:
            for line in said.split("\n"):
                one = _OPTION.fullmatch(line)
                yield (one[2].lower(), one[3], bool(one[1])) if one else ("", line, False)
        elif option:
            yield option[2].lower(), option[3], cell.marked or bool(option[1])
        elif labelled:
            yield "explain" if fold(labelled[1]).startswith(("giai", "loi", "huong")) else "answer", labelled[2], False
        elif question and said[question.end() :].strip():
            yield "stem", said[question.end() :].strip(), False
        else:
            yield "", said, False


def _label(said: str) -> str:
    words = fold(_tidy(said)).strip(" .:)*")
    if re.fullmatch(r"(?:phuong an |dap an |lua chon )?[a-h]", words):
        return words[-1]
    if _QUESTION.fullmatch(_tidy(said)):
        return "stem"
    return next((name for name, known in _NAMES.items() if words in known), "")


@dataclass(slots=True)
class _Asked:
    """One question being gathered from a table of its own."""

    name: str
    line: int
    parts: dict[str, str] = field(default_factory=dict)
    marked: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def is_question(self) -> bool:
        return "stem" in self.parts or sum(len(name) == 1 for name in self.parts) > 1

    def take(self, what: str, said: str, marked: bool) -> None:
        if not what and "stem" not in self.parts:
            what = "stem"
        if not what or what in self.parts:
            self.left.append(said)
            return
        self.parts[what] = said
        if marked and len(what) == 1:
            self.marked.append(what)

    def found(self) -> Found:
        options = {name: self.parts[name] for name in sorted(self.parts) if len(name) == 1}
        said = self.parts.get("answer", "")
        keys = keys_said(said, options) if said else set(self.marked)
        troubles = [
            Trouble(self.line, f"Ô «{one[:60]}» không được hiểu nên không được giữ.", "note", self.name)
            for one in self.left
        ]
        if not said and self.marked:
            what = f"Đáp án lấy theo phương án gạch chân, tô màu hoặc có dấu *: {', '.join(self.marked).upper()}."
            troubles.append(Trouble(self.line, what, "note", self.name))
        elif not keys or not keys <= set(options):
            troubles.append(
                Trouble(self.line, f"Đáp án «{said[:60]}» không chỉ vào phương án nào.", "error", self.name)
            )
        answers = tuple(Given(text, round(1 / len(keys), 7) if one in keys else 0.0) for one, text in options.items())
        kind = "multiple" if len(keys) > 1 else "single"
        marks = tuple((name, value) for name, value in (("competency", self.parts.get("competency", "")),) if value)
        level = LEVELS.get(fold(self.parts.get("level", "")), "")
        return Found(
            self.line, kind, self.parts.get("stem", ""), answers, self.parts.get("explain", ""),
            problems=tuple(troubles), marks=(*marks, *((("level", level),) if level else ())),
        )  # fmt: skip


def _outside(number: int, said: str) -> Found:
    what = "Câu này đứng ngoài bảng nên chưa đọc được. Hãy đưa vào bảng, hoặc gửi ở dạng Aiken hay GIFT."
    return Found(number, "ngoài bảng", said[:200], problems=(Trouble(number, what, "error", f"đoạn {number}"),))


def _tidy(said: str) -> str:
    return re.sub(r" *\n\s*", "\n", re.sub(r"[ \t\xa0]+", " ", said)).strip()
