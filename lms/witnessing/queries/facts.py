"""Gathering what the rule of eligibility asks about a witness, a learner, the two together and the occasion."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func, or_, select, union_all

from lms.certificates.queries import certified_members
from lms.classes.models import SchoolClass
from lms.clock import day_of, start_of
from lms.db import db
from lms.people.models import Consent, Kinship, Person
from lms.people.queries import canonical_ids, consents_of, ids_read_through
from lms.people.rules import (
    Age,
    ConsentAct,
    ConsentEvent,
    Giver,
    Holds,
    Purpose,
    consent_holds,
    is_child,
    may_be_under,
)
from lms.places.models import Site
from lms.places.queries import is_below
from lms.quizzes.models import Quiz
from lms.quizzes.queries.outcomes import passed_observer
from lms.refusals import Refusal
from lms.skills.models import Evidence
from lms.skills.queries import spells_of
from lms.witnessing.models import Observation, PracticeSession, TestWindow
from lms.witnessing.queries import people_in
from lms.witnessing.queries.reach import Home, Posts, Ties, home_of, posts_of, ties_of
from lms.witnessing.queries.sessions import present_in
from lms.witnessing.rules.eligibility import (
    Between,
    Kin,
    LearnerFacts,
    QuizMode,
    SessionFacts,
    SupervisedSession,
    Verdict,
    WitnessFacts,
    WitnessRole,
    may_attest,
)
from lms.witnessing.rules.words import SENTENCES, Code

UNDER_AGE_FOR_MONEY = 15


@dataclass(frozen=True)
class Facts:
    """All four parts of the question «may this one attest that one, now?»."""

    witness: WitnessFacts
    learner: LearnerFacts
    between: Between
    occasion: SessionFacts

    @property
    def verdict(self) -> Verdict:
        return may_attest(self.witness, self.learner, self.between, self.occasion)


@dataclass(frozen=True)
class Side:
    """The witness's part of the question, the same for everybody they stand before in one act."""

    id: int
    """Canonical."""
    home: Home
    facts: WitnessFacts
    attested_today: frozenset[tuple[int, str]]
    session: SupervisedSession | None


def witness_facts(
    witness_id: int,
    learner_id: int,
    skill_id: str,
    now: datetime,
    window: TestWindow | None = None,
    on_real_account: bool = False,
    with_reader: bool = False,
) -> Facts:
    """Read afresh from the database; `window` is the attended session the two are in, if any."""
    side = side_of(witness_id, skill_id, now, window)
    return facts_towards(side, [learner_id], skill_id, now, on_real_account, with_reader)[learner_id]


def side_of(witness_id: int, skill_id: str, now: datetime, session: TestWindow | PracticeSession | None = None) -> Side:
    today = day_of(now)
    witness = canonical_ids([witness_id])[witness_id]
    own = home_of(witness, today)
    posts = posts_of(own.ids, today)
    return Side(
        witness,
        own,
        _witness(witness, own, posts, skill_id, today),
        _attested_today(own.ids, today),
        _supervised(session, own.ids, now) if session else None,
    )


def facts_towards(
    side: Side,
    learner_ids: Iterable[int],
    skill_id: str,
    now: datetime,
    on_real_account: bool = False,
    with_reader: bool = False,
) -> dict[int, Facts]:
    """The question about each of these learners; the witness's part stands already. As many statements for forty as for one."""
    today, canonical = day_of(now), canonical_ids(learner_ids)
    ties = ties_of(canonical.values(), today)
    through = {id: one for one, theirs in ties.items() for id in theirs.ids}
    learners, kin = _learners(ties, through, today), _kin(side.home.ids, through)
    back, modes = _attested_back(side.home, through), _quiz_modes(through, skill_id)
    return {
        id: Facts(
            side.facts,
            learners[one],
            Between(bool(side.home.households & ties[one].households), kin.get(one, Kin.NONE), back.get(one)),
            SessionFacts(
                on=today,
                skill=skill_id,
                session=side.session,
                attested_today=side.attested_today,
                on_real_account=on_real_account,
                with_reader=with_reader,
                quiz_mode=modes.get(one),
            ),
        )
        for id, one in canonical.items()
    }


def roles_towards(opener_id: int, person_ids: Iterable[int], skill_id: str, now: datetime) -> dict[int, Verdict]:
    """Person → in which part somebody may open a test or a session for them, or why not, in as many statements for forty
    as for one. Consent and brakes are asked when it begins."""
    asked = facts_towards(side_of(opener_id, skill_id, now), person_ids, skill_id, now)
    return {
        person: may_attest(
            facts.witness,
            replace(facts.learner, consent=Holds(True), may_be_under_15=False),
            facts.between,
            SessionFacts(on=facts.occasion.on, skill=skill_id),
        )
        for person, facts in asked.items()
    }


