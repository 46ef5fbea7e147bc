"""Tables in the shapes other systems and teachers' templates have: header far down, options by number, kinds by name.

The shapes are those of public files; the questions are ours.
"""

import pytest

from lms.exchange.formats.found import Found
from lms.exchange.reading import read_questions
from lms.refusals import Refusal
from tests.documents.books import table_book
from tests.exchange.test_read_packages import paragraph, table, word

KAHOOT = [
    ["", "Quiz template"],
    ["", "Add questions below."],
    [],
    ["", "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters",
     "Answer 3 - max 75 characters", "Answer 4 - max 75 characters",
     "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs", "Correct answer(s) - choose at least one"],
    ["1", "Mã OTP để làm gì?", "Xác nhận giao dịch", "Khoe bạn", "Trang trí", "Gửi người lạ", "20", "1"],
    ["2", "Chọn hai việc nên làm", "Khoá máy", "Đọc mã cho người gọi", "Đổi mật khẩu", "", "30", "1,3"],
]  # fmt: skip
QUIZIZZ = [
    ["Question Text", "Question Type", "Option 1", "Option 2", "Option 3", "Option 4", "Option 5", "Correct Answer",
     "Time in seconds", "Image Link", "Answer explanation"],
    ["Có mấy số trong 113?", "Multiple Choice", "2", "3", "1", "4", "", "2", "30", "", "Đếm lại xem."],
    ["Chọn số chẵn", "Checkbox", "2", "3", "4", "", "", "1,3", "30", "", ""],
    ["Số gọi công an là …", "Fill-in-the-Blank", "113", "một một ba", "", "", "", "", "30", "", ""],
    ["Kể chuyện em biết", "Open-Ended", "", "", "", "", "", "", "60", "", ""],
]  # fmt: skip
OURS = [
    ["STT", "Loại", "Câu hỏi", "Đáp án A", "Đáp án B", "Đáp án C", "Đáp án D", "Đáp án đúng (A/B/C/D)", "Độ khó"],
    ["1", "single", "Ai được hỏi mật khẩu?", "Không ai", "Bạn", "Mẹ", "Cô", "A", "Dễ"],
    ["2", "truefalse", "Mã OTP không đưa cho ai.", "", "", "", "", "Đúng", ""],
    ["3", "single", "Cộng 1 với 1", "3", "2", "1", "4", "2", ""],
    ["4", "single", "Số thứ tự", "một", "hai", "ba", "bốn", "3", ""],
    ["5", "single", "Không có", "một", "hai", "ba", "bốn", "0", ""],
    ["6", "essay", "Viết ba câu", "Ý một", "", "", "", "", ""],
]


def read(rows: list[list[str]]) -> list[Found]:
    return read_questions("de.xlsx", table_book(rows), "xlsx")


def keys(found: Found) -> list[str]:
    return [one.text for one in found.answers if one.fraction > 0]


def notes(found: Found) -> str:
    return " ".join(one.what for one in found.problems)


def test_numbered_options_and_a_header_below_a_title() -> None:
    first, second = read(KAHOOT)
    assert (first.line, first.type, keys(first)) == (5, "single", ["Xác nhận giao dịch"])
    assert (second.type, keys(second), len(second.answers)) == ("multiple", ["Khoá máy", "Đổi mật khẩu"], 3)
    assert "Time limit" in notes(first) and "Time limit" not in notes(second)
    assert first.is_usable and second.is_usable


def test_where_options_are_numbered_a_number_is_a_place_and_not_a_word() -> None:
    """«2» is the second option, though an option that reads «2» stands first."""
    number, chosen, gap, told = read(QUIZIZZ)
    assert (number.type, keys(number), number.explain) == ("single", ["3"], "Đếm lại xem.")
    assert (chosen.type, keys(chosen)) == ("multiple", ["2", "4"])
    assert (gap.type, [(one.text, one.fraction) for one in gap.answers]) == ("short", [("113", 1), ("một một ba", 1)])
    assert not told.is_usable and "Open-Ended" in notes(told) and told.stem == "Kể chuyện em biết"


def test_templates_of_schools() -> None:
    letter, yes, word_first, place, nought, essay = read(OURS)
    assert (keys(letter), letter.marks) == (["Không ai"], (("level", "1"),))
    assert (yes.type, keys(yes)) == ("truefalse", ["Đúng"])
    assert keys(word_first) == ["2"] and not word_first.problems  # lettered options: the words of an option come first
    assert keys(place) == ["ba"] and "phương án thứ 3 (C)" in notes(place) and place.is_usable
    assert not nought.is_usable and "«0»" in notes(nought)
    assert not essay.is_usable and "essay" in notes(essay)


@pytest.mark.parametrize("header", ["option_a,option_b,correct_option", "Option A,Option B,Correct Answer", "A,B,Key"])
def test_other_names_of_the_same_columns(header: str) -> None:
    content = f"question,{header}\nAi hỏi?,Kẻ gian,Bạn,Option B\n".encode()
    (found,) = read_questions("de.csv", content, "csv")
    assert found.is_usable and keys(found) == ["Bạn"]


def test_a_table_with_places_from_nought_is_not_guessed() -> None:
    rows = [["Câu hỏi", "Đáp án A", "Đáp án B", "Vị trí đáp án đúng (0-3)"], ["Ai?", "x", "y", "1"]]
    with pytest.raises(Refusal, match="Không thấy bảng câu hỏi"):
        read(rows)


def test_in_word_red_or_a_star_is_the_key_too() -> None:
    red = paragraph("Kẻ gian", '<w:color w:val="FF0000"/>')
    black = paragraph("Bạn", '<w:color w:val="1F3864"/>')
    (found,) = read_questions("de.docx", word(table(["Câu 1", "Ai?"], ["A", red], ["B", black])), "docx")
    assert keys(found) == ["Kẻ gian"] and "tô màu" in notes(found)
    cells = table(["Câu 1: Ai?"], ["A. Kẻ gian", "*B. Bạn"])
    (found,) = read_questions("de.docx", word(cells), "docx")
    assert keys(found) == ["Bạn"]
