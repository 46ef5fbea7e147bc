"""Office words, letters that stand for words, amounts and days: told where they stand, and nothing else is."""

from datetime import date

import pytest

from lms.library.problems import has_errors
from lms.library.reading import read_books
from tests.library.shelf import Shelf

TODAY = date(2026, 11, 22)
REMINDERS = [
    ("lesson", "Đọc kỹ rồi mới gửi.", "Tiến hành đọc kỹ.", "«Tiến hành» là chữ của cơ quan, nên viết: làm"),
    ("questions", 'text: "Cổng đuôi lạ"', 'text: "Cổng tiến hành lạ"', "«tiến hành» là chữ của cơ quan"),
    ("lesson", "Đọc kỹ rồi mới gửi.", "Hỏi UBND rồi mới gửi.", "chữ tắt «UBND» chưa được giải thích"),
    ("lesson", "Đọc kỹ rồi mới gửi.", "Trả 10000đ rồi mới gửi.", "«10000đ»: số tiền có dấu chấm"),
    ("lesson", "Đọc kỹ rồi mới gửi.", "Trả 10k rồi mới gửi.", "«10k»: số tiền viết đủ"),
    ("questions", 'text: "Cổng đuôi lạ"', 'text: "Cổng 10,000 đồng"', "ngăn nghìn bằng dấu chấm"),
    ("lesson", "Đọc kỹ rồi mới gửi.", "Hẹn 2026-09-05 mới gửi.", "ngày viết như «05/09/2026»"),
    ("lesson", "Đọc kỹ rồi mới gửi.", "Hẹn 5.9.2026 mới gửi.", "ngày viết như «05/09/2026»"),
]


@pytest.mark.parametrize("fault", REMINDERS, ids=[fault[3] for fault in REMINDERS])
def test_it_is_told_with_its_line(shelf: Shelf, fault: tuple[str, str, str, str]) -> None:
    name, old, new, told = fault
    line = shelf.replace(name, old, new)
    _, problems = read_books([shelf.folder], TODAY)
    assert not has_errors(problems)
    heard = [problem for problem in problems if told in problem.text]
    assert heard and (heard[0].path, heard[0].line) == (shelf.path(name), line), [str(one) for one in problems]


@pytest.mark.parametrize(
    "line",
    [
        "Hỏi [[UBND|uỷ ban xã]]. UBND mở lúc 7 giờ.",
        "Máy hiện «UBND tiến hành, 10000đ».",
        "Quét QR. KHÔNG đọc mã. Đây là THỦ TỤC MAU.",
        "Trả 10.000đ hoặc 10.000 đồng ngày 05/09/2026.",
    ],
)
def test_explained_read_out_shouted_and_well_written_words_pass(shelf: Shelf, line: str) -> None:
    shelf.replace("lesson", "Đọc kỹ rồi mới gửi.", line)
    assert read_books([shelf.folder], TODAY)[1] == []
