"""Reading a lesson step by step: by anybody, remembered for those who signed in, resumed on any device."""

import gzip
import html
import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms import clock
from lms.courses import queries
from lms.courses.actions import read_step
from lms.courses.models import Course, Fact, Lesson, LessonVersion, StepRead
from lms.db import db, open_write
from lms.refusals import Refusal
from tests.quizzes.sitting import Act
from tests.witnessing import world as made

COURSE = "/khoa-hoc/thanh-toan"
LESSON = f"{COURSE}/doc-ten-roi-moi-tra"


@pytest.fixture
def steps(app: Flask, world: SimpleNamespace) -> list[queries.Step]:
    with app.app_context():
        place, _read = queries.lesson_and_progress("thanh-toan", "doc-ten-roi-moi-tra", None)
        return list(queries.outline(place.id, place.digest).steps)


def title_of(page: str) -> str:
    return html.unescape(re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S)[1].strip())


def finish(client: FlaskClient, step: queries.Step):
    return client.post(f"{LESSON}/xong", data={"buoc": step.id})


def test_a_pupil_reads_on(as_: Act, steps: list[queries.Step]) -> None:
    an = as_("an")
    page = an.get(LESSON).text
    assert title_of(page) == steps[0].title and "Xong bước này" in page and f"Bước 1/{len(steps)}" in page
    onward = finish(an, steps[0])
    assert onward.status_code == 303 and onward.location.endswith(f"buoc={steps[1].id}")
    assert title_of(an.get(onward.location).text) == steps[1].title
    assert title_of(as_("an").get(LESSON).text) == steps[1].title, "on another device it goes on where it stopped"
    back = an.get(f"{LESSON}?buoc={steps[0].id}").text
    assert "Tiếp tục" in back and "Xong bước này" not in back
    assert '<li class="done"' in an.get(LESSON).text and '<li class="done"' not in as_("nam").get(LESSON).text


def test_the_last_step_leads_back_to_the_course(as_: Act, steps: list[queries.Step]) -> None:
    an = as_("an")
    for step in steps:
        onward = finish(an, step)
    assert onward.location == COURSE
    assert "Đã đọc xong" in an.get(COURSE).text and f"Đã đọc {len(steps)}/" in an.get("/khoa-hoc").text


def test_without_an_account_by_links_only(anybody: FlaskClient, steps: list[queries.Step]) -> None:
    page = anybody.get(LESSON).text
    assert title_of(page) == steps[0].title and f"buoc={steps[1].id}" in page
    assert "Xong bước này" not in page
    assert finish(anybody, steps[0]).status_code in (302, 401)
    assert anybody.get(f"{LESSON}?buoc=khong-co").status_code == 200, "a step that is gone opens the lesson"
    assert anybody.get(f"{COURSE}/khong-co").status_code == 404
    assert anybody.get("/khoa-hoc/khong-co").status_code == 404


def test_a_doubled_tap_is_one_step(app: Flask, as_: Act, world: SimpleNamespace, steps: list[queries.Step]) -> None:
    an = as_("an")
    for _again in range(2):
        assert finish(an, steps[0]).status_code == 303
    with app.app_context():
        assert len(list(db.session.scalars(select(StepRead)))) == 1


def test_a_step_that_is_not_in_the_lesson_is_refused(inside: SimpleNamespace) -> None:
    with pytest.raises(Refusal, match="Bài đã đổi"):
        read_step(inside.an, "l.s3.1", "khong-co")


