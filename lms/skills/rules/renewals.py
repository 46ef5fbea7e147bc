"""Point 5, the renewal: 8 items plus one witnessed pass on a new variant, by the current ruleset, restart the validity.

«New» means that the award being renewed stands without that variant; «from 90 days before expiry» is reckoned from the
first award that does. Both are read so that evidence added later, if it is a pass, can never spoil a renewal.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lms.skills.rules.days import months_after
from lms.skills.rules.rulesets import Ruleset
from lms.skills.rules.triples import Epoch, Grant, Key, Pass

FirstAward = Callable[[str], Grant | None]  # of the awards that stand without a variant, the one that expires first


@dataclass(frozen=True, slots=True)
class _Parts:
    test: Key
    practice: Pass
    sight: Key

    @property
    def days(self) -> tuple[date, date, date]:
        return self.test.day, self.practice.day, self.sight.day


def renewals_in(
    epoch: Epoch,
    ruleset: Ruleset,
    skill: str,
    is_current: Callable[[date], bool],
    first_award: FirstAward,
) -> list[Grant]:
    """The renewals completed in an epoch while this ruleset was the current one, one per day, earliest first."""
    months = ruleset.validity_months.get(skill)
    by_day: dict[date, Grant] = {}
    if months is None:
        return []
    for parts in _parts(epoch):
        first, last = min(parts.days), max(parts.days)
        if (last - first).days > ruleset.coherence_days or not is_current(last):
            continue
        award = first_award(parts.practice.variant)
        if award is None or first < _opens_on(award, ruleset):
            continue
        grant = Grant(last, months_after(last, months), ruleset.id, parts.test.id, (parts.practice.id,), parts.sight.id)
        known = by_day.get(last)
        if known is None or grant.in_order < known.in_order:
            by_day[last] = grant
    return [by_day[day] for day in sorted(by_day)]


def _parts(epoch: Epoch) -> Iterator[_Parts]:
    for test in epoch.renewals:
        for session, sights in epoch.seen.items():
            for practice in epoch.passes_in.get(session, ()):
                for sight in sights:
                    yield _Parts(test, practice, sight)


def _opens_on(award: Grant, ruleset: Ruleset) -> date:
    return max(award.day, award.expires - timedelta(days=ruleset.renewal.from_days_before))
