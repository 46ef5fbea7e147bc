"""Questions of every type as an author writes them: read, published, asked by the rules; what is wrong is told with its line."""

from pathlib import Path

import pytest

from lms.library.pictures import files_of
from lms.library.reading import read_books
from lms.quizzes.publishing import body_of, faults
from lms.quizzes.rules.items import grade, problems, read_item, whole_answer
from tests.library.shelf import Shelf

TYPES = {
    "matching": """pairs: [{id: p1, left: "Hàng sai mẫu", right: "Đổi trả"}, {id: p2, left: "Đổi ý", right: "Huỷ đơn"}]
  extra_right: ["Gọi số lạ"]""",
    "ordering": """items: [{id: tim, text: "Tìm"}, {id: dien, text: "Điền"}, {id: dinh, text: "Đính"}, {id: nop, text: "Nộp"}]
  before: [[tim, dien], [dien, nop], [dinh, nop]]""",
    "numeric": """stem: "Phải trả?"
  answer: 115.000
  tolerance: {abs: 0}
  unit: đ
  wrong: [{value: 135000, feedback: "Quên trừ mã giảm."}]""",
    "short": """stem: "Gọi là mã gì?"
  accept: ["mã hồ sơ", "mã số hồ sơ"]
  reject: ["mã OTP"]
  accents: lenient
  typo: 1""",
    "cloze": """text: "Xem [[g1]] người nhận và [[g2]]."
  gaps: {g1: {type: short, accept: ["tên"]}, g2: {type: single, weight: 2, options: [{id: x, text: "số tiền", correct: true}, {id: y, text: "màu nền"}]}}""",
    "hotspot": """stem: "Chọn 1 chỗ đáng ngờ."
  pick: 1
  regions: [{id: a, box: [4, 2, 60, 8], alt: "Người gửi", target: true, text: "KHO QUÀ"}, {id: b, box: [4, 20, 60, 8], alt: "Giờ", text: "9:41"}]""",
    "scenario": """start: n1
  nodes: {n1: {say: "«Mở máy quay lên»", choices: [{id: hang, text: "Tắt máy", to: yen}, {id: obey, text: "Làm theo", to: mat, critical: true}]}, yen: {end: safe}, mat: {end: unsafe}}""",
    "multiple": """stem: "Những việc nào nên làm?"
  hide_count: true
  options: [{id: a, text: "Ngắt mạng", correct: true}, {id: b, text: "Gọi ngân hàng", correct: true}, {id: c, text: "Chờ", feedback: "Chậm."}]""",
}


def written(shelf: Shelf, kind: str, body: str = "") -> None:
    text = f"""- id: q.s1.p90
  type: {kind}
  competency: s1.1
  level: 1
  critical: false
  pool: luyen
  status: duyet
  {body or TYPES[kind]}
  explain: "Vì thế."
  step: l.s1.1#cong-that
  facts: []
"""
    path = shelf.path("questions")
    path.write_text(path.read_text("utf-8") + text, "utf-8")


@pytest.mark.parametrize("kind", TYPES)
def test_a_question_is_read_and_its_key_is_right(shelf: Shelf, kind: str) -> None:
    written(shelf, kind)
    books, told = read_books([shelf.folder])
    assert told == [] and faults(books) == []
    item = read_item(body_of(next(one for one in books.items if one.id == "q.s1.p90")))
    assert item.type == kind and item.stem
    assert grade(item, whole_answer(item)).right and problems(item) == []


FAULTS = [
    ("numeric", "answer: 115.000", "answer: nhiều", "cần một số"),
    ("ordering", "[[tim, dien], ", "[[tim], ", "mỗi mục là hai mã"),
    ("ordering", "[[tim, dien], [dien, nop], [dinh, nop]]", "tim", "danh sách của các danh sách"),
    ("hotspot", "pick: 1", "pick: 2", "pick phải bằng"),
    ("hotspot", "[4, 2, 60, 8]", "[4, 2, 60]", "bốn số"),
    ("short", "typo: 1", "typo: 2", "typo: «2»"),
    ("short", "accents: lenient", "accents: loose", "accents: «loose»"),
    ("cloze", "type: short", "type: matching", "type: «matching»"),
    ("scenario", "end: unsafe", "end: bad", "end: «bad»"),
    ("matching", "extra_right", "extra_left", "khoá lạ «extra_left»"),
]


@pytest.mark.parametrize(("kind", "old", "new", "said"), FAULTS, ids=[f"{row[0]} {row[2]}" for row in FAULTS])
def test_what_is_written_wrongly_is_told(shelf: Shelf, kind: str, old: str, new: str, said: str) -> None:
    assert old in TYPES[kind]
    written(shelf, kind, TYPES[kind].replace(old, new, 1))
    told = [str(one) for one in read_books([shelf.folder])[1]]
    assert any(said in one and "questions.yaml" in one for one in told), told


def test_what_only_the_rules_know_is_told_with_its_line(shelf: Shelf) -> None:
    written(shelf, "scenario", TYPES["scenario"].replace("to: yen", "to: mat"))
    books, told = read_books([shelf.folder])
    assert told == []
    found = faults(books)
    assert [one.level for one in found] == ["error"] * len(found) and "không có đường nào" in found[0].text
    line = found[0].path.read_text("utf-8").split("\n")[found[0].line - 1]
    assert "q.s1.p90" in line


def test_a_picture_and_a_recording_come_with_their_words(shelf: Shelf) -> None:
    folder = shelf.path("questions").parent
    Path(folder / "bien-nhan.png").write_bytes(b"\x89PNG\r\n\x1a\n and more")
    Path(folder / "loi-goi.mp3").write_bytes(b"ID3 and more")
    body = 'image: bien-nhan.png\n  alt: "Tờ biên nhận"\n  audio: loi-goi.mp3\n  transcript: "Alô"\n  ' + TYPES["short"]
    written(shelf, "short", body)
    books, told = read_books([shelf.folder])
    assert told == []
    media = read_item(body_of(next(one for one in books.items if one.id == "q.s1.p90"))).media
    assert media.alt == "Tờ biên nhận" and media.transcript == "Alô"
    names = files_of([shelf.folder])
    assert {media.image.removeprefix("/hinh/"), media.audio.removeprefix("/hinh/")} == set(names)


@pytest.mark.parametrize(("line", "said"), [
    ("image: bien-nhan.png", "thiếu «alt»"), ("image: khong-co.png\n  alt: x", "không thấy ảnh"),
    ("image: ../x.png\n  alt: x", "không thấy ảnh"), ("audio: bien-nhan.png\n  transcript: x", "không thấy tệp tiếng"),
    ("image: gia.png\n  alt: x", "không đúng loại tệp"),
])  # fmt: skip
def test_a_picture_without_words_or_bytes_is_refused(shelf: Shelf, line: str, said: str) -> None:
    folder = shelf.path("questions").parent
    Path(folder / "bien-nhan.png").write_bytes(b"\x89PNG\r\n\x1a\n and more")
    Path(folder / "gia.png").write_bytes(b"<svg onload=alert(1)>")
    written(shelf, "short", f"{line}\n  {TYPES['short']}")
    assert any(said in str(one) for one in read_books([shelf.folder])[1])
