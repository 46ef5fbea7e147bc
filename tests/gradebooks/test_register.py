"""The register: Đạt and Chưa đạt with what stands behind each cell, and what a teacher writes beside it."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from sqlalchemy import select

from lms import clock
from lms.access.rules import Role
from lms.classes import actions as classes
from lms.classes.rules.school_weeks import SchoolYear, Stretch, Term
from lms.db import db, open_write
from lms.gradebooks import queries
from lms.gradebooks.models import MarkEntry
from lms.journal import JournalLine
from lms.people import actions as people
from lms.skills.models import Evidence, SkillSpell
from tests.classes import school
from tests.rosters import hamlet
from tests.rosters.hamlet import count, sign_in


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def at(row, *more):
    return "/".join([f"/lop-hoc/{row.id}/so-theo-doi", *map(str, more)])


@pytest.fixture
def book(room):
    """The class with one module given, and what the first pupil has done: (class, pupils)."""
    row, pupils = room
    school.shelved()
    classes.assign_module(row.id, "m.s3.1", clock.today(), None)
    db.session.commit()
    return row, pupils


def proficient(person_id, skill="s3"):
    open_write()
    today = clock.today()
    until = today.replace(year=today.year + 1)
    db.session.add(SkillSpell(person_id=person_id, skill_id=skill, from_on=school.BEGUN, until_on=until, ruleset_id="r",
                              witness_role="teacher", concluded_at=clock.now()))  # fmt: skip
    db.session.commit()


def marked(row, person, subject="s3", mark="dat", words="", ky="ca-nam", client=None):
    fields = {"mark": mark, "words": words, "sent": str(uuid4())}
    return client.post(at(row, person.id, subject) + f"?ky={ky}", data=fields)


def test_the_register_shows_what_each_pupil_reached(as_teacher, book):
    row, (lan, nam, uoc) = book
    school.read_steps(lan.id, 3)
    proficient(nam.id)
    page = text(as_teacher.get(at(row)))
    assert "Sổ theo dõi lớp 7A" in page and "Quét mã cho đúng" in page and "3/3 bước" in page
    columns = queries.subjects(row.id)
    assert [one.id for one in columns] == ["s1", "s2", "s3", "m.s3.1", "s4", "s5"]
    lines = {line.person.id: line for line in queries.lines(row.id, [lan, nam, uoc], columns, Term.YEAR, clock.today())}
    told = {person: [str(cell.mark) for cell in line.cells] for person, line in lines.items()}
    assert told[lan.id] == ["chua-dat", "chua-dat", "chua-dat", "dat", "chua-dat", "chua-dat"]
    assert told[nam.id][2:4] == ["dat", "chua-dat"] and lines[uoc.id].passed == 0
    assert "read-person" in set(db.session.scalars(select(JournalLine.kind)))


def test_what_came_after_the_term_is_not_in_its_register(as_teacher, book):
    row, (lan, *_others) = book
    school.read_steps(lan.id, 3)
    day = clock.today()
    columns = queries.subjects(row.id)
    (now,) = queries.lines(row.id, [lan], columns, Term.YEAR, day)
    (before,) = queries.lines(row.id, [lan], columns, Term.YEAR, day.replace(year=day.year - 1))
    assert (now.passed, before.passed) == (1, 0)


def test_evidence_is_one_tap_away(as_teacher, book):
    row, (lan, *_others) = book
    school.read_steps(lan.id, 2)
    open_write()
    db.session.add(Evidence(id=uuid4(), type="quiz", person_id=lan.id, skill_id="s3", occurred_at=clock.now(),
                            received_at=clock.now(), mode="proctored", actors=[{"person": 1, "part": "opener", "as": "teacher"}],
                            content=[], ruleset_id="r", result={"items": [{"id": "a", "right": True, "critical": False,
                            "version": "", "options": 4}, {"id": "b", "right": False, "critical": False, "version": "",
                            "options": 4}]}, admitted=True, admission={}))  # fmt: skip
    db.session.commit()
    assert f"{at(row, lan.id, 's3')}?" in text(as_teacher.get(at(row)))
    page = text(as_teacher.get(at(row, lan.id, "s3")))
    assert "đúng 1/2 câu" in page and "có giáo viên" in page and "Chưa đạt" in page
    page = text(as_teacher.get(at(row, lan.id, "m.s3.1")))
    assert "2/3 bước" in page and "chưa đọc" in page


def test_a_teachers_entry_stands_in_front_and_its_history_is_kept(as_teacher, book, ids):
    row, (lan, *_others) = book
    assert marked(row, lan, words="Em làm được khi có cô ngồi cạnh.", client=as_teacher).status_code == 303
    assert marked(row, lan, mark="chua-dat", words="Cần tập lại bước quét mã.", client=as_teacher).status_code == 303
    page = text(as_teacher.get(at(row, lan.id, "s3") + "?ky=ca-nam"))
    assert "Em làm được khi có cô" in page and "Cần tập lại" in page and "Hoa" in page
    assert page.index("Cần tập lại") < page.rindex("Em làm được khi có cô")
    written = list(db.session.scalars(select(MarkEntry).order_by(MarkEntry.written_at)))
    assert [one.mark for one in written] == ["dat", "chua-dat"] and {one.written_by for one in written} == {
        ids["teacher"]
    }
    assert count(Evidence) == 0 and count(SkillSpell) == 0  # words, never proof
    assert marked(row, lan, mark="", words="", client=as_teacher).status_code == 303
    (line,) = queries.lines(row.id, [lan], queries.subjects(row.id), Term.YEAR, clock.today())
    assert not line.cells[2].is_teachers


def test_the_same_form_sent_twice_writes_once(as_teacher, book):
    row, (lan, *_others) = book
    fields = {"words": "Chăm, hay giúp bạn.", "sent": str(uuid4())}
    for _time in range(2):
        as_teacher.post(at(row, lan.id, "chung"), data=fields)
    assert count(MarkEntry) == 1
    assert "Chăm, hay giúp bạn." in text(as_teacher.get(at(row)))


def test_what_is_too_long_or_no_subject_is_refused(as_teacher, book):
    row, (lan, *_others) = book
    assert marked(row, lan, words="dài " * 300, client=as_teacher).status_code == 422
    assert marked(row, lan, mark="9", client=as_teacher).status_code == 422
    assert marked(row, lan, subject="m.s4.1", client=as_teacher).status_code == 404
    assert as_teacher.post(at(row, lan.id, "s3"), data={"mark": "dat", "words": "", "sent": "x"}).status_code == 422
    assert count(MarkEntry) == 0


def test_terms_have_entries_of_their_own(as_teacher, book):
    row, (lan, *_others) = book
    marked(row, lan, ky="hk1", client=as_teacher)
    assert "thầy cô ghi" in text(as_teacher.get(at(row) + "?ky=hk1"))
    assert "thầy cô ghi" not in text(as_teacher.get(at(row) + "?ky=hk2"))


def test_the_year_of_the_school_ends_the_term(as_teacher, book, ids):
    row, _pupils = book
    first, second = (clock.today() - timedelta(days=n) for n in (100, 10))
    then = clock.today() + timedelta(days=100)
    year = SchoolYear(Stretch(first, second), Stretch(second + timedelta(days=1), then))
    classes.set_calendar(ids["school"], "2026–2027", year, ids["teacher"])
    db.session.commit()
    assert f"đến hết ngày {second:%d/%m/%Y}" in text(as_teacher.get(at(row) + "?ky=hk1"))
    assert f"đến hết ngày {clock.today():%d/%m/%Y}" in text(as_teacher.get(at(row)))


def test_the_file_opens_in_two_readers_with_right_types(as_teacher, book):
    row, (lan, nam, uoc) = book
    open_write()
    nam.full_name = "=HYPERLINK(1)"
    db.session.commit()
    marked(row, lan, words="+84 gọi", client=as_teacher)
    answer = as_teacher.get(f"/lop-hoc/{row.id}/so-theo-doi.xlsx?ky=ca-nam")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    workbook = openpyxl.load_workbook(BytesIO(answer.data))
    register, _fill, words = workbook.worksheets
    rows = {one[2].value: one for one in register.iter_rows(min_row=4)}
    assert set(rows) == {lan.full_name, "=HYPERLINK(1)", uoc.full_name}
    assert rows[lan.full_name][1].value == lan.id and rows[lan.full_name][3].value == 2013
    assert {cell.data_type for one in rows.values() for cell in one} <= {"n", "s"}, "a formula"
    assert words["A3"].is_date and words["A3"].value.date() == clock.today()
    # And read without any library of workbooks: no formula, the day is a number.
    with ZipFile(BytesIO(answer.data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        trees = [ElementTree.fromstring(archive.read(name)) for name in names]
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    assert len(trees) == 3 and not any(list(tree.iter(f"{space}f")) for tree in trees)
    day = next(cell for cell in trees[2].iter(f"{space}c") if cell.get("r") == "A3")
    assert day.get("t") is None and int(day.find(f"{space}v").text) > 46000


def test_the_file_holds_only_this_class(as_teacher, book, ids):
    row, _pupils = book
    other = classes.found_class(ids["school"], "7B", "2026–2027", school.BEGUN)
    classes.appoint_teacher(other.id, ids["teacher"], school.BEGUN)
    classes.enrol(other.id, people.create_person("Hắc Ngưu", 2013).id, school.BEGUN)
    db.session.commit()
    answer = as_teacher.get(f"/lop-hoc/{row.id}/so-theo-doi.xlsx")
    workbook = openpyxl.load_workbook(BytesIO(answer.data))
    told = {cell.value for page in workbook.worksheets for line in page.iter_rows() for cell in line}
    assert "Hắc Ngưu" not in told and "Bùi Thị Lan" in told


def test_it_prints(as_teacher, book):
    row, (lan, *_others) = book
    marked(row, lan, client=as_teacher)
    page = text(as_teacher.get(at(row, "ban-in") + "?ky=ca-nam"))
    assert "Đ*" in page and "CĐ" in page and "data-print" in page


@pytest.mark.parametrize("who", ["stranger", "officer"])
def test_the_stranger_gets_nothing(client, ids, book, who):
    row, (lan, *_others) = book
    sign_in(client, ids[who])
    for page in (at(row), at(row, "ban-in"), f"/lop-hoc/{row.id}/so-theo-doi.xlsx", at(row, lan.id, "s3"),
                 at(row, lan.id, "chung"), at(row, "phieu"), at(row, "phieu", 1)):  # fmt: skip
        assert client.get(page).status_code in (403, 404), page
    for page in (at(row, lan.id, "s3"), at(row, "phieu"), at(row, "phieu", 1, "ghi"), at(row, "phieu", 1, "bo")):
        assert client.post(page, data={"mark": "dat", "sent": str(uuid4())}).status_code in (403, 404), page
    assert count(MarkEntry) == 0


def test_a_principal_reads_and_does_not_write(client, ids, book):
    row, (lan, *_others) = book
    principal = hamlet.staff("Hiệu", Role.PRINCIPAL, site_id=ids["school"])
    db.session.commit()
    sign_in(client, principal)
    assert "Sổ theo dõi" in text(client.get(at(row)))
    assert "Ghi vào sổ" not in text(client.get(at(row, lan.id, "s3")))
    assert marked(row, lan, client=client).status_code == 403


def test_a_pupil_of_another_class_is_not_in_this_register(as_teacher, book, ids):
    row, _pupils = book
    other = people.create_person("Lê Thị Khác", 2013)
    db.session.commit()
    assert as_teacher.get(at(row, other.id, "s3")).status_code == 404
    assert marked(row, other, client=as_teacher).status_code == 404


def test_a_class_of_45_costs_no_more_statements_than_one_of_three(as_teacher, book, ids, queries):
    few, _pupils = book
    many = classes.found_class(ids["school"], "7B", "2026–2027", school.BEGUN)
    classes.appoint_teacher(many.id, ids["teacher"], school.BEGUN)
    classes.assign_module(many.id, "m.s3.1", clock.today(), None)
    for n in range(45):
        classes.enrol(many.id, people.create_person(f"Bùi Văn Số {n}", 2013).id, school.BEGUN)
    db.session.commit()

    def cost(row, more=""):
        as_teacher.get(at(row) + more)
        with queries() as said:
            assert as_teacher.get(at(row) + more).status_code == 200
        return len(said)

    assert cost(many) == cost(few) <= 18
    assert cost(many, ".xlsx") <= cost(few, ".xlsx") + 1
