"""What a taker's browser may receive: no key, no feedback, nobody else's attempt, and never from a cache."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from flask import Flask

from lms.db import db
from lms.quizzes.models import Attempt
from tests.quizzes import sitting
from tests.quizzes.sitting import Act, begin
from tests.witnessing import world as made


@pytest.fixture
def window(world: SimpleNamespace, do: Act):
    return do(made.open_test, world.hoa, class_id=world.school_class)


def test_no_key_in_any_byte(app: Flask, as_: Act, world: SimpleNamespace, window) -> None:
    an, pages = as_("an"), []

    def seen(response) -> None:
        pages.append(str(response.headers) + response.text)

    seen(an.get("/kiem-tra"))
    seen(an.get("/kiem-tra/thanh-toan"))
    started = begin(an)
    address = started.location
    seen(started)
    while not address.endswith("/xem-lai"):
        seen(an.get(address))
        seen(an.post(address, data={"sent": "x"}))  # an error page too
        answered = sitting.answer(an, address)
        seen(answered)
        address = answered.location
    for page in (address, address.replace("xem-lai", "ket-qua"), "/kiem-tra/thanh-toan"):
        seen(an.get(page))
    seen(an.post(address.replace("xem-lai", "nop")))
    for page in (address, address.replace("xem-lai", "ket-qua"), "/kiem-tra/thanh-toan", "/khoa-hoc/thanh-toan"):
        seen(an.get(page))
    with app.app_context():
        attempt = db.session.get_one(Attempt, sitting.attempt_in(address))
        canaries = sitting.secrets_of([row["item"] for row in attempt.form])
    everything = "\n".join(pages)
    assert len(canaries) > 30 and len(pages) > 40
    assert not [text for text in canaries if text in everything]
    for word in ("correct", "data-key", "feedback", "explain", attempt.seed):
        assert word not in everything
    values = {value for page in pages for _field, value in sitting.CHOICE.findall(page)}
    assert values <= {"1", "2", "3", "4", "5", "6"}, "an author's word for an option may tell which is right"


def test_options_stand_in_an_order_of_each_attempts_own(app: Flask, world: SimpleNamespace, window, do: Act) -> None:
    attempt = do(sitting.take, world, world.an)
    with app.app_context():
        kept = db.session.get_one(Attempt, attempt.id)
        as_written = [list(item.body.ids) for item in sitting.queries.form_items(kept)]
        assert [row["options"] for row in kept.form] != as_written
        assert [sorted(row["options"]) for row in kept.form] == [sorted(one) for one in as_written]


def test_nothing_of_a_test_is_kept_by_a_cache(as_: Act, world: SimpleNamespace, window) -> None:
    an = as_("an")
    first = begin(an).location
    for address in ("/kiem-tra/thanh-toan", first, first.rsplit("/", 1)[0] + "/xem-lai"):
        assert an.get(address).headers["Cache-Control"] == "no-store"
        assert "ETag" not in an.get(address).headers


def test_somebody_elses_attempt_does_not_exist(as_: Act, world: SimpleNamespace, window) -> None:
    base = begin(as_("an")).location.rsplit("/", 1)[0]
    for who in ("hoa", "nam", "stranger"):
        other = as_(who)
        for page in ("/1", "/xem-lai", "/ket-qua"):
            assert other.get(base + page).status_code == 404, page
        for act in ("/1", "/nop", "/nghi", "/tiep"):
            assert other.post(base + act, data={"sent": str(uuid4())}).status_code == 404, act


def test_an_attempt_is_found_under_its_own_test_only(as_: Act, world: SimpleNamespace, window) -> None:
    an = as_("an")
    address = begin(an).location.replace("/thanh-toan/", "/mua-sam/")
    assert an.get(address).status_code == 404
    assert an.get(address.rsplit("/", 1)[0] + "/16").status_code == 404


def test_the_observers_test_is_for_those_who_attest(as_: Act, world: SimpleNamespace) -> None:
    assert as_("an").get("/kiem-tra/nguoi-chung").status_code == 404
    assert as_("nam").get("/kiem-tra/nguoi-chung").status_code == 200


def test_signed_out_one_is_asked_to_sign_in(app: Flask, world: SimpleNamespace) -> None:
    client = app.test_client()
    assert client.get("/kiem-tra/thanh-toan").location.startswith("/dang-nhap")
    assert client.post("/kiem-tra/thanh-toan/bat-dau").status_code in (400, 401)


def test_a_question_asks_the_same_few_statements_for_everybody(
    as_: Act, world: SimpleNamespace, window, queries
) -> None:
    an = as_("an")
    first = begin(an).location
    second = sitting.answer(an, first).location
    with queries() as page:
        an.get(second)
    assert len(page) <= 8
    field, value = sitting.CHOICE.findall(an.get(second).text)[0]
    with queries() as saving:
        an.post(second, data={"sent": str(uuid4()), field: value, "den": "sau"})
    assert len(saving) <= 7


def test_handing_in_costs_few_statements_for_a_whole_room_does_it_at_once(
    as_: Act, world: SimpleNamespace, window, queries
) -> None:
    an = as_("an")
    page = begin(an).location.rsplit("/", 1)[0]
    with queries() as said:
        assert an.post(f"{page}/nop").status_code == 303
    assert len(said) <= 27
