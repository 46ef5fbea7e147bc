"""The look of what the renderer makes, word for word: the style sheet and the reader's voice lean on it."""

from datetime import date
from pathlib import Path

import pytest

from lms.library.books import Fact, Html
from lms.library.checks.language import SENTENCE_END, TO_ADULT, TO_PUPIL
from lms.library.checks.questions import folded
from lms.library.checks.references import loops
from lms.library.lesson_html import Workshop, read_steps
from lms.library.problems import Findings


def fact(value: str, unit: str) -> Fact:
    return Fact("f.x", "câu.", "nguồn", "cao", date(2026, 1, 1), date(2027, 1, 1), value, unit)


def made(text: str) -> str:
    findings = Findings()
    workshop = Workshop(findings, {"f.x": fact("10 triệu", "đồng")})
    (step,) = read_steps(["## A {#a}", *text.split("\n")], Path("x.md"), 1, workshop)
    assert findings.in_order() == []
    return "\n".join(part.html for part in step.parts if isinstance(part, Html))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Trên {{fact:f.x}} thì quét mặt.", "<p>Trên 10 triệu đồng thì quét mặt.</p>"),
        (
            "Đọc [[tên miền|tên của trang]] trước.",
            '<p>Đọc <span class="term">tên miền</span><span class="term__meaning"> (tên của trang)</span> trước.</p>',
        ),
        (
            "::: ghi-nho\nDừng **lại**.\n:::",
            '<div class="remember">\n<div class="block-label">Ghi nhớ</div>\n<p>Dừng <strong>lại</strong>.</p>\n</div>',
        ),
        ("::: ve-nha\nDạy\n:::", '<div class="take-home">\n<div class="block-label">Về nhà</div>\n<p>Dạy</p>\n</div>'),
        ("::: canh-bao\nA\n:::", '<div class="warning">\n<div class="block-label">Cẩn thận</div>\n<p>A</p>\n</div>'),
        ("::: chuyen\nA\n:::", '<div class="story">\n<div class="block-label">Chuyện làng</div>\n<p>A</p>\n</div>'),
        (
            "::: man-hinh phone\n- tieu-de: NH MẪU\n- tin: Bị khoá & mất\n- nut: Mở\n- so: Số\n- link: a.example\n:::",
            '<div class="phone-frame phone-frame--phone">\n'
            '<div class="phone-frame__title"><span class="phone-frame__kind">Đầu trang: </span>NH MẪU</div>\n'
            '<div class="phone-frame__bubble"><span class="phone-frame__kind">Tin: </span>Bị khoá &amp; mất</div>\n'
            '<div class="phone-frame__button"><span class="phone-frame__kind">Nút: </span>Mở</div>\n'
            '<div class="phone-frame__field"><span class="phone-frame__kind">Ô số tiền: </span>Số</div>\n'
            '<div class="phone-frame__link"><span class="phone-frame__kind">Đường dẫn: </span>a.example</div>\n'
            '<div class="phone-frame__caption">Hình vẽ để học, không phải thật</div>\n</div>',
        ),
        (
            "| A |\n|---|\n| [[b|c]] |",
            '<div class="table-scroll"><table>\n<thead>\n<tr>\n<th>A</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
            '<td><span class="term">b</span><span class="term__meaning"> (c)</span></td>\n</tr>\n</tbody>\n'
            "</table></div>",
        ),
        (
            "| A | B | C | D |\n|---|---|---|---|\n| a | b | c | |",
            '<div class="table-scroll stacked"><table>\n<thead>\n<tr>\n<th>A</th>\n<th>B</th>\n<th>C</th>\n<th>D</th>\n'
            '</tr>\n</thead>\n<tbody>\n<tr>\n<td>a</td>\n<td><span class="cell-label">B: </span>b</td>\n'
            '<td><span class="cell-label">C: </span>c</td>\n<td><span class="cell-label">D: </span></td>\n'
            "</tr>\n</tbody>\n</table></div>",
        ),
        ("1. Một\n2. Hai\n\n- Ba", "<ol>\n<li>Một</li>\n<li>Hai</li>\n</ol>\n<ul>\n<li>Ba</li>\n</ul>"),
        ("### Nhỏ\n\n> lời nói", "<h3>Nhỏ</h3>\n<blockquote>\n<p>lời nói</p>\n</blockquote>"),
    ],
)
def test_text_becomes_html(text: str, html: str) -> None:
    assert made(text) == html


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [("10 triệu", "đồng", "10 triệu đồng"), ("10.000", "đ", "10.000đ"), ("81", "%", "81%"), ("111", "", "111")],
)
def test_a_fact_shows_its_value_with_its_unit(value: str, unit: str, shown: str) -> None:
    assert fact(value, unit).shown == shown


@pytest.mark.parametrize(
    ("requires", "found"),
    [
        ({"a": (), "b": ("a",)}, []),
        ({"a": ("a",)}, [("a",)]),
        ({"a": ("b",), "b": ("c",), "c": ("a",)}, [("a", "b", "c")]),
        ({"x": ("a",), "a": ("b",), "b": ("a",)}, [("a", "b")]),
        ({"a": ("b", "c"), "b": ("d",), "c": ("d",), "d": ()}, []),
        ({"a": ("gone",)}, []),
    ],
)
def test_loops_of_requirements(requires: dict[str, tuple[str, ...]], found: list[tuple[str, ...]]) -> None:
    assert loops(requires) == found


def test_options_a_reader_takes_for_the_same() -> None:
    assert folded("Dừng lại.") == folded("dừng  LẠI")
    assert folded("gov.vn") != folded("gov-vn")
    assert folded("khoá") != folded("khoa")


@pytest.mark.parametrize(
    ("sentence", "pupil", "adult"),
    [
        ("Em bấm nút.", True, False),
        ("Dừng lại, em nhé.", True, False),
        ("Máy của em.", True, False),
        ("Em bé ngủ.", False, False),
        ("Bác làm lại.", False, True),
        ("Bác Mận làm lại.", False, False),
        ("Xem bác Mận làm.", False, False),
        ("Trẻ em dùng máy.", False, False),
    ],
)
def test_whom_a_sentence_speaks_to(sentence: str, pupil: bool, adult: bool) -> None:
    assert (bool(TO_PUPIL.search(sentence)), bool(TO_ADULT.search(sentence))) == (pupil, adult)


def test_sentences_end_where_a_voice_would_rest() -> None:
    assert SENTENCE_END.split("Dừng. Vào gov.vn xem: có đúng không? Đúng.") == [
        "Dừng.",
        "Vào gov.vn xem:",
        "có đúng không?",
        "Đúng.",
    ]