def role_towards(opener_id: int, person_id: int, skill_id: str, now: datetime) -> WitnessRole:
    """The same of one person, refused with the reason."""
    verdict = roles_towards(opener_id, [person_id], skill_id, now)[person_id]
    if not verdict.eligible:
        raise Refusal(verdict.sentence, verdict.code)
    return WitnessRole(verdict.facts["role"])


def role_to_observe(observer_id: int, member_id: int, now: datetime) -> WitnessRole:
    """In which part somebody may go along with a member of a team and sign for how the visit went: whoever may attest
    members, in no skill of its own."""
    facts = witness_facts(observer_id, member_id, "", now)
    # An observed visit asks for no single skill: of a member of another team their certificate says enough.
    observer = replace(facts.witness, is_proficient=True)
    member = replace(facts.learner, consent=Holds(True))
    verdict = may_attest(observer, member, facts.between, SessionFacts(on=facts.occasion.on, skill=""))
    if not verdict.eligible:
        raise Refusal(verdict.sentence, verdict.code)
    return WitnessRole(verdict.facts["role"])


def role_for_class(opener_id: int, class_id: int, today: date) -> WitnessRole:
    """A class's test is opened by its teacher, or by an officer of the commune its school stands in."""
    posts = posts_of(ids_read_through([canonical_ids([opener_id])[opener_id]]), today)
    if class_id in posts.classes:
        return WitnessRole.TEACHER
    place = select(Site.unit_id).join(SchoolClass, SchoolClass.site_id == Site.id).where(SchoolClass.id == class_id)
    unit_id = db.session.scalar(place)
    if unit_id is not None and posts.officer_units and is_below(unit_id, posts.officer_units, today):
        return WitnessRole.COMMUNE_OFFICER
    raise Refusal(SENTENCES[Code.OTHER_CLASS], Code.OTHER_CLASS)


def consents(people: Sequence[Person], today: date) -> dict[int, Holds]:
    """Person id → whether consent to recorded tests and witnessing stands, in three statements for any number."""
    canonical = {person.id: person.canonical_id or person.id for person in people}
    through: dict[int, list[int]] = {}
    for person, through_id in ids_read_through(set(canonical.values())).items():
        through.setdefault(through_id, []).append(person)
    said = consents_of([one for ids in through.values() for one in ids])
    return {
        person.id: _holds([row for one in through[canonical[person.id]] for row in said[one]], person.birth_year, today)
        for person in people
    }


def without_consent(people: Sequence[Person], today: date) -> list[Person]:
    """Those who may not sit a recorded test yet."""
    held = consents(people, today) if people else {}
    return [person for person in people if not held[person.id].holds]


def _holds(rows: Iterable[Consent], birth_year: int | None, today: date) -> Holds:
    events = [
        ConsentEvent(str(row.id), Purpose(row.purpose), Giver(row.giver), ConsentAct(row.act), row.at) for row in rows
    ]
    return consent_holds(events, Purpose.ASSESSMENT, Age(birth_year), today)


def _witness(person: int, ties: Home, posts: Posts, skill_id: str, today: date) -> WitnessFacts:
    birth_year = _birth_years(dict.fromkeys(ties.ids, person)).get(person)
    held = [spell for spell in spells_of([person]) if spell.skill_id == skill_id]
    return WitnessFacts(
        person=person,
        is_teacher=posts.is_teacher,
        classes=posts.classes,
        officer_of=posts.officer_units,
        teams=posts.teams,
        villages=posts.villages,
        is_proficient=any(spell.from_on <= today < spell.until_on for spell in held),
        passed_observer_lesson=bool(posts.teams) and any(passed_observer(one) for one in sorted(ties.ids)),
        is_certified=bool(posts.teams) and bool(certified_members([person], today)),
        # Staff lists often carry no year of birth, and an office is given to adults: only a known year makes a child.
        is_child=birth_year is not None and is_child(birth_year, today),
    )


def _learners(ties: Mapping[int, Ties], through: Mapping[int, int], today: date) -> dict[int, LearnerFacts]:
    years, said = _birth_years(through), consents_of(sorted(through))
    found = {}
    for one, theirs in ties.items():
        year = years.get(one)
        found[one] = LearnerFacts(
            person=one,
            consent=_holds([row for id in sorted(theirs.ids) for row in said[id]], year, today),
            classes=theirs.classes,
            villages=theirs.villages,
            communes=theirs.units,
            teams=theirs.teams,
            may_be_under_15=may_be_under(UNDER_AGE_FOR_MONEY, Age(year), today),
        )
    return found


