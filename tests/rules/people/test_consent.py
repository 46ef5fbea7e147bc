"""Who is a child and whose consent holds (Law 91/2025 art. 9 and 24; Children Law 2016 art. 1)."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.rules import (
    Age,
    ConsentAct,
    ConsentEvent,
    Giver,
    Holds,
    Purpose,
    consent_holds,
    is_child,
    may_be_under,
)

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
CHILD, GROWN = Age(2012), Age(1985)
SELF, REPRESENTATIVE = Giver.SELF, Giver.REPRESENTATIVE
GIVEN, WITHDRAWN = ConsentAct.GIVEN, ConsentAct.WITHDRAWN


def said(giver: Giver, act: ConsentAct = GIVEN, days: int = -10, purpose: Purpose = Purpose.ASSESSMENT) -> ConsentEvent:
    return ConsentEvent(f"{giver} {act} {days}", purpose, giver, act, NOON + timedelta(days=days))


def holds(*events: ConsentEvent, age: Age = CHILD, today: date = TODAY) -> Holds:
    return consent_holds(events, Purpose.ASSESSMENT, age, today)


@pytest.mark.parametrize(
    ("age", "today", "child"),
    [
        (Age(2011), date(2026, 11, 22), True),  # turns 15 or is 15
        (Age(2010), date(2026, 11, 22), True),  # turns 16 this year, perhaps in December
        (Age(2010), date(2026, 12, 31), True),
        (Age(2010), date(2027, 1, 1), False),
        (Age(2009), date(2026, 1, 1), False),  # turned 16 last year
        (Age(1950), date(2026, 1, 1), False),
        (Age(None), date(2026, 1, 1), True),
        (Age(2010, date(2010, 11, 23)), date(2026, 11, 22), True),
        (Age(2010, date(2010, 11, 22)), date(2026, 11, 22), False),
        (Age(2010, date(2010, 1, 1)), date(2026, 11, 22), False),
        (Age(None, date(2010, 1, 1)), date(2026, 11, 22), False),
        (Age(2012, date(2012, 2, 29)), date(2028, 2, 28), True),
        (Age(2012, date(2012, 2, 29)), date(2028, 2, 29), False),
        (Age(2084, date(2084, 2, 29)), date(2100, 2, 28), True),  # 2100 has no 29/2
        (Age(2084, date(2084, 2, 29)), date(2100, 3, 1), False),
    ],
)
def test_a_child_is_under_sixteen_and_doubt_protects(age: Age, today: date, child: bool) -> None:
    assert is_child(age.birth_year, today, age.birthday) is child


@given(st.integers(1920, 2026), st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 364))
def test_the_year_alone_never_makes_a_child_of_age_before_the_birthday(year: int, today: date, offset: int) -> None:
    birthday = date(year, 1, 1) + timedelta(days=offset)
    if may_be_under(16, Age(year, birthday), today):
        assert may_be_under(16, Age(year), today)


@pytest.mark.parametrize(
    ("events", "missing"),
    [
        ([], (SELF, REPRESENTATIVE)),
        ([said(SELF)], (REPRESENTATIVE,)),
        ([said(REPRESENTATIVE)], (SELF,)),
        ([said(SELF), said(REPRESENTATIVE)], ()),
        ([said(SELF), said(REPRESENTATIVE), said(SELF, WITHDRAWN, -2)], (SELF,)),
        ([said(SELF), said(REPRESENTATIVE), said(REPRESENTATIVE, WITHDRAWN, -2)], (REPRESENTATIVE,)),
        ([said(SELF), said(REPRESENTATIVE), said(SELF, WITHDRAWN, -5), said(SELF, GIVEN, -1)], ()),
        ([said(SELF), said(REPRESENTATIVE, WITHDRAWN, -2)], (REPRESENTATIVE,)),
        ([said(SELF), said(REPRESENTATIVE, purpose=Purpose.HOUSEHOLD_LINK)], (REPRESENTATIVE,)),
        ([said(SELF), said(REPRESENTATIVE, GIVEN, 1)], (REPRESENTATIVE,)),  # said tomorrow
    ],
)
def test_a_child_and_the_representative_both_say_yes(events: list[ConsentEvent], missing: tuple[Giver, ...]) -> None:
    outcome = holds(*events)
    assert outcome.missing == missing and outcome.holds is not bool(missing)
    assert bool(outcome.sentence) is bool(missing)


@pytest.mark.parametrize(
    ("events", "missing"),
    [
        ([], (SELF,)),
        ([said(REPRESENTATIVE)], (SELF,)),
        ([said(SELF)], ()),
        ([said(SELF), said(REPRESENTATIVE, WITHDRAWN, -2)], ()),
        ([said(SELF), said(SELF, WITHDRAWN, -2)], (SELF,)),
    ],
)
def test_from_sixteen_ones_own_yes_suffices(events: list[ConsentEvent], missing: tuple[Giver, ...]) -> None:
    assert holds(*events, age=GROWN).missing == missing


def test_consent_given_as_a_child_goes_on_with_ones_own_word() -> None:
    signed = [said(SELF), said(REPRESENTATIVE)]
    assert holds(*signed, age=Age(2010)).holds
    assert holds(*signed, said(REPRESENTATIVE, WITHDRAWN, -1), age=Age(2010), today=date(2027, 1, 1)).holds
    assert not holds(*signed, said(REPRESENTATIVE, WITHDRAWN, -1), age=Age(2010)).holds


def test_a_day_here_begins_seven_hours_before_it_does_in_greenwich() -> None:
    late = ConsentEvent("x", Purpose.ASSESSMENT, SELF, GIVEN, datetime(2026, 11, 22, 17, 0, tzinfo=UTC))
    assert not holds(late, age=GROWN).holds, "00:00 on the 23rd here"
    assert holds(late, age=GROWN, today=date(2026, 11, 23)).holds


def test_at_one_moment_the_withdrawal_holds() -> None:
    yes = ConsentEvent("z", Purpose.ASSESSMENT, SELF, GIVEN, NOON)
    no = ConsentEvent("a", Purpose.ASSESSMENT, SELF, WITHDRAWN, NOON)
    assert not holds(yes, no, age=GROWN).holds and not holds(no, yes, age=GROWN).holds


EVENTS = st.lists(
    st.builds(said, st.sampled_from(Giver), st.sampled_from(ConsentAct), st.integers(-9, 3), st.sampled_from(Purpose)),
    max_size=8,
)


@given(EVENTS, st.integers(), st.sampled_from([CHILD, GROWN, Age()]))
def test_order_and_doubles_change_nothing(events: list[ConsentEvent], seed: int, age: Age) -> None:
    again = [*events, *events[::2]]
    Random(seed).shuffle(again)
    assert holds(*again, age=age) == holds(*events, age=age)


@given(EVENTS, st.sampled_from([CHILD, GROWN, Age()]))
def test_a_withdrawal_ends_it_at_once(events: list[ConsentEvent], age: Age) -> None:
    outcome = holds(
        *events, ConsentEvent("zz", Purpose.ASSESSMENT, SELF, WITHDRAWN, NOON + timedelta(hours=4)), age=age
    )
    assert not outcome.holds and outcome.withdrawn[0] is SELF


@pytest.mark.parametrize(
    ("events", "age", "purpose", "words"),
    [
        ([], CHILD, Purpose.ASSESSMENT, "Chưa có đồng ý của người học và của cha mẹ hoặc người giám hộ. Vẫn đọc bài"),
        ([said(SELF)], CHILD, Purpose.ASSESSMENT, "Chưa có đồng ý của cha mẹ hoặc người giám hộ."),
        ([], GROWN, Purpose.ASSESSMENT, "Chưa có đồng ý của người học. Vẫn đọc bài"),
        ([], Age(), Purpose.ASSESSMENT, "Chưa ghi năm sinh nên tính như dưới 16 tuổi"),
        ([], GROWN, Purpose.HOUSEHOLD_LINK, "Chưa có đồng ý của người học. Việc học không bị ảnh hưởng."),
        ([said(SELF, WITHDRAWN)], GROWN, Purpose.ASSESSMENT, "Người học đã rút lại đồng ý."),
        ([said(SELF), said(REPRESENTATIVE, WITHDRAWN)], CHILD, Purpose.ASSESSMENT, "Cha mẹ hoặc người giám hộ đã rút lại"),
    ],
)  # fmt: skip
def test_the_sentence_says_who_is_missing_and_what_to_do(
    events: list[ConsentEvent], age: Age, purpose: Purpose, words: str
) -> None:
    sentence = consent_holds(events, purpose, age, TODAY).sentence
    assert sentence.startswith(words) and "ký, rồi ghi lại." in sentence
