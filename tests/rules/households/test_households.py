"""On which days a household counts: written cases first, then what must hold for any household."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.households.rules import (
    SKILLS,
    HouseholdSpell,
    Kind,
    Membership,
    SkillSpell,
    changes,
    household_flower,
    household_spells,
    status,
)
from lms.skills.rules.flowers import PetalState

SHORT = dict(zip(SKILLS, ("dịch vụ công", "mua sắm", "thanh toán", "tự bảo vệ", "nền tảng địa phương"), strict=True))


def day(number: int) -> date:
    return date(2026, 9, 1) + timedelta(days=number)


def has(skills: str, from_on: int = 0, until_on: int = 99) -> list[SkillSpell]:
    return [SkillSpell(skill, day(from_on), day(until_on)) for skill in skills.split()]


def lives(person: str, from_on: int = -100, until_on: int | None = None) -> Membership:
    return Membership(person, day(from_on), None if until_on is None else day(until_on))


ALL = " ".join(SKILLS)
LAN, TU = lives("lan"), lives("tu")


def found(spells: Iterable[HouseholdSpell], kind: Kind) -> list[tuple[date, date, tuple[str, ...]]]:
    return [(one.from_on, one.until_on, one.people) for one in spells if one.kind is kind]


def test_one_member_with_all_five_opens_the_heart() -> None:
    skills = {"lan": [*has("s1 s2 s5", 0, 700), *has("s3 s4", 10, 375)]}
    spells = household_spells([LAN, TU], skills, {})
    assert found(spells, Kind.STRICT) == [(day(10), day(375), ("lan",))]
    assert found(spells, Kind.UNION) == [(day(10), day(375), ("lan",))]
    assert found(spells, Kind.S1) == [(day(0), day(700), ("lan",))]
    now = status([LAN, TU], skills, {}, day(20))
    assert (now.strict, now.union, now.near, now.pupil_only) == (True, True, False, True)
    assert household_flower(now, SHORT).text == "5/5 kỹ năng · một người đủ cả năm"


def test_petals_of_different_members_never_open_it() -> None:
    skills = {"lan": has("s1 s2 s3 s4"), "tu": has("s5 s1")}
    spells = household_spells([LAN, TU], skills, {})
    assert not found(spells, Kind.STRICT)
    assert found(spells, Kind.UNION) == [(day(0), day(99), ("lan", "tu"))]
    assert found(spells, Kind.NEAR) == [(day(0), day(99), ("lan",))]
    now = status([LAN, TU], skills, {}, day(5))
    drawn = household_flower(now, SHORT)
    assert (now.union, now.strict, drawn.golden) == (True, False, False)
    assert all(petal.state is PetalState.FULL for petal in drawn.petals)
    assert drawn.text == "5/5 kỹ năng · chưa có một người đủ cả năm"
    assert [(one.person, one.lacks) for one in now.nearest] == [("lan", ("s5",))]


def test_five_spells_that_never_hold_on_one_day_open_nothing() -> None:
    skills = {"lan": [*has("s1 s2 s3 s4", 0, 49), *has("s5", 50, 99)]}
    assert not found(household_spells([LAN], skills, {}), Kind.STRICT)


def test_it_holds_through_the_last_day_and_then_is_remembered() -> None:
    skills = {"lan": has(ALL, 0, 99)}
    assert status([LAN], skills, {}, day(99)).strict
    after = status([LAN], skills, {}, day(100))
    assert (after.strict, after.last_strict_on) == (False, day(99))


def test_the_adult_day_splits_the_count_but_not_the_heart() -> None:
    spells = household_spells([LAN], {"lan": has(ALL, 0, 99)}, {"lan": day(30)})
    assert found(spells, Kind.STRICT) == [(day(0), day(99), ("lan",))]
    assert found(spells, Kind.STRICT_ADULT) == [(day(30), day(99), ("lan",))]
    assert status([LAN], {"lan": has(ALL)}, {"lan": day(30)}, day(29)).pupil_only
    assert not status([LAN], {"lan": has(ALL)}, {"lan": day(30)}, day(30)).pupil_only


def test_adjacent_and_overlapping_spells_are_one_with_the_first_reason() -> None:
    skills = {"lan": [*has(ALL, 0, 49), *has(ALL, 50, 80)], "tu": has(ALL, 60, 99)}
    assert found(household_spells([LAN, TU], skills, {}), Kind.STRICT) == [(day(0), day(99), ("lan",))]


def test_moving_house_moves_the_person() -> None:
    skills = {"lan": has(ALL, 0, 99)}
    old = household_spells([lives("lan", -100, 39), TU], skills, {})
    new = household_spells([lives("lan", 40), lives("nam")], skills, {})
    assert found(old, Kind.STRICT) == [(day(0), day(39), ("lan",))]
    assert found(new, Kind.STRICT) == [(day(40), day(99), ("lan",))]


def test_leaving_and_coming_back() -> None:
    members = [lives("lan", -100, 20), lives("lan", 40, 60)]
    strict = found(household_spells(members, {"lan": has(ALL)}, {}), Kind.STRICT)
    assert strict == [(day(0), day(20), ("lan",)), (day(40), day(60), ("lan",))]


def test_near_ends_when_the_last_skill_comes() -> None:
    skills = {"lan": [*has("s1 s2 s3 s4", 0, 99), *has("s5", 30, 60)]}
    spells = household_spells([LAN], skills, {})
    assert found(spells, Kind.NEAR) == [(day(0), day(29), ("lan",)), (day(61), day(99), ("lan",))]


def test_somebody_elses_heart_makes_nobody_near() -> None:
    spells = household_spells([LAN, TU], {"lan": has(ALL), "tu": has("s1 s2 s3 s4")}, {})
    assert not found(spells, Kind.NEAR)


def test_the_words_of_an_unfinished_house() -> None:
    now = status([LAN, TU], {"lan": has("s1 s2"), "tu": has("s2 s4")}, {}, day(5))
    assert household_flower(now, SHORT).text == "3/5 kỹ năng · thiếu: thanh toán, nền tảng địa phương"
    assert now.lacking == ("s3", "s5")
    assert [one.person for one in now.nearest] == ["lan", "tu"]
    assert [one.has for one in now.members] == [("s1", "s2"), ("s2", "s4")]


def test_a_petal_is_notched_when_its_last_holder_is_near_the_end() -> None:
    skills = {"lan": has("s1", 0, 50), "tu": has("s1 s2", 0, 300)}
    assert status([LAN, TU], skills, {}, day(20)).expiring == ()
    assert status([LAN], skills, {}, day(20)).expiring == ("s1",)
    drawn = household_flower(status([LAN], skills, {}, day(20)), SHORT)
    assert [petal.notch for petal in drawn.petals] == [True, False, False, False, False]


def test_an_empty_house() -> None:
    assert household_spells([], {}, {}) == []
    now = status([], {}, {}, day(0))
    assert (now.strict, now.union, now.nearest, now.lacking) == (False, False, (), SKILLS)


def test_changes_name_only_what_differs() -> None:
    kept = HouseholdSpell(Kind.S1, day(0), day(9), ("lan",))
    old = HouseholdSpell(Kind.S2, day(0), day(9), ("lan",))
    longer = HouseholdSpell(Kind.S2, day(0), day(19), ("lan",))
    assert changes([kept, old], [longer, kept]) == ([old], [longer])
    assert changes([kept], [kept]) == ([], [])


PEOPLE = ["lan", "tu", "nam"]
NUMBERS = st.integers(0, 30)
MEMBERS = st.lists(
    st.builds(
        lambda person, start, length: lives(person, start, None if length is None else start + length),
        st.sampled_from(PEOPLE),
        NUMBERS,
        st.one_of(st.none(), NUMBERS),
    ),
    max_size=5,
)
ONE_SKILL = st.builds(
    lambda skill, start, length: SkillSpell(skill, day(start), day(start + length)),
    st.sampled_from(SKILLS),
    NUMBERS,
    NUMBERS,
)
LEARNED = st.builds(
    lambda lacking, start, more: [one for one in has(ALL, start, start + 12) if one.skill != lacking] + more,
    st.sampled_from(["", *SKILLS]),
    NUMBERS,
    st.lists(ONE_SKILL, max_size=5),
)
SKILL_SPELLS = st.dictionaries(st.sampled_from(PEOPLE), LEARNED)
ADULTS = st.dictionaries(st.sampled_from(PEOPLE), st.one_of(st.none(), NUMBERS.map(day)))
FAIR = settings(max_examples=60, deadline=None)


@FAIR
@given(MEMBERS, SKILL_SPELLS, ADULTS)
def test_every_day_equals_the_definition(members, skills, adults) -> None:
    spells = household_spells(members, skills, adults)
    for number in range(-1, 64):
        on = day(number)
        here = {one.person for one in members if one.from_on <= on <= (one.until_on or date.max)}
        know = {one: {s.skill for s in skills.get(one, []) if s.from_on <= on <= s.until_on} for one in here}
        complete = {one for one in here if know[one] == set(SKILLS)}
        union = set().union(*know.values())
        expected = {Kind(skill) for skill in union}
        expected |= {Kind.STRICT} if complete else set()
        expected |= {Kind.STRICT_ADULT} if any(adults.get(one) and adults[one] <= on for one in complete) else set()
        expected |= {Kind.UNION} if union == set(SKILLS) else set()
        expected |= {Kind.NEAR} if not complete and any(len(one) == 4 for one in know.values()) else set()
        assert {one.kind for one in spells if one.from_on <= on <= one.until_on} == expected
        now = status(members, skills, adults, on)
        said = {kind for kind in (Kind.STRICT, Kind.STRICT_ADULT, Kind.UNION, Kind.NEAR) if getattr(now, kind)}
        assert said == {kind for kind in expected if kind not in SKILLS}


@FAIR
@given(MEMBERS, SKILL_SPELLS, ADULTS)
def test_spells_of_a_kind_never_touch(members, skills, adults) -> None:
    spells = household_spells(members, skills, adults)
    for one, two in zip(spells, spells[1:], strict=False):
        assert one.kind is not two.kind or one.until_on + timedelta(1) < two.from_on
    assert all(one.people for one in spells)


@FAIR
@given(MEMBERS, SKILL_SPELLS, ADULTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(members, skills, adults, chance) -> None:
    mixed = {person: chance.sample(rows, len(rows)) for person, rows in skills.items()}
    again = household_spells(chance.sample(members, len(members)), mixed, adults)
    assert again == household_spells(members, skills, adults)


@FAIR
@given(MEMBERS, SKILL_SPELLS, NUMBERS)
def test_the_union_holds_wherever_the_strict_does(members, skills, number: int) -> None:
    spells = household_spells(members, skills, {})
    strict = [one for one in spells if one.kind is Kind.STRICT]
    union = [one for one in spells if one.kind is Kind.UNION]
    assert all(any(two.from_on <= one.from_on and one.until_on <= two.until_on for two in union) for one in strict)


@FAIR
@given(st.lists(st.sampled_from(SKILLS), min_size=1, max_size=4, unique=True), SKILL_SPELLS)
def test_members_who_each_lack_a_skill_are_never_strict(missing: list[str], skills) -> None:
    partial = {
        person: [one for one in rows if one.skill != missing[PEOPLE.index(person) % len(missing)]]
        for person, rows in skills.items()
    }
    spells = household_spells([lives(person) for person in PEOPLE], partial, {})
    assert not found(spells, Kind.STRICT)


@pytest.mark.parametrize("skill", SKILLS)
def test_each_skill_is_a_kind_of_its_own(skill: str) -> None:
    assert found(household_spells([LAN], {"lan": has(skill)}, {}), Kind(skill)) == [(day(0), day(99), ("lan",))]
