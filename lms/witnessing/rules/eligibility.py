"""Who may attest whom: the table and the brakes of assessment.md §3.3, as one decision with its facts.

It is taken when an act is accepted and stored with it, so that the rule of proficiency never asks again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lms.people.rules import Holds
from lms.witnessing.rules.words import SENTENCES, Code


class WitnessRole(StrEnum):
    """In which part somebody attests; the same words as lms.access.rules.Role."""

    TEACHER = "teacher"
    COMMUNE_OFFICER = "commune-officer"
    TEAM_MEMBER = "team-member"


class Kin(StrEnum):
    NONE = "none"
    CLOSE = "close"
    """Spouse, parents, children, siblings, and the spouse's."""
    FURTHER = "further"
    """Allowed; the chance of a re-check is doubled."""


class QuizMode(StrEnum):
    UNATTENDED = "unattended"
    WITNESSED = "witnessed"
    PROCTORED = "proctored"


@dataclass(frozen=True, slots=True)
class WitnessFacts:
    """On the day of the act. Persons are canonical ids everywhere here."""

    person: int
    is_teacher: bool = False
    classes: frozenset[int] = frozenset()
    """Classes taught, and training days led on this very day."""
    officer_of: frozenset[int] = frozenset()
    """Communes served as an officer."""
    teams: frozenset[int] = frozenset()
    """Teams appointed to."""
    villages: frozenset[int] = frozenset()
    """In the charge of those teams."""
    is_proficient: bool = False
    """In the skill to be attested."""
    passed_observer_lesson: bool = False
    is_certified: bool = False
    """Holds a members' certificate that stands: what a member sees before is teaching, and proves nothing."""
    is_child: bool = False


@dataclass(frozen=True, slots=True)
class LearnerFacts:
    person: int
    consent: Holds
    classes: frozenset[int] = frozenset()
    """Enrolled in, training days of this very day included."""
    villages: frozenset[int] = frozenset()
    """Lives in."""
    communes: frozenset[int] = frozenset()
    """Lives or studies in."""
    teams: frozenset[int] = frozenset()
    """Member of."""
    may_be_under_15: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """What ties the two."""

    same_household: bool = False
    kin: Kin = Kin.NONE
    attested_back_on: date | None = None
    """The last day this learner attested this witness, in any skill."""


@dataclass(frozen=True, slots=True)
class SupervisedSession:
    """A *buổi thực hành* under the witness's eyes."""

    skill: str
    present: frozenset[int]
    nth_today: int
    """1 for the witness's first session of the day."""


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """The occasion. Outside a supervised session `session` is None."""

    on: date
    skill: str
    session: SupervisedSession | None = None
    attested_today: frozenset[tuple[int, str]] = frozenset()
    """(learner, skill) this witness attested today outside supervised sessions: two cards of one skill are one attestation."""
    on_real_account: bool = False
    """The learner used an account of their own rather than paper screens."""
    with_reader: bool = False
    """Somebody read aloud and tapped what the learner said; allowed, and doubles the chance of a re-check."""
    quiz_mode: QuizMode | None = None
    """Of the learner's passed quiz in this skill; None while there is none."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The brakes."""

    outside_daily: int = 15
    present: int = 45
    sessions_daily: int = 2
    mutual_days: int = 90


@dataclass(frozen=True, slots=True)
class Verdict:
    eligible: bool
    code: str
    """«eligible», or why not."""
    sentence: str = ""
    """Empty when eligible, else why not and what to do."""
    facts: dict[str, str] = field(default_factory=dict)
    """What it was decided by, to be stored with the act."""


LIMITS = Limits()


def may_attest(
    witness: WitnessFacts, learner: LearnerFacts, between: Between, occasion: SessionFacts, limits: Limits = LIMITS
) -> Verdict:
    """Whether this person may attest that one in this skill, now. The first reason why not is told."""
    role, no_role = _role(witness, learner)
    code = (
        _too_close(witness, learner, between, occasion, limits)
        or no_role
        or _learner_is_not_ready(learner, occasion)
        or _brake(learner, occasion, limits)
    )
    if code is not None or role is None:
        code = code or Code.NO_ROLE
        return Verdict(False, code, _sentence(code, learner, limits), _facts(role, between, occasion))
    return Verdict(True, "eligible", "", _facts(role, between, occasion))


