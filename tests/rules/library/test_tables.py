"""A table too wide for a phone is told where it stands; one that fits, or breaks, is left alone."""

from dataclasses import replace

import pytest

from lms.library.checks import tables
from lms.library.problems import Findings
from tests import shipped

BOOKS = shipped.books()
LONG = "gov.vn.hotro.example/nhan-tien"


def told(tmp_path, *lines):
    page = tmp_path / "lesson.md"
    page.write_text("\n".join(["---", "id: l.s4.1", "---", "Đọc đuôi của địa chỉ.", "", *lines]), encoding="utf-8")
    lesson = BOOKS.lessons[0]
    findings = Findings()
    here = replace(lesson, place=replace(lesson.place, path=page))
    tables.check(replace(BOOKS, courses=(replace(BOOKS.courses[0], lessons=(here,)),), observer=None), findings)
    return [(one.line, one.text) for one in findings.in_order()]


def test_a_wide_table_is_told_with_its_place_and_its_longest_word(tmp_path):
    rows = ("| Địa chỉ | Đuôi | Kết luận |", "|---|---|---|", f"| {LONG} | .example | Giả, chữ ở giữa |")
    ((line, text),) = told(tmp_path, *rows)
    assert line == 6 and "bảng rộng chừng" in text and f"«{LONG[:21]}»" in text


@pytest.mark.parametrize(
    "rows",
    [
        ("| Địa chỉ | Kết luận |", "|---|---|", f"| {LONG} | Đuôi .example: giả |"),
        ("| Địa chỉ | Đuôi | Kết luận |", "|---|---|---|", f"| `{LONG}` | .example | Giả |"),
        ("| Một | Hai | Ba | Bốn |", "|---|---|---|---|", "| dichvucong.gov.vn | dichvucong.gov.vn | một | hai |"),
    ],
    ids=["short enough", "breaks anywhere", "a card on a phone"],
)
def test_a_table_that_fits_is_left_alone(tmp_path, rows):
    assert told(tmp_path, *rows) == []


def test_the_stroke_of_a_word_explained_on_tap_parts_no_cells(tmp_path):
    rows = ("| Địa chỉ | Đuôi | Nhà ai |", "|---|---|---|", f"| {LONG} | [[.example|tên để làm ví dụ]] | Người |")
    assert len(told(tmp_path, *rows)) == 1, "read as four columns it would be cards, and fit"


def test_a_dated_value_counts_with_its_length(tmp_path):
    fact = max((one for one in BOOKS.facts if " " not in one.shown), key=lambda one: len(one.shown))
    row = f"| {{{{fact:{fact.id}}}}} | {'x' * 40} |"
    ((_, text),) = told(tmp_path, "| Ở đâu | Gì |", "|---|---|", row)
    assert f"rộng chừng {(len(fact.shown) + 40) * tables.LETTER + 2 * tables.PADDING:.0f} " in text


def test_the_shipped_tables_fit():
    findings = Findings()
    tables.check(BOOKS, findings)
    assert findings.in_order() == []
