"""Reading a sound library, and every fault that must turn it red."""

import json
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from lms.library.books import Check, Html
from lms.library.checks.forms import coverage
from lms.library.problems import has_errors
from lms.library.reading import read_books
from lms.library.report import check_report
from tests.library.shelf import Shelf, set_up

TODAY = date(2026, 11, 22)


def test_a_sound_library_is_read_whole(shelf: Shelf) -> None:
    books, problems = read_books([shelf.folder], TODAY)
    assert problems == []
    assert [skill.id for skill in books.skills] == ["s1"]
    assert books.competencies[1].core and books.competencies[1].crosswalk == (("qd757", ("A1",)),)
    assert len(books.items) == 35 and len(books.tasks) == 2 and books.observer
    lesson = books.lessons[0]
    assert (lesson.id, lesson.order, lesson.slug, lesson.minutes) == ("l.s1.1", 1, "nop-ho-so", 45)
    assert lesson.facts == ("f.cong", "f.tam-tru")
    assert lesson.checks == ("q.s1.p01",)
    assert [step.id for step in lesson.steps] == ["cong-that", "dien"]
    assert [type(part) for part in lesson.steps[0].parts] == [Html, Check]
    assert "Học viên tự điền được." in lesson.guide_html and "Hướng dẫn" not in lesson.guide_html
    assert books.rulesets[0].values["know"]["min_share"] == "0.80"
    assert len(books.rulesets[0].digest) == 64


def test_true_false_becomes_two_options(shelf: Shelf) -> None:
    _make_true_false(shelf)
    books, problems = read_books([shelf.folder])
    assert problems == []
    item = next(item for item in books.items if item.type == "truefalse")
    assert [(option.id, option.correct) for option in item.options] == [("dung", False), ("sai", True)]


def test_two_folders_are_one_library(shelf: Shelf, tmp_path: Path) -> None:
    """A bank of recorded items may lie outside the repository."""
    outside = tmp_path / "outside"
    moved = outside / "courses" / "them"
    moved.mkdir(parents=True)
    (moved / "course.yaml").write_text(
        shelf.path("course").read_text("utf-8").replace("c.dich", "c.x").replace("dich-vu-cong", "them")
        .replace("m.s1.1", "m.s1.9").replace("l.s1.1", "l.s1.9"), "utf-8"
    )  # fmt: skip
    lesson = moved / "01-them"
    lesson.mkdir()
    (lesson / "lesson.md").write_text(
        shelf.path("lesson").read_text("utf-8").replace("l.s1.1", "l.s1.9").replace("q.s1.p01", "q.s1.p02"), "utf-8"
    )
    books, problems = read_books([shelf.folder, outside])
    assert problems == []
    assert [course.slug for course in books.courses] == ["dich-vu-cong", "them"]


def test_all_problems_come_at_once(shelf: Shelf) -> None:
    shelf.replace("skills", "slug: dich-vu-cong", "slugs: dich-vu-cong")
    shelf.replace("lesson", "{{fact:f.cong}}", "{{fact:f.conh}}")
    shelf.replace("card", "minutes: 15", "minutes: nhiều")
    _, problems = read_books([shelf.folder])
    assert {problem.path for problem in problems} >= {shelf.path(name) for name in ("skills", "lesson", "card")}
    assert problems == sorted(problems)