def _too_close(
    witness: WitnessFacts, learner: LearnerFacts, between: Between, occasion: SessionFacts, limits: Limits
) -> Code | None:
    """Holds for every role: no office makes a mother a stranger to her son."""
    if witness.person == learner.person:
        return Code.SELF
    if witness.is_child:
        return Code.WITNESS_IS_CHILD
    if between.same_household:
        return Code.OWN_HOUSEHOLD
    if between.kin is Kin.CLOSE:
        return Code.CLOSE_KIN
    if witness.teams & learner.teams:
        return Code.COLLEAGUE
    back_on = between.attested_back_on
    if back_on is not None and abs((occasion.on - back_on).days) <= limits.mutual_days:
        return Code.MUTUAL
    return None


def _role(witness: WitnessFacts, learner: LearnerFacts) -> tuple[WitnessRole | None, Code | None]:
    """The part in which they may attest; else the reason of the role that came nearest."""
    reasons: list[Code] = []
    for role, code in _roles_held(witness, learner):
        if code is None:
            return role, None
        reasons.append(code)
    return None, max(reasons, key=_NEARNESS.index, default=Code.NO_ROLE)


_NEARNESS = (
    Code.OTHER_COMMUNE,
    Code.OTHER_CLASS,
    Code.OTHER_VILLAGE,
    Code.NOT_PROFICIENT,
    Code.NO_OBSERVER_LESSON,
    Code.NOT_CERTIFIED,
)


def _roles_held(witness: WitnessFacts, learner: LearnerFacts) -> Iterator[tuple[WitnessRole, Code | None]]:
    if witness.is_teacher or witness.classes:
        teaches = bool(witness.classes & learner.classes) or bool(learner.teams)
        yield WitnessRole.TEACHER, None if teaches else Code.OTHER_CLASS
    if witness.officer_of:
        yield WitnessRole.COMMUNE_OFFICER, None if witness.officer_of & learner.communes else Code.OTHER_COMMUNE
    if witness.teams:
        yield WitnessRole.TEAM_MEMBER, _why_not_as_member(witness, learner)


def _why_not_as_member(witness: WitnessFacts, learner: LearnerFacts) -> Code | None:
    """A member of another team is attested wherever they live: teams have different villages by design."""
    if not (learner.teams or witness.villages & learner.villages):
        return Code.OTHER_VILLAGE
    if not witness.is_proficient:
        return Code.NOT_PROFICIENT
    if not witness.passed_observer_lesson:
        return Code.NO_OBSERVER_LESSON
    if not witness.is_certified:
        return Code.NOT_CERTIFIED
    return None


def _learner_is_not_ready(learner: LearnerFacts, occasion: SessionFacts) -> Code | None:
    if not learner.consent.holds:
        return Code.NO_CONSENT
    if occasion.skill == "s3" and occasion.on_real_account and learner.may_be_under_15:
        return Code.UNDER_15_REAL_MONEY
    if learner.teams and occasion.quiz_mode not in (None, QuizMode.PROCTORED):
        return Code.QUIZ_NOT_PROCTORED
    return None


def _brake(learner: LearnerFacts, occasion: SessionFacts, limits: Limits) -> Code | None:
    session = occasion.session
    if session is None:
        full = len(occasion.attested_today | {(learner.person, occasion.skill)}) > limits.outside_daily
        return Code.DAILY_BRAKE if full else None
    if session.skill != occasion.skill:
        return Code.OTHER_SKILL
    if session.nth_today > limits.sessions_daily:
        return Code.SESSIONS_BRAKE
    if len(session.present) > limits.present:
        return Code.TOO_MANY_PRESENT
    if learner.person not in session.present:
        return Code.NOT_PRESENT
    return None


def _sentence(code: Code, learner: LearnerFacts, limits: Limits) -> str:
    if code is Code.NO_CONSENT:
        return learner.consent.sentence
    return SENTENCES[code].format(
        outside=limits.outside_daily, present=limits.present, sessions=limits.sessions_daily, days=limits.mutual_days
    )


def _facts(role: WitnessRole | None, between: Between, occasion: SessionFacts) -> dict[str, str]:
    doubled = (between.kin is Kin.FURTHER) + occasion.with_reader
    return {
        "role": role or "",
        "on": occasion.on.isoformat(),
        "place": "session" if occasion.session else "outside",
        "kin": between.kin,
        "recheck": str(2**doubled),
    }
