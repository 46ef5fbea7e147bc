"""A real installation: an empty database, one administrator, four lists as they are kept; then two golden hearts. Only pages."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from lms.db import db
from lms.library.commands import publish_books
from tests.browser import sign_in
from tests.house.two_worlds import shelf
from tests.stories.steps import (
    PASSWORD,
    SKILLS,
    arrive_as,
    cards_of,
    follow,
    has_golden_heart,
    open_test,
    press,
    refuse_nothing,
    sign_card,
    sit_test,
)

SAMPLES = Path(__file__).parents[1] / "samples"
TEACHER, OFFICER = "Vũ Thanh Mai", "Trương Thị Hiền"
PUPIL, ADULT = "Quách Phương Quỳnh", "Vũ Ngọc Quý"


def test_from_an_empty_database_to_two_golden_hearts(
    app: Flask, visitors: Any, it_is: Callable[[datetime], None]
) -> None:
    with app.app_context():
        publish_books(shelf())  # what `make run` does before it serves
        db.session.commit()
    made = app.test_cli_runner().invoke(args=["people", "create-admin", "quantri", "--password", PASSWORD])
    assert made.exit_code == 0, made.output
    admin = visitors.desk()
    arrive_as(admin, "quantri")
    _set_up_places(admin)
    school_class = _bring_lists(admin)
    first = _hand_out_accounts(admin)
    first[OFFICER] = _appoint_officer(admin)

    officer, teacher, pupil = (visitors.phone(scripts=False) for _ in range(3))
    for page, name in ((officer, OFFICER), (teacher, TEACHER), (pupil, PUPIL)):
        _sign_in_first(page, *first[name])
    _record_papers(teacher, school_class)
    home, adult_home = _make_one_of_two(officer), _agree_by_mouth(officer)
    for day, skill in enumerate(SKILLS, 20):  # a witness opens two tests a day at most
        it_is(datetime(2026, 11, day, 2, 0, tzinfo=UTC))
        arrive_as(teacher, _username(first, TEACHER))
        open_test(teacher, f"/chung-kien/mo-bai?lop={school_class}", skill)
        sit_test(pupil, skill)
        arrive_as(officer, _username(first, OFFICER))
        _sit_on_borrowed_device(officer, skill)
        for title in cards_of(skill):
            sign_card(teacher, PUPIL, title)
            sign_card(officer, ADULT, title)
    officer.goto(home)
    assert has_golden_heart(officer, ".hero-flower"), "the pupil's five petals open the household's heart"
    officer.goto(adult_home)
    assert has_golden_heart(officer, ".hero-flower"), "a grown-up without a phone opens it too"
    officer.goto("/")
    assert re.search(r"\b2/36 hộ nở trọn", " ".join(officer.locator("main").inner_text().split()))


def _username(first: dict[str, tuple[str, str]], name: str) -> str:
    return first[name][0]


def _set_up_places(page: Any) -> None:
    page.goto("/quan-tri/cai-dat")
    press(page, "Dùng danh mục có sẵn")
    refuse_nothing(page)
    _bring(page, "thon.csv")
    page.goto("/don-vi")
    commune = page.locator("main section", has=page.get_by_role("heading", name="Xã Ngọc Liên", exact=True)).first
    commune.get_by_role("link", name="Thêm trường").first.click()
    page.fill("[name=name]", "Trường THCS Mẫu số 1")
    press(page, "Lưu")
    refuse_nothing(page)


def _bring_lists(page: Any) -> int:
    """Households, the class, staff; gives the class."""
    _bring(page, "ho-gia-dinh.xlsx")
    _bring(page, "lop-7a.xlsx")
    _bring(page, "can-bo-giao-vien-to-cong-nghe.xlsx", place="Xã Ngọc Liên")
    page.goto("/lop-hoc")
    page.locator("main a[href^='/lop-hoc/']", has_text="7A").first.click()
    school_class = int(re.search(r"/lop-hoc/(\d+)", page.url)[1])  # type: ignore[index]
    page.goto(f"/lop-hoc/{school_class}/giao-vien")
    if TEACHER not in page.locator("main ul").all_inner_texts().__str__():
        page.select_option("select[name=person_id]", label=TEACHER)
        page.locator("main form button.button").first.click()
        page.wait_for_load_state()
        refuse_nothing(page)
    return school_class


def _bring(page: Any, name: str, place: str = "") -> None:
    page.goto("/nhap-danh-sach/tai-len")
    page.set_input_files("input[type=file]", SAMPLES / name)
    if place:
        page.select_option("select[name=place]", label=place)
    press(page, "Đọc thử")
    assert "Dòng cần xem" in page.locator("main").inner_text(), name
    page.get_by_role("button", name=re.compile("Ghi vào sổ")).click()
    page.wait_for_load_state()
    refuse_nothing(page)
    assert "đã ghi" in page.locator("main").inner_text(), name


def _hand_out_accounts(page: Any) -> dict[str, tuple[str, str]]:
    """First accounts for the teacher and the pupil, off the sheets that are printed once: name → username, password."""
    found: dict[str, tuple[str, str]] = {}
    for file, name in (("can-bo", TEACHER), ("lop-7a", PUPIL)):
        page.goto("/nhap-danh-sach")
        page.locator("main a[href^='/nhap-danh-sach/']", has_text=file).first.click()
        press(page, "Tạo tài khoản")
        page.locator("label.choice", has_text=name).first.click()
        press(page, "Tạo tài khoản và in")
        cells = page.locator("tr", has_text=name).locator("code").all_inner_texts()
        found[name] = (cells[0], cells[1])
    return found


def _appoint_officer(page: Any) -> tuple[str, str]:
    page.goto("/nguoi/them")
    page.fill("[name=full_name]", OFFICER)
    page.fill("[name=birth_year]", "1986")
    press(page, "Lưu")
    press(page, "Giao vai trò")
    page.select_option("select[name=role]", "commune-officer")
    where = page.locator("select[name=where] option", has_text="Ngọc Liên").all()
    wanted = next(one for one in where if one.inner_text().strip().endswith("Xã Ngọc Liên"))
    page.select_option("select[name=where]", wanted.get_attribute("value"))
    page.fill("[name=from_on]", "2026-09-01")
    press(page, "Giao vai trò")
    refuse_nothing(page)
    press(page, "Tạo tài khoản")
    page.fill("[name=username]", "hien.canbo")
    press(page, "Tạo và xem mật khẩu đầu tiên")
    return "hien.canbo", page.locator("main code").all_inner_texts()[-1]


def _sign_in_first(page: Any, username: str, password: str) -> None:
    """With the first password one can do nothing but choose one's own."""
    sign_in(page, username, password)
    page.goto("/")
    page.fill("[name=current]", password)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    press(page, "Lưu")
    refuse_nothing(page)


