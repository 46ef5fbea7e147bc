"""Rights and roles on one screen. Which rows somebody sees is the business of each room's `visible_to`."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum


class Right(StrEnum):
    """What an endpoint asks for; sorted, because the list is read in review."""

    ADMINISTER = "system:administer"
    ANSWER_QUIZ = "quiz:answer"
    ASSIGN_MODULE = "class:assign"
    ATTEST = "witness:attest"
    HAND_BACK = "hand-over:end"
    HAND_OVER = "hand-over:begin"
    IMPORT_LISTS = "roster:import"
    JOIN_TRAINING = "training:join"
    KEEP_DRIVES = "drives:keep"
    KEEP_OFFERS = "offers:keep"
    KEEP_TRAINING = "training:keep"
    LINK_PEOPLE = "people:link"
    MANAGE_CLASS = "class:manage"
    MANAGE_HOUSEHOLD = "household:manage"
    MANAGE_PEOPLE = "people:manage"
    MANAGE_PLACES = "places:manage"
    MANAGE_TEAM = "team:manage"
    MARK_CLASS = "class:mark"
    OPEN_CLASS = "class:open"
    OPEN_TEST = "test:open"
    OWN_ACCOUNT = "account:own"
    OWN_RECORD = "record:own"
    PRACTISE = "practice:own"
    PROPOSE_CERTIFICATE = "certificate:propose"
    READ_BOARD = "team:board"
    READ_CLASS = "class:read"
    READ_GUIDE = "course:guide"
    READ_HOUSEHOLD = "household:read"
    READ_OFFERS = "offers:read"
    READ_PERSON = "person:read"
    READ_REGISTER = "certificate:read"
    READ_TEAM = "team:read"
    READ_UNIT = "unit:read"
    RECHECK = "witness:recheck"
    RECORD_CONSENT = "consent:record"
    REVIEW_QUESTIONS = "questions:review"
    REVOKE_CERTIFICATE = "certificate:revoke"
    SIGN_CERTIFICATE = "certificate:sign"
    VISIT = "household:visit"
    VOID_QUESTION = "question:void"
    WRITE_QUESTIONS = "questions:write"


class Role(StrEnum):
    """Somebody's part, always for a unit or a school and between dates (but LEARNER, which every account has)."""

    ADMIN = "admin"
    COMMUNE_OFFICER = "commune-officer"
    HANDED_OVER = "handed-over"
    """Not a person's role: a host's device while it is locked to a learner."""
    LEARNER = "learner"
    PRINCIPAL = "principal"
    PROVINCE_OFFICER = "province-officer"
    QUESTION_AUTHOR = "question-author"
    QUESTION_REVIEWER = "question-reviewer"
    REGION_OFFICER = "region-officer"
    TEACHER = "teacher"
    TEAM_LEADER = "team-leader"
    TEAM_MEMBER = "team-member"


STAFF = frozenset(Role) - {Role.LEARNER, Role.HANDED_OVER}

