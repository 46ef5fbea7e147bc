"""A lesson in the computer room: the teacher opens a session and writes the code on the board, a pupil practises on a phone,
the teacher sees where he is, and signs what she saw. Two simulators, one signature: the petal opens.
"""

import re
from typing import Any

from flask import Flask

from lms import clock
from lms.db import db, open_write
from lms.skills.publishing import activate
from tests.practice.passing import right_actions
from tests.stories.hamlet import Hamlet
from tests.stories.steps import arrive_as, press, refuse_nothing
from tests.witnessing.world import evidence_of_quiz


def test_a_session_from_the_code_on_the_board_to_the_open_petal(app: Flask, visitors: Any, hamlet: Hamlet) -> None:
    with app.app_context():
        open_write()
        evidence_of_quiz(hamlet.pupil)
        activate("r2026.1", clock.today(), ["câu chuyện"])
        db.session.commit()
    board, phone = visitors.desk(), visitors.phone()
    arrive_as(board, "hoa")
    board.goto("/")
    press(board, "Mở buổi thực hành")
    board.select_option("select[name=skill_id]", "s3")
    board.fill("[name=place]", "Phòng máy")
    press(board, "Mở buổi")
    code = "".join(board.locator(".board-code b").inner_text().split())
    arrive_as(phone, "an")
    phone.goto("/luyen-tap")
    press(phone, "Vào buổi thực hành")
    phone.fill("[name=code]", code)
    press(phone, "Vào buổi")
    refuse_nothing(phone)
    room = phone.url
    _practise(phone, "p.s3.quet-ma", board)
    phone.goto(room)
    assert "Đã tự làm đạt 1 lượt" in phone.locator("main").inner_text()
    _practise(phone, "p.s3.chuyen-nham-khoa-the", None)
    press(board, "Ký cho những người đã nhìn thấy")
    for box in ("nguoi", "identity", "not_kin"):
        board.locator("label", has=board.locator(f"input[name={box}]")).click()
    press(board, "Ký cho những người đã đánh dấu")
    refuse_nothing(board)
    assert "Đã ký cho 1 người" in board.content()
    board.locator("main").get_by_role("link", name=re.compile("Bùi An")).click()
    assert "thành thạo" in board.locator("h2").first.inner_text()
    phone.goto("/hoa-cua-toi")
    assert "thành thạo" in phone.locator("main").inner_text()


def _practise(page: Any, practice: str, board: Any) -> None:
    """The right way through the variant drawn, press by press; half way the board says where the pupil is."""
    with page.expect_response(re.compile("bo.json")) as got:
        page.goto(f"/luyen-tap/{practice}")
    pack = got.value.json()
    press(page, "Bắt đầu")
    page.locator("[data-at]").wait_for()
    way = right_actions(practice, pack["spec"], pack["seed"])
    for number, (verb, target, *value) in enumerate(way):
        if board is not None and number == len(way) // 2:
            _look(board)
        if verb == "tap":
            page.locator(f'button[name=act][value="tap:{target}"]').first.click()
        elif verb == "input":
            page.fill(f'[name="f-{target}"]', str(value[0]))
        else:
            page.locator("label", has=page.locator(f'[name="f-{target}"][value="{value[0]}"]')).click()
    page.locator("[data-kept] a").wait_for()


def _look(board: Any) -> None:
    """The board refreshes itself; reloading does the same, and is quicker than waiting."""
    for _try in range(20):
        board.reload()
        text = board.locator("table.board").inner_text()
        if "đang làm" in text and "Quét mã" in text:
            return
        board.wait_for_timeout(250)
    raise AssertionError(text)
