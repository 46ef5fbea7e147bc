"""What the scripts add, and that the parts stand without them, narrow, large and dark."""

import pytest

from tests.browser import wider_than_screen
from tests.web.gallery import PAGES

VOICE = """
const voices = [{lang: "vi-VN", name: "Linh"}];
window.said = [];
const speaker = {paused: false, getVoices: () => voices, addEventListener() {}, cancel() {},
  pause() { this.paused = true; }, resume() { this.paused = false; }, speak(speech) { said.push(speech); }};
Object.defineProperty(window, "speechSynthesis", {value: speaker});
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""
LOOK = "[document.documentElement.dataset.theme, document.documentElement.dataset.size]"


def test_theme_and_size_are_remembered_on_the_device(visitors) -> None:
    page = visitors.phone()
    page.goto("/parts")
    page.click("[data-theme-switch]")
    page.click("[data-text-size]")
    page.goto("/lesson")
    assert page.evaluate(LOOK) == ["dark", "large"]
    page.click("[data-theme-switch]")
    page.click("[data-text-size]")
    page.click("[data-text-size]")
    page.reload()
    assert page.evaluate(LOOK) == ["light", "normal"]


def test_a_lesson_is_read_aloud_paragraph_by_paragraph(visitors) -> None:
    page = visitors.phone()
    page.add_init_script(VOICE)
    page.goto("/lesson")
    page.click("[data-read-play]")
    page.wait_for_function("said.length === 1")
    assert (
        page.inner_text(".reading")
        == page.evaluate("said[0].text")
        == "Em nhìn điện thoại của bác Hoà. Sáng nay bác nhận được tin này."
    )
    page.evaluate("said[0].onend()")
    assert page.inner_text("[data-read-words]").startswith("Đang đọc đoạn 2/")
    page.click("[data-read-slow]")
    assert page.evaluate("[said.length, said[2].rate, said[2].text === said[1].text]") == [3, 0.75, True]
    page.evaluate("said[1].onend()")  # the part that was cut short
    assert page.evaluate("said.length") == 3, "the end of what was cut short starts nothing"
    page.click("[data-read-stop]")
    assert page.locator(".reading").count() == 0


def test_without_a_vietnamese_voice_nothing_is_offered(visitors) -> None:
    page = visitors.phone()
    page.add_init_script(VOICE.replace("vi-VN", "en-US"))
    page.goto("/lesson")
    assert page.locator("[data-read-bar]").is_hidden()


def test_a_second_tap_sends_nothing(visitors) -> None:
    page = visitors.phone()
    page.goto("/forms")
    sent = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    with page.expect_navigation():
        page.evaluate(
            "() => { const one = document.querySelector('main button[type=submit]'); one.click(); one.click(); }"
        )
    assert sent == ["POST"]


@pytest.mark.parametrize("answer", [True, False])
def test_a_destructive_button_asks_first(visitors, answer: bool) -> None:
    page = visitors.phone()
    page.goto("/forms")
    page.evaluate("document.querySelector('main form').dataset.confirm = 'Xoá phiếu này?'")
    asked, sent = [], []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept() if answer else dialog.dismiss()))
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    assert asked == ["Xoá phiếu này?"] and sent == (["POST"] if answer else [])


def test_a_refused_form_is_read_from_its_summary(visitors) -> None:
    page = visitors.phone()
    page.goto("/forms?sai=1")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.click("text=Năm sinh >> nth=0")
    assert page.evaluate("location.hash") == "#birth_year"


@pytest.mark.parametrize("page_name", [name for name in PAGES if name != "projector"])
def test_no_page_scrolls_sideways_even_in_the_largest_type(visitors, page_name: str) -> None:
    page = visitors.phone()
    page.goto(f"/{page_name}")
    assert wider_than_screen(page) == 0
    page.evaluate("document.documentElement.dataset.size = 'largest'")
    assert wider_than_screen(page) == 0


@pytest.mark.parametrize("page_name", PAGES)
def test_targets_are_large_enough_for_a_thumb(visitors, page_name: str) -> None:
    """44 px high where one taps; links inside a sentence are excepted (WCAG 2.5.8)."""
    page = visitors.phone()
    page.goto(f"/{page_name}")
    small = page.evaluate("""() => [...document.querySelectorAll("button, summary, .choice, .big-key, .bottom a, .rows > li > a, .chips a, .tabs a, .who, .brand, input:not([type=hidden], [type=radio], [type=checkbox])")]
      .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML.slice(0, 90))""")
    assert not small


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page_name", PAGES)
def test_nothing_serious_in_the_way_of_anybody(visitors, axe, page_name: str, theme: str) -> None:
    page = visitors.phone(color_scheme=theme)
    page.goto(f"/{page_name}?sai=1&bao=1")
    assert not axe(page)


@pytest.mark.parametrize("page_name", ["parts", "forms", "lesson"])
def test_without_a_script_the_page_stands(visitors, page_name: str) -> None:
    page = visitors.phone(scripts=False)
    page.goto(f"/{page_name}")
    assert page.locator("main").is_visible()
    assert page.locator("[data-theme-switch]:visible, [data-text-size]:visible, [data-print]:visible").count() == 0


def test_a_lesson_asks_for_four_files_besides_its_picture(visitors) -> None:
    """performance.md, line 1: the page, one stylesheet, one script, one font; the rest travels inside them."""
    page = visitors.phone()
    asked = []
    page.on("request", lambda request: asked.append(request.url.split("?")[0].rsplit("/", 1)[1]))
    page.goto("/lesson", wait_until="networkidle")
    assert sorted(set(asked) - {"favicon.svg"}) == ["all.css", "be-vietnam-pro-700.woff2", "lesson", "main.js"]
