"""A printed form without keys, and one screen to key in a room's answer sheets: marked by the same act as on a screen."""

import re
from collections.abc import Callable
from itertools import cycle
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from lms import clock, completion, proctoring
from lms.backups.replaying import replayed
from lms.bank.actions import media
from lms.db import db, writes
from lms.documents.media import cleaned
from lms.exams.actions.papers import make_papers
from lms.exams.models import PaperForm
from lms.exams.queries.papers import read
from lms.exams.rules.paper import LETTERS
from lms.quizzes.models import Attempt, ItemVersion
from lms.quizzes.rules.items import practice_order, read_item, whole_answer
from lms.quizzes.rules.shapes import Answer
from lms.refusals import Refusal
from lms.skills.models import Evidence
from lms.skills.queries import standings
from lms.witnessing.models import TestWindow
from tests import media_samples as samples
from tests.quizzes import sitting
from tests.rules.exams.keyed import typed
from tests.rules.quizzes.every_type import BODIES
from tests.witnessing import world as made

As = Callable[[str], FlaskClient]


@pytest.fixture
def window(inside: SimpleNamespace) -> TestWindow:
    return made.open_test(inside.hoa, class_id=inside.school_class)


def papers(window: TestWindow, by: int) -> dict[str, PaperForm]:
    return {one.variant: one for one in make_papers(window, by, "hạt")}


def sheet(paper: PaperForm, right: int = 15) -> dict[str, Answer]:
    """So many right, safety questions first; the others wrong."""
    asked = sorted(read(paper).asked, key=lambda one: not one[0].critical)
    return {
        item.id: Answer(
            item.body.keys if place < right else frozenset([next(o for o in order if o not in item.body.keys)])
        )
        for place, (item, order) in enumerate(asked)
    }


def letters(paper: PaperForm, right: int = 15) -> list[str]:
    """The same as one types it."""
    marked = sheet(paper, right)
    return [
        "".join(LETTERS[order.index(one)] for one in sorted(marked[item.id].chosen))
        for item, order in read(paper).asked
    ]


def key(inside: SimpleNamespace, window: TestWindow, paper: PaperForm, **more: Any) -> Attempt:
    given: dict[str, Any] = {
        "id": uuid4(),
        "person_id": inside.an,
        "answers": sheet(paper),
        "by_id": inside.hoa,
        **more,
    }
    return proctoring.key_paper(given.pop("id"), window, paper, **given)


def test_a_sheet_is_marked_like_a_test_on_a_screen(inside: SimpleNamespace, window: TestWindow) -> None:
    paper = papers(window, inside.hoa)["A"]
    with clock.frozen(made.later(days=1)):
        attempt = key(inside, window, paper, answers=sheet(paper, 12))
        kept = db.session.get_one(Evidence, attempt.id)
        assert (attempt.result["right"], attempt.has_passed, attempt.mode, attempt.on_paper) == (
            12,
            True,
            "witnessed",
            True,
        )
        assert (kept.mode, kept.admitted, kept.occurred_at) == ("witnessed", True, window.closes_at)
        assert kept.admission["facts"]["keyed_by"] == str(inside.hoa)
        assert standings([inside.an], clock.today())[inside.an]["s3"].keys.know is not None
        db.session.commit()
        assert replayed([inside.an], [], keep=False) == 0


def test_two_parallel_forms_made_once(inside: SimpleNamespace, window: TestWindow) -> None:
    made_first = papers(window, inside.hoa)
    assert {one.id for one in papers(window, inside.mai).values()} == {one.id for one in made_first.values()}
    a, b = ({row["item"] for row in made_first[variant].form} for variant in "AB")
    assert len(a) == len(b) == 15 and len(a & b) < 15


def test_twice_is_once_and_a_second_sheet_is_refused(inside: SimpleNamespace, window: TestWindow) -> None:
    forms, id = papers(window, inside.hoa), uuid4()
    first = key(inside, window, forms["A"], id=id)
    assert key(inside, window, forms["A"], id=id).id == first.id
    with pytest.raises(Refusal) as refused:
        key(inside, window, forms["B"])
    assert refused.value.code == "sat"
    proctoring.void_attempt(first.id, "Nhập nhầm phiếu", inside.hoa, "teacher")
    assert key(inside, window, forms["B"], answers=sheet(forms["B"], 3)).has_passed is False


