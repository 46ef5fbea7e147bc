"""May a recorded test be started now? Asked once, when it starts; the answer is stored in the event with its facts.

Quizzes and renewals of a skill count together: both draw on the same pool, and the cap is there because a pool is
learnt by heart. An attempt counts from the moment of its event; a revoked one does not count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from lms.skills.rules.days import LOCAL, local_day, written
from lms.skills.rules.events import Event, EventType, UnlockResult
from lms.skills.rules.rulesets import Ruleset
from lms.skills.rules.sifting import live

RECORDED = (EventType.QUIZ, EventType.RENEWAL)


class AdmissionReason(StrEnum):
    ADMITTED = "admitted"
    TOO_SOON = "too_soon"  # less than 24 hours since the last
    WINDOW_FULL = "window_full"  # two in 14 days
    CAP_REACHED = "cap_reached"  # four in 180 days, until somebody named in the ruleset unlocks
    RENEWAL_TOO_EARLY = "renewal_too_early"
    NOTHING_TO_RENEW = "nothing_to_renew"


@dataclass(frozen=True, slots=True)
class Admission:
    """`sentence` is empty when admitted; `may_start_at` says from when it would be, where time alone decides."""

    admitted: bool
    reason: AdmissionReason
    sentence: str
    facts: dict[str, str]
    may_start_at: datetime | None = None


def may_start_recorded(
    events: Iterable[Event],
    ruleset: Ruleset,
    now: datetime,
    skill: str | None = None,
    unfinished: Iterable[datetime] = (),
) -> Admission:
    """`events` of one person; of all skills if `skill` says which one is asked about.

    `unfinished`: when attempts were started that are no evidence yet; a started attempt is used.
    """
    past = [one for one in live(events) if one.effective_at <= now and skill in (None, one.skill)]
    starts = sorted([*unfinished, *(one.effective_at for one in past if one.type in RECORDED)])
    unlocked_at = _last_unlock(past, ruleset)
    retake, cap = ruleset.retake, ruleset.retake.hard_cap
    recent = _since(starts, now - timedelta(days=retake.window_days))
    capped = [at for at in _since(starts, now - timedelta(days=cap.days)) if unlocked_at is None or at > unlocked_at]
    facts = _facts(ruleset, now, starts, recent, capped, unlocked_at)
    if len(capped) >= cap.attempts:
        free_at = capped[-cap.attempts] + timedelta(days=cap.days)
        sentence = (
            f"Đã thử {len(capped)} lần trong {cap.days} ngày. Nhờ giáo viên, cán bộ xã hoặc tổ trưởng tổ khác mở lại,"
            f" hoặc chờ đến {_when(free_at)}."
        )
        return Admission(False, AdmissionReason.CAP_REACHED, sentence, facts, free_at)
    if len(recent) >= retake.per_window:
        free_at = recent[-retake.per_window] + timedelta(days=retake.window_days)
        sentence = f"Đã thử {len(recent)} lần trong {retake.window_days} ngày. Có thể thử lại từ {_when(free_at)}."
        return Admission(False, AdmissionReason.WINDOW_FULL, sentence, facts, free_at)
    gap = timedelta(hours=retake.min_gap_hours)
    if starts and now - starts[-1] < gap:
        free_at = starts[-1] + gap
        sentence = f"Hai lần thử cách nhau ít nhất {retake.min_gap_hours} giờ. Có thể thử lại từ {_when(free_at)}."
        return Admission(False, AdmissionReason.TOO_SOON, sentence, facts, free_at)
    return Admission(True, AdmissionReason.ADMITTED, "", facts)


def may_start_renewal(
    events: Iterable[Event],
    expires: date | None,
    ruleset: Ruleset,
    now: datetime,
    skill: str | None = None,
    unfinished: Iterable[datetime] = (),
) -> Admission:
    """As above, and only from 90 days before `expires`, the last day of the award held or last held."""
    if expires is None:
        return Admission(
            False,
            AdmissionReason.NOTHING_TO_RENEW,
            "Chưa có kỹ năng thành thạo nào để làm mới.",
            {"ruleset": ruleset.id},
        )
    opens = expires - timedelta(days=ruleset.renewal.from_days_before)
    if local_day(now) < opens:
        sentence = f"Còn hiệu lực đến hết ngày {written(expires)}. Có thể làm mới từ ngày {written(opens)}."
        facts = {"ruleset": ruleset.id, "expires": expires.isoformat(), "opens": opens.isoformat()}
        starts_at = datetime(opens.year, opens.month, opens.day, tzinfo=LOCAL)
        return Admission(False, AdmissionReason.RENEWAL_TOO_EARLY, sentence, facts, starts_at)
    return may_start_recorded(events, ruleset, now, skill, unfinished)


def _last_unlock(past: list[Event], ruleset: Ruleset) -> datetime | None:
    """An unlock opens the cap anew; window and gap stay."""
    unlocks = (
        one.effective_at
        for one in past
        if isinstance(one.result, UnlockResult) and one.result.by in ruleset.retake.hard_cap.unlock_by
    )
    return max(unlocks, default=None)


def _since(starts: list[datetime], moment: datetime) -> list[datetime]:
    return [at for at in starts if at > moment]


def _facts(
    ruleset: Ruleset,
    now: datetime,
    starts: list[datetime],
    recent: list[datetime],
    capped: list[datetime],
    unlocked_at: datetime | None,
) -> dict[str, str]:
    return {
        "ruleset": ruleset.id,
        "asked_at": now.isoformat(),
        "last_attempt_at": starts[-1].isoformat() if starts else "",
        "attempts_in_window": str(len(recent)),
        "attempts_under_cap": str(len(capped)),
        "unlocked_at": unlocked_at.isoformat() if unlocked_at else "",
    }


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%H:%M ngày %d/%m/%Y}"
