"""A step cut into screens loses nothing; the minutes of a plan come from the guide's own table."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.courses.rules import PlanPart, Screen, part_at, plan_of, screens
from tests.house.two_worlds import shelf

GUIDE = """<p>x</p><table><thead><tr><th>Câu</th><th>Ý đúng</th></tr></thead></table>
<table><thead><tr><th>Bước</th><th>Phút</th><th>Thầy cô</th></tr></thead><tbody>
<tr><td><strong>1. Mở đầu</strong></td><td>5</td><td>Hỏi</td></tr>
<tr><td>2. Luyện tập</td><td>13 phút</td><td>Làm</td></tr><tr><td></td><td>9</td><td></td></tr></tbody></table>"""


def test_a_question_has_a_screen_of_its_own_and_an_unknown_one_none() -> None:
    parts = [{"html": "<p>Đọc</p>"}, {"check": "a"}, {"check": "gone"}]
    assert screens(parts, frozenset({"a"})) == (Screen("<p>Đọc</p>"), Screen(check="a"))
    assert screens([], frozenset()) == (Screen(),)


def test_long_text_is_cut_between_blocks_and_a_heading_stays_with_its_text() -> None:
    long = "x" * 300
    cut = screens([{"html": f"<p>{long}</p>\n<h3>Đầu</h3>\n<ul><li>{long}</li></ul>"}], frozenset())
    assert [one.html.strip() for one in cut] == [f"<p>{long}</p>\n<h3>Đầu</h3>\n<ul><li>{long}</li></ul>"] or len(
        cut
    ) == 2
    assert not any(one.html.rstrip().endswith("</h3>") for one in cut)


def test_two_full_paragraphs_stand_on_two_screens() -> None:
    assert len(screens([{"html": f"<p>{'x' * 300}</p>\n<p>{'y' * 300}</p>"}], frozenset())) == 2


blocks = st.recursive(
    st.text("abc ơđ&;", max_size=200).map(lambda text: f"<p>{text.replace('&', '&amp;')}</p>\n"),
    lambda inner: st.lists(inner, max_size=4).map(lambda many: f"<div class='a>b'>{''.join(many)}<br></div>\n"),
    max_leaves=12,
)


@given(st.lists(blocks, max_size=8).map("".join))
def test_joined_screens_are_the_same_html(html: str) -> None:
    cut = screens([{"html": html}], frozenset())
    assert "".join(one.html for one in cut).strip() == html.strip()
    for one in cut:
        assert one.html.count("<div") == one.html.count("</div") and one.html.count("<p>") == one.html.count("</p>")


def test_the_plan_is_read_from_the_table_with_minutes() -> None:
    assert plan_of(GUIDE) == (PlanPart("Mở đầu", 5), PlanPart("Luyện tập", 13))
    assert plan_of("<p>Không có bảng</p>") == plan_of("") == ()


@pytest.mark.parametrize(
    ("seconds", "found"),
    [(0, (0, 300)), (299, (0, 1)), (300, (1, 780)), (1079, (1, 1)), (1080, (1, 0)), (1200, (1, -120)), (-5, (0, 300))],
)
def test_which_part_runs(seconds: int, found: tuple[int, int]) -> None:
    assert part_at(plan_of(GUIDE), seconds) == found


def test_every_real_step_fits_its_screens() -> None:
    """Held against the books: nothing lost, every guide has its 45 minutes."""
    for course in shelf().courses:
        for lesson in course.lessons:
            assert sum(part.minutes for part in plan_of(lesson.guide_html)) in range(40, 46), lesson.id
            for step in lesson.steps:
                html = "".join(getattr(part, "html", "") for part in step.parts)
                parts = [{"html": part.html} for part in step.parts if hasattr(part, "html")]
                cut = screens(parts, frozenset())
                assert re.sub(r"\s", "", "".join(one.html for one in cut)) == re.sub(r"\s", "", html)
