"""A faulty question is withdrawn: every test that asked it is marked again, the old result stays readable, nobody loses."""

from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms import clock, completion, regrading
from lms.access.rules import Role
from lms.backups.replaying import replayed
from lms.db import db
from lms.people import actions as people
from lms.quizzes import queries
from lms.quizzes.models import Attempt, AttemptStep, Regrade
from lms.refusals import Refusal
from lms.skills.models import Evidence
from lms.skills.queries import standings
from tests.quizzes import sitting
from tests.quizzes.sitting import Act
from tests.witnessing import world as made

WHY = "Hai ý đều đúng, thầy cô báo lại"


def wrong_in(attempt: Attempt) -> list[str]:
    """Items answered wrong, in the order of the form."""
    kept = db.session.get_one(Evidence, attempt.id).result["items"]
    return [one["id"] for one in kept if not one["right"]]


def withdraw(inside: SimpleNamespace, item: str, version: str | None = None) -> Regrade:
    return regrading.void_item(uuid4(), item, version, WHY, inside.hoa)


def knows(person_id: int) -> bool:
    return standings([person_id], clock.today())[person_id]["s3"].keys.know is not None


@pytest.fixture
def sat(inside: SimpleNamespace) -> Attempt:
    """Eleven of fifteen: one short."""
    made.open_test(inside.hoa, class_id=inside.school_class)
    return sitting.take(inside, inside.an, right=11)


def test_two_withdrawals_turn_a_narrow_fail_into_a_pass(inside: SimpleNamespace, sat: Attempt) -> None:
    first = dict(sat.result or {})
    one, other, *_rest = wrong_in(sat)
    act = withdraw(inside, one)
    assert act.counts == {"concerned": 1, "gained": 0, "lost": 0, "recounted": 1} and act.finished_at
    assert (sat.stands["right"], sat.stands["valid"], sat.has_passed) == (11, 14, False)
    assert not knows(inside.an)
    assert withdraw(inside, other).counts["gained"] == 1
    assert sat.has_passed and knows(inside.an), "evidence follows by the event about the question"
    assert sat.result == first and not sat.result["passed"], "what was handed back is never rewritten"
    steps = sitting.steps(sat.id, "regrade")
    assert [step.answer["result"]["valid"] for step in steps] == [14, 13]
    assert db.session.get_one(Evidence, sat.id).result["items"][0], "the evidence of the day stands as it was"


def test_nothing_drifts_from_the_facts(inside: SimpleNamespace, sat: Attempt) -> None:
    for item in wrong_in(sat)[:2]:
        withdraw(inside, item)
    db.session.commit()
    assert replayed([inside.an, inside.lan], [], keep=False) == 0


def test_brought_back_it_counts_again(inside: SimpleNamespace, sat: Attempt) -> None:
    one, other, *_rest = wrong_in(sat)
    withdraw(inside, one)
    act = withdraw(inside, other)
    back = regrading.bring_back(uuid4(), act.id, "Câu này vẫn đúng, báo nhầm", inside.hoa)
    assert back.counts["lost"] == 1 and not sat.has_passed and not knows(inside.an)
    assert [step.answer["back"] for step in sitting.steps(sat.id, "regrade")] == [False, False, True]
    assert (other, None) not in queries.voided_items() and (one, None) in queries.voided_items()
    with pytest.raises(Refusal) as refused:
        regrading.bring_back(uuid4(), act.id, "Lần thứ hai, không được", inside.hoa)
    assert refused.value.code == "brought-back"
    assert withdraw(inside, other).counts["gained"] == 1, "and it may be withdrawn once more"


def test_one_version_only(inside: SimpleNamespace, sat: Attempt) -> None:
    item = wrong_in(sat)[0]
    digest = next(row["digest"] for row in sat.form if row["item"] == item)
    with pytest.raises(Refusal) as refused:
        withdraw(inside, item, "0" * 64)
    assert refused.value.code == "no-version"
    assert withdraw(inside, item, digest).counts["recounted"] == 1


def test_what_is_withdrawn_is_not_asked_again(inside: SimpleNamespace, sat: Attempt) -> None:
    for item in wrong_in(sat)[:3]:
        withdraw(inside, item)
    made.open_test(inside.mai, person_ids=[inside.lan, inside.tu])
    for who in (inside.lan, inside.tu):
        form = completion.begin_attempt(uuid4(), who, "thanh-toan", uuid4().hex).form
        assert not {row["item"] for row in form} & set(wrong_in(sat)[:3])


def test_a_test_still_open_is_marked_without_it_when_it_closes(inside: SimpleNamespace) -> None:
    made.open_test(inside.hoa, class_id=inside.school_class)
    attempt = completion.begin_attempt(uuid4(), inside.an, "thanh-toan", "a")
    withdraw(inside, attempt.form[0]["item"])
    assert completion.finish_attempt(attempt.id).result["valid"] == 14
    assert not sitting.steps(attempt.id, "regrade")