def test_who_is_working_on_a_screen_hands_in_no_paper(inside: SimpleNamespace, window: TestWindow) -> None:
    paper = papers(window, inside.hoa)["A"]
    completion.begin_attempt(uuid4(), inside.an, "thanh-toan", "a")
    with pytest.raises(Refusal) as refused:
        key(inside, window, paper)
    assert refused.value.code in ("sat", "open")


@pytest.mark.parametrize(("who", "days", "code"), [("binh", 0, "no-consent"), ("an", 15, "too-late")])
def test_refusals(inside: SimpleNamespace, window: TestWindow, who: str, days: int, code: str) -> None:
    paper = papers(window, inside.hoa)["A"]
    with clock.frozen(made.later(days=days)), pytest.raises(Refusal) as refused:
        key(inside, window, paper, person_id=getattr(inside, who))
    assert refused.value.code == code


# --- the pages ----------------------------------------------------------------------------------


@pytest.fixture
def printed(world: SimpleNamespace, do: Any) -> UUID:
    window = do(made.open_test, world.hoa, class_id=world.school_class)
    do(lambda: make_papers(window, world.hoa, "hạt"))
    id: UUID = window.id
    return id


def forms_of(app: Flask) -> dict[str, PaperForm]:
    return {one.variant: one for one in db.session.scalars(select(PaperForm))}


def test_no_key_on_paper_nor_in_the_grid(app: Flask, as_: As, world: SimpleNamespace, printed: UUID) -> None:
    hoa = as_("hoa")
    pages = [hoa.get(f"/coi-thi/{printed}{page}") for page in ("/giay", "/giay/A", "/giay/B", "/nhap")]
    everything = "".join(str(page.headers) + page.text for page in pages)
    assert all(page.status_code == 200 for page in pages) and "Phiếu trả lời" in everything
    with app.app_context():
        asked = [row["item"] for paper in forms_of(app).values() for row in paper.form]
        assert not [text for text in sitting.secrets_of(asked) if text in everything]
        assert not [item for item in asked if item in everything], "not even their names"
    for word in ("correct", "feedback", "explain"):
        assert word not in everything
    assert pages[1].headers["Cache-Control"] == "no-store"


def test_a_room_is_keyed_on_one_screen(app: Flask, as_: As, world: SimpleNamespace, printed: UUID) -> None:
    hoa = as_("hoa")
    with app.app_context():
        marks = letters(forms_of(app)["B"], 14)
    page = hoa.get(f"/coi-thi/{printed}/nhap").text
    assert page.count('name="o-') == 2 * 15
    fields = {"id": str(uuid4()), f"de-{world.an}": "B", f"de-{world.binh}": "A", f"o-{world.binh}-1": "A"}
    fields |= {f"o-{world.an}-{n}": mark.lower() for n, mark in enumerate(marks, 1)}
    answer = hoa.post(f"/coi-thi/{printed}/nhap", data=fields)
    assert answer.status_code == 422, "Bình's family has not agreed"
    assert "Đã nhập và chấm 1 bài" in answer.text and "đã nhập phiếu, đã chấm" in answer.text
    assert re.search(r'Quách Văn Bình<small class="remark" role="alert">', answer.text)
    with app.app_context():
        assert db.session.scalars(select(Attempt.result)).one()["right"] == 14
    assert hoa.post(f"/coi-thi/{printed}/nhap", data=fields).status_code == 422, "sent again, nothing is doubled"
    assert (
        "Lần này" in as_("an").get("/kiem-tra/thanh-toan").text
        or "Đã qua" in as_("an").get("/kiem-tra/thanh-toan").text
    )


