"""Every form drawn owes its blueprint nothing, the same seed draws the same form, and neighbours share little."""

import json
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.quizzes.rules.blueprints import (
    Blueprint,
    can_complete,
    observer_blueprint,
    publishable,
    recorded_blueprint,
    renewal_blueprint,
    unmet,
)
from lms.quizzes.rules.drawing import Form, NoFormError, draw, form_from_json, form_to_json
from lms.quizzes.rules.shapes import Item
from tests.rules.quizzes.bank import SKILL, bank, single, true_false

RECORDED = recorded_blueprint(SKILL)
RENEWAL = renewal_blueprint(SKILL)
SEEDS = st.text(max_size=12)


def asked(pool: list[Item], form: Form) -> list[Item]:
    items = {item.id: item for item in pool}
    return [items[item_id] for item_id in form.item_ids]


@given(SEEDS, st.sampled_from([22, 30, 45, 60]), st.sampled_from([RECORDED, RENEWAL]))
@settings(max_examples=40)
def test_a_drawn_form_owes_its_blueprint_nothing(seed: str, size: int, blueprint: Blueprint) -> None:
    pool = bank(size)
    assert unmet(asked(pool, draw(pool, blueprint, seed)), blueprint) == []


ODD_ITEMS = st.builds(
    lambda number, critical, competency, tf: (true_false if tf else single)(
        f"q{number:02d}", critical=critical, competency=competency
    ),
    st.integers(0, 40),
    st.booleans(),
    st.sampled_from(["k1", "k2", "k3", None]),
    st.booleans(),
)


@settings(max_examples=250)
@given(
    st.lists(ODD_ITEMS, min_size=7, max_size=12, unique_by=lambda item: item.id),
    st.integers(2, 6),
    st.integers(1, 3),
    st.integers(0, 3),
    st.sets(st.sampled_from(["k1", "k2", "k3"]), max_size=2),
    st.sets(st.sampled_from(["k1", "k2"]), max_size=1),
    SEEDS,
)
def test_in_any_bank_whatever_can_be_drawn_is_drawn(
    pool: list[Item], items: int, critical: int, most: int, competencies: set[str], stars: set[str], seed: str
) -> None:
    """`can_complete` agrees with trying every form there is, and the draw always finds one."""
    blueprint = replace(
        RECORDED,
        items=items,
        critical=min(critical, items),
        max_true_false=most,
        competencies=frozenset(competencies | stars),
        stars=frozenset(stars),
    )
    possible = exists(pool, blueprint)
    assert can_complete((), pool, blueprint) is possible
    if possible:
        form = asked(pool, draw(pool, blueprint, seed))
        assert [one for one in unmet(form, blueprint) if one.code != "guessable"] == []
    else:
        with pytest.raises(NoFormError):
            draw(pool, blueprint, seed)


def exists(pool: list[Item], blueprint: Blueprint) -> bool:
    """By trying: any set of the right size, as (how many, safety, true/false, competencies asked, stars asked)."""
    reached = {(0, 0, 0, frozenset[str](), frozenset[str]())}
    for item in pool:
        of = {item.competency} & blueprint.competencies
        star = {item.competency} & blueprint.stars if item.critical else set()
        reached |= {
            (n + 1, c + item.critical, t + (item.type == "truefalse"), seen | of, starred | star)
            for n, c, t, seen, starred in reached
            if n < blueprint.items
        }
    return any(
        n == blueprint.items
        and c == blueprint.critical
        and t <= blueprint.max_true_false
        and seen >= blueprint.competencies
        and starred >= blueprint.stars
        for n, c, t, seen, starred in reached
    )


@given(SEEDS)
@settings(max_examples=20)
def test_the_same_seed_draws_the_same_form_however_the_bank_was_read(seed: str) -> None:
    pool = bank()
    form = draw(pool, RECORDED, seed)
    assert draw(pool, RECORDED, seed) == form
    assert draw(reversed(pool), RECORDED, seed) == form
    assert draw([*pool, *pool], RECORDED, seed) == form


def test_a_stored_seed_redraws_its_form_for_ever() -> None:
    kept = json.dumps(form_to_json(draw(bank(), RECORDED, "thôn Mẫu 1")))
    assert sha256(kept.encode()).hexdigest()[:16] == "8ead95a721c0e8b6"


def test_other_seeds_draw_other_forms() -> None:
    forms = {draw(bank(), RECORDED, str(seed)).item_ids for seed in range(30)}
    assert len(forms) == 30


def test_every_question_gets_its_turn() -> None:
    pool = bank()
    drawn = {item_id for seed in range(60) for item_id in draw(pool, RECORDED, str(seed)).item_ids}
    assert drawn == {item.id for item in pool}