OPTION_B = 'id: b, text: "Cổng đuôi lạ", feedback: "Đuôi lạ là giả."'
# (file, what stands there, what is put there, lines below the change where the problem is told, what is told)
FAULTS = [
    # the text itself
    ("skills", "slug: dich-vu-cong", "slug: dich-vu-cong\n    slug: khac", 1, "khoá «slug» đã có ở dòng 3"),
    ("skills", "    short:", "    shrot:", 0, "khoá lạ «shrot»"),
    ("skills", "    short:", "    shrot:", 0, "Ý là «short»?"),
    ("skills", '"Điền tờ khai"', '&neo "Điền tờ khai"', 0, "không dùng neo"),
    ("skills", '"Điền tờ khai"', '!!str "Điền tờ khai"', 0, "không dùng nhãn kiểu"),
    ("skills", "skills:\n", "skills: [\n", 1, "YAML không đọc được"),
    ("skills", "skills:\n", "---\na: b\n---\nskills:\n", 2, "một tài liệu YAML"),
    ("skills", "crosswalk: {}", "crosswalk: " + "[" * 20 + "]" * 20, 0, "lồng quá 12 tầng"),
    ("skills", "crosswalk: {}", "crosswalk: {? [a] : b}", 0, "khoá phải là một dòng chữ"),
    ("skills", "Nhận ra cổng", unicodedata.normalize("NFD", "Nhận ra cổng"), 0, "NFC"),
    ("facts", "Dữ kiện này", "Dữ\u200bkiện này", 0, "U+200B"),
    ("facts", "Dữ kiện này", "Dữ \ue000kiện này", 0, "U+E000"),
    # shapes
    ("skills", "critical: true", "critical: yes", 0, "critical: «yes», cần một trong: true, false"),
    ("skills", "evidence: [Q, P]", "evidence: [Q, X]", 0, "evidence: «X», cần trong: Q, P, O"),
    ("skills", 'digcomp: ["1.2"]', 'digcomp: ["1.9"]', 0, "digcomp: «1.9»"),
    ("skills", "crosswalk: {}", "crosswalk: {tt2: [x]}", 0, "khoá lạ «tt2»"),
    ("skills", "evidence: [P, O]", "evidence: [Q]", -1, "core phải có bằng chứng P hoặc O"),
    ("skills", "id: s1.2", "id: s2.2", 0, "«s2.2» không đúng dạng mã"),
    ("course", "id: c.dich-vu-cong", "id: c.Dịch-vụ", 0, "không đúng dạng mã"),
    ("course", "slug: dich-vu-cong", "slug: dich-vu", -1, "phải giống tên thư mục"),
    ("course", "summary:", "tom-tat:", -5, "thiếu «summary»"),
    ("course", "for: [hoc-sinh, nguoi-lon]", "for: [hocsinh]", 0, "Ý là «hoc-sinh»?"),
    ("lesson", "minutes: 45", "minutes: 450", 0, "cần số nguyên từ 3 đến 90"),
    ("lesson", 'title: "Tự', "title:\n  a: 1\nsummary: \"Tự", 1, "title: cần một dòng chữ"),
    ("facts", "review_by: 2027-11-22", "review_by: 22/11/2027", 0, "cần ngày dạng"),
    ("facts", "review_by: 2027-11-22", "review_by: 2027-02-30", 0, "cần ngày dạng"),
    ("facts", "review_by: 2027-11-22", "review_by: 2025-11-22", 0, "phải sau checked_on"),
    ("facts", "confidence: cao", "confidence: thấp", 0, "độ tin thấp không được vào bài"),
    ("facts", "confidence: cao", "confidence: chắc", 0, "confidence: «chắc»"),
    ("facts", '  value: "30"\n', "", 0, "có unit thì phải có value"),
    ("card", "version: 1.0.0", "version: 1.0", 0, "cần dạng 1.0.0"),
    ("card", 'materials: ["Tờ khai giấy"]', "materials: [{a: b}]", 0, "mỗi mục là một dòng chữ"),
    ("ruleset", "id: r2026.0", "id: r2026.9", 0, "phải là tên tệp"),
    # ids
    ("skills", "id: s1.2", "id: s1.1", 0, "mã «s1.1» đã có ở"),
    ("facts", "id: f.tam-tru", "id: f.cong", 0, "mã «f.cong» đã có ở"),
    ("questions", "id: s1.q02", "id: s1.q01", 0, "mã «s1.q01» đã có ở"),
    ("questions", "{id: b, text", "{id: a, text", 0, "mã «a» đã có ở"),
    ("card", "id: t.s1.mot", "id: t.s1.hai", 0, "đã có ở"),
    ("card", "id: t.s1.mot", "id: t.mot", 0, "cần mở đầu bằng «t.s1.»"),
    # references
    ("can-do", "maps_to: [s1.1]", "maps_to: [s1.7]", -5, "năng lực «s1.7» không có"),
    ("locality", "competencies: [s1.1]", "competencies: [s9.1]", -3, "năng lực «s9.1» không có"),
    ("course", "skill: s1", "skill: s7", -3, "kỹ năng «s7» không có"),
    ("course", "lessons: [l.s1.1]", "lessons: [l.s1.2]", -2, "bài «l.s1.2» không có. Ý là «l.s1.1»?"),
    ("course", "lessons: [l.s1.1]", "lessons: []", -2, "chưa có bài nào"),
    ("course", "lessons: [l.s1.1]", "lessons: [l.s1.1, l.s1.1]", -2, "đã nằm trong học phần"),
    ("course", "lessons: [l.s1.1]", "lessons: [l.s1.1]\n    requires: [m.s1.1]", -2, "vòng tròn: m.s1.1 → m.s1.1"),
    ("lesson", "competencies: [s1.1, s1.2]", "competencies: [s1.1, s1.9]", -3, "năng lực «s1.9» không có"),
    ("lesson", "facts: [f.cong]", "facts: [f.conq]", -4, "dữ kiện «f.conq» không có. Ý là «f.cong»?"),
    ("lesson", "minutes: 45", "minutes: 45\nrequires: [l.s1.1]", -2, "vòng tròn: l.s1.1 → l.s1.1"),
    ("lesson", "minutes: 45", "minutes: 45\nrequires: [l.s1.0]", -2, "bài cần học trước «l.s1.0» không có"),
    ("lesson", "kiem-tra q.s1.p01", "kiem-tra q.s1.p99", 0, "câu «q.s1.p99» không có"),
    ("lesson", "kiem-tra q.s1.p01", "kiem-tra s1.q01", 0, "phải là câu luyện tập đã duyệt"),
    ("lesson", "p01\n:::", "p01\n:::\n::: kiem-tra q.s1.p01\n:::", 2, "được hỏi hai lần"),
    ("questions", "step: l.s1.1#cong-that", "step: l.s1.1#cong", -13, "step «l.s1.1#cong» không có"),
    ("questions", "competency: s1.1", "competency: s1.5", -2, "năng lực «s1.5» không có"),
    ("questions", "competency: s1.1", "competency: s2.1", 0, "không thuộc kỹ năng s1"),
    ("questions", "facts: []", "facts: [f.la]", -14, "dữ kiện «f.la» không có"),
    ("observer questions", "competency: f", "competency: s1.1", 0, "competency để «f»"),
    # questions
    ("questions", ", correct: true", "", -9, "cần đúng một phương án correct: true, đang có 0"),
    ("questions", 'text: "Cổng đuôi lạ"', 'text: "cổng  đuôi GOV.VN."', 0, "trùng chữ với «a»"),
    ("questions", ', feedback: "Đuôi lạ là giả."', "", 0, "chưa có feedback"),
    ("questions", f"    - {{{OPTION_B}}}\n", "", -10, "cần 3 đến 6 phương án"),
    ("questions", "cổng nào thật?", "cổng " * 40, -7, "cần dưới 40"),
    ("questions", "type: single", "type: multiple", -1, "cần từ 2 ý đúng"),
    ("questions", "type: single", "type: singel", 0, "Ý là «single»?"),
    ("questions", "level: 1", "level: 4", 0, "cần số nguyên từ 1 đến 3"),
    ("questions", 'stem: "Câu', 'stem: "![anh](a.png) Câu', 0, "câu hỏi chưa dùng ảnh được"),
    ("questions", "explain:", "giai-thich:", 0, "khoá lạ «giai-thich»"),
    # the bank
    ("questions", "status: ghi-nhan", "status: nhap", None, "có 19 câu ghi nhận"),
    ("questions", "status: duyet", "status: nhap", None, "có 9 câu luyện tập"),
    ("questions", "critical: true", "critical: false", None, "có 3 câu ghi nhận critical"),
    ("skills", "critical: true", "critical: false", None, "không phải năng lực an toàn"),
    ("skills", "evidence: [P, O]", "evidence: [P, O, Q]", None, "s1.2 có bằng chứng Q mà chưa có câu ghi nhận"),
    # task cards
    ("card", "competency: s1.2, core: true", "competency: s1.2, core: false", -8, "thiếu dòng quan sát core"),
    ("card", "core: true, critical: true", "core: true, critical: false", 0, "cần critical: true"),
    ("card", "competency: s1.2", "competency: s1.1", 0, "s1.1 không phải năng lực core"),
    ("card", "competency: s1.2", "competency: s1.8", 0, "«s1.8» không có"),
    ("card", "skill: s1", "skill: s3", None, "có 1 phiếu việc, cần ít nhất 2"),
    ("observer questions", "- id: q.quan-sat.1\n  type: single", "- id: q.quan-sat.0\n  type: single", None, ""),
    # lesson text
    ("lesson", "---\nid:", "id:", 0, "phải mở đầu bằng phần khai báo"),
    ("lesson", "## Nhận ra cổng thật {#cong-that}", "## Nhận ra cổng thật", 0, "tên bước cần mã ở cuối"),
    ("lesson", "{#dien}", "{#Điền}", 0, "tên bước cần mã ở cuối"),
    ("lesson", "{#dien}", "{#cong-that}", 0, "mã bước «cong-that» đã dùng ở dòng 11"),
    ("lesson", "## Nhận", "Chữ lạc\n\n## Nhận", 0, "chữ đứng trước bước đầu tiên"),
    ("lesson", "## Nhận", "# Bài\n\n## Nhận", 0, "không dùng tiêu đề"),
    ("lesson", "## Điền tờ khai", "## Trống {#trong}\n\n## Điền tờ khai", 0, "chưa có nội dung"),
    ("lesson", "::: chuyen", "::: chuyem", 0, "Ý là «chuyen»?"),
    ("lesson", "Bác Mận cầm máy lên. Bác bảo: «Mở cái nào?»\n:::\n", "Bác Mận.\n", -1, "chưa đóng bằng"),
    ("lesson", "::: kiem-tra q.s1.p01\n:::\n", "::: kiem-tra q.s1.p01\nChữ.\n", 0, "chưa đóng"),
    ("lesson", "::: kiem-tra q.s1.p01", "::: kiem-tra", 0, "cần mã câu luyện tập"),
    ("lesson", "| Họ tên | đủ dấu |\n", "| Họ tên | đủ dấu |\n\n:::\n", 2, "chưa có khối nào mở"),
    ("lesson", "Đọc kỹ rồi mới gửi.\n", "", -1, "khối ::: ghi-nho chưa có chữ"),
    ("lesson", "- nut: Tiếp", "- bam: Tiếp", 0, "dòng màn hình không hiểu"),
    ("lesson", "{{fact:f.cong}}", "{{fact:f.conh}}", 0, "«f.conh» không có trong facts.yaml. Ý là «f.cong»?"),
    ("lesson", "{{fact:f.cong}}", "{{fact:f.khong-so}}", 0, "không có value"),
    ("lesson", "Đọc kỹ", "<b>Đọc</b> kỹ", 0, "không viết thẻ HTML"),
    ("lesson", "Đọc kỹ", "[Đọc](https://la.example/) kỹ", 0, "đường dẫn «https://la.example/» không dùng được"),
    ("lesson", "Đọc kỹ", "![cổng](cong.png) kỹ", 0, "không thấy ảnh «cong.png»"),
    ("lesson", "Đọc kỹ", "![](cong.png) kỹ", 0, "thiếu lời tả"),
    ("lesson", "Đọc kỹ", "![cổng](../../../skills.yaml) kỹ", 0, "không thấy ảnh"),
    ("lesson", "Đọc kỹ", "![cổng](https://la.example/a.png) kỹ", 0, "phải là tên tệp nằm cạnh bài"),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{fault[0]}: {fault[4][:40]}" for fault in FAULTS])
def test_a_planted_fault_is_told_with_its_line(shelf: Shelf, fault: tuple[str, str, str, int | None, str]) -> None:
    name, old, new, below, told = fault
    line = shelf.replace(name, old, new)
    _, problems = read_books([shelf.folder])
    if not told:
        assert problems == []
        return
    heard = [problem for problem in problems if told in problem.text]
    assert heard and heard[0].level == "error", [str(problem) for problem in problems]
    if below is not None:
        where = [(problem.path, problem.line) for problem in heard]
        assert (shelf.path(name), line + below) in where, [str(problem) for problem in problems]
        assert str(heard[0]).startswith(f"{heard[0].path}:{heard[0].line}: lỗi: ")


WARNINGS = [
    ("lesson", "Đọc kỹ rồi mới gửi.", "Đọc " + "kỹ " * 21 + ".", 0, "câu dài 22 chữ"),
    ("lesson", "Đọc kỹ rồi mới gửi.", "Em đọc kỹ. Xong thì gửi.\n\nBác làm lại nhé.", 2, "vừa là «em»"),
    ("questions", 'text: "Cổng đuôi lạ"', 'text: "Cổng **đuôi** lạ"', 0, "chữ thường, không dùng **"),
    ("lesson", "competencies: [s1.1, s1.2]", "competencies: [s1.1]", None, "chưa bài nào dạy năng lực s1.2"),
    ("facts", "review_by: 2027-11-22", "review_by: 2026-11-23", None, "đã quá hạn kiểm tra (23/11/2026)"),
    ("questions", "facts: []", "facts: []\n  review_by: 2026-11-23", -14, "đã quá hạn xem lại (23/11/2026)"),
]


@pytest.mark.parametrize("fault", WARNINGS, ids=[fault[4] for fault in WARNINGS])
def test_what_is_only_a_reminder(shelf: Shelf, fault: tuple[str, str, str, int | None, str]) -> None:
    name, old, new, below, told = fault
    line = shelf.replace(name, old, new)
    _, problems = read_books([shelf.folder], date(2026, 11, 24))
    assert not has_errors(problems)
    heard = [problem for problem in problems if told in problem.text]
    assert heard, [str(problem) for problem in problems]
    if below is not None:
        assert (heard[0].path, heard[0].line) == (shelf.path(name), line + below)


def test_a_story_may_speak_to_anybody(shelf: Shelf) -> None:
    shelf.replace("lesson", "Đọc kỹ rồi mới gửi.", "Em đọc kỹ. Bác Mận hỏi: «Bác làm thế nào?»")
    assert read_books([shelf.folder], TODAY)[1] == []


def test_true_false_are_few_enough_for_a_form(shelf: Shelf) -> None:
    for _ in range(9):
        _make_true_false(shelf)
    assert "chỉ được 3 câu đúng/sai" in " ".join(p.text for p in read_books([shelf.folder])[1])


def test_multiple_says_how_many_to_choose(shelf: Shelf) -> None:
    shelf.replace("questions", "type: single", "type: multiple")
    shelf.replace("questions", '{id: b, text: "Cổng đuôi lạ"', '{id: b, correct: true, text: "Cổng đuôi lạ"')
    assert any("cần ghi «Chọn 2 ý»" in problem.text for problem in read_books([shelf.folder])[1])
    shelf.replace("questions", "cổng nào thật?", "Chọn 2 ý đúng.")
    assert read_books([shelf.folder])[1] == []


def test_a_lesson_outside_every_module_and_the_files_nobody_reads(shelf: Shelf) -> None:
    folder = shelf.path("course").parent
    (folder / "02-khac").mkdir()
    (folder / "ba").mkdir()
    (shelf.folder / "ghi-chu.txt").write_text("x", "utf-8")
    (shelf.folder / "courses" / "trong").mkdir()
    text = shelf.path("lesson").read_text("utf-8").replace("l.s1.1", "l.s1.2").replace("q.s1.p01", "q.s1.p02")
    (folder / "02-khac" / "lesson.md").write_text(text, "utf-8")
    (folder / "03-thieu").mkdir()
    told = " ".join(problem.text for problem in read_books([shelf.folder, shelf.folder / "nowhere"])[1])
    for words in ("chưa nằm trong học phần nào", "tên thư mục bài", "thiếu lesson.md", "thiếu course.yaml",
                  "không đọc tệp hay thư mục này", "không thấy thư mục nội dung"):  # fmt: skip
        assert words in told


def test_requirements_that_lead_round(shelf: Shelf) -> None:
    folder = shelf.path("course").parent / "02-hai"
    folder.mkdir()
    shelf.replace("course", "[l.s1.1]", "[l.s1.1, l.s1.2]")
    shelf.replace("lesson", "minutes: 45", "minutes: 45\nrequires: [l.s1.2]")
    text = shelf.path("lesson").read_text("utf-8").replace("l.s1.2", "l.s1.0").replace("id: l.s1.1", "id: l.s1.2")
    text = text.replace("requires: [l.s1.0]", "requires: [l.s1.1]").replace("q.s1.p01", "q.s1.p02")
    (folder / "lesson.md").write_text(text, "utf-8")
    told = [problem.text for problem in read_books([shelf.folder])[1]]
    assert told == ["bài cần học trước thành vòng tròn: l.s1.1 → l.s1.2 → l.s1.1"]


def test_a_picture_beside_its_lesson_gets_an_address_of_this_site(shelf: Shelf) -> None:
    picture = shelf.path("lesson").parent / "cong.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 50)
    shelf.replace("lesson", "Đọc kỹ", "![hình vẽ cổng](cong.png) Đọc kỹ")
    books, problems = read_books([shelf.folder])
    assert problems == []
    (image,) = books.lessons[0].images
    assert image.path == picture
    html = "".join(part.html for step in books.lessons[0].steps for part in step.parts if isinstance(part, Html))
    assert f'src="/hinh/{image.name}"' in html and 'alt="hình vẽ cổng"' in html
    picture.write_bytes(b"<svg onload=alert(1)>")
    assert any("không đúng loại tệp" in problem.text for problem in read_books([shelf.folder])[1])


def test_files_too_big_or_not_utf8(shelf: Shelf) -> None:
    shelf.path("facts").write_bytes('- id: f.a\n  sentence: "Đ"\n'.encode("cp1258", "replace") + b"\xff\n")
    shelf.path("can-do").write_text("- id: DVC-01\n" + "#" * 1_000_001, "utf-8")
    told = [(p.path.name, p.line, p.text) for p in read_books([shelf.folder])[1]]
    assert any(name == "facts.yaml" and "không phải UTF-8" in text for name, _, text in told)
    assert ("can-do.yaml", 1, "tệp lớn hơn 1000000 byte, cần tách nhỏ") in told


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(shelf: Shelf) -> None:
    before = read_books([shelf.folder])[0]
    for path in shelf.folder.rglob("*.*"):
        if path.suffix in (".md", ".yaml") and path.parent.name != "rulesets":
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    after, problems = read_books([shelf.folder])
    assert problems == []
    assert after == before


def test_a_digest_changes_with_words_and_not_with_shelf_marks(shelf: Shelf) -> None:
    def digests() -> tuple[str, ...]:
        books = read_books([shelf.folder])[0]
        return books.items[0].digest, books.lessons[0].digest, books.tasks[0].digest, books.courses[0].digest

    first = digests()
    shelf.replace("questions", "  level: 1\n  critical: false\n", "  critical: false\n  level: 1\n")
    shelf.replace("questions", "facts: []", "facts: []\n  review_by: 2027-11-23\n  source: sổ tay")
    assert digests() == first
    shelf.replace("questions", "Đuôi lạ là giả.", "Đuôi lạ là giả!")
    second = digests()
    assert second[0] != first[0] and second[1:] == first[1:]
    shelf.replace("facts", 'value: "30"', 'value: "45"')
    third = digests()
    assert third[1] != second[1], "a lesson that shows a fact is a new version when the fact changes"
    shelf.replace("course", "Tự nộp một hồ sơ.", "Tự nộp hồ sơ.")
    assert digests()[3] != third[3]


def test_coverage_counts_what_each_competency_has(shelf: Shelf) -> None:
    table = {line.competency: line for line in coverage(read_books([shelf.folder])[0])}
    first, second = table["s1.1"], table["s1.2"]
    assert (first.lessons, first.practice, first.recorded, first.critical, first.cards) == (1, 10, 20, 4, 0)
    assert (second.lessons, second.practice, second.recorded, second.critical, second.cards) == (1, 0, 0, 0, 2)


@pytest.mark.parametrize(
    ("written", "level", "told"),
    [
        ("[[tên miền]]", "error", "chưa thành từ giải thích, viết [[từ|giải thích]] trên một dòng"),
        ("[[tên miền|tên", "error", "chưa thành từ giải thích"),
        ("[[tên miền| ]]", "error", "thiếu từ hoặc thiếu lời giải thích"),
        ("[[tên miền|" + "rất " * 14 + "dài]]", "warning", "dài quá 14 chữ"),
    ],
)
def test_a_word_explained_amiss_is_told(shelf: Shelf, written: str, level: str, told: str) -> None:
    line = shelf.replace("lesson", "[[tên miền|tên của trang]]", written)
    _books, problems = read_books([shelf.folder], TODAY)
    found = [p for p in problems if told in p.text]
    assert [(p.level, p.line) for p in found] == [(level, line)]


def test_the_report_says_what_is_due(shelf: Shelf) -> None:
    text, code = check_report([shelf.folder], date(2027, 2, 1), with_due=True)
    assert code == 0
    assert "Đến hạn kiểm tra trong 30 ngày: 2" in text and "22/02/2027 f.tam-tru" in text
    assert "0 lỗi" in text and "s1.1      1" in text
    shelf.replace("card", "minutes: 15", "minutes: 0")
    text, code = check_report([shelf.folder], TODAY, as_json=True)
    answer = json.loads(text)
    assert code == 1
    assert answer["problems"][0]["line"] == 11 and answer["problems"][0]["level"] == "error"
    assert answer["coverage"][0]["recorded"] == 20


def test_the_check_runs_without_the_application(shelf: Shelf) -> None:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "lms.library", str(shelf.folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert "0 lỗi" in run.stdout
    assert not {"flask", "sqlalchemy"} & {line.split("|")[-1].strip() for line in run.stderr.splitlines()}


def test_reading_twice_in_two_processes_gives_the_same(shelf: Shelf) -> None:
    script = (
        "import sys; from pathlib import Path; from lms.library.reading import read_books\n"
        "books, problems = read_books([Path(sys.argv[1])]); print(repr(books.lessons), repr(books.items), problems)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, str(shelf.folder)],
            capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(outputs) == 1


def _make_true_false(shelf: Shelf) -> None:
    """The last single item becomes a true/false one."""
    path = shelf.path("questions")
    head, last = path.read_text("utf-8").rsplit("  type: single\n", 1)
    before, rest = last.split("  options:\n")
    after = rest[rest.index("  explain:") :]
    feedback = '  answer: sai\n  feedback: {dung: "Chưa đúng.", sai: "Đúng rồi."}\n'
    path.write_text(f"{head}  type: truefalse\n{before}{feedback}{after}", "utf-8")


def test_the_shelf_of_this_file_is_what_it_says(tmp_path: Path) -> None:
    assert read_books([set_up(tmp_path / "content").folder], TODAY)[1] == []
