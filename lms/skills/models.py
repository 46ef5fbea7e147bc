"""The skill framework as published, evidence (append-only) and the dated spells concluded from it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Json


class Skill(Base):
    __tablename__ = "skill"

    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]


class Competency(Base):
    __tablename__ = "competency"

    id: Mapped[str] = mapped_column(primary_key=True)
    skill_id: Mapped[str] = mapped_column(ForeignKey("skill.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    english: Mapped[str]
    is_critical: Mapped[bool]
    is_core: Mapped[bool]
    evidence: Mapped[list[str]] = mapped_column(Json)
    """Codes Q, P, O of assessment.md §2."""
    body: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class Ruleset(Base):
    """A ruleset file as published; immutable once active, its digest is stored in every evaluation."""

    __tablename__ = "ruleset"

    id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(Json)


class RulesetActivation(Base):
    __tablename__ = "ruleset_activation"
    append_only = True

    id: Mapped[int] = mapped_column(primary_key=True)
    ruleset_id: Mapped[str] = mapped_column(ForeignKey("ruleset.id"))
    on_day: Mapped[date]
    signers: Mapped[list[str]] = mapped_column(Json, default=list)
    reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]


class Evidence(Base):
    """One event of assessment.md §3.2, with the decision taken when it was accepted. Never changed."""

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_person_skill", "person_id", "skill_id"),)
    append_only = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    type: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Empty on events about content (void_item)."""
    skill_id: Mapped[str | None] = mapped_column(ForeignKey("skill.id"))
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime]
    mode: Mapped[str]
    """unattended, witnessed or proctored."""
    independence: Mapped[int | None]
    accommodation: Mapped[str] = mapped_column(default="none")
    actors: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """Who took part: [{person, part: witness|opener|host|signer, as: the role it was done in}]."""
    session_id: Mapped[UUID | None] = mapped_column(index=True)
    """The attended window or session it happened in; kept by witnessing, which stands above, hence no foreign key."""
    content: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """[{id, version, digest}] of the items, card or practice."""
    ruleset_id: Mapped[str]
    result: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    ticket: Mapped[str | None]
    trace_digest: Mapped[str | None]
    device: Mapped[str | None]
    admitted: Mapped[bool]
    admission: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """{reason, facts}: why it counts or not, decided when accepted, so that the rule stays pure."""


class SkillSpell(Base):
    """A canonical person is proficient in a skill from a day until (excluding) another. Superseded, never edited."""

    __tablename__ = "skill_spell"
    __table_args__ = (Index("ix_skill_spell_person", "person_id", "skill_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    skill_id: Mapped[str] = mapped_column(ForeignKey("skill.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    """First day it no longer holds: the rule's last day plus one."""
    ruleset_id: Mapped[str]
    witness_role: Mapped[str]
    """Role of whoever attested: teacher, commune-officer, team-member; for the evidence mix."""
    reason: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Ids of the events that gave it."""
    concluded_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]


class SkillState(Base):
    """How far a person's petal is open, as last concluded, for lists; single pages evaluate afresh."""

    __tablename__ = "skill_state"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    skill_id: Mapped[str] = mapped_column(ForeignKey("skill.id"), primary_key=True)
    knows: Mapped[bool]
    does_count: Mapped[int]
    seen: Mapped[bool]
    status: Mapped[str]
    expires_on: Mapped[date | None]
    """Last day it holds, when it was ever proficient."""
    concluded_at: Mapped[datetime]
