"""Letter cards read by the device's camera, in a browser that can read QR codes: into the same grid, saved by hand.

Chromium on Linux reads none, so the browser is given a detector that finds the cards where they were drawn. How each card is
held is not told to the page: it sees it in the picture.
"""

import json
from typing import Any

import pytest
from flask import Flask

from lms.db import db
from tests import browser
from tests.witnessing import world as made

SIDE = 300
CAMERA = """({cards, held, side}) => {
  const canvas = document.createElement("canvas");
  canvas.width = side * held.length; canvas.height = side;
  const paper = canvas.getContext("2d");
  const turn = { A: 0, B: 90, C: 180, D: 270 };
  const draw = async () => {
    const style = "<style>rect{fill:#fff}text{font:42px sans-serif;text-anchor:middle}path{stroke:none}</style>";
    for (const [n, [number, letter]] of held.entries()) {
      const image = new Image();
      const svg = cards[n].replace("<svg ", `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" `);
      image.src = "data:image/svg+xml," + encodeURIComponent(svg.replace(">", ">" + style));
      await image.decode();
      paper.save();
      paper.translate(side * n + side / 2, side / 2);
      paper.rotate((turn[letter] + 8) * Math.PI / 180);
      paper.drawImage(image, -side * 0.4, -side * 0.4, side * 0.8, side * 0.8);
      paper.restore();
    }
  };
  navigator.mediaDevices.getUserMedia = async () => { await draw(); setInterval(draw, 100); return canvas.captureStream(20); };
  const reach = side * 0.8 * (128 / 200) * (21 / 29) / Math.SQRT2;
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() {
      return held.map(([number], n) => ({
        rawValue: `NC:${number}`,
        cornerPoints: [225, 315, 45, 135].map((degrees) => ({
          x: side * n + side / 2 + reach * Math.cos((degrees + 8) * Math.PI / 180),
          y: side / 2 + reach * Math.sin((degrees + 8) * Math.PI / 180),
        })),
      }));
    }
  };
}"""


@pytest.fixture
def asked(app: Flask, it_is: Any, visitors: browser.Visitors) -> Any:
    """A teacher's phone at the grid of the first question with cards: (page, its class page)."""
    with app.app_context():
        ids = made.build()
        db.session.commit()
    teacher = visitors.phone()
    browser.sign_in(teacher, "hoa.mau", made.PASSWORD)
    room = f"/lop-hoc/{ids['school_class']}"
    teacher.goto(f"{room}/tiet")
    teacher.select_option("select[name=lesson_id]", value="l.s3.1")
    teacher.get_by_role("button", name="Bắt đầu tiết học").click()
    teacher.get_by_role("button", name="Ghi điểm danh").click()
    teacher.get_by_role("button", name="Hỏi câu này").first.click()
    teacher.wait_for_selector("tr.is-now")
    return teacher, room


def test_cards_are_read_into_the_grid(asked: Any, visitors: browser.Visitors) -> None:
    teacher, room = asked
    assert not teacher.locator("[data-camera]").is_visible(), "a browser that reads no codes is offered no camera"
    grid = teacher.url
    teacher.goto(f"{room}/the-chu?so=3")
    cards = teacher.locator("svg.letter-card").evaluate_all("all => all.map(one => one.outerHTML)")
    letters = teacher_letters(teacher, grid)
    held = [["1", letters[1]], ["2", letters[-1]], ["3", letters[0]]]
    script = f"({CAMERA})({json.dumps({'cards': cards, 'held': held, 'side': SIDE})})"
    teacher.add_init_script(script)
    teacher.goto(grid)
    teacher.get_by_role("button", name="Đọc thẻ bằng máy ảnh").click()
    teacher.locator("[data-read]", has_text="2").wait_for(timeout=10_000)
    rows = teacher.locator("tr[data-row]")
    for row, (_number, letter) in zip(range(2), held, strict=False):
        assert rows.nth(row).locator("input:checked").input_value() == letter
    assert teacher.locator("[data-missing]").inner_text().strip() == "", "card 3 belongs to nobody of this class"
    teacher.get_by_role("button", name="Tắt máy ảnh").click()
    teacher.get_by_role("button", name="Lưu", exact=True).click()
    assert "Đã ghi 2 câu trả lời" in teacher.locator(".toast").inner_text()
    assert not visitors.faults


def teacher_letters(teacher: Any, grid: str) -> list[str]:
    """The letters this question has."""
    teacher.goto(grid)
    found = teacher.locator("tr[data-row]").first.locator("input").evaluate_all("all => all.map(one => one.value)")
    return [letter for letter in found if letter]