def _record_papers(page: Any, school_class: int) -> None:
    for purpose in ("assessment", "household-link"):
        page.goto(f"/lop-hoc/{school_class}/dong-y?muc_dich={purpose}")
        page.fill("[name=signed_on]", "2026-11-19")
        for label in page.locator("tr", has_text=PUPIL).locator("label.choice").all():
            label.click()
        press(page, "Ghi các phiếu đã đánh dấu")
        refuse_nothing(page)


def _make_one_of_two(page: Any) -> str:
    """The officer adds the child to its household, then confirms that the school's pupil is this child."""
    page.goto("/ho-gia-dinh?tim=NL-003")
    page.locator("main a[href^='/ho-gia-dinh/']", has_text="NL-003").first.click()
    page.wait_for_load_state()
    home = str(page.url)
    press(page, "Thêm người")
    page.fill("[name=full_name]", PUPIL)
    page.fill("[name=birth_year]", "2013")
    page.select_option("select[name=relation]", "con")
    page.fill("[name=from_on]", "2026-11-20")
    press(page, "Lưu")
    refuse_nothing(page)
    page.goto("/noi-ho-so")
    page.locator("main li", has_text=PUPIL).get_by_role("button", name="Là một người, nối").click()
    page.wait_for_load_state()
    assert "Gỡ nối" in page.locator("main").inner_text()
    return home


def _agree_by_mouth(page: Any) -> str:
    """The officer reads the text to the grown-up and records the yes; gives the household's address."""
    page.goto("/ho-gia-dinh?tim=NL-001")
    page.locator("main a[href^='/ho-gia-dinh/']", has_text="NL-001").first.click()
    page.wait_for_load_state()
    home = str(page.url)
    follow(page, ADULT)
    person = int(page.url.rsplit("/", 1)[1])
    page.goto(f"/nguoi/{person}/dong-y")
    page.get_by_role("button", name=re.compile("^Ghi: .* đồng ý$")).first.click()
    page.wait_for_load_state()
    assert "Đang có đồng ý." in page.locator("main").inner_text()
    return home


def _sit_on_borrowed_device(page: Any, skill: str) -> None:
    page.goto("/chung-kien/mo-bai")
    page.fill("#tim", ADULT)
    press(page, "Tìm")
    page.locator("label.choice", has_text=ADULT).first.click()
    press(page, "Tiếp tục")
    open_test(page, page.url, skill)
    press(page, "Trao máy này cho một người")
    page.get_by_role("button", name=re.compile(f"^{ADULT}")).first.click()
    page.wait_for_load_state()
    sit_test(page, skill)
    press(page, "Xong, trả máy")
    press(page, "Trả lại máy")
    page.fill("[name=secret]", PASSWORD)
    press(page, "Nhận lại máy")
    refuse_nothing(page)
