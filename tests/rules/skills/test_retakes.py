"""May a recorded test start now? Two in 14 days, 24 hours apart, four in 180 days unless unlocked."""

from datetime import date, timedelta

import pytest

from lms.skills.rules.events import Event
from lms.skills.rules.retakes import AdmissionReason as Why
from lms.skills.rules.retakes import may_start_recorded, may_start_renewal
from tests.rules.skills.evidence import (
    R1,
    moment,
    not_admitted,
    practice,
    quiz,
    renewal,
    revoke,
    unlock,
)

FOUR = [quiz("a", 0, 3), quiz("b", 20, 3), quiz("c", 40, 3), quiz("d", 60, 3)]


@pytest.mark.parametrize(
    ("name", "events", "now", "reason"),
    [
        ("a first test", [], 0, Why.ADMITTED),
        ("practice does not count", [practice("p", 0)], 0.1, Why.ADMITTED),
        ("23 hours after", [quiz("a", 0)], 23 / 24, Why.TOO_SOON),
        ("24 hours after", [quiz("a", 0)], 1, Why.ADMITTED),
        ("a third within 14 days", [quiz("a", 0), quiz("b", 5)], 13.9, Why.WINDOW_FULL),
        ("a third 14 days after the first", [quiz("a", 0), quiz("b", 5)], 14, Why.ADMITTED),
        ("a renewal counts as well", [quiz("a", 0), renewal("b", 5)], 13, Why.WINDOW_FULL),
        ("a fifth within 180 days", FOUR, 179.9, Why.CAP_REACHED),
        ("a fifth 180 days after the first", FOUR, 180, Why.ADMITTED),
        ("unlocked by a teacher", [*FOUR, unlock("u", 70)], 71, Why.ADMITTED),
        ("unlocked by nobody entitled", [*FOUR, unlock("u", 70, "neighbour")], 71, Why.CAP_REACHED),
        ("an unlock from before the last tries opens less", [*FOUR, unlock("u", 50)], 61.5, Why.ADMITTED),
        ("an unlock leaves the window in place", [*FOUR[:3], quiz("d", 41), unlock("u", 42)], 43, Why.WINDOW_FULL),
        ("an unlock leaves the gap in place", [*FOUR, unlock("u", 60.1)], 60.5, Why.TOO_SOON),
        ("an unlock revoked", [*FOUR, unlock("u", 70), revoke("r", 70.5, "u")], 71, Why.CAP_REACHED),
        ("four more after an unlock",
         [*FOUR, unlock("u", 70), *[quiz(f"e{n}", 80 + n * 20, 3) for n in range(4)]], 175, Why.CAP_REACHED),
        ("attempts refused or revoked are not used up",
         [quiz("a", 0), quiz("b", 2, admitted=not_admitted()), quiz("c", 4), revoke("r", 5, "c")], 6, Why.ADMITTED),
        ("a future attempt is not known yet", [quiz("a", 5), quiz("b", 6)], 1, Why.ADMITTED),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_admission(name: str, events: list[Event], now: float, reason: Why) -> None:
    admission = may_start_recorded(events, R1, moment(now))
    assert (admission.reason, admission.admitted) == (reason, reason is Why.ADMITTED)
    assert bool(admission.sentence) != admission.admitted


def test_other_skills_do_not_count() -> None:
    events = [quiz("a", 0, skill="s1"), quiz("b", 1, skill="s1")]
    assert may_start_recorded(events, R1, moment(2), skill="s3").admitted
    assert not may_start_recorded(events, R1, moment(2), skill="s1").admitted


def test_a_started_attempt_is_used() -> None:
    assert not may_start_recorded([], R1, moment(2), unfinished=[moment(0), moment(1)]).admitted


def test_the_refusal_says_from_when_and_keeps_the_facts() -> None:
    admission = may_start_recorded([quiz("a", 0), quiz("b", 5)], R1, moment(6))
    assert admission.may_start_at == moment(14)
    assert admission.sentence == "Đã thử 2 lần trong 14 ngày. Có thể thử lại từ 09:00 ngày 15/09/2026."
    assert admission.facts["attempts_in_window"] == "2"
    assert admission.facts["last_attempt_at"] == moment(5).isoformat()
    assert may_start_recorded([quiz("a", 0), quiz("b", 5)], R1, admission.may_start_at).admitted


def test_a_renewal_may_start_from_90_days_before_expiry() -> None:
    expires = date(2026, 9, 1) + timedelta(90)
    assert may_start_renewal([], expires, R1, moment(0)).admitted
    assert may_start_renewal([], expires + timedelta(1), R1, moment(0)).reason is Why.RENEWAL_TOO_EARLY
    assert may_start_renewal([], expires - timedelta(900), R1, moment(0)).admitted
    assert may_start_renewal([], None, R1, moment(0)).reason is Why.NOTHING_TO_RENEW
    assert may_start_renewal([quiz("a", 0)], expires, R1, moment(0.5)).reason is Why.TOO_SOON
