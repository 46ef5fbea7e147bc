"""Reading a published question, and what its author must mend."""

from dataclasses import replace
from pathlib import Path

import pytest

from lms.quizzes.rules.items import problems, read_item
from lms.quizzes.rules.shapes import Choices, Item, Option
from lms.quizzes.rules.types import multiple as multiple_type
from lms.quizzes.rules.types.registry import TYPES
from tests.rules.quizzes.bank import multiple, single, true_false

BODY = {
    "id": "s4.q021",
    "type": "multiple",
    "skill": "s4",
    "competency": "s4.7",
    "level": 2,
    "critical": True,
    "pool": "ghi-nhan",
    "status": "ghi-nhan",
    "stem": "Chọn 2 việc làm ngay khi lỡ bấm liên kết lạ",
    "stem_html": "<p>Chọn 2 việc làm ngay khi lỡ bấm liên kết lạ</p>",
    "options": [
        {"id": "a", "text": "Ngắt mạng", "correct": True, "feedback": ""},
        {"id": "b", "text": "Gọi ngân hàng", "correct": True, "feedback": ""},
        {"id": "c", "text": "Nhắn lại hỏi họ", "correct": False, "feedback": "Họ sẽ dụ tiếp."},
        {"id": "d", "text": "Chờ xem sao", "correct": False, "feedback": "Chờ là mất thêm."},
    ],
    "explain": "Dừng, khoá, báo.",
    "step": "l.s4.1#dung-khoa-bao",
    "facts": ["f.156"],
    "review_by": "2027-11-22",
    "fixed": False,
    "source": "",
    "digest": "abc",
}


def test_a_published_question_is_read_as_it_was_kept() -> None:
    item = read_item(BODY)
    assert (item.id, item.type, item.competency, item.critical, item.digest) == (
        "s4.q021",
        "multiple",
        "s4.7",
        True,
        "abc",
    )
    assert item.body.keys == {"a", "b"} and item.facts == ("f.156",) and item.is_recorded
    assert not problems(item)


def test_a_true_false_question_keeps_its_order() -> None:
    kept = {**BODY, "id": "s1.q003", "type": "truefalse", "options": [
        {"id": "dung", "text": "Đúng", "correct": False, "feedback": "Không ai được hỏi OTP."},
        {"id": "sai", "text": "Sai", "correct": True, "feedback": "Đúng rồi."},
    ]}  # fmt: skip
    item = read_item(kept)
    assert item.body.fixed and item.body.keys == {"sai"} and not problems(item)


@pytest.mark.parametrize("item", [single(), single(options=2), multiple(), multiple(hide_count=True), true_false()])
def test_a_sound_question_has_no_problems(item: Item) -> None:
    assert problems(item) == []


def with_options(item: Item, *options: Option) -> Item:
    return replace(item, body=replace(item.body, options=options))


A, B = Option("a", "Dừng lại", True, "Đúng."), Option("b", "Cứ trả", False, "Mã có thể bị dán đè.")
FAULTS = {
    "type": replace(single(), type="essay"),
    "few-options": with_options(single(), A),
    "same-id": with_options(single(), A, replace(B, id="a")),
    "same-text": with_options(single(), A, replace(B, text="dừng  lại.")),
    "no-feedback": with_options(single(), A, replace(B, feedback=" ")),
    "keys": with_options(single(), A, replace(B, correct=True)),
    "not-true-false": with_options(true_false(), A, B),
    "no-stem": replace(single(), stem=" "),
    "long-stem": replace(single(), stem="từ " * 40),
    "no-competency": replace(single(), competency=None),
    "critical": replace(single(), skill=None, competency=None, critical=True),
    "count": replace(multiple(), stem="Chọn 3 ý nên làm."),
    "count-said": replace(multiple(hide_count=True), stem="Chọn 2 ý nên làm."),
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_named(code: str) -> None:
    found = problems(FAULTS[code])
    assert [problem.code for problem in found] == [code]
    assert found[0].subject == FAULTS[code].id and found[0].sentence.endswith(".")


def test_a_safety_question_of_the_team_belongs_to_its_lesson() -> None:
    assert problems(replace(single(), skill=None, competency=None, critical=True, step="l.t.1#ba-khong")) == []
    assert problems(replace(single(), skill=None, competency=None, critical=True, step="l.f.1#cham-vuot")) != []


@pytest.mark.parametrize(
    ("item", "keys"),
    [
        (with_options(single(), replace(A, correct=False, feedback="Sai."), B), "0"),
        (multiple(keys=1), "1"),
        (multiple(keys=4), "4"),
        (with_options(true_false(), Option("dung", "Đúng", True, "x"), Option("sai", "Sai", True, "x")), "2"),
    ],
)
def test_each_type_says_how_many_keys_it_needs(item: Item, keys: str) -> None:
    found = [problem for problem in problems(item) if problem.code == "keys"]
    assert len(found) == 1 and f"đang có {keys}" in found[0].sentence


def test_a_true_false_question_says_true_before_false() -> None:
    backwards = with_options(true_false(), *reversed(true_false().options))
    assert [problem.code for problem in problems(backwards)] == ["not-true-false"]


def test_all_faults_are_told_at_once() -> None:
    broken = with_options(multiple(), A, A)
    assert {problem.code for problem in problems(broken)} == {"same-id", "same-text", "keys", "count"}


@pytest.mark.parametrize(
    ("stem", "count"),
    [
        ("Chọn 2 việc làm ngay", 2),
        ("Em chọn **2** ý", 2),
        ("Chọn hai ý", 2),
        ("chọn đúng ba ý", 3),
        ("Chọn năm ý đúng", 5),
        ("Chọn 12 ý", 12),
        ("Chọn việc nên làm", None),
        ("Lựa chọn nào đúng?", None),
    ],
)
def test_the_count_is_read_from_the_stem(stem: str, count: int | None) -> None:
    assert multiple_type.said_count(stem) == count


def test_every_type_module_is_registered() -> None:
    folder = Path(multiple_type.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "registry"}
    assert modules == set(TYPES), "name the type in registry.TYPES"


def test_fields_of_two_questions_never_meet() -> None:
    assert isinstance(single().body, Choices)
    assert len({item.id for item in (single(), multiple(), true_false())}) == 3
