"""The ten types to the letter of assessment.md §5: score, partial credit, the chance of a guess, faults of authors."""

from fractions import Fraction
from itertools import combinations, permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.rules import filling
from lms.quizzes.rules.dice import Dice
from lms.quizzes.rules.guessers import TYPED
from lms.quizzes.rules.items import (
    answer_from_json,
    answer_to_json,
    grade,
    p_guess,
    parts,
    practice_order,
    problems,
    read_answer,
    replies,
    shown_again,
    whole_answer,
    words,
)
from lms.quizzes.rules.shapes import Answer, Item, Problem
from lms.quizzes.rules.types.registry import TYPES
from tests.rules.quizzes.every_type import BODIES, REGIONS, all_types, of_type

HALF = Fraction(1, 2)


def score(item: Item, **filled: str) -> Fraction:
    return grade(item, filling.filled_in(filled)).score


def typed(item: Item, text: str) -> Fraction:
    return grade(item, filling.filled_in({"": text})).score


def ordered(item: Item, *ids: str) -> Fraction:
    return grade(item, filling.filled_in({one: str(n) for n, one in enumerate(ids, 1)})).score


def ticked(item: Item, *ids: str) -> Fraction:
    return grade(item, Answer(frozenset(ids))).score


# --- what holds for every type -------------------------------------------------------------------


def test_there_are_ten_types() -> None:
    assert set(TYPES) == set(BODIES) and len(TYPES) == 10


@pytest.mark.parametrize("item", all_types(), ids=lambda item: item.type)
def test_the_key_is_right_nothing_is_wrong_and_it_is_sound(item: Item) -> None:
    assert grade(item, whole_answer(item)).right
    assert grade(item, None).score == grade(item, Answer()).score == 0
    assert problems(item) == []
    assert 0 < p_guess(item) <= HALF
    assert words(item, whole_answer(item))
    assert all(reply.correct for reply in replies(item, whole_answer(item)))


@pytest.mark.parametrize("item", all_types(), ids=lambda item: item.type)
@given(seed=st.text(max_size=5))
def test_what_a_page_shows_again_is_read_as_the_same_answer(item: Item, seed: str) -> None:
    order = TYPES[item.type].shuffled(item.body, Dice(seed))
    answer = whole_answer(item)
    assert answer_from_json(item, answer_to_json(item, answer)) == answer
    if parts(item, order):
        sent = {name: [value] for name, value in shown_again(item, answer, order).items()}
    else:
        sent = {f"tra-loi.{item.id}": [str(order.index(one) + 1) for one in answer.chosen]}
    assert read_answer(item, sent, order) == answer


@pytest.mark.parametrize("item", all_types(), ids=lambda item: item.type)
def test_nothing_sent_is_told_and_what_was_not_offered_refused(item: Item) -> None:
    order = practice_order(item)
    nothing = read_answer(item, {}, order)
    assert isinstance(nothing, Problem) and nothing.code == "nothing-chosen"
    if item.type not in ("numeric", "short"):
        names = [part.field for part in parts(item, order)] or [f"tra-loi.{item.id}"]
        last = read_answer(item, {names[-1]: ["99"]}, order)
        assert isinstance(last, Problem) and last.code in ("unknown-option", "no-place")


@pytest.mark.parametrize("raw", [None, [], {"filled": [1]}, {"filled": {"a": 1}}, {"filled": {}, "more": 1}])
def test_a_stored_answer_of_another_shape_is_an_error(raw: Any) -> None:
    with pytest.raises(ValueError):
        answer_from_json(of_type("short"), raw)


def test_a_very_long_answer_is_refused() -> None:
    given = read_answer(of_type("short"), {"tra-loi.s3.short:1": ["a" * 201]})
    assert isinstance(given, Problem) and given.code == "too-long"


# --- matching ------------------------------------------------------------------------------------


def test_matching_counts_right_pairs() -> None:
    item = of_type("matching")
    assert score(item, p1="p1", p2="p2") == 1
    assert score(item, p1="p1") == score(item, p1="p1", p2="+1") == HALF
    assert score(item, p1="p2", p2="p1") == 0
    assert p_guess(item) == Fraction(1, 6)


