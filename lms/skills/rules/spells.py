"""From grants and re-checks to spells: on which days the skill was proficient, under which ruleset, proved by what."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from lms.skills.rules.triples import Grant


@dataclass(frozen=True, slots=True)
class Spell:
    """An unbroken stretch of proficiency under one ruleset, both days included.

    `opened_by` proves the first day, `key_event_ids` the last one: the same events unless the validity was extended.
    """

    from_on: date
    until_on: date
    ruleset_id: str
    key_event_ids: tuple[str, ...]
    opened_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A passed re-check."""

    day: date
    event_id: str


@dataclass(slots=True)
class Ledger:
    """The grants of one skill taken in, day after day.

    `held` is the grant with the latest expiry; `suspended` the one that a failed re-check put in doubt.
    """

    spells: list[Spell] = field(default_factory=list)
    held: Grant | None = None
    suspended: Grant | None = None

    def take(self, steps: Iterable[Grant | Confirmation]) -> None:
        for step in sorted(steps, key=lambda one: (one.day, isinstance(one, Grant))):
            if isinstance(step, Grant):
                self._grant(step, step.day, step.event_ids)
            elif self.suspended is not None and step.day <= self.suspended.expires:
                grant, self.suspended = self.suspended, None
                self._grant(grant, step.day, (*grant.event_ids, step.event_id))

    def doubt(self, day: date) -> None:
        """A failed re-check: from its day on the skill is not proficient, until confirmed or proved anew."""
        if self.held is None or self.held.expires < day:
            return
        self._end_before(day)
        self.suspended, self.held = later(self.held, self.suspended), None

    def _grant(self, grant: Grant, day: date, proof: tuple[str, ...]) -> None:
        held = self.held
        if held is not None and later(held, grant) is held:
            return
        self.held = grant
        last = self.spells[-1] if self.spells else None
        if last is None or last.until_on < day:
            self.spells.append(Spell(day, grant.expires, grant.ruleset_id, grant.event_ids, proof))
        elif last.ruleset_id == grant.ruleset_id:
            self.spells[-1] = replace(last, until_on=grant.expires, key_event_ids=grant.event_ids)
        else:
            self._end_before(day)
            self.spells.append(Spell(day, grant.expires, grant.ruleset_id, grant.event_ids, proof))

    def _end_before(self, day: date) -> None:
        last = self.spells.pop()
        if last.from_on < day:
            self.spells.append(replace(last, until_on=min(last.until_on, day - timedelta(days=1))))


def later(one: Grant, other: Grant | None) -> Grant:
    """Point 5: the latest expiry, ties by smallest event ids; equal in both, `one` stays."""
    if other is None:
        return one
    if one.expires != other.expires:
        return one if one.expires > other.expires else other
    return other if other.in_order < one.in_order else one
