"""One written list of events with the outcome it must have."""

from dataclasses import dataclass
from datetime import date

from lms.skills.rules.events import Event
from lms.skills.rules.rulesets import Activation
from lms.skills.rules.standing import Standing
from lms.skills.rules.words import ReasonCode, Status
from tests.rules.skills.evidence import SIMULATORS, day, stand


@dataclass(frozen=True)
class Case:
    """What is not stated is not checked. Days: numbers (0 = 01/09/2026) or dates; a spell: (from, until, ruleset)."""

    name: str
    events: list[Event]
    as_of: int | date
    status: Status
    valid_from: int | date | None = None
    expires: int | date | None = None
    spells: list[tuple[int | date, int | date, str]] | None = None
    reasons: list[ReasonCode] | None = None
    know: str | None = None
    do: tuple[str, ...] | None = None
    witness: str | None = None
    do_count: int | None = None
    set_aside: list[tuple[str, str]] | None = None
    rules: list[Activation] | None = None
    skill: str = "s3"

    def stand(self) -> Standing:
        return stand(self.events, self.as_of, self.rules if self.rules is not None else SIMULATORS, self.skill)

    def check(self) -> None:
        standing = self.stand()
        assert standing.status is self.status, (standing.status, standing.reasons)
        found = {
            "valid_from": standing.valid_from,
            "expires": standing.expires,
            "spells": [(one.from_on, one.until_on, one.ruleset_id) for one in standing.spells],
            "reasons": [one.code for one in standing.reasons],
            "know": standing.keys.know,
            "do": standing.keys.do,
            "witness": standing.keys.witness,
            "do_count": standing.keys.do_count,
            "set_aside": [tuple(one) for one in standing.set_aside],
        }
        wanted = {
            "valid_from": _day(self.valid_from),
            "expires": _day(self.expires),
            "spells": self.spells and [(_day(start), _day(end), name) for start, end, name in self.spells],
            "reasons": self.reasons,
            "know": self.know,
            "do": self.do,
            "witness": self.witness,
            "do_count": self.do_count,
            "set_aside": self.set_aside,
        }
        assert {key: found[key] for key, value in wanted.items() if value is not None} == {
            key: value for key, value in wanted.items() if value is not None
        }
        covered = any(one.from_on <= _day(self.as_of) <= one.until_on for one in standing.spells)
        assert covered == standing.is_proficient


def _day(value: int | date | None) -> date | None:
    return day(value) if isinstance(value, int) else value