def test_two_lefts_may_share_a_right() -> None:
    pairs = [
        {"id": f"p{n}", "left": f"Việc {n}", "right": "Gọi ngân hàng" if n < 3 else "Báo công an"} for n in (1, 2, 3)
    ]
    item = of_type("matching", pairs=pairs, extra_right=[])
    assert grade(item, whole_answer(item)).right and score(item, p1="p1", p2="p1", p3="p3") == 1
    assert p_guess(item) == Fraction(1, 8)


def test_the_order_of_the_rights_does_not_depend_on_the_pairs() -> None:
    turned = [
        {"id": "p1", "left": "Hàng sai mẫu", "right": "Huỷ đơn"},
        {"id": "p2", "left": "Chưa giao, đổi ý", "right": "Đổi trả"},
    ]
    for seed in "abcdef":
        shown = [
            [text for _id, text in parts(one, TYPES["matching"].shuffled(one.body, Dice(seed)))[0].options]
            for one in (of_type("matching"), of_type("matching", pairs=turned))
        ]
        assert shown[0] == shown[1]


# --- ordering ------------------------------------------------------------------------------------


def test_ordering_counts_the_longest_run() -> None:
    item = of_type("ordering")
    assert ordered(item, "e1", "e2", "e3", "e5", "e4") == Fraction(3, 4)
    assert ordered(item, "e5", "e4", "e3", "e2", "e1") == 0
    assert ordered(item, "e5", "e1", "e2", "e3", "e4") == Fraction(3, 4)
    assert ordered(item, "e1", "e2") == Fraction(1, 4)
    assert p_guess(item) == Fraction(1, 120)


@given(st.permutations(["e1", "e2", "e3", "e4", "e5"]))
def test_the_longest_run_is_the_longest_of_all(said: list[str]) -> None:
    longest = max(len(one) for n in range(1, 6) for one in combinations(said, n) if list(one) == sorted(one))
    assert ordered(of_type("ordering"), *said) == Fraction(longest - 1, 4)


STEPS = [{"id": one, "text": one.title()} for one in ("tim", "dien", "dinh", "nop")]
BEFORE = [["tim", "dien"], ["dien", "nop"], ["dinh", "nop"]]


def test_several_legal_orders() -> None:
    item = of_type("ordering", items=STEPS, before=BEFORE)
    assert ordered(item, "tim", "dien", "dinh", "nop") == ordered(item, "dinh", "tim", "dien", "nop") == 1
    assert ordered(item, "dien", "tim", "dinh", "nop") == Fraction(2, 3)
    assert ordered(item, "nop", "dinh", "dien", "tim") == 0
    assert problems(item) == []


def test_a_line_left_out_is_never_whole() -> None:
    item = of_type("ordering", items=[*STEPS, {"id": "khac", "text": "Khác"}], before=BEFORE)
    assert ordered(item, "tim", "dien", "dinh", "nop") == Fraction(2, 3)


def test_the_guess_counts_the_legal_orders() -> None:
    item = of_type("ordering", items=STEPS, before=BEFORE)
    legal = sum(ordered(item, *one) == 1 for one in permutations(["tim", "dien", "dinh", "nop"]))
    assert legal == 3 and p_guess(item) == Fraction(legal, 24)


@pytest.mark.parametrize(
    ("values", "code"), [("1123", "same-place"), ("1239", "no-place"), ("0123", "no-place"), ("x123", "no-place")]
)
def test_numbers_that_are_no_order(values: str, code: str) -> None:
    item = of_type("ordering", items=STEPS)
    order = practice_order(item)
    sent = {part.field: [value] for part, value in zip(parts(item, order), values, strict=True)}
    given = read_answer(item, sent, order)
    assert isinstance(given, Problem) and given.code == code


def test_practice_never_shows_the_right_order() -> None:
    for n in range(40):
        item = of_type("ordering", f"s3.o{n}", items=STEPS[:3])
        assert practice_order(item) != tuple(row["id"] for row in STEPS[:3])


