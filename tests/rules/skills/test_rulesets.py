"""The ruleset files say what the printed rule says, and a file this code cannot apply is refused."""

from copy import deepcopy
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
import yaml

from lms.skills.rules.days import months_after
from lms.skills.rules.rulesets import Activation, Calendar, RulesetError, Success, at_least, parse_ruleset
from tests.rules.skills.evidence import R0, R1, RULESETS


def file_of(name: str) -> dict[str, Any]:
    return yaml.load((RULESETS / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader)


def test_the_printed_thresholds() -> None:
    assert (R1.know.items, at_least(R1.know.min_share, 15), at_least(R1.know.critical_min_share, 4)) == (15, 12, 3)
    assert R1.know.min_share == Fraction(4, 5)
    assert R1.do.success is Success.PRACTICE and R1.do.at_least_one_replayed
    assert R1.validity_months == {"s1": 24, "s2": 24, "s3": 12, "s4": 12, "s5": 24}
    assert R1.coherence_days == 180
    assert R1.household.min_age is None


def test_the_launch_ruleset_differs_in_two_points_only() -> None:
    launch, later = file_of("r2026.0"), file_of("r2026.1")
    assert launch["do"].pop("success") == "task_card"
    assert (launch["do"].pop("at_least_one_replayed"), later["do"].pop("at_least_one_replayed")) == ("false", "true")
    assert (launch.pop("id"), later.pop("id")) == ("r2026.0", "r2026.1")
    assert launch == later
    assert R0.do.success is Success.TASK_CARD


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("know", "items", "fifteen"),
        ("know", "items", "1.5"),
        ("know", "min_share", "1.2"),
        ("know", "unknown", "1"),
        ("know", "accommodation", "none"),
        ("do", "consecutive", "yes"),
        ("do", "successes", "3"),
        ("do", "success", "guess"),
        ("do", "cover", "all"),
        ("witness", "observations", "2"),
        ("witness", "linked_to_passing_session", "false"),
        ("renewal", "witnessed_practice", "0"),
        ("household", "same_person_all_skills", "false"),
    ],
)
def test_what_cannot_be_applied_is_refused(section: str, key: str, value: str) -> None:
    broken = deepcopy(file_of("r2026.1"))
    broken[section][key] = value
    with pytest.raises(ValueError):
        parse_ruleset(broken)


def test_a_missing_or_unknown_section_is_refused() -> None:
    with pytest.raises(RulesetError, match="retake"):
        parse_ruleset({key: value for key, value in file_of("r2026.1").items() if key != "retake"})
    with pytest.raises(RulesetError, match="extra"):
        parse_ruleset({**file_of("r2026.1"), "extra": "1"})


def test_the_old_ruleset_suffices_for_six_months() -> None:
    calendar = Calendar([Activation(R1, date(2026, 8, 31)), Activation(R0, date(2026, 1, 1))])
    named = {day: [one.id for one in calendar.in_force(day)] for day in (
        date(2025, 12, 31), date(2026, 8, 30), date(2026, 8, 31), date(2027, 2, 28), date(2027, 3, 1),
    )}  # fmt: skip
    assert list(named.values()) == [[], ["r2026.0"], ["r2026.1", "r2026.0"], ["r2026.1", "r2026.0"], ["r2026.1"]]
    assert calendar.current(date(2026, 9, 1)) is R1
    assert calendar.current(date(2025, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 3, 10), 12, date(2027, 3, 10)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 24, date(2028, 12, 31)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
    ],
)
def test_calendar_months(day: date, months: int, end: date) -> None:
    assert months_after(day, months) == end
