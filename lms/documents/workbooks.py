"""Workbooks that go out: every cell is text or a plain number, so nothing a stranger typed can become a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from lms.vietnamese import clean, format_date

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | float | date | None

_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)  # the same content gives the same bytes


@dataclass(frozen=True)
class WrittenPage:
    """One page: lines above the header, the header, the rows; `widths` in letters, by column."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]
    titles: Sequence[str] = ()
    above: Sequence[Sequence[str]] = ()
    """Upper lines of a header of several."""
    widths: Sequence[int] = ()
    marked: frozenset[str] = frozenset()
    """Headers of columns to colour, such as «Lỗi»."""
    empty_lines: int = 0
    """Lines below that are kept as text when somebody types into them: codes and phone numbers keep their zeros."""
    real_dates: bool = False
    """Days as days a spreadsheet can reckon with; lists to be sent back keep them as the text that was sent."""


def write_workbook(pages: Sequence[WrittenPage]) -> bytes:
    """An .xlsx file, written row by row in constant memory."""
    import xlsxwriter  # heavy

    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"created": _MADE_AT})
        styles = {
            "title": workbook.add_format({"bold": True, "font_size": 13}),
            "header": workbook.add_format(
                {"bold": True, "bg_color": "#E8E2D6", "border": 1, "text_wrap": True, "valign": "top"}
            ),
            "text": workbook.add_format({"num_format": "@", "valign": "top"}),
            "kept": workbook.add_format({"num_format": "@", "quote_prefix": True, "valign": "top"}),
            "marked": workbook.add_format(
                {"num_format": "@", "bg_color": "#FBE9C6", "text_wrap": True, "valign": "top"}
            ),
            "number": workbook.add_format({"valign": "top"}),
            "day": workbook.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"}),
        }
        names: set[str] = set()
        for page in pages:
            _write_page(workbook.add_worksheet(_free_name(page.name, names)), page, styles)
    return out.getvalue()


def _write_page(sheet, page: WrittenPage, styles) -> None:  # type: ignore[no-untyped-def] # xlsxwriter has no types
    for column, _ in enumerate(page.header):
        sheet.set_column(column, column, page.widths[column] if column < len(page.widths) else 18, styles["text"])
    top = 0
    for title in page.titles:
        sheet.write_string(top, 0, title, styles["title"])
        top += 1
    for line in page.above:
        _write_header(sheet, top, line, styles)
        top += 1
    _write_header(sheet, top, page.header, styles)
    sheet.freeze_panes(top + 1, 0)
    for row, values in enumerate(page.rows, start=top + 1):
        for column, value in enumerate(values):
            if page.real_dates and isinstance(value, date):
                sheet.write_datetime(row, column, value, styles["day"])
                continue
            is_marked = column < len(page.header) and page.header[column] in page.marked
            _write_value(sheet, row, column, value, styles, is_marked)
        top = row
    for row in range(top + 1, top + 1 + page.empty_lines):
        for column, _ in enumerate(page.header):
            sheet.write_blank(row, column, None, styles["text"])


def _write_header(sheet, row: int, texts: Sequence[str], styles) -> None:  # type: ignore[no-untyped-def]
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, styles["header"])


def _write_value(sheet, row: int, column: int, value: Value, styles, is_marked: bool) -> None:  # type: ignore[no-untyped-def]
    if value is None or value == "":
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, styles["number"])
        return
    text = format_date(value) if isinstance(value, date) else str(value)[:_LONGEST_TEXT]
    style = "kept" if text.startswith(_STARTS_A_FORMULA) else "marked" if is_marked else "text"
    sheet.write_string(row, column, text, styles[style])


def _free_name(wanted: str, taken: set[str]) -> str:
    """A page name Excel accepts and no other page has."""
    base = clean(_FORBIDDEN_IN_NAMES.sub(" ", wanted))[:_LONGEST_NAME] or "Trang"
    name, number = base, 2
    while name.casefold() in taken:
        name = f"{base[: _LONGEST_NAME - 4]} ({number})"
        number += 1
    taken.add(name.casefold())
    return name
