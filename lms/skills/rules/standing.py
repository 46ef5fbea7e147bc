"""Point 6, and the one question the house asks: `evaluate`.

    evidence + dated rulesets + a day  →  for each skill: spells, status, keys, reasons

Nothing else goes in: no clock, database, randomness or network. The same evidence in any order gives the same answer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lms.skills.rules.days import written
from lms.skills.rules.events import Event, EventType, RecheckResult
from lms.skills.rules.progress import Keys, Progress, progress_on
from lms.skills.rules.renewals import renewals_in
from lms.skills.rules.rulesets import Activation, Calendar, Ruleset
from lms.skills.rules.sifting import Fact, SetAside, Sifted, Voided, sift
from lms.skills.rules.spells import Confirmation, Ledger, Spell, later
from lms.skills.rules.triples import Epoch, Grant, gather, grants_in
from lms.skills.rules.words import Reason, ReasonCode, Status, reason

RULE_VERSION = "1"  # of this code; a change means a replay, and a line in docs/decisions
EXPIRING_DAYS = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """One person in one skill on one day. `valid_from` and `expires` are those of the award held or last held."""

    skill: str
    status: Status
    spells: tuple[Spell, ...]
    valid_from: date | None
    expires: date | None
    ruleset_id: str | None
    keys: Keys
    reasons: tuple[Reason, ...]
    set_aside: tuple[SetAside, ...]

    @property
    def is_proficient(self) -> bool:
        return self.status.is_proficient


def evaluate(
    events: Iterable[Event], activations: Sequence[Activation], as_of: date, core: Mapping[str, frozenset[str]]
) -> dict[str, Standing]:
    """Every skill of one person on a day. `events`: this person's, plus the void_item events of all content.

    `core` names each skill's K competencies (content/skills.yaml); its keys are the skills answered for, in order.
    """
    sifted = sift(events, as_of)
    calendar = Calendar(activations)
    return {skill: _SkillCase(skill, sifted, calendar, as_of, core[skill]).standing() for skill in core}


class _SkillCase:
    """The evidence of one skill, laid out under each ruleset that was ever in force."""

    def __init__(self, skill: str, sifted: Sifted, calendar: Calendar, as_of: date, core: frozenset[str]) -> None:
        self.skill, self.calendar, self.as_of, self.core = skill, calendar, as_of, core
        self.facts: list[Fact] = sifted.facts.get(skill, [])
        self.set_aside: tuple[SetAside, ...] = tuple(sifted.set_aside.get(skill, ()))
        self.voided: Voided = sifted.voided
        self.rulesets = calendar.ever_in_force(as_of)
        self.epochs: dict[str, list[Epoch]] = {
            ruleset.id: gather(self.facts, ruleset, core, self.voided) for ruleset in self.rulesets
        }
        self.first_awards: dict[str, Grant | None] = {}

    def standing(self) -> Standing:
        ledger = self._ledger()
        award = self._award(ledger)
        status = self._status(ledger, award)
        keys, reasons = self._keys_and_reasons(status, award)
        return Standing(
            skill=self.skill,
            status=status,
            spells=tuple(ledger.spells),
            valid_from=award.day if award else None,
            expires=award.expires if award else None,
            ruleset_id=award.ruleset_id if award else None,
            keys=keys,
            reasons=(*reasons, *self._reason_aside()),
            set_aside=self.set_aside,
        )

    def _ledger(self) -> Ledger:
        ledger = Ledger()
        failed = [fact for fact in self.facts if _confirmed(fact.event) is False]
        for number in range(len(failed) + 1):
            if number:
                ledger.doubt(failed[number - 1].day)
            ledger.take([*self._confirmations(failed, number), *self._grants(number)])
        return ledger

    def _grants(self, number: int) -> list[Grant]:
        """All awards of one epoch: newest ruleset first, so that it stands when two award alike."""
        grants: list[Grant] = []
        for ruleset in self.rulesets:
            epoch = self.epochs[ruleset.id][number]
            grants += grants_in(epoch, ruleset, self.core, self.skill, self._in_force(ruleset))
            grants += renewals_in(epoch, ruleset, self.skill, self._is_current(ruleset), self._first_award)
        return grants

    def _confirmations(self, failed: list[Fact], number: int) -> list[Confirmation]:
        """The passed re-checks between two failed ones."""
        confirmed = [fact for fact in self.facts if _confirmed(fact.event)]
        if number:
            confirmed = [fact for fact in confirmed if fact > failed[number - 1]]
        if number < len(failed):
            confirmed = [fact for fact in confirmed if fact < failed[number]]
        return [Confirmation(fact.day, fact.id) for fact in confirmed]

    def _first_award(self, without: str) -> Grant | None:
        if without not in self.first_awards:
            found = [
                next(grants_in(epoch, ruleset, self.core, self.skill, self._in_force(ruleset)), None)
                for ruleset in self.rulesets
                for epoch in gather(self.facts, ruleset, self.core, self.voided, without)
            ]
            self.first_awards[without] = min(
                (grant for grant in found if grant), key=lambda grant: grant.expires, default=None
            )
        return self.first_awards[without]

    def _in_force(self, ruleset: Ruleset) -> Callable[[date], bool]:
        return lambda day: ruleset in self.calendar.in_force(day)

    def _is_current(self, ruleset: Ruleset) -> Callable[[date], bool]:
        return lambda day: ruleset is self.calendar.current(day)

    def _award(self, ledger: Ledger) -> Grant | None:
        if ledger.suspended is None:
            return ledger.held
        if ledger.held is not None and ledger.held.expires >= self.as_of:
            return ledger.held
        return later(ledger.suspended, ledger.held)

    def _status(self, ledger: Ledger, award: Grant | None) -> Status:
        held = ledger.held
        if held is not None and held.expires >= self.as_of:
            soon = held.expires - self.as_of <= timedelta(days=EXPIRING_DAYS)
            return Status.EXPIRING if soon else Status.PROFICIENT
        if award is not None:
            doubted = award is ledger.suspended and award.expires >= self.as_of
            return Status.NEEDS_VERIFICATION if doubted else Status.NEEDS_RENEWAL
        if not self.facts:
            return Status.NOT_STARTED
        keys = self._progress().keys
        return Status.AWAITING_WITNESS if keys.know is not None and keys.do is not None else Status.LEARNING

    def _keys_and_reasons(self, status: Status, award: Grant | None) -> tuple[Keys, tuple[Reason, ...]]:
        if award is not None and status.is_proficient:
            keys = Keys(award.know, award.do, award.witness, do_count=len(award.do))
            if status is Status.PROFICIENT:
                return keys, ()
            days = (award.expires - self.as_of).days
            soon = reason(ReasonCode.EXPIRES_SOON, days=days, day=written(award.expires))
            return keys, (soon, *self._renewal_reasons(award))
        progress = self._progress()
        if award is None:
            return progress.keys, progress.reasons
        if status is Status.NEEDS_VERIFICATION:
            day = max(fact.day for fact in self.facts if _confirmed(fact.event) is False)
            return progress.keys, (reason(ReasonCode.RECHECK_FAILED, day=written(day)),)
        expired = reason(ReasonCode.EXPIRED, day=written(award.expires))
        return progress.keys, (expired, *self._renewal_reasons(award))

    def _progress(self) -> Progress:
        """Under the ruleset in force that is nearest to complete; the newest, when equally near."""
        found = [
            progress_on(self.as_of, self.epochs[ruleset.id][-1], ruleset, self.core)
            for ruleset in self.calendar.in_force(self.as_of)
        ]
        if not found:
            return Progress(Keys(), (reason(ReasonCode.NO_RULESET),))
        best = max(found, key=lambda one: (one.keys.held, one.keys.do_count))
        if not best.reasons:
            return Progress(best.keys, (reason(ReasonCode.ALL_BEFORE_RULESET),))
        return best

    def _renewal_reasons(self, award: Grant) -> list[Reason]:
        """What the renewal still lacks, as far as it was begun inside its window."""
        ruleset = self.calendar.current(self.as_of)
        if ruleset is None:
            return []
        epoch = self.epochs[ruleset.id][-1]
        opens = max(
            award.expires - timedelta(days=ruleset.renewal.from_days_before),
            self.as_of - timedelta(days=ruleset.coherence_days),
        )
        missing: list[Reason] = []
        if not any(test.day >= opens for test in epoch.renewals):
            renewal = ruleset.renewal
            missing.append(reason(ReasonCode.RENEWAL_TEST_MISSING, items=renewal.items, right=renewal.min_right))
        witnessed = (one for session in epoch.seen for one in epoch.passes_in.get(session, ()))
        if not any(one.day >= opens for one in witnessed):
            missing.append(reason(ReasonCode.RENEWAL_PRACTICE_MISSING))
        return missing

    def _reason_aside(self) -> list[Reason]:
        return [reason(ReasonCode.SET_ASIDE, count=len(self.set_aside))] if self.set_aside else []


def _confirmed(event: Event) -> bool | None:
    """Of a re-check: whether it was passed; of any other event: None."""
    if event.type is EventType.RECHECK and isinstance(event.result, RecheckResult):
        return event.result.confirmed
    return None
