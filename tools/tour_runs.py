"""Stops of the tour about lessons held: (name, who, start, links to follow, made for a wall, what is done there)."""

from typing import Any

CLASS = "/lop-hoc/[0-9]+"
RUNS = (CLASS, "/lop-hoc/[0-9]+/tiet")


def begin_lesson(page: Any) -> None:
    """Into the attendance page of a lesson; the next stops find it running."""
    page.get_by_role("button", name="Bắt đầu tiết học").click()


def mark(page: Any) -> None:
    """To the board."""
    page.get_by_role("link", name="Vào tiết học").click()


def ask(page: Any) -> None:
    """A question put to the class, or the one put before."""
    mark(page)
    page.wait_for_load_state()
    if page.get_by_role("button", name="Hỏi câu này").count():
        page.get_by_role("button", name="Hỏi câu này").first.click()


def end(page: Any) -> None:
    """The lesson over; whoever comes next may begin one."""
    mark(page)
    page.wait_for_load_state()
    page.get_by_role("button", name="Kết thúc tiết học").click()


_codes: list[str] = []


def print_cards(page: Any) -> None:
    """Cards for the class; one of the codes opens the next stops."""
    page.get_by_role("button", name="Làm thẻ cho cả lớp").first.click()
    _codes.append(page.locator(".take-home strong.num").first.inner_text())


def open_card(page: Any) -> None:
    page.fill("[name=code]", _codes[-1])
    page.get_by_role("button", name="Mở năm câu").click()


def answer_card(page: Any) -> None:
    open_card(page)
    for one in page.locator("main fieldset").all():
        one.locator("input").first.check()
    page.get_by_role("button", name="Xem kết quả").click()


STOPS: tuple[tuple[Any, ...], ...] = (
    ("tiet-hoc", "giaovien", "/lop-hoc", RUNS),
    ("the-chu", "giaovien", "/lop-hoc", (*RUNS, "/lop-hoc/[0-9]+/the-chu")),
    ("diem-danh-tung-nguoi", "giaovien", "/lop-hoc", (*RUNS, "/lop-hoc/[0-9]+/diem-danh")),
    ("diem-danh", "giaovien", "/lop-hoc", RUNS, False, begin_lesson),
    ("bang-cua-lop", "giaovien", "/lop-hoc", RUNS, False, mark),
    ("ghi-cau-tra-loi", "giaovien", "/lop-hoc", RUNS, False, ask),
    ("tiet-da-xong", "giaovien", "/lop-hoc", RUNS, False, end),
    ("len-lop", "giaovien", "/lop-hoc", (CLASS, "/lop-hoc/[0-9]+/len-lop")),
    ("nhan-chuyen-truong", "giaovien", "/lop-hoc", (CLASS, "/lop-hoc/[0-9]+/nhan-chuyen-truong")),
    ("the-ve-nha-cua-lop", "giaovien", "/lop-hoc", (CLASS, "/lop-hoc/[0-9]+/the-ve-nha"), False, print_cards),
    ("the-ve-nha", "hocsinh", "/", ("/the-ve-nha",)),
    ("nhap-ma-the", "", "/ve-nha"),
    ("nam-cau-o-nha", "", "/ve-nha", (), False, open_card),
    ("ket-qua-o-nha", "", "/ve-nha", (), False, answer_card),
    ("ghi-bai-vao-ho-so", "nguoidan", "/ve-nha/ghi-vao-ho-so"),
    ("toan-truong", "quantri", "/lop-hoc", ("/lop-hoc/truong/[0-9]+",)),
)