def test_options_are_shuffled_for_each_attempt_unless_fixed() -> None:
    pool = [single(), replace(single("s3.q9"), body=replace(single().body, fixed=True)), true_false()]
    blueprint = replace(observer_blueprint(3), pass_mark=RECORDED.pass_mark)
    orders: dict[str, set[tuple[str, ...]]] = {}
    for seed in range(40):
        for placed in draw(pool, blueprint, str(seed)).questions:
            orders.setdefault(placed.item, set()).add(placed.options)
    assert len(orders["s3.q1"]) > 10 and all(sorted(order) == list("abcd") for order in orders["s3.q1"])
    assert orders["s3.q9"] == {tuple("abcd")}
    assert orders["s3.q3"] == {("dung", "sai")}


def test_a_form_pins_the_versions_asked() -> None:
    assert all(placed.digest == f"digest of {placed.item}" for placed in draw(bank(), RECORDED, "1").questions)


def test_a_form_comes_back_from_the_database_as_it_went() -> None:
    form = draw(bank(), RECORDED, "1")
    assert form_from_json(form_to_json(form)) == form
    assert set(form_to_json(form)[0]) == {"item", "digest", "options"}


@pytest.mark.parametrize("size", [45, 60])
def test_neighbours_share_less_than_half_when_the_bank_allows(size: int) -> None:
    pool = bank(size)
    row = [draw(pool, RECORDED, "seat 0")]
    for seat in range(1, 30):
        row.append(draw(pool, RECORDED, f"seat {seat}", beside=row[-1].item_ids))
    shared = [len({*left.item_ids} & {*right.item_ids}) for left, right in pairwise(row)]
    assert max(shared) < RECORDED.items / 2, shared


@given(SEEDS, SEEDS)
@settings(max_examples=20)
def test_in_a_small_bank_neighbours_share_as_little_as_it_can(left: str, right: str) -> None:
    pool = bank(24)
    first = draw(pool, RECORDED, left)
    second = draw(pool, RECORDED, right, beside=first.item_ids)
    fresh = [item for item in pool if item.id not in first.item_ids]
    assert set(second.item_ids) >= {item.id for item in fresh if not item.critical and item.type == "single"}
    assert unmet(asked(pool, second), RECORDED) == []


@given(SEEDS)
@settings(max_examples=20)
def test_what_was_seen_lately_is_asked_last(seed: str) -> None:
    pool = bank(60)
    first = draw(pool, RECORDED, "first")
    again = draw(pool, RECORDED, seed, seen=first.item_ids)
    assert not {*first.item_ids} & {*again.item_ids}
    everything = [item.id for item in pool]
    assert unmet(asked(pool, draw(pool, RECORDED, seed, seen=everything)), RECORDED) == []


def test_the_neighbour_is_avoided_before_what_was_seen() -> None:
    pool = bank(36, true_false_items=0)
    seen = draw(pool, RECORDED, "seen").item_ids
    rest = [item for item in pool if item.id not in seen]
    beside = draw(rest, RECORDED, "beside").item_ids
    again = draw(pool, RECORDED, "mine", seen=seen, beside=beside)
    assert not {*again.item_ids} & {*beside}


def test_the_neighbours_item_is_not_needed_when_a_whole_form_can_be_made_without() -> None:
    """Greed alone may use up the one true/false on k1 and then need the neighbour's k2."""
    fresh = [single("a", competency="k1"), true_false("b", competency="k1"), true_false("c", competency="k2")]
    pool = [*fresh, single("d", competency="k2")]
    pair = replace(
        RECORDED, items=2, critical=0, max_true_false=1, competencies=frozenset({"k1", "k2"}), stars=frozenset()
    )
    pool = [replace(item, critical=False) for item in pool]
    for seed in range(20):
        assert {*draw(pool, pair, str(seed), beside=["d"]).item_ids} == {"a", "c"}
        assert {*draw(pool, pair, str(seed), seen=["d"]).item_ids} == {"a", "c"}


def test_practice_items_and_unfinished_ones_are_never_drawn() -> None:
    pool = bank(45)
    shelved = [replace(item, id=f"x{at}", **change) for at, item in enumerate(bank(45)) for change in (
        {"pool": "luyen"}, {"status": "nhap"}, {"status": "duyet"}, {"status": "ngung"})]  # fmt: skip
    for seed in range(10):
        assert not [one for one in draw([*pool, *shelved], RECORDED, str(seed)).item_ids if one.startswith("x")]


def test_an_empty_bank_draws_nothing() -> None:
    with pytest.raises(NoFormError):
        draw([], RECORDED, "1")
    assert publishable([], RECORDED)