_LEARNER = frozenset({Right.ANSWER_QUIZ, Right.OWN_ACCOUNT, Right.OWN_RECORD, Right.PRACTISE})
_WITNESS = frozenset({Right.ATTEST, Right.HAND_OVER, Right.OPEN_TEST, Right.READ_GUIDE, Right.READ_PERSON})
_TEAM = (
    _LEARNER
    | _WITNESS
    | {
        Right.JOIN_TRAINING,
        Right.READ_HOUSEHOLD,
        Right.READ_OFFERS,
        Right.READ_TEAM,
        Right.READ_UNIT,
        Right.RECORD_CONSENT,
        Right.VISIT,
    }
)
_REGISTER = frozenset({Right.READ_REGISTER, Right.REVOKE_CERTIFICATE})
_UNIT_READER = (
    _LEARNER
    | _REGISTER
    | {
        Right.KEEP_OFFERS,
        Right.READ_BOARD,
        Right.READ_HOUSEHOLD,
        Right.READ_OFFERS,
        Right.READ_PERSON,
        Right.READ_TEAM,
        Right.READ_UNIT,
    }
)

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.LEARNER: _LEARNER,
    Role.HANDED_OVER: frozenset({Right.ANSWER_QUIZ, Right.HAND_BACK, Right.PRACTISE}),
    Role.TEACHER: _LEARNER
    | _WITNESS
    | {
        Right.ASSIGN_MODULE,
        Right.IMPORT_LISTS,
        Right.MANAGE_CLASS,
        Right.MARK_CLASS,
        Right.OPEN_CLASS,
        Right.PROPOSE_CERTIFICATE,
        Right.READ_CLASS,
        Right.RECORD_CONSENT,
    },
    Role.PRINCIPAL: _LEARNER
    | {Right.IMPORT_LISTS, Right.MANAGE_CLASS, Right.READ_CLASS, Right.READ_GUIDE, Right.READ_PERSON},
    Role.TEAM_MEMBER: _TEAM,
    Role.TEAM_LEADER: _TEAM | {Right.KEEP_TRAINING, Right.MANAGE_TEAM, Right.READ_BOARD},
    Role.COMMUNE_OFFICER: _UNIT_READER
    | _WITNESS
    | {
        Right.IMPORT_LISTS,
        Right.KEEP_DRIVES,
        Right.KEEP_TRAINING,
        Right.LINK_PEOPLE,
        Right.MANAGE_HOUSEHOLD,
        Right.MANAGE_PLACES,
        Right.MANAGE_TEAM,
        Right.PROPOSE_CERTIFICATE,
        Right.RECHECK,
        Right.RECORD_CONSENT,
        Right.SIGN_CERTIFICATE,
    },
    Role.REGION_OFFICER: _UNIT_READER,
    Role.PROVINCE_OFFICER: _UNIT_READER,
    Role.QUESTION_AUTHOR: _LEARNER | {Right.WRITE_QUESTIONS},
    Role.QUESTION_REVIEWER: _LEARNER | {Right.REVIEW_QUESTIONS, Right.WRITE_QUESTIONS},
    Role.ADMIN: _LEARNER
    | _REGISTER
    | {
        Right.ADMINISTER,
        Right.IMPORT_LISTS,
        Right.KEEP_DRIVES,
        Right.KEEP_OFFERS,
        Right.LINK_PEOPLE,
        Right.MANAGE_CLASS,
        Right.MANAGE_HOUSEHOLD,
        Right.MANAGE_PEOPLE,
        Right.MANAGE_PLACES,
        Right.MANAGE_TEAM,
        Right.OPEN_CLASS,
        Right.READ_BOARD,
        Right.READ_CLASS,
        Right.READ_HOUSEHOLD,
        Right.READ_OFFERS,
        Right.READ_PERSON,
        Right.READ_TEAM,
        Right.READ_UNIT,
        Right.RECORD_CONSENT,
        Right.REVIEW_QUESTIONS,
        Right.VOID_QUESTION,
        Right.WRITE_QUESTIONS,
    },
}

STAFF_IDLE = timedelta(minutes=15)
STAFF_LONGEST = timedelta(hours=12)
LEARNER_LONGEST = timedelta(days=30)
SEAT_IDLE = timedelta(minutes=10)
"""A screen left alone at a shared computer is locked; a pupil reading one long page is kept by the page's script."""
HAND_OVER_LONGEST = timedelta(hours=2)
"""The longest an attended test may last; the device gives itself back after it (assessment.md §9)."""


def may(roles: Iterable[Role], right: Right) -> bool:
    """Whether any of the roles holds the right."""
    return any(right in RIGHTS[role] for role in roles)


def session_lives(
    roles: Iterable[Role],
    started_at: datetime,
    seen_at: datetime,
    now: datetime,
    kind: str = "password",
    until: datetime | None = None,
) -> bool:
    """Staff: 15 minutes idle, 12 hours at most; learners 30 days; a handed-over device two hours (ASVS 7.3.1–2).

    Whatever else, not past the end a session was given; and at a computer others use too, ten minutes idle.
    """
    held = set(roles)
    if until is not None and now >= until:
        return False
    if kind == "seat" and now - seen_at >= SEAT_IDLE:
        return False
    if Role.HANDED_OVER in held:
        return now - started_at < HAND_OVER_LONGEST
    if held & STAFF:
        return now - seen_at < STAFF_IDLE and now - started_at < STAFF_LONGEST
    return now - started_at < LEARNER_LONGEST
