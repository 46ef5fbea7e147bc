"""«Mở bài kiểm tra»: by whom, for whom, how long; and looking at it while it is open."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from lms import clock, completion
from lms.db import db
from lms.people import actions as people
from lms.people.models import Person
from lms.quizzes.models import Attempt, AttemptStep
from lms.refusals import Refusal
from lms.witnessing import actions
from lms.witnessing.models import TestWindow
from lms.witnessing.queries import open_window_for, open_windows_for, people_in, sittings
from tests.witnessing import world as made


def start(window: TestWindow, person_id: int, answers: int = 0) -> Attempt:
    attempt = Attempt(id=uuid4(), person_id=person_id, quiz_id=window.quiz_id, seed="0", form=[{}] * 15,
                      ruleset_id="r2026.0", session_id=window.id, mode="witnessed", admitted=True,
                      started_at=clock.now())  # fmt: skip
    db.session.add(attempt)
    db.session.flush()
    for n in range(answers):
        db.session.add(AttemptStep(id=uuid4(), attempt_id=attempt.id, n=n, kind="answer", item_id=f"q{n // 2}",
                                   answer="a", at=clock.now()))  # fmt: skip
    db.session.flush()
    return attempt


def test_a_class_sits_inside_the_window_only(inside: SimpleNamespace) -> None:
    window = made.open_test(inside.hoa, class_id=inside.school_class, minutes=45, name=" Ca 1 ")
    assert (window.opener_role, window.name) == ("teacher", "Ca 1")
    assert made.ids_of(people_in(window)) == {inside.an, inside.binh}
    assert open_window_for(inside.an, "thanh-toan", clock.now()).id == window.id
    assert open_window_for(inside.an, "mua-sam", clock.now()) is None
    assert open_window_for(inside.lan, "thanh-toan", clock.now()) is None
    assert open_window_for(inside.an, "thanh-toan", made.later(minutes=45)) is None
    assert [quiz.id for _window, quiz in open_windows_for(inside.an, clock.now())] == ["thanh-toan"]


def test_whoever_handed_in_is_not_called_to_that_test_again(inside: SimpleNamespace) -> None:
    window = made.open_test(inside.hoa, class_id=inside.school_class)
    attempt = start(window, inside.an)
    assert len(open_windows_for(inside.an, clock.now())) == 1, "what is begun can be gone on with"
    attempt.closed_at = clock.now()
    db.session.flush()
    assert not open_windows_for(inside.an, clock.now())
    assert len(open_windows_for(inside.binh, clock.now())) == 1


def test_named_people_of_ones_villages(inside: SimpleNamespace) -> None:
    made.certify(inside.nam)
    window = made.open_test(inside.nam, person_ids=[inside.lan, inside.tu])
    assert window.opener_role == "team-member"
    assert open_window_for(inside.lan, "thanh-toan", clock.now()).id == window.id


def test_an_officer_opens_for_a_class_and_for_anybody_of_the_commune(inside: SimpleNamespace) -> None:
    assert made.open_test(inside.mai, class_id=inside.school_class).opener_role == "commune-officer"
    assert made.open_test(inside.mai, person_ids=[inside.an, inside.lan]).opener_role == "commune-officer"


def test_a_linked_pupil_sits_under_either_record(inside: SimpleNamespace) -> None:
    completion.link_confirmed(db.session.get_one(Person, inside.an), db.session.get_one(Person, inside.lan), None)
    window = made.open_test(inside.hoa, class_id=inside.school_class)
    assert open_window_for(inside.lan, "thanh-toan", clock.now()).id == window.id


@pytest.mark.parametrize(
    ("opener", "changes", "code"),
    [
        ("hoa", {"class_id": "other_school_class"}, "other-class"),
        ("mai", {"class_id": "other_school_class"}, "other-class"),
        ("stranger", {"class_id": "school_class"}, "other-class"),
        ("hoa", {"person_ids": ["lan"]}, "other-class"),
        ("mai", {"person_ids": ["lan", "far"]}, "other-commune"),
        ("nam", {"person_ids": ["lan"]}, "not-proficient"),
        ("mai", {"person_ids": ["mai"]}, "self"),
        ("lan", {"person_ids": ["tu"]}, "own-household"),
        ("lan", {"person_ids": ["an"]}, "no-role"),
        ("hoa", {}, "nobody"),
        ("hoa", {"class_id": "school_class", "minutes": 121}, "minutes"),
        ("hoa", {"class_id": "school_class", "quiz_id": "nguoi-chung"}, "no-quiz"),
    ],
)
def test_who_may_not(inside: SimpleNamespace, opener: str, changes: dict[str, Any], code: str) -> None:
    given = dict(changes)
    if "class_id" in given:
        given["class_id"] = getattr(inside, given["class_id"])
    if "person_ids" in given:
        given["person_ids"] = [getattr(inside, one) for one in given["person_ids"]]
    with pytest.raises(Refusal) as caught:
        made.open_test(getattr(inside, opener), **given)
    assert caught.value.code == code and caught.value.sentence


def test_the_same_id_is_the_same_window(inside: SimpleNamespace) -> None:
    id = uuid4()
    for _twice in range(2):
        row = actions.open_window(id, inside.hoa, "thanh-toan", class_id=inside.school_class)
    assert row.id == id
    with pytest.raises(Refusal):
        actions.open_window(id, inside.mai, "thanh-toan", class_id=inside.school_class)


def test_closed_early_and_opened_again(inside: SimpleNamespace) -> None:
    window = made.open_test(inside.hoa, class_id=inside.school_class)
    actions.close_window(window)
    assert open_window_for(inside.an, "thanh-toan", clock.now()) is None
    actions.reopen_window(window)
    assert open_window_for(inside.an, "thanh-toan", clock.now()) is not None
    with clock.frozen(made.later(minutes=50)), pytest.raises(Refusal):
        actions.reopen_window(window)


def test_how_far_each_one_is(inside: SimpleNamespace) -> None:
    window = made.open_test(inside.hoa, class_id=inside.school_class)
    start(window, inside.an, answers=4)
    row = sittings(window.id)[inside.an]
    assert (row.answered, row.asked, row.closed_at, row.passed) == (2, 15, None, None)


# --- the pages ----------------------------------------------------------------------------------


def open_by_page(client: FlaskClient, address: str, **changes: str) -> Any:
    given = {"id": str(uuid4()), "quiz_id": "thanh-toan", "minutes": "45", "name": "Ca 1", **changes}
    return client.post(address, data=given)


def test_a_teacher_opens_looks_and_closes(as_: Callable[[str], FlaskClient], world: SimpleNamespace) -> None:
    hoa = as_("hoa")
    assert "7A" in hoa.get("/chung-kien/mo-bai").text
    page = hoa.get(f"/chung-kien/mo-bai?lop={world.school_class}").text
    assert "Quách Văn Bình" in page and "Bùi Bình An" not in page, "who has not agreed is named"
    opened = open_by_page(hoa, f"/chung-kien/mo-bai?lop={world.school_class}")
    assert opened.status_code == 303
    page = hoa.get(opened.location).text
    assert "Bùi Bình An" in page and "chưa bắt đầu" in page and "http-equiv" not in page
    assert hoa.post(opened.location + "/dong").status_code == 303
    page = hoa.get(opened.location).text
    assert "Đã đóng lúc" in page and "/mo-lai" in page
    assert hoa.post(opened.location + "/mo-lai").status_code == 303


def test_people_found_by_name_without_accents(as_: Callable[[str], FlaskClient], world: SimpleNamespace) -> None:
    mai = as_("mai")
    page = mai.get("/chung-kien/mo-bai?tim=bui").text
    assert "Bùi Thị Lan" in page and "Bùi Bình An" in page and "Vi Thị Xa" not in page
    opened = open_by_page(mai, f"/chung-kien/mo-bai?nguoi={world.lan}&nguoi={world.tu}")
    assert opened.status_code == 303 and "Bùi Văn Tư" in mai.get(opened.location).text


def test_an_officer_opens_for_a_school_of_the_commune(
    as_: Callable[[str], FlaskClient], world: SimpleNamespace
) -> None:
    mai = as_("mai")
    assert f"lop={world.school_class}" in mai.get("/chung-kien/mo-bai").text
    assert open_by_page(mai, f"/chung-kien/mo-bai?lop={world.school_class}").status_code == 303
    assert mai.get(f"/chung-kien/mo-bai?lop={world.other_school_class}").status_code == 404


def test_a_refusal_stands_on_the_form(as_: Callable[[str], FlaskClient], world: SimpleNamespace) -> None:
    refused = open_by_page(as_("nam"), f"/chung-kien/mo-bai?nguoi={world.lan}")
    assert refused.status_code == 422 and "phải thành thạo kỹ năng này" in refused.text
    wrong = open_by_page(as_("hoa"), f"/chung-kien/mo-bai?lop={world.school_class}", minutes="500")
    assert wrong.status_code == 422 and "Từ 5 đến 120 phút." in wrong.text


def test_a_stranger_finds_nothing(
    as_: Callable[[str], FlaskClient], world: SimpleNamespace, do: Callable[..., Any]
) -> None:
    window = do(made.open_test, world.hoa, class_id=world.school_class)
    stranger = as_("stranger")
    for address in (
        f"/chung-kien/mo-bai?lop={world.school_class}",
        f"/chung-kien/mo-bai?nguoi={world.an}",
        f"/chung-kien/mo-bai/{window.id}",
        f"/chung-kien/mo-bai/{UUID(int=1)}",
    ):
        assert stranger.get(address).status_code == 404, address
    assert stranger.post(f"/chung-kien/mo-bai/{window.id}/dong").status_code == 404
    assert "Bùi" not in stranger.get("/chung-kien/mo-bai?tim=bui").text
    assert as_("an").get("/chung-kien/mo-bai").status_code == 403


def test_a_window_costs_the_same_for_two_and_for_twenty(
    as_: Callable[[str], FlaskClient], world: SimpleNamespace, do: Callable[..., Any], queries: Callable[[], Any]
) -> None:
    window = do(made.open_test, world.hoa, class_id=world.school_class)
    hoa = as_("hoa")
    with queries() as few:
        hoa.get(f"/chung-kien/mo-bai/{window.id}")
    do(add_pupils, world.school_class, 20)
    with queries() as many:
        hoa.get(f"/chung-kien/mo-bai/{window.id}")
    assert len(many) == len(few) <= 14


def add_pupils(class_id: int, count: int) -> None:
    for number in range(count):
        made.classes.enrol(class_id, people.create_person(f"Em Số {number}", 2012).id, made.BEGAN)
