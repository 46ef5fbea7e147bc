"""The exported sheet, filled in and sent back: tried first, problems by row, written as the teacher's words, never as proof."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from lms import clock
from lms.access.rules import Role
from lms.classes import actions as classes
from lms.db import db
from lms.gradebooks import actions as gradebooks
from lms.gradebooks.actions.reading import CODE_HEADER, PAGE_NAME
from lms.gradebooks.models import MarkEntry, MarkSheet
from lms.skills.models import Evidence, SkillSpell
from tests.classes import school
from tests.rosters import hamlet
from tests.rosters.hamlet import count, sign_in


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


@pytest.fixture
def book(room):
    row, pupils = room
    school.shelved()
    classes.assign_module(row.id, "m.s3.1", clock.today(), None)
    db.session.commit()
    return row, pupils


def at(row, *more):
    return "/".join([f"/lop-hoc/{row.id}/so-theo-doi", *map(str, more)])


def downloaded(client, row, term="hk1"):
    """(workbook, its page to fill in, the row of the header)."""
    answer = client.get(f"/lop-hoc/{row.id}/so-theo-doi.xlsx?ky={term}")
    workbook = openpyxl.load_workbook(BytesIO(answer.data))
    page = workbook[PAGE_NAME]
    top = next(line[0].row for line in page.iter_rows() if line[0].value == CODE_HEADER)
    return workbook, page, top


def put(page, top, person, header, value):
    column = next(cell.column for cell in page[top] if str(cell.value or "").startswith(header))
    line = next(one for one in page.iter_rows(min_row=top + 1) if one[0].value == person.id)
    page.cell(line[0].row, column).value = value
    return line[0].row


def sent(client, row, workbook, term="hk1", name="so.xlsx"):
    out = BytesIO()
    workbook.save(out)
    file = (BytesIO(out.getvalue()), name)
    return client.post(at(row, "phieu") + f"?ky={term}", data={"file": file}, content_type="multipart/form-data")


def test_a_filled_in_sheet_is_tried_then_written(as_teacher, book, ids):
    row, (lan, nam, uoc) = book
    workbook, page, top = downloaded(as_teacher, row)
    put(page, top, lan, "Thanh toán [", "Đ")
    put(page, top, nam, "Quét mã cho đúng", "CĐ")
    put(page, top, uoc, "Nhận xét", "Em tiến bộ nhiều.")
    answer = sent(as_teacher, row, workbook)
    assert answer.status_code == 303 and count(MarkEntry) == 0
    shown = text(as_teacher.get(answer.location))
    assert "Sẽ ghi 3 mục" in shown and "Em tiến bộ nhiều." in shown and lan.full_name in shown
    sheet = db.session.scalars(select(MarkSheet)).one()
    assert as_teacher.post(at(row, "phieu", sheet.id, "ghi")).status_code == 303
    written = {(one.person_id, one.subject): one for one in db.session.scalars(select(MarkEntry))}
    assert {(key, one.mark, one.term) for key, one in written.items()} == {
        ((lan.id, "s3"), "dat", "hk1"), ((nam.id, "m.s3.1"), "chua-dat", "hk1"), ((uoc.id, "chung"), "", "hk1")}  # fmt: skip
    assert {one.written_by for one in written.values()} == {ids["teacher"]}
    assert count(Evidence) == 0 and count(SkillSpell) == 0
    assert as_teacher.post(at(row, "phieu", sheet.id, "ghi")).status_code == 422  # once
    assert count(MarkEntry) == 3


def test_the_sheet_sent_back_as_it_was_writes_nothing(as_teacher, book):
    row, (lan, *_others) = book
    workbook, page, top = downloaded(as_teacher, row)
    put(page, top, lan, "Thanh toán [", "Đ")
    put(page, top, lan, "Nhận xét", "Chăm.")
    sent(as_teacher, row, workbook)
    as_teacher.post(at(row, "phieu", db.session.scalar(select(MarkSheet.id)), "ghi"))
    again, page, top = downloaded(as_teacher, row)
    assert [page.cell(top + 1, n).value for n in (1, 2)] == [lan.id, lan.full_name]
    answer = sent(as_teacher, row, again)
    assert "không có gì mới" in text(as_teacher.get(answer.location))


def test_every_problem_is_told_by_its_row(as_teacher, book):
    row, (lan, nam, uoc) = book
    workbook, page, top = downloaded(as_teacher, row)
    first = put(page, top, lan, "Thanh toán [", "9,5")
    second = put(page, top, nam, "Họ và tên", "Ai Đó")
    third = put(page, top, uoc, "Mua sắm [", "=1+1")
    put(page, top, uoc, "Nhận xét", "dài " * 300)
    page.cell(top, 12).value = "Lạ [m.khac]"
    page.append([lan.id, lan.full_name])
    page.append([999_999, "Không Có"])
    shown = text(as_teacher.get(sent(as_teacher, row, workbook).location))
    for words in ("Không hiểu ô này", "không khớp với mã", "là công thức", "dài quá", "không có trong sổ",
                  "Em này đã có ở dòng", "Không có em nào của lớp"):  # fmt: skip
        assert words in shown, words
    assert all(f"Dòng {n}" in shown for n in (first, second, third, top))


def test_a_sheet_of_another_class_or_term_is_not_read(as_teacher, book, ids):
    row, (lan, *_others) = book
    workbook, page, top = downloaded(as_teacher, row, "hk2")
    put(page, top, lan, "Thanh toán [", "Đ")
    shown = text(as_teacher.get(sent(as_teacher, row, workbook, "hk1").location))
    assert "lớp khác hoặc học kỳ khác" in shown and "Sẽ ghi" not in shown
    page.delete_rows(1, top - 1)
    assert "mã sổ" in text(as_teacher.get(sent(as_teacher, row, workbook, "hk2").location))
    del workbook[PAGE_NAME]
    assert "Không thấy trang" in text(as_teacher.get(sent(as_teacher, row, workbook, "hk2").location))


def test_what_is_no_list_is_refused_and_a_trial_can_be_dropped(as_teacher, book):
    row, _pupils = book
    file = {"file": (BytesIO(b"%PDF-1.4"), "so.xlsx")}
    assert as_teacher.post(at(row, "phieu"), data=file, content_type="multipart/form-data").status_code == 422
    assert as_teacher.post(at(row, "phieu"), data={}).status_code == 422
    workbook, _page, _top = downloaded(as_teacher, row)
    for _time in range(2):
        sent(as_teacher, row, workbook)
    assert count(MarkSheet) == 1  # the trial before is thrown away
    as_teacher.post(at(row, "phieu", db.session.scalar(select(MarkSheet.id)), "bo"))
    assert count(MarkSheet) == 0


def test_who_left_meanwhile_is_passed_over(as_teacher, book):
    row, (lan, *_others) = book
    workbook, page, top = downloaded(as_teacher, row)
    put(page, top, lan, "Thanh toán [", "Đ")
    sent(as_teacher, row, workbook)
    as_teacher.post(f"/lop-hoc/{row.id}/em/{lan.id}/thoi-hoc")
    as_teacher.post(at(row, "phieu", db.session.scalar(select(MarkSheet.id)), "ghi"))
    assert count(MarkEntry) == 0


def test_a_colleague_does_not_see_my_trial(client, book, ids):
    row, (lan, *_others) = book
    thu = hamlet.staff("Thu", Role.TEACHER, site_id=ids["school"])
    classes.appoint_teacher(row.id, thu, school.BEGUN)
    db.session.commit()
    sign_in(client, ids["teacher"])
    workbook, page, top = downloaded(client, row)
    put(page, top, lan, "Thanh toán [", "Đ")
    address = sent(client, row, workbook).location
    sign_in(client, thu)
    assert client.get(address).status_code == 404


def test_a_trial_nobody_wrote_is_thrown_away_in_a_week(as_teacher, book):
    row, (lan, *_others) = book
    workbook, page, top = downloaded(as_teacher, row)
    put(page, top, lan, "Thanh toán [", "Đ")
    sent(as_teacher, row, workbook)
    assert gradebooks.discard_stale(clock.now() + timedelta(days=6)) == 0
    assert gradebooks.discard_stale(clock.now() + timedelta(days=8)) == 1 and count(MarkSheet) == 0