def test_the_kept_page_is_the_page(as_: Act, steps: list[queries.Step]) -> None:
    """Filled from memory, plain or squeezed, it says what a page rendered whole says."""
    an = as_("an")
    finish(an, steps[0])
    address = f"{LESSON}?buoc={steps[2].id}"
    plain, whole = an.get(address).text, an.get(address + "&tra-loi.x=1").text
    squeezed = an.get(address, headers={"Accept-Encoding": "gzip"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    pages = [_bare(page) for page in (plain, whole, gzip.decompress(squeezed.data).decode())]
    assert pages[0] == pages[1] == pages[2]
    assert "\x02" not in plain and "\x03" not in plain
    assert squeezed.headers["Cache-Control"] == "no-store", "it names a person"


def _bare(page: str) -> str:
    page = re.sub(r'name="(csrf_token|sent)" value="[^"]*"', "", page)
    return re.sub(r"&amp;tra-loi\.x=1|value=\"[^\"]*khoa-hoc[^\"]*\"", "", page)


def test_two_readers_never_see_each_others_name(as_: Act, steps: list[queries.Step]) -> None:
    """Anh Nam and chị Sen hold the same roles, so their pages come out of one mould."""
    nam, sen = as_("nam"), as_("sen")
    finish(nam, steps[0])
    address = f"{LESSON}?buoc={steps[1].id}"
    pages = [_header(client.get(address).text) for client in (nam, sen)]
    assert "Nam" in pages[0] and "Sen" not in pages[0]
    assert "Sen" in pages[1] and "Nam" not in pages[1].replace("Năm", "")
    assert 'class="done"' in nam.get(address).text and 'class="done"' not in sen.get(address).text


def _header(page: str) -> str:
    return page[page.index('class="who"') : page.index("</header>")]


def test_a_reader_without_account_may_keep_the_page(anybody: FlaskClient) -> None:
    anybody.get(LESSON)
    first = anybody.get(LESSON)
    again = anybody.get(LESSON, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data
    assert "no-store" not in first.headers["Cache-Control"]


def test_a_new_edition_is_shown(app: Flask, as_: Act, world: SimpleNamespace, steps: list[queries.Step]) -> None:
    an = as_("an")
    an.get(LESSON)
    with app.app_context():
        open_write()
        lesson = db.session.get_one(Lesson, "l.s3.1")
        old = db.session.get_one(LessonVersion, (lesson.id, lesson.digest))
        changed = [{**old.steps[0], "title": "Bước đã sửa"}, *old.steps[1:]]
        db.session.add(LessonVersion(lesson_id=lesson.id, digest="moi", steps=changed, facts=[], published_at=made.NOW))
        lesson.digest = "moi"
        db.session.commit()
    assert title_of(an.get(LESSON).text) == "Bước đã sửa"


def test_a_fact_past_its_day_is_told(app: Flask, anybody: FlaskClient, world: SimpleNamespace, steps) -> None:
    assert "đến hạn xem lại" not in anybody.get(LESSON).text
    with app.app_context():
        open_write()
        outline = queries.outline("l.s3.1", db.session.get_one(Lesson, "l.s3.1").digest)
        db.session.get_one(Fact, outline.facts[0]).review_by = date(2027, 1, 1)
        db.session.commit()
    with clock.frozen(made.NOW + timedelta(days=60)):
        page = anybody.get(LESSON).text
        assert "đến hạn xem lại từ 01/01/2027" in page
        assert "đến hạn xem lại" in anybody.get(f"{LESSON}/ban-in").text
        later = anybody.get(f"{LESSON}?buoc={steps[2].id}").text
        assert "đến hạn xem lại từ 01/01/2027" in later and f'buoc={steps[0].id}">Xem ở đầu bài' in later
    with clock.frozen(made.NOW):
        assert "đến hạn xem lại" not in anybody.get(LESSON).text, "on its last day it still stands"


def test_the_meaning_of_a_word_stands_beside_it(anybody: FlaskClient, world: SimpleNamespace) -> None:
    """Nothing to tap or to find: by touch, by keyboard, by ear, on paper and without a script it is the same text."""
    paper = anybody.get(f"{COURSE}/chon-cho-giu-tien/ban-in").text
    terms = re.findall(r'<span class="term">[^<]+</span><span class="term__meaning">( \([^<]+\))</span>', paper)
    assert terms and paper.count('class="term"') == len(terms)
    assert "[[" not in paper and "|" not in re.sub(r"<[^>]+>", "", "".join(terms))


def test_projector_and_paper(anybody: FlaskClient, steps: list[queries.Step]) -> None:
    shown = anybody.get(f"{LESSON}?buoc={steps[1].id}&chieu=1").text
    assert title_of(shown) == steps[1].title and 'rel="next"' in shown and "data-projector" in shown
    paper = anybody.get(f"{LESSON}/ban-in").text
    assert all(html.escape(step.title, quote=False) in paper for step in steps)


def test_the_guide_is_for_teachers(as_: Act, anybody: FlaskClient, world: SimpleNamespace) -> None:
    assert "Hướng dẫn lên lớp" in as_("hoa").get(f"{LESSON}/huong-dan").text
    for team_or_officer in ("nam", "mai"):
        assert "Hướng dẫn lên lớp" in as_(team_or_officer).get(f"{LESSON}/huong-dan").text
    assert as_("an").get(f"{LESSON}/huong-dan").status_code == 403
    assert anybody.get(f"{LESSON}/huong-dan").status_code == 302
    assert "huong-dan" in as_("hoa").get(LESSON).text and "huong-dan" not in as_("an").get(LESSON).text


def test_the_observers_course_is_for_those_who_attest(as_: Act, anybody: FlaskClient, world: SimpleNamespace) -> None:
    with_it, without = as_("nam"), (as_("an"), anybody)
    assert "nguoi-chung" in with_it.get("/khoa-hoc").text
    address = re.search(r'href="(/khoa-hoc/nguoi-chung/[^"/]+)"', with_it.get("/khoa-hoc/nguoi-chung").text)[1]
    assert with_it.get(address).status_code == 200
    for client in without:
        assert "nguoi-chung" not in client.get("/khoa-hoc").text
        for page in ("/khoa-hoc/nguoi-chung", address, f"{address}/ban-in"):
            assert client.get(page).status_code == 404


def test_the_teams_course_is_last_on_the_shelf_of_those_who_attest(as_: Act, anybody: FlaskClient) -> None:
    teacher, address = as_("hoa"), "/khoa-hoc/to-cong-nghe/vai-tro-va-gioi-han"
    on_the_shelf = re.findall(r'href="/khoa-hoc/([a-z-]+)"', teacher.get("/khoa-hoc").text)
    assert on_the_shelf.index("to-cong-nghe") > on_the_shelf.index("nen-tang-dia-phuong")
    assert teacher.get("/khoa-hoc/to-cong-nghe").status_code == 200
    for client in (as_("an"), anybody):
        assert "to-cong-nghe" not in client.get("/khoa-hoc").text
        assert client.get("/khoa-hoc/to-cong-nghe").status_code == client.get(address).status_code == 404


def test_the_shelf_in_order_foundation_first(anybody: FlaskClient, app: Flask, world: SimpleNamespace) -> None:
    found = re.findall(r'href="/khoa-hoc/([a-z-]+)"', anybody.get("/khoa-hoc").text)
    with app.app_context():
        wanted = select(Course.slug).where(Course.audience == "all").order_by(Course.position)
        assert found == list(db.session.scalars(wanted))
    assert found[0] == "lam-quen-thiet-bi" and len(found) == 6


def test_progress_for_a_class_page(inside: SimpleNamespace, steps: list[queries.Step]) -> None:
    for step in steps[:2]:
        read_step(inside.an, "l.s3.1", step.id)
    found = queries.module_progress(["m.s3.1"], [inside.an, inside.binh])
    assert found == {(inside.an, "m.s3.1"): (2, len(steps))}


def test_a_lesson_asks_two_statements_whoever_reads(as_: Act, anybody: FlaskClient, steps, queries) -> None:
    an = as_("an")
    for _warm in range(2):
        an.get(LESSON), anybody.get(LESSON)
    with queries() as signed_in:
        an.get(LESSON)
    with queries() as signed_out:
        anybody.get(LESSON)
    assert (len(signed_in), len(signed_out)) == (2, 1), (signed_in, signed_out)
    with queries() as shelf:
        an.get("/khoa-hoc")
    assert len(shelf) <= 6
