"""Every SELECT about skills: the framework, evidence as the rule sees it, standings, flowers, spells."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from flask import g, has_app_context
from sqlalchemy import BindParameter, bindparam, select

from lms.db import db, fetch
from lms.people.queries import ids_read_through
from lms.skills.models import Competency, Evidence, Ruleset, RulesetActivation, Skill, SkillSpell, SkillState
from lms.skills.rules.events import (
    Accommodation,
    Actor,
    ActorRole,
    Admitted,
    Content,
    Event,
    EventType,
    Mode,
)
from lms.skills.rules.flowers import Flower, Petal, PetalState, twin_text
from lms.skills.rules.payloads import result_from
from lms.skills.rules.rulesets import Activation, parse_ruleset
from lms.skills.rules.rulesets import Ruleset as RuleFile
from lms.skills.rules.standing import Standing, evaluate
from lms.skills.rules.words import Status

EXPIRING_DAYS = 60


_SKILLS = select(*Skill.__table__.columns).order_by(Skill.position)
_COMPETENCIES = select(Competency).order_by(Competency.position)


class Framework:
    """The skills in petal order, with what the rule asks about them."""

    def __init__(self) -> None:
        self.skills: tuple[Any, ...] = tuple(fetch(_SKILLS))  # plain rows, read like a Skill
        self.short_names: Mapping[str, str] = {skill.id: skill.short_name for skill in self.skills}

    @cached_property
    def competencies(self) -> tuple[Competency, ...]:
        """Read when first asked for: most pages only name the skills."""
        return tuple(db.session.scalars(_COMPETENCIES))

    @cached_property
    def core(self) -> Mapping[str, frozenset[str]]:
        return {
            skill.id: frozenset(one.id for one in self.competencies if one.skill_id == skill.id and one.is_core)
            for skill in self.skills
        }

    def of_skill(self, skill_id: str) -> list[Competency]:
        return [one for one in self.competencies if one.skill_id == skill_id]


def framework() -> Framework:
    """Read once a request."""
    kept: Framework | None = g.get("framework") if has_app_context() else None
    if kept is None:
        kept = g.framework = Framework()
    return kept


def skill_by_slug(slug: str) -> Skill | None:
    return db.session.scalar(select(Skill).where(Skill.slug == slug))


def activations() -> tuple[Activation, ...]:
    """Every ruleset that was ever put in force, with the day."""
    rows = db.session.execute(
        select(Ruleset, RulesetActivation.on_day)
        .join(RulesetActivation, RulesetActivation.ruleset_id == Ruleset.id)
        .order_by(RulesetActivation.on_day, RulesetActivation.id)
    )
    return tuple(Activation(_parsed(_Body(row.digest, row.body)), day) for row, day in rows)


def events_of(canonical_ids: Sequence[int]) -> dict[int, list[Event]]:
    """Canonical person → all evidence read through them, plus the void_item events of all content."""
    read_through = ids_read_through(canonical_ids)
    about_content = [
        _event(row, None) for row in db.session.scalars(select(Evidence).where(Evidence.person_id.is_(None)))
    ]
    found: dict[int, list[Event]] = {person: list(about_content) for person in canonical_ids}
    wanted = (
        select(Evidence).where(Evidence.person_id.in_(list(read_through))).order_by(Evidence.received_at, Evidence.id)
    )
    for row in db.session.scalars(wanted):
        learner = read_through[row.person_id or 0]
        found[learner].append(_event(row, learner))
    return found


def standings(
    canonical_ids: Sequence[int], as_of: date, without: Collection[str] = ()
) -> dict[int, dict[str, Standing]]:
    """Canonical person → skill → standing, evaluated afresh. `without`: ids of events the reader may not know of yet."""
    core, in_force = framework().core, activations()
    return {
        person: evaluate([one for one in events if one.id not in without], in_force, as_of, core)
        for person, events in events_of(canonical_ids).items()
    }


_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)
_SPELLS = (
    select(SkillSpell.person_id, SkillSpell.skill_id, SkillSpell.from_on, SkillSpell.until_on, SkillSpell.witness_role)
    .where(SkillSpell.person_id.in_(_PEOPLE), SkillSpell.superseded_at.is_(None))
    .order_by(SkillSpell.person_id, SkillSpell.skill_id, SkillSpell.from_on)
)
_STATES = select(
    SkillState.person_id,
    SkillState.skill_id,
    SkillState.knows,
    SkillState.does_count,
    SkillState.seen,
    SkillState.status,
    SkillState.expires_on,
).where(SkillState.person_id.in_(_PEOPLE))


def spells_of(canonical_ids: Iterable[int]) -> Sequence[Any]:
    """The spells that stand, of many people in one statement: plain rows, read like a SkillSpell."""
    return fetch(_SPELLS, people=list(canonical_ids))


def whole_spells_of(canonical_ids: Iterable[int]) -> list[SkillSpell]:
    """The same with all they say: the ruleset, and the events that gave them."""
    wanted = select(SkillSpell).where(SkillSpell.person_id.in_(list(canonical_ids)), SkillSpell.superseded_at.is_(None))
    return list(db.session.scalars(wanted.order_by(SkillSpell.person_id, SkillSpell.skill_id, SkillSpell.from_on)))


def flowers(canonical_ids: Iterable[int], as_of: date, spells: Iterable[Any] | None = None) -> dict[int, Flower]:
    """Canonical person → flower, for lists: from the stored state and the dated spells (read here unless at hand)."""
    ids = list(canonical_ids)
    short_names = framework().short_names
    states = {(row.person_id, row.skill_id): row for row in fetch(_STATES, people=ids)}
    held: dict[tuple[int, str], date] = {}
    for spell in spells_of(ids) if spells is None else spells:
        if spell.from_on <= as_of < spell.until_on:
            held[(spell.person_id, spell.skill_id)] = spell.until_on
    return {person: _listed_flower(person, short_names, states, held, as_of) for person in ids}


def _listed_flower(
    person: int,
    short_names: Mapping[str, str],
    states: Mapping[tuple[int, str], Any],
    held: Mapping[tuple[int, str], date],
    as_of: date,
) -> Flower:
    petals = []
    for skill in short_names:
        until, state = held.get((person, skill)), states.get((person, skill))
        if until is not None:
            petals.append(Petal(skill, PetalState.FULL, (until - as_of).days <= EXPIRING_DAYS, "thành thạo"))
            continue
        expired = bool(state and state.expires_on and state.expires_on < as_of)
        lapsed = expired or bool(state and state.status == Status.NEEDS_VERIFICATION)
        keys = (state.knows + (state.does_count >= 2) + state.seen) if state else 0
        petals.append(Petal(skill, (PetalState.NONE, PetalState.KNOW, PetalState.DO, PetalState.DO)[keys], lapsed))
    lacking = [petal.skill for petal in petals if petal.state != PetalState.FULL]
    return Flower(tuple(petals), not lacking and bool(petals), twin_text(short_names, lacking))


def _event(row: Evidence, learner: int | None) -> Event:
    """`learner` is the canonical person: whoever they were known as, nobody witnesses themselves."""
    kind = EventType(row.type)
    return Event(
        id=str(row.id),
        type=kind,
        occurred_at=row.occurred_at,
        received_at=row.received_at,
        result=result_from(kind, row.result),
        learner=str(learner) if learner else None,
        skill=row.skill_id,
        mode=Mode(row.mode),
        independence=row.independence,
        accommodation=Accommodation(row.accommodation),
        actors=tuple(Actor(str(one["person"]), ActorRole(one["part"])) for one in row.actors),
        session=str(row.session_id) if row.session_id else None,
        content=tuple(Content(one["id"], one.get("version", ""), one.get("digest", "")) for one in row.content),
        ruleset=row.ruleset_id,
        trace_digest=row.trace_digest,
        device=row.device,
        admitted=Admitted(row.admitted, row.admission.get("reason", ""), row.admission.get("facts", {})),
    )


@dataclass(frozen=True)
class _Body:
    """A ruleset's values, hashed by the digest of its file so that it is parsed once a process."""

    digest: str
    values: dict[str, Any]

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Body) and other.digest == self.digest


@lru_cache(maxsize=32)
def _parsed(body: _Body) -> RuleFile:
    return parse_ruleset(body.values)