# --- numeric -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "worth"), [
    ("115000", 1), ("115.000", 1), ("115.000đ", 1), ("115 000 VND", 1), ("115k", 1), ("115 nghìn", 1), ("0,115 triệu", 1),
    ("0,115tr", 1), ("115.000 đồng", 1), ("118000", HALF), ("110.000", HALF), ("120001", 0), ("135000", 0), ("-115000", 0),
    ("115,000", 0), ("115.00", 0), ("một trăm", 0), ("", 0),
])  # fmt: skip
def test_numbers_as_vietnamese_write_them(said: str, worth: Fraction) -> None:
    assert typed(of_type("numeric"), said) == worth


def test_a_dot_groups_thousands() -> None:
    assert typed(of_type("numeric", answer="1250", band=None), "1.250") == 1
    assert typed(of_type("numeric", answer="1.25", band=None), "1.250") == 0
    assert typed(of_type("numeric", answer="1.25", band=None), "1,25") == 1


def test_tolerance_is_absolute_or_relative() -> None:
    assert typed(of_type("numeric", tolerance={"rel": "0.1"}), "126.500") == 1
    assert typed(of_type("numeric", tolerance={"rel": "0.1"}, band=None), "126.501") == 0
    assert typed(of_type("numeric", tolerance={"abs": "10"}, band=None), "115.010") == 1


def test_a_known_mistake_is_spoken_to() -> None:
    item = of_type("numeric")
    assert replies(item, filling.filled_in({"": "135.000"}))[0].feedback == "Bác quên trừ mã giảm."
    given = read_answer(item, {"tra-loi.s3.numeric:1": ["nhiều"]})
    assert isinstance(given, Problem) and given.code == "no-number"
    assert p_guess(item) == p_guess(of_type("short")) == TYPED


# --- cloze ---------------------------------------------------------------------------------------


def test_cloze_is_the_mean_of_its_gaps() -> None:
    item = of_type("cloze")
    assert score(item, g1="tên", g2="x") == 1
    assert score(item, g1="ten", g2="y") == score(item, g2="x") == HALF
    assert p_guess(item) == TYPED * HALF


def test_gaps_may_weigh_differently() -> None:
    gaps = {**BODIES["cloze"]["gaps"], "g2": {**BODIES["cloze"]["gaps"]["g2"], "weight": 3}}
    item = of_type("cloze", gaps=gaps)
    assert score(item, g1="tên", g2="y") == Fraction(1, 4) and score(item, g2="x") == Fraction(3, 4)


# --- hotspot -------------------------------------------------------------------------------------


def test_hotspot_scores_hits_less_false() -> None:
    item = of_type("hotspot")
    assert ticked(item, "sender", "link", "hurry") == 1
    assert ticked(item, "sender", "link") == Fraction(2, 3)
    assert ticked(item, "sender", "link", "hurry", "time") == HALF
    assert ticked(item, "sender", "link", "hurry", "time", "greet") == 0
    assert ticked(item, "time") == 0
    assert p_guess(item) == Fraction(1, 10)


def test_three_of_eight() -> None:
    more = [{"id": f"r{n}", "box": [0, 60 + 5 * n, 5, 5], "alt": f"Chỗ {n}", "text": "…"} for n in range(3)]
    assert p_guess(of_type("hotspot", regions=[*REGIONS, *more])) == Fraction(1, 56)


def test_the_list_follows_the_picture_not_the_author() -> None:
    item = of_type("hotspot")
    assert practice_order(item) == ("sender", "time", "greet", "hurry", "link")
    assert practice_order(of_type("hotspot", regions=REGIONS[::-1])) == practice_order(item)


# --- scenario ------------------------------------------------------------------------------------


def test_a_story_is_right_where_it_ends_safely() -> None:
    item = of_type("scenario")
    assert score(item, n1="hang", n2="report") == 1
    assert score(item, n1="ask", n2="report") == 1, "no points, and yet safe"
    assert score(item, n1="hang", n2="pay") == HALF
    assert score(item, n1="hang") == HALF
    assert score(item, n1="obey", n2="report") == 0, "what stands off the way does not count"
    assert score(item, n2="report") == 0


def test_a_critical_mistake_spoils_a_safe_ending() -> None:
    nodes = {**BODIES["scenario"]["nodes"]}
    nodes["n2"] = {
        "say": "…",
        "choices": [
            {"id": "pay", "text": "Trả", "to": "good", "critical": True},
            {"id": "report", "text": "Báo", "to": "good"},
        ],
    }
    item = of_type("scenario", nodes=nodes)
    assert score(item, n1="hang", n2="pay") < 1 and score(item, n1="hang", n2="report") == 1