def test_a_slip_stays_to_be_mended(app: Flask, as_: As, world: SimpleNamespace, printed: UUID) -> None:
    hoa = as_("hoa")
    fields = {"id": str(uuid4()), f"de-{world.an}": "A", f"o-{world.an}-1": "Z", f"o-{world.an}-2": "A"}
    page = hoa.post(f"/coi-thi/{printed}/nhap", data=fields)
    assert page.status_code == 422 and "Câu 1: chỉ có các chữ" in page.text and 'value="Z"' in page.text
    page = hoa.post(f"/coi-thi/{printed}/nhap", data={**fields, f"de-{world.an}": ""})
    assert "Chọn đề A hay đề B." in page.text
    with app.app_context():
        assert db.session.scalar(select(Attempt.id)) is None


PICTURE = cleaned(samples.jpeg(6), as_sound=False)


@writes
def of_every_type(paper: PaperForm, by: int) -> None:
    """Its questions turned into the ten types in turn, each with a picture brought to the bank."""
    rows = list(zip(paper.form, cycle(BODIES), strict=False))
    for row, kind in rows:
        old = db.session.get_one(ItemVersion, (row["item"], row["digest"]))
        body = {**{k: v for k, v in old.body.items() if k != "options"}, **BODIES[kind], "type": kind}
        body["media"] = {"image": f"/hinh/cau-hoi/{PICTURE.name}", "alt": "Màn hình có tên người nhận"}
        row["digest"] = f"as {kind}"
        row["options"] = list(practice_order(read_item({**body, "id": row["item"]})))
        made_of = {"item_id": row["item"], "digest": row["digest"], "published_at": old.published_at}
        db.session.add(ItemVersion(**made_of, body=body))
    media.keep(PICTURE, by)
    flag_modified(paper, "form")


@pytest.fixture
def of_all(app: Flask, world: SimpleNamespace, printed: UUID, do: Any) -> str:
    """The address of a printed form that asks all ten types."""
    do(lambda: of_every_type(forms_of(app)["A"], world.mai))
    return f"/coi-thi/{printed}/giay/A"


def test_the_printed_form_holds_pictures_and_every_type(as_: As, printed: UUID, of_all: str) -> None:
    hoa = as_("hoa")
    page, grid = hoa.get(of_all).text, hoa.get(f"/coi-thi/{printed}/nhap").text
    at = f"{of_all}/hinh/{PICTURE.name}"
    assert page.count(f'src="{at}" alt="Màn hình có tên người nhận"') == 15
    for told in ("Gọi số lạ trên bưu kiện", "Việc 3", "Người ấy gọi lại.", "Lời chào", "______", "Viết câu trả lời"):
        assert told in page, told
    assert 'class="written"' in page and "gõ liền 5 số" in grid and "dấu chấm phẩy" in grid
    for key in ("mã hồ sơ", "115000", "135000", "critical", "target"):
        assert key not in page + grid, key
    assert hoa.get(at).data == PICTURE.content and "private" in hoa.get(at).headers["Cache-Control"]
    assert hoa.get(at.replace("/A/", "/B/")).status_code == 404, "form B does not show it"
    assert as_("stranger").get(at).status_code == 404 and as_("an").get(at).status_code == 403


def test_every_type_is_keyed_in(app: Flask, as_: As, world: SimpleNamespace, printed: UUID, of_all: str) -> None:
    with app.app_context():
        form = read(forms_of(app)["A"])
        marks = [typed(item, tuple(order), whole_answer(item)) for item, order in form.asked]
    fields = {"id": str(uuid4()), f"de-{world.an}": "A"}
    fields |= {f"o-{world.an}-{n}": mark for n, mark in enumerate(marks, 1)}
    assert as_("hoa").post(f"/coi-thi/{printed}/nhap", data=fields).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Attempt.result)).one()["right"] == 15


def test_a_stranger_finds_no_paper(as_: As, printed: UUID) -> None:
    for who, closed in (("stranger", 404), ("an", 403)):
        other = as_(who)
        for page in ("/giay", "/giay/A", "/nhap"):
            assert other.get(f"/coi-thi/{printed}{page}").status_code == closed
            assert page == "/giay/A" or other.post(f"/coi-thi/{printed}{page}").status_code == closed
    assert as_("hoa").get(f"/coi-thi/{printed}/giay/C").status_code == 404
