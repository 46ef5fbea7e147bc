"""Every write about skills: appending evidence, and concluding spells from all of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from lms import clock
from lms.db import db, writes
from lms.people.models import Person
from lms.people.queries import canonical_ids as canonical_of
from lms.people.queries import ids_read_through
from lms.skills import queries
from lms.skills.models import Evidence, SkillSpell, SkillState
from lms.skills.rules.spells import Spell
from lms.skills.rules.standing import Standing

CHUNK = 400


@writes
def record_evidence(id: UUID, **fields: Any) -> bool:
    """Append one event; False when the id is known, whatever else it says (the first stands)."""
    if db.session.get(Evidence, id) is not None:
        return False
    db.session.add(Evidence(id=id, **fields))
    db.session.flush()  # conclusions in the same act read it
    return True


@writes
def record_all(events: Mapping[UUID, Mapping[str, Any]]) -> set[UUID]:
    """Append the events of one act in two statements for any number; gives the ids that were not known."""
    known = set(db.session.scalars(select(Evidence.id).where(Evidence.id.in_(events))))
    fresh = events.keys() - known
    db.session.add_all(Evidence(id=id, **fields) for id, fields in events.items() if id in fresh)
    db.session.flush()  # conclusions in the same act read them
    return fresh


@writes
def conclude(person_ids: Sequence[int], as_of: date | None = None) -> set[int]:
    """Conclude the spells and states of these people afresh from all evidence; returns canonical ids whose spells changed.

    A person linked to another has no spells of their own: their evidence is read through the canonical one.
    """
    canonical = canonical_of(person_ids)
    changed: set[int] = set()
    ids = sorted(set(canonical.values()))
    for start in range(0, len(ids), CHUNK):
        changed |= _conclude(ids[start : start + CHUNK], as_of or clock.today())
    linked = sorted(person for person, other in canonical.items() if person != other)
    return changed | _clear(linked)


def _conclude(ids: list[int], as_of: date) -> set[int]:
    # Lock first, read second: two facts about one person may arrive at one instant. Not FOR UPDATE, which would wait for
    # the key-share locks that both insertions hold, and each for the other.
    db.session.execute(select(Person.id).where(Person.id.in_(ids)).order_by(Person.id).with_for_update(key_share=True))
    now = clock.now()
    standings = queries.standings(ids, as_of)
    roles = _witness_roles(ids)
    standing_now: dict[int, dict[tuple[Any, ...], SkillSpell]] = {person: {} for person in ids}
    for row in queries.whole_spells_of(ids):
        standing_now[row.person_id][_row_key(row)] = row
    changed: set[int] = set()
    states: list[dict[str, Any]] = []
    for person, by_skill in standings.items():
        wanted = {
            _spell_key(skill, spell): _spell_row(person, skill, spell, roles, now)
            for skill, standing in by_skill.items()
            for spell in standing.spells
        }
        have = standing_now[person]
        for key in have.keys() - wanted.keys():
            have[key].superseded_at = now
        fresh = [wanted[key] for key in sorted(wanted.keys() - have.keys())]
        if fresh:
            db.session.execute(insert(SkillSpell), fresh)
        if fresh or have.keys() - wanted.keys():
            changed.add(person)
        states += [_state_row(person, skill, standing, now) for skill, standing in by_skill.items()]
    _write_states(ids, states)
    db.session.flush()  # households read the spells next
    return changed


def _write_states(ids: list[int], rows: list[dict[str, Any]]) -> None:
    kept = [row for row in rows if row["status"] != "not_started"]
    db.session.execute(delete(SkillState).where(SkillState.person_id.in_(ids)))
    if kept:
        db.session.execute(insert(SkillState), kept)


def _clear(linked: list[int]) -> set[int]:
    """A linked person's own spells and states end; the canonical person's stand for them."""
    if not linked:
        return set()
    wanted = (SkillSpell.person_id.in_(linked), SkillSpell.superseded_at.is_(None))
    changed = set(db.session.scalars(select(SkillSpell.person_id).where(*wanted)))
    db.session.execute(update(SkillSpell).where(*wanted).values(superseded_at=clock.now()))
    db.session.execute(delete(SkillState).where(SkillState.person_id.in_(linked)))
    return changed


def _row_key(row: SkillSpell) -> tuple[Any, ...]:
    return (
        row.skill_id,
        row.from_on,
        row.until_on,
        row.ruleset_id,
        tuple(row.reason.get("keys", ())),
        tuple(row.reason.get("opened_by", ())),
    )


def _spell_key(skill: str, spell: Spell) -> tuple[Any, ...]:
    return (
        skill,
        spell.from_on,
        spell.until_on + timedelta(days=1),
        spell.ruleset_id,
        spell.key_event_ids,
        spell.opened_by,
    )


def _spell_row(person: int, skill: str, spell: Spell, roles: dict[str, str], now: datetime) -> dict[str, Any]:
    witnesses = [roles[event] for event in (*spell.key_event_ids, *spell.opened_by) if event in roles]
    return {
        "person_id": person,
        "skill_id": skill,
        "from_on": spell.from_on,
        "until_on": spell.until_on + timedelta(days=1),
        "ruleset_id": spell.ruleset_id,
        "witness_role": witnesses[0] if witnesses else "",
        "reason": {"keys": list(spell.key_event_ids), "opened_by": list(spell.opened_by)},
        "concluded_at": now,
    }


def _state_row(person: int, skill: str, standing: Standing, now: datetime) -> dict[str, Any]:
    return {
        "person_id": person,
        "skill_id": skill,
        "knows": standing.keys.know is not None,
        "does_count": 2 if standing.keys.do else standing.keys.do_count,
        "seen": standing.keys.witness is not None,
        "status": str(standing.status),
        "expires_on": standing.expires,
        "concluded_at": now,
    }


def _witness_roles(ids: list[int]) -> dict[str, str]:
    """Event id → the role its witness attested in."""
    wanted = select(Evidence.id, Evidence.actors).where(
        Evidence.person_id.in_(list(ids_read_through(ids))), Evidence.type == "observation"
    )
    found = {}
    for id, actors in db.session.execute(wanted):
        parts = [one.get("as", "") for one in actors if one["part"] == "witness"]
        if parts:
            found[str(id)] = parts[0]
    return found