def _birth_years(through: Mapping[int, int]) -> dict[int, int]:
    """Canonical id → the latest year known under any id of theirs."""
    found: dict[int, int] = {}
    for id, year in db.session.execute(select(Person.id, Person.birth_year).where(Person.id.in_(through))):
        if year is not None:
            found[through[id]] = max(year, found.get(through[id], year))
    return found


def _kin(own: Iterable[int], through: Mapping[int, int]) -> dict[int, Kin]:
    """Canonical id → the closest declared tie, in whichever direction it was declared."""
    mine = set(own)
    pairs = or_(
        Kinship.person_id.in_(mine) & Kinship.relative_id.in_(through),
        Kinship.person_id.in_(through) & Kinship.relative_id.in_(mine),
    )
    found: dict[int, Kin] = {}
    for person, relative, kind in db.session.execute(
        select(Kinship.person_id, Kinship.relative_id, Kinship.kind).where(pairs)
    ):
        tie = Kin.CLOSE if kind == Kin.CLOSE else Kin.FURTHER
        for one, other in ((person, relative), (relative, person)):
            if one in through and other in mine and found.get(through[one]) is not Kin.CLOSE:
                found[through[one]] = tie
    return found


def _attested_back(own: Home, through: Mapping[int, int]) -> dict[int, date]:
    """Canonical id → the day they last attested the witness."""
    wanted = select(Observation.witness_id, func.max(Observation.occurred_at)).where(
        Observation.witness_id.in_(through), Observation.learner_id.in_(own.ids), Observation.admitted
    )
    found: dict[int, date] = {}
    for id, last in db.session.execute(wanted.group_by(Observation.witness_id)):
        found[through[id]] = max(day_of(last), found.get(through[id], date.min))
    return found


def _attested_today(own: Iterable[int], today: date) -> frozenset[tuple[int, str]]:
    """What this witness signed today outside sessions of their own."""
    ids = list(own)
    start, end = start_of(today), start_of(today + timedelta(days=1))
    wanted = (
        select(func.coalesce(Person.canonical_id, Person.id), Observation.skill_id)
        .join(Person, Person.id == Observation.learner_id)
        .where(Observation.witness_id.in_(ids), Observation.admitted, Observation.session_id.not_in(_sessions_by(ids)))
        .where(Observation.received_at >= start, Observation.received_at < end)
    )
    return frozenset((learner, skill) for learner, skill in db.session.execute(wanted))


def _supervised(session: TestWindow | PracticeSession, own: Iterable[int], now: datetime) -> SupervisedSession | None:
    """As the witness's own supervised session; somebody else's lifts none of the daily brake."""
    ids = list(own)
    leader = session.opener_id if isinstance(session, TestWindow) else session.leader_id
    if leader not in ids:
        return None
    today = day_of(now)
    start, end = start_of(today), start_of(today + timedelta(days=1))
    used = select(Observation.session_id).where(
        Observation.witness_id.in_(ids),
        Observation.session_id.in_(_sessions_by(ids)),
        Observation.received_at >= start,
        Observation.received_at < end,
    )
    count = len({*db.session.scalars(used.distinct()), session.id})
    if isinstance(session, PracticeSession):
        return SupervisedSession(session.skill_id, frozenset(present_in(session.id)), count)
    present = frozenset(person.canonical_id or person.id for person in people_in(session))
    return SupervisedSession(_skill_of(session), present, count)


def _sessions_by(ids: list[int]) -> Select[UUID]:
    """Attended windows and practice sessions alike."""
    both = union_all(
        select(TestWindow.id).where(TestWindow.opener_id.in_(ids)),
        select(PracticeSession.id).where(PracticeSession.leader_id.in_(ids)),
    ).subquery()
    return select(both.c.id)


def _skill_of(window: TestWindow) -> str:
    return db.session.scalar(select(Quiz.skill_id).where(Quiz.id == window.quiz_id)) or ""


def _quiz_modes(through: Mapping[int, int], skill_id: str) -> dict[int, QuizMode]:
    """Of each one's latest quiz. A test somebody opened and attended is one that was proctored."""
    wanted = select(Evidence.person_id, Evidence.mode).where(
        Evidence.person_id.in_(through), Evidence.skill_id == skill_id, Evidence.type == "quiz", Evidence.admitted
    )
    found: dict[int, QuizMode] = {}
    for id, mode in db.session.execute(wanted.order_by(Evidence.occurred_at.desc(), Evidence.id)):
        found.setdefault(through[id or 0], QuizMode.UNATTENDED if mode == QuizMode.UNATTENDED else QuizMode.PROCTORED)
    return found
