"""The flower of a person, its twin in words, and results written down and read again."""

from collections.abc import Callable
from time import process_time

import pytest

from lms.skills.rules.events import Event, EventType
from lms.skills.rules.flowers import PetalState, flower_of
from lms.skills.rules.payloads import result_as_mapping, result_from
from lms.skills.rules.standing import evaluate
from lms.skills.rules.words import ReasonCode, Status, reason, status_words
from tests.rules.skills.evidence import (
    CARDS,
    CORE,
    SIMULATORS,
    card,
    day,
    inferred,
    practice,
    quiz,
    recheck,
    renewal,
    revoke,
    seen,
    three_keys,
    two_cards,
    unlock,
    void,
)

SHORT = {
    "s1": "dịch vụ công",
    "s2": "mua sắm",
    "s3": "thanh toán",
    "s4": "tự bảo vệ",
    "s5": "nền tảng địa phương",
}


def complete(skill: str) -> list[Event]:
    covers = " ".join(CORE[skill])
    return [
        quiz(f"{skill}q", 0, skill=skill),
        practice(f"{skill}p1", 1, covers=covers, skill=skill),
        practice(f"{skill}p2", 2, covers=covers, skill=skill, session=skill),
        seen(f"{skill}o", 2, skill, skill=skill),
    ]


def flower(events: list[Event], on: int, rules=SIMULATORS):
    return flower_of(evaluate(events, rules, day(on), CORE), SHORT)


def test_three_petals_and_the_words_for_the_rest() -> None:
    drawn = flower([event for skill in ("s1", "s2", "s4") for event in complete(skill)], 5)
    assert drawn.text == "3/5 kỹ năng · thiếu: thanh toán, nền tảng địa phương"
    assert [one.state for one in drawn.petals] == [
        PetalState.FULL, PetalState.FULL, PetalState.NONE, PetalState.FULL, PetalState.NONE,
    ]  # fmt: skip
    assert not drawn.golden


def test_all_five_open_the_heart() -> None:
    drawn = flower([event for skill in CORE for event in complete(skill)], 5)
    assert (drawn.golden, drawn.text) == (True, "5/5 kỹ năng")


@pytest.mark.parametrize(
    ("events", "on", "rules", "state", "notch", "text"),
    [
        ([], 5, SIMULATORS, PetalState.NONE, False, "chưa có chìa nào"),
        (three_keys()[:1], 5, SIMULATORS, PetalState.KNOW, False, "đã có: Biết"),
        (three_keys()[:3], 5, SIMULATORS, PetalState.DO, False, "đã có: Biết, Làm"),
        (two_cards()[1:], 5, CARDS, PetalState.DO, False, "đã có: Làm, Chứng"),
        (three_keys(), 5, SIMULATORS, PetalState.FULL, False, "thành thạo"),
        (three_keys(), 360, SIMULATORS, PetalState.FULL, True, "thành thạo, sắp hết hạn"),
        (three_keys(), 400, SIMULATORS, PetalState.NONE, True, "chưa có chìa nào"),
        ([*three_keys(), recheck("x", 5, False)], 6, SIMULATORS, PetalState.KNOW, True, "đã có: Biết"),
    ],
)
def test_petal(events, on, rules, state, notch, text) -> None:
    petal = flower(events, on, rules).petals[2]
    assert (petal.state, petal.notch, petal.text) == (state, notch, text)


def test_every_status_and_reason_has_its_words() -> None:
    assert set(status_words) == set(Status)
    facts = dict.fromkeys(("right", "items", "days", "day", "competencies", "count"), "1")
    assert all(reason(code, **facts).sentence for code in ReasonCode)
    assert reason(ReasonCode.WITNESS_MISSING).sentence == "thiếu: 1 lần làm có người chứng"


@pytest.mark.parametrize(
    "event",
    [
        quiz("q", 0), renewal("n", 0), practice("p", 0), seen("o", 0, "x"), card("c", 0, failed="s3.2"),
        recheck("x", 0, True), revoke("r", 0, "a", "b"), void("v", 0, "q.1", "1"), unlock("u", 0), inferred("i", 0),
    ],
    ids=lambda event: f"{event.type}-{event.id}",
)  # fmt: skip
def test_results_survive_being_written_down(event: Event) -> None:
    assert result_from(event.type, result_as_mapping(event.result)) == event.result


def test_a_result_with_an_unknown_or_missing_key_is_refused() -> None:
    kept = result_as_mapping(practice("p", 0).result)
    with pytest.raises(TypeError):
        result_from(EventType.PRACTICE, {**kept, "score": 1})
    with pytest.raises(KeyError):
        result_from(EventType.OBSERVATION, {"lines": []})


def test_many_years_of_evidence_are_judged_at_once() -> None:
    """Quadratic in passes, the same list takes seconds: 500 events in each of five skills."""
    events: list[Event] = []
    for skill, core in CORE.items():
        for n in range(125):
            events += [
                quiz(f"{skill}q{n}", n * 5, right=15 if n % 10 == 0 else 10, skill=skill),
                practice(f"{skill}p{n}", n * 5, covers=" ".join(core), skill=skill),
                practice(
                    f"{skill}r{n}", n * 5 + 1, covers=" ".join(core), passed=n % 7 != 0, skill=skill, session=f"{n}"
                ),
                seen(f"{skill}o{n}", n * 5 + 1, f"{n}", skill=skill),
            ]
    assert _busy_seconds(lambda: evaluate(events, SIMULATORS, day(700), CORE)) < 0.25


def _busy_seconds(act: Callable[[], object]) -> float:
    spent = []
    for _ in range(3):
        start = process_time()
        act()
        spent.append(process_time() - start)
    return min(spent)
