"""The register as pages of a workbook: numbers are numbers, days are days, and no name can become a formula."""

from collections.abc import Mapping, Sequence

from lms.clock import day_of
from lms.documents.workbooks import Value, WrittenPage
from lms.gradebooks.actions.reading import (
    CODE_HEADER,
    LEGEND,
    NAME_HEADER,
    PAGE_NAME,
    REMARK_HEADER,
    SHORT_MARKS,
    book_mark,
    subject_header,
)
from lms.gradebooks.forms import TERM_WORDS
from lms.gradebooks.queries import Line, Subject
from lms.gradebooks.rules.marks import GENERAL, MARK_WORDS, Entry
from lms.gradebooks.views.doors import Book
from lms.vietnamese import format_date

YEAR_OF_BIRTH = "Năm sinh"
PASSED = "Số mục đạt"


def pages(
    book: Book, site: str, columns: Sequence[Subject], lines: Sequence[Line], history: Mapping[int, Sequence[Entry]],
    writers: Mapping[int, str],
) -> list[WrittenPage]:  # fmt: skip
    """The register, the sheet to fill in away from the network, and everything the teachers wrote."""
    titles = [f"{site} · Lớp {book.row.name} · {book.row.school_year} · {TERM_WORDS[book.term]}"]
    return [
        _register(titles + [f"Kết quả đến hết ngày {format_date(book.as_of)}"], columns, lines),
        _to_fill_in(book, titles, columns, lines),
        _history(titles, columns, lines, history, writers),
    ]


def _register(titles: list[str], columns: Sequence[Subject], lines: Sequence[Line]) -> WrittenPage:
    header = ["STT", CODE_HEADER, NAME_HEADER, YEAR_OF_BIRTH, *(one.title for one in columns), PASSED, REMARK_HEADER]
    rows = [
        [
            n,
            line.person.id,
            line.person.full_name,
            line.person.birth_year,
            *(MARK_WORDS[cell.mark] + (" (thầy cô)" if cell.is_teachers else "") for cell in line.cells),
            line.passed,
            line.remark.words if line.remark else None,
        ]
        for n, line in enumerate(lines, 1)
    ]
    widths = [6, 9, 28, 10, *[15] * len(columns), 10, 50]
    return WrittenPage("Sổ theo dõi", header, rows, titles=titles, widths=widths)


def _to_fill_in(book: Book, titles: list[str], columns: Sequence[Subject], lines: Sequence[Line]) -> WrittenPage:
    header = [CODE_HEADER, NAME_HEADER, *(subject_header(one.id, one.title) for one in columns), REMARK_HEADER]
    rows: list[list[Value]] = [
        [
            line.person.id,
            line.person.full_name,
            *(SHORT_MARKS[cell.entry.mark] if cell.entry and cell.entry.mark else None for cell in line.cells),
            line.remark.words if line.remark else None,
        ]
        for line in lines
    ]
    above = [*titles, f"Mã sổ: {book_mark(book.row.id, book.term)}", LEGEND]
    return WrittenPage(PAGE_NAME, header, rows, titles=above, widths=[9, 28, *[16] * len(columns), 50])


def _history(
    titles: list[str], columns: Sequence[Subject], lines: Sequence[Line], history: Mapping[int, Sequence[Entry]],
    writers: Mapping[int, str],
) -> WrittenPage:  # fmt: skip
    named = {one.id: one.title for one in columns} | {GENERAL: "Nhận xét chung"}
    header = ("Ngày ghi", CODE_HEADER, NAME_HEADER, "Học kỳ", "Nội dung", "Đánh giá", "Lời ghi", "Người ghi")
    rows = [
        [
            day_of(one.at),
            line.person.id,
            line.person.full_name,
            str({str(term): words for term, words in TERM_WORDS.items()}[one.term]),
            named.get(one.subject, one.subject),
            MARK_WORDS[one.mark] if one.mark else None,
            one.words,
            writers.get(one.by, ""),
        ]
        for line in lines
        for one in history.get(line.person.id, ())
    ]
    widths = (12, 9, 28, 12, 24, 12, 60, 28)
    return WrittenPage("Lời thầy cô", header, rows, titles=titles, widths=widths, real_dates=True)
