"""A practice in a browser: the script draws what the server draws, by keyboard alone, and with the network cut."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from lms.practice.rules.params import drawn
from lms.practice.rules.reducer import beginning, step
from tests import browser
from tests.practice.gallery import SEED, SPEC, create_practice_gallery
from tests.web.test_comforts import VOICE

VALUES = drawn(SPEC, SEED)
INSIDE = """(words) => import('/static/js/practice.js').then(({inside, shown, drawn, beginning, step}) => words.map(
  ([spec, seed, actions, told, said]) => { const values = drawn(spec, seed); let state = beginning(spec);
    actions.forEach((one) => { state = step(spec, values, state, one); });
    const box = document.createElement('div'); box.innerHTML = inside(shown(spec, values, state, true), told, said); return %s(box); }))"""
TREE = """((box) => { const walk = (node) => node.nodeType === 3 ? node.textContent.replace(/\\s+/g, ' ').trim() :
  [node.tagName, [...node.attributes].map((one) => one.name + '=' + one.value).sort(), [...node.childNodes].filter((one) =>
  one.nodeType === 1 || (one.nodeType === 3 && one.textContent.trim())).map(walk)]; return JSON.stringify([...box.children].map(walk)); })"""
FILLED = [
    ["tap", "to_portal"],
    ["choose", "p_what", "tam_tru"],
    ["choose", "p_docs", "b"],
    ["input", "p_name", "Xóm <Bản> & «Cũ»"],
    ["tap", "address"],
]
WALKS: list[list[Any]] = [
    [],
    *([["tap", f"to_{name}"]] for name in ("messages", "call", "browser", "bank", "shop", "map", "camera", "note")),
    FILLED,
    [["tap", "to_map"], ["choose", "place", "cho"]],
    [["tap", "to_camera"], ["choose", "shot", "ro"]],
    [["tap", "to_bank"], ["input", "amt", "45.000đ"], ["input", "memo", "gạo"]],
    [["tap", "to_bank"], ["input", "amt", 45000], ["tap", "k_pay"]],
    [["tap", "to_note"], ["tap", "n_end"]],
]


@pytest.fixture
def site() -> Iterator[str]:
    with browser.served(create_practice_gallery()) as address:
        yield address


def test_the_script_draws_what_the_server_draws(visitors) -> None:
    page = visitors.phone()
    page.goto("/man/home")
    said = json.loads(page.get_attribute("[data-practice-words]", "data-practice-words"))
    told = {"problem": said["personal"], "refused": "personal", "made": SPEC["mistakes"][:1]}
    by_script = page.evaluate(INSIDE % TREE, [[SPEC, SEED, walk, told, said] for walk in WALKS])
    for walk, drawn_there in zip(WALKS, by_script, strict=True):
        state = beginning(SPEC)
        for action in walk:
            state = step(SPEC, VALUES, state, action)
            assert "invalid" not in state, (walk, state)
        page.goto("/buoc?" + urlencode({"di": json.dumps(walk), "noi": json.dumps(told)}))
        here = page.evaluate(f"() => {TREE}(document.querySelector('[data-inside]'))")
        assert json.loads(drawn_there) == json.loads(here), walk


def test_one_plays_by_keyboard_alone(visitors) -> None:
    page = visitors.phone()
    page.goto("/luyen-tap/p.s3.moi-man")
    page.focus("form[data-practice-start] button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sim--phone")
    _tab_to(page, "tap:to_bank")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sim--bank")
    assert "Chuyển tiền" in page.inner_text("[data-told]") and page.evaluate("document.activeElement.id") == "sim-title"
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "f-amt":
            break
    page.keyboard.type("45000")
    page.keyboard.press("Enter")
    assert page.is_visible(".sim--bank") and page.input_value("[name=f-amt]") == "45000"
    page.fill("[name=f-memo]", "0912345678")
    _tab_to(page, "tap:k_pay")
    page.keyboard.press("Enter")
    assert "thẻ vai" in page.inner_text(".sim__told")
    assert browser.axe_problems(page) == [] and browser.wider_than_screen(page) == 0
    page.fill("[name=f-memo]", "gạo")
    _tab_to(page, "tap:k_pay")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sim__qr")


def test_a_mistake_is_told_at_once_and_again_at_the_end(visitors) -> None:
    page = visitors.phone()
    page.goto("/luyen-tap/p.s3.moi-man")
    page.click("form[data-practice-start] button")
    page.click("[value='tap:to_call']")
    page.click("[value='tap:c_read']")
    assert "Mã OTP không đọc cho ai" in page.inner_text("[role=alert]")
    page.click("[value=back]")
    page.click("[value='tap:to_note']")
    page.click("[value='tap:n_end']")
    page.wait_for_selector(".sim-end")
    assert "Họ dùng mã ấy" in page.inner_text(".sim-end") and "luyện tự do" in page.inner_text("[data-kept]")
    assert browser.axe_problems(page) == []
    page.click("[data-again]")
    page.wait_for_selector(".sim--phone")


def test_a_practice_opened_once_starts_with_the_network_cut(visitors) -> None:
    page = visitors.phone()
    page.goto("/luyen-tap/p.s3.moi-man")
    page.wait_for_selector("[data-practice-offline]:not([hidden])")
    page.context.unroute_all(behavior="wait")
    page.context.set_offline(True)
    page.goto("/luyen-tap/p.s3.moi-man")
    page.click("form[data-practice-start] button")
    page.click("[value='tap:to_bank']")
    assert page.inner_text("h2") == "Chuyển tiền"
    assert page.evaluate("getComputedStyle(document.querySelector('.sim__top')).backgroundColor") == "rgb(27, 102, 79)"


def test_a_trace_waits_for_the_network_and_is_told_honestly(visitors) -> None:
    page = visitors.phone()
    page.goto("/luyen-tap/p.s3.moi-man?giu=1")
    page.wait_for_selector("[data-practice-offline]:not([hidden])")
    page.route("**/vet", lambda route: route.abort())
    page.click("form[data-practice-start] button")
    page.click("[value='tap:to_note']")
    # The request must have failed before the network comes back: one under way would be handled twice.
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/vet")):
        page.click("[value='tap:n_end']")
    page.wait_for_selector("[data-outbox]:not([hidden])")
    assert "chờ gửi: 1 · Đã gửi: 0" in page.inner_text("[data-outbox]")
    page.unroute_all(behavior="wait")
    page.reload()
    page.wait_for_function("document.querySelector('[data-outbox]').textContent.includes('Đã gửi: 1')")
    visitors.faults[:] = [fault for fault in visitors.faults if "/vet" not in fault and "ERR_FAILED" not in fault]


def test_screens_are_read_by_the_voice_of_the_device_the_band_first(visitors) -> None:
    page = visitors.phone()
    page.add_init_script(VOICE)
    page.goto("/luyen-tap/p.s3.moi-man")
    page.click("form[data-practice-start] button")
    page.wait_for_selector(".sim--phone")
    page.click("[data-read-play]")
    page.wait_for_function("said.length > 4")
    texts = [one.strip() for one in page.evaluate("said.map((one) => one.text)")]
    assert (
        texts[0] == "BÀI TẬP — KHÔNG PHẢI THẬT"
        and texts[1].startswith("Bác là")
        and "T, Tin nhắn, 2 tin mới" not in texts
        and "Tin nhắn, 2 tin mới" in texts
    )
    page.evaluate("said.length = 0")
    page.click("[value='tap:to_call']")
    page.wait_for_function("said.length > 4")
    texts = page.evaluate("said.map((one) => one.text)")
    assert texts[:2] == ["BÀI TẬP — KHÔNG PHẢI THẬT", "Cuộc gọi đến"] and "Tắt máy" in texts
    assert not any(text.startswith("Bác là") for text in texts), "the role card is read once"
    page.evaluate("said.length = 0")
    page.click("[value=hint]")
    page.wait_for_function("said.length > 0")
    assert [text.startswith("Gợi ý:") for text in page.evaluate("said.map((one) => one.text)")] == [True]
    assert browser.axe_problems(page) == [] and browser.wider_than_screen(page) == 0
    page.click("[data-read-play]")
    page.evaluate("said.length = 0")
    page.click("[value='tap:c_stop']")
    page.wait_for_timeout(300)
    assert page.evaluate("said.length") == 0


def test_without_a_vietnamese_voice_nothing_is_offered(visitors) -> None:
    page = visitors.phone()
    page.add_init_script(VOICE.replace("vi-VN", "en-US"))
    page.goto("/luyen-tap/p.s3.moi-man")
    page.wait_for_selector("[data-practice-offline]:not([hidden])")
    assert page.locator("[data-read-bar]").is_hidden()


def _tab_to(page: Any, value: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == value:
            return
    raise AssertionError(f"no way to {value} by keyboard")
