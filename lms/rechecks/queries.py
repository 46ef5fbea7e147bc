"""Every SELECT about re-checks: a month's awards, the lines drawn from them, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select

from lms.access.actor import Actor, Grant
from lms.access.rules import Role
from lms.clock import start_of
from lms.db import db
from lms.people.models import Person
from lms.rechecks.models import RecheckDraw, RecheckItem, RecheckResult
from lms.rechecks.rules import Award, Stratum
from lms.web.paging import Page, page_of
from lms.witnessing.models import Observation
from lms.witnessing.queries.reach import people_visible_to
from lms.witnessing.rules.observations import NEEDS

DONE = ("agrees", "differs")
LOOKED_BACK = timedelta(days=366)
PAGE_SIZE = 20
REMINDED = timedelta(days=14)
"""So long before its day a re-check is told of on the first page."""


def draw_of(unit_id: int, month: date) -> RecheckDraw | None:
    return db.session.scalar(select(RecheckDraw).where(RecheckDraw.unit_id == unit_id, RecheckDraw.month == month))


def awards_of(unit_id: int, month: date, today: date) -> list[Award]:
    """What was attested for the unit's people and reached the server in the month, corrections aside."""
    end = (month + timedelta(days=31)).replace(day=1)
    corrected = select(Observation.corrects_id).where(Observation.corrects_id.is_not(None))
    wanted = (
        select(Observation.id, Observation.witness_id, Observation.admission)
        .where(
            Observation.learner_id.in_(_people_of(unit_id, today)),
            Observation.received_at >= start_of(month),
            Observation.received_at < start_of(end),
            Observation.admitted,
            Observation.identity_checked,
            Observation.independence >= NEEDS.min_independence,
            Observation.id.not_in(corrected),
        )
        .order_by(Observation.id)
    )
    return [
        Award(str(id), witness, int(admission.get("facts", {}).get("recheck", 1)))
        for id, witness, admission in db.session.execute(wanted)
        if not admission.get("failed")
    ]


@dataclass(frozen=True)
class Line:
    """One award to be seen again, as the list shows it."""

    id: int
    due_on: date
    learner_id: int
    learner: str
    witness_id: int
    skill_id: str
    seen_at: datetime


def lines(unit_id: int, mark: str | None, done: bool = False) -> Page[Line]:
    """Lines still open, or those done; drawn first is due first."""
    finished = select(RecheckResult.item_id).where(RecheckResult.finding.in_(DONE))
    wanted = _LINES.where(
        RecheckDraw.unit_id == unit_id, RecheckItem.id.in_(finished) if done else RecheckItem.id.not_in(finished)
    )
    found = page_of(wanted, (RecheckItem.id,), mark, PAGE_SIZE, lambda row: (row[0],))
    return Page([Line(*row) for row in found.rows], found.next_mark)


def lines_for(actor: Actor, mark: str | None, today: date) -> Page[Line]:
    """Open lines somebody may take: within their reach as a witness, and not of what they attested themselves."""
    found = page_of(_takeable_by(actor, today), (RecheckItem.id,), mark, PAGE_SIZE, lambda row: (row[0],))
    return Page([Line(*row) for row in found.rows], found.next_mark)


def soon_due_for(actor: Actor, today: date) -> tuple[int, date] | None:
    """How many open lines somebody may take are due within two weeks or late, and the first day; None when there is none."""
    wanted = _takeable_by(actor, today).where(RecheckItem.due_on <= today + REMINDED)
    counted = wanted.with_only_columns(func.count(), func.min(RecheckItem.due_on)).order_by(None)
    count, first = db.session.execute(counted).one()
    return (count, first) if count else None


def line_visible_to(actor: Actor, item_id: int, today: date) -> Line | None:
    """A line somebody may open: its learner is within their reach as a witness."""
    reach = people_visible_to(actor, today).with_only_columns(Person.id)
    row = db.session.execute(_LINES.where(RecheckItem.id == item_id, Person.id.in_(reach))).first()
    return Line(*row) if row else None


def results_of(item_id: int) -> list[tuple[RecheckResult, str]]:
    """The latest first, with who found it."""
    wanted = (
        select(RecheckResult, Person.full_name)
        .join(Person, Person.id == RecheckResult.by_id)
        .where(RecheckResult.item_id == item_id)
        .order_by(RecheckResult.recorded_at.desc(), RecheckResult.id.desc())
    )
    return [(result, name) for result, name in db.session.execute(wanted)]


@dataclass(frozen=True)
class Tally:
    """Strata of one witness."""

    witness_id: int
    name: str
    drawn: int
    strata: Sequence[Stratum]

    @property
    def awards(self) -> int:
        return sum(one.awards for one in self.strata)

    @property
    def checked(self) -> int:
        return sum(one.checked for one in self.strata)

    @property
    def differing(self) -> int:
        return sum(one.differing for one in self.strata)


def tallies(unit_id: int, today: date) -> list[Tally]:
    """Of the draws of the last year, witness by witness, in the order of names; one statement."""
    wanted = (
        select(RecheckItem, RecheckResult.finding, Person.full_name)
        .join(RecheckDraw, RecheckDraw.id == RecheckItem.draw_id)
        .join(Person, Person.id == RecheckItem.witness_id)
        .outerjoin(RecheckResult, RecheckResult.item_id == RecheckItem.id)
        .where(RecheckDraw.unit_id == unit_id, RecheckDraw.month >= today - LOOKED_BACK)
        .order_by(Person.name_key, Person.id, RecheckResult.recorded_at, RecheckResult.id)
    )
    latest: dict[int, tuple[RecheckItem, str | None]] = {}
    names: dict[int, str] = {}
    for item, finding, name in db.session.execute(wanted):
        latest[item.id] = (item, finding)
        names[item.witness_id] = name
    return [_tally(witness, name, latest.values()) for witness, name in names.items()]


def _tally(witness: int, name: str, rows: Any) -> Tally:
    strata: dict[tuple[int, int], Stratum] = {}
    own = [(item, finding) for item, finding in rows if item.witness_id == witness]
    for item, finding in own:
        key = item.draw_id, item.factor
        old = strata.get(key, Stratum(item.out_of, 0, 0))
        strata[key] = Stratum(item.out_of, old.checked + (finding in DONE), old.differing + (finding == "differs"))
    return Tally(witness, name, len(own), list(strata.values()))


def _people_of(unit_id: int, today: date) -> Select[int]:
    """Everybody an officer of the unit could attest."""
    officer = Actor("", 0, "", grants=(Grant(Role.COMMUNE_OFFICER, unit_id),), roles=frozenset({Role.COMMUNE_OFFICER}))
    return people_visible_to(officer, today).with_only_columns(Person.id)


def _takeable_by(actor: Actor, today: date) -> Any:
    finished = select(RecheckResult.item_id).where(RecheckResult.finding.in_(DONE))
    reach = people_visible_to(actor, today).with_only_columns(Person.id)
    own = select(Person.id).where(or_(Person.id == actor.canonical_id, Person.canonical_id == actor.canonical_id))
    return _LINES.where(RecheckItem.id.not_in(finished), Person.id.in_(reach), RecheckItem.witness_id.not_in(own))


_LINES: Any = (
    select(
        RecheckItem.id,
        RecheckItem.due_on,
        Person.id,
        Person.full_name,
        RecheckItem.witness_id,
        Observation.skill_id,
        Observation.occurred_at,
    )
    .join(RecheckDraw, RecheckDraw.id == RecheckItem.draw_id)
    .join(Observation, Observation.id == RecheckItem.observation_id)
    .join(Person, Person.id == Observation.learner_id)
)