def test_the_guess_of_a_story_is_the_share_of_its_ways() -> None:
    item = of_type("scenario")
    chances = Fraction(0)
    for first, second in product(("hang", "ask", "obey"), ("report", "pay")):
        chances += Fraction(1, 6) * (score(item, n1=first, n2=second) == 1)
    assert p_guess(item) == chances == Fraction(1, 3)


# --- faults of authors ---------------------------------------------------------------------------

NODE = BODIES["scenario"]["nodes"]
FAULTS: list[tuple[str, dict[str, Any], str]] = [
    ("matching", {"pairs": BODIES["matching"]["pairs"][:1]}, "few-pairs"),
    ("matching", {"extra_right": ["đổi trả."]}, "extra-belongs"),
    ("matching", {"pairs": [*BODIES["matching"]["pairs"], BODIES["matching"]["pairs"][0]]}, "same-id"),
    ("ordering", {"items": STEPS[:2]}, "entries"),
    ("ordering", {"items": [*STEPS, STEPS[0]]}, "same-id"),
    ("ordering", {"items": STEPS, "before": [["tim", "khac"]]}, "before"),
    ("ordering", {"items": STEPS, "before": [["nop", "tim"]]}, "before-turned"),
    ("numeric", {"wrong": [{"value": "115000", "feedback": "…"}]}, "wrong-is-right"),
    ("numeric", {"tolerance": {"abs": "-1"}}, "tolerance"),
    ("short", {"accept": []}, "no-accept"),
    ("short", {"accept": ["?!"]}, "no-accept"),
    ("short", {"accept": ["má"], "reject": ["mạ"]}, "collides"),
    ("short", {"accents": "loose"}, "accents"),
    ("short", {"typo": 2}, "typo"),
    ("cloze", {"text": "Không có chỗ nào."}, "gap-missing"),
    ("cloze", {"text": "[[g1]] [[g1]] [[g2]]"}, "gap-twice"),
    ("cloze", {"text": "[[g1]] [[g2]] [[g3]]"}, "gap-missing"),
    ("cloze", {"gaps": {}, "text": "Chữ."}, "no-gap"),
    ("cloze", {"gaps": {**BODIES["cloze"]["gaps"], "g1": {"type": "short", "accept": []}}}, "no-accept"),
    ("hotspot", {"regions": REGIONS[:3]}, "keys"),
    ("hotspot", {"regions": [*REGIONS[:4], {**REGIONS[4], "box": [90, 0, 20, 5]}]}, "box"),
    ("hotspot", {"regions": [*REGIONS[:4], {**REGIONS[4], "alt": "Giờ nhận"}]}, "same-alt"),
    ("hotspot", {"regions": [*REGIONS[:4], {**REGIONS[4], "text": ""}]}, "no-picture"),
    ("hotspot", {"stem": "Chọn 2 chỗ đáng ngờ."}, "count"),
    ("scenario", {"start": "n9"}, "start"),
    ("scenario", {"nodes": {**NODE, "n2": {"say": "…", "choices": [{"id": "a", "text": "A", "to": "n1"}, {"id": "b", "text": "B", "to": "good"}]}}}, "ring"),
    ("scenario", {"nodes": {**NODE, "good": {"end": "unsafe"}}}, "no-safe-way"),
    ("scenario", {"nodes": {**NODE, "n3": {"end": "safe"}}}, "unreached"),
    ("scenario", {"nodes": {**NODE, "n2": {"say": "", "choices": []}}}, "few-turns"),
    ("scenario", {"nodes": {**NODE, "bad": {"end": "happy"}}}, "end"),
    ("scenario", {"nodes": {"n1": NODE["n1"], "good": NODE["good"]}}, "to"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "body", "code"), FAULTS, ids=[f"{kind} {code}" for kind, _body, code in FAULTS])
def test_what_an_author_must_mend(kind: str, body: dict[str, Any], code: str) -> None:
    assert code in {problem.code for problem in problems(of_type(kind, **body))}
