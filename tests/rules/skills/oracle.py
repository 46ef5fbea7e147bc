"""The rule once more, slow and literal: every triple is written out. Only the single-event questions are shared."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product

from lms.skills.rules.days import months_after
from lms.skills.rules.events import Event, EventType, RecheckResult
from lms.skills.rules.keys import Outcome, Try, try_of, why_not_know, why_not_renewal, why_not_witness
from lms.skills.rules.rulesets import Activation, Calendar, Ruleset
from lms.skills.rules.sifting import Fact, sift


@dataclass(frozen=True)
class Award:
    last: Fact  # its last key
    day: date
    expires: date
    ids: tuple[str, tuple[str, ...], str]  # know, do, witness
    variants: frozenset[str] = frozenset()


class Oracle:
    def __init__(self, events: list[Event], activations: list[Activation], as_of: date, core: frozenset[str]) -> None:
        sifted = sift(events, as_of)
        self.facts, self.voided = sifted.facts.get("s3", []), sifted.voided
        self.calendar, self.core, self.as_of = Calendar(activations), core, as_of
        rechecks = [(one, one.event.result) for one in self.facts]
        self.failed = [one for one, result in rechecks if isinstance(result, RecheckResult) and not result.confirmed]
        self.passed = [one for one, result in rechecks if isinstance(result, RecheckResult) and result.confirmed]
        rulesets = self.calendar.ever_in_force(as_of)
        self.triples = [award for ruleset in rulesets for award in self._triples(ruleset)]
        self.awards = self.triples + [award for ruleset in rulesets for award in self._renewals(ruleset)]

    def covers(self, day: date) -> bool:
        return any(self._lives(award, day) for award in self.awards)

    def best(self) -> Award | None:
        """Of the awards alive on the day asked about: latest expiry, smallest ids."""
        living = [award for award in self.awards if self._lives(award, self.as_of)]
        return min(living, key=lambda award: (-award.expires.toordinal(), award.ids), default=None)

    def _lives(self, award: Award, day: date) -> bool:
        if not award.day <= day <= award.expires:
            return False
        doubts = [one for one in self.failed if one > award.last and one.day <= day]
        confirmed = [one for one in self.passed if one.day <= day and one.day <= award.expires]
        return not doubts or any(one > max(doubts) for one in confirmed)

    def _triples(self, ruleset: Ruleset) -> Iterator[Award]:
        for know, (one, other), sight in product(self._quizzes(ruleset), self._pairs(ruleset), self._sights(ruleset)):
            places = {one.event.session or one.id, other.event.session or other.id}
            if (sight.event.session or sight.id) not in places:
                continue
            keys = [know, one, other, sight]
            last = max(keys)
            span = last.day - min(key.day for key in keys)
            anew = all(min(one, other, sight) > doubt for doubt in self.failed if doubt < last)
            if span <= timedelta(180) and anew and ruleset in self.calendar.in_force(last.day):
                ids = (know.id, tuple(sorted([one.id, other.id])), sight.id)
                variants = frozenset(self._try(key, ruleset).variant for key in (one, other))
                yield Award(last, last.day, months_after(last.day, ruleset.validity_months["s3"]), ids, variants)

    def _renewals(self, ruleset: Ruleset) -> Iterator[Award]:
        tests = [
            one
            for one in self.facts
            if one.event.type is EventType.RENEWAL and why_not_renewal(one.event, ruleset, self.voided) is None
        ]
        for test, one, sight in product(tests, self._passes(ruleset), self._sights(ruleset)):
            if (sight.event.session or sight.id) != (one.event.session or one.id):
                continue
            first, last = min(test, one, sight), max(test, one, sight)
            variant = self._try(one, ruleset).variant
            timely = any(
                variant not in triple.variants
                and triple.day <= first.day
                and triple.expires - timedelta(90) <= first.day
                for triple in self.triples
            )
            anew = all(min(one, sight) > doubt for doubt in self.failed if doubt < last)
            coherent = last.day - first.day <= timedelta(180)
            if timely and anew and coherent and self.calendar.current(last.day) is ruleset:
                ids = (test.id, (one.id,), sight.id)
                yield Award(last, last.day, months_after(last.day, ruleset.validity_months["s3"]), ids)

    def _pairs(self, ruleset: Ruleset) -> list[tuple[Fact, Fact]]:
        return [(one, other) for one, other in combinations(self._passes(ruleset), 2) if self._fit(one, other, ruleset)]

    def _fit(self, one: Fact, other: Fact, ruleset: Ruleset) -> bool:
        first, second = self._try(one, ruleset), self._try(other, ruleset)
        between = [fact for fact in self.facts if min(one, other) < fact < max(one, other)]
        tries = [try_of(fact, ruleset) for fact in between]
        return (
            not any(made and made.outcome is Outcome.FAILED for made in tries)
            and first.variant != second.variant
            and self.core <= first.covers | second.covers
            and (first.replayed or second.replayed or not ruleset.do.at_least_one_replayed)
        )

    def _passes(self, ruleset: Ruleset) -> list[Fact]:
        made = [(fact, try_of(fact, ruleset)) for fact in self.facts]
        return [
            fact for fact, one in made if one and one.outcome is Outcome.PASSED and one.source is ruleset.do.success
        ]

    def _quizzes(self, ruleset: Ruleset) -> list[Fact]:
        asked = [fact for fact in self.facts if fact.event.type is EventType.QUIZ]
        return [fact for fact in asked if why_not_know(fact.event, ruleset, self.voided) is None]

    def _sights(self, ruleset: Ruleset) -> list[Fact]:
        asked = [fact for fact in self.facts if fact.event.type is EventType.OBSERVATION]
        return [fact for fact in asked if why_not_witness(fact.event, ruleset) is None]

    def _try(self, fact: Fact, ruleset: Ruleset) -> Try:
        made = try_of(fact, ruleset)
        assert made
        return made