@pytest.mark.parametrize(
    ("item", "why", "code"),
    [
        ("s3.khong-co", WHY, "no-item"),
        ("obs.q1", WHY, "no-item"),
        (None, "ngắn", "reason"),
        (None, "x" * 501, "reason"),
    ],
)
def test_refusals(inside: SimpleNamespace, sat: Attempt, item: str | None, why: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        regrading.void_item(uuid4(), item or wrong_in(sat)[0], None, why, inside.hoa)
    assert refused.value.code == code


def test_twice_is_once(inside: SimpleNamespace, sat: Attempt) -> None:
    item, id = wrong_in(sat)[0], uuid4()
    for _twice in range(2):
        regrading.void_item(id, item, None, WHY, inside.hoa)
    assert db.session.scalar(select(func.count()).select_from(Regrade)) == 1
    with pytest.raises(Refusal) as refused:
        withdraw(inside, item)
    assert refused.value.code == "voided"


def test_a_long_list_is_done_in_parts_and_upkeep_goes_on(
    inside: SimpleNamespace, sat: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.open_test(inside.mai, person_ids=[inside.lan])
    made.evidence_of_quiz(inside.tu)
    lan = completion.begin_attempt(uuid4(), inside.lan, "thanh-toan", sat.seed)
    completion.finish_attempt(lan.id)
    item = wrong_in(sat)[0]
    kept = db.session.scalars(select(Evidence.result).where(Evidence.type == "quiz"))
    concerned = sum(item in [one["id"] for one in result["items"]] for result in kept)
    monkeypatch.setattr(regrading, "CHUNK", 1)
    act = withdraw(inside, item)
    assert act.finished_at is None
    while regrading.regrade_waiting():
        pass
    assert act.finished_at and act.counts["concerned"] == concerned


# --- the pages ----------------------------------------------------------------------------------


def administrator(world: SimpleNamespace) -> None:
    people.grant_role(world.mai, Role.ADMIN, made.BEGAN)


def test_the_page_tells_before_it_does(app: Flask, as_: Act, world: SimpleNamespace, do: Act) -> None:
    do(administrator, world)
    do(made.open_test, world.hoa, class_id=world.school_class)
    attempt = do(sitting.take, world, world.an, 11)
    with app.app_context():
        one, other, *_rest = wrong_in(attempt)
        hidden = sitting.secrets_of([one, other])
    mai = as_("mai")
    assert other in mai.get(f"/huy-cau?tim={other}").text
    do(regrading.void_item, uuid4(), one, None, WHY, world.hoa)
    page = mai.get(f"/huy-cau/{other}").text
    assert "<dt>Chưa đạt thành đạt</dt><dd>1</dd>" in page and "Bùi Bình An" in page
    assert not [text for text in hidden if text in page], "keys are no part of it"
    with app.app_context():
        assert not db.session.scalars(
            select(AttemptStep).where(AttemptStep.item_id == other, AttemptStep.kind == "regrade")
        ).all()
    done = mai.post(f"/huy-cau/{other}", data={"id": str(uuid4()), "why": WHY})
    assert done.status_code == 303
    page = mai.get(done.location).text
    assert "1 từ chưa đạt thành đạt" in page and WHY in page
    told = as_("an").get(f"/kiem-tra/thanh-toan/bai/{attempt.id}/ket-qua").text
    assert "Kết quả lúc nộp: chưa qua" in told and "Kết quả chấm lại: đã qua" in told and other not in told
    act = UUID(page.split('name="viec" value="')[1][:36])
    back = mai.post(
        f"/huy-cau/{other}/rut-lai", data={"id": str(uuid4()), "viec": str(act), "why": "Báo nhầm, câu đúng"}
    )
    assert back.status_code == 303
    assert "Lần này chưa qua" in as_("an").get(f"/kiem-tra/thanh-toan/bai/{attempt.id}/ket-qua").text


def test_who_may_not(as_: Act, world: SimpleNamespace) -> None:
    for who in ("hoa", "mai", "an", "stranger"):
        other = as_(who)
        assert other.get("/huy-cau").status_code == other.get("/huy-cau/s3.q001").status_code == 403
        for act in ("", "/rut-lai", "/cham-tiep"):
            assert other.post(f"/huy-cau/s3.q001{act}", data={"why": WHY}).status_code == 403


def test_a_refusal_stands_on_the_page(as_: Act, world: SimpleNamespace, do: Act) -> None:
    do(administrator, world)
    mai = as_("mai")
    assert mai.get("/huy-cau/s3.khong-co").status_code == 404
    refused = mai.post("/huy-cau/s3.q001", data={"id": str(uuid4()), "why": "ngắn"})
    assert refused.status_code in (404, 422)
