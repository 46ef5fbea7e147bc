"""Drawn screens: every line drawn in its order with words for those who listen; what is not understood is told at its line."""

from pathlib import Path

import pytest

from lms.drawings import DRAWN
from lms.library.problems import Findings, Place
from lms.library.screens import APPS, LINES, drawn_screen
from lms.sanitize import sanitize

PLACE = Place(Path("lesson.md"), 10)


def drawn(app, *lines):
    findings = Findings()
    numbered = [(PLACE.line + n, line) for n, line in enumerate(lines, 1)]
    return drawn_screen(app, numbered, PLACE, findings, lambda text, at: text.replace("{{x}}", "<7>")), findings


@pytest.mark.parametrize("kind", LINES)
def test_each_kind_of_line_is_drawn_and_passes_the_gates_unchanged(kind):
    text = "rice | Bao gạo" if kind == "hinh" else "Ngân hàng Tập Luyện"
    made, findings = drawn("bank", f"- {kind}: {text}")
    assert not findings.in_order() and text.rpartition("| ")[2] in made
    assert sanitize(made) == made, "no class is lost on the way"


def test_order_labels_facts_and_escapes():
    made, findings = drawn("messages", "- tieu-de: A & B", "", "- so: Số tiền | {{x}}đ", "- chi: Nhìn vào đây: cái tên")
    assert not findings.in_order() and made.startswith('<div class="phone-frame phone-frame--messages">')
    assert made.index("A &amp; B") < made.index("&lt;7&gt;đ") < made.index("cái tên")
    assert '<span class="phone-frame__small">&lt;7&gt;đ</span>' in made
    assert "Nhìn vào đây: </span>cái tên" in made, "said once to those who listen"


def test_a_drawing_has_its_words_and_a_known_name():
    made, findings = drawn("camera", "- hinh: road-hole | Cái hố", "- ma-vuong: Mã ở quầy")
    assert not findings.in_order() and "phone-frame__picture d-road-hole" in made and "d-qr" in made
    _made, findings = drawn("camera", "- hinh: rode-hole | Cái hố", "- hinh: rice")
    told = [(one.line, one.text) for one in findings.in_order()]
    assert told[0][0] == 11 and "road-hole" in told[0][1] and told[1][0] == 12 and "lời tả" in told[1][1]


@pytest.mark.parametrize(
    ("app", "line", "words"),
    [("bnak", "- tin: A", "bank"), ("bank", "- tinn: A", "không hiểu"), ("bank", "tin: A", "không hiểu"),
     ("bank", "- tin:", "chưa có chữ"), ("bank", "", "chưa có dòng")],
)  # fmt: skip
def test_what_is_not_understood_is_told(app, line, words):
    _made, findings = drawn(app, line)
    assert any(words in one.text for one in findings.in_order())


def test_names_are_those_that_are_drawn():
    text = Path("lms/web/templates/web/_drawings.html").read_text(encoding="utf-8")
    assert all(f'name == "{name}"' in text for name in DRAWN) and "phone" in APPS
