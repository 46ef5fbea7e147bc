"""A teacher's week with the register: two modules in order, a look at a cell, a mark sheet filled in at home, a page for
the parents; the pupil sees one list."""

from io import BytesIO
from typing import Any

import openpyxl

from tests.stories.hamlet import Hamlet
from tests.stories.steps import arrive_as, follow, press, read_lesson, refuse_nothing


def test_from_giving_work_to_the_page_for_parents(visitors: Any, hamlet: Hamlet) -> None:
    teacher, pupil = visitors.desk(), visitors.phone()
    home = f"/lop-hoc/{hamlet.school_class}"
    arrive_as(teacher, "hoa")
    _give_two_in_order(teacher, home)

    arrive_as(pupil, "an")
    assert "học sau bài «Đọc tên rồi mới trả»" in pupil.locator("main").inner_text()
    press(pupil, "Bắt đầu")
    assert read_lesson(pupil) > 0
    pupil.goto("/")
    assert "học sau bài" not in pupil.locator("main").inner_text()

    teacher.goto(home)
    press(teacher, "Sổ theo dõi")
    _send_the_sheet(teacher, _filled_in(teacher))
    assert "Em hay giúp bạn." in teacher.locator("main").inner_text()
    teacher.locator("td[data-label='Thanh toán'] a").first.click()
    teacher.wait_for_load_state()
    assert "Phạm Thị Hoa" in teacher.locator("main").inner_text(), "who wrote it stands beside it"
    teacher.locator("label", has=teacher.locator("input[name=mark][value='chua-dat']")).click()
    teacher.fill("textarea", "Cần tập lại bước quét mã.")
    press(teacher, "Ghi vào sổ")
    refuse_nothing(teacher)
    told = teacher.locator("main").inner_text()
    assert told.index("Cần tập lại") < told.rindex("Đạt"), "the latest first, the one before kept"

    teacher.goto(f"/hoc-sinh/{hamlet.pupil}")
    press(teacher, "Trang gửi phụ huynh")
    told = teacher.locator("main").inner_text()
    assert "Cần tập lại bước quét mã." in told and "Đã nối" in told and "đã đồng ý" in told


def _give_two_in_order(page: Any, home: str) -> None:
    page.goto(home)
    press(page, "Giao bài")
    for value in ("m.s3.1", "m.s4.1"):
        page.locator("label", has=page.locator(f'input[value="{value}"]')).click()
    page.locator("label", has=page.locator("input[name=in_order]")).click()
    page.locator("label", has=page.locator("input[name=one_a_week]")).click()
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    refuse_nothing(page)
    assert "Đã giao 2 bài" in page.locator("main").inner_text()


def _filled_in(page: Any) -> bytes:
    """The workbook as the browser saved it, one mark and one remark written into it."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải Excel").click()
    workbook = openpyxl.load_workbook(BytesIO(waiting.value.path().read_bytes()))
    sheet = workbook["Phiếu ghi"]
    top = next(line[0].row for line in sheet.iter_rows() if line[0].value == "Mã")
    for column, cell in enumerate(sheet[top], 1):
        if str(cell.value).startswith("Thanh toán ["):
            sheet.cell(top + 1, column).value = "Đ"
        if cell.value == "Nhận xét":
            sheet.cell(top + 1, column).value = "Em hay giúp bạn."
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def _send_the_sheet(page: Any, content: bytes) -> None:
    follow(page, "Gửi phiếu đã điền")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("[name=file]", files=[{"name": "so.xlsx", "mimeType": kind, "buffer": content}])
    press(page, "Đọc thử")
    assert "Sẽ ghi 2 mục" in page.locator("main").inner_text()
    press(page, "Ghi vào sổ")
    refuse_nothing(page)
